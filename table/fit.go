package table

import (
	"strconv"
	"time"
)

// Split takes one line apart. ok is false when its quotation marks do not fit.
func Split(line string, comma byte) (cells []string, ok bool) {
	p := splitter{comma: comma}
	if p.feed(line); p.why != "" || p.open {
		return nil, false
	}
	cells = p.done()
	return cells, p.why == ""
}

// Fitted gives a row as many cells as its header has. Cells that are missing at
// the end are empty, and empty ones beyond the header are left out. A row with
// more in it is used when its dates stand where the header says, so that nothing
// was moved. ok is false when it cannot be used; remark says why, or what was not used.
func Fitted(h *Header, cells []string) (fitted []string, remark string, ok bool) {
	want, have := len(h.Names), len(cells)
	switch {
	case have == want:
		return cells, "", true
	case have < want:
		return append(cells[:have:have], make([]string, want-have)...), "it has fewer cells than the first row; the missing ones are read as empty", true
	}
	blank := true
	for _, c := range cells[want:] {
		blank = blank && c == ""
	}
	if blank {
		return cells[:want], "", true
	}
	if aligned(h, cells) {
		return cells[:want], "it has more cells than the first row; those beyond it were not used", true
	}
	return nil, "it has " + strconv.Itoa(have) + " cells and the first row has " + strconv.Itoa(want), false
}

// aligned reports whether the dates of a row stand under their headers.
func aligned(h *Header, cells []string) bool {
	found := false
	for _, c := range []Column{Birth, Departs, When} {
		for _, i := range h.at[c] {
			if cells[i] == "" {
				continue
			}
			if _, remark := Dates(cells[i], DayFirst, time.Time{}); remark != "" {
				return false
			}
			found = true
		}
	}
	return found
}
