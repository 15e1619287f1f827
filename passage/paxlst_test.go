package passage

import (
	"fmt"
	"strings"
	"testing"

	"entente"
)

// listed reads one traveller from a list with the flight and group given.
func listed(t *testing.T, flight, group string) Record {
	t.Helper()
	text := "UNB+UNOA:4+S+R+120717:0830+9'UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'" + flight + "NAD+FL+++KADAEV:ARSEN'" + group
	for _, r := range reading(t, "paxlst", text) {
		if r.Event.ID != "" {
			return r
		}
	}
	t.Fatalf("no traveller in %s", text)
	return Record{}
}

func routeOf(e entente.TravelEvent) string {
	var legs []string
	for _, l := range e.Legs {
		legs = append(legs, strings.TrimSpace(fmt.Sprintf("%s%s %s-%s %s %s", l.Carrier, l.Number, l.From, l.To, l.Departs, l.Arrives)))
	}
	return strings.Join(legs, "; ")
}

func TestFlights(t *testing.T) {
	for _, c := range []struct{ flight, group, want string }{
		{"TDT+20+XB0117'LOC+125+QXB'DTM+189:1207171140:201'LOC+87+QXA'DTM+232:201207171520:203'", "", "XB117 QXB-QXA 2012-07-17T11:40 2012-07-17T15:20"},
		{"TDT+20+117+++XB'LOC+125+QXB'DTM+189:120717:101'", "", "XB117 QXB- 2012-07-17"},
		{"TDT+20+XBA117A'LOC+87+QXA'DTM+232:20120717:102'", "", "XBA117A -QXA  2012-07-17"},
		{"TDT+20+9X4'", "", "9X4 -"},
		{"LOC+125+QXB'LOC+87+QXA'", "", "QXB-QXA"},
		{"TDT+20+XB1'LOC+87+QXA'DTM+232:1207171520'LOC+125+QXB'DTM+189:1207171140'", "", "XB1 QXB-QXA 2012-07-17T11:40 2012-07-17T15:20"},
		{"TDT+20+XB1'LOC+125+QXB'DTM+186:1207171200'DTM+189:1207171140'DTM+133:1207171300'", "", "XB1 QXB- 2012-07-17T11:40"},
		// One flight with a stop: three airports; 130 says again where it ends.
		{"TDT+20+XB1'LOC+92+QXC'DTM+189:1207170600'LOC+125+QXB'DTM+189:1207171140'LOC+87+QXA'DTM+232:1207171520'LOC+130+QXA'", "", "XB1 QXC-QXB 2012-07-17T06:00; XB1 QXB-QXA 2012-07-17T11:40 2012-07-17T15:20"},
		// Two flights, of which the traveller takes the second.
		{"TDT+20+XB1'LOC+92+QXC'LOC+92+QXB'TDT+20+XB2'LOC+125+QXB'LOC+87+QXA'", "LOC+178+QXB'LOC+179+QXA'", "XB2 QXB-QXA"},
		{"TDT+20+XB1'LOC+92+QXC'LOC+92+QXB'TDT+20+XB2'LOC+125+QXB'LOC+87+QXA'", "LOC+178+QQQ'LOC+179+QQZ'", "XB1 QXC-QXB; XB2 QXB-QXA"},
		{"TDT+20+XB1'LOC+92+QXC'LOC+92+QXB'TDT+20+XB2'LOC+125+QXB'LOC+87+QXA'", "LOC+179+QXB'", "XB1 QXC-QXB"},
		{"TDT+20+?+?+'LOC+125+Q'DTM+189:x'", "", "-"},
		{"", "", ""},
	} {
		if got := routeOf(listed(t, c.flight, c.group).Event); got != c.want {
			t.Errorf("%s %s\ngot  %q\nwant %q", c.flight, c.group, got, c.want)
		}
	}
}

// A two-digit year of birth is the latest that does not lie after the flight,
// whenever the list is imported.
func TestCenturyOfTheFlight(t *testing.T) {
	flight := "TDT+20+XB1'LOC+125+QXB'DTM+189:120717:101'"
	for born, want := range map[string]string{
		"120717": "2012-07-17", "120718": "1912-07-18", "130101": "1913-01-01", "860314": "1986-03-14", "000229": "2000-02-29",
		"120000": "2012", "120800": "1912-08", "19860314": "1986-03-14", "18990101": "1899-01-01",
		"860230": "", "861301": "", "20130101": "", "8603": "", "86031": "", "8603 4": "", "": "",
	} {
		got := ""
		r := listed(t, flight, "DTM+329:"+born+"'")
		if b := r.Event.Traveller.Births; len(b) > 0 {
			got = b[0].Date.String()
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", born, got, want)
		}
		if want == "" && (len(r.Aside) != 1 || r.Aside[0].Field != "birth date" || !strings.Contains(r.Aside[0].Where, "message 1, segment ")) {
			t.Errorf("%q: set aside %v", born, r.Aside)
		}
	}
}

// A document's issuer stays with that document.
func TestIssuers(t *testing.T) {
	r := listed(t, "", "LOC+91+XAA'DOC+P+1'LOC+91+XBB'DOC+V'LOC+91+XAA'DOC+I+2'LOC+91+D'DOC+AC+3'LOC+91+QQQ'")
	got := fmt.Sprint(r.Event.Traveller.Documents)
	if want := "[{passport 1 XB} {identity-card 2 DE} {other 3 QQ}]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// More travellers than are held back at once come all the same, in order.
func TestLongList(t *testing.T) {
	var b strings.Builder
	b.WriteString("UNH+1+PAXLST'")
	const n = 2*maxHeld + 7
	for i := range n {
		fmt.Fprintf(&b, "NAD+FL+++OSIN:V%d'RFF+AVF:SAME'", i)
	}
	events := eventsOf(reading(t, "paxlst", b.String()))
	if len(events) != n {
		t.Fatalf("%d of %d came", len(events), n)
	}
	for i, e := range events {
		if want := fmt.Sprintf("OSIN V%d", i); e.Traveller.Names[0].Text != want || len(e.With) > maxWith {
			t.Fatalf("%d: got %q with %d", i, e.Traveller.Names[0].Text, len(e.With))
		}
	}
}

// A list says of what it is: who is on his way, who has boarded, who is not
// travelling at all.
func TestKindsOfLists(t *testing.T) {
	for bgm, want := range map[string]string{
		"745": "arrival", "250+C": "arrival", "745+CP": "arrival", "266+CL": "departure", "266+CLOB": "departure",
		"266+CLNB": "", "745+XR": "", "745+RP": "", "745+CF": "", "336+G": "", "655": "",
	} {
		all := reading(t, "paxlst", strings.Replace(manifest, "BGM+745", "BGM+"+bgm, 1))
		events := eventsOf(all)
		switch {
		case want == "" && (len(events) > 0 || len(asidesOf(all)) != 2): // why, and that nobody is left
			t.Errorf("%s: %d travellers, %v", bgm, len(events), asidesOf(all))
		case want != "" && (len(events) != 2 || events[0].Kind != want):
			t.Errorf("%s: got %+v", bgm, events)
		}
	}
}
