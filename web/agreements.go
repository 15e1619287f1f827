package web

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"entente"
	"entente/casework"
	"entente/outbox"
)

func (v *visit) agreements() error {
	list, err := v.Casework.Agreements(v.ctx(), v.officer)
	if err != nil {
		return err
	}
	return v.ok(v.p.T("Agreements"), agreementsPage(v.p, list))
}

func (v *visit) agreement() error {
	return v.showAgreement(http.StatusOK, agreementForms{newForm(nil), newForm(nil)})
}

// agreementForms are the forms on the page of an agreement.
type agreementForms struct{ Level, Outage *form }

func (v *visit) showAgreement(status int, f agreementForms) error {
	s, err := v.Casework.Agreement(v.ctx(), v.officer, v.agreementID())
	if err != nil {
		return err
	}
	v.show(status, string(s.Record.Agreement.ID), agreementPage(v.p, s, f))
	return nil
}

func (v *visit) agreementID() entente.AgreementID { return entente.AgreementID(v.r.PathValue("id")) }

// changeLevel declares how far this party keeps the agreement open. What is held
// because of that is shown next.
func (v *visit) changeLevel() error {
	values, err := v.form()
	if err != nil {
		return err
	}
	f := newForm(values)
	f.mustChoose("level", "towards")
	f.mustWrite("reason")
	var held []entente.QueueItem
	if f.good() {
		held, err = v.Outbox.DeclareLevel(v.ctx(), v.officer, v.agreementID(), outbox.Declaration{
			Level: entente.Level(f.get("level")), Towards: entente.PartyID(strings.TrimPrefix(f.get("towards"), eachOther)), Reason: f.get("reason"),
		})
		if errors.Is(err, entente.Invalid) {
			f.reject("", err)
		}
	}
	if !f.good() {
		return v.showAgreement(http.StatusUnprocessableEntity, agreementForms{f, newForm(nil)})
	}
	if err != nil {
		return err
	}
	if len(held) > 0 {
		return v.done("/queue", "level-held")
	}
	return v.done("/agreements/"+string(v.agreementID()), "level")
}

// declareOutage tells the partners that this node could not be reached for a time.
func (v *visit) declareOutage() error {
	values, err := v.form()
	if err != nil {
		return err
	}
	f := newForm(values)
	from, until := f.minute("from"), f.minute("until")
	if f.good() {
		err = v.Outbox.DeclareOutage(v.ctx(), v.officer, v.agreementID(), entente.PartyID(f.get("to")), from, until)
		if errors.Is(err, entente.Invalid) {
			f.reject("", err)
		}
	}
	if !f.good() {
		return v.showAgreement(http.StatusUnprocessableEntity, agreementForms{newForm(nil), f})
	}
	if err != nil {
		return err
	}
	return v.done("/agreements/"+string(v.agreementID()), "outage")
}

// minute reads a day with a time.
func (f *form) minute(path string) time.Time {
	t, err := time.Parse("2006-01-02 15:04", strings.TrimSuffix(f.get(path), " UTC"))
	if err != nil {
		f.fault(path, "it is not a day with a time", "write 14 March 2027, six in the evening, as 2027-03-14 18:00")
	}
	return t
}

// othersOf are the parties to whom an outage may be declared.
func (p *page) othersOf(a entente.Agreement) []choice {
	all := []choice{{Value: "", Label: p.T("All partners of the agreement")}}
	for _, x := range a.Parties {
		if x != p.party {
			all = append(all, choice{Value: string(x), Label: string(x), Raw: true})
		}
	}
	return all
}

// standsNow says whether the agreement works, as a class and a word.
func (p *page) standsNow(s casework.Standing) stand {
	a := s.Record.Agreement
	switch {
	case !s.Record.Complete:
		return stand{"waiting", p.T("not signed by all")}
	case p.now.Before(a.From):
		return stand{"waiting", p.T("not in force yet")}
	case !a.InForce(p.now):
		return stand{"refused", p.T("has ended")}
	}
	return stand{"decided", p.T("in force")}
}

// signedBy reports whether a party has signed.
func signedBy(r entente.AgreementRecord, p entente.PartyID) bool {
	for _, s := range r.Signed {
		if s == p {
			return true
		}
	}
	return false
}

// heading is a line of the text that begins a table, so that it can stand out.
func heading(line string) bool { return strings.HasPrefix(line, "[") }

func levelChoices(p *page) []choice {
	var all []choice
	for _, l := range entente.Levels {
		all = append(all, choice{Value: string(l), Label: term(p, levelWords, l), Hint: p.T(levelMeanings[l])})
	}
	return all
}

// eachOther is what the form sends for each other party: no party has such an id.
const eachOther = "*"

// towardsChoices are the other parties of an agreement, and all of them.
func towardsChoices(p *page, s casework.Standing) []choice {
	all := []choice{{Value: eachOther, Label: p.T("each other party")}}
	for _, l := range s.Levels {
		all = append(all, choice{Value: string(l.Partner), Label: string(l.Partner), Raw: true})
	}
	return all
}
