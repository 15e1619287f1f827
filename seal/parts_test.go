package seal

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"entente"
	"entente/parse"
)

var testSecret = entente.Secret(bytes.Repeat([]byte{7}, 32))

// many is a tip with so many subjects and claims.
func many(subjects, claims int) []byte {
	var s, c []string
	for i := range subjects {
		s = append(s, fmt.Sprintf(`{"id":"s%d","names":[{"text":"NAME NUMBER %d"}],"births":[{"id":"b%d","date":"1987","grade":"B2","nature":"fact"}],"nationalities":["XA"]}`, i+1, i, i+1))
	}
	for i := range claims {
		c = append(c, fmt.Sprintf(`{"id":"c%d","subject":"s1","text":"said thing number %d","grade":"C3","nature":"assessment"}`, i+1, i))
	}
	return []byte(`{"id":"` + messageID + `","kind":"tip","purpose":"terrorism-prevention","precedence":"PRIORITY","caveats":{"tlp":"AMBER+STRICT","pap":"AMBER","onward":"originator","court_use":"ask"},` +
		`"tip":{"category":"x","title":"t","text":"w","subjects":[` + strings.Join(s, ",") + `],"claims":[` + strings.Join(c, ",") + `],"provenance":{"attestation":"lawful"},"tear_line":{"text":"lower part","tlp":"GREEN"}},` +
		`"attachments":[{"digest":"00","size":5,"name":"a.jpg","media":"image/jpeg","key":"AGE-SECRET-KEY-PQ-1QQQ"}]}`)
}

func tearLine(path string) bool { return strings.HasPrefix(path, "/tip/tear_line/") }

// shown is a header with a showing that it commits to.
func shown(t testing.TB, payload []byte, open func(string) bool) (entente.Header, entente.Showing) {
	t.Helper()
	content, err := Content(payload, testSecret)
	if err != nil {
		t.Fatal(err)
	}
	s, err := Show(payload, testSecret, open)
	if err != nil {
		t.Fatal(err)
	}
	h := entente.Header{Content: content}
	if err := CheckShowing(h, s); err != nil {
		t.Fatalf("what is shown does not hold: %v", err)
	}
	return h, s
}

func TestCut(t *testing.T) {
	parts, err := cut(many(1, 2))
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, p := range parts {
		paths = append(paths, p.path)
	}
	want := []string{
		"/id", "/kind", "/purpose", "/precedence", "/caveats", "/tip/category", "/tip/title", "/tip/text", "/tip/subjects/0", "/tip/claims/0", "/tip/claims/1",
		"/tip/provenance/attestation", "/tip/tear_line/text", "/tip/tear_line/tlp",
		"/attachments/0/digest", "/attachments/0/size", "/attachments/0/name", "/attachments/0/media", "/attachments/0/key",
	}
	if !slices.Equal(paths, want) {
		t.Errorf("got %q\nwant %q", paths, want)
	}
	for text, want := range map[string]int{`{"caveats":{}}`: 1, `{}`: 1, `[]`: 1, `"a"`: 1, `[[[[1],2],3],4]`: 4, `{"a":{"caveats":{"b":1,"c":2}}}`: 2} {
		if parts, err := cut([]byte(text)); err != nil || len(parts) != want {
			t.Errorf("%s: %d parts, %v; want %d", text, len(parts), err, want)
		}
	}
	for _, text := range []string{
		``, ` {}`, `{} `, `{`, `[`, `{"a"}`, `{"a":}`, `{"a":1,}`, `[1,]`, `[1 2]`, `{"a":1]`, `{"":1}`, `{"a/b":1}`, `{"a~b":1}`, `{"a\u0062":1}`, `{a:1}`, `"a`, `{"a":{"b":[`,
		strings.Repeat("[", 33) + strings.Repeat("]", 33), "[" + strings.Repeat("1,", parse.MaxParts) + "1]",
	} {
		if parts, err := cut([]byte(text)); entente.ReasonOf(err) != entente.ReasonMalformed {
			t.Errorf("%.40s: %d parts, %v", text, len(parts), err)
		}
	}
	if parts, err := cut([]byte("[" + strings.Repeat("1,", parse.MaxParts-1) + "1]")); err != nil || len(parts) != parse.MaxParts {
		t.Errorf("%d parts, %v", len(parts), err)
	}
}

