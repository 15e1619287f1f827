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
	Waiting []QueueItem `json:"waiting" doc:"What waits for a receipt, in order."`
	Dead    []QueueItem `json:"dead" doc:"What was refused for good, newest first."`
}

// QueueItem is an envelope that waits, or was refused for good.
type QueueItem struct {
	Message    entente.MessageID   `json:"message"`
	Partner    entente.PartyID     `json:"partner" doc:"Who is to have it."`
	Agreement  entente.AgreementID `json:"agreement"`
	Seq        int64               `json:"seq" doc:"Its place in the channel's ledger, from 0." example:"41"`
	Precedence entente.Precedence  `json:"precedence"`
	Queued     time.Time           `json:"queued" doc:"Since when it waits."`
	Dead       entente.Reason      `json:"dead,omitzero" doc:"Why the partner refused it for good."`
	Words      string              `json:"words,omitzero" doc:"The same in a sentence." example:"The agreement's scope does not let it pass."`
	DeadAt     time.Time           `json:"dead_at,omitzero" doc:"When it was refused."`
	Seen       entente.OfficerID   `json:"seen,omitzero" doc:"Who took note of the refusal."`
}

func queueItemOf(i entente.QueueItem) QueueItem {
	return QueueItem{
		Message: i.Message, Partner: i.Partner, Agreement: i.Channel.Agreement, Seq: i.Seq, Precedence: i.Precedence,
		Queued: i.Queued, Dead: i.Dead, Words: i.Dead.Words(), DeadAt: i.DeadAt, Seen: i.Seen,
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
	return QueueState{each(st.Lines, lineOf), each(st.Waiting, queueItemOf), each(st.Dead, queueItemOf)}
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
}
