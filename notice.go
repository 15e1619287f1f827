package entente

import (
	"slices"
	"time"
)

// Notice tells a partner of a fact about the sender or the exchange itself.
type Notice struct {
	What       NoticeWhat `json:"what"`
	Level      Level      `json:"level,omitzero"`      // level: the level that the sender declares
	Towards    Towards    `json:"towards,omitzero"`    // level: for which pairs of parties
	Number     int        `json:"number,omitzero"`     // level: from 1, one more with each declaration of the channel
	Reason     string     `json:"reason,omitzero"`     // level: why
	Edition    int        `json:"edition,omitzero"`    // key: the descriptor's edition
	Descriptor string     `json:"descriptor,omitzero"` // key: the new descriptor, a signed note
	Place      *int64     `json:"place,omitzero"`      // withdrawn: the place of the message in the sender's ledger
	Digest     *Digest    `json:"digest,omitzero"`     // custody: the attachment; withdrawn: the record at the place
	Held       time.Time  `json:"held,omitzero"`       // custody: since when the sender holds it whole and verified
	From       time.Time  `json:"from,omitzero"`       // outage: since when the sender's node could not be reached
	Until      time.Time  `json:"until,omitzero"`      // outage: until when
}

func (*Notice) Kind() Kind { return KindNotice }

// Headline is the code of what it is about.
func (n *Notice) Headline() string { return string(n.What) }

// Class is duty for what is owed for an earlier message, and desk for the rest.
func (n *Notice) Class() Class {
	if slices.Contains(owedNotices, n.What) {
		return ClassDuty
	}
	return ClassDesk
}

var owedNotices = []NoticeWhat{NoticeCustody}

// NoticeWhat is what a notice is about.
type NoticeWhat string

const (
	NoticeLevel   NoticeWhat = "level"   // the sender changes how far the agreement is open
	NoticeKey     NoticeWhat = "key"     // the sender has a new descriptor
	NoticeCustody NoticeWhat = "custody" // the sender holds an attachment whole
	NoticeOutage  NoticeWhat = "outage"  // the sender's node could not be reached for a time
	// NoticeWithdrawn says that the sender takes back a message that has its place
	// and was not delivered: the recipient does not wait for it.
	NoticeWithdrawn NoticeWhat = "withdrawn"
)
