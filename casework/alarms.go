package casework

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"entente"
	"entente/outbox"
	"entente/succession"
)

// Alarm is what no page may hide: a history that somebody else signs in our name, or
// that contradicts itself, and a restore that waits for people.
type Alarm struct {
	Kind    AlarmKind
	Partner entente.PartyID
	Ledger  string // its name; empty for a restore
}

// AlarmKind says what is wrong.
type AlarmKind string

const (
	AlarmGrown   AlarmKind = "grown"   // our ledger grew by another hand
	AlarmEnded   AlarmKind = "ended"   // keys of ours that have ended are in use elsewhere
	AlarmSplit   AlarmKind = "split"   // a ledger was shown in two versions
	AlarmCompare AlarmKind = "compare" // restored: the partner has not been compared
	AlarmPerson  AlarmKind = "person"  // restored: a person has to judge records
	AlarmEdition AlarmKind = "edition" // restored: a new edition has to be made
)

// Words says an alarm to an operator.
func (a Alarm) Words() string {
	switch a.Kind {
	case AlarmGrown:
		return fmt.Sprintf("%s shows records of our ledger %s that our key signed and that are not here. Somebody else may have our keys. Nothing was taken, and the channel is stopped. Run  entente restore show.", a.Partner, a.Ledger)
	case AlarmEnded:
		return fmt.Sprintf("%s shows records of our ledger %s signed with keys of ours that have ended. Somebody else has those keys. The records count for nothing.", a.Partner, a.Ledger)
	case AlarmSplit:
		return fmt.Sprintf("The ledger %s was shown in two versions. Both checkpoints are kept as evidence; an overseer must look.", a.Ledger)
	case AlarmPerson:
		return fmt.Sprintf("This node was restored. %s holds records of us that are not here: ask its people whether they are ours. Run  entente restore show.", a.Partner)
	case AlarmEdition:
		return fmt.Sprintf("This node was restored, and not all is back. Nothing is sent to %s before a new edition of our descriptor is made. Run  entente restore show.", a.Partner)
	}
	return fmt.Sprintf("This node was restored. Nothing is sent to %s before its copies of our ledgers have been compared.", a.Partner)
}

// Alarms returns what every page shows, to all roles. It says nothing of anybody, so
// that no entry in the access log is made of it.
func (d *Desk) Alarms(ctx context.Context) (out []Alarm, err error) {
	err = d.cfg.Store.View(ctx, func(tx entente.Tx) (err error) {
		out, err = alarms(tx)
		return err
	})
	return out, err
}

func alarms(tx entente.Tx) ([]Alarm, error) {
	var out []Alarm
	found, err := outbox.AllFound(tx)
	if err != nil {
		return nil, err
	}
	for _, f := range found {
		switch {
		case f.Alarm:
			out = append(out, Alarm{AlarmGrown, f.Partner, f.Origin})
		case f.Ended:
			out = append(out, Alarm{AlarmEnded, f.Partner, f.Origin})
		}
	}
	heads, err := tx.Heads()
	if err != nil {
		return nil, err
	}
	for _, h := range heads {
		forked, err := succession.Forked(tx, h.Origin)
		if err != nil {
			return nil, err
		}
		if forked {
			out = append(out, Alarm{Kind: AlarmSplit, Ledger: h.Origin})
		}
	}
	r, err := outbox.Restoring(tx)
	if err != nil || r == nil {
		return out, err
	}
	for _, p := range slices.Sorted(maps.Keys(r.Waits)) {
		out = append(out, Alarm{Kind: AlarmKind(r.Waits[p]), Partner: p})
	}
	return out, nil
}
