package wire

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"entente"
	"entente/ledger"
	"entente/parse"

	"pgregory.net/rapid"
)

var sampleDigest = entente.DigestOf([]byte("sample"))

// samples is a body of each sort, as it goes over the wire. They are the form of
// the protocol: a change here is a change for every partner.
var samples = []sample{
	of("deliveries", "0002"+
		"00000002"+"7b7d"+"0005"+"632031320a"+"0001"+sampleDigest.String()+"0001"+"72"+"02"+"0001"+"65"+"0002"+"6566"+
		"00000001"+"65"+"0001"+"63"+"0000"+"0000"+"00",
		deliveries{
			{Envelope: []byte("{}"), Checkpoint: []byte("c 12\n"), Before: []entente.Digest{sampleDigest}, First: []byte("r"), Ends: [][]byte{[]byte("e"), []byte("ef")}},
			{Envelope: []byte("e"), Checkpoint: []byte("c")},
		}),
	of("settlements", "0002"+sampleDigest.String()+"01"+"0002"+"720a"+sampleDigest.String()+"02"+"0003"+"6e6f0a",
		settlements{{Envelope: sampleDigest, Receipt: []byte("r\n")}, {Envelope: sampleDigest, Refusal: []byte("no\n")}}),
	of("collect", "0064", collect{100}),
	of("heads", "0002"+"03"+"6f2f31"+"0000000000000000"+"0000"+"0000"+"0000"+"0000"+"03"+"6f2f32"+"0000000000000007"+"0001"+"63"+"0001"+"72"+"0001"+sampleDigest.String()+"0002"+"0000000000000001"+"0000000000000006",
		heads{{Origin: "o/1"}, {Origin: "o/2", Size: 7, Checkpoint: []byte("c"), Cosigned: []byte("r"), Tail: []entente.Digest{sampleDigest}, Lacks: []int64{1, 6}}}),
	of("span", "01"+"6f"+"0000000000000007"+"0064", span{"o", 7, 100}),
	of("records", "0001"+sampleDigest.String(), records{sampleDigest}),
	text("held", `{"held":4096}`, held{4096}),
	text("done", `{}`, done{}),
	text("hello", `{"protocol":"entente/1","party":"borea-sls","edition":3,"speaks":[1],"accepts":["tip"],"time":"2011-03-04T09:00:00.123Z"}`, Hello{Protocol: Protocol, Party: borea, Edition: 3, Speaks: []int{1}, Accepts: []entente.Kind{"tip"}, Time: time.Date(2011, 3, 4, 9, 0, 0, 123e6, time.UTC)}),
	{
		"problem", []byte(`{"title":"A rule or an agreement forbids it.","status":403,"kind":"denied","field":"scope.tip","reason":"out-of-scope"}`),
		problem{"A rule or an agreement forbids it.", 403, "denied", "scope.tip", entente.ReasonScope},
		func(b []byte) (any, error) { return readProblem(b) }, func(v any) ([]byte, error) { return parse.Encode(v) },
	},
}

type sample struct {
	name  string
	bytes []byte
	value any
	read  func([]byte) (any, error)
	write func(any) ([]byte, error)
}

func of[T body](name, digits string, v T) sample {
	b, err := hex.DecodeString(digits)
	if err != nil {
		panic(err)
	}
	return text(name, string(b), v)
}

func text[T body](name, s string, v T) sample {
	return sample{
		name, []byte(s), v,
		func(b []byte) (any, error) { return readBody[T](b) }, func(v any) ([]byte, error) { return writeBody(v.(T)) },
	}
}

func TestSamples(t *testing.T) {
	for _, s := range samples {
		v, err := s.read(s.bytes)
		if err != nil || !reflect.DeepEqual(v, s.value) {
			t.Errorf("%s: read as %+v, %v; want %+v", s.name, v, err, s.value)
		}
		if got, err := s.write(s.value); err != nil || !bytes.Equal(got, s.bytes) {
			t.Errorf("%s: got %x, %v; want %x", s.name, got, err, s.bytes)
		}
	}
}

// Nothing shorter than a body is one, and no body has two forms: with any
// bit turned over it either reads as something else or not at all.
func TestEveryByteOfABody(t *testing.T) {
	for _, s := range samples {
		for n := range len(s.bytes) {
			if v, err := s.read(bytes.Clone(s.bytes[:n])); err == nil {
				t.Errorf("%s cut to %d bytes reads as %v", s.name, n, v)
			}
		}
		for i := range len(s.bytes) {
			for bit := range 8 {
				b := bytes.Clone(s.bytes)
				b[i] ^= 1 << bit
				if v, err := s.read(b); err == nil && reflect.DeepEqual(v, s.value) {
					t.Errorf("%s reads the same with byte %d as %#x", s.name, i, b[i])
				} else if err != nil && !errors.Is(err, entente.Invalid) {
					t.Errorf("%s with byte %d as %#x: %v is not Invalid", s.name, i, b[i], err)
				}
			}
		}
	}
}

