package seal

import (
	"bytes"
	"encoding/binary"
	"errors"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"entente"
	"entente/parse"
)

func TestSealOpen(t *testing.T) {
	w := newWorld(t)
	s := w.sealed(t)
	if s.Digest != Name(s.Envelope) {
		t.Error("the digest is not the envelope's")
	}
	h, err := Check(s.Envelope, w.borea.record())
	if err != nil {
		t.Fatal(err)
	}
	if peeked, err := Peek(s.Envelope); err != nil || !reflect.DeepEqual(peeked, h) {
		t.Errorf("peeked at %+v, %v", peeked, err)
	}
	o, err := w.open(s.Envelope)
	if err != nil {
		t.Fatal(err)
	}
	want := header()
	want.FromEdition, want.ToEdition, want.Content = parse.EditionOf(w.borea.party), parse.EditionOf(w.albia.party), h.Content
	if !reflect.DeepEqual(o.Message.Header, want) || !reflect.DeepEqual(h, want) || !reflect.DeepEqual(s.Header, want) {
		t.Errorf("got header %+v, want %+v", o.Message.Header, want)
	}
	if got := o.Message.Statement.Note.Text; got != noteStatement().Note.Text {
		t.Errorf("got %q", got)
	}
	if o.Digest != s.Digest || o.Sealed != s.Sealed || o.Secret != s.Secret || !bytes.Equal(o.Signature, s.Signature) || !bytes.Equal(o.Payload, released(t, noteStatement(), "albia-ncc").Payload()) {
		t.Error("what proves the message is not what was sealed")
	}
	if bytes.Contains(s.Envelope, []byte("checking")) {
		t.Error("the envelope shows what it seals")
	}
	if again := w.sealed(t); bytes.Equal(again.Envelope, s.Envelope) {
		t.Error("two envelopes are the same")
	}
}

func TestUnopened(t *testing.T) {
	w := newWorld(t)
	s := w.sealed(t)
	u, err := Read(s.Envelope)
	if err != nil {
		t.Fatal(err)
	}
	if u.Digest() != s.Digest || u.Header().ID != messageID {
		t.Errorf("read %s, %s", u.Digest(), u.Header().ID)
	}
	for range 2 {
		if err := u.Check(w.borea.record()); err != nil {
			t.Fatal(err)
		}
	}
	wants(t, "checked as another party's", u.Check(w.albia.record()), entente.Unverified, entente.ReasonWrongSender)
	wants(t, "checked with another edition", u.Check(w.borea.next(t).record()), entente.Unverified, entente.ReasonFutureEdition)
	o, err := u.Open(w.borea.record(), w.albia.record(), w.albia.keys.SealKeys()...)
	if err != nil || o.Digest != s.Digest {
		t.Errorf("opened: %v", err)
	}
	_, err = u.Open(w.borea.next(t).record(), w.albia.record(), w.albia.keys.Seal)
	wants(t, "opened with another edition of the sender", err, entente.Unverified, entente.ReasonFutureEdition)
	_, err = u.Open(w.borea.record(), w.albia.next(t).record(), w.albia.next(t).keys.SealKeys()...)
	wants(t, "opened with another edition of the recipient", err, entente.Unverified, entente.ReasonFutureEdition)
}

func TestEnvelopeTampered(t *testing.T) {
	w := newWorld(t)
	s := w.sealed(t)
	tamper(t, "envelope", s.Envelope, some, func(b []byte) bool { _, err := w.open(b); return err == nil })
	tamper(t, "envelope unopened", s.Envelope[:400], some, func(b []byte) bool {
		_, err := Check(append(bytes.Clone(b), s.Envelope[400:]...), w.borea.record())
		return err == nil
	})
}

