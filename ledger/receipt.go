package ledger

import (
	"bytes"
	"crypto"
	"time"

	"entente"

	"golang.org/x/mod/sumdb/note"
)

// Cosign promises the sender that we hold the record at place seq of its
// channel, and the history before it. checkpoint is the one that Extend has
// just taken, so that the mirror ends with this record; anything else is a
// Conflict. The receipt's text is kept with the ledger's head.
func Cosign(s Store, ch entente.Channel, seq int64, checkpoint []byte, self entente.PartyID, key crypto.Signer, at time.Time) (entente.Receipt, error) {
	head, err := s.Head(ch.Origin())
	if err != nil {
		return entente.Receipt{}, err
	}
	if self != ch.To || seq < 0 || head.Size != seq+1 || !bytes.Equal(head.Checkpoint, checkpoint) {
		return entente.Receipt{}, &entente.Error{Kind: entente.Conflict, Field: "seq", Detail: "only the newest record of a channel to us can be receipted, at the checkpoint that brought it"}
	}
	record, proof, err := newest(s, head)
	if err != nil {
		return entente.Receipt{}, err
	}
	signed, err := cosign(checkpoint, KeyName(self), key, at)
	if err != nil {
		return entente.Receipt{}, err
	}
	r := entente.Receipt{Channel: ch, Seq: seq, Envelope: record, At: at.UTC().Truncate(time.Second), Text: proofText{seq, proof, signed}.format()}
	head.Cosigned = r.Text
	return r, s.PutHead(head)
}

// newest gives the last record of a ledger with its proof, checked against the
// checkpoint: we do not sign what our own store gets wrong.
func newest(s Store, head entente.LedgerHead) (entente.Digest, []entente.Digest, error) {
	c, err := readCheckpoint(head.Checkpoint)
	if err != nil {
		return entente.Digest{}, nil, damaged("the stored checkpoint cannot be read")
	}
	records, err := s.Records(head.Origin, head.Size-1, 1)
	if err != nil {
		return entente.Digest{}, nil, err
	}
	proof, err := newestProof(s, head, c)
	if err != nil {
		return entente.Digest{}, nil, err
	}
	if len(records) != 1 || CheckInclusion(proof, head.Size, c.Root, head.Size-1, records[0]) != nil {
		return entente.Digest{}, nil, damaged("the newest record is not the one of the checkpoint")
	}
	return records[0], proof, nil
}

// newestProof proves the last record, from memory if there is one.
func newestProof(s Store, head entente.LedgerHead, c Checkpoint) ([]entente.Digest, error) {
	if was, ok := recall(s, c); ok && c.Size == head.Size {
		return digests(was.proof), nil
	}
	return ProveInclusion(s, head.Origin, head.Size, head.Size-1)
}

// cosign adds our line below the sender's, whose bytes stay as they are.
func cosign(checkpoint []byte, name string, key crypto.Signer, at time.Time) ([]byte, error) {
	c, err := newCosigner(name, key, at)
	if err != nil {
		return nil, err
	}
	i := bytes.LastIndex(checkpoint, []byte("\n\n"))
	own, err := note.Sign(&note.Note{Text: string(checkpoint[:i+1])}, c)
	if err != nil {
		return nil, err
	}
	return append(bytes.Clone(checkpoint), own[i+2:]...), nil
}

// CheckReceipt checks that text is the recipient's promise to hold this
// envelope at place seq of the channel: a tlog-proof@v1 without extra data, of
// that index, over a checkpoint of size seq+1 that bears exactly the sender's
// signature and the recipient's cosignature, in this order. The size rule is
// what makes a cosignature speak of one envelope. Any other text is Unverified.
func CheckReceipt(text []byte, ch entente.Channel, seq int64, envelope entente.Digest, sender, recipient entente.Party) (entente.Receipt, error) {
	t, err := parseProof(text)
	if err != nil {
		return entente.Receipt{}, badReceipt("receipt", "the receipt is not in the form of the protocol", err)
	}
	if sender.ID != ch.From || recipient.ID != ch.To {
		return entente.Receipt{}, badReceipt("receipt", "the channel is between other parties", nil)
	}
	c, at, err := OpenCosigned(t.checkpoint, ch.Origin(), sender, recipient)
	if err != nil {
		return entente.Receipt{}, badReceipt("receipt.checkpoint", "the receipt does not carry exactly the sender's signature and the recipient's cosignature on a checkpoint of this channel", err)
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
	return entente.Receipt{Channel: ch, Seq: seq, Envelope: envelope, At: at, Text: bytes.Clone(text)}, nil
}

func badReceipt(field, detail string, cause error) error {
	return &entente.Error{Kind: entente.Unverified, Field: field, Detail: detail, Cause: cause}
}

// KeepReceipt notes a checked receipt as the newest of a ledger, when it is.
func KeepReceipt(s Store, r entente.Receipt) error {
	head, err := s.Head(r.Channel.Origin())
	if err != nil {
		return err
	}
	if r.Seq >= head.Size {
		return &entente.Error{Kind: entente.Conflict, Field: "seq", Detail: "the receipt is for a place that the ledger does not have"}
	}
	if old, err := parseProof(head.Cosigned); err == nil && old.index >= r.Seq {
		return nil
	}
	head.Cosigned = bytes.Clone(r.Text)
	return s.PutHead(head)
}
