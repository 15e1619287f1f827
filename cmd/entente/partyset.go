package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"entente"
	"entente/outbox"
	"entente/seal"
)

// partySet changes what our descriptor says. A flag that is left out changes
// nothing; an empty one takes the field away.
type partySet struct {
	Name     *string `help:"The agency's name."`
	Country  *string `help:"The agency's country, by its code of ISO 3166-1."`
	Endpoint *string `help:"Where partners reach the node: https://host:port. Empty: the node only dials out."`
	Phone    *string `help:"Telephone of the duty desk."`
	Email    *string `help:"E-mail of the duty desk."`
	Hours    *string `help:"When the duty desk can be reached."`
}

func (c partySet) Run(e *env) error {
	if c == (partySet{}) {
		return &entente.Error{Kind: entente.Invalid, Detail: "nothing is to be changed", Hint: "name what is: --name, --country, --endpoint, --phone, --email or --hours"}
	}
	if c.Country != nil {
		land, err := country("country", *c.Country)
		if err != nil {
			return err
		}
		*c.Country = string(land)
	}
	return e.with(func(l *local) error {
		keys, err := e.home.keys(e, l.settings, "identity.age")
		if err != nil {
			return err
		}
		rec, err := l.nextEdition(e, &keys, keys, nil, c.change)
		if err != nil {
			return err
		}
		if err := l.node.Outbox.Succeed(e.ctx, outbox.Succession{Next: rec, Keys: keys, Consent: true}); err != nil {
			return err
		}
		file, err := e.home.publish(rec)
		if err != nil {
			return err
		}
		return e.print(lineOf(rec, l.keys.Party), func(w io.Writer) {
			fmt.Fprintf(w, "Edition %d of our descriptor is announced to every partner under an agreement in force, and stands in %s.\n", rec.Party.Edition, file)
			if c.Endpoint != nil {
				fmt.Fprintf(w, "Set  wire  in %s to fit, and restart the node. Partners who cannot be reached meanwhile need the file: entente party add.\n", e.home.path("config.toml"))
			}
		})
	})
}

func (c partySet) change(p *entente.Party) {
	set := func(field *string, to *string) {
		if to != nil {
			*field = *to
		}
	}
	set(&p.Name, c.Name)
	if c.Country != nil {
		p.Country = entente.Country(*c.Country)
	}
	set(&p.Endpoint, c.Endpoint)
	if len(p.Contacts) == 0 {
		p.Contacts = []entente.Contact{{Role: "duty desk"}}
	}
	set(&p.Contacts[0].Phone, c.Phone)
	set(&p.Contacts[0].Email, c.Email)
	set(&p.Contacts[0].Hours, c.Hours)
}

// nextEdition is our descriptor with a change, signed with the keys that it names
// and with the identity key before, if that was another. It is not yet kept.
//
// all are the keys in the identity key's file. The file says that the number is
// used before anything is signed under it.
func (l *local) nextEdition(e *env, all *seal.Keys, next seal.Keys, before []seal.IdentityKey, change func(*entente.Party)) (entente.PartyRecord, error) {
	var newest entente.PartyRecord
	err := l.store.View(e.ctx, func(tx entente.Tx) (err error) {
		newest, err = tx.Party(l.keys.Party)
		return err
	})
	if err != nil {
		return newest, err
	}
	p := newest.Party.Able()
	p.Contacts = append([]entente.Contact(nil), p.Contacts...)
	change(&p)
	p.Edition, p.Issued = max(newest.Party.Edition, all.Signed.Edition)+1, now().Truncate(time.Second)
	if p.Issued.Before(newest.Party.Issued) {
		p.Issued = newest.Party.Issued
	}
	if all.Signed, err = all.Signed.WithEdition(p.Edition); err != nil {
		return newest, err
	}
	if err := e.home.keepIdentity(e, l.settings, *all); err != nil {
		return newest, err
	}
	p = p.Greased()
	note, err := seal.SignParty(p, next, before...)
	return entente.PartyRecord{Party: p, Note: note, Added: now(), Checked: newest.Checked}, err
}

// keepIdentity writes the identity key's file again.
func (h home) keepIdentity(e *env, s settings, all seal.Keys) error {
	to, err := e.relock(s)
	if err != nil {
		return err
	}
	b, err := seal.Lock(all, to)
	if err != nil {
		return err
	}
	return replace(h.path("keys", "identity.age"), b, 0o600)
}

// publish writes our descriptor to where people take it from, and says where.
func (h home) publish(rec entente.PartyRecord) (string, error) {
	file := h.path("parties", string(rec.Party.ID)+".txt")
	if err := os.MkdirAll(h.path("parties"), 0o700); err != nil {
		return "", err
	}
	return file, replace(file, rec.Note, 0o644)
}
