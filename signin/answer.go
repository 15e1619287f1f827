package signin

import (
	"bytes"
	"errors"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/go-webauthn/webauthn/protocol"
)

// Bounds of what a browser answers for a passkey.
const (
	maxCredentialID = 1023 // bytes: WebAuthn, section 4
	maxDepth        = 8    // of its JSON: the answer itself has three levels
)

// assertion reads a browser's answer to a challenge for signing in.
func assertion(response []byte) (*protocol.ParsedCredentialAssertionData, error) {
	if err := strict(response); err != nil {
		return nil, err
	}
	a, err := protocol.ParseCredentialRequestResponseBytes(response)
	if err != nil {
		return nil, err
	}
	return a, bounded(a.RawID)
}

// attestation reads a browser's answer with a new passkey.
func attestation(response []byte) (*protocol.ParsedCredentialCreationData, error) {
	if err := strict(response); err != nil {
		return nil, err
	}
	a, err := protocol.ParseCredentialCreationResponseBytes(response)
	if err != nil {
		return nil, err
	}
	return a, bounded(a.RawID)
}

func bounded(id []byte) error {
	if len(id) == 0 || len(id) > maxCredentialID {
		return errors.New("the id of a passkey has 1 to 1023 bytes")
	}
	return nil
}

// strict checks that an answer is one JSON object of UTF-8 without a name twice, of
// bounded size and depth. What it has beyond what we read is ignored: each version
// of WebAuthn adds members, and a browser that is newer than the node signs in too.
func strict(response []byte) error {
	if len(response) > maxResponse {
		return errors.New("the answer is too large")
	}
	d := jsontext.NewDecoder(bytes.NewReader(response))
	if d.PeekKind() != '{' {
		return errors.New("the answer is no JSON object")
	}
	for {
		if _, err := d.ReadToken(); err != nil {
			return err
		}
		switch depth := d.StackDepth(); {
		case depth > maxDepth:
			return errors.New("the answer is nested too deeply")
		case depth == 0:
			if rest := bytes.TrimSpace(response[d.InputOffset():]); len(rest) > 0 {
				return errors.New("something follows the answer")
			}
			return nil
		}
	}
}
