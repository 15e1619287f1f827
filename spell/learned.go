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
	if max <= 0 {
		return nil
	}
	if list, ok := t.ready(s).readings(s, token, max); ok {
		return list
	}
	m := t.of(s)
	if m == nil {
		return nil
	}
	return unlike(t.search(s, m, token, max), max)
}

// search finds candidates for at most max readings.
func (t *Table) search(s Script, m *model, token string, max int) []reading {
	sc := searches.Get().(*search)
	defer searches.Put(sc)
	sc.syms = symbolsOf(s, token, sc.syms[:0])
	list := m.read(sc.syms, 2*max, t.known, sc)
	if s == Han {
		list = cheapest(append(list, t.known.favour(m.nativeHan(token))...), 3*max)
	}
	if s == Cyrillic {
		list = within(list, cyrillicMargin)
	}
	return list
}

// within keeps the readings that cost at most so much more than the first.
func within(list []reading, margin int32) []reading {
	for i := range list {
		if list[i].cost > list[0].cost+margin {
			return list[:i]
		}
	}
	return list
}

// unlike keeps the first of the readings with one skeleton: the others would
// find nobody more.
func unlike(list []reading, n int) []string {
	out := make([]string, 0, min(n, len(list)))
	var heard [maxSounds]byte
	var room [maxSkeleton]byte
	met := make([]Key, 0, MaxOthers+1)
	for _, r := range list {
		if len(out) == n {
			break
		}
		if k := hash(skeleton(sounds(r.latin, heard[:0]), room[:0])); !slices.Contains(met, k) {
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
