package entente

import "time"

// Void is a message for which an end note does not vouch. The message stays, marked,
// with its receipt as proof; what is owed for it ends.
type Void struct {
	Message MessageID // its name here
	Origin  string
	Seq     int64
	Number  int // of the edition whose end note decided
	At      time.Time
}
