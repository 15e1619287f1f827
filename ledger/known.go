package ledger

import (
	"bytes"
	"fmt"

	"entente"
)

// Archive is the part of a store that keeps editions and end notes.
type Archive interface {
	PartyEditions(entente.PartyID) ([]entente.PartyRecord, error) // oldest first
	Ends(origin string) ([]entente.EndRecord, error)              // by number
}

// Known is the succession of the owner of one channel, with its descriptors. They
// stand in the order of Editions.
type Known struct {
	Succession
	Channel entente.Channel
	Parties []entente.PartyRecord
}

// KnownOf reads what is known here of the owner of a channel. For a receipt or a
// refusal ask for the channel back: its owner signed it.
func KnownOf(a Archive, ch entente.Channel) (Known, error) {
	k := Known{Channel: ch}
	records, err := a.PartyEditions(ch.From)
	if err != nil {
		return k, err
	}
	for _, r := range records {
		k.AddEdition(r)
	}
	ends, err := a.Ends(ch.Origin())
	for _, e := range ends {
		k.Ends = append(k.Ends, End{e.Note, e.State == entente.EndWaits})
	}
	return k, err
}

// AddEdition adds a descriptor, newer than those that are known.
func (k *Known) AddEdition(r entente.PartyRecord) {
	k.Parties = append(k.Parties, r)
	k.Editions = append(k.Editions, Edition{r.Party.Edition, r.Edition})
}

// Party returns the descriptor of an edition. False: it is not known.
func (k Known) Party(edition entente.Digest) (entente.PartyRecord, bool) {
	for i, e := range k.Editions {
		if e.Digest == edition {
			return k.Parties[i], true
		}
	}
	return entente.PartyRecord{}, false
}

// Under returns the descriptor under which something was signed, if that counts for
// a place of the channel; otherwise an error whose reason says whether to ask again.
func (k Known) Under(o Object, edition entente.Digest, place int64) (entente.PartyRecord, error) {
	if err := k.err(o, edition, place); err != nil {
		return entente.PartyRecord{}, err
	}
	p, _ := k.Party(edition)
	return p, nil
}

// err puts a verdict into words.
func (k Known) err(o Object, edition entente.Digest, place int64) error {
	again := func(r entente.Reason, detail string) error {
		return &entente.Error{Kind: entente.Unavailable, Field: "edition", Detail: detail, Reason: r}
	}
	switch Counts(k.Succession, o, edition, place) {
	case VerdictCounts:
		return nil
	case VerdictUnknown:
		return again(entente.ReasonFutureEdition, "this edition of the descriptor of "+string(k.Channel.From)+" is not here yet")
	case VerdictMissing:
		return again(entente.ReasonEndMissing, string(k.Channel.From)+" has a newer edition, and its end note for this channel is not here yet")
	case VerdictStop:
		return again(entente.ReasonEndMissing, "a person here has to accept the newest edition of "+string(k.Channel.From)+" first")
	}
	reason := entente.ReasonEdition
	if o == OfCheckpoint {
		reason = entente.ReasonCheckpoint
	}
	return &entente.Error{Kind: entente.Unverified, Field: "edition", Detail: fmt.Sprintf("the edition under which it is signed does not count for place %d of the channel", place), Reason: reason}
}

// OpenCheckpoint reads a checkpoint of the channel that its owner signed under an
// edition that counts for the last place. An end note that is known here stands for
// a checkpoint of its size.
//
// It returns the edition, too. Where several have the ledger key, that is the newest.
func (k Known) OpenCheckpoint(text []byte) (Checkpoint, entente.PartyRecord, error) {
	if c, p, ok := k.endAsHead(text); ok {
		return c, p, nil
	}
	var first error
	for i := len(k.Parties) - 1; i >= 0; i-- {
		c, err := OpenCheckpoint(text, k.Channel.Origin(), k.Parties[i].Party)
		if err == nil {
			return c, k.Parties[i], k.checkHead(i, c)
		}
		if first == nil {
			first = err
		}
	}
	if first == nil {
		first = &entente.Error{Kind: entente.Unverified, Field: "from", Detail: "there is no descriptor of " + string(k.Channel.From) + " here", Reason: entente.ReasonUnknownSender}
	}
	return Checkpoint{}, entente.PartyRecord{}, first
}

// checkHead asks whether the edition counts. Where it contradicts an end note of a
// later edition at its very size, the end note decides.
func (k Known) checkHead(i int, c Checkpoint) error {
	if err := k.err(OfCheckpoint, k.Editions[i].Digest, c.Size-1); err != nil {
		return err
	}
	if end, ok := k.Newest(); ok && k.Editions[i].Number < end.Number && end.Size == c.Size && end.Root != c.Root {
		return &entente.Error{Kind: entente.Unverified, Field: "checkpoint", Detail: "the end note of a later edition names another root for this size", Reason: entente.ReasonCheckpoint}
	}
	return nil
}

func (k Known) endAsHead(text []byte) (Checkpoint, entente.PartyRecord, bool) {
	for _, e := range k.Ends {
		if e.Size > 0 && bytes.Equal(e.Text, text) {
			p, ok := k.Party(e.Edition)
			return Checkpoint{Origin: e.Channel.Origin(), Size: e.Size, Root: e.Root, Text: e.Text}, p, ok
		}
	}
	return Checkpoint{}, entente.PartyRecord{}, false
}

// Ended reports whether the end note of a later edition than this number is known.
func (k Known) Ended(number int) bool {
	end, ok := k.Newest()
	return ok && number < end.Number
}
