package passage

import (
	"strconv"

	"entente"
)

// The traveller of an event stands alone in it, so he and his claims have fixed
// ids. A carrier's word on a birth date is stated as fact, and nobody has judged
// it: that is F6 on the Admiralty scale.
const (
	travellerID  = "s1"
	carrierGrade = entente.Grade("F6")
)

// born adds a claim of a birth date, once each.
func born(s *entente.Subject, d entente.PartialDate, place string) {
	if d.IsZero() {
		return
	}
	for i := range s.Births {
		if s.Births[i].Date == d {
			if s.Births[i].Place == "" {
				s.Births[i].Place = place
			}
			return
		}
	}
	if len(s.Births) == maxList {
		return
	}
	id := "b" + strconv.Itoa(len(s.Births)+1)
	s.Births = append(s.Births, entente.Birth{ID: id, Date: d, Place: place, Grade: carrierGrade, Nature: entente.NatureFact})
}

// bears adds a name, once each.
func bears(s *entente.Subject, text, use string) {
	for _, n := range s.Names {
		if n.Text == text {
			return
		}
	}
	if len(s.Names) < maxList {
		s.Names = append(s.Names, entente.Name{Text: text, Use: use})
	}
}

// holds adds a document, once each.
func holds(s *entente.Subject, d entente.Document) {
	for i, o := range s.Documents {
		if o.Type == d.Type && o.Number == d.Number {
			if o.Country == "" {
				s.Documents[i].Country = d.Country
			}
			return
		}
	}
	if len(s.Documents) < maxList {
		s.Documents = append(s.Documents, d)
	}
}

// citizen adds a nationality, once each.
func citizen(s *entente.Subject, c entente.Country) {
	for _, o := range s.Nationalities {
		if o == c {
			return
		}
	}
	if c != "" && len(s.Nationalities) < maxNations {
		s.Nationalities = append(s.Nationalities, c)
	}
}

// reached adds a way to reach a subject, once each.
func reached(s *entente.Subject, kind, value string) {
	i := entente.Identifier{Kind: kind, Value: value}
	for _, o := range s.Identifiers {
		if o == i {
			return
		}
	}
	if value != "" && len(s.Identifiers) < maxList {
		s.Identifiers = append(s.Identifiers, i)
	}
}

// documentType reads the document codes of ICAO 9303, of PAXLST and of DOCS,
// which agree in their first letter. AC is a crew member's certificate; AR, CR
// and IR are residence permits of the European Union's common form.
func documentType(code string) string {
	switch code {
	case "AC":
		return "other"
	case "AR", "CR", "IR":
		return "residence-permit"
	case "DL":
		return "driving-licence"
	case "":
		return "other"
	}
	switch code[0] {
	case 'P':
		return "passport"
	case 'V':
		return "visa"
	case 'I', 'A', 'C':
		return "identity-card"
	}
	return "other"
}

// subject checks a traveller as package parse checks the subject of a message.
func (c *checker) subject(s entente.Subject) {
	if s.ID != travellerID {
		c.bad("traveller.id", "the only subject of an event has the id s1", "write \"s1\"")
	}
	if len(s.Names) == 0 {
		c.bad("traveller.names", "the traveller has no name", "")
	}
	c.few("traveller.names", len(s.Names), maxList)
	for i, n := range s.Names {
		at := "traveller.names[" + strconv.Itoa(i) + "]."
		c.line(at+"text", n.Text, maxName)
		if n.Script != "" && !isScript(n.Script) {
			c.bad(at+"script", "it is not a script code of ISO 15924", "write it as in \"Cyrl\"")
		}
		if n.Use != "" {
			c.oneOf(at+"use", n.Use, entente.NameUses)
		}
	}
	c.births(s.Births)
	if s.Sex != "" && s.Sex != "M" && s.Sex != "F" && s.Sex != "X" {
		c.bad("traveller.sex", "it is not M, F or X", "leave it out when it is not known")
	}
	c.few("traveller.nationalities", len(s.Nationalities), maxNations)
	for i, n := range s.Nationalities {
		_, err := entente.ParseCountry(string(n))
		c.take("traveller.nationalities["+strconv.Itoa(i)+"]", err)
	}
	c.maybeLine("traveller.residence", s.Residence, maxName)
	c.papers(s)
}

func (c *checker) births(list []entente.Birth) {
	c.few("traveller.births", len(list), maxList)
	for i, b := range list {
		at := "traveller.births[" + strconv.Itoa(i) + "]."
		if b.ID != "b"+strconv.Itoa(i+1) {
			c.bad(at+"id", "birth dates are numbered b1, b2 and so on", "")
		}
		if !exists(b.Date) {
			c.bad(at+"date", "it is not a date that exists", "write it as YYYY, YYYY-MM or YYYY-MM-DD")
		}
		c.maybeLine(at+"place", b.Place, maxName)
		_, err := entente.ParseGrade(string(b.Grade))
		c.take(at+"grade", err)
		if b.Nature != entente.NatureFact && b.Nature != entente.NatureAssessment {
			c.bad(at+"nature", "it is neither fact nor assessment", "")
		}
	}
}

func (c *checker) papers(s entente.Subject) {
	c.few("traveller.documents", len(s.Documents), maxList)
	for i, d := range s.Documents {
		at := "traveller.documents[" + strconv.Itoa(i) + "]."
		c.oneOf(at+"type", d.Type, entente.DocumentTypes)
		c.line(at+"number", d.Number, maxWord)
		if d.Country != "" {
			_, err := entente.ParseCountry(string(d.Country))
			c.take(at+"country", err)
		}
	}
	c.few("traveller.identifiers", len(s.Identifiers), maxList)
	for i, d := range s.Identifiers {
		at := "traveller.identifiers[" + strconv.Itoa(i) + "]."
		c.oneOf(at+"kind", d.Kind, entente.IdentifierKinds)
		c.line(at+"value", d.Value, maxName)
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
