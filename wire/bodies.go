package wire

import (
	"strconv"
	"time"

	"entente"
	"entente/parse"
)

// Limits of what one exchange carries. They are part of the protocol: a sender
// that keeps them is understood by every node.
const (
	MaxBody       = 8 << 20 // bytes of JSON, either way
	MaxDeliveries = 256
	MaxRecords    = 8192 // of one answer, and of Delivery.Before
	MaxHeads      = 1024
	maxCheckpoint = 4 << 10
	maxReceipt    = 16 << 10
	maxRefusal    = 4 << 10
	maxOrigin     = 256
)

// A body is what is asked or answered, as JSON. What it says is checked as far
// as its form goes; meaning is for inbox and outbox.
type body interface{ check() error }

// readBody reads a body in canonical form.
func readBody[T body](b []byte) (T, error) {
	v, err := parse.Canonical[T](b, MaxBody)
	if err == nil {
		err = v.check()
	}
	if err != nil {
		var zero T
		return zero, err
	}
	return v, nil
}

// writeBody checks what we say as we check what others say.
func writeBody(v body) ([]byte, error) {
	if err := v.check(); err != nil {
		return nil, err
	}
	b, err := parse.Encode(v)
	if err == nil && len(b) > MaxBody {
		err = bad("", "it is larger than one exchange carries", entente.ReasonTooLarge)
	}
	return b, err
}

// deliveries go to a recipient, pushed or collected.
type deliveries struct {
	Deliveries []delivery `json:"deliveries"`
}

type delivery struct {
	Envelope   []byte           `json:"envelope"`   // base64 of the encoded envelope
	Checkpoint string           `json:"checkpoint"` // the signed note
	Before     []entente.Digest `json:"before,omitzero"`
	First      string           `json:"first,omitzero"` // the recipient's own first receipt
}

func (d deliveries) check() error {
	if err := atMost("deliveries", len(d.Deliveries), MaxDeliveries); err != nil {
		return err
	}
	for i, x := range d.Deliveries {
		at := "deliveries[" + strconv.Itoa(i) + "]."
		if len(x.Envelope) == 0 {
			return bad(at+"envelope", "it is empty", entente.ReasonMalformed)
		}
		if err := text(at+"checkpoint", x.Checkpoint, maxCheckpoint); err != nil {
			return err
		}
		if err := atMost(at+"before", len(x.Before), MaxRecords); err != nil {
			return err
		}
		if x.First != "" {
			if err := text(at+"first", x.First, maxReceipt); err != nil {
				return err
			}
		}
	}
	return nil
}

// settlements go back to the sender.
type settlements struct {
	Settlements []settlement `json:"settlements"`
}

type settlement struct {
	Envelope entente.Digest `json:"envelope"`
	Receipt  string         `json:"receipt,omitzero"` // the text of a tlog-proof
	Refusal  string         `json:"refusal,omitzero"` // the signed note
}

func (s settlements) check() error {
	if err := atMost("settlements", len(s.Settlements), MaxDeliveries); err != nil {
		return err
	}
	for i, x := range s.Settlements {
		at := "settlements[" + strconv.Itoa(i) + "]"
		switch {
		case (x.Receipt == "") == (x.Refusal == ""):
			return bad(at, "it has to hold either a receipt or a refusal", entente.ReasonMalformed)
		case len(x.Receipt) > maxReceipt:
			return bad(at+".receipt", "it is too long", entente.ReasonTooLarge)
		case len(x.Refusal) > maxRefusal:
			return bad(at+".refusal", "it is too long", entente.ReasonTooLarge)
		}
	}
	return nil
}

// collect asks for what waits.
type collect struct {
	Max int `json:"max"`
}

func (c collect) check() error { return within("max", int64(c.Max), 1, MaxDeliveries) }

// heads are the newest states of ledgers.
type heads struct {
	Heads []head `json:"heads"`
}

