package screen

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"entente"
	"entente/match"
)

// Found is one target that a subject may mean.
type Found struct {
	Target entente.Target  `json:"target"`
	Title  string          `json:"title"` // of the watch or case; a holding's first name
	Held   entente.Subject `json:"held"`
	Match  entente.Match   `json:"match"`
	Weak   entente.Weak    `json:"weak,omitzero"` // why a search shows somebody who is no match
}

// Enough is how many targets of each index a question may find.
const Enough = 20

// near finds watches and cases, near misses included, which are worth a record. A target with several
// subjects is found once, by the one that fits best.
func (s *Screen) near(asked *match.Question) []Found {
	return s.opened(asking(s.desk, asked, noted))
}

// opened turns what an index found into the watches and cases that it stands for.
func (s *Screen) opened(hits []match.Hit) []Found {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var all []Found
	for _, h := range hits {
		f, ok := s.open(h)
		if !ok || slices.ContainsFunc(all, func(o Found) bool { return o.Target == f.Target }) {
			continue
		}
		all = append(all, f)
	}
	return all
}

// What is asked for. A list says nothing below probable to who screens; a desk
// keeps near misses on record, and looks at documents whatever name is in them.
var (
	alarming = match.Least{Score: entente.BandProbable.Floor()}
	shown    = match.Least{Score: entente.BandPossible.Floor()}
	noted    = match.Least{Score: entente.BandPossible.Floor(), ButFor: entente.BandProbable.Floor()}
)

// asking finds Enough in an index, and all that a person must look at, however
// many they are: a file with thirty spellings of one man must not crowd out
// another role's watch.
func asking(x *match.Index, asked *match.Question, least match.Least) []match.Hit {
	for n := Enough; ; n *= 4 {
		hits := x.Answer(asked, n, least)
		if len(hits) < n || hits[n-1].Match.Score < entente.BandProbable.Floor() {
			return hits
		}
	}
}

// open turns an entry of the desk index into what it stands for. s.mu is held.
func (s *Screen) open(h match.Hit) (Found, bool) {
	kind, rest, _ := strings.Cut(h.ID, " ")
	id, number, _ := strings.Cut(rest, " ")
	t := entente.Target{Kind: entente.TargetKind(kind), ID: id}
	switch t.Kind {
	case entente.TargetWatch:
		w, ok := s.watches[entente.WatchID(id)]
		return Found{t, w.Title, w.Subject, h.Match, ""}, ok && w.Active(s.now())
	case entente.TargetCase:
		c, ok := s.cases[entente.CaseID(id)]
		i, err := strconv.Atoi(number)
		if !ok || err != nil || i >= len(c.Subjects) {
			return Found{}, false
		}
		return Found{t, c.Title, c.Subjects[i], h.Match, ""}, true
	}
	return Found{}, false
}

// listed finds holdings, of band possible or better.
func (s *Screen) listed(tx entente.Tx, asked *match.Question) ([]Found, error) {
	return s.resolve(tx, s.lists.Answer(asked, Enough, shown))
}

// resolve reads the holdings that the index found.
func (s *Screen) resolve(tx entente.Tx, hits []match.Hit) ([]Found, error) {
	var all []Found
	for _, h := range hits {
		held, err := tx.Holding(entente.HoldingID(h.ID))
		if errors.Is(err, entente.NotFound) || (err == nil && !held.Removed.IsZero()) {
			continue // delisted a moment ago
		}
		if err != nil {
			return nil, err
		}
		f := Found{entente.Target{Kind: entente.TargetHolding, ID: h.ID}, "", held.Subject, h.Match, ""}
		if len(held.Subject.Names) > 0 {
			f.Title = held.Subject.Names[0].Text
		}
		all = append(all, f)
	}
	return all, nil
}
