package main

import (
	"fmt"
	"io"

	"entente"
	"entente/outbox"
	"entente/succession"
)

// partyAccept is a person's decision about a partner's newest edition, where its
// keys were stolen, its older keys do not consent, or its history contradicts ours.
type partyAccept struct {
	ID          string `arg:"" help:"Party."`
	Fingerprint string `required:"" help:"What its people read to you by telephone: eight groups of four characters."`
	By          string `required:"" help:"Your officer id."`
}

func (c partyAccept) Run(e *env) error {
	return e.with(func(l *local) error {
		var done succession.Accepted
		var rec entente.PartyRecord
		err := l.act(e.ctx, entente.OpManageParties, "newest edition of "+c.ID, func(tx entente.Tx) (err error) {
			if rec, err = checkFingerprint(tx, entente.PartyID(c.ID), entente.OfficerID(c.By), c.Fingerprint); err != nil {
				return err
			}
			if err := succession.ChooseIdentity(tx, rec.Party.ID); err != nil {
				return err
			}
			done, err = succession.Accept(tx, rec.Party.ID, rec.Checked, now())
			return err
		})
		if err != nil {
			return err
		}
		return e.print(map[string]any{"party": c.ID, "edition": rec.Party.Edition, "channels": done.Channels, "fetching": done.Fetching, "void": done.Void}, func(w io.Writer) {
			fmt.Fprintf(w, "Edition %d of %s is accepted. Channels that go on: %d.\n", rec.Party.Edition, c.ID, done.Channels)
			if done.Fetching > 0 {
				fmt.Fprintf(w, "Records of %d channels are fetched from the partner first.\n", done.Fetching)
			}
			for _, v := range done.Void {
				fmt.Fprintf(w, "VOID: %s, place %d of %s. Its sender does not vouch for it. Tell everybody who acted on it.\n", v.Message, v.Seq, v.Origin)
			}
		})
	})
}

// partyTold lists which edition of our descriptor each partner has confirmed.
type partyTold struct{}

func (partyTold) Run(e *env) error {
	return e.with(func(l *local) error {
		told, err := l.node.Outbox.WhoIsTold(e.ctx)
		if err != nil {
			return err
		}
		used, err := inUse(e, l.store)
		if err != nil {
			return err
		}
		if told == nil {
			told = []outbox.Told{}
		}
		return e.print(map[string]any{"edition": used.Edition, "partners": told}, func(w io.Writer) {
			fmt.Fprintf(w, "Edition %d of our descriptor is in use.\n", used.Edition)
			for _, t := range told {
				if t.Edition >= used.Edition || used.Edition == 1 {
					fmt.Fprintf(w, "%s  knows it\n", t.Partner)
					continue
				}
				fmt.Fprintf(w, "%s  HAS NOT CONFIRMED IT: the newest edition that it confirmed is %d\n", t.Partner, max(t.Edition, 1))
			}
		})
	})
}
