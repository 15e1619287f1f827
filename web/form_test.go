package web

import (
	"encoding/json"
	"fmt"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente"
)

// words that people type: any script, quotes, brackets, several lines.
func typed(multiline bool) *rapid.Generator[string] {
	runes := []rune("abc ÀßЖжёعمر王小明' \"<>&%[]{}.,:;0123-")
	if multiline {
		runes = append(runes, '\n')
	}
	return rapid.Custom(func(t *rapid.T) string {
		s := strings.TrimSpace(rapid.StringOfN(rapid.SampledFrom(runes), 1, 40, -1).Draw(t, "text"))
		if s == "" {
			return "x"
		}
		return s
	})
}

func oneOf[T any](t *rapid.T, list []T) T { return rapid.SampledFrom(list).Draw(t, "one") }

func some[T any](t *rapid.T, max int, make func(i int) T) []T {
	var list []T
	for i := range rapid.IntRange(0, max).Draw(t, "n") {
		list = append(list, make(i))
	}
	return list
}

func anyGrade(t *rapid.T) entente.Grade {
	return entente.Grade(oneOf(t, strings.Split("ABCDEF", "")) + oneOf(t, strings.Split("123456", "")))
}

func anyDate(t *rapid.T) entente.PartialDate {
	d, err := entente.ParsePartialDate(oneOf(t, []string{"1987", "1987-03", "1987-03-14", "2000-02-29"}))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func anyNature(t *rapid.T) entente.Nature {
	return oneOf(t, []entente.Nature{entente.NatureFact, entente.NatureAssessment})
}

func anySubject(t *rapid.T, i int) entente.Subject {
	s := entente.Subject{
		ID: fmt.Sprintf("s%d", i+1), Sex: oneOf(t, []entente.Sex{"", "M", "F", "X"}),
		Nationalities: some(t, 3, func(int) entente.Country { return oneOf(t, []entente.Country{"XA", "XB", "XC"}) }),
	}
	s.Names = append(s.Names, entente.Name{Text: typed(false).Draw(t, "name"), Script: oneOf(t, append([]string{""}, scriptOrder...)), Use: oneOf(t, append([]string{""}, entente.NameUses[1:]...))})
	s.Names = append(s.Names, some(t, 2, func(int) entente.Name { return entente.Name{Text: typed(false).Draw(t, "name")} })...)
	s.Births = some(t, 2, func(i int) entente.Birth {
		return entente.Birth{ID: fmt.Sprintf("b%d", i+1), Date: anyDate(t), Place: typed(false).Draw(t, "place"), Grade: anyGrade(t), Nature: anyNature(t)}
	})
	s.Documents = some(t, 2, func(int) entente.Document {
		return entente.Document{Type: oneOf(t, entente.DocumentTypes), Number: typed(false).Draw(t, "number"), Country: oneOf(t, []entente.Country{"", "XA"})}
	})
	s.Identifiers = some(t, 2, func(int) entente.Identifier {
		return entente.Identifier{Kind: oneOf(t, entente.IdentifierKinds), Value: typed(false).Draw(t, "value")}
	})
	return s
}

func anyDraft(t *rapid.T) entente.Draft {
	tip := &entente.Tip{
		Category: typed(false).Draw(t, "category"), Title: typed(false).Draw(t, "title"), Text: typed(true).Draw(t, "text"), Threat: typed(true).Draw(t, "threat"),
		Subjects: some(t, 12, func(i int) entente.Subject { return anySubject(t, i) }),
		Claims: some(t, 12, func(i int) entente.Claim {
			return entente.Claim{ID: fmt.Sprintf("c%d", i+1), Subject: oneOf(t, []string{"", "s1"}), Text: typed(true).Draw(t, "claim"), Grade: anyGrade(t), Nature: anyNature(t)}
		}),
		Links: some(t, 3, func(int) entente.Link {
			return entente.Link{From: "s1", To: "s2", As: typed(false).Draw(t, "as"), Grade: anyGrade(t)}
		}),
		Places: some(t, 3, func(int) entente.Place {
			geometry := oneOf(t, []string{"", `{"type":"Point","coordinates":[47.5,-42.98]}`, `{"type":"Polygon","coordinates":[[[1,2],[3,4],[5,6],[1,2]]]}`})
			p := entente.Place{Name: typed(false).Draw(t, "place")}
			if geometry != "" {
				p.Geometry = json.RawMessage(geometry)
			}
			return p
		}),
		Questions: some(t, 3, func(i int) entente.Question {
			return entente.Question{ID: fmt.Sprintf("q%d", i+1), Text: typed(true).Draw(t, "question")}
		}),
		Withheld: some(t, 3, func(int) entente.Withheld {
			return entente.Withheld{What: typed(false).Draw(t, "what"), Ask: typed(false).Draw(t, "ask")}
		}),
		Provenance: entente.Provenance{Attestation: oneOf(t, entente.Attestations), Text: typed(true).Draw(t, "from"), Collected: typed(false).Draw(t, "when")},
	}
	if rapid.Bool().Draw(t, "torn") {
		tip.TearLine = &entente.TearLine{Text: typed(true).Draw(t, "tear"), TLP: oneOf(t, entente.TLPs)}
	}
	s := entente.Statement{
		ID: mid(7), Kind: entente.KindTip, Purpose: "terrorism-prevention", Precedence: oneOf(t, entente.Precedences), Tip: tip,
		Caveats: entente.Caveats{TLP: oneOf(t, entente.TLPs), PAP: oneOf(t, entente.PAPs), Onward: oneOf(t, entente.Onwards), CourtUse: oneOf(t, entente.CourtUses)},
	}
	if rapid.Bool().Draw(t, "bounded") {
		s.Caveats.Purposes, s.Caveats.Until = []entente.Purpose{"threat-to-life", "terrorism-prevention"}, time.Date(2012, 2, 29, 23, 59, 59, 0, time.UTC)
	}
	return entente.Draft{ID: mid(7), To: borea, Agreement: "north-star", Statement: s, Expires: oneOf(t, []time.Time{{}, time.Date(2012, 3, 1, 14, 30, 0, 0, time.UTC)})}
}

// viaBrowser is what a browser makes of a form's values: newlines become CR LF.
func viaBrowser(v url.Values) url.Values {
	sent := url.Values{}
	for k, list := range v {
		for _, s := range list {
			sent.Add(k, strings.ReplaceAll(s, "\n", "\r\n"))
		}
	}
	return sent
}

// A draft that goes into the form, to the browser and back is the same draft.
func TestDraftThroughTheForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := anyDraft(t)
		f := newForm(viaBrowser(formOf(want).values))
		f.tidy()
		got := f.draft(entente.Draft{ID: want.ID, Statement: entente.Statement{ID: want.Statement.ID}})
		if !f.good() {
			t.Fatalf("the form finds fault with it: %+v", f.wrong)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

// A row more and the same row less leave the form as it was; a row taken out
// takes nothing else with it.
func TestRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := formOf(anyDraft(t))
		list := oneOf(t, f.lists())
		before := newForm(viaBrowser(f.values))
		n := f.count(list)
		if !f.press("add:" + list) {
			t.Fatalf("the form has no button to add to %s", list)
		}
		if f.count(list) != n+1 || f.fresh == "" {
			t.Fatalf("%s has %d rows after one was added to %d", list, f.count(list), n)
		}
		if !f.press("drop:" + each(list, n)) {
			t.Fatalf("the form has no button to take the row out")
		}
		if !reflect.DeepEqual(viaBrowser(f.values), before.values) {
			t.Fatal(cmp.Diff(before.values, viaBrowser(f.values)))
		}
		if n < 2 {
			return
		}
		last := prefixed(f.values, each(list, n-1))
		f.press("drop:" + each(list, 0))
		if got := prefixed(f.values, each(list, n-2)); !reflect.DeepEqual(got, last) {
			t.Fatal(cmp.Diff(last, got))
		}
	})
}

