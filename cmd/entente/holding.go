package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"entente"
	"entente/api"
)

type holdingCmd struct {
	Show holdingShow `cmd:"" default:"withargs" help:"What a list holds on somebody, and what met it."`
}

type holdingShow struct {
	ID entente.HoldingID `arg:"" help:"List and number there, as in ofac-sdn/36."`
	remote
}

func (c holdingShow) Run(e *env) error {
	source, number, ok := strings.Cut(string(c.ID), "/")
	if !ok || source == "" || number == "" {
		return &entente.Error{Kind: entente.Invalid, Field: "id", Detail: "it does not name a list and a number", Hint: "write it as in ofac-sdn/36; entente match and entente list show name them so"}
	}
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	v, err := client.Holding(e.ctx, c.ID)
	if err != nil {
		return err
	}
	return e.print(v, func(w io.Writer) { writeHolding(w, v) })
}

func writeHolding(w io.Writer, v api.HoldingView) {
	h := v.Holding
	fmt.Fprintf(w, "%s  %s, since %s\n", oneLine(string(h.ID)), h.Kind, h.Since.Format(time.DateOnly))
	writePerson(w, "Listed      ", h.Subject)
	if h.Kind == entente.HoldingPerson {
		writeUnread(w, h.Subject)
	}
	for _, r := range h.Reasons {
		fmt.Fprintf(w, "Why         %s\n", oneLine(r))
	}
	for _, a := range h.Addresses {
		fmt.Fprintf(w, "Address     %s\n", oneLine(a))
	}
	if h.Remarks != "" {
		fmt.Fprintf(w, "Remarks     %s\n", oneLine(h.Remarks))
	}
	if h.Changed.After(h.Since) {
		fmt.Fprintf(w, "Changed     %s\n", h.Changed.Format(time.DateOnly))
	}
	if !h.Removed.IsZero() {
		fmt.Fprintf(w, "TAKEN OFF   by the edition of %s: it is matched no more\n", h.Removed.Format(time.DateOnly))
	}
	fmt.Fprintf(w, "Newest      edition %d, %s\n", v.Edition.Number, minute(v.Edition.At))
	writeHits(w, v.Hits, nil)
	writeLooks(w, v.Looks)
}
