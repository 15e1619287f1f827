package ledger

import (
	"bytes"
	"errors"
	"strconv"
	"strings"

	"entente"
)

// MaxLink bounds the text of a link in bytes: at most 80 hashes (see
// MaxSize) and a checkpoint.
const MaxLink = 8 << 10

// Link connects a checkpoint of a ledger with another of the same ledger. It
// says what root the shorter history has as the beginning of the longer one,
// and proves it. If that is the root that the shorter checkpoint bears, the one
// history continues the other; if not, the owner signed two.
type Link struct {
	With       int64          // size of the other checkpoint, that the reader has already
	Root       entente.Digest // of the shorter history, as the longer one begins
	Proof      []entente.Digest
	Checkpoint []byte // signed by the owner, maybe cosigned
}

// MakeLink connects checkpoint with the one of size with, by our own tree,
// which must be as long as the longer of the two.
func MakeLink(s Store, origin string, with int64, checkpoint []byte) ([]byte, error) {
	c, err := readCheckpoint(checkpoint)
	if err != nil || c.Origin != origin {
		return nil, badCheckpoint("checkpoint", "not a checkpoint of this ledger", err)
	}
	l := Link{With: with, Checkpoint: checkpoint}
	short, long := min(with, c.Size), max(with, c.Size)
	if l.Root, err = Root(s, origin, short); err != nil {
		return nil, err
	}
	if l.Proof, err = ProveConsistency(s, origin, short, long); err != nil {
		return nil, err
	}
	return l.format(), nil
}

// Continues reports whether the two checkpoints are of one history. c is the
// link's own checkpoint and other the one of size With, both with signatures
// already checked. False: their owner signed two histories, and this proves it.
// Unverified: the link proves nothing.
func (l Link) Continues(c, other Checkpoint) (bool, error) {
	if other.Size != l.With || c.Origin != other.Origin {
		return false, &entente.Error{Kind: entente.Unverified, Field: "with", Detail: "the link is with another checkpoint"}
	}
	short, long := c, other // of one size: the tree of the proof is the other's
	if c.Size > other.Size {
		short, long = other, c
	}
	if err := CheckConsistency(l.Proof, long.Size, long.Root, short.Size, l.Root); err != nil {
		return false, err
	}
	return l.Root == short.Root, nil
}

const linkHeading = "entente/1 link\n"

// ParseLink reads the text that MakeLink writes. Nothing is verified.
func ParseLink(text []byte) (Link, error) {
	l, err := parseLink(text)
	if err != nil {
		return Link{}, &entente.Error{Kind: entente.Invalid, Field: "link", Detail: "not a link between two checkpoints in the form of the protocol", Reason: entente.ReasonMalformed, Cause: err}
	}
	return l, nil
}

var errLink = errors.New("not a link")

func parseLink(text []byte) (Link, error) {
	rest, ok := strings.CutPrefix(string(text), linkHeading)
	head, checkpoint, found := strings.Cut(rest, "\n\n")
	lines := strings.Split(head, "\n")
	if !ok || !found || len(text) > MaxLink || len(lines) < 2 {
		return Link{}, errLink
	}
	size, isWith := strings.CutPrefix(lines[0], "with ")
	root, isRoot := strings.CutPrefix(lines[1], "root ")
	if !isWith || !isRoot {
		return Link{}, errLink
	}
	l := Link{Checkpoint: []byte(checkpoint)}
	var err error
	if l.With, err = strconv.ParseInt(size, 10, 64); err != nil || l.With < 1 || l.With > MaxSize {
		return Link{}, errLink
	}
	if l.Root, err = parseHash(root); err != nil {
		return Link{}, err
	}
	if l.Proof, err = parseHashes(lines[2:]); err != nil {
		return Link{}, err
	}
	if !bytes.Equal(l.format(), text) {
		return Link{}, errLink
	}
	return l, nil
}

func (l Link) format() []byte {
	b := append([]byte(linkHeading), "with "...)
	b = strconv.AppendInt(b, l.With, 10)
	b = append(b, "\nroot "+formatHash(l.Root)+"\n"...)
	for _, h := range l.Proof {
		b = append(b, formatHash(h)...)
		b = append(b, '\n')
	}
	b = append(b, '\n')
	return append(b, l.Checkpoint...)
}