// prefixed are the values of one row, by what follows its path.
func prefixed(v url.Values, row string) map[string][]string {
	m := map[string][]string{}
	for k, list := range v {
		if rest, ok := strings.CutPrefix(k, row); ok {
			m[rest] = list
		}
	}
	return m
}

// Ids stay: a claim about the second subject is about him when the first is gone.
func TestIdsOutliveRows(t *testing.T) {
	f := newForm(nil)
	f.add("tip.subjects")
	f.add("tip.subjects")
	f.add("tip.claims")
	f.set("tip.claims[0].subject", "s2")
	f.press("drop:tip.subjects[0]")
	if got := f.get("tip.subjects[0].id"); got != "s2" {
		t.Errorf("the subject that stays is %q", got)
	}
	f.press("drop:tip.subjects[0]")
	f.add("tip.subjects")
	if got := f.get("tip.subjects[0].id"); got != "s3" {
		t.Errorf("a new subject is %q, though a claim still names s2", got)
	}
}

func TestGeometryAsPeopleSayIt(t *testing.T) {
	for in, want := range map[string]string{
		"42.98, 47.50": `{"type":"Point","coordinates":[47.5,42.98]}`, "-1,-2": `{"type":"Point","coordinates":[-2,-1]}`,
		"": "", `{"type":"Point","coordinates":[1,2]}`: `{"type":"Point","coordinates":[1,2]}`,
		"91, 0": "fault", "0, 181": "fault", "1;2": "fault", "NaN, 1": "fault", "here": "fault", "1,2,3": "fault",
	} {
		f := newForm(nil)
		f.set("x", in)
		got := string(f.geometry("x"))
		if !f.good() {
			got = "fault"
		}
		if got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
}

func TestTimesAsPeopleSayThem(t *testing.T) {
	for in, want := range map[string]string{
		"2011-03-04": "2011-03-04T23:59:59Z", "2011-03-04 09:15": "2011-03-04T09:15:00Z", "2011-03-04 09:15 UTC": "2011-03-04T09:15:00Z", "2011-03-04T09:15Z": "2011-03-04T09:15:00Z",
		"2011-02-30": "fault", "tomorrow": "fault", "04.03.2011": "fault",
	} {
		f := newForm(nil)
		f.set("x", in)
		got := f.time("x").Format(time.RFC3339)
		if !f.good() {
			got = "fault"
		}
		if got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
}

// What a door finds wrong stands beside the field that it means, or one near it.
func TestNearestField(t *testing.T) {
	f := formOf(entente.Draft{Statement: entente.Statement{Kind: entente.KindTip, Tip: func() *entente.Tip { t := letter(); return &t }()}})
	for in, want := range map[string]string{
		"tip.subjects[0].names[1].text":   "tip.subjects[0].names[1].text",
		"tip.subjects[0].names":           "tip.subjects[0].names[0].script",
		"tip.places[1].geometry.type":     "tip.places[1].geometry",
		"statement.tip.claims[0].grade":   "tip.claims[0].grade",
		"tip.questions[0]":                "tip.questions[0].id",
		"attachments[0].name":             "attachments[0].name",
		"caveats.purposes[2]":             "caveats.purposes[2]",
		"tip.subjects[0].births[0].grade": "tip.subjects[0].births[0].grade",
	} {
		f.wrong = nil
		f.reject("", &entente.Error{Kind: entente.Invalid, Field: in, Detail: "it is wrong"})
		if len(f.wrong) != 1 || f.wrong[0].Field != want {
			t.Errorf("%s: beside %+v, want %s", in, f.wrong, want)
		}
	}
}

// Whatever is sent as a form, reading it ends, and drawing it again does too.
func FuzzForm(f *testing.F) {
	d := entente.Draft{To: borea, Agreement: "north-star", Statement: entente.Statement{Kind: entente.KindTip, Tip: func() *entente.Tip { t := letter(); return &t }()}}
	f.Add(formOf(d).values.Encode(), "add:tip.subjects[0].names")
	f.Add("tip.subjects[999999999999].id=s1&tip.claims[-1].text=x&tip.claims[5].text=y", "drop:tip.claims[5]")
	f.Add("tip.subjects[].id=&tip.subjects[0]=x&tip.links[0].grade=BB", "drop:tip.subjects[0]")
	f.Fuzz(func(t *testing.T, body, button string) {
		v, err := url.ParseQuery(body)
		if err != nil || len(body) > 1<<16 {
			return
		}
		form := newForm(v)
		form.press(button)
		form.tidy()
		got := form.draft(entente.Draft{})
		if form.good() && got.Statement.Tip.Title == "" {
			t.Errorf("a tip without a title has no fault")
		}
		p := newPageFor("en", morning)
		p.officer = officerOf(entente.Analyst)
		var b strings.Builder
		if err := composePage(p, composing{Form: form, Standing: standings()[0], To: borea}).Render(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		for _, n := range all(parseHTML(b.String()), tag("script")) {
			t.Errorf("what was typed became a script: %s", text(n))
		}
	})
}
