package main

import (
	"slices"
	"strings"
	"time"

	"entente"
	"entente/api"
	"entente/parse"
)

// personFlags is how a person is described on the command line.
type personFlags struct {
	Name        []string    `arg:"" optional:"" help:"Name as written, in any script; further spellings behind it."`
	Born        []string    `help:"Date of birth: YYYY, YYYY-MM or YYYY-MM-DD; several where it is doubtful." placeholder:"DATE"`
	Birthplace  string      `help:"Where."`
	Nationality []string    `help:"The code of ISO 3166-1, as in XB; several, with commas." placeholder:"XX"`
	Document    []string    `help:"Number of a passport, with its country if known: B00417733/XB. Others: identity-card:77-12/XB." placeholder:"NUMBER"`
	Identifier  []string    `help:"phone=…, email=…, handle=… and the like." placeholder:"KIND=VALUE" sep:"none"`
	Sex         entente.Sex `help:"M, F or X."`
	Residence   string      `help:"Where he lives."`
	Script      string      `help:"Script of the names, as in Cyrl; told by their letters if left out." placeholder:"CODE"`
}

func (p personFlags) empty() bool {
	return len(p.Name)+len(p.Born)+len(p.Nationality)+len(p.Document)+len(p.Identifier) == 0 && p.Birthplace+p.Residence+p.Script == "" && p.Sex == ""
}

// person reads the flags; the node holds it to the rest.
func (p personFlags) person() (api.Person, error) {
	out := api.Person{Sex: p.Sex, Residence: p.Residence}
	for _, text := range p.Nationality {
		c, err := country("nationality", text)
		if err != nil {
			return out, err
		}
		if !slices.Contains(out.Nationalities, c) {
			out.Nationalities = append(out.Nationalities, c)
		}
	}
	for _, n := range p.Name {
		if parse.AbsentName(n) {
			return out, &entente.Error{Kind: entente.Invalid, Field: "name", Detail: "\"" + n + "\" stands where a name is not known, and is not a name", Hint: "leave it out, and ask by --document or --identifier"}
		}
		out.Names = append(out.Names, entente.Name{Text: n, Script: p.Script})
	}
	for _, b := range p.Born {
		d, err := entente.ParsePartialDate(b)
		if err != nil {
			return out, flagged("born", err)
		}
		if why := parse.ImplausibleBirth(d, now()); why != "" {
			return out, &entente.Error{Kind: entente.Invalid, Field: "born", Detail: why, Hint: "correct the date, or leave it out"}
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
		if parse.Absent(value) {
			return out, noValue("identifier", value)
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
	if i := strings.LastIndexByte(d.Number, '/'); i >= 0 {
		code := d.Number[i+1:]
		capitals := strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
		if c, ok := entente.ReadCountry(code); capitals && ok && c != "" && len(code) > 1 {
			d.Number, d.Country = d.Number[:i], c
		} else if capitals && len(code) == 2 {
			_, err := country("document", code)
			return d, err
		}
	}
	if strings.TrimSpace(d.Number) == "" {
		return d, &entente.Error{Kind: entente.Invalid, Field: "document", Detail: "it has no number", Hint: "write --document B00417733/XB"}
	}
	if parse.Absent(d.Number) {
		return d, noValue("document", d.Number)
	}
	return d, nil
}

// country reads the code of a country as people write it.
func country(flag, text string) (entente.Country, error) {
	c, ok := entente.ReadCountry(text)
	if ok && c != "" {
		return c, nil
	}
	_, err := entente.ParseCountry(strings.ToUpper(text))
	return "", flagged(flag, err)
}

func noValue(flag, text string) error {
	return &entente.Error{Kind: entente.Invalid, Field: flag, Detail: "\"" + text + "\" says that nothing is known, and is not a value", Hint: "leave it out"}
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
