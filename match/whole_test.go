package match

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"entente"
)

// Everybody who is probable in a comparison with all people is found, whatever error the
// name was written with; of those who are possible next to nobody is passed over.
func TestNobodyProbableIsPassedOver(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	x, people := city(4_000, r)
	kinds := slices.Sorted(maps.Keys(slips))
	possible := Least{Score: entente.BandPossible.Floor()}
	noted := Least{Score: possible.Score, ButFor: probable.Score}
	all, lost := 0, 0
	met := map[string]int{}
	for i := range 60 * len(kinds) {
		first, second := kinds[i%len(kinds)], "none"
		if i%3 == 0 {
			second = kinds[r.IntN(len(kinds))]
		}
		asked := people[r.IntN(len(people))].traveller(r, first, second)
		q := Ask(asked)
		whole := x.Whole(q, noted)
		want := slices.DeleteFunc(slices.Clone(whole), func(h Hit) bool { return h.Match.Score < probable.Score })
		met[first] += len(want)
		if got := x.Answer(q, len(people), probable); !sameHits(got, want) {
			t.Errorf("%s, %s: %+v%s", first, second, asked, unlike(got, want))
		}
		want = slices.DeleteFunc(slices.Clone(whole), func(h Hit) bool { return h.Match.Score < possible.Score })
		got := x.Answer(q, len(people), possible)
		all += len(want)
		lost += len(want) - len(got)
		if got := x.Answer(q, len(people), noted); !sameHits(got, whole) {
			t.Errorf("but for what speaks against, %s, %s: %+v%s", first, second, asked, unlike(got, whole))
		}
	}
	if lost*500 > all {
		t.Errorf("of %d who are possible %d are passed over", all, lost)
	}
	t.Logf("%d possible, %d lost; probable %v", all, lost, met)
	for _, k := range kinds {
		if met[k] == 0 {
			t.Errorf("%s: nobody is probable", k)
		}
	}
}

func unlike(got, want []Hit) (s string) {
	for _, h := range want {
		if !slices.ContainsFunc(got, func(g Hit) bool { return g.ID == h.ID }) {
			s += fmt.Sprintf("\n\tpassed over: %+v", h)
		}
	}
	for _, h := range got {
		if !slices.ContainsFunc(want, func(g Hit) bool { return g.ID == h.ID }) {
			s += fmt.Sprintf("\n\tof too little: %+v", h)
		}
	}
	return s
}
