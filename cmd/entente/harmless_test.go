package main

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"pgregory.net/rapid"
)

// What a partner writes can move no terminal and turn no line around.
func TestHarmless(t *testing.T) {
	for in, want := range map[string]string{
		"Арсен Кадаев\n\tв 10:00\n":        "Арсен Кадаев\n\tв 10:00\n",
		"محمد العربي، חיים\u200f":          "محمد العربي، חיים\u200f",
		"می\u200cخواهم 👩\u200d🚒":           "می\u200cخواهم 👩\u200d🚒",
		"\x1b[2Jgone":                      "�[2Jgone",
		"\u009b31mred":                     "�31mred",
		"all good\rall bad":                "all good�all bad",
		"\x1b]0;title\x07":                 "�]0;title�",
		"annex\u202egpj.exe":               "annex�gpj.exe",
		"\u2066hidden\u2069 \u206a":        "�hidden� �",
		"one\u2028two":                     "one�two",
		"flag \U000E0067\U000E007F":        "flag ��",
		"half \xc3":                        "half �",
		"\x00\x08\x7f":                     "���",
		"first\nNext: entente release ok ": "first\nNext: entente release ok ",
	} {
		if got := plain(in); got != want {
			t.Errorf("plain(%q) = %q, want %q", in, got, want)
		}
	}
}

// However a text is cut into writes, what comes out is the same, and as plain says.
func TestHarmlessWriter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.Rune()).Draw(t, "text")
		var b bytes.Buffer
		w := &harmless{w: &b}
		for rest := []byte(text); len(rest) > 0; {
			n := rapid.IntRange(1, len(rest)).Draw(t, "n")
			if _, err := w.Write(rest[:n]); err != nil {
				t.Fatal(err)
			}
			rest = rest[n:]
		}
		if got := b.String(); got != plain(text) {
			t.Fatalf("got %q, want %q", got, plain(text))
		}
	})
}

// JSON keeps every value, and holds nothing that steers.
func TestEscaped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.Rune()).Draw(t, "text") + "\u202e\U000E0041\u009b"
		var out bytes.Buffer
		e := newEnv(context.Background(), cli{JSON: true}, nil, &out, &out, nil)
		if err := e.print(map[string]string{"text": text}, nil); err != nil {
			t.Fatal(err)
		}
		if strings.ContainsFunc(out.String(), steers) {
			t.Fatalf("it steers: %q", out.String())
		}
		var back map[string]string
		if err := json.Unmarshal(out.Bytes(), &back); err != nil {
			t.Fatal(err)
		}
		if back["text"] != text {
			t.Fatalf("got %q, want %q", back["text"], text)
		}
	})
}

// No line of a quoted text can pass for one of ours.
func TestQuoted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.Rune()).Draw(t, "text")
		for line := range strings.SplitSeq(plain(quoted(text)), "\n") {
			if !strings.HasPrefix(line, "  │ ") {
				t.Fatalf("%q stands alone", line)
			}
		}
	})
	if got := oneLine("one\n two\u00a0three"); strings.Contains(got, "\n") || !utf8.ValidString(got) {
		t.Errorf("got %q", got)
	}
}
