package sqlstore

import (
	"errors"

	"entente"
	"entente/parse"
)

// ownKeys records the public keys of a descriptor, and refuses one that any
// edition of another party had, or that the same party had in another role. Every
// descriptor that this node keeps passes here, our own included.
func (t *tx) ownKeys(p entente.Party) error {
	for _, k := range parse.KeysOf(p.Keys) {
		owner, err := t.KeyOwner(k.Key)
		switch {
		case errors.Is(err, entente.NotFound):
			err = t.put(keyTable, k.Key, p.ID, k.Role, p.Edition)
		case err == nil && (owner.Party != p.ID || owner.Role != k.Role):
			err = knownKey(p.ID, k.Role, owner)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) KeyOwner(key entente.Digest) (entente.KeyOwner, error) {
	return oneOf(t, keyTable, "key", func(r row) (o entente.KeyOwner, err error) {
		return o, r.scan(nil, &o.Party, &o.Role, &o.Edition)
	}, ` where key = $1`, key)
}

func knownKey(p entente.PartyID, role string, owner entente.KeyOwner) error {
	return &entente.Error{
		Kind: entente.Invalid, Field: "keys." + role, Reason: entente.ReasonKnownKey,
		Detail: "the descriptor of " + string(p) + " names a key as its " + role + " key that is the " + owner.Role + " key of " + string(owner.Party),
		Hint:   "ask the people of " + string(p) + " for a descriptor with keys of its own: entente party rotate makes them",
	}
}
