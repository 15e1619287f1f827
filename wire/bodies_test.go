package wire

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"entente"
	"entente/parse"

	"pgregory.net/rapid"
)

var sampleDigest = entente.DigestOf([]byte("sample"))

// samples is a body of each kind, as it goes over the wire. They are the form of
// the protocol: a change here is a change for every partner.
var samples = []struct {
	name string
	json string
	read func([]byte) (any, error)
}{
	{"deliveries", `{"deliveries":[{"envelope":"e30=","checkpoint":"entente/north-star/a/b\n1\n","before":["` + sampleDigest.String() + `"]},{"envelope":"e30=","checkpoint":"— <&>\n"}]}`, reader[deliveries]()},
	{"settlements", `{"settlements":[{"envelope":"` + sampleDigest.String() + `","receipt":"c2sp.org/tlog-proof@v1\n"},{"envelope":"` + sampleDigest.String() + `","refusal":"entente/1 refusal\n"}]}`, reader[settlements]()},
	{"collect", `{"max":100}`, reader[collect]()},
	{"heads", `{"heads":[{"origin":"entente/north-star/a/b","size":0},{"origin":"entente/access","size":7,"checkpoint":"c\n","cosigned":"r\n"}]}`, reader[heads]()},
	{"span", `{"origin":"entente/north-star/a/b","first":7,"n":100}`, reader[span]()},
	{"records", `{"records":["` + sampleDigest.String() + `"]}`, reader[records]()},
	{"held", `{"held":4096}`, reader[held]()},
	{"done", `{}`, reader[done]()},
	{"hello", `{"protocol":"entente/1","party":"borea-sls","edition":3,"time":"2011-03-04T09:00:00.123Z"}`, reader[Hello]()},
	{"problem", `{"title":"A rule or an agreement forbids it.","status":403,"kind":"denied","field":"scope.tip","reason":"out-of-scope"}`, func(b []byte) (any, error) { return readProblem(b) }},
}

func reader[T body]() func([]byte) (any, error) {
	return func(b []byte) (any, error) { return readBody[T](b) }
}

func TestSamples(t *testing.T) {
	for _, s := range samples {
		v, err := s.read([]byte(s.json))
		if err != nil {
			t.Errorf("%s: %v", s.name, err)
			continue
		}
		if got, err := parse.Encode(v); err != nil || string(got) != s.json {
			t.Errorf("%s: got %s, %v; want %s", s.name, got, err, s.json)
		}
	}
}

// Nothing shorter than a body is one, and no body has two forms: with any
// bit turned over it either reads as something else or not at all.
func TestEveryByteOfABody(t *testing.T) {
	for _, s := range samples {
		first, err := s.read([]byte(s.json))
		if err != nil {
			t.Fatal(err)
		}
		for n := range len(s.json) {
			if v, err := s.read([]byte(s.json[:n])); err == nil {
				t.Errorf("%s cut to %d bytes reads as %v", s.name, n, v)
			}
		}
		for i := range len(s.json) {
			b := []byte(s.json)
			for bit := range 8 {
				c := s.json[i] ^ 1<<bit
				b[i] = c
				if v, err := s.read(b); err == nil && reflect.DeepEqual(v, first) {
					t.Errorf("%s reads the same with byte %d as %#x", s.name, i, c)
				} else if err != nil && !errors.Is(err, entente.Invalid) {
					t.Errorf("%s with byte %d as %#x: %v is not Invalid", s.name, i, c, err)
				}
			}
		}
	}
}

