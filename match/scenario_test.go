package match

import (
	"testing"

	"entente"
)

// subject makes an invented person: names, then dates.
func subject(name string, dates ...string) entente.Subject {
	s := entente.Subject{ID: "s1", Names: []entente.Name{{Text: name}}}
	for _, d := range dates {
		date, err := entente.ParsePartialDate(d)
		if err != nil {
			panic(err)
		}
		s.Births = append(s.Births, entente.Birth{Date: date})
	}
	return s
}

func TestReturningTraveller(t *testing.T) {
	held := subject("Arsen Kadaev", "1986-03-14")
	for _, c := range []struct {
		asked entente.Subject
		want  entente.Band
	}{
		{subject("Арсен Кадаев", "1987-03-14"), entente.BandProbable},
		{subject("Арсен Кадаев", "1988-03-14"), entente.BandProbable},
		{subject("Kadayev, Arsen", "1987-03-14"), entente.BandProbable},
		{subject("Kadayev, Arsen", "1988-03-14"), entente.BandProbable},
		{subject("KADAEV ARSEN", "1986-03-14"), entente.BandStrong},
		{subject("Арсен Кадаев", "1987-03-14", "1988-03-14"), entente.BandProbable},
		{subject("Kadaev Arsen", "1986"), entente.BandProbable},
		{subject("Arsen Aslanovich Kadaev", "1986-03-14"), entente.BandStrong},
		{subject("A. Kadaev", "1986-03-14"), entente.BandProbable},
	} {
		m := Compare(c.asked, held)
		if m.Score < c.want.Floor() {
			t.Errorf("%s %v: %s (%.3f), want at least %s\n%+v", c.asked.Names[0].Text, c.asked.Births, m.Band, m.Score, c.want, m.Evidence)
		}
	}
}

func TestNamesakeStaysBelow(t *testing.T) {
	teacher := subject("Arsen Kadaev", "1961-11-02")
	for _, asked := range []entente.Subject{
		subject("Arsen Kadaev", "1986-03-14"),
		subject("Арсен Кадаев", "1986-03-14"),
		subject("Kadayev, Arsen", "1987-03-14", "1988-03-14"),
	} {
		if m := Compare(asked, teacher); m.Band != entente.BandBelow {
			t.Errorf("%s: %s (%.3f), want below\n%+v", asked.Names[0].Text, m.Band, m.Score, m.Evidence)
		}
	}
}
