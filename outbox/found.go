package outbox

import (
	"encoding/json"
	"errors"
	"time"

	"entente"
	"entente/ledger"
)

// Found is what a partner shows of a ledger of ours beyond what we hold. Our key
// signed it, or somebody who has our key.
type Found struct {
	Origin     string            `json:"origin"`
	Partner    entente.PartyID   `json:"partner"`
	First      int64             `json:"first"`            // the first place that is not here
	Size       int64             `json:"size"`             // of the partner's copy
	Checkpoint []byte            `json:"checkpoint"`       // signed by our key: the proof
	Records    []entente.Digest  `json:"records,omitzero"` // empty: they were not fetched, or contradict ours
	At         time.Time         `json:"at"`
	Alarm      bool              `json:"alarm,omitzero"` // nothing here was restored: another hand has our keys, or this machine was set back
	Ended      bool              `json:"ended,omitzero"` // signed by keys of ours that have ended: it counts for nothing
	Said       Said              `json:"said,omitzero"`
	By         entente.OfficerID `json:"by,omitzero"` // who asked the partner's people
}

// Said is what a person says of records that were found.
type Said string

const (
	SaidNothing Said = ""
	SaidOurs    Said = "ours"
	SaidNotOurs Said = "not ours"
)

// maxFound bounds the records that are kept until a person has judged them.
const maxFound = 1 << 18

const foundList = "found"

func foundSetting(origin string) string { return "found:" + origin }

// AllFound returns everything that was found and not cleared, by origin.
func AllFound(tx entente.SettingStore) (out []Found, err error) {
	var origins []string
	b, err := setting(tx, foundList)
	if err != nil || len(b) == 0 {
		return nil, err
	}
	if err := json.Unmarshal(b, &origins); err != nil {
		return nil, err
	}
	for _, origin := range origins {
		f, err := foundIn(tx, origin)
		if err != nil {
			return nil, err
		}
		if f != nil {
			out = append(out, *f)
		}
	}
	return out, nil
}

// FoundOf returns what one partner shows.
func FoundOf(tx entente.SettingStore, self, partner entente.PartyID) (out []Found, err error) {
	all, err := AllFound(tx)
	for _, f := range all {
		if f.Partner == partner {
			out = append(out, f)
		}
	}
	return out, err
}

func foundIn(tx entente.SettingStore, origin string) (*Found, error) {
	b, err := setting(tx, foundSetting(origin))
	if err != nil || len(b) == 0 {
		return nil, err
	}
	f := &Found{}
	return f, json.Unmarshal(b, f)
}

func putFound(tx entente.SettingStore, f Found) error {
	b, err := json.Marshal(f)
	if err != nil {
		return err
	}
	if err := tx.PutSetting(foundSetting(f.Origin), b); err != nil {
		return err
	}
	return listFound(tx, f.Origin)
}

// listFound notes that something was found in a ledger.
func listFound(tx entente.SettingStore, origin string) error {
	var origins []string
	b, err := setting(tx, foundList)
	if err == nil && len(b) > 0 {
		err = json.Unmarshal(b, &origins)
	}
	if err != nil {
		return err
	}
	for _, o := range origins {
		if o == origin {
			return nil
		}
	}
	if b, err = json.Marshal(append(origins, origin)); err != nil {
		return err
	}
	return tx.PutSetting(foundList, b)
}

func dropFound(tx entente.SettingStore, origin string) error {
	return tx.PutSetting(foundSetting(origin), nil)
}

// forgetFound drops all that was found: a restore begins, or a new edition says
// what stands.
func forgetFound(tx entente.SettingStore) error {
	all, err := AllFound(tx)
	if err != nil {
		return err
	}
	for _, f := range all {
		if err := dropFound(tx, f.Origin); err != nil {
			return err
		}
	}
	return tx.PutSetting(foundList, nil)
}

// known reports whether a partner's longer copy was found before.
func (f *Found) known(head entente.LedgerHead, first int64) bool {
	return f != nil && string(f.Checkpoint) == string(head.Checkpoint) && f.First == first
}

// takeBack keeps what a partner shows of our ledger after a restore: a head whose
// signature was checked, and the records behind ours. As far as the anchor remembers
// them, and has their root, they are ours and taken back; what is beyond waits for a
// person. Where there is no anchor all of it waits.
func (o *Outbox) takeBack(tx entente.Tx, r *Restoration, partner entente.PartyID, theirs ledger.Checkpoint, first int64, records []entente.Digest) error {
	if len(records) > maxFound {
		return &entente.Error{Kind: entente.Unavailable, Field: "records", Detail: string(partner) + " holds more records of ours than can be judged at once", Hint: "restore a newer backup"}
	}
	found := Found{Origin: theirs.Origin, Partner: partner, First: first, Size: theirs.Size, Checkpoint: theirs.Text, At: o.now()}
	roots, err := ledger.Leads(tx, theirs, first, records)
	if errors.Is(err, entente.Unverified) {
		return putFound(tx, found) // another history, or wrong records: people look
	}
	if err != nil {
		return err
	}
	sure := 0
	if r.Anchor != nil {
		at := r.Anchor.Ledgers[theirs.Origin]
		if n := at.Size - first; n > 0 && n <= int64(len(records)) && roots[n] == at.Root {
			sure = int(n)
		}
	}
	if sure > 0 {
		if err := o.append(tx, theirs, first, records[:sure]); err != nil {
			return err
		}
		o.cfg.Log.Warn("outbox: records recovered from a partner after a restore", "ledger", theirs.Origin, "from", first, "to", first+int64(sure))
	}
	if sure == len(records) {
		return dropFound(tx, theirs.Origin)
	}
	found.First, found.Records = first+int64(sure), records[sure:]
	return putFound(tx, found)
}

// append writes records that are ours: up to the head that the partner kept, or
// under a checkpoint of our own where they end before it.
func (o *Outbox) append(tx entente.Tx, theirs ledger.Checkpoint, first int64, records []entente.Digest) error {
	if first+int64(len(records)) == theirs.Size {
		return ledger.Recover(tx, theirs, first, records)
	}
	_, err := ledger.Append(tx, theirs.Origin, records, ledger.KeyName(o.cfg.Self), o.cfg.Keys.Ledger.Signer())
	return err
}
