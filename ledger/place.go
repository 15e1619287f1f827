package ledger

import (
	"bytes"

	"entente"
)

// ProvePlace writes down that a record stands at place seq of a ledger: a
// tlog-proof@v1 over a checkpoint that its owner alone has signed, of any size
// beyond seq. It is what a sender can show of an envelope without its partner.
func ProvePlace(s Store, origin string, seq int64, checkpoint []byte) ([]byte, error) {
	c, err := readCheckpoint(checkpoint)
	if err != nil || c.Origin != origin {
		return nil, badCheckpoint("checkpoint", "not a checkpoint of this ledger", err)
	}
	proof, err := ProveInclusion(s, origin, c.Size, seq)
	if err != nil {
		return nil, err
	}
	return proofText{seq, proof, checkpoint}.format(), nil
}

// CheckPlace checks what ProvePlace wrote and gives the checkpoint. Otherwise:
// Unverified.
func CheckPlace(text []byte, origin string, seq int64, record entente.Digest, owner entente.Party) (Checkpoint, error) {
	t, err := parseProof(text)
	if err != nil {
		return Checkpoint{}, badReceipt("place", "the proof of the place is not in the form of the protocol", err)
	}
	c, err := OpenCheckpoint(bytes.Clone(t.checkpoint), origin, owner)
	if err != nil {
		return Checkpoint{}, err
	}
	if t.index != seq {
		return Checkpoint{}, badReceipt("place.index", "the proof is for another place", nil)
	}
	return c, CheckInclusion(t.proof, c.Size, c.Root, seq, record)
}
