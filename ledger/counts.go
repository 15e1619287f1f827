package ledger

import (
	"cmp"
	"slices"

	"entente"
)

// Object is what somebody signed, as far as it matters for the question whether
// the signature counts.
type Object string

const (
	OfEnvelope   Object = "envelope"   // at place seq of the owner's channel
	OfCheckpoint Object = "checkpoint" // for place size − 1 of the owner's channel
	OfAnswer     Object = "answer"     // a receipt, or a refusal that names a place, for a place of the channel back
	OfRefusal    Object = "refusal"    // a refusal without a place
	OfHeads      Object = "heads"      // heads and date of a courier file
	OfLeaf       Object = "leaf"       // a TLS certificate
)

// Verdict says whether a signature counts.
type Verdict string

const (
	VerdictCounts  Verdict = "counts"
	VerdictNot     Verdict = "not"            // it never will
	VerdictUnknown Verdict = "future-edition" // the edition is not known here: ask again once it is
	VerdictMissing Verdict = "end-missing"    // the end note of a later edition is not here: ask again once it is
	VerdictStop    Verdict = "stop"           // a person decides first
)

// Edition names an edition of a descriptor.
type Edition struct {
	Number int
	Digest entente.Digest
}

// End is an end note as somebody knows it.
type End struct {
	entente.EndNote
	Waits bool // a person has to accept it first
}

// Succession is what somebody knows of one party: its editions and, of one channel
// that it owns, the end notes. Both stand by rising number.
type Succession struct {
	Editions []Edition
	Ends     []End
}

// Counts says whether a signature under an edition counts for a place of a
// channel. Node, courier and verifier ask it and nothing else.
//
// An edition counts from the size of its own end note on – without one, from 0 –
// and below the size of the end note of every later edition. What follows the
// owner's history and not its own place has no lower end: a later edition may sign
// for earlier places, never the reverse. More knowledge only takes away.
func Counts(s Succession, o Object, edition entente.Digest, place int64) Verdict {
	number, known := s.number(edition)
	switch {
	case !known:
		return VerdictUnknown
	case s.waits() && o != OfLeaf:
		return VerdictStop
	}
	newest := s.newest()
	switch o {
	case OfRefusal, OfHeads, OfLeaf:
		if number < newest {
			return VerdictNot
		}
		return VerdictCounts
	case OfEnvelope:
		if place < s.since(number) {
			return VerdictNot
		}
	}
	if until, ends := s.until(o, number); ends && place >= until {
		return VerdictNot
	}
	if number < newest && !s.ended(newest) {
		return VerdictMissing
	}
	return VerdictCounts
}

// number gives the number of an edition, and whether it is known.
func (s Succession) number(d entente.Digest) (int, bool) {
	i := slices.IndexFunc(s.Editions, func(e Edition) bool { return e.Digest == d })
	if i < 0 {
		return 0, false
	}
	return s.Editions[i].Number, true
}

// newest is the number of the newest edition that is known.
func (s Succession) newest() int {
	if len(s.Editions) == 0 {
		return 0
	}
	return slices.MaxFunc(s.Editions, func(a, b Edition) int { return cmp.Compare(a.Number, b.Number) }).Number
}

// waits reports whether a person has to accept an end note first.
func (s Succession) waits() bool {
	return slices.ContainsFunc(s.Ends, func(e End) bool { return e.Waits })
}

// ended reports whether the end note of an edition is known.
func (s Succession) ended(number int) bool {
	return slices.ContainsFunc(s.Ends, func(e End) bool { return e.Number == number })
}

// since is the first place for which an edition counts.
func (s Succession) since(number int) int64 {
	for _, e := range s.Ends {
		if e.Number == number {
			return e.Size
		}
	}
	return 0
}

// until is the first place for which an edition does not count any more, and
// whether there is one.
func (s Succession) until(o Object, number int) (until int64, ends bool) {
	for _, e := range s.Ends {
		if e.Number <= number {
			continue
		}
		size := e.Size
		if o == OfAnswer {
			size = e.Received
		}
		if !ends || size < until {
			until, ends = size, true
		}
	}
	return until, ends
}

// Newest returns the end note of the highest edition, and false without any.
func (s Succession) Newest() (End, bool) {
	if len(s.Ends) == 0 {
		return End{}, false
	}
	return slices.MaxFunc(s.Ends, func(a, b End) int { return cmp.Compare(a.Number, b.Number) }), true
}
