package ledger_test

import (
	"bytes"
	"errors"
	"testing"

	"entente"
	"entente/ledger"

	"pgregory.net/rapid"
)

func TestExtendKeepsTheSendersCheckpoint(t *testing.T) {
	sender, mirror, _ := exchange(t, 5)
	ours, _ := mirror.Head(origin)
	theirs, _ := sender.Head(origin)
	if ours.Size != 5 || !bytes.Equal(ours.Checkpoint, theirs.Checkpoint) || !bytes.Equal(ours.Cosigned, theirs.Cosigned) {
		t.Errorf("mirror %+v, sender %+v", ours, theirs)
	}
}

func TestExtendRefuses(t *testing.T) {
	sender, mirror, _ := exchange(t, 4)
	next := send(t, sender, envelopes(4, 7)...) // checkpoints of size 5, 6 and 7
	old, err := ledger.SignAt(sender, origin, 3, borea.name(), borea.key)
	if err != nil {
		t.Fatal(err)
	}
	other := north
	other.Agreement = "south-star"
	foreign := newMemory()
	elsewhere, err := ledger.AppendEach(foreign, other.Origin(), envelopes(0, 5), borea.name(), borea.key)
	if err != nil {
		t.Fatal(err)
	}
	forged, err := ledger.SignAt(sender, origin, 5, borea.name(), cadia.key)
	if err != nil {
		t.Fatal(err)
	}
	named, err := ledger.SignAt(sender, origin, 5, cadia.name(), borea.key)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name       string
		ch         entente.Channel
		before     []entente.Digest
		record     entente.Digest
		checkpoint []byte
		sender     entente.Party
		kind       error
		reason     entente.Reason
	}{
		{"a gap", north, nil, envelope(5), next[1], borea.Party, entente.Conflict, entente.ReasonOrder},
		{"a gap filled too little", north, envelopes(4, 5), envelope(6), next[2], borea.Party, entente.Conflict, entente.ReasonOrder},
		{"a gap filled too much", north, envelopes(4, 5), envelope(5), next[0], borea.Party, entente.Conflict, entente.ReasonOrder},
		{"a place that is taken", north, nil, envelope(2), old, borea.Party, entente.Conflict, entente.ReasonOrder},
		{"another envelope", north, nil, envelope(99), next[0], borea.Party, entente.Unverified, entente.ReasonSplitView},
		{"a gap filled wrongly", north, envelopes(99, 100), envelope(5), next[1], borea.Party, entente.Unverified, entente.ReasonSplitView},
		{"another channel's checkpoint", north, nil, envelope(4), elsewhere[4], borea.Party, entente.Unverified, entente.ReasonCheckpoint},
		{"another party's channel", north, nil, envelope(4), next[0], cadia.Party, entente.Unverified, entente.ReasonCheckpoint},
		{"another party's key", north, nil, envelope(4), forged, borea.Party, entente.Unverified, entente.ReasonCheckpoint},
		{"another party's name", north, nil, envelope(4), named, borea.Party, entente.Unverified, entente.ReasonCheckpoint},
		{"no checkpoint", north, nil, envelope(4), nil, borea.Party, entente.Unverified, entente.ReasonCheckpoint},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := mirror.copyOf()
			wantError(t, ledger.Extend(m, tt.ch, tt.before, tt.record, tt.checkpoint, tt.sender), tt.kind, tt.reason)
			if m.writes != 0 || m.heads[origin].Size != 4 {
				t.Error("a refused record was written")
			}
		})
	}
}

