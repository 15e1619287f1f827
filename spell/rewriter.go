package spell

// rewriter replaces strings as strings.Replacer does, at every place by the
// first pair that fits, and makes no garbage.
type rewriter struct {
	rows [256]uint8 // by the first byte, 0: none begins so
	by   [][]rewriting
}

type rewriting struct{ from, to string }

func newRewriter(pairs ...string) *rewriter {
	w := &rewriter{by: make([][]rewriting, 1)}
	for i := 0; i < len(pairs); i += 2 {
		row := &w.rows[pairs[i][0]]
		if *row == 0 {
			*row = uint8(len(w.by))
			w.by = append(w.by, nil)
		}
		w.by[*row] = append(w.by[*row], rewriting{pairs[i], pairs[i+1]})
	}
	return w
}

// rewrite appends s, rewritten, to b.
func (w *rewriter) rewrite(b, s []byte) []byte {
next:
	for i := 0; i < len(s); {
		for _, p := range w.by[w.rows[s[i]]] {
			if len(s)-i >= len(p.from) && string(s[i:i+len(p.from)]) == p.from {
				b = append(b, p.to...)
				i += len(p.from)
				continue next
			}
		}
		b = append(b, s[i])
		i++
	}
	return b
}
