package lists

import (
	"io"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"entente"
)

// ftmKinds are the schemata of FollowTheMoney that a holding can be of.
var ftmKinds = map[string]entente.HoldingKind{
	"Person":       entente.HoldingPerson,
	"LegalEntity":  entente.HoldingOrganisation,
	"Organization": entente.HoldingOrganisation,
	"Company":      entente.HoldingOrganisation,
	"PublicBody":   entente.HoldingOrganisation,
	"Vessel":       entente.HoldingVessel,
	"Airplane":     entente.HoldingAircraft,
	"Vehicle":      entente.HoldingOther,
	"CryptoWallet": entente.HoldingOther,
	"Asset":        entente.HoldingOther,
	"Thing":        entente.HoldingOther,
}

// ftmObject is an entity of FollowTheMoney. Values are texts, or whole entities
// in exports that nest them.
type ftmObject struct {
	ID         string                    `json:"id"`
	Schema     string                    `json:"schema"`
	Properties map[string]jsontext.Value `json:"properties"`
	Rest       map[string]jsontext.Value `json:",inline"`

	beside []ftmObject // that stood on lines of their own
}

// ftm reads FollowTheMoney entities, one JSON object a line: plain ones, and
// those of exports that nest what belongs to an entity within it. Exports that
// do not nest have passports, sanctions and addresses on lines of their own,
// before or after whom they belong to: given twice, such a file is first read for
// these, and they are joined. What stands between entities, as an Ownership does,
// is reported in any case.
func (r *reader) ftm(files []File) error {
	var beside *ftmBeside
	if len(files) == 2 {
		var err error
		if beside, err = r.ftmGather(bound(files[0].Data)); err != nil {
			return err
		}
		files = files[1:]
	}
	err := r.alone(files, func(in io.Reader) error {
		return r.objects(in, func(l line) error { return r.ftmLine(l, beside) })
	})
	if err != nil {
		return err
	}
	return r.ftmOrphans(beside)
}

func (r *reader) ftmLine(l line, beside *ftmBeside) error {
	where := "line " + strconv.Itoa(l.at)
	o, why := ftmParse(l.text)
	if why != "" {
		return r.lost(where, o.ID, why, l.text)
	}
	e := &entry{where: where, number: o.ID, kind: ftmKinds[o.Schema]}
	switch {
	case e.kind == "" && beside.has(o):
		return nil // joined to its owner, or reported at the end
	case e.kind == "":
		return r.lost(where, o.ID, ftmAlone(o.Schema), l.text)
	}
	beside.join(&o)
	ftmEntity(e, o)
	return r.emit(e)
}

// ftmAlone says why a schema is not used, and what to do.
func ftmAlone(schema string) string {
	why := "a record of schema " + cut(schema, 40) + " on a line of its own is not used: take the export that nests it"
	if schema == "Address" || ftmOwners[schema] != "" {
		why += ", or give this file twice"
	}
	return why
}

func ftmParse(text string) (o ftmObject, why string) {
	if !shallow(text) {
		return o, "the JSON nests deeper than " + strconv.Itoa(MaxDepth) + " levels"
	}
	if err := json.Unmarshal([]byte(text), &o); err != nil {
		return ftmObject{}, "it is not a JSON object with id, schema and properties"
	}
	if o.Schema == "" {
		return o, "it names no schema"
	}
	if len(o.Properties) > MaxFields {
		return o, "it has more than " + strconv.Itoa(MaxFields) + " properties"
	}
	return o, ""
}

// ftmNames are the properties that hold whole names, in the order in which they
// are taken. The parts of names are used when there is no whole one.
var ftmNames = []struct{ property, use string }{
	{"name", "full"},
	{"alias", "alias"},
	{"weakAlias", "alias"},
	{"previousName", "alias"},
	{"abbreviation", "alias"},
}

// ftmDocuments are the properties that hold numbers of documents.
var ftmDocuments = map[string]string{
	"passportNumber":       "passport",
	"idNumber":             "identity-card",
	"taxNumber":            "other",
	"innCode":              "other",
	"vatCode":              "other",
	"ogrnCode":             "other",
	"socialSecurityNumber": "other",
	"registrationNumber":   "other",
	"leiCode":              "other",
	"dunsCode":             "other",
	"uniqueEntityId":       "other",
}

// ftmIdentifiers are the properties that hold identifiers.
var ftmIdentifiers = map[string]string{
	"phone": "phone", "email": "email", "website": "other", "swiftBic": "account",
	"publicKey": "account", "accountId": "account", "imoNumber": "vehicle", "mmsi": "vehicle",
	"callSign": "vehicle", "serialNumber": "vehicle", "icaoCode": "vehicle",
}

func ftmEntity(e *entry, o ftmObject) {
	p := ftmProperties{e, o.Properties}
	for _, n := range ftmNames {
		for _, s := range p.take(n.property) {
			e.name(s, n.use)
		}
	}
	if len(e.subject.Names) == 0 {
		last, first := p.peek("lastName"), p.peek("firstName")
		e.name(join([]string{last, first}), "full")
	}
	for _, s := range p.take("birthDate") {
		e.born(s, false, "")
	}
	places := p.take("birthPlace")
	if country := p.peek("birthCountry"); len(places) == 0 {
		e.place(country)
	}
	for _, s := range places {
		e.place(s)
	}
	for _, property := range []string{"nationality", "citizenship"} {
		for _, s := range p.take(property) {
			e.nationality(ftmCountry(s))
		}
	}
	for _, s := range p.take("gender") {
		e.sex(s)
	}
	for _, s := range p.take("address") {
		e.address(s)
	}
	for _, property := range []string{"program", "programId", "topics"} {
		for _, s := range p.take(property) {
			e.reason(s)
		}
	}
	for _, o := range o.beside {
		p.nested(strings.ToLower(o.Schema), o)
	}
	p.rest()
	for _, name := range sortedKeys(o.Rest) {
		if !ftmBookkeeping[name] {
			e.remark(cut(name, 40), strings.Join(ftmTexts(o.Rest[name]), ", "))
		}
	}
}

// ftmCountry writes a code in capitals: FollowTheMoney has them in small letters.
func ftmCountry(s string) string {
	if len(s) == 2 {
		return strings.ToUpper(s)
	}
	return s
}

// ftmBookkeeping says nothing of the subject beyond what its properties say.
var ftmBookkeeping = map[string]bool{"caption": true, "target": true, "first_seen": true, "last_seen": true, "last_change": true, "origin": true}

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