// A refusal that is final still takes its place: extended, never cosigned.
func TestARefusedEnvelopeTakesItsPlace(t *testing.T) {
	sender, mirror, _ := exchange(t, 2)
	next := send(t, sender, envelope(2), envelope(3))
	if err := ledger.Extend(mirror, north, nil, envelope(2), next[0], borea.Party); err != nil {
		t.Fatal(err)
	}
	if got, want := mirror.heads[origin].Cosigned, sender.heads[origin].Cosigned; !bytes.Equal(got, want) {
		t.Error("extending alone changed the newest receipt")
	}
	r := deliver(t, mirror, 3, next[1])
	if _, err := ledger.CheckReceipt(r.Text, north, 3, envelope(3), borea.Party, albia.Party); err != nil {
		t.Error(err)
	}
	_, err := ledger.CheckReceipt(r.Text, north, 2, envelope(2), borea.Party, albia.Party)
	wantError(t, err, entente.Unverified, "")
}

// A sender that lost its newest entries and signs others in their places is
// caught at the first of them, with both checkpoints in hand.
func TestASplitViewCarriesBothCheckpoints(t *testing.T) {
	sender, mirror, _ := exchange(t, 3)
	backup := sender.copyOf()
	deliver(t, mirror, 3, send(t, sender, envelope(3))[0])
	ours := mirror.heads[origin].Checkpoint
	forks := send(t, backup, envelope(103), envelope(104))
	for i, fork := range forks {
		err := ledger.Extend(mirror, north, nil, envelope(103+i), fork, borea.Party)
		wantError(t, err, entente.Unverified, entente.ReasonSplitView)
		var split *ledger.SplitView
		if !errors.As(err, &split) {
			t.Fatalf("fork %d: the error carries no split view", i)
		}
		if !bytes.Equal(split.Ours, ours) || !bytes.Equal(split.Theirs, fork) {
			t.Errorf("fork %d: got %q and %q", i, split.Ours, split.Theirs)
		}
	}
}

// A partner is never accused because our own store is damaged.
func TestADamagedMirrorIsNoSplitView(t *testing.T) {
	sender, mirror, _ := exchange(t, 3)
	next := send(t, sender, envelope(3))
	mirror.hashes[origin][2][5] ^= 1
	wantError(t, ledger.Extend(mirror, north, nil, envelope(3), next[0], borea.Party), entente.Damaged, "")
}

// Whatever single thing is changed in whatever delivery, the record is refused
// for that reason and the mirror stays as it was.
func TestTamperedDeliveriesAreRefused(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		sender, mirror := newMemory(), newMemory()
		held := rapid.IntRange(0, 9).Draw(rt, "held")
		for i := range held {
			deliver(t, mirror, i, send(t, sender, envelope(i))[0])
		}
		gap := rapid.IntRange(0, 3).Draw(rt, "gap")
		all := send(t, sender, envelopes(held, held+gap+1)...)
		before, record, checkpoint, from := envelopes(held, held+gap), envelope(held+gap), all[gap], borea.Party
		reason := entente.ReasonSplitView
		switch rapid.SampledFrom([]string{"record", "before", "missing", "order", "signature", "owner"}).Draw(rt, "tamper") {
		case "record":
			record[rapid.IntRange(0, 31).Draw(rt, "byte")] ^= 1
		case "before":
			if gap == 0 {
				rt.Skip("nothing before it")
			}
			before[rapid.IntRange(0, gap-1).Draw(rt, "which")][0] ^= 1
		case "missing":
			if gap == 0 {
				rt.Skip("nothing before it")
			}
			before, reason = before[1:], entente.ReasonOrder
		case "order":
			if gap == 0 {
				rt.Skip("nothing before it")
			}
			before[gap-1], record = record, before[gap-1]
		case "signature":
			checkpoint = bytes.Clone(checkpoint)
			checkpoint[rapid.IntRange(0, len(checkpoint)-1).Draw(rt, "byte")] ^= 2
			reason = entente.ReasonCheckpoint
		case "owner":
			from, reason = cadia.Party, entente.ReasonCheckpoint
		}
		size := mirror.heads[origin].Size
		err := ledger.Extend(mirror, north, before, record, checkpoint, from)
		if got := entente.ReasonOf(err); got != reason {
			rt.Fatalf("got reason %q (%v), want %q", got, err, reason)
		}
		if mirror.heads[origin].Size != size {
			rt.Fatal("the mirror changed")
		}
	})
}
