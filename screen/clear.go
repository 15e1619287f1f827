package screen

import (
	"slices"

	"entente"
	"entente/match"
)

// clearing gives the clearing that keeps a subject from hitting a target again;
// empty: none. It must be the cleared namesake beyond doubt, and he must fit
// better than the target does: a clearing never hides the person himself. So what
// the subject shares with the namesake must weigh more than what he shares with
// the target, which may have learned more since. And nothing may speak for the
// target that was not told of the namesake when he was cleared.
func (s *Screen) clearing(f Found, asked entente.Subject) entente.ClearingID {
	s.mu.RLock()
	cleared := s.cleared[f.Target]
	s.mu.RUnlock()
	for _, c := range cleared {
		if shared(asked, c.Subject) <= shared(asked, f.Held) { // first, because it is cheap
			continue
		}
		asked, cleared, held := s.believed(asked), s.believed(c.Subject), s.believed(f.Held)
		m := match.Compare(asked, cleared)
		if m.Band != entente.BandStrong || against(m) {
			continue
		}
		meant := match.Compare(asked, held).Score // as f.Match would be, were their list as short
		if m.Score > meant && !newlyFor(match.Compare(cleared, held), f.Match) {
			return c.ID
		}
	}
	return ""
}

func against(m entente.Match) bool {
	return slices.ContainsFunc(m.Evidence, func(e entente.Evidence) bool { return e.Weight < 0 })
}

// shared tells what two subjects have in common besides names: 2 a document, 1 a
// whole birth date, 0 neither.
func shared(a, b entente.Subject) int {
	for _, d := range a.Documents {
		if slices.ContainsFunc(b.Documents, func(o entente.Document) bool {
			return d.Number == o.Number && d.Type == o.Type && d.Country == o.Country && match.Tells(d.Number)
		}) {
			return 2
		}
	}
	for _, x := range a.Births {
		if x.Date.Day != 0 && slices.ContainsFunc(b.Births, func(y entente.Birth) bool { return x.Date == y.Date }) {
			return 1
		}
	}
	return 0
}
