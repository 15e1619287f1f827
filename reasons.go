package entente

const (
	ReasonFutureEdition Reason = "future-edition" // an edition of a descriptor that the recipient does not have yet: try again
	ReasonEdition       Reason = "wrong-edition"  // an edition of the sender's descriptor that does not count here
)
