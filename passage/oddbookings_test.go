package passage

import (
	"fmt"
	"strings"
	"testing"
)

// odd is an input that is met, who comes out of it, and a word of the remark that
// goes with it; "": none.
type odd struct{ name, segments, want, remark string }

// holdRemark holds that a remark with the words was made, or none.
func holdRemark(t *testing.T, name string, all []Record, words string) {
	t.Helper()
	var rest []string
	for _, a := range asidesOf(all) {
		if a.Field == "UNT" || a.Field == "UNZ" { // the envelope of these tests has none
			continue
		}
		if line := a.Field + ": " + a.Reason; words == "" || !strings.Contains(line, words) {
			rest = append(rest, line)
		} else {
			return
		}
	}
	if words != "" || len(rest) > 0 {
		t.Errorf("%s: remarks %q, want %q", name, rest, words)
	}
}

func docsOf(text string) string { return "SSR+DOCS:HK:1:XB:::::" + text + "'" }

const (
	arsen     = "TIF+KADAEV+ARSENMR:A:1.1'"
	vera      = "TIF+OSIN+VERAMRS:A:1.2'"
	arsenDocs = "/P/XBB/B1/XBB/14MAR86/M/15JUL17/KADAEV/ARSEN"
	veraDocs  = "/P/XBB/C2/XBB/02NOV61/F/15JUL17/OSIN/VERA"
	arsenIs   = "KADAEV ARSENMR/KADAEV ARSEN MR"
	veraIs    = "OSIN VERAMRS/OSIN VERA MRS"
	arsenHas  = arsenIs + "/KADAEV ARSEN *1986-03-14 passport B1XB"
	veraHas   = veraIs + "/OSIN VERA *1961-11-02 passport C2XB"
)

// What the text says of whom it means outranks the place where it stands; and what
// says nothing of it, among several, is told of and given to nobody.
func TestTextOutranksPlace(t *testing.T) {
	for _, c := range []odd{
		{"all behind the last", arsen + vera + docsOf(arsenDocs) + docsOf(veraDocs), arsenHas + "; " + veraHas, ""},
		{"each under the other", arsen + docsOf(veraDocs) + vera + docsOf(arsenDocs), arsenHas + "; " + veraHas, ""},
		{"before any name", docsOf(veraDocs) + docsOf(arsenDocs) + arsen + vera, arsenHas + "; " + veraHas, ""},
		{"the name outranks the reference", arsen + vera + "SSR+DOCS:HK:1:XB:::::" + arsenDocs + "+::1.2'", arsenHas + "; " + veraIs, "it was assigned by the name"},
		{"a name as the passport spells it", arsen + vera + "SSR+DOCS:HK:1:XB:::::/P/XBB/B1/XBB///17/QADAYEV/ARSENE+::1.1'", arsenIs + "/QADAYEV ARSENE passport B1XB; " + veraIs, ""},
		{"without a name, each under its own", arsen + docsOf("/P/XBB/B1") + vera + docsOf("/P/XBB/C2"), arsenIs + " passport B1XB; " + veraIs + " passport C2XB", ""},
		{"without a name, behind the last", arsen + vera + docsOf("/P/XBB/B1"), arsenIs + "; " + veraIs, "it cannot be assigned"},
		{"birth place behind the last", arsen + vera + "SSR+DOCO:HK:1:XB:::::/TERSK XBB/V/V7//01JUN12/XAA'", arsenIs + "; " + veraIs, "it cannot be assigned"},
		{"residence of two", arsen + vera + "SSR+DOCA:HK:2:XB:::::/R/XAA/8 HARBOUR ROAD/OSTVIK+::1.1+::1.2'", arsenIs + "; " + veraIs, ""},
		{"a mistyped name", arsen + vera + docsOf("/P/XBB/B1/XBB/14MAR86/M//KADAEW/ARSEN"), arsenIs + "/KADAEW ARSEN *1986-03-14 passport B1XB; " + veraIs, ""},
		{"names the other way round", arsen + vera + docsOf("/P/XBB/B1/XBB/14MAR86/M//ARSEN/KADAEV"), arsenIs + "/ARSEN KADAEV *1986-03-14 passport B1XB; " + veraIs, ""},
		{"a shortened name", "TIF+KADAEV+AR:A:1'" + vera + docsOf(arsenDocs), "KADAEV AR/KADAEV ARSEN *1986-03-14 passport B1XB; " + veraIs, ""},
		{"namesakes", "TIF+KADAEV+ARSEN:A:1'TIF+KADAEV+ARSEN:A:2'" + docsOf(arsenDocs), "KADAEV ARSEN; KADAEV ARSEN", "it cannot be assigned"},
		{"a name that no traveller has", arsen + docsOf("/P/XAA/D9/XAA/01JAN70/F//HALVORSEN/INGRID"), arsenIs + "; HALVORSEN INGRID *1970-01-01 passport D9XA", "read as one more traveller"},
		{"a relative who has no TIF", "TIF+KADAEV+JOHN:A:1'" + docsOf("/P/XAA/D9/XAA/01JAN70/F//KADAEV/MARY"), "KADAEV JOHN; KADAEV MARY *1970-01-01 passport D9XA", "read as one more traveller"},
		{"nobody but in DOCS", docsOf(arsenDocs), "KADAEV ARSEN *1986-03-14 passport B1XB", "read as one more traveller"},
		{"a reference written longer", arsen + "TIF+OSIN+VERA:A:2'SSR+FOID:HK:1:XB:::::PPC2+::002'", arsenIs + "; OSIN VERA passport C2", ""},
		{"a stroke left out", arsen + docsOf(strings.TrimPrefix(arsenDocs, "/")), arsenHas, ""},
		{"withdrawn", arsen + strings.Replace(docsOf(arsenDocs), "DOCS:HK", "DOCS:HX", 1), arsenIs, "withdrawn"},
	} {
		all := bookingsOf(t, c.segments+toAlbia)
		if got := told(all); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.name, got, c.want)
		}
		holdRemark(t, c.name, all, c.remark)
	}
}

