package parse

import (
	"bytes"
	"strconv"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"entente"
)

// Version is the version of the protocol that this package speaks.
const Version = 1

// Header reads the encoded header of a message. A header of another version is
// refused as such, whatever else it holds.
func Header(b []byte) (entente.Header, error) {
	if otherVersion(b[:min(len(b), MaxHeader)]) {
		return entente.Header{}, unknownVersion()
	}
	h, err := Canonical[entente.Header](b, MaxHeader)
	if err != nil {
		return entente.Header{}, err
	}
	if err := checkHeader(h); err != nil {
		return entente.Header{}, err
	}
	return h, nil
}

// EncodeHeader checks a header and encodes it.
func EncodeHeader(h entente.Header) ([]byte, error) {
	if err := checkHeader(h); err != nil {
		return nil, err
	}
	b, err := Encode(h)
	if err == nil && len(b) > MaxHeader {
		return nil, tooLarge("extensions", len(b), MaxHeader)
	}
	return b, err
}

// otherVersion reports whether an object names a version that is a number and not
// ours. It reads no further than the version.
func otherVersion(b []byte) bool {
	d := jsontext.NewDecoder(bytes.NewReader(b))
	if t, err := d.ReadToken(); err != nil || t.Kind() != '{' {
		return false
	}
	for {
		token, err := d.ReadToken()
		if err != nil || token.Kind() != '"' {
			return false
		}
		name := token.String()
		value, err := d.ReadValue()
		if err != nil {
			return false
		}
		if name == "version" {
			n, err := strconv.ParseFloat(string(value), 64)
			return value.Kind() == '0' && (err != nil || n != Version)
		}
	}
}

func unknownVersion() error {
	return &entente.Error{
		Kind: entente.Invalid, Field: "version", Detail: "this node speaks version 1 of the protocol only",
		Hint: "agree with the partner on a version that both have", Reason: entente.ReasonVersion,
	}
}

func checkHeader(h entente.Header) error {
	if h.Version != Version {
		return unknownVersion()
	}
	c := &checker{reason: entente.ReasonMalformed}
	var p *path
	c.message(p.dot("id"), h.ID)
	c.party(p.dot("from"), h.From)
	c.digest(p.dot("from_edition"), h.FromEdition)
	c.party(p.dot("to"), h.To)
	if h.From == h.To {
		c.bad(p.dot("to"), "the message is addressed to its sender", "")
	}
	c.digest(p.dot("to_edition"), h.ToEdition)
	c.agreement(p.dot("agreement"), h.Agreement)
	if h.Epoch < 1 || h.Epoch > MaxWhole {
		c.bad(p.dot("epoch"), "epochs count from 1 to 2^53-1", "")
	}
	c.digest(p.dot("terms"), h.Terms)
	if h.Seq < 0 || h.Seq > MaxSeq {
		c.bad(p.dot("seq"), "places in a ledger count from 0 to 2^40-1", "")
	}
	c.slug(p.dot("class"), string(h.Class))
	oneOf(c, p.dot("precedence"), h.Precedence, entente.Precedences)
	c.utc(p.dot("created"), h.Created)
	if h.Created.Before(firstCreated) {
		c.bad(p.dot("created"), "no message was written before the year 2000", "check the clock of the node")
	}
	c.expires(p.dot("expires"), h)
	c.digest(p.dot("content"), h.Content)
	c.extensions(p.dot("extensions"), h.Extensions)
	return c.Err()
}

// firstCreated is the earliest time at which a message can have been written.
var firstCreated = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// MaxExpiry is how long a message may wait for its recipient.
const MaxExpiry = 400 * 24 * time.Hour

// expires checks the end of a message. What is owed has none: it does not die.
func (c *checker) expires(p *path, h entente.Header) {
	switch {
	case h.Expires.IsZero():
	case h.Class == entente.ClassDuty:
		c.bad(p, "a message of the class duty does not expire", "leave it out")
	default:
		c.utc(p, h.Expires)
		if !h.Expires.After(h.Created) {
			c.bad(p, "the message expires before it is created", "")
		}
		if h.Expires.After(h.Created.Add(MaxExpiry)) {
			c.bad(p, "the message expires more than 400 days after it is created", "choose an earlier day")
		}
	}
}

// digest refuses a digest that is missing: SHA-256 of nothing that anybody knows.
func (c *checker) digest(p *path, d entente.Digest) {
	if d.IsZero() {
		c.bad(p, "the digest is missing", "")
	}
}
