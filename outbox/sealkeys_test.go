package outbox_test

import (
	"slices"
	"testing"
	"time"

	"entente"
	"entente/outbox"
	"entente/parse"
	"entente/seal"
)

// A retired seal key stays until the partner has confirmed the edition that
// replaced it and nothing that is sealed to it can come: 60 days at least, 400 at
// most.
func TestOldSealKeys(t *testing.T) {
	w := newWorld(t, nil)
	keys, err := seal.Rotate(w.albia.keys, "seal")
	w.ok(err)
	next := w.albia.party
	next.Edition, next.Keys = 3, keys.Public()
	w.put(w.albia, func(tx entente.Tx) error {
		return tx.PutParty(entente.PartyRecord{Party: next, Note: w.albia.note, Added: day})
	})
	old := entente.DigestOf(w.albia.party.Keys.Seal)
	expect := func(what string, days int, over bool, waits ...entente.PartyID) {
		t.Helper()
		w.ok(w.albia.store.View(w.ctx, func(tx entente.Tx) error {
			all, err := outbox.OldSealKeys(tx, "albia-ncc", day.Add(time.Duration(days)*24*time.Hour))
			if err != nil {
				return err
			}
			if len(all) != 1 || all[0].Key != old || !all[0].Retired.Equal(day) || all[0].Over != over || !slices.Equal(all[0].Waits, waits) {
				t.Errorf("%s, after %d days: %+v", what, days, all)
			}
			return nil
		}))
	}
	expect("not confirmed", 61, false, "borea-sls")
	expect("not confirmed", 399, false, "borea-sls")
	expect("not confirmed", 400, true, "borea-sls")

	out := entente.Channel{Agreement: "north-star", From: "albia-ncc", To: "borea-sls"}
	notice := entente.Statement{
		Kind: entente.KindNotice, Purpose: "terrorism-prevention", Precedence: entente.Routine,
		Notice: &entente.Notice{What: entente.NoticeKey, Edition: 2, Descriptor: string(w.albia.note)},
	}
	w.keep(1, entente.Outgoing, out, notice, entente.Digest{}, true)
	expect("only an earlier edition confirmed", 399, false, "borea-sls")
	notice.Notice.Edition = 3
	w.keep(2, entente.Outgoing, out, notice, entente.Digest{}, false)
	expect("sent and not confirmed", 399, false, "borea-sls")
	notice.Notice.Edition = 4
	w.keep(3, entente.Outgoing, out, notice, entente.Digest{}, true)
	expect("a later edition confirmed, nothing ever came", 59, false)
	expect("a later edition confirmed, nothing ever came", 60, true)

	back := out.Back()
	w.put(w.albia, func(tx entente.Tx) error {
		return tx.PutHead(entente.LedgerHead{Origin: back.Origin(), Size: 2, Checkpoint: []byte("c")})
	})
	w.keep(4, entente.Incoming, back, notice, parse.EditionOf(w.albia.party), false)
	expect("the last that came is sealed to it", 60, false, "borea-sls")
	w.keep(5, entente.Incoming, back, notice, parse.EditionOf(next), false)
	expect("the last that came is sealed to the later one", 60, true)
	state := entente.GapKnown
	gap := func() {
		w.put(w.albia, func(tx entente.Tx) error {
			return tx.PutGaps([]entente.Gap{{Origin: back.Origin(), State: state, Since: day}})
		})
	}
	gap()
	expect("a place is open", 60, false, "borea-sls")
	state = entente.GapWithdrawn
	gap()
	expect("what stood there was withdrawn", 60, true)
}

// keep puts a message into Albia's store as if it had been sent or filed.
func (w *world) keep(n int, d entente.Direction, ch entente.Channel, s entente.Statement, to entente.Digest, receipted bool) {
	w.Helper()
	id := entente.MessageID("0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4b" + string(rune('0'+n)))
	s.ID = id
	payload, err := parse.EncodeStatement(s)
	w.ok(err)
	f := entente.Filed{Name: id, Direction: d, Thread: id, Payload: payload, At: day}
	f.Message.Statement = s
	f.Message.Header = entente.Header{
		Version: 1, ID: id, From: ch.From, To: ch.To, FromEdition: entente.Digest{1}, ToEdition: to, Agreement: ch.Agreement, Epoch: 1, Terms: entente.Digest{2},
		Class: entente.ClassDesk, Precedence: entente.Routine, Created: day, Expires: day.Add(time.Hour), Content: entente.Digest{3},
	}
	if to.IsZero() {
		f.Message.Header.ToEdition = entente.Digest{4}
	}
	w.put(w.albia, func(tx entente.Tx) error {
		if err := tx.PutMessage(f); err != nil || !receipted {
			return err
		}
		return tx.PutReceipt(id, entente.Receipt{Channel: ch, At: day, Via: entente.ViaWire, Text: []byte("receipt")})
	})
}
