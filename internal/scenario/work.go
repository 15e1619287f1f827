package scenario

import (
	"context"

	"entente"
)

// LeaveWork leaves something to do at the desks after the story: a draft that
// waits for a second officer at Borea; at Albia a warning that nobody has seen
// yet, and a new officer whom nobody has confirmed.
func LeaveWork(ctx context.Context, borea, albia *Agency) error {
	author, releaser := borea.Officer(entente.Analyst), borea.Officer(entente.Releaser)
	warn := func(p entente.Precedence, purpose entente.Purpose, t entente.Tip) (entente.Draft, error) {
		t.Category = "attack-planning"
		t.Provenance = entente.Provenance{Attestation: "not-attested"}
		d, err := borea.Node.Outbox.Write(ctx, author, entente.Draft{To: albia.ID, Agreement: "north-star", Statement: entente.Statement{
			Kind: entente.KindTip, Purpose: purpose, Precedence: p, Tip: &t,
		}})
		if err != nil {
			return d, err
		}
		return borea.Node.Outbox.Submit(ctx, author, d.ID, d.Version)
	}
	urgent, err := warn(entente.Immediate, entente.ThreatToLife, entente.Tip{
		Title:  "Ostvik, central market: talk of an attack on Saturday",
		Text:   "A source who has been right before heard two men name the central market of Ostvik and next Saturday. He could not describe them. We have nothing more.",
		Threat: "Visitors of the central market of Ostvik, next Saturday",
		Places: []entente.Place{{Name: "Ostvik, central market", Geometry: []byte(`{"type":"Point","coordinates":[24.3912,58.4417]}`)}},
		Claims: []entente.Claim{{ID: "c1", Text: "Two men named the market and the day.", Grade: "B3", Nature: entente.NatureFact}},
	})
	if err != nil {
		return err
	}
	if _, err := borea.Node.Outbox.Release(ctx, releaser, urgent.ID, urgent.Digest()); err != nil {
		return err
	}
	_, err = warn(entente.Routine, "terrorism-prevention", entente.Tip{
		Title: "Поездка группы из трёх человек в Оствик",
		Text:  "Трое граждан Бореи, ранее попадавшие в поле нашего зрения, в конце месяца выезжают в Оствик автобусом. Оснований для тревоги пока нет.",
		Subjects: []entente.Subject{{
			ID: "s1", Names: []entente.Name{{Text: "Тимур Асланович Бероев", Script: "Cyrl"}, {Text: "Timur Beroyev"}}, Nationalities: []entente.Country{"XB"},
			Births: []entente.Birth{{ID: "b1", Date: entente.PartialDate{Year: 1979, Month: 11}, Grade: "B2", Nature: entente.NatureFact}},
		}},
		Questions: []entente.Question{{ID: "q1", Text: "Известны ли вам эти лица?"}},
	})
	if err != nil {
		return err
	}
	// Albia's operator lets somebody in: it waits for a second person.
	fresh := entente.Officer{ID: "mila.brandt", Name: "Mila Brandt", Role: entente.Analyst}
	operator := albia.Officer(entente.Operator)
	if _, err := albia.Node.Desk.SetOfficer(ctx, operator, fresh); err != nil {
		return err
	}
	_, _, err = albia.Node.SignIn.Invite(ctx, operator, fresh.ID)
	return err
}
