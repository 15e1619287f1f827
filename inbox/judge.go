package inbox

import (
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
	if err := parse.JudgeExtensions(i.cfg.Knows, "extensions", a.header.Extensions); err != nil {
		return opened, "", err
	}
	if opened, err = i.open(&a.parcel, sender, self); err != nil {
		return opened, "", err
	}
	m := opened.Message
	if err := parse.Judge(i.cfg.Knows, m.Statement); err != nil {
		return opened, "", err
	}
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
	decision := terms.Decide(policy.Facts{Message: m, Side: policy.Receiving, Knows: i.cfg.Knows, Now: i.now(), Levels: levels})
	if err := decision.Err(); err != nil {
		return opened, "", err
	}
	if err := i.timely(tx, m); err != nil {
		return opened, "", err
	}
	thread, err = i.refers(tx, m)
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
