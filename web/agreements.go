package web

import (
	"errors"
	"net/http"
	"strings"

	"entente"
	"entente/casework"
)

func (v *visit) agreements() error {
	list, err := v.Casework.Agreements(v.ctx(), v.officer)
	if err != nil {
		return err
	}
	return v.ok(v.p.T("Agreements"), agreementsPage(v.p, list))
}

func (v *visit) agreement() error { return v.showAgreement(http.StatusOK, newForm(nil)) }

func (v *visit) showAgreement(status int, f *form) error {
	s, err := v.Casework.Agreement(v.ctx(), v.officer, v.agreementID())
	if err != nil {
		return err
	}
	v.show(status, string(s.Record.Agreement.ID), agreementPage(v.p, s, f))
	return nil
}

func (v *visit) agreementID() entente.AgreementID { return entente.AgreementID(v.r.PathValue("id")) }

// changeLevel declares how far this party holds the agreement open.
func (v *visit) changeLevel() error {
	values, err := v.form()
	if err != nil {
		return err
	}
	f := newForm(values)
	f.mustChoose("level")
	f.mustWrite("reason")
	if f.good() {
		err = v.Outbox.DeclareLevel(v.ctx(), v.officer, v.agreementID(), entente.Level(f.get("level")), f.get("reason"))
		if errors.Is(err, entente.Invalid) {
			f.reject("", err)
		}
	}
	if !f.good() {
		return v.showAgreement(http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	return v.done("/agreements/"+string(v.agreementID()), "level")
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

// declared is what a party last declared; nothing: open.
func declared(s casework.Standing, p entente.PartyID) entente.LevelChange {
	for _, d := range s.Declared {
		if d.Party == p {
			return d
		}
	}
	return entente.LevelChange{Party: p, Level: entente.Open}
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
