package seal

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"testing"

	"entente"
	"entente/parse"
)

// envelopeVector is one envelope with every step between its parts, and others
// that the same recipient has to refuse. Keys are those of keys.json.
type envelopeVector struct {
	From                entente.PartyID  `json:"from"`
	To                  entente.PartyID  `json:"to"`
	Header              string           `json:"header"`
	Payload             string           `json:"payload"`
	Secret              string           `json:"secret_hex"`
	Content             string           `json:"content_hex"`
	Plaintext           string           `json:"plaintext_base64"`
	Enc                 string           `json:"enc_base64"`
	Ciphertext          string           `json:"ciphertext_base64"`
	EncCiphertextSHA256 string           `json:"sealed_hex"`
	EnvelopePAE         string           `json:"envelope_pae_base64"`
	Signature           string           `json:"signature_base64"`
	RecordPAE           string           `json:"record_pae_base64"`
	Record              string           `json:"record_hex"`
	Envelope            string           `json:"envelope_base64"`
	Refused             []envelopeRefuse `json:"refused"`
}

type envelopeRefuse struct {
	What     string         `json:"what"`
	Envelope string         `json:"envelope_base64"`
	Name     string         `json:"name_hex"` // what a refusal of it names
	Reason   entente.Reason `json:"reason"`
}

func unbase64(s string) []byte {
	b, _ := base64.StdEncoding.DecodeString(s)
	return b
}

// makeEnvelope keeps the old one if it opens to the payload, and derives the rest.
func makeEnvelope(t *testing.T, w world, payload string, old envelopeVector) envelopeVector {
	s, err := parse.Statement([]byte(payload))
	if err != nil {
		t.Fatal(err)
	}
	h := header()
	h.Class = entente.ClassContent
	envelope := unbase64(old.Envelope)
	if o, err := w.open(envelope); err != nil || string(o.Payload) != payload {
		if !*update {
			t.Errorf("envelope.json does not open: %v", err)
		}
		sealed, err := Seal(released(t, s, "albia-ncc"), h, w.borea.keys.Message, w.borea.record(), w.albia.record())
		if err != nil {
			t.Fatal(err)
		}
		envelope = sealed.Envelope
	}
	v := derive(t, w, envelope)
	v.Refused = makeRefused(t, w, envelope, old.Refused)
	return v
}

// derive takes an envelope apart with nothing but the recipient's key, as another
// implementation would.
func derive(t *testing.T, w world, envelope []byte) envelopeVector {
	e, err := parse.Envelope(envelope)
	if err != nil {
		t.Fatal(err)
	}
	plaintext, err := decryptEnvelope(e, w.albia.keys.Seal)
	if err != nil {
		t.Fatal(err)
	}
	secret, payload, err := parse.Plaintext(plaintext)
	if err != nil {
		t.Fatal(err)
	}
	content, err := Content(payload, secret)
	if err != nil {
		t.Fatal(err)
	}
	sealed := sealedDigest(e)
	b64 := base64.StdEncoding.EncodeToString
	v := envelopeVector{
		From: "borea-sls", To: "albia-ncc", Header: string(e.Header), Payload: string(payload),
		Secret: hex.EncodeToString(secret[:]), Content: content.String(),
		Plaintext: b64(plaintext), Enc: b64(e.Enc), Ciphertext: b64(e.Ciphertext), EncCiphertextSHA256: sealed.String(),
		EnvelopePAE: b64(pae(contextEnvelope, e.Header, sealed[:])),
		Signature:   b64(sign(w.borea.keys.Message, contextEnvelope, e.Header, sealed[:])),
		RecordPAE:   b64(pae(contextRecord, e.Header, sealed[:], e.Signature)),
		Record:      Name(envelope).String(), Envelope: b64(envelope),
	}
	if v.Signature != b64(e.Signature) {
		t.Error("envelope.json: the signature is not that of the key")
	}
	return v
}

// makeRefused keeps an old one if it is refused for the right reason. Each breaks
// one rule.
func makeRefused(t *testing.T, w world, good []byte, old []envelopeRefuse) []envelopeRefuse {
	var out []envelopeRefuse
	for i, test := range append(brokenFrames(t, w, good), brokenInside(t, w)...) {
		b := test.envelope
		if i < len(old) && old[i].What == test.what {
			b = unbase64(old[i].Envelope)
		}
		if _, err := w.open(b); entente.ReasonOf(err) != test.reason {
			b = test.envelope
		}
		if _, err := w.open(b); entente.ReasonOf(err) != test.reason {
			t.Errorf("envelope.json: %s: %v, want %s", test.what, err, test.reason)
		}
		out = append(out, envelopeRefuse{test.what, base64.StdEncoding.EncodeToString(b), Name(b).String(), test.reason})
	}
	return out
}

type brokenEnvelope struct {
	what     string
	reason   entente.Reason
	envelope []byte
}

