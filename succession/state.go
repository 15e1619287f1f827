package succession

import (
	"errors"
	"time"

	"entente"
	"entente/ledger"
)

// put keeps an end note with the state that our copy of the ledger gives it.
func put(tx entente.Tx, rec entente.EndRecord) error {
	rec, err := judge(tx, rec)
	if err != nil {
		return err
	}
	if rec.State == entente.EndBroken {
		head, err := tx.Head(rec.Note.Channel.Origin())
		if err != nil {
			return err
		}
		if err := keepSplit(tx, head.Origin, head.Checkpoint, rec.Note.Text); err != nil {
			return err
		}
	}
	return tx.PutEnd(rec)
}

// judge says how far an end note has come: whether our copy of the ledger reaches
// its size, has its root there, and has nothing beyond that it does not vouch for.
func judge(tx entente.Tx, rec entente.EndRecord) (entente.EndRecord, error) {
	if rec.State == entente.EndWaits {
		return rec, nil
	}
	e := rec.Note
	head, err := tx.Head(e.Channel.Origin())
	if err != nil {
		return rec, err
	}
	if head.Size < e.Size {
		rec.State = entente.EndFetching
		return rec, nil
	}
	rec.State = entente.EndCurrent
	err = ledger.HoldTo(tx, e, nil)
	if _, split := errors.AsType[*ledger.SplitView](err); split {
		rec.State = entente.EndBroken
		return rec, nil
	}
	if err != nil || head.Size == e.Size {
		return rec, err
	}
	// What our copy has beyond its size must stand under this edition or a later one.
	k, err := ledger.KnownOf(tx, e.Channel)
	if err != nil {
		return rec, err
	}
	if _, by, err := k.OpenCheckpoint(head.Checkpoint); err != nil || by.Party.Edition < e.Number && !sameLedgerKey(k, by.Party, e.Number) {
		rec.State = entente.EndBroken
	}
	return rec, nil
}

// sameLedgerKey reports whether an edition has the ledger key of an earlier one: a
// checkpoint does not tell them apart.
func sameLedgerKey(k ledger.Known, p entente.Party, number int) bool {
	for _, q := range k.Parties {
		if q.Party.Edition == number {
			return q.Party.Keys.Ledger.Equal(p.Keys.Ledger)
		}
	}
	return false
}

// Rejudge looks at the end notes of a channel again, after our copy of its ledger
// has grown.
func Rejudge(tx entente.Tx, ch entente.Channel) error {
	ends, err := tx.Ends(ch.Origin())
	if err != nil {
		return err
	}
	for _, rec := range ends {
		if rec.State != entente.EndFetching {
			continue
		}
		if err := put(tx, rec); err != nil {
			return err
		}
	}
	return nil
}

// Missing returns the newest end note of a channel that waits for records, and from
// which place on they are needed. False: none does.
func Missing(tx entente.Tx, ch entente.Channel) (e entente.EndNote, first int64, ok bool, err error) {
	ends, err := tx.Ends(ch.Origin())
	if err != nil || len(ends) == 0 {
		return e, 0, false, err
	}
	rec := ends[len(ends)-1]
	if rec.State != entente.EndFetching {
		return e, 0, false, nil
	}
	if rec.Accepted != "" { // our copy may leave its history anywhere
		return rec.Note, 0, true, nil
	}
	head, err := tx.Head(ch.Origin())
	return rec.Note, head.Size, err == nil, err
}

// Fetched brings our copy of a ledger to an end note with the records that Missing
// asked for. It returns what that made void.
func Fetched(tx entente.Tx, e entente.EndNote, first int64, records []entente.Digest, now time.Time) ([]entente.Void, error) {
	ends, err := tx.Ends(e.Channel.Origin())
	if err != nil {
		return nil, err
	}
	var void []entente.Void
	for _, rec := range ends {
		if rec.Note.Number != e.Number || rec.State != entente.EndFetching {
			continue
		}
		if first == 0 && rec.Accepted != "" {
			if void, err = replace(tx, rec, records, now); err != nil {
				return nil, err
			}
		} else if err := ledger.HoldTo(tx, rec.Note, records); err != nil {
			return nil, broken(tx, rec, err)
		}
	}
	return void, rejudgeAll(tx, e.Channel)
}

// broken keeps a contradiction between our copy and an end note; other errors pass.
func broken(tx entente.Tx, rec entente.EndRecord, err error) error {
	split, ok := errors.AsType[*ledger.SplitView](err)
	if !ok {
		return err
	}
	rec.State = entente.EndBroken
	return errors.Join(keepSplit(tx, rec.Note.Channel.Origin(), split.Ours, split.Theirs), tx.PutEnd(rec))
}

// rejudgeAll looks at every end note of a channel that no person has to accept.
func rejudgeAll(tx entente.Tx, ch entente.Channel) error {
	ends, err := tx.Ends(ch.Origin())
	if err != nil {
		return err
	}
	for i, rec := range ends {
		if i+1 < len(ends) { // a later one decides
			if rec.State != entente.EndWaits {
				rec.State = entente.EndCurrent
			}
			if err := tx.PutEnd(rec); err != nil {
				return err
			}
			continue
		}
		if err := put(tx, rec); err != nil {
			return err
		}
	}
	return nil
}
