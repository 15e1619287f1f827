package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"entente"
	"entente/seal"
)

type partyCmd struct {
	List   partyList   `cmd:"" default:"1" help:"List the parties that are known here, with their fingerprints."`
	Show   partyShow   `cmd:"" help:"Print a descriptor, ours without an id."`
	Add    partyAdd    `cmd:"" help:"Add a partner's descriptor, or its next edition, from a file."`
	Check  partyCheck  `cmd:"" help:"Record that you compared a partner's fingerprint with its people by voice."`
	Rotate partyRotate `cmd:"" help:"Change our keys and tell every partner."`
}

// partyLine is a party as lists print it.
type partyLine struct {
	ID          entente.PartyID   `json:"id"`
	Name        string            `json:"name"`
	Country     entente.Country   `json:"country"`
	Edition     int               `json:"edition"`
	Endpoint    string            `json:"endpoint,omitempty"`
	Fingerprint string            `json:"fingerprint"`
	Checked     entente.OfficerID `json:"checked,omitempty"`
	Self        bool              `json:"self,omitempty"`
}

func lineOf(r entente.PartyRecord, self entente.PartyID) partyLine {
	p := r.Party
	return partyLine{p.ID, p.Name, p.Country, p.Edition, p.Endpoint, seal.Fingerprint(p), r.Checked, p.ID == self}
}

func (p partyLine) print(w io.Writer) {
	fmt.Fprintf(w, "%s  %s (%s), edition %d\n", p.ID, p.Name, p.Country, p.Edition)
	fmt.Fprintf(w, "  fingerprint  %s\n", p.Fingerprint)
	switch {
	case p.Self:
		fmt.Fprintln(w, "  this node")
	case p.Checked == "":
		fmt.Fprintf(w, "  NOT COMPARED: call them, read the fingerprint to each other, then run  entente party check %s\n", p.ID)
	default:
		fmt.Fprintf(w, "  fingerprint compared by %s\n", p.Checked)
	}
	if p.Endpoint == "" && !p.Self {
		fmt.Fprintln(w, "  only dials out: it collects what waits for it")
	}
}

type partyList struct{}

func (partyList) Run(e *env) error {
	return e.with(func(l *local) error {
		lines := []partyLine{}
		err := l.store.View(e.ctx, func(tx entente.Tx) error {
			records, err := tx.Parties()
			for _, r := range records {
				lines = append(lines, lineOf(r, l.keys.Party))
			}
			return err
		})
		if err != nil {
			return err
		}
		return e.print(lines, func(w io.Writer) {
			for _, p := range lines {
				p.print(w)
			}
		})
	})
}

type partyShow struct {
	ID string `arg:"" optional:"" help:"Party; ours if left out."`
}

func (c partyShow) Run(e *env) error {
	return e.with(func(l *local) error {
		id := entente.PartyID(c.ID)
		if id == "" {
			id = l.keys.Party
		}
		var r entente.PartyRecord
		err := l.store.View(e.ctx, func(tx entente.Tx) (err error) {
			r, err = tx.Party(id)
			return err
		})
		if err != nil {
			return err
		}
		return e.print(map[string]any{"party": lineOf(r, l.keys.Party), "note": string(r.Note)}, func(w io.Writer) { w.Write(r.Note) })
	})
}

type partyAdd struct {
	File string `arg:"" help:"The descriptor that the partner gave you." type:"existingfile"`
}

func (c partyAdd) Run(e *env) error {
	note, err := readBounded(c.File, 64<<10)
	if err != nil {
		return err
	}
	return e.with(func(l *local) error {
		var rec entente.PartyRecord
		err := l.act(e.ctx, entente.OpManageParties, "descriptor", func(tx entente.Tx) (err error) {
			rec, err = addParty(tx, note)
			return err
		})
		if err != nil {
			return err
		}
		line := lineOf(rec, l.keys.Party)
		return e.print(line, func(w io.Writer) { line.print(w) })
	})
}

// addParty keeps a descriptor: the first of its party, or the one that follows
// the newest.
func addParty(tx entente.Tx, note []byte) (entente.PartyRecord, error) {
	rec := entente.PartyRecord{Note: note, Added: time.Now().UTC()}
	alone, introErr := seal.Introduce(note)
	if introErr != nil {
		return rec, introErr
	}
	p, err := seal.OpenParty(alone, nil)
	if err != nil {
		return rec, err
	}
	old, err := tx.Party(p.ID)
	switch {
	case errors.Is(err, entente.NotFound):
		rec.Party, rec.Note = p, alone
		return rec, tx.PutParty(rec)
	case err != nil:
		return rec, err
	case old.Party.Edition == p.Edition && string(old.Note) == string(note):
		return old, nil
	}
	if rec.Party, err = seal.OpenParty(note, &old.Party); err != nil {
		return rec, err
	}
	rec.Checked = old.Checked // the old identity key vouches for the new edition
	return rec, tx.PutParty(rec)
}

