package signin

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/go-webauthn/webauthn/protocol"
)

// FuzzPasskeyAnswer holds that what a browser answers for a passkey is read or
// refused, and that the reader never reads what is ambiguous: JSON that another
// reader could read otherwise, or a passkey without bounds.
func FuzzPasskeyAnswer(f *testing.F) {
	a := newAuthenticator(f)
	challenge := Challenge{Options: []byte(`{"publicKey":{"challenge":"AAAA","user":{"id":"AAAA"}}}`)}
	f.Add(a.assert(challenge))
	f.Add(a.register(challenge))
	f.Add([]byte(`{"id":"AA","rawId":"AA","type":"public-key","response":{},"response":{}}`))
	f.Add([]byte(`{} {}`))
	f.Fuzz(func(t *testing.T, answer []byte) {
		in, err := assertion(answer)
		if err == nil {
			wantPlain(t, answer, in.RawID, in.Type)
		}
		made, err := attestation(answer)
		if err == nil {
			wantPlain(t, answer, made.RawID, made.Type)
		}
	})
}

func wantPlain(t *testing.T, answer, id []byte, kind string) {
	t.Helper()
	if len(answer) > maxResponse || len(id) == 0 || len(id) > maxCredentialID || kind != string(protocol.PublicKeyCredentialType) {
		t.Errorf("%d bytes were read as a %q with an id of %d", len(answer), kind, len(id))
	}
	var one, two any
	d := json.NewDecoder(bytes.NewReader(answer))
	if d.Decode(&one) != nil || d.Decode(&two) == nil {
		t.Errorf("what is no single JSON value was read: %q", answer)
	}
}

// The reader of answers says no to what two readers could read in two ways.
func TestStrictAnswers(t *testing.T) {
	a := newAuthenticator(t)
	challenge := Challenge{Options: []byte(`{"publicKey":{"challenge":"AAAA","user":{"id":"AAAA"}}}`)}
	good := a.assert(challenge)
	for name, x := range map[string]struct {
		answer []byte
		good   bool
	}{
		"as it comes":             {good, true},
		"a member of tomorrow":    {bytes.Replace(good, []byte("{"), []byte(`{"tomorrow":[1],`), 1), true},
		"a name twice":            {bytes.Replace(good, []byte("{"), []byte(`{"type":"public-key",`), 1), false},
		"something after it":      {append(bytes.Clone(good), "{}"...), false},
		"white space after it":    {append(bytes.Clone(good), " \n"...), true},
		"not UTF-8":               {bytes.Replace(good, []byte("{"), []byte("{\"x\":\"\xff\","), 1), false},
		"nested":                  {bytes.Replace(good, []byte("{"), append([]byte(`{"x":`), append(bytes.Repeat([]byte("["), maxDepth), append(bytes.Repeat([]byte("]"), maxDepth), ',')...)...), 1), false},
		"an id that is too long":  {func() []byte { b := *a; b.id = random(maxCredentialID + 1); return b.assert(challenge) }(), false},
		"an array":                {append([]byte("["), append(bytes.Clone(good), ']')...), false},
		"larger than is answered": {bytes.Replace(good, []byte("{"), append([]byte("{"), bytes.Repeat([]byte(" "), maxResponse)...), 1), false},
	} {
		if _, err := assertion(x.answer); (err == nil) != x.good {
			t.Errorf("%s: %v", name, err)
		}
	}
}
