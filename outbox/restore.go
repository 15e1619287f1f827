package outbox

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"entente"
	"entente/ledger"
	"entente/parse"
)

// Restoration is what a node still has to find out after its store was put back to
// an older state. Until a partner is done, nothing is sealed for it and no receipt
// is signed for it.
type Restoration struct {
	Since  time.Time                   `json:"since"`
	Anchor *entente.Anchor             `json:"anchor,omitzero"` // as the file beside the keys was; nil: there was none
	Waits  map[entente.PartyID]Waiting `json:"waits"`           // partners that are not done, and for what each waits
}

// Waiting says for what a partner waits after a restore.
type Waiting string

const (
	WaitsCompare Waiting = "compare" // the partner has not shown its copies of our ledgers
	WaitsPerson  Waiting = "person"  // a person says whether records that it shows are ours
	WaitsEdition Waiting = "edition" // only a new edition of our descriptor says what stands
)

const (
	restorationSetting = "restoration"
	restoredSetting    = "restored" // sqlstore.RestoredSetting
	anchoredSetting    = "anchored" // this store has had an anchor: without one it was moved, or the anchor was lost
)

// BlockedSince is the setting that says when the lines were last blocked after a
// restore: what a partner showed of our ledgers before that does not count.
const BlockedSince = "blocked-since"

// Restored reports whether this node was ever restored from a backup: what its
// ledgers have may then be lost here.
func Restored(tx entente.SettingStore) (bool, error) {
	_, err := tx.Setting(BlockedSince)
	if errors.Is(err, entente.NotFound) {
		return false, nil
	}
	return err == nil, err
}

// Restoring returns the restore that is under way, or nil.
func Restoring(tx entente.SettingStore) (*Restoration, error) {
	b, err := setting(tx, restorationSetting)
	if err != nil || len(b) == 0 {
		return nil, err
	}
	r := &Restoration{}
	return r, json.Unmarshal(b, r)
}

func (r *Restoration) keep(tx entente.SettingStore) error {
	b, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return tx.PutSetting(restorationSetting, b)
}

// setting returns a setting, or nil where there is none.
func setting(tx entente.SettingStore, key string) ([]byte, error) {
	b, err := tx.Setting(key)
	if errors.Is(err, entente.NotFound) {
		return nil, nil
	}
	return b, err
}

// Resume is called once before Run, with what the file beside the keys says; nil:
// there is none that can be read. A store that was restored from a backup, that has
// less than the anchor remembers, or that has lost its anchor may not append to any
// channel before the partner's copy has been compared: else the ledger would fork,
// and the partner could prove it. It returns the restore that is under way, or nil.
func (o *Outbox) Resume(ctx context.Context, anchor *entente.Anchor) (r *Restoration, err error) {
	err = o.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		since, err := setting(tx, restoredSetting)
		if err != nil {
			return err
		}
		if r, err = Restoring(tx); err != nil {
			return err
		}
		lost := false
		if r == nil {
			if lost, err = o.lost(tx, anchor); err != nil {
				return err
			}
		}
		if len(since) > 0 || lost {
			r, err = o.begin(tx, anchor)
		}
		return err
	})
	return r, err
}

// Anchored notes that this store has an anchor: a store that is found without one
// was moved, or has lost it.
func (o *Outbox) Anchored(ctx context.Context) error {
	return o.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		had, err := setting(tx, anchoredSetting)
		if err != nil || len(had) > 0 {
			return err
		}
		return tx.PutSetting(anchoredSetting, []byte("yes"))
	})
}

// lost reports whether the store is older than what left this machine.
func (o *Outbox) lost(tx entente.Tx, anchor *entente.Anchor) (bool, error) {
	if anchor == nil {
		had, err := setting(tx, anchoredSetting)
		return len(had) > 0, err
	}
	owner, err := entente.OwnerOf(tx)
	if err == nil && owner.Number < anchor.Number {
		o.cfg.Log.Warn("outbox: the store is older than the anchor: it was put back from a copy", "edition", owner.Number, "anchor", anchor.Number)
		return true, nil
	}
	if err != nil && !errors.Is(err, entente.NotFound) {
		return false, err
	}
	for origin, at := range anchor.Ledgers {
		why, err := short(tx, origin, at)
		if err != nil {
			return false, err
		}
		if why != "" {
			o.cfg.Log.Warn("outbox: the store is older than the anchor: it was put back from a copy", "ledger", origin, "why", why)
			return true, nil
		}
	}
	return false, nil
}

