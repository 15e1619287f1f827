package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"filippo.io/age"

	"entente"
	"entente/sqlstore"
)

type backupCmd struct {
	Out string `short:"o" required:"" help:"File to write: an age file." type:"path"`
	To  string `help:"age recipient that can open it; the key or passphrase of the node's keys if left out."`
}

// Run copies the store as it is at one moment, while the node runs, and writes it
// as an age file. The keys are not in it: keep them elsewhere.
func (c backupCmd) Run(e *env) error {
	return e.with(func(l *local) (err error) {
		to, err := c.recipient(e, l.settings)
		if err != nil {
			return err
		}
		dir, err := os.MkdirTemp(filepath.Dir(c.Out), ".backup-*")
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
		copyPath := filepath.Join(dir, "store.db")
		if err := l.store.Backup(e.ctx, copyPath); err != nil {
			return err
		}
		size, err := encryptFile(copyPath, c.Out, to)
		if err != nil {
			return err
		}
		return e.print(map[string]any{"file": c.Out, "bytes": size}, func(w io.Writer) {
			fmt.Fprintf(w, "Backup written: %s, %d KiB, encrypted. It does not hold the keys: keep %s safe, too.\n", c.Out, size>>10, e.home.path("keys"))
		})
	})
}

func (c backupCmd) recipient(e *env, s settings) (age.Recipient, error) {
	if c.To == "" {
		return e.relock(s)
	}
	to, err := age.ParseRecipients(strings.NewReader(c.To))
	if err != nil || len(to) != 1 {
		return nil, &entente.Error{Kind: entente.Invalid, Field: "to", Detail: "not an age recipient", Hint: "it starts with age1", Cause: err}
	}
	return to[0], nil
}

// encryptFile writes out whole or not at all.
func encryptFile(from, out string, to age.Recipient) (size int64, err error) {
	in, err := os.Open(from)
	if err != nil {
		return 0, err
	}
	defer in.Close()
	tmp, err := os.CreateTemp(filepath.Dir(out), ".backup-*")
	if err != nil {
		return 0, err
	}
	defer os.Remove(tmp.Name())
	defer tmp.Close()
	w, err := age.Encrypt(tmp, to)
	if err != nil {
		return 0, err
	}
	if _, err := io.Copy(w, in); err != nil {
		return 0, err
	}
	if err := errors.Join(w.Close(), tmp.Sync()); err != nil {
		return 0, err
	}
	info, err := tmp.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), errors.Join(tmp.Close(), os.Rename(tmp.Name(), out))
}

type restoreCmd struct {
	File     string `arg:"" help:"Backup that entente backup wrote." type:"existingfile"`
	Identity string `help:"age identity file that opens it; the key or passphrase of the node's keys if left out." type:"path"`
}

// Run puts a backup into the empty store that config.toml names. The node then
// compares its ledgers with every partner before it releases anything to him.
func (c restoreCmd) Run(e *env) (err error) {
	s, err := e.home.settings()
	if err != nil {
		return err
	}
	if c.Identity != "" {
		s.KeyFile = c.Identity
	}
	with, err := e.unlocker(s)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp(string(e.home), ".restore-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	plain := filepath.Join(dir, "store.db")
	if err := decryptFile(c.File, plain, with); err != nil {
		return err
	}
	store, err := e.home.store(e, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if err := store.Restore(e.ctx, plain); err != nil {
		return err
	}
	return e.print(map[string]bool{"restored": true}, func(w io.Writer) {
		fmt.Fprintln(w, "Restored. When the node starts, it compares its ledgers with each partner's copy and recovers what it lost before it releases anything to him. Everybody signs in anew.")
	})
}

func decryptFile(from, to string, with age.Identity) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	r, err := age.Decrypt(in, with)
	if err != nil {
		return &entente.Error{Kind: entente.Unverified, Detail: "the backup does not open", Hint: "use the passphrase or the identity file that it was written for", Cause: err}
	}
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, r)
	return errors.Join(err, out.Sync(), out.Close())
}

type storeCmd struct {
	Copy storeCopy `cmd:"" help:"Copy everything into an empty store of either engine; stop the node first."`
}

type storeCopy struct {
	To string `arg:"" help:"postgres://… or a file."`
}

func (c storeCopy) Run(e *env) error {
	return e.with(func(l *local) (err error) {
		dir, err := os.MkdirTemp(string(e.home), ".copy-*")
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
		file := filepath.Join(dir, "store.db")
		if err := l.store.Backup(e.ctx, file); err != nil {
			return err
		}
		to, err := sqlstore.Open(e.ctx, c.To)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, to.Close()) }()
		if err := to.Restore(e.ctx, file); err != nil {
			return err
		}
		return e.print(map[string]string{"to": to.Engine()}, func(w io.Writer) {
			fmt.Fprintf(w, "Copied. Set  store = %q  in %s and start the node.\n", c.To, e.home.path("config.toml"))
		})
	})
}
