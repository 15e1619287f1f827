package scenario_test

import (
	"testing"

	"entente"
)

// A message that claims what cannot have been true when its header was written is
// refused, whatever the partner's own node let pass; its place in the ledger stays
// taken, and what follows is received.
func TestImpossibleClaimsAreRefused(t *testing.T) {
	bothEngines(t, func(s *siege) {
		about := func(change func(*forged, *entente.Subject)) func(*forged) {
			return func(f *forged) {
				p := entente.Subject{ID: "s1", Names: []entente.Name{{Text: "Olen Dravik"}}, Nationalities: []entente.Country{"XB"}}
				change(f, &p)
				f.statement.Tip.Subjects = []entente.Subject{p}
			}
		}
		born := func(years, days int) func(*forged) {
			return about(func(f *forged, p *entente.Subject) {
				at := f.header.Created.AddDate(years, 0, days)
				p.Births = []entente.Birth{{ID: "b1", Date: entente.PartialDate{Year: at.Year(), Month: int(at.Month()), Day: at.Day()}, Grade: "C3", Nature: entente.NatureFact}}
			})
		}
		for field, change := range map[string]func(*forged){
			"tip.subjects[0].births[0].date":   born(1, 0),
			"tip.subjects[0].nationalities[0]": about(func(_ *forged, p *entente.Subject) { p.Nationalities = []entente.Country{"UK"} }),
			"tip.subjects[0].documents[0].country": about(func(_ *forged, p *entente.Subject) {
				p.Documents = []entente.Document{{Type: "passport", Number: "B1", Country: "EN"}}
			}),
		} {
			a := s.place(change)
			if r := s.refused(a, s.accept(a)); r.Reason != entente.ReasonStatement || r.Field != field {
				t.Errorf("%s: refused for %s (%s)", field, r.Reason, r.Field)
			}
		}
		for name, change := range map[string]func(*forged){
			"born that day": born(0, 0),
			"born long ago": born(-99, 0),
			"a known document": about(func(_ *forged, p *entente.Subject) {
				p.Names, p.Documents = nil, []entente.Document{{Type: "passport", Number: "B1234567"}}
			}),
			"a placeholder name": about(func(_ *forged, p *entente.Subject) { p.Names[0].Text = "unknown" }),
		} {
			t.Log(name)
			a := s.place(change)
			s.receipted(a, s.accept(a))
		}
	})
}
