package entente

import "time"

// Progress is how far a message has come. Each step is one that the other side
// receipted: a message is delivered by its recipient's receipt, and it is seen and
// decided by its sender's receipts for the answers. What one side says of itself
// is no step.
type Progress struct {
	Released  time.Time
	Delivered time.Time // the recipient's receipt
	Refused   *Refusal  // the recipient's last answer, instead of a receipt: for good, or for now
	Held      time.Time // since when a level holds it here
	Withdrawn time.Time // when its sender took it back
	Seen      time.Time // the sender's receipt for the first acknowledgement or disposition
	Decided   time.Time // the sender's receipt for the newest disposition
	Outcome   Outcome   // that it names
	Disputed  bool      // receipted dispositions contradict each other
	Answer    *Underway // at the recipient: its newest answer, while that has no receipt
}

// Underway is an answer that its addressee has not receipted.
type Underway struct {
	Message MessageID
	Kind    Kind
	Outcome Outcome  // of a disposition
	Refused *Refusal // what its addressee said last; nil: nothing yet
}

// UnderwayState says where an answer without a receipt stands.
type UnderwayState string

const (
	AnswerSent    UnderwayState = "on its way"
	AnswerPutOff  UnderwayState = "put off" // its addressee cannot take it yet: it is offered again
	AnswerRefused UnderwayState = "refused" // for good: it is to be said again, what is owed stays owed
)

// State says where the answer stands.
func (u Underway) State() UnderwayState {
	switch {
	case u.Refused == nil:
		return AnswerSent
	case !u.Refused.Final:
		return AnswerPutOff
	}
	return AnswerRefused
}
