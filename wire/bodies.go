package wire

import (
	"entente"
	"entente/ledger"
	"entente/parse"
)

// Limits of what one exchange carries. They are part of the protocol: a sender
// that keeps them is understood by every node.
const (
	MaxBody       = 8 << 20 // bytes, either way
	MaxDeliveries = 256
	MaxRecords    = 8192 // of one answer, of Delivery.Before and of LedgerHead.Tail
	MaxHeads      = 1024
	MaxEnds       = 64 // end notes of one delivery
	maxEnd        = 4 << 10
	maxRefusal    = 4 << 10
	maxOrigin     = 130 // "entente/", three slugs of 40 characters, two slashes
)

// A body is what is asked or answered. What it says is checked as far as its form
// goes; meaning is for inbox and outbox.
type body interface{ media() string }

// A raw body describes its own form.
type raw interface{ code(*coder) }

// readBody reads a body in its one form.
func readBody[T body](b []byte) (T, error) {
	var v, none T
	if r, ok := any(&v).(raw); ok {
		c := &coder{b: b}
		r.code(c)
		c.end()
		if c.err != nil {
			return none, c.err
		}
		return v, nil
	}
	v, err := parse.Canonical[T](b, MaxBody)
	if err == nil {
		err = any(v).(checked).check()
	}
	if err != nil {
		return none, err
	}
	return v, nil
}

// writeBody checks what we say as we check what others say.
func writeBody[T body](v T) (b []byte, err error) {
	if r, ok := any(&v).(raw); ok {
		c := &coder{writing: true}
		r.code(c)
		b, err = c.b, c.err
	} else if err = any(v).(checked).check(); err == nil {
		b, err = parse.Encode(v)
	}
	if err == nil && len(b) > MaxBody {
		err = bad("", "it is larger than one exchange carries", entente.ReasonTooLarge)
	}
	if err != nil {
		return nil, err
	}
	return b, nil
}

// typeRaw names the sort of a raw body and the version of its form.
func typeRaw(sort string) string { return "application/vnd.entente." + sort + "; v=1" }

// deliveries go to a recipient, pushed or collected.
type deliveries []entente.Delivery

func (deliveries) media() string { return typeRaw("deliveries") }

func (d *deliveries) code(c *coder) {
	list(c, "deliveries", (*[]entente.Delivery)(d), 2, MaxDeliveries, func(x *entente.Delivery) {
		c.bytes("envelope", &x.Envelope, 4, 1, MaxBody)
		c.bytes("checkpoint", &x.Checkpoint, 2, 1, ledger.MaxCheckpoint)
		c.digests("before", &x.Before)
		c.bytes("first", &x.First, 2, 0, ledger.MaxReceipt)
		items(c, "ends", &x.Ends, 1, MaxEnds, func(end *[]byte) { c.bytes("ends", end, 2, 1, maxEnd) })
	})
}

// settlements go back to the sender.
type settlements []entente.Settlement

func (settlements) media() string { return typeRaw("settlements") }

const (
	isReceipt = 1
	isRefusal = 2
)

func (s *settlements) code(c *coder) {
	list(c, "settlements", (*[]entente.Settlement)(s), 2, MaxDeliveries, func(x *entente.Settlement) {
		c.digest("envelope", &x.Envelope)
		sort := int64(isReceipt)
		if len(x.Receipt) == 0 {
			sort = isRefusal
		}
		if len(x.Receipt) > 0 && len(x.Refusal) > 0 {
			c.fail("refusal", "it has to hold either a receipt or a refusal", entente.ReasonMalformed)
		}
		c.number("answer", &sort, 1, isReceipt, isRefusal)
		if sort == isReceipt {
			c.bytes("receipt", &x.Receipt, 2, 1, ledger.MaxReceipt)
		} else {
			c.bytes("refusal", &x.Refusal, 2, 1, maxRefusal)
		}
	})
}

// heads are the newest states of ledgers.
type heads []entente.LedgerHead

func (heads) media() string { return typeRaw("heads") }

func (h *heads) code(c *coder) {
	list(c, "heads", (*[]entente.LedgerHead)(h), 2, MaxHeads, func(x *entente.LedgerHead) {
		c.text("origin", &x.Origin)
		c.number("size", &x.Size, 8, 0, ledger.MaxSize)
		c.bytes("checkpoint", &x.Checkpoint, 2, 0, ledger.MaxCheckpoint)
		if (x.Size == 0) != (len(x.Checkpoint) == 0) {
			c.fail("checkpoint", "a ledger has a checkpoint if it is not empty, and then alone", entente.ReasonMalformed)
		}
		c.bytes("receipt", &x.Cosigned, 2, 0, ledger.MaxReceipt)
		c.digests("tail", &x.Tail)
		least := int64(0) // places rise, each once
		items(c, "lacks", &x.Lacks, 2, entente.MaxLacks, func(place *int64) {
			c.number("lacks", place, 8, least, x.Size-1)
			least = *place + 1
		})
	})
}

// text codes the name of a ledger.
func (c *coder) text(field string, s *string) {
	b := []byte(*s)
	c.bytes(field, &b, 1, 1, maxOrigin)
	if !c.writing {
		*s = string(b)
	}
}

// collect asks for what waits.
type collect struct{ max int64 }

func (collect) media() string { return typeRaw("collect") }

func (q *collect) code(c *coder) { c.number("max", &q.max, 2, 1, MaxDeliveries) }

// span asks for a stretch of a ledger.
type span struct {
	origin   string
	first, n int64
}

func (span) media() string { return typeRaw("span") }

func (q *span) code(c *coder) {
	c.text("origin", &q.origin)
	c.number("first", &q.first, 8, 0, ledger.MaxSize)
	c.number("n", &q.n, 2, 1, MaxRecords)
}

// records are a stretch of a ledger.
type records []entente.Digest

func (records) media() string { return typeRaw("records") }

func (r *records) code(c *coder) { c.digests("records", (*[]entente.Digest)(r)) }

// fit gives the deliveries, from the first on, that go into one body. The first
// always goes: an envelope has a bound of its own that is well below MaxBody.
func fit(ds []entente.Delivery) []entente.Delivery {
	room := MaxBody - 2
	for i, d := range ds[:min(len(ds), MaxDeliveries)] {
		if room -= sizeOf(d); room < 0 && i > 0 {
			return ds[:i]
		}
	}
	return ds[:min(len(ds), MaxDeliveries)]
}

// sizeOf is what a delivery takes in a body.
func sizeOf(d entente.Delivery) int {
	n := 4 + len(d.Envelope) + 2 + len(d.Checkpoint) + 2 + len(d.Before)*len(entente.Digest{}) + 2 + len(d.First) + 1
	for _, end := range d.Ends {
		n += 2 + len(end)
	}
	return n
}
