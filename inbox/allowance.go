package inbox

import (
	"context"
	"errors"
	"time"

	"entente"
	"entente/parse"
)

// Allowance is how much of one party is taken in a day, and how much is kept of
// what is not taken. Zero fields take the default.
type Allowance struct {
	Messages int   // in a day; default 20,000
	Bytes    int64 // in a day, of envelopes and of the files that they name; default 64 GiB
	Refusals int   // kept of envelopes that never fitted the ledger; default 1000
}

func (a Allowance) filled() Allowance {
	if a.Messages == 0 {
		a.Messages = 20_000
	}
	if a.Bytes == 0 {
		a.Bytes = 64 << 30
	}
	if a.Refusals == 0 {
		a.Refusals = 1000
	}
	return a
}

const day = 24 * time.Hour

// Usage is what a party has used of its allowance since a day began.
type Usage struct {
	Since    time.Time `json:"since"`
	Messages int       `json:"messages"`
	Bytes    int64     `json:"bytes"`
	Turned   time.Time `json:"turned,omitzero"` // when something was last put off for it
}

// usageKey is the setting that keeps a party's usage: it outlives a restart, and
// holds for all processes of a node.
func usageKey(p entente.PartyID) string { return "usage:" + string(p) }

// UsageOf reads what a party has used of today's allowance.
func UsageOf(tx entente.SettingStore, p entente.PartyID, now time.Time) (Usage, error) {
	u := Usage{Since: now}
	b, err := tx.Setting(usageKey(p))
	if errors.Is(err, entente.NotFound) {
		return u, nil
	}
	if err != nil {
		return u, err
	}
	kept, err := parse.Canonical[Usage](b, 1<<10)
	if err != nil || now.Before(kept.Since) || now.Sub(kept.Since) >= day { // before: our clock was set back
		return u, err
	}
	return kept, nil
}

func (u Usage) keep(tx entente.SettingStore, p entente.PartyID) error {
	b, err := parse.Encode(u)
	if err != nil {
		return err
	}
	return tx.PutSetting(usageKey(p), b)
}

// room holds an envelope against what is left of the day. What is over it has no
// place yet and comes again: nothing is lost, it waits.
func (u *Usage) room(a Allowance, now time.Time) error {
	field := ""
	switch {
	case u.Messages >= a.Messages:
		field = entente.FieldMessagesADay
	case u.Bytes >= a.Bytes:
		field = entente.FieldBytesADay
	default:
		return nil
	}
	u.Turned = now
	return refusal(entente.ReasonBusy, field, "the sender has used up what is taken of it in a day")
}

// count adds what was taken of an envelope that has its place now.
func (u *Usage) count(a *arrival) {
	u.Messages++
	u.Bytes += int64(len(a.Envelope)) + a.files
}

// tidyEvery is how many refusals of what has no place in the ledger are kept
// before the oldest are looked for.
const tidyEvery = 64

// tidy lets the oldest of a party's refusals go that never had a place in a
// ledger. Those that have one are history on both sides and stay.
func (i *Inbox) tidy(ctx context.Context, from entente.PartyID, more int) {
	if more == 0 {
		return
	}
	i.mu.Lock()
	n, known := i.garbage[from]
	n += more
	due := n >= tidyEvery || !known // not known: since the start, which may come often
	if due {
		n = 0
	}
	i.garbage[from] = n
	i.mu.Unlock()
	if !due {
		return
	}
	err := i.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		return errors.Join(tx.DropRefusals(from, i.cfg.Allowance.Refusals), tx.DropRefusals("", i.cfg.Allowance.Refusals))
	})
	if err != nil && ctx.Err() == nil {
		i.cfg.Log.Warn("inbox: old refusals cannot be cleared away", "from", from, "err", err)
	}
}
