package passage

import (
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"entente"
)

// Formats lists the names that Read takes and Detect gives.
var Formats = []string{"paxlst", "pnrgov", "mrz", "csv", "json"}

// Record is one traveller of a feed, with what could not be used of him. A
// record that could not be read at all has an event without id, and so have
// remarks on a message as a whole, such as a count that disagrees.
type Record struct {
	Event entente.TravelEvent
	Aside []entente.SetAside
}

// Read reads a feed to its end and hands over each record as soon as it is
// complete: in EDIFACT when its message or booking ends, else line by line.
// The event is the callee's own.
//
// at is the time at which the feed came in, in the zone of the place. Two-digit
// years are read by it, and it is the day of a document check, since a
// machine-readable zone does not say when it was read. Import an old feed with
// the time at which it was first received.
//
// A feed of which nothing gives a traveller ends with a record that says so.
//
// An error is of kind Invalid when r is not of the format at all; else it is
// what each or r returned.
func Read(format string, r io.Reader, feed entente.FeedID, at time.Time, each func(Record) error) error {
	if at.IsZero() {
		return &entente.Error{Kind: entente.Invalid, Field: "at", Detail: "the time at which the feed came in is missing", Hint: "give it: two-digit years are read by it"}
	}
	travellers := 0
	s := &sink{feed: feed, now: at, each: func(r Record) error {
		if r.Event.ID != "" {
			travellers++
		}
		return each(r)
	}}
	err := s.read(format, r)
	if err == nil && travellers == 0 && !s.none {
		return s.aside(entente.SetAside{Where: "the file", Field: "file", Reason: "no traveller could be read from it: check that it is the right file and that it is whole"})
	}
	return err
}

func (s *sink) read(format string, r io.Reader) error {
	switch format {
	case "paxlst", "pnrgov":
		return readEDIFACT(strings.ToUpper(format), r, s)
	case "mrz":
		return readMRZ(r, s)
	case "csv":
		return readCSV(r, s)
	case "json":
		return readJSON(r, s)
	}
	return &entente.Error{Kind: entente.Invalid, Field: "format", Detail: "there is no such format of travel feeds", Hint: "write one of: " + strings.Join(Formats, ", ")}
}

// sink takes events from a format's reader, finishes them, and passes them on.
type sink struct {
	feed entente.FeedID
	now  time.Time // when the feed came in
	each func(Record) error
	none bool // the feed itself says that nobody is in it
}

// event gives e its feed and id and hands it on. A field that the rest of the
// house could not keep is left out and told of; without anything to look for, the
// whole of it is set aside.
func (s *sink) event(e entente.TravelEvent, aside []entente.SetAside) error {
	e.Feed = s.feed
	if err := Check(e); err != nil {
		if e, aside, err = mended(e, aside, err); err != nil {
			return s.each(Record{Aside: aside})
		}
	}
	if len(e.Traveller.Names) == 0 {
		aside = nameless(e, aside)
	}
	e.ID = ID(e)
	return s.each(Record{Event: e, Aside: aside})
}

// nameless adds a remark on a traveller without a name, unless there is one.
func nameless(e entente.TravelEvent, aside []entente.SetAside) []entente.SetAside {
	for _, a := range aside {
		if a.Field == "name" || a.Field == "names" {
			return aside
		}
	}
	return append(aside, entente.SetAside{Where: cut(e.Where), Record: cut(e.Reference), Field: "name", Reason: noName})
}

const noName = "the traveller has no name; the comparison is by documents, birth date and contacts alone"

// aside reports what belongs to no event.
func (s *sink) aside(a entente.SetAside) error {
	return s.each(Record{Aside: []entente.SetAside{a}})
}

// cut makes any text fit to be kept beside a reason: valid UTF-8 and at most
// 200 bytes.
func cut[T string | []byte](b T) string {
	const most = 200
	short := b[:min(len(b), most+utf8.UTFMax)]
	text := strings.ToValidUTF8(string(short), "\uFFFD")
	if len(text) <= most {
		return text
	}
	n := most
	for !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}

// Detect tells the format of a feed from its first bytes; 4,096 are enough.
func Detect(head []byte) (format string, ok bool) {
	if f := detectEDIFACT(head); f != "" {
		return f, true
	}
	text := strings.TrimLeft(strings.TrimPrefix(string(head), "\uFEFF"), " \t\r\n")
	line, _, _ := strings.Cut(text, "\n")
	line = strings.TrimRight(line, "\r \t")
	switch {
	case strings.HasPrefix(text, "{"):
		return "json", true
	case opensMRZ(zoned(line)):
		return "mrz", true
	case isTable(head):
		return "csv", true
	}
	return "", false
}

// zoned is a line as a reader of zones takes it.
func zoned(line string) string {
	line, _ = normal([]byte(line))
	return line
}

// notOf says that a feed is of another format, and of which if that can be told.
func notOf(format string, head []byte) error {
	e := &entente.Error{Kind: entente.Invalid, Field: "file", Detail: "this is not " + named[format]}
	if other, ok := Detect(head); ok && other != format {
		e.Hint = "it looks like " + named[other] + ": read it as " + other
	} else {
		e.Hint = "check that the right file was chosen and that it was not changed on its way; the formats are " + strings.Join(Formats, ", ")
	}
	return e
}

var named = map[string]string{
	"paxlst": "a UN/EDIFACT PAXLST passenger list",
	"pnrgov": "a UN/EDIFACT PNRGOV booking message",
	"mrz":    "a list of machine-readable zones",
	"csv":    "a table with a header row that names the traveller",
	"json":   "a list of travel events in JSON, one a line",
}

// known reports whether a closed list of the root holds the value.
func known(list []string, v string) bool { return slices.Contains(list, v) }
