package prove

import (
	"bytes"

	"entente"
	"entente/ledger"
	"entente/seal"
)

// checkAnswer verifies what the recipient signed: that it holds the envelope,
// or that it does not and why.
func (c *checker) checkAnswer() error {
	switch {
	case len(c.e.Receipt) > 0:
		return c.checkReceipt()
	case len(c.e.Refusal) > 0:
		return c.checkRefusal()
	}
	return nil
}

// checkReceipt tries the editions of both sides: the receipt's line is by one
// edition of the recipient, and does not say by which.
func (c *checker) checkReceipt() error {
	var r entente.Receipt
	var head ledger.Checkpoint
	_, under, _ := bytes.Cut(c.e.Receipt, []byte("\n\n"))
	_, err := c.sender.withLedgerKeys().find(func(from entente.Party) error {
		_, err := c.recipient.find(func(to entente.Party) (err error) {
			if r, err = ledger.CheckReceipt(c.e.Receipt, c.header.Channel(), c.header.Seq, c.digest, from, to); err != nil {
				return err
			}
			head, _, err = ledger.OpenReceipted(under, c.header.Channel().Origin(), from, to)
			return err
		})
		return err
	})
	if err != nil {
		return in(nameReceipt, err)
	}
	if len(c.e.Place) == 0 {
		c.heads[head.Size] = head
	}
	c.receipt = &r
	c.prove(saysPlace(c.header))
	c.prove(saysReceipt(r))
	return nil
}

// checkRefusal verifies that the refusal is of this envelope.
func (c *checker) checkRefusal() error {
	var r entente.Refusal
	_, err := c.recipient.find(func(p entente.Party) (err error) {
		r, err = seal.OpenRefusal(c.e.Refusal, p)
		return err
	})
	if err != nil {
		return in(nameRefusal, err)
	}
	h := c.header
	if r.Envelope != c.digest || (r.Channel != entente.Channel{}) && r.Channel != h.Channel() || r.Message != "" && r.Message != h.ID {
		return &entente.Error{Kind: entente.Unverified, Field: nameRefusal, Detail: "the refusal is of another envelope"}
	}
	c.refusal = &r
	c.prove(saysRefusal(h, r))
	return nil
}
