package outbox_test

import (
	"slices"
	"strings"
	"testing"

	"entente"
)

// What the recipient's node cannot read yet is not written, submitted or
// released, and whoever tries is told what to do.
func TestRecipientCannotRead(t *testing.T) {
	w := newWorld(t, nil)
	reads := func(kinds ...entente.Kind) {
		w.put(w.borea, func(tx entente.Tx) error {
			rec, err := tx.Party("albia-ncc")
			if err != nil {
				return err
			}
			rec.Party.Accepts = slices.Sorted(slices.Values(kinds))
			return tx.PutParty(rec)
		})
	}
	refused := func(what string, err error) {
		t.Helper()
		if entente.ReasonOf(err) != entente.ReasonKind || !strings.Contains(err.Error(), "albia-ncc cannot read tips yet") {
			t.Errorf("%s: %v", what, err)
		}
	}
	all := slices.Clone(entente.Kinds)
	fewer := slices.DeleteFunc(slices.Clone(all), func(k entente.Kind) bool { return k == entente.KindTip })

	waiting := w.draft("north-star")
	open, err := w.borea.out.Write(w.ctx, analyst, entente.Draft{To: "albia-ncc", Agreement: "north-star", Statement: tipOf("open")})
	w.ok(err)
	reads(fewer...)
	_, err = w.borea.out.Write(w.ctx, analyst, entente.Draft{To: "albia-ncc", Agreement: "north-star", Statement: tipOf("fresh")})
	refused("write", err)
	_, err = w.borea.out.Submit(w.ctx, analyst, open.ID, open.Version)
	refused("submit", err)
	_, err = w.borea.out.Release(w.ctx, releaser, waiting.ID, waiting.Digest())
	refused("release", err)
	reads(all...)
	_, err = w.borea.out.Release(w.ctx, releaser, waiting.ID, waiting.Digest())
	w.ok(err)
}
