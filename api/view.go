package api

import (
	"context"
	"net/http"
	"time"

	"entente"
	"entente/casework"
)

// Message is a message with all that belongs to it.
type Message struct {
	Item
	Statement  Statement         `json:"statement" doc:"What is said."`
	Author     entente.OfficerID `json:"author,omitzero" doc:"Who wrote it, if we sent it."`
	Releaser   entente.OfficerID `json:"releaser,omitzero" doc:"Who released it, if we sent it."`
	Clause     string            `json:"clause,omitzero" doc:"The clause that let the release happen." example:"release.four-eyes"`
	Others     []Post            `json:"others" doc:"Every other message of the thread, oldest first."`
	Decision   Decision          `json:"decision" doc:"What the agreement said of it."`
	Mismatches []string          `json:"mismatches" doc:"Where the parties' definitions differ on it, in sentences." example:"Borea defines terrorism by Federal Law 35, Albia by article 205"`
	Unread     []entente.Unread  `json:"unread" doc:"Of an incoming tip: names that cannot be read here, or only in part, and what they are compared by."`
	Receipt    *Receipt          `json:"receipt,omitempty"`
	Refusal    *Refusal          `json:"refusal,omitempty"`
	Sender     Party             `json:"sender"`
	Recipient  Party             `json:"recipient"`
}

// Post is another message of a thread.
type Post struct {
	Item
	Statement Statement `json:"statement" doc:"What is said."`
}

// Decision is what an agreement says of a message.
type Decision struct {
	Pass     bool           `json:"pass" doc:"Whether it may pass."`
	Reason   entente.Reason `json:"reason,omitzero"`
	Findings []Finding      `json:"findings" doc:"Every clause that was asked, in order."`
}

// Finding is what one clause said.
type Finding struct {
	Clause string         `json:"clause" doc:"The clause, as the agreement writes it." example:"scope.tip"`
	Line   int            `json:"line,omitzero" doc:"Its line in the agreement; absent: the protocol itself." example:"24"`
	Holds  bool           `json:"holds" doc:"Whether it lets the message pass."`
	Reason entente.Reason `json:"reason,omitzero"`
	Says   string         `json:"says" doc:"A sentence." example:"North Star lets tips pass for terrorism-prevention"`
	Values []Value        `json:"values" doc:"What the verdict rests on."`
}

// Value is one value that decided.
type Value struct {
	Name  string `json:"name" doc:"What was asked." example:"subject.nationalities"`
	Value string `json:"value" doc:"What it was." example:"[\"XB\"]"`
}

func decisionOf(d entente.Decision) Decision {
	return Decision{d.Pass, d.Reason, each(d.Findings, func(f entente.Finding) Finding {
		return Finding{f.Clause, f.Line, f.Holds, f.Reason, f.Says, each(f.Values, func(v entente.Value) Value { return Value(v) })}
	})}
}

// Receipt is the recipient's promise that it holds an envelope.
type Receipt struct {
	Seq      int64          `json:"seq" doc:"The place in the channel's ledger, from 0." example:"41"`
	Envelope entente.Digest `json:"envelope"`
	At       time.Time      `json:"at" doc:"When it was signed."`
	Text     string         `json:"text" doc:"The proof, byte for byte (C2SP tlog-proof)."`
}

func messageOf(s *server, v casework.View) Message {
	f := v.Filed
	m := Message{
		Item: s.itemOf(v.Item), Statement: statementOf(f.Message.Statement),
		Author: f.Author, Releaser: f.Releaser, Clause: f.Clause,
		Others:   each(v.Thread, func(i casework.Item) Post { return Post{s.itemOf(i), statementOf(i.Filed.Message.Statement)} }),
		Decision: decisionOf(v.Decision), Mismatches: v.Mismatches,
		Sender: partyOf(v.Sender), Recipient: partyOf(v.Recipient), Unread: []entente.Unread{},
	}
	if tip := f.Message.Statement.Tip; tip != nil && f.Direction == entente.Incoming {
		m.Unread = unread(tip.Subjects...)
	}
	withHeld(m.Statement.Attachments, v.Attachments)
	if r := v.Receipt; r != nil {
		m.Receipt = &Receipt{r.Seq, r.Envelope, r.At, string(r.Text)}
	}
	if v.Refusal != nil {
		r := refusalOf(*v.Refusal)
		m.Refusal = &r
	}
	return m
}