type partyCheck struct {
	ID          string `arg:"" help:"Party."`
	Fingerprint string `required:"" help:"What they read to you, with or without spaces."`
	By          string `required:"" help:"Your officer id."`
}

func (c partyCheck) Run(e *env) error {
	return e.with(func(l *local) error {
		err := l.act(e.ctx, entente.OpManageParties, "fingerprint of "+c.ID, func(tx entente.Tx) error {
			rec, err := tx.Party(entente.PartyID(c.ID))
			if err != nil {
				return err
			}
			if _, err := tx.Officer(entente.OfficerID(c.By)); err != nil {
				return &entente.Error{Kind: entente.Invalid, Field: "by", Detail: "there is no officer " + c.By, Hint: "see entente officer list", Cause: err}
			}
			if plain(c.Fingerprint) != plain(seal.Fingerprint(rec.Party)) {
				return &entente.Error{Kind: entente.Unverified, Detail: "the fingerprints differ: what is here is not the descriptor that they hold", Hint: "do not exchange anything; get the descriptor again by another way"}
			}
			rec.Checked = entente.OfficerID(c.By)
			return tx.PutParty(rec)
		})
		if err != nil {
			return err
		}
		return e.print(map[string]string{"party": c.ID, "checked": c.By}, func(w io.Writer) {
			fmt.Fprintf(w, "The descriptor of %s is the one that they hold.\n", c.ID)
		})
	})
}

// plain is a fingerprint as it may be typed: in any case, with O for 0, I or L for 1.
func plain(s string) string {
	var out []rune
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z':
			r -= 'a' - 'A'
		case r == ' ' || r == '-':
			continue
		}
		switch r {
		case 'O':
			r = '0'
		case 'I', 'L':
			r = '1'
		}
		out = append(out, r)
	}
	return string(out)
}

type partyRotate struct {
	Keys   []string `help:"Which keys: message, ledger, seal, identity, tls." default:"message,ledger,seal"`
	Resume bool     `help:"Finish a rotation that was broken off."`
}

// Run changes keys in an order that a crash cannot hurt: the new keys are on
// disk beside the old ones before any partner hears of them, and take their place
// after the announcement is committed. In between, the node refuses to start and
// says how to go on.
func (c partyRotate) Run(e *env) error {
	if c.Resume {
		return c.resume(e)
	}
	return e.with(func(l *local) error {
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
		staged := home(e.home.path("keys", "next"))
		if err := os.MkdirAll(staged.path("keys"), 0o700); err != nil {
			return err
		}
		if err := saveKeys(staged, next, lock); err != nil {
			return err
		}
		if err := l.node.Outbox.AnnounceKeys(e.ctx, rec); err != nil {
			return err
		}
		return c.activate(e, rec)
	})
}

func (c partyRotate) nextEdition(e *env, l *local, old, next seal.Keys) (entente.PartyRecord, error) {
	var now entente.PartyRecord
	err := l.store.View(e.ctx, func(tx entente.Tx) (err error) {
		now, err = tx.Party(l.keys.Party)
		return err
	})
	if err != nil {
		return now, err
	}
	p := now.Party
	p.Edition, p.Issued, p.Keys = p.Edition+1, time.Now().UTC().Truncate(time.Second), next.Public()
	signers := []seal.IdentityKey{old.Identity}
	if !next.Public().Identity.Equal(old.Public().Identity) {
		signers = append(signers, next.Identity)
	}
	note, err := seal.SignParty(p, signers...)
	return entente.PartyRecord{Party: p, Note: note, Added: time.Now().UTC(), Checked: now.Checked}, err
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
	file := e.home.path("parties", string(rec.Party.ID)+".txt")
	if err := writeNew(file, rec.Note, 0o644); err != nil {
		return err
	}
	return e.print(lineOf(rec, rec.Party.ID), func(w io.Writer) {
		fmt.Fprintf(w, "Edition %d of our descriptor is announced to every partner under an agreement in force, and stands in %s.\nRestart the node now: it still runs with the old keys.\n", rec.Party.Edition, file)
		for _, k := range c.Keys {
			if k == "tls" {
				fmt.Fprintln(w, "The TLS root changed: partners can be reached and reach us only once they have the new descriptor. Give it to them by another way now, and have them run  entente party add.")
			}
		}
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
	keys, err := home(e.home.path("keys", "next")).keys(e, s, "node.age")
	if errors.Is(err, entente.NotFound) {
		keys, err = e.home.keys(e, s, "node.age")
	}
	if err != nil {
		return err
	}
	if !now.Party.Keys.Message.Equal(keys.Public().Message) || !now.Party.Keys.Ledger.Equal(keys.Public().Ledger) {
		return errors.Join(os.RemoveAll(e.home.path("keys", "next")), e.print(map[string]bool{"rotated": false}, func(w io.Writer) {
			fmt.Fprintln(w, "The rotation had not been announced to anybody and is dropped. Start it again with entente party rotate.")
		}))
	}
	return c.activate(e, now)
}
