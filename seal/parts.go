package seal

import (
	"crypto/hmac"
	"crypto/sha256"
	"strconv"

	"golang.org/x/mod/sumdb/tlog"

	"entente"
	"entente/parse"
)

// The contexts of what is hashed for the commitment to a statement. Nothing is
// signed under them.
const (
	contextSalt    = "entente/1 salt"
	contextPart    = "entente/1 part"
	contextContent = "entente/1 content"
)

// Content returns the commitment to a statement that stands in its header: over
// every part of it, each with a salt that follows from the secret. A reader who has the
// secret can open any part and say nothing of the others.
func Content(payload []byte, secret entente.Secret) (entente.Digest, error) {
	t, err := grow(payload, secret)
	if err != nil {
		return entente.Digest{}, err
	}
	return bind(len(t.leaves), t.root(0, len(t.leaves))), nil
}

// tree is a statement in parts, with the leaves of a tree as in RFC 6962, 2.1.
type tree struct {
	parts  []part
	salts  []entente.Digest
	leaves []tlog.Hash
}

func grow(payload []byte, secret entente.Secret) (tree, error) {
	parts, err := cut(payload)
	if err != nil {
		return tree{}, err
	}
	t := tree{parts, make([]entente.Digest, len(parts)), make([]tlog.Hash, len(parts))}
	mac := hmac.New(sha256.New, secret[:]) // Reset keeps the key: half the work of a new one a salt
	var buf []byte
	for i, p := range parts {
		mac.Reset()
		buf = next(first(buf[:0], contextSalt), p.path)
		mac.Write(buf)
		mac.Sum(t.salts[i][:0])
		t.leaves[i] = leafOf(&buf, t.salts[i], p)
	}
	return t, nil
}

// leafOf is the leaf of one part. buf is worked in, to be used again.
func leafOf(buf *[]byte, salt entente.Digest, p part) tlog.Hash {
	b := append((*buf)[:0], 0) // RFC 6962: a leaf begins with 0, a node with 1
	*buf = next(next(next(first(b, contextPart), salt[:]), p.path), p.value)
	return sha256.Sum256(*buf)
}

// root is the hash of the leaves from lo to before hi.
func (t tree) root(lo, hi int) tlog.Hash {
	if hi-lo == 1 {
		return t.leaves[lo]
	}
	k := lo + half(hi-lo)
	return tlog.NodeHash(t.root(lo, k), t.root(k, hi))
}

// half is how many of n leaves stand on the left: the largest power of two below n.
func half(n int) int {
	k := 1
	for k*2 < n {
		k *= 2
	}
	return k
}

// bind joins the root to the number of parts, so that no inner node can be read
// as the root of another tree.
func bind(n int, root tlog.Hash) entente.Digest {
	return sha256.Sum256(pae(contextContent, []byte(strconv.Itoa(n)), root[:]))
}

// checkContent holds a payload to the header that commits to it.
func checkContent(h entente.Header, payload []byte, secret entente.Secret) error {
	got, err := Content(payload, secret)
	if err != nil {
		return err
	}
	if got != h.Content {
		return badContent()
	}
	return nil
}

func badContent() error {
	return &entente.Error{Kind: entente.Unverified, Field: "header.content", Detail: "what is said is not what the header commits to", Reason: entente.ReasonContent}
}

// CheckSaid verifies that a header commits to this payload, which secret opens. It
// reads neither: what a node keeps was read when it came in.
func CheckSaid(h entente.Header, payload []byte, secret entente.Secret) error {
	return checkContent(h, payload, secret)
}

// Statement checks that a header commits to this payload and that it fits the
// header, and gives what is said.
func Statement(h entente.Header, payload []byte, secret entente.Secret) (entente.Statement, error) {
	if err := checkContent(h, payload, secret); err != nil {
		return entente.Statement{}, err
	}
	s, err := parse.Statement(payload)
	if err != nil {
		return entente.Statement{}, err
	}
	return s, fits(h, s)
}
