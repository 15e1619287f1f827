package casework

import (
	"context"

	"entente"
	"entente/policy"
	"entente/seal"
)

// Standing is an agreement with how far it is open.
type Standing struct {
	Record  entente.AgreementRecord
	Levels  []PairLevel // between us and each other party, in the agreement's order
	Explain []string    // what it lets pass, in sentences
}

// PairLevel is how far an agreement is open between us and a partner.
type PairLevel struct {
	Partner      entente.PartyID
	Level        entente.Level
	Ours, Theirs *entente.LevelChange // what each declared last to the other; nil: nothing
}

// Towards gives the level between us and a partner.
func (s Standing) Towards(p entente.PartyID) PairLevel {
	for _, l := range s.Levels {
		if l.Partner == p {
			return l
		}
	}
	return PairLevel{Partner: p, Level: entente.Open}
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

// OneLevel gives the level between us and every other party, if it is the same.
func (s Standing) OneLevel() (entente.Level, bool) {
	for _, l := range s.Levels {
		if l.Level != s.Levels[0].Level {
			return "", false
		}
	}
	if len(s.Levels) == 0 {
		return entente.Open, true
	}
	return s.Levels[0].Level, true
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
	s.Explain = terms.Explain()
	for _, p := range r.Agreement.Parties {
		if p != d.cfg.Self {
			s.Levels = append(s.Levels, levelBetween(r.Agreement.ID, d.cfg.Self, p, changes))
		}
	}
	return s, nil
}

func levelBetween(a entente.AgreementID, self, partner entente.PartyID, changes []entente.LevelChange) PairLevel {
	l := PairLevel{Partner: partner, Level: policy.LevelOf(a, self, partner, changes)}
	if c, ok := policy.Declared(a, self, partner, changes); ok {
		l.Ours = &c
	}
	if c, ok := policy.Declared(a, partner, self, changes); ok {
		l.Theirs = &c
	}
	return l
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
