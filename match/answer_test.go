package match

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"entente"
)

var probable = Least{Score: entente.BandProbable.Floor()}

// Who meets a least score is found as if everybody had been compared.
func TestAnswerIsWhoeverMeetsTheLeast(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, held := New(), map[string]entente.Subject{}
		for i := range rapid.IntRange(1, 40).Draw(t, "people") {
			id := strconv.Itoa(i)
			held[id] = anyone().Draw(t, "held")
			x.Put(id, held[id])
		}
		asked := anyone().Draw(t, "asked")
		least := rapid.SampledFrom([]float64{0.25, 0.75, 0.95}).Draw(t, "least")
		q := Ask(asked)
		all := x.Whole(q, Least{})
		want := slices.DeleteFunc(slices.Clone(all), func(h Hit) bool { return h.Match.Score < least })
		for range 2 { // a question may be put again
			if got := x.Answer(q, 100, Least{Score: least}); !sameHits(got, want) {
				t.Fatalf("from %v\ngot  %+v\nwant %+v", least, got, want)
			}
		}
		want = slices.DeleteFunc(slices.Clone(all), func(h Hit) bool { return h.Match.Score < least && !excused(asked, held[h.ID], least) })
		if got := x.Answer(q, 100, Least{Score: least, ButFor: least}); !sameHits(got, want) {
			t.Fatalf("from %v but for what speaks against\ngot  %+v\nwant %+v", least, got, want)
		}
	})
}

func sameHits(a, b []Hit) bool {
	return slices.EqualFunc(a, b, func(x, y Hit) bool {
		return x.ID == y.ID && x.Match.Score == y.Match.Score && slices.Equal(x.Match.Evidence, y.Match.Evidence)
	})
}

// excused says of two people what Least.ButFor says.
func excused(asked, held entente.Subject, least float64) bool {
	var p pairing
	t := p.compare(prepare(asked), prepare(held), plainly{})
	w, b := learned.weigh(&t), newBar(Least{Score: least, ButFor: least}, 0)
	return t.document == agrees || t.identifier == agrees || b.excused(&w)
}

// Who has nothing in common with anybody is not excused by how much speaks
// against him.
func TestNobodyIsExcusedForNothing(t *testing.T) {
	asked, held := subject("Arsen Kadaev"), subject("Mirada Ostvik")
	asked.Births, held.Births = []entente.Birth{{Date: entente.PartialDate{Year: 1940}}}, []entente.Birth{{Date: entente.PartialDate{Year: 2001}}}
	asked.Nationalities, held.Nationalities = []entente.Country{"XA"}, []entente.Country{"XB"}
	asked.Sex, held.Sex = "M", "F"
	asked.Residence, held.Residence = "Ostvik, XA", "Brunja, XB"
	if excused(asked, held, probable.Score) || ButFor(Compare(asked, held)) >= 0.01 {
		t.Errorf("%+v, but for that %v", Compare(asked, held), ButFor(Compare(asked, held)))
	}
	held.Names = asked.Names
	if m := Compare(asked, held); m.Band != entente.BandBelow || !excused(asked, held, probable.Score) || ButFor(m) < probable.Score {
		t.Errorf("a namesake: %+v, but for that %v", m, ButFor(m))
	}
}

// The same in a town, where whom to compare must be chosen: at least as many are
// found, for nobody is chosen whose date rules him out. Only who has one word of
// the name and another letter in the next may be passed over, where somebody has
// both.
func TestAnswerInATown(t *testing.T) {
	x, people := town(3_000)
	r := rand.New(rand.NewPCG(3, 4))
	found := 0
	for _, asked := range people[:600] {
		date := asked.Births[0].Date
		date.Year += []int{0, 1, 2, 5, 10, 20}[r.IntN(6)]
		asked.Births = []entente.Birth{{Date: date}}
		want := slices.DeleteFunc(x.Find(asked, 20), func(h Hit) bool {
			return h.Match.Score < probable.Score || strings.Contains(h.Match.Evidence[0].Rule, "letters differ")
		})
		got := x.Answer(Ask(asked), 20, probable)
		for _, h := range got {
			if h.Match.Score < probable.Score {
				t.Fatalf("%+v\nfinds %+v", asked, h)
			}
		}
		of := func(h Hit) bool { return slices.ContainsFunc(want, func(w Hit) bool { return w.ID == h.ID }) }
		if got = slices.DeleteFunc(got, func(h Hit) bool { return !of(h) }); !sameHits(got, want) {
			t.Fatalf("%+v\ngot  %+v\nwant %+v", asked, got, want)
		}
		found += len(want)
	}
	if found == 0 {
		t.Error("nobody was found")
	}
}

// A namesake born long ago is worth a record, and so is who shows the document of
// somebody of another name.
func TestLeastButForWhatSpeaksAgainst(t *testing.T) {
	x := New()
	x.Put("namesake", subject("Arsen Kadaev", "1951-11-02"))
	other := subject("Tamar Halvarsk", "1951-11-02")
	other.Documents = []entente.Document{{Type: "passport", Number: "XB771234"}}
	x.Put("other", other)
	asked := subject("Arsen Kadaev", "1986-03-14")
	asked.Documents = other.Documents
	q := Ask(asked)
	if hits := x.Answer(q, 5, probable); len(hits) != 0 {
		t.Errorf("%+v", hits)
	}
	if hits := x.Answer(q, 5, Least{Score: probable.Score, ButFor: probable.Score}); len(hits) != 2 {
		t.Errorf("%+v", hits)
	}
	asked.Documents = nil
	if hits := x.Answer(Ask(asked), 5, Least{Score: probable.Score, ButFor: probable.Score}); len(hits) != 1 || hits[0].ID != "namesake" {
		t.Errorf("%+v", hits)
	}
}

// One question may be put to several indexes, and to one that grows.
func TestQuestionIsPutToSeveralIndexes(t *testing.T) {
	lists, _ := town(100)
	desk := New()
	q := Ask(subject("Arsen Kadagev", "1986-03-14"))
	if hits := desk.Answer(q, 5, probable); len(hits) != 0 {
		t.Errorf("an empty index answers %+v", hits)
	}
	for _, x := range []*Index{lists, desk} {
		x.Put("traveller", subject("Arsen Kadaev", "1986-03-14"))
		if hits := x.Answer(q, 5, probable); len(hits) != 1 || hits[0].ID != "traveller" {
			t.Errorf("%+v", hits)
		}
	}
}

func BenchmarkScreen(b *testing.B) {
	x, people := town(7_000)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		asked := people[i%len(people)]
		asked.Births = people[(i+1)%len(people)].Births
		x.Answer(Ask(asked), 20, probable)
	}
}

// The number after a passport's is another person's: without a name it is no match.
func TestNextNumberIsNoMatch(t *testing.T) {
	x := New()
	for i, name := range []string{"Mira Zelenkova", "Olen Dravik"} {
		s := entente.Subject{Names: []entente.Name{{Text: name}}, Documents: []entente.Document{{Type: "passport", Number: "N000000" + strconv.Itoa(7+i)}}}
		x.Put(strconv.Itoa(i), s)
	}
	asked := entente.Subject{Documents: []entente.Document{{Type: "passport", Number: "N0000007"}}}
	hits := x.Answer(Ask(asked), 10, Least{Score: entente.BandPossible.Floor()})
	if len(hits) != 1 || hits[0].ID != "0" {
		t.Errorf("asked by number alone: %+v", hits)
	}
}
