package passage

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"entente"
)

// Every field of an event is held to its form, and the error names it.
func TestCheckNamesTheField(t *testing.T) {
	full := func() entente.TravelEvent {
		e := arrival()
		e.Feed, e.With = "north", []string{"OSIN VERA"}
		s := &e.Traveller
		s.Names[0].Script, s.Names[0].Use = "Latn", "mrz"
		s.Nationalities = []entente.Country{"XB"}
		s.Identifiers = []entente.Identifier{{Kind: "phone", Value: "0005550177"}}
		return e
	}
	if err := Check(full()); err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("x", maxName+1)
	for _, c := range []struct {
		field  string
		change func(*entente.TravelEvent)
	}{
		{"kind", func(e *entente.TravelEvent) { e.Kind = "visit" }},
		{"feed", func(e *entente.TravelEvent) { e.Feed = "North Airport" }},
		{"place", func(e *entente.TravelEvent) { e.Place = long }},
		{"place", func(e *entente.TravelEvent) { e.Place = "a\u202eb" }},
		{"place", func(e *entente.TravelEvent) { e.Place = "a\xff" }},
		{"when", func(e *entente.TravelEvent) { e.When = "2012-07-17T25:00" }},
		{"when", func(e *entente.TravelEvent) { e.Kind = "crossing" }},
		{"when", func(e *entente.TravelEvent) { e.Kind = "document" }},
		{"reference", func(e *entente.TravelEvent) { e.Reference = "a\nb" }},
		{"with[0]", func(e *entente.TravelEvent) { e.With[0] = " " }},
		{"with", func(e *entente.TravelEvent) { e.With = make([]string, maxWith+1) }},
		{"where", func(e *entente.TravelEvent) { e.Where = "\x00" }},
		{"sent", func(e *entente.TravelEvent) { e.Sent = e.Sent.Add(1) }},
		{"sent", func(e *entente.TravelEvent) { e.Sent = e.Sent.In(time.FixedZone("", 3600)) }},
		{"legs", func(e *entente.TravelEvent) { e.Legs = make([]entente.Leg, maxLegs+1) }},
		{"legs[0].carrier", func(e *entente.TravelEvent) { e.Legs[0].Carrier = "xb" }},
		{"legs[0].number", func(e *entente.TravelEvent) { e.Legs[0].Number = "1234567" }},
		{"legs[0].from", func(e *entente.TravelEvent) { e.Legs[0].From = "Q" }},
		{"legs[0].to", func(e *entente.TravelEvent) { e.Legs[0].To = "Tersk North" }},
		{"legs[0].departs", func(e *entente.TravelEvent) { e.Legs[0].Departs = "17.07.2012" }},
		{"legs[0].arrives", func(e *entente.TravelEvent) { e.Legs[0].Arrives = "2012-07-17T15:20Z" }},
		{"traveller.id", func(e *entente.TravelEvent) { e.Traveller.ID = "" }},
		{"traveller.names", func(e *entente.TravelEvent) {
			e.Traveller.Names, e.Traveller.Documents, e.Traveller.Identifiers = nil, nil, nil
		}},
		{"traveller.names", func(e *entente.TravelEvent) { e.Traveller.Names = make([]entente.Name, maxList+1) }},
		{"traveller.names[0].text", func(e *entente.TravelEvent) { e.Traveller.Names[0].Text = "" }},
		{"traveller.names[0].text", func(e *entente.TravelEvent) { e.Traveller.Names[0].Text = "a\u2028b" }},
		{"traveller.names[0].script", func(e *entente.TravelEvent) { e.Traveller.Names[0].Script = "latn" }},
		{"traveller.names[0].script", func(e *entente.TravelEvent) { e.Traveller.Names[0].Script = "LATN" }},
		{"traveller.names[0].use", func(e *entente.TravelEvent) { e.Traveller.Names[0].Use = "nom de guerre" }},
		{"traveller.births[0].id", func(e *entente.TravelEvent) { e.Traveller.Births[0].ID = "b2" }},
		{"traveller.births[0].date", func(e *entente.TravelEvent) { e.Traveller.Births[0].Date.Day = 32 }},
		{"traveller.births[0].date", func(e *entente.TravelEvent) { e.Traveller.Births[0].Date = entente.PartialDate{} }},
		{"traveller.births[0].place", func(e *entente.TravelEvent) { e.Traveller.Births[0].Place = long }},
		{"traveller.births[0].grade", func(e *entente.TravelEvent) { e.Traveller.Births[0].Grade = "A7" }},
		{"traveller.births[0].nature", func(e *entente.TravelEvent) { e.Traveller.Births[0].Nature = "" }},
		{"traveller.births", func(e *entente.TravelEvent) { e.Traveller.Births = make([]entente.Birth, maxList+1) }},
		{"traveller.sex", func(e *entente.TravelEvent) { e.Traveller.Sex = "U" }},
		{"traveller.nationalities[0]", func(e *entente.TravelEvent) { e.Traveller.Nationalities[0] = "XBB" }},
		{"traveller.nationalities", func(e *entente.TravelEvent) { e.Traveller.Nationalities = make([]entente.Country, maxNations+1) }},
		{"traveller.residence", func(e *entente.TravelEvent) { e.Traveller.Residence = long }},
		{"traveller.documents[0].type", func(e *entente.TravelEvent) { e.Traveller.Documents[0].Type = "P" }},
		{"traveller.documents[0].number", func(e *entente.TravelEvent) { e.Traveller.Documents[0].Number = "" }},
		{"traveller.documents[0].country", func(e *entente.TravelEvent) { e.Traveller.Documents[0].Country = "D" }},
		{"traveller.documents", func(e *entente.TravelEvent) { e.Traveller.Documents = make([]entente.Document, maxList+1) }},
		{"traveller.identifiers[0].kind", func(e *entente.TravelEvent) { e.Traveller.Identifiers[0].Kind = "" }},
		{"traveller.identifiers[0].value", func(e *entente.TravelEvent) { e.Traveller.Identifiers[0].Value = "" }},
	} {
		e := full()
		c.change(&e)
		err := Check(e)
		if fieldOf(err) != c.field || !errors.Is(err, entente.Invalid) {
			t.Errorf("%s: got %q (%v)", c.field, fieldOf(err), err)
		}
		if _, err := EncodeEvent(e); err == nil {
			t.Errorf("%s: it encodes all the same", c.field)
		}
	}
}

