package inbox

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"

	"entente"
)

// Carrier fetches from a partner's door what waits for us there: for a node
// that partners cannot call.
type Carrier interface {
	Collect(ctx context.Context, from entente.Party, most int) ([]entente.Delivery, error)
	Settle(ctx context.Context, to entente.Party, answers []entente.Settlement) error
	FetchFile(ctx context.Context, from entente.Party, file entente.Digest, offset int64) (io.ReadCloser, error)
}

// collectBatch is how many envelopes are fetched at once.
const collectBatch = 64

// Collect fetches what waits at a partner, files it and brings the receipts,
// until nothing waits; then the files. What was filed before a break is answered
// again with its first receipt.
func (i *Inbox) Collect(ctx context.Context, c Carrier, from entente.Party) (int, error) {
	n, err := i.collectPost(ctx, c, from)
	return n, errors.Join(err, i.fetchFiles(ctx, c, from))
}

// collectPost fetches envelopes. A partner that hands out the same again,
// whatever it is told, does not keep us busy: the rest is for the next time.
func (i *Inbox) collectPost(ctx context.Context, c Carrier, from entente.Party) (int, error) {
	total := 0
	seen := map[entente.Digest]bool{}
	for ctx.Err() == nil {
		ds, err := c.Collect(ctx, from, collectBatch)
		if err != nil || len(ds) == 0 {
			return total, err
		}
		answers, err := i.Accept(ctx, from.ID, ds)
		if err != nil {
			return total, err
		}
		if err := c.Settle(ctx, from, answers); err != nil {
			return total, err
		}
		settled := 0
		for _, a := range answers {
			if len(a.Receipt) > 0 && !seen[a.Envelope] {
				seen[a.Envelope] = true
				settled++
			}
		}
		total += settled
		if settled == 0 {
			return total, nil // only refusals: what can be tried again is, next time
		}
	}
	return total, ctx.Err()
}

// RunCollect collects from every partner that can be called, again and again.
// The post and the files of each are errands of their own: a partner that is
// slow holds up none of the others, and a film no warning.
func (i *Inbox) RunCollect(ctx context.Context, c Carrier, every time.Duration) {
	var work sync.WaitGroup
	defer work.Wait()
	var busy sync.Map // of errands
	start := func(p entente.Party, what string, do func() error) {
		errand := what + " of " + string(p.ID)
		if _, already := busy.LoadOrStore(errand, true); already {
			return
		}
		work.Go(func() {
			defer busy.Delete(errand)
			if err := do(); err != nil && ctx.Err() == nil {
				i.cfg.Log.Info("inbox: not all was collected", "errand", errand, "err", err)
			}
		})
	}
	for {
		for _, p := range i.doors(ctx) {
			start(p, "post", func() error { _, err := i.collectPost(ctx, c, p); return err })
			start(p, "files", func() error { return i.fetchFiles(ctx, c, p) })
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(every):
		}
	}
}

// doors lists the partners that can be called.
func (i *Inbox) doors(ctx context.Context) (out []entente.Party) {
	err := i.cfg.Store.View(ctx, func(tx entente.Tx) error {
		out = nil
		parties, err := tx.Parties()
		for _, p := range parties {
			if p.Party.ID != i.cfg.Self && !p.Party.DialsOut() {
				out = append(out, p.Party)
			}
		}
		return err
	})
	if err != nil && ctx.Err() == nil {
		i.cfg.Log.Error("inbox: cannot read the parties", "err", err)
	}
	return out
}

// fetchFiles gets what is missing of files that the partner announced.
func (i *Inbox) fetchFiles(ctx context.Context, c Carrier, from entente.Party) error {
	var open []entente.AttachmentRecord
	err := i.cfg.Store.View(ctx, func(tx entente.Tx) (err error) {
		open, err = tx.Attachments("", "")
		return err
	})
	if err != nil {
		return err
	}
	var broken error
	for _, rec := range open {
		if rec.Partner != from.ID {
			continue
		}
		err := i.fetchFile(ctx, c, from, rec)
		if errors.Is(err, entente.Unavailable) || ctx.Err() != nil {
			return errors.Join(broken, err)
		}
		broken = errors.Join(broken, err) // one damaged file holds up none of the others
	}
	return broken
}

func (i *Inbox) fetchFile(ctx context.Context, c Carrier, from entente.Party, rec entente.AttachmentRecord) error {
	body, err := c.FetchFile(ctx, from, rec.Digest, rec.Held)
	if errors.Is(err, entente.NotFound) {
		return nil // it is being handed over another way, or is gone there
	}
	if err != nil {
		return err
	}
	_, err = i.Add(ctx, from.ID, rec.Digest, rec.Held, body)
	return errors.Join(err, body.Close())
}
