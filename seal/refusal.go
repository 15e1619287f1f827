package seal

import (
	"entente"
	"entente/parse"
)

// maxRefusalNote bounds a refusal with its signature line.
const maxRefusalNote = parse.MaxRefusal + 256

// SignRefusal writes a refusal as a note signed by p's message key, and gives it
// back as a reader will see it, with Text.
func SignRefusal(r entente.Refusal, by MessageKey, p entente.PartyID) (entente.Refusal, error) {
	if by.IsZero() {
		return entente.Refusal{}, noMessageKey()
	}
	if err := fromRecipient(r, p); err != nil {
		return entente.Refusal{}, err
	}
	text := parse.FormatRefusal(r)
	signed, err := parse.Refusal(text)
	if err != nil {
		return entente.Refusal{}, err
	}
	signed.Text, err = signNote(text, newNoteSigner(nodeName(p), by.key))
	return signed, err
}

// OpenRefusal verifies a refusal that comes from a party.
func OpenRefusal(text []byte, from entente.Party) (entente.Refusal, error) {
	if len(text) > maxRefusalNote {
		return entente.Refusal{}, &entente.Error{Kind: entente.Invalid, Field: "refusal", Detail: "too large for a refusal", Reason: entente.ReasonTooLarge}
	}
	body, err := openNoteBy(text, noteKey{nodeName(from.ID), from.Keys.Message})
	if err != nil {
		return entente.Refusal{}, err
	}
	r, err := parse.Refusal(body)
	if err != nil {
		return entente.Refusal{}, err
	}
	if err := fromRecipient(r, from.ID); err != nil {
		return entente.Refusal{}, err
	}
	r.Text = append([]byte{}, text...)
	return r, nil
}

// fromRecipient holds that only the recipient of a channel refuses on it. The
// channel is empty where the envelope's header could not be read.
func fromRecipient(r entente.Refusal, p entente.PartyID) error {
	if r.Channel != (entente.Channel{}) && r.Channel.To != p {
		return &entente.Error{Kind: entente.Invalid, Field: "channel", Detail: string(p) + " is not the recipient of the channel"}
	}
	return nil
}

func noMessageKey() error {
	return &entente.Error{Kind: entente.Invalid, Field: "keys.message", Detail: "the message key is not here", Hint: "unlock the node's keys"}
}
