package parse

import "entente"

var notices = []entente.NoticeWhat{entente.NoticeLevel, entente.NoticeKey, entente.NoticeCustody, entente.NoticeOutage}

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
		if n.Edition < 1 {
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
	outage := n.What == entente.NoticeOutage
	if outage {
		c.outage(p, n)
	}
	why := "a notice of this sort has no such field"
	c.absent(p.dot("level"), level || n.Level == "", why)
	c.absent(p.dot("reason"), level || n.Reason == "", why)
	c.absent(p.dot("edition"), key || n.Edition == 0, why)
	c.absent(p.dot("descriptor"), key || n.Descriptor == "", why)
	c.absent(p.dot("digest"), custody || n.Digest == nil, why)
	c.absent(p.dot("held"), custody || n.Held.IsZero(), why)
	c.absent(p.dot("from"), outage || n.From.IsZero(), why)
	c.absent(p.dot("until"), outage || n.Until.IsZero(), why)
}

// outage checks a time in which the sender's node could not be reached.
func (c *checker) outage(p *path, n entente.Notice) {
	c.utc(p.dot("from"), n.From)
	c.utc(p.dot("until"), n.Until)
	if n.Until.Before(n.From) {
		c.bad(p.dot("until"), "the outage ends before it begins", "correct one of the two times")
	}
}
