package seal

import (
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"entente"
	"entente/parse"
)

// Always lists the parts that every showing opens.
var Always = []string{"/id", "/kind", "/purpose", uncut}

// Show opens the parts of a statement for which open reports true, and those that
// every showing opens.
func Show(payload []byte, secret entente.Secret, open func(path string) bool) (entente.Showing, error) {
	t, err := grow(payload, secret)
	if err != nil {
		return entente.Showing{}, err
	}
	s := entente.Showing{Count: len(t.parts)}
	shown := make([]int, len(t.parts)+1) // how many of the first i parts are opened
	for i, p := range t.parts {
		shown[i+1] = shown[i]
		if open(p.path) || slices.Contains(Always, p.path) {
			shown[i+1]++
		}
	}
	var walk func(lo, hi int)
	walk = func(lo, hi int) {
		switch {
		case shown[lo] == shown[hi]:
			s.Hidden = append(s.Hidden, entente.Digest(t.root(lo, hi)))
		case hi-lo == 1:
			s.Parts = append(s.Parts, entente.Part{Index: lo, Path: t.parts[lo].path, Salt: t.salts[lo], Value: t.parts[lo].value})
		default:
			k := lo + half(hi-lo)
			walk(lo, k)
			walk(k, hi)
		}
	}
	walk(0, len(t.parts))
	return s, nil
}

// CheckShowing verifies that what a showing opens are parts of the statement that
// a header commits to, and that the parts are there which every showing opens.
func CheckShowing(h entente.Header, s entente.Showing) error {
	got, err := contentOf(s)
	if err != nil {
		return err
	}
	if got != h.Content {
		return badContent()
	}
	seen := map[string]bool{}
	for _, p := range s.Parts {
		if seen[p.Path] {
			return badShowing("the part " + p.Path + " stands there twice")
		}
		seen[p.Path] = true
	}
	for _, path := range Always {
		if !seen[path] {
			return badShowing("the part " + path + " is not opened, which every showing opens")
		}
	}
	return nil
}

// contentOf recomputes the commitment from a showing: it walks the tree of so many
// parts once and takes the next part or the next hash. Nothing may be left over.
func contentOf(s entente.Showing) (entente.Digest, error) {
	if s.Count < 1 || s.Count > parse.MaxParts || len(s.Parts) > s.Count {
		return entente.Digest{}, badShowing("the number of parts cannot be")
	}
	last := -1
	for _, p := range s.Parts {
		if p.Index <= last || p.Index >= s.Count {
			return entente.Digest{}, badShowing("the parts do not stand in their order")
		}
		last = p.Index
	}
	w := walker{parts: s.Parts, hidden: s.Hidden}
	root := w.root(0, s.Count)
	if w.short || len(w.parts)+len(w.hidden) > 0 {
		return entente.Digest{}, badShowing("there are too few or too many hashes for the parts that are not opened")
	}
	return bind(s.Count, root), nil
}

// walker takes from what is left of a showing.
type walker struct {
	parts  []entente.Part
	hidden []entente.Digest
	short  bool // a hash was missing
	buf    []byte
}

func (w *walker) root(lo, hi int) tlog.Hash {
	if len(w.parts) == 0 || w.parts[0].Index >= hi {
		if len(w.hidden) == 0 {
			w.short = true
			return tlog.Hash{}
		}
		h := w.hidden[0]
		w.hidden = w.hidden[1:]
		return tlog.Hash(h)
	}
	if hi-lo == 1 {
		p := w.parts[0]
		w.parts = w.parts[1:]
		return leafOf(&w.buf, p.Salt, part{p.Path, p.Value})
	}
	k := lo + half(hi-lo)
	left := w.root(lo, k)
	return tlog.NodeHash(left, w.root(k, hi))
}

func badShowing(detail string) error {
	return &entente.Error{Kind: entente.Unverified, Field: "parts", Detail: detail, Reason: entente.ReasonContent}
}