// brokenFrames are envelopes whose framing is wrong.
func brokenFrames(t *testing.T, w world, good []byte) []brokenEnvelope {
	e, err := parse.Envelope(good)
	if err != nil {
		t.Fatal(err)
	}
	const magic = len("entente/1 envelope\n")
	change := func(f func([]byte) []byte) []byte { return f(append([]byte{}, good...)) }
	body := magic + 4 + len(e.Header) + 1120
	return []brokenEnvelope{
		{"nothing", entente.ReasonMalformed, nil},
		{"another first line", entente.ReasonMalformed, change(func(b []byte) []byte { b[8] = '2'; return b })},
		{"a byte after the signature", entente.ReasonMalformed, append(change(func(b []byte) []byte { return b }), 0)},
		{"a byte less", entente.ReasonMalformed, good[:len(good)-1]},
		{"a header that is longer than the envelope", entente.ReasonMalformed, change(func(b []byte) []byte { b[magic] = 1; return b })},
		{"a header that is empty", entente.ReasonMalformed, encode(entente.Envelope{Enc: e.Enc, Ciphertext: e.Ciphertext, Signature: e.Signature})},
		{"a ciphertext that is longer than the envelope", entente.ReasonMalformed, change(func(b []byte) []byte { b[body] = 1; return b })},
		{"a ciphertext that is not a multiple of 256 and a tag", entente.ReasonMalformed, encode(entente.Envelope{Header: e.Header, Enc: e.Enc, Ciphertext: e.Ciphertext[1:], Signature: e.Signature})},
		{"a ciphertext that is a tag alone", entente.ReasonMalformed, encode(entente.Envelope{Header: e.Header, Enc: e.Enc, Ciphertext: e.Ciphertext[:16], Signature: e.Signature})},
	}
}

// brokenInside are envelopes in the right form that break a rule further in.
func brokenInside(t *testing.T, w world) (out []brokenEnvelope) {
	short := released(t, noteStatement(), "albia-ncc").Payload()
	cadia := w.cadia.keys.Seal.Public()
	plain := func(change func([]byte) []byte) func(*forge) {
		return func(f *forge) {
			b, err := parse.EncodePlaintext(f.secret, short)
			if err != nil {
				t.Fatal(err)
			}
			f.plaintext = change(b)
		}
	}
	length := func(n int) func([]byte) []byte {
		return func(b []byte) []byte { binary.BigEndian.PutUint32(b[33:], uint32(len(short)+n)); return b }
	}
	said := func(from, to string) func(*forge) {
		return func(f *forge) { f.payload = replaced(t, short, from, to) }
	}
	for _, test := range []struct {
		what   string
		reason entente.Reason
		forge  func(*forge)
	}{
		{"another version", entente.ReasonVersion, func(f *forge) { f.header.Version = 2 }},
		{"to another party", entente.ReasonWrongRecipient, func(f *forge) { f.header.To = "cadia-fiu" }},
		{"from another party", entente.ReasonWrongSender, func(f *forge) { f.header.From = "cadia-fiu" }},
		{"an edition of the sender that is not here", entente.ReasonFutureEdition, func(f *forge) { f.header.FromEdition = w.cadia.record().Edition }},
		{"an edition of the recipient that is not here", entente.ReasonFutureEdition, func(f *forge) { f.header.ToEdition = w.cadia.record().Edition }},
		{"a signature by another key", entente.ReasonSignature, func(f *forge) { f.by = w.cadia.keys.Message }},
		{"sealed to another key than that of the edition", entente.ReasonSeal, func(f *forge) { f.to = cadia }},
		{"sealed with other data beside it than the header", entente.ReasonSeal, func(f *forge) { f.aad = []byte("x") }},
		{"other words than those that the header commits to", entente.ReasonContent, func(f *forge) { f.content = replaced(t, short, "checking", "chasing") }},
		{"another secret than that of the commitment", entente.ReasonContent, plain(func(b []byte) []byte { b[1] ^= 1; return b })},
		{"a plaintext of another form", entente.ReasonMalformed, plain(func(b []byte) []byte { b[0] = 2; return b })},
		{"a statement of no bytes", entente.ReasonMalformed, plain(func(b []byte) []byte { clear(b[33:]); return b })},
		{"a statement that ends before its last byte", entente.ReasonMalformed, plain(length(-1))},
		{"a statement that is longer than the plaintext", entente.ReasonMalformed, plain(length(4096))},
		{"a plaintext filled up with something", entente.ReasonMalformed, plain(func(b []byte) []byte { b[len(b)-1] = 1; return b })},
		{"a plaintext filled up by 256 bytes too many", entente.ReasonMalformed, plain(func(b []byte) []byte { return append(b, make([]byte, 256)...) })},
		{"a statement that cannot be cut", entente.ReasonMalformed, said(`"kind":"note"`, `"ki/nd":"note"`)},
		{"another id inside than outside", entente.ReasonStatement, func(f *forge) { f.header.ID = "0196f0a8-7c1e-7b3a-9f10-000000000000" }},
		{"another precedence inside than outside", entente.ReasonStatement, func(f *forge) { f.header.Precedence = entente.Flash }},
		{"another class outside than the kind inside", entente.ReasonStatement, func(f *forge) { f.header.Class = entente.ClassContent }},
	} {
		f := forge{header: w.header(), payload: short, by: w.borea.keys.Message, to: w.albia.keys.Seal.Public()}
		f.secret[0] = 7
		test.forge(&f)
		out = append(out, brokenEnvelope{test.what, test.reason, f.envelope(t)})
	}
	return out
}

func replaced(t *testing.T, b []byte, from, to string) []byte {
	t.Helper()
	if !bytes.Contains(b, []byte(from)) {
		t.Fatalf("%s is not in it", from)
	}
	return bytes.Replace(b, []byte(from), []byte(to), 1)
}
