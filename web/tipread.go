package web

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"entente"
)

// draft reads the form into a draft; what cannot be read is noted as wrong.
func (f *form) draft(into entente.Draft) entente.Draft {
	d := into
	d.To, d.Agreement = entente.PartyID(f.get("to")), entente.AgreementID(f.get("agreement"))
	d.Expires = f.time("expires")
	s := entente.Statement{
		ID: into.Statement.ID, Kind: entente.KindTip, Refs: into.Statement.Refs, Attachments: into.Statement.Attachments,
		Purpose: entente.Purpose(f.get("purpose")), Precedence: entente.Precedence(f.get("precedence")),
		Caveats: f.caveats(), Tip: f.tip(),
	}
	d.Statement = s
	f.mustChoose("purpose", "precedence")
	return d
}

func (f *form) caveats() entente.Caveats {
	c := entente.Caveats{
		TLP: entente.TLP(f.get("caveats.tlp")), PAP: entente.PAP(f.get("caveats.pap")),
		Onward: entente.Onward(f.get("caveats.onward")), CourtUse: entente.CourtUse(f.get("caveats.court_use")),
		Until: f.time("caveats.until"),
	}
	for _, p := range f.values["caveats.purposes"] {
		c.Purposes = append(c.Purposes, entente.Purpose(p))
	}
	return c
}

func (f *form) tip() *entente.Tip {
	t := &entente.Tip{
		Category: f.get("tip.category"), Title: f.get("tip.title"), Text: f.get("tip.text"), Threat: f.get("tip.threat"),
		Provenance: entente.Provenance{Attestation: f.get("tip.provenance.attestation"), Text: f.get("tip.provenance.text"), Collected: f.get("tip.provenance.collected")},
	}
	f.mustWrite("tip.title", "tip.category", "tip.text")
	if f.get("purpose") == string(entente.ThreatToLife) && t.Threat == "" {
		f.must("it is empty", "for a threat to life, say who is in danger of what", []string{"tip.threat"})
	}
	f.mustChoose("tip.provenance.attestation")
	for i := range f.count("tip.subjects") {
		t.Subjects = append(t.Subjects, f.subject(each("tip.subjects", i)))
	}
	for i := range f.count("tip.claims") {
		p := each("tip.claims", i)
		f.mustWrite(p + ".text")
		t.Claims = append(t.Claims, entente.Claim{ID: f.get(p + ".id"), Subject: f.get(p + ".subject"), Text: f.get(p + ".text"), Grade: f.grade(p), Nature: f.nature(p)})
	}
	for i := range f.count("tip.links") {
		p := each("tip.links", i)
		f.mustChoose(p+".from", p+".to")
		f.mustWrite(p + ".as")
		t.Links = append(t.Links, entente.Link{From: f.get(p + ".from"), To: f.get(p + ".to"), As: f.get(p + ".as"), Grade: f.grade(p)})
	}
	for i := range f.count("tip.places") {
		p := each("tip.places", i)
		f.mustWrite(p + ".name")
		t.Places = append(t.Places, entente.Place{Name: f.get(p + ".name"), Geometry: f.geometry(p + ".geometry")})
	}
	for i := range f.count("tip.questions") {
		p := each("tip.questions", i)
		t.Questions = append(t.Questions, entente.Question{ID: f.get(p + ".id"), Text: f.get(p + ".text")})
	}
	for i := range f.count("tip.withheld") {
		p := each("tip.withheld", i)
		f.mustWrite(p+".what", p+".ask")
		t.Withheld = append(t.Withheld, entente.Withheld{What: f.get(p + ".what"), Ask: f.get(p + ".ask")})
	}
	if text := f.get("tip.tear_line.text"); text != "" {
		f.mustChoose("tip.tear_line.tlp")
		t.TearLine = &entente.TearLine{Text: text, TLP: entente.TLP(f.get("tip.tear_line.tlp"))}
	}
	return t
}

