package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"time"

	"filippo.io/age"

	"entente"
	"entente/outbox"
	"entente/parse"
	"entente/seal"
)

type partyRotate struct {
	Keys      []string `help:"Which keys: message, ledger, seal, identity, tls." default:"message,ledger,seal"`
	Stolen    string   `help:"When the keys in use were stolen: RFC 3339, as in 2011-03-04T09:00:00Z. All keys but the identity key change."`
	Lost      bool     `help:"The keys in use are lost, and only older ones, with the identity key, are here. All keys but the identity key change."`
	Restored  bool     `help:"End a restore: the new edition says which records stand. See entente restore show."`
	Without   []string `help:"With --restored: a partner that cannot be reached. What it holds of us and we do not becomes void."`
	Successor string   `help:"File with the identity key that our descriptor names as its successor: the identity key is lost or stolen." type:"path"`
}

// Run changes keys in an order that a crash cannot hurt: the new keys are on disk
// beside the old ones before the store switches to them in one transaction, and the
// old ones are destroyed after. The store says which are in use, so that every start
// in between takes the right ones.
func (c partyRotate) Run(e *env) error {
	e.rescue = c.Lost
	return e.with(func(l *local) error {
		if err := l.settings.stopped(); err != nil {
			return err
		}
		s, err := c.prepare(e, l)
		if err != nil {
			return err
		}
		if err := l.node.Outbox.Succeed(e.ctx, s); err != nil {
			return err
		}
		if err := activate(e.home); err != nil {
			return err
		}
		return c.report(e, s.Next)
	})
}

// prepare makes the next keys and edition and writes the keys beside those in use.
func (c partyRotate) prepare(e *env, l *local) (outbox.Succession, error) {
	s := outbox.Succession{Consent: c.Stolen == "" && !c.Lost}
	if c.Lost {
		c.Keys = []string{"message", "ledger", "seal", "tls"}
	}
	signed, err := c.restored(e, l, &s)
	if err != nil {
		return s, err
	}
	if c.Stolen != "" {
		at, err := time.Parse(time.RFC3339, c.Stolen)
		if err != nil || at.After(now()) {
			return s, &entente.Error{Kind: entente.Invalid, Field: "stolen", Detail: "this is not a time in the past", Hint: "write it as in 2011-03-04T09:00:00Z", Cause: err}
		}
		s.Stolen = &at
		c.Keys = []string{"message", "ledger", "seal", "tls"}
	}
	all, next, before, err := c.next(e, l)
	if err != nil {
		return s, err
	}
	s.Keys, all.Signed.Edition = next, max(all.Signed.Edition, signed)
	if s.Next, err = l.nextEdition(e, &all, next, before, func(p *entente.Party) { c.change(p, next) }); err != nil {
		return s, err
	}
	s.Keys.Signed = all.Signed
	lock, err := e.relock(l.settings)
	if err != nil {
		return s, err
	}
	return s, setAside(e.home, s.Keys, lock)
}

// next makes the next keys from those in use.
func (c partyRotate) next(e *env, l *local) (all, next seal.Keys, before []seal.IdentityKey, err error) {
	if c.Successor == "" {
		if all, err = e.home.keys(e, l.settings, "identity.age"); err != nil {
			return all, next, nil, err
		}
		if err := l.mayIdentify(e, all); err != nil {
			return all, next, nil, err
		}
		next, err = seal.Rotate(all, c.Keys...)
		if !next.Public().Identity.Equal(all.Public().Identity) {
			before = append(before, all.Identity)
		}
		return all, next, before, err
	}
	named, err := c.readSuccessor(e)
	if err != nil {
		return all, next, nil, err
	}
	all = l.keys
	all.Identity, all.Signed = named.Identity, named.Signed
	next, err = seal.Rotate(all, slices.DeleteFunc(slices.Clone(c.Keys), func(k string) bool { return k == "identity" })...)
	return all, next, nil, err
}

// change writes the next keys into our descriptor. A successor that takes over is
// named no more.
func (c partyRotate) change(p *entente.Party, next seal.Keys) {
	p.Keys = next.Public()
	if c.Successor != "" {
		p.Successor = nil
	}
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
func activate(h home) error {
	for _, f := range []string{"identity.age", "node.age"} {
		if err := os.Rename(h.path("keys", "next", "keys", f), h.path("keys", f)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return os.RemoveAll(h.path("keys", "next"))
}

func (c partyRotate) report(e *env, rec entente.PartyRecord) error {
	file, err := e.home.publish(rec)
	if err != nil {
		return err
	}
	return e.print(lineOf(rec, rec.Party.ID), func(w io.Writer) {
		fmt.Fprintf(w, "Edition %d of our descriptor is in use and stands in %s.\nStart the node now: it tells every partner. Those who have not confirmed it are listed by  entente party told.\n", rec.Party.Edition, file)
		if c.Stolen != "" || c.Lost {
			fmt.Fprintf(w, "Call every partner: a person there compares this fingerprint and runs  entente party accept %s.\n  fingerprint  %s\n", rec.Party.ID, seal.Fingerprint(rec.Party))
		}
		fmt.Fprintf(w, "Copy %s to where the keys are kept.\nMake a backup now: an older one does not have these keys' edition.  entente backup\n", e.home.path("keys"))
	})
}

// settleKeys finishes a change of keys that was broken off, or drops it: the store
// says which edition is in use. Nothing staged: it does nothing.
func (h home) settleKeys(e *env, s settings, store entente.Store) error {
	staged := home(h.path("keys", "next"))
	if _, err := os.Stat(string(staged)); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	used, err := inUse(e, store)
	if err != nil {
		return err
	}
	for _, file := range []string{"identity.age", "node.age"} {
		keys, err := staged.keys(e, s, file)
		if errors.Is(err, entente.NotFound) {
			continue
		}
		if err != nil {
			return err
		}
		if keys.Identity.IsZero() {
			used.Keys.Identity = nil
		}
		if sameKeys(used.Keys, keys.Public()) {
			return activate(h)
		}
		break // the store never switched to them
	}
	return os.RemoveAll(string(staged))
}

// sameKeys compares the keys of a descriptor with those of a file.
func sameKeys(a, b entente.PartyKeys) bool {
	return a.Identity.Equal(b.Identity) && a.Message.Equal(b.Message) && a.Ledger.Equal(b.Ledger) &&
		bytes.Equal(a.Seal, b.Seal) && bytes.Equal(a.TLSRoot, b.TLSRoot)
}

// inUse returns the edition of our descriptor that the store uses.
func inUse(e *env, store entente.Store) (p entente.Party, err error) {
	err = store.View(e.ctx, func(tx entente.Tx) error {
		owner, err := entente.OwnerOf(tx)
		if err != nil {
			return err
		}
		all, err := tx.PartyEditions(owner.Party)
		for _, rec := range all {
			if parse.EditionOf(rec.Party) == owner.Edition {
				p = rec.Party
			}
		}
		return err
	})
	return p, err
}
