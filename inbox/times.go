package inbox

import (
	"errors"

	"entente"
	"entente/policy"
	"entente/seal"
)

// timely checks the times that a notice claims, before anything is kept of it.
func (i *Inbox) timely(tx entente.Tx, m entente.Message) error {
	n := m.Statement.Notice
	if n == nil {
		return nil
	}
	switch n.What {
	case entente.NoticeCustody:
		return i.heldTimely(tx, m)
	case entente.NoticeKey:
		return i.issuedTimely(tx, m.Header.From, []byte(n.Descriptor))
	}
	return nil
}

// heldTimely compares since when a partner holds a file with its receipt for the
// message that names it, or, without one, with when that was written.
func (i *Inbox) heldTimely(tx entente.Tx, m entente.Message) error {
	re, err := tx.MessageWith(m.Header.From, m.Statement.Re())
	if errors.Is(err, entente.NotFound) {
		return nil // refused or put off for that
	}
	if err != nil {
		return err
	}
	since := re.Message.Header.Created
	if r, err := tx.Receipt(re.Name); err == nil {
		since = r.At
	} else if !errors.Is(err, entente.NotFound) {
		return err
	}
	return policy.CheckHeld(m.Statement.Notice.Held, since, i.now())
}

// issuedTimely puts off a key notice whose descriptor is dated ahead. One that does
// not follow from what is here changes nothing, whatever its date.
func (i *Inbox) issuedTimely(tx entente.PartyStore, from entente.PartyID, note []byte) error {
	now, err := tx.Party(from)
	if err != nil {
		return err
	}
	next, err := seal.OpenParty(note, &now.Party)
	if err == nil && policy.CheckIssued(next, i.now()) != nil {
		return refusal(entente.ReasonFuture, "notice.descriptor", "by our clock the descriptor was issued in the future")
	}
	return nil
}
