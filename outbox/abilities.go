package outbox

import (
	"slices"

	"entente"
)

// canRead checks, before anything is sealed, that the recipient's descriptor says
// that its node can read a statement.
func canRead(to entente.Party, s entente.Statement) error {
	if to.Speaking(entente.Versions) == 0 {
		return unreadable(to, "to", entente.ReasonVersion, "speaks no version of the protocol that this node speaks")
	}
	if !to.Reads(s.Kind) {
		return unreadable(to, "kind", entente.ReasonKind, "cannot read "+entente.Rooms.Words(s.Kind)+" yet")
	}
	for _, e := range s.Extensions {
		if e.Critical && !slices.Contains(to.Extensions, e.Name) {
			return unreadable(to, "extensions", entente.ReasonExtension, "cannot read messages with the extension "+e.Name+" yet")
		}
	}
	return nil
}

func unreadable(to entente.Party, field string, why entente.Reason, what string) error {
	return &entente.Error{
		Kind: entente.Conflict, Field: field, Reason: why, Detail: string(to.ID) + " " + what,
		Hint: "tell its people in another way; once their node can read it and their new descriptor has arrived here, submit the draft again",
	}
}
