package seal

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"entente"
)

func TestPAE(t *testing.T) {
	for _, test := range []struct {
		context string
		parts   []string
		want    string
	}{
		{"", nil, "0 "},
		{"c", nil, "1 c"},
		{"c", []string{""}, "1 c 0 "},
		{"c", []string{"", ""}, "1 c 0  0 "},
		{"entente/1 x", []string{"hello world", "é"}, "11 entente/1 x 11 hello world 2 é"},
		{"c", []string{strings.Repeat("a", 1000)}, "1 c 1000 " + strings.Repeat("a", 1000)},
	} {
		var parts [][]byte
		for _, p := range test.parts {
			parts = append(parts, []byte(p))
		}
		if got := string(pae(test.context, parts...)); got != test.want {
			t.Errorf("pae(%q, %q) = %q, want %q", test.context, test.parts, got, test.want)
		}
	}
}

// No two lists of parts have the same encoding, even if the parts are made to
// look like lengths.
func TestPAEInjective(t *testing.T) {
	part := rapid.SliceOfN(rapid.SampledFrom([]byte("0123 a")), 0, 6)
	list := rapid.SliceOfN(part, 0, 4)
	rapid.Check(t, func(t *rapid.T) {
		a, b := list.Draw(t, "a"), list.Draw(t, "b")
		same := len(a) == len(b)
		for i := 0; same && i < len(a); i++ {
			same = string(a[i]) == string(b[i])
		}
		if (string(pae("c", a...)) == string(pae("c", b...))) != same {
			t.Errorf("%q and %q", a, b)
		}
	})
}

func TestSignVerify(t *testing.T) {
	w := newWorld(t)
	s := Sign(w.borea.keys.Message, "entente/1 courier", []byte("a"), []byte("b"))
	if err := Verify(w.borea.party, "entente/1 courier", s, []byte("a"), []byte("b")); err != nil {
		t.Error(err)
	}
	for what, err := range map[string]error{
		"another party":   Verify(w.albia.party, "entente/1 courier", s, []byte("a"), []byte("b")),
		"another context": Verify(w.borea.party, "entente/1 couriers", s, []byte("a"), []byte("b")),
		"another split":   Verify(w.borea.party, "entente/1 courier", s, []byte("ab"), nil),
		"a part less":     Verify(w.borea.party, "entente/1 courier", s, []byte("a")),
		"no descriptor":   Verify(entente.Party{}, "entente/1 courier", s, []byte("a"), []byte("b")),
		"no signature":    Verify(w.borea.party, "entente/1 courier", nil, []byte("a"), []byte("b")),
	} {
		wants(t, what, err, entente.Unverified, entente.ReasonSignature)
	}
}

// Sign must not be a way around Seal.
func TestSignRefusesContexts(t *testing.T) {
	w := newWorld(t)
	for _, context := range append([]string{"", "courier", "entente/2 courier"}, own...) {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("signed under %q", context)
				}
			}()
			Sign(w.borea.keys.Message, context)
		}()
	}
}
