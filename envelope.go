package entente

import "time"

// Envelope is a message sealed for its recipient. Its record, which stands in the
// ledger and in every answer, is a digest of Header, the digest of the sealed
// bytes, and Signature.
type Envelope struct {
	Header     []byte // exact bytes of the encoded Header; the AAD of the seal
	Enc        []byte // HPKE encapsulated key, 1120 bytes
	Ciphertext []byte
	Signature  []byte // Ed25519 by the sender's message key over the header and the digest of the sealed bytes
}

// Delivery is what a sender hands to a recipient for one message: the encoded
// envelope and the sender's checkpoint of the channel, signed, of size seq+1.
type Delivery struct {
	Envelope   []byte // encoded
	Checkpoint []byte // C2SP checkpoint of the channel's ledger whose last leaf is this envelope
	// Before holds the records of earlier places that the recipient said it
	// lacks and that it will not get: refused or erased envelopes.
	Before []Digest
	// First is the recipient's own first receipt for this envelope; empty: there is
	// none. A recipient that has lost the envelope keeps that receipt.
	First []byte
}

// Settlement is what comes back for a delivery: the text of a receipt or of a
// refusal. One of the two is present.
type Settlement struct {
	Envelope Digest // its record; of what cannot be read as an envelope, the SHA-256 of its bytes
	Receipt  []byte
	Refusal  []byte
}

// Receipt is the recipient's promise: I hold this envelope, at this place, and
// the history before it is this. It is a C2SP tlog-proof (tlog-proof@v1) whose
// checkpoint has the size Seq+1 and two lines: the sender's signature, and below
// it the recipient's, of a type of its own. The size rule is what makes it a
// promise about one envelope: a refused one never gets it.
type Receipt struct {
	Channel  Channel
	Seq      int64
	Envelope Digest    // its record
	Edition  Digest    // of the recipient, that signed
	Via      Via       // how the envelope came
	At       time.Time // by the recipient's clock, whole seconds
	Text     []byte    // the proof, byte for byte
}

// Refusal is the recipient's signed word that it does not hold the envelope,
// and why: a signed note by its message key.
type Refusal struct {
	From     PartyID // who refuses
	Edition  Digest  // of From, that signed
	Channel  Channel
	Message  MessageID // empty if the header could not be read
	Envelope Digest    // as in [Settlement]
	Reason   Reason
	Field    string // the field or clause that is wrong; never content
	Expected int64  // the size of the channel's ledger at the recipient
	Placed   bool   // the envelope's place in that ledger is taken
	Final    bool   // it is never filed; otherwise it is to come again
	At       time.Time
	Text     []byte // the note, byte for byte
}

// Reason is a code that says why something was refused: one of the list that
// follows, or of the list of a later version.
type Reason string

const (
	ReasonMalformed        Reason = "malformed"         // not an envelope, or not in canonical form
	ReasonTooLarge         Reason = "too-large"         // over the size that the recipient accepts
	ReasonVersion          Reason = "unknown-version"   // a protocol version that the recipient does not speak
	ReasonUnknownField     Reason = "unknown-field"     // a field that this version does not have
	ReasonDuplicateField   Reason = "duplicate-field"   // a field twice
	ReasonWrongRecipient   Reason = "wrong-recipient"   // addressed to another party
	ReasonUnknownSender    Reason = "unknown-sender"    // no descriptor of the sender
	ReasonWrongSender      Reason = "wrong-sender"      // the connection belongs to another party than the envelope
	ReasonUnknownAgreement Reason = "unknown-agreement" // no such agreement here, or not signed by all
	ReasonNotParty         Reason = "not-a-party"       // sender or recipient is not in the agreement
	ReasonOldEpoch         Reason = "old-epoch"         // a newer epoch is in force
	ReasonFutureTerms      Reason = "future-terms"      // the recipient does not have this text of the agreement yet: try again
	ReasonNotInForce       Reason = "not-in-force"      // before the first or after the last day
	ReasonPurpose          Reason = "purpose"           // not a purpose of the agreement
	ReasonScope            Reason = "out-of-scope"      // a scope clause says no
	ReasonLevel            Reason = "level"             // the agreement is not open that far
	ReasonKind             Reason = "kind"              // a kind that this version does not accept
	ReasonExtension        Reason = "extension"         // a critical extension that this version does not know
	ReasonNotEnforced      Reason = "not-enforced"      // relies on a clause that this version does not enforce
	ReasonHandling         Reason = "handling"          // caveats are missing or wider than the agreement allows
	ReasonExpired          Reason = "expired"           // arrived after it expired
	ReasonFuture           Reason = "from-the-future"   // created later than the recipient's clock allows: try again
	ReasonOrder            Reason = "out-of-order"      // not the next in the channel: send from Expected
	ReasonReplay           Reason = "replay"            // these two parties have used its id, for another envelope
	ReasonFutureEdition    Reason = "future-edition"    // an edition of a descriptor that the recipient does not have yet: try again
	ReasonEdition          Reason = "wrong-edition"     // an edition of the sender's descriptor that does not count here
	ReasonSealKey          Reason = "seal-key-gone"     // sealed to a key that the recipient has destroyed
	ReasonSignature        Reason = "bad-signature"     // the sender's signature does not hold
	ReasonSeal             Reason = "cannot-open"       // the seal does not open
	ReasonContent          Reason = "bad-content"       // what was sealed is not what the header commits to
	ReasonCheckpoint       Reason = "bad-checkpoint"    // the checkpoint is not the sender's or not for this envelope
	ReasonSplitView        Reason = "split-view"        // the checkpoint contradicts what the sender signed before
	ReasonStatement        Reason = "invalid-statement" // what is said does not fit the format
	ReasonThread           Reason = "unknown-thread"    // answers a message that the recipient does not have
	ReasonWithdrawn        Reason = "withdrawn"         // the sender has withdrawn what stood at its place
	ReasonEndMissing       Reason = "end-missing"       // the sender has a later edition, whose end note the recipient lacks: try again
	ReasonBusy             Reason = "busy"              // too much at once: try again
)

