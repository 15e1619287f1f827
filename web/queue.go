package web

import (
	"time"

	"entente"
	"entente/outbox"
)

// queue is what is on its way and what came back for good.
func (v *visit) queue() error {
	s, err := v.Outbox.State(v.ctx(), v.officer)
	if err != nil {
		return err
	}
	return v.ok(v.p.T("On its way"), queuePage(v.p, s))
}

func (v *visit) retry() error {
	if err := v.Outbox.Retry(v.ctx(), v.officer, entente.PartyID(v.r.PathValue("partner"))); err != nil {
		return err
	}
	return v.done("/queue", "retry")
}

func (v *visit) takeNote() error {
	if err := v.Outbox.TakeNote(v.ctx(), v.officer, v.id()); err != nil {
		return err
	}
	return v.done("/queue", "seen")
}

func (v *visit) offerAgain() error {
	if err := v.Outbox.OfferAgain(v.ctx(), v.officer, v.id()); err != nil {
		return err
	}
	return v.done("/queue", "offered-again")
}

// decideHeld sends or withdraws held mail of one channel. Nothing is chosen
// silently: without a tick nothing happens.
func (v *visit) decideHeld() error {
	values, err := v.form()
	if err != nil {
		return err
	}
	var ids []entente.MessageID
	for _, id := range values["message"] {
		ids = append(ids, entente.MessageID(id))
	}
	if len(ids) == 0 {
		return &entente.Error{Kind: entente.Invalid, Field: "message", Detail: "no message is chosen", Hint: "go back and choose at least one"}
	}
	decide, done := v.Outbox.WithdrawHeld, "held-withdrawn"
	if values.Get("do") == "send" {
		decide, done = v.Outbox.SendHeld, "held-sent"
	}
	if err := decide(v.ctx(), v.officer, v.agreementID(), entente.PartyID(v.r.PathValue("partner")), ids); err != nil {
		return err
	}
	return v.done("/queue", done)
}

// waitingFor is what waits for one partner.
func waitingFor(s outbox.State, partner entente.PartyID) []entente.QueueItem {
	var list []entente.QueueItem
	for _, q := range s.Waiting {
		if q.Partner == partner {
			list = append(list, q)
		}
	}
	return list
}

// lineState says how the connection to a partner does, as a class and a word.
func (p *page) lineState(l entente.Line) stand {
	switch {
	case l.Blocked != "":
		return stand{"refused", p.T("blocked")}
	case l.Attempts > 0:
		return stand{"waiting", p.T("not reached")}
	case l.Contact.IsZero():
		return stand{"new", p.T("no contact yet")}
	}
	return stand{"decided", p.T("connected")}
}

// skew says how far the partner's clock is off; empty: not worth a word.
func (p *page) skew(d time.Duration) string {
	s := int(d.Abs() / time.Second)
	switch {
	case s < 5:
		return ""
	case d > 0:
		return p.T("their clock is %d seconds ahead of ours", s)
	}
	return p.T("their clock is %d seconds behind ours", s)
}

// advice is the next step for a message that was refused for good.
func (p *page) advice(r entente.Reason) string {
	return p.T(reasonAdvice(r))
}

func reasonAdvice(r entente.Reason) string {
	switch r {
	case entente.ReasonExpired:
		return "Write it again with a later date, if it still matters."
	case entente.ReasonOldEpoch, entente.ReasonUnknownAgreement, entente.ReasonNotInForce, entente.ReasonNotParty:
		return "Compare the agreement with the partner’s, then write the message again."
	case entente.ReasonLevel:
		return "Wait until the agreement is open that far again; a threat to life passes at every level."
	case entente.ReasonPurpose, entente.ReasonScope, entente.ReasonHandling, entente.ReasonNotEnforced:
		return "Write it again so that the agreement lets it pass."
	case entente.ReasonEdition, entente.ReasonContent, entente.ReasonSignature, entente.ReasonSeal:
		return "Exchange descriptors with the partner again and compare fingerprints; then write the message again."
	case entente.ReasonCheckpoint, entente.ReasonSplitView, entente.ReasonReplay:
		return "Call an overseer: the two ledgers do not agree. Both sides keep their evidence."
	}
	return "Talk to the partner’s desk, then write the message again."
}
