package casework

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"entente"
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
