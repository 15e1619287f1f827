package seal

import (
	"bytes"
	"crypto"
	"encoding/base64"
	"io"
	"strings"
	"testing"
	"time"

	"entente"
	"entente/ledger"
	"entente/parse"
	"entente/verify"
)

// signing is a text that a key signed, and all the ways in which texts of its kind
// can begin.
type signing struct {
	what, text string
	begins     []string
}

// No text that a key signs as one thing can be taken for another that it signs:
// what each begins with fits no other, whatever follows.
func TestEveryContextIsDistinct(t *testing.T) {
	w := newWorld(t)
	for key, list := range map[string][]signing{"identity": identitySigns(t, w), "message": messageSigns(t, w), "ledger": ledgerSigns(t, w)} {
		for i, a := range list {
			if !beginsWith(a.text, a.begins) {
				t.Errorf("%s: %s begins with %.30q", key, a.what, a.text)
			}
			for _, b := range list[:i] {
				if overlap(a.begins, b.begins) || beginsWith(a.text, b.begins) || beginsWith(b.text, a.begins) {
					t.Errorf("the %s key signs %s and %s, which can begin alike", key, a.what, b.what)
				}
			}
		}
	}
}

func beginsWith(text string, begins []string) bool {
	for _, b := range begins {
		if strings.HasPrefix(text, b) {
			return true
		}
	}
	return false
}

// overlap reports whether a text can begin with one of each.
func overlap(a, b []string) bool {
	for _, x := range a {
		if beginsWith(x, b) {
			return true
		}
		for _, y := range b {
			if strings.HasPrefix(y, x) {
				return true
			}
		}
	}
	return false
}

const partyBegins, agreementBegins = "entente = \"party/1\"\n", "entente = \"agreement/1\"\n"

func identitySigns(t *testing.T, w world) []signing {
	agreement, err := SignAgreement([]byte(northStar), "borea-sls", w.borea.keys.Identity)
	if err != nil {
		t.Fatal(err)
	}
	k := noteKey{"borea-sls", w.borea.party.Keys.Identity}
	return []signing{
		{"descriptors", signedText(t, descriptor(t, w.borea.party, w.borea.keys), k), []string{partyBegins}},
		{"agreements", signedText(t, agreement, k), []string{agreementBegins}},
	}
}

func messageSigns(t *testing.T, w world) []signing {
	k := noteKey{nodeName("borea-sls"), w.borea.party.Keys.Message}
	r := refusal()
	r.Channel = r.Channel.Back()
	r, err := SignRefusal(r, w.borea.keys.Message, w.borea.party)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := Seal(released(t, noteStatement(), "albia-ncc"), header(), w.borea.keys.Message, w.borea.record(), w.albia.record())
	if err != nil {
		t.Fatal(err)
	}
	e, err := parse.Envelope(sealed.Envelope)
	if err != nil {
		t.Fatal(err)
	}
	content := entente.DigestOf(append(bytes.Clone(e.Enc), e.Ciphertext...))
	envelope := pae(contextEnvelope, e.Header, content[:])
	if !verify.Signature(k.public, envelope, e.Signature) {
		t.Fatal("an envelope is signed over other bytes")
	}
	manifest := pae("entente/1 courier", []byte("{}"))
	if !verify.Signature(k.public, manifest, Sign(w.borea.keys.Message, "entente/1 courier", []byte("{}"))) {
		t.Fatal("a courier's manifest is signed over other bytes")
	}
	return []signing{
		{"descriptors", signedText(t, descriptor(t, w.borea.party, w.borea.keys), k), []string{partyBegins}},
		{"envelopes", string(envelope), []string{"18 entente/1 envelope "}},
		{"courier files", string(manifest), []string{"17 entente/1 courier "}},
		{"refusals", signedText(t, r.Text, k), []string{"entente/1 refusal\n"}},
	}
}

