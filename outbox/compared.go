package outbox

import (
	"context"
	"errors"
	"time"

	"entente"
	"entente/ledger"
)

// Compared takes note of a partner's heads, no matter who asked. It returns those of
// our own ledgers of which the partner holds more than we do, if we were restored:
// the records are fetched, and nothing is sealed for it until they are judged.
func (o *Outbox) Compared(ctx context.Context, partner entente.PartyID, theirs []entente.LedgerHead) (behind []entente.LedgerHead, err error) {
	var c *comparison
	err = o.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		c = &comparison{o: o, partner: partner, sizes: map[entente.Channel]int64{}}
		if c.restore, err = Restoring(tx); err != nil {
			return err
		}
		known, err := o.channels(tx, partner)
		if err != nil {
			return err
		}
		for _, head := range theirs {
			ch, ok := known[head.Origin]
			if !ok {
				if err := c.unknown(tx, head); err != nil {
					return err
				}
				continue
			}
			if err := c.take(tx, ch, head); err != nil {
				return err
			}
		}
		return c.note(tx, theirs)
	})
	if err != nil {
		return nil, err
	}
	for _, origin := range c.forked {
		o.cfg.Log.Error("outbox: a ledger here and at a partner contradict each other; both checkpoints are kept", "ledger", origin, "partner", partner)
	}
	for _, origin := range c.grown {
		o.cfg.Log.Error("outbox: a ledger of ours grew by another hand; nothing was taken, and the channel is stopped", "ledger", origin, "partner", partner)
	}
	for _, origin := range c.ended {
		o.cfg.Log.Warn("outbox: a partner shows a checkpoint of ours under keys that have ended; it is not counted", "ledger", origin, "partner", partner)
	}
	if len(c.behind) > 0 || c.waits {
		o.uncompare(partner)
		return c.behind, nil
	}
	o.mu.Lock()
	o.peer(partner).compared = o.now()
	o.mu.Unlock()
	for ch, size := range c.sizes {
		o.setHeldBy(partner, ch, size)
	}
	return nil, nil
}

