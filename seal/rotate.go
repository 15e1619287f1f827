package seal

import (
	"crypto/ed25519"
	"crypto/rand"

	"entente"
)

// Rotate replaces the keys that what names: "identity", "message", "ledger",
// "seal", "tls". The old seal key joins RetiredSeal, because partners seal to it
// until they have the new descriptor; of the retired, the newest four stay.
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
			k.RetiredSeal = retire(k.Seal, k.RetiredSeal)
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

// retire puts a seal key before the retired ones, and lets the oldest go.
func retire(old SealKey, retired []SealKey) []SealKey {
	if old.IsZero() {
		return retired
	}
	all := append([]SealKey{old}, retired...)
	return all[:min(len(all), maxRetired)]
}

func freshPair() key[pair] { return hide(newPair(freshSeed())) }

func freshSeed() []byte {
	seed := make([]byte, ed25519.SeedSize)
	rand.Read(seed) // never fails: crypto/rand ends the process first
	return seed
}
