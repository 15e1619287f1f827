package inbox

import (
	"context"

	"entente"
	"entente/courier"
	"entente/ledger"
	"entente/seal"
	"entente/succession"
)

// packers gives the editions of a descriptor that may have signed a courier file,
// newest first: those that are here, and those that it brings, as far as each
// follows from the one before. Where only a courier goes between two parties, the
// notice of a new key lies in a file that is signed with that key. What an edition
// that has ended may still say is asked of each thing in the file.
func (i *Inbox) packers(tx entente.Tx, c courier.Claim) ([]entente.Party, error) {
	here, err := tx.PartyEditions(c.From)
	if err != nil {
		return nil, err
	}
	if len(here) == 0 {
		return nil, &entente.Error{Kind: entente.NotFound, Field: "from", Detail: "the file is from " + string(c.From) + ", whose descriptor is not here", Hint: "add it with entente party add, and compare fingerprints"}
	}
	var out []entente.Party
	for _, e := range here {
		out = append([]entente.Party{e.Party}, out...)
	}
	for _, note := range c.Descriptors {
		if next, err := seal.OpenParty(note, &out[0]); err == nil {
			out = append([]entente.Party{next}, out...)
		}
	}
	return out, nil
}

// learn takes in descriptors and end notes of a party, by whatever route they came.
func (i *Inbox) learn(tx entente.Tx, from entente.PartyID, b succession.Bundle) error {
	l, err := succession.Learn(tx, i.cfg.Self, from, b, i.now())
	if l.Doubt != nil {
		i.cfg.Log.Error("inbox: a party contradicts itself about its editions; kept as evidence", "from", from, "err", l.Doubt)
	}
	if l.Refused != nil {
		i.cfg.Log.Warn("inbox: a descriptor or an end note does not hold", "from", from, "err", l.Refused)
	}
	return err
}

// meet takes in what a courier file brings of its sender's editions, and reports
// whether the edition that signed the file is the newest: an older one says nothing
// of what is now.
func (i *Inbox) meet(ctx context.Context, p courier.Pouch) (newest bool, err error) {
	err = i.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		if err := i.learn(tx, p.From, succession.Bundle{Editions: p.Descriptors, Ends: p.Ends}); err != nil {
			return err
		}
		known, err := ledger.KnownOf(tx, entente.Channel{From: p.From, To: i.cfg.Self})
		newest = ledger.Counts(known.Succession, ledger.OfHeads, p.Signer, 0) == ledger.VerdictCounts
		return err
	})
	return newest, err
}

// Editions gives a partner our descriptors and the end notes of the channels to it,
// after taking in its own. It is asked on connections that do not verify, too:
// nothing of it rests on the connection.
func (i *Inbox) Editions(ctx context.Context, from entente.PartyID, theirs succession.Bundle) (ours succession.Bundle, err error) {
	err = i.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		if len(theirs.Editions)+len(theirs.Ends) > 0 {
			if err := i.learn(tx, from, theirs); err != nil {
				return err
			}
		}
		ours, err = succession.Of(tx, i.cfg.Self, from, 0)
		return err
	})
	return ours, err
}
