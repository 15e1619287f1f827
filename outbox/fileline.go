package outbox

import (
	"context"
	"slices"
	"sync"
	"time"

	"entente"
)

// fileLine is when files are handed to a partner. It is a line of its own, so
// that no warning waits behind a film; and in this process's own time, since
// what is lost with it is only patience.
type fileLine struct {
	busy bool
	wait time.Duration
	next time.Time
}

// startFiles starts to hand over files to partners whose turn it is.
func (o *Outbox) startFiles(ctx context.Context, working *sync.WaitGroup) {
	for _, partner := range o.awaitFiles(ctx) {
		if !o.claimFiles(partner) {
			continue
		}
		working.Go(func() {
			defer o.unclaimFiles(partner)
			if err := o.sendFiles(ctx, partner); err != nil && ctx.Err() == nil {
				o.cfg.Log.Info("outbox: files put off", "partner", partner, "err", err)
			}
		})
	}
}

// awaitFiles lists the partners that we can call and that lack files.
func (o *Outbox) awaitFiles(ctx context.Context) []entente.PartyID {
	var out []entente.PartyID
	err := o.cfg.Store.View(ctx, func(tx entente.Tx) error {
		out = nil
		files, err := tx.ToHandOver("")
		if err != nil {
			return err
		}
		for _, f := range files {
			if slices.Contains(out, f.Partner) {
				continue
			}
			p, err := tx.Party(f.Partner)
			if err != nil {
				return err
			}
			if !p.Party.DialsOut() {
				out = append(out, f.Partner)
			}
		}
		return nil
	})
	if err != nil && ctx.Err() == nil {
		o.cfg.Log.Error("outbox: cannot read which files are to be handed over", "err", err)
	}
	return out
}

// claimFiles takes the file line of a partner for one goroutine.
func (o *Outbox) claimFiles(p entente.PartyID) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	l := &o.peer(p).files
	if l.busy || time.Now().Before(l.next) {
		return false
	}
	l.busy = true
	return true
}

// unclaimFiles gives it back. It is used again, twice as late each time, until
// every file has its custody notice.
func (o *Outbox) unclaimFiles(p entente.PartyID) {
	o.mu.Lock()
	defer o.mu.Unlock()
	l := &o.peer(p).files
	l.busy = false
	l.wait = min(longest, max(2*l.wait, time.Second))
	l.next = time.Now().Add(l.wait)
	time.AfterFunc(l.wait, o.Wake)
}

// freshFiles has the file line of a partner used at once: there may be new files.
func (o *Outbox) freshFiles(p entente.PartyID) {
	o.mu.Lock()
	defer o.mu.Unlock()
	l := &o.peer(p).files
	l.wait, l.next = 0, time.Time{}
}
