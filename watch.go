package entente

import "time"

// WatchID is a UUIDv7.
type WatchID string

// Watch is standing interest in a subject. It belongs to a role, survives the
// closing of its case, and ends only by a reasoned decision that was announced.
type Watch struct {
	ID      WatchID     `json:"id"`
	Version int         `json:"version"` // rises by one with each change
	Title   string      `json:"title"`   // one line for the list
	Subject Subject     `json:"subject"`
	Owner   Role        `json:"owner"`
	Purpose string      `json:"purpose"`
	Reason  string      `json:"reason"`           // why this person is watched for
	Asked   string      `json:"asked,omitzero"`   // what to do on a hit: "tell Borea, under North Star"
	Case    CaseID      `json:"case,omitzero"`    // the file it belongs to
	Message MessageID   `json:"message,omitzero"` // the tip or request that asked for it
	By      OfficerID   `json:"by"`
	Opened  time.Time   `json:"opened"`
	Review  time.Time   `json:"review"`         // by then its owner decides whether it goes on
	Limit   time.Time   `json:"limit,omitzero"` // the law allows it until then; zero: no limit is set
	Ends    *Ending     `json:"ends,omitzero"`  // announced; takes effect when a second person agreed and its day has come
	Ended   *Ending     `json:"ended,omitzero"`
	Renewed []WatchTurn `json:"renewed,omitzero"` // decisions that it goes on, oldest first

	Corrected []Correcting `json:"corrected,omitzero"` // whom it was for before, oldest first
}

// Ending is why a watch ends, who says so, and when.
type Ending struct {
	By     OfficerID `json:"by,omitzero"` // empty: nobody decided and the limit was reached
	At     time.Time `json:"at"`          // said at
	On     time.Time `json:"on"`          // takes effect on
	Reason string    `json:"reason"`
	Agreed *Act      `json:"agreed,omitzero"` // by a second person
}

// WatchTurn is a decision that a watch goes on.
type WatchTurn struct {
	By     OfficerID `json:"by"`
	At     time.Time `json:"at"`
	Review time.Time `json:"review"` // the next one
	Reason string    `json:"reason"`
}

// Correcting replaced whom a watch is for.
type Correcting struct {
	By     OfficerID `json:"by"`
	At     time.Time `json:"at"`
	Was    Subject   `json:"was"` // whom it was for until then
	Reason string    `json:"reason"`
}

// WatchNotice is how long before it takes effect the end of a watch is
// announced, and how long before review or limit its owner is asked.
const WatchNotice = 14 * 24 * time.Hour

// LookBack is a target that is yet to be held against what came in before it was
// as it is now: a new watch, a corrected one, another person in a file.
type LookBack struct {
	Target Target
	At     time.Time // since when it waits
	Pass   string    // the pass through what is stored that it takes part in; empty: it waits for the next
}

// Active reports whether the watch still hits at t.
func (w Watch) Active(t time.Time) bool {
	return w.Ended == nil && (w.Limit.IsZero() || t.Before(w.Limit))
}
