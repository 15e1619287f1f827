package seal

import (
	"bytes"
	"encoding/hex"
	"slices"
	"strings"
	"testing"

	"entente"
	"entente/parse"
)

// partsVectors are statements cut into parts, with the commitment to them, and
// showings of one of them.
type partsVectors struct {
	Secret    string           `json:"secret_hex"`
	Accepted  []partsVector    `json:"accepted"`
	Refused   []partsRefused   `json:"refused"`
	Statement string           `json:"shown_statement"` // that the showings are of
	Content   string           `json:"shown_content_hex"`
	Shown     []showingVector  `json:"shown"`
	Attacks   []showingRefused `json:"shown_refused"`
}

type partsVector struct {
	What      string       `json:"what"`
	Statement string       `json:"statement"`
	Parts     []partVector `json:"parts"`
	Root      string       `json:"root_hex"`
	Content   string       `json:"content_hex"`
}

type partVector struct {
	Path  string `json:"path"`
	Value string `json:"value"`
	Salt  string `json:"salt_hex"`
	Leaf  string `json:"leaf_hex"`
}

type partsRefused struct {
	What      string         `json:"what"`
	Statement string         `json:"statement"`
	Reason    entente.Reason `json:"reason"`
}

type showingVector struct {
	What     string `json:"what"`
	Showing  string `json:"showing"`
	Withheld int    `json:"withheld"`
}

type showingRefused struct {
	What    string         `json:"what"`
	Showing string         `json:"showing"`
	Reason  entente.Reason `json:"reason"`
}

func makeParts(t *testing.T, statements []textVector) partsVectors {
	v := partsVectors{Secret: hex.EncodeToString(testSecret[:])}
	for _, s := range append(slices.Clone(statements),
		textVector{What: "a kind that no version has yet", Text: `{"id":"` + messageID + `","kind":"later","purpose":"terrorism-prevention","caveats":{"tlp":"RED"},"later":{"a":[[],{},[1,[2]]],"b":{}}}`},
		textVector{What: "a value that is no object", Text: `null`},
		textVector{What: "one part less than a power of two and one more", Text: `[1,2,3,4,5,6,7,8,9]`},
	) {
		v.Accepted = append(v.Accepted, cutVector(t, s))
	}
	for _, x := range [][2]string{
		{"nothing", ""}, {"more behind its end", `{"a":1} `}, {"a comma too many", `[1,]`}, {"a name with a slash", `{"a/b":1}`}, {"a name with a tilde", `{"a~b":1}`},
		{"a name with an escape", `{"\u0061":1}`}, {"an empty name", `{"":1}`}, {"an object that does not end", `{"a":{`}, {"a value that is missing", `{"a":}`},
		{"33 levels", strings.Repeat("[", 33) + strings.Repeat("]", 33)},
	} {
		_, err := cut([]byte(x[1]))
		if entente.ReasonOf(err) != entente.ReasonMalformed {
			t.Errorf("%s: %v", x[0], err)
		}
		v.Refused = append(v.Refused, partsRefused{x[0], x[1], entente.ReasonOf(err)})
	}
	v.show(t, many(3, 6))
	return v
}

func cutVector(t *testing.T, s textVector) partsVector {
	g, err := grow([]byte(s.Text), testSecret)
	if err != nil {
		t.Fatalf("%s: %v", s.What, err)
	}
	content, err := Content([]byte(s.Text), testSecret)
	if err != nil {
		t.Fatal(err)
	}
	root := g.root(0, len(g.leaves))
	v := partsVector{What: s.What, Statement: s.Text, Root: hex.EncodeToString(root[:]), Content: content.String()}
	for i, p := range g.parts {
		v.Parts = append(v.Parts, partVector{p.path, string(p.value), g.salts[i].String(), hex.EncodeToString(g.leaves[i][:])})
	}
	return v
}

