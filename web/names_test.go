package web

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"entente"
	"entente/casework"
)

// Two partners use one id: the second message is called otherwise here. Every
// address on a page of either, and on the page of a draft that answers it, goes
// to the message that is meant.
func TestOneIDTwoPartners(t *testing.T) {
	b := serve(t, words())
	tips := map[entente.MessageID]string{mid(91): "From Borea", mid(92): "From Cadia"}
	for name, title := range tips {
		from, agreement := borea, entente.AgreementID("north-star")
		if name == mid(92) {
			from, agreement = cadia, "three-seas"
		}
		f := filed(91, from, albia, agreement, ago(hour), tipStatement(entente.Routine, short(title, title)))
		f.Name, f.Thread = name, name
		b.office.items = append(b.office.items, casework.Item{Filed: f})
	}
	b.office.settle()
	inbox := b.as(t, entente.Analyst).get("/inbox?show=all")
	for name, title := range tips {
		own, other := "/messages/"+string(name), "/messages/"+string(mid(91))
		if name == mid(91) {
			other = "/messages/" + string(mid(92))
		}
		row := all(parseHTML(inbox.body), func(n *html.Node) bool { return tag("a")(n) && text(n) == title })
		if len(row) != 1 || attr(row[0], "href") != own {
			t.Errorf("the inbox does not lead from %q to %s", title, own)
		}
		page := b.as(t, entente.Analyst).get(own)
		if got := addresses(page); !page.says(title) || slices.ContainsFunc(got, func(a string) bool { return strings.HasPrefix(a, other) }) {
			t.Errorf("the page of %q leads to the other: %v", title, got)
		} else if !slices.Contains(got, own+"/decide") || !slices.Contains(got, own+"/acknowledge") || !slices.Contains(got, own+"/note#thread") {
			t.Errorf("the page of %q leads to %v", title, got)
		}
		if got := addresses(b.as(t, entente.Overseer).get(own)); !slices.Contains(got, own+"/evidence") {
			t.Errorf("the evidence of %q is not among %v", title, got)
		}
		if got := addresses(b.as(t, entente.Analyst).get(own + "/decide")); !slices.Contains(got, own) || slices.Contains(got, other) {
			t.Errorf("deciding on %q leads to %v", title, got)
		}
		d := entente.Draft{ID: mid(93), Author: "anna.kern", To: borea, Agreement: "north-star", State: entente.DraftReturned, Statement: entente.Statement{
			ID: mid(93), Kind: entente.KindNote, Purpose: "terrorism-prevention", Precedence: entente.Routine, Refs: inAnswerTo(mid(91)),
			Caveats: northStar().Handling, Note: &entente.Note{Text: "When was it?"},
		}}
		if name == mid(92) {
			d.To, d.Agreement = cadia, "three-seas"
		}
		b.office.drafts = []entente.Draft{d}
		if got := addresses(b.as(t, entente.Analyst).get("/drafts/" + string(d.ID))); !slices.Contains(got, own) || slices.Contains(got, other) {
			t.Errorf("a draft that answers %q leads to %v", title, got)
		}
	}
}

// addresses is where the links and forms of a page lead.
func addresses(r reply) []string {
	var list []string
	for _, n := range all(parseHTML(r.body), func(n *html.Node) bool { return tag("a")(n) || tag("form")(n) }) {
		list = append(list, attr(n, "href")+attr(n, "action"))
	}
	return list
}
