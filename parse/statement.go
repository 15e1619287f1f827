package parse

import (
	"slices"

	"entente"
)

// Statement reads what is said in a message. A kind that this version does not
// accept is refused as such, whatever body comes with it.
func Statement(b []byte) (entente.Statement, error) {
	s, err := Canonical[entente.Statement](b, MaxStatement)
	if err != nil {
		type outline struct {
			Kind entente.Kind `json:"kind"`
		}
		if len(b) <= MaxStatement && shallow(b) {
			if o, ok := peek[outline](b); ok && o.Kind != "" && !slices.Contains(entente.Kinds, o.Kind) {
				return entente.Statement{}, unknownKind(o.Kind)
			}
		}
		return entente.Statement{}, err
	}
	if err := CheckStatement(s); err != nil {
		return entente.Statement{}, err
	}
	return s, nil
}

// EncodeStatement checks a statement and encodes it.
func EncodeStatement(s entente.Statement) ([]byte, error) {
	if err := CheckStatement(s); err != nil {
		return nil, err
	}
	b, err := Encode(s)
	if err != nil {
		return nil, err
	}
	if len(b) > MaxStatement {
		return nil, tooLarge("statement", len(b), MaxStatement)
	}
	return b, nil
}

// CheckStatement holds a statement to the rules of the format and gives the
// first field that breaks one, with the reason "invalid-statement" or "kind".
// It asks no agreement: package policy does.
func CheckStatement(s entente.Statement) error {
	c := &checker{reason: entente.ReasonStatement}
	c.statement(s)
	return c.Err()
}

func (c *checker) statement(s entente.Statement) {
	if !slices.Contains(entente.Kinds, s.Kind) {
		c.err = unknownKind(s.Kind)
		return
	}
	var p *path
	c.message(p.dot("id"), s.ID)
	c.slug(p.dot("purpose"), string(s.Purpose))
	oneOf(c, p.dot("precedence"), s.Precedence, entente.Precedences)
	c.re(p.dot("re"), s)
	c.caveats(p.dot("caveats"), s.Caveats)
	c.body(p, s)
	c.attachments(p.dot("attachments"), s)
}

func unknownKind(k entente.Kind) *entente.Error {
	e := &entente.Error{
		Kind: entente.Invalid, Field: "kind", Detail: "this version has no such kind of message",
		Hint: "send a tip, an acknowledgement, a disposition, a note or a notice", Reason: entente.ReasonKind,
	}
	if slices.Contains(entente.LaterKinds, k) {
		e.Detail = "messages of kind " + string(k) + " are not built yet: this version neither sends nor accepts them"
	}
	return e
}

// re checks the message that this one answers. What is owed for a message names it.
func (c *checker) re(p *path, s entente.Statement) {
	switch {
	case s.Re != "":
		c.message(p, s.Re)
		if s.Re == s.ID {
			c.bad(p, "a message cannot answer itself", "")
		}
	case entente.ClassOf(s.Kind) == entente.ClassDuty:
		c.bad(p, "it does not say which message it answers", "name the message")
	}
}

// body checks that the body is there which the kind names, and no other.
func (c *checker) body(p *path, s entente.Statement) {
	for _, b := range []struct {
		kind    entente.Kind
		present bool
	}{
		{entente.KindTip, s.Tip != nil},
		{entente.KindAcknowledgement, s.Acknowledgement != nil},
		{entente.KindDisposition, s.Disposition != nil},
		{entente.KindNote, s.Note != nil},
		{entente.KindNotice, s.Notice != nil},
	} {
		if b.present != (b.kind == s.Kind) {
			detail := "a message of kind " + string(s.Kind) + " has no such part"
			if !b.present {
				detail = "the message says that it is of this kind, and this part is missing"
			}
			c.bad(p.dot(string(b.kind)), detail, "")
			return
		}
	}
	p = p.dot(string(s.Kind))
	switch s.Kind {
	case entente.KindTip:
		c.tip(p, *s.Tip, s.Purpose)
	case entente.KindAcknowledgement:
		oneOf(c, p.dot("role"), s.Acknowledgement.Role, entente.Roles)
	case entente.KindDisposition:
		c.disposition(p, *s.Disposition)
	case entente.KindNote:
		c.text(p.dot("text"), s.Note.Text, maxText)
	case entente.KindNotice:
		c.notice(p, *s.Notice)
	}
}

func (c *checker) caveats(p *path, v entente.Caveats) {
	maybeOneOf(c, p.dot("tlp"), v.TLP, entente.TLPs)
	maybeOneOf(c, p.dot("pap"), v.PAP, entente.PAPs)
	maybeOneOf(c, p.dot("onward"), v.Onward, entente.Onwards)
	maybeOneOf(c, p.dot("court_use"), v.CourtUse, entente.CourtUses)
	c.purposes(p.dot("purposes"), v.Purposes)
	c.maybeUTC(p.dot("until"), v.Until)
}

func (c *checker) purposes(p *path, list []entente.Purpose) {
	c.few(p, len(list), maxPurposes)
	for i, v := range list {
		c.slug(p.at(i), string(v))
	}
	unique(c, p, list)
}
