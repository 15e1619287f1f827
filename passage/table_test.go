package passage

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestDatesInTables(t *testing.T) {
	now := &table{sink: &sink{now: received}}
	for in, want := range map[string]string{
		"1986-03-14": "1986-03-14", "1986-03": "1986-03", "1986": "1986", "14.03.1986": "1986-03-14", "14.3.1986": "1986-03-14",
		"19860314": "1986-03-14", "1986/03/14": "1986-03-14", "14 Mar 1986": "1986-03-14", "14MAR1986": "1986-03-14", "14-mar-1986": "1986-03-14",
		"14/03/1986": "1986-03-14", "03/14/1986": "1986-03-14", "03/03/1986": "1986-03-03",
		"03/04/1986": "", "2012-07-18": "", "1986-02-30": "", "86-03-14": "", "14.03.86": "", "1986-3": "", "0314": "", "unknown": "",
	} {
		got := ""
		if d, ok := dated(in, now); ok {
			got = d.String()
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestTimesInTables(t *testing.T) {
	for in, want := range map[string]string{
		"2012-07-17": "2012-07-17", "2012-07-17T15:20": "2012-07-17T15:20", "2012-07-17 15:20": "2012-07-17T15:20", "2012-07-17 15:20:59": "2012-07-17T15:20",
		"17.07.2012 1520": "2012-07-17T15:20", "17 Jul 2012": "2012-07-17", "17OCT2012": "2012-10-17",
		"2012-07-17T15:20Z": "", "2012-07-17T15:20+01:00": "", "2012-07-17T24:00": "", "2012-07-17T": "", "07/08/2012 10:00": "", "15:20": "", "": "",
	} {
		got, ok := timed(in)
		if string(got) != want || ok != (want != "") {
			t.Errorf("%q: got %q", in, got)
		}
	}
}

// A header may be written in many ways; the cells mean the same.
func TestHeaders(t *testing.T) {
	for _, header := range []string{
		"surname,given names,date of birth,passport no,flight,from,to,departure date,departure time",
		"LAST_NAME,First-Name,DOB,Passport Number,Flight No.,Origin,Destination,Departs,Departure Time",
		"Фамилия,given,Дата рождения,паспорт,рейс,from,to,departure,departure time",
		"\uFEFF\"Family name\",\"Given\",\"Born\",\"Document\",\"Flight\",\"From\",\"To\",\"Flight date\",\"Departure time\"",
	} {
		for _, comma := range []string{",", ";", "\t", "|"} {
			text := header + "\r\n\r\nKADAEV,ARSEN,1986-03-14,B00417733,XB117,QXB,QXA,2012-07-17,11:40\r\n"
			text = strings.ReplaceAll(text, ",", comma)
			all := reading(t, "csv", text)
			if got := told(all); got != "KADAEV ARSEN *1986-03-14 passport B00417733" {
				t.Errorf("%s: got %q, %v", header, got, asidesOf(all))
				continue
			}
			if e := eventsOf(all)[0]; routeOf(e) != "XB117 QXB-QXA 2012-07-17T11:40" || e.Where != "line 3" {
				t.Errorf("%s: got %q at %s", header, routeOf(e), e.Where)
			}
		}
	}
}

// Whatever a cell holds, a table that quotes it gives it back, and the row after
// it is read.
func TestCells(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cells := rapid.SliceOfN(rapid.StringMatching("[a-z,;\"\n \t|]{0,12}"), 2, 5).Draw(t, "cells")
		var row []string
		for _, c := range cells {
			row = append(row, `"`+strings.ReplaceAll(c, `"`, `""`)+`"`)
		}
		text := strings.Join(row, ",")
		got, state := split(text, ',')
		if state != closed || fmt.Sprint(got) != fmt.Sprint(cells) {
			t.Fatalf("%q: got %q in state %d", text, got, state)
		}
	})
}

// A quotation that is never closed costs its own line, however long the table.
func TestNeverClosed(t *testing.T) {
	for _, rest := range []int{1, maxRowSpan - 1, 3 * maxRowSpan} {
		text := "name,born,flight\n\"Kadaev,1986,XB1\n" + strings.Repeat("Osin Vera,1961,XB2\n", rest)
		all := reading(t, "csv", text)
		events, asides := eventsOf(all), asidesOf(all)
		if len(events) != rest || len(asides) != 1 || asides[0].Where != "line 2" {
			t.Errorf("%d rows after it: %d came, set aside %v", rest, len(events), asides)
			continue
		}
		if got, want := events[rest-1].Where, fmt.Sprintf("line %d", rest+2); got != want {
			t.Errorf("the last row stands in %s, not %s", got, want)
		}
	}
}

func TestLongLines(t *testing.T) {
	long := strings.Repeat("x", 3*maxRow)
	all := reading(t, "csv", "name,born,flight\nKadaev,"+long+",XB1\nOsin,1961,XB2\n")
	if got := told(all); got != "Osin *1961" || len(asidesOf(all)) != 1 {
		t.Errorf("csv: got %q, %v", got, asidesOf(all))
	}
	zone := strings.Join(specimens[TD3], "\n")
	all = reading(t, "mrz", zone+"\n"+long+"\n"+zone)
	if len(eventsOf(all)) != 2 || len(asidesOf(all)) == 0 {
		t.Errorf("mrz: %d zones", len(eventsOf(all)))
	}
	line, err := EncodeEvent(arrival())
	if err != nil {
		t.Fatal(err)
	}
	all = reading(t, "json", string(line)+"\n{"+strings.Repeat(" ", 2*maxEvent)+"}\n"+string(line))
	if len(eventsOf(all)) != 2 || len(asidesOf(all)) != 1 {
		t.Errorf("json: %d events", len(eventsOf(all)))
	}
}
