package ledger_test

import (
	"strconv"
	"strings"
	"testing"

	"entente"
	"entente/ledger"

	f_log "github.com/transparency-dev/formats/log"
	"golang.org/x/mod/sumdb/note"
)

// changed calls f with every text that differs from b in one byte or is cut
// short, and names it.
func changed(b []byte, f func(what string, b []byte)) {
	for i := range b {
		for _, x := range []byte{0x01, 0x20, 0x80} {
			c := append([]byte(nil), b...)
			c[i] ^= x
			f("byte "+strconv.Itoa(i)+" ^ "+strconv.Itoa(int(x)), c)
		}
		f("cut to "+strconv.Itoa(i), b[:i])
	}
	f("one byte more", append(append([]byte(nil), b...), '\n'))
}

func aCheckpoint(t testing.TB) []byte {
	return send(t, newMemory(), envelopes(0, 11)...)[10]
}

func TestEveryChangeOfACheckpointIsRefused(t *testing.T) {
	text := aCheckpoint(t)
	if _, err := ledger.OpenCheckpoint(text, origin, borea.Party); err != nil {
		t.Fatal(err)
	}
	changed(text, func(what string, b []byte) {
		if _, err := ledger.OpenCheckpoint(b, origin, borea.Party); entente.ReasonOf(err) != entente.ReasonCheckpoint {
			t.Errorf("%s: %v", what, err)
		}
	})
}

// noteKeys makes note keys of an agency's ledger key with the reference
// implementation of signed notes.
func noteKeys(t testing.TB, a agency) (note.Signer, note.Verifier, string) {
	t.Helper()
	vkey, err := note.NewEd25519VerifierKey(a.name(), a.Keys.Ledger)
	if err != nil {
		t.Fatal(err)
	}
	v, err := note.NewVerifier(vkey)
	if err != nil {
		t.Fatal(err)
	}
	return &noteSigner{v, a}, v, vkey
}

type noteSigner struct {
	note.Verifier
	a agency
}

func (s *noteSigner) Sign(msg []byte) ([]byte, error) { return s.a.key.Sign(nil, msg, cryptoNone) }

// signText signs any text as a note of Borea's ledger key, then of others.
func signText(t testing.TB, text string, by ...note.Signer) []byte {
	t.Helper()
	s, _, _ := noteKeys(t, borea)
	b, err := note.Sign(&note.Note{Text: text}, append([]note.Signer{s}, by...)...)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Well signed is not enough: the text has one form.
func TestACheckpointHasOneForm(t *testing.T) {
	root := "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
	stranger, _, _ := noteKeys(t, cadia)
	again, _, _ := noteKeys(t, borea)
	if _, err := ledger.OpenCheckpoint(signText(t, origin+"\n7\n"+root+"\n"), origin, borea.Party); err != nil {
		t.Fatal(err)
	}
	double := signText(t, origin+"\n7\n"+root+"\n", again)
	for name, b := range map[string][]byte{
		"a leading zero":         signText(t, origin+"\n07\n"+root+"\n"),
		"a plus sign":            signText(t, origin+"\n+7\n"+root+"\n"),
		"an empty tree":          signText(t, origin+"\n0\n"+root+"\n"),
		"a negative size":        signText(t, origin+"\n-1\n"+root+"\n"),
		"a size past all bounds": signText(t, origin+"\n9223372036854775807\n"+root+"\n"),
		"no size":                signText(t, origin+"\n\n"+root+"\n"),
		"an extension line":      signText(t, origin+"\n7\n"+root+"\nextension\n"),
		"no root":                signText(t, origin+"\n7\n"),
		"a short root":           signText(t, origin+"\n7\n47DEQpj8HBSa+/TImW+5JA==\n"),
		"unused bits of base64":  signText(t, origin+"\n7\n"+strings.Replace(root, "U=", "V=", 1)+"\n"),
		"no origin":              signText(t, "\n7\n"+root+"\n"),
		"a stranger's signature": signText(t, origin+"\n7\n"+root+"\n", stranger),
		"a signature twice":      append(double, double[len(double)-len("— "+borea.name()+" ")-93:]...),
		"too long":               signText(t, strings.Repeat("o", ledger.MaxCheckpoint)+"\n7\n"+root+"\n"),
	} {
		if c, err := ledger.OpenCheckpoint(b, origin, borea.Party); entente.ReasonOf(err) != entente.ReasonCheckpoint {
			t.Errorf("%s: got %+v, %v", name, c, err)
		}
	}
}

// The reference implementations read what we sign.
func TestCheckpointsAreC2SP(t *testing.T) {
	_, v, _ := noteKeys(t, borea)
	text := aCheckpoint(t)
	c, _, n, err := f_log.ParseCheckpoint(text, origin, v)
	if err != nil || len(n.Sigs) != 1 {
		t.Fatalf("%v, %v", n, err)
	}
	if want := treeRoot(t, envelopes(0, 11)); c.Size != 11 || entente.Digest(c.Hash) != want {
		t.Errorf("size %d, root %x, want 11, %v", c.Size, c.Hash, want)
	}
}
