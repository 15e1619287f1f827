package match

import (
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"entente"
)

// town fills an index with invented people.
func town(n int) (*Index, []entente.Subject) {
	r := rand.New(rand.NewPCG(1, 2))
	x := New()
	people := make([]entente.Subject, n)
	for i := range people {
		people[i] = invented(r)
		x.Put(strconv.Itoa(i), people[i])
	}
	return x, people
}

func TestFindTheTraveller(t *testing.T) {
	x, _ := town(2000)
	x.Put("traveller", subject("Arsen Kadaev", "1986-03-14"))
	x.Put("teacher", subject("Arsen Kadaev", "1961-11-02"))
	for _, asked := range []entente.Subject{
		subject("Арсен Кадаев", "1987-03-14"), subject("KADAYEV ARSEN", "1988-03-14"), subject("Kadaev, A.", "1986-03-14"),
		subject("Арсен Асланович Кадаев", "1986-03-14"), subject("Arsenkadaev", "1986-03-14"), subject("Arsen Kadagev", "1986-03-14"),
	} {
		hits := x.Find(asked, 5)
		if len(hits) == 0 || hits[0].ID != "traveller" {
			t.Errorf("%s: %+v", asked.Names[0].Text, hits)
			continue
		}
		for _, h := range hits {
			if h.ID == "teacher" && h.Match.Band != entente.BandBelow {
				t.Errorf("%s: the teacher is %s", asked.Names[0].Text, h.Match.Band)
			}
		}
	}
}

// A hit says what Compare says of the same two.
func TestFindAgreesWithCompare(t *testing.T) {
	x, people := town(500)
	for _, asked := range people[:50] {
		asked.Births = nil
		for _, h := range x.Find(asked, 5) {
			i, _ := strconv.Atoi(h.ID)
			if want := Compare(asked, people[i]); math.Abs(want.Score-h.Match.Score) > 1e-9 || !slices.Equal(want.Evidence, h.Match.Evidence) {
				t.Fatalf("found %+v\ncompared %+v", h.Match, want)
			}
		}
	}
}

func TestFindByNumberAlone(t *testing.T) {
	x, _ := town(100)
	s := subject("Kveta Pardosh")
	s.Documents = []entente.Document{{Type: "passport", Number: "XB 77-1234"}}
	s.Identifiers = []entente.Identifier{{Kind: "phone", Value: "+99 (0)555 123456"}}
	x.Put("k", s)
	for _, asked := range []entente.Subject{{Documents: []entente.Document{{Number: "xb771234"}}}, {Identifiers: []entente.Identifier{{Kind: "phone", Value: "0555-123456"}}}} {
		if hits := x.Find(asked, 3); len(hits) != 1 || hits[0].ID != "k" {
			t.Errorf("%+v: %+v", asked, hits)
		}
	}
}

func TestPutReplacesAndRemoveForgets(t *testing.T) {
	x, _ := town(100)
	x.Put("one", subject("Olvek Quorra"))
	x.Put("one", subject("Tamar Halvarsk"))
	if x.Len() != 101 {
		t.Errorf("%d people, want 101", x.Len())
	}
	has := func(name string) bool {
		return slices.ContainsFunc(x.Find(subject(name), 10), func(h Hit) bool { return h.ID == "one" })
	}
	if has("Olvek Quorra") || !has("Tamar Halvarsk") {
		t.Error("the old name is found, or the new one is not")
	}
	x.Remove("one")
	x.Remove("one")
	if has("Tamar Halvarsk") || x.Len() != 100 {
		t.Error("still there")
	}
}

// An index that people came to and left is as one that only those came to who
// stayed.
func TestIndexKeepsNothingOfTheRemoved(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, want := New(), map[string]entente.Subject{}
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			id := strconv.Itoa(rapid.IntRange(0, 5).Draw(t, "id"))
			if rapid.IntRange(0, 2).Draw(t, "what") == 0 {
				x.Remove(id)
				delete(want, id)
				continue
			}
			s := anyone().Draw(t, "subject")
			x.Put(id, s)
			want[id] = s
		}
		if x.Len() != len(want) {
			t.Fatalf("%d people, want %d", x.Len(), len(want))
		}
		for id, s := range want {
			hits := x.Find(entente.Subject{Names: s.Names}, 10)
			if !slices.ContainsFunc(hits, func(h Hit) bool { return h.ID == id }) {
				t.Fatalf("%q is not found by its names", id)
			}
			for _, h := range hits {
				if _, ok := want[h.ID]; !ok {
					t.Fatalf("%q was removed", h.ID)
				}
			}
		}
	})
}

func TestPutAndFindAtOnce(t *testing.T) {
	x, people := town(200)
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := range 200 {
				switch {
				case g == 0:
					x.Put(strconv.Itoa(i%50), people[(i*7)%200])
				case g == 1:
					x.Remove(strconv.Itoa(100 + i%50))
				default:
					x.Find(people[i], 5)
				}
			}
		})
	}
	wg.Wait()
	if n := x.Len(); n != 150 {
		t.Errorf("%d people, want 150", n)
	}
}
