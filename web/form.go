package web

import (
	"errors"
	"net/url"
	"strconv"
	"strings"

	"entente"
)

// form is what an officer typed and what is wrong with it. A field is named by
// its path in the statement ("tip.subjects[0].names[1].text"), the path that an
// error of package parse carries, so that the two find each other.
//
// What was typed stays as it was typed, right or wrong, until it is sent.
type form struct {
	values url.Values
	wrong  []wrong
	// fresh is the field that a button just added: where the reader goes on.
	fresh string
}

// wrong is one thing that is not right.
type wrong struct {
	Field  string // path; empty: the whole form
	Detail string
	Hint   string
	// Missing: nothing stands there yet. A draft may be kept so; what cannot be
	// read may not, or it would be lost.
	Missing bool
}

func newForm(v url.Values) *form {
	if v == nil {
		v = url.Values{}
	}
	return &form{values: v}
}

// get gives what was typed, without the white space around it and with the
// newlines of the protocol: a browser sends CR LF (HTML, 4.10.21.4).
func (f *form) get(path string) string {
	return strings.TrimSpace(strings.ReplaceAll(f.values.Get(path), "\r\n", "\n"))
}

func (f *form) set(path, v string) { f.values.Set(path, v) }

// has reports whether a box of a group is ticked.
func (f *form) has(path, v string) bool {
	for _, w := range f.values[path] {
		if w == v {
			return true
		}
	}
	return false
}

// count is how many rows of a list were sent.
func (f *form) count(list string) int {
	n := 0
	for k := range f.values {
		if i, _, ok := row(k, list); ok && i >= n {
			n = i + 1
		}
	}
	return n
}

// maxRows bounds a list, so that a made-up index cannot make us count to it.
const maxRows = 1000

// row takes a name apart that belongs to a list: its index and what follows.
func row(name, list string) (i int, rest string, ok bool) {
	s, found := strings.CutPrefix(name, list+"[")
	if !found {
		return 0, "", false
	}
	digits, rest, found := strings.Cut(s, "]")
	i, err := strconv.Atoi(digits)
	if !found || err != nil || i < 0 || i >= maxRows {
		return 0, "", false
	}
	return i, rest, true
}

// each is the path of row i of a list.
func each(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }

// drop takes a row out; those below it move up.
func (f *form) drop(list string, at int) {
	moved := url.Values{}
	for k, v := range f.values {
		i, rest, ok := row(k, list)
		switch {
		case !ok || i < at:
			moved[k] = v
		case i > at:
			moved[each(list, i-1)+rest] = v
		}
	}
	f.values = moved
}

// compact takes out the rows in which nothing was typed but their id.
func (f *form) compact(list string) {
	for i := f.count(list) - 1; i >= 0; i-- {
		if f.blank(each(list, i)) {
			f.drop(list, i)
		}
	}
}

func (f *form) blank(row string) bool {
	for k, v := range f.values {
		rest, ok := strings.CutPrefix(k, row)
		if !ok || rest == ".id" || rest == "" {
			continue
		}
		if strings.TrimSpace(strings.Join(v, "")) != "" {
			return false
		}
	}
	return true
}

// fault notes that a field is wrong.
func (f *form) fault(path, detail, hint string) {
	f.wrong = append(f.wrong, wrong{Field: path, Detail: sentence(detail), Hint: sentence(hint)})
}

// mustChoose notes choices that were not made.
func (f *form) mustChoose(paths ...string) { f.must("nothing is chosen", "choose one", paths) }

// mustWrite notes fields that are empty.
func (f *form) mustWrite(paths ...string) { f.must("it is empty", "write something here", paths) }

func (f *form) must(detail, hint string, paths []string) {
	for _, p := range paths {
		if f.get(p) == "" {
			f.wrong = append(f.wrong, wrong{p, sentence(detail), sentence(hint), true})
		}
	}
}

// readable reports whether everything that was typed could be read.
func (f *form) readable() bool {
	for _, w := range f.wrong {
		if !w.Missing {
			return false
		}
	}
	return true
}

// reject notes what a parser of the root, or a door, said of a field. False:
// the error is not about what was typed.
func (f *form) reject(path string, err error) bool {
	e, ok := errors.AsType[*entente.Error](err)
	if !ok || !errors.Is(err, entente.Invalid) {
		return false
	}
	if path == "" {
		path = f.nearest(strings.TrimPrefix(e.Field, "statement."))
	}
	f.fault(path, e.Detail, e.Hint)
	return true
}

// nearest is the field of the form that stands for a path: itself, or the one
// that it is a part of, or the first of its parts.
func (f *form) nearest(path string) string {
	for p := path; p != ""; p = p[:max(strings.LastIndexAny(p, ".["), 0)] {
		if _, ok := f.values[p]; ok {
			return p
		}
	}
	first := ""
	for k := range f.values {
		if strings.HasPrefix(k, path) && path != "" && (first == "" || k < first) {
			first = k
		}
	}
	if first != "" {
		return first
	}
	return path
}

// at gives what is wrong with a field.
func (f *form) at(path string) []wrong {
	var list []wrong
	for _, w := range f.wrong {
		if w.Field == path && path != "" {
			list = append(list, w)
		}
	}
	return list
}

// note puts any failure beside a field, or over the form.
func (f *form) note(path string, err error) {
	if e, ok := errors.AsType[*entente.Error](err); ok {
		f.fault(path, e.Detail, e.Hint)
		return
	}
	f.fault(path, err.Error(), "")
}

func (f *form) good() bool { return len(f.wrong) == 0 }

// domID is the id attribute of a field: letters, digits and hyphens, so that a
// link can point to it.
func domID(path string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r == '_' {
			return r
		}
		return '-'
	}, path), "-")
}
