package main

import (
	"fmt"
	"io"
	"strings"

	"entente"
)

// score is of two digits, and 1.00 for nothing: nobody is ever certain.
func score(s float64) string { return fmt.Sprintf("%.2f", min(s, 0.99)) }

func writeEvidence(w io.Writer, indent string, m entente.Match) {
	wide := 0
	for _, e := range m.Evidence {
		wide = max(wide, len(e.Field))
	}
	for _, e := range m.Evidence {
		fmt.Fprintf(w, "%s%-*s  %+6.1f  asked %s, held %s: %s\n", indent, wide, e.Field, e.Weight, oneLine(e.Asked), oneLine(e.Held), oneLine(e.Rule))
	}
}

// writeHit shows one hit of a task, watch or file.
func writeHit(w io.Writer, h entente.Hit) {
	fmt.Fprintf(w, "%s  %-8s  %s  %s, met %s\n", h.ID, h.Match.Band, score(h.Match.Score), minute(h.At), h.Target)
	writePerson(w, "    Asked  ", h.Asked)
	writePerson(w, "    Held   ", h.Held)
	writeEvidence(w, "      ", h.Match)
	if h.Changed != "" {
		fmt.Fprintf(w, "    Told otherwise since: %s\n", oneLine(h.Changed))
	}
	if h.Was != "" {
		fmt.Fprintf(w, "    Follows the decided hit %s\n", h.Was)
	}
	if h.Cleared != "" {
		fmt.Fprintf(w, "    A namesake who was cleared: %s\n", h.Cleared)
	}
	if d := h.Decided; d != nil {
		fmt.Fprintf(w, "    %s decided %s: %s, %s\n", d.By, minute(d.At), d.Answer, oneLine(d.Reason))
	}
}

// writePerson shows somebody in one line.
func writePerson(w io.Writer, head string, s entente.Subject) {
	var names, more []string
	for _, n := range s.Names {
		names = append(names, oneLine(n.Text))
	}
	if len(names) == 0 {
		names = []string{"(no name)"}
	}
	for _, b := range s.Births {
		more = append(more, strings.TrimSpace("born "+b.Date.String()+" "+oneLine(b.Place)))
	}
	for _, n := range s.Nationalities {
		more = append(more, string(n))
	}
	if s.Sex != "" {
		more = append(more, string(s.Sex))
	}
	for _, d := range s.Documents {
		more = append(more, strings.TrimSpace(oneLine(d.Type+" "+d.Number)+" "+string(d.Country)))
	}
	for _, i := range s.Identifiers {
		more = append(more, oneLine(i.Kind+" "+i.Value))
	}
	fmt.Fprintf(w, "%s%s [%s]\n", head, strings.Join(names, " / "), strings.Join(more, ", "))
}

// writeEvent shows a journey.
func writeEvent(w io.Writer, e entente.TravelEvent) {
	fmt.Fprintf(w, "Travel      %s, from the feed %s, %s\n", e.Kind, e.Feed, oneLine(e.Where))
	for _, l := range e.Legs {
		fmt.Fprintf(w, "            %s %s  %s %s to %s %s\n", oneLine(l.Carrier), oneLine(l.Number), oneLine(l.From), spoken(l.Departs), oneLine(l.To), spoken(l.Arrives))
	}
	if e.Place != "" || e.When != "" {
		fmt.Fprintf(w, "            %s %s\n", oneLine(e.Place), spoken(e.When))
	}
	if e.Reference != "" {
		fmt.Fprintf(w, "            reference %s\n", oneLine(e.Reference))
	}
	for _, n := range e.With {
		fmt.Fprintf(w, "            with %s\n", oneLine(n))
	}
}

func spoken(t entente.LocalTime) string { return strings.Replace(string(t), "T", " ", 1) }
