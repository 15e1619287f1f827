package casework_test

import (
	"testing"
	"time"

	"entente"
	"entente/casework"
)

// staffed is an office whose supervisor and overseer can sign in.
func staffed(t *testing.T) *office {
	o := newOffice(t)
	for _, p := range []entente.Officer{operator, supervisor, overseer, analyst} {
		o.put(func(tx entente.Tx) error { return tx.PutOfficer(p) })
		o.signsIn(p.ID)
	}
	return o
}

func (o *office) signsIn(id entente.OfficerID) {
	o.put(func(tx entente.Tx) error {
		return tx.PutCredential(entente.Credential{ID: "password:" + string(id), Officer: id, Kind: "password", Added: day})
	})
}

func (o *office) invite(id entente.OfficerID) {
	o.put(func(tx entente.Tx) error {
		err := tx.PutCredential(entente.Credential{ID: "invitation:" + string(id), Officer: id, Kind: "invitation", Added: day})
		if err != nil {
			return err
		}
		return casework.AskInvitation(tx, operator, id, o.now)
	})
}

func (o *office) officer(id entente.OfficerID) (p entente.Officer, invited bool) {
	o.ok(o.store.View(o.Context(), func(tx entente.Tx) (err error) {
		if p, err = tx.Officer(id); err != nil {
			return err
		}
		held, err := tx.Credentials(id)
		for _, c := range held {
			invited = invited || c.Kind == "invitation"
		}
		return err
	}))
	return p, invited
}

func (o *office) waiting(id entente.OfficerID) casework.Waiting {
	p, err := o.desk.People(o.Context(), operator)
	o.ok(err)
	return p.About(id)
}

func (o *office) set(p entente.Officer) (waits bool) {
	o.Helper()
	waits, err := o.desk.SetOfficer(o.Context(), operator, p)
	o.ok(err)
	return waits
}

// A node begins with an operator alone: until a supervisor or an overseer has
// set up his sign-in, there is nobody to ask. Closing his account does not bring
// that time back.
func TestFirstOfficersNeedNobody(t *testing.T) {
	o := newOffice(t)
	o.put(func(tx entente.Tx) error { return tx.PutOfficer(operator) })
	for _, p := range []entente.Officer{analyst, supervisor, overseer} {
		if o.set(p) {
			t.Errorf("%s waits, and nobody can confirm", p.ID)
		}
	}
	o.signsIn(analyst.ID)
	if o.set(releaser) {
		t.Error("an analyst who can sign in is somebody to ask")
	}
	o.signsIn(overseer.ID)
	gone := overseer
	gone.Disabled = day
	o.set(gone)
	if !o.set(entente.Officer{ID: "new.one", Name: "New One", Role: entente.Releaser}) {
		t.Error("an operator who closes the overseer's account is alone again")
	}
}

// A new officer stays out until a second person confirms; what an operator then
// asks for on top is seen before it is confirmed.
func TestNewOfficerWaits(t *testing.T) {
	o := staffed(t)
	fresh := entente.Officer{ID: "new.one", Name: "New One", Role: entente.Analyst}
	if !o.set(fresh) {
		t.Fatal("a new officer does not wait")
	}
	if p, _ := o.officer(fresh.ID); p.Disabled.IsZero() {
		t.Error("he is in before anybody confirmed it")
	}
	o.invite(fresh.ID)
	shown := o.waiting(fresh.ID)
	fresh.Role = entente.Releaser
	o.set(fresh)
	o.want(o.desk.Confirm(t.Context(), supervisor, fresh.ID, shown.Digest()), entente.Conflict, "a supervisor confirms an analyst who is a releaser by now")
	o.want(o.desk.Confirm(t.Context(), operator, fresh.ID, o.waiting(fresh.ID).Digest()), entente.Denied, "an operator confirms")
	o.want(o.desk.Confirm(t.Context(), analyst, fresh.ID, o.waiting(fresh.ID).Digest()), entente.Denied, "an analyst confirms")
	o.want(o.desk.Confirm(t.Context(), overseer, fresh.ID, o.waiting(fresh.ID).Digest()), nil, "an overseer confirms")
	p, invited := o.officer(fresh.ID)
	if p.Role != entente.Releaser || !p.Disabled.IsZero() || !invited {
		t.Errorf("confirmed is %+v, invited %v", p, invited)
	}
	o.want(o.desk.Confirm(t.Context(), overseer, fresh.ID, shown.Digest()), entente.Conflict, "it is confirmed twice")
}

// Another role, an account opened again and an invitation wait; closing an
// account does not, and takes with it what waited.
func TestWhatWaits(t *testing.T) {
	o := staffed(t)
	other := analyst
	other.Role = entente.Releaser
	if p, _ := o.officer(analyst.ID); !o.set(other) || p.Role != entente.Analyst {
		t.Error("another role does not wait")
	}
	o.want(o.desk.Confirm(t.Context(), supervisor, other.ID, o.waiting(other.ID).Digest()), nil, "the role is confirmed")
	if p, _ := o.officer(other.ID); p.Role != entente.Releaser {
		t.Errorf("the role is %s", p.Role)
	}

	closed := other
	closed.Disabled = day
	if o.set(closed) {
		t.Error("closing an account waits")
	}
	if !o.set(other) {
		t.Error("opening it again does not")
	}
	o.invite(other.ID)
	o.want(o.desk.Refuse(t.Context(), overseer, other.ID, o.waiting(other.ID).Digest()), nil, "both are refused")
	if p, invited := o.officer(other.ID); p.Disabled.IsZero() || invited {
		t.Errorf("refused is %+v, invited %v", p, invited)
	}

	o.set(other)
	o.invite(other.ID)
	o.set(closed)
	if _, invited := o.officer(other.ID); invited || len(o.waiting(other.ID).What) != 0 {
		t.Error("a closed account still waits to be opened")
	}
	renamed := supervisor
	renamed.Name = "Paul Stern-Falk"
	if o.set(renamed) {
		t.Error("a name waits")
	}
}

// Nobody confirms an invitation of his own: whoever uses it need not be him. At
// the machine it is confirmed alone only when nobody else is left.
func TestConfirmOneself(t *testing.T) {
	o := staffed(t)
	o.invite(overseer.ID)
	w := o.waiting(overseer.ID)
	o.want(o.desk.Confirm(t.Context(), overseer, overseer.ID, w.Digest()), entente.Denied, "the overseer confirms his own invitation")
	o.want(o.desk.ConfirmAlone(t.Context(), operator, overseer.ID), entente.Denied, "it is confirmed at the machine, while there is a supervisor")
	gone := supervisor
	gone.Disabled = day.Add(time.Hour)
	o.set(gone)
	o.want(o.desk.ConfirmAlone(t.Context(), supervisor, overseer.ID), entente.Denied, "a supervisor uses the way of the machine")
	o.want(o.desk.ConfirmAlone(t.Context(), operator, overseer.ID), nil, "it is confirmed at the machine, with nobody left")
	if _, invited := o.officer(overseer.ID); !invited || len(o.waiting(overseer.ID).What) != 0 {
		t.Error("the invitation does not count")
	}
}
