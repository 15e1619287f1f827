package ledger

import "entente"

// Lacks gives the places of a partner's ledger that our copy knows and that are not
// filled, in order, the first of them; not those that the partner has withdrawn.
func Lacks(s entente.GapStore, origin string) (places []int64, err error) {
	gaps, err := s.Gaps(origin, 0, entente.MaxLacks)
	for _, g := range gaps {
		if g.State != entente.GapWithdrawn {
			places = append(places, g.Seq)
		}
	}
	return places, err
}
