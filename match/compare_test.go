package match

import (
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"entente"
)

func TestOrderDoesNotMatter(t *testing.T) {
	a := Compare(subject("Arsen Kadaev"), subject("Kadaev Arsen")).Score
	b := Compare(subject("Arsen Kadaev"), subject("Arsen Kadaev")).Score
	if a != b {
		t.Errorf("in another order %v, in the same %v", a, b)
	}
}

func TestJoinedAndSplitPartsMeet(t *testing.T) {
	for _, c := range [][2]string{{"Halvarsk Kadaev", "Hal Varsk Kadaev"}, {"Mira Dalan Ostvik", "Miradalan Ostvik"}} {
		m := Compare(subject(c[0], "1970-05-02"), subject(c[1], "1970-05-02"))
		if m.Score < entente.BandProbable.Floor() || !strings.Contains(m.Evidence[0].Rule+m.Evidence[1].Rule, "written together") {
			t.Errorf("%v: %.3f %+v", c, m.Score, m.Evidence)
		}
	}
}

func TestRareNamesSayMore(t *testing.T) {
	common := Compare(subject("Maria Garcia"), subject("Maria Garcia"))
	rare := Compare(subject("Olvek Halvarsk"), subject("Olvek Halvarsk"))
	if rare.Score < common.Score {
		t.Errorf("rare %.3f, common %.3f", rare.Score, common.Score)
	}
	one := Compare(subject("Maria Halvarsk"), subject("Maria Tselkov"))
	if one.Band != entente.BandBelow {
		t.Errorf("one common part of two: %+v", one)
	}
}

func TestEvidenceIsWholeAndOrdered(t *testing.T) {
	asked := subject("Арсен Кадаев", "1987-03-14")
	asked.Nationalities, asked.Sex = []entente.Country{"XB"}, "M"
	asked.Documents = []entente.Document{{Number: "AB 123-456"}}
	held := subject("Arsen Kadayev", "1986-03-14")
	held.Nationalities, held.Sex = []entente.Country{"XA"}, "M"
	held.Documents = []entente.Document{{Number: "ab123457"}}
	m := Compare(asked, held)
	want := map[string]string{
		"name":        "Арсен = Arsen (other script); Кадаев = Kadayev (other script)",
		"birth":       "year off by one",
		"nationality": "differs",
		"document":    "nearly the same number",
		"sex":         "same",
	}
	for _, e := range m.Evidence {
		if e.Rule != want[e.Field] {
			t.Errorf("%s: %q, want %q", e.Field, e.Rule, want[e.Field])
		}
		delete(want, e.Field)
		if !slices.Contains(entente.EvidenceFields, e.Field) {
			t.Errorf("field %q", e.Field)
		}
	}
	if len(want) > 0 {
		t.Errorf("no evidence of %v", want)
	}
	if !slices.IsSortedFunc(m.Evidence, func(a, b entente.Evidence) int { return int(math.Copysign(1, b.Weight-a.Weight)) }) {
		t.Errorf("not strongest first: %+v", m.Evidence)
	}
}

func TestSameDocumentWithoutName(t *testing.T) {
	a := entente.Subject{Documents: []entente.Document{{Number: "XB1234567"}}}
	if m := Compare(a, a); m.Band == entente.BandBelow {
		t.Errorf("%+v", m)
	}
	b := entente.Subject{Births: []entente.Birth{{Date: entente.PartialDate{Year: 1986, Month: 3, Day: 14}}}}
	if m := Compare(b, b); m.Score > entente.BandProbable.Floor() {
		t.Errorf("a birthday alone: %+v", m)
	}
}

func TestSymmetry(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyone().Draw(t, "a"), anyone().Draw(t, "b")
		there, back := Compare(a, b), Compare(b, a)
		if math.Abs(there.Score-back.Score) > 1e-9 {
			t.Fatalf("there %v, back %v", there, back)
		}
	})
}

func TestScoreIsAProbability(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := Compare(anyone().Draw(t, "a"), anyone().Draw(t, "b"))
		if !(m.Score >= 0 && m.Score <= 1) || m.Band != entente.BandOf(m.Score) {
			t.Fatalf("%+v", m)
		}
	})
}

