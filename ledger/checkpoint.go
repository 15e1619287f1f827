package ledger

import (
	"bytes"
	"crypto"
	"encoding/base64"
	"errors"
	"strconv"
	"strings"

	"entente"

	"golang.org/x/mod/sumdb/note"
)

// MaxCheckpoint bounds a checkpoint in bytes: an origin of at most 130, a size,
// a root and two signature lines come to less than 600.
const MaxCheckpoint = 1 << 10

// MaxSize bounds the size of a ledger that is read from outside, in records. No
// channel comes near it, and past 2^62 package tlog would count for ever.
const MaxSize = 1 << 40

// Checkpoint is the signed head of a ledger's tree (C2SP tlog-checkpoint), with
// no extension lines.
type Checkpoint struct {
	Origin string
	Size   int64 // from 1: an empty ledger has no checkpoint
	Root   entente.Digest
	Text   []byte // the note, byte for byte
}

// OpenCheckpoint reads a checkpoint of the ledger named origin that its owner,
// and nobody else, has signed. Otherwise: Unverified, with ReasonCheckpoint.
func OpenCheckpoint(text []byte, origin string, owner entente.Party) (Checkpoint, error) {
	v, err := newVerifier(owner)
	if err != nil {
		return Checkpoint{}, err
	}
	c, _, err := openCheckpoint(text, v)
	if err != nil {
		return Checkpoint{}, badCheckpoint("checkpoint", "the checkpoint is not signed by the owner of the ledger, or not in the form of the protocol", err)
	}
	if c.Origin != origin {
		return Checkpoint{}, badCheckpoint("checkpoint.origin", "the checkpoint is of another ledger", nil)
	}
	return c, nil
}

// OpenReceipted reads a checkpoint of the ledger named origin that bears exactly
// the owner's signature and below it the line of a receipt by another party, under
// the edition by. The receipt has what that line says: Edition, Via, At and, as
// the last place of the tree, Seq. Otherwise: Unverified, with ReasonCheckpoint.
func OpenReceipted(text []byte, origin string, owner, by entente.Party) (Checkpoint, entente.Receipt, error) {
	v, err := newVerifier(owner)
	if err != nil {
		return Checkpoint{}, entente.Receipt{}, err
	}
	rv, err := newReceiptVerifier(by)
	if err != nil {
		return Checkpoint{}, entente.Receipt{}, err
	}
	c, sigs, err := openCheckpoint(text, v, rv)
	if err != nil {
		return Checkpoint{}, entente.Receipt{}, badCheckpoint("checkpoint", "the checkpoint is not signed by the owner of the ledger and receipted by its partner, or not in the form of the protocol", err)
	}
	if c.Origin != origin {
		return Checkpoint{}, entente.Receipt{}, badCheckpoint("checkpoint.origin", "the checkpoint is of another ledger", nil)
	}
	r := entente.Receipt{Seq: c.Size - 1, Edition: rv.edition}
	r.At, r.Via, err = promiseOf(sigs[1])
	return c, r, err
}

func badCheckpoint(field, detail string, cause error) error {
	return &entente.Error{Kind: entente.Unverified, Field: field, Detail: detail, Reason: entente.ReasonCheckpoint, Cause: cause}
}

// openCheckpoint opens a checkpoint with exactly the signatures of the verifiers.
func openCheckpoint(text []byte, by ...note.Verifier) (Checkpoint, []note.Signature, error) {
	if len(text) > MaxCheckpoint {
		return Checkpoint{}, nil, errCheckpoint
	}
	body, sigs, err := openNote(text, by...)
	if err != nil {
		return Checkpoint{}, nil, err
	}
	c, err := parseBody(body)
	c.Text = bytes.Clone(text)
	return c, sigs, err
}

// readCheckpoint reads a checkpoint and checks no signature: for our own, from our
// own store.
func readCheckpoint(text []byte) (Checkpoint, error) {
	i := bytes.LastIndex(text, []byte("\n\n"))
	if i < 0 || len(text) > MaxCheckpoint {
		return Checkpoint{}, errCheckpoint
	}
	c, err := parseBody(string(text[:i+1]))
	c.Text = text
	return c, err
}

var errCheckpoint = errors.New("not the text of a checkpoint")

// parseBody reads the three lines that are signed: origin, size, root.
func parseBody(body string) (Checkpoint, error) {
	lines := strings.SplitN(body, "\n", 4)
	if len(lines) != 4 {
		return Checkpoint{}, errCheckpoint
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 1 || size > MaxSize {
		return Checkpoint{}, errCheckpoint
	}
	root, err := parseHash(lines[2])
	if err != nil {
		return Checkpoint{}, err
	}
	c := Checkpoint{Origin: lines[0], Size: size, Root: root}
	if c.Origin == "" || c.body() != body {
		return Checkpoint{}, errCheckpoint
	}
	return c, nil
}

func (c Checkpoint) body() string {
	return c.Origin + "\n" + strconv.FormatInt(c.Size, 10) + "\n" + formatHash(c.Root) + "\n"
}

// sign gives the checkpoint's note, signed by its owner.
func (c Checkpoint) sign(owner string, key crypto.Signer) ([]byte, error) {
	s, err := newSigner(owner, key)
	if err != nil {
		return nil, err
	}
	return note.Sign(&note.Note{Text: c.body()}, s)
}

func formatHash(d entente.Digest) string { return base64.StdEncoding.EncodeToString(d[:]) }

// parseHash reads what formatHash writes and nothing else: the decoder of the
// standard library passes over line ends and unused bits.
func parseHash(s string) (entente.Digest, error) {
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil || len(b) != len(entente.Digest{}) || formatHash(entente.Digest(b)) != s {
		return entente.Digest{}, errors.New("not the base64 of a hash")
	}
	return entente.Digest(b), nil
}
