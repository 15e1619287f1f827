package outbox

import (
	"context"
	"errors"
	"strings"
	"time"

	"entente"
	"entente/ledger"
)

// recordsPage is how many records are asked of a partner at once.
const recordsPage = 4096

// BlockedSince is the setting that says when the lines were last blocked after a
// restore: what a partner showed of our ledgers before that does not count.
const BlockedSince = "blocked-since"

// ComparedByCourier is Compared for what a courier brought: it counts if it was
// made after we were restored, and after what the courier brought before.
func (o *Outbox) ComparedByCourier(ctx context.Context, partner entente.PartyID, theirs []entente.LedgerHead, made time.Time) error {
	key := "courier-compared:" + string(partner)
	stale := false
	err := o.cfg.Store.Update(ctx, func(tx entente.Tx) error {
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
		if stale {
			return nil
		}
		return tx.PutSetting(key, []byte(made.UTC().Format(time.RFC3339Nano)))
	})
	if err != nil || stale || len(theirs) == 0 {
		return err
	}
	_, err = o.Compared(ctx, partner, theirs)
	return err
}

// Resume is called once before Run. A store that was restored from a backup,
// or whose ledgers are shorter than the node remembers, may not append to any
// channel before the partner's copy has been compared: else the ledger would
// fork, and the partner could prove it.
func (o *Outbox) Resume(ctx context.Context, behind bool) error {
	return o.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		since, err := tx.Setting("restored")
		if err != nil && !errors.Is(err, entente.NotFound) {
			return err
		}
		if !behind && len(since) == 0 {
			return nil
		}
		parties, err := tx.Parties()
		if err != nil {
			return err
		}
		for _, p := range parties {
			if p.Party.ID == o.cfg.Self {
				continue
			}
			line, err := tx.Line(p.Party.ID)
			if err != nil {
				return err
			}
			line.Blocked = "this node was restored from a backup and its ledgers have not been compared with " + string(p.Party.ID) + " yet"
			line.NextTry = o.now()
			if err := tx.PutLine(line); err != nil {
				return err
			}
		}
		if err := tx.PutSetting(BlockedSince, []byte(o.now().Format(time.RFC3339Nano))); err != nil {
			return err
		}
		return tx.PutSetting("restored", nil)
	})
}

// compare shows the partner where our ledgers stand and reads where his do.
func (o *Outbox) compare(ctx context.Context, to entente.Party) error {
	var ours []entente.LedgerHead
	err := o.cfg.Store.View(ctx, func(tx entente.Tx) (err error) {
		ours, err = Heads(tx, o.cfg.Self, to.ID)
		return err
	})
	if err != nil {
		return err
	}
	theirs, err := o.cfg.Carrier.Compare(ctx, to, ours)
	if err != nil {
		return err
	}
	behind, err := o.Compared(ctx, to.ID, theirs)
	if err != nil {
		return err
	}
	for _, head := range behind {
		if err := o.recover(ctx, to, head); err != nil {
			return err
		}
	}
	if len(behind) > 0 {
		if _, err := o.Compared(ctx, to.ID, theirs); err != nil {
			return err
		}
	}
	return o.giveBack(ctx, to, theirs)
}

// giveBack brings a partner the records that he has lost of his own ledgers. He
// may not be able to call us for them; his own signature proves them.
func (o *Outbox) giveBack(ctx context.Context, to entente.Party, theirs []entente.LedgerHead) error {
	var lost []entente.LedgerHead
	err := o.cfg.Store.View(ctx, func(tx entente.Tx) error {
		lost = nil
		ours, err := Heads(tx, o.cfg.Self, to.ID)
		if err != nil {
			return err
		}
		for _, h := range ours {
			theirs := headOf(theirs, h.Origin)
			missing := h.Size - theirs.Size
			if ch, ok := channelOf(h.Origin); !ok || ch.From != to.ID || theirs.Origin == "" || missing <= 0 || missing > recordsPage {
				continue
			}
			if h.Tail, err = tx.Records(h.Origin, theirs.Size, int(missing)); err != nil {
				return err
			}
			lost = append(lost, h)
		}
		return nil
	})
	if err != nil || len(lost) == 0 {
		return err
	}
	_, err = o.cfg.Carrier.Compare(ctx, to, lost)
	return err
}

