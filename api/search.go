package api

import (
	"context"
	"net/http"

	"entente"
	"entente/casework"
	"entente/match"
	"entente/screen"
)

// LookUp is a question for a person.
type LookUp struct {
	Subject Person `json:"subject" doc:"What is known of him: a name, a document number, a phone number or an address at least."`
	Purpose string `json:"purpose" minLength:"1" maxLength:"200" doc:"Why he is looked up. It stands in the access log; the person does not." example:"terrorism-prevention: tip of 4 March"`
}

// HoldingView is what is held on one subject of a list, and what met it.
type HoldingView struct {
	Holding entente.Holding  `json:"holding"`
	Edition entente.Edition  `json:"edition" doc:"The newest of its list."`
	Hits    []entente.Hit    `json:"hits" doc:"What met it, newest first."`
	Unread  []entente.Unread `json:"unread" doc:"Names that cannot be read here, or only in part, and what they are compared by."`
	Looks   []Look           `json:"looks" doc:"Who looked before, newest first: the last ten, one for each officer, act and purpose. Searches that showed it are not told."`
}

func (s *server) search() {
	const tag = "People"
	answer(s, route{
		id: "searchPeople", method: http.MethodPost, path: "/search", op: entente.OpSearch, tag: tag,
		again:   "It only reads, and each look is on record.",
		summary: "Ask whom a person may be", about: "Watches, cases and lists are asked, across spellings and scripts. Matches come first, best first, with the reasons: strong, probable, possible. A search is no alarm: after them it lists who is no match and may be meant, each marked with weak. " +
			"The score is always the probability that this very person is meant; weak says how the name fits. Names that could not be read are in unread. Without a purpose nobody is looked up.",
	}, func(ctx context.Context, by entente.Officer, in *struct{ Body LookUp }) (screen.SearchResult, error) {
		asked, err := in.Body.Subject.asked()
		if err != nil {
			return screen.SearchResult{}, err
		}
		return s.cfg.Desk.Search(ctx, by, asked, in.Body.Purpose)
	})
	answer(s, route{
		id: "readHolding", method: http.MethodGet, path: "/holdings/{source}/{number}", op: entente.OpReadHoldings, tag: tag,
		summary: "Read what is held on one subject of a list, and what met it",
	}, func(ctx context.Context, by entente.Officer, in *struct {
		ListPath
		Number string `path:"number" maxLength:"200" doc:"The record's own number in its list." example:"36"`
	},
	) (HoldingView, error) {
		v, err := s.cfg.Desk.Holding(ctx, by, entente.HoldingID(string(in.Source)+"/"+in.Number))
		return holdingOf(v), err
	})
}

func holdingOf(v casework.HoldingView) HoldingView {
	return HoldingView{Holding: v.Holding, Edition: v.Edition, Hits: v.Hits, Unread: unread(v.Holding.Subject), Looks: each(v.Looks, lookOf)}
}

// unread lists the names of people that cannot be read, or only in part.
func unread(people ...entente.Subject) []entente.Unread {
	all := []entente.Unread{}
	for _, s := range people {
		all = append(all, match.UnreadNames(s)...)
	}
	return all
}
