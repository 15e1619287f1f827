package seal

import (
	"strings"

	"entente"
	"entente/parse"
)

// maxNote bounds a descriptor note: the text and two signature lines.
const maxNote = parse.MaxDescriptor + 512

// SignParty writes p's descriptor as a note. One key signs it: the one that it
// names as its identity. If that key is new, the key of the edition before signs
// too, and its line comes first.
func SignParty(p entente.Party, by ...IdentityKey) ([]byte, error) {
	if err := parse.CheckParty(p); err != nil {
		return nil, err
	}
	if err := checkKeys(p.Keys); err != nil {
		return nil, err
	}
	var before, own []noteSigner
	for _, k := range by {
		if k.IsZero() {
			continue
		}
		s := newNoteSigner(string(p.ID), k.key)
		if s.public.Equal(p.Keys.Identity) {
			own = append(own, s)
		} else {
			before = append(before, s)
		}
	}
	if len(own) != 1 || len(before) > 1 {
		return nil, &entente.Error{Kind: entente.Invalid, Field: "keys.identity", Detail: "a descriptor is signed by the identity key that it names, and by the one before if that was another", Hint: "unlock the identity key"}
	}
	return signNote(parse.FormatParty(p), append(before, own...)...)
}

// OpenParty verifies a descriptor.
//
// With no previous edition at hand it must be signed by the key that it names,
// alone: that proves nothing but consistency, so two people compare
// [Fingerprint]. With one, it must be the next edition of the same party, not
// issued before it, signed by the previous identity key and, if that changed, by
// the new one too.
func OpenParty(note []byte, previous *entente.Party) (entente.Party, error) {
	if len(note) > maxNote {
		return entente.Party{}, &entente.Error{Kind: entente.Invalid, Field: "descriptor", Detail: "too large for a descriptor", Reason: entente.ReasonTooLarge}
	}
	text, _ := splitNote(note)
	p, err := parse.Party(text)
	if err != nil {
		return entente.Party{}, err
	}
	keys := []noteKey{{string(p.ID), p.Keys.Identity}}
	if previous != nil {
		if err := succeeds(p, *previous); err != nil {
			return entente.Party{}, err
		}
		if !p.Keys.Identity.Equal(previous.Keys.Identity) {
			keys = append([]noteKey{{string(p.ID), previous.Keys.Identity}}, keys...)
		}
	}
	if _, err := openNoteBy(note, keys...); err != nil {
		return entente.Party{}, err
	}
	if err := checkKeys(p.Keys); err != nil {
		return entente.Party{}, err
	}
	return p, nil
}

// Introduce leaves only the party's own signature on a descriptor, for partners
// who do not know the edition before. Nothing is verified.
func Introduce(note []byte) ([]byte, error) {
	text, _ := splitNote(note)
	p, err := parse.Party(text)
	if err != nil {
		return nil, err
	}
	i := strings.LastIndex(strings.TrimSuffix(string(note), "\n"), "\n")
	alone := append(append([]byte{}, text...), '\n')
	alone = append(alone, note[i+1:]...)
	if _, err := openNoteBy(alone, noteKey{string(p.ID), p.Keys.Identity}); err != nil {
		return nil, err
	}
	return alone, nil
}

func succeeds(p, previous entente.Party) error {
	bad := func(field, detail, hint string) error {
		return &entente.Error{Kind: entente.Invalid, Field: field, Detail: detail, Hint: hint}
	}
	switch {
	case p.ID != previous.ID:
		return bad("id", "it is the descriptor of another party", "")
	case p.Edition != previous.Edition+1:
		return bad("edition", "it is not the edition that follows the one held here", "ask the partner for every edition in between")
	case p.Issued.Before(previous.Issued):
		return bad("issued", "it was issued before the edition that it follows", "ask the partner to check the clock and issue it again")
	}
	return nil
}
