package entente

// TreeHead is a ledger at one moment: how many records it has, and their root.
type TreeHead struct {
	Size int64  `json:"size"`
	Root Digest `json:"root"`
}

// Anchor says how much of our ledgers may have left this machine, and which edition
// of our descriptor is the newest. It is kept in a file beside the keys, apart from
// the store, and is part of no backup: an old anchor that is believed is worse than
// none.
type Anchor struct {
	Party   PartyID             `json:"party"`
	Number  int                 `json:"number"`  // of the newest edition
	Ledgers map[string]TreeHead `json:"ledgers"` // by origin
}