func (f *form) subject(p string) entente.Subject {
	s := entente.Subject{ID: f.get(p + ".id"), Sex: entente.Sex(f.get(p + ".sex")), Residence: f.get(p + ".residence"), Nationalities: f.countries(p + ".nationalities")}
	nameless := f.count(p+".documents")+f.count(p+".identifiers") > 0 // only these are known of the person
	if f.count(p+".names") == 0 && !nameless {
		f.mustWrite(p + ".names[0].text")
	}
	for i := range f.count(p + ".names") {
		n := each(p+".names", i)
		if nameless && f.get(n+".text") == "" {
			continue
		}
		f.mustWrite(n + ".text")
		s.Names = append(s.Names, entente.Name{Text: f.get(n + ".text"), Script: f.get(n + ".script"), Use: f.get(n + ".use")})
	}
	for i := range f.count(p + ".births") {
		b := each(p+".births", i)
		var date entente.PartialDate
		if f.mustWrite(b + ".date"); f.get(b+".date") != "" {
			var err error
			date, err = entente.ParsePartialDate(f.get(b + ".date"))
			f.reject(b+".date", err)
		}
		s.Births = append(s.Births, entente.Birth{ID: f.get(b + ".id"), Date: date, Place: f.get(b + ".place"), Grade: f.grade(b), Nature: f.nature(b)})
	}
	for i := range f.count(p + ".documents") {
		d := each(p+".documents", i)
		f.mustChoose(d + ".type")
		f.mustWrite(d + ".number")
		doc := entente.Document{Type: f.get(d + ".type"), Number: f.get(d + ".number")}
		if list := f.countries(d + ".country"); len(list) > 0 {
			doc.Country = list[0]
		}
		s.Documents = append(s.Documents, doc)
	}
	for i := range f.count(p + ".identifiers") {
		d := each(p+".identifiers", i)
		f.mustChoose(d + ".kind")
		f.mustWrite(d + ".value")
		s.Identifiers = append(s.Identifiers, entente.Identifier{Kind: f.get(d + ".kind"), Value: f.get(d + ".value")})
	}
	return s
}

// grade joins the two choices of a grading.
func (f *form) grade(p string) entente.Grade {
	source, information := f.get(p+".grade"), f.get(p+".grade.information")
	if source == "" && information == "" {
		f.must("it is not graded", "choose how reliable the source is and how credible the information", []string{p + ".grade"})
		return ""
	}
	g, err := entente.ParseGrade(source + information)
	if err != nil {
		f.fault(p+".grade", "the grading is not complete", "choose both: how reliable the source is and how credible the information")
	}
	return g
}

func (f *form) nature(p string) entente.Nature {
	f.mustChoose(p + ".nature")
	return entente.Nature(f.get(p + ".nature"))
}

// countries reads codes with anything between them.
func (f *form) countries(path string) []entente.Country {
	var list []entente.Country
	for _, w := range strings.FieldsFunc(f.get(path), func(r rune) bool { return r == ',' || r == ';' || r == ' ' || r == '/' }) {
		c, ok := entente.ReadCountry(w)
		if !ok || c == "" {
			_, err := entente.ParseCountry(strings.ToUpper(w))
			f.reject(path, err)
			continue
		}
		list = append(list, c)
	}
	return list
}

// geometry reads "latitude, longitude" as people say it, or GeoJSON as it is.
func (f *form) geometry(path string) []byte {
	s := f.get(path)
	switch {
	case s == "":
		return nil
	case strings.HasPrefix(s, "{"):
		return []byte(s)
	}
	lat, lon, two := strings.Cut(s, ",")
	lat, lon = strings.TrimSpace(lat), strings.TrimSpace(lon)
	y, err1 := strconv.ParseFloat(lat, 64)
	x, err2 := strconv.ParseFloat(lon, 64)
	if !two || err1 != nil || err2 != nil || !(y >= -90 && y <= 90) || !(x >= -180 && x <= 180) {
		f.fault(path, "these are not coordinates", "write latitude, longitude in degrees, as in 42.98, 47.50; south and west are negative")
		return nil
	}
	return []byte(`{"type":"Point","coordinates":[` + strconv.FormatFloat(x, 'f', -1, 64) + `,` + strconv.FormatFloat(y, 'f', -1, 64) + `]}`)
}

// time reads "2006-01-02" as the end of that day, or with an hour, in UTC.
func (f *form) time(path string) time.Time {
	s := strings.TrimSuffix(strings.TrimSuffix(f.get(path), " UTC"), "Z")
	s = strings.Replace(s, "T", " ", 1)
	if s == "" {
		return time.Time{}
	}
	if t, err := time.Parse("2006-01-02 15:04", s); err == nil {
		return t
	}
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		var wrong *time.ParseError
		if errors.As(err, &wrong) && strings.Contains(wrong.Message, "out of range") {
			f.fault(path, "the calendar has no such day", "correct it")
		} else {
			f.fault(path, "the date is not written as year, month and day", "write 14 March 2027 as 2027-03-14; with a time in UTC, 2027-03-14 18:00")
		}
		return time.Time{}
	}
	return t.AddDate(0, 0, 1).Add(-time.Second)
}
