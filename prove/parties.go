package prove

import (
	"slices"
	"strings"

	"entente"
	"entente/parse"
	"entente/seal"
)

// chain is every edition of one party's descriptor that the evidence has,
// oldest first, each signed by the key of the one before.
type chain []entente.Party

// openChain verifies the descriptors of one party.
func openChain(notes [][]byte) (chain, error) {
	var c chain
	for _, note := range notes {
		var previous *entente.Party
		if len(c) > 0 {
			previous = &c[len(c)-1]
		}
		p, err := seal.OpenParty(note, previous)
		if err != nil {
			return nil, err
		}
		c = append(c, p)
	}
	return c, nil
}

// newest is the edition that speaks for the party now.
func (c chain) newest() entente.Party { return c[len(c)-1] }

// edition gives the edition of that name.
func (c chain) edition(name entente.Digest) (entente.PartyRecord, error) {
	for _, p := range c {
		if of := parse.EditionOf(p); of == name {
			return entente.PartyRecord{Party: p, Edition: of}, nil
		}
	}
	return entente.PartyRecord{}, &entente.Error{Kind: entente.Unverified, Detail: "the edition of the descriptor that the envelope names is not here", Hint: "ask whoever made the evidence to add it"}
}

// find gives the newest edition for which try answers no error, or the error of
// the newest one. Keys change and signatures stay: each holds under the edition
// of its day.
func (c chain) find(try func(entente.Party) error) (entente.Party, error) {
	var first error
	for _, p := range slices.Backward(c) {
		err := try(p)
		if err == nil {
			return p, nil
		}
		if first == nil {
			first = err
		}
	}
	return entente.Party{}, first
}

// withLedgerKeys leaves one edition for each different ledger key.
func (c chain) withLedgerKeys() chain {
	var some chain
	for _, p := range c {
		if !slices.ContainsFunc(some, func(q entente.Party) bool { return p.Keys.Ledger.Equal(q.Keys.Ledger) }) {
			some = append(some, p)
		}
	}
	return some
}

// openParties verifies all descriptors: the sender's, the recipient's, and
// those of the agreement's other parties.
func (c *checker) openParties() error {
	if len(c.e.Sender)+len(c.e.Recipient)+len(c.e.Others) > maxParties {
		return malformed(dirParties, "there are too many descriptors")
	}
	var err error
	if c.sender, err = openChainOf(c.header.From, c.e.Sender); err != nil {
		return err
	}
	if c.recipient, err = openChainOf(c.header.To, c.e.Recipient); err != nil {
		return err
	}
	c.chains = map[entente.PartyID]chain{c.header.From: c.sender, c.header.To: c.recipient}
	return c.openOthers()
}

func openChainOf(id entente.PartyID, notes [][]byte) (chain, error) {
	name := dirParties + string(id)
	if len(notes) == 0 {
		return nil, &entente.Error{Kind: entente.Unverified, Field: name, Detail: "there is no descriptor of " + string(id), Hint: "ask whoever made the evidence to add it"}
	}
	ch, err := openChain(notes)
	if err != nil {
		return nil, in(name, err)
	}
	if ch[0].ID != id {
		return nil, &entente.Error{Kind: entente.Unverified, Field: name, Detail: "the descriptor is of another party"}
	}
	return ch, nil
}

// byParty puts the descriptors of several parties into the order of the parties'
// ids; those of one stay as they are.
func byParty(notes [][]byte) [][]byte {
	party := func(note []byte) string {
		name, _ := partyName(note) // what cannot be read is refused later
		return name[:max(0, strings.LastIndexByte(name, '-'))]
	}
	return slices.SortedStableFunc(slices.Values(notes), func(a, b []byte) int { return strings.Compare(party(a), party(b)) })
}

// openOthers verifies the chains of the other parties, which stand one after
// the other, by id.
func (c *checker) openOthers() error {
	var last entente.PartyID
	for rest := c.e.Others; len(rest) > 0; {
		first, err := seal.OpenParty(rest[0], nil)
		if err != nil {
			return in(dirParties, err)
		}
		if first.ID <= last || c.chains[first.ID] != nil {
			return malformed(dirParties, "the descriptors of the other parties do not stand by party and edition")
		}
		ch := chain{first}
		for rest = rest[1:]; len(rest) > 0; rest = rest[1:] {
			next, err := seal.OpenParty(rest[0], &ch[len(ch)-1])
			if err != nil {
				break
			}
			ch = append(ch, next)
		}
		c.chains[first.ID], last = ch, first.ID
		c.others = append(c.others, ch)
	}
	return nil
}
