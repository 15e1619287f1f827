package outbox_test

import (
	"path/filepath"
	"testing"

	"entente"
	"entente/sqlstore"
)

// restored puts Borea back to a copy, as if it had been restored, and blocks its
// lines until ledgers are compared.
func (w *world) restored(copied string) {
	w.Helper()
	url := filepath.Join(w.TempDir(), "restored.db")
	w.ok(sqlstore.Restore(w.ctx, copied, url))
	w.ok(w.borea.store.Close())
	var err error
	w.borea.store, err = sqlstore.Open(w.ctx, url)
	w.ok(err)
	w.open(w.borea, w.albia, func(s entente.Store) entente.Store { return s })
	w.albia.line.to = w.borea
	w.ok(w.borea.out.Resume(w.ctx, true))
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
	w.restored(copied)
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
