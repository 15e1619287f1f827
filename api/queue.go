package api

import (
	"context"
	"net/http"
	"time"

	"entente"
	"entente/outbox"
)

// QueueState is what waits for partners and what they refused.
type QueueState struct {
	Lines   []Line      `json:"lines" doc:"The connection to each partner."`
	Waiting []QueueItem `json:"waiting" doc:"What waits for a receipt, in order: for delivery, or put off by the partner."`
	Held    []HeldMail  `json:"held" doc:"What a level has held, for each partner and agreement. A releaser sends or withdraws it."`
	Dead    []QueueItem `json:"dead" doc:"What was refused for good, newest first."`
}

// HeldMail is what a level has held of one channel.
type HeldMail struct {
	Partner   entente.PartyID     `json:"partner" doc:"Who was to have it."`
	Agreement entente.AgreementID `json:"agreement"`
	Level     entente.Level       `json:"level" doc:"How far the agreement is open between us now."`
	Items     []HeldItem          `json:"items" doc:"The messages, in the order of their places."`
}

// HeldItem is one held message.
type HeldItem struct {
	QueueItem
	Passes  bool `json:"passes" doc:"Whether the level lets it pass now."`
	Expired bool `json:"expired" doc:"Whether it has expired: it can only be withdrawn."`
}

// HeldDecision names held mail.
type HeldDecision struct {
	Agreement entente.AgreementID `json:"agreement"`
	Messages  []entente.MessageID `json:"messages,omitzero" maxItems:"1000" doc:"Which; without it: all that is held of this partner under this agreement."`
}

// QueueItem is an envelope that has no receipt yet.
type QueueItem struct {
	Message    entente.MessageID   `json:"message"`
	Partner    entente.PartyID     `json:"partner" doc:"Who is to have it."`
	Agreement  entente.AgreementID `json:"agreement"`
	Seq        int64               `json:"seq" doc:"Its place in the channel's ledger, from 0." example:"41"`
	Precedence entente.Precedence  `json:"precedence"`
	Queued     time.Time           `json:"queued" doc:"Since when it waits."`
	State      entente.QueueState  `json:"state"`
	Why        entente.Reason      `json:"why,omitzero" doc:"Why it is held, put off or refused."`
	Words      string              `json:"words,omitzero" doc:"The same in a sentence." example:"The agreement's scope does not let it pass."`
	Since      time.Time           `json:"since,omitzero" doc:"Since when it is held, put off or refused."`
	Again      time.Time           `json:"again,omitzero" doc:"Put off: when it is offered again at the latest."`
	Seen       entente.OfficerID   `json:"seen,omitzero" doc:"Who took note of the refusal."`
}

func queueItemOf(i entente.QueueItem) QueueItem {
	return QueueItem{
		Message: i.Message, Partner: i.Partner, Agreement: i.Channel.Agreement, Seq: i.Seq, Precedence: i.Precedence,
		Queued: i.Queued, State: i.State, Why: i.Why, Words: i.Why.Words(), Since: i.Since, Again: i.Again, Seen: i.Seen,
	}
}

func heldMailOf(h outbox.Held) HeldMail {
	return HeldMail{
		Partner: h.Partner, Agreement: h.Agreement, Level: h.Level,
		Items: each(h.Items, func(i outbox.HeldItem) HeldItem { return HeldItem{queueItemOf(i.QueueItem), i.Passes, i.Expired} }),
	}
}

// Line is the connection to one partner.
type Line struct {
	Partner   entente.PartyID `json:"partner"`
	NextTry   time.Time       `json:"next_try,omitzero" doc:"When the node tries again."`
	Attempts  int             `json:"attempts" doc:"Failures since the last contact." example:"0"`
	LastError string          `json:"last_error,omitzero" doc:"Why the last attempt failed." example:"the partner does not answer"`
	Contact   time.Time       `json:"contact,omitzero" doc:"The last exchange that worked."`
	Compared  time.Time       `json:"compared,omitzero" doc:"When our ledgers were last compared with what the partner receipted."`
	Blocked   string          `json:"blocked,omitzero" doc:"Why nothing is sent to this partner." example:"its ledger contradicts what it signed before"`
	Skew      float64         `json:"skew_seconds" doc:"The partner's clock less ours at the last contact, in seconds." example:"0.3"`
}

func lineOf(l entente.Line) Line {
	return Line{
		Partner: l.Partner, NextTry: l.NextTry, Attempts: l.Attempts, LastError: l.LastError,
		Contact: l.Contact, Compared: l.Compared, Blocked: l.Blocked, Skew: l.Skew.Seconds(),
	}
}

func queueStateOf(st outbox.State) QueueState {
	return QueueState{each(st.Lines, lineOf), each(st.Waiting, queueItemOf), each(st.Held, heldMailOf), each(st.Dead, queueItemOf)}
}

// PartnerPath names a partner in a path.
type PartnerPath struct {
	Partner entente.PartyID `path:"partner" doc:"The partner."`
}

func (s *server) queue() {
	const tag = "Queue and courier"
	answer(s, route{
		id: "readQueue", method: http.MethodGet, path: "/queue", op: entente.OpReadQueue, tag: tag,
		summary: "See what waits and what was refused",
	}, func(ctx context.Context, by entente.Officer, _ *struct{}) (QueueState, error) {
		st, err := s.cfg.Outbox.State(ctx, by)
		return queueStateOf(st), err
	})
	act(s, route{
		id: "retryPartner", method: http.MethodPost, path: "/partners/{partner}/retry", op: entente.OpRetry, tag: tag,
		summary: "Try to reach a partner now",
	}, func(ctx context.Context, by entente.Officer, in *PartnerPath) error {
		return s.cfg.Outbox.Retry(ctx, by, in.Partner)
	})
	act(s, route{
		id: "noteDeadLetter", method: http.MethodPost, path: "/queue/{message}/seen", op: entente.OpRetry, tag: tag,
		summary: "Take note of a message that was refused for good",
	}, func(ctx context.Context, by entente.Officer, in *MessagePath) error {
		return s.cfg.Outbox.TakeNote(ctx, by, in.Message)
	})
	act(s, route{
		id: "offerAgain", method: http.MethodPost, path: "/queue/{message}/again", op: entente.OpRetry, tag: tag,
		summary: "Offer a message again that was refused for good", about: "The recipient judges it anew: for when its people say that the cause is gone.",
	}, func(ctx context.Context, by entente.Officer, in *MessagePath) error {
		return s.cfg.Outbox.OfferAgain(ctx, by, in.Message)
	})
	act(s, route{
		id: "sendHeld", method: http.MethodPost, path: "/partners/{partner}/held/send", op: entente.OpRelease, tag: tag,
		summary: "Send held mail", about: "Once the agreement is open that far again.",
	}, func(ctx context.Context, by entente.Officer, in *heldInput) error {
		return s.cfg.Outbox.SendHeld(ctx, by, in.Body.Agreement, in.Partner, in.Body.Messages)
	})
	act(s, route{
		id: "withdrawHeld", method: http.MethodPost, path: "/partners/{partner}/held/withdraw", op: entente.OpRelease, tag: tag,
		summary: "Withdraw held mail", about: "Also what the partner has put off, by its id. A notice tells the partner that the message at this place will not come.",
	}, func(ctx context.Context, by entente.Officer, in *heldInput) error {
		return s.cfg.Outbox.WithdrawHeld(ctx, by, in.Body.Agreement, in.Partner, in.Body.Messages)
	})
}

type heldInput struct {
	PartnerPath
	Body HeldDecision
}