// short says what a ledger lacks of what left this machine; empty: nothing.
func short(tx entente.Tx, origin string, at entente.TreeHead) (string, error) {
	head, err := tx.Head(origin)
	if err != nil {
		return "", err
	}
	if head.Size < at.Size {
		return fmt.Sprintf("places %d to %d of %s are lost", head.Size, at.Size-1, origin), nil
	}
	root, err := ledger.Root(tx, origin, at.Size)
	if err == nil && root != at.Root {
		return fmt.Sprintf("%s is not what left this machine", origin), nil
	}
	return "", err
}

// begin blocks every line until its partner is done.
func (o *Outbox) begin(tx entente.Tx, anchor *entente.Anchor) (*Restoration, error) {
	r := &Restoration{Since: o.now(), Anchor: anchor, Waits: map[entente.PartyID]Waiting{}}
	parties, err := tx.Parties()
	if err != nil {
		return nil, err
	}
	for _, p := range parties {
		if p.Party.ID == o.cfg.Self {
			continue
		}
		r.Waits[p.Party.ID] = WaitsCompare
		why := "this node was restored from a backup and its ledgers have not been compared with " + string(p.Party.ID) + " yet"
		if err := o.block(tx, p.Party.ID, why); err != nil {
			return nil, err
		}
	}
	for _, h := range []string{BlockedSince, restoredSetting} {
		var at []byte
		if h == BlockedSince {
			at = []byte(r.Since.Format(time.RFC3339Nano))
		}
		if err := tx.PutSetting(h, at); err != nil {
			return nil, err
		}
	}
	if err := forgetFound(tx); err != nil {
		return nil, err
	}
	return r, r.keep(tx)
}

// block sets why nothing is sealed for a partner; empty: it may be again.
func (o *Outbox) block(tx entente.LineStore, partner entente.PartyID, why string) error {
	line, err := tx.Line(partner)
	if err != nil {
		return err
	}
	line.Blocked, line.NextTry = why, o.now()
	return tx.PutLine(line)
}

// judge says how far a partner is that has shown its copies of our ledgers. Where
// all that left this machine is back, it is done, and when all partners are, so is
// the restore.
func (o *Outbox) judge(tx entente.Tx, r *Restoration, partner entente.PartyID) error {
	state, why, err := o.verdict(tx, r, partner)
	if err != nil {
		return err
	}
	if err := o.block(tx, partner, why); err != nil {
		return err
	}
	if state != "" {
		r.Waits[partner] = state
		return r.keep(tx)
	}
	delete(r.Waits, partner)
	if len(r.Waits) > 0 {
		return r.keep(tx)
	}
	return tx.PutSetting(restorationSetting, nil)
}

func (o *Outbox) verdict(tx entente.Tx, r *Restoration, partner entente.PartyID) (Waiting, string, error) {
	found, err := FoundOf(tx, o.cfg.Self, partner)
	if err != nil {
		return "", "", err
	}
	doubt := ""
	for _, f := range found {
		if f.Ended {
			continue
		}
		switch f.Said {
		case SaidNothing:
			return WaitsPerson, fmt.Sprintf("%s holds %d records of our ledger %s that are not here: ask its people whether they are ours, and say so with  entente restore decide", partner, f.Size-f.First, f.Origin), nil
		case SaidNotOurs:
			doubt = "records that " + string(partner) + " holds of " + f.Origin + " are not ours"
		}
	}
	if doubt == "" {
		if doubt, err = o.doubt(tx, r, partner); err != nil {
			return "", "", err
		}
	}
	if doubt == "" {
		return "", "", nil
	}
	return WaitsEdition, doubt + ": " + newEditionSays, nil
}

const newEditionSays = "a new edition of our descriptor has to say what stands. Where the identity key is, run  entente party rotate --restored"

