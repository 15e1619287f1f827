package passage

import (
	"fmt"
	"strings"
	"testing"
)

const listHead = "UNB+UNOA:4+S+R+120717:0830+9'UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'"

const toQXA = "TDT+20+XB117'LOC+125+QXB'DTM+189:1207171140:201'LOC+87+QXA'DTM+232:1207171520:201'"

// A list in another order, of other parties, with values that say nothing: nobody
// in it is lost, and nothing that may tell of somebody is passed over in silence.
func TestOddLists(t *testing.T) {
	const kadaev = "NAD+FL+++KADAEV:ARSEN'DTM+329:860314'"
	for _, c := range []odd{
		{"no name but a passport", toQXA + "NAD+FL'DTM+329:900101'DOC+P:110:111+G9998887'LOC+91+XBB'", " *1990-01-01 passport G9998887XB", "the traveller has no name"},
		{"no name but a phone", toQXA + "NAD+FL+++'COM+0005550177:TE'", "", "the traveller has no name"},
		{"neither", toQXA + "NAD+FL+++:'DTM+329:900101'", "", "neither a name nor a document"},
		{"a name that says it is none", toQXA + "NAD+FL+++UNKNOWN:UNKNOWN'DOC+P+G9998887'", " passport G9998887", "says that the name is not known"},
		{"half a name", toQXA + "NAD+FL+++KADAEV:FNU'", "KADAEV", "says that the name is not known"},
		{"another party who is a traveller", toQXA + "NAD+PA+++KADAEV:ARSEN'DTM+329:860314'DOC+P+B1'", "KADAEV ARSEN *1986-03-14 passport B1", "it was read as a traveller"},
		{"another party who is not", toQXA + "NAD+ZZ+++HANDLING AGENT'" + kadaev, "KADAEV ARSEN *1986-03-14", "it was not compared"},
		{"who answers for the list", "NAD+MS+++BOREAN AIR'COM+0005550101:TE'" + toQXA + kadaev, "KADAEV ARSEN *1986-03-14", ""},
		{"documents before the name", toQXA + "ATT+2++M'DOC+P+B1'" + kadaev, "KADAEV ARSEN *1986-03-14", "it belongs to no traveller"},
		{"documents under who answers", "NAD+MS+++BOREAN AIR'DOC+P+B1'" + toQXA + kadaev, "KADAEV ARSEN *1986-03-14", "it belongs to no traveller"},
		{"a flight behind the traveller", kadaev + toQXA, "KADAEV ARSEN *1986-03-14", "it was assigned to them"},
		{"an airport of the flight under the traveller", toQXA + kadaev + "LOC+125+QXC'", "KADAEV ARSEN *1986-03-14", "does not read this kind of segment of a traveller"},
		{"another segment under the traveller", toQXA + kadaev + "ZZZ+HALVORSEN'", "KADAEV ARSEN *1986-03-14", "does not read this kind of segment of a traveller"},
		{"known and silent", toQXA + kadaev + "GEI+4+173'LOC+22+QXA'RFF+SEA:1A'DTM+36:170715'FTX+BAG'MEA+CT++KGM:20'", "KADAEV ARSEN *1986-03-14", ""},
		{"another text", toQXA + kadaev + "FTX+AAI+++TRAVELS WITH HALVORSEN'", "KADAEV ARSEN *1986-03-14", "check whether it is about a person"},
		{"a number that says nothing", toQXA + kadaev + "DOC+P+UNKNOWN'", "KADAEV ARSEN *1986-03-14", "only says that it is not known"},
		{"a country of one letter", toQXA + kadaev + "NAT+2+F'DOC+P+B1'LOC+91+P'", "KADAEV ARSEN *1986-03-14 passport B1", "nobody has assigned"},
		{"D alone", toQXA + kadaev + "DOC+P+B1'LOC+91+D'", "KADAEV ARSEN *1986-03-14 passport B1DE", ""},
		{"UK", toQXA + kadaev + "DOC+P+B1'LOC+91+UK'", "KADAEV ARSEN *1986-03-14 passport B1GB", ""},
		{"a number that cannot be kept", toQXA + kadaev + "DOC+P+B" + strings.Repeat("1", 200) + "'DOC+I+C2'", "KADAEV ARSEN *1986-03-14 identity-card C2", "at most 100 are accepted"},
		{"nobody", toQXA, "", "names no traveller"},
		{"nobody, as it says", toQXA + "CNT+42:0'", "", ""},
		{"a phone of another kind", toQXA + kadaev + "COM+0005550177:ZZ'", "KADAEV ARSEN *1986-03-14", "neither a phone"},
	} {
		all := reading(t, "paxlst", listHead+c.segments)
		if c.name == "no name but a phone" {
			if e := eventsOf(all); len(e) != 1 || e[0].Traveller.Identifiers[0].Value != "0005550177" {
				t.Errorf("%s: got %+v", c.name, e)
			}
			continue
		}
		if got := told(all); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.name, got, c.want)
		}
		holdRemark(t, c.name, all, c.remark)
	}
}

// Travellers behind a second flight are on that one.
func TestFlightAmongTravellers(t *testing.T) {
	all := reading(t, "paxlst", listHead+toQXA+"NAD+FL+++KADAEV:ARSEN'"+strings.ReplaceAll(toQXA, "117", "118")+"NAD+FL+++OSIN:VERA'CNT+42:2'")
	events := eventsOf(all)
	if len(events) != 2 || events[0].Legs[0].Number != "117" || events[1].Legs[0].Number != "118" {
		t.Errorf("got %+v", events)
	}
	holdRemark(t, "two flights", all, "a second flight follows")
	late := eventsOf(reading(t, "paxlst", listHead+"NAD+FL+++KADAEV:ARSEN'"+toQXA))
	if len(late) != 1 || routeOf(late[0]) != "XB117 QXB-QXA 2012-07-17T11:40 2012-07-17T15:20" {
		t.Errorf("a flight behind its traveller: %+v", late)
	}
}

