package web

import (
	"errors"
	"net/http"
	"strconv"

	"entente"
	"entente/casework"
)

// composing is a tip being written.
type composing struct {
	Form     *form
	Standing casework.Standing // of the agreement
	To       entente.PartyID
	Draft    entente.Draft // zero: a new one
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
	if err := v.need(entente.OpDraft); err != nil {
		return err
	}
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
			for _, l := range []string{"tip.subjects", "tip.subjects[0].births", "tip.claims", "tip.questions"} {
				f.add(l)
			}
			f.fresh = ""
			return v.ok(v.p.T("Write a tip"), composePage(v.p, composing{Form: f, Standing: w.Standing, To: w.To}))
		}
	}
	return v.ok(v.p.T("Write a tip"), waysPage(v.p, list))
}

// write takes a new tip.
func (v *visit) write() error { return v.take(entente.Draft{}) }

// edit is the page of a draft that its author goes on with.
func (v *visit) edit() error {
	if err := v.need(entente.OpDraft); err != nil {
		return err
	}
	d, err := v.mine()
	if err != nil {
		return err
	}
	f := formOf(d)
	if v.r.URL.Query().Get("check") != "" {
		f.draft(d)
		if proposal, err := v.Outbox.Proposal(v.ctx(), v.officer, d.ID); err != nil {
			return err
		} else if f.good() && proposal.Problem != nil {
			f.reject("", proposal.Problem)
		}
	}
	return v.showCompose(http.StatusOK, f, d)
}

func (v *visit) rewrite() error {
	d, err := v.mine()
	if err != nil {
		return err
	}
	return v.take(d)
}

// mine is the draft of the address, if this form can change it.
func (v *visit) mine() (entente.Draft, error) {
	proposal, err := v.Outbox.Proposal(v.ctx(), v.officer, v.id())
	d := proposal.Draft
	switch {
	case err != nil:
		return d, err
	case d.Author != v.officer.ID:
		return d, &entente.Error{Kind: entente.Denied, Detail: "only the author changes a draft", Hint: "return it to its author with a reason, or write your own"}
	case d.State != entente.DraftOpen && d.State != entente.DraftReturned:
		return d, &entente.Error{Kind: entente.Conflict, Detail: "this draft cannot be changed any more", Hint: "ask a releaser to return it, or write a new one"}
	case d.Statement.Kind != entente.KindTip:
		return d, &entente.Error{Kind: entente.Invalid, Detail: "only a tip is changed here", Hint: "withdraw it, and write it again on the page of the message that it answers"}
	}
	return d, nil
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
		return v.showCompose(http.StatusOK, f, d)
	}
	f.tidy()
	d = f.draft(d)
	if d.ID != "" {
		if d.Version, err = strconv.Atoi(f.get("version")); err != nil {
			return &entente.Error{Kind: entente.Invalid, Detail: "the form is not whole", Hint: "open the draft again"}
		}
	}
	if !f.readable() {
		return v.showCompose(http.StatusUnprocessableEntity, f, d)
	}
	whole := f.good()
	kept, err := v.Outbox.Write(v.ctx(), v.officer, d)
	if errors.Is(err, entente.Invalid) || errors.Is(err, entente.Conflict) {
		if !f.reject("", err) {
			f.note("", err)
		}
		return v.showCompose(statusOf(err), f, d)
	}
	if err != nil {
		return err
	}
	to := "/drafts/" + string(kept.ID)
	switch {
	case button == "save":
		return v.done(to+"/edit", "saved")
	case !whole:
		return v.redirect(to + "/edit?check=1")
	}
	return v.done(to, "saved")
}

// showCompose draws the form of a draft.
func (v *visit) showCompose(status int, f *form, d entente.Draft) error {
	c := composing{Form: f, To: entente.PartyID(f.get("to")), Draft: d}
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

// Choices of the form.

func (c composing) purposes() []choice {
	list := []choice{{}}
	for _, x := range c.Standing.Record.Agreement.Purposes {
		list = append(list, choice{Value: string(x), Label: string(x), Raw: true})
	}
	return list
}

// categories are words that the agreement knows for our side.
func (c composing) categories(self entente.PartyID) []string {
	var list []string
	for _, e := range c.Standing.Record.Agreement.Equivalence {
		if w := e[self]; w != "" {
			list = append(list, w)
		}
	}
	return list
}

func (c composing) precedences(p *page) []choice {
	list := []choice{{Label: p.T("choose")}}
	for i := len(entente.Precedences) - 1; i >= 0; i-- {
		x := entente.Precedences[i]
		label := string(x)
		if d, ok := c.Standing.Record.Agreement.Deadline.Acknowledge[x]; ok {
			label = p.T("%s: acknowledged %s", label, p.length(d))
		}
		list = append(list, choice{Value: string(x), Label: label})
	}
	return list
}

// byDefault says what applies where nothing is chosen.
func byDefault[T ~string](p *page, v T) choice {
	if v == "" {
		return choice{Label: p.T("not said")}
	}
	return choice{Label: p.T("as the agreement says: %s", string(v))}
}

func tlps(p *page, first choice) []choice {
	list := []choice{first}
	for _, x := range entente.TLPs {
		list = append(list, choice{Value: string(x), Label: "TLP:" + string(x) + " – " + term(p, tlpMeanings, x)})
	}
	return list
}

func paps(p *page, first choice) []choice {
	list := []choice{first}
	for _, x := range entente.PAPs {
		list = append(list, choice{Value: string(x), Label: "PAP:" + string(x) + " – " + term(p, papMeanings, x)})
	}
	return list
}

// options makes choices of a closed list, with its words.
func options[K ~string](p *page, first string, list []K, words map[K]string) []choice {
	all := []choice{{Label: first}}
	for _, k := range list {
		all = append(all, choice{Value: string(k), Label: term(p, words, k)})
	}
	return all
}

// sources and informations are the two halves of a grading.
func sources(p *page) []choice {
	list := []choice{{Label: p.T("how reliable is the source")}}
	for l := 'A'; l <= 'F'; l++ {
		list = append(list, choice{Value: string(l), Label: string(l) + " – " + p.half(entente.Grade(string(l)+"1"), 0)})
	}
	return list
}

func informations(p *page) []choice {
	list := []choice{{Label: p.T("how credible is the information")}}
	for n := '1'; n <= '6'; n++ {
		list = append(list, choice{Value: string(n), Label: string(n) + " – " + p.half(entente.Grade("A"+string(n)), 1)})
	}
	return list
}

// subjectChoices lists the subjects of the form by their first name.
func (c composing) subjectChoices(first string) []choice {
	list := []choice{{Label: first}}
	for i := range c.Form.count("tip.subjects") {
		row := each("tip.subjects", i)
		id, name := c.Form.get(row+".id"), c.Form.get(row+".names[0].text")
		if name == "" {
			name = "…"
		}
		list = append(list, choice{Value: id, Label: id + " " + apart(name), Raw: true})
	}
	return list
}

func scriptChoices(p *page) []choice {
	list := []choice{{Label: p.T("not said")}}
	for _, code := range scriptOrder {
		list = append(list, choice{Value: code, Label: p.T(scripts[code])})
	}
	return list
}

func withFirst(label string, list []choice) []choice {
	list[0].Label = label
	return list
}

func nameUseChoices(p *page) []choice {
	return options(p, term(p, nameUseWords, ""), entente.NameUses[1:], nameUseWords)
}
