package entente

// Ref names an earlier message and says what a message has to do with it.
type Ref struct {
	Rel    Rel       `json:"rel"`
	ID     MessageID `json:"id"`              // in the header of that message
	Digest Digest    `json:"digest,omitzero"` // of its envelope; a draft is given it when it is submitted
	Paths  []string  `json:"paths,omitzero"`  // draws: the parts that were used, as JSON pointers (RFC 6901)
}

// Rel is what a message has to do with an earlier one.
type Rel string

const (
	Answers  Rel = "answers"  // it is said in answer to it
	Corrects Rel = "corrects" // it changes what that message said
	Recalls  Rel = "recalls"  // it takes back what that message said
	Draws    Rel = "draws"    // it uses what that message said
	Under    Rel = "under"    // it rests on that request or grant
	Replaces Rel = "replaces" // it says the same again, because that one could not be read
	Grants   Rel = "grants"   // it allows what that message asks for
	Returns  Rel = "returns"  // it gives back what that message handed over

	// Reserved for notes and requests of a later version.
	Withdraws Rel = "withdraws"
	Clarifies Rel = "clarifies"
	Disputes  Rel = "disputes"
)

// Rels lists the relations of the protocol. This version lets a kind carry those
// that its row in Rooms names.
var Rels = []Rel{Answers, Corrects, Recalls, Draws, Under, Replaces, Grants, Returns, Withdraws, Clarifies, Disputes}

// Held reports whether the recipient of a reference must have, or have had, the
// message that it names. What a message draws on, or rests on, may be between
// other parties.
func (r Rel) Held() bool {
	switch r {
	case Draws, Under, Grants:
		return false
	}
	return true
}

// Answering gives the references of an answer to a message; none for no message.
func Answering(id MessageID) []Ref {
	if id == "" {
		return nil
	}
	return []Ref{{Rel: Answers, ID: id}}
}

// Ref gives the first reference of a relation.
func (s Statement) Ref(r Rel) (Ref, bool) {
	for _, f := range s.Refs {
		if f.Rel == r {
			return f, true
		}
	}
	return Ref{}, false
}

// Re is the message that s answers; empty: none.
func (s Statement) Re() MessageID {
	f, _ := s.Ref(Answers)
	return f.ID
}
