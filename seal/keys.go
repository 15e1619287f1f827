package seal

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/hpke"
	"crypto/sha256"
	"crypto/x509"
	"fmt"
	"io"

	"entente"
)

// Keys are the private keys of a party, one for each use. A zero key is absent:
// a node whose identity key is kept elsewhere works without it.
type Keys struct {
	Party       entente.PartyID
	Identity    IdentityKey
	Message     MessageKey
	Ledger      LedgerKey
	Seal        SealKey
	TLS         TLSKey
	RetiredSeal []SealKey // newest first; still open what was sealed to an earlier descriptor
	Signed      Signed    // by the identity key, with which it is kept
}

// maxRetired is how many earlier seal keys are kept.
const maxRetired = 4

// Generate makes a new set of keys.
func Generate(p entente.PartyID) (Keys, error) {
	return Rotate(Keys{Party: p}, "identity", "message", "ledger", "seal", "tls")
}

// WithoutIdentity is k for a node whose identity key is kept off it.
func (k Keys) WithoutIdentity() Keys {
	k.Identity, k.Signed = IdentityKey{}, Signed{}
	return k
}

// Public gives the public half of k, as it stands in the descriptor. An absent
// key has none.
func (k Keys) Public() entente.PartyKeys {
	p := entente.PartyKeys{
		Identity: k.Identity.Public(),
		Message:  k.Message.Public(),
		Ledger:   k.Ledger.Public(),
		Seal:     k.Seal.Public(),
	}
	if root := k.TLS.Root(); root != nil {
		p.TLSRoot = bytes.Clone(root.Raw)
	}
	return p
}

// SealKeys lists the current seal key and the retired ones, as Open takes them.
func (k Keys) SealKeys() []SealKey {
	if k.Seal.IsZero() {
		return k.RetiredSeal
	}
	return append([]SealKey{k.Seal}, k.RetiredSeal...)
}

// An IdentityKey signs descriptors and agreements.
type IdentityKey struct{ key[pair] }

// A MessageKey signs envelopes and refusals.
type MessageKey struct{ key[pair] }

// A LedgerKey signs the checkpoints of its party's own ledgers, and receipts for
// what came from partners.
type LedgerKey struct{ key[pair] }

// A SealKey opens envelopes.
type SealKey struct{ key[opener] }

// A TLSKey is the party's own certification authority.
type TLSKey struct{ key[authority] }

// Public gives the public key, or nil for an absent one.
func (k IdentityKey) Public() ed25519.PublicKey { return k.m().public() }

// Public gives the public key, or nil for an absent one.
func (k MessageKey) Public() ed25519.PublicKey { return k.m().public() }

// Public gives the public key, or nil for an absent one.
func (k LedgerKey) Public() ed25519.PublicKey { return k.m().public() }

// Secret derives 32 bytes for one use of this node's own (HKDF, RFC 5869). Whoever
// has a copy of the store and not the key cannot compute them. It panics for an
// absent key.
func (k LedgerKey) Secret(use string) []byte {
	secret, err := hkdf.Key(sha256.New, k.m().private.Seed(), nil, "entente/1 secret of "+use, 32)
	if err != nil {
		panic(err) // only for a length that no hash gives
	}
	return secret
}

// Signer signs checkpoints with the key, without showing it. It is nil for an
// absent key.
func (k LedgerKey) Signer() crypto.Signer { return k.m().signer() }

// Public gives the HPKE public key, 1216 bytes, or nil for an absent one.
func (k SealKey) Public() []byte {
	if k.IsZero() {
		return nil
	}
	return bytes.Clone(k.m().public)
}

// Signer signs certificates with the key, without showing it. It is nil for an
// absent key.
func (k TLSKey) Signer() crypto.Signer {
	if k.IsZero() {
		return nil
	}
	return k.m().pair.signer()
}

// Root is the party's own root certificate, or nil for an absent key.
func (k TLSKey) Root() *x509.Certificate {
	if k.IsZero() {
		return nil
	}
	return k.m().root
}

// key holds private material where no way of printing reaches it. Package fmt
// and the encoders meet the methods below. Where they are kept from calling
// methods (a field that is not exported) they find a function, which prints as
// an address; behind a pointer, %s would find the bytes.
type key[M any] struct{ get func() *M }

func hide[M any](m *M) key[M] { return key[M]{func() *M { return m }} }

// m is the material, or nil for an absent key.
func (k key[M]) m() *M {
	if k.get == nil {
		return nil
	}
	return k.get()
}

// IsZero reports whether the key is absent.
func (k key[M]) IsZero() bool { return k.get == nil }

func (k key[M]) String() string {
	if k.IsZero() {
		return "[no key]"
	}
	return "[private key]"
}

func (k key[M]) GoString() string { return k.String() }

// Format answers every verb, %x included.
func (k key[M]) Format(f fmt.State, _ rune) { io.WriteString(f, k.String()) }

// MarshalText serves encoding/xml, the text handler of log/slog and the like.
func (k key[M]) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

func (k key[M]) MarshalJSON() ([]byte, error) { return []byte(`"` + k.String() + `"`), nil }

// pair is an Ed25519 key pair.
type pair struct{ private ed25519.PrivateKey }

func newPair(seed []byte) *pair { return &pair{ed25519.NewKeyFromSeed(seed)} }

func (p *pair) public() ed25519.PublicKey {
	if p == nil {
		return nil
	}
	return bytes.Clone(p.private[ed25519.SeedSize:])
}

func (p *pair) signer() crypto.Signer {
	if p == nil {
		return nil
	}
	return signer{hide(p)}
}

// signer is a crypto.Signer that prints nothing of its key.
type signer struct{ key[pair] }

func (s signer) Public() crypto.PublicKey { return s.m().public() }

func (s signer) Sign(r io.Reader, message []byte, opts crypto.SignerOpts) ([]byte, error) {
	return s.m().private.Sign(r, message, opts)
}

// opener is an HPKE key pair with the public half at hand, because every
// envelope asks for its name.
type opener struct {
	private hpke.PrivateKey
	public  []byte
}

func newOpener(private hpke.PrivateKey) *opener {
	return &opener{private, private.PublicKey().Bytes()}
}
