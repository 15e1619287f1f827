package entente

import "time"

// Lost stands for a message of ours that this node lost in a restore, and that its
// recipient has answered since. Our own ledger still has its record.
type Lost struct {
	Name    MessageID // what its thread is called here
	Partner PartyID   // its recipient
	ID      MessageID // in its header
	Channel Channel
	Seq     int64
	Digest  Digest    // its record
	Found   time.Time // when the first answer was filed
}
