package web

import "strings"

func (v *visit) partners() error {
	list, err := v.Casework.Partners(v.ctx(), v.officer)
	if err != nil {
		return err
	}
	return v.ok(v.p.T("Partners"), partnersPage(v.p, list))
}

// dialled is a number as a telephone takes it.
func dialled(phone string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == '+' {
			return r
		}
		return -1
	}, phone)
}
