package seal

import (
	"encoding/base64"
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
	HeaderSHA256        string           `json:"header_sha256_hex"`
	Payload             string           `json:"payload"`
	StatementPAE        string           `json:"statement_pae_base64"`
	StatementSignature  string           `json:"statement_signature_base64"`
	Plaintext           string           `json:"plaintext"`
	Enc                 string           `json:"enc_base64"`
	Ciphertext          string           `json:"ciphertext_base64"`
	EncCiphertextSHA256 string           `json:"enc_ciphertext_sha256_hex"`
	EnvelopePAE         string           `json:"envelope_pae_base64"`
	EnvelopeSignature   string           `json:"envelope_signature_base64"`
	Envelope            string           `json:"envelope"`
	Digest              string           `json:"digest_hex"`
	Refused             []envelopeRefuse `json:"refused"`
}

type envelopeRefuse struct {
	What     string         `json:"what"`
	Envelope string         `json:"envelope"`
	Reason   entente.Reason `json:"reason"`
}

// makeEnvelope keeps the old one if it opens to the payload, and derives the rest.
func makeEnvelope(t *testing.T, w world, payload string, old envelopeVector) envelopeVector {
	s, err := parse.Statement([]byte(payload))
	if err != nil {
		t.Fatal(err)
	}
	h := header()
	h.Class = entente.ClassContent
	envelope := []byte(old.Envelope)
	if o, err := w.open(envelope); err != nil || string(o.Payload) != payload {
		if !*update {
			t.Errorf("envelope.json does not open: %v", err)
		}
		sealed, err := Seal(released(t, s, "albia-ncc"), h, w.borea.keys.Message, w.albia.party)
		if err != nil {
			t.Fatal(err)
		}
		envelope = sealed.Envelope
	}
	v := derive(t, w, envelope)
	v.Refused = makeRefused(t, w, h, []byte(payload), envelope, old.Refused)
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
	c, err := parse.Canonical[content](plaintext, parse.MaxPlaintext)
	if err != nil {
		t.Fatal(err)
	}
	sum := entente.DigestOf(e.Header)
	b64 := base64.StdEncoding.EncodeToString
	v := envelopeVector{
		From: "borea-sls", To: "albia-ncc", Header: string(e.Header), HeaderSHA256: sum.String(), Payload: string(c.Payload),
		StatementPAE:       b64(pae(contextStatement, sum[:], w.albia.keys.Seal.Public(), []byte(payloadType), c.Payload)),
		StatementSignature: b64(signStatement(w.borea.keys.Message, e.Header, w.albia.keys.Seal.Public(), c.Payload)),
		Plaintext:          string(plaintext), Enc: b64(e.Enc), Ciphertext: b64(e.Ciphertext),
		EncCiphertextSHA256: hex.EncodeToString(sealedDigest(e)),
		EnvelopePAE:         b64(pae(contextEnvelope, e.Header, sealedDigest(e))),
		EnvelopeSignature:   b64(sign(w.borea.keys.Message, contextEnvelope, e.Header, sealedDigest(e))),
		Envelope:            string(envelope), Digest: entente.DigestOf(envelope).String(),
	}
	if v.StatementSignature != b64(c.Signature) || v.EnvelopeSignature != b64(e.Signature) {
		t.Error("envelope.json: the signatures are not those of the keys")
	}
	return v
}

// makeRefused keeps an old one if it is refused for the right reason.
func makeRefused(t *testing.T, w world, h entente.Header, payload, good []byte, old []envelopeRefuse) []envelopeRefuse {
	albia, cadia := w.albia.keys.Seal.Public(), w.cadia.keys.Seal.Public()
	short := released(t, noteStatement(), "albia-ncc").Payload()
	note := header()
	base := func() forge { return forge{header: note, payload: short, by: w.borea.keys.Message, to: albia} }
	opened, err := w.open(good)
	if err != nil {
		t.Fatal(err)
	}
	var out []envelopeRefuse
	for i, test := range []struct {
		what   string
		reason entente.Reason
		forge  func(*forge)
	}{
		{"another version", entente.ReasonVersion, func(f *forge) { f.header.Version = 2 }},
		{"to another party", entente.ReasonWrongRecipient, func(f *forge) { f.header.To = "cadia-fiu" }},
		{"from another party", entente.ReasonWrongSender, func(f *forge) { f.header.From = "cadia-fiu" }},
		{"a sender key that is not the descriptor's", entente.ReasonSenderKey, func(f *forge) { f.by = w.cadia.keys.Message }},
		{"the outer signature by another key", entente.ReasonSignature, func(f *forge) { f.by, f.header.SenderKey = w.cadia.keys.Message, w.borea.keys.Message.ID() }},
		{"a recipient key that the recipient does not have", entente.ReasonRecipientKey, func(f *forge) { f.to = cadia }},
		{"sealed to another key than the header names", entente.ReasonSeal, func(f *forge) { f.to, f.header.RecipientKey = cadia, w.albia.keys.Seal.ID() }},
		{"sealed with other data beside it than the header", entente.ReasonSeal, func(f *forge) { f.aad = []byte("x") }},
		{"an inner signature of another statement", entente.ReasonSignature, func(f *forge) { f.signature = opened.Signature }},
		{"the inside of another envelope, with its signature, under a new header", entente.ReasonSignature, func(f *forge) {
			f.header = h
			f.header.Seq = 1
			f.payload, f.signature = payload, opened.Signature
		}},
		{"content of another type", entente.ReasonStatement, func(f *forge) { f.plaintext = []byte(`{"type":"text/plain","payload":"","signature":""}`) }},
		{"content with an unknown member", entente.ReasonUnknownField, func(f *forge) {
			f.plaintext = []byte(`{"type":"` + payloadType + `","payload":"","signature":"","x":1}`)
		}},
		{"another id inside than outside", entente.ReasonStatement, func(f *forge) { f.header.ID = "0196f0a8-7c1e-7b3a-9f10-000000000000" }},
		{"another precedence inside than outside", entente.ReasonStatement, func(f *forge) { f.header.Precedence = entente.Flash }},
		{"another class outside than the kind inside", entente.ReasonStatement, func(f *forge) { f.header.Class = entente.ClassContent }},
	} {
		if i < len(old) && old[i].What == test.what {
			if _, err := w.open([]byte(old[i].Envelope)); entente.ReasonOf(err) == test.reason {
				out = append(out, old[i])
				continue
			}
		}
		f := base()
		test.forge(&f)
		b := f.envelope(t)
		if _, err := w.open(b); entente.ReasonOf(err) != test.reason || !*update {
			t.Errorf("envelope.json: %s: %v, want %s", test.what, err, test.reason)
		}
		out = append(out, envelopeRefuse{test.what, string(b), test.reason})
	}
	return out
}
