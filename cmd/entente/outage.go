package main

import (
	"cmp"
	"fmt"
	"io"
	"time"

	"entente"
	"entente/api"
)

type agreementOutage struct {
	ID    string `arg:"" help:"Agreement."`
	From  string `required:"" placeholder:"TIME" help:"Since when the node could not be reached, in UTC: \"2027-03-14 18:00\"."`
	Until string `required:"" placeholder:"TIME" help:"From when it could be reached again."`
	To    string `placeholder:"PARTY" help:"Only this party; else every other party of the agreement."`
	remote
}

// Run declares an outage of our own node: it counts for the deadlines of others.
func (c agreementOutage) Run(e *env) error {
	from, err := moment("--from", c.From)
	if err != nil {
		return err
	}
	until, err := moment("--until", c.Until)
	if err != nil {
		return err
	}
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	d := api.OutageDeclaration{To: entente.PartyID(c.To), From: from, Until: until}
	if err := client.DeclareOutage(e.ctx, entente.AgreementID(c.ID), d); err != nil {
		return err
	}
	return e.print(d, func(w io.Writer) {
		fmt.Fprintf(w, "We declared that our node could not be reached from %s until %s, to %s.\nAnswers that were written in that time and arrive by %s count from when they were written.\n",
			minute(from), minute(until), cmp.Or(c.To, "every other party of the agreement"), minute(until.Add(entente.OutageGrace)))
	})
}

// moment reads a time that somebody typed: in UTC, to the minute, or as RFC 3339
// writes it.
func moment(flag, s string) (time.Time, error) {
	for _, form := range []string{"2006-01-02 15:04", "2006-01-02 15:04 UTC", time.RFC3339} {
		if t, err := time.Parse(form, s); err == nil {
			return t.UTC(), nil
		}
	}
	return time.Time{}, &entente.Error{Kind: entente.Invalid, Field: flag, Detail: "it is not a day with a time", Hint: "write it in UTC, as in \"2027-03-14 18:00\""}
}
