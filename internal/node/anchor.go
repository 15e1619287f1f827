package node

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"entente"
)

// The anchor is a small file beside the keys, apart from the data, that
// remembers how long our ledgers are. A store that is shorter was put back from
// an older copy behind the node's back: it must not append before it has been
// compared with the partners, else its ledgers fork. The file runs a moment
// behind the store, which is harmless: it can only make the node careful too late
// for what was written in the last seconds, and the partners notice that at the
// next contact.
type anchor map[string]int64

const anchorEvery = 2 * time.Second

func (n *Node) readAnchor() (anchor, error) {
	if n.cfg.Anchor == "" {
		return nil, nil
	}
	b, err := os.ReadFile(n.cfg.Anchor)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var a anchor
	if err := json.Unmarshal(b, &a); err != nil {
		n.cfg.Log.Warn("node: the anchor cannot be read; ledgers are compared as after a restore", "err", err)
		return anchor{"": 1 << 62}, nil
	}
	return a, nil
}

// behindAnchor reports whether the store has less than the anchor remembers.
func (n *Node) behindAnchor(ctx context.Context) (bool, error) {
	a, err := n.readAnchor()
	if err != nil {
		return false, err
	}
	heads, err := n.ownHeads(ctx)
	if err != nil {
		return false, err
	}
	for origin, size := range a {
		if heads[origin] < size {
			n.cfg.Log.Warn("node: the store is older than the anchor: it was put back from a copy", "ledger", origin, "store", heads[origin], "anchor", size)
			return true, nil
		}
	}
	return false, nil
}

// ownHeads gives the sizes of the ledgers that we append to.
func (n *Node) ownHeads(ctx context.Context) (anchor, error) {
	sizes := anchor{}
	err := n.cfg.Store.View(ctx, func(tx entente.Tx) error {
		heads, err := tx.Heads()
		for _, h := range heads {
			if parts := strings.Split(h.Origin, "/"); len(parts) == 4 && parts[2] == string(n.Self) {
				sizes[h.Origin] = h.Size
			}
		}
		return err
	})
	return sizes, err
}

func (n *Node) keepAnchor(ctx context.Context) {
	if n.cfg.Anchor == "" {
		return
	}
	tick := time.NewTicker(anchorEvery)
	defer tick.Stop()
	last := ""
	for {
		sizes, err := n.ownHeads(context.WithoutCancel(ctx))
		if err == nil {
			b, _ := json.Marshal(sizes) // a map of strings and numbers
			if string(b) != last {
				err = writeFile(n.cfg.Anchor, b)
				last = string(b)
			}
		}
		if err != nil && ctx.Err() == nil {
			n.cfg.Log.Error("node: cannot keep the anchor", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// writeFile replaces a file whole or not at all.
func writeFile(path string, b []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".anchor-*")
	if err != nil {
		return err
	}
	_, err = tmp.Write(b)
	if err := errors.Join(err, tmp.Close()); err != nil {
		os.Remove(tmp.Name())
		return err
	}
	return os.Rename(tmp.Name(), path)
}
