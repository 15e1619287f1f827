package main

import (
	"fmt"
	"io"
	"strings"

	"entente"
	"entente/match"
	"entente/screen"
)

// write shows who a subject may be, and why. Columns are of our own letters; what
// somebody else wrote stands behind them, at the end of its line, and a word of
// ours between two names keeps scripts that run from right to left from changing
// places.
func (c matchCmd) write(w io.Writer, a screen.SearchResult) {
	for _, u := range a.Unread {
		writeUnreadName(w, u)
		if u.Whole && len(c.Born)+len(c.Document)+len(c.Identifier) == 0 {
			fmt.Fprintln(w, "            Next: add --born or --document, or the name as the passport writes it")
		}
	}
	if len(a.Unread) > 0 {
		fmt.Fprintln(w)
	}
	c.writeNone(w, a)
	for i, f := range a.Found {
		if i > 0 {
			fmt.Fprintln(w)
		}
		writeFound(w, f)
	}
	if len(a.Found) > 0 && len(a.Matches()) == 0 && len(a.More) == 0 {
		fmt.Fprintln(w, "\nNext: add another name, --born or --document to tell who is meant")
	}
	for _, m := range a.More {
		least := ""
		if m.Least {
			least = "at least "
		}
		fmt.Fprintf(w, "\nAnd %s%d more: %s. Next: add --born, --document or another name to narrow the search\n", least, m.Count, weakWords[m.Weak])
	}
}

// writeNone says what it means that there is no match.
func (c matchCmd) writeNone(w io.Writer, a screen.SearchResult) {
	where := "our watches, cases and lists"
	if len(c.Local) > 0 {
		where = "these files"
	}
	switch {
	case len(a.Matches()) > 0:
	case len(a.Found) > 0:
		fmt.Fprintf(w, "No match among %d people of %s; these share a name, a part of it, a number or a day of birth.\n\n", a.Searched, where)
	case a.Searched == 0:
		fmt.Fprintf(w, "There is nobody in %s to compare with.\n", where)
		if len(c.Local) == 0 {
			fmt.Fprintln(w, "Next: entente import NAME FILE")
		}
	default:
		fmt.Fprintf(w, "No match among %d people of %s; somebody else may know this person.\n", a.Searched, where)
		fmt.Fprintln(w, "Next: try another spelling, only one of the names, or add --document; ask a partner with  entente tip")
	}
}

func writeFound(w io.Writer, f screen.Found) {
	head := string(f.Match.Band)
	if f.Weak != "" {
		head = "weak"
	}
	fmt.Fprintf(w, "%-8s  %s  %s  %s\n", strings.ToUpper(head), score(f.Match.Score), f.Target, oneLine(f.Title))
	if f.Weak != "" {
		fmt.Fprintf(w, "    %s\n", weakWords[f.Weak])
		writePerson(w, "    Held  ", f.Held)
	}
	writeEvidence(w, "    ", f.Match)
}

// weakWords says why somebody is shown who is no match.
var weakWords = map[entente.Weak]string{
	"":                  "matches",
	entente.WeakNumber:  "same number, but the rest speaks against it",
	entente.WeakName:    "same name, common: the name alone does not tell who is meant",
	entente.WeakBirth:   "same day of birth; the names could not be compared",
	entente.WeakDiffers: "same name, but another field differs",
	entente.WeakPart:    "shares only a part of the name",
}

// writeUnread says which names of somebody cannot be read, or only in part.
func writeUnread(w io.Writer, s entente.Subject) {
	for _, u := range match.UnreadNames(s) {
		writeUnreadName(w, u)
	}
}

func writeUnreadName(w io.Writer, u entente.Unread) {
	fmt.Fprintf(w, "Not read    %s\n            %s\n", oneLine(u.Name), u.Why)
}
