package seal

import (
	"bytes"
	"crypto/ed25519"
	"crypto/x509"
	"errors"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"entente"
	"entente/parse"
)

func descriptor(t testing.TB, p entente.Party, by ...IdentityKey) []byte {
	t.Helper()
	b, err := SignParty(p, by...)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestDescriptor(t *testing.T) {
	w := newWorld(t)
	b := descriptor(t, w.borea.party, w.borea.keys.Identity)
	p, err := OpenParty(b, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(parse.FormatParty(p), parse.FormatParty(w.borea.party)) {
		t.Errorf("another descriptor came out: %+v", p)
	}
	v, err := note.NewEd25519VerifierKey("borea-sls", w.borea.party.Keys.Identity)
	if err != nil {
		t.Fatal(err)
	}
	verifier, err := note.NewVerifier(v)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := note.Open(b, note.VerifierList(verifier)); err != nil {
		t.Errorf("other software for signed notes does not read it: %v", err)
	}
}

func TestDescriptorTampered(t *testing.T) {
	w := newWorld(t)
	b := descriptor(t, w.borea.party, w.borea.keys.Identity)
	tamper(t, "first descriptor", b, some, func(b []byte) bool { _, err := OpenParty(b, nil); return err == nil })

	next := w.borea.party
	next.Edition, next.Keys.Identity = 2, seededKeys(t, "borea-sls", "2").Identity.Public()
	b = descriptor(t, next, w.borea.keys.Identity, seededKeys(t, "borea-sls", "2").Identity)
	_, lines := splitNote(b)
	text := len(b) - len(lines)
	tamper(t, "signatures of a successor", lines, some, func(lines []byte) bool {
		_, err := OpenParty(append(b[:text:text], lines...), &w.borea.party)
		return err == nil
	})
}

// Four editions, each signed as its change demands.
func TestRotationChain(t *testing.T) {
	w := newWorld(t)
	keys, p := w.borea.keys, w.borea.party
	if _, err := OpenParty(descriptor(t, p, keys.Identity), nil); err != nil {
		t.Fatal(err)
	}
	for _, what := range [][]string{{"seal", "message"}, {"identity"}, {"identity", "ledger", "tls"}, {}} {
		old, previous := keys, p
		var err error
		if keys, err = Rotate(keys, what...); err != nil {
			t.Fatal(err)
		}
		p.Edition, p.Keys, p.Issued = p.Edition+1, keys.Public(), p.Issued.Add(time.Hour)
		by := []IdentityKey{keys.Identity}
		if !keys.Identity.Public().Equal(old.Identity.Public()) {
			by = []IdentityKey{keys.Identity, old.Identity} // the order of the arguments does not matter
		}
		b := descriptor(t, p, by...)
		got, err := OpenParty(b, &previous)
		if err != nil {
			t.Fatalf("edition %d: %v", p.Edition, err)
		}
		if got.Edition != p.Edition || !got.Keys.Identity.Equal(keys.Identity.Public()) {
			t.Fatalf("edition %d: another came out", p.Edition)
		}
		if len(by) == 2 {
			if _, err := OpenParty(b, nil); err == nil {
				t.Errorf("edition %d: accepted as an introduction with a second signature", p.Edition)
			}
			alone, err := Introduce(b)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := OpenParty(alone, nil); err != nil {
				t.Errorf("edition %d: not accepted as an introduction: %v", p.Edition, err)
			}
			if _, err := OpenParty(alone, &previous); err == nil {
				t.Errorf("edition %d: accepted without the signature of the old key", p.Edition)
			}
		}
	}
}

func TestIntroduceOwnAlone(t *testing.T) {
	w := newWorld(t)
	b := descriptor(t, w.borea.party, w.borea.keys.Identity)
	if alone, err := Introduce(b); err != nil || !bytes.Equal(alone, b) {
		t.Errorf("a note with one signature does not stay as it is: %v", err)
	}
	if _, err := Introduce(b[:len(b)-9]); err == nil {
		t.Error("a note that is cut is introduced")
	}
	if _, err := Introduce(nil); err == nil {
		t.Error("nothing is introduced")
	}
}

func TestSuccessorRefused(t *testing.T) {
	w := newWorld(t)
	previous, keys := w.borea.party, w.borea.keys
	newer := seededKeys(t, "borea-sls", "2")
	stranger := seededKeys(t, "borea-sls", "3")
	change := func(f func(*entente.Party)) entente.Party {
		p := previous
		p.Edition = 2
		f(&p)
		return p
	}
	same := change(func(*entente.Party) {})
	moved := change(func(p *entente.Party) { p.Keys.Identity = newer.Identity.Public() })
	for _, test := range []struct {
		what string
		note []byte
		kind error
	}{
		{"the same edition", descriptor(t, previous, keys.Identity), entente.Invalid},
		{"an edition left out", descriptor(t, change(func(p *entente.Party) { p.Edition = 3 }), keys.Identity), entente.Invalid},
		{"an earlier edition", descriptor(t, change(func(p *entente.Party) { p.Edition = 1 }), keys.Identity), entente.Invalid},
		{"another party", descriptor(t, change(func(p *entente.Party) { p.ID = "borea-slt" }), keys.Identity), entente.Invalid},
		{"issued before", descriptor(t, change(func(p *entente.Party) { p.Issued = p.Issued.Add(-time.Second) }), keys.Identity), entente.Invalid},
		{"a new key by itself", descriptor(t, moved, newer.Identity), entente.Unverified},
		{"a new key vouched for by a stranger", descriptor(t, moved, stranger.Identity, newer.Identity), entente.Unverified},
		{"the old key vouched for by a stranger", descriptor(t, same, stranger.Identity, keys.Identity), entente.Unverified},
	} {
		_, err := OpenParty(test.note, &previous)
		if got := entente.KindOf(err); got != test.kind {
			t.Errorf("%s: %v (%v), want %v", test.what, got, err, test.kind)
		}
	}
	swapped := descriptor(t, moved, keys.Identity, newer.Identity)
	text, lines := splitNote(swapped)
	two := strings.SplitAfter(string(lines), "\n")
	if _, err := OpenParty([]byte(string(text)+"\n"+two[1]+two[0]), &previous); err == nil {
		t.Error("accepted with the signatures in the wrong order")
	}
	if _, err := OpenParty([]byte(string(text)+"\n"+two[0]), &previous); err == nil {
		t.Error("accepted without the signature of the new key")
	}
}

func TestSignPartyRefuses(t *testing.T) {
	w := newWorld(t)
	p, k := w.borea.party, w.borea.keys
	forged := p
	forged.Keys.Message = make(ed25519.PublicKey, 32)
	twice := p
	twice.Keys.Ledger = p.Keys.Message
	unsealable := p
	unsealable.Keys.Seal = bytes.Repeat([]byte{0xff}, 1216)
	foreignRoot := p
	foreignRoot.Keys.TLSRoot = w.albia.party.Keys.TLSRoot
	for _, test := range []struct {
		what  string
		party entente.Party
		by    []IdentityKey
	}{
		{"nobody", p, nil},
		{"an absent key", p, []IdentityKey{{}}},
		{"a stranger", p, []IdentityKey{w.albia.keys.Identity}},
		{"three keys", p, []IdentityKey{k.Identity, w.albia.keys.Identity, w.cadia.keys.Identity}},
		{"the same key twice", p, []IdentityKey{k.Identity, k.Identity}},
		{"a key of small order", forged, []IdentityKey{k.Identity}},
		{"a key with two uses", twice, []IdentityKey{k.Identity}},
		{"a seal key that is none", unsealable, []IdentityKey{k.Identity}},
	} {
		if _, err := SignParty(test.party, test.by...); entente.KindOf(err) != entente.Invalid {
			t.Errorf("%s: %v", test.what, err)
		}
	}
	// Roots say a name, but the descriptor says whose they are.
	if _, err := SignParty(foreignRoot, k.Identity); err != nil {
		t.Errorf("a root with another name: %v", err)
	}
}

// What SignParty would not sign can still arrive, well signed.
func TestOpenPartyRefusesKeys(t *testing.T) {
	w := newWorld(t)
	k := w.borea.keys.Identity
	leaf := *w.borea.keys.TLS.Root()
	other := seededKeys(t, "borea-sls", "2").TLS
	notOwn, err := x509.CreateCertificate(nil, &leaf, &leaf, other.m().pair.public(), w.borea.keys.TLS.Signer())
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		field  string
		change func(*entente.PartyKeys)
	}{
		{"keys.message", func(k *entente.PartyKeys) { k.Message = smallOrderY[2][:] }},
		{"keys.ledger", func(k *entente.PartyKeys) { k.Ledger = smallOrderY[1][:] }},
		{"keys.seal", func(k *entente.PartyKeys) { k.Seal = bytes.Repeat([]byte{0xff}, 1216) }},
		{"keys.tls-root", func(k *entente.PartyKeys) { k.TLSRoot = notOwn }},
	} {
		p := w.borea.party
		test.change(&p.Keys)
		_, err := OpenParty(signWith(t, parse.FormatParty(p), "borea-sls", k), nil)
		e, ok := errors.AsType[*entente.Error](err)
		if !ok || e.Kind != entente.Invalid || e.Field != test.field {
			t.Errorf("%s: %v", test.field, err)
		}
	}
	huge := w.borea.party
	huge.Name = strings.Repeat("x", maxNote)
	if _, err := OpenParty(signWith(t, parse.FormatParty(huge), "borea-sls", k), nil); entente.ReasonOf(err) != entente.ReasonTooLarge {
		t.Errorf("too large: %v", err)
	}
}

func TestFingerprint(t *testing.T) {
	p := entente.Party{ID: "albia-ncc", Keys: entente.PartyKeys{Identity: ed25519.NewKeyFromSeed(make([]byte, 32)).Public().(ed25519.PublicKey)}}
	const want = "AWFS VCZE EF82 92QH ZGYP DMZ1 5M4W WCHC" // computed apart from this program
	if got := Fingerprint(p); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	q := p
	q.ID = "albia-ncd"
	if Fingerprint(q) == want {
		t.Error("the id does not count")
	}
	r := p
	r.Name, r.Edition = "another", 7
	if Fingerprint(r) != want {
		t.Error("more than the id and the identity key counts")
	}
}

// With a key of small order, one signature holds for many texts: whoever
// published it could say that he signed another. Nothing but the refusal of such
// keys stops that, as this forgery shows for each of them.
func TestSmallOrderKeysForge(t *testing.T) {
	for _, y := range smallOrderY {
		for _, sign := range []byte{0, 0x80} {
			public := bytes.Clone(y[:])
			public[31] |= sign
			if !smallOrder(public) {
				t.Fatalf("%x is not recognised", public)
			}
			if forgeries(public) < 2 {
				t.Errorf("%x: no signature was forged: is it one of small order?", public)
			}
		}
	}
	for range 100 {
		if smallOrder(freshPair().m().public()) {
			t.Fatal("a fresh key is taken for one of small order")
		}
	}
}

// forgeries counts texts for which a signature can be made without a private
// key: S is zero and R is tried from the points of small order.
func forgeries(public ed25519.PublicKey) int {
	n := 0
	for text := range byte(20) {
		for _, r := range smallOrderY {
			signature := append(bytes.Clone(r[:]), make([]byte, 32)...)
			if ed25519.Verify(public, []byte{text}, signature) {
				n++
				break
			}
		}
	}
	return n
}
