package seal

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"testing"

	"entente"
	"entente/parse"
)

func TestSealOpen(t *testing.T) {
	w := newWorld(t)
	s := w.sealed(t)
	if s.Digest != entente.DigestOf(s.Envelope) {
		t.Error("the digest is not the envelope's")
	}
	h, err := Check(s.Envelope, w.borea.party)
	if err != nil {
		t.Fatal(err)
	}
	if peeked, err := Peek(s.Envelope); err != nil || peeked != h {
		t.Errorf("peeked at %+v, %v", peeked, err)
	}
	o, err := w.open(s.Envelope)
	if err != nil {
		t.Fatal(err)
	}
	want := header()
	want.SenderKey, want.RecipientKey = w.borea.keys.Message.ID(), w.albia.keys.Seal.ID()
	if o.Message.Header != want || h != want {
		t.Errorf("got header %+v, want %+v", o.Message.Header, want)
	}
	if got := o.Message.Statement.Note.Text; got != noteStatement().Note.Text {
		t.Errorf("got %q", got)
	}
	if o.Digest != s.Digest || !bytes.Equal(o.Signature, s.Signature) || !bytes.Equal(o.Payload, released(t, noteStatement(), "albia-ncc").Payload()) {
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
	b := bytes.Clone(s.Envelope)
	u, err := Read(b)
	if err != nil {
		t.Fatal(err)
	}
	clear(b) // what was read does not depend on the bytes any more
	if u.Digest() != s.Digest || u.Header().ID != messageID {
		t.Errorf("read %s, %s", u.Digest(), u.Header().ID)
	}
	for range 2 {
		if err := u.Check(w.borea.party); err != nil {
			t.Fatal(err)
		}
	}
	wants(t, "checked as another party's", u.Check(w.albia.party), entente.Unverified, entente.ReasonWrongSender)
	wants(t, "checked with another edition", u.Check(w.borea.next(t).party), entente.Unverified, entente.ReasonSenderKey)
	o, err := u.Open(w.borea.party, w.albia.party, w.albia.keys.SealKeys()...)
	if err != nil || o.Digest != s.Digest {
		t.Errorf("opened: %v", err)
	}
	_, err = u.Open(w.borea.next(t).party, w.albia.party, w.albia.keys.Seal)
	wants(t, "opened with another edition", err, entente.Unverified, entente.ReasonSenderKey)
}

func TestEnvelopeTampered(t *testing.T) {
	w := newWorld(t)
	s := w.sealed(t)
	tamper(t, "envelope", s.Envelope, some, func(b []byte) bool { _, err := w.open(b); return err == nil })
	tamper(t, "envelope unopened", s.Envelope[:400], some, func(b []byte) bool {
		_, err := Check(append(bytes.Clone(b), s.Envelope[400:]...), w.borea.party)
		return err == nil
	})
}

func TestSealRefuses(t *testing.T) {
	w := newWorld(t)
	r := released(t, noteStatement(), "albia-ncc")
	elsewhere := w.albia.party
	elsewhere.Keys.Seal = make([]byte, 1216)
	unsealable := w.albia.party
	unsealable.Keys.Seal = bytes.Repeat([]byte{0xff}, 1216)
	change := func(f func(*entente.Header)) entente.Header { h := header(); f(&h); return h }
	for _, test := range []struct {
		what  string
		r     entente.Released
		h     entente.Header
		by    MessageKey
		to    entente.Party
		kind  error
		field string
	}{
		{"not released", entente.Released{}, header(), w.borea.keys.Message, w.albia.party, entente.Denied, ""},
		{"no key", r, header(), MessageKey{}, w.albia.party, entente.Invalid, "keys.message"},
		{"another party", r, header(), w.borea.keys.Message, w.cadia.party, entente.Invalid, "header.to"},
		{"a header to another party", r, change(func(h *entente.Header) { h.To = "cadia-fiu" }), w.borea.keys.Message, w.cadia.party, entente.Invalid, "header.to"},
		{"another agreement", r, change(func(h *entente.Header) { h.Agreement = "south-star" }), w.borea.keys.Message, w.albia.party, entente.Invalid, "header.agreement"},
		{"another id", r, change(func(h *entente.Header) { h.ID = "0196f0a8-7c1e-7b3a-9f10-000000000000" }), w.borea.keys.Message, w.albia.party, entente.Invalid, "header.id"},
		{"another precedence", r, change(func(h *entente.Header) { h.Precedence = entente.Flash }), w.borea.keys.Message, w.albia.party, entente.Invalid, "precedence"},
		{"another class", r, change(func(h *entente.Header) { h.Class = entente.ClassDuty }), w.borea.keys.Message, w.albia.party, entente.Invalid, "class"},
		{"another sender key", r, change(func(h *entente.Header) { h.SenderKey = w.cadia.keys.Message.ID() }), w.borea.keys.Message, w.albia.party, entente.Invalid, "header.sender_key"},
		{"another recipient key", r, change(func(h *entente.Header) { h.RecipientKey = w.cadia.keys.Seal.ID() }), w.borea.keys.Message, w.albia.party, entente.Invalid, "header.recipient_key"},
		{"a version that does not exist", r, change(func(h *entente.Header) { h.Version = 2 }), w.borea.keys.Message, w.albia.party, entente.Invalid, "version"},
		{"a header without epoch", r, change(func(h *entente.Header) { h.Epoch = 0 }), w.borea.keys.Message, w.albia.party, entente.Invalid, "epoch"},
		{"a seal key that is none", r, header(), w.borea.keys.Message, unsealable, entente.Invalid, "recipient.keys.seal"},
	} {
		s, err := Seal(test.r, test.h, test.by, test.to)
		e, ok := errors.AsType[*entente.Error](err)
		if !ok || e.Kind != test.kind || e.Field != test.field || s.Envelope != nil {
			t.Errorf("%s: %#v", test.what, err)
		}
	}
}

// forge seals what Seal would refuse: any header, any content, signed as asked.
type forge struct {
	header    entente.Header
	plaintext []byte // nil: made of the rest
	payload   []byte
	signature []byte // inner; nil: made by by
	by        MessageKey
	to        []byte // seal key
	outer     []byte // nil: made by by
	aad       []byte // nil: the header
}

func (f forge) envelope(t testing.TB) []byte {
	t.Helper()
	if f.header.SenderKey == "" {
		f.header.SenderKey = f.by.ID()
	}
	if f.header.RecipientKey == "" {
		f.header.RecipientKey = KeyIDOf(f.to)
	}
	h, err := parse.Encode(f.header)
	if err != nil {
		t.Fatal(err)
	}
	if f.signature == nil {
		f.signature = signStatement(f.by, h, f.to, f.payload)
	}
	if f.plaintext == nil {
		f.plaintext, err = parse.Encode(content{payloadType, f.payload, f.signature})
		if err != nil {
			t.Fatal(err)
		}
	}
	if f.aad == nil {
		f.aad = h
	}
	e := entente.Envelope{Header: h, Signature: f.outer}
	if e.Enc, e.Ciphertext, err = encrypt(f.to, f.aad, f.plaintext); err != nil {
		t.Fatal(err)
	}
	if e.Signature == nil {
		e.Signature = sign(f.by, contextEnvelope, h, sealedDigest(e))
	}
	return encode(t, e)
}

// encode writes an envelope without asking whether it may be one.
func encode(t testing.TB, e entente.Envelope) []byte {
	t.Helper()
	type parts struct {
		Header     []byte `json:"header"`
		Enc        []byte `json:"enc"`
		Ciphertext []byte `json:"ciphertext"`
		Signature  []byte `json:"signature"`
	}
	b, err := parse.Encode(parts(e))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestOpenRefuses(t *testing.T) {
	w := newWorld(t)
	payload := released(t, noteStatement(), "albia-ncc").Payload()
	base := func() forge {
		return forge{header: header(), payload: payload, by: w.borea.keys.Message, to: w.albia.keys.Seal.Public()}
	}
	change := func(f func(*forge)) []byte { g := base(); f(&g); return g.envelope(t) }
	said := func(from, to string) []byte { return []byte(strings.Replace(string(payload), from, to, 1)) }
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
		{"not JSON", []byte("hello"), entente.Invalid, entente.ReasonMalformed},
		{"too large", bytes.Repeat([]byte(" "), parse.MaxEnvelope+1), entente.Invalid, entente.ReasonTooLarge},
		{"unknown field", append([]byte(`{"x":1,`), good[1:]...), entente.Invalid, entente.ReasonUnknownField},
		{"duplicate field", append([]byte(`{"header":"",`), good[1:]...), entente.Invalid, entente.ReasonDuplicateField},
		{"version 2", change(func(f *forge) { f.header.Version = 2 }), entente.Invalid, entente.ReasonVersion},
		{"to another party", change(func(f *forge) { f.header.To = "cadia-fiu" }), entente.Invalid, entente.ReasonWrongRecipient},
		{"from another party", change(func(f *forge) { f.header.From = "cadia-fiu" }), entente.Unverified, entente.ReasonWrongSender},
		{"another sender key", change(func(f *forge) { f.by = w.cadia.keys.Message }), entente.Unverified, entente.ReasonSenderKey},
		{"the sender's key named, another used", change(func(f *forge) { f.by, f.header.SenderKey = w.cadia.keys.Message, w.borea.keys.Message.ID() }), entente.Unverified, entente.ReasonSignature},
		{"another recipient key", change(func(f *forge) { f.to = w.cadia.keys.Seal.Public() }), entente.Unverified, entente.ReasonRecipientKey},
		{"our key named, another used", change(func(f *forge) { f.to, f.header.RecipientKey = w.cadia.keys.Seal.Public(), w.albia.keys.Seal.ID() }), entente.Unverified, entente.ReasonSeal},
		{"sealed under another header", change(func(f *forge) { f.aad = []byte("{}") }), entente.Unverified, entente.ReasonSeal},
		{"outer signature of zeros", change(func(f *forge) { f.outer = make([]byte, 64) }), entente.Unverified, entente.ReasonSignature},
		{"inner signature of zeros", change(func(f *forge) { f.signature = make([]byte, 64) }), entente.Unverified, entente.ReasonSignature},
		{"inner signature missing", change(func(f *forge) { f.signature = []byte{} }), entente.Unverified, entente.ReasonSignature},
		{"inner signature of another party", change(func(f *forge) {
			h := f.header
			h.SenderKey, h.RecipientKey = f.by.ID(), KeyIDOf(f.to)
			b, _ := parse.EncodeHeader(h)
			f.signature = signStatement(w.cadia.keys.Message, b, f.to, f.payload)
		}), entente.Unverified, entente.ReasonSignature},
		{"content not JSON", change(func(f *forge) { f.plaintext = []byte("hello") }), entente.Invalid, entente.ReasonMalformed},
		{"content of another type", change(func(f *forge) { f.plaintext = []byte(`{"type":"text/plain","payload":"","signature":""}`) }), entente.Invalid, entente.ReasonStatement},
		{"content with a field more", change(func(f *forge) {
			f.plaintext = []byte(`{"type":"` + payloadType + `","payload":"","signature":"","x":1}`)
		}), entente.Invalid, entente.ReasonUnknownField},
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
	h.Seq, h.Expires = 1, day(2020, 1, 1)
	s, err := Seal(released(t, noteStatement(), "albia-ncc"), h, w.borea.keys.Message, w.albia.party)
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
		if _, err := w.open(encode(t, mixed)); entente.ReasonOf(err) != entente.ReasonSignature {
			t.Errorf("mix %04b of two envelopes: %v", n, err)
		}
	}
}

// What Borea said to Albia is neither sayable again under another header, nor by
// Albia to Cadia as if Borea had said it there, nor by Cadia as its own.
func TestReplayedInside(t *testing.T) {
	w := newWorld(t)
	o, err := w.open(w.sealed(t).Envelope)
	if err != nil {
		t.Fatal(err)
	}
	later := header()
	later.Seq = 7
	again := forge{header: later, payload: o.Payload, signature: o.Signature, by: w.borea.keys.Message, to: w.albia.keys.Seal.Public()}.envelope(t)
	_, err = w.open(again)
	wants(t, "under another header", err, entente.Unverified, entente.ReasonSignature)

	// Albia holds Borea's inner signature; only an outer one of Borea's is missing,
	// so let it even have that: the key of the recipient is under the inner one.
	onward := header()
	onward.To = "cadia-fiu"
	forwarded := forge{header: onward, payload: o.Payload, signature: o.Signature, by: w.borea.keys.Message, to: w.cadia.keys.Seal.Public()}.envelope(t)
	_, err = Open(forwarded, w.borea.party, w.cadia.party, w.cadia.keys.Seal)
	wants(t, "forwarded to another", err, entente.Unverified, entente.ReasonSignature)

	own := header()
	own.From = "cadia-fiu"
	claimed := forge{header: own, payload: o.Payload, signature: o.Signature, by: w.cadia.keys.Message, to: w.albia.keys.Seal.Public()}.envelope(t)
	_, err = Open(claimed, w.cadia.party, w.albia.party, w.albia.keys.Seal)
	wants(t, "claimed by another", err, entente.Unverified, entente.ReasonSignature)
}

func TestOpenWithRetiredKey(t *testing.T) {
	w := newWorld(t)
	s := w.sealed(t)
	keys, err := Rotate(w.albia.keys, "seal")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(s.Envelope, w.borea.party, w.albia.party, keys.SealKeys()...); err != nil {
		t.Errorf("with the key retired: %v", err)
	}
	_, err = Open(s.Envelope, w.borea.party, w.albia.party, keys.Seal, SealKey{})
	wants(t, "without the retired key", err, entente.Unverified, entente.ReasonRecipientKey)
}

func TestCheckStatement(t *testing.T) {
	w := newWorld(t)
	s := w.sealed(t)
	o, err := w.open(s.Envelope)
	if err != nil {
		t.Fatal(err)
	}
	e, err := parse.Envelope(s.Envelope)
	if err != nil {
		t.Fatal(err)
	}
	albia, cadia := w.albia.keys.Seal.Public(), w.cadia.keys.Seal.Public()
	if got, err := CheckStatement(e.Header, o.Payload, o.Signature, w.borea.party, albia); err != nil || got.ID != messageID {
		t.Errorf("got %v, %v", got.ID, err)
	}
	_, err = CheckStatement(e.Header, o.Payload, o.Signature, w.borea.party, cadia)
	wants(t, "another recipient", err, entente.Unverified, entente.ReasonRecipientKey)
	_, err = CheckStatement(e.Header, o.Payload, o.Signature, w.cadia.party, albia)
	wants(t, "another sender", err, entente.Unverified, entente.ReasonWrongSender)
	_, err = CheckStatement(e.Header, o.Payload, e.Signature, w.borea.party, albia)
	wants(t, "the outer signature in place of the inner", err, entente.Unverified, entente.ReasonSignature)
	_, err = CheckStatement(nil, o.Payload, o.Signature, w.borea.party, albia)
	wants(t, "no header", err, entente.Invalid, entente.ReasonMalformed)
	tamper(t, "payload", o.Payload, some, func(b []byte) bool {
		_, err := CheckStatement(e.Header, b, o.Signature, w.borea.party, albia)
		return err == nil
	})
	tamper(t, "inner signature", o.Signature, all, func(b []byte) bool {
		_, err := CheckStatement(e.Header, o.Payload, b, w.borea.party, albia)
		return err == nil
	})
	tamper(t, "header", e.Header, some, func(b []byte) bool {
		_, err := CheckStatement(b, o.Payload, o.Signature, w.borea.party, albia)
		return err == nil
	})
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
	sealed, err := Seal(released(t, s, "albia-ncc"), h, w.borea.keys.Message, w.albia.party)
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
