package entente

import "time"

// Direction says which way a message went.
type Direction string

const (
	Incoming Direction = "in"
	Outgoing Direction = "out"
)

// Filed is a message as this node keeps it.
type Filed struct {
	// Name is what the message is called at this node: the id in its header,
	// unless a message exchanged with another party has that id here already.
	// Ids travel in the open; whoever sees one could use it first. Partner and
	// header id together are unique, too: that is how parties refer to it.
	Name      MessageID
	Message   Message
	Direction Direction
	Thread    MessageID // the name of the first message of the thread; a message without Re is its own
	At        time.Time // out: when it was released; in: when our receipt was signed

	// What proves it. All but Envelope stays provable when the sealed bytes are erased.
	Digest     Digest // the record of the envelope
	Envelope   []byte // encoded; empty once it is erased
	Sealed     Digest // of the envelope's sealed bytes
	Signature  []byte // the sender's, over header and Sealed
	Checkpoint []byte // the sender's, of size Seq+1
	Payload    []byte // the encoded statement
	Secret     Secret // with Payload it opens the header's Content

	// Only for what we sent; stays at home.
	Author   OfficerID
	Releaser OfficerID
	Clause   string // that let the release happen
}

// Partner is the other party of the message.
func (f Filed) Partner() PartyID {
	if f.Direction == Outgoing {
		return f.Message.Header.To
	}
	return f.Message.Header.From
}

// Assessment is what an officer notes at home on an incoming message. It never leaves.
type Assessment struct {
	Message MessageID
	Officer OfficerID // who has the message now; empty: nobody
	Text    string
	Changed time.Time
	Version int
}

// Line is the state of the connection to one partner.
type Line struct {
	Partner   PartyID
	NextTry   time.Time
	Attempts  int           // failures since the last contact
	LastError string        // in words for the desk; no content
	Contact   time.Time     // the last exchange that worked
	Compared  time.Time     // when our ledgers were last compared with what the partner receipted
	Blocked   string        // not empty: nothing is appended to channels to this partner, for this reason
	Skew      time.Duration // the partner's clock less ours, at the last contact
}

// LedgerHead is the newest state of one ledger.
type LedgerHead struct {
	Origin     string
	Size       int64
	Checkpoint []byte // signed by the ledger's owner, of size Size
	Cosigned   []byte // the newest receipt text on it, may be of a smaller size; empty: none
	// Tail is never stored. A partner that calls us brings it when we have lost
	// the last records of our own ledger and cannot call him: up to Size.
	Tail []Digest
}

// AttachmentRecord is what this node holds of an attachment.
type AttachmentRecord struct {
	Handle   string    // key of the record: a UUID
	Digest   Digest    // zero while an officer's upload is under way
	Size     int64     // of the age file; 0 while not known
	Held     int64     // bytes held
	Message  MessageID // incoming: the name of the message that named it
	Partner  PartyID   // incoming: from whom; outgoing: to whom it is still to be handed
	Draft    DraftID   // outgoing: the draft it was added to
	Complete time.Time // zero: not whole or not verified yet
}

// Credential lets an officer sign in.
type Credential struct {
	ID      string // unique
	Officer OfficerID
	Kind    string // "password", "passkey", "token"
	Label   string // what the officer calls it
	Data    []byte // hash or public key; never a secret
	Added   time.Time
	Used    time.Time
}

// Session is a signed-in browser or command line.
type Session struct {
	Token   Digest // of the token that the browser keeps
	Officer OfficerID
	Created time.Time
	Seen    time.Time
	Expires time.Time
}

// Fleeting is what the processes of one node share about signing in, until it
// lapses: a count of failures, or a challenge that waits for its answer. It is in
// no backup.
type Fleeting struct {
	Key     Digest // unique
	Kind    string // what it is
	Place   Digest // of where it came from; zero: that does not matter
	Data    []byte // no secret
	Expires time.Time
}
