package main

import (
	"errors"

	"github.com/google/uuid"

	"entente"
	"entente/api"
)

// lost kills Borea's node between an act and its answer. The officer's client asks
// again with its key, and is answered; the act was done once.
func (k *killings) lost() {
	k.t.Helper()
	note := api.NewDraft{To: k.albia.who.ID, Agreement: "north-star", Statement: api.Content{
		Kind: entente.KindNote, Purpose: "terrorism-prevention", Re: k.tips[0].id, Note: &entente.Note{Text: "We look into it."},
	}}
	before := k.notes()
	key := uuid.NewString()
	send := func() (api.Sent, error) {
		c, err := k.borea.as[entente.Analyst].WithKey(key)
		if err != nil {
			k.t.Fatal(err)
		}
		return c.Send(k.ctx, note)
	}
	k.borea.kill()
	k.borea.start("released:1")
	if sent, err := send(); !errors.Is(err, entente.Unavailable) {
		k.t.Fatalf("the node was to die before it answers: %+v, %v", sent, err)
	}
	k.borea.died()
	if n := k.notes() - before; n != 1 {
		k.t.Fatalf("%d notes were released before the kill", n)
	}
	k.borea.start("")
	first, err := send()
	if err != nil || !first.Released {
		k.t.Fatalf("asked again: %+v, %v", first, err)
	}
	if again, err := send(); err != nil || again != first {
		k.t.Errorf("asked a third time: %+v, %v", again, err)
	}
	if n := k.notes() - before; n != 1 {
		k.t.Errorf("the note was released %d times", n)
	}
}

// notes counts what Borea released as notes.
func (k *killings) notes() (n int) {
	k.borea.view(func(tx entente.Tx) error {
		all, err := tx.Messages(entente.MessageQuery{Direction: entente.Outgoing, Kinds: []entente.Kind{entente.KindNote}, Limit: 10_000})
		n = len(all)
		return err
	})
	return n
}
