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

// People is the officers with what waits to be confirmed about them.
type People struct {
	Officers []entente.Officer
	Waiting  []Waiting // oldest first
}

// About gives what waits about an officer; zero: nothing.
func (p People) About(id entente.OfficerID) Waiting {
	for _, w := range p.Waiting {
		if w.ID == id {
			return w
		}
	}
	return Waiting{}
}

// People lists the officers and what waits to be confirmed.
func (d *Desk) People(ctx context.Context, by entente.Officer) (People, error) {
	var out People
	err := d.look(ctx, by, entente.OpReadOfficers, "officers", func(tx entente.Tx) (err error) {
		if out.Officers, err = tx.Officers(); err != nil {
			return err
		}
		out.Waiting, err = waitingIn(tx)
		return err
	})
	return out, err
}

// SetOfficer adds an officer, or changes his name or role, or disables him
// (Disabled set) or opens his account again. Nobody changes his own role or
// disables himself. Disabling happens at once; where there is somebody to ask,
// what lets somebody in, or gives him another role, waits for Confirm.
func (d *Desk) SetOfficer(ctx context.Context, by entente.Officer, o entente.Officer) (waits bool, err error) {
	return d.putOfficer(ctx, by, o, func(entente.Tx) error { return nil })
}

// AddOfficer is SetOfficer for somebody new: an id that an officer has is Invalid,
// for adding must not change a colleague.
func (d *Desk) AddOfficer(ctx context.Context, by entente.Officer, o entente.Officer) (waits bool, err error) {
	return d.putOfficer(ctx, by, o, func(tx entente.Tx) error {
		_, err := tx.Officer(o.ID)
		if errors.Is(err, entente.NotFound) {
			return nil
		}
		if err == nil {
			err = &entente.Error{Kind: entente.Invalid, Field: "id", Detail: "there is an officer with this id already", Hint: "choose another id"}
		}
		return err
	})
}

func (d *Desk) putOfficer(ctx context.Context, by, o entente.Officer, first func(entente.Tx) error) (waits bool, err error) {
	if err := CheckOfficer(o); err != nil {
		return false, err
	}
	act := d.act(by, entente.OpManageOfficers, "officer "+string(o.ID))
	act.Result = &waits
	err = d.doAct(ctx, act, func(tx entente.Tx) (err error) {
		if err := first(tx); err != nil {
			return err
		}
		waits, err = d.setOfficer(tx, by, o)
		return err
	})
	return waits, err
}

func (d *Desk) setOfficer(tx entente.Tx, by, o entente.Officer) (waits bool, err error) {
	old, err := tx.Officer(o.ID)
	fresh := errors.Is(err, entente.NotFound)
	if err != nil && !fresh {
		return false, err
	}
	if o.ID == by.ID && (o.Role != old.Role || !o.Disabled.IsZero()) {
		return false, &entente.Error{Kind: entente.Denied, Detail: "nobody changes his own role or disables himself", Hint: "ask another operator"}
	}
	var what Change
	switch {
	case fresh:
		o.Added, o.Disabled = d.now(), time.Time{}
		what = ChangeNew
	case !o.Disabled.IsZero():
		return false, d.disable(tx, old, o)
	case !old.Disabled.IsZero():
		what = ChangeOpened
	case o.Role != old.Role:
		what = ChangeRole
	}
	if !fresh {
		o.Added = old.Added
	}
	if what != "" {
		if waits, err = someoneToAsk(tx); err != nil {
			return false, err
		}
	}
	if !waits {
		return false, tx.PutOfficer(o)
	}
	if fresh {
		closed := o
		closed.Disabled = d.now()
		if err := tx.PutOfficer(closed); err != nil {
			return false, err
		}
	}
	return true, ask(tx, by, o, d.now(), what)
}

// disable locks an officer out at once. What waited for him is off.
func (d *Desk) disable(tx entente.Tx, old, o entente.Officer) error {
	waits, err := Waits(tx, o.ID)
	if err != nil {
		return err
	}
	if waits {
		if _, err := take(tx, o.ID); err != nil {
			return err
		}
		if err := dropInvitations(tx, o.ID); err != nil {
			return err
		}
	}
	o.Added, o.Role, o.Disabled = old.Added, old.Role, d.now()
	if err := tx.DropSessions(o.ID, time.Time{}); err != nil {
		return err
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
		return &entente.Error{Kind: entente.Invalid, Field: "name", Detail: "an officer has a name of at most 200 bytes", Hint: "write the name as colleagues know the person"}
	case !slices.Contains(entente.Roles, o.Role):
		return &entente.Error{Kind: entente.Invalid, Field: "role", Detail: "there is no role \"" + string(o.Role) + "\"", Hint: "choose analyst, releaser, supervisor, overseer or operator"}
	}
	return nil
}
