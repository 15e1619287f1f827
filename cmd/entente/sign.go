package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"entente"
	"entente/policy"
	"entente/seal"
)

type agreementSign struct {
	File string `arg:"" help:"The text, or the file that a partner has signed already."`
	Out  string `short:"o" required:"" help:"Where to write the signed agreement, for the next party."`
	Yes  bool   `help:"Sign without showing the agreement first."`
}

func (c agreementSign) Run(e *env) error {
	note, a, err := agreementText(c.File)
	if err != nil {
		return err
	}
	return e.with(func(l *local) error {
		if !a.Has(l.keys.Party) {
			return &entente.Error{Kind: entente.Denied, Field: "parties", Detail: string(l.keys.Party) + " is not a party to this agreement"}
		}
		if err := c.ready(e); err != nil {
			return err
		}
		if err := l.warnUnchecked(e, a); err != nil {
			return err
		}
		if err := c.confirm(e, a); err != nil {
			return err
		}
		keys, err := e.home.keys(e, l.settings, "identity.age")
		if err != nil {
			return err
		}
		signed, err := seal.SignAgreement(note, l.keys.Party, keys.Identity)
		if err != nil {
			return err
		}
		rec, err := openAgreement(e, l, signed)
		if err != nil {
			return err
		}
		if err := l.remember(e, keys, rec); err != nil {
			return err
		}
		if err := create(c.Out, signed, 0o644); err != nil {
			return err
		}
		return e.print(map[string]any{"file": c.Out, "signed": rec.Signed, "complete": rec.Complete}, func(w io.Writer) {
			if rec.Complete {
				fmt.Fprintf(w, "Every party has signed. Run  entente agreement add %s  here, and give the file to the others to do the same.\n", c.Out)
				return
			}
			fmt.Fprintf(w, "Signed. Still to sign: %s. Give them %s.\n", idList(missing(rec)), c.Out)
		})
	})
}

// remember keeps which text of an epoch we signed, with the identity key and in
// the store, before the signature leaves: another text of the epoch is refused.
func (l *local) remember(e *env, keys seal.Keys, rec entente.AgreementRecord) (err error) {
	if keys.Signed, err = keys.Signed.WithTerms(rec.Agreement); err != nil {
		return err
	}
	a := rec.Agreement
	err = l.store.Update(e.ctx, func(tx entente.Tx) error { return tx.PutSignedTerms(a.ID, a.Epoch, rec.Terms, now()) })
	if err != nil {
		return err
	}
	return e.home.keepIdentity(e, l.settings, keys)
}

// ready checks, before anybody is asked to sign, that the signature can be made
// and written.
func (c agreementSign) ready(e *env) error {
	if err := absent(c.Out); err != nil {
		return err
	}
	dir := filepath.Dir(c.Out)
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return &entente.Error{Kind: entente.NotFound, Field: "out", Detail: "there is no folder " + dir, Hint: "make it, or write the agreement elsewhere"}
	}
	_, err := e.home.keyFile("identity.age")
	return err
}

// confirm shows what is about to be signed, and asks.
func (c agreementSign) confirm(e *env, a entente.Agreement) error {
	if c.Yes {
		return nil
	}
	terms, err := policy.Compile(a)
	if err != nil {
		return err
	}
	for _, s := range terms.Explain() {
		fmt.Fprintln(e.err, s)
	}
	return e.confirm("\nSign this in the name of the agency?")
}

func missing(r entente.AgreementRecord) []entente.PartyID {
	return slices.DeleteFunc(slices.Clone(r.Agreement.Parties), func(p entente.PartyID) bool { return slices.Contains(r.Signed, p) })
}

// warnUnchecked tells of parties whose fingerprints nobody has compared: whoever
// stands behind their descriptors could be anybody.
func (l *local) warnUnchecked(e *env, a entente.Agreement) error {
	return l.store.View(e.ctx, func(tx entente.Tx) error {
		for _, id := range a.Parties {
			rec, err := tx.Party(id)
			if err == nil && rec.Checked == "" {
				fmt.Fprintf(e.err, "WARNING: nobody here has compared the fingerprint of %s. Call them, and run  entente party check %s\n", id, id)
			}
			if err != nil && !errors.Is(err, entente.NotFound) {
				return err
			}
		}
		return nil
	})
}

// openAgreement checks every signature against the descriptors that are here.
func openAgreement(e *env, l *local, note []byte) (rec entente.AgreementRecord, err error) {
	err = l.store.View(e.ctx, func(tx entente.Tx) error {
		rec, err = seal.OpenAgreementEditions(note, func(id entente.PartyID) ([]entente.Party, error) {
			records, err := tx.PartyEditions(id)
			if err == nil && len(records) == 0 {
				err = &entente.Error{Kind: entente.NotFound, Detail: "the descriptor of " + string(id) + " is not here", Hint: "add it with entente party add"}
			}
			var out []entente.Party
			for _, r := range records {
				out = append(out, r.Party)
			}
			return out, err
		})
		return err
	})
	return rec, err
}

type agreementAdd struct {
	File string `arg:"" help:"The agreement with every party's signature."`
}

func (c agreementAdd) Run(e *env) error {
	note, _, err := agreementText(c.File)
	if err != nil {
		return err
	}
	return e.with(func(l *local) error {
		rec, err := openAgreement(e, l, note)
		if err != nil {
			return err
		}
		if !rec.Agreement.Has(l.keys.Party) {
			return &entente.Error{Kind: entente.Denied, Field: "parties", Detail: string(l.keys.Party) + " is not a party to this agreement"}
		}
		if !rec.Complete {
			return &entente.Error{Kind: entente.Denied, Detail: fmt.Sprintf("not every party has signed; missing: %s", idList(missing(rec))), Hint: "give them the file to sign with entente agreement sign"}
		}
		if err := l.warnUnchecked(e, rec.Agreement); err != nil {
			return err
		}
		rec.Added = now()
		err = l.act(e.ctx, entente.OpManageAgreements, "agreement "+string(rec.Agreement.ID), func(tx entente.Tx) error { return putAgreement(tx, rec) })
		if err != nil {
			return err
		}
		return e.print(map[string]any{"id": rec.Agreement.ID, "epoch": rec.Agreement.Epoch}, func(w io.Writer) {
			fmt.Fprintf(w, "%s, epoch %d, is in force here from %s until %s.\n", rec.Agreement.ID, rec.Agreement.Epoch, rec.Agreement.From.Format(time.DateOnly), rec.Agreement.Until.Format(time.DateOnly))
		})
	})
}

// putAgreement keeps an agreement that is not older than what is here, and not
// another text of an epoch than the one that we signed first.
func putAgreement(tx entente.Tx, rec entente.AgreementRecord) error {
	if err := tx.PutSignedTerms(rec.Agreement.ID, rec.Agreement.Epoch, rec.Terms, rec.Added); err != nil {
		return err
	}
	now, err := tx.Agreement(rec.Agreement.ID, 0)
	if errors.Is(err, entente.NotFound) {
		return tx.PutAgreement(rec)
	}
	if err != nil {
		return err
	}
	if old, next := now.Agreement, rec.Agreement; next.Epoch < old.Epoch {
		return &entente.Error{Kind: entente.Conflict, Field: "epoch", Detail: fmt.Sprintf("epoch %d is in force here; this is epoch %d", old.Epoch, next.Epoch), Hint: "an older epoch never comes back; agree on a new one"}
	}
	return tx.PutAgreement(rec)
}
