package passage

import (
	"testing"
	"time"

	"entente"
)

func arrival() entente.TravelEvent {
	return entente.TravelEvent{
		Kind: "arrival",
		Traveller: entente.Subject{
			ID: travellerID, Names: []entente.Name{{Text: "KADAEV ARSEN"}},
			Births:    []entente.Birth{{ID: "b1", Date: entente.PartialDate{Year: 1986, Month: 3, Day: 14}, Grade: carrierGrade, Nature: entente.NatureFact}},
			Documents: []entente.Document{{Type: "passport", Number: "B00417733", Country: "XB"}},
		},
		Legs: []entente.Leg{{Carrier: "XB", Number: "117", From: "QXB", To: "QXA", Departs: "2012-07-17T11:40", Arrives: "2012-07-17T15:20"}},
		Sent: time.Date(2012, 7, 17, 8, 30, 0, 0, time.UTC),
	}
}

func booked() entente.TravelEvent {
	e := arrival()
	e.Kind, e.Reference = "booking", "XK7RTQ"
	return e
}

// What is told of a journey in another way, or later and better, is the same event.
func TestSameEvent(t *testing.T) {
	for name, change := range map[string]func(*entente.TravelEvent){
		"another feed":           func(e *entente.TravelEvent) { e.Feed = "south" },
		"another place in it":    func(e *entente.TravelEvent) { e.Where = "message 7, passenger 99" },
		"delayed":                func(e *entente.TravelEvent) { e.Legs[0].Departs, e.Legs[0].Arrives = "2012-07-17T19:05", "" },
		"only the day":           func(e *entente.TravelEvent) { e.Legs[0].Departs = "2012-07-17" },
		"a padded flight number": func(e *entente.TravelEvent) { e.Legs[0].Number = "0117" },
		"parts in another order": func(e *entente.TravelEvent) { e.Traveller.Names[0].Text = "Arsen  Kadaev" },
		"a comma":                func(e *entente.TravelEvent) { e.Traveller.Names[0].Text = "Kadaev, Arsen" },
		"a name more": func(e *entente.TravelEvent) {
			e.Traveller.Names = append(e.Traveller.Names, entente.Name{Text: "Арсен"})
		},
		"another document":          func(e *entente.TravelEvent) { e.Traveller.Documents[0].Number = "B1" },
		"a nationality":             func(e *entente.TravelEvent) { e.Traveller.Nationalities = []entente.Country{"XB"} },
		"a companion":               func(e *entente.TravelEvent) { e.With = []string{"OSIN VERA"} },
		"sent later":                func(e *entente.TravelEvent) { e.Sent = e.Sent.AddDate(0, 0, 1) },
		"its own id does not count": func(e *entente.TravelEvent) { e.ID = "x" },
	} {
		for _, make := range []func() entente.TravelEvent{arrival, booked} {
			e := make()
			change(&e)
			if ID(e) != ID(make()) {
				t.Errorf("%s: %s makes another event", e.Kind, name)
			}
		}
	}
	late := booked()
	late.Traveller.Births, late.Traveller.Documents = nil, nil
	if ID(late) != ID(booked()) {
		t.Error("a booking whose documents come later is another event")
	}
}

func TestOtherEvent(t *testing.T) {
	for name, change := range map[string]func(*entente.TravelEvent){
		"kind":      func(e *entente.TravelEvent) { e.Kind = "departure" },
		"name":      func(e *entente.TravelEvent) { e.Traveller.Names[0].Text = "KADAYEV ARSEN" },
		"one name":  func(e *entente.TravelEvent) { e.Traveller.Names[0].Text = "KADAEVARSEN" },
		"carrier":   func(e *entente.TravelEvent) { e.Legs[0].Carrier = "XA" },
		"number":    func(e *entente.TravelEvent) { e.Legs[0].Number = "118" },
		"from":      func(e *entente.TravelEvent) { e.Legs[0].From = "QXC" },
		"to":        func(e *entente.TravelEvent) { e.Legs[0].To = "QXC" },
		"day":       func(e *entente.TravelEvent) { e.Legs[0].Departs = "2012-07-18T11:40" },
		"place":     func(e *entente.TravelEvent) { e.Place = "Ostvik" },
		"time":      func(e *entente.TravelEvent) { e.When = "2012-07-17T15:21" },
		"leg more":  func(e *entente.TravelEvent) { e.Legs = append(e.Legs, e.Legs[0]) },
		"moved on":  func(e *entente.TravelEvent) { e.Legs[0].From, e.Legs[0].To = "", "QXBQXA" },
		"shortened": func(e *entente.TravelEvent) { e.Legs[0].Carrier, e.Legs[0].Number = "X", "B117" },
	} {
		for _, make := range []func() entente.TravelEvent{arrival, booked} {
			e := make()
			change(&e)
			if ID(e) == ID(make()) {
				t.Errorf("%s: another %s makes the same event", e.Kind, name)
			}
		}
	}
	a, b := arrival(), arrival()
	b.Traveller.Births[0].Date.Year = 1961
	if ID(a) == ID(b) {
		t.Error("a namesake of another birth date is the same event")
	}
	a.Traveller.Births, b.Traveller.Births = nil, nil
	b.Traveller.Documents[0].Number = "B1"
	if ID(a) == ID(b) {
		t.Error("without birth dates, another document is the same event")
	}
	a.Legs[0].Departs, b.Legs[0].Departs = "", ""
	a.Legs[0].Arrives, b.Legs[0].Arrives = "", ""
	b.Traveller = a.Traveller
	b.Sent = b.Sent.AddDate(0, 0, 1)
	if ID(a) == ID(b) {
		t.Error("without days, lists of two days are the same event")
	}
	c, d := booked(), booked()
	d.Reference = "OTHER1"
	if ID(c) == ID(d) {
		t.Error("another booking is the same event")
	}
}

// A feed that is read twice, from two sources, gives the same ids.
func TestFedTwice(t *testing.T) {
	first := eventsOf(reading(t, "paxlst", manifest))
	again := eventsOf(reading(t, "csv", "surname,given,born,flight,from,to,departs\nKadaev,Arsen,1986-03-14,XB117,QXB,QXA,2012-07-17\nOsin,Vera,1961-11-02,XB117,QXB,QXA,2012-07-17\n"))
	for i := range first {
		if first[i].ID != again[i].ID {
			t.Errorf("%+v\nand\n%+v\nare two events", first[i], again[i])
		}
	}
	if first[0].ID == first[1].ID {
		t.Error("two passengers are one event")
	}
}

// Arrival lists may leave out when the flight left.
func TestArrivalDayCounts(t *testing.T) {
	a, b := arrival(), arrival()
	a.Legs[0].Departs, b.Legs[0].Departs = "", ""
	if ID(a) != ID(b) {
		t.Error("the same arrival is two events")
	}
	b.Legs[0].Arrives = "2012-07-24T15:20"
	if ID(a) == ID(b) {
		t.Error("the flight a week later is the same event")
	}
}
