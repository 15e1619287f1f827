package outbox

import (
	"bytes"
	"errors"
	"slices"
	"time"

	"entente"
)

// A retired seal key is kept at least SealKeyLeast, so that mail on any way arrives,
// and at most SealKeyMost, so that whoever steals it opens the mail of that time
// and no more.
const (
	SealKeyLeast = 60 * 24 * time.Hour
	SealKeyMost  = 400 * 24 * time.Hour
)

// OldSealKey is a seal key that an earlier edition of our descriptor had.
type OldSealKey struct {
	Key     entente.Digest    // of the public key
	Retired time.Time         // when an edition with another seal key came into use
	Waits   []entente.PartyID // who may still have mail that is sealed to it
	Over    bool              // it is to be destroyed
}

// OldSealKeys lists the seal keys that our descriptor had, oldest first. One is
// over when every partner has receipted the notice of a later edition and nothing
// that was sealed under an earlier one can still come, or after SealKeyMost.
func OldSealKeys(tx entente.Tx, self entente.PartyID, now time.Time) ([]OldSealKey, error) {
	editions, err := tx.PartyEditions(self)
	if err != nil {
		return nil, err
	}
	var all []OldSealKey
	for i, next := range editions {
		if i == 0 || inLater(editions[i:], editions[i-1].Party.Keys.Seal) {
			continue
		}
		old := OldSealKey{Key: entente.DigestOf(editions[i-1].Party.Keys.Seal), Retired: next.Added}
		if old.Waits, err = mayHaveMail(tx, editions, i); err != nil {
			return nil, err
		}
		age := now.Sub(old.Retired)
		old.Over = age >= SealKeyMost || age >= SealKeyLeast && len(old.Waits) == 0
		all = append(all, old)
	}
	return all, nil
}

func inLater(editions []entente.PartyRecord, key []byte) bool {
	for _, e := range editions {
		if bytes.Equal(e.Party.Keys.Seal, key) {
			return true
		}
	}
	return false
}

// mayHaveMail lists the partners that may still hold an envelope for an edition of
// ours before number i.
func mayHaveMail(tx entente.Tx, editions []entente.PartyRecord, i int) (out []entente.PartyID, err error) {
	later := map[entente.Digest]bool{}
	for _, e := range editions[i:] {
		later[e.Edition] = true
	}
	self, number := editions[i].Party.ID, editions[i].Party.Edition
	o := &Outbox{cfg: Config{Self: self}}
	channels, err := o.ownChannels(tx)
	if err != nil {
		return nil, err
	}
	told := map[entente.PartyID]bool{}
	waits := map[entente.PartyID]bool{}
	for _, ch := range channels {
		p := ch.To
		if _, known := told[p]; !known {
			if told[p], err = toldOf(tx, p, number); err != nil {
				return nil, err
			}
		}
		settled, err := settledUnder(tx, ch.Back(), later)
		if err != nil {
			return nil, err
		}
		if (!told[p] || !settled) && !waits[p] {
			waits[p] = true
			out = append(out, p)
		}
	}
	return out, nil
}

// toldOf reports whether a partner has receipted a notice of an edition of ours
// with this number or a higher one.
func toldOf(tx entente.Tx, partner entente.PartyID, number int) (bool, error) {
	q := entente.MessageQuery{Direction: entente.Outgoing, Kinds: []entente.Kind{entente.KindNotice}, Partner: partner, Limit: 100}
	for {
		page, err := tx.Messages(q)
		if err != nil || len(page) == 0 {
			return false, err
		}
		for _, f := range page {
			q.Before = f.Name
			n := f.Message.Statement.Notice
			if n == nil || n.What != entente.NoticeKey || n.Edition < number {
				continue
			}
			if _, err := tx.Receipt(f.Name); !errors.Is(err, entente.NotFound) {
				return err == nil, err
			}
		}
	}
}

// settledUnder reports whether all that a channel to us holds under earlier editions
// is here: what came last is sealed to a later edition, and no place is open. A
// channel without a record has nothing.
func settledUnder(tx entente.Tx, ch entente.Channel, later map[entente.Digest]bool) (bool, error) {
	head, err := tx.Head(ch.Origin())
	if err != nil || head.Size == 0 {
		return err == nil, err
	}
	gaps, err := tx.Gaps(ch.Origin(), 0, int(head.Size))
	if err != nil || slices.ContainsFunc(gaps, func(g entente.Gap) bool { return g.State != entente.GapWithdrawn }) {
		return false, err
	}
	last, err := tx.Messages(entente.MessageQuery{Direction: entente.Incoming, Partner: ch.From, Agreement: ch.Agreement, Limit: 1})
	return err == nil && len(last) == 1 && later[last[0].Message.Header.ToEdition], err
}
