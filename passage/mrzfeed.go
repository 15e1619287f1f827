package passage

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"

	"entente"
)

// maxMRZLine bounds a line of a file of zones. The longest has 44 characters.
const maxMRZLine = 200

// opensMRZ reports whether a line may be the first of a zone.
func opensMRZ(line string) bool {
	return mrzLines(len(line)) > 0 && strings.Contains("PVACI", line[:1]) && strings.Contains(line, "<") &&
		strings.Trim(line, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<") == ""
}

// mrzLines gives how many lines of a width a zone has; 0: none is so wide.
func mrzLines(width int) int {
	switch width {
	case 30:
		return 3
	case 36, 44:
		return 2
	}
	return 0
}

// zones reads a file of machine-readable zones. Each begins at its first line
// and ends with the number of lines that its width asks for, or at an empty line.
type zones struct {
	*sink
	*lines
	pending []string
	first   int // line of pending[0]
	good    int
	lost    bool // in lines that were told of: wait for an empty line or a first line
}

func readMRZ(r io.Reader, s *sink) error {
	z := &zones{sink: s, lines: newLines(r, maxMRZLine)}
	head := z.head()
	for {
		line, long, err := z.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if err := z.take(string(bytes.ToUpper(bytes.TrimSpace(line))), long); err != nil {
			return err
		}
	}
	if err := z.close(); err != nil {
		return err
	}
	if z.good == 0 {
		if f, _ := Detect(head); f != "mrz" {
			return notOf("mrz", head)
		}
	}
	return nil
}

// take adds a line to the zone at hand.
func (z *zones) take(line string, long bool) error {
	if line == "" {
		z.lost = false
		return z.close()
	}
	if len(z.pending) > 0 && len(line) != len(z.pending[0]) {
		if err := z.close(); err != nil {
			return err
		}
	}
	if len(z.pending) == 0 {
		if long || !opensMRZ(line) {
			return z.stray(line)
		}
		z.first, z.lost = z.n, false
	}
	z.pending = append(z.pending, line)
	if len(z.pending) == mrzLines(len(line)) {
		return z.close()
	}
	return nil
}

// stray tells of lines that belong to no zone, once for each run of them.
func (z *zones) stray(line string) error {
	if z.lost {
		return nil
	}
	z.lost = true
	return z.aside(entente.SetAside{Where: "line " + strconv.Itoa(z.n), Reason: "no machine-readable zone begins here: its first line has 30, 36 or 44 characters and begins with P, V, I, A or C", Text: cut(line)})
}

// close hands on the zone at hand.
func (z *zones) close() error {
	if len(z.pending) == 0 {
		return nil
	}
	lines := z.pending
	z.pending = nil
	m, err := ParseMRZ(lines)
	if err != nil {
		return z.aside(entente.SetAside{Where: "line " + strconv.Itoa(z.first), Field: fieldOf(err), Reason: reasonOf(err), Text: cut(strings.Join(lines, "\n"))})
	}
	z.good++
	e, aside := m.Event(z.now)
	e.Where = "line " + strconv.Itoa(z.first)
	for i := range aside {
		aside[i].Where = e.Where
	}
	return z.event(e, aside)
}

// Event turns a zone into the event that the document was read on the day of at.
func (m MRZ) Event(at time.Time) (entente.TravelEvent, []entente.SetAside) {
	var aside []entente.SetAside
	doubt := func(field, reason, text string) {
		aside = append(aside, entente.SetAside{Record: m.Number, Field: field, Reason: reason, Text: text})
	}
	e := entente.TravelEvent{Kind: "document", When: entente.LocalTime(at.Format(time.DateOnly)), Traveller: entente.Subject{ID: travellerID, Sex: entente.Sex(m.Sex)}}
	t := &e.Traveller
	t.Names = []entente.Name{{Text: strings.Join(strings.Fields(m.Surname+" "+m.Given), " "), Use: "mrz"}}
	if m.Truncated() {
		doubt("names", "they fill their field and may have been cut when the document was made", t.Names[0].Text)
	}
	if d, ok := m.born(at); ok {
		born(t, d, "")
	} else if strings.Trim(m.Birth, "<") != "" {
		doubt("birth date", "it is not a date that exists", m.Birth)
	}
	nation, ok := entente.ReadCountry([]byte(m.Nationality))
	if !ok {
		doubt("nationality", "nobody has assigned this country code", m.Nationality)
	}
	citizen(t, nation)
	issuer, ok := entente.ReadCountry([]byte(m.Issuer))
	if !ok {
		doubt("document issuer", "nobody has assigned this country code", m.Issuer)
	}
	t.Documents = []entente.Document{{Type: documentType(m.Code), Number: strings.ReplaceAll(m.Number, "<", ""), Country: issuer}}
	return e, aside
}

// born gives the birth date as far as it is known.
func (m MRZ) born(at time.Time) (entente.PartialDate, bool) {
	s := strings.TrimRight(m.Birth, "<")
	n, ok := number(s)
	switch {
	case ok && len(s) == 6:
		return birthday(n/10000, n/100%100, n%100, at)
	case ok && len(s) == 4:
		return birthday(n/100, n%100, 0, at)
	case ok && len(s) == 2:
		return birthday(n, 0, 0, at)
	}
	return entente.PartialDate{}, false
}
