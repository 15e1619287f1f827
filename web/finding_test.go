package web

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"entente"
	"entente/match"
	"entente/spell"
)

// A look-up says its purpose, and nothing of it stands in an address.
func TestLookUp(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Analyst)
	page := c.get("/people")
	got := c.submit(page, "/people", "Search", url.Values{"name": {"Арсен Кадаев\nKadayev Arsen"}, "born": {"1988-03-14, 1987"}})
	if got.status != 422 || !got.says("Purpose: It is empty.") || strings.Contains(b.office.asked(), "subject.search") {
		t.Fatalf("without a purpose: status %d after %s", got.status, b.office.asked())
	}
	got = c.submit(got, "/people", "Search", url.Values{"purpose": {"file 11/4"}})
	if got.status != 200 || got.to != "" || !strings.HasSuffix(b.office.asked(), "subject.search file 11/4") {
		t.Fatalf("status %d to %q after %s", got.status, got.to, b.office.asked())
	}
	for _, want := range []string{"strong Very likely the same person.", "Арсен Кадаев watch", "Арсен Кадаев case", "speaks strongly for", "speaks for"} {
		if !got.says(want) {
			t.Errorf("the page does not say %q: %s", want, text(parseHTML(got.body)))
		}
	}
	for _, a := range all(parseHTML(got.body), tag("a")) {
		if to, err := url.QueryUnescape(attr(a, "href")); err != nil || strings.Contains(to, "Кадаев") || strings.Contains(strings.ToLower(to), "kadayev") {
			t.Errorf("an address names the person: %s", to)
		}
	}
	// What was asked goes on into a watch without being typed again.
	form := c.submit(got, "/people", "Watch for this person", nil)
	if form.status != 200 || !strings.Contains(form.body, `value="Kadayev Arsen"`) || !strings.Contains(form.body, `value="1988-03-14"`) {
		t.Errorf("the form of a watch is not filled in: %s", text(parseHTML(form.body)))
	}
	got = c.post("/people", url.Values{"name": {"Mira Solberg"}, "born": {"1988-13-01"}, "nationalities": {"XBA"}, "purpose": {"x"}})
	if got.status != 422 || !got.says("Born: The calendar has no such day or month.") || !got.says("Nationality:") {
		t.Errorf("a wrong date: status %d: %s", got.status, text(parseHTML(got.body)))
	}
	if got = c.post("/people", url.Values{"name": {"Quorra Wendt"}, "purpose": {"x"}}); !got.says("No match. 234 people of our watches, cases and lists were compared; a partner may still know this person.") {
		t.Errorf("that nobody was found is not said: %s", text(parseHTML(got.body)))
	}
	for name, form := range map[string]url.Values{
		"nobody":       {"purpose": {"x"}},
		"many names":   {"purpose": {"x"}, "name": {strings.Repeat("a b\n", 21)}},
		"long name":    {"purpose": {"x"}, "name": {strings.Repeat("a", 501)}},
		"long number":  {"purpose": {"x"}, "document": {strings.Repeat("1", 501)}},
		"no kind":      {"purpose": {"x"}, "identifier": {"+7 000"}},
		"sex":          {"purpose": {"x"}, "name": {"a"}, "sex": {"Q"}},
		"long purpose": {"purpose": {strings.Repeat("p", 201)}, "name": {"a"}},
	} {
		if got := c.post("/people", form); got.status != 422 {
			t.Errorf("%s: status %d", name, got.status)
		}
	}
}

// A surname alone, a name that hundreds have and one that cannot be read: each is
// answered with who may be meant, marked and counted.
func TestSearchListsWeakMatches(t *testing.T) {
	c := serve(t, words()).as(t, entente.Analyst)
	ask := func(name, born string) reply {
		got := c.post("/people", url.Values{"name": {name}, "born": {born}, "purpose": {"x"}})
		if got.status != 200 {
			t.Fatalf("%s: status %d", name, got.status)
		}
		return got
	}
	for _, q := range []struct {
		name, born string
		want       []string
	}{
		{"Кадаев", "", []string{"No match. 234 people", "Those below share a name, a part of it, a number or a day of birth; a partner may know more.", "Same name, common Every word that you asked for is met.", "Арсен Кадаев watch", "Арсен Кадаев case"}},
		{"Зарема Кадаева", "", []string{"Only a part of the name", "Арсен Кадаев watch"}},
		{"Olvek", "", []string{"And 210 more. Add a birth date, a document or another name to narrow the search."}},
		{"राहुल", "", []string{"Not read: राहुल", "Letters of Devanagari cannot be read here. The person is compared by birth date and number only", "Add a birth date, a document number, or the name as the passport writes it."}},
		{"राहुल", "1943-04-04", []string{"Not read: राहुल", "Same day of birth The names could not be compared.", "Olvek"}},
	} {
		got := ask(q.name, q.born)
		for _, want := range q.want {
			if !got.says(want) {
				t.Errorf("%s: the page does not say %q: %s", q.name, want, text(parseHTML(got.body)))
			}
		}
	}
	if got := ask("Арсен Кадаев", "1986-03-14"); got.says("No match.") || got.says("Not read") || !got.says("Nothing was asked of a partner.") {
		t.Errorf("a match: %s", text(parseHTML(got.body)))
	}
}

