package parse

import (
	"strconv"
	"strings"
)

// path is where a value stands in a noun. It is a list from the value up to the
// root, so that nothing is written out until something is wrong. A nil path is
// the root.
type path struct {
	up   *path
	name string // empty: index
	i    int
}

func (p *path) dot(name string) *path { return &path{up: p, name: name} }

func (p *path) at(i int) *path { return &path{up: p, i: i} }

// String writes the path as in "tip.subjects[0].names[1].text".
func (p *path) String() string {
	switch {
	case p == nil:
		return ""
	case p.name == "":
		return p.up.String() + "[" + strconv.Itoa(p.i) + "]"
	case p.up == nil:
		return p.name
	}
	return p.up.String() + "." + p.name
}

// atLine puts before a sentence the line of the text where the field stands, or
// that of the nearest table above it.
func atLine(lines map[string]int, field, detail string) string {
	if len(lines) == 0 {
		return detail
	}
	clause := strings.ReplaceAll(strings.ReplaceAll(field, "[", "."), "]", "")
	for {
		if n, ok := lines[clause]; ok {
			return "line " + strconv.Itoa(n) + ": " + detail
		}
		i := strings.LastIndexByte(clause, '.')
		if i < 0 {
			return detail
		}
		clause = clause[:i]
	}
}