func TestSealRefuses(t *testing.T) {
	w := newWorld(t)
	r := released(t, noteStatement(), "albia-ncc")
	unsealable := w.albia.party
	unsealable.Keys.Seal = bytes.Repeat([]byte{0xff}, 1216)
	change := func(f func(*entente.Header)) entente.Header { h := header(); f(&h); return h }
	by, borea, albia, cadia := w.borea.keys.Message, w.borea.record(), w.albia.record(), w.cadia.record()
	for _, test := range []struct {
		what     string
		r        entente.Released
		h        entente.Header
		by       MessageKey
		from, to entente.PartyRecord
		kind     error
		field    string
	}{
		{"not released", entente.Released{}, header(), by, borea, albia, entente.Denied, ""},
		{"no key", r, header(), MessageKey{}, borea, albia, entente.Invalid, "keys.message"},
		{"another sender", r, header(), w.cadia.keys.Message, cadia, albia, entente.Invalid, "header.from"},
		{"another party", r, header(), by, borea, cadia, entente.Invalid, "header.to"},
		{"a header to another party", r, change(func(h *entente.Header) { h.To = "cadia-fiu" }), by, borea, cadia, entente.Invalid, "header.to"},
		{"another agreement", r, change(func(h *entente.Header) { h.Agreement = "south-star" }), by, borea, albia, entente.Invalid, "header.agreement"},
		{"another id", r, change(func(h *entente.Header) { h.ID = "0196f0a8-7c1e-7b3a-9f10-000000000000" }), by, borea, albia, entente.Invalid, "header.id"},
		{"another precedence", r, change(func(h *entente.Header) { h.Precedence = entente.Flash }), by, borea, albia, entente.Invalid, "precedence"},
		{"another class", r, change(func(h *entente.Header) { h.Class = entente.ClassContent }), by, borea, albia, entente.Invalid, "class"},
		{"a key that the sender's descriptor does not have", r, header(), w.borea.next(t).keys.Message, borea, albia, entente.Invalid, "header.from_edition"},
		{"a header without epoch", r, change(func(h *entente.Header) { h.Epoch = 0 }), by, borea, albia, entente.Invalid, "epoch"},
		{"a header without terms", r, change(func(h *entente.Header) { h.Terms = entente.Digest{} }), by, borea, albia, entente.Invalid, "terms"},
		{"a seal key that is none", r, header(), by, borea, entente.PartyRecord{Party: unsealable}, entente.Invalid, "recipient.keys.seal"},
	} {
		s, err := Seal(test.r, test.h, test.by, test.from, test.to)
		e, ok := errors.AsType[*entente.Error](err)
		if !ok || e.Kind != test.kind || e.Field != test.field || s.Envelope != nil {
			t.Errorf("%s: %#v", test.what, err)
		}
	}
}

// forge seals what Seal would refuse: any header, any content, signed as asked.
type forge struct {
	header    entente.Header
	content   []byte // what the header commits to; nil: payload
	plaintext []byte // nil: made of the rest
	payload   []byte
	secret    entente.Secret
	by        MessageKey
	to        []byte // seal key
	signature []byte // nil: made by by
	aad       []byte // nil: the header
}

func (f forge) envelope(t testing.TB) []byte {
	t.Helper()
	if f.content == nil {
		f.content = f.payload
	}
	var err error
	if f.header.Content, err = Content(f.content, f.secret); err != nil {
		f.header.Content = entente.DigestOf(f.content) // what cannot be cut has none
	}
	h, err := parse.Encode(f.header)
	if err != nil {
		t.Fatal(err)
	}
	if f.plaintext == nil {
		if f.plaintext, err = parse.EncodePlaintext(f.secret, f.payload); err != nil {
			t.Fatal(err)
		}
	}
	if f.aad == nil {
		f.aad = h
	}
	e := entente.Envelope{Header: h, Signature: f.signature}
	if e.Enc, e.Ciphertext, err = encrypt(f.to, f.aad, f.plaintext); err != nil {
		t.Fatal(err)
	}
	if e.Signature == nil {
		d := sealedDigest(e)
		e.Signature = sign(f.by, contextEnvelope, h, d[:])
	}
	return encode(e)
}

// encode writes an envelope without asking whether it may be one.
func encode(e entente.Envelope) []byte {
	b := []byte("entente/1 envelope\n")
	b = append(binary.BigEndian.AppendUint32(b, uint32(len(e.Header))), e.Header...)
	b = append(b, e.Enc...)
	b = append(binary.BigEndian.AppendUint32(b, uint32(len(e.Ciphertext))), e.Ciphertext...)
	return append(b, e.Signature...)
}

