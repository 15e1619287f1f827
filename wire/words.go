package wire

import (
	"strconv"
	"time"

	"entente"
	"entente/parse"
)

// What is small, and what people look at, is JSON in canonical form.

// checked is a body of JSON that checks its own values.
type checked interface{ check() error }

// held says how much of a file has come.
type held struct {
	Held int64 `json:"held"`
}

func (held) media() string  { return typeJSON }
func (h held) check() error { return within("held", h.Held, 0, maxPlace) }

// maxPlace keeps arithmetic on offsets far from overflow.
const maxPlace = parse.MaxWhole

// done is the answer that says only that it is done.
type done struct{}

func (done) media() string { return typeJSON }
func (done) check() error  { return nil }

// Hello is how a node introduces itself to a party that it knows.
type Hello struct {
	Protocol string          `json:"protocol"`
	Party    entente.PartyID `json:"party"`
	Edition  int             `json:"edition"` // of its descriptor
	// What the descriptor of that edition says of what the node reads. It is not
	// signed here, and nothing is decided by it.
	Speaks     []int          `json:"speaks,omitzero"`
	Accepts    []entente.Kind `json:"accepts,omitzero"`
	Extensions []string       `json:"extensions,omitzero"`
	Time       time.Time      `json:"time"` // UTC, whole microseconds
}

func (Hello) media() string { return typeJSON }

func (h Hello) check() error {
	if h.Protocol == "" || len(h.Protocol) > 64 {
		return bad("protocol", "it is missing or too long", entente.ReasonMalformed)
	}
	if _, err := entente.ParsePartyID(string(h.Party)); err != nil {
		return bad("party", "it is not the id of a party", entente.ReasonMalformed)
	}
	if _, err := parse.Time(parse.FormatTime(h.Time)); err != nil || h.Time.Nanosecond()%1000 != 0 || h.Time.Location() != time.UTC {
		return bad("time", "it is not a time in the form of the protocol", entente.ReasonMalformed)
	}
	if err := parse.CheckAbilities(h.Speaks, h.Accepts, h.Extensions); err != nil {
		return err
	}
	return within("edition", int64(h.Edition), 1, parse.MaxWhole)
}

func bad(field, detail string, why entente.Reason) error {
	return &entente.Error{Kind: entente.Invalid, Field: field, Detail: detail, Reason: why}
}

func within(field string, n, least, most int64) error {
	if n < least || n > most {
		return bad(field, "it is not between "+strconv.FormatInt(least, 10)+" and "+strconv.FormatInt(most, 10), entente.ReasonMalformed)
	}
	return nil
}