// Nothing that names people, or may, is passed over without a remark.
func TestEveryNamedPersonIsRead(t *testing.T) {
	inft := func(text string) string { return vera + "SSR+INFT:NN:1:XB:::::" + text + "+::1.2'" }
	withInfant := veraIs + "; OSIN LEV *2012-01-01"
	for _, c := range []odd{
		{"infant", inft("OSIN/LEV/01JAN12"), withInfant, ""},
		{"infant behind the grown-up", inft("1OSIN/VERAMRS.OSIN/LEV 01JAN12 OCCUPYING SEAT"), withInfant, ""},
		{"infant with a blank", inft("OSIN/LEV 01JAN2012"), withInfant, ""},
		{"infant with a stroke before", inft("/OSIN/LEV/01JAN12"), withInfant, ""},
		{"infant told of twice", inft("OSIN/LEV/01JAN12") + "SSR+INFT:HK:1:XB:::QXB:QXA::OSIN/LEV/01JAN12+::1.2'", withInfant, ""},
		{"infant called as the parent", "TIF+OSIN+LEV:A:1'SSR+INFT:NN:1:XB:::::OSIN/LEV/01JAN12+::1'", "OSIN LEV; OSIN LEV *2012-01-01", ""},
		{"infant in a text", vera + "IFT+4:28::XB+OSI YY INF OSIN/LEV 01JAN12'", withInfant, ""},
		{"infant in another text", vera + "IFT+4:28::XB+1INF OSIN/LEV'", veraIs + "; OSIN LEV", ""},
		{"infant without a name", inft("01JAN12"), veraIs, "it cannot be assigned"},
		{"infant that is only counted", "TIF+OSIN+VERA:A:1:1'", "OSIN VERA", "nothing in it names the infant"},
		{"infant counted and named", "TIF+OSIN+VERA:A:1:1'SSR+INFT:NN:1:XB:::::OSIN/LEV/01JAN12+::1'", "OSIN VERA; OSIN LEV *2012-01-01", ""},
		{"infant with a TIF, date in INFT", vera + "TIF+OSIN+LEV:IN:1.3'SSR+INFT:HK:1:XB:::::OSIN/LEV/01JAN12+::1.2'", withInfant, ""},
		{"age of the only child", vera + "TIF+OSIN+LEVMSTR:C:1.3'SSR+CHLD:HK:1:XB:::::01JAN08'", veraIs + "; OSIN LEVMSTR/OSIN LEV MSTR *2008-01-01", ""},
		{"age by reference", vera + arsen + "SSR+CHLD:HK:1:XB:::::01JAN08+::1.1'", veraIs + "; " + arsenIs + " *2008-01-01", ""},
		{"a child that no TIF names", vera + "SSR+CHLD:HK:1:XB:::::OSIN/MAXIM/01JAN08'", veraIs + "; OSIN MAXIM *2008-01-01", "read as one more traveller"},
		{"extra seat", vera + "TIF+OSIN+EXST:A:1.3'", veraIs, "an extra seat"},
		{"extra seat for baggage", vera + "TIF+CBBG+OSIN:A:1.3'", veraIs, "an extra seat"},
		{"extra seat behind the name", vera + "TIF+OSIN+VERAMRS EXST:A:1.3'", veraIs, "an extra seat"},
		{"extra seat of somebody new", "TIF+OSIN+VERA EXST:A:1.3'", "OSIN VERA", "an extra seat"},
		{"group", "TIF+CHOIR OF TERSK:G'" + vera, veraIs, "the name of a group"},
		{"the payer", vera + "IFT+4:43+TIMOR SIMSEK+8 HARBOUR ROAD'", veraIs, "the payer"},
		{"a name in a text", vera + "IFT+4:28::XB+TRAVELS WITH KADAEV/ARSEN'", veraIs, "a free text was not read"},
		{"a companion in a text", vera + "SSR+OTHS:HK:1:XB:::::MOTHER ANNA KADAEVA PICKS UP'", veraIs, "a free text was not read"},
		{"a number in a text", vera + "IFT+4:28::XB+CALL 0005550177'", veraIs, "a free text was not read"},
		{"a text about nobody", vera + "IFT+4:28::XB+VIP'IFT+4:15:9+LHR DL X/JFK DL YVR GBP/IT END'", veraIs, ""},
		{"emergency", vera + "SSR+PCTC:HK:1:XB:::::XAA/0005550177.KADAEV ARSEN+::1.2'", veraIs, "emergency contact"},
		{"a segment of another version", vera + "XYZ+KADAEV+ARSEN'XYZ+AGAIN'", veraIs, "(and 1 more like it)"},
		{"among hotels", vera + toAlbia + "MSG+8'TVL+170712:1500:200712+QXA:INN++HH+1'TIF+GUEST+GRETA:A:9'", veraIs, "who is not a traveller of the booking"},
		{"in the history", vera + toAlbia + "ABI+1+:QXBRR'SSR+DOCS:HK:1:XB:::::/P/XBB/X//01JAN60/M//GONE/GLEB'", veraIs, "who is not a traveller of the booking"},
		{"known in the history", vera + toAlbia + "ABI+1+:QXBRR'TIF+OSIN+VERAMRS:A:1.2'", veraIs, ""},
		{"a name that says it is none", "TIF+OSIN+FNU:A:1'", "OSIN", "says that the name is not known"},
		{"no name but a passport", "TIF++:A:1'" + docsOf("/P/XBB/C2/XBB/02NOV61"), " *1961-11-02 passport C2XB", "the traveller has no name"},
	} {
		all := bookingsOf(t, c.segments)
		if got := told(all); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.name, got, c.want)
		}
		holdRemark(t, c.name, all, c.remark)
	}
}

