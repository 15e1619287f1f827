package policy

import (
	"errors"
	"strings"
	"testing"
	"time"

	"entente"
)

func termsWith(t testing.TB, tip string) *Terms {
	t.Helper()
	a := northStar()
	a.Scope = map[entente.Kind]string{entente.KindTip: tip}
	terms, err := Compile(a)
	if err != nil {
		t.Fatalf("%s: %v", tip, err)
	}
	return terms
}

func scopeOf(terms *Terms, m entente.Message) entente.Finding {
	return terms.scoped(Facts{Message: m, Side: Sending, Now: time.Date(2011, 3, 4, 9, 0, 0, 0, time.UTC)})
}

// A rule is refused before anybody signs it when it is larger than a rule may be,
// whatever library would run it; the error names the bound.
func TestBoundsOfRules(t *testing.T) {
	list := func(n int) string { return "[" + strings.Repeat("1, ", n-1) + "1]" }
	chain := func(n int) string { return "now == now" + strings.Repeat(" || now == now", n/2) } // n is even: n+1 operations
	for _, b := range []struct{ what, at, beyond, says string }{
		{"bytes", "true" + strings.Repeat(" ", 4092), "true" + strings.Repeat(" ", 4093), "4097 bytes, and at most 4096"},
		{"brackets", strings.Repeat("(", 20) + "true" + strings.Repeat(")", 20), strings.Repeat("(", 21) + "true" + strings.Repeat(")", 21), "21 deep, and at most 20"},
		{"brackets in a text", `message.category != "` + strings.Repeat("(", 99) + `"`, strings.Repeat("[", 21) + "1" + strings.Repeat("]", 21) + " == []", "21 deep"},
		{"macros", "[1].all(a, [1].all(b, [1].all(c, a + b + c > 0)))", "[1].all(a, [1].all(b, [1].all(c, [1].all(d, a + b + c + d > 0))))", "more than 3 deep"},
		{"a list", list(100) + ".all(x, x == 1)", list(101) + ".all(x, x == 1)", "101 entries, and at most 100"},
		{"operations", chain(198) + " && true", chain(198) + " && !true", "201 operators, functions and macros, and at most 200"},
		{"work", "subject.names.all(x, subject.names.all(y, x.text != y.text && x.use != y.use && x.script != y.script))", "subject.names.all(x, subject.names.all(y, " + list(5) + ".all(z, z == 1 || x == y)))", "and at most 20000"},
		{"work of in", "subject.names.all(x, " + list(100) + ".all(y, y in [1, 1, 1]))", "subject.names.all(x, " + list(100) + ".all(y, y in [1, 1, 1, 1]))", "up to"},
		{"a pattern", `message.category.matches("` + strings.Repeat("a", 200) + `")`, `message.category.matches("` + strings.Repeat("a", 201) + `")`, "at most 200 bytes"},
		{"repetition", `message.category.matches("a+b*")`, `message.category.matches("a{9}")`, "no repetition"},
		{"a pattern of somebody else", `message.category.contains(message.from)`, `message.category.matches(message.from)`, "not written out"},
		{"lists", `subject.names.filter(n, true).map(n, n.use).exists_one(u, u == "")`, `[[1], [2]].all(x, x.all(y, y > 0))`, "not a list of the message"},
	} {
		termsWith(t, b.at)
		a := northStar()
		a.Scope = map[entente.Kind]string{entente.KindTip: b.beyond}
		if _, err := Compile(a); err == nil || !strings.Contains(err.Error(), b.says) {
			t.Errorf("%s: %v, want %q", b.what, err, b.says)
		}
	}
}