// What a refusal as busy names where a party has used up what the recipient takes
// of it in a day.
const (
	FieldMessagesADay = "messages-a-day"
	FieldBytesADay    = "bytes-a-day"
)

// Known reports whether r is in the list of this version.
func (r Reason) Known() bool { return reasonWords[r] != "" }

// ParseReason reads a code in the form of an id, known or not.
func ParseReason(s string) (Reason, error) { return Reason(s), checkSlug("reason", s) }

// Words says the reason in a sentence for the desk.
func (r Reason) Words() string {
	if r != "" && !r.Known() {
		return "The recipient gave a reason that this version does not know."
	}
	return reasonWords[r]
}

// Words says the refusal in a sentence for the desk.
func (r Refusal) Words() string {
	if r.Reason == ReasonBusy && (r.Field == FieldMessagesADay || r.Field == FieldBytesADay) {
		return "The recipient takes no more of us today. What waits is delivered by itself when a day has passed."
	}
	return r.Reason.Words()
}

var reasonWords = map[Reason]string{
	ReasonMalformed:        "It is not an envelope in the form of the protocol.",
	ReasonTooLarge:         "It is larger than the recipient accepts.",
	ReasonVersion:          "The recipient does not speak this version of the protocol.",
	ReasonUnknownField:     "It has a field that the recipient does not know.",
	ReasonDuplicateField:   "It has a field twice.",
	ReasonWrongRecipient:   "It is addressed to another party.",
	ReasonUnknownSender:    "The recipient has no descriptor of the sender.",
	ReasonWrongSender:      "The connection belongs to another party than the envelope.",
	ReasonUnknownAgreement: "The recipient does not have this agreement, or not with all signatures.",
	ReasonNotParty:         "Sender or recipient is not a party to the agreement.",
	ReasonOldEpoch:         "A newer epoch of the agreement is in force at the recipient.",
	ReasonFutureTerms:      "The recipient does not have this text of the agreement yet.",
	ReasonNotInForce:       "The agreement is not in force on that day.",
	ReasonPurpose:          "The agreement does not name this purpose.",
	ReasonScope:            "The agreement's scope does not let it pass.",
	ReasonLevel:            "The agreement is not open that far now.",
	ReasonKind:             "The recipient does not accept this kind of message.",
	ReasonExtension:        "It carries a critical extension that the recipient's version does not know.",
	ReasonNotEnforced:      "It relies on a clause that the recipient's version does not enforce.",
	ReasonHandling:         "Its handling caveats are missing or not those that the agreement allows.",
	ReasonExpired:          "It arrived after it had expired.",
	ReasonFuture:           "By the recipient's clock it was written in the future.",
	ReasonOrder:            "It is not the next message of the channel.",
	ReasonReplay:           "Sender and recipient have used its id before, for another message.",
	ReasonFutureEdition:    "The recipient does not have this edition of the descriptor yet.",
	ReasonEdition:          "It was written under an edition of the sender's descriptor that does not count for it.",
	ReasonSealKey:          "It is sealed to a key that the recipient has destroyed.",
	ReasonSignature:        "The sender's signature does not hold.",
	ReasonSeal:             "The seal does not open.",
	ReasonContent:          "What was sealed is not what its header commits to.",
	ReasonCheckpoint:       "The ledger's checkpoint is not the sender's, or not for this envelope.",
	ReasonSplitView:        "The sender's ledger contradicts what the sender signed before.",
	ReasonStatement:        "What is said does not fit the format.",
	ReasonThread:           "It answers a message that the recipient does not have.",
	ReasonWithdrawn:        "We had withdrawn it before it arrived.",
	ReasonEndMissing:       "The recipient waits for the note that says up to where our earlier keys count.",
	ReasonBusy:             "The recipient had too much to do.",
}
