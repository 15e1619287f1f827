package seal

import (
	"entente"
	"entente/parse"
)

// maxRefusalNote bounds a refusal with its signature line.
const maxRefusalNote = parse.MaxRefusal + 256

// SignRefusal writes a refusal as a note signed by p's message key, under the
// edition p, and returns it as a reader will see it, with Text.
func SignRefusal(r entente.Refusal, by MessageKey, p entente.Party) (entente.Refusal, error) {
	if by.IsZero() {
		return entente.Refusal{}, noMessageKey()
	}
	r.From, r.Edition = p.ID, parse.EditionOf(p)
	if err := fromRecipient(r); err != nil {
		return entente.Refusal{}, err
	}
	text := parse.FormatRefusal(r)
	signed, err := parse.Refusal(text)
	if err != nil {
		return entente.Refusal{}, err
	}
	signed.Text, err = signNote(text, newNoteSigner(nodeName(p.ID), by.key))
	return signed, err
}

// OpenRefusal verifies a refusal that comes from a party. The edition that it
// names must be among those given.
func OpenRefusal(text []byte, from ...entente.Party) (entente.Refusal, error) {
	if len(text) > maxRefusalNote {
		return entente.Refusal{}, &entente.Error{Kind: entente.Invalid, Field: "refusal", Detail: "too large for a refusal", Reason: entente.ReasonTooLarge}
	}
	body, _ := splitNote(text)
	r, err := parse.Refusal(body)
	if err != nil {
		return entente.Refusal{}, err
	}
	by, ok := editionNamed(r, from)
	if !ok {
		return entente.Refusal{}, &entente.Error{Kind: entente.Unverified, Field: "edition", Detail: "the refusal is not by an edition of its sender that is known here", Reason: entente.ReasonSignature}
	}
	if _, err := openNoteBy(text, noteKey{nodeName(by.ID), by.Keys.Message}); err != nil {
		return entente.Refusal{}, err
	}
	if err := fromRecipient(r); err != nil {
		return entente.Refusal{}, err
	}
	r.Text = append([]byte{}, text...)
	return r, nil
}

// editionNamed finds the edition that a refusal says it is signed under.
func editionNamed(r entente.Refusal, editions []entente.Party) (entente.Party, bool) {
	for _, p := range editions {
		if p.ID == r.From && parse.EditionOf(p) == r.Edition {
			return p, true
		}
	}
	return entente.Party{}, false
}

// fromRecipient checks that only the recipient of a channel refuses on it. The
// channel is empty where the envelope's header could not be read.
func fromRecipient(r entente.Refusal) error {
	if r.Channel != (entente.Channel{}) && r.Channel.To != r.From {
		return &entente.Error{Kind: entente.Invalid, Field: "channel", Detail: string(r.From) + " is not the recipient of the channel"}
	}
	return nil
}

func noMessageKey() error {
	return &entente.Error{Kind: entente.Invalid, Field: "keys.message", Detail: "the message key is not here", Hint: "unlock the node's keys"}
}
