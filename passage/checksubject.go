package passage

import (
	"entente"
)

// subject checks a traveller as package parse checks the subject of a message.
func (c *checker) subject(s *entente.Subject) {
	if s.ID != travellerID {
		c.bad(on("traveller.id"), "the only subject of an event has the id s1", "write \"s1\"")
	}
	if !findable(s) {
		c.bad(on("traveller.names"), "the traveller has neither a name nor a document nor a way to be reached", "give one of them: nothing else can be looked for")
	}
	c.few(on("traveller.names"), len(s.Names), maxList)
	for i := range s.Names {
		c.name(in("traveller.names", i), &s.Names[i])
	}
	c.births(s.Births)
	if s.Sex != "" && s.Sex != "M" && s.Sex != "F" && s.Sex != "X" {
		c.bad(on("traveller.sex"), "it is not M, F or X", "leave it out when it is not known")
	}
	c.few(on("traveller.nationalities"), len(s.Nationalities), maxNations)
	for i, n := range s.Nationalities {
		c.country(in("traveller.nationalities", i), n)
	}
	c.maybeLine(on("traveller.residence"), s.Residence, maxName)
	c.documents(s.Documents)
	c.few(on("traveller.identifiers"), len(s.Identifiers), maxList)
	for i, d := range s.Identifiers {
		at := in("traveller.identifiers", i)
		c.oneOf(at.dot("kind"), d.Kind, entente.IdentifierKinds)
		c.line(at.dot("value"), d.Value, maxName)
	}
}

func (c *checker) name(at spot, n *entente.Name) {
	c.line(at.dot("text"), n.Text, maxName)
	if n.Script != "" && !isScript(n.Script) {
		c.bad(at.dot("script"), "it is not a script code of ISO 15924", "write it as in \"Cyrl\"")
	}
	if n.Use != "" {
		c.oneOf(at.dot("use"), n.Use, entente.NameUses)
	}
}

func isScript(s string) bool {
	if len(s) != 4 || s[0] < 'A' || s[0] > 'Z' {
		return false
	}
	for i := 1; i < 4; i++ {
		if s[i] < 'a' || s[i] > 'z' {
			return false
		}
	}
	return true
}

func (c *checker) births(list []entente.Birth) {
	c.few(on("traveller.births"), len(list), maxList)
	for i := range list[:min(len(list), maxList)] {
		b, at := &list[i], in("traveller.births", i)
		if b.ID != birthIDs[i] {
			c.bad(at.dot("id"), "birth dates are numbered b1, b2 and so on", "")
		}
		if !exists(b.Date) {
			c.bad(at.dot("date"), "it is not a date that exists", "write it as YYYY, YYYY-MM or YYYY-MM-DD")
		}
		c.maybeLine(at.dot("place"), b.Place, maxName)
		_, err := entente.ParseGrade(string(b.Grade))
		c.take(at.dot("grade"), err)
		if b.Nature != entente.NatureFact && b.Nature != entente.NatureAssessment {
			c.bad(at.dot("nature"), "it is neither fact nor assessment", "")
		}
	}
}

func (c *checker) country(at spot, v entente.Country) {
	_, err := entente.ParseCountry(string(v))
	c.take(at, err)
}

func (c *checker) documents(list []entente.Document) {
	c.few(on("traveller.documents"), len(list), maxList)
	for i, d := range list {
		at := in("traveller.documents", i)
		c.oneOf(at.dot("type"), d.Type, entente.DocumentTypes)
		c.line(at.dot("number"), d.Number, maxWord)
		if d.Country != "" {
			c.country(at.dot("country"), d.Country)
		}
	}
}
