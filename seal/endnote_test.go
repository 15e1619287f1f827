package seal

import (
	"strings"
	"testing"
	"time"

	"entente"
	"entente/parse"
)

// endNote is what a member's next edition says of its channel to another.
func endNote(next member, to entente.PartyID) entente.EndNote {
	return entente.EndNote{
		Channel: entente.Channel{Agreement: "north-star", From: next.party.ID, To: to},
		Edition: parse.EditionOf(next.party), Number: next.party.Edition, Size: 7, Root: entente.DigestOf([]byte("root")), Received: 4,
		At: next.party.Issued.Add(time.Hour),
	}
}

func signedEnd(t testing.TB, e entente.EndNote, consent, by LedgerKey) entente.EndNote {
	t.Helper()
	signed, err := SignEndNote(e, consent, by)
	if err != nil {
		t.Fatal(err)
	}
	return signed
}

func TestEndNote(t *testing.T) {
	w := newWorld(t)
	next := w.borea.next(t)
	editions := []entente.Party{w.borea.party, next.party}
	for _, consent := range []LedgerKey{w.borea.keys.Ledger, {}} {
		e := signedEnd(t, endNote(next, "albia-ncc"), consent, next.keys.Ledger)
		got, err := OpenEndNote(e.Text, editions)
		if err != nil {
			t.Fatal(err)
		}
		if got.Consent != !consent.IsZero() || got.Size != 7 || got.Received != 4 || got.Number != 2 || string(got.Text) != string(e.Text) {
			t.Errorf("got %+v", got)
		}
	}
	// A change that keeps the ledger key has one line, which is consent, too.
	same := next
	same.keys.Ledger = w.borea.keys.Ledger
	same.party.Keys = same.keys.Public()
	e := signedEnd(t, endNote(same, "albia-ncc"), w.borea.keys.Ledger, same.keys.Ledger)
	if got, err := OpenEndNote(e.Text, []entente.Party{w.borea.party, same.party}); err != nil || !got.Consent || strings.Count(string(e.Text), "— ") != 1 {
		t.Errorf("with the same ledger key: %+v, %v", got, err)
	}
}

func TestEndNoteTampered(t *testing.T) {
	w := newWorld(t)
	next := w.borea.next(t)
	e := signedEnd(t, endNote(next, "albia-ncc"), w.borea.keys.Ledger, next.keys.Ledger)
	changes := all
	if testing.Short() {
		changes = some
	}
	tamper(t, "end note", e.Text, changes, func(b []byte) bool {
		_, err := OpenEndNote(b, []entente.Party{w.borea.party, next.party})
		return err == nil
	})
	// The consent line can be taken off, never added: without it a person is asked.
	text, lines := splitNote(e.Text)
	two := strings.SplitAfter(string(lines), "\n")
	got, err := OpenEndNote([]byte(string(text)+"\n"+two[1]), []entente.Party{w.borea.party, next.party})
	if err != nil || got.Consent {
		t.Errorf("without the consent line: %+v, %v", got, err)
	}
}

func TestSignEndNoteRefuses(t *testing.T) {
	w := newWorld(t)
	next := w.borea.next(t)
	if _, err := SignEndNote(endNote(next, "albia-ncc"), LedgerKey{}, LedgerKey{}); entente.KindOf(err) != entente.Invalid {
		t.Errorf("without a key: %v", err)
	}
	bad := endNote(next, "albia-ncc")
	bad.Number = 1
	if _, err := SignEndNote(bad, LedgerKey{}, next.keys.Ledger); entente.KindOf(err) != entente.Invalid {
		t.Errorf("for a first edition: %v", err)
	}
	if _, err := OpenEndNote(make([]byte, MaxEndNote+1), nil); entente.ReasonOf(err) != entente.ReasonTooLarge {
		t.Errorf("too large: %v", err)
	}
}

func FuzzEndNote(f *testing.F) {
	w := newWorld(f)
	next := w.borea.next(f)
	editions := []entente.Party{w.borea.party, next.party}
	for _, consent := range []LedgerKey{w.borea.keys.Ledger, {}} {
		f.Add(signedEnd(f, endNote(next, "albia-ncc"), consent, next.keys.Ledger).Text)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		e, err := OpenEndNote(b, editions)
		if err == nil && string(e.Text) != string(b) {
			t.Error("another text came out")
		}
	})
}

// endVectors are the end notes of Borea, whose editions stand beside them.
type endVectors struct {
	About    string      `json:"about"`
	Editions []string    `json:"editions"` // descriptors, oldest first
	Accepted []endVector `json:"accepted"`
	Refused  []endVector `json:"refused"`
}

type endVector struct {
	What    string `json:"what"`
	Note    string `json:"note"`
	Known   int    `json:"known,omitempty"` // how many of the editions are known; 0: all
	Consent bool   `json:"consent,omitempty"`
	Reason  string `json:"reason,omitempty"`
	Field   string `json:"field,omitempty"`
}

