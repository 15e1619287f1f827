package api

import (
	"cmp"
	"time"

	"entente"
	"entente/casework"
)

// Content is what a message says: one body, the one that kind names.
type Content struct {
	Kind            entente.Kind             `json:"kind"`
	Purpose         entente.Purpose          `json:"purpose"`
	Precedence      entente.Precedence       `json:"precedence,omitzero"`
	Re              entente.MessageID        `json:"re,omitzero" doc:"The message that this one answers."`
	Caveats         entente.Caveats          `json:"caveats,omitzero" doc:"What is left out is filled from the agreement."`
	Tip             *entente.Tip             `json:"tip,omitzero"`
	Acknowledgement *entente.Acknowledgement `json:"acknowledgement,omitzero"`
	Disposition     *entente.Disposition     `json:"disposition,omitzero"`
	Note            *entente.Note            `json:"note,omitzero"`
	Notice          *entente.Notice          `json:"notice,omitzero"`
}

// statement gives the root noun. Attachments come by upload alone.
func (c Content) statement() entente.Statement {
	return entente.Statement{
		Kind: c.Kind, Purpose: c.Purpose, Precedence: c.Precedence, Refs: entente.Answering(c.Re), Caveats: c.Caveats,
		Tip: c.Tip, Acknowledgement: c.Acknowledgement, Disposition: c.Disposition, Note: c.Note, Notice: c.Notice,
	}
}

// Statement is what a message says, with its files.
type Statement struct {
	Content
	Attachments []Attachment `json:"attachments" doc:"The files that go with it."`
}

func statementOf(s entente.Statement) Statement {
	return Statement{
		Content: Content{
			Kind: s.Kind, Purpose: s.Purpose, Precedence: s.Precedence, Re: s.Re(), Caveats: s.Caveats,
			Tip: s.Tip, Acknowledgement: s.Acknowledgement, Disposition: s.Disposition, Note: s.Note, Notice: s.Notice,
		},
		Attachments: each(s.Attachments, attachmentOf),
	}
}

// Attachment is a file that belongs to a message. Its key is not shown.
type Attachment struct {
	Digest entente.Digest `json:"digest" doc:"SHA-256 of the encrypted file."`
	Size   int64          `json:"size" doc:"Of the encrypted file, in bytes." example:"482113"`
	Name   string         `json:"name" doc:"As the sender named it." example:"letter.pdf"`
	Media  string         `json:"media" doc:"The media type that the sender claims." example:"application/pdf"`
	Held   *int64         `json:"held,omitempty" doc:"How many bytes of it are here; absent where that is not known." example:"482113"`
	Whole  bool           `json:"whole,omitzero" doc:"Whether it is here in full and verified."`
}

func attachmentOf(a entente.Attachment) Attachment {
	return Attachment{Digest: a.Digest, Size: a.Size, Name: a.Name, Media: a.Media}
}

// withHeld says of each file how much of it is here.
func withHeld(as []Attachment, held []entente.AttachmentRecord) {
	for i := range as {
		for _, h := range held {
			if h.Digest == as[i].Digest {
				as[i].Held, as[i].Whole = &h.Held, !h.Complete.IsZero()
			}
		}
	}
}

// Item is a message with where it stands.
type Item struct {
	ID      entente.MessageID `json:"id" doc:"What it is called here: the id in its header, unless a message with another party is called so."`
	Thread  entente.MessageID `json:"thread" doc:"The first message of its thread."`
	Answers entente.MessageID `json:"answers,omitzero" doc:"What the message that it answers is called here: the statement has the id by which its two parties know it."`
	Lost    *Lost             `json:"lost,omitempty" doc:"It answers a message of ours that was lost here in a restore."`
	// NotUnderstood and Older say what a reader of this version should know of the form.
	NotUnderstood []string           `json:"not_understood,omitzero" doc:"Names of extensions of the message that this version does not know. It keeps them and acts on none."`
	Older         bool               `json:"older_version,omitzero" doc:"It is of an older version of the protocol than its parties agreed on."`
	Direction     entente.Direction  `json:"direction"`
	Partner       entente.PartyID    `json:"partner" doc:"The other party."`
	Kind          entente.Kind       `json:"kind"`
	Precedence    entente.Precedence `json:"precedence"`
	Title         string             `json:"title" doc:"One line for a list." example:"Possible attack on the harbour festival"`
	At            time.Time          `json:"at" doc:"When it was released or, for one that came in, receipted."`
	Header        entente.Header     `json:"header" doc:"What stands on the outside of the envelope."`
	Envelope      entente.Digest     `json:"envelope" doc:"The record of the envelope in the ledger."`
	Progress      Progress           `json:"progress"`
	Obligations   []Obligation       `json:"obligations" doc:"What is owed for it, by either side."`
	Assessment    *Assessment        `json:"assessment,omitempty" doc:"Who has it, and what he makes of it. It never leaves the node."`
}

