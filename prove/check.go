package prove

import (
	"entente"
	"entente/ledger"
	"entente/parse"
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
	showing   *entente.Showing // nil: all of the content is withheld
	statement *entente.Statement
	report    Report
}

// verify checks evidence in the order in which one thing rests on another.
func verify(e Evidence) (Report, error) {
	c := &checker{e: e, digest: seal.Record(e.Header, e.Sealed, e.Signature), heads: map[int64]ledger.Checkpoint{}}
	var err error
	if c.header, err = parse.Header(e.Header); err != nil {
		return Report{}, in(nameEnvelope, err)
	}
	steps := []func() error{
		c.shape, c.openParties, c.openAgreement, c.checkEnvelope,
		c.checkPlace, c.checkAnswer, c.checkParts, c.checkHistory,
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
	case len(e.Receipt) > 0 && len(e.Checkpoint) > 0:
		return malformed(nameCheckpoint, "there is a checkpoint beside a receipt, which has it in itself")
	case len(e.Later) > maxLater:
		return malformed(dirLater, "there are too many later checkpoints")
	case len(e.Later) > 0 && len(e.Checkpoint)+len(e.Place)+len(e.Receipt) == 0:
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
	case parse.TextDigest(c.e.Agreement) != h.Terms:
		return bad("it is not the text whose digest the envelope names")
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

// checkEnvelope verifies the signature, by the edition that the header names.
func (c *checker) checkEnvelope() error {
	from, err := c.sender.edition(c.header.FromEdition)
	if err != nil {
		return in(dirParties+string(c.header.From), err)
	}
	if _, err := c.recipient.edition(c.header.ToEdition); err != nil {
		return in(dirParties+string(c.header.To), err)
	}
	if _, err := seal.CheckSigned(c.e.Header, c.e.Sealed, c.e.Signature, from); err != nil {
		return in(nameEnvelope, err)
	}
	c.signer = from.Party
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

// checkParts verifies what the message is said to say.
func (c *checker) checkParts() error {
	if len(c.e.Parts) == 0 {
		return nil
	}
	showing, err := parse.Showing(c.e.Parts)
	if err != nil {
		return in(nameParts, err)
	}
	s, err := seal.Excerpt(c.header, showing)
	if err != nil {
		return in(nameParts, err)
	}
	c.showing, c.statement = &showing, &s
	c.prove(saysParts(c.header, showing))
	return nil
}
