package web

import (
	"cmp"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"time"

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

// rule reads what is to open a closed file again, and notes what cannot be; what
// is left out is as usual.
func (f *form) rule() entente.ReopenRule {
	usual := entente.DefaultReopen
	r := entente.ReopenRule{From: cmp.Or(entente.Band(f.get("reopen.from")), usual.From), Flags: usual.Flags, Window: usual.Window}
	if r.From != entente.BandProbable && r.From != entente.BandStrong {
		f.fault("reopen.from", "a file opens again on a probable match or on a strong one", "choose one of the two")
	}
	if f.get("reopen.flags") != "" {
		r.Flags = f.whole("reopen.flags", 0, 100)
	}
	if f.get("reopen.days") != "" {
		r.Window = time.Duration(f.whole("reopen.days", 1, 3650)) * 24 * time.Hour
	}
	return r
}

// whole reads a whole number between two bounds.
func (f *form) whole(path string, least, most int) int {
	n, err := strconv.Atoi(f.get(path))
	if err != nil || n < least || n > most {
		f.fault(path, "this is no whole number from "+strconv.Itoa(least)+" to "+strconv.Itoa(most), "write one in digits")
	}
	return n
}

// putRule writes into a form what opens a closed file again.
func (f *form) putRule(r entente.ReopenRule) {
	f.set("reopen.from", string(r.From))
	f.set("reopen.flags", strconv.Itoa(r.Flags))
	f.set("reopen.days", strconv.Itoa(int(r.Window.Hours()/24)))
}

// closing is the form that closes the file, with its rule filled in.
func (c caseView) closing() *form {
	if f := c.Forms["close"]; f != nil {
		return f
	}
	f := newForm(url.Values{})
	f.putRule(c.Case.Reopen)
	return f
}

// mayClose says whether the reader may close the file as it stands: a supervisor
// may, although matches wait in it.
func (c caseView) mayClose(p *page) bool {
	w := c.waits()
	return w == nil || w.Field == "tasks" && p.may(entente.OpCloseUndecided)
}

// linked are the messages in the file, to choose one.
func (c caseView) linked(p *page) []choice {
	list := []choice{{Label: p.T("choose")}}
	for _, m := range c.Messages {
		list = append(list, choice{Value: string(m.Name), Label: p.T("%s, %s: %s", apart(m.Partner()), day(m.At), apart(p.titleOf(m.Message.Statement)))})
	}
	return list
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
