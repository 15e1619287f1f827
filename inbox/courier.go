package inbox

import (
	"context"
	"errors"
	"io"
	"slices"

	"entente"
	"entente/courier"
	"entente/policy"
	"entente/record"
)

// Unpack takes in a courier file: its envelopes are accepted as on the wire, its
// files kept, its receipts handed to settle. Our answers go back in the next
// file that is packed for the partner. The same file twice changes nothing and
// gives the same answers.
func (i *Inbox) Unpack(ctx context.Context, by entente.Officer, r io.ReaderAt, size int64) (from entente.PartyID, answered int, err error) {
	log := record.Log{Party: i.cfg.Self, Key: i.cfg.Keys.Ledger.Signer()}
	act := record.Act{By: by, Operation: entente.OpCourierImport, Object: "courier file", At: i.now()}
	var was unpacked
	act.Result = &was
	end, ctx, done, err := record.Long(ctx, i.cfg.Store, act, func() error { return nil })
	if err != nil || done {
		return was.From, was.Answered, err
	}
	if err := record.Do(ctx, i.cfg.Store, log, act, func(entente.Tx) error { return nil }); err != nil {
		return "", 0, err
	}
	pouch, err := courier.Open(r, size, i.cfg.Self, func(c courier.Claim) (ps []entente.Party, err error) {
		err = i.cfg.Store.View(ctx, func(tx entente.Tx) error {
			ps, err = i.packers(tx, c)
			return err
		})
		return ps, err
	})
	if err != nil {
		return "", 0, err
	}
	// First of all who the sender is now: the rest may be signed with new keys.
	newest, err := i.meet(ctx, pouch)
	if err != nil {
		return "", 0, err
	}
	// What does not hold of the answers keeps nothing else out.
	var broken error
	if len(pouch.Settlements) > 0 {
		broken = i.cfg.Settle(ctx, pouch.From, pouch.Settlements)
	}
	if newest {
		broken = errors.Join(broken, i.compareByCourier(ctx, &pouch))
	}
	var answers []entente.Settlement
	for batch := range slices.Chunk(pouch.Deliveries, collectBatch) {
		got, err := i.acceptVia(ctx, pouch.From, batch, entente.ViaCourier)
		if err != nil {
			return pouch.From, 0, err
		}
		answers = append(answers, got...)
	}
	// First of all the answers: one damaged file holds up neither them nor the other files.
	if err := i.keepAnswers(ctx, pouch, answers); err != nil {
		return pouch.From, 0, err
	}
	for _, f := range pouch.Files {
		broken = errors.Join(broken, i.unpackFile(ctx, pouch.From, f))
	}
	if broken == nil {
		broken = i.cfg.Store.Update(ctx, func(tx entente.Tx) error { return end.Keep(tx, act.At, unpacked{pouch.From, len(answers)}) })
	}
	return pouch.From, len(answers), broken
}

// compareByCourier takes note of the heads. What proves itself counts whatever the
// date of the file; where the ledgers stood when counts only by a date that can be.
func (i *Inbox) compareByCourier(ctx context.Context, p *courier.Pouch) error {
	if policy.Ahead(p.Made, i.now()) {
		p.Made = i.now()
		return &entente.Error{
			Kind: entente.Unavailable, Field: "made", Detail: "the courier file is dated ahead of our clock: its envelopes and answers were taken in, what it says of the ledgers was not",
			Hint: "check the time service of both nodes, and take the file in again",
		}
	}
	if i.cfg.ComparedByCourier == nil {
		return nil
	}
	return i.cfg.ComparedByCourier(ctx, p.From, p.Heads, p.Made)
}

// unpacked is what came of a courier file.
type unpacked struct {
	From     entente.PartyID
	Answered int
}

// keepAnswers has the answers ready for the next file to the partner.
func (i *Inbox) keepAnswers(ctx context.Context, p courier.Pouch, answers []entente.Settlement) error {
	key := courier.AnswersKey(p.From)
	return i.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		kept, err := tx.Setting(key)
		if err != nil && !errors.Is(err, entente.NotFound) {
			return err
		}
		if kept, err = courier.AddAnswers(kept, p.Made, answers); err != nil {
			return err
		}
		return tx.PutSetting(key, kept)
	})
}

func (i *Inbox) unpackFile(ctx context.Context, from entente.PartyID, f courier.File) error {
	held, size, err := i.Held(ctx, from, f.Digest)
	if errors.Is(err, entente.NotFound) {
		return nil // its message was refused: nobody expects the file
	}
	if err != nil || held == size {
		return err
	}
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	if _, err := io.CopyN(io.Discard, r, held); err != nil {
		return err
	}
	_, err = i.Add(ctx, from, f.Digest, held, r)
	return err
}