type head struct {
	Origin     string `json:"origin"`
	Size       int64  `json:"size"`
	Checkpoint string `json:"checkpoint,omitzero"` // the owner's signed note; none while the ledger is empty
	Cosigned   string `json:"cosigned,omitzero"`   // the newest receipt on it
	// What the ledger's owner has lost of it: the records up to size.
	Tail []entente.Digest `json:"tail,omitzero"`
}

func (h heads) check() error {
	if err := atMost("heads", len(h.Heads), MaxHeads); err != nil {
		return err
	}
	for i, x := range h.Heads {
		at := "heads[" + strconv.Itoa(i) + "]."
		if err := text(at+"origin", x.Origin, maxOrigin); err != nil {
			return err
		}
		if err := within(at+"size", x.Size, 0, maxPlace); err != nil {
			return err
		}
		if len(x.Checkpoint) > maxCheckpoint {
			return bad(at+"checkpoint", "it is too long", entente.ReasonTooLarge)
		}
		if len(x.Cosigned) > maxReceipt {
			return bad(at+"cosigned", "it is too long", entente.ReasonTooLarge)
		}
		if err := atMost(at+"tail", len(x.Tail), MaxRecords); err != nil {
			return err
		}
	}
	return nil
}

// maxPlace keeps arithmetic on places and offsets far from overflow.
const maxPlace = 1 << 52

// span asks for a stretch of a ledger.
type span struct {
	Origin string `json:"origin"`
	First  int64  `json:"first"`
	N      int    `json:"n"`
}

func (s span) check() error {
	if err := text("origin", s.Origin, maxOrigin); err != nil {
		return err
	}
	if err := within("first", s.First, 0, maxPlace); err != nil {
		return err
	}
	return within("n", int64(s.N), 1, MaxRecords)
}

// records are a stretch of a ledger.
type records struct {
	Records []entente.Digest `json:"records"`
}

func (r records) check() error { return atMost("records", len(r.Records), MaxRecords) }

// held says how much of a file has come.
type held struct {
	Held int64 `json:"held"`
}

func (h held) check() error { return within("held", h.Held, 0, maxPlace) }

// Hello is how a node introduces itself to a party that it knows.
type Hello struct {
	Protocol string          `json:"protocol"`
	Party    entente.PartyID `json:"party"`
	Edition  int             `json:"edition"` // of its descriptor
	Time     time.Time       `json:"time"`    // UTC, whole microseconds
}

func (h Hello) check() error {
	if err := text("protocol", h.Protocol, 64); err != nil {
		return err
	}
	if _, err := entente.ParsePartyID(string(h.Party)); err != nil {
		return bad("party", "it is not the id of a party", entente.ReasonMalformed)
	}
	if _, err := parse.Time(parse.FormatTime(h.Time)); err != nil || h.Time.Nanosecond()%1000 != 0 || h.Time.Location() != time.UTC {
		return bad("time", "it is not a time in the form of the protocol", entente.ReasonMalformed)
	}
	return within("edition", int64(h.Edition), 1, 1<<31-1)
}

func bad(field, detail string, why entente.Reason) error {
	return &entente.Error{Kind: entente.Invalid, Field: field, Detail: detail, Reason: why}
}

func atMost(field string, n, max int) error {
	if n > max {
		return bad(field, "there are more than "+strconv.Itoa(max), entente.ReasonTooLarge)
	}
	return nil
}

func within(field string, n, least, most int64) error {
	if n < least || n > most {
		return bad(field, "it is not between "+strconv.FormatInt(least, 10)+" and "+strconv.FormatInt(most, 10), entente.ReasonMalformed)
	}
	return nil
}

func text(field, s string, max int) error {
	if s == "" {
		return bad(field, "it is missing", entente.ReasonMalformed)
	}
	if len(s) > max {
		return bad(field, "it is too long", entente.ReasonTooLarge)
	}
	return nil
}
