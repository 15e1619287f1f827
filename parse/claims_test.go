package parse

import (
	"slices"
	"strings"
	"testing"

	"entente"
)

func somebody(change func(*entente.Subject)) []entente.Subject {
	s := entente.Subject{Names: []entente.Name{{Text: "Olen Dravik"}}, Nationalities: []entente.Country{"UK", "GB", "xa"}, Documents: []entente.Document{{Type: "passport", Number: "B1234567", Country: "GBR"}}}
	change(&s)
	return []entente.Subject{s}
}

func TestWritten(t *testing.T) {
	given := somebody(func(*entente.Subject) {})
	got, err := Written("subject", given, today)
	if err != nil || !slices.Equal(got[0].Nationalities, []entente.Country{"GB", "XA"}) || got[0].Documents[0].Country != "GB" {
		t.Errorf("got %+v, %v", got, err)
	}
	if given[0].Nationalities[0] != "UK" || given[0].Documents[0].Country != "GBR" {
		t.Error("what was given was changed")
	}
	birth := func(year int) func(*entente.Subject) {
		return func(s *entente.Subject) { s.Births = []entente.Birth{{Date: entente.PartialDate{Year: year}}} }
	}
	for field, change := range map[string]func(*entente.Subject){
		"subject[0].births[0].date":       birth(2087),
		"subject[0].names[0].text":        func(s *entente.Subject) { s.Names[0].Text = "FNU LNU" },
		"subject[0].nationalities[0]":     func(s *entente.Subject) { s.Nationalities = []entente.Country{"ZZ"} },
		"subject[0].documents[0].number":  func(s *entente.Subject) { s.Documents[0].Number = "00000000" },
		"subject[0].documents[0].country": func(s *entente.Subject) { s.Documents[0].Country = "EN" },
		"subject[0].residence":            func(s *entente.Subject) { s.Residence = "not known" },
		"subject[0].identifiers[0].value": func(s *entente.Subject) { s.Identifiers = []entente.Identifier{{Kind: "phone", Value: "-"}} },
		"subject[0].names":                func(s *entente.Subject) { s.Names, s.Documents = nil, nil },
	} {
		_, err := Written("subject", somebody(change), today)
		if e, ok := err.(*entente.Error); !ok || e.Field != field || e.Hint == "" {
			t.Errorf("%s: got %#v", field, err)
		}
	}
	for name, change := range map[string]func(*entente.Subject){
		"1987": birth(1987), "no name": func(s *entente.Subject) { s.Names = nil }, "Nil": func(s *entente.Subject) { s.Names[0].Text = "Nil" },
	} {
		if _, err := Written("subject", somebody(change), today); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A statement that was signed once reads the same whatever the year, and whichever
// countries have come and gone.
func TestClaimsAreNoMatterOfForm(t *testing.T) {
	s := testStatement()
	s.Tip.Subjects[0].Nationalities = []entente.Country{"EN"}
	s.Tip.Subjects[0].Births[0].Date = entente.PartialDate{Year: 2199}
	b, err := EncodeStatement(s)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Statement(b); err != nil {
		t.Error(err)
	}
	if err := CheckClaims(s, today); err == nil || !strings.Contains(err.Error(), "future") {
		t.Errorf("got %v", err)
	}
	if err := CheckClaims(testStatement(), today); err != nil {
		t.Error(err)
	}
}

func TestBelieved(t *testing.T) {
	s := somebody(func(s *entente.Subject) {
		s.Names = append(s.Names, entente.Name{Text: "unknown"})
		s.Births = []entente.Birth{{Date: entente.PartialDate{Year: 2087}}, {Date: entente.PartialDate{Year: 1968}}}
	})[0]
	got := Believed(s, today)
	if len(got.Names) != 1 || len(got.Births) != 1 || got.Births[0].Date.Year != 1968 || len(s.Births) != 2 || len(s.Names) != 2 {
		t.Errorf("got %+v of %+v", got, s)
	}
	if n := testing.AllocsPerRun(50, func() { Believed(got, today) }); n != 0 {
		t.Errorf("%v allocations for a person of whom all can be true", n)
	}
}
