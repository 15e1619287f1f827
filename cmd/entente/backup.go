package main

import (
	"errors"
	"fmt"
	"io"

	"filippo.io/age"

	"entente/internal/spool"
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
