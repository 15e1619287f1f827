package web

import (
	"net/http/httptest"
	"testing"
	"time"
)

// newPageFor is a page for a reader of a language at a time.
func newPageFor(lang string, now time.Time) *page {
	d := &desk{Config: Config{Party: albia, Now: func() time.Time { return now }}, words: words(), assets: loadAssets()}
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set("Accept-Language", lang)
	return d.newPage(r)
}

func TestTimesInWords(t *testing.T) {
	p := newPageFor("en", morning)
	for _, c := range []struct {
		off      time.Duration
		ago, due string
	}{
		{-20 * time.Second, "just now", "overdue since just now"},
		{-time.Minute, "1 minute ago", "overdue by 1 minute"},
		{-59 * time.Minute, "59 minutes ago", "overdue by 59 minutes"},
		{-47 * time.Hour, "47 hours ago", "overdue by 47 hours"},
		{-48 * time.Hour, "2 days ago", "overdue by 2 days"},
		{30 * time.Second, "just now", "due now"},
		{90 * time.Minute, "in 1 hour", "due in 1 hour"},
		{400 * 24 * time.Hour, "in 400 days", "due in 400 days"},
	} {
		at := morning.Add(c.off)
		if got := p.ago(at); got != c.ago {
			t.Errorf("%v: %q, want %q", c.off, got, c.ago)
		}
		if got := p.due(at); got != c.due {
			t.Errorf("%v: %q, want %q", c.off, got, c.due)
		}
	}
	// Whatever clock wrote it, the exact time is in UTC.
	if got := exact(time.Date(2011, 3, 4, 1, 30, 0, 0, time.FixedZone("", 3*3600))); got != "2011-03-03 22:30 UTC" {
		t.Errorf("exact time %q", got)
	}
}

func TestHiddenSignsAreNamed(t *testing.T) {
	for in, want := range map[string][]run{
		"plain":                    {{text: "plain"}},
		"photo\u202egpj.exe":       {{text: "photo"}, {text: "U+202E", hidden: true}, {text: "gpj.exe"}},
		"\u200bz":                  {{text: "U+200B", hidden: true}, {text: "z"}},
		"a\x00\x1bb":               {{text: "a"}, {text: "U+0000", hidden: true}, {text: "U+001B", hidden: true}, {text: "b"}},
		"می\u200cخواهم":            {{text: "می\u200cخواهم"}}, // a joiner that Persian needs
		"line\nbreak\tkept":        {{text: "line\nbreak\tkept"}},
		"\U000E0041":               {{text: "U+E0041", hidden: true}},
		"bad\xffbyte":              {{text: "bad\xffbyte"}},
		"\u2066isolated\u2069 end": {{text: "U+2066", hidden: true}, {text: "isolated"}, {text: "U+2069", hidden: true}, {text: " end"}},
	} {
		got := runs(in)
		if len(got) != len(want) {
			t.Errorf("%q: %v, want %v", in, got, want)
			continue
		}
		for i := range got {
			if got[i] != want[i] {
				t.Errorf("%q: %v, want %v", in, got, want)
			}
		}
	}
}

func TestSentence(t *testing.T) {
	for in, want := range map[string]string{"": "", "the date is wrong": "The date is wrong.", "Why?": "Why?", "ёлка": "Ёлка.", "done.": "Done."} {
		if got := sentence(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestSizesInWords(t *testing.T) {
	p := newPageFor("en", morning)
	for n, want := range map[int64]string{1: "1 byte", 2048: "2,048 bytes", 184_320: "180.0 KiB", 734_003_200: "700.0 MiB", 1 << 40: "1,024.0 GiB"} {
		if got := p.bytes(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

func TestPlaces(t *testing.T) {
	for _, c := range []struct {
		geometry, text string
		first          string
		all            int
	}{
		{`{"type":"Point","coordinates":[47.5047,42.9849]}`, "42.9849, 47.5047", "42.9849, 47.5047", 1},
		{`{"type":"LineString","coordinates":[[47.1,42.7],[47.2,42.8]]}`, "", "42.7, 47.1", 2},
		{`{"type":"MultiPolygon","coordinates":[[[[1,2],[3,4],[5,6],[1,2]]]]}`, "", "2, 1", 4},
		{`{"type":"Point","coordinates":["a"]}`, "", "", 0},
		{`nonsense`, "", "", 0},
	} {
		want := c.text
		if want == "" {
			want = c.geometry // a shape that no two numbers say stays as it is
		}
		if got := geometryText([]byte(c.geometry)); got != want {
			t.Errorf("%s: %q, want %q", c.geometry, got, want)
		}
		list, n := positions([]byte(c.geometry), 1)
		if n != c.all || (n > 0 && list[0] != c.first) || len(list) > 1 {
			t.Errorf("%s: %v of %d positions, want %q of %d", c.geometry, list, n, c.first, c.all)
		}
	}
}

func TestInside(t *testing.T) {
	for in, want := range map[string]string{
		"": "/", "/inbox?show=all": "/inbox?show=all", "//evil.example": "/", "https://evil.example/": "/", "/\\evil.example": "/",
		"javascript:alert(1)": "/", "/a\r\nSet-Cookie: x": "/", "/\t/evil.example": "/",
	} {
		if got := inside(in); got != want {
			t.Errorf("%q leads to %q, want %q", in, got, want)
		}
	}
}
