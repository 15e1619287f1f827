package parse

import (
	"entente"
)

// Statement reads what is said in a message, of any kind. The head, the
// references, the attachments and the extensions are held to the rules. The body
// of a kind that this version does not accept is held to the one form of JSON
// alone and stays as it came, in Unread: ask [Judge] before anything is done
// with a statement.
func Statement(b []byte) (entente.Statement, error) {
	s, err := Canonical[entente.Statement](b, MaxStatement)
	if err != nil {
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
// first field that breaks one, with the reason "invalid-statement",
// "unknown-field" or "malformed". It asks no agreement: package policy does.
func CheckStatement(s entente.Statement) error {
	c := &checker{reason: entente.ReasonStatement}
	c.statement(s)
	return c.Err()
}

// statement checks the head before the body, so that a reader who cannot judge
// the body has judged all else.
func (c *checker) statement(s entente.Statement) {
	var p *path
	c.message(p.dot("id"), s.ID)
	c.slug(p.dot("kind"), string(s.Kind))
	c.slug(p.dot("purpose"), string(s.Purpose))
	oneOf(c, p.dot("precedence"), s.Precedence, entente.Precedences)
	c.refs(p.dot("refs"), s)
	c.caveats(p.dot("caveats"), s.Caveats)
	c.attachments(p.dot("attachments"), s)
	c.extensions(p.dot("extensions"), s.Extensions)
	c.body(p, s)
}

// body checks that the body is there which the kind names, and no other.
func (c *checker) body(p *path, s entente.Statement) {
	for _, r := range entente.Rooms {
		if r.Accepted() && r.Kind != s.Kind && r.In(&s) != nil {
			c.bad(p.dot(string(r.Kind)), "a message of kind "+string(s.Kind)+" has no such part", "")
			return
		}
	}
	accepted := entente.Rooms.Accepts(s.Kind)
	for _, k := range keys(s.Unread) {
		if accepted || k != s.Kind {
			c.badFor(entente.ReasonUnknownField, p.dot(tame(string(k))), "this version has no such field", "")
			return
		}
	}
	if s.Body() == nil && len(s.Unread) == 0 {
		c.bad(p.dot(string(s.Kind)), "the message says that it is of this kind, and this part is missing", "")
		return
	}
	p = p.dot(string(s.Kind))
	if accepted {
		bodies[s.Kind](c, p, s)
		return
	}
	c.generic(p, s.Unread[s.Kind])
}

// bodies has the rules for the body of each kind that this version accepts.
var bodies = map[entente.Kind]func(*checker, *path, entente.Statement){
	entente.KindTip:             func(c *checker, p *path, s entente.Statement) { c.tip(p, *s.Tip, s.Purpose) },
	entente.KindAcknowledgement: func(c *checker, p *path, s entente.Statement) { c.acknowledgement(p, *s.Acknowledgement) },
	entente.KindDisposition:     func(c *checker, p *path, s entente.Statement) { c.disposition(p, *s.Disposition) },
	entente.KindNote:            func(c *checker, p *path, s entente.Statement) { c.note(p, *s.Note) },
	entente.KindNotice:          func(c *checker, p *path, s entente.Statement) { c.notice(p, *s.Notice) },
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
