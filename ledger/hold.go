package ledger

import (
	"bytes"

	"entente"
	"entente/parse"

	"golang.org/x/mod/sumdb/tlog"
)

// HoldTo extends our copy of a channel's ledger to the size of an end note. Records
// are those of the places that our copy lacks; none where it lacks nothing. The
// root must come out as the end note says. The end note then stands for the
// checkpoint of its size.
//
// Unverified: records do not lead there. Where our copy reaches the size and has
// another root, the error carries a *SplitView.
func HoldTo(s Store, e entente.EndNote, records []entente.Digest) error {
	origin := e.Channel.Origin()
	head, edge, err := load(s, origin)
	if err != nil {
		return err
	}
	if head.Size >= e.Size {
		root, err := Root(s, origin, e.Size)
		if err == nil && root != e.Root {
			err = splitView(head.Checkpoint, e.Text)
		}
		return err
	}
	if int64(len(records)) != e.Size-head.Size {
		return &entente.Error{Kind: entente.Unavailable, Field: "records", Detail: "the records up to the end note are not all here", Reason: entente.ReasonEndMissing}
	}
	edge.grow(len(records))
	for _, r := range records {
		edge.add(r)
	}
	if edge.root() != e.Root {
		return &entente.Error{Kind: entente.Unverified, Field: "records", Detail: "our copy and these records together are not the history of the end note", Reason: entente.ReasonSplitView, Cause: &SplitView{Ours: head.Checkpoint, Theirs: e.Text}}
	}
	_, err = edge.write(s, head, records, e.Text)
	return err
}

// Cutter is a store that can drop the end of a ledger.
type Cutter interface {
	Store
	CutLedger(origin string, records, hashes int64) error // keeps so many of each, from the first on
}

// ReplaceBy makes our copy of a ledger the history of an end note, whose records
// from the first on are given. It returns the first place of which our copy had
// another record, or one that the end note does not vouch for: what was filed from
// there on is void.
//
// Unverified: the records do not lead to the root of the end note.
func ReplaceBy(s Cutter, e entente.EndNote, records []entente.Digest) (void int64, err error) {
	origin := e.Channel.Origin()
	if int64(len(records)) != e.Size || rootOf(records) != e.Root {
		return 0, &entente.Error{Kind: entente.Unverified, Field: "records", Detail: "these records are not the history of the end note", Reason: entente.ReasonSplitView}
	}
	head, err := s.Head(origin)
	if err != nil {
		return 0, err
	}
	if void, err = commonPlaces(s, head, records); err != nil {
		return 0, err
	}
	if err := s.CutLedger(origin, void, tlog.StoredHashCount(void)); err != nil {
		return 0, err
	}
	edge := &edge{size: void}
	if edge.peaks, err = (reader{s, origin}).ReadHashes(edgeIndexes(void)); err != nil {
		return 0, err
	}
	head.Size = void
	rest := records[void:]
	edge.grow(len(rest))
	for _, r := range rest {
		edge.add(r)
	}
	checkpoint := e.Text
	if e.Size == 0 {
		checkpoint = nil
	}
	_, err = edge.write(s, head, rest, checkpoint)
	return void, err
}

func rootOf(records []entente.Digest) entente.Digest {
	e := &edge{}
	for _, r := range records {
		e.add(r)
	}
	return e.root()
}

// commonPlaces counts the places from the first on at which our copy has the same
// records.
func commonPlaces(s Store, head entente.LedgerHead, records []entente.Digest) (int64, error) {
	n := min(head.Size, int64(len(records)))
	for at := int64(0); at < n; {
		ours, err := s.Records(head.Origin, at, int(min(n-at, 1000)))
		if err != nil {
			return 0, err
		}
		if len(ours) == 0 {
			return 0, damaged("records of the tree are missing")
		}
		for i, r := range ours {
			if r != records[at+int64(i)] {
				return at + int64(i), nil
			}
		}
		at += int64(len(ours))
	}
	return n, nil
}

// ReadHead reads the text that stands for the newest size of a ledger: a checkpoint,
// or an end note. It checks no signature: for our own, from our own store.
func ReadHead(text []byte) (Checkpoint, error) {
	if !bytes.HasPrefix(text, []byte("entente/1 end\n")) {
		return readCheckpoint(text)
	}
	i := bytes.LastIndex(text, []byte("\n\n"))
	if i < 0 {
		return Checkpoint{}, errCheckpoint
	}
	e, err := parse.EndNote(text[:i+1])
	return Checkpoint{Origin: e.Channel.Origin(), Size: e.Size, Root: e.Root, Text: text}, err
}
