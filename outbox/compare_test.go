package outbox_test

import (
	"path/filepath"
	"strings"
	"testing"

	"entente"
	"entente/ledger"
	"entente/sqlstore"
)

// restored puts Borea back to a copy, as if it had been restored, and blocks its
// lines until ledgers are compared. anchor is what the file beside the keys says.
func (w *world) restored(copied string, anchor *entente.Anchor) {
	w.Helper()
	url := filepath.Join(w.TempDir(), "restored.db")
	w.ok(sqlstore.Restore(w.ctx, copied, url))
	w.ok(w.borea.store.Close())
	var err error
	w.borea.store, err = sqlstore.Open(w.ctx, url)
	w.ok(err)
	w.open(w.borea, w.albia, func(s entente.Store) entente.Store { return s })
	w.albia.line.to = w.borea
	_, err = w.borea.out.Resume(w.ctx, anchor)
	w.ok(err)
}

// anchorOf is what the file beside Borea's keys says now.
func (w *world) anchorOf() *entente.Anchor {
	w.Helper()
	return &entente.Anchor{Party: "borea-sls", Number: 1, Ledgers: look(w, w.borea, func(tx entente.Tx) (map[string]entente.TreeHead, error) {
		own := map[string]entente.TreeHead{}
		heads, err := tx.Heads()
		for _, h := range heads {
			if strings.Contains(h.Origin, "/borea-sls/") {
				c, err := ledger.ReadHead(h.Checkpoint)
				w.ok(err)
				own[h.Origin] = entente.TreeHead{Size: c.Size, Root: c.Root}
			}
		}
		return own, err
	})}
}

// A partner cannot unblock a restored node by saying nothing of the ledger that
// the node has lost: it would fork it, and the partner could prove that.
func TestSilenceUnblocksNothing(t *testing.T) {
	w := newWorld(t, nil, terms, otherTerms)
	w.tip(north)
	w.exchange(w.borea)
	copied := filepath.Join(t.TempDir(), "monday.db")
	w.ok(w.borea.store.Backup(w.ctx, copied))
	w.tip(north)
	w.exchange(w.borea)
	w.restored(copied, w.anchorOf())
	whole, err := w.albia.in.Compare(w.ctx, "borea-sls", nil)
	w.ok(err)
	for n, part := range [][]entente.LedgerHead{nil, only(whole, "west-star")} {
		if _, err := w.borea.in.Compare(w.ctx, "albia-ncc", part); err == nil {
			t.Errorf("%d: nobody objects", n)
		}
		d := w.draft(north)
		_, err := w.borea.out.Release(w.ctx, releaser, d.ID, d.Digest())
		w.want(err, entente.Unavailable, "released after a comparison that says nothing")
	}
	w.exchange(w.borea)
	w.tip(north)
	w.exchange(w.borea)
	for _, a := range []*agency{w.borea, w.albia} {
		heads := look(w, a, func(tx entente.Tx) (entente.LedgerHead, error) {
			return tx.Head("entente/north-star/borea-sls/albia-ncc")
		})
		if heads.Size != 3 {
			t.Errorf("%s holds %d records, want 3", a.party.ID, heads.Size)
		}
	}
}

// only keeps the heads of one agreement.
func only(heads []entente.LedgerHead, a entente.AgreementID) (out []entente.LedgerHead) {
	for _, h := range heads {
		if h.Origin == "entente/"+string(a)+"/borea-sls/albia-ncc" || h.Origin == "entente/"+string(a)+"/albia-ncc/borea-sls" {
			out = append(out, h)
		}
	}
	return out
}
