package api

import (
	"context"
	"net/http"
	"time"

	"entente"
	"entente/casework"
)

// Obligation is what one party owes another.
type Obligation struct {
	Kind      entente.ObligationKind  `json:"kind"`
	State     entente.ObligationState `json:"state" doc:"Where it stands now."`
	Message   entente.MessageID       `json:"message" doc:"For which it is owed."`
	Title     string                  `json:"title,omitzero" doc:"Of that message." example:"Possible attack on the harbour festival"`
	Agreement entente.AgreementID     `json:"agreement"`
	Debtor    entente.PartyID         `json:"debtor" doc:"Who owes it."`
	Creditor  entente.PartyID         `json:"creditor" doc:"To whom."`
	Clause    string                  `json:"clause" doc:"The clause of the agreement." example:"deadline.dispose"`
	Since     time.Time               `json:"since,omitzero" doc:"When the debtor's receipt started the clock; absent: there is no receipt."`
	Due       time.Time               `json:"due,omitzero" doc:"By when it is owed; absent: the clock has not started."`
	Met       *Met                    `json:"met,omitempty" doc:"Which answer meets it; absent: the creditor has receipted none."`
	Answered  entente.MessageID       `json:"answered,omitzero" doc:"Our answer, while the creditor has not receipted it. The obligation stands as it did."`
}

// Met says which answer meets an obligation, and when it does.
type Met struct {
	By       entente.MessageID `json:"by" doc:"The answer."`
	At       time.Time         `json:"at" doc:"When it counts: when it was received, or where the creditor signed that it may, when it was written."`
	Received time.Time         `json:"received" doc:"The creditor's receipt for the answer."`
	Written  time.Time         `json:"written" doc:"What the debtor says of when it was written."`
	Under    entente.Allowance `json:"under,omitzero" doc:"Why the time of writing counts; absent: it does not."`
}

func (s *server) obligationOf(o entente.Obligation) Obligation {
	out := Obligation{
		Kind: o.Kind, State: o.State(s.cfg.Now()), Message: o.Message, Title: o.Title, Agreement: o.Agreement,
		Debtor: o.Debtor, Creditor: o.Creditor, Clause: o.Clause, Since: o.Since, Due: o.Due, Answered: o.Answered,
	}
	if o.Met != nil {
		m := Met(*o.Met)
		out.Met = &m
	}
	return out
}

// InboxQuery selects items of the inbox; zero fields select all.
type InboxQuery struct {
	Direction entente.Direction `query:"direction" doc:"Which way the messages went; absent: both."`
	Kind      []entente.Kind    `query:"kind" doc:"Kinds, separated by commas; absent: tips." example:"tip,note"`
	Open      bool              `query:"open" doc:"Only what still owes something, either way."`
	Before    entente.MessageID `query:"before" doc:"Only older messages than this: the page after the one that ended here."`
	Limit     int               `query:"limit" minimum:"1" maximum:"500" doc:"The most items; absent: 100." example:"50"`
}

func (s *server) inbox() {
	const tag = "Messages"
	answer(s, route{
		id: "listInbox", method: http.MethodGet, path: "/inbox", op: entente.OpReadInbox, tag: tag,
		summary: "List messages by urgency", about: "Overdue first, then by precedence and due time, then newest.",
	}, func(ctx context.Context, by entente.Officer, in *InboxQuery) ([]Item, error) {
		items, err := s.cfg.Desk.Inbox(ctx, by, casework.Filter{
			Direction: in.Direction, Kinds: in.Kind, Open: in.Open, Before: in.Before, Limit: in.Limit,
		})
		return each(items, s.itemOf), err
	})
	answer(s, route{
		id: "listObligations", method: http.MethodGet, path: "/obligations", op: entente.OpReadObligations, tag: tag,
		summary: "List what is owed, ours and theirs", about: "By due time; last what is not delivered. Both sides compute it from the same receipts.",
	}, func(ctx context.Context, by entente.Officer, _ *struct{}) ([]Obligation, error) {
		all, err := s.cfg.Desk.Obligations(ctx, by)
		return each(all, s.obligationOf), err
	})
}
