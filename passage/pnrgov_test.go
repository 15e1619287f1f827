package passage

import (
	"fmt"
	"strings"
	"testing"
)

// bookingsOf reads bookings whose segments follow SRC, all for XB 117.
func bookingsOf(t *testing.T, segments ...string) []Record {
	t.Helper()
	text := "UNA:+.?*'UNB+IATA:1+XB+XAGOV+120714:0900+7'UNH+1+PNRGOV:13:1:IA'MSG+:22'TVL+170712:1140:170712:1520+QXB+QXA+XB+117'"
	for _, s := range segments {
		text += "SRC'RCI+XB:ABC123'" + s
	}
	return reading(t, "pnrgov", text)
}

const toAlbia = "TVL+170712:1140::1520+QXB+QXA+XB+117:Y'"

// told gives each traveller with his names, birth dates and documents.
func told(all []Record) string {
	var list []string
	for _, e := range eventsOf(all) {
		var names []string
		for _, n := range e.Traveller.Names {
			names = append(names, n.Text)
		}
		s := strings.Join(names, "/")
		for _, b := range e.Traveller.Births {
			s += " *" + b.Date.String() + b.Place
		}
		for _, d := range e.Traveller.Documents {
			s += " " + d.Type + " " + d.Number + string(d.Country)
		}
		list = append(list, s)
	}
	return strings.Join(list, "; ")
}

func TestWhoIsMeant(t *testing.T) {
	a, b := "TIF+KADAEV+ARSEN:A:1.1'", "TIF+OSIN+VERA:A:1.2'"
	docs := func(text, ref string) string { return "SSR+DOCS:HK:1:XB:::::" + text + "+::" + ref + "'" }
	passport := "/P/XBB/B1/XBB/14MAR86/M/15JUL17/KADAEV/ARSEN"
	for name, c := range map[string]struct{ segments, want string }{
		"below him":                   {a + docs(passport, "") + b, "KADAEV ARSEN *1986-03-14 passport B1XB; OSIN VERA"},
		"by reference, before":        {docs(passport, "1.1") + a + b, "KADAEV ARSEN *1986-03-14 passport B1XB; OSIN VERA"},
		"by reference, after flights": {a + b + toAlbia + docs(passport, "1.1"), "KADAEV ARSEN *1986-03-14 passport B1XB; OSIN VERA"},
		"reference before place":      {a + b + docs(passport, "1.1"), "KADAEV ARSEN *1986-03-14 passport B1XB; OSIN VERA"},
		"by name":                     {a + b + toAlbia + docs(passport, ""), "KADAEV ARSEN *1986-03-14 passport B1XB; OSIN VERA"},
		"the only one":                {a + toAlbia + docs("/P/XBB/B1", ""), "KADAEV ARSEN passport B1XB"},
		"nobody":                      {a + b + toAlbia + docs("/P/XBB/B1", "9"), "KADAEV ARSEN; OSIN VERA"},
		"withdrawn":                   {a + "SSR+DOCS:XX:1:XB:::::" + passport + "'", "KADAEV ARSEN"},
		"two passports, one date":     {a + docs(passport, "") + docs("/P/XAA/A9//14MAR86", ""), "KADAEV ARSEN *1986-03-14 passport B1XB passport A9XA"},
		"two dates":                   {a + docs(passport, "") + docs("/P/XBB/B1//14MAR87", ""), "KADAEV ARSEN *1986-03-14 *1987-03-14 passport B1XB"},
		"birth place first":           {a + "SSR+DOCO:HK:1:XB:::::/TERSK'" + docs(passport, ""), "KADAEV ARSEN *1986-03-14TERSK passport B1XB"},
		"another name in the passport": {
			a + docs("/P/XBB/B1//14MAR86/M//KADAEV/ARSEN/IBRAGIM", ""),
			"KADAEV ARSEN/KADAEV ARSEN IBRAGIM *1986-03-14 passport B1",
		},
		"identity card":    {a + "SSR+FOID:HK:1:XB:::::NI12345'", "KADAEV ARSEN identity-card 12345"},
		"payment card":     {a + "SSR+FOID:HK:1:XB:::::CC4111111111111111'", "KADAEV ARSEN"},
		"infant below her": {b + docs("/////01JAN12/MI//OSIN/LEV", ""), "OSIN VERA; OSIN LEV *2012-01-01"},
		"infant with TIF":  {b + docs("/////01JAN12/MI//OSIN/LEV", "") + "TIF+OSIN+LEV:IN:2'", "OSIN VERA; OSIN LEV *2012-01-01"},
		"three given":      {"TIF+OSIN+VERA:A:1+LEV:C:2'", "OSIN VERA; OSIN LEV"},
		"group":            {"TIF+CHOIR OF TERSK:G'" + a, "KADAEV ARSEN"},
		"check-in again":   {a + toAlbia + "TRI++1'" + a + "TIF+OSIN+VERA:A:9'", "KADAEV ARSEN; OSIN VERA"},
		"title":            {"TIF+KADAEV+ARSENMR:A:1'TIF+OSIN+VERA MRS:A:2'TIF+KADAEV+AMR:A:3'", "KADAEV ARSENMR/KADAEV ARSEN MR; OSIN VERA MRS; KADAEV AMR"},
		"history":          {a + toAlbia + "ABI+4'SAC+++X'TIF+WRONG+MAN:A:1'" + docs(passport, "1.1"), "KADAEV ARSEN"},
	} {
		want := c.want
		if name == "another name in the passport" {
			want = strings.Replace(want, "B1", "B1XB", 1)
		}
		if name == "title" {
			want = strings.Replace(want, "KADAEV AMR", "KADAEV AMR/KADAEV A MR", 1)
			want = strings.Replace(want, "/KADAEV A MR", "", 1) // too short to be a name and a title
		}
		if got := told(bookingsOf(t, c.segments)); got != want {
			t.Errorf("%s:\ngot  %s\nwant %s", name, got, want)
		}
	}
}

