package passage

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"entente"
	"entente/parse"

	"golang.org/x/text/unicode/norm"
)

// maxMRZLine bounds a line of a file of zones. The longest has 44 characters.
const maxMRZLine = 200

// opensMRZ reports whether a line may be the first of a zone.
func opensMRZ(line string) bool {
	return mrzLines(len(line)) > 0 && (strings.Contains("PVACI", line[:1]) && strings.Contains(line, "<") || isLicence(line)) && inAlphabet(line)
}

// opensShort reports whether a line may be the first of a zone, of which fillers
// at the end are missing.
func opensShort(line string) bool {
	return len(line) >= 10 && len(line) < 44 && strings.Contains("PVI", line[:1]) && strings.Contains(line[5:], "<<") && inAlphabet(line) && isLetters(strings.TrimRight(line[2:5], "<"))
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
	odd     []Flaw // of the lines, before they were brought to their form
	first   int    // line of pending[0]
	good    int
	lost    bool // in lines that were told of: wait for an empty line or a first line
}

func readMRZ(r io.Reader, s *sink) error {
	z := &zones{sink: s, lines: newLines(r, maxMRZLine)}
	head := bytes.Clone(z.head()) // which reading on overwrites
	for {
		line, long, err := z.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if err := z.take(line, long); err != nil {
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
func (z *zones) take(raw []byte, long bool) error {
	line, odd := normal(raw)
	if line == "" {
		z.lost = false
		return z.close()
	}
	if n := len(z.pending); n > 0 && len(line) != len(z.pending[0]) {
		fitted, why := z.fit(line)
		if why == "" {
			if err := z.close(); err != nil {
				return err
			}
		} else {
			line, odd = fitted, why
		}
	}
	if len(z.pending) == 0 {
		if long || !opensMRZ(line) && !opensShort(line) {
			return z.stray(line)
		}
		z.first, z.lost = z.n, false
	}
	if z.pending = append(z.pending, line); odd != "" {
		z.odd = append(z.odd, Flaw{"line", odd, cut(raw)})
	}
	if isLicence(line) || len(z.pending) == mrzLines(len(line)) {
		return z.close()
	}
	return nil
}

// fit brings a line to the width of the zone to which it seems to belong, or the
// first line of the zone to its width: fillers at the end of lines get lost, and
// more than the line is read. why is empty when it does not belong.
func (z *zones) fit(line string) (fitted, why string) {
	first := len(z.pending[0])
	switch {
	case opensMRZ(line) && mrzLines(first) > 0, !inAlphabet(line) || len(line) < 10:
		return "", ""
	case mrzLines(first) == 0 && len(z.pending) == 1 && mrzLines(len(line)) == 2 && first < len(line):
		z.pending[0] = fill(z.pending[0], len(line))
		return line, "the line before it is too short; it was filled up at its end"
	case mrzLines(first) == 0 || len(line) > first+3:
		return "", ""
	case len(line) < first:
		return fill(line, first), "it is too short; it was filled up at its end, and what stands at another place than it should fails its check digit"
	}
	return line[:first], "it is too long; it was cut at its end, and what stands at another place than it should fails its check digit"
}

// normal writes a line in the letters of a zone. Spaces are fillers, or nothing
// where the line is too wide with them; marks on letters fall. odd tells of what
// else was there.
func normal(raw []byte) (line, odd string) {
	line = strings.TrimSpace(string(bytes.ToUpper(raw)))
	if inAlphabet(line) {
		return line, ""
	}
	line = strings.NewReplacer("«", "<<", "‹", "<").Replace(line)
	if bare := strings.ReplaceAll(line, " ", ""); mrzLines(utf8.RuneCountInString(bare)) > 0 {
		line = bare
	}
	if mrzLines(utf8.RuneCountInString(line)) == 0 || !strings.Contains(line, "<") {
		return line, ""
	}
	line = strings.Map(func(r rune) rune {
		switch first := rune(norm.NFD.String(string(r))[0]); {
		case r == ' ':
			return '<'
		case r == '<' || first >= 'A' && first <= 'Z' || first >= '0' && first <= '9':
			if first != r {
				odd = "it has letters that a zone does not have; their marks were left off"
			}
			return first
		}
		odd = "it has characters that a zone does not have; they were read as fillers"
		return '<'
	}, line)
	return line, odd
}

func inAlphabet(line string) bool {
	for i := range len(line) {
		if c := line[i]; (c < 'A' || c > 'Z') && !isDigit(c) && c != '<' {
			return false
		}
	}
	return true
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
	lines, odd := z.pending, z.odd
	z.pending, z.odd = nil, nil
	m, flaws, err := z.zone(lines)
	if err != nil {
		return z.aside(entente.SetAside{Where: "line " + strconv.Itoa(z.first), Field: fieldOf(err), Reason: reasonOf(err), Text: cut(strings.Join(lines, "\n"))})
	}
	z.good++
	e, aside := m.Event(z.now)
	for _, f := range slices.Concat(odd, flaws) {
		aside = append(aside, entente.SetAside{Record: m.Number, Field: f.Field, Reason: f.reason(), Text: cut(f.Value)})
	}
	e.Where = "line " + strconv.Itoa(z.first)
	for i := range aside {
		aside[i].Where = e.Where
	}
	return z.event(e, aside)
}

// zone reads the lines of a zone; of one of which only the first has come, its
// names.
func (z *zones) zone(lines []string) (MRZ, []Flaw, error) {
	switch {
	case isLicence(lines[0]):
		m, flaws := licence(lines[0])
		return m, flaws, nil
	case len(lines) == 1 && mrzLines(len(lines[0])) == 2:
		r := zone{m: MRZ{Format: formatOfFirst(lines[0])}, lenient: true, shape: shape{codes: "PVACI"}}
		r.front(lines[0][:5])
		r.names(lines[0][5:])
		r.bad("lines", "the second line of the zone is missing; the comparison is by name alone", "")
		return r.m, r.flaws, nil
	}
	return ReadMRZ(lines)
}

// formatOfFirst gives the format of which a line of 44 or 36 is the first.
func formatOfFirst(line string) Format {
	two := map[bool]Format{false: TD2, true: TD3}
	if line[0] == 'V' {
		two = map[bool]Format{false: MRVB, true: MRVA}
	}
	return two[len(line) == shapes[TD3].width]
}

// reason says what is wrong and what came of it.
func (f Flaw) reason() string {
	switch f.Field {
	case "names", "lines", "line":
		return f.Detail
	case "whole zone":
		return f.Detail + "; the check digits of the single fields do, so the fields were used"
	}
	if strings.HasSuffix(f.Field, ")") { // part of it was used
		return f.Detail
	}
	return f.Detail + "; it was not used"
}

// Event turns a zone into the event that the document was read on the day of at.
func (m MRZ) Event(at time.Time) (entente.TravelEvent, []entente.SetAside) {
	var aside []entente.SetAside
	doubt := func(field, reason, text string) {
		aside = append(aside, entente.SetAside{Record: m.Number, Field: field, Reason: reason, Text: text})
	}
	e := entente.TravelEvent{Kind: "document", When: entente.LocalTime(at.Format(time.DateOnly)), Traveller: entente.Subject{ID: travellerID, Sex: entente.Sex(m.Sex)}}
	t := &e.Traveller
	t.Names = m.namesOf()
	if len(t.Names) > 0 && m.Truncated() {
		doubt("names", "they fill their field and may have been cut when the document was made", t.Names[0].Text)
	}
	if d, why := m.born(at); !d.IsZero() {
		born(t, d, "")
	} else if why != "" {
		doubt("birth date", why+"; it was not used", m.Birth)
	}
	land := func(field, code string) entente.Country {
		c, ok := entente.ReadCountry(code)
		if !ok && code != "" {
			doubt(field, "nobody has assigned this country code; it was not used", code)
		}
		return c
	}
	citizen(t, land("nationality", m.Nationality))
	issuer := land("document issuer", m.Issuer)
	if number := strings.ReplaceAll(m.number(), "<", ""); number != "" {
		t.Documents = []entente.Document{{Type: documentType(m.Code), Number: number, Country: issuer}}
	}
	return e, aside
}

// namesOf gives the name of the bearer, if it is known.
func (m MRZ) namesOf() []entente.Name {
	text := parse.BareName(strings.Join(strings.Fields(m.Surname+" "+m.Given), " "))
	switch {
	case text == "":
		return nil
	case m.coded():
		return []entente.Name{{Text: cyrillic.Replace(text), Script: "Cyrl", Use: "mrz"}}
	}
	return []entente.Name{{Text: text, Use: "mrz"}}
}

func (m MRZ) number() string {
	if m.coded() {
		return m.series()
	}
	return m.Number
}

// born gives the birth date as far as it is known, or why it cannot be used.
func (m MRZ) born(at time.Time) (entente.PartialDate, string) {
	s := strings.TrimRight(m.Birth, "<")
	n, ok := number(s)
	switch {
	case s == "":
		return entente.PartialDate{}, ""
	case s == "000000": // so some write that it is not known
		return entente.PartialDate{}, ""
	case !ok:
	case len(s) == 6:
		return believed(century(n/10000, n/100%100, n%100, at), at)
	case len(s) == 4:
		return believed(century(n/100, n%100, 0, at), at)
	case len(s) == 2:
		return believed(century(n, 0, 0, at), at)
	}
	return entente.PartialDate{}, noDate
}
