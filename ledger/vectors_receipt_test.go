package ledger_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"entente"
	"entente/ledger"
	"entente/parse"
)

const receiptFile = "../testdata/vectors/receipts.json"

// receiptVectors is what testdata/vectors/receipts.json holds.
type receiptVectors struct {
	About     string           `json:"about"`
	Sender    keyVector        `json:"sender"`
	Recipient keyVector        `json:"recipient"`
	Edition   entente.Digest   `json:"edition"` // of the recipient
	Channel   string           `json:"channel"`
	Records   []entente.Digest `json:"records"`
	Accepted  []receiptVector  `json:"accepted"`
	Refused   []refusedVector  `json:"refused"` // texts that are not receipts for place 5
}

type receiptVector struct {
	What   string      `json:"what"`
	Place  int64       `json:"place"`
	Time   int64       `json:"time"`
	Via    entente.Via `json:"via"`
	Signed string      `json:"signed_text"`
	Line   string      `json:"line_hex"` // key hash, seconds, way, signature
	Text   string      `json:"text"`
}

type refusedVector struct {
	What string `json:"what"`
	Text string `json:"text"`
}

func keyOf(a agency) keyVector {
	return keyVector{a.name(), hex.EncodeToString(a.key.Seed()), hex.EncodeToString(a.Keys.Ledger), keyID(a)}
}

func makeReceiptVectors(t *testing.T) receiptVectors {
	t.Helper()
	v := receiptVectors{
		About: "Receipts of albia-ncc for seven envelopes of borea-sls. Each accepted one is what the recipient signs, byte for byte, with the seed; the line is base64 of line_hex. " +
			"edition stands for the digest of a descriptor. Each refused text differs in one thing from the receipt for place 5.",
		Sender: keyOf(borea), Recipient: keyOf(albia), Edition: parse.EditionOf(albia.Party), Channel: origin, Records: envelopes(0, 7),
	}
	sender, mirror := newMemory(), newMemory()
	checkpoints := send(t, sender, v.Records...)
	if err := ledger.Extend(mirror, north, v.Records[:6], v.Records[6], checkpoints[6], borea.Party); err != nil {
		t.Fatal(err)
	}
	sign := func(what string, place int, via entente.Via, at time.Time) string {
		r, err := ledger.SignReceipt(mirror, north, int64(place), v.Records[place], checkpoints[place], borea.Party, albia.recipient(), via, at)
		if err != nil {
			t.Fatal(err)
		}
		v.Accepted = append(v.Accepted, shown(t, what, r))
		return string(r.Text)
	}
	sign("over the wire", 0, entente.ViaWire, noon)
	good := sign("over the wire, with a proof", 5, entente.ViaWire, noon.Add(time.Hour))
	sign("by courier", 4, entente.ViaCourier, noon.Add(24*time.Hour))
	larger := sign("the newest place", 6, entente.ViaWire, noon.Add(2*time.Hour))
	sign("a place that was filled later than those behind it", 1, entente.ViaWire, noon.Add(48*time.Hour))
	sign("the first second that can be written; a sender with a clock of today takes it for no answer", 2, entente.ViaWire, time.Unix(0, 0))
	sign("the last second that can be written; a sender with a clock of today takes it for no answer", 3, entente.ViaWire, time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC))
	v.Refused = refusedReceipts(t, sender, mirror, good, larger)
	return v
}

// shown takes a receipt apart for readers who check their own steps.
func shown(t *testing.T, what string, r entente.Receipt) receiptVector {
	t.Helper()
	body, lines := splitCheckpoint(string(r.Text))
	_, coded, _ := strings.Cut(strings.TrimSuffix(lines[1], "\n"), "/ledger ")
	raw, err := base64.StdEncoding.DecodeString(coded)
	if err != nil {
		t.Fatal(err)
	}
	text := fmt.Sprintf("entente/1 receipt\nby %s\nedition %s\ntime %d\nvia %s\nplace %d\n%s", r.Channel.To, r.Edition, r.At.Unix(), r.Via, r.Seq, strings.TrimSuffix(body, "\n"))
	return receiptVector{what, r.Seq, r.At.Unix(), r.Via, text, hex.EncodeToString(raw), string(r.Text)}
}

