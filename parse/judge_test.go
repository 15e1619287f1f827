package parse

import (
	"strings"
	"testing"

	"entente"
)

// later is a statement of a kind that this version does not accept.
func later(kind, body string) string {
	return `{"id":"` + testID + `","kind":"` + kind + `","purpose":"terrorism-prevention","precedence":"ROUTINE","caveats":{}` + body + `}`
}

// A statement of a later kind is read as far as every version can; what is wrong
// with it is told apart from what this version does not know.
func TestLaterKinds(t *testing.T) {
	for _, body := range []string{`{}`, `{"text":"да","list":[1,-2,0.50,true],"within":{"a":[{}]}}`} {
		for _, kind := range []string{"request", "sighting"} {
			in := later(kind, `,"`+kind+`":`+body)
			s, err := Statement([]byte(in))
			if err != nil {
				t.Errorf("%s: %v", in, err)
				continue
			}
			if out, err := EncodeStatement(s); err != nil || string(out) != in {
				t.Errorf("%s was encoded as %s (%v)", in, out, err)
			}
			if s.Body() != nil {
				t.Errorf("%s: a body that nobody here knows was read as %T", in, s.Body())
			}
			wantRefusal(t, in, Judge(entente.This, s), entente.ReasonKind, "kind")
		}
	}
	for _, tt := range []struct {
		body   string
		reason entente.Reason
		field  string
	}{
		{``, entente.ReasonStatement, "sighting"},
		{`,"sighting":[]`, entente.ReasonMalformed, "sighting"},
		{`,"sighting":"x"`, entente.ReasonMalformed, "sighting"},
		{`,"sighting":null`, entente.ReasonMalformed, "sighting"},
		{`,"sighting":{"a":null}`, entente.ReasonMalformed, "sighting"},
		{`,"sighting":{"a": 1}`, entente.ReasonMalformed, ""},
		{`,"sighting":{"a":"\u0041"}`, entente.ReasonMalformed, ""},
		{`,"sighting":{"a":1e3}`, entente.ReasonMalformed, "sighting"},
		{`,"sighting":{"a":-0}`, entente.ReasonMalformed, "sighting"},
		{`,"sighting":{"a":1,"a":1}`, entente.ReasonDuplicateField, "sighting.a"},
		{`,"sighting":{},"sighting":{}`, entente.ReasonDuplicateField, "sighting"},
		{`,"sighting":{"a":"` + "\xff" + `"}`, entente.ReasonMalformed, "sighting.a"},
		{`,"note":{"text":"x"},"sighting":{}`, entente.ReasonStatement, "note"},
		{`,"rumour":{},"sighting":{}`, entente.ReasonUnknownField, "rumour"},
		{`,"sighting":{},"rumour":{}`, entente.ReasonMalformed, ""},
		{`,"sighting":` + strings.Repeat(`{"a":`, 40) + `1` + strings.Repeat(`}`, 40), entente.ReasonMalformed, ""},
	} {
		_, err := Statement([]byte(later("sighting", tt.body)))
		wantRefusal(t, tt.body, err, tt.reason, tt.field)
	}
}

// The head is judged before the kind: a statement of a later kind that breaks a
// rule of the head is not put off.
func TestLaterKindWithABrokenHead(t *testing.T) {
	in := strings.Replace(later("sighting", `,"sighting":{}`), "ROUTINE", "SOON", 1)
	_, err := Statement([]byte(in))
	wantRefusal(t, in, err, entente.ReasonStatement, "precedence")
}

func TestJudge(t *testing.T) {
	x := func(critical bool) []entente.Extension {
		return []entente.Extension{{Name: "seen", Value: []byte("a")}, {Name: "x-albia.example", Critical: critical, Value: []byte{}}}
	}
	knows := entente.Vocabulary{Rooms: entente.Rooms, Extensions: []string{"x-albia.example"}}
	tip := func(change func(*entente.Statement)) entente.Statement {
		s := testStatement()
		change(&s)
		return s
	}
	none := func(*entente.Statement) {}
	for name, tt := range map[string]struct {
		v      entente.Vocabulary
		s      entente.Statement
		reason entente.Reason
		field  string
	}{
		"a tip":                               {entente.This, tip(none), "", ""},
		"a tip for one who knows no tips":     {entente.Vocabulary{Rooms: entente.Register{}}, tip(none), entente.ReasonKind, "kind"},
		"a relation of a later version":       {entente.This, tip(func(s *entente.Statement) { s.Refs = testRefs(); s.Refs[0].Rel = "confirms" }), entente.ReasonKind, "refs[0].rel"},
		"a relation that a tip does not have": {entente.This, tip(func(s *entente.Statement) { s.Refs = testRefs(); s.Refs[0].Rel = entente.Recalls }), entente.ReasonKind, "refs[0].rel"},
		"an unknown extension":                {entente.This, tip(func(s *entente.Statement) { s.Extensions = x(false) }), "", ""},
		"an unknown critical extension":       {entente.This, tip(func(s *entente.Statement) { s.Extensions = x(true) }), entente.ReasonExtension, "extensions[1]"},
		"a known critical extension":          {knows, tip(func(s *entente.Statement) { s.Extensions = x(true) }), "", ""},
	} {
		if b, err := EncodeStatement(tt.s); err != nil {
			t.Errorf("%s: %v", name, err)
		} else if _, err := Statement(b); err != nil {
			t.Errorf("%s does not come back: %v", name, err)
		}
		err := Judge(tt.v, tt.s)
		if tt.reason == "" {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		wantRefusal(t, name, err, tt.reason, tt.field)
	}
	if got := entente.This.Unknown(x(false), x(true)); len(got) != 4 {
		t.Errorf("not understood: %v", got)
	}
}
