package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"entente"
	"entente/parse"
	"entente/policy"
	"entente/seal"
)

type agreementCmd struct {
	List    agreementList    `cmd:"" default:"1" help:"List agreements with how far they are open."`
	Explain agreementExplain `cmd:"" help:"Say in plain sentences what an agreement lets pass: a file, or one that is here."`
	Sign    agreementSign    `cmd:"" help:"Sign an agreement's text with our identity key."`
	Add     agreementAdd     `cmd:"" help:"Put an agreement that every party has signed into force here."`
	Show    agreementShow    `cmd:"" help:"Print an agreement with its signatures."`
	Level   agreementLevel   `cmd:"" help:"Declare how far we hold an agreement open; needs entente signin as a supervisor."`
}

type agreementList struct{}

func (agreementList) Run(e *env) error {
	type line struct {
		ID       entente.AgreementID `json:"id"`
		Epoch    int                 `json:"epoch"`
		Parties  []entente.PartyID   `json:"parties"`
		Level    entente.Level       `json:"level"`
		Complete bool                `json:"complete"`
		From     string              `json:"from"`
		Until    string              `json:"until"`
	}
	return e.with(func(l *local) error {
		lines := []line{}
		err := l.store.View(e.ctx, func(tx entente.Tx) error {
			records, err := tx.Agreements()
			if err != nil {
				return err
			}
			for _, r := range records {
				changes, err := tx.LevelChanges(r.Agreement.ID)
				if err != nil {
					return err
				}
				a := r.Agreement
				lines = append(lines, line{a.ID, a.Epoch, a.Parties, policy.LevelOf(a, changes), r.Complete, a.From.Format(time.DateOnly), a.Until.Format(time.DateOnly)})
			}
			return nil
		})
		if err != nil {
			return err
		}
		return e.print(lines, func(w io.Writer) {
			if len(lines) == 0 {
				fmt.Fprintln(w, "There is no agreement here yet. Write one (docs/agreement-format.md), then entente agreement sign and entente agreement add.")
			}
			for _, a := range lines {
				fmt.Fprintf(w, "%s  epoch %d, %s to %s, level %s, parties %v\n", a.ID, a.Epoch, a.From, a.Until, a.Level, a.Parties)
			}
		})
	})
}

// agreementText reads the text of an agreement from a file, signed or not.
func agreementText(path string) (note []byte, a entente.Agreement, err error) {
	if note, err = readBounded(path, parse.MaxAgreement); err != nil {
		return note, a, err
	}
	text := note
	if i := strings.LastIndex(string(note), "\n\n— "); i >= 0 {
		text = note[:i+1]
	}
	a, err = parse.Agreement(text)
	if err == nil {
		_, err = policy.Compile(a)
	}
	return note, a, err
}

type agreementExplain struct {
	What string `arg:"" help:"A file, or the id of an agreement that is here."`
}

func (c agreementExplain) Run(e *env) error {
	explain := func(a entente.Agreement) error {
		terms, err := policy.Compile(a)
		if err != nil {
			return err
		}
		sentences := terms.Explain()
		return e.print(sentences, func(w io.Writer) {
			for _, s := range sentences {
				fmt.Fprintln(w, s)
			}
		})
	}
	if _, err := os.Stat(c.What); err == nil {
		_, a, err := agreementText(c.What)
		if err != nil {
			return err
		}
		return explain(a)
	}
	return e.with(func(l *local) error {
		r, err := agreementHere(e, l, c.What)
		if err != nil {
			return err
		}
		return explain(r.Agreement)
	})
}

// agreementHere gives the newest epoch of an agreement in the store.
func agreementHere(e *env, l *local, id string) (entente.AgreementRecord, error) {
	var epochs []entente.AgreementRecord
	err := l.store.View(e.ctx, func(tx entente.Tx) (err error) {
		epochs, err = tx.AgreementEpochs(entente.AgreementID(id))
		return err
	})
	if err == nil && len(epochs) == 0 {
		err = &entente.Error{Kind: entente.NotFound, Detail: "there is neither a file nor an agreement " + id, Hint: "see entente agreement list"}
	}
	if err != nil {
		return entente.AgreementRecord{}, err
	}
	return epochs[len(epochs)-1], nil
}

