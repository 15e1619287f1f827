package main

import (
	"strings"
	"testing"

	"entente"
)

func TestDocumentFlag(t *testing.T) {
	for text, want := range map[string]entente.Document{
		"B00417733":            {Type: "passport", Number: "B00417733"},
		"B00417733/XB":         {Type: "passport", Number: "B00417733", Country: "XB"},
		"visa:77-12/XB":        {Type: "visa", Number: "77-12", Country: "XB"},
		"identity-card:4:7/2":  {Type: "identity-card", Number: "4:7/2"},
		"A:17/xb":              {Type: "passport", Number: "A:17/xb"},
		"other:паспорт 7/1/XA": {Type: "other", Number: "паспорт 7/1", Country: "XA"},
	} {
		if got, err := document(text); err != nil || got != want {
			t.Errorf("%s: got %+v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "visa:", "/XB", " /XB"} {
		if got, err := document(text); err == nil {
			t.Errorf("%q was taken for %+v", text, got)
		}
	}
}

func TestIdentifierFlag(t *testing.T) {
	p, err := personFlags{Identifier: []string{"phone=+999 1=2"}}.person()
	if err != nil || p.Identifiers[0] != (entente.Identifier{Kind: "phone", Value: "+999 1=2"}) {
		t.Errorf("got %+v, %v", p, err)
	}
	for _, text := range []string{"phone", "phone=", "=7", "fax=7"} {
		if _, err := (personFlags{Identifier: []string{text}}).person(); err == nil {
			t.Errorf("%q was taken", text)
		}
	}
}

// What somebody else wrote stands at the end of a line, between words of ours,
// and cannot make a line of its own.
func TestEvidenceLines(t *testing.T) {
	var b strings.Builder
	writeEvidence(&b, "", entente.Match{Evidence: []entente.Evidence{
		{Field: "nationality", Weight: 2, Asked: "XB", Held: "XB", Rule: "same"},
		{Field: "name", Weight: -12.25, Asked: "كاداييف", Held: "Kadaev\nSTRONG", Rule: "other script"},
	}})
	want := "nationality    +2.0  asked XB, held XB: same\n" +
		"name          -12.2  asked كاداييف, held Kadaev STRONG: other script\n"
	if b.String() != want {
		t.Errorf("got\n%swant\n%s", b.String(), want)
	}
	if score(1) != "0.99" || score(0.5) != "0.50" {
		t.Errorf("scores %s, %s", score(1), score(0.5))
	}
}

// What was set aside is grouped, with the first places of each reason, and what
// is not shown is counted.
func TestAside(t *testing.T) {
	var all []entente.SetAside
	for _, line := range []string{"line 2", "line 3", "line 5", "line 8"} {
		all = append(all, entente.SetAside{Where: line, Record: "7", Field: "birth", Reason: "no such day", Text: "31 Feb\n1987"})
	}
	all = append(all, entente.SetAside{Where: "line 9", Reason: "too few fields"})
	var b strings.Builder
	writeAside(&b, all, 7)
	want := `Set aside:
  4 × birth: no such day
      line 2, record 7: 31 Feb 1987
      line 3, record 7: 31 Feb 1987
      line 5, record 7: 31 Feb 1987
      and 1 more
  1 × whole record: too few fields
      line 9
  and 2 more that are counted and not shown
`
	if b.String() != want {
		t.Errorf("got\n%s", b.String())
	}
	b.Reset()
	writeAside(&b, nil, 0)
	if b.Len() > 0 {
		t.Errorf("got %q", b.String())
	}
}

func TestDay(t *testing.T) {
	if d, err := day("on", ""); err != nil || !d.IsZero() {
		t.Error(d, err)
	}
	if d, err := day("on", "2012-02-29"); err != nil || d.Format("2006-01-02 15:04 MST") != "2012-02-29 00:00 UTC" {
		t.Error(d, err)
	}
	if _, err := day("on", "2011-02-29"); err == nil {
		t.Error("a day that does not exist was taken")
	}
}
