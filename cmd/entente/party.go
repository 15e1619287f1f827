package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"entente"
	"entente/parse"
	"entente/policy"
	"entente/seal"
)

type partyCmd struct {
	List      partyList      `cmd:"" default:"1" help:"List the parties that are known here, with their fingerprints."`
	Show      partyShow      `cmd:"" help:"Print a descriptor, ours without an id."`
	Add       partyAdd       `cmd:"" help:"Add a partner's descriptor, or its next edition, from a file."`
	Check     partyCheck     `cmd:"" help:"Record that you compared a partner's fingerprint with its people by voice."`
	Set       partySet       `cmd:"" help:"Change what our descriptor says and tell every partner."`
	Rotate    partyRotate    `cmd:"" help:"Change our keys and tell every partner."`
	Accept    partyAccept    `cmd:"" help:"Accept a partner's newest edition after comparing its fingerprint by voice: its keys were stolen or lost, or two histories are signed."`
	Told      partyTold      `cmd:"" help:"List which edition of our descriptor each partner has confirmed."`
	Successor partySuccessor `cmd:"" help:"Make and name the identity key that follows ours if it is lost or stolen."`
}

// maxSignatures bounds the signature lines of a note, in bytes.
const maxSignatures = 16 << 10

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
		if !e.json {
			return e.exact(r.Note)
		}
		return e.print(map[string]any{"party": lineOf(r, l.keys.Party), "note": string(r.Note)}, nil)
	})
}

type partyAdd struct {
	File string `arg:"" help:"The descriptor that the partner gave you."`
}

func (c partyAdd) Run(e *env) error {
	if err := expect(c.File, parse.FormDescriptor); err != nil {
		return err
	}
	note, err := readBounded(c.File, parse.MaxDescriptor+maxSignatures)
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
	rec := entente.PartyRecord{Note: note, Added: now()}
	alone, introErr := seal.Introduce(note)
	if introErr != nil {
		return rec, introErr
	}
	p, err := seal.OpenParty(alone, nil)
	if err == nil {
		err = policy.CheckIssued(p, now())
	}
	if err != nil {
		return rec, err
	}
	old, err := tx.Party(p.ID)
	switch {
	case errors.Is(err, entente.NotFound):
		if _, err := entente.ParseCountry(string(p.Country)); err != nil {
			e := *err.(*entente.Error)
			e.Detail = "in the descriptor of " + string(p.ID) + ", " + string(p.Country) + ": " + e.Detail
			e.Hint = "ask them for a descriptor with the right code; they change it with  entente party set --country"
			return rec, &e
		}
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
	Fingerprint string `required:"" help:"What they read to you: eight groups of four characters, in any case, with anything between them."`
	By          string `required:"" help:"Your officer id."`
}

func (c partyCheck) Run(e *env) error {
	return e.with(func(l *local) error {
		err := l.act(e.ctx, entente.OpManageParties, "fingerprint of "+c.ID, func(tx entente.Tx) error {
			_, err := checkFingerprint(tx, entente.PartyID(c.ID), entente.OfficerID(c.By), c.Fingerprint)
			return err
		})
		if err != nil {
			return err
		}
		return e.print(map[string]string{"party": c.ID, "checked": c.By}, func(w io.Writer) {
			fmt.Fprintf(w, "The descriptor of %s is the one that they hold.\n", c.ID)
		})
	})
}

// checkFingerprint records that an officer compared the fingerprint of a party's
// newest descriptor with its people.
func checkFingerprint(tx entente.Tx, id entente.PartyID, by entente.OfficerID, fingerprint string) (entente.PartyRecord, error) {
	rec, err := tx.Party(id)
	if err != nil {
		return rec, err
	}
	if _, err := tx.Officer(by); err != nil {
		return rec, &entente.Error{Kind: entente.Invalid, Field: "by", Detail: "there is no officer " + string(by), Hint: "see entente officer list", Cause: err}
	}
	if err := seal.SameFingerprint(rec.Party, fingerprint); err != nil {
		return rec, err
	}
	rec.Checked = by
	return rec, tx.PutParty(rec)
}

// idList writes ids for people.
func idList(ids []entente.PartyID) string {
	words := make([]string, len(ids))
	for i, id := range ids {
		words[i] = string(id)
	}
	return strings.Join(words, ", ")
}
