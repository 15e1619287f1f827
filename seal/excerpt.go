package seal

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"entente"
	"entente/parse"
)

// Excerpt checks a showing against the header that commits to the statement, and
// gives what is opened. What is withheld is absent: nothing is filled in. A showing
// of all parts gives the whole statement, read as strictly as on its arrival.
func Excerpt(h entente.Header, s entente.Showing) (entente.Statement, error) {
	if err := CheckShowing(h, s); err != nil {
		return entente.Statement{}, err
	}
	text, err := joined(s.Parts)
	if err != nil {
		return entente.Statement{}, err
	}
	if s.Withheld() == 0 {
		if err := sameCut(text, s.Parts); err != nil {
			return entente.Statement{}, err
		}
		statement, err := parse.Statement(text)
		if err != nil {
			return entente.Statement{}, err
		}
		return statement, fits(h, statement)
	}
	statement, err := parse.Excerpt(text)
	if err != nil {
		return entente.Statement{}, err
	}
	if statement.Precedence == "" {
		statement.Precedence = h.Precedence
	}
	return statement, fits(h, statement)
}

// sameCut holds a text that was put together again to the parts it was made of.
func sameCut(text []byte, parts []entente.Part) error {
	again, err := cut(text)
	if err != nil {
		return err
	}
	same := func(a part, b entente.Part) bool { return a.path == b.Path && bytes.Equal(a.value, b.Value) }
	if !slices.EqualFunc(again, parts, same) {
		return badShowing("the parts do not make one statement")
	}
	return nil
}

// branch is an object or list of which some parts are opened.
type branch struct {
	names []string
	below map[string]*branch
	value []byte // of a part; nil: it has some below
}

// joined puts opened parts together as the JSON that they were cut from.
func joined(parts []entente.Part) ([]byte, error) {
	root := &branch{}
	for _, p := range parts {
		if err := wellCut(p); err != nil {
			return nil, err
		}
		if err := root.add(strings.Split(p.Path, "/")[1:], p.Value); err != nil {
			return nil, err
		}
	}
	return root.appendTo(nil), nil
}

// wellCut holds that a part is one that the cut can give: else a sender could have
// committed to a claim and its grade apart.
func wellCut(p entente.Part) error {
	depth := strings.Count(p.Path, "/")
	c := cutter{b: p.Value}
	large := c.holdsSome() && depth < cutDepth && p.Path != uncut
	if err := c.skip(); err != nil || c.i != len(p.Value) || !parse.Shallow(p.Value, parse.MaxDepth) {
		return badShowing("the part " + p.Path + " is not one value")
	}
	if !strings.HasPrefix(p.Path, "/") || depth > cutDepth || large || strings.HasPrefix(p.Path, uncut+"/") {
		return badShowing("the statement was not cut at " + p.Path + " as it has to be")
	}
	return nil
}

func (b *branch) add(names []string, value []byte) error {
	if len(names) == 0 {
		if b.value != nil || b.below != nil {
			return badShowing("a part is shown whole and in parts")
		}
		b.value = value
		return nil
	}
	if b.value != nil {
		return badShowing("a part is shown whole and in parts")
	}
	if b.below == nil {
		b.below = map[string]*branch{}
	}
	next := b.below[names[0]]
	if next == nil {
		next = &branch{}
		b.below[names[0]] = next
		b.names = append(b.names, names[0])
	}
	return next.add(names[1:], value)
}

// appendTo writes the branch. Names that are numbers are those of a list: no
// member has such a name.
func (b *branch) appendTo(out []byte) []byte {
	if b.value != nil {
		return append(out, b.value...)
	}
	list := !slices.ContainsFunc(b.names, func(s string) bool { _, err := strconv.ParseUint(s, 10, 32); return err != nil })
	brackets := "{}"
	if list {
		brackets = "[]"
	}
	out = append(out, brackets[0])
	for i, name := range b.names {
		if i > 0 {
			out = append(out, ',')
		}
		if !list {
			out, _ = jsontext.AppendQuote(out, name)
			out = append(out, ':')
		}
		out = b.below[name].appendTo(out)
	}
	return append(out, brackets[1])
}
