package inbox

import (
	"context"
	"errors"
	"slices"
	"strings"

	"entente"
)

// owedCustody is the setting that lists, one handle a line, the files that are
// whole and of which we could not tell their senders.
const owedCustody = "custody-owed"

// whole marks a file as whole and sends the custody notice in the same
// transaction. Where nothing can leave for the sender now, officers get the file
// all the same, and the notice is owed.
func (i *Inbox) whole(ctx context.Context, rec entente.AttachmentRecord) error {
	var held error // why the notice cannot leave
	err := i.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		held = nil
		now, err := i.complete(tx, rec)
		if err != nil || now.Handle == "" {
			return err
		}
		held = i.sendCustody(tx, now)
		return held
	})
	if err == nil || held == nil {
		return err
	}
	return i.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		now, err := i.complete(tx, rec)
		if err != nil || now.Handle == "" {
			return err
		}
		owed, err := handles(tx)
		if err != nil {
			return err
		}
		return tx.PutSetting(owedCustody, []byte(strings.Join(append(owed, rec.Handle), "\n")))
	})
}

// complete marks a file as whole. It gives an empty record where another
// transfer has done that.
func (i *Inbox) complete(tx entente.Tx, rec entente.AttachmentRecord) (entente.AttachmentRecord, error) {
	now, err := tx.Attachment(rec.Handle)
	if err != nil || !now.Complete.IsZero() {
		return entente.AttachmentRecord{}, err
	}
	now.Complete = i.now()
	return now, tx.PutAttachment(now)
}

func (i *Inbox) sendCustody(tx entente.Tx, rec entente.AttachmentRecord) error {
	of, err := tx.Message(rec.Message)
	if err != nil || i.cfg.Custody == nil {
		return err
	}
	return i.cfg.Custody(tx, of, rec.Digest, rec.Complete)
}

// payCustody sends the notices that are owed. One that the agreement forbids
// now is given up: the file is here, and the sender's own record of it stays.
func (i *Inbox) payCustody(ctx context.Context) error {
	var owed []string
	err := i.cfg.Store.View(ctx, func(tx entente.Tx) (err error) {
		owed, err = handles(tx)
		return err
	})
	if err != nil {
		return err
	}
	for _, handle := range owed {
		err := i.cfg.Store.Update(ctx, func(tx entente.Tx) error {
			rec, err := tx.Attachment(handle)
			if err == nil {
				err = i.sendCustody(tx, rec)
			}
			if err != nil && !errors.Is(err, entente.NotFound) {
				return err
			}
			return paid(tx, handle)
		})
		if errors.Is(err, entente.Denied) {
			i.cfg.Log.Warn("inbox: a custody notice is given up", "handle", handle, "err", err)
			err = i.cfg.Store.Update(ctx, func(tx entente.Tx) error { return paid(tx, handle) })
		}
		if err != nil && !errors.Is(err, entente.Unavailable) {
			return err
		}
	}
	return nil
}

// handles lists the files whose custody notice is owed.
func handles(tx entente.SettingStore) ([]string, error) {
	b, err := tx.Setting(owedCustody)
	if errors.Is(err, entente.NotFound) {
		return nil, nil
	}
	return strings.Fields(string(b)), err
}

// paid takes a file off the list.
func paid(tx entente.SettingStore, handle string) error {
	owed, err := handles(tx)
	if err != nil {
		return err
	}
	owed = slices.DeleteFunc(owed, func(h string) bool { return h == handle })
	return tx.PutSetting(owedCustody, []byte(strings.Join(owed, "\n")))
}
