package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"entente"
	"entente/casework"
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

	title  string
	path   string
	tasks  int      // that wait for the officer's role
	alarms []string // what no page hides
	done   string   // what was just done, as the address says
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
	{"/tasks", "Tasks", entente.OpReadTasks},
	{"/people", "Search people", entente.OpSearch},
	{"/cases", "Files", entente.OpReadCases},
	{"/watches", "Watches", entente.OpReadWatches},
	{"/drafts", "Drafts", entente.OpReadDrafts},
	{"/release", "Release", entente.OpRelease},
	{"/obligations", "Deadlines", entente.OpReadObligations},
	{"/queue", "On its way", entente.OpReadQueue},
	{"/courier", "Courier", entente.OpCourierExport},
	{"/lists", "Lists", entente.OpReadHoldings},
	{"/feeds", "Travel feeds", entente.OpReadTravel},
	{"/import", "Import", entente.OpImport},
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
		e.Path == "/inbox" && strings.HasPrefix(p.path, "/messages/") ||
		e.Path == "/lists" && strings.HasPrefix(p.path, "/holdings/") ||
		e.Path == "/feeds" && strings.HasPrefix(p.path, "/travel/")
}

// waiting is how many tasks wait for the reader's role, as the navigation shows
// it; empty: none, or it is not known.
func (p *page) waiting(e entry) string {
	switch {
	case e.Path != "/tasks" || p.tasks <= 0:
		return ""
	case p.tasks >= casework.ManyTasks:
		return strconv.Itoa(casework.ManyTasks-1) + "+"
	}
	return strconv.Itoa(p.tasks)
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
