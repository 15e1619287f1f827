package entente

import (
	"fmt"
	"strconv"
	"strings"
)

// Owner says whose a store is, and which edition of the party's descriptor is in
// use: the keys of that edition sign and open. A store, its keys and the
// configuration belong to one party, or nothing starts.
type Owner struct {
	Party   PartyID
	Number  int    // of the edition in use
	Edition Digest // of its text
}

const ownerSetting = "owner"

// String writes the owner as ParseOwner reads it: "albia-ncc 2 9f86d0…".
func (o Owner) String() string { return fmt.Sprintf("%s %d %s", o.Party, o.Number, o.Edition) }

// ParseOwner reads what String writes.
func ParseOwner(s string) (Owner, error) {
	parts := strings.Split(s, " ")
	if len(parts) != 3 {
		return Owner{}, &Error{Kind: Damaged, Field: "owner", Detail: "the store does not say whose it is", Hint: "restore a backup"}
	}
	party, err := ParsePartyID(parts[0])
	if err != nil {
		return Owner{}, err
	}
	number, err := strconv.Atoi(parts[1])
	if err != nil || number < 1 {
		return Owner{}, &Error{Kind: Damaged, Field: "owner", Detail: "the store does not say which edition of the descriptor is in use", Hint: "restore a backup"}
	}
	edition, err := ParseDigest(parts[2])
	return Owner{Party: party, Number: number, Edition: edition}, err
}

// OwnerOf returns whose a store is. NotFound: no party has set it up.
func OwnerOf(tx SettingStore) (Owner, error) {
	b, err := tx.Setting(ownerSetting)
	if err != nil {
		return Owner{}, err
	}
	return ParseOwner(string(b))
}

// PutOwner sets whose a store is. A rotation calls it in the transaction that
// stores the new edition.
func PutOwner(tx SettingStore, o Owner) error { return tx.PutSetting(ownerSetting, []byte(o.String())) }
