package web

// node is what an operator sees: how the machine does, and no content.
func (v *visit) node() error {
	s, err := v.Casework.Status(v.ctx(), v.officer)
	if err != nil {
		return err
	}
	return v.ok(v.p.T("Node"), nodePage(v.p, s))
}
