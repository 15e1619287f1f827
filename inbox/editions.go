package inbox

import (
	"context"
	"slices"

	"entente"
	"entente/courier"
	"entente/policy"
	"entente/seal"
)

// packers gives the editions of a descriptor that may have signed a courier
// file, newest first: those that are here and still count for the time at which
// it says it was made, and those that it brings, as far as each follows from the
// one before. Where only a courier goes between two parties, the notice of a new
// key lies in a file that is signed with that key.
func (i *Inbox) packers(tx entente.Tx, c courier.Claim) ([]entente.Party, error) {
	here, err := tx.PartyEditions(c.From)
	if err != nil {
		return nil, err
	}
	if len(here) == 0 {
		return nil, &entente.Error{Kind: entente.NotFound, Field: "from", Detail: "the file is from " + string(c.From) + ", whose descriptor is not here", Hint: "add it with entente party add, and compare fingerprints"}
	}
	var out []entente.Party
	for n := range here {
		if !i.late(here, n, c.Made) {
			out = append(out, here[n].Party)
		}
	}
	for _, next := range i.following(here[len(here)-1].Party, c.Descriptors) {
		out = append(out, next.Party)
	}
	slices.Reverse(out)
	return out, nil
}

// following gives, of the descriptors that a partner brings, those that come
// after the one that is here, as long as each follows from the one before.
func (i *Inbox) following(now entente.Party, notes [][]byte) (out []entente.PartyRecord) {
	for _, note := range notes {
		next, err := seal.OpenParty(note, &now)
		if err != nil || policy.CheckIssued(next, i.now()) != nil {
			continue // mostly one that is here already; else what it would have brought is missed
		}
		out = append(out, entente.PartyRecord{Party: next, Note: note, Added: i.now()})
		now = next
	}
	return out
}

// meet keeps the editions that a courier file has brought. The old identity key
// vouches for each, as in a notice; who compared the fingerprint before stands.
func (i *Inbox) meet(ctx context.Context, from entente.PartyID, notes [][]byte) error {
	if len(notes) == 0 {
		return nil
	}
	return i.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		now, err := tx.Party(from)
		if err != nil {
			return err
		}
		for _, next := range i.following(now.Party, notes) {
			next.Checked = now.Checked
			if err := i.putParty(tx, next); err != nil {
				return err
			}
		}
		return nil
	})
}

// newEdition takes a partner's next descriptor from a notice. It must follow from
// the one that is here; one that is here already changes nothing.
func (i *Inbox) newEdition(tx entente.Tx, from entente.PartyID, note []byte) error {
	here, err := tx.PartyEditions(from)
	if err != nil {
		return err
	}
	for _, e := range here {
		if string(e.Note) == string(note) {
			return nil
		}
	}
	now := here[len(here)-1]
	next, err := seal.OpenParty(note, &now.Party)
	if err != nil {
		i.cfg.Log.Warn("inbox: a key notice does not follow from the descriptor that is here", "from", from, "err", err)
		return nil // it is filed and shown; people sort it out with the fingerprint
	}
	return i.putParty(tx, entente.PartyRecord{Party: next, Note: note, Added: i.now(), Checked: now.Checked})
}

// putParty keeps a partner's descriptor unless it has a key of another party.
func (i *Inbox) putParty(tx entente.Tx, next entente.PartyRecord) error {
	err := tx.PutParty(next)
	if entente.ReasonOf(err) == entente.ReasonKnownKey {
		i.cfg.Log.Error("inbox: a descriptor has a key of another party and is not used", "from", next.Party.ID, "err", err)
		return nil // what brought it is filed and shown; people ask the partner
	}
	return err
}
