package succession

import (
	"bytes"
	"errors"
	"time"

	"entente"
	"entente/parse"
	"entente/seal"
)

// Tolerance is how far ahead of our clock a date of a descriptor or an end note may be.
const Tolerance = 2 * time.Hour

// Learned is what came of a bundle.
type Learned struct {
	Editions int   // descriptors that are new here
	Ends     int   // end notes that are new here
	Doubt    error // something in it contradicts what is here; it is kept as evidence
	Refused  error // the first of it that does not hold
}

// Learn takes in descriptors and end notes of a party. What does not hold keeps
// nothing else out. An error means that the store failed.
func Learn(tx entente.Tx, self, of entente.PartyID, b Bundle, now time.Time) (Learned, error) {
	var l Learned
	for _, note := range b.Editions[:min(len(b.Editions), MaxEditions)] {
		if err := l.edition(tx, of, note, now); err != nil {
			return l, err
		}
	}
	for _, note := range b.Ends[:min(len(b.Ends), MaxEnds)] {
		if err := l.end(tx, self, of, note, now); err != nil {
			return l, err
		}
	}
	return l, nil
}

func (l *Learned) refuse(err error) {
	if l.Refused == nil {
		l.Refused = err
	}
}

// edition takes in one descriptor: it must follow from the newest one that is here.
func (l *Learned) edition(tx entente.Tx, of entente.PartyID, note []byte, now time.Time) error {
	here, err := tx.PartyEditions(of)
	if err != nil || len(here) == 0 {
		return err // a stranger is introduced by people
	}
	for _, e := range here {
		if bytes.Equal(e.Note, note) || sameText(e.Note, note) {
			return nil
		}
	}
	newest := here[len(here)-1]
	next, err := seal.OpenParty(note, &newest.Party)
	if err != nil {
		return l.twin(tx, here, note, err)
	}
	if next.Issued.After(now.Add(Tolerance)) {
		l.refuse(&entente.Error{Kind: entente.Unavailable, Field: "issued", Detail: "by our clock the descriptor was issued in the future", Reason: entente.ReasonFuture})
		return nil
	}
	err = tx.PutParty(entente.PartyRecord{Party: next, Note: note, Added: now, Checked: newest.Checked})
	if entente.ReasonOf(err) == entente.ReasonKnownKey {
		l.refuse(err)
		return nil
	}
	l.Editions++
	return err
}

// sameText reports whether two notes have one text: an introduction has fewer lines.
func sameText(a, b []byte) bool {
	text := func(note []byte) []byte {
		if i := bytes.LastIndex(note, []byte("\n\n— ")); i >= 0 {
			return note[:i]
		}
		return note
	}
	return bytes.Equal(text(a), text(b))
}

// twin looks whether a descriptor that does not follow from the newest is a second
// one of a number that is here, well signed: then two identities claim the party.
func (l *Learned) twin(tx entente.Tx, here []entente.PartyRecord, note []byte, why error) error {
	for i, e := range here {
		var before *entente.Party
		if i > 0 {
			before = &here[i-1].Party
		}
		p, err := seal.OpenParty(note, before)
		if err != nil || before == nil && !p.Keys.Identity.Equal(e.Party.Keys.Identity) || p.Edition != e.Party.Edition {
			continue
		}
		l.Doubt = &entente.Error{Kind: entente.Conflict, Field: "edition", Detail: "there are two descriptors of this number, both signed", Hint: "call the party's people: nothing is taken from it until the identity is chosen"}
		return keepTwin(tx, p.ID, e.Note, note)
	}
	l.refuse(why)
	return nil
}

// end takes in one end note.
func (l *Learned) end(tx entente.Tx, self, of entente.PartyID, note []byte, now time.Time) error {
	here, err := tx.PartyEditions(of)
	if err != nil {
		return err
	}
	editions := make([]entente.Party, len(here))
	for i, e := range here {
		editions[i] = e.Party
	}
	e, err := seal.OpenEndNote(note, editions)
	if err != nil {
		l.refuse(err)
		return nil
	}
	if ours, err := between(tx, self, e.Channel); err != nil || !ours {
		return err
	}
	if e.At.After(now.Add(Tolerance)) {
		l.refuse(&entente.Error{Kind: entente.Unavailable, Field: "at", Detail: "by our clock the end note was signed in the future", Reason: entente.ReasonFuture})
		return nil
	}
	known, err := tx.Ends(e.Channel.Origin())
	if err != nil {
		return err
	}
	for _, k := range known {
		if k.Note.Number != e.Number {
			continue
		}
		if !bytes.Equal(parse.FormatEndNote(k.Note), parse.FormatEndNote(e)) {
			l.Doubt = &entente.Error{Kind: entente.Conflict, Field: "end note", Detail: "there are two end notes of this edition for one channel", Hint: "call the party's people"}
			return keepSplit(tx, e.Channel.Origin(), k.Note.Text, e.Text)
		}
		if k.Note.Consent || !e.Consent {
			return nil
		}
		break // the same with the consent that was missing
	}
	l.Ends++
	rec := entente.EndRecord{Note: e, Added: now, State: entente.EndWaits}
	if e.Plain() {
		rec.State = entente.EndFetching
	}
	return put(tx, rec)
}

// between reports whether a channel leads to us under an agreement that is here.
func between(tx entente.AgreementStore, self entente.PartyID, ch entente.Channel) (bool, error) {
	if ch.To != self {
		return false, nil
	}
	epochs, err := tx.AgreementEpochs(ch.Agreement)
	for _, e := range epochs {
		if e.Agreement.Has(ch.From) && e.Agreement.Has(self) {
			return true, nil
		}
	}
	return false, err
}

// notFound turns NotFound into a zero value.
func notFound(b []byte, err error) ([]byte, error) {
	if errors.Is(err, entente.NotFound) {
		return nil, nil
	}
	return b, err
}