func ledgerSigns(t *testing.T, w world) []signing {
	k := noteKey{ledgerName("borea-sls"), w.borea.party.Keys.Ledger}
	next := w.borea.next(t)
	end := signedEnd(t, endNote(next, "albia-ncc"), w.borea.keys.Ledger, next.keys.Ledger)
	r := &recorder{Signer: w.borea.keys.Ledger.Signer()}
	s := shelf{heads: map[string]entente.LedgerHead{}, hashes: map[string][]entente.Digest{}}
	out := entente.Channel{Agreement: "north-star", From: "borea-sls", To: "albia-ncc"}
	record := []entente.Digest{{1}}
	if _, err := ledger.Append(s, out.Origin(), record, "borea-sls", r); err != nil {
		t.Fatal(err)
	}
	head, err := ledger.Append(s, out.Back().Origin(), record, "albia-ncc", w.albia.keys.Ledger.Signer())
	if err != nil {
		t.Fatal(err)
	}
	by := ledger.Recipient{Party: "borea-sls", Edition: parse.EditionOf(w.borea.party), Key: r}
	if _, err := ledger.SignReceipt(s, out.Back(), 0, record[0], head.Checkpoint, w.albia.party, by, entente.ViaWire, time.Unix(1, 0)); err != nil {
		t.Fatal(err)
	}
	if len(r.signed) != 2 {
		t.Fatalf("%d signatures for a checkpoint and a receipt", len(r.signed))
	}
	return []signing{
		{"descriptors", signedText(t, descriptor(t, w.borea.party, w.borea.keys), k), []string{partyBegins}},
		{"checkpoints", r.signed[0], checkpointsBegin()},
		{"receipts", r.signed[1], []string{"entente/1 receipt\n"}},
		{"end notes", signedText(t, end.Text, k), []string{"entente/1 end\n"}},
	}
}

// checkpointsBegin lists how origins begin: an agreement's id begins with a letter.
func checkpointsBegin() (all []string) {
	for c := 'a'; c <= 'z'; c++ {
		all = append(all, "entente/"+string(c))
	}
	return all
}

// signedText gives the text of a note after it found that k signed just that.
func signedText(t *testing.T, note []byte, k noteKey) string {
	t.Helper()
	text, lines := splitNote(note)
	for line := range strings.Lines(string(lines)) {
		b64, ok := strings.CutPrefix(strings.TrimSuffix(line, "\n"), "— "+k.name+" ")
		raw, err := base64.StdEncoding.DecodeString(b64)
		if ok && err == nil && verify.Signature(k.public, text, raw[4:]) {
			return string(text)
		}
	}
	t.Fatalf("%s did not sign the text of this note: %s", k.name, note)
	return ""
}

// recorder keeps what a key signs.
type recorder struct {
	crypto.Signer
	signed []string
}

func (r *recorder) Sign(rand io.Reader, message []byte, opts crypto.SignerOpts) ([]byte, error) {
	r.signed = append(r.signed, string(message))
	return r.Signer.Sign(rand, message, opts)
}

// shelf is a ledger store of one record a ledger.
type shelf struct {
	heads  map[string]entente.LedgerHead
	hashes map[string][]entente.Digest
}

func (s shelf) Head(origin string) (entente.LedgerHead, error) {
	h := s.heads[origin]
	h.Origin = origin
	return h, nil
}

func (s shelf) PutHead(h entente.LedgerHead) error {
	s.heads[h.Origin] = h
	return nil
}

func (s shelf) Hashes(origin string, indexes []int64) (out []entente.Digest, _ error) {
	for _, i := range indexes {
		out = append(out, s.hashes[origin][i])
	}
	return out, nil
}

func (s shelf) Append(origin string, _ int64, _ []entente.Digest, _ int64, hashes []entente.Digest) error {
	s.hashes[origin] = append(s.hashes[origin], hashes...)
	return nil
}

func (s shelf) Records(string, int64, int) ([]entente.Digest, error) {
	return []entente.Digest{{1}}, nil
}
