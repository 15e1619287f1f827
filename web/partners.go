package web

func (v *visit) partners() error {
	list, err := v.Casework.Partners(v.ctx(), v.officer)
	if err != nil {
		return err
	}
	return v.ok(v.p.T("Partners"), partnersPage(v.p, list))
}
