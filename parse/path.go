package parse

import "strconv"

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
