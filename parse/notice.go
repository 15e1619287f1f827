package parse

import "entente"

var (
	notices = []entente.NoticeWhat{entente.NoticeLevel, entente.NoticeKey, entente.NoticeCustody, entente.NoticeWithdrawn, entente.NoticeOutage}
	towards = []entente.Towards{entente.TowardsPair, entente.TowardsAll}
)

// notice checks the body of a notice: the fields of what it is about, and none
// of the others. The descriptor of a key notice is opened by package seal.
func (c *checker) notice(p *path, n entente.Notice) {
	oneOf(c, p.dot("what"), n.What, notices)
	switch n.What {
	case entente.NoticeLevel:
		oneOf(c, p.dot("level"), n.Level, entente.Levels)
		oneOf(c, p.dot("towards"), n.Towards, towards)
		if n.Number < 1 || n.Number > MaxWhole {
			c.bad(p.dot("number"), "declarations count from 1", "")
		}
		c.text(p.dot("reason"), n.Reason, maxSentence)
	case entente.NoticeKey:
		if n.Edition < 1 || n.Edition > MaxWhole {
			c.bad(p.dot("edition"), "editions count from 1", "")
		}
		c.text(p.dot("descriptor"), n.Descriptor, MaxDescriptor)
	case entente.NoticeCustody:
		c.noticeDigest(p, n, "the attachment's digest is missing")
		c.utc(p.dot("held"), n.Held)
	case entente.NoticeWithdrawn:
		if n.Place == nil {
			c.bad(p.dot("place"), "the place of the message is missing", "")
		} else if *n.Place < 0 || *n.Place > MaxSeq {
			c.bad(p.dot("place"), "there is no such place in a ledger", "")
		}
		c.noticeDigest(p, n, "the record at the place is missing")
	case entente.NoticeOutage:
		c.outage(p, n)
	}
	c.noticeOnly(p, n)
}

func (c *checker) noticeDigest(p *path, n entente.Notice, missing string) {
	if n.Digest == nil || n.Digest.IsZero() {
		c.bad(p.dot("digest"), missing, "")
	}
}

// noticeOnly checks that a notice has no field of another sort.
func (c *checker) noticeOnly(p *path, n entente.Notice) {
	level, key := n.What == entente.NoticeLevel, n.What == entente.NoticeKey
	custody, withdrawn, outage := n.What == entente.NoticeCustody, n.What == entente.NoticeWithdrawn, n.What == entente.NoticeOutage
	why := "a notice of this sort has no such field"
	c.absent(p.dot("level"), level || n.Level == "", why)
	c.absent(p.dot("towards"), level || n.Towards == "", why)
	c.absent(p.dot("number"), level || n.Number == 0, why)
	c.absent(p.dot("reason"), level || n.Reason == "", why)
	c.absent(p.dot("edition"), key || n.Edition == 0, why)
	c.absent(p.dot("descriptor"), key || n.Descriptor == "", why)
	c.absent(p.dot("place"), withdrawn || n.Place == nil, why)
	c.absent(p.dot("digest"), custody || withdrawn || n.Digest == nil, why)
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
