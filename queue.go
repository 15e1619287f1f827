package entente

import "time"

// QueueItem is an envelope that has no receipt yet.
type QueueItem struct {
	Message    MessageID
	Partner    PartyID
	Channel    Channel
	Seq        int64
	Precedence Precedence
	Queued     time.Time
	State      QueueState
	Why        Reason    // held, put off, dead: why
	Since      time.Time // held, put off, dead: since when
	Again      time.Time // put off: when it is offered again at the latest
	Seen       OfficerID // who took note of a dead letter
}

// QueueState says what an envelope without a receipt waits for.
type QueueState string

const (
	QueueWaiting QueueState = "waiting" // for delivery and its answer
	QueueHeld    QueueState = "held"    // the level stops it here: for a releaser, who sends or withdraws it
	QueuePutOff  QueueState = "put off" // the recipient knows its place and cannot take it yet: for the cause to go, or for Again
	QueueDead    QueueState = "dead"    // refused for good: for an officer, who takes note or offers it again
)
