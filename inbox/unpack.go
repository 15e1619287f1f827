package inbox

import (
	"context"
	"runtime"
	"sync"

	"entente"
	"entente/seal"
)

// parcel is a delivery with what could be found out about it ahead of the
// transaction. To read, verify and decrypt takes most of the time that an
// envelope needs and nothing of the store, which others wait for meanwhile.
//
// Nothing is decided here: take asks every question in its turn and finds some
// of the answers at hand.
type parcel struct {
	entente.Delivery
	digest   entente.Digest
	envelope *seal.Unopened // nil: it could not be read
	unread   error          // why
	opened   *seal.Opened   // nil: it has not been opened yet, or could not be
}

// readParcel reads an envelope. Nothing is verified but its form.
func readParcel(d entente.Delivery) parcel {
	p := parcel{Delivery: d}
	if p.envelope, p.unread = seal.Read(d.Envelope); p.unread != nil {
		p.digest = seal.Name(d.Envelope)
		return p
	}
	p.digest = p.envelope.Digest()
	return p
}

// unpack reads deliveries, and opens them on every core where there are several.
func (i *Inbox) unpack(ctx context.Context, from entente.PartyID, ds []entente.Delivery) ([]parcel, error) {
	parcels := make([]parcel, len(ds))
	if len(ds) == 1 {
		parcels[0] = readParcel(ds[0]) // to look the keys up twice would take longer
		return parcels, nil
	}
	var senders, selves []entente.PartyRecord
	err := i.cfg.Store.View(ctx, func(tx entente.Tx) (err error) {
		if senders, err = tx.PartyEditions(from); err != nil {
			return err
		}
		selves, err = tx.PartyEditions(i.cfg.Self)
		return err
	})
	if err != nil {
		return nil, err
	}
	var work sync.WaitGroup
	cores := min(runtime.GOMAXPROCS(0), len(ds))
	for core := range cores {
		work.Go(func() {
			for n := core; n < len(ds); n += cores {
				parcels[n] = readParcel(ds[n])
				parcels[n].open(senders, selves, i.cfg.Keys.SealKeys())
			}
		})
	}
	work.Wait()
	return parcels, nil
}

// open opens the envelope under the descriptors that its header names, if they
// are there and it can be.
func (p *parcel) open(senders, selves []entente.PartyRecord, keys []seal.SealKey) {
	if p.envelope == nil {
		return
	}
	h := p.envelope.Header()
	sender, known := edition(senders, h.FromEdition)
	self, ours := edition(selves, h.ToEdition)
	if !known || !ours {
		return
	}
	if opened, err := p.envelope.Open(sender, self, keys...); err == nil {
		p.opened = &opened
	}
}

// edition gives the edition of that name.
func edition(editions []entente.PartyRecord, name entente.Digest) (entente.PartyRecord, bool) {
	for _, e := range editions {
		if e.Edition == name {
			return e, true
		}
	}
	return entente.PartyRecord{}, false
}
