package web

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"entente"
)

// formOf writes a draft into a form.
func formOf(d entente.Draft) *form {
	f := newForm(url.Values{})
	put := func(path, v string) { f.set(path, v) }
	put("version", strconv.Itoa(d.Version))
	put("to", string(d.To))
	put("agreement", string(d.Agreement))
	put("expires", stamp(d.Expires))
	s := d.Statement
	put("purpose", string(s.Purpose))
	put("precedence", string(s.Precedence))
	put("caveats.tlp", string(s.Caveats.TLP))
	put("caveats.pap", string(s.Caveats.PAP))
	put("caveats.onward", string(s.Caveats.Onward))
	put("caveats.court_use", string(s.Caveats.CourtUse))
	put("caveats.until", stamp(s.Caveats.Until))
	for _, p := range s.Caveats.Purposes {
		f.values.Add("caveats.purposes", string(p))
	}
	if s.Tip == nil {
		return f
	}
	t := *s.Tip
	put("tip.category", t.Category)
	put("tip.title", t.Title)
	put("tip.text", t.Text)
	put("tip.threat", t.Threat)
	put("tip.provenance.attestation", t.Provenance.Attestation)
	put("tip.provenance.text", t.Provenance.Text)
	put("tip.provenance.collected", t.Provenance.Collected)
	for i, x := range t.Subjects {
		f.putSubject(each("tip.subjects", i), x)
	}
	for i, x := range t.Claims {
		p := each("tip.claims", i)
		put(p+".id", x.ID)
		put(p+".subject", x.Subject)
		put(p+".text", x.Text)
		put(p+".nature", string(x.Nature))
		f.putGrade(p, x.Grade)
	}
	for i, x := range t.Links {
		p := each("tip.links", i)
		put(p+".from", x.From)
		put(p+".to", x.To)
		put(p+".as", x.As)
		f.putGrade(p, x.Grade)
	}
	for i, x := range t.Places {
		p := each("tip.places", i)
		put(p+".name", x.Name)
		put(p+".geometry", geometryText(x.Geometry))
	}
	for i, x := range t.Questions {
		put(each("tip.questions", i)+".id", x.ID)
		put(each("tip.questions", i)+".text", x.Text)
	}
	for i, x := range t.Withheld {
		put(each("tip.withheld", i)+".what", x.What)
		put(each("tip.withheld", i)+".ask", x.Ask)
	}
	if t.TearLine != nil {
		put("tip.tear_line.text", t.TearLine.Text)
		put("tip.tear_line.tlp", string(t.TearLine.TLP))
	}
	return f
}

func (f *form) putSubject(p string, s entente.Subject) {
	f.set(p+".id", s.ID)
	f.set(p+".sex", string(s.Sex))
	f.set(p+".residence", s.Residence)
	codes := make([]string, len(s.Nationalities))
	for i, c := range s.Nationalities {
		codes[i] = string(c)
	}
	f.set(p+".nationalities", strings.Join(codes, ", "))
	for i, n := range s.Names {
		at := each(p+".names", i)
		f.set(at+".text", n.Text)
		f.set(at+".script", n.Script)
		f.set(at+".use", n.Use)
	}
	for i, b := range s.Births {
		at := each(p+".births", i)
		f.set(at+".id", b.ID)
		if !b.Date.IsZero() {
			f.set(at+".date", b.Date.String())
		}
		f.set(at+".place", b.Place)
		f.set(at+".nature", string(b.Nature))
		f.putGrade(at, b.Grade)
	}
	for i, d := range s.Documents {
		at := each(p+".documents", i)
		f.set(at+".type", d.Type)
		f.set(at+".number", d.Number)
		f.set(at+".country", string(d.Country))
	}
	for i, d := range s.Identifiers {
		at := each(p+".identifiers", i)
		f.set(at+".kind", d.Kind)
		f.set(at+".value", d.Value)
	}
}

func (f *form) putGrade(p string, g entente.Grade) {
	if len(g) != 2 {
		return
	}
	f.set(p+".grade", string(g[:1]))
	f.set(p+".grade.information", string(g[1:]))
}

// stamp writes a time as the form reads it.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.UTC()
	if t.Hour() == 23 && t.Minute() == 59 {
		return t.Format("2006-01-02")
	}
	return t.Format("2006-01-02 15:04")
}
