package scenario_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/hpke"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
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

	by     ed25519.PrivateKey
	sealTo []byte // the seal key that it is encrypted to
	secret [32]byte
	said   *entente.Statement // what the header commits to; nil: statement
	aad    []byte             // nil: the header

	// Text to be changed after it was encoded and before it is signed or sealed.
	editHeader, editPayload, editPlaintext, editEnvelope func(string) string
}

// envelope makes the envelope.
func (f forged) envelope(t testing.TB) []byte {
	t.Helper()
	payload := edited(f.editPayload, encode(t, f.statement))
	committed := payload
	if f.said != nil {
		committed = encode(t, *f.said)
	}
	content, err := seal.Content(committed, f.secret)
	if err != nil {
		content = entente.DigestOf(committed) // what cannot be cut has none
	}
	f.header.Content = content
	header := edited(f.editHeader, encode(t, f.header))
	aad := f.aad
	if aad == nil {
		aad = header
	}
	plaintext := append(counted(append([]byte{1}, f.secret[:]...), payload), make([]byte, -(37+len(payload))&255)...)
	enc, ciphertext := sealed(t, f.sealTo, aad, edited(f.editPlaintext, plaintext))
	sum := sha256.Sum256(append(bytes.Clone(enc), ciphertext...))
	envelope := append(counted([]byte("entente/1 envelope\n"), header), enc...)
	envelope = append(counted(envelope, ciphertext), ed25519.Sign(f.by, pae("entente/1 envelope", header, sum[:]))...)
	return edited(f.editEnvelope, envelope)
}

// counted writes bytes behind their length.
func counted(b, part []byte) []byte {
	return append(binary.BigEndian.AppendUint32(b, uint32(len(part))), part...)
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

// another makes a tip a statement of another kind.
func another(kind string) func(string) string {
	return func(s string) string {
		return swap(`"tip":{`, `"`+kind+`":{`)(swap(`"kind":"tip"`, `"kind":"`+kind+`"`)(s))
	}
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
