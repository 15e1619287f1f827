package passage

import (
	"crypto/sha256"
	"encoding/base32"
	"slices"
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
// leg's carrier, flight number, ports and day of departure, and the place and
// time of a crossing or check. Where no day is told at all, it is the day on
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
		dated = dated || l.Departs != ""
		b = part(b, l.Carrier)
		b = part(b, strings.TrimLeft(l.Number, "0"))
		b = part(b, l.From)
		b = part(b, l.To)
		b = part(b, string(l.Departs[:min(len(l.Departs), len("2006-01-02"))]))
	}
	b = part(b, e.Place)
	b = part(b, string(e.When))
	if !dated && !e.Sent.IsZero() {
		b = part(b, e.Sent.Format(time.DateOnly))
	}
	sum := sha256.Sum256(b)
	return entente.EventID(ids.EncodeToString(sum[:20]))
}

var ids = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// part appends s with its length before it, so that no two lists of parts are
// the same bytes.
func part(b []byte, s string) []byte {
	b = append(b, byte(len(s)>>8), byte(len(s)))
	return append(b, s...)
}

func whose(b []byte, e entente.TravelEvent) []byte {
	t := e.Traveller
	if len(t.Names) > 0 {
		b = part(b, folded(t.Names[0].Text))
	}
	switch {
	case e.Kind == "booking" && e.Reference != "":
	case len(t.Births) > 0:
		return part(append(b, 'b'), t.Births[0].Date.String())
	case len(t.Documents) > 0:
		return part(append(b, 'd'), t.Documents[0].Number)
	}
	return part(append(b, 'r'), e.Reference)
}

// folded writes a name's parts in capitals and in alphabetical order, without
// marks.
func folded(name string) string {
	up := make([]byte, 0, 64)
	var parts [][]byte
	start := 0
	for _, r := range name {
		if r == ' ' || unicode.IsSpace(r) {
			if len(up) > start {
				parts = append(parts, up[start:len(up):len(up)])
			}
			start = len(up)
			continue
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			up = utf8.AppendRune(up, unicode.ToUpper(r))
		}
	}
	if len(up) > start {
		parts = append(parts, up[start:])
	}
	slices.SortFunc(parts, func(a, b []byte) int { return strings.Compare(string(a), string(b)) })
	out := make([]byte, 0, len(up)+len(parts))
	for _, p := range parts {
		out = append(append(out, p...), ' ')
	}
	return string(out)
}
