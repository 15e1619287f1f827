package web

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"entente"
	"entente/policy"
)

// page is what every page needs to be drawn: the words, the time, who reads.
type page struct {
	printer *message.Printer
	lang    string // BCP 47
	dir     string // "ltr" or "rtl"
	theme   string // "light", "dark"; empty: as the browser likes
	assets  assets

	party   entente.PartyID
	name    string
	officer entente.Officer // zero: nobody is signed in
	now     time.Time
	why     string // the purpose that he stated; empty: each thing's own

	title string
	path  string
	done  string // what was just done, as the address says
}

func (d *desk) newPage(r *http.Request) *page {
	wanted, _, _ := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	tags := d.words.Languages()
	_, i, _ := d.words.Matcher().Match(wanted...)
	lang := language.English
	if i < len(tags) {
		lang = tags[i]
	}
	p := &page{
		printer: message.NewPrinter(lang, message.Catalog(d.words)),
		lang:    lang.String(), dir: "ltr", theme: theme(r), assets: d.assets,
		party: d.Party, name: d.Name, now: d.Now().UTC(),
		path: r.URL.Path, done: r.URL.Query().Get("done"),
	}
	if base, _ := lang.Base(); rightToLeft[base.String()] {
		p.dir = "rtl"
	}
	return p
}

// T says a text of the catalogue in the reader's language.
func (p *page) T(key string, args ...any) string {
	return p.printer.Sprintf(message.Key(key, key), args...)
}

// may reports whether the reader's role has an operation: what it has not is
// left out of the page. The doors check again.
func (p *page) may(op entente.Operation) bool { return policy.May(p.officer.Role, op) }

// entry is a place in the navigation.
type entry struct {
	Path string
	Name string
	op   entente.Operation
}

// places is the navigation, in order; each stands for an operation.
var places = []entry{
	{"/inbox", "Inbox", entente.OpReadInbox},
	{"/drafts", "Drafts", entente.OpReadDrafts},
	{"/release", "Release", entente.OpRelease},
	{"/obligations", "What is owed", entente.OpReadObligations},
	{"/queue", "On its way", entente.OpReadQueue},
	{"/agreements", "Agreements", entente.OpReadAgreement},
	{"/partners", "Partners", entente.OpReadParties},
	{"/access", "Access log", entente.OpReadAccessLog},
	{"/ledgers", "Ledgers", entente.OpVerify},
	{"/refusals", "What we refused", entente.OpVerify},
	{"/officers", "Officers", entente.OpReadOfficers},
	{"/node", "Node", entente.OpNodeStatus},
}

// nav lists the places that the officer's role may see.
func (p *page) nav() []entry {
	var list []entry
	for _, e := range places {
		if p.may(e.op) {
			list = append(list, e)
		}
	}
	return list
}

// here reports whether the page belongs to a place of the navigation.
func (p *page) here(e entry) bool {
	return p.path == e.Path || strings.HasPrefix(p.path, e.Path+"/") ||
		e.Path == "/inbox" && strings.HasPrefix(p.path, "/messages/")
}

// theme is what the officer chose for this browser, if anything.
func theme(r *http.Request) string {
	c, err := r.Cookie(themeCookie)
	if err != nil || (c.Value != "light" && c.Value != "dark") {
		return ""
	}
	return c.Value
}

const themeCookie = "entente-theme"

// at makes an address with a query from names and values.
func at(path string, pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}
