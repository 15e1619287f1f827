package seal

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"entente"
)

const northStar = `entente = "agreement/1"
id = "north-star"
epoch = 1
parties = ["albia-ncc", "borea-sls"]
objective = "Prevent attacks on people by the groups in schedule A."
from = 2011-01-01
until = 2013-12-31
purposes = ["threat-to-life", "terrorism-prevention"]

[scope]
tip = 'message.category == "attack-planning"'

[deadline]
acknowledge = { FLASH = "1h", ROUTINE = "72h" }
dispose = "30d"
`

// signed is North Star with the signatures of those parties, gathered in that order.
func (w world) signed(t testing.TB, by ...member) []byte {
	t.Helper()
	note := []byte(northStar)
	for _, m := range by {
		var err error
		if note, err = SignAgreement(note, m.party.ID, m.keys.Identity); err != nil {
			t.Fatal(err)
		}
	}
	return note
}

// directory gives the parties of the world by id, and counts nobody else.
func (w world) directory(id entente.PartyID) (entente.Party, error) {
	for _, m := range []member{w.albia, w.borea} {
		if m.party.ID == id {
			return m.party, nil
		}
	}
	return entente.Party{}, &entente.Error{Kind: entente.NotFound, Detail: "no such party"}
}

func TestAgreementSigned(t *testing.T) {
	w := newWorld(t)
	one := w.signed(t, w.borea)
	r, err := OpenAgreement(one, w.directory)
	if err != nil {
		t.Fatal(err)
	}
	if r.Complete || !slices.Equal(r.Signed, []entente.PartyID{"borea-sls"}) {
		t.Errorf("with one signature: complete %v, signed %v", r.Complete, r.Signed)
	}
	both := w.signed(t, w.borea, w.albia)
	r, err = OpenAgreement(both, w.directory)
	if err != nil {
		t.Fatal(err)
	}
	if !r.Complete || !slices.Equal(r.Signed, []entente.PartyID{"albia-ncc", "borea-sls"}) {
		t.Errorf("with both signatures: complete %v, signed %v", r.Complete, r.Signed)
	}
	if string(r.Agreement.Text) != northStar || !bytes.Equal(r.Note, both) {
		t.Error("the text is not the one that was signed")
	}
	if !bytes.Equal(both, w.signed(t, w.albia, w.borea)) {
		t.Error("the note depends on who signed first")
	}
	if again := w.signed(t, w.albia, w.borea, w.albia); !bytes.Equal(both, again) {
		t.Error("to sign twice changes the note")
	}
}

func TestAgreementTampered(t *testing.T) {
	w := newWorld(t)
	open := func(b []byte) bool { _, err := OpenAgreement(b, w.directory); return err == nil }
	both := w.signed(t, w.albia, w.borea)
	one := w.signed(t, w.albia)
	tamper(t, "agreement", both, some, func(b []byte) bool {
		// Cut after the first signature it is what Albia signed, and says so.
		return !bytes.Equal(b, one) && open(b)
	})
	tamper(t, "agreement signed by one", one, some, open)
}

func TestAgreementSignatures(t *testing.T) {
	w := newWorld(t)
	both := w.signed(t, w.albia, w.borea)
	text, rest := splitNote(both)
	lines := strings.SplitAfter(string(rest), "\n")
	a, b := lines[0], lines[1]
	_, other := splitNote(signWith(t, text, "albia-ncc", w.cadia.keys.Identity))
	_, third := splitNote(signWith(t, text, "cadia-fiu", w.cadia.keys.Identity))
	_, old := splitNote(signWith(t, []byte(strings.Replace(northStar, "epoch = 1", "epoch = 2", 1)), "albia-ncc", w.albia.keys.Identity))
	for _, test := range []struct {
		what, lines, says string
		kind              error
	}{
		{"nobody", "", "nobody has signed", entente.Unverified},
		{"twice the same", a + a + b, "albia-ncc stands twice", entente.Invalid},
		{"the wrong order", b + a, "albia-ncc stands twice or not in the order", entente.Invalid},
		{"somebody who is no party", a + b + string(third), "cadia-fiu", entente.Unverified},
		{"another key under the name", string(other) + b, "albia-ncc", entente.Unverified},
		{"two keys under the name", a + string(other) + b, "albia-ncc stands twice", entente.Invalid},
		{"a signature of another text", string(old) + b, "albia-ncc", entente.Unverified},
		{"a name that is long", "— " + strings.Repeat("x", 9000) + " AAAAAAAA\n", "somebody", entente.Unverified},
		{"a line that is none", a + "hello\n", "not a signed note", entente.Invalid},
		{"base64 with stray bits", a[:len(a)-3] + "B=\n", "", nil},
	} {
		note := string(text) + "\n" + test.lines
		if test.lines == "" {
			note = string(text)
		}
		_, err := OpenAgreement([]byte(note), w.directory)
		if err == nil || test.kind != nil && entente.KindOf(err) != test.kind || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %v, want it to say %q", test.what, err, test.says)
		}
	}
}

