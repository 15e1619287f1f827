package policy

import (
	"slices"
	"strconv"
	"time"

	"entente"
)

// Side says at which end of the channel a message is judged. Both ends ask the
// same; only the sentences differ.
type Side string

const (
	Sending   Side = "sending"
	Receiving Side = "receiving"
)

// Facts are what a verdict rests on beside the terms.
type Facts struct {
	Message entente.Message // of its header From, To, Agreement, Epoch and Created count
	Side    Side
	Knows   entente.Vocabulary // of the node that decides; zero: this version's
	Now     time.Time
	Levels  []entente.LevelChange // of the agreement, in any order
}

// Decide asks every clause of the agreement whether the message may pass. It
// goes on after the first that says no, so that an officer sees all there is to
// mend; the decision's reason is that of the first.
func (t *Terms) Decide(f Facts) entente.Decision {
	d := entente.Decision{Pass: true}
	for _, ask := range []func(Facts) entente.Finding{
		t.parties, t.dates, t.epoch, t.kind, t.purpose, t.level, t.scoped, t.handling, t.assured, t.category,
	} {
		finding := ask(f)
		if finding.Says == "" {
			continue // the agreement has nothing to ask here
		}
		if !finding.Holds && d.Pass {
			d.Pass, d.Reason = false, finding.Reason
		}
		d.Findings = append(d.Findings, finding)
	}
	return d
}

// yes and no are findings of a clause; clauses that the agreement's text does
// not have are the protocol's, and have line 0.
func (t *Terms) yes(clause, says string, values ...entente.Value) entente.Finding {
	return entente.Finding{Clause: clause, Line: t.a.Line(clause), Holds: true, Says: says, Values: values}
}

func (t *Terms) no(clause string, why entente.Reason, says string, values ...entente.Value) entente.Finding {
	return entente.Finding{Clause: clause, Line: t.a.Line(clause), Reason: why, Says: says, Values: values}
}

// its names the message as the side that judges it would: "our tip", "their note".
func (f Facts) its() string {
	if f.Side == Receiving {
		return "their " + f.what()
	}
	return "our " + f.what()
}

func (f Facts) what() string { return kindWord(f.Message.Statement.Kind) }

func (t *Terms) parties(f Facts) entente.Finding {
	h := f.Message.Header
	if h.Agreement != t.a.ID {
		return t.no("id", entente.ReasonUnknownAgreement, f.its()+" is not under "+t.name(), entente.Value{Name: "agreement", Value: string(h.Agreement)})
	}
	values := []entente.Value{{Name: "from", Value: string(h.From)}, {Name: "to", Value: string(h.To)}}
	for _, p := range []entente.PartyID{h.From, h.To} {
		if !t.a.Has(p) {
			return t.no("parties", entente.ReasonNotParty, string(p)+" is not a party to "+t.name(), values...)
		}
	}
	if h.From == h.To {
		return t.no("parties", entente.ReasonNotParty, f.its()+" is addressed to its sender", values...)
	}
	return t.yes("parties", string(h.From)+" and "+string(h.To)+" are parties to "+t.name(), values...)
}

func (t *Terms) dates(f Facts) entente.Finding {
	now := entente.Value{Name: "now", Value: f.Now.UTC().Format(time.RFC3339)}
	switch {
	case t.a.InForce(f.Now):
		return t.yes("from", t.name()+" is in force from "+day(t.a.From)+" through "+day(t.a.Until), now)
	case f.Message.Statement.Class() == entente.ClassDuty:
		return t.yes("until", t.name()+" is in force from "+day(t.a.From)+" through "+day(t.a.Until)+", but what was owed stays owed: "+f.its()+" passes", now)
	case f.Now.Before(t.a.From):
		return t.no("from", entente.ReasonNotInForce, t.name()+" is not in force before "+day(t.a.From), now)
	}
	return t.no("until", entente.ReasonNotInForce, t.name()+" is not in force after "+day(t.a.Until), now)
}

func (t *Terms) epoch(f Facts) entente.Finding {
	is := f.Message.Header.Epoch
	value := entente.Value{Name: "epoch", Value: strconv.Itoa(is)}
	have := t.name() + " is at epoch " + strconv.Itoa(t.a.Epoch)
	switch {
	case is < t.a.Epoch:
		return t.no("epoch", entente.ReasonOldEpoch, have+"; "+f.its()+" was written under an older one", value)
	case is > t.a.Epoch:
		return t.no("epoch", entente.ReasonFutureTerms, have+" here; "+f.its()+" was written under a newer one", value)
	}
	return t.yes("epoch", have+", as "+f.its()+" says", value)
}

func (t *Terms) kind(f Facts) entente.Finding {
	k := f.Message.Statement.Kind
	value := entente.Value{Name: "kind", Value: string(k)}
	room, is := f.Knows.OrThis().Rooms.Room(k)
	switch {
	case room.Accepted():
		return t.yes("kind", "this version sends and accepts "+kindWords(k), value)
	case is:
		return t.no("kind", entente.ReasonNotEnforced, "an agreement may name "+kindWords(k)+", but the rules for them are not enforced by this version, which neither sends nor accepts them", value)
	}
	return t.no("kind", entente.ReasonKind, "this version does not know this kind of message", value)
}

func (t *Terms) purpose(f Facts) entente.Finding {
	p := f.Message.Statement.Purpose
	value := entente.Value{Name: "purpose", Value: string(p)}
	switch {
	case slices.Contains(t.a.Purposes, p):
		return t.yes("purposes", t.name()+" lists the purpose "+string(p), value)
	case p == entente.ThreatToLife:
		return t.yes("purposes", "a threat to life is a purpose of every agreement", value)
	}
	return t.no("purposes", entente.ReasonPurpose, f.its()+" is for a purpose that "+t.name()+" does not list", value)
}

// lists reports whether the agreement serves the purpose.
func (t *Terms) lists(p entente.Purpose) bool {
	return p == entente.ThreatToLife || slices.Contains(t.a.Purposes, p)
}

func (t *Terms) name() string { return string(t.a.ID) }
