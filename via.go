package entente

// Via is how a message reached its recipient. The recipient signs it in the receipt.
type Via string

const (
	ViaWire    Via = "wire"    // over the network, pushed or collected
	ViaCourier Via = "courier" // in a courier file
)
