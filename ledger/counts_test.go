package ledger_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"entente"
	"entente/ledger"
)

const countsFile = "../testdata/vectors/counts.json"

// countsVectors is what testdata/vectors/counts.json holds: for each state of
// knowledge, the verdict on every object under every edition at the places around
// the ends.
type countsVectors struct {
	About string       `json:"about"`
	Cases []countsCase `json:"cases"`
}

type countsCase struct {
	What     string          `json:"what"`
	Editions []editionVector `json:"editions"`
	Ends     []endVector     `json:"ends"`
	Verdicts []countsVector  `json:"verdicts"`
}

type editionVector struct {
	Number int            `json:"number"`
	Digest entente.Digest `json:"digest"`
}

type endVector struct {
	Number   int   `json:"number"`
	Size     int64 `json:"size"`
	Received int64 `json:"received"`
	Waits    bool  `json:"waits"` // without consent or with a time of theft, and nobody has accepted it
}

type countsVector struct {
	Object  ledger.Object  `json:"object"`
	Edition entente.Digest `json:"edition"`
	Place   int64          `json:"place"`
	Verdict ledger.Verdict `json:"verdict"`
}

func edition(n int) entente.Digest { return entente.DigestOf(fmt.Appendf(nil, "edition %d", n)) }

// knowledge builds a succession of editions 1 to n with some end notes.
func knowledge(editions int, ends ...endVector) ledger.Succession {
	var s ledger.Succession
	for n := 1; n <= editions; n++ {
		s.Editions = append(s.Editions, ledger.Edition{Number: n, Digest: edition(n)})
	}
	for _, e := range ends {
		s.Ends = append(s.Ends, ledger.End{EndNote: entente.EndNote{Number: e.Number, Edition: edition(e.Number), Size: e.Size, Received: e.Received}, Waits: e.Waits})
	}
	return s
}

var countsCases = []struct {
	what     string
	editions int
	ends     []endVector
}{
	{"one edition", 1, nil},
	{"the next edition is known, its end note is not", 2, nil},
	{"the next edition and its end note", 2, []endVector{{Number: 2, Size: 5, Received: 3}}},
	{"an end note of size 0", 2, []endVector{{Number: 2}}},
	{"an end note that waits for a person", 2, []endVector{{Number: 2, Size: 5, Received: 3, Waits: true}}},
	{"two end notes, each later than the one before", 3, []endVector{{Number: 2, Size: 5, Received: 3}, {Number: 3, Size: 8, Received: 6}}},
	{"the newest end note vouches for less than the one before", 3, []endVector{{Number: 2, Size: 5, Received: 3}, {Number: 3, Size: 4, Received: 2}}},
	{"the end note of the edition in the middle alone", 3, []endVector{{Number: 2, Size: 5, Received: 3}}},
	{"the end note of the newest edition alone", 3, []endVector{{Number: 3, Size: 8, Received: 6}}},
}

func makeCounts() countsVectors {
	v := countsVectors{About: "Which signature counts: for each state of knowledge of one party's editions and of one channel's end notes, " +
		"the verdict on each object under each edition. An answer is a receipt, or a refusal with a place: its place stands in the channel back. " +
		"docs/protocol.md, Succession of keys, has the rule."}
	objects := []ledger.Object{ledger.OfEnvelope, ledger.OfCheckpoint, ledger.OfAnswer, ledger.OfRefusal, ledger.OfHeads, ledger.OfLeaf}
	for _, c := range countsCases {
		s := knowledge(c.editions, c.ends...)
		one := countsCase{What: c.what, Ends: c.ends}
		if one.Ends == nil {
			one.Ends = []endVector{}
		}
		for _, e := range s.Editions {
			one.Editions = append(one.Editions, editionVector{e.Number, e.Digest})
		}
		for _, o := range objects {
			for n := 1; n <= c.editions+1; n++ { // one more than is known
				for _, place := range placesAround(o, c.ends) {
					one.Verdicts = append(one.Verdicts, countsVector{o, edition(n), place, ledger.Counts(s, o, edition(n), place)})
				}
			}
		}
		v.Cases = append(v.Cases, one)
	}
	return v
}

// placesAround gives place−1, place and place+1 of every end.
func placesAround(o ledger.Object, ends []endVector) []int64 {
	if o == ledger.OfRefusal || o == ledger.OfHeads || o == ledger.OfLeaf {
		return []int64{0}
	}
	places := []int64{0}
	for _, e := range ends {
		at := e.Size
		if o == ledger.OfAnswer {
			at = e.Received
		}
		for p := at - 1; p <= at+1; p++ {
			if p > places[len(places)-1] {
				places = append(places, p)
			}
		}
	}
	return places
}

