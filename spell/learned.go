package spell

import (
	"slices"
	"sync"
)

var learned = sync.OnceValue(func() *Table {
	t, err := OpenTable(learnedBytes)
	if err != nil {
		return &Table{} // a test opens the table that is compiled in
	}
	return t
})

// readings returns the likeliest Latin readings (a–z) of one token by the
// learned models, likeliest first, at most max, no two with one skeleton; none
// where nothing was learned.
func readings(s Script, token string, max int) []string {
	return learned().Readings(s, token, max)
}

// Readings reads one token of a name by the model of its script.
func (t *Table) Readings(s Script, token string, max int) []string {
	m := t.of(s)
	if m == nil || max <= 0 {
		return nil
	}
	sc := searches.Get().(*search)
	defer searches.Put(sc)
	sc.syms = symbolsOf(s, token, sc.syms[:0])
	list := m.read(sc.syms, 2*max, t.known, sc)
	if s == Han {
		list = cheapest(append(list, t.known.favour(m.nativeHan(token))...), 3*max)
	}
	return unlike(list, max)
}

// unlike keeps the first of the readings with one skeleton: the others would
// find nobody more.
func unlike(list []reading, n int) []string {
	var out, met []string
	for _, r := range list {
		if len(out) == n {
			break
		}
		if k := Skeleton(r.latin); !slices.Contains(met, k) {
			out, met = append(out, r.latin), append(met, k)
		}
	}
	return out
}

// Symbols takes a token apart as the models do; internal/learn trains on these.
func Symbols(s Script, token string) []uint64 {
	var out []uint64
	for _, y := range symbolsOf(s, token, nil) {
		out = append(out, uint64(y))
	}
	return out
}

// WrittenIn reports whether a letter belongs to the script.
func WrittenIn(s Script, r rune) bool { return scriptOf(r) == s }