// What one of two does not say neither helps nor hurts.
func TestMissingIsNeverEvidence(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyone().Draw(t, "a"), anyone().Draw(t, "b")
		bare := entente.Subject{Names: b.Names}
		want := Compare(entente.Subject{Names: a.Names}, bare).Score
		if got := Compare(a, bare).Score; got != want {
			t.Fatalf("%v with more fields on one side, %v without", got, want)
		}
	})
}

func TestAgreementNeverLowers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyone().Draw(t, "a"), anyone().Draw(t, "b")
		before := Compare(a, b).Score
		switch rapid.IntRange(0, 4).Draw(t, "field") {
		case 0:
			d := entente.Birth{Date: entente.PartialDate{Year: 1971, Month: 7, Day: 23}}
			a.Births, b.Births = append(a.Births, d), append(b.Births, d)
		case 1:
			a.Nationalities, b.Nationalities = append(a.Nationalities, "XD"), append(b.Nationalities, "XD")
		case 2:
			d := entente.Document{Number: "Z9999999"}
			a.Documents, b.Documents = append(a.Documents, d), append(b.Documents, d)
		case 3:
			a.Sex, b.Sex = "", ""
			before = Compare(a, b).Score
			a.Sex, b.Sex = "F", "F"
		case 4:
			i := entente.Identifier{Kind: "phone", Value: "+99 1 234 567 89"}
			a.Identifiers, b.Identifiers = append(a.Identifiers, i), append(b.Identifiers, i)
		}
		if after := Compare(a, b).Score; after < before-1e-12 {
			t.Fatalf("%v before, %v after", before, after)
		}
	})
}

// More claims of when somebody was born are more chances to be right.
func TestSeveralClaimsAreNotPunished(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyone().Draw(t, "a"), anyone().Draw(t, "b")
		if len(a.Births) == 0 || len(b.Births) == 0 {
			return
		}
		a.Births, b.Births = a.Births[:1], b.Births[:1]
		a.Births[0].Place, b.Births[0].Place = "", ""
		before := Compare(a, b).Score
		a.Births = append(a.Births, entente.Birth{Date: anyDate().Draw(t, "another")})
		if after := Compare(a, b).Score; after < before-1e-12 {
			t.Fatalf("%v before, %v after", before, after)
		}
	})
}

func TestDateKinds(t *testing.T) {
	date := func(s string) entente.PartialDate { return subject("x", s).Births[0].Date }
	for _, c := range []struct {
		a, b string
		want dateKind
	}{
		{"1986-03-14", "1986-03-14", dateSame},
		{"1986-03-04", "1986-04-03", dateSwapped},
		{"1986-03-14", "1987-03-14", dateYearOff},
		{"1986-03-14", "1988-03-14", dateYearDigit},
		{"1986-03-14", "1968-03-14", dateYearDigit},
		{"1986-03-14", "1986-03-15", dateDayDigit},
		{"1986-03-14", "1986-05-14", dateMonthDigit},
		{"1986-03-14", "1986-03", dateMonth},
		{"1986-03-14", "1986", dateYear},
		{"1986-03-14", "1986-01-01", dateFirst},
		{"1986-03-14", "1986-03-27", dateSameMonth},
		{"1986-03-14", "1986-10-27", dateSameYear},
		{"1986-03-14", "1987", dateNear},
		{"1986-03-14", "1991-10-02", dateApart},
		{"1986-03-14", "1961-11-02", dateFar},
	} {
		if got := compareDates(date(c.a), date(c.b)); got != c.want {
			t.Errorf("%s %s: %s, want %s", c.a, c.b, got, c.want)
		}
		if got := compareDates(date(c.b), date(c.a)); got != c.want {
			t.Errorf("%s %s: %s, want %s", c.b, c.a, got, c.want)
		}
	}
}

// What stands where a number should is no evidence, and proposes nobody.
func TestNoNumber(t *testing.T) {
	for _, number := range []string{"", "-", "n/a", "UNKNOWN", "000000", "A1", "XA 12", "not seen"} {
		a, b := subject("Arsen Kadaev"), subject("Mirada Ostvik")
		a.Documents = []entente.Document{{Type: "passport", Number: number}}
		b.Documents = a.Documents
		for _, e := range Compare(a, b).Evidence {
			if e.Field == "document" {
				t.Errorf("%q: %+v", number, e)
			}
		}
		x := New()
		x.Put("b", b)
		if hits := x.Find(a, 1); len(hits) > 0 {
			t.Errorf("%q finds %+v", number, hits)
		}
	}
}
