package parse

import "entente"

var (
	natures = []entente.Nature{entente.NatureFact, entente.NatureAssessment}
	sexes   = []entente.Sex{"M", "F", "X"}
)

// subjects checks the people of a tip and gives their ids, for claims and links
// to refer to.
func (c *checker) subjects(p *path, list []entente.Subject) ids {
	c.few(p, len(list), maxSubjects)
	own, births := ids{}, ids{}
	for i, v := range list {
		p := p.at(i)
		c.id(p.dot("id"), v.ID, 's', own)
		if len(v.Names)+len(v.Documents)+len(v.Identifiers) == 0 {
			c.bad(p.dot("names"), "the subject has no name", "write at least one, in the script in which it is known, or give a document or an identifier")
		}
		c.names(p.dot("names"), v.Names)
		c.births(p.dot("births"), v.Births, births)
		maybeOneOf(c, p.dot("sex"), v.Sex, sexes)
		c.nationalities(p.dot("nationalities"), v.Nationalities)
		c.maybeLine(p.dot("residence"), v.Residence, maxName)
		c.documents(p.dot("documents"), v.Documents)
		c.identifiers(p.dot("identifiers"), v.Identifiers)
	}
	return own
}

func (c *checker) names(p *path, list []entente.Name) {
	c.few(p, len(list), maxNames)
	for i, v := range list {
		p := p.at(i)
		c.line(p.dot("text"), v.Text, maxName)
		if v.Script != "" {
			c.script(p.dot("script"), v.Script)
		}
		maybeOneOf(c, p.dot("use"), v.Use, entente.NameUses)
	}
}

// script holds s to the form of an ISO 15924 code: one capital, three small letters.
func (c *checker) script(p *path, s string) {
	ok := len(s) == 4 && s[0] >= 'A' && s[0] <= 'Z'
	for i := 1; ok && i < 4; i++ {
		ok = s[i] >= 'a' && s[i] <= 'z'
	}
	if !ok {
		c.bad(p, "it is not a script code of ISO 15924", "write it as in \"Cyrl\", \"Latn\" or \"Arab\"")
	}
}

// births checks birth-date claims; their ids are unique in the whole message.
func (c *checker) births(p *path, list []entente.Birth, own ids) {
	c.few(p, len(list), maxNames)
	for i, v := range list {
		p := p.at(i)
		c.id(p.dot("id"), v.ID, 'b', own)
		if got, err := entente.ParsePartialDate(v.Date.String()); err != nil || got != v.Date {
			c.bad(p.dot("date"), "it is not a date that exists", "write it as YYYY, YYYY-MM or YYYY-MM-DD")
		}
		c.maybeLine(p.dot("place"), v.Place, maxName)
		c.grade(p.dot("grade"), v.Grade)
		oneOf(c, p.dot("nature"), v.Nature, natures)
	}
}

func (c *checker) nationalities(p *path, list []entente.Country) {
	c.few(p, len(list), maxCountries)
	for i, v := range list {
		c.country(p.at(i), v)
	}
	unique(c, p, list)
}

func (c *checker) documents(p *path, list []entente.Document) {
	c.few(p, len(list), maxNames)
	for i, v := range list {
		p := p.at(i)
		oneOf(c, p.dot("type"), v.Type, entente.DocumentTypes)
		c.line(p.dot("number"), v.Number, maxWord)
		if v.Country != "" {
			c.country(p.dot("country"), v.Country)
		}
	}
}

func (c *checker) identifiers(p *path, list []entente.Identifier) {
	c.few(p, len(list), maxIdentifiers)
	for i, v := range list {
		p := p.at(i)
		oneOf(c, p.dot("kind"), v.Kind, entente.IdentifierKinds)
		c.line(p.dot("value"), v.Value, maxName)
	}
}

func (c *checker) grade(p *path, g entente.Grade) {
	_, err := entente.ParseGrade(string(g))
	c.take(p, err)
}