// limit is a body that is over a limit: it is refused by name, on the way out, and,
// where it has a form at all, on the way in.
type limit struct {
	field string
	write func() ([]byte, error)
	read  func() error // nil: it has no form
}

func over[T body](field string, v T) limit {
	return limit{field, func() ([]byte, error) { return writeBody(v) }, nil}
}

// saying is the raw form of a body that breaks a limit or a rule.
func saying[T body](field, digits string) limit {
	b, err := hex.DecodeString(digits)
	return limit{field, nil, func() error {
		if err != nil {
			return err
		}
		_, err := readBody[T](b)
		return err
	}}
}

func TestLimitsOfBodies(t *testing.T) {
	long := func(n int) []byte { return bytes.Repeat([]byte("x"), n) }
	digests := make([]entente.Digest, MaxRecords+1)
	name := strings.Repeat("00", 32)
	tests := []limit{
		over("deliveries", make(deliveries, MaxDeliveries+1)),
		over("deliveries[0].envelope", deliveries{{Checkpoint: []byte("c")}}),
		over("deliveries[0].checkpoint", deliveries{{Envelope: []byte("e"), Checkpoint: long(ledger.MaxCheckpoint + 1)}}),
		over("deliveries[0].before", deliveries{{Envelope: []byte("e"), Checkpoint: []byte("c"), Before: digests}}),
		over("deliveries[0].first", deliveries{{Envelope: []byte("e"), Checkpoint: []byte("c"), First: long(ledger.MaxReceipt + 1)}}),
		over("deliveries[0].ends", deliveries{{Envelope: []byte("e"), Checkpoint: []byte("c"), Ends: make([][]byte, MaxEnds+1)}}),
		over("deliveries[0].ends", deliveries{{Envelope: []byte("e"), Checkpoint: []byte("c"), Ends: [][]byte{long(maxEnd + 1)}}}),
		over("deliveries[0].ends", deliveries{{Envelope: []byte("e"), Checkpoint: []byte("c"), Ends: [][]byte{nil}}}),
		over("settlements", make(settlements, MaxDeliveries+1)),
		over("settlements[0].receipt", settlements{{Receipt: long(ledger.MaxReceipt + 1)}}),
		over("settlements[0].refusal", settlements{{Refusal: long(maxRefusal + 1)}}),
		over("settlements[0].refusal", settlements{{}}),
		over("settlements[0].refusal", settlements{{Receipt: []byte("r"), Refusal: []byte("n")}}),
		over("heads", make(heads, MaxHeads+1)),
		over("heads[0].origin", heads{{Origin: string(long(maxOrigin + 1))}}),
		over("heads[0].origin", heads{{}}),
		over("heads[0].size", heads{{Origin: "o", Size: -1}}),
		over("heads[0].size", heads{{Origin: "o", Size: ledger.MaxSize + 1}}),
		over("heads[0].checkpoint", heads{{Origin: "o", Size: 1, Checkpoint: long(ledger.MaxCheckpoint + 1)}}),
		over("heads[0].checkpoint", heads{{Origin: "o", Size: 1}}),
		over("heads[0].checkpoint", heads{{Origin: "o", Checkpoint: []byte("c")}}),
		over("heads[0].receipt", heads{{Origin: "o", Size: 1, Checkpoint: []byte("c"), Cosigned: long(ledger.MaxReceipt + 1)}}),
		over("heads[0].tail", heads{{Origin: "o", Tail: digests}}),
		over("heads[0].lacks", heads{{Origin: "o", Size: 1 << 20, Checkpoint: []byte("c"), Lacks: make([]int64, entente.MaxLacks+1)}}),
		over("heads[0].lacks", heads{{Origin: "o", Size: 2, Checkpoint: []byte("c"), Lacks: []int64{2}}}),
		over("heads[0].lacks", heads{{Origin: "o", Size: 2, Checkpoint: []byte("c"), Lacks: []int64{1, 1}}}),
		over("heads[0].lacks", heads{{Origin: "o", Size: 2, Checkpoint: []byte("c"), Lacks: []int64{1, 0}}}),
		over("heads[0].lacks", heads{{Origin: "o", Lacks: []int64{0}}}),
		over("origin", span{"", 0, 1}),
		over("first", span{"o", -1, 1}),
		over("first", span{"o", ledger.MaxSize + 1, 1}),
		over("n", span{"o", 0, MaxRecords + 1}),
		over("n", span{"o", 0, 0}),
		over("records", records(digests)),
		over("max", collect{0}),
		over("max", collect{MaxDeliveries + 1}),
		over("held", held{-1}),
		over("held", held{maxPlace + 1}),
		over("protocol", Hello{Protocol: "", Party: borea, Edition: 1, Speaks: []int{1}, Accepts: []entente.Kind{"tip"}, Time: time.Time{}}),
		over("party", Hello{Protocol: Protocol, Party: "Borea", Edition: 1, Speaks: []int{1}, Accepts: []entente.Kind{"tip"}, Time: time.Time{}.UTC()}),
		over("edition", Hello{Protocol: Protocol, Party: borea, Edition: 0, Speaks: []int{1}, Accepts: []entente.Kind{"tip"}, Time: time.Unix(0, 0).UTC()}),
		over("time", Hello{Protocol: Protocol, Party: borea, Edition: 1, Speaks: []int{1}, Accepts: []entente.Kind{"tip"}, Time: time.Date(2011, 3, 4, 0, 0, 0, 1, time.UTC)}),
		over("time", Hello{Protocol: Protocol, Party: borea, Edition: 1, Speaks: []int{1}, Accepts: []entente.Kind{"tip"}, Time: time.Date(2011, 3, 4, 0, 0, 0, 0, time.FixedZone("", 3600))}),
		over("time", Hello{Protocol: Protocol, Party: borea, Edition: 1, Speaks: []int{1}, Accepts: []entente.Kind{"tip"}, Time: time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)}),
		over("", deliveries{{Envelope: make([]byte, MaxBody), Checkpoint: []byte("c")}}),
		saying[deliveries]("deliveries", "0101"),
		saying[deliveries]("deliveries[0].envelope", "0001ffffffff"),
		saying[deliveries]("deliveries[0].envelope", "000100800000"),
		saying[deliveries]("deliveries[0].envelope", "0002"+"00000000"),
		saying[deliveries]("deliveries[1].envelope", "0002"+"00000001650001630000000000"),
		saying[deliveries]("deliveries[0].checkpoint", "0001"+"0000000165"+"0401"),
		saying[deliveries]("deliveries[0].before", "0001"+"0000000165"+"000163"+"2001"),
		saying[deliveries]("deliveries[0].first", "0001"+"0000000165"+"000163"+"0000"+"1001"),
		saying[deliveries]("deliveries[0].ends", "0001"+"0000000165"+"000163"+"0000"+"0000"+"41"),
		saying[deliveries]("deliveries[0].ends", "0001"+"0000000165"+"000163"+"0000"+"0000"+"010000"),
		saying[deliveries]("", "000000"),
		saying[settlements]("settlements[0].answer", "0001"+name+"00"),
		saying[settlements]("settlements[0].answer", "0001"+name+"03"),
		saying[settlements]("settlements[0].receipt", "0001"+name+"010000"),
		saying[heads]("heads[0].size", "0001"+"016f"+"ffffffffffffffff"),
		saying[heads]("heads[0].size", "0001"+"016f"+"0000010000000001"),
		saying[heads]("heads[0].origin", "0001"+"83"),
		saying[span]("first", "016f"+"8000000000000000"+"0001"),
		saying[records]("records", "2001"),
		saying[held]("held", hex.EncodeToString([]byte(`{"held":-1}`))),
	}
	for _, test := range tests {
		err := error(nil)
		if test.write != nil {
			_, err = test.write()
		} else {
			err = test.read()
		}
		if e := want(t, err, entente.Invalid); e.Field != test.field {
			t.Errorf("got field %q, want %q", e.Field, test.field)
		}
	}
}