func TestItineraries(t *testing.T) {
	a := "TIF+KADAEV+ARSEN:A:1'"
	for name, c := range map[string]struct{ segments, want string }{
		"one flight":             {a + toAlbia, "XB117 QXB-QXA 2012-07-17T11:40 2012-07-17T15:20"},
		"there and back":         {a + toAlbia + "TVL+200712:2300:210712:0100+QXA+QXB+XB+118'", "XB117 QXB-QXA 2012-07-17T11:40 2012-07-17T15:20; XB118 QXA-QXB 2012-07-20T23:00 2012-07-21T01:00"},
		"codeshare":              {a + "TVL+170712:1140+QXB+QXA+VV:XB+0117:Y'TVL+++++5117:Y'", "XB117 QXB-QXA 2012-07-17T11:40"},
		"sold by another":        {a + "TVL+170712:1140+QXB+QXA+VV+5117:Y'TRA+XB+117:Y'", "XB117 QXB-QXA 2012-07-17T11:40"},
		"cancelled":              {a + toAlbia + "RPI+1+XX'TVL+180712:1140+QXB+QXA+XB+117'RPI+1+HK'", "XB117 QXB-QXA 2012-07-18T11:40"},
		"hotel":                  {a + toAlbia + "MSG+8'TVL+170712:1500:200712+QXA:INN+QXA+HH+1'", "XB117 QXB-QXA 2012-07-17T11:40 2012-07-17T15:20"},
		"none: what is reported": {a, "XB117 QXB-QXA 2012-07-17T11:40 2012-07-17T15:20"},
		"bad time":               {a + "TVL+320712:1140+QXB+QXA+XB+117'", "XB117 QXB-QXA"},
		"open":                   {a + "TVL+170712+QXB+QXA+XB+OPEN'", "XB QXB-QXA 2012-07-17"},
		"split":                  {a + toAlbia + "EQN+1'RCI+XB:OTHER1'", "XB117 QXB-QXA 2012-07-17T11:40 2012-07-17T15:20"},
	} {
		all := bookingsOf(t, c.segments)
		events := eventsOf(all)
		if len(events) != 1 {
			t.Fatalf("%s: %d events, %v", name, len(events), asidesOf(all))
		}
		if got := routeOf(events[0]); got != c.want || events[0].Reference != "ABC123" || events[0].Kind != "booking" {
			t.Errorf("%s: got %q, booking %s", name, got, events[0].Reference)
		}
	}
}

