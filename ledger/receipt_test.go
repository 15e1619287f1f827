package ledger_test

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"entente"
	"entente/ledger"
	"entente/parse"

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
		"no receipt line":       string(place),
		"no signature":          head + "\n\n" + body + "\n\n" + sigs[1],
		"the other order":       head + "\n\n" + body + "\n\n" + sigs[1] + sigs[0],
		"a third signature":     text + third,
		"a receipt line twice":  text + sigs[1],
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

// larger is a sound tlog-proof for place 5 over a receipted tree of 7. A general
// verifier takes it; but if place 5 had been refused, it would turn the
// receipt of the next envelope into one for the refused one.
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

// The reference implementations read what we write, and the line is what the
// protocol says.
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
	n, err := note.Open(p.Checkpoint, note.VerifierList(signed))
	if err != nil || len(n.Sigs) != 1 || len(n.UnverifiedSigs) != 1 {
		t.Fatalf("%+v, %v", n, err)
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
	checkLine(t, n.UnverifiedSigs[0], n.Text)
}

// checkLine verifies the recipient's line on place 5 from its definition.
func checkLine(t *testing.T, line note.Signature, checkpoint string) {
	t.Helper()
	raw, err := base64.StdEncoding.DecodeString(line.Base64)
	if err != nil || len(raw) != 4+8+1+64 || line.Name != "albia-ncc/ledger" {
		t.Fatalf("%+v, %v", line, err)
	}
	id := entente.DigestOf(append([]byte("albia-ncc/ledger\n\xffentente/1 receipt"), albia.Keys.Ledger...))
	text := fmt.Sprintf("entente/1 receipt\nby albia-ncc\nedition %s\ntime %d\nvia wire\nplace 5\n%s", parse.EditionOf(albia.Party), noon.Unix(), checkpoint)
	if !bytes.Equal(raw[:4], id[:4]) || int64(binary.BigEndian.Uint64(raw[4:])) != noon.Unix() || raw[12] != 1 || !ed25519.Verify(albia.Keys.Ledger, []byte(text), raw[13:]) {
		t.Errorf("line %x over\n%s", raw, text)
	}
}

// A witness of C2SP that used a party's ledger key must not emit receipts.
func TestACosignatureIsNoReceipt(t *testing.T) {
	_, mirror, receipts := exchange(t, 3)
	_, _, vkey := noteKeys(t, albia)
	named := strings.SplitN(vkey, "+", 3) // name, key id, public key
	s, err := f_note.NewSignerForCosignatureV1("PRIVATE+KEY+" + named[0] + "+" + named[1] + "+" + seedKey(albia))
	if err != nil {
		t.Fatal(err)
	}
	checkpoint := mirror.heads[origin].Checkpoint
	n := &note.Note{Text: string(checkpoint[:bytes.LastIndex(checkpoint, []byte("\n\n"))+1])}
	own, err := note.Sign(n, s)
	if err != nil {
		t.Fatal(err)
	}
	head, _, _ := bytes.Cut(receipts[2].Text, []byte("\n\n"))
	text := slices.Concat(head, []byte("\n\n"), checkpoint, own[len(n.Text)+1:])
	wantError(t, checkReceipt(text, north, 2, envelope(2), borea, albia), entente.Unverified, "")
}

// A receipt says who signed under which edition, and how the envelope came.
func TestAReceiptIsOfOneEditionAndOneWay(t *testing.T) {
	sender, mirror, _ := exchange(t, 3)
	checkpoint := send(t, sender, envelope(3))[0]
	if err := ledger.Extend(mirror, north, nil, envelope(3), checkpoint, borea.Party); err != nil {
		t.Fatal(err)
	}
	courier, err := ledger.SignReceipt(mirror, north, 3, envelope(3), checkpoint, borea.Party, albia.recipient(), entente.ViaCourier, noon)
	if err != nil {
		t.Fatal(err)
	}
	got, err := ledger.CheckReceipt(courier.Text, north, 3, envelope(3), borea.Party, albia.Party)
	if err != nil || got.Via != entente.ViaCourier || got.Edition != parse.EditionOf(albia.Party) {
		t.Errorf("%+v, %v", got, err)
	}
	later := albia
	later.Edition = 2 // the same keys
	wantError(t, checkReceipt(courier.Text, north, 3, envelope(3), borea, later), entente.Unverified, "")
}

