package prove

import (
	"fmt"

	"entente"
	"entente/ledger"
)

// checkHistory verifies the other checkpoints of the channel. Each is linked to
// one that is established already, and is established when it continues it;
// when it contradicts it, the sender is caught with two histories.
func (c *checker) checkHistory() error {
	for i, text := range c.e.Later {
		if err := c.checkLink(text); err != nil {
			return in(laterName(i), err)
		}
	}
	return nil
}

func (c *checker) checkLink(text []byte) error {
	link, err := ledger.ParseLink(text)
	if err != nil {
		return err
	}
	head, receipted, err := c.openHead(link.Checkpoint)
	if err != nil {
		return err
	}
	known, ok := c.heads[link.With]
	if !ok {
		return &entente.Error{Kind: entente.Unverified, Field: "with", Detail: fmt.Sprintf("it is linked to a checkpoint of size %d, which is not here", link.With)}
	}
	continues, err := link.Continues(head, known)
	if err != nil {
		return err
	}
	if !continues {
		c.report.SplitView = true
		c.prove(saysSplitView(c.header, head, known, receipted))
		return nil
	}
	if _, ok := c.heads[head.Size]; !ok {
		c.heads[head.Size] = head
	}
	c.prove(saysContinues(c.header, head, receipted))
	return nil
}

// openHead opens a checkpoint that the sender signed, alone or with the
// recipient's line below; receipted is nil in the first case.
func (c *checker) openHead(text []byte) (head ledger.Checkpoint, receipted *entente.Receipt, err error) {
	origin := c.header.Channel().Origin()
	_, err = c.sender.withLedgerKeys().find(func(from entente.Party) error {
		if head, err = ledger.OpenCheckpoint(text, origin, from); err == nil {
			return nil
		}
		_, err := c.recipient.find(func(to entente.Party) error {
			h, r, err := ledger.OpenReceipted(text, origin, from, to)
			if err == nil {
				head, receipted = h, &r
			}
			return err
		})
		return err
	})
	return head, receipted, err
}
