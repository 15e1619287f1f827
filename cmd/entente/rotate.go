package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"filippo.io/age"

	"entente"
	"entente/seal"
)

type partyRotate struct {
	Keys   []string `help:"Which keys: message, ledger, seal, identity, tls." default:"message,ledger,seal"`
	Resume bool     `help:"Finish a rotation that was broken off."`
}

// Run changes keys in an order that a crash cannot hurt: the new keys are on
// disk beside the old ones before any partner hears of them, and take their place
// after the announcement is committed. In between, everything here refuses to
// start and says how to go on.
func (c partyRotate) Run(e *env) error {
	if c.Resume {
		return c.resume(e)
	}
	return e.with(func(l *local) error {
		if err := l.settings.stopped(); err != nil {
			return err
		}
		all, err := e.home.keys(e, l.settings, "identity.age")
		if err != nil {
			return err
		}
		next, err := seal.Rotate(all, c.Keys...)
		if err != nil {
			return err
		}
		rec, err := c.nextEdition(e, l, all, next)
		if err != nil {
			return err
		}
		lock, err := e.relock(l.settings)
		if err != nil {
			return err
		}
		if err := setAside(e.home, next, lock); err != nil {
			return err
		}
		if err := l.node.Outbox.AnnounceKeys(e.ctx, rec); err != nil {
			return err
		}
		return c.activate(e, rec)
	})
}

func (c partyRotate) nextEdition(e *env, l *local, old, next seal.Keys) (entente.PartyRecord, error) {
	var before []seal.IdentityKey
	if !next.Public().Identity.Equal(old.Public().Identity) {
		before = append(before, old.Identity)
	}
	return l.nextEdition(e.ctx, next, before, func(p *entente.Party) { p.Keys = next.Public() })
}

// setAside keeps the next keys beside those in use.
func setAside(h home, next seal.Keys, to age.Recipient) error {
	beside := home(h.path("keys", "next"))
	if err := os.MkdirAll(beside.path("keys"), 0o700); err != nil {
		return err
	}
	return saveKeys(beside, next, to)
}

// activate puts the staged key files in the place of the old ones.
func (c partyRotate) activate(e *env, rec entente.PartyRecord) error {
	for _, f := range []string{"identity.age", "node.age"} {
		if err := os.Rename(e.home.path("keys", "next", "keys", f), e.home.path("keys", f)); err != nil && !(c.Resume && errors.Is(err, os.ErrNotExist)) {
			return err
		}
	}
	if err := os.RemoveAll(e.home.path("keys", "next")); err != nil {
		return err
	}
	file, err := e.home.publish(rec)
	if err != nil {
		return err
	}
	return e.print(lineOf(rec, rec.Party.ID), func(w io.Writer) {
		fmt.Fprintf(w, "Edition %d of our descriptor is announced to every partner under an agreement in force, and stands in %s.\nStart the node now: it tells them.\n", rec.Party.Edition, file)
		if slices.Contains(c.Keys, "tls") {
			fmt.Fprintln(w, "The TLS root changed: partners can be reached and reach us only once they have the new descriptor. Give it to them by another way now, and have them run  entente party add.")
		}
		fmt.Fprintf(w, "Copy %s to where the keys are kept.\n", e.home.path("keys"))
	})
}

// resume finishes a rotation whose announcement was committed, or drops one that
// was not.
func (c partyRotate) resume(e *env) error {
	s, err := e.home.settings()
	if err != nil {
		return err
	}
	store, err := e.home.store(e, s)
	if err != nil {
		return err
	}
	defer store.Close()
	var now entente.PartyRecord
	err = store.View(e.ctx, func(tx entente.Tx) (err error) {
		now, err = tx.Party(s.Party)
		return err
	})
	if err != nil {
		return err
	}
	keys, err := home(e.home.path("keys", "next")).keys(e, s, "identity.age")
	if errors.Is(err, entente.NotFound) {
		keys, err = e.home.keys(e, s, "identity.age")
	}
	if err != nil {
		return err
	}
	if !sameKeys(now.Party.Keys, keys.Public()) {
		return errors.Join(os.RemoveAll(e.home.path("keys", "next")), e.print(map[string]bool{"rotated": false}, func(w io.Writer) {
			fmt.Fprintln(w, "The rotation had not been announced to anybody and is dropped. Start it again with entente party rotate.")
		}))
	}
	return c.activate(e, now)
}

func sameKeys(a, b entente.PartyKeys) bool {
	return a.Identity.Equal(b.Identity) && a.Message.Equal(b.Message) && a.Ledger.Equal(b.Ledger) &&
		bytes.Equal(a.Seal, b.Seal) && bytes.Equal(a.TLSRoot, b.TLSRoot)
}
