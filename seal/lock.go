package seal

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"io"
	"strings"

	"filippo.io/age"

	"entente"
)

// maxLocked bounds a locked key file in bytes. The keys take about 4 KiB, an
// agreement that was signed at most 200 bytes.
const maxLocked = 1 << 20

const lockedHead = "entente/1 keys"

// Lock encrypts keys into one age file: for a passphrase
// ([age.NewScryptRecipient]) or for a key that is kept elsewhere.
func Lock(k Keys, to ...age.Recipient) ([]byte, error) {
	if _, err := entente.ParsePartyID(string(k.Party)); err != nil {
		return nil, err
	}
	text, err := formatKeys(k)
	if err != nil {
		return nil, err
	}
	defer clear(text)
	var b bytes.Buffer
	w, err := age.Encrypt(&b, to...)
	if err != nil {
		return nil, &entente.Error{Kind: entente.Invalid, Field: "recipient", Detail: "the keys cannot be locked for this recipient", Hint: "give one passphrase, or one or more age recipients of the same kind", Cause: err}
	}
	if _, err := w.Write(text); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// Unlock opens what Lock made. A wrong passphrase or key, and a file that was
// changed, are Unverified; a file that is not one of ours is Invalid.
func Unlock(b []byte, with ...age.Identity) (Keys, error) {
	if len(b) > maxLocked {
		return Keys{}, &entente.Error{Kind: entente.Invalid, Field: "keys", Detail: "too large to be a key file"}
	}
	text, err := decrypt(b, with)
	if err != nil {
		e := &entente.Error{Kind: entente.Unverified, Field: "keys", Detail: "the key file does not open", Hint: "check the passphrase or the key; if they are right, the file is damaged: take it from the backup", Cause: err}
		if _, ok := errors.AsType[*age.NoIdentityMatchError](err); ok {
			e.Detail, e.Hint = "wrong passphrase or key", "enter it again; keyboard layout and capitals count"
		}
		return Keys{}, e
	}
	defer clear(text)
	k, err := parseKeys(text)
	if err != nil {
		return Keys{}, &entente.Error{Kind: entente.Invalid, Field: "keys", Detail: "it opens, but does not hold the keys of a party", Hint: "make key files with the program itself", Cause: err}
	}
	return k, nil
}

func decrypt(b []byte, with []age.Identity) ([]byte, error) {
	r, err := age.Decrypt(bytes.NewReader(b), with...)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

// formatKeys writes one line a key, absent ones left out, in this order.
func formatKeys(k Keys) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(lockedHead + "\nparty " + string(k.Party) + "\n")
	line := func(name string, value []byte) {
		b.WriteString(name + " " + base64.StdEncoding.EncodeToString(value) + "\n")
	}
	for _, p := range []struct {
		name string
		key  key[pair]
	}{{"identity", k.Identity.key}, {"message", k.Message.key}, {"ledger", k.Ledger.key}} {
		if !p.key.IsZero() {
			line(p.name, p.key.m().private.Seed())
		}
	}
	if !k.TLS.IsZero() {
		line("tls", k.TLS.m().pair.private.Seed())
		line("tls-root", k.TLS.m().root.Raw)
	}
	k.Signed.lines(line)
	for i, s := range k.SealKeys() {
		private, err := s.m().private.Bytes()
		if err != nil {
			return nil, err
		}
		if i == 0 && !k.Seal.IsZero() {
			line("seal", private)
		} else {
			line("retired-seal", private)
		}
	}
	return b.Bytes(), nil
}

// parseKeys reads what formatKeys wrote, and nothing else: it must come out the
// same when it is written again.
func parseKeys(text []byte) (Keys, error) {
	lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	if lines[0] != lockedHead {
		return Keys{}, errors.New("not a key file")
	}
	var k Keys
	values := map[string][]byte{}
	for _, l := range lines[1:] {
		name, value, _ := strings.Cut(l, " ")
		if name == "party" {
			id, err := entente.ParsePartyID(value)
			if err != nil {
				return Keys{}, err
			}
			k.Party = id
			continue
		}
		raw, err := base64.StdEncoding.DecodeString(value)
		if err != nil {
			return Keys{}, errors.New(name + ": not base64")
		}
		if strings.HasPrefix(name, "signed-") {
			if err := k.Signed.read(name, raw); err != nil {
				return Keys{}, errors.New(name + ": " + err.Error())
			}
			continue
		}
		if name == "retired-seal" {
			s, err := readSealKey(raw)
			if err != nil || len(k.RetiredSeal) == maxRetired {
				return Keys{}, errors.New(name + ": not a key, or too many")
			}
			k.RetiredSeal = append(k.RetiredSeal, s)
			continue
		}
		values[name] = raw
	}
	if err := fillKeys(&k, values); err != nil {
		return Keys{}, err
	}
	if again, err := formatKeys(k); err != nil || !bytes.Equal(again, text) {
		return Keys{}, errors.New("not in the order or form in which key files are written")
	}
	return k, nil
}

// fillKeys makes keys of the values that are there. Names that it does not know
// show when the keys are written again.
func fillKeys(k *Keys, values map[string][]byte) error {
	for name, to := range map[string]*key[pair]{"identity": &k.Identity.key, "message": &k.Message.key, "ledger": &k.Ledger.key} {
		seed, ok := values[name]
		if !ok {
			continue
		}
		if len(seed) != ed25519.SeedSize {
			return errors.New(name + ": not a key")
		}
		*to = hide(newPair(seed))
	}
	if raw, ok := values["seal"]; ok {
		s, err := readSealKey(raw)
		if err != nil {
			return errors.New("seal: not a key")
		}
		k.Seal = s
	}
	seed, ok := values["tls"]
	if !ok {
		return nil
	}
	if len(seed) != ed25519.SeedSize {
		return errors.New("tls: not a key")
	}
	a, err := readAuthority(seed, values["tls-root"])
	if err != nil {
		return err
	}
	k.TLS = TLSKey{hide(a)}
	return nil
}

func readSealKey(private []byte) (SealKey, error) {
	p, err := kem.NewPrivateKey(private)
	if err != nil {
		return SealKey{}, err
	}
	return SealKey{hide(newOpener(p))}, nil
}
