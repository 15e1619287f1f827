package casework

import (
	"context"
	"slices"
	"strings"

	"entente"
	"entente/match"
	"entente/parse"
	"entente/record"
	"entente/screen"
)

// Screener answers whom a subject may be.
type Screener interface {
	Find(ctx context.Context, asked entente.Subject) (screen.SearchResult, error)
}

// Search looks a person up in watches, cases and lists. Every look-up has a
// purpose, and its entry in the access log names no person.
func (d *Desk) Search(ctx context.Context, by entente.Officer, asked entente.Subject, purpose string) (screen.SearchResult, error) {
	act := d.act(by, entente.OpSearch, "person")
	if act.Purpose = strings.TrimSpace(purpose); act.Purpose == "" {
		act.Purpose = record.Stated(ctx)
	}
	if act.Purpose == "" {
		return screen.SearchResult{}, &entente.Error{Kind: entente.Invalid, Field: "purpose", Detail: "a look-up needs a purpose", Hint: "say in a few words why you look this person up, or name the file; it goes on record"}
	}
	if err := screen.Askable(asked); err != nil {
		return screen.SearchResult{}, err
	}
	people, err := parse.Written("subject", []entente.Subject{asked}, d.now())
	if err != nil {
		return screen.SearchResult{}, err
	}
	asked = people[0]
	if err := record.Do(ctx, d.cfg.Store, d.log(), act, func(entente.Tx) error { return nil }); err != nil {
		return screen.SearchResult{}, err
	}
	return d.cfg.Screen.Find(ctx, asked)
}

// tells reports whether any of these documents can be looked for by itself.
func tells(documents []entente.Document) bool {
	return slices.ContainsFunc(documents, func(d entente.Document) bool { return match.Tells(d.Number) })
}

// HoldingView is a holding with its list and what it met.
type HoldingView struct {
	Holding entente.Holding
	Edition entente.Edition // the newest of its list
	Hits    []entente.Hit
	Looks   []Look // who looked before
}

// Holding opens what is held on one subject of a list.
func (d *Desk) Holding(ctx context.Context, by entente.Officer, id entente.HoldingID) (HoldingView, error) {
	var v HoldingView
	name, err := d.holdingName(ctx, id)
	if err != nil {
		return v, err
	}
	err = d.open(ctx, by, entente.OpReadHoldings, name, &v.Looks, func(tx entente.Tx) (err error) {
		if v.Holding, err = tx.Holding(id); err != nil {
			return err
		}
		editions, err := tx.Editions(v.Holding.Source)
		if err != nil {
			return err
		}
		if len(editions) > 0 {
			v.Edition = editions[0]
		}
		v.Hits, err = tx.Hits(entente.HitQuery{Target: entente.Target{Kind: entente.TargetHolding, ID: string(id)}})
		return err
	})
	return v, err
}

// Lists gives the newest edition of every list.
func (d *Desk) Lists(ctx context.Context, by entente.Officer) (editions []entente.Edition, err error) {
	err = d.look(ctx, by, entente.OpReadHoldings, "lists", func(tx entente.Tx) (err error) {
		editions, err = tx.Editions("")
		return err
	})
	return editions, err
}

// EditionView is one edition of a list: what it changed and what could not be used.
type EditionView struct {
	Edition  entente.Edition
	Editions []entente.Edition  // of the list, newest first
	Changes  []entente.Holding  // added, changed or removed by it; the first of them
	Aside    []entente.SetAside // the first of them
}

const shownChanges = 500

// Edition opens one edition of a list; number 0: the newest.
func (d *Desk) Edition(ctx context.Context, by entente.Officer, source entente.SourceID, number int) (EditionView, error) {
	var v EditionView
	err := d.look(ctx, by, entente.OpReadHoldings, "list "+string(source), func(tx entente.Tx) (err error) {
		if v.Editions, err = tx.Editions(source); err != nil {
			return err
		}
		for _, e := range v.Editions {
			if number == 0 || e.Number == number {
				v.Edition = e
				break
			}
		}
		if v.Edition.Number == 0 {
			return &entente.Error{Kind: entente.NotFound, Detail: "no such edition of a list is here"}
		}
		if v.Changes, err = tx.Holdings(entente.HoldingQuery{Source: source, At: v.Edition.At, Limit: shownChanges}); err != nil {
			return err
		}
		v.Aside, err = tx.Aside(source, v.Edition.Number)
		return err
	})
	return v, err
}

// Feedings gives what travel events came in of late.
func (d *Desk) Feedings(ctx context.Context, by entente.Officer) (all []entente.Feeding, err error) {
	err = d.look(ctx, by, entente.OpReadTravel, "feeds", func(tx entente.Tx) (err error) {
		all, err = tx.Feedings(100)
		return err
	})
	return all, err
}

// FeedAside gives what of a feeding could not be used.
func (d *Desk) FeedAside(ctx context.Context, by entente.Officer, id string) (aside []entente.SetAside, err error) {
	err = d.look(ctx, by, entente.OpReadTravel, "feeding "+id, func(tx entente.Tx) (err error) {
		aside, err = tx.FeedAside(id)
		return err
	})
	return aside, err
}
