package ledger

import (
	"bytes"
	"crypto"
	"errors"
	"strconv"
	"strings"
	"time"

	"entente"

	"golang.org/x/mod/sumdb/note"
)

// MaxReceipt bounds the text of a receipt in bytes: 63 hashes at the most, and
// a checkpoint.
const MaxReceipt = 4 << 10

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
	r := entente.Receipt{Channel: ch, Seq: seq, Envelope: record, At: at.UTC().Truncate(time.Second), Text: receiptText{seq, proof, signed}.format()}
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
	proof, err := ProveInclusion(s, head.Origin, head.Size, head.Size-1)
	if err != nil {
		return entente.Digest{}, nil, err
	}
	if len(records) != 1 || CheckInclusion(proof, head.Size, c.Root, head.Size-1, records[0]) != nil {
		return entente.Digest{}, nil, damaged("the newest record is not the one of the checkpoint")
	}
	return records[0], proof, nil
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
	t, err := parseReceipt(text)
	if err != nil {
		return entente.Receipt{}, badReceipt("receipt", "the receipt is not in the form of the protocol", err)
	}
	if sender.ID != ch.From || recipient.ID != ch.To {
		return entente.Receipt{}, badReceipt("receipt", "the channel is between other parties", nil)
	}
	c, at, err := openCosigned(t.checkpoint, sender, recipient)
	if err != nil {
		return entente.Receipt{}, badReceipt("receipt.checkpoint", "the receipt does not carry exactly the sender's signature and the recipient's cosignature", err)
	}
	switch {
	case c.Origin != ch.Origin():
		return entente.Receipt{}, badReceipt("receipt.origin", "the receipt is of another channel", nil)
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

// openCosigned opens a checkpoint that the sender signed and the recipient cosigned.
func openCosigned(text []byte, sender, recipient entente.Party) (Checkpoint, time.Time, error) {
	v, err := newVerifier(sender)
	if err != nil {
		return Checkpoint{}, time.Time{}, err
	}
	cv, err := newVerifier(recipient)
	if err != nil {
		return Checkpoint{}, time.Time{}, err
	}
	body, sigs, err := openNote(text, v, coverifier{cv.(verifier)})
	if err != nil {
		return Checkpoint{}, time.Time{}, err
	}
	at, err := cosignedAt(sigs[1])
	if err != nil {
		return Checkpoint{}, time.Time{}, err
	}
	c, err := parseBody(body)
	c.Text = bytes.Clone(text)
	return c, at, err
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
	if old, err := parseReceipt(head.Cosigned); err == nil && old.index >= r.Seq {
		return nil
	}
	head.Cosigned = bytes.Clone(r.Text)
	return s.PutHead(head)
}

// receiptText is a tlog-proof@v1 taken apart.
type receiptText struct {
	index      int64
	proof      []entente.Digest
	checkpoint []byte
}

const proofHeading = "c2sp.org/tlog-proof@v1\n"

var errReceipt = errors.New("not a tlog-proof without extra data")

func parseReceipt(text []byte) (receiptText, error) {
	if len(text) > MaxReceipt {
		return receiptText{}, errReceipt
	}
	rest, ok := strings.CutPrefix(string(text), proofHeading+"index ")
	head, checkpoint, found := strings.Cut(rest, "\n\n")
	if !ok || !found {
		return receiptText{}, errReceipt
	}
	lines := strings.Split(head, "\n")
	index, err := strconv.ParseInt(lines[0], 10, 64)
	if err != nil || index < 0 {
		return receiptText{}, errReceipt
	}
	t := receiptText{index: index, checkpoint: []byte(checkpoint)}
	if t.proof, err = parseHashes(lines[1:]); err != nil {
		return receiptText{}, err
	}
	if !bytes.Equal(t.format(), text) {
		return receiptText{}, errReceipt
	}
	return t, nil
}

func (t receiptText) format() []byte {
	b := append(make([]byte, 0, 64+45*len(t.proof)+len(t.checkpoint)), proofHeading+"index "...)
	b = strconv.AppendInt(b, t.index, 10)
	b = append(b, '\n')
	for _, h := range t.proof {
		b = append(b, formatHash(h)...)
		b = append(b, '\n')
	}
	b = append(b, '\n')
	return append(b, t.checkpoint...)
}

// parseHashes reads the lines of a proof; 126 are enough for any of either kind.
func parseHashes(lines []string) ([]entente.Digest, error) {
	if len(lines) > 126 {
		return nil, errReceipt
	}
	var hashes []entente.Digest
	for _, line := range lines {
		h, err := parseHash(line)
		if err != nil {
			return nil, err
		}
		hashes = append(hashes, h)
	}
	return hashes, nil
}