// Every change of a showing gives another commitment, or no answer.
func TestShowingAttacked(t *testing.T) {
	h, s := shown(t, many(3, 6), func(p string) bool { return tearLine(p) || p == "/tip/claims/2" || p == "/tip/claims/3" })
	tried := 0
	try := func(what string, change func(*entente.Showing)) {
		t.Helper()
		c := entente.Showing{Count: s.Count, Hidden: slices.Clone(s.Hidden), Parts: slices.Clone(s.Parts)}
		for i := range c.Parts {
			c.Parts[i].Value = bytes.Clone(c.Parts[i].Value)
		}
		change(&c)
		tried++
		if err := CheckShowing(h, c); err == nil {
			t.Errorf("%s holds", what)
		} else if r := entente.ReasonOf(err); r != entente.ReasonContent {
			t.Errorf("%s: %v", what, err)
		}
	}
	for i, p := range s.Parts {
		for at := range p.Value {
			try("another byte of "+p.Path, func(c *entente.Showing) { c.Parts[i].Value[at] ^= 1 })
		}
		for at := range p.Salt {
			try("another salt of "+p.Path, func(c *entente.Showing) { c.Parts[i].Salt[at] ^= 1 })
		}
		for at := range p.Path {
			try("another path than "+p.Path, func(c *entente.Showing) {
				b := []byte(p.Path)
				b[at] ^= 1
				c.Parts[i].Path = string(b)
			})
		}
		for by := -4; by <= 4; by++ {
			if by != 0 {
				try("another index of "+p.Path, func(c *entente.Showing) { c.Parts[i].Index += by })
			}
		}
		try("the border between path and value of "+p.Path, func(c *entente.Showing) {
			c.Parts[i].Path += string(p.Value[:1])
			c.Parts[i].Value = p.Value[1:]
		})
		try("without "+p.Path, func(c *entente.Showing) { c.Parts = slices.Delete(c.Parts, i, i+1) })
		try(p.Path+" twice", func(c *entente.Showing) { c.Parts = slices.Insert(c.Parts, i, c.Parts[i]) })
		for j := range i {
			try("the values of two parts swapped", func(c *entente.Showing) { c.Parts[i].Value, c.Parts[j].Value = c.Parts[j].Value, c.Parts[i].Value })
			try("two parts swapped", func(c *entente.Showing) {
				c.Parts[i], c.Parts[j] = c.Parts[j], c.Parts[i]
				c.Parts[i].Index, c.Parts[j].Index = c.Parts[j].Index, c.Parts[i].Index
			})
		}
	}
	for i := range s.Hidden {
		try("a hash less", func(c *entente.Showing) { c.Hidden = slices.Delete(c.Hidden, i, i+1) })
		try("a hash twice", func(c *entente.Showing) { c.Hidden = slices.Insert(c.Hidden, i, c.Hidden[i]) })
		for j := range i {
			try("two hashes swapped", func(c *entente.Showing) { c.Hidden[i], c.Hidden[j] = c.Hidden[j], c.Hidden[i] })
		}
	}
	for n := range 2 * s.Count {
		if n != s.Count {
			try(fmt.Sprintf("%d parts in all", n), func(c *entente.Showing) { c.Count = n })
		}
	}
	try("an inner node as a value", func(c *entente.Showing) { c.Parts[0].Value = append(c.Hidden[0][:], c.Hidden[0][:]...) })
	try("nothing", func(c *entente.Showing) { *c = entente.Showing{} })
	if tried < 900 {
		t.Errorf("only %d changes were tried", tried)
	}
}

// The root read with another count is another commitment: else the inner nodes of a
// tree could be shown as the leaves of a smaller one.
func TestCountIsBound(t *testing.T) {
	payload := many(3, 6)
	want, err := Content(payload, testSecret)
	if err != nil {
		t.Fatal(err)
	}
	g, err := grow(payload, testSecret)
	if err != nil {
		t.Fatal(err)
	}
	k := half(len(g.leaves))
	two := tlog.NodeHash(g.root(0, k), g.root(k, len(g.leaves)))
	if two != g.root(0, len(g.leaves)) || bind(2, two) == want {
		t.Error("the count is not bound")
	}
}

func TestEveryShowingOpensTheCaveats(t *testing.T) {
	h, s := shown(t, many(1, 1), func(string) bool { return false })
	if len(s.Parts) != len(Always) {
		t.Fatalf("%d parts are shown", len(s.Parts))
	}
	for i, p := range s.Parts {
		g, err := grow(many(1, 1), testSecret)
		if err != nil {
			t.Fatal(err)
		}
		// The same tree with one part closed: it gives the commitment, and is refused all the same.
		closed := reshown(g, func(path string) bool { return path != p.Path && slices.Contains(Always, path) })
		if content, err := contentOf(closed); err != nil || content != h.Content {
			t.Fatal("the closed tree gives another commitment")
		}
		if err := CheckShowing(h, closed); entente.ReasonOf(err) != entente.ReasonContent {
			t.Errorf("without %s (%d): %v", p.Path, i, err)
		}
	}
}

