package main

import (
	"errors"
	"fmt"
	"io"

	"filippo.io/age"

	"entente"
	"entente/internal/node"
	"entente/internal/spool"
	"entente/parse"
	"entente/sqlstore"
)

type restoreCmd struct {
	File   restoreFile   `cmd:"" name:"file" default:"withargs" help:"Restore a backup into the empty store that config.toml names."`
	Show   restoreShow   `cmd:"" help:"What a restore waits for, and which records of ours partners hold that are not here."`
	Decide restoreDecide `cmd:"" help:"Say whether records that a partner holds are ours, after asking its people."`
}

type restoreFile struct {
	File     string `arg:"" help:"Backup that entente backup wrote."`
	Identity string `help:"age identity file that opens it; the key or passphrase of the node's keys if left out." type:"path"`
}

// Run puts a backup into the empty store that config.toml names. The node then
// compares its ledgers with every partner before it releases anything to it.
func (c restoreFile) Run(e *env) (err error) {
	if err := expect(c.File, parse.FormAge); err != nil {
		return err
	}
	s, err := e.home.settings()
	if err != nil {
		return err
	}
	keys, err := e.home.keys(e, s, "node.age")
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
	may := func(m sqlstore.Manifest) error { return node.Belong(s.Party, keys.Party, m.Owner.Party) }
	if err := sqlstore.RestoreFrom(e.ctx, plain, size, e.home.storeURL(s), may); err != nil {
		return err
	}
	return e.print(map[string]bool{"restored": true}, func(w io.Writer) {
		fmt.Fprintln(w, "Restored. Start the node: it compares its ledgers with the copy of every partner, and sends nothing to a partner before. What it waits for:  entente restore show. Officers sign in again in their browsers.")
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
