package casework

import (
	"context"
	"errors"
	"slices"
	"time"

	"entente"
	"entente/parse"
)

// Whoever makes officers could make himself any officer. So what an operator does
// to let somebody in waits until a supervisor or an overseer has confirmed it: a
// new officer, another role, an account opened again, an invitation. Until the
// first of those two roles has set up his sign-in there is nobody to ask: that is
// how a node begins, and it does not come back.

// Waiting is what an operator asked for and nobody has confirmed yet. The zero
// time and an empty list mean that nothing waits.
type Waiting struct {
	ID    entente.OfficerID `json:"id"`
	Name  string            `json:"name"` // as it would be
	Role  entente.Role      `json:"role"` // as it would be
	What  []Change          `json:"what"`
	By    entente.OfficerID `json:"by"` // the operator who asked last
	Asked time.Time         `json:"asked"`
}

// Change is one thing that waits.
type Change string

const (
	ChangeNew        Change = "new"        // an officer who was not here before
	ChangeRole       Change = "role"       // another role
	ChangeOpened     Change = "opened"     // a closed account opened again
	ChangeInvitation Change = "invitation" // a code with which somebody becomes this officer
)

// Changes lists them, in the order in which pages show them.
var Changes = []Change{ChangeNew, ChangeRole, ChangeOpened, ChangeInvitation}

// Digest names exactly what is to be confirmed.
func (w Waiting) Digest() entente.Digest {
	b, err := parse.Encode(w)
	if err != nil {
		return entente.Digest{} // never what somebody has seen
	}
	return entente.DigestOf(b)
}

const (
	waitingKey = "officers.waiting"
	maxWaiting = 4 << 20 // bytes: some ten thousand officers
)

