package inbox

import (
	"errors"

	"entente"
	"entente/parse"
	"entente/policy"
	"entente/seal"
)

// judge opens an envelope that has its place, and asks what it says and whether it
// may: first the agreement's dates, then the seal, the statement, the clauses of the
// agreement, and what it answers. It gives the thread that the message belongs to;
// empty: it begins one.
func (i *Inbox) judge(tx entente.Tx, a *arrival, rec entente.AgreementRecord, sender, self entente.PartyRecord) (opened seal.Opened, thread entente.MessageID, err error) {
	if a.header.Epoch < rec.Agreement.Epoch {
		return opened, "", refusal(entente.ReasonOldEpoch, "epoch", "a newer epoch of the agreement is in force")
	}
	if a.header.Expired(i.now()) {
		return opened, "", refusal(entente.ReasonExpired, "expires", "the message had expired when it arrived")
	}
	if opened, err = i.open(&a.parcel, sender, self); err != nil {
		return opened, "", err
	}
	m := opened.Message
	if err := parse.CheckClaims(m.Statement, a.header.Created); err != nil {
		return opened, "", err
	}
	if err := earlier(tx, m); err != nil {
		return opened, "", err
	}
	levels, err := tx.LevelChanges(a.header.Agreement)
	if err != nil {
		return opened, "", err
	}
	terms, err := i.terms.Terms(rec.Agreement)
	if err != nil {
		return opened, "", err
	}
	decision := terms.Decide(policy.Facts{Message: m, Side: policy.Receiving, Now: i.now(), Levels: levels})
	if err := decision.Err(); err != nil {
		return opened, "", err
	}
	thread, err = i.thread(tx, m)
	return opened, thread, err
}

// open gives what is in the envelope; a batch was opened ahead of the transaction.
func (i *Inbox) open(p *parcel, sender, self entente.PartyRecord) (seal.Opened, error) {
	if p.opened != nil {
		return *p.opened, nil
	}
	opened, err := p.envelope.Open(sender, self, i.cfg.Keys.SealKeys()...)
	if err != nil {
		return opened, reasoned(err, entente.ReasonSeal)
	}
	return opened, nil
}

// thread holds that an answer answers something: a message between the same two
// parties under the same agreement. Only the recipient of a message
// acknowledges it and says what came of it.
//
// It gives the name of the thread's first message; empty: this is the first.
func (i *Inbox) thread(tx entente.Tx, m entente.Message) (entente.MessageID, error) {
	s := m.Statement
	if n := s.Notice; n != nil && n.What == entente.NoticeWithdrawn {
		return threadAt(tx, m.Header.Channel(), *n.Place)
	}
	if s.Re == "" {
		return "", nil
	}
	re, err := tx.MessageWith(m.Header.From, s.Re)
	if errors.Is(err, entente.NotFound) {
		return "", refusal(entente.ReasonThread, "re", "it answers a message that is not here")
	}
	if err != nil {
		return "", err
	}
	duty := entente.ClassOf(s.Kind) == entente.ClassDuty
	if re.Message.Header.Agreement != m.Header.Agreement || (duty && re.Direction != entente.Outgoing) {
		return "", refusal(entente.ReasonThread, "re", "it answers a message that is not the sender's to answer")
	}
	return re.Thread, nil
}

// threadAt gives the thread of the message that is filed at a place; empty: none is.
func threadAt(tx entente.Tx, ch entente.Channel, seq int64) (entente.MessageID, error) {
	name, err := tx.ReceiptedAt(ch, seq)
	if errors.Is(err, entente.NotFound) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	f, err := tx.Message(name)
	return f.Thread, err
}