// A place that was filled later is receipted over the sender's own checkpoint of it.
func TestAReceiptForAPlaceThatWasFilledLater(t *testing.T) {
	sender, mirror := newMemory(), newMemory()
	checkpoints := send(t, sender, envelopes(0, 5)...)
	if err := ledger.Extend(mirror, north, envelopes(0, 4), envelope(4), checkpoints[4], borea.Party); err != nil {
		t.Fatal(err)
	}
	last := deliverAt(t, mirror, 4, checkpoints[4])
	early := deliverAt(t, mirror, 1, checkpoints[1])
	if err := checkReceipt(early.Text, north, 1, envelope(1), borea, albia); err != nil {
		t.Error(err)
	}
	if !bytes.Equal(mirror.heads[origin].Cosigned, last.Text) {
		t.Error("an earlier place's receipt is kept as the newest")
	}
	for name, x := range map[string]struct {
		seq        int64
		record     entente.Digest
		checkpoint []byte
		kind       error
		reason     entente.Reason
	}{
		"another size":             {1, envelope(1), checkpoints[2], entente.Unverified, entente.ReasonCheckpoint},
		"not a checkpoint":         {1, envelope(1), signText(t, "other\n"), entente.Unverified, entente.ReasonCheckpoint},
		"another history":          {1, envelope(1), forkAt(t, 1), entente.Unverified, entente.ReasonSplitView},
		"another record":           {1, envelope(3), checkpoints[1], entente.Damaged, ""},
		"a place that is not here": {5, envelope(5), send(t, sender, envelope(5))[0], entente.Conflict, ""},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ledger.SignReceipt(mirror, north, x.seq, x.record, x.checkpoint, borea.Party, albia.recipient(), entente.ViaWire, noon)
			wantError(t, err, x.kind, x.reason)
		})
	}
}

func deliverAt(t *testing.T, mirror *memory, n int, checkpoint []byte) entente.Receipt {
	t.Helper()
	r, err := ledger.SignReceipt(mirror, north, int64(n), envelope(n), checkpoint, borea.Party, albia.recipient(), entente.ViaWire, noon)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// forkAt is a checkpoint that ends with place n of another history.
func forkAt(t *testing.T, n int) []byte {
	s := newMemory()
	send(t, s, envelopes(0, n)...)
	return send(t, s, envelope(100+n))[0]
}

func TestSignReceiptRefuses(t *testing.T) {
	sender, mirror, _ := exchange(t, 3)
	checkpoint := mirror.heads[origin].Checkpoint
	sign := func(by ledger.Recipient, via entente.Via, at time.Time) error {
		_, err := ledger.SignReceipt(mirror, north, 2, envelope(2), checkpoint, borea.Party, by, via, at)
		return err
	}
	wantError(t, sign(cadia.recipient(), entente.ViaWire, noon), entente.Conflict, "")
	wantError(t, sign(ledger.Recipient{Party: albia.ID}, entente.ViaWire, noon), entente.Invalid, "")
	wantError(t, sign(albia.recipient(), "", noon), entente.Invalid, "")
	for _, at := range []time.Time{time.Unix(-1, 0), time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)} {
		wantError(t, sign(albia.recipient(), entente.ViaWire, at), entente.Invalid, "")
	}
	next := send(t, sender, envelope(3))[0]
	_, err := ledger.SignReceipt(mirror, north, 3, envelope(3), next, borea.Party, albia.recipient(), entente.ViaWire, noon)
	wantError(t, err, entente.Conflict, "")
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
