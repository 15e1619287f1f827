package api

import (
	"context"
	"net/http"
	"time"

	"entente"
	"entente/casework"
	"entente/outbox"
)

// Agreement is what named parties may exchange, and how far it is open.
type Agreement struct {
	ID        entente.AgreementID `json:"id"`
	Epoch     int                 `json:"epoch" doc:"Rises by one with every new text." example:"1"`
	Parties   []entente.PartyID   `json:"parties" doc:"Between whom."`
	Objective string              `json:"objective" doc:"What for." example:"Prevent attacks on people by the groups in schedule A."`
	From      time.Time           `json:"from" doc:"Its first day, from 00:00 UTC."`
	Until     time.Time           `json:"until" doc:"Its last day, through 24:00 UTC."`
	Purposes  []entente.Purpose   `json:"purposes" doc:"For what messages may pass."`
	Complete  bool                `json:"complete" doc:"Whether every party has signed."`
	Signed    []entente.PartyID   `json:"signed" doc:"Who has signed."`
	Levels    []PairLevel         `json:"levels" doc:"How far it is open between us and each other party."`
	Explain   []string            `json:"explain" doc:"What it lets pass, in sentences." example:"A tip may pass when a subject is a national of XA or XB."`
	Text      string              `json:"text" doc:"The text, byte for byte (TOML)."`
	Note      string              `json:"note" doc:"The text with its signatures (C2SP signed-note)."`
}

// PairLevel is how far an agreement is open between us and a partner.
type PairLevel struct {
	Partner entente.PartyID `json:"partner"`
	Level   entente.Level   `json:"level" doc:"The most closed of what each of the two declared last to the other."`
	Ours    *LevelChange    `json:"ours,omitzero" doc:"What we declared last to the partner."`
	Theirs  *LevelChange    `json:"theirs,omitzero" doc:"What the partner declared last to us."`
}

// LevelChange is one party's declaration of how far an agreement is open.
type LevelChange struct {
	Party   entente.PartyID   `json:"party" doc:"Who declared it."`
	Level   entente.Level     `json:"level"`
	Towards entente.Towards   `json:"towards" doc:"Whether the party declared it to this partner alone, or to all."`
	Number  int               `json:"number" doc:"One more with each declaration of the party to this partner." example:"1"`
	Message entente.MessageID `json:"message,omitzero" doc:"The notice that says so."`
	At      time.Time         `json:"at" doc:"When."`
}

func levelChangeOf(c *entente.LevelChange) *LevelChange {
	if c == nil {
		return nil
	}
	return &LevelChange{c.Party, c.Level, c.Towards, c.Number, c.Message, c.At}
}

// LevelDeclaration says how far we keep an agreement open.
type LevelDeclaration struct {
	Level   entente.Level   `json:"level"`
	Towards entente.PartyID `json:"towards,omitzero" doc:"To which other party; without it: to each."`
	Reason  string          `json:"reason" maxLength:"2000" doc:"Why, for the partners." example:"talks on the new epoch have broken off"`
}

// LevelDeclared says what came of a declaration.
type LevelDeclared struct {
	Held []QueueItem `json:"held" doc:"What waited for delivery and is held from now on. Once it is open that far again, a releaser sends or withdraws it."`
}

// OutageDeclaration says that our node could not be reached for a time.
type OutageDeclaration struct {
	To    entente.PartyID `json:"to,omitzero" doc:"Whom it is for; absent: every other party of the agreement."`
	From  time.Time       `json:"from" doc:"Since when the node could not be reached."`
	Until time.Time       `json:"until" doc:"From when it could be reached again."`
}

func agreementOf(st casework.Standing) Agreement {
	a := st.Record.Agreement
	return Agreement{
		ID: a.ID, Epoch: a.Epoch, Parties: a.Parties, Objective: a.Objective, From: a.From, Until: a.Until, Purposes: a.Purposes,
		Complete: st.Record.Complete, Signed: st.Record.Signed, Explain: st.Explain,
		Levels: each(st.Levels, func(l casework.PairLevel) PairLevel {
			return PairLevel{l.Partner, l.Level, levelChangeOf(l.Ours), levelChangeOf(l.Theirs)}
		}),
		Text: string(a.Text), Note: string(st.Record.Note),
	}
}

// AgreementPath names an agreement in a path.
type AgreementPath struct {
	Agreement entente.AgreementID `path:"agreement" doc:"The agreement."`
}

func (s *server) agreements() {
	const tag = "Agreements and partners"
	answer(s, route{
		id: "listAgreements", method: http.MethodGet, path: "/agreements", op: entente.OpReadAgreement, tag: tag,
		summary: "List the agreements, with how far each is open",
	}, func(ctx context.Context, by entente.Officer, _ *struct{}) ([]Agreement, error) {
		all, err := s.cfg.Desk.Agreements(ctx, by)
		return each(all, agreementOf), err
	})
	answer(s, route{
		id: "readAgreement", method: http.MethodGet, path: "/agreements/{agreement}", op: entente.OpReadAgreement, tag: tag,
		summary: "Read an agreement, and what it lets pass in sentences",
	}, func(ctx context.Context, by entente.Officer, in *AgreementPath) (Agreement, error) {
		st, err := s.cfg.Desk.Agreement(ctx, by, in.Agreement)
		return agreementOf(st), err
	})
	answer(s, route{
		id: "declareLevel", method: http.MethodPost, path: "/agreements/{agreement}/level", op: entente.OpChangeLevel, tag: tag,
		summary: "Declare how far we keep an agreement open", about: "It acts at once between us and the party that is named, or each other party; they are told. What waits for delivery and does not pass any more is held and listed in the answer. What was owed stays owed.",
	}, func(ctx context.Context, by entente.Officer, in *struct {
		AgreementPath
		Body LevelDeclaration
	},
	) (LevelDeclared, error) {
		held, err := s.cfg.Outbox.DeclareLevel(ctx, by, in.Agreement, outbox.Declaration{Level: in.Body.Level, Towards: in.Body.Towards, Reason: in.Body.Reason})
		return LevelDeclared{each(held, queueItemOf)}, err
	})
	act(s, route{
		id: "declareOutage", method: http.MethodPost, path: "/agreements/{agreement}/outage", op: entente.OpDeclareOutage, tag: tag,
		summary: "Declare that our node could not be reached for a time",
		about:   "What a partner answered in that time, and what arrives within a day after it, counts for its deadlines from when it was written. A declaration cannot be taken back.",
	}, func(ctx context.Context, by entente.Officer, in *struct {
		AgreementPath
		Body OutageDeclaration
	},
	) error {
		return s.cfg.Outbox.DeclareOutage(ctx, by, in.Agreement, in.Body.To, in.Body.From, in.Body.Until)
	})
}