// Times and birth dates in other formats, with more than they need, or with an
// hour or a day that does not exist.
func TestOddTimesOfLists(t *testing.T) {
	for value, want := range map[string]string{
		"1207171140:201": "2012-07-17T11:40", "201207171140:203": "2012-07-17T11:40", "120717:101": "2012-07-17", "20120717:102": "2012-07-17",
		"20120717114000:204": "2012-07-17T11:40!", "1207172400:201": "2012-07-17!", "1207172575:201": "2012-07-17!", "201207172400:203": "2012-07-17!", "1207170000:201": "2012-07-17T00:00",
		"170712:2": "2012-07-17", "17072012:4": "2012-07-17", "170720121140:5": "2012-07-17T11:40", "1207171140Z:303": "2012-07-17T11:40!", "201207171140?+0100:303": "2012-07-17T11:40!",
		"2012-07-17:102": "2012-07-17!", "2012-07-17T11?:40:203": "2012-07-17T11:40!", "120717 1140:201": "2012-07-17T11:40!", "12071711401207171520:713": "2012-07-17T11:40!", "2012071720120718:711": "2012-07-17!",
		"120732:101": "!", "x:101": "!", "1207:101": "!",
	} {
		all := reading(t, "paxlst", listHead+"TDT+20+XB117'LOC+125+QXB'DTM+189:"+value+"'NAD+FL+++KADAEV:ARSEN'")
		got := string(eventsOf(all)[0].Legs[0].Departs)
		for _, a := range asidesOf(all) {
			if a.Field == "DTM" {
				got += "!"
			}
		}
		if got != want {
			t.Errorf("%s: got %q, want %q (! is a remark)", value, got, want)
		}
	}
	for value, want := range map[string]string{
		"860314": "1986-03-14", "19860314:102": "1986-03-14", "14031986:4": "1986-03-14", "140386:2": "1986-03-14", "1986:602": "1986", "198603:610": "1986-03", "1986": "1986",
		"1986-03-14": "1986-03-14", "1986/03/14": "1986-03-14", "14.03.1986": "1986-03-14", "860314Z": "1986-03-14!", "198603140000": "1986-03-14!", "8603140000": "1986-03-14!", "1986XXXX": "1986!", "1986-??-??": "1986!",
		"860000": "1986", "860300": "1986-03", "19860000": "1986", "860230": "!", "20130101": "!", "18100101": "!", "8603": "!", "UNKNOWN": "", "000000": "",
	} {
		all := reading(t, "paxlst", listHead+toQXA+"NAD+FL+++KADAEV:ARSEN'DTM+329:"+value+"'")
		got := ""
		if b := eventsOf(all)[0].Traveller.Births; len(b) > 0 {
			got = b[0].Date.String()
		}
		for _, a := range asidesOf(all) {
			if a.Field == "birth date" {
				got += "!"
			}
		}
		if got != want {
			t.Errorf("born %s: got %q, want %q (! is a remark)", value, got, want)
		}
	}
}

// A character set that does not fit the bytes is told of once, and the one that
// fits is used.
func TestCharacterSetsThatDoNotFit(t *testing.T) {
	for _, c := range []struct {
		level, bytes, want string
		told               bool
	}{
		{"UNOC", "MÜLLERSEN:JÖRG", "MÜLLERSEN JÖRG", true},
		{"UNOC", "M\xdcLLERSEN:J\xd6RG", "MÜLLERSEN JÖRG", false},
		{"UNOC", "\x8aIMEK:ZDEN\x8aK", "ŠIMEK ZDENŠK", true}, // Windows-1252
		{"UNOD", "WAŁĘSA", "WAŁĘSA", true},
		{"UNOD", "\x8aIMEK", "ŠIMEK", true}, // Windows-1250
		{"UNOD", "\xd8\xa9", "ŘŠ", false},   // which would be an Arabic letter in UTF-8
		{"UNOE", "Кадаев", "Кадаев", true},
		{"UNOE", "\xca\xe0\xe4\xe0\xe5\xe2", "Ърфрхт", false}, // cannot be told from ISO 8859-5
		{"UNOE", "\xc2\xb0", "ТА", false},
		{"UNOI", "عرفان", "عرفان", true},
		{"UNOL", "\xa6IMEK", "ŠIMEK", false},
		{"UNOX", "Арсен", "Арсен", false},
		{"UNOY", "Арсен", "Арсен", false},
		{"UNOB", "MÜLLERSEN", "MÜLLERSEN", true},
	} {
		text := strings.Replace(listHead, "UNOA", c.level, 1) + toQXA
		for range 3 {
			text += "NAD+FL+++" + c.bytes + "'"
		}
		all := reading(t, "paxlst", text)
		if got := eventsOf(all)[0].Traveller.Names[0].Text; got != c.want {
			t.Errorf("%s %q: got %q, want %q", c.level, c.bytes, got, c.want)
		}
		n := strings.Count(fmt.Sprint(asidesOf(all)), "not in the character set that UNB names")
		if n > 1 || (n == 1) != c.told || strings.Contains(fmt.Sprint(asidesOf(all)), doubtfulText) {
			t.Errorf("%s %q: told of it %d times: %v", c.level, c.bytes, n, asidesOf(all))
		}
	}
}
