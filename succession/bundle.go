package succession

import (
	"entente"
)

// Limits of what travels at once.
const (
	MaxEditions = 64        // descriptors
	MaxEnds     = 512       // end notes
	MaxBundle   = 256 << 10 // bytes of both
)

// Bundle is descriptors and end notes of one party on their way. Each proves itself.
type Bundle struct {
	Editions [][]byte // signed descriptors, oldest first
	Ends     [][]byte // signed end notes, by number
}

// Size is how many bytes a bundle has.
func (b Bundle) Size() (n int) {
	for _, list := range [][][]byte{b.Editions, b.Ends} {
		for _, note := range list {
			n += len(note)
		}
	}
	return n
}

// Of returns what a party that knows nothing newer than an edition has to learn of
// another: the descriptors from there on, and the end notes of the channels between
// the two. Number 0: everything.
func Of(tx entente.Tx, of, to entente.PartyID, number int) (Bundle, error) {
	var b Bundle
	editions, err := tx.PartyEditions(of)
	if err != nil {
		return b, err
	}
	for _, e := range editions {
		if e.Party.Edition > number {
			b.Editions = append(b.Editions, e.Note)
		}
	}
	ends, err := tx.EndsOf(of)
	for _, e := range ends {
		if e.Note.Channel.To == to && e.Note.Number > number {
			b.Ends = append(b.Ends, e.Note.Text)
		}
	}
	return b.newest(), err
}

// newest drops the oldest of what is more than may travel: the newest end note
// decides, and a descriptor needs only the one that it follows.
func (b Bundle) newest() Bundle {
	b.Editions = b.Editions[max(0, len(b.Editions)-MaxEditions):]
	b.Ends = b.Ends[max(0, len(b.Ends)-MaxEnds):]
	for b.Size() > MaxBundle && len(b.Ends) > 1 {
		b.Ends = b.Ends[1:]
	}
	return b
}
