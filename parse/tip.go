package parse

import "entente"

// tip checks the body of a tip.
func (c *checker) tip(p *path, t entente.Tip, purpose entente.Purpose) {
	c.line(p.dot("category"), t.Category, maxLabel)
	c.line(p.dot("title"), t.Title, maxTitle)
	c.text(p.dot("text"), t.Text, maxText)
	if purpose == entente.ThreatToLife {
		// It passes at every level of an agreement, so it must say whom it protects.
		c.text(p.dot("threat"), t.Threat, maxSentence)
	}
	c.maybeText(p.dot("threat"), t.Threat, maxSentence)
	subjects := c.subjects(p.dot("subjects"), t.Subjects)
	c.claims(p.dot("claims"), t.Claims, subjects)
	c.links(p.dot("links"), t.Links, subjects)
	c.places(p.dot("places"), t.Places)
	c.questions(p.dot("questions"), t.Questions)
	c.withheld(p.dot("withheld"), t.Withheld)
	c.provenance(p.dot("provenance"), t.Provenance)
	if t.TearLine != nil {
		p := p.dot("tear_line")
		c.text(p.dot("text"), t.TearLine.Text, maxText)
		oneOf(c, p.dot("tlp"), t.TearLine.TLP, entente.TLPs)
	}
}

func (c *checker) claims(p *path, list []entente.Claim, subjects ids) {
	c.few(p, len(list), maxClaims)
	own := ids{}
	for i, v := range list {
		p := p.at(i)
		c.id(p.dot("id"), v.ID, 'c', own)
		if v.Subject != "" {
			c.refers(p.dot("subject"), v.Subject, subjects)
		}
		c.text(p.dot("text"), v.Text, maxClaim)
		c.grade(p.dot("grade"), v.Grade)
		oneOf(c, p.dot("nature"), v.Nature, natures)
	}
}

func (c *checker) links(p *path, list []entente.Link, subjects ids) {
	c.few(p, len(list), maxLinks)
	for i, v := range list {
		p := p.at(i)
		c.refers(p.dot("from"), v.From, subjects)
		c.refers(p.dot("to"), v.To, subjects)
		if v.From == v.To {
			c.bad(p.dot("to"), "the link leads from a subject to itself", "name two subjects")
		}
		c.line(p.dot("as"), v.As, maxLabel)
		c.grade(p.dot("grade"), v.Grade)
	}
}

func (c *checker) places(p *path, list []entente.Place) {
	c.few(p, len(list), maxPlaces)
	for i, v := range list {
		p := p.at(i)
		c.line(p.dot("name"), v.Name, maxName)
		if len(v.Geometry) > 0 {
			c.geometry(p.dot("geometry"), v.Geometry)
		}
	}
}

func (c *checker) questions(p *path, list []entente.Question) {
	c.few(p, len(list), maxQuestions)
	own := ids{}
	for i, v := range list {
		p := p.at(i)
		c.id(p.dot("id"), v.ID, 'q', own)
		c.text(p.dot("text"), v.Text, maxSentence)
	}
}

func (c *checker) withheld(p *path, list []entente.Withheld) {
	c.few(p, len(list), maxWithheld)
	for i, v := range list {
		p := p.at(i)
		c.text(p.dot("what"), v.What, maxSentence)
		c.text(p.dot("ask"), v.Ask, maxSentence)
	}
}

func (c *checker) provenance(p *path, v entente.Provenance) {
	oneOf(c, p.dot("attestation"), v.Attestation, entente.Attestations)
	c.maybeText(p.dot("text"), v.Text, maxSentence)
	c.maybeLine(p.dot("collected"), v.Collected, maxLabel)
}
