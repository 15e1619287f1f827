package entente

// Acknowledgement says that a person has seen the message that it answers.
// It says nothing of what will come of it.
type Acknowledgement struct {
	Role Role `json:"role"` // of the person; the person is not named
}

func (*Acknowledgement) Kind() Kind { return KindAcknowledgement }

// Headline is empty: an acknowledgement says no more than its kind.
func (*Acknowledgement) Headline() string { return "" }
