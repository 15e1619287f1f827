package seal

import (
	"strings"

	"entente"
	"entente/parse"
)

// maxNote bounds a descriptor note: the text and four signature lines.
const maxNote = parse.MaxDescriptor + 1<<10

// SignParty writes p's descriptor as a note with the keys of k that it names:
// the identity key, then the message and the ledger key, which show that the party
// has them. If the identity key is new, the one before signs too, and its line
// comes first, unless that one's descriptor named the new one as its successor.
func SignParty(p entente.Party, k Keys, before ...IdentityKey) ([]byte, error) {
	if err := parse.CheckParty(p); err != nil {
		return nil, err
	}
	if err := checkKeys(p.Keys); err != nil {
		return nil, err
	}
	own, err := ownSigners(p, k)
	if err != nil {
		return nil, err
	}
	if len(before) > 1 {
		return nil, &entente.Error{Kind: entente.Invalid, Field: "keys.identity", Detail: "at most one identity key comes before another"}
	}
	for _, b := range before {
		if b.IsZero() || b.Public().Equal(p.Keys.Identity) {
			return nil, &entente.Error{Kind: entente.Invalid, Field: "keys.identity", Detail: "the identity key before is not here, or is the same", Hint: "unlock the identity key before"}
		}
		own = append([]noteSigner{newNoteSigner(string(p.ID), b.key)}, own...)
	}
	return signNote(parse.FormatParty(p), own...)
}

// ownSigners gives what signs a descriptor with the keys that it names.
func ownSigners(p entente.Party, k Keys) ([]noteSigner, error) {
	own := []noteSigner{newNoteSigner(string(p.ID), k.Identity.key), newNoteSigner(nodeName(p.ID), k.Message.key), newNoteSigner(ledgerName(p.ID), k.Ledger.key)}
	for i, want := range ownKeys(p) {
		if !own[i].equal(want) {
			return nil, &entente.Error{Kind: entente.Invalid, Field: "keys", Detail: "a descriptor is signed by the identity, the message and the ledger key that it names; the key of " + want.name + " is missing or another", Hint: "unlock the keys of the edition that is to be signed"}
		}
	}
	return own, nil
}

// ownKeys lists the keys that sign a descriptor which names them, in the order of
// the lines.
func ownKeys(p entente.Party) []noteKey {
	return []noteKey{{string(p.ID), p.Keys.Identity}, {nodeName(p.ID), p.Keys.Message}, {ledgerName(p.ID), p.Keys.Ledger}}
}

// OpenParty verifies a descriptor.
//
// With no previous edition at hand it must be signed by the keys that it names,
// alone: that proves nothing but possession, so two people compare [Fingerprint].
// With one, it must be a later edition of the same party, not issued before it,
// and signed by the previous identity key first if that changed. An identity key
// that the previous edition named as its successor needs no other signature.
func OpenParty(note []byte, previous *entente.Party) (entente.Party, error) {
	if len(note) > maxNote {
		return entente.Party{}, &entente.Error{Kind: entente.Invalid, Field: "descriptor", Detail: "too large for a descriptor", Reason: entente.ReasonTooLarge}
	}
	text, _ := splitNote(note)
	p, err := parse.Party(text)
	if err != nil {
		return entente.Party{}, err
	}
	if err := checkKeys(p.Keys); err != nil {
		return entente.Party{}, err
	}
	keys := ownKeys(p)
	if previous != nil {
		if err := follows(p, *previous); err != nil {
			return entente.Party{}, err
		}
		if !p.Keys.Identity.Equal(previous.Keys.Identity) && previous.Successor == nil {
			keys = append([]noteKey{{string(p.ID), previous.Keys.Identity}}, keys...)
		}
	}
	if _, err := openNoteBy(note, keys...); err != nil {
		return entente.Party{}, err
	}
	return p, nil
}

// Introduce leaves only the signatures of the keys that a descriptor names, for
// partners who do not know the edition before.
func Introduce(note []byte) ([]byte, error) {
	text, lines := splitNote(note)
	p, err := parse.Party(text)
	if err != nil {
		return nil, err
	}
	own := strings.SplitAfter(strings.TrimSuffix(string(lines), "\n"), "\n")
	own = own[max(0, len(own)-len(ownKeys(p))):]
	alone := []byte(string(text) + "\n" + strings.Join(own, "") + "\n")
	if _, err := openNoteBy(alone, ownKeys(p)...); err != nil {
		return nil, err
	}
	return alone, nil
}
