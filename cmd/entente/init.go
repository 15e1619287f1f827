package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"filippo.io/age"

	"entente"
	"entente/casework"
	"entente/parse"
	"entente/seal"
	"entente/sqlstore"
)

type initCmd struct {
	Party    string `required:"" help:"Our id, for example albia-ncc."`
	Name     string `required:"" help:"The agency's name, in any script."`
	Country  string `required:"" help:"ISO 3166 code, two capitals."`
	Endpoint string `help:"Where partners reach the node: https://host:port. Leave it out if the node only dials out."`
	Wire     string `help:"Where the node listens for partners." default:"0.0.0.0:8443"`
	Desk     string `help:"Where the desk listens." default:"127.0.0.1:8080"`
	DeskURL  string `help:"Where officers find the desk." name:"desk-url" default:"http://localhost:8080"`
	Store    string `help:"File in the home folder, or postgres://… with the password in the file that PGPASSFILE names." default:"entente.db"`
	KeyFile  string `help:"Make an age identity here that opens the keys, instead of a passphrase." name:"key-file" type:"path"`
	Operator string `help:"Id of the first officer, an operator." default:"operator"`
	Phone    string `help:"Telephone of the duty desk, for the descriptor."`
	Email    string `help:"E-mail of the duty desk, for the descriptor."`
	Hours    string `help:"When the duty desk can be reached." default:"24/7"`
}

// Run makes everything, and the settings last: a folder with settings is a node
// that is whole. Keys that exist are never written over.
func (c initCmd) Run(e *env) (err error) {
	makes := []string{e.home.path("config.toml"), e.home.path("keys", "identity.age"), e.home.path("keys", "node.age"), c.descriptorFile(e)}
	if c.KeyFile != "" {
		makes = append(makes, c.KeyFile)
	}
	for _, file := range makes {
		if err := absent(file); err != nil {
			return &entente.Error{Kind: entente.Conflict, Detail: file + " exists already", Hint: "choose another folder with --home, or another name", Cause: err}
		}
	}
	defer func() {
		if err != nil {
			for _, file := range makes {
				os.Remove(file)
			}
		}
	}()
	return c.setUp(e)
}

func (c initCmd) setUp(e *env) (err error) {
	party, err := c.descriptor()
	if err != nil {
		return err
	}
	keys, err := seal.Generate(party.ID)
	if err != nil {
		return err
	}
	party = party.Able().Greased()
	party.Keys = keys.Public()
	note, err := seal.SignParty(party, keys)
	if err != nil {
		return err
	}
	if err := c.keep(e, keys, note); err != nil {
		return err
	}
	s := settings{Party: party.ID, Store: c.Store, Wire: c.Wire, Desk: c.Desk, DeskURL: c.DeskURL, KeyFile: c.KeyFile, MaxAttachment: 1 << 30}
	if party.DialsOut() {
		s.Wire = ""
	}
	store, err := e.home.store(e, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if err := c.fill(e, store, party, note); err != nil {
		return err
	}
	code, err := invite(e, store, keys, s, entente.OfficerID(c.Operator))
	if err != nil {
		return err
	}
	if err := e.home.save(s); err != nil {
		return err
	}
	return c.tell(e, s, seal.Fingerprint(party), code)
}

// tell says what is to be done next.
func (c initCmd) tell(e *env, s settings, fingerprint, code string) error {
	file := c.descriptorFile(e)
	return e.print(map[string]string{"party": c.Party, "fingerprint": fingerprint, "descriptor": file, "operator": c.Operator, "invitation": code}, func(w io.Writer) {
		fmt.Fprintf(w, "The node of %s is set up in %s.\n\n", c.Party, e.home)
		fmt.Fprintf(w, "  descriptor    %s   (give it to your partners)\n", file)
		fmt.Fprintf(w, "  fingerprint   %s   (read it to them by voice)\n", fingerprint)
		fmt.Fprintf(w, "  identity key  %s   (signs agreements; keep it off this machine between times)\n", e.home.path("keys", "identity.age"))
		fmt.Fprintf(w, "\nFirst officer: %s, an operator. Once the node runs, he opens\n  %s/invitation\nand enters the code  %s  (valid 7 days).\n", c.Operator, s.DeskURL, code)
		fmt.Fprintf(w, "\nNext: entente party add, entente agreement sign, entente officer add, entente node.\n")
	})
}

func (c initCmd) descriptorFile(e *env) string { return e.home.path("parties", c.Party+".txt") }

// keep writes the keys and the descriptor to their folders.
func (c initCmd) keep(e *env, keys seal.Keys, note []byte) error {
	if err := errors.Join(os.MkdirAll(e.home.path("keys"), 0o700), os.MkdirAll(e.home.path("parties"), 0o700)); err != nil {
		return err
	}
	lock, err := c.lock(e)
	if err != nil {
		return err
	}
	if err := saveKeys(e.home, keys, lock); err != nil {
		return err
	}
	return replace(c.descriptorFile(e), note, 0o644)
}

func (c initCmd) descriptor() (entente.Party, error) {
	id, err := entente.ParsePartyID(c.Party)
	if err != nil {
		return entente.Party{}, err
	}
	land, err := country("country", c.Country)
	if err != nil {
		return entente.Party{}, err
	}
	return entente.Party{
		ID: id, Edition: 1, Name: c.Name, Country: land, Issued: now().Truncate(time.Second), Endpoint: c.Endpoint,
		Contacts: []entente.Contact{{Role: "duty desk", Phone: c.Phone, Email: c.Email, Hours: c.Hours}},
	}, casework.CheckOfficer(entente.Officer{ID: entente.OfficerID(c.Operator), Name: c.Operator, Role: entente.Operator})
}

// fill puts our descriptor and the first officer into an empty store.
func (c initCmd) fill(e *env, store *sqlstore.Store, p entente.Party, note []byte) error {
	return store.Update(e.ctx, func(tx entente.Tx) error {
		known, err := tx.Parties()
		if err != nil {
			return err
		}
		if len(known) > 0 {
			return &entente.Error{Kind: entente.Conflict, Detail: "this store belongs to a node already", Hint: "name an empty one with --store"}
		}
		at := now()
		if err := tx.PutParty(entente.PartyRecord{Party: p, Note: note, Added: at, Checked: "init"}); err != nil {
			return err
		}
		if err := entente.PutOwner(tx, entente.Owner{Party: p.ID, Number: p.Edition, Edition: parse.EditionOf(p)}); err != nil {
			return err
		}
		return tx.PutOfficer(entente.Officer{ID: entente.OfficerID(c.Operator), Name: c.Operator, Role: entente.Operator, Added: at})
	})
}

// lock gives what the key files are encrypted to.
func (c initCmd) lock(e *env) (age.Recipient, error) {
	if c.KeyFile != "" {
		return newKeyFile(c.KeyFile)
	}
	pass, err := e.newPassphrase()
	if err != nil {
		return nil, err
	}
	return age.NewScryptRecipient(pass)
}
