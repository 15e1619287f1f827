package lists

import (
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"entente"
)

// ftmProperties takes values out, so that what stays was not read.
type ftmProperties struct {
	e    *entry
	left map[string]jsontext.Value
}

// take takes the texts of a property; whole entities in it are read.
func (p ftmProperties) take(property string) []string {
	v, ok := p.left[property]
	if !ok {
		return nil
	}
	delete(p.left, property)
	return p.texts(property, v)
}

// peek gives the first text of a property and leaves it.
func (p ftmProperties) peek(property string) string {
	for _, s := range ftmTexts(p.left[property]) {
		return s
	}
	return ""
}

// rest reads documents and identifiers, and keeps what is left in the remarks.
func (p ftmProperties) rest() {
	for _, property := range sortedKeys(p.left) {
		document, identifier := ftmDocuments[property], ftmIdentifiers[property]
		for _, s := range p.texts(property, p.left[property]) {
			switch {
			case document != "":
				p.e.document(document, s, "")
			case identifier != "":
				p.e.identifier(identifier, s)
			default:
				p.e.remark(cut(property, 40), s)
			}
		}
	}
}

// texts gives the texts of a value, and reads the entities in it.
func (p ftmProperties) texts(property string, v jsontext.Value) []string {
	var list []jsontext.Value
	if v.Kind() != '[' {
		list = []jsontext.Value{v}
	} else if err := json.Unmarshal(v, &list); err != nil {
		p.e.drop(cut(property, 40), "it is not a list of texts", string(v))
	}
	var out []string
	for _, item := range list {
		var o ftmObject
		switch {
		case item.Kind() == '"':
			if s, err := jsontext.AppendUnquote(nil, item); err == nil {
				out = append(out, string(s))
			}
		case item.Kind() == '{' && json.Unmarshal(item, &o) == nil:
			p.nested(property, o)
		default:
			out = append(out, ftmTexts(item)...)
		}
	}
	return out
}

// nested reads an entity within another: a document becomes one, a sanction its
// programmes, an address its text; of all others the remarks keep who it is.
func (p ftmProperties) nested(property string, o ftmObject) {
	inner := ftmProperties{p.e, o.Properties}
	switch o.Schema {
	case "Passport", "Identification":
		typ := "passport"
		if o.Schema == "Identification" {
			typ = documentType(inner.peek("type"))
		}
		var country entente.Country
		for _, s := range inner.take("country") {
			country = p.e.country("document country", ftmCountry(s))
		}
		for _, n := range inner.take("number") {
			p.e.document(typ, n, country)
		}
	case "Sanction":
		for _, s := range inner.take("program") {
			p.e.reason(s)
		}
	case "Address":
		for _, s := range inner.take("full") {
			p.e.address(s)
		}
	}
	var parts []string
	for _, name := range sortedKeys(inner.left) {
		for _, s := range ftmTexts(inner.left[name]) {
			parts = append(parts, cut(name, 40)+" "+s)
		}
	}
	if len(parts) > 0 {
		p.e.remark(cut(property, 40), join(append([]string{o.Schema}, parts...)))
	}
}

// ftmTexts gives all texts and numbers in a value, however deep they stand.
func ftmTexts(v jsontext.Value) []string {
	var out []string
	d := jsontext.NewDecoder(strings.NewReader(string(v)))
	for {
		tok, err := d.ReadToken()
		if err != nil {
			return out
		}
		kind, n := d.StackIndex(d.StackDepth())
		if k := tok.Kind(); (k == '"' || k == '0') && (kind != '{' || n%2 == 0) {
			out = append(out, tok.String())
		}
	}
}