// How to reach a traveller stands in many places.
func TestContactsOfBookings(t *testing.T) {
	for _, c := range []odd{
		{"mail", "IFT+4:28::XB+CTCE SAMI..ODUYANGO//EXAMPLE.COM'", "email SAMI_ODUYANGO@EXAMPLE.COM", ""},
		{"mail with a language", "SSR+CTCE:HK:1:XB:::::SAMI./O//EXAMPLE.COM/EN'", "email SAMI-O@EXAMPLE.COM", ""},
		{"mail that is none", "SSR+CTCE:HK:1:XB:::::REFUSED'", "", "it holds no email"},
		{"phone", "IFT+4:28::XB+CTCM 420777123456'", "phone 420777123456", ""},
		{"phone with a language", "SSR+CTCM:HK:1:XB:::::/420777123456/EN'", "phone 420777123456", ""},
		{"both in one", "IFT+4:28::XB+CTCM 420777123456 CTCE A//B.EXAMPLE'", "phone 420777123456, email A@B.EXAMPLE", ""},
		{"at home", "IFT+4:28::XB+XB CTCH QXB 555 0177'", "phone 555 0177", ""},
		{"an agency's", "IFT+4:28::XB+CTCT QXB 866 746-4647 TRAVELS'IFT+4:28::XB+CTCP 866 746-4647 A'IFT+4:28::XB+CTCF 866 746-4647'", "", ""},
		{"refused", "SSR+CTCR:HK:1:XB:::::REFUSED'", "", ""},
		{"not refused", "SSR+CTCR:HK:1:XB:::::420777123456'", "phone 420777123456", ""},
		{"with the address", "ADD++702:8 HARBOUR ROAD:OSTVIK:::XA:1005:0005550177'", "phone 0005550177", ""},
		{"in components of another number", "SSR+CTCM:HK:1:XB::::420777123456'", "phone 420777123456", ""},
		{"of one of two", vera + "IFT+4:28::XB+CTCM 420777123456'", "", "it cannot be assigned"},
	} {
		all := bookingsOf(t, arsen+c.segments)
		var got []string
		for _, e := range eventsOf(all) {
			for _, i := range e.Traveller.Identifiers {
				got = append(got, i.Kind+" "+i.Value)
			}
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
		holdRemark(t, c.name, all, c.remark)
	}
}

// What only adds to the flight before it does not end it.
func TestStateOfTheFlight(t *testing.T) {
	sold := "TVL+180712:1155::1225+QXC+QXD+AA:XB+8971:B'"
	for _, c := range []odd{
		{"flown by another", sold + "TVL+++++109:M'RPI+1+HK'", "XB109 QXC-QXD 2012-07-18T11:55 2012-07-18T12:25", ""},
		{"number behind the state", sold + "RPI+1+HK'APD+320'RCI+XB:ABC123'TVL+++++109:M'", "XB109 QXC-QXD 2012-07-18T11:55 2012-07-18T12:25", ""},
		{"by TRA", "TVL+180712:1155+QXC+QXD+AA+8971'RPI+1+HK'TRA+XB+109:M'", "XB109 QXC-QXD 2012-07-18T11:55", ""},
		{"by TRA without a number", "TVL+180712:1155+QXC+QXD+AA+8971'TRA+XB'", "XB QXC-QXD 2012-07-18T11:55", "only the flight number of AA"},
		{"only the seller's number", sold, "XB QXC-QXD 2012-07-18T11:55 2012-07-18T12:25", "only the flight number of AA"},
		{"the reported flight, sold by another", "TVL+170712:1140::1520+QXB+QXA+AA:XB+8971:B'", "XB117 QXB-QXA 2012-07-17T11:40 2012-07-17T15:20", ""},
		{"the reported flight first", "TVL+170712:1140+QXB+QXA+AA:XB+117:B'DAT+2'TVL+++++8971:Y'", "XB117 QXB-QXA 2012-07-17T11:40", ""},
		{"cancelled behind the number", sold + "TVL+++++109:M'RPI+1+HX'", "", "all its flights are cancelled"},
		{"cancelled behind more", sold + "TVL+++++109:M'APD+320'DAT+2'SSR+SEAT:HK:1:XB:::QXC:QXD+1A::1'RPI+1+XX'", "", "all its flights are cancelled"},
		{"cancelled for one of two", toAlbia + "RPI+1+HX'RPI+1+HK'", "XB117 QXB-QXA 2012-07-17T11:40 2012-07-17T15:20", ""},
		{"one of two cancelled", sold + "RPI+1+UN'" + toAlbia + "RPI+1+HK'", "XB117 QXB-QXA 2012-07-17T11:40 2012-07-17T15:20", "flight: it is cancelled"},
		{"a way over land is not the flight before", toAlbia + "TVL+180712+QXA'RPI+1+XX'", "XB117 QXB-QXA 2012-07-17T11:40 2012-07-17T15:20", ""},
		{"a flight behind a hotel", toAlbia + "MSG+8'TVL+170712:1500:200712+QXA:INN++HH+1'TVL+200712:0900+QXA+QXB+XB+118'", "XB117 QXB-QXA 2012-07-17T11:40 2012-07-17T15:20; XB118 QXA-QXB 2012-07-20T09:00", ""},
		{"a hotel is not the flight before", toAlbia + "MSG+8'TVL+170712:1500:200712+QXA:INN++HH+1'RPI+1+XX'", "XB117 QXB-QXA 2012-07-17T11:40 2012-07-17T15:20", ""},
		{"an hour that does not exist", "TVL+170712:2400::2561+QXB+QXA+XB+117'", "XB117 QXB-QXA 2012-07-17 2012-07-17", "its hour does not exist"},
		{"midnight", "TVL+170712:0000+QXB+QXA+XB+117'", "XB117 QXB-QXA 2012-07-17T00:00", ""},
		{"a century", "TVL+17072012:1140+QXB+QXA+XB+117'", "XB117 QXB-QXA 2012-07-17T11:40", ""},
		{"a month in letters", "TVL+17JUL12:1140+QXB+QXA+XB+117'", "XB117 QXB-QXA 2012-07-17T11:40", ""},
	} {
		all := bookingsOf(t, arsen+c.segments)
		got := ""
		if events := eventsOf(all); len(events) == 1 {
			got = routeOf(events[0])
		}
		if got != c.want {
			t.Errorf("%s:\ngot  %q\nwant %q", c.name, got, c.want)
		}
		holdRemark(t, c.name, all, c.remark)
	}
}

// A booking that begins in another place is a booking.
func TestBookingsInOtherPlaces(t *testing.T) {
	head := "UNB+IATA:1+XB+XAGOV+120714:0900+7'UNH+1+PNRGOV:13:1:IA'MSG+:22'TVL+170712:1140:170712:1520+QXB+QXA+XB+117'"
	for _, c := range []odd{
		{"no SRC", "RCI+XB:A'" + arsen + docsOf(arsenDocs), arsenHas, "does not begin with SRC"},
		{"locator before SRC", "RCI+XB:A'SRC'" + arsen, arsenIs, ""},
		{"traveller before SRC, another behind", arsen + "SRC'RCI+XB:B'" + vera, arsenIs + "; " + veraIs, "does not begin with SRC"},
		{"documents before SRC", docsOf(arsenDocs) + "SRC'" + vera, "KADAEV ARSEN *1986-03-14 passport B1XB; " + veraIs, "does not begin with SRC"},
		{"no booking at all", "EQN+1'", "", "holds no booking"},
		{"no traveller at all", "SRC'RCI+XB:A'", "", "names no traveller"},
	} {
		all := reading(t, "pnrgov", head+c.segments)
		if got := told(all); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.name, got, c.want)
		}
		holdRemark(t, c.name, all, c.remark)
	}
	if all := reading(t, "pnrgov", strings.Replace(head, ":13:1", ":77:1", 1)+"SRC'"+arsen); told(all) != arsenIs || !strings.Contains(fmt.Sprint(asidesOf(all)), "this version of the message is not known") {
		t.Errorf("an unknown version: %s, %v", told(all), asidesOf(all))
	}
}

// Every segment and request that is left out on purpose has a reason.
func TestSilenceHasReasons(t *testing.T) {
	for _, table := range []map[string]string{silent, impersonal, paxSilent["DTM"], paxSilent["RFF"], paxSilent["LOC"], paxSilent["GEI"]} {
		if len(table) == 0 {
			t.Error("a table is empty")
		}
		for tag, why := range table {
			if why == "" || naming[tag] {
				t.Errorf("%s is left out without a reason", tag)
			}
		}
	}
}

// What nobody reads is told of once a kind, and counted beyond.
func TestNetIsBounded(t *testing.T) {
	var b strings.Builder
	for i := range 3 * maxCaught {
		for range 4 {
			fmt.Fprintf(&b, "Q%c%c+X'", 'A'+i/26, 'A'+i%26)
		}
	}
	all := bookingsOf(t, arsen+b.String())
	n, beyond := 0, false
	for _, a := range asidesOf(all) {
		if strings.HasPrefix(a.Field, "Q") {
			n++
		}
		beyond = beyond || a.Reason == fmt.Sprint(4*2*maxCaught)+" more segments were not read either"
	}
	if n != maxCaught || !beyond {
		t.Errorf("%d kinds told of, the rest counted: %v", n, beyond)
	}
}
