package web

import (
	"strconv"
	"strings"
)

// The lists of a tip's form, and those of each of its subjects.
var (
	tipLists     = []string{"tip.subjects", "tip.claims", "tip.links", "tip.places", "tip.questions", "tip.withheld"}
	subjectLists = []string{"names", "births", "documents", "identifiers"}
)

// lists gives every list of the form as it stands.
func (f *form) lists() []string {
	all := append([]string{}, tipLists...)
	for i := range f.count("tip.subjects") {
		for _, l := range subjectLists {
			all = append(all, each("tip.subjects", i)+"."+l)
		}
	}
	return all
}

// prepare adds the rows that most tips have, where there are none yet.
func (f *form) prepare() {
	for _, l := range []string{"tip.subjects", "tip.subjects[0].births", "tip.claims", "tip.questions"} {
		if f.count(l) == 0 {
			f.add(l)
		}
	}
	f.fresh = ""
}

// empty reports whether nothing was typed or chosen: what the form itself sends
// was not.
func (f *form) empty() bool {
	for name, values := range f.values {
		switch name {
		case "to", "agreement", "do", "version":
		default:
			if strings.TrimSpace(strings.Join(values, "")) != "" && !strings.HasSuffix(name, ".id") {
				return false
			}
		}
	}
	return true
}

// prefixes are the letters before the number in an id within a message.
var prefixes = map[string]string{"subjects": "s", "claims": "c", "questions": "q", "births": "b"}

// add adds an empty row to a list, with the next free id where rows have one.
func (f *form) add(list string) {
	to := each(list, f.count(list))
	word := list[strings.LastIndexByte(list, '.')+1:]
	if letter, ok := prefixes[word]; ok {
		f.set(to+".id", f.freeID(letter))
	}
	field := map[string]string{
		"subjects": "names[0].text", "names": "text", "births": "date", "documents": "number", "identifiers": "value",
		"claims": "text", "links": "from", "places": "name", "questions": "text", "withheld": "what",
	}[word]
	f.fresh = to + "." + field
	f.set(f.fresh, "")
}

// freeID is the first id with this letter that no row has. Ids of rows that
// were dropped are not used again while something may still point to them.
func (f *form) freeID(letter string) string {
	highest := 0
	for k, v := range f.values {
		if !strings.HasSuffix(k, ".id") && !strings.HasSuffix(k, ".subject") && !strings.HasSuffix(k, ".from") && !strings.HasSuffix(k, ".to") {
			continue
		}
		for _, id := range v {
			if digits, ok := strings.CutPrefix(id, letter); ok {
				if n, err := strconv.Atoi(digits); err == nil && n < 1<<20 {
					highest = max(highest, n)
				}
			}
		}
	}
	return letter + strconv.Itoa(highest+1)
}

// press does what one of the form's own buttons says: "add:tip.claims",
// "drop:tip.claims[1]". False: it is no such button.
func (f *form) press(button string) bool {
	verb, path, _ := strings.Cut(button, ":")
	switch verb {
	case "add":
		for _, l := range f.lists() {
			if l == path {
				f.add(l)
				return true
			}
		}
	case "drop":
		for _, l := range f.lists() {
			if list, i, ok := rowOf(path); ok && list == l && i < f.count(l) {
				f.drop(path)
				return true
			}
		}
	}
	return false
}
