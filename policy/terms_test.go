package policy

import (
	"errors"
	"testing"
	"time"

	"entente"
)

// northStar is an agreement built by hand, without a text.
func northStar() entente.Agreement {
	return entente.Agreement{
		ID: "north-star", Epoch: 1, Parties: []entente.PartyID{"albia-ncc", "borea-sls"},
		From: time.Date(2011, 1, 1, 0, 0, 0, 0, time.UTC), Until: time.Date(2013, 12, 31, 0, 0, 0, 0, time.UTC),
		Purposes: []entente.Purpose{entente.ThreatToLife, "terrorism-prevention"},
		Scope:    map[entente.Kind]string{entente.KindTip: `subject.nationalities.exists(c, c in ["XA", "XB"]) || message.category == "attack-planning"`},
		Deadline: entente.Deadlines{
			Acknowledge: map[entente.Precedence]time.Duration{entente.Flash: time.Hour, entente.Routine: 72 * time.Hour},
			Dispose:     30 * 24 * time.Hour,
		},
		Handling: entente.Caveats{TLP: entente.TLPAmberStrict, PAP: entente.PAPAmber, Onward: entente.OnwardOriginator, CourtUse: entente.CourtUseAsk},
	}
}

// aTip is a tip that northStar lets pass.
func aTip() entente.Message {
	a := northStar()
	return entente.Message{
		Header: entente.Header{
			ID: "0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4b7", From: "borea-sls", To: "albia-ncc", Agreement: a.ID, Epoch: a.Epoch,
			Precedence: entente.Priority, Created: time.Date(2011, 3, 4, 9, 0, 0, 0, time.UTC),
		},
		Statement: entente.Statement{
			ID: "0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4b7", Kind: entente.KindTip, Purpose: "terrorism-prevention", Precedence: entente.Priority, Caveats: a.Handling,
			Tip: &entente.Tip{Category: "attack-planning", Subjects: []entente.Subject{{
				ID: "s1", Names: []entente.Name{{Text: "Арсен Кадаев", Script: "Cyrl"}}, Nationalities: []entente.Country{"XB"},
			}}},
		},
	}
}

// What package parse would not let through is refused here, too: an agreement
// may have been put together by a program.
func TestCompileRefuses(t *testing.T) {
	for _, c := range []struct {
		field string
		spoil func(*entente.Agreement)
	}{
		{"parties", func(a *entente.Agreement) { a.Parties = a.Parties[:1] }},
		{"parties", func(a *entente.Agreement) { a.Parties = append(a.Parties, "albia-ncc") }},
		{"epoch", func(a *entente.Agreement) { a.Epoch = 0 }},
		{"until", func(a *entente.Agreement) { a.Until = a.From.AddDate(0, 0, -1) }},
		{"until", func(a *entente.Agreement) { a.From = time.Time{} }},
		{"purposes", func(a *entente.Agreement) { a.Purposes = nil }},
		{"definition.cadia-fiu", func(a *entente.Agreement) { a.Definitions = map[entente.PartyID]entente.Definition{"cadia-fiu": {}} }},
		{"equivalence[0]", func(a *entente.Agreement) {
			a.Equivalence = []map[entente.PartyID]string{{"albia-ncc": "x", "cadia-fiu": "x"}}
		}},
		{"equivalence[1]", func(a *entente.Agreement) {
			a.Equivalence = []map[entente.PartyID]string{{"albia-ncc": "x", "borea-sls": "y"}, {"albia-ncc": "x", "borea-sls": ""}}
		}},
		{"equivalence[0]", func(a *entente.Agreement) { a.Equivalence = []map[entente.PartyID]string{{"albia-ncc": "x"}} }},
		{"scope.telegram", func(a *entente.Agreement) { a.Scope["telegram"] = "true" }},
		{"scope.tip", func(a *entente.Agreement) { a.Scope["tip"] = " " }},
		{"deadline.acknowledge.SOON", func(a *entente.Agreement) { a.Deadline.Acknowledge["SOON"] = time.Hour }},
		{"deadline.acknowledge.FLASH", func(a *entente.Agreement) { a.Deadline.Acknowledge[entente.Flash] = 0 }},
		{"deadline.dispose", func(a *entente.Agreement) { a.Deadline.Dispose = -1 }},
		{"release.four-eyes", func(a *entente.Agreement) { a.Release.FourEyes = []entente.Kind{"telegram"} }},
		{"release.single", func(a *entente.Agreement) {
			a.Release = entente.ReleaseRule{FourEyes: []entente.Kind{"note"}, Single: []entente.Kind{"tip", "note"}}
		}},
		{"release.standing[0]", func(a *entente.Agreement) { a.Release.Standing = []string{"encounter whenever request.accepted"} }},
		{"release.standing[0]", func(a *entente.Agreement) { a.Release.Standing = []string{"telegram where request.accepted"} }},
		{"handling.default", func(a *entente.Agreement) { a.Handling.TLP = "WHITE" }},
		{"handling.default", func(a *entente.Agreement) { a.Handling.Purposes = []entente.Purpose{"trade"} }},
		{"assurance.when", func(a *entente.Agreement) { a.Assurance = map[string]any{"when": true} }},
	} {
		a := northStar()
		c.spoil(&a)
		_, err := Compile(a)
		e, ok := errors.AsType[*entente.Error](err)
		if !ok || !errors.Is(err, entente.Invalid) || e.Field != c.field {
			t.Errorf("want %s refused, got %v", c.field, err)
		}
	}
	if _, err := Compile(northStar()); err != nil {
		t.Errorf("unspoilt: %v", err)
	}
}
