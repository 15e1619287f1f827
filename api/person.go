package api

import (
	"entente"
	"entente/parse"
)

// Person is whom an officer asks for, watches for or keeps a file on: a Subject
// of which nothing is required. A Subject as the interface gives it is one, too.
type Person struct {
	ID            string               `json:"id,omitzero" maxLength:"20" doc:"Not needed: people are numbered here." example:"s1"`
	Names         []entente.Name       `json:"names,omitzero" maxItems:"50" doc:"Every spelling that is known."`
	Births        []BirthClaim         `json:"births,omitzero" maxItems:"50" doc:"Claims, often more than one."`
	Sex           entente.Sex          `json:"sex,omitzero"`
	Nationalities []entente.Country    `json:"nationalities,omitzero" maxItems:"50" doc:"As far as known."`
	Residence     string               `json:"residence,omitzero" maxLength:"500" doc:"Where he lives." example:"Ostvik, XA"`
	Documents     []entente.Document   `json:"documents,omitzero" maxItems:"50" doc:"Travel and identity documents."`
	Identifiers   []entente.Identifier `json:"identifiers,omitzero" maxItems:"50" doc:"Phone numbers, addresses, handles."`
}

// BirthClaim is a claim of when and where a person was born.
type BirthClaim struct {
	ID     string              `json:"id,omitzero" maxLength:"20" doc:"Not needed: claims are numbered here." example:"b1"`
	Date   entente.PartialDate `json:"date" doc:"As far as it is known."`
	Place  string              `json:"place,omitzero" maxLength:"500" doc:"Where." example:"Tolvik, XB"`
	Grade  entente.Grade       `json:"grade,omitzero"`
	Nature entente.Nature      `json:"nature,omitzero"`
}

// PersonOf is the way back from what the interface gave.
func PersonOf(s entente.Subject) Person {
	return Person{
		ID: s.ID, Names: s.Names, Births: each(s.Births, func(b entente.Birth) BirthClaim { return BirthClaim(b) }),
		Sex: s.Sex, Nationalities: s.Nationalities, Residence: s.Residence, Documents: s.Documents, Identifiers: s.Identifiers,
	}
}

func (p Person) noun() entente.Subject {
	s := entente.Subject{
		ID: p.ID, Names: p.Names, Sex: p.Sex, Nationalities: p.Nationalities, Residence: p.Residence, Documents: p.Documents, Identifiers: p.Identifiers,
	}
	for _, b := range p.Births {
		s.Births = append(s.Births, entente.Birth(b))
	}
	return s
}

// asked holds a person who is only asked for to the bounds of a subject. That
// nobody is asked for is for the desk to say.
func (p Person) asked() (entente.Subject, error) {
	s := p.noun()
	if len(s.Names)+len(s.Documents)+len(s.Identifiers) == 0 {
		return s, nil
	}
	list, err := parse.Subjects("subject", parse.Countries([]entente.Subject{s}))
	if err != nil {
		return s, err
	}
	return list[0], nil
}
