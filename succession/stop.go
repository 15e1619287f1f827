package succession

import (
	"errors"

	"entente"
	"entente/ledger"
)

// twinSetting keeps two descriptors of one number.
func twinSetting(p entente.PartyID) string { return "two-descriptors:" + string(p) }

func keepTwin(tx entente.SettingStore, p entente.PartyID, a, b []byte) error {
	kept, err := notFound(tx.Setting(twinSetting(p)))
	if err != nil || len(kept) > 0 {
		return err // the first two say enough
	}
	return tx.PutSetting(twinSetting(p), append(append(append([]byte{}, a...), '\n'), b...))
}

// Twin returns the two descriptors of one number that a party has signed; nil: none.
func Twin(tx entente.SettingStore, p entente.PartyID) ([]byte, error) {
	return notFound(tx.Setting(twinSetting(p)))
}

// ChooseIdentity ends the stop that two descriptors of one number caused: people
// compared the fingerprint of the one that is kept here.
func ChooseIdentity(tx entente.SettingStore, p entente.PartyID) error {
	kept, err := Twin(tx, p)
	if err != nil || len(kept) == 0 {
		return err
	}
	return tx.PutSetting(twinSetting(p), nil)
}

func keepSplit(tx entente.SettingStore, origin string, ours, theirs []byte) error {
	_, err := ledger.KeepSplit(tx, origin, ours, theirs)
	return err
}

// pastSplit keeps the evidence of a fork that has ended.
func pastSplit(origin string) string { return "past-split-view:" + origin }

// endStop ends the stop of a channel; the evidence stays.
func endStop(tx entente.SettingStore, origin string) error {
	kept, err := notFound(tx.Setting(entente.SplitView(origin)))
	if err != nil || len(kept) == 0 {
		return err
	}
	past, err := notFound(tx.Setting(pastSplit(origin)))
	if err != nil {
		return err
	}
	if len(past) < 1<<20 {
		past = append(past, kept...)
	}
	return errors.Join(tx.PutSetting(pastSplit(origin), past), tx.PutSetting(entente.SplitView(origin), nil))
}

// Forked reports whether a channel is stopped because of two histories.
func Forked(tx entente.SettingStore, origin string) (bool, error) {
	kept, err := notFound(tx.Setting(entente.SplitView(origin)))
	return len(kept) > 0, err
}

// MayPass returns why nothing of a channel is filed and nothing is sealed into it
// now, or nil. A fork in either channel of the pair stops both; what is owed for
// earlier messages is not stopped by a fork.
func MayPass(tx entente.Tx, ch entente.Channel, class entente.Class) error {
	for _, p := range []entente.PartyID{ch.From, ch.To} {
		twin, err := Twin(tx, p)
		if err != nil {
			return err
		}
		if len(twin) > 0 {
			return stopped("two descriptors of one number claim to be "+string(p), "call its people; then record the fingerprint with entente party accept")
		}
	}
	if class == entente.ClassDuty {
		return nil
	}
	for _, c := range []entente.Channel{ch, ch.Back()} {
		forked, err := Forked(tx, c.Origin())
		if err != nil {
			return err
		}
		if forked {
			return stopped("two histories of the ledger "+c.Origin()+" are signed", "both are kept as evidence: "+string(c.From)+" makes a new edition that says which counts, and a person at "+string(c.To)+" accepts it")
		}
	}
	return nil
}

func stopped(detail, hint string) error {
	return &entente.Error{Kind: entente.Denied, Reason: entente.ReasonSplitView, Detail: detail, Hint: hint}
}
