package main

import (
	"fmt"
	"io"
	"os"

	"entente"
	"entente/outbox"
	"entente/seal"
)

// partySuccessor names the identity key that may follow the one in use. Its private
// half lies elsewhere: a thief of the identity key cannot take the party over.
type partySuccessor struct {
	Out string `arg:"" help:"Where to write the key. Take it off this machine, or print it, and keep it apart from the other keys." type:"path"`
}

func (c partySuccessor) Run(e *env) error {
	return e.with(func(l *local) error {
		keys, err := e.home.keys(e, l.settings, "identity.age")
		if err != nil {
			return err
		}
		named, err := seal.Rotate(seal.Keys{Party: l.keys.Party}, "identity")
		if err != nil {
			return err
		}
		if err := c.write(e, l.settings, named); err != nil {
			return err
		}
		digest := entente.DigestOf(named.Public().Identity)
		rec, err := l.nextEdition(e, &keys, keys, nil, func(p *entente.Party) { p.Successor = &digest })
		if err != nil {
			return err
		}
		if err := l.node.Outbox.Succeed(e.ctx, outbox.Succession{Next: rec, Keys: keys, Consent: true}); err != nil {
			return err
		}
		if _, err := e.home.publish(rec); err != nil {
			return err
		}
		return e.print(lineOf(rec, l.keys.Party), func(w io.Writer) {
			fmt.Fprintf(w, "Edition %d of our descriptor names the successor. Its key is in %s: move it away from this machine.\nWith it you go on when the identity key is lost or stolen:  entente party rotate --successor %s\n", rec.Party.Edition, c.Out, c.Out)
		})
	})
}

// write locks the successor's key as the other keys are locked.
func (c partySuccessor) write(e *env, s settings, named seal.Keys) error {
	to, err := e.relock(s)
	if err != nil {
		return err
	}
	b, err := seal.Lock(named, to)
	if err != nil {
		return err
	}
	return create(c.Out, b, 0o600)
}

// readSuccessor opens the file that partySuccessor wrote.
func (c partyRotate) readSuccessor(e *env) (seal.Keys, error) {
	s, err := e.home.settings()
	if err != nil {
		return seal.Keys{}, err
	}
	b, err := os.ReadFile(c.Successor)
	if err != nil {
		return seal.Keys{}, &entente.Error{Kind: entente.NotFound, Field: "successor", Detail: "the file of the successor's key cannot be read", Hint: "name the file that entente party successor wrote", Cause: err}
	}
	id, err := e.unlocker(s)
	if err != nil {
		return seal.Keys{}, err
	}
	k, err := seal.Unlock(b, id)
	if err == nil && k.Identity.IsZero() {
		err = &entente.Error{Kind: entente.Invalid, Field: "successor", Detail: "the file has no identity key"}
	}
	return k, err
}
