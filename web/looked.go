package web

import (
	"entente"
	"entente/casework"
)

// logOf is the address of what the access log has about a thing.
func logOf(thing string) string { return at("/access", "object", thing) }

// looked says what somebody had to do with the thing whose page it stands on.
func (p *page) looked(l casework.Look) string {
	did := p.T("changed it")
	switch l.Operation {
	case entente.OpReadHoldings, entente.OpReadCases, entente.OpReadWatches:
		did = p.T("opened it")
	}
	if l.Denied {
		did = p.T("was refused")
	}
	if l.Times > 1 {
		did += ", " + p.T("%d times", l.Times)
	}
	return did
}