// Every word of the schema has the type that the documentation says, and reads
// the field that it names.
func TestSchemaReadsTheMessage(t *testing.T) {
	m := aTip()
	m.Statement.Caveats.Purposes = []entente.Purpose{"terrorism-prevention"}
	m.Statement.Caveats.Until = time.Date(2012, 1, 1, 0, 0, 0, 0, time.UTC)
	m.Statement.Tip.Provenance.Attestation = "lawful"
	m.Statement.Tip.Subjects = []entente.Subject{{
		ID: "s1", Names: []entente.Name{{Text: "Arsen Kadaev", Script: "Latn", Use: "alias"}},
		Births:        []entente.Birth{{Date: entente.PartialDate{Year: 1986, Month: 3}, Place: "Ostvik"}},
		Nationalities: []entente.Country{"XB", "XA"}, Residence: "Ostvik, XA", Sex: "M",
		Documents: []entente.Document{{Type: "passport", Number: "P1234567", Country: "XB"}},
	}}
	for _, rule := range []string{
		`message.kind == "tip" && message.purpose == "terrorism-prevention" && message.category == "attack-planning"`,
		`message.precedence == "PRIORITY" && message.from == "borea-sls" && message.to == "albia-ncc"`,
		`message.created == timestamp("2011-03-04T09:00:00Z") && message.attestation == "lawful"`,
		`message.caveats.tlp == "AMBER+STRICT" && message.caveats.pap == "AMBER"`,
		`message.caveats.onward == "originator" && message.caveats.court_use == "ask"`,
		`message.caveats.purposes == ["terrorism-prevention"] && message.caveats.until > now`,
		`subject.names[0].text == "Arsen Kadaev" && subject.names[0].script == "Latn" && subject.names[0].use == "alias"`,
		`subject.births[0].date == "1986-03" && subject.births[0].year == 1986 && subject.births[0].month == 3 && subject.births[0].day == 0 && subject.births[0].place == "Ostvik"`,
		`subject.nationalities == ["XB", "XA"] && subject.residence.endsWith("XA") && subject.sex == "M"`,
		`subject.documents[0].type == "passport" && subject.documents[0].number.startsWith("P") && subject.documents[0].country == "XB"`,
		`now - message.created == duration("0s")`,
		`subject.names.filter(n, n.script == "Latn").map(n, n.use).exists_one(u, u.matches("^al"))`,
		`!has(message.caveats.until) ? false : size(subject.documents) == 1`,
	} {
		if f := scopeOf(termsWith(t, rule), m); !f.Holds {
			t.Errorf("%s: %s %v", rule, f.Says, f.Values)
		}
		if f := scopeOf(termsWith(t, "!("+rule+")"), m); f.Holds {
			t.Errorf("the opposite holds, too: %s", rule)
		}
	}
}

// Names, numbers of documents and long texts do not spill into a verdict.
func TestValuesAreShort(t *testing.T) {
	m := aTip()
	m.Statement.Tip.Category = strings.Repeat("я", 1000)
	f := scopeOf(termsWith(t, `subject.names.all(n, n.text != "") && message.category != "x" && message == message`), m)
	for _, v := range f.Values {
		if len(v.Value) > maxValueLen+len("…") || strings.Contains(v.Value, "Арсен") {
			t.Errorf("%s = %s", v.Name, v.Value)
		}
	}
	if len(f.Values) != 3 {
		t.Errorf("got %d values, want those of subject.names, message.category and message: %v", len(f.Values), f.Values)
	}
}

// FuzzScopeRule: whatever stands in a scope clause either compiles, and then
// answers or fails closed, or is refused with the clause and its line.
func FuzzScopeRule(f *testing.F) {
	for _, seed := range []string{
		`true`, `subject.nationalities.exists(c, c in ["XA", "XB"]) || message.category == "attack-planning"`,
		`now - message.created < duration("720h")`, `message.category.matches("(a+)+$")`, `[1].all(a, [2].all(b, a < b))`,
		`{"a": 1}[message.kind] == 1`, `size(subject.names) > 0 ? subject.names[7].text == "" : has(message.caveats.until)`,
		`entente.Message{kind: "x"} == message`, `message.`, `"\u0000" in subject.nationalities`, `subject.names.exists(now, true)`,
		`b"x" == b"x"`, `1u - 2u > 0u`, `[message.category].map(x, x + x + x)[0].matches(message.category)`, "/* */ true // \n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, rule string) {
		a := northStar()
		a.Lines = map[string]int{"scope.tip": 22}
		a.Scope = map[entente.Kind]string{entente.KindTip: rule}
		terms, err := Compile(a)
		if err != nil {
			e, ok := errors.AsType[*entente.Error](err)
			if !ok || e.Field != "scope.tip" || !strings.HasPrefix(e.Detail, "line 22: ") {
				t.Fatalf("%q: %v", rule, err)
			}
			return
		}
		for _, m := range []entente.Message{aTip(), {}} {
			found := scopeOf(terms, m)
			if found.Says == "" || found.Holds != (found.Reason == "") {
				t.Fatalf("%q: %+v", rule, found)
			}
		}
		if len(terms.Explain()) == 0 {
			t.Fatalf("%q: nothing to explain", rule)
		}
	})
}
