package entente

import (
	"encoding/json"
	"regexp"
	"time"
)

// MessageID is a UUIDv7 in its canonical lower-case form, for example
// "0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4b7".
type MessageID string

// Class is what the outside of an envelope tells of the kind: as much as the
// way of the message needs, and no more.
type Class string

const (
	ClassContent Class = "content" // tip: new information
	ClassDuty    Class = "duty"    // acknowledgement, disposition: what is owed for an earlier message
	ClassDesk    Class = "desk"    // note, notice: word between desks
)

// Precedence orders the queue and sets the deadline of the acknowledgement.
type Precedence string

const (
	Routine   Precedence = "ROUTINE"
	Priority  Precedence = "PRIORITY"
	Immediate Precedence = "IMMEDIATE"
	Flash     Precedence = "FLASH"
)

// Precedences lists them from the least urgent to the most.
var Precedences = []Precedence{Routine, Priority, Immediate, Flash}

// Rank is 0 for ROUTINE to 3 for FLASH, and -1 for anything else.
func (p Precedence) Rank() int {
	for i, q := range Precedences {
		if p == q {
			return i
		}
	}
	return -1
}

// Channel is the messages from one party to another under one agreement, in order.
type Channel struct {
	Agreement AgreementID
	From, To  PartyID
}

// Origin is the name of the channel's ledger, the first line of its checkpoints:
// "entente/north-star/borea-sls/albia-ncc".
func (c Channel) Origin() string {
	return "entente/" + string(c.Agreement) + "/" + string(c.From) + "/" + string(c.To)
}

func (c Channel) String() string { return c.Origin() }

// Back is the channel in the other direction.
func (c Channel) Back() Channel { return Channel{c.Agreement, c.To, c.From} }

// Header is the part of a message that stands outside the seal. It is encoded
// once, as canonical JSON, and travels as those exact bytes.
type Header struct {
	Version     int         `json:"version"` // 1
	ID          MessageID   `json:"id"`
	From        PartyID     `json:"from"`
	FromEdition Digest      `json:"from_edition"` // of the sender's descriptor, whose keys sign
	To          PartyID     `json:"to"`
	ToEdition   Digest      `json:"to_edition"` // of the recipient's descriptor, to whose key it is sealed
	Agreement   AgreementID `json:"agreement"`
	Epoch       int         `json:"epoch"`
	Terms       Digest      `json:"terms"` // of the agreement's text, without signature lines
	Seq         int64       `json:"seq"`   // place in the channel's ledger, from 0
	Class       Class       `json:"class"` // one that this version does not know counts as desk
	Precedence  Precedence  `json:"precedence"`
	Created     time.Time   `json:"created"`          // UTC, whole microseconds
	Expires     time.Time   `json:"expires,omitzero"` // UTC; not to be accepted from then on; zero: never, as for every duty
	Content     Digest      `json:"content"`          // the commitment to every part of the statement
	Extensions  []Extension `json:"extensions,omitzero"`
}

// Expired reports whether the message is not to be accepted any more at a time.
func (h Header) Expired(at time.Time) bool { return !h.Expires.IsZero() && !h.Expires.After(at) }

// Channel is the channel on which the message travels.
func (h Header) Channel() Channel { return Channel{h.Agreement, h.From, h.To} }

// Statement is the part of a message inside the seal: what is said. Exactly one
// of the bodies is present, the one that Kind names; it stands last, so that a
// reader who does not know the kind has read all else before it.
type Statement struct {
	ID          MessageID    `json:"id"` // as in the header
	Kind        Kind         `json:"kind"`
	Purpose     Purpose      `json:"purpose"`
	Precedence  Precedence   `json:"precedence"`    // as in the header
	Refs        []Ref        `json:"refs,omitzero"` // earlier messages
	Caveats     Caveats      `json:"caveats"`
	Attachments []Attachment `json:"attachments,omitzero"`
	Extensions  []Extension  `json:"extensions,omitzero"`

	Tip             *Tip             `json:"tip,omitzero"`
	Acknowledgement *Acknowledgement `json:"acknowledgement,omitzero"`
	Disposition     *Disposition     `json:"disposition,omitzero"`
	Note            *Note            `json:"note,omitzero"`
	Notice          *Notice          `json:"notice,omitzero"`

	// Unread is the body of a kind that this version does not accept, by the
	// kind's name, as it came. A statement that has one is put off, never filed.
	Unread map[Kind]json.RawMessage `json:",inline"`
}

// Body is what is said, or nil where no body is of the statement's kind.
func (s Statement) Body() Body {
	if r, ok := Rooms.Room(s.Kind); ok && r.Accepted() {
		return r.In(&s)
	}
	return nil
}

// Class is that of its kind, unless its body says otherwise.
func (s Statement) Class() Class {
	if b, ok := s.Body().(interface{ Class() Class }); ok {
		return b.Class()
	}
	return ClassOf(s.Kind)
}

// Headline is one line for a list; empty where the body has none.
func (s Statement) Headline() string {
	if b := s.Body(); b != nil {
		return b.Headline()
	}
	return ""
}

// Message is one signed statement from party to party under an agreement, as
// it came out of a verified envelope or is about to go into one.
type Message struct {
	Header    Header
	Statement Statement
}

// NotUnderstood names the extensions of a message that this version does not
// know. It keeps them and acts on none.
func (m Message) NotUnderstood() []string {
	return This.Unknown(m.Header.Extensions, m.Statement.Extensions)
}

// Attachment is a file that belongs to a message: an age file addressed by the
// digest of its encrypted bytes, with the key that opens it. The key is as
// secret as the statement that carries it: erase the statement, and the file is erased.
type Attachment struct {
	Digest Digest        `json:"digest"` // SHA-256 of the age file
	Size   int64         `json:"size"`   // of the age file, in bytes
	Name   string        `json:"name"`   // as the sender named it, at most 200 bytes; never a path
	Media  string        `json:"media"`  // media type that the sender claims
	Key    AttachmentKey `json:"key"`    // age identity
}

// AttachmentKey is an age identity ("AGE-SECRET-KEY-PQ-1…"). It prints as "[attachment key]".
type AttachmentKey string

func (AttachmentKey) String() string   { return "[attachment key]" }
func (AttachmentKey) GoString() string { return "[attachment key]" }

var attachmentKeys = regexp.MustCompile(`AGE-SECRET-KEY-PQ-1[0-9A-Z]+`)

// WithoutKeys returns the bytes of a statement for people to read: where the key
// of an attachment is, it has what a key prints as.
func WithoutKeys(payload []byte) string {
	return attachmentKeys.ReplaceAllString(string(payload), AttachmentKey("").String())
}