type agreementShow struct {
	ID string `arg:"" help:"Agreement."`
}

func (c agreementShow) Run(e *env) error {
	return e.with(func(l *local) error {
		r, err := agreementHere(e, l, c.ID)
		if err != nil {
			return err
		}
		return e.print(map[string]any{"note": string(r.Note), "signed": r.Signed, "complete": r.Complete}, func(w io.Writer) { w.Write(r.Note) })
	})
}

type agreementSign struct {
	File string `arg:"" help:"The text, or the file that a partner has signed already." type:"existingfile"`
	Out  string `short:"o" required:"" help:"Where to write the signed agreement, for the next party." type:"path"`
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
		if err := writeNew(c.Out, signed, 0o644); err != nil {
			return err
		}
		return e.print(map[string]any{"file": c.Out, "signed": rec.Signed, "complete": rec.Complete}, func(w io.Writer) {
			if rec.Complete {
				fmt.Fprintf(w, "Every party has signed. Run  entente agreement add %s  here, and give the file to the others to do the same.\n", c.Out)
				return
			}
			fmt.Fprintf(w, "Signed. Still to sign: %v. Give them %s.\n", missing(rec), c.Out)
		})
	})
}

// confirm shows what is about to be signed, and asks.
func (c agreementSign) confirm(e *env, a entente.Agreement) error {
	if c.Yes || e.json {
		return nil
	}
	terms, err := policy.Compile(a)
	if err != nil {
		return err
	}
	for _, s := range terms.Explain() {
		fmt.Fprintln(e.err, s)
	}
	fmt.Fprint(e.err, "\nSign this in the name of the agency? Type yes: ")
	var answer string
	if _, err := fmt.Fscanln(e.stdin, &answer); err != nil || answer != "yes" {
		return &entente.Error{Kind: entente.Denied, Detail: "nothing was signed"}
	}
	return nil
}

func missing(r entente.AgreementRecord) []entente.PartyID {
	return slices.DeleteFunc(slices.Clone(r.Agreement.Parties), func(p entente.PartyID) bool { return slices.Contains(r.Signed, p) })
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
	File string `arg:"" help:"The agreement with every party's signature." type:"existingfile"`
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
			return &entente.Error{Kind: entente.Denied, Detail: fmt.Sprintf("not every party has signed; missing: %v", missing(rec)), Hint: "give them the file to sign with entente agreement sign"}
		}
		rec.Added = time.Now().UTC()
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
// another text under the same epoch.
func putAgreement(tx entente.Tx, rec entente.AgreementRecord) error {
	now, err := tx.Agreement(rec.Agreement.ID, 0)
	if errors.Is(err, entente.NotFound) {
		return tx.PutAgreement(rec)
	}
	if err != nil {
		return err
	}
	switch old, next := now.Agreement, rec.Agreement; {
	case next.Epoch < old.Epoch:
		return &entente.Error{Kind: entente.Conflict, Field: "epoch", Detail: fmt.Sprintf("epoch %d is in force here; this is epoch %d", old.Epoch, next.Epoch), Hint: "an older epoch never comes back; agree on a new one"}
	case next.Epoch == old.Epoch && string(next.Text) != string(old.Text):
		return &entente.Error{Kind: entente.Conflict, Field: "epoch", Detail: "another text is in force under this epoch", Hint: "give the new text the next epoch and have everybody sign it"}
	}
	return tx.PutAgreement(rec)
}

type agreementLevel struct {
	ID     string `arg:"" help:"Agreement."`
	Level  string `arg:"" enum:"open,restricted,warnings-only,suspended" help:"open, restricted, warnings-only or suspended."`
	Reason string `required:"" help:"Why; every party reads it."`
	remote
}