func makeEndVectors(t *testing.T, w world) endVectors {
	two := w.borea.next(t)
	four := member{seededKeys(t, "borea-sls", "4"), two.party}
	four.keys.Identity = two.keys.Identity
	four.party.Edition, four.party.Keys, four.party.Issued = 4, four.keys.Public(), two.party.Issued.AddDate(1, 0, 0)
	editions := []entente.Party{w.borea.party, two.party, four.party}
	v := endVectors{
		About: "End notes of borea-sls. The edition that a note names must be known; the one before it in the list consents. docs/protocol.md, Succession of keys.",
		Editions: []string{
			string(descriptor(t, w.borea.party, w.borea.keys)),
			string(descriptor(t, two.party, two.keys, w.borea.keys.Identity)),
			string(descriptor(t, four.party, four.keys)),
		},
	}
	plain := endNote(two, "albia-ncc")
	empty, stolen, gap, less := plain, plain, endNote(four, "albia-ncc"), endNote(four, "albia-ncc")
	empty.Size, empty.Root, empty.Received = 0, entente.DigestOf(nil), 0
	stolen.HasStolen, stolen.Stolen = true, plain.At.Add(-time.Minute)
	less.Size, less.Root = 3, entente.DigestOf([]byte("another root"))
	one, both := w.borea.keys.Ledger, two.keys.Ledger
	sign := func(e entente.EndNote, consent, by LedgerKey) string {
		return string(signedEnd(t, e, consent, by).Text)
	}
	good := sign(plain, one, both)
	text, lines := splitNote([]byte(good))
	line := strings.SplitAfter(string(lines), "\n")
	v.Accepted = []endVector{
		{What: "with consent", Note: good, Consent: true},
		{What: "of a channel without records", Note: sign(empty, one, both), Consent: true},
		{What: "without consent: a person accepts it first", Note: sign(plain, LedgerKey{}, both)},
		{What: "stolen keys, without consent", Note: sign(stolen, LedgerKey{}, both)},
		{What: "stolen keys, with consent: a person accepts it all the same", Note: sign(stolen, one, both), Consent: true},
		{What: "an edition whose number leaves a gap", Note: sign(gap, both, four.keys.Ledger), Consent: true},
		{What: "it contradicts the end note of edition 2: the newest decides", Note: sign(less, LedgerKey{}, four.keys.Ledger)},
	}
	raw := func(s string) string {
		b, err := signNote([]byte(s), newNoteSigner("borea-sls/ledger", one.key), newNoteSigner("borea-sls/ledger", both.key))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	named := func(name string, k key[pair]) string {
		b, err := signNote(text, newNoteSigner(name, k))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	change := func(old, new string) string { return raw(strings.Replace(string(text), old, new, 1)) }
	early := plain
	early.At = w.borea.party.Issued.Add(-time.Second)
	v.Refused = []endVector{
		{What: "the edition that it names is not known: it can be judged later", Note: good, Known: 1},
		{What: "signed by the old key alone", Note: string(text) + "\n" + line[0]},
		{What: "the lines in the wrong order", Note: string(text) + "\n" + line[1] + line[0]},
		{What: "a line twice", Note: good + line[1]},
		{What: "consent by an edition that is not the one before", Note: sign(gap, one, four.keys.Ledger)},
		{What: "signed by the message key", Note: named("borea-sls/ledger", two.keys.Message.key)},
		{What: "signed under another name", Note: named("borea-sls", both.key)},
		{What: "a changed text", Note: strings.Replace(good, "size: 7", "size: 8", 1)},
		{What: "of the channel of another party, well signed", Note: change("/borea-sls/albia-ncc", "/cadia-fiu/albia-ncc")},
		{What: "the number of another edition, well signed", Note: change("number: 2", "number: 3")},
		{What: "size 0 with a root, well signed", Note: change("size: 7", "size: 0")},
		{What: "stolen after it was signed, well signed", Note: change("stolen: ", "stolen: 2013-01-01T00:00:00Z")},
		{What: "signed before the edition that it ends was issued", Note: sign(early, one, both)},
		{What: "another form of a number, well signed", Note: change("size: 7", "size: 07")},
		{What: "a line more, well signed", Note: raw(string(text) + "more: 1\n")},
	}
	for i := range v.Accepted {
		a := &v.Accepted[i]
		if e, err := OpenEndNote([]byte(a.Note), editions); err != nil || e.Consent != a.Consent {
			t.Errorf("%s: %v, consent %v", a.What, err, e.Consent)
		}
	}
	for i := range v.Refused {
		r := &v.Refused[i]
		known := editions
		if r.Known > 0 {
			known = editions[:r.Known]
		}
		_, err := OpenEndNote([]byte(r.Note), known)
		e, ok := err.(*entente.Error)
		if !ok {
			t.Errorf("%s: accepted", r.What)
			continue
		}
		r.Reason, r.Field = string(e.Reason), e.Field
	}
	return v
}
