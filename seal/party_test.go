package seal

import (
	"bytes"
	"crypto/ed25519"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"strings"
	"testing"
	"time"

	"filippo.io/edwards25519"
	"golang.org/x/mod/sumdb/note"

	"entente"
	"entente/parse"
)

func descriptor(t testing.TB, p entente.Party, k Keys, before ...IdentityKey) []byte {
	t.Helper()
	b, err := SignParty(p, k, before...)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestDescriptor(t *testing.T) {
	w := newWorld(t)
	b := descriptor(t, w.borea.party, w.borea.keys)
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
	b := descriptor(t, w.borea.party, w.borea.keys)
	tamper(t, "first descriptor", b, some, func(b []byte) bool { _, err := OpenParty(b, nil); return err == nil })

	next := w.borea.next(t)
	b = descriptor(t, next.party, next.keys, w.borea.keys.Identity)
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
	if _, err := OpenParty(descriptor(t, p, keys), nil); err != nil {
		t.Fatal(err)
	}
	for _, what := range [][]string{{"seal", "message"}, {"identity"}, {"identity", "ledger", "tls"}, {}} {
		old, previous := keys, p
		var err error
		if keys, err = Rotate(keys, what...); err != nil {
			t.Fatal(err)
		}
		p.Edition, p.Keys, p.Issued = p.Edition+1, keys.Public(), p.Issued.Add(time.Hour)
		var before []IdentityKey
		if !keys.Identity.Public().Equal(old.Identity.Public()) {
			before = append(before, old.Identity)
		}
		b := descriptor(t, p, keys, before...)
		got, err := OpenParty(b, &previous)
		if err != nil {
			t.Fatalf("edition %d: %v", p.Edition, err)
		}
		if got.Edition != p.Edition || !got.Keys.Identity.Equal(keys.Identity.Public()) {
			t.Fatalf("edition %d: another came out", p.Edition)
		}
		if len(before) == 1 {
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
	b := descriptor(t, w.borea.party, w.borea.keys)
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

// successions is a party, editions that may follow its own, and editions that may
// not.
type successions struct {
	previous          entente.Party
	accepted, refused []succession
}

type succession struct {
	what string
	note []byte
	kind error // of what is refused
}

func newSuccessions(t testing.TB, w world) successions {
	previous, keys := w.borea.party, w.borea.keys
	next := w.borea.next(t)
	stranger := seededKeys(t, "borea-sls", "3")
	change := func(p entente.Party, f func(*entente.Party)) entente.Party {
		p.Edition = 2
		f(&p)
		return p
	}
	same := change(previous, func(*entente.Party) {})
	apart := next.keys
	apart.Message = stranger.Message
	return successions{previous, []succession{
		{what: "the same keys", note: descriptor(t, same, keys)},
		{what: "editions left out", note: descriptor(t, change(previous, func(p *entente.Party) { p.Edition = 7 }), keys)},
		{what: "all keys new", note: descriptor(t, next.party, next.keys, keys.Identity)},
		{what: "a successor named for the first time", note: descriptor(t, successorOf(next, same), keys)},
	}, []succession{
		{"the same edition", descriptor(t, previous, keys), entente.Invalid},
		{"an earlier edition", descriptor(t, change(previous, func(p *entente.Party) { p.Edition = 1 }), keys), entente.Invalid},
		{"another party", descriptor(t, change(previous, func(p *entente.Party) { p.ID = "borea-slt" }), keys), entente.Invalid},
		{"issued before", descriptor(t, change(previous, func(p *entente.Party) { p.Issued = p.Issued.Add(-time.Second) }), keys), entente.Invalid},
		{"a new key by itself", descriptor(t, next.party, next.keys), entente.Unverified},
		{"a new key vouched for by a stranger", descriptor(t, next.party, next.keys, stranger.Identity), entente.Unverified},
		{"the old key vouched for by a stranger", descriptor(t, same, keys, stranger.Identity), entente.Unverified},
		{"a message key that the party does not have", signDescriptor(t, next.party, apart, keys.Identity), entente.Unverified},
	}}
}

// successorOf makes p name the identity key of m as its successor.
func successorOf(m member, p entente.Party) entente.Party {
	d := entente.DigestOf(m.party.Keys.Identity)
	p.Successor = &d
	return p
}

// signDescriptor signs a descriptor whatever its keys are.
func signDescriptor(t testing.TB, p entente.Party, k Keys, before ...IdentityKey) []byte {
	t.Helper()
	return signText(t, parse.FormatParty(p), k, before...)
}

func signText(t testing.TB, text []byte, k Keys, before ...IdentityKey) []byte {
	t.Helper()
	var by []noteSigner
	for _, b := range append(before, k.Identity) {
		by = append(by, newNoteSigner(string(k.Party), b.key))
	}
	by = append(by, newNoteSigner(nodeName(k.Party), k.Message.key), newNoteSigner(ledgerName(k.Party), k.Ledger.key))
	b, err := signNote(text, by...)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestSuccession(t *testing.T) {
	w := newWorld(t)
	s := newSuccessions(t, w)
	for _, test := range s.accepted {
		if _, err := OpenParty(test.note, &s.previous); err != nil {
			t.Errorf("%s: %v", test.what, err)
		}
	}
	for _, test := range s.refused {
		_, err := OpenParty(test.note, &s.previous)
		if got := entente.KindOf(err); got != test.kind {
			t.Errorf("%s: %v (%v), want %v", test.what, got, err, test.kind)
		}
	}
	next := w.borea.next(t)
	text, lines := splitNote(descriptor(t, next.party, next.keys, w.borea.keys.Identity))
	each := strings.SplitAfter(string(lines), "\n")
	each = each[:4]
	for _, order := range [][]int{{1, 0, 2, 3}, {0, 1, 3, 2}, {0, 1, 2}, {0, 2, 3}, {1, 2, 3}, {0, 1, 2, 3, 3}} {
		note := string(text) + "\n"
		for _, i := range order {
			note += each[i]
		}
		if _, err := OpenParty([]byte(note), &s.previous); err == nil {
			t.Errorf("accepted with the lines %v", order)
		}
	}
}

// An identity key that an edition names beforehand follows by itself, and no other
// one does: not even one for which the identity key of that edition vouches.
func TestSuccessorKey(t *testing.T) {
	w := newWorld(t)
	next := w.borea.next(t)
	named := successorOf(next, w.borea.party)
	thief := member{seededKeys(t, "borea-sls", "3"), next.party}
	thief.party.Keys = thief.keys.Public()
	later := named
	later.Edition = 2
	for _, test := range []struct {
		what  string
		note  []byte
		field string
	}{
		{"the successor alone", descriptor(t, next.party, next.keys), ""},
		{"the successor, vouched for", descriptor(t, next.party, next.keys, w.borea.keys.Identity), "signature"},
		{"another key, vouched for", descriptor(t, thief.party, thief.keys, w.borea.keys.Identity), "keys.identity"},
		{"another key alone", descriptor(t, thief.party, thief.keys), "keys.identity"},
		{"the same identity, the same successor", descriptor(t, later, w.borea.keys), ""},
		{"the same identity, another successor", descriptor(t, successorOf(thief, later), w.borea.keys), "successor"},
		{"the same identity, no successor", descriptor(t, edition(w.borea.party, 2), w.borea.keys), "successor"},
	} {
		_, err := OpenParty(test.note, &named)
		if e, ok := errors.AsType[*entente.Error](err); ok != (test.field != "") || ok && e.Field != test.field {
			t.Errorf("%s: %v, want %q", test.what, err, test.field)
		}
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
	without := func(drop func(*Keys)) Keys {
		k := k
		drop(&k)
		return k
	}
	for _, test := range []struct {
		what   string
		party  entente.Party
		keys   Keys
		before []IdentityKey
	}{
		{"nobody", p, Keys{}, nil},
		{"no identity key", p, k.WithoutIdentity(), nil},
		{"no message key", p, without(func(k *Keys) { k.Message = MessageKey{} }), nil},
		{"another ledger key", p, without(func(k *Keys) { k.Ledger = w.albia.keys.Ledger }), nil},
		{"a stranger", p, w.albia.keys, nil},
		{"an absent key before", p, k, []IdentityKey{{}}},
		{"two keys before", p, k, []IdentityKey{w.albia.keys.Identity, w.cadia.keys.Identity}},
		{"the same key before", p, k, []IdentityKey{k.Identity}},
		{"a key of small order", forged, k, nil},
		{"a key with two uses", twice, k, nil},
		{"a seal key that is none", unsealable, k, nil},
	} {
		if _, err := SignParty(test.party, test.keys, test.before...); entente.KindOf(err) != entente.Invalid {
			t.Errorf("%s: %v", test.what, err)
		}
	}
	// Roots say a name, but the descriptor says whose they are.
	if _, err := SignParty(foreignRoot, k); err != nil {
		t.Errorf("a root with another name: %v", err)
	}
}

// What SignParty would not sign can still arrive, well signed.
func TestOpenPartyRefusesKeys(t *testing.T) {
	w := newWorld(t)
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
		{"keys.message", func(k *entente.PartyKeys) { k.Message = smallOrder[0] }},
		{"keys.ledger", func(k *entente.PartyKeys) { k.Ledger = smallOrder[1] }},
		{"keys.identity", func(k *entente.PartyKeys) { k.Identity = mixedOrder }},
		{"keys.seal", func(k *entente.PartyKeys) { k.Seal = bytes.Repeat([]byte{0xff}, 1216) }},
		{"keys.tls-root", func(k *entente.PartyKeys) { k.TLSRoot = notOwn }},
	} {
		p := w.borea.party
		test.change(&p.Keys)
		_, err := OpenParty(signDescriptor(t, p, w.borea.keys), nil)
		e, ok := errors.AsType[*entente.Error](err)
		if !ok || e.Kind != entente.Invalid || e.Field != test.field {
			t.Errorf("%s: %v", test.field, err)
		}
	}
	huge := w.borea.party
	huge.Name = strings.Repeat("x", maxNote)
	if _, err := OpenParty(signDescriptor(t, huge, w.borea.keys), nil); entente.ReasonOf(err) != entente.ReasonTooLarge {
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

// smallOrder are public keys for which signatures can be forged: points of order
// 8, 1 and 4.
var smallOrder = [][]byte{
	unhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
	append([]byte{1}, make([]byte, 31)...),
	make([]byte, 32),
}

// mixedOrder is the public key of a point that has a part of order 2.
var mixedOrder = func() []byte {
	a, _ := new(edwards25519.Point).SetBytes(freshPair().m().public())
	two, _ := new(edwards25519.Point).SetBytes(append([]byte{0xec}, append(bytes.Repeat([]byte{0xff}, 30), 0x7f)...))
	return a.Add(a, two).Bytes()
}()

func unhex(s string) []byte {
	b, err := hex.DecodeString(s)
	if err != nil {
		panic(err)
	}
	return b
}
