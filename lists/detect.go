package lists

import (
	"bytes"
	"strings"

	"entente/table"
)

// Detect tells the format of a file by its name and its first bytes (a few
// thousand are enough). It proposes; the caller may know better.
func Detect(name string, head []byte) (format string, ok bool) {
	text := head
	if r, _, err := table.Decode(bytes.NewReader(head)); err == nil {
		text, _ = r.Peek(len(head) + 1)
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
	case isOFAC(name, string(first)):
		return "ofac", true
	case table.Headed(text, table.ListWords, (*table.Header).Named):
		return "csv", true
	}
	return "", false
}

// isOFAC tells the files of OFAC, which have no header, from a table.
func isOFAC(name, first string) bool {
	cells, ok := table.Split(first, ',')
	want := ofacFields[ofacPart(name)]
	return ok && len(cells) == want && digits(cells[0]) && (strings.Contains(first, "-0-") || want == 2)
}
