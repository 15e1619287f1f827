package parse

import (
	"regexp"
	"strings"

	"entente"
)

// attachments checks the files of a message.
func (c *checker) attachments(p *path, s entente.Statement) {
	// One officer alone may send these, so they must not carry files out.
	if s.Kind == entente.KindAcknowledgement || s.Kind == entente.KindNotice {
		c.absent(p, len(s.Attachments) == 0, "a message of kind "+string(s.Kind)+" carries no files")
	}
	c.few(p, len(s.Attachments), maxAttachments)
	seen := map[entente.Digest]bool{}
	for i, a := range s.Attachments {
		p := p.at(i)
		if a.Digest.IsZero() {
			c.bad(p.dot("digest"), "the digest is missing", "")
		}
		if seen[a.Digest] {
			c.bad(p.dot("digest"), "the file stands there twice", "")
		}
		seen[a.Digest] = true
		if a.Size < 1 || a.Size > MaxWhole {
			c.bad(p.dot("size"), "the size of a file is from 1 to 9007199254740991 bytes", "")
		}
		c.filename(p.dot("name"), a.Name)
		c.media(p.dot("media"), a.Media)
		c.attachmentKey(p.dot("key"), a.Key)
	}
}

// filename checks the name of a file: a name, and never a way to a place.
func (c *checker) filename(p *path, s string) {
	c.line(p, s, maxLabel)
	if strings.ContainsAny(s, `/\`) || s == "." || s == ".." {
		c.bad(p, "it is a path and not a name", "leave out the folders")
	}
}

// media checks the form of a media type: two names of RFC 6838, 4.2, in small
// letters, and a slash; no parameters. It is what the sender claims and decides
// nothing: attachments are never rendered.
func (c *checker) media(p *path, s string) {
	c.line(p, s, maxLabel)
	if !mediaType.MatchString(s) {
		c.bad(p, "it is not a media type", "write it as in \"application/pdf\" or \"audio/mpeg\"; if unsure, \"application/octet-stream\"")
	}
}

var mediaType = regexp.MustCompile(`^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$`)