// Lost stands for a message of ours that was lost here in a restore.
type Lost struct {
	ID     entente.MessageID `json:"id" doc:"In its header."`
	Ledger string            `json:"ledger" doc:"Our ledger, which has its record." example:"entente/north-star/borea-sls/albia-ncc"`
	Seq    int64             `json:"seq" doc:"Its place there." example:"41"`
	Record entente.Digest    `json:"record" doc:"Its record."`
}

// Progress is how far a message has come.
type Progress struct {
	Released  time.Time       `json:"released,omitzero" doc:"When it was released."`
	Delivered time.Time       `json:"delivered,omitzero" doc:"When the recipient's receipt was signed."`
	Refused   *Refusal        `json:"refused,omitempty" doc:"The recipient's last refusal, instead of a receipt: for good, or for now."`
	Held      time.Time       `json:"held,omitzero" doc:"Since when a level holds it here: a releaser sends or withdraws it."`
	Withdrawn time.Time       `json:"withdrawn,omitzero" doc:"When its sender took it back."`
	Seen      time.Time       `json:"seen,omitzero" doc:"The sender's receipt for the first acknowledgement or outcome."`
	Decided   time.Time       `json:"decided,omitzero" doc:"The sender's receipt for the newest outcome."`
	Outcome   entente.Outcome `json:"outcome,omitzero"`
	Disputed  bool            `json:"disputed,omitzero" doc:"Dispositions contradict each other."`
	Answer    *Underway       `json:"answer,omitempty" doc:"Our newest answer, while its addressee has not receipted it."`
}

// Underway is an answer that its addressee has not receipted.
type Underway struct {
	Message entente.MessageID     `json:"message" doc:"The answer."`
	Kind    entente.Kind          `json:"kind"`
	Outcome entente.Outcome       `json:"outcome,omitzero" doc:"Of an outcome: what it says."`
	State   entente.UnderwayState `json:"state" doc:"Where it stands. What was refused is to be said again: what is owed stays owed."`
	Refused *Refusal              `json:"refused,omitempty" doc:"What its addressee said last."`
}

// Assessment is what an officer notes at home on a message.
type Assessment struct {
	Officer entente.OfficerID `json:"officer,omitzero" doc:"Who has the message now."`
	Text    string            `json:"text" doc:"What he makes of it." example:"Known to us under another spelling."`
	Changed time.Time         `json:"changed,omitzero" doc:"When it was last changed."`
	Version int               `json:"version" doc:"Rises with every change; goes back with the next." example:"1"`
}

func assessmentOf(a entente.Assessment) Assessment {
	return Assessment{Officer: a.Officer, Text: a.Text, Changed: a.Changed, Version: a.Version}
}

func (s *server) itemOf(i casework.Item) Item {
	m := i.Filed.Message
	out := Item{
		ID: i.Filed.Name, Thread: i.Filed.Thread, Answers: i.Answers, Direction: i.Filed.Direction, Partner: i.Filed.Partner(),
		Kind: m.Statement.Kind, Precedence: m.Header.Precedence, Title: titleOf(m.Statement), At: i.Filed.At,
		Header: m.Header, Envelope: i.Filed.Digest, Progress: progressOf(i.Progress), Obligations: each(i.Obligations, s.obligationOf),
		NotUnderstood: m.NotUnderstood(), Older: i.Older,
	}
	if l := i.Lost; l != nil {
		out.Lost = &Lost{ID: l.ID, Ledger: l.Channel.Origin(), Seq: l.Seq, Record: l.Digest}
	}
	if i.Assessment.Version > 0 {
		a := assessmentOf(i.Assessment)
		out.Assessment = &a
	}
	return out
}

func progressOf(p entente.Progress) Progress {
	out := Progress{
		Released: p.Released, Delivered: p.Delivered, Seen: p.Seen, Decided: p.Decided, Outcome: p.Outcome, Disputed: p.Disputed, Held: p.Held, Withdrawn: p.Withdrawn,
	}
	if p.Refused != nil {
		r := refusalOf(*p.Refused)
		out.Refused = &r
	}
	if a := p.Answer; a != nil {
		out.Answer = &Underway{Message: a.Message, Kind: a.Kind, Outcome: a.Outcome, State: a.State()}
		if a.Refused != nil {
			r := refusalOf(*a.Refused)
			out.Answer.Refused = &r
		}
	}
	return out
}

// titleOf is one line for a list.
func titleOf(s entente.Statement) string { return cmp.Or(s.Headline(), string(s.Kind)) }

// each turns a list into another, empty rather than nil.
func each[A, B any](in []A, f func(A) B) []B {
	out := make([]B, len(in))
	for i, a := range in {
		out[i] = f(a)
	}
	return out
}
