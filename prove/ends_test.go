package prove_test

import (
	"testing"
	"time"

	"entente"
	"entente/ledger"
	"entente/parse"
	"entente/prove"
	"entente/seal"
)

// end signs where Borea's editions before the newest one end: at a size of its
// ledger.
func (w *world) end(size int64, old member, change func(*entente.EndNote)) []byte {
	w.t.Helper()
	root := entente.DigestOf(nil)
	if size > 0 {
		root = w.root(size)
	}
	e := entente.EndNote{Channel: channel, Edition: parse.EditionOf(w.borea.party), Number: w.borea.party.Edition, Size: size, Root: root, At: written.Add(time.Hour).Truncate(time.Second)}
	consent := old.keys.Ledger
	if change != nil {
		change(&e)
		if e.HasStolen {
			consent = seal.LedgerKey{}
		}
	}
	e, err := seal.SignEndNote(e, consent, w.borea.keys.Ledger)
	if err != nil {
		w.t.Fatal(err)
	}
	return e.Text
}

// root is that of the first records of Borea's ledger.
func (w *world) root(size int64) entente.Digest {
	w.t.Helper()
	again := &memory{}
	for _, r := range w.sender.records[:size] {
		w.append(again, r)
	}
	c, err := ledger.OpenCheckpoint(again.head.Checkpoint, channel.Origin(), w.borea.party)
	if err != nil {
		w.t.Fatal(err)
	}
	return c.Root
}

// An edition counts below the size of the next one's end note, and not from there
// on: a thief of old keys cannot make evidence.
func TestEvidenceUnderAnEndedEdition(t *testing.T) {
	w := newWorld(t)
	first := w.tell(note("first"))
	old := w.borea
	w.borea = old.rotate(t, "message", "ledger")
	end := w.end(1, old, nil)
	with := func(e prove.Evidence, ends ...[]byte) prove.Evidence {
		e.Sender, e.Ends = w.borea.notes, ends
		return e
	}
	if r := holds(t, with(first, end)); !says(r.Proven, "count for the first 1 place of its ledger") || says(r.NotProven, "still counted then") {
		t.Errorf("%s", r)
	}
	if r := holds(t, with(first)); !says(r.NotProven, "That the editions that signed still counted then") {
		t.Errorf("without the end note: %s", r)
	}
	fresh := w.tell(note("under the new keys"))
	holds(t, with(fresh, end))

	next := w.borea
	w.borea = old // the thief signs on
	forged := w.seal(note("forged under the old keys"))
	w.borea = next
	holds(t, with(forged)) // a verifier who was not told cannot know
	fails(t, with(forged, end), "under an edition that ended before")

	fails(t, with(first, end, end), "an end note twice")
	foreign := w.end(1, old, func(e *entente.EndNote) { e.Channel.Agreement = "south-star" })
	fails(t, with(first, foreign), "the end note of another channel")
	alone := with(first, end)
	alone.Sender = old.notes
	fails(t, alone, "an end note of an edition that is not here")
}

// Keys that were stolen undo no proof by themselves; the report says what is disputed.
func TestEvidenceUnderStolenKeys(t *testing.T) {
	for what, x := range map[string]struct {
		stolen time.Duration // after the message was written
		ended  time.Duration
		want   string
	}{
		"receipted before":      {time.Minute, time.Hour, "The receipt of albia-ncc is older than that."},
		"receipted after":       {-time.Minute, time.Hour, "The receipt of albia-ncc is not older than that."},
		"said a long time ago":  {-40 * 24 * time.Hour, time.Hour, "that is its claim alone"},
		"receipted long before": {time.Minute, 31 * 24 * time.Hour, "that is its claim alone"},
	} {
		w := newWorld(t)
		e := w.tell(note("first"))
		old := w.borea
		w.borea = old.rotate(t, "message", "ledger")
		e.Sender = w.borea.notes
		e.Ends = [][]byte{w.end(1, old, func(n *entente.EndNote) {
			n.HasStolen, n.Stolen, n.At = true, written.Add(x.stolen).Truncate(time.Second), written.Add(x.ended).Truncate(time.Second)
		})}
		if r := holds(t, e); !says(r.Remarks, x.want) || !says(r.Proven, "did not sign that") {
			t.Errorf("%s: %s", what, r)
		}
	}
}
