package passage

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"entente"
)

// How many travel events a core reads in a second, from feeds of the size of a
// wide-body flight; the floor is to copy the bytes and to hash an id's worth of
// each event.

func benchmarkRead(b *testing.B, format string, text []byte, events int) {
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		err := Read(format, bytes.NewReader(text), "north", received, func(r Record) error {
			if r.Event.ID != "" {
				n++
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	if n != events*b.N {
		b.Fatalf("%d events in %d runs, not %d each", n, b.N, events)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "events/s")
}

const flightful = 300

func BenchmarkPAXLST(b *testing.B) {
	var t strings.Builder
	t.WriteString("UNB+UNOA:4+S+R+120717:0830+9'UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'TDT+20+XB117'LOC+125+QXB'DTM+189:1207171140:201'LOC+87+QXA'DTM+232:1207171520:201'")
	for i := range flightful {
		fmt.Fprintf(&t, "NAD+FL+++KADAEV:ARSEN%d'ATT+2++M'DTM+329:860314'LOC+178+QXB'LOC+179+QXA'LOC+174+XAA'NAT+2+XBB'RFF+AVF:XK%04d'DOC+P:110:111+B0041%d'DTM+36:170715'LOC+91+XBB'", i, i/2, i)
	}
	t.WriteString("CNT+42:300'UNT+3310+1'UNZ+1+9'")
	benchmarkRead(b, "paxlst", []byte(t.String()), flightful)
}

func BenchmarkPNRGOV(b *testing.B) {
	var t strings.Builder
	t.WriteString("UNA:+.?*'UNB+IATA:1+XB+XAGOV+120714:0900+7'UNH+1+PNRGOV:13:1:IA'MSG+:22'TVL+170712:1140:170712:1520+QXB+QXA+XB+117'")
	for i := range flightful / 2 {
		fmt.Fprintf(&t, "SRC'RCI+XB:XK%04d'DAT+700:100612:1015'TIF+KADAEV+ARSENMR:A:1'SSR+DOCS:HK:1:XB:::::/P/XBB/B%d/XBB/14MAR86/M/15JUL17/KADAEV/ARSEN+::1'TIF+OSIN+VERAMRS:A:2'SSR+DOCS:HK:1:XB:::::/P/XBB/C%d/XBB/02NOV61/F/15JUL17/OSIN/VERA+::2'TVL+170712:1140::1520+QXB+QXA+XB+117:Y'RPI+2+HK'APD+320'", i, i, i)
	}
	benchmarkRead(b, "pnrgov", []byte(t.String()), flightful)
}

func BenchmarkMRZ(b *testing.B) {
	text := strings.Repeat(strings.Join(specimens[TD3], "\n")+"\n", flightful)
	benchmarkRead(b, "mrz", []byte(text), flightful)
}

func BenchmarkCSV(b *testing.B) {
	text := "surname,given,born,sex,nationality,passport,flight,from,to,departs\n" + strings.Repeat("KADAEV,ARSEN,1986-03-14,M,XBB,B00417733,XB117,QXB,QXA,2012-07-17T11:40\n", flightful)
	benchmarkRead(b, "csv", []byte(text), flightful)
}

func BenchmarkJSON(b *testing.B) {
	e := arrival()
	e.ID = ID(e)
	line, err := EncodeEvent(e)
	if err != nil {
		b.Fatal(err)
	}
	benchmarkRead(b, "json", bytes.Repeat(append(line, '\n'), flightful), flightful)
}

func BenchmarkFloor(b *testing.B) {
	text := bytes.Repeat([]byte("NAD+FL+++KADAEV:ARSEN'"), 10*flightful)
	events := make([]entente.TravelEvent, flightful)
	for i := range events {
		events[i] = arrival()
	}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := io.Copy(io.Discard, struct{ io.Reader }{bytes.NewReader(text)}); err != nil {
			b.Fatal(err)
		}
		for i := range events {
			ID(events[i])
		}
	}
	b.ReportMetric(float64(flightful*b.N)/b.Elapsed().Seconds(), "events/s")
}
