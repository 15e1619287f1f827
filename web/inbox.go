package web

import (
	"time"

	"entente"
	"entente/casework"
)

// inbox is the list of messages that an officer sees first.
type inbox struct {
	Items []casework.Item
	Show  string            // "open" or "all"
	Way   entente.Direction // empty: both
	Next  string            // address of the older ones
}

// pageOfMessages is how many messages one page lists.
const pageOfMessages = 50

func (v *visit) inbox() error {
	q := v.r.URL.Query()
	in := inbox{Show: "open"}
	if q.Get("show") == "all" {
		in.Show = "all"
	}
	if w := entente.Direction(q.Get("way")); w == entente.Incoming || w == entente.Outgoing {
		in.Way = w
	}
	items, err := v.Casework.Inbox(v.ctx(), v.officer, casework.Filter{
		Direction: in.Way, Open: in.Show == "open", Before: entente.MessageID(q.Get("before")), Limit: pageOfMessages,
	})
	if err != nil {
		return err
	}
	in.Items = items
	if in.Show == "all" && len(items) == pageOfMessages {
		in.Next = at("/inbox", "show", in.Show, "way", string(in.Way), "before", string(oldest(items)))
	}
	return v.ok(v.p.T("Inbox"), inboxPage(v.p, in))
}

func oldest(items []casework.Item) entente.MessageID {
	id := items[0].Filed.Name
	for _, i := range items {
		id = min(id, i.Filed.Name)
	}
	return id
}

// link is a choice of what is listed.
type link struct {
	Label, To string
	Here      bool
}

func (in inbox) shows(p *page) []link {
	return []link{
		{p.T("Open"), at("/inbox", "way", string(in.Way)), in.Show == "open"},
		{p.T("All"), at("/inbox", "show", "all", "way", string(in.Way)), in.Show == "all"},
	}
}

func (in inbox) ways(p *page) []link {
	show := in.Show
	if show == "open" {
		show = ""
	}
	return []link{
		{p.T("Both ways"), at("/inbox", "show", show), in.Way == ""},
		{p.T("In"), at("/inbox", "show", show, "way", string(entente.Incoming)), in.Way == entente.Incoming},
		{p.T("Out"), at("/inbox", "show", show, "way", string(entente.Outgoing)), in.Way == entente.Outgoing},
	}
}

// stand is where a message stands, as a word and as a class of the style sheet.
type stand struct{ class, word string }

func (p *page) standing(i casework.Item) stand {
	pr := i.Progress
	switch {
	case !pr.Withdrawn.IsZero():
		return stand{"refused", p.T("withdrawn")}
	case !pr.Held.IsZero():
		return stand{"waiting", p.T("held")}
	case pr.Refused != nil && pr.Refused.Final:
		return stand{"refused", p.T("refused")}
	case pr.Refused != nil && pr.Refused.Placed:
		return stand{"waiting", p.T("put off")}
	case pr.Answer != nil && pr.Answer.State() == entente.AnswerRefused:
		return stand{"refused", term(p, underwayWords, entente.AnswerRefused)}
	case pr.Answer != nil:
		return stand{"waiting", term(p, underwayWords, pr.Answer.State())}
	case !pr.Decided.IsZero():
		return stand{"decided", p.T("decided")}
	case !pr.Seen.IsZero():
		return stand{"seen", p.T("seen")}
	case i.Filed.Direction == entente.Incoming:
		return stand{"new", p.T("new")}
	case !pr.Delivered.IsZero():
		return stand{"delivered", p.T("delivered")}
	}
	return stand{"waiting", p.T("on its way")}
}

// urgency colours a row: overdue, due within a day, or neither.
func (p *page) urgency(i casework.Item) string {
	due := i.Due()
	switch {
	case due.IsZero():
		return "calm"
	case p.now.After(due):
		return "overdue"
	case due.Sub(p.now) < 24*time.Hour:
		return "soon"
	}
	return "calm"
}

// owing says what is due next, and from whom.
func (p *page) owing(i casework.Item) string {
	for _, o := range i.Obligations {
		if !o.Pending() || o.Waiting || !o.Due.Equal(i.Due()) {
			continue
		}
		what := term(p, owedWords, o.Kind)
		if o.Debtor == p.party {
			return p.T("%s, from us", what)
		}
		return p.T("%s, from %s", what, string(o.Debtor))
	}
	return ""
}
