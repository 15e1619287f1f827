package casework

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"entente"
	"entente/outbox"
)

// Officers lists the people of this party.
func (d *Desk) Officers(ctx context.Context, by entente.Officer) ([]entente.Officer, error) {
	var out []entente.Officer
	err := d.look(ctx, by, entente.OpReadOfficers, "officers", func(tx entente.Tx) (err error) {
		out, err = tx.Officers()
		return err
	})
	return out, err
}

// SetOfficer adds an officer, or changes his name or role, or disables him
// (Disabled set). Nobody changes his own role or disables himself.
func (d *Desk) SetOfficer(ctx context.Context, by entente.Officer, o entente.Officer) error {
	if err := CheckOfficer(o); err != nil {
		return err
	}
	return d.do(ctx, by, entente.OpManageOfficers, "officer "+string(o.ID), func(tx entente.Tx) error {
		return d.setOfficer(tx, by, o)
	})
}

func (d *Desk) setOfficer(tx entente.Tx, by, o entente.Officer) error {
	old, err := tx.Officer(o.ID)
	switch {
	case errors.Is(err, entente.NotFound):
		o.Added, o.Disabled = d.now(), time.Time{}
		return tx.PutOfficer(o)
	case err != nil:
		return err
	case o.ID == by.ID && (o.Role != old.Role || !o.Disabled.IsZero()):
		return &entente.Error{Kind: entente.Denied, Detail: "nobody changes his own role or disables himself", Hint: "ask another operator"}
	}
	o.Added = old.Added
	if !o.Disabled.IsZero() {
		o.Disabled = d.now()
		if err := tx.DropSessions(o.ID, time.Time{}); err != nil {
			return err
		}
	}
	return tx.PutOfficer(o)
}

// CheckOfficer holds the form of an officer's id, name and role.
func CheckOfficer(o entente.Officer) error {
	ok := len(o.ID) >= 2 && len(o.ID) <= 60 && !strings.ContainsFunc(string(o.ID), func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || strings.ContainsRune(".-_", r))
	})
	switch {
	case !ok || o.ID == "node":
		return &entente.Error{Kind: entente.Invalid, Field: "id", Detail: "an officer's id has 2 to 60 lower-case letters, digits, dots, hyphens or underscores", Hint: "for example anna.kern"}
	case strings.TrimSpace(o.Name) == "" || len(o.Name) > 200:
		return &entente.Error{Kind: entente.Invalid, Field: "name", Detail: "an officer has a name of at most 200 bytes"}
	case !slices.Contains(entente.Roles, o.Role):
		return &entente.Error{Kind: entente.Invalid, Field: "role", Detail: "there is no role \"" + string(o.Role) + "\"", Hint: "choose analyst, releaser, supervisor, overseer or operator"}
	}
	return nil
}

// Status is what an operator may see: no content.
type Status struct {
	Party    entente.PartyID
	Version  string
	Started  time.Time
	Now      time.Time
	Lines    []entente.Line
	Waiting  int
	Dead     int
	Ledgers  []entente.LedgerHead
	Warnings []string
}

// Status tells how the node does.
func (d *Desk) Status(ctx context.Context, by entente.Officer) (Status, error) {
	s := Status{Party: d.cfg.Self, Version: d.cfg.Version, Started: d.cfg.Started, Now: d.now()}
	err := d.look(ctx, by, entente.OpNodeStatus, "node", func(tx entente.Tx) (err error) {
		if s.Lines, err = tx.Lines(); err != nil {
			return err
		}
		waiting, err := tx.Queue("", 100_000)
		if err != nil {
			return err
		}
		dead, err := tx.DeadLetters()
		if err != nil {
			return err
		}
		unseen := slices.DeleteFunc(slices.Clone(dead), func(q entente.QueueItem) bool { return q.Seen != "" })
		s.Waiting, s.Dead = len(waiting), len(unseen)
		if s.Ledgers, err = tx.Heads(); err != nil {
			return err
		}
		s.Warnings, err = splits(tx, s.Ledgers)
		return err
	})
	s.Warnings = append(s.Warnings, warnings(s)...)
	return s, err
}

// splits names the ledgers that were shown in two versions.
func splits(tx entente.Tx, heads []entente.LedgerHead) ([]string, error) {
	var out []string
	for _, h := range heads {
		_, err := tx.Setting(outbox.SplitView(h.Origin))
		if err == nil {
			out = append(out, fmt.Sprintf("The ledger %s was shown in two versions. Both checkpoints are kept as evidence; an overseer must look.", h.Origin))
		} else if !errors.Is(err, entente.NotFound) {
			return nil, err
		}
	}
	return out, nil
}

func warnings(s Status) []string {
	var out []string
	for _, l := range s.Lines {
		if l.Blocked != "" {
			out = append(out, fmt.Sprintf("Nothing is released to %s: %s.", l.Partner, l.Blocked))
		}
		if l.Attempts > 0 {
			out = append(out, fmt.Sprintf("%s has not been reached in %d attempts; the last contact was %s. Reason: %s.", l.Partner, l.Attempts, since(s.Now, l.Contact), l.LastError))
		}
		if l.Skew.Abs() > 2*time.Minute {
			out = append(out, fmt.Sprintf("The clock of %s and ours differ by %s: check the time service of both.", l.Partner, l.Skew.Abs().Round(time.Second)))
		}
	}
	if s.Dead > 0 {
		out = append(out, fmt.Sprintf("%d messages were refused for good and nobody has looked at them yet.", s.Dead))
	}
	return out
}

func since(now, t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return now.Sub(t).Round(time.Second).String() + " ago"
}
