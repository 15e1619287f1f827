package screen

import (
	"cmp"
	"context"
	"slices"

	"entente"
	"entente/match"
)

// SearchResult is what a search for a person found, and what it could not ask.
type SearchResult struct {
	Found    []Found          `json:"found"`         // matches, best first; then who is no match and may be meant
	More     []MoreFound      `json:"more,omitzero"` // who is counted and not listed
	Unread   []entente.Unread `json:"unread"`        // names that were asked for and could not be read, or only in part
	Searched int              `json:"searched"`      // people who were compared: of watches, cases and lists
}

// MoreFound is how many more a search found than it lists.
type MoreFound struct {
	Weak  entente.Weak `json:"weak,omitzero"` // of this kind; empty: matches
	Count int          `json:"count"`
	Least bool         `json:"least"` // there may be still more
}

// Matches are those found who are possible or better.
func (a SearchResult) Matches() []Found {
	return a.Of("")
}

// Of lists those found of one kind; empty: matches.
func (a SearchResult) Of(w entente.Weak) (list []Found) {
	for _, f := range a.Found {
		if f.Weak == w {
			list = append(list, f)
		}
	}
	return list
}

// Askable gives an error if somebody with nothing but this cannot be looked up: a
// day of birth alone is no question for a person.
func Askable(asked entente.Subject) error {
	if len(asked.Names)+len(asked.Documents)+len(asked.Identifiers) == 0 {
		return &entente.Error{Kind: entente.Invalid, Field: "name", Detail: "nobody is asked for", Hint: "give a name, a document number, a phone number or an address"}
	}
	tells := func(d entente.Document) bool { return match.Tells(d.Number) }
	if len(asked.Names)+len(asked.Identifiers) == 0 && !slices.ContainsFunc(asked.Documents, tells) {
		return &entente.Error{Kind: entente.Invalid, Field: "document", Detail: "the document's number is too short to tell anybody apart", Hint: "give the whole number, or a name with it"}
	}
	return nil
}

// Find answers somebody who looks a person up. Beside the matches it lists who is
// no match and may be meant, by kind in the order of entente.Weaks. The caller has
// put the look-up on record.
func (s *Screen) Find(ctx context.Context, asked entente.Subject) (SearchResult, error) {
	if err := s.Follow(ctx); err != nil {
		return SearchResult{}, err
	}
	q := match.Ask(s.believed(asked))
	desk, lists := s.desk.Search(q), s.lists.Search(q)
	a := SearchResult{Unread: q.Unread(), Searched: s.desk.Len() + s.lists.Len()}
	err := s.cfg.Store.View(ctx, func(tx entente.Tx) error {
		a.Found, a.More = []Found{}, nil
		if err := a.add(desk, func(hits []match.Hit) ([]Found, error) { return s.opened(hits), nil }); err != nil {
			return err
		}
		return a.add(lists, func(hits []match.Hit) ([]Found, error) { return s.resolve(tx, hits) })
	})
	return a, err
}

// Look answers a search in one index, whose entries open turns into what they
// stand for.
func Look(x *match.Index, asked entente.Subject, open func([]match.Hit) ([]Found, error)) (SearchResult, error) {
	q := match.Ask(asked)
	a := SearchResult{Found: []Found{}, Unread: q.Unread(), Searched: x.Len()}
	err := a.add(x.Search(q), open)
	return a, err
}

// add puts what was found in an index behind what is of the same kind already.
// A target with several subjects is listed once, by the one that fits best.
func (a *SearchResult) add(found match.Lookup, open func([]match.Hit) ([]Found, error)) error {
	for _, kind := range kinds {
		list, err := open(found.Of(kind))
		if err != nil {
			return err
		}
		for _, f := range list {
			if !slices.ContainsFunc(a.Found, func(o Found) bool { return o.Target == f.Target }) {
				f.Weak = kind
				a.Found = append(a.Found, f)
			}
		}
	}
	slices.SortStableFunc(a.Found, func(x, y Found) int {
		return cmp.Or(cmp.Compare(slices.Index(kinds, x.Weak), slices.Index(kinds, y.Weak)), cmp.Compare(y.Match.Score, x.Match.Score))
	})
	for _, m := range found.More {
		i := slices.IndexFunc(a.More, func(o MoreFound) bool { return o.Weak == m.Weak })
		if i < 0 {
			i, a.More = len(a.More), append(a.More, MoreFound{Weak: m.Weak})
		}
		a.More[i].Count += m.Count
		a.More[i].Least = a.More[i].Least || m.Least
	}
	return nil
}

// kinds are a match, and the kinds of who is none.
var kinds = append([]entente.Weak{""}, entente.Weaks...)