// As much as fits is sent, and never so much that it does not.
func TestFit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var ds []entente.Delivery
		for range rapid.IntRange(1, 40).Draw(t, "deliveries") {
			ds = append(ds, entente.Delivery{
				Envelope:   make([]byte, rapid.IntRange(1, 1<<20).Draw(t, "envelope")),
				Checkpoint: bytes.Repeat([]byte("\n"), rapid.IntRange(1, ledger.MaxCheckpoint).Draw(t, "checkpoint")),
				Before:     make([]entente.Digest, rapid.IntRange(0, 20).Draw(t, "before")),
				First:      make([]byte, rapid.IntRange(0, ledger.MaxReceipt).Draw(t, "first")),
				Ends:       slices.Repeat([][]byte{[]byte("end")}, rapid.IntRange(0, MaxEnds).Draw(t, "ends")),
			})
		}
		got := fit(ds)
		if len(got) == 0 {
			t.Fatal("nothing fits")
		}
		b, err := writeBody(deliveries(got))
		if err != nil {
			t.Fatalf("%d of %d do not fit: %v", len(got), len(ds), err)
		}
		if len(got) < len(ds) && len(b)+sizeOf(ds[len(got)]) <= MaxBody {
			t.Errorf("%d of %d fill only %d bytes", len(got), len(ds), len(b))
		}
	})
}

