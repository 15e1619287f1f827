package web

import (
	"cmp"
	"slices"
	"strconv"

	"entente"
	"entente/casework"
)

func (v *visit) heldLists() error {
	list, err := v.Casework.Lists(v.ctx(), v.officer)
	if err != nil {
		return err
	}
	return v.ok(v.p.T("Lists"), listsPage(v.p, list))
}

// edition is the page of a list, as one of its editions made it; the newest
// unless the address says which.
func (v *visit) edition() error {
	number, err := strconv.Atoi(v.r.URL.Query().Get("edition"))
	if err != nil || number < 0 {
		number = 0
	}
	e, err := v.Casework.Edition(v.ctx(), v.officer, entente.SourceID(v.r.PathValue("source")), number)
	if err != nil {
		return err
	}
	return v.ok(string(e.Edition.Source), editionPage(v.p, e))
}

func (v *visit) feeds() error {
	list, err := v.Casework.Feedings(v.ctx(), v.officer)
	if err != nil {
		return err
	}
	return v.ok(v.p.T("Travel feeds"), feedsPage(v.p, list))
}

// feeding is what of one file or request of travel events could not be used.
func (v *visit) feeding() error {
	id := v.r.PathValue("id")
	aside, err := v.Casework.FeedAside(v.ctx(), v.officer, id)
	if err != nil {
		return err
	}
	list, err := v.Casework.Feedings(v.ctx(), v.officer)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(list, func(f entente.Feeding) bool { return f.ID == id })
	if i < 0 {
		return &entente.Error{Kind: entente.NotFound, Detail: "no such feeding is among the last hundred"}
	}
	return v.ok(v.p.T("What was set aside"), feedingPage(v.p, list[i], aside))
}

// why is what was set aside for one reason, with the first places.
type why struct {
	Reason, Field string
	All           int
	First         []entente.SetAside
}

// firstPlaces is how many places of one reason a page shows.
const firstPlaces = 5

// byReason groups what was set aside, the most frequent reason first.
func byReason(aside []entente.SetAside) []why {
	groups := map[[2]string]*why{}
	for _, a := range aside {
		k := [2]string{a.Reason, a.Field}
		if groups[k] == nil {
			groups[k] = &why{Reason: a.Reason, Field: a.Field}
		}
		g := groups[k]
		if g.All++; len(g.First) < firstPlaces {
			g.First = append(g.First, a)
		}
	}
	list := make([]why, 0, len(groups))
	for _, g := range groups {
		list = append(list, *g)
	}
	slices.SortFunc(list, func(a, b why) int {
		return cmp.Or(cmp.Compare(b.All, a.All), cmp.Compare(a.Reason, b.Reason), cmp.Compare(a.Field, b.Field))
	})
	return list
}

// change is what an edition did to a holding.
type change struct {
	Holding entente.Holding
	stand
}

// changesOf words what an edition did, what it took off first: that is what
// somebody may have to be told.
func (p *page) changesOf(v casework.EditionView) []change {
	var list []change
	for _, h := range v.Changes {
		c := change{h, stand{"changed", p.T("changed")}}
		switch {
		case h.Removed.Equal(v.Edition.At):
			c.stand = stand{"removed", p.T("taken off")}
		case h.Since.Equal(v.Edition.At):
			c.stand = stand{"added", p.T("new")}
		}
		list = append(list, c)
	}
	order := map[string]int{"removed": 0, "added": 1, "changed": 2}
	slices.SortStableFunc(list, func(a, b change) int { return order[a.class] - order[b.class] })
	return list
}

var formatWords = map[string]string{
	"ofac": "OFAC, three or four CSV files together", "un": "United Nations, XML", "canada": "Canada, XML", "ftm": "FollowTheMoney, JSON lines",
	"csv": "table with a header (CSV)", "entente": "Entente, JSON lines",
	"paxlst": "PAXLST (passenger list)", "pnrgov": "PNRGOV (bookings)", "mrz": "machine-readable zones", "json": "Entente, JSON lines",
}
