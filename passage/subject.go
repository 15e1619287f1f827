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

// birthIDs are the ids of birth-date claims: b1, b2 and so on.
var birthIDs = func() (ids [maxList]string) {
	for i := range ids {
		ids[i] = "b" + strconv.Itoa(i+1)
	}
	return ids
}()

// findable reports whether something is known by which a traveller can be looked
// for: a name, a document, or how to reach the traveller.
func findable(s *entente.Subject) bool { return len(s.Names)+len(s.Documents)+len(s.Identifiers) > 0 }

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
	s.Births = append(s.Births, entente.Birth{ID: birthIDs[len(s.Births)], Date: d, Place: place, Grade: carrierGrade, Nature: entente.NatureFact})
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
