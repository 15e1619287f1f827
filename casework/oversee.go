package casework

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"entente"
	"entente/ledger"
	"entente/outbox"
)

// Refusals lists what we refused, newest first.
func (d *Desk) Refusals(ctx context.Context, by entente.Officer) ([]entente.Refusal, error) {
	var out []entente.Refusal
	err := d.look(ctx, by, entente.OpVerify, "refusals", func(tx entente.Tx) (err error) {
		out, err = tx.Refusals(entente.Outgoing, 500)
		return err
	})
	return out, err
}

// Check is what one ledger proved of itself.
type Check struct {
	Origin string
	Size   int64
	Holds  bool
	Says   string // a sentence
}

// Verify recomputes every ledger from its records and compares it with its
// checkpoint and with what was kept of contradictions; then the access log,
// entry by entry.
func (d *Desk) Verify(ctx context.Context, by entente.Officer) ([]Check, error) {
	var out []Check
	err := d.look(ctx, by, entente.OpVerify, "ledgers", func(tx entente.Tx) error {
		out = nil
		heads, err := tx.Heads()
		if err != nil {
			return err
		}
		for _, h := range heads {
			c, err := d.check(tx, h)
			if err != nil {
				return err
			}
			out = append(out, c)
		}
		return nil
	})
	return out, err
}

func (d *Desk) check(tx entente.Tx, h entente.LedgerHead) (Check, error) {
	c := Check{Origin: h.Origin, Size: h.Size}
	owner := d.cfg.Self
	if parts := strings.Split(h.Origin, "/"); len(parts) == 4 {
		owner = entente.PartyID(parts[2])
	}
	_, err := ledger.Recompute(tx, h.Origin)
	if err == nil {
		err = d.signed(tx, h, owner)
	}
	if err == nil && h.Origin == entente.AccessOrigin {
		err = d.entriesMatch(tx, h.Size)
	}
	switch {
	case err != nil && !errors.Is(err, entente.Unverified) && !errors.Is(err, entente.Invalid):
		return c, err
	case err != nil:
		c.Says = "It does not hold: " + err.Error() + ". Keep a copy of the data and compare with the partner's ledger."
		return c, nil
	}
	if _, err := tx.Setting(outbox.SplitView(h.Origin)); err == nil {
		c.Says = fmt.Sprintf("Our copy holds, but %s has shown a checkpoint that contradicts it. Both are kept as evidence.", owner)
		return c, nil
	} else if !errors.Is(err, entente.NotFound) {
		return c, err
	}
	c.Holds = true
	c.Says = fmt.Sprintf("%d records give exactly the checkpoint that %s signed.", h.Size, owner)
	if h.Size == 0 {
		c.Says = "Nothing has been written to it yet."
	}
	return c, nil
}

// signed holds the head's checkpoint against the keys of its owner, of any edition.
func (d *Desk) signed(tx entente.Tx, h entente.LedgerHead, owner entente.PartyID) error {
	if h.Size == 0 {
		return nil
	}
	editions, err := tx.PartyEditions(owner)
	if err != nil {
		return err
	}
	err = &entente.Error{Kind: entente.Unverified, Detail: "there is no descriptor of " + string(owner)}
	for i := len(editions) - 1; i >= 0; i-- {
		if _, err = ledger.OpenCheckpoint(h.Checkpoint, h.Origin, editions[i].Party); err == nil {
			return nil
		}
	}
	return err
}

// entriesMatch holds each entry of the access log against its leaf.
func (d *Desk) entriesMatch(tx entente.Tx, size int64) error {
	for before := size; before > 0; {
		page, err := tx.AccessLog(before, 1000)
		if err != nil {
			return err
		}
		if len(page) == 0 {
			return &entente.Error{Kind: entente.Unverified, Detail: fmt.Sprintf("the entries before number %d are missing from the access log", before)}
		}
		first := page[len(page)-1].Seq
		records, err := tx.Records(entente.AccessOrigin, first, len(page))
		if err != nil {
			return err
		}
		for n, e := range page {
			want := before - 1 - int64(n)
			if e.Seq != want || int(e.Seq-first) >= len(records) || records[e.Seq-first] != entente.DigestOf(e.Entry) {
				return &entente.Error{Kind: entente.Unverified, Detail: fmt.Sprintf("entry %d of the access log was changed or taken out", want)}
			}
		}
		before = first
	}
	return nil
}
