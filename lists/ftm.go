package lists

import (
	"io"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"entente"
	"entente/parse"
	"entente/table"
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
		return r.objects(in, func(l table.Line) error { return r.ftmLine(l, beside) })
	})
	if err != nil {
		return err
	}
	return r.ftmOrphans(beside)
}

func (r *reader) ftmLine(l table.Line, beside *ftmBeside) error {
	where := "line " + strconv.Itoa(l.At)
	o, why := ftmParse(l.Text)
	if why != "" {
		return r.lost(where, o.ID, why, l.Text)
	}
	e := &entry{where: where, number: o.ID, kind: ftmKinds[o.Schema], sure: true, today: r.opt.Today}
	switch {
	case e.kind == "" && beside.has(o):
		return nil // joined to its owner, or reported at the end
	case e.kind == "":
		return r.lost(where, o.ID, ftmAlone(o.Schema), l.Text)
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
	if !parse.Shallow(text, MaxDepth) {
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

// names reads whole names, or else what stands there of their parts.
func (p ftmProperties) names() {
	for _, n := range ftmNames {
		for _, s := range p.take(n.property) {
			p.e.namesIn(s, n.use)
		}
	}
	if len(p.e.subject.Names) == 0 {
		p.e.name(join([]string{p.peek("lastName"), p.peek("firstName")}), "full")
	}
}

// ftmEntity takes an entity apart. Other top-level members than the few that
// FollowTheMoney has go to the remarks.
func ftmEntity(e *entry, o ftmObject) {
	p := ftmProperties{e, o.Properties}
	p.names()
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
