package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"filippo.io/age"
	"github.com/pelletier/go-toml/v2"
	"golang.org/x/term"

	"entente"
	"entente/seal"
	"entente/sqlstore"
)

// home is the folder of a node:
//
//	config.toml        settings
//	entente.db         the store, unless settings name another
//	keys/node.age      the keys that the running node needs, encrypted
//	keys/identity.age  all keys with the identity key, encrypted; may be kept elsewhere
//	keys/anchor.json   how long our ledgers are (see docs/operations.md)
//	parties/           our own descriptor, to hand to partners
type home string

func defaultHome(getenv func(string) string) string {
	if h := getenv("ENTENTE_HOME"); h != "" {
		return h
	}
	if h := getenv("HOME"); h != "" {
		return filepath.Join(h, ".entente")
	}
	return ".entente"
}

func (h home) path(parts ...string) string {
	return filepath.Join(append([]string{string(h)}, parts...)...)
}

// settings are what config.toml says.
type settings struct {
	Party         entente.PartyID `toml:"party"`
	Store         string          `toml:"store" comment:"a file in this folder, or postgres://… "`
	Wire          string          `toml:"wire" comment:"where partners reach this node; empty: it only dials out"`
	Desk          string          `toml:"desk" comment:"where the desk and the API listen"`
	DeskURL       string          `toml:"desk-url" comment:"where officers find the desk; passkeys are bound to its host name for ever"`
	DeskCert      string          `toml:"desk-cert,omitempty" comment:"PEM certificate for the desk; empty: plain HTTP, for a reverse proxy on this machine"`
	DeskKey       string          `toml:"desk-key,omitempty"`
	KeyFile       string          `toml:"key-file,omitempty" comment:"age identity that opens keys/; empty: a passphrase"`
	MaxAttachment int64           `toml:"max-attachment" comment:"bytes, before encryption"`
}

func (h home) settings() (settings, error) {
	var s settings
	f, err := os.Open(h.path("config.toml"))
	if errors.Is(err, fs.ErrNotExist) {
		return s, &entente.Error{Kind: entente.NotFound, Detail: "there is no node in " + string(h), Hint: "set one up with entente init, or name its folder with --home", Cause: err}
	}
	if err != nil {
		return s, err
	}
	defer f.Close()
	d := toml.NewDecoder(io.LimitReader(f, 64<<10))
	d.DisallowUnknownFields()
	if err := d.Decode(&s); err != nil {
		detail := err.Error()
		if strict, ok := errors.AsType[*toml.StrictMissingError](err); ok {
			detail = strict.String()
		}
		return s, &entente.Error{Kind: entente.Invalid, Field: h.path("config.toml"), Detail: detail, Hint: "docs/operations.md lists the settings"}
	}
	return s, nil
}

func (h home) save(s settings) error {
	b, err := toml.Marshal(s)
	if err != nil {
		return err
	}
	return writeNew(h.path("config.toml"), b, 0o600)
}

// store opens the node's store.
func (h home) store(e *env, s settings) (*sqlstore.Store, error) {
	url := s.Store
	if !strings.Contains(url, "://") && !filepath.IsAbs(url) {
		url = h.path(url)
	}
	return sqlstore.Open(e.ctx, url)
}

// keys opens one of the two key files.
func (h home) keys(e *env, s settings, file string) (seal.Keys, error) {
	b, err := os.ReadFile(h.path("keys", file))
	if errors.Is(err, fs.ErrNotExist) {
		hint := "put it back from where it is kept"
		if file == "node.age" {
			hint = "put it back from the backup of the keys: without it the node cannot run"
		}
		return seal.Keys{}, &entente.Error{Kind: entente.NotFound, Detail: "there is no " + h.path("keys", file), Hint: hint, Cause: err}
	}
	if err != nil {
		return seal.Keys{}, err
	}
	id, err := e.unlocker(s)
	if err != nil {
		return seal.Keys{}, err
	}
	return seal.Unlock(b, id)
}

// unlocker gives what opens the key files: the key file of the settings, or a
// passphrase from ENTENTE_PASSPHRASE, from the file that ENTENTE_PASSPHRASE_FILE
// names, or from the terminal.
func (e *env) unlocker(s settings) (age.Identity, error) {
	if s.KeyFile != "" {
		return readKeyFile(s.KeyFile)
	}
	pass, err := e.passphrase("Passphrase of the keys: ")
	if err != nil {
		return nil, err
	}
	return age.NewScryptIdentity(pass)
}

func readKeyFile(path string) (age.Identity, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, &entente.Error{Kind: entente.NotFound, Detail: "the key file cannot be read", Hint: "make sure that " + path + " is there and belongs to the node's account", Cause: err}
	}
	defer f.Close()
	ids, err := age.ParseIdentities(f)
	if err != nil || len(ids) != 1 {
		return nil, &entente.Error{Kind: entente.Invalid, Detail: path + " is not an age identity file with one identity", Cause: err}
	}
	return ids[0], nil
}

func (e *env) passphrase(prompt string) (string, error) {
	if p := e.getenv("ENTENTE_PASSPHRASE"); p != "" {
		return p, nil
	}
	if path := e.getenv("ENTENTE_PASSPHRASE_FILE"); path != "" {
		b, err := os.ReadFile(path)
		return strings.TrimRight(string(b), "\r\n"), err
	}
	return e.secret(prompt)
}

// secret reads a line that is not shown.
func (e *env) secret(prompt string) (string, error) {
	f, ok := e.stdin.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		line, err := bufio.NewReader(io.LimitReader(e.stdin, 4096)).ReadString('\n')
		if line == "" {
			return "", &entente.Error{Kind: entente.Invalid, Detail: "no passphrase was given", Hint: "run it in a terminal, pipe the passphrase in, or set ENTENTE_PASSPHRASE_FILE", Cause: err}
		}
		return strings.TrimRight(line, "\r\n"), nil
	}
	fmt.Fprint(e.err, prompt)
	b, err := term.ReadPassword(int(f.Fd()))
	fmt.Fprintln(e.err)
	return string(b), err
}

// writeNew writes a file whole or not at all, and syncs it.
func writeNew(path string, b []byte, mode fs.FileMode) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(b)
	err = errors.Join(err, tmp.Chmod(mode), tmp.Sync(), tmp.Close())
	if err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}

// readBounded reads a file that somebody else wrote.
func readBounded(path string, most int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, &entente.Error{Kind: entente.NotFound, Detail: err.Error(), Hint: "check the name of the file", Cause: err}
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(b)) > most {
		err = &entente.Error{Kind: entente.Invalid, Detail: fmt.Sprintf("%s is larger than %d KiB", path, most>>10)}
	}
	return b, err
}

// relock gives what new key files are encrypted to: the same key or passphrase.
func (e *env) relock(s settings) (age.Recipient, error) {
	if s.KeyFile == "" {
		pass, err := e.passphrase("Passphrase of the keys, again: ")
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
	return nil, &entente.Error{Kind: entente.Invalid, Detail: s.KeyFile + " holds an identity of a kind that keys cannot be encrypted to here"}
}