// ComparedByCourier is Compared for what a courier brought: it counts if it was
// made after we were restored, and after what the courier brought before.
func (o *Outbox) ComparedByCourier(ctx context.Context, partner entente.PartyID, theirs []entente.LedgerHead, made time.Time) error {
	key := "courier-compared:" + string(partner)
	stale := false
	err := o.cfg.Store.View(ctx, func(tx entente.Tx) error {
		stale = false
		for _, k := range []string{entente.RestoredSince, key} {
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

// channels gives the channels that may be between us and a partner, by the
// names of their ledgers.
func (o *Outbox) channels(tx entente.AgreementStore, partner entente.PartyID) (map[string]entente.Channel, error) {
	agreements, err := tx.Agreements()
	known := map[string]entente.Channel{}
	for _, a := range agreements {
		ch := entente.Channel{Agreement: a.Agreement.ID, From: o.cfg.Self, To: partner}
		known[ch.Origin()], known[ch.Back().Origin()] = ch, ch.Back()
	}
	return known, err
}

// comparison is what one transaction finds of a partner's heads.
type comparison struct {
	o       *Outbox
	partner entente.PartyID
	restore *Restoration              // that is under way, or nil
	sizes   map[entente.Channel]int64 // how much of each of our channels the partner holds
	behind  []entente.LedgerHead      // those of our own ledgers whose records are to be fetched
	forked  []string
	grown   []string
	ended   []string
	lacks   string // after a restore: what must come here first
	waits   bool   // after a restore: the partner is not done
}

func (c *comparison) take(tx entente.Tx, ch entente.Channel, head entente.LedgerHead) error {
	theirs, err := c.o.openHead(tx, head)
	if ch.From == c.partner && (errors.Is(err, entente.Unverified) || err == nil && !theirs.counts) {
		return nil // signed with a key whose notice is still on its way, or that ended: each delivery is checked anyway
	}
	if err != nil && c.restore != nil && errors.Is(err, entente.Unverified) {
		c.lacks = string(c.partner) + " shows " + head.Origin + " under an edition of our descriptor that is not here: add that descriptor with  entente party add"
		return nil
	}
	if err != nil {
		return err
	}
	if !theirs.counts {
		return c.retired(tx, head)
	}
	standing, err := ledger.Compare(tx, theirs.Checkpoint)
	if _, split := errors.AsType[*ledger.SplitView](err); err != nil && !split {
		return err
	}
	if standing == ledger.Fork {
		return c.split(tx, ch, head)
	}
	if ch.From == c.partner {
		return c.o.endTail(tx, ch, head)
	}
	if standing == ledger.Behind {
		return c.longer(tx, head, theirs)
	}
	c.sizes[ch] = head.Size
	if err := refill(tx, ch, head.Lacks, c.o.now()); err != nil {
		return err
	}
	return requeue(tx, ch, head.Size, c.o.now())
}

// split keeps two histories as evidence, which stops the channel. Where the owner's
// newest end note has our history, an edition that it ended proves nothing.
func (c *comparison) split(tx entente.Tx, ch entente.Channel, head entente.LedgerHead) error {
	known, err := ledger.KnownOf(tx, ch)
	if err != nil {
		return err
	}
	if _, by, err := known.OpenCheckpoint(head.Checkpoint); ch.From == c.partner && (err != nil || known.Ended(by.Party.Edition)) {
		return nil
	}
	c.forked = append(c.forked, head.Origin)
	ours, err := tx.Head(head.Origin)
	if err != nil {
		return err
	}
	_, err = ledger.KeepSplit(tx, head.Origin, ours.Checkpoint, head.Checkpoint)
	return err
}

// longer judges a copy of our ledger that is longer than ours. If nothing was lost
// here, another hand has our keys: nothing is taken, the channel stops, and the
// signed checkpoint is kept as proof.
func (c *comparison) longer(tx entente.Tx, head entente.LedgerHead, theirs shown) error {
	have, err := tx.Head(head.Origin)
	if err != nil {
		return err
	}
	before, err := foundIn(tx, head.Origin)
	if err != nil || before.known(head, have.Size) {
		return err
	}
	if c.restore == nil {
		c.grown = append(c.grown, head.Origin)
		return putFound(tx, Found{Origin: head.Origin, Partner: c.partner, First: have.Size, Size: head.Size, Checkpoint: head.Checkpoint, At: c.o.now(), Alarm: true})
	}
	if known := have.Size - (head.Size - int64(len(head.Tail))); len(head.Tail) > 0 && known >= 0 && known < int64(len(head.Tail)) {
		return c.o.takeBack(tx, c.restore, c.partner, theirs.Checkpoint, have.Size, head.Tail[known:])
	}
	c.behind = append(c.behind, head)
	return nil
}

// retired keeps a longer copy of our ledger that somebody signed with keys of ours
// after they ended. It does not count and stops nothing; people see it, because
// those keys are in other hands.
func (c *comparison) retired(tx entente.Tx, head entente.LedgerHead) error {
	before, err := foundIn(tx, head.Origin)
	if err != nil || before != nil {
		return err
	}
	c.ended = append(c.ended, head.Origin)
	return putFound(tx, Found{Origin: head.Origin, Partner: c.partner, Size: head.Size, Checkpoint: head.Checkpoint, At: c.o.now(), Ended: true})
}

// unknown judges a ledger under an agreement that is not here. A partner may have
// the agreement before us; but if our key signed in it, it is lost here.
func (c *comparison) unknown(tx entente.Tx, head entente.LedgerHead) error {
	ch, ok := channelOf(head.Origin)
	if !ok || ch.From != c.o.cfg.Self || ch.To != c.partner || head.Size == 0 {
		return nil
	}
	if theirs, err := c.o.openHead(tx, head); err != nil || !theirs.counts {
		return nil
	}
	if c.restore == nil {
		c.grown = append(c.grown, head.Origin)
		return putFound(tx, Found{Origin: head.Origin, Partner: c.partner, Size: head.Size, Checkpoint: head.Checkpoint, At: c.o.now(), Alarm: true})
	}
	c.lacks = string(c.partner) + " holds records of ours under the agreement " + string(ch.Agreement) + ", which is not here: add it with  entente agreement add"
	return nil
}

// note keeps when a partner was compared, and after a restore how far it is.
func (c *comparison) note(tx entente.Tx, theirs []entente.LedgerHead) error {
	line, err := tx.Line(c.partner)
	if err != nil {
		return err
	}
	line.Compared = c.o.now()
	if err := tx.PutLine(line); err != nil {
		return err
	}
	if c.restore == nil {
		return nil
	}
	if _, waits := c.restore.Waits[c.partner]; !waits {
		return nil
	}
	c.waits = true
	switch {
	case len(c.behind) > 0:
		return c.o.block(tx, c.partner, "our ledger "+c.behind[0].Origin+" is shorter than the copy that "+string(c.partner)+" holds: the records are being fetched")
	case c.lacks != "":
		return c.o.block(tx, c.partner, c.lacks)
	case len(c.forked) > 0:
		c.restore.Waits[c.partner] = WaitsEdition
		if err := c.restore.keep(tx); err != nil {
			return err
		}
		return c.o.block(tx, c.partner, "our ledger "+c.forked[0]+" and the copy that "+string(c.partner)+" holds contradict each other: "+newEditionSays)
	}
	if err := c.o.allShown(tx, c.partner, theirs); err != nil {
		return err
	}
	if err := c.o.judge(tx, c.restore, c.partner); err != nil {
		return err
	}
	_, c.waits = c.restore.Waits[c.partner]
	return nil
}

// allShown holds that a partner has shown its copy of every ledger of ours that
// goes to it. If silence could unblock a line after a restore, it could have us
// fork a ledger that it keeps to itself, and prove it against us.
func (o *Outbox) allShown(tx entente.Tx, partner entente.PartyID, theirs []entente.LedgerHead) error {
	ours, err := Heads(tx, o.cfg.Self, partner)
	if err != nil {
		return err
	}
	for _, h := range ours {
		ch, _ := channelOf(h.Origin)
		if ch.From != o.cfg.Self || headOf(theirs, h.Origin).Origin != "" {
			continue
		}
		if _, err := tx.Agreement(ch.Agreement, 0); errors.Is(err, entente.NotFound) {
			continue // not signed by all: it may not have it
		} else if err != nil {
			return err
		}
		return &entente.Error{Kind: entente.Unavailable, Field: "heads", Detail: string(partner) + " does not say how long its copy of " + h.Origin + " is", Hint: "nothing is released before it does: ask its people whether they have the agreement in force"}
	}
	return nil
}
