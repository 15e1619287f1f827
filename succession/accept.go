package succession

import (
	"errors"
	"time"

	"entente"
	"entente/ledger"
)

// Accepted is what a person's decision changed.
type Accepted struct {
	Channels int            // whose end notes count from now on
	Fetching int            // of these: whose records are still to be fetched from the party
	Void     []entente.Void // what the end notes do not vouch for
}

// Accept carries out that a person compared the fingerprint of a party's newest
// edition and accepts what its end notes say. Our copies follow the newest note of
// each channel; what it does not vouch for becomes void.
func Accept(tx entente.Tx, party entente.PartyID, by entente.OfficerID, now time.Time) (Accepted, error) {
	var a Accepted
	ends, err := tx.EndsOf(party)
	if err != nil {
		return a, err
	}
	newest := map[string]entente.EndRecord{}
	for _, rec := range ends {
		origin := rec.Note.Channel.Origin()
		if rec.State == entente.EndWaits || rec.State == entente.EndBroken {
			rec.Accepted, rec.State = by, entente.EndFetching
			if err := tx.PutEnd(rec); err != nil {
				return a, err
			}
		}
		newest[origin] = rec // by rising number
	}
	for _, rec := range newest {
		if rec.Accepted != by || rec.State != entente.EndFetching {
			continue
		}
		a.Channels++
		void, whole, err := follow(tx, rec, now)
		if err != nil {
			return a, err
		}
		if !whole {
			a.Fetching++
		}
		a.Void = append(a.Void, void...)
	}
	return a, nil
}

// follow brings our copy to an accepted end note with what is here. False: records
// have to be fetched first.
func follow(tx entente.Tx, rec entente.EndRecord, now time.Time) ([]entente.Void, bool, error) {
	e := rec.Note
	head, err := tx.Head(e.Channel.Origin())
	if err != nil {
		return nil, false, err
	}
	if head.Size < e.Size {
		return nil, false, nil
	}
	ours, err := records(tx, e.Channel.Origin(), e.Size)
	if err != nil {
		return nil, false, err
	}
	rec, err = judge(tx, rec)
	if err != nil {
		return nil, false, err
	}
	if rec.State == entente.EndCurrent {
		return nil, true, errors.Join(tx.PutEnd(rec), endStop(tx, e.Channel.Origin()))
	}
	void, err := replace(tx, rec, ours, now)
	if errors.Is(err, entente.Unverified) {
		return nil, false, nil // ours is another history
	}
	return void, err == nil, err
}

// records reads all records of a ledger up to a size.
func records(tx entente.LedgerStore, origin string, size int64) ([]entente.Digest, error) {
	var all []entente.Digest
	for int64(len(all)) < size {
		page, err := tx.Records(origin, int64(len(all)), int(min(size-int64(len(all)), 4096)))
		if err != nil || len(page) == 0 {
			return all, err
		}
		all = append(all, page...)
	}
	return all, nil
}

// replace makes our copy the history of an accepted end note, and ends the stop.
func replace(tx entente.Tx, rec entente.EndRecord, all []entente.Digest, now time.Time) ([]entente.Void, error) {
	e := rec.Note
	from, err := ledger.ReplaceBy(tx, e, all)
	if err != nil {
		return nil, err
	}
	void, err := Void(tx, e.Channel, entente.Incoming, from, e.Number, now)
	if err != nil {
		return nil, err
	}
	rec.State = entente.EndCurrent
	return void, errors.Join(tx.PutEnd(rec), endStop(tx, e.Channel.Origin()))
}

// Choose makes one of our own ledgers what its new end note says, and ends a stop of
// the channel. What it does not vouch for becomes void.
func Choose(tx entente.Tx, e entente.EndNote, have int64, now time.Time) error {
	origin := e.Channel.Origin()
	if e.Size < have {
		stand, err := records(tx, origin, e.Size)
		if err != nil {
			return err
		}
		from, err := ledger.ReplaceBy(tx, e, stand)
		if err != nil {
			return err
		}
		if _, err := Void(tx, e.Channel, entente.Outgoing, from, e.Number, now); err != nil {
			return err
		}
	}
	return endStop(tx, origin)
}
