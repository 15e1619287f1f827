package outbox

import (
	"context"

	"entente"
	"entente/ledger"
)

// cover makes durable, beside the keys, that our ledgers have these checkpoints.
// It is called before any of them leaves: a node that is then restored knows what
// partners may hold under its signature. One batch is one sync at most; what was
// covered before costs nothing.
func (o *Outbox) cover(ctx context.Context, checkpoints ...[]byte) error {
	if o.cfg.Anchor == nil {
		return nil
	}
	own := map[string]entente.TreeHead{}
	for _, text := range checkpoints {
		if len(text) == 0 {
			continue // of an empty ledger
		}
		c, err := ledger.ReadHead(text)
		if err != nil {
			return err
		}
		ch, ok := channelOf(c.Origin)
		if ok && ch.From == o.cfg.Self && c.Size > own[c.Origin].Size {
			own[c.Origin] = entente.TreeHead{Size: c.Size, Root: c.Root}
		}
	}
	if len(own) == 0 {
		return nil
	}
	return o.cfg.Anchor(ctx, own)
}

// Cover is cover for what the inbox shows of our ledgers.
func (o *Outbox) Cover(ctx context.Context, heads []entente.LedgerHead) error {
	texts := make([][]byte, len(heads))
	for i, h := range heads {
		texts[i] = h.Checkpoint
	}
	return o.cover(ctx, texts...)
}

// coverDeliveries is cover for what is handed over.
func (o *Outbox) coverDeliveries(ctx context.Context, ds []entente.Delivery) error {
	texts := make([][]byte, len(ds))
	for i, d := range ds {
		texts[i] = d.Checkpoint
	}
	return o.cover(ctx, texts...)
}
