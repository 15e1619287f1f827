package outbox

import (
	"context"
	"errors"
	"strings"
	"time"

	"entente"
	"entente/ledger"
)

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
	var ours []entente.LedgerHead
	lost := false
	err := o.cfg.Store.View(ctx, func(tx entente.Tx) (err error) {
		lost = false
		if ours, err = Heads(tx, o.cfg.Self, to.ID); err != nil {
			return err
		}
		for i, h := range ours {
			theirs := headOf(theirs, h.Origin)
			missing := h.Size - theirs.Size
			if ch, ok := channelOf(h.Origin); !ok || ch.From != to.ID || theirs.Origin == "" || missing <= 0 || missing > recordsPage {
				continue
			}
			if ours[i].Tail, err = tx.Records(h.Origin, theirs.Size, int(missing)); err != nil {
				return err
			}
			lost = true
		}
		return nil
	})
	if err != nil || !lost {
		return err
	}
	_, err = o.cfg.Carrier.Compare(ctx, to, ours)
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
			if c.To == self {
				if h.Lacks, err = ledger.Lacks(tx, h.Origin); err != nil {
					return nil, err
				}
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
	var c *comparison
	err = o.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		c = &comparison{o: o, partner: partner, sizes: map[entente.Channel]int64{}}
		known, err := o.channels(tx, partner)
		if err != nil {
			return err
		}
		for _, head := range theirs {
			ch, ok := known[head.Origin]
			if !ok {
				continue // an agreement that we do not have (yet): nothing of ours is in it
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
	if len(c.behind) > 0 {
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
	sizes   map[entente.Channel]int64 // how much of each of our channels he holds
	behind  []entente.LedgerHead      // those of our own ledgers of which he holds more than we do
	forked  []string
}

func (c *comparison) take(tx entente.Tx, ch entente.Channel, head entente.LedgerHead) error {
	standing, err := stand(tx, ch, head)
	if ch.From == c.partner && errors.Is(err, entente.Unverified) {
		return nil // signed with a key whose notice is still on its way: each delivery is checked anyway
	}
	if err != nil {
		return err
	}
	if standing == ledger.Fork {
		c.forked = append(c.forked, head.Origin)
		ours, err := tx.Head(head.Origin)
		if err != nil {
			return err
		}
		_, err = ledger.KeepSplit(tx, head.Origin, ours.Checkpoint, head.Checkpoint)
		return err
	}
	if ch.From == c.partner {
		return nil
	}
	if standing == ledger.Behind {
		back, err := c.o.takeBack(tx, head)
		if err == nil && !back {
			c.behind = append(c.behind, head)
		}
		if err != nil || !back {
			return err
		}
	}
	c.sizes[ch] = head.Size
	if err := refill(tx, ch, head.Lacks, c.o.now()); err != nil {
		return err
	}
	return requeue(tx, ch, head.Size, c.o.now())
}

// stand compares one head; the owner's key may be of an earlier edition.
func stand(tx entente.Tx, ch entente.Channel, head entente.LedgerHead) (ledger.Standing, error) {
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

// note blocks the line to the partner, or unblocks it.
func (c *comparison) note(tx entente.Tx, theirs []entente.LedgerHead) error {
	line, err := tx.Line(c.partner)
	if err != nil {
		return err
	}
	if len(c.behind) > 0 {
		line.Blocked = "our ledger " + c.behind[0].Origin + " is shorter than the copy that " + string(c.partner) + " holds: records are being recovered"
		return tx.PutLine(line)
	}
	if line.Blocked != "" {
		if err := c.o.allShown(tx, c.partner, theirs); err != nil {
			return err
		}
	}
	line.Blocked, line.Compared = "", c.o.now()
	return tx.PutLine(line)
}

// allShown holds that a partner has shown his copy of every ledger of ours that
// goes to him. If silence could unblock a line after a restore, he could have us
// fork a ledger that he keeps to himself, and prove it against us.
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
			continue // not signed by all: he may not have it
		} else if err != nil {
			return err
		}
		return &entente.Error{Kind: entente.Unavailable, Field: "heads", Detail: string(partner) + " does not say how long its copy of " + h.Origin + " is", Hint: "nothing is released before it does: ask its people whether they have the agreement in force"}
	}
	return nil
}
