package entente

import "time"

// Target is what a match may point at: one of our watches, cases or holdings.
type Target struct {
	Kind TargetKind `json:"kind"`
	ID   string     `json:"id"` // a WatchID, CaseID or HoldingID
}

// TargetKind names what a Target is.
type TargetKind string

const (
	TargetWatch   TargetKind = "watch"
	TargetCase    TargetKind = "case"
	TargetHolding TargetKind = "holding"
)

func (t Target) String() string { return string(t.Kind) + " " + t.ID }

// Sighting is what met a target: a travel event, or a subject of a message.
type Sighting struct {
	Event   EventID   `json:"event,omitzero"`
	Message MessageID `json:"message,omitzero"`
	Subject string    `json:"subject,omitzero"` // Subject.ID within the message
}

func (s Sighting) String() string {
	if s.Event != "" {
		return "event " + string(s.Event)
	}
	return "message " + string(s.Message) + " " + s.Subject
}

// HitID is a UUIDv7.
type HitID string

// Hit is one sighting that met one target, at most one for each pair: the same
// event fed twice hits once. Near misses are kept as hits without a task. What a
// person decided is never written over: when the sighting is told otherwise later,
// or the target is, in a way that the decision did not know, a second hit of the
// pair follows the decided one.
type Hit struct {
	ID       HitID      `json:"id"`
	Target   Target     `json:"target"`
	Sighting Sighting   `json:"sighting"`
	Asked    Subject    `json:"asked"` // as the sighting has it
	Held     Subject    `json:"held"`  // as the target had it at that time
	Match    Match      `json:"match"`
	At       time.Time  `json:"at"`
	Task     TaskID     `json:"task,omitzero"`    // empty: on record only
	Cleared  ClearingID `json:"cleared,omitzero"` // the namesake for whom no task was made
	Decided  *Verdict   `json:"decided,omitzero"` // what a person said of it
	Was      HitID      `json:"was,omitzero"`     // the decided hit that this one follows
	Changed  string     `json:"changed,omitzero"` // what that decision did not know: "birth 1986-03-14, before 1961-11-02"
}

// ClearingID is a UUIDv7.
type ClearingID string

// Clearing says of one known person that he is not the one whom a target means,
// so that he does not hit it again. It is on record and can be revoked.
type Clearing struct {
	ID      ClearingID `json:"id"`
	Target  Target     `json:"target"`
	Subject Subject    `json:"subject"` // the namesake, as his sighting had him
	Hit     HitID      `json:"hit"`     // the one that a person decided
	By      OfficerID  `json:"by"`
	At      time.Time  `json:"at"`
	Reason  string     `json:"reason"`
	Revoked *Revoking  `json:"revoked,omitzero"`
}

// Revoking takes a clearing back.
type Revoking struct {
	By     OfficerID `json:"by"`
	At     time.Time `json:"at"`
	Reason string    `json:"reason"`
}

// TaskID is a UUIDv7.
type TaskID string

// TaskKind says what a person is asked.
type TaskKind string

const (
	TaskHit    TaskKind = "hit"    // is this the person?
	TaskReopen TaskKind = "reopen" // does the closed file open again?
	TaskLink   TaskKind = "link"   // do this message and this file speak of one person?
	TaskWatch  TaskKind = "watch"  // does the watch go on?
)

// TaskKinds lists what a task may ask, with a sentence for the desk.
var TaskKinds = []struct {
	Kind  TaskKind
	Words string
}{
	{TaskHit, "Is this the person?"},
	{TaskReopen, "Does the closed file open again?"},
	{TaskLink, "Do the message and the file speak of one person?"},
	{TaskWatch, "Does the watch go on?"},
}

// Task asks a person to look and decide. It has an owner role and two clocks: until
// somebody acknowledges it, and from then on until it is decided. When one runs out
// it climbs to the next role, where both begin anew.
type Task struct {
	ID      TaskID    `json:"id"`
	Version int       `json:"version"`
	Kind    TaskKind  `json:"kind"`
	Title   string    `json:"title"`
	Target  Target    `json:"target"`
	Case    CaseID    `json:"case,omitzero"`
	Message MessageID `json:"message,omitzero"`
	Owner   Role      `json:"owner"` // who answers for it now
	Band    Band      `json:"band,omitzero"`
	Hits    int       `json:"hits"` // gathered in it: a flood makes one task, and loses none
	Opened  time.Time `json:"opened"`
	Due     time.Time `json:"due"` // the next climb, unless it is acknowledged by then or, once it is, decided
	Climbs  []Climb   `json:"climbs,omitzero"`
	Seen    *Act      `json:"seen,omitzero"`
	Decided *Verdict  `json:"decided,omitzero"` // when each of its hits is

	// DecideBy was set when somebody of the role first acknowledged it: what is
	// gathered in it later asks for a new acknowledgement, and puts nothing off.
	DecideBy time.Time `json:"decide_by,omitzero"`
}

// MaxGathered is how many hits one task gathers: what a page can show and one
// answer decide. What hits beyond makes the next task.
const MaxGathered = 1000

// Climb is one step of a task up the roles.
type Climb struct {
	To   Role      `json:"to"`
	At   time.Time `json:"at"`
	Held OfficerID `json:"held,omitzero"` // who had it and did not decide in time; empty: nobody had acknowledged it
}

// Lapsed reports whether an officer had the task before and let his time for a
// decision run out: he may still decide it, and hold it up no more.
func (t Task) Lapsed(by OfficerID) bool {
	n := len(t.Climbs)
	if n == 0 || t.Climbs[n-1].To != t.Owner {
		return false
	}
	for _, c := range t.Climbs {
		if c.Held == by {
			return true
		}
	}
	return false
}

// Act is who did something, and when.
type Act struct {
	By OfficerID `json:"by"`
	At time.Time `json:"at"`
}

// Verdict is what a person decided on a task, and why.
type Verdict struct {
	By     OfficerID   `json:"by"`
	At     time.Time   `json:"at"`
	Answer VerdictCode `json:"answer"`
	Reason string      `json:"reason"`
}

// VerdictCode is the answer to a task.
type VerdictCode string

const (
	VerdictSame     VerdictCode = "same"     // it is the person; a closed file opens
	VerdictOther    VerdictCode = "other"    // it is somebody else; he is cleared
	VerdictUnclear  VerdictCode = "unclear"  // it cannot be told from what is known
	VerdictContinue VerdictCode = "continue" // the watch goes on
	VerdictEnd      VerdictCode = "end"      // the watch ends on the announced day
)

// Verdicts lists the answers that a kind of task takes.
func (k TaskKind) Verdicts() []VerdictCode {
	if k == TaskWatch {
		return []VerdictCode{VerdictContinue, VerdictEnd}
	}
	return []VerdictCode{VerdictSame, VerdictOther, VerdictUnclear}
}

// Ladder is the way up of a task that nobody acknowledges, or decides.
var Ladder = []Role{Analyst, Supervisor, Overseer}

// Clock is how long a task waits on one rung to be acknowledged before it climbs,
// by what it met.
func (b Band) Clock() time.Duration {
	if b == BandStrong {
		return time.Hour
	}
	return 4 * time.Hour
}

// Term is how long whoever has acknowledged a task has to decide it before it
// climbs, by what it met. A traveller moves on; a message lies there. What asks
// about a watch has until the day that it asks about, if that is later.
func (k TaskKind) Term(b Band) time.Duration {
	switch {
	case k == TaskLink && b != BandStrong:
		return 72 * time.Hour
	case k == TaskLink || k == TaskWatch || b != BandStrong:
		return 24 * time.Hour
	}
	return 4 * time.Hour
}
