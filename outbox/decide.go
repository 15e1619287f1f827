package outbox

import (
	"context"
	"fmt"

	"entente"
)

// Decide records what the people of a partner say of records that it holds of a
// ledger of ours and that are not here. Ours are taken back; by says who asked. What
// is not ours stays with the partner, and a new edition says what stands.
func (o *Outbox) Decide(ctx context.Context, act, by entente.Officer, origin string, said Said) error {
	return o.do(ctx, act, entente.OpDecideRestore, fmt.Sprintf("records of %s: %s", origin, said), func(tx entente.Tx) error {
		f, err := foundIn(tx, origin)
		if err != nil {
			return err
		}
		if f == nil || f.Ended {
			return &entente.Error{Kind: entente.NotFound, Field: "ledger", Detail: "nothing was found in a ledger of that name that a person has to judge", Hint: "see  entente restore show"}
		}
		f.Said, f.By = said, by.ID
		if f.Alarm {
			return o.decideAlarm(tx, *f)
		}
		if said == SaidOurs {
			return o.ours(tx, *f)
		}
		if err := putFound(tx, *f); err != nil {
			return err
		}
		return o.judgeAgain(tx, f.Partner)
	})
}

// ours takes back records of which a person says that they are ours.
func (o *Outbox) ours(tx entente.Tx, f Found) error {
	if len(f.Records) == 0 {
		return &entente.Error{Kind: entente.Conflict, Field: "said", Detail: "what " + string(f.Partner) + " shows does not continue the ledger that is here", Hint: "say  not-ours: a new edition of our descriptor then picks the history that stands"}
	}
	head := entente.LedgerHead{Origin: f.Origin, Size: f.Size, Checkpoint: f.Checkpoint}
	theirs, err := o.openHead(tx, head)
	if err != nil {
		return err
	}
	if err := o.append(tx, theirs.Checkpoint, f.First, f.Records); err != nil {
		return err
	}
	if err := dropFound(tx, f.Origin); err != nil {
		return err
	}
	return o.judgeAgain(tx, f.Partner)
}

// decideAlarm judges a ledger that grew though nothing was restored. If it grew by
// our own hand, this machine was set back with its anchor: a restore begins that
// trusts no anchor, and each partner's copy is compared again.
func (o *Outbox) decideAlarm(tx entente.Tx, f Found) error {
	if f.Said == SaidNotOurs {
		return putFound(tx, f)
	}
	_, err := o.begin(tx, nil)
	return err
}

func (o *Outbox) judgeAgain(tx entente.Tx, partner entente.PartyID) error {
	r, err := Restoring(tx)
	if err != nil || r == nil {
		return err
	}
	return o.judge(tx, r, partner)
}
