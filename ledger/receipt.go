package ledger

import (
	"bytes"
	"time"

	"entente"

	"golang.org/x/mod/sumdb/note"
)

// SignReceipt promises the sender that we hold record at place seq of its
// channel, and the history before it. checkpoint is the sender's own of size
// seq+1, as it came with the delivery. Our copy may be longer, because a place
// can be filled later than those behind it.
//
// The newest checkpoint of our copy was checked when it was added. Any other must
// bear the signature of sender and the root that our copy has at that size;
// otherwise: Unverified with ReasonCheckpoint, or with ReasonSplitView, carrying a
// *SplitView. A place that our copy does not have is a Conflict.
func SignReceipt(s Store, ch entente.Channel, seq int64, record entente.Digest, checkpoint []byte, sender entente.Party, by Recipient, via entente.Via, at time.Time) (entente.Receipt, error) {
	head, err := s.Head(ch.Origin())
	if err != nil {
		return entente.Receipt{}, err
	}
	if by.Party != ch.To || seq < 0 || seq >= head.Size {
		return entente.Receipt{}, &entente.Error{Kind: entente.Conflict, Field: "seq", Detail: "only a place of a channel to us, that our copy of the ledger has, can be receipted"}
	}
	c, err := checkpointAt(s, head, seq+1, checkpoint, sender)
	if err != nil {
		return entente.Receipt{}, err
	}
	proof, err := proofOfLast(s, c)
	if err != nil {
		return entente.Receipt{}, err
	}
	if CheckInclusion(proof, c.Size, c.Root, seq, record) != nil {
		return entente.Receipt{}, damaged("another record stands at the place that is to be receipted")
	}
	signed, err := addReceiptLine(checkpoint, by, via, at)
	if err != nil {
		return entente.Receipt{}, err
	}
	r := entente.Receipt{
		Channel: ch, Seq: seq, Envelope: record, Edition: by.Edition, Via: via, At: at.UTC().Truncate(time.Second),
		Text: proofText{seq, proof, signed}.format(),
	}
	return r, keepReceipt(s, head, r)
}

// checkpointAt reads the sender's checkpoint of a size that our copy has.
func checkpointAt(s Store, head entente.LedgerHead, size int64, checkpoint []byte, sender entente.Party) (Checkpoint, error) {
	if size == head.Size && bytes.Equal(head.Checkpoint, checkpoint) {
		c, err := readCheckpoint(checkpoint)
		if err != nil {
			return c, damaged("the stored checkpoint cannot be read")
		}
		return c, nil
	}
	c, err := OpenCheckpoint(checkpoint, head.Origin, sender)
	if err != nil {
		return c, err
	}
	if c.Size != size {
		return c, badCheckpoint("checkpoint.size", "the checkpoint does not end with the envelope", nil)
	}
	root, err := Root(s, head.Origin, size)
	if err == nil && root != c.Root {
		err = splitView(head.Checkpoint, checkpoint)
	}
	return c, err
}

// proofOfLast proves the last record of the tree of a checkpoint, from memory if
// that is there.
func proofOfLast(s Store, c Checkpoint) ([]entente.Digest, error) {
	if was, ok := recall(s, c); ok {
		return digests(was.proof), nil
	}
	return ProveInclusion(s, c.Origin, c.Size, c.Size-1)
}

// addReceiptLine adds our line below the sender's, whose bytes stay as they are.
func addReceiptLine(checkpoint []byte, by Recipient, via entente.Via, at time.Time) ([]byte, error) {
	s, err := newReceiptSigner(by, via, at)
	if err != nil {
		return nil, err
	}
	i := bytes.LastIndex(checkpoint, []byte("\n\n"))
	own, err := note.Sign(&note.Note{Text: string(checkpoint[:i+1])}, s)
	if err != nil {
		return nil, err
	}
	return append(bytes.Clone(checkpoint), own[i+2:]...), nil
}

// CheckReceipt checks that text is the recipient's promise to hold this envelope
// at place seq of the channel: a tlog-proof@v1 without extra data, of that index,
// over a checkpoint of size seq+1 that bears exactly the sender's signature and
// the line of the recipient under this edition, in this order. Any other text is
// Unverified.
func CheckReceipt(text []byte, ch entente.Channel, seq int64, envelope entente.Digest, sender, recipient entente.Party) (entente.Receipt, error) {
	t, err := parseProof(text)
	if err != nil {
		return entente.Receipt{}, badReceipt("receipt", "the receipt is not in the form of the protocol", err)
	}
	if sender.ID != ch.From || recipient.ID != ch.To {
		return entente.Receipt{}, badReceipt("receipt", "the channel is between other parties", nil)
	}
	c, r, err := OpenReceipted(t.checkpoint, ch.Origin(), sender, recipient)
	if err != nil {
		return entente.Receipt{}, badReceipt("receipt.checkpoint", "the receipt does not carry exactly the sender's signature and the recipient's line on a checkpoint of this channel", err)
	}
	switch {
	case t.index != seq:
		return entente.Receipt{}, badReceipt("receipt.index", "the receipt is for another place of the channel", nil)
	case c.Size != seq+1:
		return entente.Receipt{}, badReceipt("receipt.size", "the receipt's checkpoint does not end with the envelope", nil)
	}
	if err := CheckInclusion(t.proof, c.Size, c.Root, seq, envelope); err != nil {
		return entente.Receipt{}, badReceipt("receipt.proof", "the receipt is for another envelope", err)
	}
	r.Channel, r.Seq, r.Envelope, r.Text = ch, seq, envelope, bytes.Clone(text)
	return r, nil
}

func badReceipt(field, detail string, cause error) error {
	return &entente.Error{Kind: entente.Unverified, Field: field, Detail: detail, Cause: cause}
}

// KeepReceipt records a checked receipt as the newest of a ledger, when it is.
func KeepReceipt(s Store, r entente.Receipt) error {
	head, err := s.Head(r.Channel.Origin())
	if err != nil {
		return err
	}
	if r.Seq >= head.Size {
		return &entente.Error{Kind: entente.Conflict, Field: "seq", Detail: "the receipt is for a place that the ledger does not have"}
	}
	return keepReceipt(s, head, r)
}

func keepReceipt(s Store, head entente.LedgerHead, r entente.Receipt) error {
	if old, err := parseProof(head.Cosigned); err == nil && old.index >= r.Seq {
		return nil
	}
	head.Cosigned = bytes.Clone(r.Text)
	return s.PutHead(head)
}
