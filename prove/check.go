package prove

import (
	"entente"
	"entente/ledger"
	"entente/seal"
)

// checker verifies one piece of evidence, step by step, and writes the report
// as it goes.
type checker struct {
	e      Evidence
	header entente.Header
	digest entente.Digest // of the envelope

	sender, recipient chain
	others            []chain
	chains            map[entente.PartyID]chain

	agreement entente.Agreement
	signer    entente.Party               // the sender's edition that signed the envelope
	heads     map[int64]ledger.Checkpoint // of one history, by size; the envelope's place first
	receipt   *entente.Receipt
	refusal   *entente.Refusal
	statement *entente.Statement
	report    Report
}

// verify checks evidence in the order in which one thing rests on another.
func verify(e Evidence) (Report, error) {
	c := &checker{e: e, digest: seal.Name(e.Envelope), heads: map[int64]ledger.Checkpoint{}}
	var err error
	if c.header, err = seal.Peek(e.Envelope); err != nil {
		return Report{}, in(nameEnvelope, err)
	}
	steps := []func() error{
		c.shape, c.openParties, c.openAgreement, c.checkEnvelope,
		c.checkPlace, c.checkAnswer, c.checkStatement, c.checkHistory,
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return Report{}, err
		}
	}
	return c.finish(), nil
}

// shape holds which parts go together.
func (c *checker) shape() error {
	e := c.e
	switch {
	case len(e.Receipt) > 0 && len(e.Refusal) > 0:
		return malformed(nameRefusal, "there is a receipt and a refusal")
	case len(e.Checkpoint) > 0 && len(e.Place) > 0:
		return malformed(namePlace, "there is a checkpoint and a proof of the place")
	case len(e.Receipt) > 0 && len(e.Checkpoint) == 0:
		return malformed(nameCheckpoint, "there is a receipt without the sender's checkpoint")
	case (len(e.Payload) > 0) != (len(e.Signature) == len(entente.Secret{})):
		return malformed(nameSignature, "there is a statement without its signature, or the reverse")
	case len(e.Later) > maxLater:
		return malformed(dirLater, "there are too many later checkpoints")
	case len(e.Later) > 0 && len(e.Checkpoint)+len(e.Place) == 0:
		return malformed(dirLater, "there are later checkpoints without the one of the envelope")
	}
	return nil
}

// openAgreement verifies that every party, each with a descriptor here, signed
// the agreement that the envelope names, and that the agreement is between them.
func (c *checker) openAgreement() error {
	r, err := seal.OpenAgreementEditions(c.e.Agreement, func(p entente.PartyID) ([]entente.Party, error) {
		if ch, ok := c.chains[p]; ok {
			return ch, nil
		}
		return nil, &entente.Error{Kind: entente.NotFound, Detail: "there is no descriptor of " + string(p)}
	})
	if err != nil {
		return in(nameAgreement, err)
	}
	c.agreement = r.Agreement
	bad := func(detail string) error {
		return &entente.Error{Kind: entente.Unverified, Field: nameAgreement, Detail: detail}
	}
	switch h := c.header; {
	case !r.Complete:
		return bad("not every party has signed the agreement")
	case r.Agreement.ID != h.Agreement || r.Agreement.Epoch != h.Epoch:
		return bad("it is not the agreement, or not the epoch, that the envelope names")
	case !r.Agreement.Has(h.From) || !r.Agreement.Has(h.To):
		return bad("sender or recipient is not a party to the agreement")
	}
	for _, ch := range c.others {
		if !r.Agreement.Has(ch[0].ID) {
			return malformed(dirParties+string(ch[0].ID), "the party has no part in this agreement")
		}
	}
	c.prove(saysAgreement(r.Agreement))
	return nil
}

// checkEnvelope verifies the outer signature.
func (c *checker) checkEnvelope() error {
	var err error
	c.signer, err = c.sender.find(func(p entente.Party) error {
		_, err := seal.Check(c.e.Envelope, entente.PartyRecord{Party: p})
		return err
	})
	if err != nil {
		return in(nameEnvelope, err)
	}
	c.prove(saysEnvelope(c.header))
	return nil
}

// checkPlace verifies what the sender signed of its own ledger. A checkpoint
// alone says nothing of the envelope; a receipt over the same head, or a proof
// of the place, does.
func (c *checker) checkPlace() error {
	switch {
	case len(c.e.Place) > 0:
		return c.checkProof()
	case len(c.e.Checkpoint) == 0:
		return nil
	}
	var head ledger.Checkpoint
	_, err := c.sender.find(func(p entente.Party) (err error) {
		head, err = ledger.OpenCheckpoint(c.e.Checkpoint, c.header.Channel().Origin(), p)
		return err
	})
	if err != nil {
		return in(nameCheckpoint, err)
	}
	if head.Size != c.header.Seq+1 {
		return &entente.Error{Kind: entente.Unverified, Field: nameCheckpoint, Detail: "the checkpoint does not end with the place that the envelope names"}
	}
	c.heads[head.Size] = head
	return nil
}

func (c *checker) checkProof() error {
	var head ledger.Checkpoint
	_, err := c.sender.find(func(p entente.Party) (err error) {
		head, err = ledger.CheckPlace(c.e.Place, c.header.Channel().Origin(), c.header.Seq, c.digest, p)
		return err
	})
	if err != nil {
		return in(namePlace, err)
	}
	c.heads[head.Size] = head
	c.prove(saysPlace(c.header))
	return nil
}

// checkStatement verifies what the envelope is said to say.
func (c *checker) checkStatement() error {
	if len(c.e.Payload) == 0 {
		return nil
	}
	s, err := seal.Statement(c.header, c.e.Payload, entente.Secret(c.e.Signature))
	if err != nil {
		return in(nameStatement, err)
	}
	c.statement = &s
	c.prove(saysStatement(c.header))
	return nil
}
