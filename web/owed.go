package web

import (
	"entente"
)

// owed is what is owed, seen from here.
type owed struct{ Ours, Theirs []entente.Obligation }

func (v *visit) obligations() error {
	list, err := v.Casework.Obligations(v.ctx(), v.officer)
	if err != nil {
		return err
	}
	var o owed
	for _, x := range list {
		switch {
		case x.Debtor == v.Party:
			o.Ours = append(o.Ours, x)
		default:
			o.Theirs = append(o.Theirs, x)
		}
	}
	return v.ok(v.p.T("Deadlines"), owedPage(v.p, o))
}