// show makes the showings, and every attack of docs/protocol.md, section 11.
func (v *partsVectors) show(t *testing.T, payload []byte) {
	h, _ := shown(t, payload, tearLine)
	v.Statement, v.Content = string(payload), h.Content.String()
	encode := func(what string, s entente.Showing) string {
		b, err := parse.Encode(s)
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		return string(b)
	}
	for _, x := range []struct {
		what string
		open func(string) bool
	}{
		{"whole", func(string) bool { return true }},
		{"without the keys of attachments", func(p string) bool { return !strings.HasSuffix(p, "/key") }},
		{"the tear line", tearLine},
		{"one claim", func(p string) bool { return p == "/tip/claims/2" }},
		{"what every showing opens", func(string) bool { return false }},
	} {
		_, s := shown(t, payload, x.open)
		v.Shown = append(v.Shown, showingVector{x.what, encode(x.what, s), s.Withheld()})
	}
	_, claims := shown(t, payload, func(p string) bool { return p == "/tip/claims/2" || p == "/tip/claims/3" })
	g, err := grow(payload, testSecret)
	if err != nil {
		t.Fatal(err)
	}
	n := len(claims.Parts)
	for _, x := range []struct {
		what   string
		reason entente.Reason
		change func(*entente.Showing)
	}{
		{"another word", entente.ReasonContent, func(s *entente.Showing) {
			s.Parts[n-1].Value = bytes.Replace(s.Parts[n-1].Value, []byte("said"), []byte("sand"), 1)
		}},
		{"another grade", entente.ReasonContent, func(s *entente.Showing) {
			s.Parts[n-1].Value = bytes.Replace(s.Parts[n-1].Value, []byte("C3"), []byte("A1"), 1)
		}},
		{"another salt", entente.ReasonContent, func(s *entente.Showing) { s.Parts[n-1].Salt[0] ^= 1 }},
		{"claims/2 as claims/3", entente.ReasonContent, func(s *entente.Showing) { s.Parts[n-2].Path = "/tip/claims/3"; s.Parts[n-1].Path = "/tip/claims/4" }},
		{"two claims swapped", entente.ReasonContent, func(s *entente.Showing) {
			s.Parts[n-2], s.Parts[n-1] = s.Parts[n-1], s.Parts[n-2]
			s.Parts[n-2].Index, s.Parts[n-1].Index = s.Parts[n-1].Index, s.Parts[n-2].Index
		}},
		{"a claim dropped", entente.ReasonContent, func(s *entente.Showing) { s.Parts = s.Parts[:n-1] }},
		{"a claim twice", entente.ReasonMalformed, func(s *entente.Showing) { s.Parts = append(s.Parts, s.Parts[n-1]) }},
		{"a byte moved from the value into the path", entente.ReasonContent, func(s *entente.Showing) {
			p := &s.Parts[n-1]
			p.Path, p.Value = p.Path+string(p.Value[:1]), p.Value[1:]
		}},
		{"an inner node as a part", entente.ReasonContent, func(s *entente.Showing) {
			left, right := g.leaves[0], g.leaves[1]
			s.Parts[0].Value = append(left[:], right[:]...)
		}},
		{"another count", entente.ReasonContent, func(s *entente.Showing) { s.Count++ }},
		{"no parts at all", entente.ReasonMalformed, func(s *entente.Showing) { s.Count = 0 }},
		{"more parts than a statement can have", entente.ReasonMalformed, func(s *entente.Showing) { s.Count = 65537 }},
		{"a hash dropped", entente.ReasonContent, func(s *entente.Showing) { s.Hidden = s.Hidden[1:] }},
		{"a hash too many", entente.ReasonContent, func(s *entente.Showing) { s.Hidden = append(s.Hidden, s.Hidden[0]) }},
		{"two hashes swapped", entente.ReasonContent, func(s *entente.Showing) { s.Hidden[0], s.Hidden[1] = s.Hidden[1], s.Hidden[0] }},
		{"without the caveats", entente.ReasonContent, func(s *entente.Showing) {
			*s = reshown(g, func(p string) bool { return p == "/id" || p == "/kind" || p == "/purpose" || p == "/tip/claims/2" })
		}},
	} {
		s := entente.Showing{Count: claims.Count, Parts: slices.Clone(claims.Parts), Hidden: slices.Clone(claims.Hidden)}
		x.change(&s)
		text := encode(x.what, s)
		got, err := parse.Showing([]byte(text))
		if err == nil {
			err = CheckShowing(h, got)
		}
		if entente.ReasonOf(err) != x.reason {
			t.Errorf("parts.json: %s: %v, want %s", x.what, err, x.reason)
		}
		v.Attacks = append(v.Attacks, showingRefused{x.what, text, x.reason})
	}
}

// The commitments are those of the prototype, which a second implementation in
// another language has computed, too: python3 and the text of section 11 alone.
func TestCommitmentOfTheTipAsFirstPublished(t *testing.T) {
	for _, x := range []struct {
		payload []byte
		content string
	}{{many(3, 6), "23c5053202dc0d340e6e36c5cf3fe9c111291560ebfa0dba8c557d5314c3b690"}, {many(7, 33), "8bea534e920d26278482eaabbb19cfb0ecb79a544ba5fb2f0ccc05cdcc816860"}} {
		got, err := Content(x.payload, testSecret)
		if err != nil || got.String() != x.content {
			t.Errorf("%s, %v", got, err)
		}
	}
}
