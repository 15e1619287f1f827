package parse

import "entente"

var notices = []entente.NoticeWhat{entente.NoticeLevel, entente.NoticeKey, entente.NoticeCustody}

// notice checks the body of a notice: the fields of what it is about, and none
// of the others. The descriptor of a key notice is opened by package seal.
func (c *checker) notice(p *path, n entente.Notice) {
	oneOf(c, p.dot("what"), n.What, notices)
	level, key, custody := n.What == entente.NoticeLevel, n.What == entente.NoticeKey, n.What == entente.NoticeCustody
	if level {
		oneOf(c, p.dot("level"), n.Level, entente.Levels)
		c.text(p.dot("reason"), n.Reason, maxSentence)
	}
	if key {
		if n.Edition < 1 || n.Edition > MaxWhole {
			c.bad(p.dot("edition"), "editions count from 1", "")
		}
		c.text(p.dot("descriptor"), n.Descriptor, MaxDescriptor)
	}
	if custody {
		if n.Digest == nil || n.Digest.IsZero() {
			c.bad(p.dot("digest"), "the attachment's digest is missing", "")
		}
		c.utc(p.dot("held"), n.Held)
	}
	why := "a notice of this sort has no such field"
	c.absent(p.dot("level"), level || n.Level == "", why)
	c.absent(p.dot("reason"), level || n.Reason == "", why)
	c.absent(p.dot("edition"), key || n.Edition == 0, why)
	c.absent(p.dot("descriptor"), key || n.Descriptor == "", why)
	c.absent(p.dot("digest"), custody || n.Digest == nil, why)
	c.absent(p.dot("held"), custody || n.Held.IsZero(), why)
}
