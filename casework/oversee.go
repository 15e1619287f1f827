package casework

import (
	"context"

	"entente"
	"entente/prove"
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

// Check is what one ledger proved of itself, or what the messages did together, or
// one message that does not hold.
type Check struct {
	Origin string // of the ledger; "messages", or "message 0196…"
	Size   int64  // records, or messages
	Holds  bool
	Says   string // a sentence
}

// Verify recomputes every ledger from its records and compares it with its
// checkpoint and with what was kept of contradictions; the access log, entry by
// entry; and of every message statement, envelope, receipt and place. What does not
// hold is listed, and the rest is checked all the same.
func (d *Desk) Verify(ctx context.Context, by entente.Officer) ([]Check, error) {
	var out []Check
	err := d.look(ctx, by, entente.OpVerify, "ledgers", func(tx entente.Tx) error {
		out = nil
		restored, err := entente.WasRestored(tx)
		if err != nil {
			return err
		}
		found, err := prove.Audit(tx, d.cfg.Self, restored)
		for _, f := range found {
			out = append(out, Check{Origin: f.Thing, Size: f.Size, Holds: f.Holds, Says: f.Says})
		}
		return err
	})
	return out, err
}
