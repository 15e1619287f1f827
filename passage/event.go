package passage

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/base32"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"entente"
)

// ID gives the id of an event from what it says: the kind, who travels, and
// the journey.
//
// Who is the first name, without regard to the order of its parts, to capitals
// and to marks; with the reference in a booking that has one, since its birth
// dates and documents often come later; else with the first birth date, or
// without one the first document number, or the reference. The journey is each
// leg's carrier, flight number, ports and day of departure, or of arrival where
// no departure is told, and the place and time of a crossing or check. Where no day is told at all, it is the day on
// which the carrier sent it.
//
// The feed, the place in it, hours of departure, companions and all further
// details count for nothing. So the same passenger on the same flight is one
// event, whoever reports him and however often, delayed or with a document
// more; a booking and the list of who boarded stay two, for they say different
// things. A changed name, flight or, outside bookings, birth date is a new
// event: it may be just what a watch waits for.
//
// For the same reason, an event that comes again with its id and other content
// takes the place of the former and is to be screened again.
func ID(e entente.TravelEvent) entente.EventID {
	b := make([]byte, 0, 512)
	b = part(b, e.Kind)
	b = whose(b, e)
	dated := e.When != ""
	for _, l := range e.Legs {
		when := cmp.Or(l.Departs, l.Arrives)
		dated = dated || when != ""
		b = part(b, l.Carrier)
		b = part(b, strings.TrimLeft(l.Number, "0"))
		b = part(b, l.From)
		b = part(b, l.To)
		b = part(b, string(when[:min(len(when), len(time.DateOnly))]))
	}
	b = part(b, e.Place)
	b = part(b, string(e.When))
	if !dated && !e.Sent.IsZero() {
		b = part(b, e.Sent.Format(time.DateOnly))
	}
	sum := sha256.Sum256(b)
	var id [32]byte
	ids.Encode(id[:], sum[:20])
	return entente.EventID(id[:])
}

var ids = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// part appends s with its length before it, so that no two lists of parts are
// the same bytes.
func part(b []byte, s string) []byte {
	b = append(b, byte(len(s)>>8), byte(len(s)))
	return append(b, s...)
}

func whose(b []byte, e entente.TravelEvent) []byte {
	t := &e.Traveller
	if len(t.Names) > 0 {
		b = folded(b, t.Names[0].Text)
	}
	switch {
	case e.Kind == "booking" && e.Reference != "":
	case len(t.Births) > 0:
		d := t.Births[0].Date
		return append(b, 'b', byte(d.Year>>8), byte(d.Year), byte(d.Month), byte(d.Day))
	case len(t.Documents) > 0:
		return part(append(b, 'd'), t.Documents[0].Number)
	}
	return part(append(b, 'r'), e.Reference)
}

// folded appends a name's parts in capitals and in alphabetical order, without
// marks, as one part. A name of more than sixteen parts is folded in its order.
func folded(b []byte, name string) []byte {
	type span struct{ from, to int }
	var buf [128]byte
	var parts [16]span
	up, n, start := buf[:0], 0, 0
	end := func() {
		if len(up) == start {
			return
		}
		if n == len(parts) {
			n--
			parts[n].to = len(up)
		} else {
			parts[n] = span{start, len(up)}
		}
		n++
		start = len(up)
	}
	for _, r := range name {
		switch {
		case r >= 'A' && r <= 'Z' || r >= '0' && r <= '9':
			up = append(up, byte(r))
		case r >= 'a' && r <= 'z':
			up = append(up, byte(r-'a'+'A'))
		case unicode.IsSpace(r):
			end()
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			up = utf8.AppendRune(up, unicode.ToUpper(r))
		}
	}
	end()
	for i := 1; i < n && n < len(parts); i++ { // few: sort by insertion
		for j := i; j > 0 && bytes.Compare(up[parts[j].from:parts[j].to], up[parts[j-1].from:parts[j-1].to]) < 0; j-- {
			parts[j], parts[j-1] = parts[j-1], parts[j]
		}
	}
	b = append(b, byte(n))
	for _, p := range parts[:n] {
		b = append(append(b, up[p.from:p.to]...), ' ')
	}
	return b
}
