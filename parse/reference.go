package parse

import (
	"strings"

	"entente"
)

// Bounds of the references of a statement.
const (
	maxRefs  = 50
	maxPaths = 1000 // of one reference
)

// refs checks what a statement says of earlier messages. Whether they exist, and
// have the digests that it gives, is asked by those who hold them.
func (c *checker) refs(p *path, s entente.Statement) {
	c.few(p, len(s.Refs), maxRefs)
	type pair struct {
		rel entente.Rel
		id  entente.MessageID
	}
	seen, answers := map[pair]bool{}, 0
	for i, r := range s.Refs {
		p := p.at(i)
		c.slug(p.dot("rel"), string(r.Rel))
		c.message(p.dot("id"), r.ID)
		if r.ID == s.ID {
			c.bad(p.dot("id"), "a message cannot refer to itself", "")
		}
		if seen[pair{r.Rel, r.ID}] {
			c.bad(p, "the reference stands there twice", "take one out")
		}
		seen[pair{r.Rel, r.ID}] = true
		if r.Digest.IsZero() {
			c.bad(p.dot("digest"), "the digest of the message's envelope is missing", "")
		}
		c.absent(p.dot("paths"), r.Rel == entente.Draws || len(r.Paths) == 0, "only what a message draws on has parts")
		c.pointers(p.dot("paths"), r.Paths)
		if r.Rel == entente.Answers {
			answers++
		}
	}
	room, _ := entente.Rooms.Room(s.Kind)
	switch {
	case answers > 1:
		c.bad(p, "it answers more than one message", "answer each with a message of its own")
	case answers == 0 && room.Accepted() && room.Must:
		c.bad(p, "it does not say which message it answers", "name the message")
	}
}

// pointers checks the parts of a message that another draws on (RFC 6901).
func (c *checker) pointers(p *path, list []string) {
	c.few(p, len(list), maxPaths)
	for i, s := range list {
		c.line(p.at(i), s, maxLabel)
		if !strings.HasPrefix(s, "/") || strings.Contains(s, "~") {
			c.bad(p.at(i), "it is not a pointer to a part of a statement", "write it as in \"/tip/claims/2\"")
		}
	}
	unique(c, p, list)
}
