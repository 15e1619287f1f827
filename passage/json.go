package passage

import (
	"bytes"
	"errors"
	"io"
	"strconv"

	"entente"
	"entente/parse"
)

// ParseEvent reads one travel event from canonical JSON: what parses encodes to
// the same bytes. The id is that of its content, or empty; it is not made here.
// Errors are of kind Invalid and name the field.
func ParseEvent(b []byte) (entente.TravelEvent, error) {
	e, err := parse.Canonical[entente.TravelEvent](b, maxEvent)
	if err != nil {
		return entente.TravelEvent{}, err
	}
	if err := Check(e); err != nil {
		return entente.TravelEvent{}, err
	}
	if e.ID != "" && e.ID != ID(e) {
		return entente.TravelEvent{}, &entente.Error{Kind: entente.Invalid, Field: "id", Detail: "it is not the id of what the event says", Hint: "leave it empty: \"id\":\"\"; it is made when the event comes in"}
	}
	return e, nil
}

// EncodeEvent writes an event in the form that ParseEvent reads, or says what is
// wrong with it.
func EncodeEvent(e entente.TravelEvent) ([]byte, error) {
	if err := Check(e); err != nil {
		return nil, err
	}
	return parse.Encode(e)
}

// readJSON reads an event a line. Empty lines are passed over.
func readJSON(r io.Reader, s *sink) error {
	l := newLines(r, maxEvent)
	head := append([]byte(nil), l.head()...)
	if t := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\uFEFF")), " \t\r\n"); len(t) == 0 || t[0] != '{' {
		return notOf("json", head)
	}
	for {
		line, long, err := l.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if len(line) == 0 {
			continue
		}
		if err := readEvent(line, long, "line "+strconv.Itoa(l.n), s); err != nil {
			return err
		}
	}
}

func readEvent(line []byte, long bool, where string, s *sink) error {
	e, err := ParseEvent(line)
	switch {
	case long:
		err = &entente.Error{Kind: entente.Invalid, Detail: "the line is longer than " + strconv.Itoa(maxEvent) + " bytes"}
	case err == nil && e.Feed != "" && e.Feed != s.feed:
		err = &entente.Error{Kind: entente.Invalid, Field: "feed", Detail: "the event comes from another feed than the file"}
	}
	if err != nil {
		return s.aside(entente.SetAside{Where: where, Field: fieldOf(err), Reason: reasonOf(err), Text: cut(line)})
	}
	if e.Where == "" {
		e.Where = where
	}
	if e.Feed = s.feed; e.ID == "" {
		e.ID = ID(e)
	}
	return s.each(Record{Event: e})
}
