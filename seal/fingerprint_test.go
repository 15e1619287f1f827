package seal

import (
	"errors"
	"strings"
	"testing"

	"entente"
)

func TestSameFingerprint(t *testing.T) {
	p := newMember(t, "borea-sls", "XB").party
	f := Fingerprint(p)
	spaced := func(by string) string { return strings.ReplaceAll(f, " ", by) }
	for _, typed := range []string{
		f, spaced(""), strings.ToLower(f), spaced("-"), spaced("\u00a0"), spaced("\u202f"), spaced("–"), spaced("\u2011"), spaced(" — "), spaced(":"), spaced(" \t\n"), spaced("\u200b"),
		"\ufeff" + f + "\u200d ", "\"" + f + "\"", strings.NewReplacer("0", "O", "1", "l").Replace(f), f[:10] + "\u00ad" + f[10:], strings.ReplaceAll(spaced(""), "", " "),
		strings.Map(func(r rune) rune {
			if r > ' ' {
				r += 0xfee0
			}
			return r
		}, f),
	} {
		if err := SameFingerprint(p, typed); err != nil {
			t.Errorf("%q: %v", typed, err)
		}
	}
	for typed, detail := range map[string]string{
		f[:14]:                                "it has 12 characters",
		f + " 7KQ2":                           "it has 36 characters",
		"":                                    "it has 0 characters",
		f[:len(f)-1] + "U":                    "\"U\" does not occur",
		f[:len(f)-1] + "В":                    "\"В\" does not occur", // Cyrillic
		f[:len(f)-1]:                          "it has 31 characters",
		"fingerprint  " + f:                   "it has 43 characters",
		strings.Repeat("AAAA ", 8):            "the fingerprints differ",
		strings.ReplaceAll(f, " ", "?") + "?": "",
	} {
		err := SameFingerprint(p, typed)
		if detail == "" {
			if err != nil {
				t.Errorf("%q: %v", typed, err)
			}
			continue
		}
		e, ok := err.(*entente.Error)
		if !ok || !strings.HasPrefix(e.Detail, detail) || e.Hint == "" || errors.Is(err, entente.Unverified) != strings.Contains(detail, "differ") {
			t.Errorf("%q: got %v, want %s", typed, err, detail)
		}
	}
}