// The largest envelope that package parse reads fits by itself.
func TestLargestEnvelopeFits(t *testing.T) {
	d := entente.Delivery{
		Envelope: make([]byte, parse.MaxEnvelope), Checkpoint: bytes.Repeat([]byte{1}, ledger.MaxCheckpoint), Before: make([]entente.Digest, MaxRecords),
		First: make([]byte, ledger.MaxReceipt), Ends: slices.Repeat([][]byte{make([]byte, maxEnd)}, MaxEnds),
	}
	if _, err := writeBody(deliveries(fit([]entente.Delivery{d, d, d}))); err != nil {
		t.Error(err)
	}
}

// Kind, field and reason of every problem that we write are read again.
func TestProblems(t *testing.T) {
	errs := []error{errors.New("plain"), busy(httptest.NewRecorder(), time.Second), bad("x", "y", entente.ReasonTooLarge)}
	for _, k := range kinds {
		errs = append(errs, k.kind, &entente.Error{Kind: k.kind, Field: "a.b[0]", Reason: entente.ReasonScope}, &entente.Error{Kind: k.kind, Reason: "made-up", Field: "a b"})
	}
	for _, err := range errs {
		p := problemOf(err)
		b, e := parse.Encode(p)
		if e != nil {
			t.Fatal(e)
		}
		again, e := readProblem(b)
		if e != nil || again != p {
			t.Errorf("%v: %s reads as %v, %v", err, b, again, e)
		}
		kind := entente.KindOf(err)
		if kind == nil {
			kind = entente.Unavailable
		}
		if got := again.err(borea); got.Kind != kind {
			t.Errorf("%v became %v", err, got.Kind)
		}
	}
	seen := map[int]bool{}
	for _, k := range kinds {
		for _, s := range k.status {
			if e, ok := statusErr(s, borea); !ok || e.Kind != k.kind || seen[s] {
				t.Errorf("status %d does not stand for %s alone", s, k.name)
			}
			seen[s] = true
		}
	}
}

func fuzz(f *testing.F, name string) {
	for _, s := range samples {
		f.Add(s.bytes)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, s := range samples {
			if s.name != name {
				continue
			}
			v, err := s.read(b)
			if err != nil {
				if !errors.Is(err, entente.Invalid) {
					t.Fatalf("%v is not Invalid", err)
				}
				return
			}
			if again, err := s.write(v); err != nil || !bytes.Equal(again, b) {
				t.Fatalf("%q is written as %q, %v", b, again, err)
			}
		}
	})
}

func FuzzDeliveries(f *testing.F)  { fuzz(f, "deliveries") }
func FuzzSettlements(f *testing.F) { fuzz(f, "settlements") }
func FuzzCollect(f *testing.F)     { fuzz(f, "collect") }
func FuzzHeads(f *testing.F)       { fuzz(f, "heads") }
func FuzzSpan(f *testing.F)        { fuzz(f, "span") }
func FuzzRecords(f *testing.F)     { fuzz(f, "records") }
func FuzzHeld(f *testing.F)        { fuzz(f, "held") }
func FuzzHello(f *testing.F)       { fuzz(f, "hello") }
func FuzzProblem(f *testing.F)     { fuzz(f, "problem") }

// FuzzNumbers: a header has one form for each number.
func FuzzNumbers(f *testing.F) {
	for _, s := range []string{"0", "17", "bytes=5-", "-1", "007"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if n, ok := rangeFrom(http.Header{"Range": {s}}); ok && fmt.Sprintf("bytes=%d-", n) != s {
			t.Errorf("%q reads as the range from %d", s, n)
		}
		if n, ok := decimal(s); ok && fmt.Sprint(n) != s {
			t.Errorf("%q reads as %d", s, n)
		}
	})
}
