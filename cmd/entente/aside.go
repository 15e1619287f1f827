package main

import (
	"fmt"
	"io"

	"entente"
)

// asidePlaces is how many places of one reason are shown.
const asidePlaces = 3

// writeAside says what could not be used, by reason, the first reason that came
// up first. all may be fewer than total: not all are kept.
func writeAside(w io.Writer, all []entente.SetAside, total int) {
	type reason struct{ field, words string }
	groups := map[reason][]entente.SetAside{}
	var order []reason
	for _, a := range all {
		r := reason{a.Field, a.Reason}
		if groups[r] == nil {
			order = append(order, r)
		}
		groups[r] = append(groups[r], a)
	}
	if len(order) > 0 {
		fmt.Fprintln(w, "Set aside:")
	}
	for _, r := range order {
		what := "whole record"
		if r.field != "" {
			what = oneLine(r.field)
		}
		fmt.Fprintf(w, "  %d × %s: %s\n", len(groups[r]), what, oneLine(r.words))
		for i, a := range groups[r] {
			if i == asidePlaces {
				fmt.Fprintf(w, "      and %d more\n", len(groups[r])-i)
				break
			}
			fmt.Fprintf(w, "      %s%s%s\n", oneLine(a.Where), behind(", record ", a.Record), behind(": ", a.Text))
		}
	}
	if more := total - len(all); more > 0 {
		fmt.Fprintf(w, "  and %d more that are counted and not shown\n", more)
	}
}

// behind puts a word before a text, unless there is none.
func behind(before, text string) string {
	if text = oneLine(text); text == "" {
		return ""
	}
	return before + text
}