// channelOf reads the name of a channel's ledger.
func channelOf(origin string) (entente.Channel, bool) {
	parts := strings.Split(origin, "/")
	if len(parts) != 4 {
		return entente.Channel{}, false
	}
	return entente.Channel{Agreement: entente.AgreementID(parts[1]), From: entente.PartyID(parts[2]), To: entente.PartyID(parts[3])}, true
}

// Heads gives the heads of every channel between two parties, both ways.
func Heads(tx entente.Tx, self, partner entente.PartyID) ([]entente.LedgerHead, error) {
	agreements, err := tx.Agreements()
	if err != nil {
		return nil, err
	}
	var heads []entente.LedgerHead
	for _, a := range agreements {
		if !a.Agreement.Has(self) || !a.Agreement.Has(partner) {
			continue
		}
		ch := entente.Channel{Agreement: a.Agreement.ID, From: self, To: partner}
		for _, c := range []entente.Channel{ch, ch.Back()} {
			h, err := tx.Head(c.Origin())
			if err != nil {
				return nil, err
			}
			heads = append(heads, h)
		}
	}
	return heads, nil
}

// Compared takes note of a partner's heads, whoever asked. It returns those of
// our own ledgers of which the partner holds more than we do: we lost records,
// and nothing is appended before they are recovered.
func (o *Outbox) Compared(ctx context.Context, partner entente.PartyID, theirs []entente.LedgerHead) (behind []entente.LedgerHead, err error) {
	sizes := map[entente.Channel]int64{}
	var forked []string
	err = o.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		behind, forked = nil, nil
		clear(sizes)
		ours, err := Heads(tx, o.cfg.Self, partner)
		if err != nil {
			return err
		}
		known := map[string]entente.Channel{}
		agreements, err := tx.Agreements()
		if err != nil {
			return err
		}
		for _, a := range agreements {
			ch := entente.Channel{Agreement: a.Agreement.ID, From: o.cfg.Self, To: partner}
			known[ch.Origin()], known[ch.Back().Origin()] = ch, ch.Back()
		}
		for _, head := range theirs {
			ch, ok := known[head.Origin]
			if !ok {
				continue // an agreement that we do not have (yet): nothing of ours is in it
			}
			standing, err := o.stand(tx, ch, head)
			if ch.From == partner && errors.Is(err, entente.Unverified) {
				continue // signed with a key whose notice is still on its way: each delivery is checked anyway
			}
			if err != nil {
				return err
			}
			switch {
			case standing == ledger.Fork:
				forked = append(forked, head.Origin)
				evidence := append(append([]byte{}, head.Checkpoint...), headOf(ours, head.Origin).Checkpoint...)
				if err := tx.PutSetting(SplitView(head.Origin), evidence); err != nil {
					return err
				}
			case ch.From == o.cfg.Self && standing == ledger.Behind:
				back, err := o.takeBack(tx, head)
				if err != nil {
					return err
				}
				if !back {
					behind = append(behind, head)
					continue
				}
				sizes[ch] = head.Size
			case ch.From == o.cfg.Self:
				sizes[ch] = head.Size
				if err := requeue(tx, ch, head.Size, o.now()); err != nil {
					return err
				}
			}
		}
		return o.noteComparison(tx, partner, behind)
	})
	if err != nil {
		return nil, err
	}
	for _, origin := range forked {
		o.cfg.Log.Error("outbox: a ledger here and at a partner contradict each other; both checkpoints are kept", "ledger", origin, "partner", partner)
	}
	if len(behind) == 0 {
		o.mu.Lock()
		o.peer(partner).compared = o.now()
		o.mu.Unlock()
		for ch, size := range sizes {
			o.setHeldBy(partner, ch, size)
		}
	}
	return behind, nil
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

