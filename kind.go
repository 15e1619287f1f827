package entente

import "slices"

// Kind is what a message says.
type Kind string

const (
	KindTip             Kind = "tip"
	KindAcknowledgement Kind = "acknowledgement"
	KindDisposition     Kind = "disposition"
	KindNote            Kind = "note"
	KindNotice          Kind = "notice"

	// Reserved: an agreement may name them, this version does not send or accept them.
	KindRequest    Kind = "request"
	KindAnswer     Kind = "answer"
	KindEncounter  Kind = "encounter"
	KindCorrection Kind = "correction"
	KindRecall     Kind = "recall"
	KindOnward     Kind = "onward"
	KindHandover   Kind = "handover"
	KindCompare    Kind = "compare"
)

// Body is what a message of one kind says. Each kind has its own type.
type Body interface {
	Kind() Kind
	Headline() string // one line for a list
}

// Room is all that the protocol says of one kind, apart from its body. A new
// kind is a row here, a member of Statement, and a file in each layer that the
// row names; tests in these layers fail with the name of what is missing.
type Room struct {
	Kind     Kind
	Plural   string // as people speak of several
	Class    Class
	Carries  []Rel     // relations that its references may have
	Answers  []Kind    // what it answers; none: any kind
	Must     bool      // it answers exactly one message
	FourEyes bool      // two people release it unless the agreement says otherwise
	Asks     Operation // what an officer must be allowed who sends one
	Layers   Layers
	// In gives the member of a statement that holds the body, or nil where it
	// has none. A row without it is reserved: this version does not accept the kind.
	In func(*Statement) Body
}

// Accepted reports whether this version sends and accepts the kind.
func (r Room) Accepted() bool { return r.In != nil }

// MayAnswer checks that a message of the kind answers one of another kind, which a
// field refers to.
func (r Room) MayAnswer(k Kind, field string) error {
	if len(r.Answers) == 0 || slices.Contains(r.Answers, k) {
		return nil
	}
	return &Error{
		Kind: Invalid, Field: field, Detail: "a " + string(r.Kind) + " does not answer a " + string(k),
		Hint: "answer a note with a note", Reason: ReasonStatement,
	}
}

// Layers names the file that a kind has in each layer.
type Layers struct{ Parse, Policy, Seal, Inbox, Outbox, Prove Layer }

// Layer is the name of a file, or none and the reason.
type Layer string

// none says why a kind needs nothing of its own in a layer.
func none(why string) Layer { return Layer("none: " + why) }

// File is the name of the file; empty: the kind needs none.
func (l Layer) File() string {
	if len(l) > 5 && l[:5] == "none:" {
		return ""
	}
	return string(l)
}