// Two of one name in a booking are two events, and keep apart when the booking
// comes again.
func TestNamesakesInOneBooking(t *testing.T) {
	party := "TIF+KADAEV+A:A:1'TIF+KADAEV+A:A:2'" + toAlbia
	first, again := eventsOf(bookingsOf(t, party)), eventsOf(bookingsOf(t, party))
	if len(first) != 2 || first[0].ID == first[1].ID {
		t.Fatalf("got %+v", first)
	}
	if first[0].ID != again[0].ID || first[1].ID != again[1].ID {
		t.Error("the same booking gives other events")
	}
}

// What cannot be used is told of with its place, and the next booking goes on.
func TestBookingsWithoutTravellers(t *testing.T) {
	all := bookingsOf(t, toAlbia, "TIF+KADAEV+ARSEN:A:1'ABI+4'", "TIF+'", "TIF+OSIN+VERA:A:1'"+toAlbia)
	if got := told(all); got != "OSIN VERA" {
		t.Errorf("got %q", got)
	}
	var got []string
	for _, a := range asidesOf(all) {
		got = append(got, a.Where+" "+a.Field+" "+a.Reason)
	}
	want := []string{
		"message 1, booking 1  it names no traveller",
		"message 1, booking 2  it holds no flight any more",
		"message 1, segment 13 name the traveller has no name",
		"message 1, booking 3  it names no traveller",
	}
	for i, w := range want {
		if i >= len(got) || got[i] != w {
			t.Fatalf("got %q, want %q", got, want)
		}
	}
}

// A hostile booking cannot make us keep more than the bounds.
func TestBoundsOfABooking(t *testing.T) {
	var b strings.Builder
	for i := range 2 * maxParty {
		fmt.Fprintf(&b, "TIF+OSIN+V%d:A:%d'", i, i)
	}
	for i := range 2 * maxRemarks {
		fmt.Fprintf(&b, "SSR+DOCS:HK:1:XB:::::/P/XBB/N%d//%02dJAN%02d/M//OSIN/V0/X%d+::0'", i, i%28+1, i%100, i)
	}
	for range 2 * maxLegs {
		b.WriteString(toAlbia)
	}
	all := bookingsOf(t, b.String())
	events := eventsOf(all)
	if len(events) != maxParty {
		t.Errorf("%d travellers", len(events))
	}
	first := events[0]
	if len(first.Legs) != maxLegs || len(first.With) != maxWith || len(first.Traveller.Documents) != maxList || len(first.Traveller.Births) != maxList || len(first.Traveller.Names) != maxList {
		t.Errorf("%d legs, %d companions, %d documents, %d dates, %d names", len(first.Legs), len(first.With), len(first.Traveller.Documents), len(first.Traveller.Births), len(first.Traveller.Names))
	}
	for _, r := range all {
		if len(r.Aside) > 2*maxList {
			t.Errorf("%d remarks on one record", len(r.Aside))
		}
	}
}

// Nor can one long text.
func TestLongTexts(t *testing.T) {
	long := strings.Repeat("X", 20_000)
	all := bookingsOf(t, "TIF+OSIN+VERA:A:1'SSR+DOCS:HK:1:XB:::::/P/XBB/"+long+"'TIF+"+long+"+A:A:2'TIF+KADAEV+ARSEN:A:"+long+"'")
	if got := told(all); got != "OSIN VERA; KADAEV ARSEN" || len(asidesOf(all)) != 4 { // with the missing UNT and UNZ
		t.Errorf("got %.80q, %d set aside", got, len(asidesOf(all)))
	}
	text := strings.Replace(manifest, "NAD+FL+++OSIN", strings.Repeat("FTX+"+long+"'", 100)+"NAD+FL+++OSIN", 1)
	if got := people(reading(t, "paxlst", text)); got != both {
		t.Errorf("got %.80q", got)
	}
}
