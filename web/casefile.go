package web

import (
	"errors"
	"slices"

	"entente"
)

// flagsOf is the reasons for concern that come from one source.
type flagsOf struct {
	Source string
	Flags  []entente.Flag
}

// bySource groups flags by who raised them, in the order in which they came:
// several sources weigh more than one that repeats itself.
func bySource(flags []entente.Flag) []flagsOf {
	var list []flagsOf
	for _, f := range flags {
		i := slices.IndexFunc(list, func(g flagsOf) bool { return g.Source == f.Source })
		if i < 0 {
			list, i = append(list, flagsOf{Source: f.Source}), len(list)
		}
		list[i].Flags = append(list[i].Flags, f)
	}
	return list
}

// reopens says in words what opens a closed file again.
func (p *page) reopens(r entente.ReopenRule) string {
	from := r.From
	if from == "" {
		from = entente.BandProbable
	}
	if r.Flags <= 0 {
		return p.T("a match that is %s or better", term(p, bandWords, from))
	}
	return p.T("a match that is %s or better, or %d reasons for concern within %d days", term(p, bandWords, from), r.Flags, int(r.Window.Hours()/24))
}

// waits is why the file cannot be closed yet; nil: it can.
func (c caseView) waits() *entente.Error {
	if e, ok := errors.AsType[*entente.Error](c.Waiting); ok {
		return e
	}
	return nil
}

func (c caseView) messageOf(id entente.MessageID) *entente.Filed {
	for i, m := range c.Messages {
		if id != "" && m.Name == id {
			return &c.Messages[i]
		}
	}
	return nil
}

func (c caseView) hitOf(id entente.HitID) *entente.Hit {
	for _, list := range [][]entente.Hit{c.Hits, c.Near} {
		for i := range list {
			if id != "" && list[i].ID == id {
				return &list[i]
			}
		}
	}
	return nil
}

func (c caseView) colleagues(p *page) []choice {
	list := []choice{{Label: p.T("whoever has the role")}}
	return append(list, officerChoices(p, c.Colleagues, c.Case.Officer)...)
}

// strongest is the best band in which a subject of the message fits something
// here, and how many do; what stayed below the line does not count.
func (m messageView) strongest() (best entente.Band, n int) {
	for _, h := range m.Hits {
		if h.Match.Band == entente.BandBelow || h.Cleared != "" {
			continue
		}
		if n++; best == "" || h.Match.Band.Floor() > best.Floor() {
			best = h.Match.Band
		}
	}
	return best, n
}
