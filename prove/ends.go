package prove

import (
	"fmt"
	"time"

	"entente"
	"entente/ledger"
	"entente/parse"
	"entente/seal"
)

// longBefore is how far before it is said a theft of keys may lie and be believed
// more than as somebody's claim.
const longBefore = 30 * 24 * time.Hour

// openEnds verifies the end notes of both channels: they say for which places each
// edition counts. Which edition counts is one rule for nodes, couriers and
// verifiers ([ledger.Counts]).
func (c *checker) openEnds() error {
	ch := c.header.Channel()
	c.owner, c.answerer = ledger.Known{Channel: ch}, ledger.Known{Channel: ch.Back()}
	for _, x := range []struct {
		k  *ledger.Known
		of chain
	}{{&c.owner, c.sender}, {&c.answerer, c.recipient}} {
		for _, p := range x.of {
			x.k.AddEdition(entente.PartyRecord{Party: p, Edition: parse.EditionOf(p)})
		}
	}
	for i, note := range c.e.Ends {
		if err := c.openEnd(note); err != nil {
			return in(endName(i), err)
		}
	}
	return nil
}

func (c *checker) openEnd(note []byte) error {
	for i, k := range []*ledger.Known{&c.owner, &c.answerer} {
		e, err := seal.OpenEndNote(note, []chain{c.sender, c.recipient}[i])
		if entente.KindOf(err) == entente.NotFound {
			continue // the edition of the other party
		}
		if err != nil {
			return err
		}
		if e.Channel != k.Channel {
			return &entente.Error{Kind: entente.Unverified, Field: "origin", Detail: "it is of another channel"}
		}
		if last, ok := k.Newest(); ok && last.Number >= e.Number {
			return malformed("number", "the end notes of a channel do not stand by edition, each once")
		}
		k.Ends = append(k.Ends, ledger.End{EndNote: e})
		c.prove(saysEnd(e))
		return nil
	}
	return &entente.Error{Kind: entente.Unverified, Field: "edition", Detail: "the edition that it names is not here", Hint: "ask whoever made the evidence to add it"}
}

// counts holds that a signature under an edition counts for a place. Where the note
// is missing that says so, the report says that it was not judged.
func (c *checker) counts(name string, k ledger.Known, o ledger.Object, edition entente.Digest, place int64) error {
	if c.filed {
		return nil
	}
	switch ledger.Counts(k.Succession, o, edition, place) {
	case ledger.VerdictCounts:
	case ledger.VerdictMissing:
		c.unended = true
	default:
		return &entente.Error{Kind: entente.Unverified, Field: name, Detail: fmt.Sprintf("it is signed under an edition of the descriptor of %s that does not count for place %d", k.Channel.From, place)}
	}
	return nil
}

// checkpointCounts is counts for a checkpoint, which names no edition: that of any
// edition with the key that signed it.
func (c *checker) checkpointCounts(name string, by entente.Party, size int64) error {
	var err error
	for _, p := range c.sender {
		if !p.Keys.Ledger.Equal(by.Keys.Ledger) {
			continue
		}
		if err = c.counts(name, c.owner, ledger.OfCheckpoint, parse.EditionOf(p), size-1); err == nil {
			return nil
		}
	}
	return err
}

// remarkStolen says what follows from keys that were stolen: nothing by itself, but
// that what was signed after that is disputed.
func (c *checker) remarkStolen() {
	h := c.header
	for _, e := range c.owner.Ends {
		if !e.HasStolen || c.signer.Edition >= e.Number {
			continue
		}
		says := fmt.Sprintf("%s says that the keys that signed this were stolen on %s, and still vouches for this place.", h.From, utc(e.Stolen))
		switch {
		case c.receipt != nil && c.receipt.At.Before(e.Stolen):
			says += fmt.Sprintf(" The receipt of %s is older than that.", h.To)
		case c.receipt != nil:
			says += fmt.Sprintf(" The receipt of %s is not older than that.", h.To)
		default:
			says += " No receipt is here that is older than that."
		}
		if e.At.Sub(e.Stolen) > longBefore {
			says += " It said so more than 30 days after: that is its claim alone."
		}
		c.remark(says)
	}
}

func saysEnd(e entente.EndNote) string {
	says := fmt.Sprintf("%s signed that earlier editions of its descriptor than edition %d count for the first %s of its ledger of messages to %s, and for no later place.", e.Channel.From, e.Number, count(int(e.Size), "place", "places"), e.Channel.To)
	if !e.Consent {
		says += " The keys of the edition before did not sign that."
	}
	return says
}