// reshown opens the parts for which open reports true and no others.
func reshown(g tree, open func(string) bool) entente.Showing {
	s := entente.Showing{Count: len(g.parts)}
	var walk func(lo, hi int)
	walk = func(lo, hi int) {
		some := slices.ContainsFunc(g.parts[lo:hi], func(p part) bool { return open(p.path) })
		switch {
		case !some:
			s.Hidden = append(s.Hidden, entente.Digest(g.root(lo, hi)))
		case hi-lo == 1:
			s.Parts = append(s.Parts, entente.Part{Index: lo, Path: g.parts[lo].path, Salt: g.salts[lo], Value: g.parts[lo].value})
		default:
			k := lo + half(hi-lo)
			walk(lo, k)
			walk(k, hi)
		}
	}
	walk(0, len(g.parts))
	return s
}

// Any choice of parts holds, and survives its file; one hash less does not.
func TestShowingProperty(t *testing.T) {
	payload := many(5, 23)
	rapid.Check(t, func(t *rapid.T) {
		keep := rapid.IntRange(0, 100).Draw(t, "keep")
		chosen := map[string]bool{}
		content, err := Content(payload, testSecret)
		if err != nil {
			t.Fatal(err)
		}
		s, err := Show(payload, testSecret, func(p string) bool {
			if _, ok := chosen[p]; !ok {
				chosen[p] = rapid.IntRange(0, 99).Draw(t, p) < keep
			}
			return chosen[p]
		})
		if err != nil {
			t.Fatal(err)
		}
		b, err := parse.EncodeShowing(s)
		if err != nil {
			t.Fatal(err)
		}
		got, err := parse.Showing(b)
		if err != nil {
			t.Fatal(err)
		}
		h := entente.Header{Content: content}
		if err := CheckShowing(h, got); err != nil {
			t.Fatal(err)
		}
		if n := len(got.Hidden); n > 0 {
			at := rapid.IntRange(0, n-1).Draw(t, "without")
			got.Hidden = slices.Delete(got.Hidden, at, at+1)
			if CheckShowing(h, got) == nil {
				t.Fatal("it holds with a hash less")
			}
		}
	})
}

// Whatever is cut, its parts are no longer than the whole, no two have one path,
// and all of it shown gives the commitment.
func FuzzCut(f *testing.F) {
	f.Add(many(2, 3))
	f.Add([]byte(`{"caveats":{"a":[1,{"b":"\"}"}]},"x":[[[[]]],{}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		parts, err := cut(b)
		if err != nil {
			if r := entente.ReasonOf(err); r != entente.ReasonMalformed {
				t.Fatalf("refused without the reason: %v", err)
			}
			return
		}
		n := 0
		for _, p := range parts {
			n += len(p.value)
		}
		if n > len(b) || len(parts) == 0 {
			t.Fatal("the parts are longer than the whole")
		}
		want, err := Content(b, testSecret)
		if err != nil {
			t.Fatal(err)
		}
		s, err := Show(b, testSecret, func(string) bool { return true })
		if err != nil {
			t.Fatal(err)
		}
		if got, err := contentOf(s); err != nil || got != want || s.Withheld() != 0 {
			t.Fatalf("all of it shown: %v", err)
		}
	})
}

// No showing that anybody makes up holds, but for what opens a statement that the
// header commits to.
func FuzzShowing(f *testing.F) {
	h, s := shown(f, many(1, 2), tearLine)
	good, err := parse.EncodeShowing(s)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add([]byte(`{"count":1,"parts":[]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := parse.Showing(b)
		if err != nil {
			return
		}
		if again, err := parse.EncodeShowing(s); err != nil || !bytes.Equal(again, b) {
			t.Fatalf("a showing has two forms: %v", err)
		}
		if CheckShowing(h, s) == nil && !bytes.Equal(b, good) {
			t.Fatal("a showing was forged")
		}
	})
}

func BenchmarkContent(b *testing.B) {
	for _, x := range []struct {
		what    string
		payload []byte
	}{{"note", released(b, noteStatement(), "albia-ncc").Payload()}, {"tip", many(3, 6)}, {"large", many(200, 1000)}} {
		b.Run(x.what, func(b *testing.B) {
			b.SetBytes(int64(len(x.payload)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Content(x.payload, testSecret); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
