package web

import (
	"errors"
	"net/url"
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
	rows  map[string]int // rows of each list, once they were counted
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
	f := &form{values: v}
	f.renumber(func(string) bool { return true })
	return f
}

// get gives what was typed, without the white space around it and with the
// newlines of the protocol: a browser sends CR LF (HTML, 4.10.21.4).
func (f *form) get(path string) string {
	return strings.TrimSpace(strings.ReplaceAll(f.values.Get(path), "\r\n", "\n"))
}

func (f *form) set(path, v string) {
	f.values.Set(path, v)
	f.rows = nil
}

// has reports whether a box of a group is ticked.
func (f *form) has(path, v string) bool {
	for _, w := range f.values[path] {
		if w == v {
			return true
		}
	}
	return false
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
