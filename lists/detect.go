package lists

import (
	"bytes"
	"strings"
)

// Detect tells the format of a file by its name and its first bytes (a few
// thousand are enough). It proposes; the caller may know better.
func Detect(name string, head []byte) (format string, ok bool) {
	text := head
	if r, _, err := decode(bytes.NewReader(head)); err == nil {
		text, _ = r.Peek(sniffed)
	}
	text = bytes.TrimSpace(text)
	first, _, _ := bytes.Cut(text, []byte("\n"))
	first = bytes.TrimSuffix(first, []byte("\r"))
	switch {
	case len(text) == 0:
		return "", false
	case text[0] == '<' && bytes.Contains(text, []byte("<CONSOLIDATED_LIST")):
		return "un", true
	case text[0] == '<' && bytes.Contains(text, []byte("<data-set")):
		return "canada", true
	case text[0] == '{' && bytes.Contains(first, []byte(`"schema"`)):
		return "ftm", true
	case text[0] == '{' && bytes.Contains(first, []byte(`"source"`)):
		return "entente", true
	case text[0] == '<' || text[0] == '{':
		return "", false
	}
	return detectTable(name, string(first))
}

// detectTable tells the files of OFAC from a table with a header.
func detectTable(name, first string) (string, bool) {
	p := splitter{comma: ','}
	if p.feed(first); p.why == "" && !p.open {
		f := p.done()
		want := ofacFields[ofacPart(name)]
		if len(f) == want && digits(f[0]) && (strings.Contains(first, "-0-") || want == 2) {
			return "ofac", true
		}
	}
	l, err := newLines(strings.NewReader(first))
	if err != nil {
		return "", false
	}
	if _, err := (&reader{}).csvHead(&rows{lines: l}); err != nil {
		return "", false
	}
	return "csv", true
}
