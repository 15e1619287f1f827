package seal

import (
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"entente"
	"entente/parse"
)

// committed is a tree over parts that a sender made up, and a header that commits
// to it.
func committed(parts ...part) (tree, entente.Header) {
	t := tree{parts: parts, salts: make([]entente.Digest, len(parts)), leaves: make([]tlog.Hash, len(parts))}
	var buf []byte
	for i, p := range parts {
		t.leaves[i] = leafOf(&buf, t.salts[i], p)
	}
	h := header()
	h.Content = bind(len(parts), t.root(0, len(parts)))
	return t, h
}

var head = []part{
	{"/id", []byte(`"` + messageID + `"`)}, {"/kind", []byte(`"note"`)}, {"/purpose", []byte(`"terrorism-prevention"`)}, {"/precedence", []byte(`"PRIORITY"`)},
	{"/caveats", []byte(`{"tlp":"RED"}`)},
}

func said(more ...part) []part { return append(append([]part{}, head...), more...) }

// A sender can commit to a tree that no statement gives. Its recipient refuses the
// message; a verifier, who may never see the whole, refuses to read the parts.
func TestPartsThatNoStatementGives(t *testing.T) {
	text := part{"/note/text", []byte(`"Hello."`)}
	hidden := part{"/note/more", []byte(`"kept back"`)}
	g, h := committed(said(text)...)
	if s, err := Excerpt(h, reshown(g, func(string) bool { return true })); err != nil || s.Note.Text != "Hello." {
		t.Fatalf("an honest tree: %v", err)
	}
	for what, parts := range map[string][]part{
		"cut too deep":                      {{"/tip/claims/0/text", []byte(`"x"`)}},
		"not cut where it has to be":        {{"/note", []byte(`{"text":"Hello."}`)}},
		"caveats in parts":                  {text, {"/caveats/pap", []byte(`"RED"`)}},
		"a part and one below it":           {text, {"/note/text/0", []byte(`1`)}},
		"a part twice":                      {text, text},
		"a value that brings another":       {{"/note/text", []byte(`"Hello.","x":1`)}},
		"a value that ends what holds it":   {{"/note/text", []byte(`"Hello."},"tip":{"title":"x"`)}},
		"a value that is none":              {{"/note/text", []byte(`Hello.`)}},
		"no value":                          {{"/note/text", nil}},
		"a path that is none":               {text, {"note", []byte(`1`)}},
		"a member that no note has":         {{"/note/mood", []byte(`"grim"`)}},
		"a text that is a number":           {{"/note/text", []byte(`1`)}},
		"a name that ends the text":         {{`/note/te"xt`, []byte(`1`)}},
		"members in another order than due": {text, {"/attachments/1/size", []byte("1")}, {"/attachments/0/size", []byte("1")}},
	} {
		g, h := committed(said(parts...)...)
		if s, err := Excerpt(h, reshown(g, func(string) bool { return true })); err == nil {
			t.Errorf("whole: %s: %+v", what, s)
		}
		if strings.HasPrefix(what, "members in another order") {
			continue // that no part of it tells
		}
		g, h = committed(said(append(parts, hidden)...)...)
		if s, err := Excerpt(h, reshown(g, func(path string) bool { return path != hidden.path })); err == nil {
			t.Errorf("in part: %s: %+v", what, s)
		}
	}
}

// What is opened of a statement is read, and what is withheld is absent.
func TestExcerpt(t *testing.T) {
	payload := released(t, noteStatement(), "albia-ncc").Payload()
	h := header()
	content, err := Content(payload, testSecret)
	if err != nil {
		t.Fatal(err)
	}
	h.Content = content
	for _, open := range []bool{true, false} {
		showing, err := Show(payload, testSecret, func(string) bool { return open })
		if err != nil {
			t.Fatal(err)
		}
		s, err := Excerpt(h, showing)
		if err != nil {
			t.Fatal(err)
		}
		if (s.Note != nil) != open || s.ID != messageID || s.Caveats.TLP != entente.TLPAmberStrict {
			t.Errorf("opened %v: %+v", open, s)
		}
		if b, err := parse.EncodeStatement(s); open && (err != nil || string(b) != string(payload)) {
			t.Errorf("the whole is not what was sealed: %s, %v", b, err)
		}
		other := h
		other.ID = "0196f0a8-7c1e-7b3a-9f10-000000000000"
		if _, err := Excerpt(other, showing); entente.ReasonOf(err) != entente.ReasonStatement {
			t.Errorf("another id outside: %v", err)
		}
	}
}
