package seal

import (
	"crypto/sha256"
	"testing"
	"time"

	"entente"
	"entente/parse"
)

// world is two parties of an agreement, and a third that is none.
type world struct {
	albia, borea, cadia member
}

type member struct {
	keys  Keys
	party entente.Party
}

func newWorld(t testing.TB) world {
	return world{newMember(t, "albia-ncc", "XA"), newMember(t, "borea-sls", "XB"), newMember(t, "cadia-fiu", "XC")}
}

// record is the member's descriptor as a store gives it.
func (m member) record() entente.PartyRecord {
	return entente.PartyRecord{Party: m.party, Edition: parse.EditionOf(m.party)}
}

func newMember(t testing.TB, id entente.PartyID, country entente.Country) member {
	k := seededKeys(t, id, "1")
	return member{k, entente.Party{
		ID: id, Edition: 1, Name: "Agency " + string(country) + " · Агентство", Country: country,
		Issued: day(2011, 1, 2), Keys: k.Public(), Endpoint: "https://" + string(id) + ".example:7443",
		Contacts: []entente.Contact{{Role: "duty desk", Phone: "+999 1 234", Email: "desk@" + string(id) + ".example", Hours: "24/7"}},
	}.Able()}
}

// seededKeys makes the same keys every time.
func seededKeys(t testing.TB, id entente.PartyID, generation string) Keys {
	t.Helper()
	seed := func(use string) []byte {
		s := sha256.Sum256([]byte("entente test key " + string(id) + " " + use + " " + generation))
		return s[:]
	}
	s, err := readSealKey(seed("seal"))
	if err != nil {
		t.Fatal(err)
	}
	a, err := newAuthority(id, seed("tls"))
	if err != nil {
		t.Fatal(err)
	}
	of := func(use string) key[pair] { return hide(newPair(seed(use))) }
	return Keys{
		Party: id, Identity: IdentityKey{of("identity")}, Message: MessageKey{of("message")},
		Ledger: LedgerKey{of("ledger")}, Seal: s, TLS: TLSKey{hide(a)},
	}
}

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

const messageID = "0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4b7"

// note is a small statement; most tests do not care what is said.
func noteStatement() entente.Statement {
	return entente.Statement{
		ID: messageID, Kind: entente.KindNote, Purpose: "terrorism-prevention", Precedence: entente.Priority,
		Caveats: entente.Caveats{TLP: entente.TLPAmberStrict, PAP: entente.PAPAmber, Onward: entente.OnwardOriginator, CourtUse: entente.CourtUseAsk},
		Note:    &entente.Note{Text: "Мы проверяем. We are checking."},
	}
}

// released lets a statement leave for a party.
func released(t testing.TB, s entente.Statement, to entente.PartyID) entente.Released {
	t.Helper()
	payload, err := parse.EncodeStatement(s)
	if err != nil {
		t.Fatal(err)
	}
	d := entente.Draft{ID: s.ID, Author: "boris.orlov", To: to, Agreement: "north-star", Statement: s, State: entente.DraftSubmitted, Payload: payload}
	r, err := entente.Release(d, entente.ReleaseRule{}, "vera.lind", d.Digest(), day(2011, 3, 4))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// header is the one that fits noteStatement from Borea to Albia.
func header() entente.Header {
	return entente.Header{
		Version: 1, ID: messageID, From: "borea-sls", To: "albia-ncc", Agreement: "north-star", Epoch: 1, Terms: entente.DigestOf([]byte(northStar)), Seq: 0,
		Class: entente.ClassDesk, Precedence: entente.Priority,
		Created: time.Date(2011, 3, 4, 9, 30, 0, 123456000, time.UTC), Expires: day(2011, 4, 3),
	}
}

// header is the same with the editions of both, as Seal fills it.
func (w world) header() entente.Header {
	h := header()
	h.FromEdition, h.ToEdition = w.borea.record().Edition, w.albia.record().Edition
	return h
}

// sealed is noteStatement on its way from Borea to Albia.
func (w world) sealed(t testing.TB) Sealed {
	t.Helper()
	s, err := Seal(released(t, noteStatement(), "albia-ncc"), header(), w.borea.keys.Message, w.borea.record(), w.albia.record())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// open is Albia opening what should come from Borea.
func (w world) open(envelope []byte) (Opened, error) {
	return Open(envelope, w.borea.record(), w.albia.record(), w.albia.keys.SealKeys()...)
}

// tamper tries every change of one byte, every cut and every insertion on a text
// that is signed, and reports each that is accepted.
func tamper(t *testing.T, what string, good []byte, changes func(byte) []byte, accepted func([]byte) bool) {
	t.Helper()
	if !accepted(good) {
		t.Fatalf("%s: not accepted as it is", what)
	}
	bad := 0
	report := func(format string, args ...any) {
		t.Helper()
		if bad++; bad < 10 {
			t.Errorf("%s: "+format, append([]any{what}, args...)...)
		}
	}
	b := make([]byte, len(good))
	for i := range good {
		copy(b, good)
		for _, c := range changes(good[i]) {
			if b[i] = c; c != good[i] && accepted(b) {
				report("accepted with byte %d changed from %q to %q", i, good[i], c)
			}
		}
	}
	for i := range good {
		if accepted(good[:i:i]) {
			report("accepted when cut to %d bytes", i)
		}
		for _, c := range []byte("\n A") {
			if accepted(append(append(append([]byte{}, good[:i]...), c), good[i:]...)) {
				report("accepted with %q inserted at %d", c, i)
			}
		}
	}
	for _, more := range []string{"\n", " ", "x", "\x00"} {
		if accepted(append(append([]byte{}, good...), more...)) {
			report("accepted with %q after it", more)
		}
	}
}

// some gives changes that matter: case, the high bit, a line's end, the
// neighbours (in base64, they may differ in bits that decode to nothing).
func some(c byte) []byte {
	return []byte{c ^ 0x20, c ^ 0x80, '\n', c + 1, c - 1}
}

// all gives every other byte.
func all(c byte) []byte {
	b := make([]byte, 0, 255)
	for i := range 256 {
		if byte(i) != c {
			b = append(b, byte(i))
		}
	}
	return b
}

// wants checks the kind and the reason of an error.
func wants(t *testing.T, what string, err, kind error, reason entente.Reason) {
	t.Helper()
	if got := entente.KindOf(err); got != kind {
		t.Errorf("%s: kind %v (%v), want %v", what, got, err, kind)
	}
	if got := entente.ReasonOf(err); got != reason {
		t.Errorf("%s: reason %q (%v), want %q", what, got, err, reason)
	}
}