// MessagePath names a message in a path.
type MessagePath struct {
	Message entente.MessageID `path:"message" doc:"The message."`
}

// Text is a text that an officer writes.
type Text struct {
	Text string `json:"text" maxLength:"20000" doc:"The text." example:"The calls are being transcribed. More on Monday."`
}

// Handover gives a message to an officer.
type Handover struct {
	Officer entente.OfficerID `json:"officer" doc:"Who is to have it."`
}

// AssessmentChange notes what an officer makes of a message.
type AssessmentChange struct {
	Text    string `json:"text" maxLength:"100000" doc:"What he makes of it." example:"Known to us under another spelling."`
	Version int    `json:"version" minimum:"0" doc:"The version that he saw; 0 where there was none." example:"0"`
}

// Sent is a message that was released, or waits as a draft for a second officer.
type Sent struct {
	ID       entente.MessageID `json:"id" doc:"Of the message, and of the draft that it was."`
	Released bool              `json:"released" doc:"Whether it has left. Otherwise a second officer must release it."`
}

func (s *server) messages() {
	const tag = "Messages"
	answer(s, route{
		id: "readMessage", method: http.MethodGet, path: "/messages/{message}", op: entente.OpReadMessage, tag: tag,
		summary: "Open a message", about: "The access log says who opened it and why, before anything is shown.",
	}, func(ctx context.Context, by entente.Officer, in *struct {
		MessagePath
		Purpose string `query:"purpose" maxLength:"200" doc:"Why the officer opens it; absent: what his role stands for." example:"handling"`
	},
	) (Message, error) {
		v, err := s.cfg.Desk.Message(ctx, by, in.Message, in.Purpose)
		if err != nil {
			return Message{}, err
		}
		return messageOf(s, v), nil
	})
	act(s, route{
		id: "acknowledgeMessage", method: http.MethodPost, path: "/messages/{message}/acknowledgement", op: entente.OpAcknowledge, tag: tag,
		summary: "Tell the sender that a person has seen it", about: "Twice is once.",
	}, func(ctx context.Context, by entente.Officer, in *MessagePath) error {
		return s.cfg.Desk.Acknowledge(ctx, by, in.Message)
	})
	act(s, route{
		id: "assignMessage", method: http.MethodPut, path: "/messages/{message}/officer", op: entente.OpAssign, tag: tag,
		summary: "Give a message to an officer",
	}, func(ctx context.Context, by entente.Officer, in *struct {
		MessagePath
		Body Handover
	},
	) error {
		return s.cfg.Desk.Assign(ctx, by, in.Message, in.Body.Officer)
	})
	s.work(tag)
}

func (s *server) work(tag string) {
	answer(s, route{
		id: "assessMessage", method: http.MethodPut, path: "/messages/{message}/assessment", op: entente.OpAssess, tag: tag, body: statementBody,
		summary: "Note what one makes of a message", about: "It stays at home.",
	}, func(ctx context.Context, by entente.Officer, in *struct {
		MessagePath
		Body AssessmentChange
	},
	) (Assessment, error) {
		a, err := s.cfg.Desk.Assess(ctx, by, in.Message, in.Body.Text, in.Body.Version)
		return assessmentOf(a), err
	})
	answer(s, route{
		id: "disposeMessage", method: http.MethodPost, path: "/messages/{message}/disposition", op: entente.OpDispose, tag: tag, body: statementBody,
		summary: "Say what came of a message", about: "Every question must be answered, or refused with a reason.",
	}, func(ctx context.Context, by entente.Officer, in *struct {
		MessagePath
		Body entente.Disposition
	},
	) (Sent, error) {
		id, released, err := s.cfg.Desk.Dispose(ctx, by, in.Message, in.Body)
		return Sent{id, released}, err
	})
	answer(s, route{
		id: "writeNote", method: http.MethodPost, path: "/messages/{message}/notes", op: entente.OpNote, tag: tag, body: statementBody,
		summary: "Write a note on the thread of a message",
	}, func(ctx context.Context, by entente.Officer, in *struct {
		MessagePath
		Body Text
	},
	) (Sent, error) {
		id, released, err := s.cfg.Desk.Note(ctx, by, in.Message, in.Body.Text)
		return Sent{id, released}, err
	})
}
