package main

import (
	"errors"
	"fmt"
	"io"

	"filippo.io/age"

	"entente"
	"entente/internal/spool"
	"entente/parse"
	"entente/sqlstore"
)

type backupCmd struct {
	Out string `short:"o" required:"" help:"File to write: an age file."`
	To  string `help:"age recipient that can open it; the key or passphrase of the node's keys if left out."`
}

// Run copies the store as it is at one moment, while the node runs, and writes it
// as an age file. The keys are not in it: keep them elsewhere.
func (c backupCmd) Run(e *env) error {
	if err := absent(c.Out); err != nil {
		return err
	}
	return e.with(func(l *local) (err error) {
		to, err := c.recipient(e, l.settings)
		if err != nil {
			return err
		}
		if _, err := spool.Sweep(string(e.home)); err != nil {
			return err
		}
		plain, err := l.store.Snapshot(e.ctx, string(e.home))
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, plain.Close()) }()
		size, err := encryptFile(e, plain, c.Out, to)
		if err != nil {
			return err
		}
		return e.print(map[string]any{"file": c.Out, "bytes": size}, func(w io.Writer) {
			fmt.Fprintf(w, "Backup written: %s, %s, encrypted.\n", c.Out, kib(size))
			fmt.Fprintf(w, "It does not hold the keys and settings: keep %s and %s safe, too, elsewhere.\n", e.home.path("keys"), e.home.path("config.toml"))
		})
	})
}

func (c backupCmd) recipient(e *env, s settings) (age.Recipient, error) {
	if c.To == "" {
		return e.relock(s)
	}
	return recipient(c.To)
}

func encryptFile(e *env, from *spool.Temp, out string, to age.Recipient) (int64, error) {
	plain, err := from.Size()
	if err != nil {
		return 0, err
	}
	in := io.NewSectionReader(from, 0, plain)
	return fill(out, 0o600, func(w io.Writer) error {
		sealed, err := age.Encrypt(w, to)
		if err != nil {
			return err
		}
		if _, err := io.Copy(sealed, e.progress(in, plain, "Encrypting")); err != nil {
			return err
		}
		return sealed.Close()
	})
}

type restoreCmd struct {
	File     string `arg:"" help:"Backup that entente backup wrote."`
	Identity string `help:"age identity file that opens it; the key or passphrase of the node's keys if left out." type:"path"`
}

// Run puts a backup into the empty store that config.toml names. The node then
// compares its ledgers with every partner before it releases anything to him.
func (c restoreCmd) Run(e *env) (err error) {
	if err := expect(c.File, parse.FormAge); err != nil {
		return err
	}
	s, err := e.home.settings()
	if err != nil {
		return err
	}
	opens := s
	if c.Identity != "" {
		opens.KeyFile = c.Identity
	}
	with, err := e.unlocker(opens)
	if err != nil {
		return err
	}
	if _, err := spool.Sweep(string(e.home)); err != nil {
		return err
	}
	plain, err := spool.New(string(e.home))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, plain.Close()) }()
	if err := decryptFile(e, c.File, plain, with); err != nil {
		return err
	}
	size, err := plain.Size()
	if err != nil {
		return err
	}
	if err := sqlstore.RestoreFrom(e.ctx, plain, size, e.home.storeURL(s)); err != nil {
		return err
	}
	return e.print(map[string]bool{"restored": true}, func(w io.Writer) {
		fmt.Fprintln(w, "Restored. When the node starts, it compares its ledgers with each partner's copy and recovers what it lost before it releases anything to him. Whoever was signed in at a browser signs in anew.")
	})
}

func decryptFile(e *env, from string, to io.Writer, with age.Identity) error {
	in, err := open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	r, err := age.Decrypt(e.progress(in, sizeOf(in), "Decrypting"), with)
	if err != nil {
		return notOpened(err)
	}
	if _, err := io.Copy(to, r); err != nil {
		if errors.Is(err, entente.Unavailable) {
			return err // of our disk
		}
		return notOpened(err)
	}
	return nil
}

func notOpened(err error) error {
	return &entente.Error{Kind: entente.Unverified, Detail: "the backup does not open, or not to its end", Hint: "use the passphrase or the identity file that it was written for; if that is right, the file is damaged: take another copy", Cause: err}
}

type storeCmd struct {
	Check storeCheck `cmd:"" help:"Read the whole store and list everything in it that is damaged; the node may run."`
	Copy  storeCopy  `cmd:"" help:"Copy everything into an empty store of either engine; stop the node first."`
}

type storeCopy struct {
	To string `arg:"" help:"postgres://… (with the password in the file that PGPASSFILE names) or a file, taken as in config.toml."`
}

func (c storeCopy) Run(e *env) error {
	s, err := e.home.settings()
	if err != nil {
		return err
	}
	if err := s.stopped(); err != nil {
		return err
	}
	if err := sqlstore.Copy(e.ctx, e.home.storeURL(s), e.home.storeURL(settings{Store: c.To})); err != nil {
		return err
	}
	return e.print(map[string]bool{"copied": true}, func(w io.Writer) {
		fmt.Fprintf(w, "Copied. Set  store = %q  in %s and start the node.\n", c.To, e.home.path("config.toml"))
	})
}
