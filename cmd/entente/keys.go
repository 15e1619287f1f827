package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"filippo.io/age"

	"entente"
	"entente/seal"
)

// keyFile reads one of the two key files, still locked.
func (h home) keyFile(file string) ([]byte, error) {
	b, err := os.ReadFile(h.path("keys", file))
	if errors.Is(err, fs.ErrNotExist) {
		hint := "put it back from where it is kept"
		if file == "node.age" {
			hint = "put it back from the copy of the keys: without it the node cannot run"
		}
		err = &entente.Error{Kind: entente.NotFound, Detail: "there is no " + h.path("keys", file), Hint: hint, Cause: err}
	}
	return b, err
}

// keys opens one of the two key files.
func (h home) keys(e *env, s settings, file string) (seal.Keys, error) {
	b, err := h.keyFile(file)
	if err != nil {
		return seal.Keys{}, err
	}
	id, err := e.unlocker(s)
	if err != nil {
		return seal.Keys{}, err
	}
	return seal.Unlock(b, id)
}

// saveKeys writes both key files.
func saveKeys(h home, k seal.Keys, to age.Recipient) error {
	for file, keys := range map[string]seal.Keys{"identity.age": k.WithoutRetired(), "node.age": k.WithoutIdentity()} {
		b, err := seal.Lock(keys, to)
		if err != nil {
			return err
		}
		if err := replace(h.path("keys", file), b, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// unlocker gives what opens the key files: the key file of the settings, or a
// passphrase.
func (e *env) unlocker(s settings) (age.Identity, error) {
	if s.KeyFile != "" {
		return readKeyFile(s.KeyFile)
	}
	pass, err := e.passphrase()
	if err != nil {
		return nil, err
	}
	return age.NewScryptIdentity(pass)
}

// relock gives what new key files are encrypted to: the same key or passphrase.
func (e *env) relock(s settings) (age.Recipient, error) {
	if s.KeyFile == "" {
		pass, err := e.passphrase()
		if err != nil {
			return nil, err
		}
		return age.NewScryptRecipient(pass)
	}
	id, err := readKeyFile(s.KeyFile)
	if err != nil {
		return nil, err
	}
	switch id := id.(type) {
	case *age.HybridIdentity:
		return id.Recipient(), nil
	case *age.X25519Identity:
		return id.Recipient(), nil
	}
	return nil, &entente.Error{Kind: entente.Invalid, Detail: s.KeyFile + " holds an identity of a kind that keys cannot be encrypted to here", Hint: "use one that entente init made"}
}

// passphrase asks once in the life of a command: what it opens and what it
// encrypts anew have the same.
func (e *env) passphrase() (_ string, err error) {
	if e.pass != "" {
		return e.pass, nil
	}
	var given bool
	if e.pass, given, err = e.givenPassphrase(); given || err != nil {
		return e.pass, err
	}
	e.pass, err = e.secret("Passphrase of the keys: ")
	return e.pass, err
}

// newPassphrase asks for the one that the keys will have.
func (e *env) newPassphrase() (string, error) {
	pass, given, err := e.givenPassphrase()
	if !given && err == nil {
		pass, err = e.newSecret("New passphrase for the keys: ")
	}
	if err == nil && len([]rune(pass)) < 12 {
		err = &entente.Error{Kind: entente.Invalid, Field: "passphrase", Detail: "a passphrase has at least 12 characters", Hint: "four or five words that do not belong together are easy to keep in mind"}
	}
	e.pass = pass
	return pass, err
}

// givenPassphrase is the one in ENTENTE_PASSPHRASE, or in the file that
// ENTENTE_PASSPHRASE_FILE names.
func (e *env) givenPassphrase() (pass string, ok bool, err error) {
	if p := e.getenv("ENTENTE_PASSPHRASE"); p != "" {
		return p, true, nil
	}
	return e.secretFrom("ENTENTE_PASSPHRASE_FILE")
}

func readKeyFile(path string) (age.Identity, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, &entente.Error{Kind: entente.NotFound, Detail: "the key file cannot be read", Hint: "make sure that " + path + " is there and belongs to the node's account", Cause: err}
	}
	defer f.Close()
	ids, err := age.ParseIdentities(io.LimitReader(f, 64<<10))
	if err != nil || len(ids) != 1 {
		return nil, &entente.Error{Kind: entente.Invalid, Detail: path + " is not an age identity file with one identity", Hint: "name the one that entente init made", Cause: err}
	}
	return ids[0], nil
}

// newKeyFile makes an age identity in a file, and gives what is encrypted to it.
func newKeyFile(path string) (age.Recipient, error) {
	id, err := age.GenerateHybridIdentity()
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	return id.Recipient(), create(path, []byte(id.String()+"\n"), 0o600)
}

// recipient reads an age recipient.
func recipient(s string) (age.Recipient, error) {
	to, err := age.ParseRecipients(strings.NewReader(s))
	if err != nil || len(to) != 1 {
		return nil, &entente.Error{Kind: entente.Invalid, Field: "to", Detail: "not an age recipient", Hint: "it starts with age1", Cause: err}
	}
	return to[0], nil
}
