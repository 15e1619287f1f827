package prove_test

import (
	"bytes"
	"testing"

	"entente"
	"entente/prove"
)

func TestLaterCheckpointsContinueTheHistory(t *testing.T) {
	w, e := second(t)
	third := w.tell(note("third"))
	fourth := w.tell(note("fourth"))
	_, cosigned, _ := bytes.Cut(fourth.Receipt, []byte("\n\n"))
	e.Later = [][]byte{
		w.link(w.sender, 2, checkpoint(third)),
		w.link(w.mirror, 3, cosigned), // joins the one before
		w.link(w.sender, 2, checkpoint(fourth)),
	}
	r := holds(t, e)
	if r.SplitView || !says(r.Proven, "when it had 3 entries") || !says(r.Proven, "albia-ncc signed a receipt over it") || says(r.NotProven, "keeps to this history") {
		t.Errorf("%s", r)
	}
}

func TestAnEarlierCheckpointIsContinued(t *testing.T) {
	w := newWorld(t)
	first := w.tell(note("first"))
	e := w.tell(note("second"))
	e.Later = [][]byte{w.link(w.sender, 2, checkpoint(first))}
	r := holds(t, e)
	if r.SplitView || !says(r.Proven, "when it had 1 entry, and that is the same history.") || !says(r.NotProven, "keeps to this history") {
		t.Errorf("%s", r)
	}
}

// The sender signs another envelope in the place of one that it had sent: two
// checkpoints of one size, which is all that it takes.
func TestTwoHistoriesOfOneSize(t *testing.T) {
	w := newWorld(t)
	w.tell(note("first"))
	fork := w.sender.copyOf()
	e := w.tell(note("second"))
	e.Later = [][]byte{w.link(w.sender, 2, w.append(fork, entente.DigestOf([]byte("another"))))}
	wantTwoHistories(t, holds(t, e))
}

// The other history is longer or shorter than the envelope's, so that the tree
// must show what the shorter one would have to be.
func TestTwoHistoriesOfTwoSizes(t *testing.T) {
	w := newWorld(t)
	fork := w.sender.copyOf()
	other := w.append(fork, entente.DigestOf([]byte("another")))
	w.tell(note("first"))
	e := w.tell(note("second"))
	e.Later = [][]byte{w.link(w.sender, 2, other)}
	wantTwoHistories(t, holds(t, e))

	w.append(fork, entente.DigestOf([]byte("yet another")))
	longer := w.append(fork, entente.DigestOf([]byte("and one more")))
	w.tell(note("third"))
	w.tell(note("fourth"))
	e.Later = [][]byte{w.link(w.sender, 2, w.sender.head.Checkpoint), w.link(w.sender, 4, longer)}
	wantTwoHistories(t, holds(t, e))
}

// When the recipient cosigned both, it shares in it.
func TestTwoHistoriesThatBothSigned(t *testing.T) {
	w := newWorld(t)
	w.tell(note("first"))
	forkedSender, forkedMirror := w.sender.copyOf(), w.mirror.copyOf()
	e := w.tell(note("second"))
	sender := w.sender
	w.sender, w.mirror = forkedSender, forkedMirror
	receipt := w.tell(note("another second")).Receipt
	_, cosigned, _ := bytes.Cut(receipt, []byte("\n\n"))
	e.Later = [][]byte{w.link(sender, 2, cosigned)}
	r := holds(t, e)
	wantTwoHistories(t, r)
	if !says(r.Proven, "albia-ncc signed a receipt over it") {
		t.Errorf("%s", r)
	}
}

func wantTwoHistories(t *testing.T, r prove.Report) {
	t.Helper()
	if !r.SplitView || !says(r.Proven, "TWO HISTORIES. borea-sls signed two versions") {
		t.Errorf("%s", r)
	}
}

func TestLinksThatLeadNowhereAreRefused(t *testing.T) {
	w, e := second(t)
	third := w.tell(note("third"))
	good := w.link(w.sender, 2, checkpoint(third))
	forged := newWorld(t)
	forged.borea = newMember(t, "cadia-fiu", "Financial Intelligence Unit", "XC")
	foreign := forged.append(forged.sender, entente.DigestOf(nil))
	for name, later := range map[string][]byte{
		"with a checkpoint that is not here": w.link(w.sender, 3, checkpoint(third)),
		"to somebody else's checkpoint":      w.link(w.sender, 2, foreign),
		"with another root":                  bytes.Replace(good, good[bytes.Index(good, []byte("root ")):][:12], []byte("root AAAAAAA"), 1),
		"without a proof":                    append(bytes.Clone(good[:bytes.Index(good, []byte("root "))+50]), good[bytes.Index(good, []byte("\n\n"))+1:]...),
		"that is none":                       checkpoint(third),
		"that is empty":                      {'\n'},
	} {
		c := e
		c.Later = [][]byte{later}
		fails(t, c, name)
	}
	alone := e
	alone.Receipt, alone.Later = nil, [][]byte{good}
	fails(t, alone, "without the envelope's checkpoint")
}
