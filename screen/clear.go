package screen

import (
	"slices"

	"entente"
	"entente/match"
)

// clearing gives the clearing that keeps a subject from hitting a target again;
// empty: none. It must be the cleared namesake beyond doubt, and he must fit
// better than the target does: a clearing never hides the person himself.
func (s *Screen) clearing(f Found, asked entente.Subject) entente.ClearingID {
	s.mu.RLock()
	cleared := s.cleared[f.Target]
	s.mu.RUnlock()
	for _, c := range cleared {
		m := match.Compare(asked, c.Subject)
		if m.Band == entente.BandStrong && m.Score > f.Match.Score && !against(m) && identified(asked, c.Subject) {
			return c.ID
		}
	}
	return ""
}

func against(m entente.Match) bool {
	return slices.ContainsFunc(m.Evidence, func(e entente.Evidence) bool { return e.Weight < 0 })
}

// identified reports whether two subjects share more than names: a document, or
// a whole birth date.
func identified(a, b entente.Subject) bool {
	for _, d := range a.Documents {
		if slices.ContainsFunc(b.Documents, func(o entente.Document) bool {
			return d.Number == o.Number && d.Type == o.Type && d.Country == o.Country
		}) {
			return true
		}
	}
	for _, x := range a.Births {
		if x.Date.Day != 0 && slices.ContainsFunc(b.Births, func(y entente.Birth) bool { return x.Date == y.Date }) {
			return true
		}
	}
	return false
}