func TestOpenRefuses(t *testing.T) {
	w := newWorld(t)
	payload := released(t, noteStatement(), "albia-ncc").Payload()
	base := func() forge {
		return forge{header: w.header(), payload: payload, by: w.borea.keys.Message, to: w.albia.keys.Seal.Public()}
	}
	change := func(f func(*forge)) []byte { g := base(); f(&g); return g.envelope(t) }
	said := func(from, to string) []byte { return []byte(strings.Replace(string(payload), from, to, 1)) }
	plain := func(f func([]byte) []byte) []byte {
		return change(func(g *forge) {
			b, err := parse.EncodePlaintext(g.secret, payload)
			if err != nil {
				t.Fatal(err)
			}
			g.plaintext = f(b)
		})
	}
	good := change(func(*forge) {})
	if _, err := w.open(good); err != nil {
		t.Fatalf("what forge makes is not accepted even when nothing is forged: %v", err)
	}
	for _, test := range []struct {
		what     string
		envelope []byte
		kind     error
		reason   entente.Reason
	}{
		{"nothing", nil, entente.Invalid, entente.ReasonMalformed},
		{"no envelope", []byte("hello"), entente.Invalid, entente.ReasonMalformed},
		{"too large", bytes.Repeat([]byte(" "), parse.MaxEnvelope+1), entente.Invalid, entente.ReasonTooLarge},
		{"another magic", bytes.Replace(good, []byte("entente/1"), []byte("entente/2"), 1), entente.Invalid, entente.ReasonMalformed},
		{"a byte more", append(bytes.Clone(good), 0), entente.Invalid, entente.ReasonMalformed},
		{"version 2", change(func(f *forge) { f.header.Version = 2 }), entente.Invalid, entente.ReasonVersion},
		{"to another party", change(func(f *forge) { f.header.To = "cadia-fiu" }), entente.Invalid, entente.ReasonWrongRecipient},
		{"from another party", change(func(f *forge) { f.header.From = "cadia-fiu" }), entente.Unverified, entente.ReasonWrongSender},
		{"another edition of the sender", change(func(f *forge) { f.header.FromEdition = w.cadia.record().Edition }), entente.Unverified, entente.ReasonFutureEdition},
		{"the sender's edition named, another key used", change(func(f *forge) { f.by = w.cadia.keys.Message }), entente.Unverified, entente.ReasonSignature},
		{"another edition of the recipient", change(func(f *forge) { f.header.ToEdition = w.cadia.record().Edition }), entente.Unverified, entente.ReasonFutureEdition},
		{"our edition named, another key used", change(func(f *forge) { f.to = w.cadia.keys.Seal.Public() }), entente.Unverified, entente.ReasonSeal},
		{"sealed under another header", change(func(f *forge) { f.aad = []byte("{}") }), entente.Unverified, entente.ReasonSeal},
		{"a signature of zeros", change(func(f *forge) { f.signature = make([]byte, 64) }), entente.Unverified, entente.ReasonSignature},
		{"other words under an old header", change(func(f *forge) { f.content = said("checking", "chasing") }), entente.Unverified, entente.ReasonContent},
		{"another form of plaintext", plain(func(b []byte) []byte { b[0] = 2; return b }), entente.Invalid, entente.ReasonMalformed},
		{"another secret", plain(func(b []byte) []byte { b[1] ^= 1; return b }), entente.Unverified, entente.ReasonContent},
		{"a statement longer than the plaintext", plain(func(b []byte) []byte { b[34] = 0xff; return b }), entente.Invalid, entente.ReasonMalformed},
		{"a statement without its end", plain(func(b []byte) []byte { b[36]--; return b }), entente.Invalid, entente.ReasonMalformed},
		{"a statement with a zero behind it", plain(func(b []byte) []byte { b[36]++; return b }), entente.Invalid, entente.ReasonMalformed},
		{"filled up with something", plain(func(b []byte) []byte { b[len(b)-1] = 1; return b }), entente.Invalid, entente.ReasonMalformed},
		{"filled up too far", plain(func(b []byte) []byte { return append(b, make([]byte, 256)...) }), entente.Invalid, entente.ReasonMalformed},
		{"not filled up", plain(func(b []byte) []byte { return bytes.TrimRight(b, "\x00") }), entente.Invalid, entente.ReasonMalformed},
		{"another id inside", change(func(f *forge) { f.payload = said(messageID, "0196f0a8-7c1e-7b3a-9f10-000000000000") }), entente.Invalid, entente.ReasonStatement},
		{"another precedence inside", change(func(f *forge) { f.payload = said("PRIORITY", "ROUTINE") }), entente.Invalid, entente.ReasonStatement},
		{"another class outside", change(func(f *forge) { f.header.Class = entente.ClassContent }), entente.Invalid, entente.ReasonStatement},
		{"a statement with a field more", change(func(f *forge) { f.payload = said(`,"note":`, `,"note":{"text":"x"},"rumour":`) }), entente.Invalid, entente.ReasonUnknownField},
		{"a statement with a field twice", change(func(f *forge) { f.payload = said(`{"text"`, `{"text":"a","text"`) }), entente.Invalid, entente.ReasonDuplicateField},
		{"a statement that breaks a rule", change(func(f *forge) { f.payload = said("AMBER+STRICT", "ULTRA") }), entente.Invalid, entente.ReasonStatement},
		{"a statement that is no JSON", change(func(f *forge) { f.payload = []byte("hello") }), entente.Invalid, entente.ReasonMalformed},
		{"a statement with white space", change(func(f *forge) { f.payload = said(`,"kind"`, `, "kind"`) }), entente.Invalid, entente.ReasonMalformed},
	} {
		_, err := w.open(test.envelope)
		wants(t, test.what, err, test.kind, test.reason)
		if err != nil && strings.Contains(err.Error(), "checking") {
			t.Errorf("%s: the error repeats content: %v", test.what, err)
		}
	}
}

