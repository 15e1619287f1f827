package web

import "github.com/a-h/templ"

// field says how one input looks. Path names it, on the form and in errors.
type field struct {
	Path     string
	Label    string
	Hint     string
	Type     string // of the input; empty: text
	Rows     int    // more than 0: a text area
	Max      int    // characters
	Must     bool
	List     string // id of a datalist
	Complete string // autocomplete
	Code     bool   // typed letter by letter: no spelling help
	Empty    bool   // what was typed is not shown again: a password
}

// choice is one option of a select or a group of boxes.
type choice struct {
	Value, Label, Hint string
	Raw                bool // the label is a code or a name, no word of the desk
}

// translate says whether a label is there to be translated (HTML, 3.2.6.3).
func (c choice) translate() string {
	if c.Raw {
		return "no"
	}
	return "yes"
}

// described ties a field to its hint and to what is wrong with it.
func described(f *form, path, hint string) templ.Attributes {
	a := templ.Attributes{}
	ids := ""
	if hint != "" {
		ids = domID(path) + "-hint"
	}
	if len(f.at(path)) > 0 {
		a["aria-invalid"] = "true"
		if ids != "" {
			ids += " "
		}
		ids += domID(path) + "-fault"
	}
	if ids != "" {
		a["aria-describedby"] = ids
	}
	if f.fresh == path {
		a["autofocus"] = true
	}
	return a
}
