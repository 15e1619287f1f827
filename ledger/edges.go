package ledger

import (
	"slices"
	"sync"

	"entente"

	"golang.org/x/mod/sumdb/tlog"
)

// Edges remembers the right edge of each tree, so that whoever appends to a
// ledger again and again does not read back what it has just written. It holds
// no more than a few hashes a ledger. The zero Edges is ready; it may be used
// concurrently.
//
// What it remembers belongs to one root, and a root says all of its edge: it is
// used only where the store's checkpoint has that root, and is right there
// whatever became of the transaction in which it was seen.
type Edges struct {
	mu     sync.Mutex
	newest map[string]seen // by origin
}

// seen is the edge of a tree with this root.
type seen struct {
	size  int64
	root  entente.Digest
	peaks []tlog.Hash
	proof []tlog.Hash // of the newest record
}

// remembered bounds how many ledgers Edges knows; then it starts again.
const remembered = 1024

// Over gives s with the memory of e, for the functions of this package that
// append.
func (e *Edges) Over(s Store) Store { return withEdges{s, e} }

type withEdges struct {
	Store
	edges *Edges
}

// recall gives the edge of the tree that a checkpoint describes, if s remembers it.
func recall(s Store, c Checkpoint) (seen, bool) {
	w, ok := s.(withEdges)
	if !ok {
		return seen{}, false
	}
	w.edges.mu.Lock()
	defer w.edges.mu.Unlock()
	was := w.edges.newest[c.Origin]
	return was, c.Size > 0 && was.size == c.Size && was.root == c.Root
}

// remember keeps the edge of a tree in s, if s has a memory.
func remember(s Store, origin string, e *edge) {
	w, ok := s.(withEdges)
	if !ok {
		return
	}
	w.edges.mu.Lock()
	defer w.edges.mu.Unlock()
	if w.edges.newest == nil || len(w.edges.newest) >= remembered {
		w.edges.newest = map[string]seen{}
	}
	w.edges.newest[origin] = seen{e.size, e.root(), slices.Clone(e.peaks), slices.Clone(e.proof)}
}
