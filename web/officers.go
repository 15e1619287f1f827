package web

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"entente"
	"entente/casework"
)

// people is the list of officers with what is being done to it.
type people struct {
	casework.People
	New *form
	// Invited, with its code: shown once, right after it was made.
	Invited entente.OfficerID
	Code    string
	Until   time.Time
}

func (v *visit) officers() error { return v.showOfficers(http.StatusOK, people{}) }

func (v *visit) showOfficers(status int, o people) error {
	var err error
	if o.People, err = v.Casework.People(v.ctx(), v.officer); err != nil {
		return err
	}
	if o.New == nil {
		o.New = newForm(nil)
	}
	v.show(status, v.p.T("Officers"), officersPage(v.p, o))
	return nil
}

// addOfficer enters a person and shows the invitation. The code is in this
// answer alone: not in an address, where logs and histories would keep it.
func (v *visit) addOfficer() error {
	values, err := v.form()
	if err != nil {
		return err
	}
	f := newForm(values)
	f.mustWrite("id", "name")
	f.mustChoose("role")
	o := entente.Officer{ID: entente.OfficerID(f.get("id")), Name: f.get("name"), Role: entente.Role(f.get("role"))}
	if f.good() {
		if _, err := v.Casework.AddOfficer(v.ctx(), v.officer, o); errors.Is(err, entente.Invalid) {
			f.reject("", err)
		} else if err != nil {
			return err
		}
	}
	if !f.good() {
		return v.showOfficers(http.StatusUnprocessableEntity, people{New: f})
	}
	return v.showInvitation(o.ID)
}

// who finds an officer of the list.
func (v *visit) who(id entente.OfficerID) (entente.Officer, error) {
	all, err := v.Casework.Officers(v.ctx(), v.officer)
	if err != nil {
		return entente.Officer{}, err
	}
	for _, o := range all {
		if o.ID == id {
			return o, nil
		}
	}
	return entente.Officer{}, &entente.Error{Kind: entente.NotFound, Detail: "there is no officer with this id"}
}

func (v *visit) officerID() entente.OfficerID { return entente.OfficerID(v.r.PathValue("officer")) }

func (v *visit) invite() error { return v.showInvitation(v.officerID()) }

func (v *visit) showInvitation(id entente.OfficerID) error {
	code, until, err := v.SignIn.Invite(v.ctx(), v.officer, id)
	if err != nil {
		return err
	}
	return v.showOfficers(http.StatusOK, people{Invited: id, Code: code, Until: until})
}

// change sets an officer anew.
func (v *visit) change(what string, set func(*entente.Officer)) error {
	o, err := v.who(v.officerID())
	if err != nil {
		return err
	}
	set(&o)
	waits, err := v.Casework.SetOfficer(v.ctx(), v.officer, o)
	if err != nil {
		return err
	}
	if waits {
		what = "asked"
	}
	return v.done("/officers", what)
}

// confirmOfficer and refuseOfficer are the second person's answer to what an
// operator asked for.
func (v *visit) confirmOfficer() error { return v.second(v.Casework.Confirm, "confirmed") }
func (v *visit) refuseOfficer() error  { return v.second(v.Casework.Refuse, "not-confirmed") }

func (v *visit) second(answer func(context.Context, entente.Officer, entente.OfficerID, entente.Digest) error, what string) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	seen, err := entente.ParseDigest(values.Get("seen"))
	if err != nil {
		return err
	}
	if err := answer(v.ctx(), v.officer, v.officerID(), seen); err != nil {
		return err
	}
	return v.done("/officers", what)
}

func (v *visit) setRole() error {
	values, err := v.form()
	if err != nil {
		return err
	}
	return v.change("role", func(o *entente.Officer) { o.Role = entente.Role(values.Get("role")) })
}

func (v *visit) disable() error {
	return v.change("disabled", func(o *entente.Officer) { o.Disabled = v.p.now })
}

func (v *visit) enable() error {
	return v.change("enabled", func(o *entente.Officer) { o.Disabled = time.Time{} })
}

func roleChoices(p *page) []choice {
	var all []choice
	for _, r := range entente.Roles {
		all = append(all, choice{Value: string(r), Label: p.role(r), Hint: p.T(roleDuties[r])})
	}
	return all
}

// changes says what waits about an officer.
func (p *page) changes(what []casework.Change) string {
	var said []string
	for _, c := range what {
		said = append(said, term(p, changeWords, c))
	}
	return strings.Join(said, "; ")
}
