package seal

import (
	"bytes"

	"entente"
	"entente/parse"
)

// MaxEndNote bounds an end note with its two signature lines, in bytes.
const MaxEndNote = parse.MaxEndNote + 512

// SignEndNote writes an end note, signed by the ledger key of the new edition.
// The ledger key of the edition before consents with a line of its own, which
// comes first; zero: it does not. A key that both editions have signs once.
// It returns the note as a reader will see it, with Text.
func SignEndNote(e entente.EndNote, consent, by LedgerKey) (entente.EndNote, error) {
	if by.IsZero() {
		return entente.EndNote{}, &entente.Error{Kind: entente.Invalid, Field: "keys.ledger", Detail: "the ledger key is not here", Hint: "unlock the node's keys"}
	}
	if err := parse.CheckEndNote(e); err != nil {
		return entente.EndNote{}, err
	}
	text := parse.FormatEndNote(e)
	signed, err := parse.EndNote(text)
	if err != nil {
		return entente.EndNote{}, err
	}
	signers := []noteSigner{newNoteSigner(ledgerName(e.Channel.From), by.key)}
	signed.Consent = !consent.IsZero()
	if signed.Consent && !consent.Public().Equal(by.Public()) {
		signers = append([]noteSigner{newNoteSigner(ledgerName(e.Channel.From), consent.key)}, signers...)
	}
	signed.Text, err = signNote(text, signers...)
	return signed, err
}

// OpenEndNote verifies an end note against the editions of its owner that are
// known, by rising number. The edition that it names must be one of them; the one
// before that is the one that consents.
//
// NotFound: the edition that the note names is not known here.
func OpenEndNote(note []byte, editions []entente.Party) (entente.EndNote, error) {
	if len(note) > MaxEndNote {
		return entente.EndNote{}, &entente.Error{Kind: entente.Invalid, Field: "end note", Detail: "too large for an end note", Reason: entente.ReasonTooLarge}
	}
	text, _ := splitNote(note)
	e, err := parse.EndNote(text)
	if err != nil {
		return entente.EndNote{}, err
	}
	own, before, err := editionsOfEnd(e, editions)
	if err != nil {
		return entente.EndNote{}, err
	}
	if e.Consent, err = checkEndSigned(note, own, before); err != nil {
		return entente.EndNote{}, err
	}
	e.Text = bytes.Clone(note)
	return e, nil
}

// editionsOfEnd finds the edition that an end note names, and the one before it.
func editionsOfEnd(e entente.EndNote, editions []entente.Party) (own entente.Party, before *entente.Party, err error) {
	for i, p := range editions {
		if p.Edition != e.Number || parse.EditionOf(p) != e.Edition {
			continue
		}
		if p.ID != e.Channel.From {
			return own, nil, &entente.Error{Kind: entente.Unverified, Field: "origin", Detail: "the channel belongs to another party"}
		}
		if i > 0 {
			before = &editions[i-1]
		}
		if before != nil && e.At.Before(before.Issued) {
			return own, nil, &entente.Error{Kind: entente.Invalid, Field: "at", Detail: "it was signed before the edition that it ends was issued", Hint: "ask the partner to check the clock"}
		}
		return p, before, nil
	}
	return own, nil, &entente.Error{Kind: entente.NotFound, Field: "edition", Detail: "the edition that the end note names is not known here", Hint: "add the descriptor first"}
}

// checkEndSigned checks the lines of an end note and reports whether the edition
// before consents.
func checkEndSigned(note []byte, own entente.Party, before *entente.Party) (consent bool, err error) {
	name := ledgerName(own.ID)
	by := noteKey{name, own.Keys.Ledger}
	if before == nil || before.Keys.Ledger.Equal(own.Keys.Ledger) {
		_, err = openNoteBy(note, by)
		return before != nil && err == nil, err
	}
	if _, err = openNoteBy(note, by); err == nil {
		return false, nil
	}
	_, err = openNoteBy(note, noteKey{name, before.Keys.Ledger}, by)
	return err == nil, err
}
