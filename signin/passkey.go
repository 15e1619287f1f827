package signin

import (
	"encoding/base64"
	"encoding/json"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"entente"
)

// maxResponse bounds what a browser answers, in bytes.
const maxResponse = 64 << 10

// Challenge is what a browser gets to answer with a passkey: Options for
// navigator.credentials.create or .get (in JSON, under "publicKey"), and the ID
// that comes back with the answer.
type Challenge struct {
	ID      string          `json:"id"`
	Options json.RawMessage `json:"options"`
}

func newPasskeys(cfg Config) (*webauthn.WebAuthn, error) {
	resident := true
	w, err := webauthn.New(&webauthn.Config{
		RPID: cfg.RPID, RPDisplayName: cfg.Name, RPOrigins: cfg.Origins,
		AttestationPreference: protocol.PreferNoAttestation,
		// A passkey stands for password and possession in one, so that the
		// authenticator must have verified its holder.
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			RequireResidentKey: &resident,
			ResidentKey:        protocol.ResidentKeyRequirementRequired,
			UserVerification:   protocol.VerificationRequired,
		},
		Timeouts: webauthn.TimeoutsConfig{
			Login:        webauthn.TimeoutConfig{Timeout: ceremonyLife, TimeoutUVD: ceremonyLife},
			Registration: webauthn.TimeoutConfig{Timeout: ceremonyLife, TimeoutUVD: ceremonyLife},
		},
	})
	if err != nil {
		return nil, &entente.Error{Kind: entente.Invalid, Field: "passkeys", Detail: "passkeys cannot be set up with this host name and these origins", Hint: "take the host name of the desk as ID, and \"https://\" before it as origin", Cause: err}
	}
	return w, nil
}

// passkey is what the store keeps of one: public key, counter and flags, and
// the handle by which authenticators know the officer.
type passkey struct {
	Handle     []byte              `json:"handle"`
	Credential webauthn.Credential `json:"credential"`
}

func passkeyID(raw []byte) string {
	return kindPasskey + ":" + base64.RawURLEncoding.EncodeToString(raw)
}

// holder is an officer as WebAuthn knows him.
type holder struct {
	officer entente.Officer
	handle  []byte // random: says nothing of him to whoever reads the authenticator
	keys    []webauthn.Credential
}

func (h holder) WebAuthnID() []byte                         { return h.handle }
func (h holder) WebAuthnName() string                       { return string(h.officer.ID) }
func (h holder) WebAuthnDisplayName() string                { return h.officer.Name }
func (h holder) WebAuthnCredentials() []webauthn.Credential { return h.keys }

func (s *Service) holder(tx entente.Tx, o entente.Officer) (holder, error) {
	held, err := tx.Credentials(o.ID)
	if err != nil {
		return holder{}, err
	}
	h := holder{officer: o}
	for _, c := range held {
		if c.Kind != kindPasskey {
			continue
		}
		var p passkey
		if err := json.Unmarshal(c.Data, &p); err != nil {
			return holder{}, &entente.Error{Kind: entente.Invalid, Field: "passkey", Detail: "a stored passkey cannot be read", Cause: err}
		}
		h.handle = p.Handle
		h.keys = append(h.keys, p.Credential)
	}
	if h.handle == nil {
		h.handle = random(64)
	}
	return h, nil
}

func (s *Service) passkeysOn() error {
	if s.passkeys != nil {
		return nil
	}
	return &entente.Error{Kind: entente.Unavailable, Detail: "passkeys are not set up at this node", Hint: "sign in with a password"}
}

// passkeyError says that a registration failed; the cause is for the log.
func passkeyError(cause error) error {
	return &entente.Error{Kind: entente.Invalid, Field: "passkey", Detail: "the passkey could not be made", Hint: "try again, or use another authenticator: it must ask for a PIN, a finger or a face", Cause: opaque(cause)}
}

func wrongPasskey(cause error) *entente.Error {
	return &entente.Error{Kind: entente.Denied, Detail: "this passkey does not open an account here", Hint: "try another passkey, or sign in with a password", Cause: opaque(cause)}
}