// A header cannot be put on another envelope.
func TestHeaderSwapped(t *testing.T) {
	w := newWorld(t)
	first, err := parse.Envelope(w.sealed(t).Envelope)
	if err != nil {
		t.Fatal(err)
	}
	h := header()
	h.Seq, h.Expires = 1, day(2012, 1, 1)
	s, err := Seal(released(t, noteStatement(), "albia-ncc"), h, w.borea.keys.Message, w.borea.record(), w.albia.record())
	if err != nil {
		t.Fatal(err)
	}
	second, err := parse.Envelope(s.Envelope)
	if err != nil {
		t.Fatal(err)
	}
	for n := 1; n < 15; n++ {
		mixed := first
		for i, part := range []struct{ to, from *[]byte }{{&mixed.Header, &second.Header}, {&mixed.Enc, &second.Enc}, {&mixed.Ciphertext, &second.Ciphertext}, {&mixed.Signature, &second.Signature}} {
			if n>>i&1 == 1 {
				*part.to = *part.from
			}
		}
		if _, err := w.open(encode(mixed)); entente.ReasonOf(err) != entente.ReasonSignature {
			t.Errorf("mix %04b of two envelopes: %v", n, err)
		}
	}
}

// What Borea said to Albia is not sayable by Albia to Cadia as if Borea had said it
// there: Albia can seal Borea's bytes again, and not sign for Borea.
func TestForwarded(t *testing.T) {
	w := newWorld(t)
	s := w.sealed(t)
	o, err := w.open(s.Envelope)
	if err != nil {
		t.Fatal(err)
	}
	h := o.Message.Header
	h.To, h.ToEdition = "cadia-fiu", w.cadia.record().Edition
	onward := forge{header: h, payload: o.Payload, secret: o.Secret, by: w.albia.keys.Message, to: w.cadia.keys.Seal.Public(), signature: o.Signature}
	_, err = Open(onward.envelope(t), w.borea.record(), w.cadia.record(), w.cadia.keys.Seal)
	wants(t, "forwarded to another", err, entente.Unverified, entente.ReasonSignature)
	_, err = Open(s.Envelope, w.borea.record(), w.cadia.record(), w.cadia.keys.Seal)
	wants(t, "handed on as it is", err, entente.Invalid, entente.ReasonWrongRecipient)
}