// doubt says why the channels to a partner cannot go on under the edition that is
// in use; empty: they can.
func (o *Outbox) doubt(tx entente.Tx, r *Restoration, partner entente.PartyID) (string, error) {
	if r.Anchor == nil {
		return "nothing remembers how much had left the machine that was lost", nil
	}
	why, err := o.keysGone(tx, r.Anchor.Number)
	if why != "" || err != nil {
		return why, err
	}
	for origin, at := range r.Anchor.Ledgers {
		if ch, ok := channelOf(origin); !ok || ch.To != partner {
			continue
		}
		if why, err := short(tx, origin, at); why != "" || err != nil {
			return why, err
		}
	}
	return "", nil
}

// keysGone says that the keys of our newest edition are not here; empty: they are,
// and that edition is the one in use.
func (o *Outbox) keysGone(tx entente.Tx, signed int) (string, error) {
	owner, err := entente.OwnerOf(tx)
	if errors.Is(err, entente.NotFound) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	newest, err := tx.Party(o.cfg.Self)
	if err != nil {
		return "", err
	}
	p, ours := newest.Party, o.cfg.Keys.Public()
	if p.Edition > owner.Number && p.Keys.Message.Equal(ours.Message) && p.Keys.Ledger.Equal(ours.Ledger) && bytes.Equal(p.Keys.Seal, ours.Seal) && bytes.Equal(p.Keys.TLSRoot, ours.TLSRoot) {
		owner = entente.Owner{Party: p.ID, Number: p.Edition, Edition: parse.EditionOf(p)}
		if err := entente.PutOwner(tx, owner); err != nil {
			return "", err
		}
	}
	if last := max(p.Edition, signed); owner.Number < last {
		return fmt.Sprintf("the keys of edition %d of our descriptor are not here", last), nil
	}
	return "", nil
}

// mayEnd checks that a new edition fits what a restore waits for, and ends the
// restore. What was found in our ledgers is settled by every new edition.
func (o *Outbox) mayEnd(tx entente.Tx, s Succession) error {
	r, err := Restoring(tx)
	if err != nil {
		return err
	}
	since, err := setting(tx, restoredSetting)
	if err != nil {
		return err
	}
	if len(since) > 0 && s.Consent {
		return &entente.Error{Kind: entente.Conflict, Detail: "this store was restored, and the node has not compared its ledgers with the partners since", Hint: "start the node first: it says what is missing"}
	}
	if r == nil && !s.Restored {
		return forgetFound(tx)
	}
	if r == nil {
		return &entente.Error{Kind: entente.Conflict, Detail: "no restore is under way", Hint: "change keys with  entente party rotate"}
	}
	if !s.Restored {
		return &entente.Error{Kind: entente.Conflict, Detail: "a restore is under way, and this edition would sign places that may have been signed before", Hint: "see  entente restore show, then run  entente party rotate --restored"}
	}
	return o.EndRestoration(tx, s.Without)
}

// EndRestoration ends a restore in the transaction that stores a new edition: its
// end notes say what stands. Partners that have not been compared, or whose records
// nobody has judged, must be named in without: what they hold and we do not, they
// will be asked to void.
func (o *Outbox) EndRestoration(tx entente.Tx, without []entente.PartyID) error {
	r, err := Restoring(tx)
	if err != nil {
		return err
	}
	given := map[entente.PartyID]bool{}
	for _, p := range without {
		given[p] = true
	}
	if r != nil {
		for p, state := range r.Waits {
			if state != WaitsEdition && !given[p] {
				return notYet(p, state)
			}
			if err := o.block(tx, p, ""); err != nil {
				return err
			}
		}
	}
	if err := forgetFound(tx); err != nil {
		return err
	}
	for _, key := range []string{restorationSetting, anchoredSetting} {
		if err := tx.PutSetting(key, nil); err != nil {
			return err
		}
	}
	return nil
}

func notYet(p entente.PartyID, state Waiting) error {
	if state == WaitsPerson {
		return &entente.Error{Kind: entente.Conflict, Detail: "nobody has said whether the records that " + string(p) + " holds of us are ours", Hint: "see  entente restore show, ask its people, and run  entente restore decide"}
	}
	return &entente.Error{Kind: entente.Conflict, Detail: string(p) + " has not shown its copies of our ledgers yet", Hint: "start the node and reach it first; or, if it cannot be reached, add  --without " + string(p) + "  and what it holds and we do not is void"}
}