func TestCountsVectors(t *testing.T) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", "  ")
	if err := e.Encode(makeCounts()); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(countsFile, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if have, err := os.ReadFile(countsFile); err != nil || !bytes.Equal(have, b.Bytes()) {
		t.Errorf("counts.json is not what the program makes (%v): go test ./ledger -run Counts -update", err)
	}
}

// TestCounts holds each row of the rule by hand.
func TestCounts(t *testing.T) {
	end := endVector{Number: 2, Size: 5, Received: 3}
	both := knowledge(2, end)
	for _, tt := range []struct {
		what  string
		s     ledger.Succession
		o     ledger.Object
		n     int
		place int64
		want  ledger.Verdict
	}{
		{"only edition n is known", knowledge(1), ledger.OfEnvelope, 1, 99, ledger.VerdictCounts},
		{"an edition that is not known", knowledge(1), ledger.OfEnvelope, 2, 0, ledger.VerdictUnknown},
		{"n+1 without its end note: n is put off", knowledge(2), ledger.OfEnvelope, 1, 0, ledger.VerdictMissing},
		{"n+1 without its end note: n+1 counts", knowledge(2), ledger.OfEnvelope, 2, 0, ledger.VerdictCounts},
		{"the last record under n", both, ledger.OfEnvelope, 1, 4, ledger.VerdictCounts},
		{"a record of a thief", both, ledger.OfEnvelope, 1, 5, ledger.VerdictNot},
		{"the first record under n+1", both, ledger.OfEnvelope, 2, 5, ledger.VerdictCounts},
		{"n+1 signs no earlier record", both, ledger.OfEnvelope, 2, 4, ledger.VerdictNot},
		{"a later key vouches for an earlier place", both, ledger.OfCheckpoint, 2, 0, ledger.VerdictCounts},
		{"an ended key vouches below its end", both, ledger.OfCheckpoint, 1, 4, ledger.VerdictCounts},
		{"an ended key vouches for nothing beyond", both, ledger.OfCheckpoint, 1, 5, ledger.VerdictNot},
		{"a receipt below received", both, ledger.OfAnswer, 1, 2, ledger.VerdictCounts},
		{"a forged receipt", both, ledger.OfAnswer, 1, 3, ledger.VerdictNot},
		{"a later edition answers anywhere", both, ledger.OfAnswer, 2, 0, ledger.VerdictCounts},
		{"a refusal without a place, ended", both, ledger.OfRefusal, 1, 0, ledger.VerdictNot},
		{"heads of a courier file, ended", both, ledger.OfHeads, 1, 0, ledger.VerdictNot},
		{"a certificate, ended", both, ledger.OfLeaf, 1, 0, ledger.VerdictNot},
		{"a person decides first", knowledge(2, endVector{Number: 2, Size: 5, Waits: true}), ledger.OfEnvelope, 2, 5, ledger.VerdictStop},
		{"but the party can be reached", knowledge(2, endVector{Number: 2, Size: 5, Waits: true}), ledger.OfLeaf, 2, 0, ledger.VerdictCounts},
		{"the newest decides", knowledge(3, end, endVector{Number: 3, Size: 4}), ledger.OfEnvelope, 1, 4, ledger.VerdictNot},
	} {
		if got := ledger.Counts(tt.s, tt.o, edition(tt.n), tt.place); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.what, got, tt.want)
		}
	}
}

// An end note that is learnt later never makes count what did not count before.
func TestCountsOnlyTakesAway(t *testing.T) {
	for _, c := range countsCases {
		for cut := range c.ends {
			less, more := knowledge(c.editions, c.ends[:cut]...), knowledge(c.editions, c.ends...)
			for _, o := range []ledger.Object{ledger.OfEnvelope, ledger.OfCheckpoint, ledger.OfAnswer, ledger.OfRefusal} {
				for n := 1; n <= c.editions; n++ {
					for place := range int64(10) {
						if ledger.Counts(less, o, edition(n), place) == ledger.VerdictNot && ledger.Counts(more, o, edition(n), place) == ledger.VerdictCounts {
							t.Errorf("%s: %s under %d at %d counts only with more knowledge", c.what, o, n, place)
						}
					}
				}
			}
		}
	}
}
