package scenario_test

import (
	"encoding/json"
	"testing"
	"time"

	"entente"
	"entente/api"
	"entente/internal/scenario"
)

// The last time that can be written is a time like any other, wherever a partner may
// write it: lists, messages and what is owed are answered.
func TestTheLastTimeThatCanBeWritten(t *testing.T) {
	r := newRepeats(t, func() string { return "" })
	author, releaser := r.borea.Officer(entente.Analyst), r.borea.Officer(entente.Releaser)
	out := r.borea.Node.Outbox
	last := time.Date(9999, 12, 31, 23, 59, 59, 999_999_000, time.UTC)
	d, err := out.Write(r.ctx, author, entente.Draft{To: r.albia.ID, Agreement: "north-star", Statement: entente.Statement{
		Kind: entente.KindTip, Purpose: "terrorism-prevention", Precedence: entente.Routine, Caveats: entente.Caveats{Until: last},
		Tip: &entente.Tip{Category: "attack-planning", Title: "A warning", Text: "A warning", Provenance: entente.Provenance{Attestation: "lawful"}},
	}})
	r.ok(err)
	d, err = out.Submit(r.ctx, author, d.ID, d.Version)
	r.ok(err)
	_, err = out.Release(r.ctx, releaser, d.ID, d.Digest())
	r.ok(err)
	r.arrives(d.ID)
	for _, a := range []*scenario.Agency{r.borea, r.albia} {
		c, err := api.New(a.Desk, r.signIn(a, entente.Analyst), nil)
		r.ok(err)
		items, err := c.Inbox(r.ctx, api.InboxQuery{})
		r.ok(err)
		m, err := c.Message(r.ctx, d.ID, "file 9/4")
		r.ok(err)
		b, err := json.Marshal(m)
		if err != nil || len(items) == 0 || len(b) == 0 {
			t.Errorf("%s: %d items, %v", a.ID, len(items), err)
		}
	}
}

// arrives waits until Albia has a message.
func (r *repeats) arrives(id entente.MessageID) {
	r.t.Helper()
	r.borea.Node.Outbox.Wake()
	for began := time.Now(); ; time.Sleep(10 * time.Millisecond) {
		err := r.albia.Store.View(r.ctx, func(tx entente.Tx) error { _, err := tx.Message(id); return err })
		if err == nil {
			return
		}
		if time.Since(began) > time.Minute {
			r.t.Fatal(err)
		}
	}
}
