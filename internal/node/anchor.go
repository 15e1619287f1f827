package node

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"sync"

	"entente"
)

// maxAnchor bounds the file in bytes: some 40,000 ledgers.
const maxAnchor = 8 << 20

// anchor is the file beside the keys that keeps an entente.Anchor. Whatever it says
// is on disk before anything of that size leaves the machine.
type anchor struct {
	path string

	mu    sync.Mutex
	has   entente.Anchor
	begun bool // it was read
	held  bool // a restore without an anchor is under way: a new one would be believed
}

// readAnchor returns what the file says. NotFound: there is no file, or the
// configuration names none. Damaged: it cannot be read.
func readAnchor(path string) (a entente.Anchor, err error) {
	if path == "" {
		return a, entente.NotFound
	}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return a, entente.NotFound
	}
	if err != nil {
		return a, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxAnchor+1))
	if err != nil {
		return a, err
	}
	if err = json.Unmarshal(b, &a); err != nil || len(b) > maxAnchor || a.Party == "" {
		return a, &entente.Error{Kind: entente.Damaged, Field: "anchor", Detail: path + " cannot be read", Cause: err}
	}
	return a, nil
}

// begin reads the file. It returns nil where there is none that can be believed.
func (a *anchor) begin(self entente.PartyID) (*entente.Anchor, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	has, err := readAnchor(a.path)
	if err != nil && !errors.Is(err, entente.NotFound) && !errors.Is(err, entente.Damaged) {
		return nil, err
	}
	a.begun = true
	if err != nil {
		return nil, nil
	}
	if has.Party != self {
		return nil, &entente.Error{Kind: entente.Conflict, Field: "anchor", Detail: fmt.Sprintf("%s is of %s, and this is the node of %s", a.path, has.Party, self), Hint: "remove it: it belongs beside the keys of the machine that wrote it"}
	}
	a.has = has
	return &has, nil
}

// cover makes durable that our ledgers have these sizes and roots. A ledger of a
// known size with another root is refused: two histories would leave.
func (a *anchor) cover(_ context.Context, own map[string]entente.TreeHead) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.held {
		return nil
	}
	if !a.begun {
		return &entente.Error{Kind: entente.Unavailable, Field: "anchor", Detail: "the node has not begun: nothing leaves"}
	}
	next := a.has
	next.Ledgers = maps.Clone(a.has.Ledgers)
	if next.Ledgers == nil {
		next.Ledgers = map[string]entente.TreeHead{}
	}
	grew := false
	for origin, head := range own {
		known := next.Ledgers[origin]
		if head.Size == known.Size && head.Root != known.Root {
			return &entente.Error{Kind: entente.Damaged, Field: "anchor", Detail: fmt.Sprintf("our ledger %s has another root at size %d than left this machine before", origin, head.Size), Hint: "stop the node, keep a copy of its data, and restore a backup"}
		}
		if head.Size > known.Size {
			next.Ledgers[origin], grew = head, true
		}
	}
	if !grew {
		return nil
	}
	return a.put(next)
}

// raise makes durable which edition of our descriptor is the newest.
func (a *anchor) raise(o entente.Owner) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.held || a.has.Party == o.Party && a.has.Number >= o.Number {
		return nil
	}
	next := a.has
	next.Party, next.Number = o.Party, o.Number
	return a.put(next)
}

// cover is what the outbox asks; nil: the configuration names no file.
func (n *Node) cover() func(context.Context, map[string]entente.TreeHead) error {
	if n.cfg.Anchor == "" {
		return nil
	}
	return n.anchor.cover
}

func (a *anchor) put(next entente.Anchor) error {
	b, err := json.Marshal(next)
	if err == nil {
		err = durable(a.path, b)
	}
	if err != nil {
		return &entente.Error{Kind: entente.Unavailable, Field: "anchor", Detail: "the file that remembers how much left this machine cannot be written: nothing leaves", Hint: "make sure that " + filepath.Dir(a.path) + " can be written and has room", Cause: err}
	}
	a.has = next
	return nil
}

// durable replaces a file whole or not at all, and returns when it is on disk.
func durable(path string, b []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".anchor-*")
	if err != nil {
		return err
	}
	_, err = tmp.Write(b)
	if err := errors.Join(err, tmp.Sync(), tmp.Close()); err != nil {
		os.Remove(tmp.Name())
		return err
	}
	if err := os.Rename(tmp.Name(), path); err != nil {
		return err
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}
