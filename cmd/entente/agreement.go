package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"entente"
	"entente/parse"
	"entente/policy"
)

type agreementCmd struct {
	List    agreementList    `cmd:"" default:"1" help:"List agreements with how far they are open."`
	Explain agreementExplain `cmd:"" help:"Say in plain sentences what an agreement lets pass: a file, or one that is here."`
	Sign    agreementSign    `cmd:"" help:"Sign an agreement's text with our identity key."`
	Add     agreementAdd     `cmd:"" help:"Put an agreement that every party has signed into force here."`
	Show    agreementShow    `cmd:"" help:"Print an agreement with its signatures."`
	Outage  agreementOutage  `cmd:"" help:"Declare that our node could not be reached for a time; needs entente signin as a supervisor."`
	Level   agreementLevel   `cmd:"" help:"Declare how far we keep an agreement open, towards one party or each; needs entente signin as a supervisor."`
}

type agreementList struct{}

func (agreementList) Run(e *env) error {
	type level struct {
		Partner entente.PartyID `json:"partner"`
		Level   entente.Level   `json:"level"`
	}
	type line struct {
		ID       entente.AgreementID `json:"id"`
		Epoch    int                 `json:"epoch"`
		Parties  []entente.PartyID   `json:"parties"`
		Levels   []level             `json:"levels"`
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
				levels := []level{}
				for _, p := range a.Parties {
					if self := l.settings.Party; p != self {
						levels = append(levels, level{p, policy.LevelOf(a.ID, self, p, changes)})
					}
				}
				lines = append(lines, line{a.ID, a.Epoch, a.Parties, levels, r.Complete, a.From.Format(time.DateOnly), a.Until.Format(time.DateOnly)})
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
				fmt.Fprintf(w, "%s  epoch %d, %s to %s, between %s\n", a.ID, a.Epoch, a.From, a.Until, idList(a.Parties))
				for _, l := range a.Levels {
					fmt.Fprintf(w, "    with %s: %s\n", l.Partner, l.Level)
				}
			}
		})
	})
}

// agreementText reads the text of an agreement from a file, signed or not.
func agreementText(path string) (note []byte, a entente.Agreement, err error) {
	if err := expect(path, parse.FormAgreement); err != nil {
		return note, a, err
	}
	if note, err = readBounded(path, parse.MaxAgreement+maxSignatures); err != nil {
		return note, a, err
	}
	text := note
	if i := strings.LastIndex(string(note), "\n\n— "); i >= 0 {
		text = note[:i+1]
	}
	a, err = parse.Agreement(text)
	if err == nil {
		var terms *policy.Terms
		if terms, err = policy.Compile(a); err == nil {
			err = terms.Countries()
		}
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
		if !e.json {
			return e.exact(r.Note)
		}
		return e.print(map[string]any{"note": string(r.Note), "signed": r.Signed, "complete": r.Complete}, nil)
	})
}