// Whatever package match says of two people, the desk can say in words.
func TestEveryRuleHasWords(t *testing.T) {
	p := newPageFor("en", morning)
	for r := spell.Same; r <= spell.Joined; r++ {
		if _, known := p.rule(r.String()); !known {
			t.Errorf("the rule %q has no words", r)
		}
	}
	dates := []string{"1987-03-14", "1987-03-04", "1987-04-03", "1988-03-14", "1977-03-14", "1987-03-24", "1987", "1987-03", "1987-01-01", "1987-11-02", "1987-02-14", "1961-05-06", "1989-09-09"}
	names := []string{"Арсен Кадаев", "Arsen Kadayev", "KADAEV A", "Alex Kadaev", "Alexander Kadaev", "Abdul Rahman", "Abdulrahman", "Kadeav Arsen Ruslanovich", "فريد حداد"}
	var all []entente.Subject
	for i, text := range dates {
		d, err := entente.ParsePartialDate(text)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, entente.Subject{
			Names: []entente.Name{{Text: names[i%len(names)]}}, Births: []entente.Birth{{Date: d, Place: []string{"Ostvik, XA", "Nordhaven, XA", ""}[i%3]}}, Residence: []string{"Ostvik", "Kaldby, Ostvik", "Mare"}[i%3],
			Sex: []entente.Sex{"M", "F", "X"}[i%3], Nationalities: []entente.Country{entente.Country([]string{"XA", "XB"}[i%2])},
			Documents: []entente.Document{{Type: "passport", Number: []string{"XB0000417", "XB0000471"}[i%2]}}, Identifiers: []entente.Identifier{{Kind: entente.IdentifierKinds[i%6], Value: "7000555"}},
		})
	}
	met := map[string]bool{}
	for _, x := range all {
		for _, y := range all {
			for _, e := range match.Compare(x, y).Evidence {
				met[e.Rule] = true
				_, known := p.rule(e.Rule)
				_, parts := partsMet(e.Rule)
				if !known && !(parts && e.Field == "name") {
					t.Errorf("%s: the rule %q has no words", e.Field, e.Rule)
				}
			}
		}
	}
	for _, want := range []string{"day and month swapped", "contradicting: 26 years apart", "same year, only the year is known", "nearly the same number"} {
		if !met[want] {
			t.Errorf("no pair met by %q", want)
		}
	}
}

func TestPartsMet(t *testing.T) {
	for rule, want := range map[string][]partMet{
		"ARSEN = Арсен (other script); Kadaev same": {{"ARSEN", "Арсен", "other script"}, {"Kadaev", "Kadaev", "same"}},
		"only asked: bin Hassan; only held: Abu":    {{"bin Hassan", "", ""}, {"", "Abu", ""}},
		"Abd al = Abdul (written together)":         {{"Abd al", "Abdul", "written together"}},
		"something new":                             nil,
		"a (b)":                                     nil,
		"":                                          nil,
	} {
		got, ok := partsMet(rule)
		if !slices.Equal(got, want) || ok != (want != nil) {
			t.Errorf("%q: %v, %v; want %v", rule, got, ok, want)
		}
	}
}

func TestHolding(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Analyst)
	page := c.get(holdingPath(longOne))
	if !strings.HasSuffix(b.office.asked(), "holding.read "+string(longOne)) {
		t.Errorf("a number with a stroke in it is not found: %s", b.office.asked())
	}
	for _, want := range []string{"Latin script VOSS-WOLKENSTEIN", "Cyrillic script Конститунций", "1950-02-28", "F6 source whose reliability cannot be judged", "three-ports newest edition 3", "Here since 30 days ago", "Last changed 2 hours ago", "PORTS-2 art. 7", "Nordhaven, Hafenstraße 9", "Secondary sanctions risk", "Александра Незабудькина in a message"} {
		if !page.says(want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	gone := c.get(holdingPath("three-ports/9"))
	if !gone.says("Taken off the list: the edition of 2011-03-08") || gone.says("Watch for this person") {
		t.Error("a company that was taken off is shown as a person to watch for")
	}
	if got := c.get("/holdings/three-ports/none"); got.status != 404 {
		t.Errorf("no such holding: status %d", got.status)
	}
}

// The message page says what its subjects met to those who may know, and to a
// releaser, who reads messages too, nothing.
func TestWhatAMessageMet(t *testing.T) {
	b := serve(t, words())
	page := b.as(t, entente.Analyst).get(messagePath(2))
	for _, want := range []string{"Somebody in it is known here strong", "Files it is in شبكة فريد حداد open", "Арсен Кадаев fits KADAYEV ARSEN case", "Why it fits", "Open a file on this", "Watch for Арсен Кадаев"} {
		if !page.says(want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if got := b.as(t, entente.Releaser).get(messagePath(2)); got.status != 200 || got.says("What we have on it") || got.says("known here") {
		t.Errorf("a releaser learns what is held: status %d", got.status)
	}
	if got := b.as(t, entente.Overseer).get(messagePath(2)); !got.says("Why it fits") || got.says("Open a file on this") {
		t.Error("the overseer does not see, or is offered to act")
	}
	b.office.empty = true
	if got := b.as(t, entente.Analyst).get(messagePath(10)); !got.says("Nobody in it fits anybody") {
		t.Error("that nobody fits is not said")
	}
}

func TestTravel(t *testing.T) {
	b := serve(t, words())
	page := b.as(t, entente.Analyst).get("/travel/" + string(theEvent))
	for _, want := range []string{"arrival from the feed ostvik-airport", "flight XB 117 NVG → to KAL leaves 2011-03-08 13:05", "QX7L2P", "KADAYEVA ZAREMA", "message 1, passenger 3", "strong Арсен Кадаев watch"} {
		if !page.says(want) {
			t.Errorf("the page does not say %q: %s", want, text(parseHTML(page.body)))
		}
	}
}