func refusedReceipts(t *testing.T, sender, mirror *memory, good, larger string) []refusedVector {
	t.Helper()
	head, _, _ := strings.Cut(good, "\n\n")
	body, sigs := splitCheckpoint(good)
	text := strings.TrimSuffix(body, "\n")
	alone, err := ledger.ProvePlace(sender, origin, 5, checkpointOf([]byte(head+"\n\n"+body+sigs[0])))
	if err != nil {
		t.Fatal(err)
	}
	// line is a recipient's line over any text, with any blob before the signature.
	line := func(signed string, seconds uint64, way byte) string {
		b := append(binary.BigEndian.AppendUint64(nil, seconds), way)
		return own(t, b, signed, "\xffentente/1 receipt")
	}
	at := uint64(noon.Add(time.Hour).Unix())
	signed := func(by string, edition entente.Digest, time uint64, via, place string) string {
		return fmt.Sprintf("entente/1 receipt\nby %s\nedition %s\ntime %d\nvia %s\nplace %s\n%s", by, edition, time, via, place, text)
	}
	edition := parse.EditionOf(albia.Party)
	with := func(line string) string { return head + "\n\n" + body + sigs[0] + line }
	if same := with(line(signed("albia-ncc", edition, at, "wire", "5"), at, 1)); same != good {
		t.Fatalf("the line by hand is another:\n%s\n%s", same, good)
	}
	proof, err := ledger.ProveInclusion(mirror, origin, 7, 5)
	if err != nil {
		t.Fatal(err)
	}
	return []refusedVector{
		{"no line of the recipient", string(alone)},
		{"not signed by the sender", head + "\n\n" + body + sigs[1]},
		{"the lines in the other order", head + "\n\n" + body + sigs[1] + sigs[0]},
		{"the recipient's line twice", good + sigs[1]},
		{"a cosignature/v1 of C2SP by the recipient's ledger key", with(own(t, binary.BigEndian.AppendUint64(nil, at), fmt.Sprintf("cosignature/v1\ntime %d\n%s", at, text), "\x04"))},
		{"signed in the name of another party", with(line(signed("cadia-fiu", edition, at, "wire", "5"), at, 1))},
		{"signed under an edition that is not known", with(line(signed("albia-ncc", entente.DigestOf([]byte("another")), at, "wire", "5"), at, 1))},
		{"signed for another time than it says", with(line(signed("albia-ncc", edition, at+1, "wire", "5"), at, 1))},
		{"signed for another way than it says", with(line(signed("albia-ncc", edition, at, "courier", "5"), at, 1))},
		{"signed for another place", with(line(signed("albia-ncc", edition, at, "wire", "4"), at, 1))},
		{"a way that does not exist", with(line(signed("albia-ncc", edition, at, "", "5"), at, 0))},
		{"another that does not exist", with(line(signed("albia-ncc", edition, at, "pigeon", "5"), at, 3))},
		{"a time in the year 10000", with(line(signed("albia-ncc", edition, 253402300800, "wire", "5"), 253402300800, 1))},
		{"a time of 2^63 seconds", with(line(signed("albia-ncc", edition, 1<<63, "wire", "5"), 1<<63, 1))},
		{"extra data", strings.Replace(good, "index", "extra YQ==\nindex", 1)},
		{"an index with a leading zero", strings.Replace(good, "index 5", "index 05", 1)},
		{"sound, but over a larger tree: a receipt speaks of the last record alone", proofOver(proof, larger)},
		{"line ends of another system", strings.ReplaceAll(good, "\n", "\r\n")},
		{"no last line end", strings.TrimSuffix(good, "\n")},
	}
}

// own is a line under the recipient's ledger name, of any type.
func own(t *testing.T, before []byte, signed, kind string) string {
	t.Helper()
	sig, err := albia.key.Sign(nil, []byte(signed), cryptoNone)
	if err != nil {
		t.Fatal(err)
	}
	id := entente.DigestOf(append([]byte(albia.name()+"\n"+kind), albia.Keys.Ledger...))
	blob := append(append(bytes.Clone(id[:4]), before...), sig...)
	return "— " + albia.name() + " " + base64.StdEncoding.EncodeToString(blob) + "\n"
}

func proofOver(proof []entente.Digest, receipt string) string {
	var b strings.Builder
	b.WriteString("c2sp.org/tlog-proof@v1\nindex 5\n")
	for _, h := range proof {
		b.WriteString(base64.StdEncoding.EncodeToString(h[:]) + "\n")
	}
	b.WriteString("\n")
	b.Write(checkpointOf([]byte(receipt)))
	return b.String()
}

// splitCheckpoint gives the text of a receipt's checkpoint with the empty line,
// and its signature lines.
func splitCheckpoint(receipt string) (string, []string) {
	c := string(checkpointOf([]byte(receipt)))
	i := strings.LastIndex(c, "\n\n") + 2
	return c[:i], strings.SplitAfter(c[i:], "\n")
}

func TestReceiptVectors(t *testing.T) {
	made := makeReceiptVectors(t)
	got, err := json.MarshalIndent(made, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	if *update {
		if err := os.WriteFile(receiptFile, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(receiptFile)
	if err != nil || !bytes.Equal(got, want) {
		t.Error("testdata/vectors/receipts.json is not what this package writes; if the change is meant, run the test with -update and note it as a change of the protocol")
	}
	var v receiptVectors
	if err := json.Unmarshal(want, &v); err != nil {
		t.Fatal(err)
	}
	for _, r := range v.Accepted {
		got, err := ledger.CheckReceipt([]byte(r.Text), north, r.Place, v.Records[r.Place], borea.Party, albia.Party)
		if err != nil || got.At.Unix() != r.Time || got.Via != r.Via || got.Edition != v.Edition {
			t.Errorf("%s: %+v, %v", r.What, got, err)
		}
	}
	for _, r := range v.Refused {
		if err := checkReceipt([]byte(r.Text), north, 5, v.Records[5], borea, albia); entente.KindOf(err) != entente.Unverified {
			t.Errorf("%s: %v", r.What, err)
		}
	}
}