func TestOpenWithRetiredKey(t *testing.T) {
	w := newWorld(t)
	s := w.sealed(t)
	keys, err := Rotate(w.albia.keys, "seal")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(s.Envelope, w.borea.record(), w.albia.record(), keys.SealKeys()...); err != nil {
		t.Errorf("with the key retired: %v", err)
	}
	_, err = Open(s.Envelope, w.borea.record(), w.albia.record(), keys.Seal, SealKey{})
	wants(t, "without the retired key", err, entente.Unverified, entente.ReasonSealKey)
}

// What is left of a message when its sealed bytes are erased proves who said what.
func TestProvenWithoutSealedBytes(t *testing.T) {
	w := newWorld(t)
	s := w.sealed(t)
	o, err := w.open(s.Envelope)
	if err != nil {
		t.Fatal(err)
	}
	header, err := parse.EncodeHeader(s.Header)
	if err != nil {
		t.Fatal(err)
	}
	if Record(header, o.Sealed, o.Signature) != s.Digest {
		t.Error("the record cannot be made of what is left")
	}
	if got, err := Statement(s.Header, o.Payload, o.Secret); err != nil || got.ID != messageID {
		t.Errorf("got %v, %v", got.ID, err)
	}
	_, err = CheckSigned(header, o.Sealed, o.Signature, w.cadia.record())
	wants(t, "another sender", err, entente.Unverified, entente.ReasonWrongSender)
	_, err = CheckSigned(nil, o.Sealed, o.Signature, w.borea.record())
	wants(t, "no header", err, entente.Invalid, entente.ReasonMalformed)
	tamper(t, "payload", o.Payload, some, func(b []byte) bool {
		_, err := Statement(s.Header, b, o.Secret)
		return err == nil
	})
	tamper(t, "secret", o.Secret[:], all, func(b []byte) bool {
		if len(b) != len(o.Secret) {
			return false
		}
		_, err := Statement(s.Header, o.Payload, entente.Secret(b))
		return err == nil
	})
	signed := func(header, sealed, signature []byte) bool {
		if len(sealed) != len(o.Sealed) {
			return false
		}
		_, err := CheckSigned(header, entente.Digest(sealed), signature, w.borea.record())
		return err == nil
	}
	tamper(t, "header", header, some, func(b []byte) bool { return signed(b, o.Sealed[:], o.Signature) })
	tamper(t, "digest of the sealed bytes", o.Sealed[:], all, func(b []byte) bool { return signed(header, b, o.Signature) })
	tamper(t, "signature", o.Signature, some, func(b []byte) bool { return signed(header, o.Sealed[:], b) })
}

// The largest statement that may be written can be sealed, and one byte more
// cannot be written.
func TestLargestStatement(t *testing.T) {
	w := newWorld(t)
	s := noteStatement()
	s.Kind, s.Note = entente.KindTip, nil
	s.Tip = &entente.Tip{Category: "attack-planning", Title: "t", Text: "t", Provenance: entente.Provenance{Attestation: "not-attested"}}
	h := header()
	h.Class = entente.ClassContent
	claim := entente.Claim{Text: strings.Repeat("x", 15<<10), Grade: "B2", Nature: entente.NatureFact}
	for n := range 68 {
		claim.ID = "c" + strconv.Itoa(n+1)
		s.Tip.Claims = append(s.Tip.Claims, claim)
	}
	b, err := parse.EncodeStatement(s)
	if err != nil {
		t.Fatal(err)
	}
	s.Tip.Text = strings.Repeat("t", parse.MaxStatement-len(b)+1)
	sealed, err := Seal(released(t, s, "albia-ncc"), h, w.borea.keys.Message, w.borea.record(), w.albia.record())
	if err != nil {
		t.Fatal(err)
	}
	o, err := w.open(sealed.Envelope)
	if err != nil || len(o.Payload) != parse.MaxStatement {
		t.Fatalf("%d bytes, %v", len(o.Payload), err)
	}
	s.Tip.Text += "t"
	if _, err := parse.EncodeStatement(s); entente.ReasonOf(err) != entente.ReasonTooLarge {
		t.Errorf("a byte more: %v", err)
	}
}
