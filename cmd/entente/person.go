package main

import (
	"slices"
	"strings"
	"time"

	"entente"
	"entente/api"
)

// personFlags is how a person is described on the command line.
type personFlags struct {
	Name        []string          `arg:"" optional:"" help:"Name as written, in any script; further spellings behind it."`
	Born        []string          `help:"Date of birth: YYYY, YYYY-MM or YYYY-MM-DD; several where it is doubtful." placeholder:"DATE"`
	Birthplace  string            `help:"Where."`
	Nationality []entente.Country `help:"Two capital letters, as in XB; several, with commas." placeholder:"XX"`
	Document    []string          `help:"Number of a passport, with its country if known: B00417733/XB. Others: identity-card:77-12/XB." placeholder:"NUMBER"`
	Identifier  []string          `help:"phone=…, email=…, handle=… and the like." placeholder:"KIND=VALUE" sep:"none"`
	Sex         entente.Sex       `help:"M, F or X."`
	Residence   string            `help:"Where he lives."`
	Script      string            `help:"Script of the names, as in Cyrl; told by their letters if left out." placeholder:"CODE"`
}

func (p personFlags) empty() bool {
	return len(p.Name)+len(p.Born)+len(p.Nationality)+len(p.Document)+len(p.Identifier) == 0 && p.Birthplace+p.Residence+p.Script == "" && p.Sex == ""
}

// person reads the flags; the node holds it to the rest.
func (p personFlags) person() (api.Person, error) {
	out := api.Person{Sex: p.Sex, Nationalities: p.Nationality, Residence: p.Residence}
	for _, n := range p.Name {
		out.Names = append(out.Names, entente.Name{Text: n, Script: p.Script})
	}
	for _, b := range p.Born {
		d, err := entente.ParsePartialDate(b)
		if err != nil {
			return out, flagged("born", err)
		}
		out.Births = append(out.Births, api.BirthClaim{Date: d, Place: p.Birthplace})
	}
	for _, text := range p.Document {
		d, err := document(text)
		if err != nil {
			return out, err
		}
		out.Documents = append(out.Documents, d)
	}
	for _, text := range p.Identifier {
		kind, value, _ := strings.Cut(text, "=")
		if !slices.Contains(entente.IdentifierKinds, kind) || value == "" {
			return out, &entente.Error{Kind: entente.Invalid, Field: "identifier", Detail: "it does not say of what kind it is", Hint: "write --identifier phone=+999…, with one of " + strings.Join(entente.IdentifierKinds, ", ")}
		}
		out.Identifiers = append(out.Identifiers, entente.Identifier{Kind: kind, Value: value})
	}
	return out, nil
}

// document reads "B00417733", "B00417733/XB" or "visa:77-12/XB". A slash or colon
// that is followed by something else belongs to the number.
func document(text string) (entente.Document, error) {
	d := entente.Document{Type: "passport", Number: text}
	if kind, rest, ok := strings.Cut(text, ":"); ok && slices.Contains(entente.DocumentTypes, kind) {
		d.Type, d.Number = kind, rest
	}
	if i := len(d.Number) - 3; i >= 0 && d.Number[i] == '/' && d.Number[i+1:] == strings.ToUpper(d.Number[i+1:]) {
		d.Number, d.Country = d.Number[:i], entente.Country(d.Number[i+1:])
	}
	if strings.TrimSpace(d.Number) == "" {
		return d, &entente.Error{Kind: entente.Invalid, Field: "document", Detail: "it has no number", Hint: "write --document B00417733/XB"}
	}
	return d, nil
}

// flagged names the flag that was wrong.
func flagged(flag string, err error) error {
	e, ok := err.(*entente.Error)
	if !ok {
		return err
	}
	named := *e
	named.Field = flag
	return &named
}

// day reads a date that a flag gives; empty: the zero time.
func day(flag, text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return t, &entente.Error{Kind: entente.Invalid, Field: flag, Detail: "not a day that exists", Hint: "write it as YYYY-MM-DD"}
	}
	return t, nil
}
