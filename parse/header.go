package parse

import "entente"

// Version is the version of the protocol that this package speaks.
const Version = 1

// Classes lists the classes of messages.
var classes = []entente.Class{entente.ClassContent, entente.ClassDuty, entente.ClassDesk}

// Header reads the encoded header of a message. A header of another version is
// refused as such, whatever else it holds.
func Header(b []byte) (entente.Header, error) {
	h, err := Canonical[entente.Header](b, MaxHeader)
	if err != nil {
		type outline struct {
			Version int `json:"version"`
		}
		if o, ok := peek[outline](b[:min(len(b), MaxHeader)]); ok && o.Version != Version {
			return entente.Header{}, unknownVersion()
		}
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
	return Encode(h)
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
	c.party(p.dot("to"), h.To)
	if h.From == h.To {
		c.bad(p.dot("to"), "the message is addressed to its sender", "")
	}
	c.agreement(p.dot("agreement"), h.Agreement)
	if h.Epoch < 1 {
		c.bad(p.dot("epoch"), "epochs count from 1", "")
	}
	if h.Seq < 0 {
		c.bad(p.dot("seq"), "places in a ledger count from 0", "")
	}
	oneOf(c, p.dot("class"), h.Class, classes)
	oneOf(c, p.dot("precedence"), h.Precedence, entente.Precedences)
	c.utc(p.dot("created"), h.Created)
	c.utc(p.dot("expires"), h.Expires)
	if !h.Expires.After(h.Created) {
		c.bad(p.dot("expires"), "the message expires before it is created", "")
	}
	c.key(p.dot("sender_key"), h.SenderKey)
	c.key(p.dot("recipient_key"), h.RecipientKey)
	return c.Err()
}
