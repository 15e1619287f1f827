package scenario_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/hpke"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/google/uuid"

	"entente"
	"entente/parse"
	"entente/seal"
)

// What a registered partner can send whose program is not ours. It is written
// from docs/protocol.md, apart from package seal, which would refuse to make most
// of it.

// rawMessageKey takes a party's message key out of its key file, as its owner can.
func rawMessageKey(t testing.TB, k seal.Keys) ed25519.PrivateKey {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	file, err := seal.Lock(k, id.Recipient())
	if err != nil {
		t.Fatal(err)
	}
	r, err := age.Decrypt(bytes.NewReader(file), id)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if b64, ok := strings.CutPrefix(line, "message "); ok {
			seed, err := base64.StdEncoding.DecodeString(strings.TrimSpace(b64))
			if err != nil {
				t.Fatal(err)
			}
			return ed25519.NewKeyFromSeed(seed)
		}
	}
	t.Fatal("the key file has no message key")
	return nil
}

// forged is an envelope in the making: every part can be another than it should be.
type forged struct {
	header    entente.Header
	statement entente.Statement

	by        ed25519.PrivateKey // signs, inside and outside
	innerBy   ed25519.PrivateKey // nil: by
	outerBy   ed25519.PrivateKey // nil: by
	sealTo    []byte             // the seal key that it is encrypted to
	boundTo   []byte             // the seal key that the inner signature names; nil: sealTo
	boundHead []byte             // the header that the inner signature names; nil: the header
	aad       []byte             // nil: the header
	mediaType string             // of the content; "": a statement's

	// Text to be changed after it was encoded and before it is signed or sealed.
	editHeader, editPayload, editContent, editEnvelope func(string) string
}

const statementType = "application/vnd.entente.statement+json"

// envelope makes the envelope.
func (f forged) envelope(t testing.TB) []byte {
	t.Helper()
	header := edited(f.editHeader, encode(t, f.header))
	payload := edited(f.editPayload, encode(t, f.statement))
	or := func(b, otherwise []byte) []byte {
		if b == nil {
			return otherwise
		}
		return b
	}
	if f.mediaType == "" {
		f.mediaType = statementType
	}
	digest := sha256.Sum256(or(f.boundHead, header))
	inner := ed25519.Sign(or(f.innerBy, f.by), pae("entente/1 statement", digest[:], or(f.boundTo, f.sealTo), []byte(f.mediaType), payload))
	content := edited(f.editContent, encode(t, struct {
		Type      string `json:"type"`
		Payload   []byte `json:"payload"`
		Signature []byte `json:"signature"`
	}{f.mediaType, payload, inner}))
	enc, ciphertext := sealed(t, f.sealTo, or(f.aad, header), content)
	sum := sha256.Sum256(append(bytes.Clone(enc), ciphertext...))
	outer := ed25519.Sign(or(f.outerBy, f.by), pae("entente/1 envelope", header, sum[:]))
	return edited(f.editEnvelope, encode(t, struct {
		Header     []byte `json:"header"`
		Enc        []byte `json:"enc"`
		Ciphertext []byte `json:"ciphertext"`
		Signature  []byte `json:"signature"`
	}{header, enc, ciphertext, outer}))
}

// pae is the pre-authentication encoding of docs/protocol.md, section 10.
func pae(parts ...any) []byte {
	var b bytes.Buffer
	for i, p := range parts {
		text, ok := p.(string)
		if !ok {
			text = string(p.([]byte))
		}
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(strconv.Itoa(len(text)) + " " + text)
	}
	return b.Bytes()
}

func sealed(t testing.TB, to, aad, plaintext []byte) (enc, ciphertext []byte) {
	t.Helper()
	key, err := hpke.MLKEM768X25519().NewPublicKey(to)
	if err != nil {
		t.Fatal(err)
	}
	enc, s, err := hpke.NewSender(key, hpke.HKDFSHA256(), hpke.AES256GCM(), []byte("entente/1 envelope"))
	if err != nil {
		t.Fatal(err)
	}
	if ciphertext, err = s.Seal(aad, plaintext); err != nil {
		t.Fatal(err)
	}
	return enc, ciphertext
}

func encode(t testing.TB, v any) []byte {
	t.Helper()
	b, err := parse.Encode(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func edited(edit func(string) string, b []byte) []byte {
	if edit == nil {
		return b
	}
	return []byte(edit(string(b)))
}

// swap gives an edit that puts one text in the place of another.
func swap(old, with string) func(string) string {
	return func(s string) string {
		if !strings.Contains(s, old) {
			panic(strconv.Quote(old) + " is not there to be changed")
		}
		return strings.Replace(s, old, with, 1)
	}
}

// messageID makes an id as a node does.
func messageID(at time.Time) entente.MessageID {
	id := uuid.Must(uuid.NewV7())
	ms := at.UnixMilli()
	for i := range 6 {
		id[i] = byte(ms >> (8 * (5 - i)))
	}
	return entente.MessageID(id.String())
}
