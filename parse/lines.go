package parse

import (
	"bytes"
	"strconv"

	"entente"

	"github.com/pelletier/go-toml/v2/unstable"
)

// mapper notes on which line each table, key and entry of a list stands.
type mapper struct {
	parser unstable.Parser
	lines  map[string]int
	tables map[string]int // array table → entries so far
	prefix string         // of the table that is open
	keys   int
	last   int // line of offset
	offset int
	err    *entente.Error
}

func (m *mapper) expression(n *unstable.Node) {
	switch n.Kind {
	case unstable.Table:
		m.prefix = m.open(n.Key(), false)
	case unstable.ArrayTable:
		m.prefix = m.open(n.Key(), true)
	case unstable.KeyValue:
		m.pair(m.prefix, n, 0)
	}
}

// open gives the path of a table header. An array table that the key passes
// through stands for its newest entry (TOML 1.0, "Array of Tables").
func (m *mapper) open(key unstable.Iterator, array bool) string {
	at := ""
	for key.Next() {
		at = m.join(at, key.Node())
		if array && key.IsLast() {
			m.tables[at]++
		}
		if n := m.tables[at]; n > 0 {
			at += "." + strconv.Itoa(n-1)
			m.note(at, key.Node().Raw)
		}
	}
	return at
}

// pair notes a key and what its value holds.
func (m *mapper) pair(at string, n *unstable.Node, depth int) {
	for key := n.Key(); key.Next(); {
		at = m.join(at, key.Node())
	}
	m.value(at, n.Value(), depth)
}

func (m *mapper) value(at string, v *unstable.Node, depth int) {
	if depth > maxTOMLDepth {
		m.fail(at, "the text nests deeper than "+strconv.Itoa(maxTOMLDepth)+" levels")
	}
	if m.err != nil || v.Kind != unstable.Array && v.Kind != unstable.InlineTable {
		return
	}
	i := 0
	for it := v.Children(); it.Next(); {
		e := it.Node()
		switch {
		case e.Kind == unstable.Comment:
		case v.Kind == unstable.InlineTable:
			m.pair(at, e, depth+1)
		default:
			entry := at + "." + strconv.Itoa(i)
			if e.Raw.Length > 0 {
				m.note(entry, e.Raw)
			}
			m.value(entry, e, depth+1)
			i++
		}
	}
}

// join adds a key to a path. Keys are plain words, so that a path has one meaning.
func (m *mapper) join(at string, key *unstable.Node) string {
	word := string(key.Data)
	if at != "" {
		at += "."
	}
	at += word
	m.note(at, key.Raw)
	if m.err == nil && tame(word) != word {
		m.err = &entente.Error{
			Kind: entente.Invalid, Detail: "line " + strconv.Itoa(m.line(key.Raw)) + ": the key is not a plain word",
			Hint: "use letters, digits, hyphens and underscores, at most 40",
		}
	}
	return at
}

// note keeps the first line of a path.
func (m *mapper) note(at string, r unstable.Range) {
	if m.keys++; m.keys > maxKeys {
		m.fail(at, "the text has more than "+strconv.Itoa(maxKeys)+" keys and entries")
		return
	}
	if _, ok := m.lines[at]; !ok {
		m.lines[at] = m.line(r)
	}
}

// line gives the line on which a range starts, counting on from the last one asked.
func (m *mapper) line(r unstable.Range) int {
	at := int(r.Offset)
	if at < m.offset {
		m.last, m.offset = 1, 0
	}
	m.last += bytes.Count(m.parser.Data()[m.offset:at], []byte("\n"))
	m.offset = at
	return m.last
}

func (m *mapper) fail(at, detail string) {
	if m.err == nil {
		m.err = &entente.Error{Kind: entente.Invalid, Field: at, Detail: detail}
	}
}