// signWith makes a note of one signature, whoever may make it.
func signWith(t testing.TB, text []byte, name string, k IdentityKey) []byte {
	t.Helper()
	b, err := signNote(text, newNoteSigner(name, k.key))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestAgreementUnknownParty(t *testing.T) {
	w := newWorld(t)
	note := w.signed(t, w.albia, w.borea)
	_, err := OpenAgreement(note, func(id entente.PartyID) (entente.Party, error) {
		if id == "borea-sls" {
			return entente.Party{}, &entente.Error{Kind: entente.NotFound, Detail: "no such party"}
		}
		return w.albia.party, nil
	})
	if entente.KindOf(err) != entente.Unverified || !strings.Contains(err.Error(), "borea-sls") {
		t.Errorf("without the descriptor of a signer: %v", err)
	}
	_, err = OpenAgreement(note, func(entente.PartyID) (entente.Party, error) {
		return entente.Party{}, &entente.Error{Kind: entente.Unavailable, Detail: "the disk is slow"}
	})
	if entente.KindOf(err) != entente.Unavailable {
		t.Errorf("when descriptors cannot be read: %v", err)
	}
	_, err = OpenAgreement(note, func(entente.PartyID) (entente.Party, error) { return w.albia.party, nil })
	if entente.KindOf(err) != entente.Unverified {
		t.Errorf("when the descriptor of another comes back: %v", err)
	}
}

// What was signed under an identity key stays signed when the key changes.
func TestAgreementAfterRotation(t *testing.T) {
	w := newWorld(t)
	note := w.signed(t, w.albia, w.borea)
	keys, err := Rotate(w.borea.keys, "identity")
	if err != nil {
		t.Fatal(err)
	}
	next := w.borea.party
	next.Edition, next.Keys = 2, keys.Public()
	newest := func(id entente.PartyID) (entente.Party, error) {
		if id == next.ID {
			return next, nil
		}
		return w.directory(id)
	}
	if _, err := OpenAgreement(note, newest); entente.KindOf(err) != entente.Unverified {
		t.Errorf("by the newest edition alone: %v", err)
	}
	all := func(id entente.PartyID) ([]entente.Party, error) {
		if id == next.ID {
			return []entente.Party{w.borea.party, w.borea.party, next}, nil
		}
		p, err := w.directory(id)
		return []entente.Party{p}, err
	}
	r, err := OpenAgreementEditions(note, all)
	if err != nil || !r.Complete {
		t.Errorf("by all editions: %v", err)
	}
	if _, err := SignAgreement(note, "borea-sls", keys.Identity); entente.KindOf(err) != entente.Conflict {
		t.Errorf("to sign with a second key: %v", err)
	}
}

func TestSignAgreementRefuses(t *testing.T) {
	w := newWorld(t)
	for _, test := range []struct {
		what, note string
		party      entente.PartyID
		by         IdentityKey
		kind       error
	}{
		{"a stranger", northStar, "cadia-fiu", w.cadia.keys.Identity, entente.Denied},
		{"no key", northStar, "albia-ncc", IdentityKey{}, entente.Invalid},
		{"a text that is none", "hello\n", "albia-ncc", w.albia.keys.Identity, entente.Invalid},
		{"nothing", "", "albia-ncc", w.albia.keys.Identity, entente.Invalid},
		{"lines of strangers", northStar + "\n— cadia-fiu AAAAAAAA\n", "albia-ncc", w.albia.keys.Identity, entente.Unverified},
		{"too much", strings.Repeat("#", maxAgreementNote) + "\n", "albia-ncc", w.albia.keys.Identity, entente.Invalid},
	} {
		if _, err := SignAgreement([]byte(test.note), test.party, test.by); entente.KindOf(err) != test.kind {
			t.Errorf("%s: %v", test.what, err)
		}
	}
	if _, err := OpenAgreement([]byte(strings.Repeat("#", maxAgreementNote)+"\n"), w.directory); entente.ReasonOf(err) != entente.ReasonTooLarge {
		t.Errorf("too much to open: %v", err)
	}
}

func TestAgreementErrorNamesLine(t *testing.T) {
	w := newWorld(t)
	bad := strings.Replace(northStar, "epoch = 1", "epoch = 0", 1)
	_, err := SignAgreement([]byte(bad), "albia-ncc", w.albia.keys.Identity)
	e, ok := errors.AsType[*entente.Error](err)
	if !ok || e.Field != "epoch" || !strings.Contains(e.Detail, "line 3") {
		t.Errorf("got %v", err)
	}
}