// Rooms has a row for every kind: first those that this version accepts.
var Rooms = Register{
	{
		Kind: KindTip, Plural: "tips", Class: ClassContent, Carries: []Rel{Answers, Draws, Replaces}, FourEyes: true, Asks: OpDraft,
		Layers: Layers{
			Parse: "tip.go", Policy: "category.go", Outbox: "tip.go", Prove: "tip.go",
			Seal: none("sealed as any body"), Inbox: none("it changes nothing here by itself: people and screening read it"),
		},
		In: func(s *Statement) Body { return body(s.Tip) },
	},
	{
		Kind: KindAcknowledgement, Plural: "acknowledgements", Class: ClassDuty, Carries: []Rel{Answers, Replaces}, Must: true, Asks: OpAcknowledge,
		Layers: Layers{
			Parse: "acknowledgement.go", Policy: none("what it meets is asked in owed.go, for every kind that is owed"), Prove: "acknowledgement.go",
			Seal: none("sealed as any body"), Inbox: none("what it meets is computed from it, nothing is stored"), Outbox: none("its reference is checked as any"),
		},
		In: func(s *Statement) Body { return body(s.Acknowledgement) },
	},
	{
		Kind: KindDisposition, Plural: "dispositions", Class: ClassDuty, Carries: []Rel{Answers, Draws, Replaces}, Answers: []Kind{KindTip}, Must: true, FourEyes: true, Asks: OpDispose,
		Layers: Layers{
			Parse: "disposition.go", Policy: none("what it meets is asked in owed.go, for every kind that is owed"), Outbox: "disposition.go", Prove: "disposition.go",
			Seal: none("sealed as any body"), Inbox: none("what it meets is computed from it, nothing is stored"),
		},
		In: func(s *Statement) Body { return body(s.Disposition) },
	},
	{
		Kind: KindNote, Plural: "notes", Class: ClassDesk, Carries: []Rel{Answers, Draws, Replaces}, FourEyes: true, Asks: OpNote,
		Layers: Layers{
			Parse: "note.go", Policy: none("levels ask whether it answers a message, in level.go"), Prove: "note.go",
			Seal: none("sealed as any body"), Inbox: none("it changes nothing here"), Outbox: none("its reference is checked as any"),
		},
		In: func(s *Statement) Body { return body(s.Note) },
	},
	{
		Kind: KindNotice, Plural: "notices", Class: ClassDesk, Carries: []Rel{Answers, Replaces}, Asks: OpChangeLevel,
		Layers: Layers{
			Parse: "notice.go", Policy: none("levels let it pass by its kind, in level.go"), Inbox: "notice.go", Outbox: "notice.go", Prove: "notice.go",
			Seal: none("sealed as any body; the descriptor in it has its own signatures"),
		},
		In: func(s *Statement) Body { return body(s.Notice) },
	},

	{Kind: KindRequest, Plural: "requests", Class: ClassContent, Carries: []Rel{Answers, Clarifies, Under, Replaces}, FourEyes: true},
	{Kind: KindAnswer, Plural: "answers", Class: ClassDuty, Carries: []Rel{Answers, Draws, Replaces}, Must: true, FourEyes: true},
	{Kind: KindEncounter, Plural: "encounters", Class: ClassContent, Carries: []Rel{Answers, Draws, Under, Replaces}, FourEyes: true},
	{Kind: KindCorrection, Plural: "corrections", Class: ClassContent, Carries: []Rel{Corrects, Replaces}, FourEyes: true},
	{Kind: KindRecall, Plural: "recalls", Class: ClassContent, Carries: []Rel{Recalls, Replaces}, FourEyes: true},
	{Kind: KindOnward, Plural: "onward requests", Class: ClassContent, Carries: []Rel{Answers, Draws, Grants, Under, Replaces}, FourEyes: true},
	{Kind: KindHandover, Plural: "handovers", Class: ClassContent, Carries: []Rel{Answers, Draws, Returns, Replaces}, FourEyes: true},
	{Kind: KindCompare, Plural: "comparisons", Class: ClassDesk, Carries: []Rel{Answers, Under, Replaces}, FourEyes: true},
}

// body keeps a nil pointer from becoming a Body that is not nil.
func body[T any, P interface {
	*T
	Body
}](p P) Body {
	if p == nil {
		return nil
	}
	return p
}

// Register is a table of kinds.
type Register []Room

// Room gives the row of a kind; false: the table has none.
func (t Register) Room(k Kind) (Room, bool) {
	i := slices.IndexFunc(t, func(r Room) bool { return r.Kind == k })
	if i < 0 {
		return Room{Kind: k}, false
	}
	return t[i], true
}

// Words names a kind as people speak of several.
func (t Register) Words(k Kind) string {
	if r, ok := t.Room(k); ok {
		return r.Plural
	}
	return "messages of kind " + string(k)
}

// Accepts reports whether a node with this table sends and accepts a kind.
func (t Register) Accepts(k Kind) bool {
	r, _ := t.Room(k)
	return r.Accepted()
}

// Kinds lists the kinds of the table that are accepted, or those that are reserved.
func (t Register) Kinds(accepted bool) []Kind {
	var list []Kind
	for _, r := range t {
		if r.Accepted() == accepted {
			list = append(list, r.Kind)
		}
	}
	return list
}

// Kinds lists the kinds that this version sends and accepts, LaterKinds those
// that an agreement may name and that are reserved.
var Kinds, LaterKinds = Rooms.Kinds(true), Rooms.Kinds(false)

// ClassOf gives the class of a kind; of one that is not in the table it is content.
func ClassOf(k Kind) Class {
	if r, ok := Rooms.Room(k); ok {
		return r.Class
	}
	return ClassContent
}
