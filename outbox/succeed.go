package outbox

import (
	"context"
	"slices"
	"time"

	"entente"
	"entente/ledger"
	"entente/parse"
	"entente/seal"
	"entente/succession"
)

// Succession is a new edition of our own descriptor, and what its end notes say.
type Succession struct {
	Next    entente.PartyRecord // the descriptor, signed
	Keys    seal.Keys           // of the new edition
	Consent bool                // the ledger key in use signs each end note, too
	Stolen  *time.Time          // when the keys in use were stolen; nil: they were not
	// Restored ends the restore that is under way. The edition in use then signs no
	// record more: what it signed of the next place may be lost here.
	Restored bool
	Without  []entente.PartyID // with Restored: partners that cannot be compared, see EndRestoration
	// Sizes says how many records of a channel stand; a channel that is left out
	// keeps all that is here. What does not stand becomes void.
	Sizes map[entente.Channel]int64
	By    entente.OfficerID // who vouches for it, in the records
}

// Succeed makes a new edition of our descriptor the one in use, in one transaction:
// in every channel a key notice, as the last record under the edition in use, and an
// end note; the descriptor; the switch. The caller has written the new keys beside
// the old ones before, and destroys the old ones after.
//
// Without consent, after a restore, or where keys were stolen, the edition in use
// signs nothing more: the key notice is the first record under the new one.
func (o *Outbox) Succeed(ctx context.Context, s Succession) error {
	return o.cfg.Store.Update(ctx, func(tx entente.Tx) error { return o.SucceedIn(tx, s) })
}

// SucceedIn is Succeed inside a transaction of the caller.
func (o *Outbox) SucceedIn(tx entente.Tx, s Succession) error {
	if s.Stolen != nil && (s.Keys.Ledger.Public().Equal(o.cfg.Keys.Ledger.Public()) || s.Keys.Message.Public().Equal(o.cfg.Keys.Message.Public())) {
		return &entente.Error{Kind: entente.Invalid, Field: "keys", Detail: "stolen keys cannot stay in use", Hint: "change the message key and the ledger key at least"}
	}
	channels, err := o.ownChannels(tx)
	if err != nil {
		return err
	}
	if err := o.mayEnd(tx, s); err != nil {
		return err
	}
	clean := s.Consent && s.Stolen == nil && !s.Restored
	if clean {
		if err := o.announce(tx, channels, s.Next); err != nil {
			return err
		}
	}
	for _, ch := range channels {
		if err := o.end(tx, ch, s); err != nil {
			return err
		}
	}
	if err := tx.PutParty(s.Next); err != nil {
		return err
	}
	if err := entente.PutOwner(tx, entente.Owner{Party: o.cfg.Self, Number: s.Next.Party.Edition, Edition: parse.EditionOf(s.Next.Party)}); err != nil {
		return err
	}
	if clean {
		return nil
	}
	cfg := o.cfg
	cfg.Keys = s.Keys
	return New(cfg).announce(tx, channels, s.Next)
}

// ownChannels lists our channels: one for each agreement and each other party that
// any epoch of it has had.
func (o *Outbox) ownChannels(tx entente.AgreementStore) ([]entente.Channel, error) {
	agreements, err := tx.Agreements()
	if err != nil {
		return nil, err
	}
	var all []entente.Channel
	for _, a := range agreements {
		epochs, err := tx.AgreementEpochs(a.Agreement.ID)
		if err != nil {
			return nil, err
		}
		for _, e := range epochs {
			if !e.Agreement.Has(o.cfg.Self) {
				continue
			}
			for _, p := range e.Agreement.Parties {
				ch := entente.Channel{Agreement: a.Agreement.ID, From: o.cfg.Self, To: p}
				if p != o.cfg.Self && !slices.Contains(all, ch) {
					all = append(all, ch)
				}
			}
		}
	}
	return all, nil
}

// announce writes a key notice into every channel that can take one now. A partner
// that gets none learns of the edition by another way.
func (o *Outbox) announce(tx entente.Tx, channels []entente.Channel, next entente.PartyRecord) error {
	for _, ch := range channels {
		rec, ok, err := o.takesNotice(tx, ch)
		if err != nil {
			return err
		}
		if !ok {
			o.cfg.Log.Warn("outbox: a partner is not told of the new edition by a notice", "channel", ch)
			continue
		}
		_, err = o.SendIn(tx, Node, newID(o.now()), entente.Draft{To: ch.To, Agreement: ch.Agreement, Statement: entente.Statement{
			Kind: entente.KindNotice, Purpose: rec.Agreement.Purposes[0], Precedence: entente.Priority,
			Notice: &entente.Notice{What: entente.NoticeKey, Edition: next.Party.Edition, Descriptor: string(next.Note)},
		}})
		if err != nil {
			return err
		}
	}
	return nil
}

// takesNotice reports whether a key notice can be sealed into a channel now.
func (o *Outbox) takesNotice(tx entente.Tx, ch entente.Channel) (rec entente.AgreementRecord, ok bool, err error) {
	if rec, err = tx.Agreement(ch.Agreement, 0); err != nil {
		return rec, false, found(err)
	}
	if !rec.Complete || !rec.Agreement.InForce(o.now()) || !rec.Agreement.Has(ch.To) || !rec.Agreement.Has(ch.From) {
		return rec, false, nil
	}
	if _, err := tx.Party(ch.To); err != nil {
		return rec, false, found(err)
	}
	line, err := tx.Line(ch.To)
	if err != nil || line.Blocked != "" {
		return rec, false, err
	}
	return rec, succession.MayPass(tx, ch, entente.ClassDesk) == nil, nil
}

// found drops NotFound.
func found(err error) error {
	if entente.KindOf(err) == entente.NotFound {
		return nil
	}
	return err
}

// end makes the end note of one channel, and carries out what it says of our copy.
func (o *Outbox) end(tx entente.Tx, ch entente.Channel, s Succession) error {
	head, err := tx.Head(ch.Origin())
	if err != nil {
		return err
	}
	size, chosen := s.Sizes[ch]
	if !chosen || size > head.Size {
		size = head.Size
	}
	back, err := tx.Head(ch.Back().Origin())
	if err != nil {
		return err
	}
	e := entente.EndNote{
		Channel: ch, Edition: parse.EditionOf(s.Next.Party), Number: s.Next.Party.Edition,
		Size: size, Received: back.Size, At: o.now().Truncate(time.Second),
	}
	if e.Root, err = ledger.Root(tx, ch.Origin(), size); err != nil {
		return err
	}
	if s.Stolen != nil {
		e.Stolen, e.HasStolen = s.Stolen.UTC().Truncate(time.Second), true
	}
	consent := seal.LedgerKey{}
	if s.Consent {
		consent = o.cfg.Keys.Ledger
	}
	if e, err = seal.SignEndNote(e, consent, s.Keys.Ledger); err != nil {
		return err
	}
	if err := succession.Choose(tx, e, head.Size, o.now()); err != nil {
		return err
	}
	return tx.PutEnd(entente.EndRecord{Note: e, Added: o.now(), State: entente.EndCurrent, Accepted: s.By})
}
