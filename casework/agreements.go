package casework

import (
	"context"

	"entente"
	"entente/policy"
	"entente/seal"
)

// Standing is an agreement with how far it is open.
type Standing struct {
	Record   entente.AgreementRecord
	Level    entente.Level
	Declared []entente.LevelChange // what each party last declared
	Explain  []string              // what it lets pass, in sentences
}

// Agreements lists the newest epoch of every agreement.
func (d *Desk) Agreements(ctx context.Context, by entente.Officer) ([]Standing, error) {
	var out []Standing
	err := d.look(ctx, by, entente.OpReadAgreement, "agreements", func(tx entente.Tx) error {
		out = nil
		records, err := tx.Agreements()
		if err != nil {
			return err
		}
		for _, r := range records {
			s, err := d.standing(tx, r)
			if err != nil {
				return err
			}
			out = append(out, s)
		}
		return nil
	})
	return out, err
}

// Agreement gives the newest epoch of one agreement.
func (d *Desk) Agreement(ctx context.Context, by entente.Officer, id entente.AgreementID) (Standing, error) {
	var s Standing
	err := d.look(ctx, by, entente.OpReadAgreement, "agreement "+string(id), func(tx entente.Tx) error {
		epochs, err := tx.AgreementEpochs(id)
		if err != nil {
			return err
		}
		if len(epochs) == 0 {
			return &entente.Error{Kind: entente.NotFound, Detail: "there is no agreement of that name here"}
		}
		s, err = d.standing(tx, epochs[len(epochs)-1])
		return err
	})
	return s, err
}

func (d *Desk) standing(tx entente.Tx, r entente.AgreementRecord) (Standing, error) {
	s := Standing{Record: r}
	terms, err := d.terms.Terms(r.Agreement)
	if err != nil {
		return s, err
	}
	changes, err := tx.LevelChanges(r.Agreement.ID)
	if err != nil {
		return s, err
	}
	s.Level, s.Explain = policy.LevelOf(r.Agreement, changes), terms.Explain()
	for _, p := range r.Agreement.Parties {
		for i := len(changes) - 1; i >= 0; i-- {
			if changes[i].Party == p {
				s.Declared = append(s.Declared, changes[i])
				break
			}
		}
	}
	return s, nil
}

// Partner is a party with its line.
type Partner struct {
	Record      entente.PartyRecord
	Fingerprint string
	Line        entente.Line
	Self        bool
}

// Partners lists every party that is known here, ourselves too.
func (d *Desk) Partners(ctx context.Context, by entente.Officer) ([]Partner, error) {
	var out []Partner
	err := d.look(ctx, by, entente.OpReadParties, "parties", func(tx entente.Tx) error {
		out = nil
		records, err := tx.Parties()
		if err != nil {
			return err
		}
		for _, r := range records {
			line, err := tx.Line(r.Party.ID)
			if err != nil {
				return err
			}
			out = append(out, Partner{Record: r, Fingerprint: seal.Fingerprint(r.Party), Line: line, Self: r.Party.ID == d.cfg.Self})
		}
		return nil
	})
	return out, err
}

// Obligations lists what is owed and not met, ours and theirs: overdue first,
// then by due time.
func (d *Desk) Obligations(ctx context.Context, by entente.Officer) ([]entente.Obligation, error) {
	var out []entente.Obligation
	err := d.look(ctx, by, entente.OpReadObligations, "obligations", func(tx entente.Tx) (err error) {
		out, err = d.owed(tx)
		return err
	})
	return out, err
}
