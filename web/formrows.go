package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// A list of the form is a path, a row of it the path with an index:
// "tip.claims" and "tip.claims[2]". Rows are always numbered from 0 without
// gaps, whatever was sent, so that no made-up index makes the desk count to it.

// each is the path of row i of a list.
func each(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }

// rowOf takes the path of a row apart. False: it is not one.
func rowOf(path string) (list string, i int, ok bool) {
	open := strings.LastIndexByte(path, '[')
	if open < 0 || !strings.HasSuffix(path, "]") {
		return "", 0, false
	}
	i, err := strconv.Atoi(path[open+1 : len(path)-1])
	return path[:open], i, err == nil && i >= 0
}

// rowsOf lists the rows to which a field belongs, the outer first.
func rowsOf(field string) []string {
	var list []string
	for i := range field {
		if field[i] != ']' {
			continue
		}
		if _, _, ok := rowOf(field[:i+1]); ok {
			list = append(list, field[:i+1])
		}
	}
	return list
}

// count is how many rows a list has.
func (f *form) count(list string) int {
	if f.rows == nil {
		f.rows = map[string]int{}
		for field := range f.values {
			for _, r := range rowsOf(field) {
				l, i, _ := rowOf(r)
				f.rows[l] = max(f.rows[l], i+1)
			}
		}
	}
	return f.rows[list]
}

// renumber keeps the rows for which keep holds, with all that is in them, and
// closes the gaps.
func (f *form) renumber(keep func(row string) bool) {
	kept := map[string][]int{}
	for field := range f.values {
		for _, r := range rowsOf(field) {
			if l, i, _ := rowOf(r); keep(r) && !slices.Contains(kept[l], i) {
				kept[l] = append(kept[l], i)
			}
		}
	}
	place := map[string]int{}
	for l, indexes := range kept {
		slices.Sort(indexes)
		for n, i := range indexes {
			place[each(l, i)] = n
		}
	}
	moved := url.Values{}
	for field, v := range f.values {
		if to, ok := renamed(field, place); ok {
			moved[to] = v
		}
	}
	f.values, f.rows = moved, nil
}

// renamed is the path of a field once its rows have their new places. False:
// one of them is gone.
func renamed(field string, place map[string]int) (string, bool) {
	var b strings.Builder
	done := 0
	for _, r := range rowsOf(field) {
		l, i, _ := rowOf(r)
		n, ok := place[each(l, i)]
		if !ok {
			return "", false
		}
		b.WriteString(each(field[done:len(l)], n))
		done = len(r)
	}
	b.WriteString(field[done:])
	return b.String(), true
}

// drop takes a row out; those below it move up.
func (f *form) drop(row string) {
	f.renumber(func(r string) bool { return r != row })
}

// tidy takes out every row in which nothing was typed. An id was not typed.
func (f *form) tidy() {
	filled := map[string]bool{}
	for field, v := range f.values {
		if strings.HasSuffix(field, ".id") || strings.TrimSpace(strings.Join(v, "")) == "" {
			continue
		}
		for _, r := range rowsOf(field) {
			filled[r] = true
		}
	}
	f.renumber(func(r string) bool { return filled[r] })
}
