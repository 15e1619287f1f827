package web

import (
	"errors"
	"net/http"
	"strconv"

	"entente"
	"entente/casework"
	"entente/policy"
)

// composing is a tip being written.
type composing struct {
	Form     *form
	Standing casework.Standing // of the agreement
	To       entente.PartyID
	Draft    entente.Draft // zero: a new one
	Unsaved  bool          // what the form holds is kept nowhere else
}

// way is a partner under an agreement: to whom something may be written.
type way struct {
	Standing casework.Standing
	To       entente.PartyID
}

// ways lists them. Agreements that are not signed by all or not in force are
// left out.
func (v *visit) ways() ([]way, error) {
	all, err := v.Casework.Agreements(v.ctx(), v.officer)
	if err != nil {
		return nil, err
	}
	var list []way
	for _, s := range all {
		a := s.Record.Agreement
		if !s.Record.Complete || !a.InForce(v.p.now) || !a.Has(v.Party) {
			continue
		}
		for _, p := range a.Parties {
			if p != v.Party {
				list = append(list, way{s, p})
			}
		}
	}
	return list, nil
}

// compose is the page of a new tip; where there is more than one way out, it
// asks first which.
func (v *visit) compose() error {
	list, err := v.ways()
	if err != nil {
		return err
	}
	q := v.r.URL.Query()
	for _, w := range list {
		if len(list) == 1 || (string(w.To) == q.Get("to") && string(w.Standing.Record.Agreement.ID) == q.Get("agreement")) {
			f := newForm(nil)
			f.set("to", string(w.To))
			f.set("agreement", string(w.Standing.Record.Agreement.ID))
			f.prepare()
			return v.ok(v.p.T("Write a tip"), composePage(v.p, composing{Form: f, Standing: w.Standing, To: w.To}))
		}
	}
	return v.ok(v.p.T("Write a tip"), waysPage(v.p, list))
}

// write takes a new tip.
func (v *visit) write() error { return v.take(entente.Draft{}) }

// edit is the page of a draft that its author goes on with.
func (v *visit) edit() error {
	s, err := v.mine()
	if err != nil {
		return err
	}
	if s.answers() {
		return v.showAnswer(http.StatusOK, s, nil)
	}
	d := s.Draft
	f := formOf(d)
	if v.r.URL.Query().Get("check") != "" {
		f.draft(d)
		if proposal, err := v.Outbox.Proposal(v.ctx(), v.officer, d.ID); err != nil {
			return err
		} else if f.good() && proposal.Problem != nil {
			f.reject("", proposal.Problem)
		}
	}
	f.prepare()
	return v.showCompose(http.StatusOK, f, d, false)
}

func (v *visit) rewrite() error {
	s, err := v.mine()
	if err != nil {
		return err
	}
	if s.answers() {
		return v.rewriteAnswer(s)
	}
	return v.take(s.Draft)
}

// mine is the draft of the address, if this officer can change it here.
func (v *visit) mine() (proposal, error) {
	got, err := v.Outbox.Proposal(v.ctx(), v.officer, v.id())
	s := proposal{Proposal: got, Statement: got.Draft.Statement}
	own := err == nil && s.own(v.p)
	need := entente.OpDraft
	if own {
		need = policy.GoesOn(got.Draft.Statement.Kind, need)
	}
	if denied := v.need(need); denied != nil {
		return s, denied
	}
	switch {
	case err != nil:
		return s, err
	case !own:
		return s, &entente.Error{Kind: entente.Denied, Detail: "only the author changes a draft", Hint: "return it to its author with a reason, or write your own"}
	case !s.open():
		return s, &entente.Error{Kind: entente.Conflict, Detail: "this draft cannot be changed any more", Hint: "ask a releaser to return it, or write a new one"}
	case !s.mayEdit(v.p):
		return s, &entente.Error{Kind: entente.Invalid, Detail: "this kind of message is not changed by hand", Hint: "withdraw it"}
	}
	return s, nil
}

// take reads the form: a button of the form itself draws it again, anything
// else keeps the draft.
func (v *visit) take(d entente.Draft) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	f := newForm(values)
	button := f.get("do")
	if f.press(button) {
		return v.showCompose(http.StatusOK, f, d, true)
	}
	f.tidy()
	if d.ID == "" && f.empty() {
		f.fault("", "nothing is written yet, so nothing was saved", "write the tip first")
		f.prepare()
		return v.showCompose(http.StatusUnprocessableEntity, f, d, false)
	}
	d = f.draft(d)
	if d.ID != "" {
		if d.Version, err = strconv.Atoi(f.get("version")); err != nil {
			return &entente.Error{Kind: entente.Invalid, Detail: "the form is not whole", Hint: "open the draft again"}
		}
	}
	if !f.readable() {
		f.prepare()
		return v.showCompose(http.StatusUnprocessableEntity, f, d, true)
	}
	whole := f.good()
	kept, err := v.Outbox.Write(v.ctx(), v.officer, d)
	if errors.Is(err, entente.Invalid) || errors.Is(err, entente.Conflict) {
		if !f.reject("", err) {
			f.note("", err)
		}
		f.prepare()
		return v.showCompose(v.status(err), f, d, true)
	}
	if err != nil {
		return err
	}
	to := "/drafts/" + string(kept.ID)
	switch {
	case button == "save" && !whole:
		return v.done(to+"/edit", "saved-open")
	case button == "save":
		return v.done(to+"/edit", "saved")
	case !whole:
		return v.redirect(to + "/edit?check=1")
	}
	return v.done(to, "saved")
}

// showCompose draws the form of a draft.
func (v *visit) showCompose(status int, f *form, d entente.Draft, unsaved bool) error {
	c := composing{Form: f, To: entente.PartyID(f.get("to")), Draft: d, Unsaved: unsaved}
	var err error
	if c.Standing, err = v.Casework.Agreement(v.ctx(), v.officer, entente.AgreementID(f.get("agreement"))); err != nil {
		return err
	}
	title := v.p.T("Write a tip")
	if d.ID != "" {
		title = v.p.T("Change the draft")
	}
	v.show(status, title, composePage(v.p, c))
	return nil
}