// stand compares one head; the owner's key may be of an earlier edition.
func (o *Outbox) stand(tx entente.Tx, ch entente.Channel, head entente.LedgerHead) (ledger.Standing, error) {
	editions, err := tx.PartyEditions(ch.From)
	if err != nil {
		return 0, err
	}
	var first error
	for i := len(editions) - 1; i >= 0; i-- {
		standing, err := ledger.Compare(tx, head, editions[i].Party)
		if _, split := errors.AsType[*ledger.SplitView](err); err == nil || split {
			return standing, nil
		}
		if first == nil {
			first = err
		}
	}
	return 0, first
}

func headOf(heads []entente.LedgerHead, origin string) entente.LedgerHead {
	for _, h := range heads {
		if h.Origin == origin {
			return h
		}
	}
	return entente.LedgerHead{}
}

// requeue sends again what the partner held once and has lost: a receipt of
// ours says that he had it, his ledger says that he has it no more. Messages are
// listed by their ids, which do not rise with their places: a draft may have
// waited long for its release.
func requeue(tx entente.Tx, ch entente.Channel, from int64, at time.Time) error {
	head, err := tx.Head(ch.Origin())
	if err != nil {
		return err
	}
	waiting, err := waitingIn(tx, ch, from)
	if err != nil {
		return err
	}
	missing := head.Size - from - int64(len(waiting))
	q := entente.MessageQuery{Direction: entente.Outgoing, Partner: ch.To, Agreement: ch.Agreement, Limit: 500}
	for missing > 0 {
		page, err := tx.Messages(q)
		if err != nil || len(page) == 0 {
			return err // what lies in dead letters, or was lost here, is not found
		}
		for _, f := range page {
			if h := f.Message.Header; h.Seq < from || waiting[h.ID] {
				continue
			}
			missing--
			if err := sendAgain(tx, f, at); err != nil {
				return err
			}
		}
		q.Before = page[len(page)-1].Message.Header.ID
	}
	return nil
}

// waitingIn lists what waits in a channel from a place on.
func waitingIn(tx entente.QueueStore, ch entente.Channel, from int64) (map[entente.MessageID]bool, error) {
	items, err := tx.Queue(ch.To, 0)
	waiting := map[entente.MessageID]bool{}
	for _, i := range items {
		if i.Channel == ch && i.Seq >= from {
			waiting[i.Message] = true
		}
	}
	return waiting, err
}

// sendAgain queues a message that has a receipt. What was refused for good stays
// in the dead letters.
func sendAgain(tx entente.Tx, f entente.Filed, at time.Time) error {
	h := f.Message.Header
	if _, err := tx.Receipt(h.ID); errors.Is(err, entente.NotFound) {
		return nil
	} else if err != nil {
		return err
	}
	err := tx.Enqueue(entente.QueueItem{Message: h.ID, Partner: h.To, Channel: h.Channel(), Seq: h.Seq, Precedence: h.Precedence, Queued: at})
	if errors.Is(err, entente.Conflict) {
		return nil // received first, refused when it came again: a dead letter, too
	}
	return err
}

func (o *Outbox) noteComparison(tx entente.Tx, partner entente.PartyID, behind []entente.LedgerHead) error {
	line, err := tx.Line(partner)
	if err != nil {
		return err
	}
	if len(behind) > 0 {
		line.Blocked = "our ledger " + behind[0].Origin + " is shorter than the copy that " + string(partner) + " holds: records are being recovered"
	} else {
		line.Blocked, line.Compared = "", o.now()
	}
	return tx.PutLine(line)
}

// forked holds back a channel whose ledger the partner has shown to be forked:
// what is added to it could not be proven. Other agreements go on, and so does
// the next one between the same parties, under a new id.
func forked(tx entente.Tx, ch entente.Channel) error {
	_, err := tx.Setting(SplitView(ch.Origin()))
	if errors.Is(err, entente.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return &entente.Error{Kind: entente.Denied, Reason: entente.ReasonSplitView, Detail: "our ledger " + ch.Origin() + " and the copy that " + string(ch.To) + " holds contradict each other", Hint: "both checkpoints are kept as evidence; the overseers of both sides look, and the parties go on under an agreement with a new id"}
}

// SplitView is the setting that keeps both checkpoints of a ledger that was
// shown in two versions.
func SplitView(origin string) string { return "split-view:" + origin }

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
