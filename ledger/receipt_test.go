package ledger_test

import (
	"bytes"
	"crypto"
	"strings"
	"testing"
	"time"

	"entente"
	"entente/ledger"

	f_note "github.com/transparency-dev/formats/note"
	f_proof "github.com/transparency-dev/formats/proof"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const cryptoNone = crypto.Hash(0)

func TestAReceiptSaysWhoWhatWhereWhen(t *testing.T) {
	_, _, receipts := exchange(t, 6)
	for i, given := range receipts {
		got, err := ledger.CheckReceipt(given.Text, north, int64(i), envelope(i), borea.Party, albia.Party)
		if err != nil {
			t.Fatal(err)
		}
		if got.Channel != north || got.Seq != int64(i) || got.Envelope != envelope(i) || !got.At.Equal(noon) || !bytes.Equal(got.Text, given.Text) {
			t.Errorf("receipt %d: %+v", i, got)
		}
		if given.Seq != got.Seq || given.Envelope != got.Envelope || !given.At.Equal(got.At) {
			t.Errorf("receipt %d: given as %+v, read as %+v", i, given, got)
		}
	}
}

func TestEveryChangeOfAReceiptIsRefused(t *testing.T) {
	_, _, receipts := exchange(t, 6)
	changed(receipts[5].Text, func(what string, b []byte) {
		if _, err := ledger.CheckReceipt(b, north, 5, envelope(5), borea.Party, albia.Party); entente.KindOf(err) != entente.Unverified {
			t.Errorf("%s: %v", what, err)
		}
	})
}

func TestAReceiptIsForOneEnvelopeOfOneChannel(t *testing.T) {
	_, _, receipts := exchange(t, 6)
	text := receipts[5].Text
	other := north
	other.Agreement = "south-star"
	for name, check := range map[string]func() error{
		"another envelope":   func() error { return checkReceipt(text, north, 5, envelope(4), borea, albia) },
		"another place":      func() error { return checkReceipt(text, north, 4, envelope(5), borea, albia) },
		"another channel":    func() error { return checkReceipt(text, other, 5, envelope(5), borea, albia) },
		"the way back":       func() error { return checkReceipt(text, north.Back(), 5, envelope(5), albia, borea) },
		"another sender":     func() error { return checkReceipt(text, north, 5, envelope(5), cadia, albia) },
		"another recipient":  func() error { return checkReceipt(text, north, 5, envelope(5), borea, cadia) },
		"an earlier receipt": func() error { return checkReceipt(receipts[4].Text, north, 5, envelope(5), borea, albia) },
		"the sender's new key": func() error {
			return checkReceipt(text, north, 5, envelope(5), agency{entente.Party{ID: borea.ID, Keys: cadia.Keys}, nil}, albia)
		},
	} {
		wantError(t, check(), entente.Unverified, "")
		if t.Failed() {
			t.Fatal(name)
		}
	}
}

func checkReceipt(text []byte, ch entente.Channel, seq int64, envelope entente.Digest, from, to agency) error {
	_, err := ledger.CheckReceipt(text, ch, seq, envelope, from.Party, to.Party)
	return err
}

// Two signatures, in their order, and the size that makes them speak of this
// envelope: everything else that a clever partner could put together is refused.
func TestAReceiptHasOneForm(t *testing.T) {
	sender, mirror, receipts := exchange(t, 6)
	text := string(receipts[5].Text)
	head, lines, _ := strings.Cut(text, "\n\n")
	body, signatures, _ := strings.Cut(lines, "\n\n")
	sigs := strings.SplitAfter(signatures, "\n")
	stranger, _, _ := noteKeys(t, cadia)
	third := string(signText(t, body+"\n", stranger))
	third = third[strings.LastIndex(strings.TrimSuffix(third, "\n"), "\n")+1:]
	place, err := ledger.ProvePlace(sender, origin, 5, mirror.heads[origin].Checkpoint)
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string]string{
		"no cosignature":        string(place),
		"no signature":          head + "\n\n" + body + "\n\n" + sigs[1],
		"the other order":       head + "\n\n" + body + "\n\n" + sigs[1] + sigs[0],
		"a third signature":     text + third,
		"a cosignature twice":   text + sigs[1],
		"extra data":            strings.Replace(text, "index", "extra YQ==\nindex", 1),
		"a later, larger tree":  larger(t, sender, mirror),
		"index with a zero":     strings.Replace(text, "index 5", "index 05", 1),
		"index with a plus":     strings.Replace(text, "index 5", "index +5", 1),
		"an index past all":     strings.Replace(text, "index 5", "index 9223372036854775807", 1),
		"a proof hash more":     strings.Replace(text, "index 5\n", "index 5\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", 1),
		"carriage returns":      strings.ReplaceAll(text, "\n", "\r\n"),
		"an empty line between": strings.Replace(text, "\n\n", "\n\n\n", 1),
		"too long":              text + strings.Repeat("\n", ledger.MaxReceipt),
	} {
		if err := checkReceipt([]byte(b), north, 5, envelope(5), borea, albia); entente.KindOf(err) != entente.Unverified {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// larger is a sound tlog-proof for place 5 over a cosigned tree of 7. A general
// verifier takes it; but if place 5 had been refused, it would turn the
// cosignature of the next envelope into a receipt for the refused one.
func larger(t *testing.T, sender, mirror *memory) string {
	sender, mirror = sender.copyOf(), mirror.copyOf()
	r := deliver(t, mirror, 6, send(t, sender, envelope(6))[0])
	proof, err := ledger.ProveInclusion(mirror, origin, 7, 5)
	if err != nil {
		t.Fatal(err)
	}
	p := f_proof.TLogProof{Index: 5, Checkpoint: checkpointOf(r.Text)}
	for _, h := range proof {
		p.Hashes = append(p.Hashes, h)
	}
	return string(p.Marshal())
}

func checkpointOf(receipt []byte) []byte {
	_, c, _ := bytes.Cut(receipt, []byte("\n\n"))
	return c
}

// The reference implementations read what we write: proof, note, cosignature.
func TestReceiptsAreC2SP(t *testing.T) {
	_, _, receipts := exchange(t, 6)
	var p f_proof.TLogProof
	if err := p.Unmarshal(receipts[5].Text); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(p.Marshal(), receipts[5].Text) || p.Index != 5 || p.ExtraData != nil {
		t.Errorf("read as %+v", p)
	}
	_, signed, _ := noteKeys(t, borea)
	_, _, vkey := noteKeys(t, albia)
	cosigned, err := f_note.NewVerifierForCosignatureV1(vkey)
	if err != nil {
		t.Fatal(err)
	}
	n, err := note.Open(p.Checkpoint, note.VerifierList(signed, cosigned))
	if err != nil || len(n.Sigs) != 2 {
		t.Fatalf("%+v, %v", n, err)
	}
	at, err := f_note.CoSigV1Timestamp(n.Sigs[1])
	if err != nil || !at.Equal(noon) {
		t.Errorf("time %v (%v), want %v", at, err, noon)
	}
	var hashes tlog.RecordProof
	for _, h := range p.Hashes {
		hashes = append(hashes, h)
	}
	record := envelope(5)
	root := treeRoot(t, envelopes(0, 6))
	if err := tlog.CheckRecord(hashes, 6, tlog.Hash(root), 5, tlog.RecordHash(record[:])); err != nil {
		t.Error(err)
	}
}

// And we read what the reference implementation cosigns.
func TestWeReadTheReferencesCosignature(t *testing.T) {
	_, mirror, _ := exchange(t, 3)
	_, _, vkey := noteKeys(t, albia)
	named := strings.SplitN(vkey, "+", 3) // name, key id, public key
	s, err := f_note.NewSignerForCosignatureV1("PRIVATE+KEY+" + named[0] + "+" + named[1] + "+" + seedKey(albia))
	if err != nil {
		t.Fatal(err)
	}
	head := mirror.heads[origin]
	n := &note.Note{Text: string(head.Checkpoint[:bytes.LastIndex(head.Checkpoint, []byte("\n\n"))+1])}
	own, err := note.Sign(n, s)
	if err != nil {
		t.Fatal(err)
	}
	both := append(bytes.Clone(head.Checkpoint), own[len(n.Text)+1:]...)
	start := time.Now().Add(-time.Hour)
	c, at, err := ledger.OpenCosigned(both, origin, borea.Party, albia.Party)
	if err != nil || c.Size != 3 || at.Before(start) {
		t.Errorf("%+v at %v, %v", c, at, err)
	}
}

func TestCosignRefuses(t *testing.T) {
	sender, mirror, _ := exchange(t, 3)
	head := mirror.heads[origin]
	next := send(t, sender, envelope(3))[0]
	for name, cosign := range map[string]func(s *memory) error{
		"an older place": func(s *memory) error {
			_, err := ledger.Cosign(s, north, 1, head.Checkpoint, albia.ID, albia.key, noon)
			return err
		},
		"a place to come": func(s *memory) error {
			_, err := ledger.Cosign(s, north, 3, next, albia.ID, albia.key, noon)
			return err
		},
		"a checkpoint not taken": func(s *memory) error {
			_, err := ledger.Cosign(s, north, 2, next, albia.ID, albia.key, noon)
			return err
		},
		"a channel to another": func(s *memory) error {
			_, err := ledger.Cosign(s, north, 2, head.Checkpoint, cadia.ID, cadia.key, noon)
			return err
		},
	} {
		wantError(t, cosign(mirror.copyOf()), entente.Conflict, "")
		if t.Failed() {
			t.Fatal(name)
		}
	}
	_, err := ledger.Cosign(mirror, north, 2, head.Checkpoint, albia.ID, nil, noon)
	wantError(t, err, entente.Invalid, "")
	for _, at := range []time.Time{time.Unix(-1, 0), time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)} {
		_, err := ledger.Cosign(mirror, north, 2, head.Checkpoint, albia.ID, albia.key, at)
		wantError(t, err, entente.Invalid, "")
	}
	mirror.records[origin][2] = envelope(99)
	_, err = ledger.Cosign(mirror, north, 2, head.Checkpoint, albia.ID, albia.key, noon)
	wantError(t, err, entente.Damaged, "")
}

// The newest receipt stays with the head, in whatever order receipts come back.
func TestKeepReceiptKeepsTheNewest(t *testing.T) {
	sender, _, receipts := exchange(t, 4)
	if got := ledger.Promised(sender.heads[origin]); got != 4 {
		t.Errorf("promised %d, want 4", got)
	}
	if got := ledger.Promised(entente.LedgerHead{Origin: origin, Size: 9}); got != 0 {
		t.Errorf("promised %d without a receipt", got)
	}
	for _, i := range []int{3, 1, 2, 3} {
		if err := ledger.KeepReceipt(sender, receipts[i]); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(sender.heads[origin].Cosigned, receipts[3].Text) {
			t.Fatalf("after receipt %d the newest is not kept", i)
		}
	}
	wantError(t, ledger.KeepReceipt(newMemory(), receipts[0]), entente.Conflict, "")
}
