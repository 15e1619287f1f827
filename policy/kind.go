package policy

import (
	"slices"

	"entente"
)

// Sends is what an officer asks for who sends a message of a kind by himself.
func Sends(k entente.Kind) entente.Operation {
	if r, _ := entente.Rooms.Room(k); r.Asks != "" {
		return r.Asks
	}
	return entente.OpDraft
}

// GoesOn is what an author asks for who changes, submits or withdraws a draft of
// his own. A note or a disposition came to be a draft because the agreement wants
// a second officer for it: whoever may write the kind may mend what was returned to
// him, and needs no right to write tips. For those it is op.
func GoesOn(k entente.Kind, op entente.Operation) entente.Operation {
	if own := Sends(k); own != entente.OpDraft {
		return own
	}
	return op
}

// MayGoOn reports whether a request for op on something that is there may turn
// out to be one that the role may do, once it is known what the thing is and what
// is wanted of it: a draft may be the officer's own note, and who assigns a message
// may take it. The act itself checks again; where this is false, nothing of the
// request has to be read.
func MayGoOn(r entente.Role, op entente.Operation) bool {
	also := []entente.Operation{op}
	switch op {
	case entente.OpDraft, entente.OpSubmit:
		for _, k := range entente.Kinds {
			also = append(also, GoesOn(k, op))
		}
	case entente.OpAssign:
		also = append(also, entente.OpAssess)
	}
	return slices.ContainsFunc(also, func(o entente.Operation) bool { return May(r, o) })
}
