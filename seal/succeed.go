package seal

import "entente"

// follows reports why p cannot be an edition after previous, no matter who signed it.
//
// A successor that an edition names stays in every later one until it is the
// identity key: a thief of the identity key could name another one first.
func follows(p, previous entente.Party) error {
	bad := func(field, detail, hint string) error {
		return &entente.Error{Kind: entente.Invalid, Field: field, Detail: detail, Hint: hint}
	}
	switch {
	case p.ID != previous.ID:
		return bad("id", "it is the descriptor of another party", "")
	case p.Edition <= previous.Edition:
		return bad("edition", "it is not later than the edition that is here", "ask the partner for its newest descriptor")
	case p.Issued.Before(previous.Issued):
		return bad("issued", "it was issued before the edition that it follows", "ask the partner to check the clock and issue it again")
	case previous.Successor == nil:
		return nil
	case p.Keys.Identity.Equal(previous.Keys.Identity):
		if p.Successor == nil || *p.Successor != *previous.Successor {
			return bad("successor", "it does not name the successor of the identity key that the edition before names", "ask the partner's people: somebody may have stolen the identity key")
		}
	case entente.DigestOf(p.Keys.Identity) != *previous.Successor:
		return bad("keys.identity", "it is not the successor that the edition before names", "ask the partner's people: somebody may have stolen the identity key")
	}
	return nil
}
