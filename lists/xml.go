package lists

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"slices"
	"strconv"

	"entente/table"
)

// xmlScan cuts an XML file into records without holding more than one of them,
// and finds the next one when one is broken.
type xmlScan struct {
	r       *bufio.Reader
	root    string
	records []string // names of elements that are records wherever they stand
	depth   int      // at which other elements are records too, of an unknown sort: the root is 1
	at      int      // line
	open    []string // elements that are open
	held    []byte   // a tag that was read and belongs to the next record
}

// errDTD and errForm end the reading of a file.
var (
	errDTD  = invalid("file", "it holds a document type or other declarations", "lists have none: fetch the file from its publisher")
	errForm = invalid("file", "it is not well-formed XML outside its records", "fetch the file again")
)

// chunk is one record as it stands in the file.
type chunk struct {
	name string
	raw  []byte
	line int
	why  string // why it cannot be read; empty: it can
}

// next gives the next record, or io.EOF at the end of a file that is whole.
func (s *xmlScan) next() (chunk, error) {
	ended := false // the root element is
	for {
		tag := s.held
		if s.held = nil; tag == nil {
			var err error
			if tag, err = s.tag(nil); err != nil {
				return chunk{}, s.end(err, ended)
			}
		}
		name, kind := tagName(tag)
		switch {
		case kind == tagOther && bytes.HasPrefix(tag, []byte("<!")) && !bytes.HasPrefix(tag, []byte("<!--")):
			return chunk{}, errDTD
		case kind == tagOther:
		case ended:
			return chunk{}, errForm
		case kind == tagEnd:
			last := len(s.open) - 1
			if last < 0 || s.open[last] != name {
				return chunk{}, errForm
			}
			s.open = s.open[:last]
			ended = last == 0
		case len(s.open) == 0 && name != s.root:
			return chunk{}, invalid("file", "its outermost element is not "+s.root, "choose the format that fits the file")
		case len(s.open)+1 >= s.depth || slices.Contains(s.records, name):
			return s.collect(name, tag, kind)
		case kind == tagStart:
			s.open = append(s.open, name)
		default:
			ended = len(s.open) == 0
		}
	}
}

// end tells the end of a file from one that was cut or never was XML.
func (s *xmlScan) end(err error, ended bool) error {
	switch {
	case !errors.Is(err, io.EOF) || ended:
		return err
	case len(s.open) == 0:
		return invalid("file", "it is not an XML file with the element "+s.root, "choose the format that fits the file")
	}
	return errCut
}

// collect reads on to the end tag of the record that tag opens. Records do not
// hold records: where another begins, the end of this one is missing.
func (s *xmlScan) collect(name string, tag []byte, kind int) (chunk, error) {
	c := chunk{name: name, line: s.at, raw: tag}
	for kind != tagEmpty {
		before := len(c.raw)
		var err error
		if c.raw, err = s.tag(c.raw); err != nil {
			return c, s.end(err, false)
		}
		last := lastTag(c.raw[before:])
		if n, k := tagName(last); n == name && k == tagEnd {
			break
		} else if n == name && k == tagStart {
			s.held = bytes.Clone(last)
			c.why = "its end is missing"
			break
		}
		if len(c.raw) > MaxRecord {
			c.why = "it has more than " + strconv.Itoa(MaxRecord) + " bytes"
			c.raw = c.raw[:0]
		}
	}
	return c, nil
}

// lastTag is the tag that s.tag put at the end of what it read.
func lastTag(b []byte) []byte {
	if bytes.HasSuffix(b, []byte("-->")) || bytes.HasSuffix(b, []byte("]]>")) {
		return nil
	}
	if i := bytes.LastIndexByte(b, '<'); i >= 0 {
		return b[i:]
	}
	return nil
}

// tag reads text and the tag after it. It appends both to buf, or gives the tag
// alone when buf is nil.
func (s *xmlScan) tag(buf []byte) ([]byte, error) {
	inside := buf != nil
	limit := maxTag
	if inside {
		limit = 2 * MaxRecord
	}
	start := -1 // of the tag in buf
	var closing []byte
	for {
		c, err := s.r.ReadByte()
		if err != nil {
			return buf, err
		}
		if c == '\n' {
			s.at++
		}
		if start < 0 && c != '<' {
			if inside && len(buf) <= limit {
				buf = append(buf, c)
			}
			continue
		}
		if start < 0 {
			start, closing = len(buf), []byte(">")
		}
		if buf = append(buf, c); len(buf) > limit+maxTag {
			return buf, errForm
		}
		switch string(buf[start:]) {
		case "<!--":
			closing = []byte("-->")
		case "<![CDATA[":
			closing = []byte("]]>")
		}
		if c == '>' && bytes.HasSuffix(buf[start:], closing) {
			return buf, nil
		}
	}
}

const (
	tagOther = iota // comment, declaration, processing instruction
	tagStart
	tagEmpty
	tagEnd
)

// tagName gives the name in a tag and its kind.
func tagName(tag []byte) (string, int) {
	if len(tag) < 3 || tag[0] != '<' || tag[1] == '!' || tag[1] == '?' {
		return "", tagOther
	}
	kind, inner := tagStart, tag[1:len(tag)-1]
	if inner[0] == '/' {
		kind, inner = tagEnd, inner[1:]
	} else if inner[len(inner)-1] == '/' {
		kind, inner = tagEmpty, inner[:len(inner)-1]
	}
	if i := bytes.IndexAny(inner, " \t\r\n"); i >= 0 {
		inner = inner[:i]
	}
	return string(inner), kind
}

// records hands each record of an XML file to read, broken ones to lost.
func (r *reader) records(in io.Reader, s *xmlScan, read func(*element, string) error) error {
	text, charset, err := table.Decode(in)
	if err != nil {
		return err
	}
	x := &xmlText{r: r, sure: charset != table.UTF8}
	if err := x.declared(text); err != nil {
		return err
	}
	r.sum.Charset = charset
	s.r, s.at = text, 1
	for {
		c, err := s.next()
		if x.charset.Name != "" {
			r.sum.Charset = x.charset.Name
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		where := "line " + strconv.Itoa(c.line)
		raw := x.utf8(c.raw, where)
		if c.why != "" {
			err = r.lost(where, "", c.why, "")
		} else if e, bad := parseElement(raw); bad != nil {
			err = r.lost(where, "", bad.Error(), string(raw[:min(len(raw), 2*maxShown)]))
		} else {
			err = read(e, where)
		}
		if err != nil {
			return err
		}
	}
}