// What is over a limit is refused by name, on the way in and on the way out.
func TestLimitsOfBodies(t *testing.T) {
	long := func(n int) string { return strings.Repeat("x", n) }
	digests := make([]entente.Digest, MaxRecords+1)
	tests := []struct {
		field string
		body  body
	}{
		{"deliveries", deliveries{make([]delivery, MaxDeliveries+1)}},
		{"deliveries[0].checkpoint", deliveries{[]delivery{{[]byte("e"), long(maxCheckpoint + 1), nil, ""}}}},
		{"deliveries[0].before", deliveries{[]delivery{{[]byte("e"), "c", digests, ""}}}},
		{"deliveries[0].first", deliveries{[]delivery{{[]byte("e"), "c", nil, long(maxReceipt + 1)}}}},
		{"settlements", settlements{make([]settlement, MaxDeliveries+1)}},
		{"settlements[0].receipt", settlements{[]settlement{{Receipt: long(maxReceipt + 1)}}}},
		{"settlements[0].refusal", settlements{[]settlement{{Refusal: long(maxRefusal + 1)}}}},
		{"heads", heads{make([]head, MaxHeads+1)}},
		{"heads[0].origin", heads{[]head{{Origin: long(maxOrigin + 1)}}}},
		{"heads[0].origin", heads{[]head{{}}}},
		{"heads[0].size", heads{[]head{{Origin: "o", Size: -1}}}},
		{"heads[0].size", heads{[]head{{Origin: "o", Size: maxPlace + 1}}}},
		{"heads[0].checkpoint", heads{[]head{{Origin: "o", Checkpoint: long(maxCheckpoint + 1)}}}},
		{"heads[0].cosigned", heads{[]head{{Origin: "o", Cosigned: long(maxReceipt + 1)}}}},
		{"heads[0].tail", heads{[]head{{Origin: "o", Tail: digests}}}},
		{"origin", span{"", 0, 1}},
		{"first", span{"o", -1, 1}},
		{"n", span{"o", 0, MaxRecords + 1}},
		{"n", span{"o", 0, 0}},
		{"records", records{digests}},
		{"max", collect{0}},
		{"held", held{-1}},
		{"protocol", Hello{"", borea, 1, time.Time{}}},
		{"party", Hello{Protocol, "Borea", 1, time.Time{}.UTC()}},
		{"edition", Hello{Protocol, borea, 0, time.Unix(0, 0).UTC()}},
		{"time", Hello{Protocol, borea, 1, time.Date(2011, 3, 4, 0, 0, 0, 1, time.UTC)}},
		{"time", Hello{Protocol, borea, 1, time.Date(2011, 3, 4, 0, 0, 0, 0, time.FixedZone("", 3600))}},
		{"", deliveries{[]delivery{{make([]byte, MaxBody), "c", nil, ""}}}},
	}
	for _, test := range tests {
		_, err := writeBody(test.body)
		if e := want(t, err, entente.Invalid); e.Field != test.field {
			t.Errorf("got field %q, want %q", e.Field, test.field)
		}
		b, err := parse.Encode(test.body)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := readAgain(test.body, b); !errors.Is(err, entente.Invalid) {
			t.Errorf("%s: read again: got %v", test.field, err)
		}
	}
}

func readAgain(like body, b []byte) (any, error) {
	switch like.(type) {
	case deliveries:
		return readBody[deliveries](b)
	case settlements:
		return readBody[settlements](b)
	case heads:
		return readBody[heads](b)
	case span:
		return readBody[span](b)
	case records:
		return readBody[records](b)
	case collect:
		return readBody[collect](b)
	case held:
		return readBody[held](b)
	}
	return readBody[Hello](b)
}

// As much as fits is sent, and never so much that it does not.
func TestFit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var ds []entente.Delivery
		for range rapid.IntRange(1, 40).Draw(t, "deliveries") {
			ds = append(ds, entente.Delivery{
				Envelope:   make([]byte, rapid.IntRange(1, 1<<20).Draw(t, "envelope")),
				Checkpoint: bytes.Repeat([]byte("\n"), rapid.IntRange(1, maxCheckpoint).Draw(t, "checkpoint")),
				Before:     make([]entente.Digest, rapid.IntRange(0, 20).Draw(t, "before")),
			})
		}
		got := fit(ds)
		if len(got) == 0 {
			t.Fatal("nothing fits")
		}
		b, err := writeBody(toDeliveries(got))
		if err != nil {
			t.Fatalf("%d of %d do not fit: %v", len(got), len(ds), err)
		}
		if len(got) < len(ds) && len(b) < MaxBody/2 {
			t.Errorf("%d of %d fill only %d bytes", len(got), len(ds), len(b))
		}
	})
}

// The largest envelope that package parse reads fits by itself.
func TestLargestEnvelopeFits(t *testing.T) {
	d := entente.Delivery{Envelope: make([]byte, parse.MaxEnvelope), Checkpoint: bytes.Repeat([]byte{1}, maxCheckpoint), Before: make([]entente.Digest, MaxRecords)}
	if _, err := writeBody(toDeliveries(fit([]entente.Delivery{d, d, d}))); err != nil {
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
		f.Add([]byte(s.json))
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
			if again, err := parse.Encode(v); err != nil || !bytes.Equal(again, b) {
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
