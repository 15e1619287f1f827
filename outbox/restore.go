package outbox

import (
	"context"
	"errors"
	"time"

	"entente"
	"entente/ledger"
)

// recordsPage is how many records are asked of a partner at once.
const recordsPage = 4096

// BlockedSince is the setting that says when the lines were last blocked after a
// restore: what a partner showed of our ledgers before that does not count.
const BlockedSince = "blocked-since"

// Restored reports whether this node was ever restored from a backup: what its
// ledgers have may then be lost here.
func Restored(tx entente.SettingStore) (bool, error) {
	_, err := tx.Setting(BlockedSince)
	if errors.Is(err, entente.NotFound) {
		return false, nil
	}
	return err == nil, err
}

// ComparedByCourier is Compared for what a courier brought: it counts if it was
// made after we were restored, and after what the courier brought before.
func (o *Outbox) ComparedByCourier(ctx context.Context, partner entente.PartyID, theirs []entente.LedgerHead, made time.Time) error {
	key := "courier-compared:" + string(partner)
	stale := false
	err := o.cfg.Store.View(ctx, func(tx entente.Tx) error {
		stale = false
		for _, k := range []string{BlockedSince, key} {
			b, err := tx.Setting(k)
			if errors.Is(err, entente.NotFound) {
				continue
			}
			if err != nil {
				return err
			}
			if at, err := time.Parse(time.RFC3339Nano, string(b)); err == nil && !made.After(at) {
				stale = true
			}
		}
		return nil
	})
	if err != nil || stale || len(theirs) == 0 {
		return err
	}
	if _, err := o.Compared(ctx, partner, theirs); err != nil {
		return err // the same file may be unpacked again
	}
	return o.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		return tx.PutSetting(key, []byte(made.UTC().Format(time.RFC3339Nano)))
	})
}

// takeBack appends the records that we lost and the partner brought. False: he
// brought none, or too few.
func (o *Outbox) takeBack(tx entente.Tx, head entente.LedgerHead) (bool, error) {
	have, err := tx.Head(head.Origin)
	if err != nil {
		return false, err
	}
	known := have.Size - (head.Size - int64(len(head.Tail)))
	if len(head.Tail) == 0 || known < 0 || known >= int64(len(head.Tail)) {
		return false, nil
	}
	self, err := tx.PartyEditions(o.cfg.Self)
	if err != nil {
		return false, err
	}
	return true, recoverAs(tx, head, have.Size, head.Tail[known:], self)
}

// recoverAs appends records up to a checkpoint that we signed under one of the
// editions of our descriptor.
func recoverAs(tx entente.Tx, head entente.LedgerHead, first int64, records []entente.Digest, self []entente.PartyRecord) error {
	var firstErr error
	for i := len(self) - 1; i >= 0; i-- {
		err := ledger.Recover(tx, head.Origin, first, records, head.Checkpoint, self[i].Party)
		if err == nil {
			return nil
		}
		if firstErr == nil {
			firstErr = err
		}
	}
	return firstErr
}

// recover fetches the records that we lost and the partner holds. They are
// proven by our own signature on the checkpoint that he kept. The envelopes
// themselves are gone here: they were sealed for him.
func (o *Outbox) recover(ctx context.Context, to entente.Party, head entente.LedgerHead) error {
	var have entente.LedgerHead
	var self []entente.PartyRecord
	err := o.cfg.Store.View(ctx, func(tx entente.Tx) (err error) {
		if have, err = tx.Head(head.Origin); err != nil {
			return err
		}
		self, err = tx.PartyEditions(o.cfg.Self)
		return err
	})
	if err != nil {
		return err
	}
	var records []entente.Digest
	for first := have.Size; first < head.Size; first = have.Size + int64(len(records)) {
		page, err := o.cfg.Carrier.Records(ctx, to, head.Origin, first, int(min(recordsPage, head.Size-first)))
		if err != nil {
			return err
		}
		if len(page) == 0 {
			return &entente.Error{Kind: entente.Unverified, Detail: string(to.ID) + " does not hand out the records that it holds"}
		}
		records = append(records, page...)
	}
	err = o.cfg.Store.Update(ctx, func(tx entente.Tx) error { return recoverAs(tx, head, have.Size, records, self) })
	if err == nil {
		o.cfg.Log.Warn("outbox: records recovered from a partner after a restore", "ledger", head.Origin, "from", have.Size, "to", head.Size)
	}
	return err
}
