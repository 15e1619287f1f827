package seal

import (
	"crypto/ed25519"
	"crypto/rand"
	"slices"

	"entente"
)

// Rotate replaces the keys that what names: "identity", "message", "ledger",
// "seal", "tls". The old seal key joins RetiredSeal, because partners seal to it
// until they have the new descriptor, and stays there until [Keys.Destroy].
//
// The new keys count once a descriptor with the next edition carries them; a
// new identity key needs the signatures of the old one and its own ([SignParty]).
func Rotate(k Keys, what ...string) (Keys, error) {
	if _, err := entente.ParsePartyID(string(k.Party)); err != nil {
		return Keys{}, err
	}
	for _, w := range what {
		switch w {
		case "identity":
			k.Identity = IdentityKey{freshPair()}
		case "message":
			k.Message = MessageKey{freshPair()}
		case "ledger":
			k.Ledger = LedgerKey{freshPair()}
		case "seal":
			private, err := kem.GenerateKey()
			if err != nil {
				return Keys{}, err
			}
			if !k.Seal.IsZero() {
				k.RetiredSeal = append([]SealKey{k.Seal}, k.RetiredSeal...)
			}
			k.Seal = SealKey{hide(newOpener(private))}
		case "tls":
			a, err := newAuthority(k.Party, freshSeed())
			if err != nil {
				return Keys{}, err
			}
			k.TLS = TLSKey{hide(a)}
		default:
			return Keys{}, &entente.Error{Kind: entente.Invalid, Field: "keys", Detail: "there is no key of that name", Hint: "the keys are identity, message, ledger, seal and tls"}
		}
	}
	return k, nil
}

// Destroy leaves out the retired seal keys whose public keys have these digests,
// and reports whether there was one. Copies of the key file are not reached.
func (k Keys) Destroy(gone ...entente.Digest) (Keys, bool) {
	had := len(k.RetiredSeal)
	k.RetiredSeal = slices.DeleteFunc(slices.Clone(k.RetiredSeal), func(s SealKey) bool {
		return slices.Contains(gone, entente.DigestOf(s.m().public))
	})
	return k, len(k.RetiredSeal) < had
}

func freshPair() key[pair] { return hide(newPair(freshSeed())) }

func freshSeed() []byte {
	seed := make([]byte, ed25519.SeedSize)
	rand.Read(seed) // never fails: crypto/rand ends the process first
	return seed
}
