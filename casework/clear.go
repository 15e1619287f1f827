package casework

import (
	"context"

	"entente"
	"entente/screen"
)

// RevokeClearing takes back that somebody was cleared: he hits again, also with
// what came in before, and the hit on which he was cleared is asked about anew.
func (d *Desk) RevokeClearing(ctx context.Context, by entente.Officer, id entente.ClearingID, reason string) error {
	reason, err := checkText("reason", reason, "say why he is to be looked at again")
	if err != nil {
		return err
	}
	return d.do(ctx, by, entente.OpRevokeClearing, "clearing "+string(id), func(tx entente.Tx) error {
		c, err := tx.Clearing(id)
		if err != nil {
			return err
		}
		if c.Revoked != nil {
			return &entente.Error{Kind: entente.Conflict, Detail: "the clearing was revoked already"}
		}
		c.Revoked = &entente.Revoking{By: by.ID, At: d.now(), Reason: reason}
		if err := tx.PutClearing(c); err != nil {
			return err
		}
		if err := screen.Reconsider(tx, c.Target, d.now()); err != nil {
			return err
		}
		return screen.Mark(tx, c.Target)
	})
}