// What comes from a feed and cannot be kept costs its field, with the reason. Who
// has nothing left to be looked for by is set aside whole.
func TestEventsThatCannotBeKept(t *testing.T) {
	all := reading(t, "paxlst", strings.Replace(manifest, "KADAEV:ARSEN", strings.Repeat("KADAEV ", 100), 1))
	if got := people(all); got != "OSIN VERA 1961-11-02" {
		t.Errorf("got %q", got)
	}
	a := asidesOf(all)
	if len(a) != 2 || a[1].Field != "traveller.names" || a[0].Where != "message 1, passenger 1" || a[0].Field != "traveller.names[0].text" {
		t.Errorf("set aside %+v", a)
	}
}

func TestBirthDatesOfBookings(t *testing.T) {
	journey := time.Date(2012, 7, 17, 0, 0, 0, 0, time.UTC)
	for in, want := range map[string]string{
		"14MAR86": "1986-03-14", "17JUL12": "2012-07-17", "18JUL12": "1912-07-18", "14MAR1986": "1986-03-14", "29FEB04": "2004-02-29",
		"00MAR86": "1986-03", "29FEB05": "", "14MAR2013": "", "14MRZ86": "", "1AMAR86": "", "14MAR8": "", "860314": "1986-03-14", "": "",
		"XXMAR86": "1986-03", "MAR86": "1986-03", "14-MAR-86": "1986-03-14", "14mar86": "1986-03-14", "14MAR86X": "1986-03-14", "1986": "1986", "1986-03-14": "1986-03-14", "14MAR1850": "",
	} {
		got := ""
		if d, _ := bornAirline(in, journey); !d.IsZero() {
			got = d.String()
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// Old feeds are imported too: a two-digit year of a journey is never far ahead.
func TestYearsOfJourneys(t *testing.T) {
	now := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	for yy, want := range map[int]int{26: 2026, 27: 2027, 36: 2036, 37: 1937, 12: 2012, 0: 2000, 99: 1999} {
		if got := near(yy, now); got != want {
			t.Errorf("%02d: got %d, want %d", yy, got, want)
		}
	}
}

func TestDocumentTypes(t *testing.T) {
	for code, want := range map[string]string{
		"P": "passport", "PN": "passport", "PD": "passport", "V": "visa", "I": "identity-card", "ID": "identity-card", "A": "identity-card", "C": "identity-card",
		"AC": "other", "AR": "residence-permit", "IR": "residence-permit", "DL": "driving-licence", "M": "other", "": "other",
	} {
		if got := documentType(code); got != want {
			t.Errorf("%q: got %s, want %s", code, got, want)
		}
	}
}

// A time that is missing is the caller's mistake and not the feed's.
func TestTimeIsAnArgument(t *testing.T) {
	err := Read("csv", strings.NewReader("name,born\n"), "north", time.Time{}, func(Record) error { return nil })
	if fieldOf(err) != "at" {
		t.Errorf("got %v", err)
	}
}

// The day of a check of a document is the day on which the feed came in, so the
// same passport on another day is another event.
func TestDocumentsByDay(t *testing.T) {
	ids := map[entente.EventID]bool{}
	for day := range 3 {
		at := received.AddDate(0, 0, day/2)
		err := Read("mrz", strings.NewReader(strings.Join(specimens[TD3], "\n")), "north", at, func(r Record) error {
			ids[r.Event.ID] = true
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(ids) != 2 {
		t.Errorf("three readings on two days are %d events", len(ids))
	}
}

func TestCut(t *testing.T) {
	for n := range 300 {
		s := cut(strings.Repeat("ж", n) + "\xff")
		if len(s) > 200 || strings.Contains(s, "\xff") || n < 90 && s != strings.Repeat("ж", n)+"\uFFFD" {
			t.Fatalf("%d: %q", n, s)
		}
	}
}

func ExampleParseMRZ() {
	m, err := ParseMRZ([]string{
		"P<XBBKADAEV<<ARSEN<IBRAGIM<<<<<<<<<<<<<<<<<<",
		"B004177336XBB8603142M1707155ZE184226B<<<<<18",
	})
	fmt.Println(m.Format, m.Surname, "/", m.Given, m.Birth, err)
	// Output: TD3 KADAEV / ARSEN IBRAGIM 860314 <nil>
}
