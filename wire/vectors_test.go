package wire

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"entente"
	"entente/ledger"
	"entente/parse"
	"entente/sqlstore"
)

var update = flag.Bool("update", false, "write testdata/vectors/wire again")

const vectors = "../testdata/vectors/"

// published is one envelope, from envelope.json, with what its two parties sign for
// it: everything that the recorded exchange carries.
type published struct {
	envelope   []byte
	record     entente.Digest
	channel    entente.Channel
	checkpoint []byte
	receipt    []byte
}

func readVector(t *testing.T, name string, v any) {
	t.Helper()
	b, err := os.ReadFile(vectors + name)
	if err == nil {
		err = json.Unmarshal(b, v)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// exchanged makes the checkpoint and the receipt with the keys of keys.json.
func exchanged(t *testing.T) (p published) {
	t.Helper()
	var v struct {
		Header   string `json:"header"`
		Record   string `json:"record_hex"`
		Envelope []byte `json:"envelope_base64"`
	}
	readVector(t, "envelope.json", &v)
	h, err := parse.Header([]byte(v.Header))
	if err != nil {
		t.Fatal(err)
	}
	p.envelope, p.channel = v.Envelope, h.Channel()
	if p.record, err = entente.ParseDigest(v.Record); err != nil {
		t.Fatal(err)
	}
	s, err := sqlstore.Open(t.Context(), filepath.Join(t.TempDir(), "ledgers.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	err = s.Update(t.Context(), func(tx entente.Tx) error {
		checkpoints, err := ledger.AppendEach(tx, p.channel.Origin(), []entente.Digest{p.record}, ledger.KeyName(h.From), ledgerKey(t, h.From))
		if err != nil {
			return err
		}
		p.checkpoint = checkpoints[0]
		by := ledger.Recipient{Party: h.To, Edition: h.ToEdition, Key: ledgerKey(t, h.To)}
		r, err := ledger.SignReceipt(tx, p.channel, h.Seq, p.record, p.checkpoint, entente.Party{ID: h.From}, by, entente.ViaWire, h.Created.Add(2*time.Second))
		p.receipt = r.Text
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func ledgerKey(t *testing.T, id entente.PartyID) ed25519.PrivateKey {
	t.Helper()
	var keys []struct {
		Party, Generation string
		Ledger            struct {
			Seed string `json:"seed_hex"`
		}
	}
	readVector(t, "keys.json", &keys)
	for _, k := range keys {
		if k.Party == string(id) && k.Generation == "1" {
			seed, err := hex.DecodeString(k.Ledger.Seed)
			if err != nil {
				t.Fatal(err)
			}
			return ed25519.NewKeyFromSeed(seed)
		}
	}
	t.Fatalf("keys.json has no ledger key of %s", id)
	return nil
}

// bodyVectors is one file of testdata/vectors/wire.
type bodyVectors struct {
	About    string       `json:"about"`
	Media    string       `json:"media_type"`
	Accepted []bodyVector `json:"accepted"`
	Refused  []bodyVector `json:"refused"`
}

type bodyVector struct {
	What   string         `json:"what"`
	Says   any            `json:"says,omitempty"` // what the body holds, for people
	Body   []run          `json:"body"`
	Field  string         `json:"field,omitempty"`
	Reason entente.Reason `json:"reason,omitempty"`
}

// run is bytes that stand there so many times: a limit of a long body is one line.
type run struct {
	Bytes []byte `json:"base64"`
	Times int    `json:"times,omitempty"` // none: once
}

// runs takes long stretches of one byte out of a body.
func runs(b []byte) (out []run) {
	for len(b) > 0 {
		start, n := len(b), 0
		for i := 0; i < len(b); i += n {
			if n = same(b[i:]); n > 256 {
				start = i
				break
			}
		}
		if start > 0 {
			out = append(out, run{b[:start], 0})
		}
		if start < len(b) {
			out = append(out, run{b[start : start+1], n})
			start += n
		}
		b = b[start:]
	}
	return out
}

func same(b []byte) int {
	n := 1
	for n < len(b) && b[n] == b[0] {
		n++
	}
	return n
}

// bytes joins what runs took apart.
func (v bodyVector) bytes() (b []byte) {
	for _, r := range v.Body {
		b = append(b, bytes.Repeat(r.Bytes, max(r.Times, 1))...)
	}
	return b
}

func good[T body](t *testing.T, what string, v T) bodyVector {
	t.Helper()
	b, err := writeBody(v)
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	said := saidBy(v)
	if len(b) > 16<<10 {
		said = nil // nobody reads so much
	}
	return bodyVector{What: what, Says: said, Body: runs(b)}
}

// saidBy shows what a body holds, by the names of the protocol. Notes and proofs are
// texts.
func saidBy(v any) any {
	switch v := v.(type) {
	case deliveries:
		return each(v, func(d entente.Delivery) map[string]any {
			var ends []string
			for _, e := range d.Ends {
				ends = append(ends, string(e))
			}
			return present("envelope_base64", d.Envelope, "checkpoint", string(d.Checkpoint), "before", d.Before, "first", string(d.First), "ends", ends)
		})
	case settlements:
		return each(v, func(s entente.Settlement) map[string]any {
			return present("envelope", s.Envelope, "receipt", string(s.Receipt), "refusal", string(s.Refusal))
		})
	case heads:
		return each(v, func(h entente.LedgerHead) map[string]any {
			return present("origin", h.Origin, "size", h.Size, "checkpoint", string(h.Checkpoint), "receipt", string(h.Cosigned), "tail", h.Tail, "lacks", h.Lacks)
		})
	case collect:
		return present("max", v.max)
	case span:
		return present("origin", v.origin, "first", v.first, "n", v.n)
	}
	return v
}

func each[T any](xs []T, show func(T) map[string]any) []map[string]any {
	out := []map[string]any{}
	for _, x := range xs {
		out = append(out, show(x))
	}
	return out
}

// present leaves out what is empty.
func present(pairs ...any) map[string]any {
	m := map[string]any{}
	for i := 0; i < len(pairs); i += 2 {
		v := reflect.ValueOf(pairs[i+1])
		if k := v.Kind(); (k == reflect.String || k == reflect.Slice) && v.Len() == 0 {
			continue
		}
		m[pairs[i].(string)] = pairs[i+1]
	}
	return m
}

// badBody is a body that a reader refuses. Where the program itself can tell what
// is wrong, the vector says so.
func badBody[T body](t *testing.T, what string, b []byte) bodyVector {
	t.Helper()
	_, err := readBody[T](b)
	e, ok := errors.AsType[*entente.Error](err)
	if !ok {
		t.Fatalf("%s: it is read, %v", what, err)
	}
	return bodyVector{What: what, Body: runs(b), Field: e.Field, Reason: e.Reason}
}

// cut is a body from one place to another; a negative one counts from the end.
func cut(v bodyVector, from, to int) []byte {
	b := v.bytes()
	if to < 0 {
		to += len(b)
	}
	return bytes.Clone(b[from:to])
}

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

const aboutBodies = "Numbers are big-endian. What the bytes inside mean is in other files; here their form counts. says: what the body holds, with bytes in base64. body: its bytes, joined from the entries, each repeated so many times (without times: once)."

func bodies(t *testing.T, p published) map[string]*bodyVectors {
	t.Helper()
	long := func(n int) []byte { return bytes.Repeat([]byte("x"), n) }
	ends := [][]byte{[]byte("an end note\n"), long(maxEnd)}
	d := entente.Delivery{Envelope: p.envelope, Checkpoint: p.checkpoint}
	full := entente.Delivery{Envelope: []byte("e"), Checkpoint: long(ledger.MaxCheckpoint), Before: make([]entente.Digest, MaxRecords), First: long(ledger.MaxReceipt), Ends: ends}
	one := good(t, "one envelope", deliveries{d})
	many := make(deliveries, MaxDeliveries)
	for i := range many {
		many[i] = entente.Delivery{Envelope: []byte("e"), Checkpoint: []byte("c")}
	}
	receipt := good(t, "a receipt", settlements{{Envelope: p.record, Receipt: p.receipt}})
	head := entente.LedgerHead{Origin: p.channel.Origin(), Size: 1, Checkpoint: p.checkpoint, Cosigned: p.receipt}
	heading := good(t, "a ledger of one record, with its newest receipt, and one that is empty", heads{head, {Origin: p.channel.Back().Origin()}})
	return map[string]*bodyVectors{
		"deliveries": {aboutBodies, deliveries{}.media(), []bodyVector{
			one, good(t, "none", deliveries{}),
			good(t, "records of places before, a first receipt and end notes", deliveries{{Envelope: p.envelope, Checkpoint: p.checkpoint, Before: []entente.Digest{p.record}, First: p.receipt, Ends: [][]byte{[]byte("an end note\n")}}}),
			good(t, "every part at its limit", deliveries{full}), good(t, "as many as there can be", many),
		}, []bodyVector{
			badBody[deliveries](t, "nothing", nil),
			badBody[deliveries](t, "cut by a byte", cut(one, 0, -1)),
			badBody[deliveries](t, "a byte more", append(cut(one, 0, -1), 0, 0)),
			badBody[deliveries](t, "one more than there can be", append([]byte{1, 1}, cut(good(t, "", many), 2, -1)...)),
			badBody[deliveries](t, "a count without what it counts", unhex(t, "0002"+"00000001650001630000000000")),
			badBody[deliveries](t, "an empty envelope", unhex(t, "0001"+"00000000"+"000163"+"0000000000")),
			badBody[deliveries](t, "an envelope longer than the body", unhex(t, "0001"+"00000002"+"65")),
			badBody[deliveries](t, "an envelope of a length beyond every limit", unhex(t, "0001"+"ffffffff"+"65")),
			badBody[deliveries](t, "no checkpoint", unhex(t, "0001"+"0000000165"+"0000"+"0000000000")),
			badBody[deliveries](t, "a checkpoint of 1025 bytes", append(unhex(t, "0001"+"0000000165"+"0401"), long(1025+5)...)),
			badBody[deliveries](t, "8193 records before", append(unhex(t, "0001"+"0000000165"+"000163"+"2001"), make([]byte, 8193*32+3)...)),
			badBody[deliveries](t, "a first receipt of 4097 bytes", append(unhex(t, "0001"+"0000000165"+"000163"+"0000"+"1001"), long(4097+1)...)),
			badBody[deliveries](t, "65 end notes", append(unhex(t, "0001"+"0000000165"+"000163"+"0000"+"0000"+"41"), bytes.Repeat([]byte{0, 1, 'x'}, 65)...)),
			badBody[deliveries](t, "an empty end note", unhex(t, "0001"+"0000000165"+"000163"+"0000"+"0000"+"01"+"0000")),
			badBody[deliveries](t, "an end note of 4097 bytes", append(unhex(t, "0001"+"0000000165"+"000163"+"0000"+"0000"+"01"+"1001"), long(4097)...)),
			badBody[deliveries](t, "JSON", []byte(`{"deliveries":[]}`)),
		}},
		"settlements": {aboutBodies, settlements{}.media(), []bodyVector{
			receipt, good(t, "a refusal", settlements{{Envelope: p.record, Refusal: []byte("a refusal\n")}}), good(t, "none", settlements{}),
		}, []bodyVector{
			badBody[settlements](t, "cut by a byte", cut(receipt, 0, -1)),
			badBody[settlements](t, "a byte more", append(cut(receipt, 0, -1), '\n', 0)),
			badBody[settlements](t, "an answer of sort 0", append(append([]byte{0, 1}, p.record[:]...), 0, 0, 1, 'x')),
			badBody[settlements](t, "an answer of sort 3", append(append([]byte{0, 1}, p.record[:]...), 3, 0, 1, 'x')),
			badBody[settlements](t, "an empty receipt", append(append([]byte{0, 1}, p.record[:]...), 1, 0, 0)),
			badBody[settlements](t, "a refusal of 4097 bytes", append(append(append([]byte{0, 1}, p.record[:]...), 2, 0x10, 1), long(4097)...)),
			badBody[settlements](t, "257", append([]byte{1, 1}, make([]byte, 257*36)...)),
		}},
		"heads": {aboutBodies, heads{}.media(), []bodyVector{
			heading, good(t, "with the records that its owner has lost", heads{{Origin: p.channel.Origin(), Size: 1, Checkpoint: p.checkpoint, Tail: []entente.Digest{p.record}}}), good(t, "none", heads{}),
			good(t, "with the places that its recipient has not filled", heads{{Origin: p.channel.Origin(), Size: 7, Checkpoint: []byte("c"), Lacks: []int64{0, 2, 6}}}),
			good(t, "the largest ledger", heads{{Origin: string(long(maxOrigin)), Size: ledger.MaxSize, Checkpoint: []byte("c")}}),
		}, []bodyVector{
			badBody[heads](t, "cut by a byte", cut(heading, 0, -1)),
			badBody[heads](t, "no origin", unhex(t, "0001"+"00"+"0000000000000000"+"0000"+"0000"+"0000"+"0000")),
			badBody[heads](t, "an origin of 131 bytes", append(unhex(t, "0001"+"83"), append(long(131), make([]byte, 16)...)...)),
			badBody[heads](t, "a size of 2^40+1", unhex(t, "0001"+"016f"+"0000010000000001"+"000163"+"0000"+"0000"+"0000")),
			badBody[heads](t, "a size of 2^63", unhex(t, "0001"+"016f"+"8000000000000000"+"000163"+"0000"+"0000"+"0000")),
			badBody[heads](t, "a size and no checkpoint", unhex(t, "0001"+"016f"+"0000000000000001"+"0000"+"0000"+"0000"+"0000")),
			badBody[heads](t, "a checkpoint of an empty ledger", unhex(t, "0001"+"016f"+"0000000000000000"+"000163"+"0000"+"0000"+"0000")),
			badBody[heads](t, "a place twice that is not filled", unhex(t, "0001"+"016f"+"0000000000000002"+"000163"+"0000"+"0000"+"0002"+"0000000000000001"+"0000000000000001")),
			badBody[heads](t, "a place at its size that is not filled", unhex(t, "0001"+"016f"+"0000000000000002"+"000163"+"0000"+"0000"+"0001"+"0000000000000002")),
			badBody[heads](t, "1025", append([]byte{4, 1}, bytes.Repeat(unhex(t, "016f"+"0000000000000000"+"0000"+"0000"+"0000"+"0000"), 1025)...)),
		}},
		"collect": {aboutBodies, collect{}.media(), []bodyVector{good(t, "at most one", collect{1}), good(t, "at most 256", collect{256})}, []bodyVector{
			badBody[collect](t, "at most none", []byte{0, 0}), badBody[collect](t, "at most 257", []byte{1, 1}), badBody[collect](t, "one byte", []byte{1}), badBody[collect](t, "three bytes", []byte{0, 1, 0}),
		}},
		"span": {aboutBodies, span{}.media(), []bodyVector{good(t, "of one", span{p.channel.Origin(), 0, 1}), good(t, "at the ends of what can be", span{"o", ledger.MaxSize, MaxRecords})}, []bodyVector{
			badBody[span](t, "no origin", unhex(t, "00"+"0000000000000000"+"0001")), badBody[span](t, "none", unhex(t, "016f"+"0000000000000000"+"0000")),
			badBody[span](t, "8193", unhex(t, "016f"+"0000000000000000"+"2001")), badBody[span](t, "from place 2^40+1", unhex(t, "016f"+"0000010000000001"+"0001")),
		}},
		"records": {aboutBodies, records{}.media(), []bodyVector{good(t, "one", records{p.record}), good(t, "none", records{})}, []bodyVector{
			badBody[records](t, "cut by a byte", append([]byte{0, 1}, p.record[:31]...)), badBody[records](t, "8193", append([]byte{0x20, 1}, make([]byte, 8193*32)...)),
		}},
	}
}

// turn is one request and its answer.
type turn struct {
	What     string `json:"what"`
	Request  said   `json:"request"`
	Response said   `json:"response"`
}

type said struct {
	Method  string            `json:"method,omitempty"`
	Path    string            `json:"path,omitempty"`
	Status  int               `json:"status,omitempty"`
	Headers map[string]string `json:"headers"`
	Body    string            `json:"body_base64"`
	Text    string            `json:"body_text,omitempty"` // of JSON
}

type recorded struct {
	About string `json:"about"`
	Turns []turn `json:"turns"`
}

// record has Albia collect an envelope from Borea, whose node it can call, receipt
// it, and ask what a node asks; then it asks wrongly.
func record(t *testing.T, p published) recorded {
	t.Helper()
	now := func() time.Time { return time.Date(2011, 3, 4, 9, 30, 3, 250e6, time.UTC) }
	w := meet(t, Options{Now: now}, Options{Now: now})
	w.desk.waiting = []entente.Delivery{{Envelope: p.envelope, Checkpoint: p.checkpoint}}
	w.desk.accept = func(context.Context, entente.PartyID, []entente.Delivery) ([]entente.Settlement, error) {
		return nil, &entente.Error{Kind: entente.Denied, Field: "from", Reason: entente.ReasonWrongSender}
	}
	head := heads{{Origin: p.channel.Origin(), Size: 1, Checkpoint: p.checkpoint}}
	later := strings.Replace(deliveries{}.media(), "v=1", "v=2", 1)
	r := recorded{About: "albia-ncc calls borea-sls: it says hello, compares ledgers, collects an envelope (envelope.json), brings its receipt, and asks for records. Then it asks for what gets a problem."}
	for _, x := range []struct{ what, method, path, media, body string }{
		{"who is there", "GET", "/v1/hello", "", ""},
		{"where the ledgers stand", "POST", "/v1/compare", head.media(), written(t, head)},
		{"what waits", "POST", "/v1/collect", collect{}.media(), written(t, collect{64})},
		{"its receipt", "POST", "/v1/settle", settlements{}.media(), written(t, settlements{{Envelope: p.record, Receipt: p.receipt}})},
		{"records of the channel", "POST", "/v1/records", span{}.media(), written(t, span{p.channel.Origin(), 0, 2})},
		{"an envelope of another party", "POST", "/v1/deliver", deliveries{}.media(), written(t, deliveries{{Envelope: p.envelope, Checkpoint: p.checkpoint}})},
		{"deliveries of a version that is not spoken", "POST", "/v1/deliver", later, written(t, deliveries{})},
		{"a body that breaks off", "POST", "/v1/collect", collect{}.media(), "\x00"},
		{"too much", "POST", "/v1/collect", collect{}.media(), "\x01\x01"},
		{"an address that does not exist", "POST", "/v1/nothing", typeJSON, "{}"},
	} {
		resp, b := w.raw(t, w.request(x.method, x.path, x.media, x.body))
		one := turn{x.what, said{Method: x.method, Path: x.path, Headers: map[string]string{}, Body: base64.StdEncoding.EncodeToString([]byte(x.body))}, said{Status: resp.StatusCode, Headers: map[string]string{}, Body: base64.StdEncoding.EncodeToString([]byte(b))}}
		if x.media != "" {
			one.Request.Headers["Content-Type"] = x.media
		}
		for _, h := range []string{"Accept", "Content-Type", HeaderTime} {
			if v := resp.Header.Get(h); v != "" {
				one.Response.Headers[h] = v
			}
		}
		if strings.Contains(resp.Header.Get("Content-Type"), "json") {
			one.Response.Text = b
		}
		r.Turns = append(r.Turns, one)
	}
	return r
}

// The published bodies and the recorded exchange are what this package writes, byte
// for byte.
func TestVectors(t *testing.T) {
	p := exchanged(t)
	files := map[string]any{"exchange": record(t, p)}
	for name, v := range bodies(t, p) {
		files[name] = v
	}
	for name, v := range files {
		got, err := json.MarshalIndent(v, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, '\n')
		path := vectors + "wire/" + name + ".json"
		if *update {
			if err := os.WriteFile(path, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if want, err := os.ReadFile(path); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not what this package writes; if the change is meant, run the test with -update and note it as a change of the protocol", path)
		}
	}
}

// And what it reads, from the files alone.
func TestVectorsAreRead(t *testing.T) {
	for name, s := range map[string]func([]byte) error{
		"deliveries": readErr[deliveries], "settlements": readErr[settlements], "heads": readErr[heads], "collect": readErr[collect], "span": readErr[span], "records": readErr[records],
	} {
		var v bodyVectors
		readVector(t, "wire/"+name+".json", &v)
		if len(v.Accepted) == 0 || len(v.Refused) == 0 || v.Media != typeRaw(name) {
			t.Errorf("%s: %d accepted, %d refused, %s", name, len(v.Accepted), len(v.Refused), v.Media)
		}
		for _, x := range v.Accepted {
			if err := s(x.bytes()); err != nil {
				t.Errorf("%s: %s: %v", name, x.What, err)
			}
		}
		for _, x := range v.Refused {
			if err := s(x.bytes()); entente.KindOf(err) != entente.Invalid {
				t.Errorf("%s: %s: %v", name, x.What, err)
			}
		}
	}
	var r recorded
	readVector(t, "wire/exchange.json", &r)
	if len(r.Turns) < 10 || r.Turns[6].Response.Status != http.StatusUnsupportedMediaType || r.Turns[6].Response.Headers["Accept"] != deliveries.media(nil) {
		t.Errorf("%d turns; an unknown version gets %+v", len(r.Turns), r.Turns[6].Response)
	}
}

func readErr[T body](b []byte) error {
	_, err := readBody[T](b)
	return err
}
