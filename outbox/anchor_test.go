package outbox_test

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"entente"
	"entente/courier"
	"entente/inbox"
	"entente/ledger"
	"entente/outbox"
)

// anchored is an anchor that forgets nothing, or fails.
type anchored struct {
	has  map[string]int64
	full error
}

func (a *anchored) cover(_ context.Context, own map[string]entente.TreeHead) error {
	if a.full != nil {
		return a.full
	}
	for origin, head := range own {
		a.has[origin] = max(a.has[origin], head.Size)
	}
	return nil
}

// withAnchor opens Borea's doors with an anchor.
func (w *world) withAnchor() *anchored {
	a := &anchored{has: map[string]int64{}}
	b := w.borea
	b.out = outbox.New(outbox.Config{Self: b.party.ID, Keys: b.keys, Store: b.store, Carrier: b.line, Now: w.clock.now, Anchor: a.cover})
	b.in = inbox.New(inbox.Config{Self: b.party.ID, Keys: b.keys, Store: b.store, Now: w.clock.now, Compared: b.out.Compared, Custody: b.out.Custody, Settle: b.out.Settle, Cover: b.out.Cover})
	return a
}

// Nothing of our ledgers leaves by any way before the anchor covers it, and nothing
// leaves where the anchor cannot be written.
func TestNothingLeavesThatTheAnchorDoesNotCover(t *testing.T) {
	full, refused := errors.New("the disk is full"), errors.New("the other side has seen our heads")
	ways := map[string]func(w *world, left func(checkpoints ...[]byte)) error{
		"deliver": func(w *world, left func(...[]byte)) error {
			w.borea.line.deliver = func(ds []entente.Delivery) ([]entente.Settlement, error) {
				for _, d := range ds {
					left(d.Checkpoint)
				}
				return w.albia.in.Accept(w.ctx, "borea-sls", ds)
			}
			w.borea.line.heads = func(heads []entente.LedgerHead) ([]entente.LedgerHead, error) {
				return w.albia.in.Compare(w.ctx, "borea-sls", nil)
			}
			_, err := w.borea.out.Deliver(w.ctx, "albia-ncc")
			return err
		},
		"compare": func(w *world, left func(...[]byte)) error {
			w.borea.line.heads = func(heads []entente.LedgerHead) ([]entente.LedgerHead, error) {
				for _, h := range heads {
					left(h.Checkpoint)
				}
				return nil, refused
			}
			_, err := w.borea.out.Deliver(w.ctx, "albia-ncc")
			if errors.Is(err, refused) {
				return nil
			}
			return err
		},
		"being compared": func(w *world, left func(...[]byte)) error {
			heads, err := w.borea.in.Compare(w.ctx, "albia-ncc", nil)
			for _, h := range heads {
				left(h.Checkpoint)
			}
			return err
		},
		"records": func(w *world, left func(...[]byte)) error {
			records, err := w.borea.in.Records(w.ctx, "albia-ncc", ourLedger, 0, 10)
			if len(records) > 0 {
				left(w.head(ourLedger).Checkpoint)
			}
			return err
		},
		"collect": func(w *world, left func(...[]byte)) error {
			ds, err := w.borea.out.Collect(w.ctx, "albia-ncc", 10)
			for _, d := range ds {
				left(d.Checkpoint)
			}
			return err
		},
		"courier": func(w *world, left func(...[]byte)) error {
			var b bytes.Buffer
			_, err := w.borea.out.Pack(w.ctx, operator, "albia-ncc", &b)
			if err != nil {
				return err
			}
			p, err := courier.Open(bytes.NewReader(b.Bytes()), int64(b.Len()), "albia-ncc", func(courier.Claim) ([]entente.Party, error) { return []entente.Party{w.borea.party}, nil })
			w.ok(err)
			for _, d := range p.Deliveries {
				left(d.Checkpoint)
			}
			for _, h := range p.Heads {
				left(h.Checkpoint)
			}
			return nil
		},
	}
	for way, leave := range ways {
		t.Run(way, func(t *testing.T) {
			w := newWorld(t, nil)
			a := w.withAnchor()
			w.tip(north)
			w.tip(north)
			handed := 0
			left := func(checkpoints ...[]byte) {
				for _, text := range checkpoints {
					if len(text) == 0 {
						continue
					}
					c, err := ledger.ReadHead(text)
					w.ok(err)
					if c.Origin != ourLedger {
						continue
					}
					handed++
					if a.has[c.Origin] < c.Size {
						t.Errorf("a ledger of %d left, and the anchor remembers %d", c.Size, a.has[c.Origin])
					}
				}
			}
			a.full = full
			w.want(leave(w, func(checkpoints ...[]byte) {
				for _, text := range checkpoints {
					if bytes.Contains(text, []byte(ourLedger)) {
						t.Error("it leaves, and the anchor cannot be written")
					}
				}
			}), full, "with a full disk")
			a.full = nil
			w.ok(leave(w, left))
			if handed == 0 {
				t.Error("nothing left: this test cannot tell")
			}
		})
	}
}

func (w *world) head(origin string) entente.LedgerHead {
	w.Helper()
	return look(w, w.borea, func(tx entente.Tx) (entente.LedgerHead, error) { return tx.Head(origin) })
}