// waitingIn reads what waits, oldest first.
func waitingIn(tx entente.SettingStore) ([]Waiting, error) {
	b, err := tx.Setting(waitingKey)
	if errors.Is(err, entente.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return parse.Canonical[[]Waiting](b, maxWaiting)
}

func putWaiting(tx entente.SettingStore, all []Waiting) error {
	if all == nil {
		all = []Waiting{}
	}
	b, err := parse.Encode(all)
	if err == nil && len(b) > maxWaiting {
		err = &entente.Error{Kind: entente.Conflict, Detail: "too many changes of officers wait", Hint: "ask a supervisor or an overseer to confirm or refuse them"}
	}
	if err != nil {
		return err
	}
	return tx.PutSetting(waitingKey, b)
}

// Waits reports whether something about an officer waits to be confirmed: until
// then no invitation of his counts.
func Waits(tx entente.Tx, id entente.OfficerID) (bool, error) {
	all, err := waitingIn(tx)
	return slices.ContainsFunc(all, func(w Waiting) bool { return w.ID == id }), err
}

// AskInvitation has an invitation wait, if there is somebody to ask.
func AskInvitation(tx entente.Tx, by entente.Officer, id entente.OfficerID, at time.Time) error {
	o, err := tx.Officer(id)
	if err != nil {
		return err
	}
	asked, err := someoneToAsk(tx)
	if err != nil || !asked {
		return err
	}
	return ask(tx, by, o, at, ChangeInvitation)
}

// ask adds to what waits for an officer. What waits already stays in it.
func ask(tx entente.Tx, by, o entente.Officer, at time.Time, what Change) error {
	all, err := waitingIn(tx)
	if err != nil {
		return err
	}
	w := Waiting{ID: o.ID, Name: o.Name, Role: o.Role, By: by.ID, Asked: at, What: []Change{what}}
	if i := slices.IndexFunc(all, func(w Waiting) bool { return w.ID == o.ID }); i >= 0 {
		old := all[i]
		all = slices.Delete(all, i, i+1)
		if what == ChangeInvitation {
			w.Name, w.Role = old.Name, old.Role
		}
		w.What = slices.DeleteFunc(slices.Clone(Changes), func(c Change) bool { return c != what && !slices.Contains(old.What, c) })
	}
	return putWaiting(tx, append(all, w))
}

// confirms reports whether an officer's role confirms what operators ask.
func confirms(r entente.Role) bool { return r == entente.Supervisor || r == entente.Overseer }

// someoneToAsk reports whether a supervisor or an overseer has ever set up his
// sign-in. A closed account counts: closing them all must not make an operator
// alone again.
func someoneToAsk(tx entente.Tx) (bool, error) {
	return anyWho(tx, func(o entente.Officer) bool { return confirms(o.Role) })
}

// anyWho reports whether somebody of this kind can sign in, or could.
func anyWho(tx entente.Tx, kind func(entente.Officer) bool) (bool, error) {
	all, err := tx.Officers()
	if err != nil {
		return false, err
	}
	for _, o := range all {
		if !kind(o) {
			continue
		}
		held, err := tx.Credentials(o.ID)
		if err != nil {
			return false, err
		}
		if slices.ContainsFunc(held, func(c entente.Credential) bool { return c.Kind == "password" || c.Kind == "passkey" }) {
			return true, nil
		}
	}
	return false, nil
}

// Confirm lets a change happen that an operator asked for. seen is the digest of
// what the supervisor or overseer was shown. Nobody confirms what he asked for,
// or what is about himself.
func (d *Desk) Confirm(ctx context.Context, by entente.Officer, id entente.OfficerID, seen entente.Digest) error {
	return d.do(ctx, by, entente.OpConfirmOfficers, "officer "+string(id), func(tx entente.Tx) error {
		w, err := settle(tx, by, id, seen)
		if err != nil {
			return err
		}
		return w.apply(tx)
	})
}

// Refuse undoes what an operator asked for: a new officer stays out, and no
// invitation of the officer counts any more.
func (d *Desk) Refuse(ctx context.Context, by entente.Officer, id entente.OfficerID, seen entente.Digest) error {
	return d.do(ctx, by, entente.OpConfirmOfficers, "officer "+string(id)+" refused", func(tx entente.Tx) error {
		if _, err := settle(tx, by, id, seen); err != nil {
			return err
		}
		return dropInvitations(tx, id)
	})
}

// ConfirmAlone is the way out when nobody is left who could confirm: for the
// command line at the machine itself. The access log says that it was used.
func (d *Desk) ConfirmAlone(ctx context.Context, by entente.Officer, id entente.OfficerID) error {
	return d.do(ctx, by, entente.OpManageOfficers, "officer "+string(id)+" confirmed at the machine, alone", func(tx entente.Tx) error {
		others, err := anyWho(tx, func(o entente.Officer) bool { return confirms(o.Role) && o.Disabled.IsZero() && o.ID != id })
		if err != nil {
			return err
		}
		if others {
			return &entente.Error{Kind: entente.Denied, Detail: "there is a supervisor or an overseer who can confirm it", Hint: "ask him: entente officer confirm " + string(id)}
		}
		w, err := take(tx, id)
		if err != nil {
			return err
		}
		return w.apply(tx)
	})
}

// settle takes what waits off the list, if this officer may and has seen it.
func settle(tx entente.Tx, by entente.Officer, id entente.OfficerID, seen entente.Digest) (Waiting, error) {
	w, err := take(tx, id)
	switch {
	case err != nil:
		return w, err
	case by.ID == w.ID || by.ID == w.By:
		return w, &entente.Error{Kind: entente.Denied, Detail: "nobody confirms what is about himself, or what he asked for", Hint: "ask another supervisor or overseer"}
	case seen != w.Digest():
		return w, &entente.Error{Kind: entente.Conflict, Detail: "the operator has asked for something else meanwhile", Hint: "look at it again, and confirm what you see"}
	}
	return w, nil
}

// take takes what waits for an officer off the list.
func take(tx entente.Tx, id entente.OfficerID) (Waiting, error) {
	all, err := waitingIn(tx)
	if err != nil {
		return Waiting{}, err
	}
	i := slices.IndexFunc(all, func(w Waiting) bool { return w.ID == id })
	if i < 0 {
		return Waiting{}, &entente.Error{Kind: entente.Conflict, Detail: "nothing about this officer waits", Hint: "it may have been confirmed or refused already"}
	}
	w := all[i]
	return w, putWaiting(tx, slices.Delete(all, i, i+1))
}

func (w Waiting) apply(tx entente.Tx) error {
	o, err := tx.Officer(w.ID)
	if err != nil {
		return err
	}
	o.Name, o.Role, o.Disabled = w.Name, w.Role, time.Time{}
	return tx.PutOfficer(o)
}

func dropInvitations(tx entente.Tx, id entente.OfficerID) error {
	held, err := tx.Credentials(id)
	if err != nil {
		return err
	}
	for _, c := range held {
		if c.Kind != "invitation" {
			continue
		}
		if err := tx.DropCredential(c.ID); err != nil {
			return err
		}
	}
	return nil
}
