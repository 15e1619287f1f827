package policy

import "entente"

// Sends is what an officer asks for who sends a message of a kind by himself.
func Sends(k entente.Kind) entente.Operation {
	switch k {
	case entente.KindAcknowledgement:
		return entente.OpAcknowledge
	case entente.KindDisposition:
		return entente.OpDispose
	case entente.KindNote:
		return entente.OpNote
	case entente.KindNotice:
		return entente.OpChangeLevel
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
