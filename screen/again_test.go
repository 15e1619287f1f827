package screen

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"entente"
)

// after gives the hit that follows the decided one; none: it fails.
func (w world) after(was entente.HitID) entente.Hit {
	w.t.Helper()
	for _, h := range w.hits() {
		if h.Was == was {
			return h
		}
	}
	w.t.Fatalf("nothing follows %s: %+v", was, w.hits())
	return entente.Hit{}
}

// booking feeds a booking whose date of birth and passport may come later.
func (w world) booking(born, passport string) entente.Feeding {
	w.t.Helper()
	return w.feed("kind,name,born,passport,reference,carrier,flight,from,to,departs\nbooking,Arsen Kadaev," + born + "," + passport + ",PNR7QX,XB,117,OST,NVG,2012-07-20T08:00\n")
}

// What a person decided is not turned over by the same event fed again, but by one
// that now says what he did not know: a hit of its own, that says what changed.
func TestDecidedAndToldOtherwise(t *testing.T) {
	for _, c := range []struct {
		name        string
		first, then [2]string // born, passport
		answer      entente.VerdictCode
		changed     string // empty: nobody is asked again
		band        entente.Band
	}{
		{"somebody else, and the date is his", [2]string{"", "B1"}, [2]string{"1986-03-14", "B1"}, entente.VerdictOther, "birth 1986-03-14, before none", entente.BandStrong},
		{"unclear, and the date is his", [2]string{"", ""}, [2]string{"1986-03-14", ""}, entente.VerdictUnclear, "birth 1986-03-14, before none", entente.BandStrong},
		{"the man, and the date is another's", [2]string{"1986-03-14", ""}, [2]string{"1951-11-02", ""}, entente.VerdictSame, "birth 1951-11-02, before 1986-03-14", entente.BandBelow},
		{"the man, and no date any more", [2]string{"1986-03-14", ""}, [2]string{"", ""}, entente.VerdictSame, "", ""},
		{"the man, and a passport more", [2]string{"1986-03-14", ""}, [2]string{"1986-03-14", "B1"}, entente.VerdictSame, "", ""},
		{"somebody else, and a passport more", [2]string{"", ""}, [2]string{"", "B1"}, entente.VerdictOther, "", ""},
		{"somebody else, and a date that is not his", [2]string{"", "B1"}, [2]string{"1951-11-02", "B1"}, entente.VerdictOther, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			w.watch("Arsen Kadaev", "1986-03-14")
			if f := w.booking(c.first[0], c.first[1]); f.Hits != 1 {
				t.Fatalf("first: %s", Summary(f))
			}
			first := w.hits()[0]
			w.decide(first, c.answer)
			w.booking(c.first[0], c.first[1]) // as it was decided
			w.booking(c.then[0], c.then[1])
			w.booking(c.then[0], c.then[1])
			old := read(w, func(tx entente.Tx) (entente.Hit, error) { return tx.Hit(first.ID) })
			if old.Decided == nil || old.Task != first.Task || old.Match.Score != first.Match.Score {
				t.Errorf("the decided hit was written over: %+v", old)
			}
			if c.changed == "" {
				if n := len(w.hits()); n != 1 || len(w.tasks()) != 0 {
					t.Errorf("%d hits, %d tasks; nothing was to be asked", n, len(w.tasks()))
				}
				return
			}
			next, tasks := w.after(first.ID), w.tasks()
			if !strings.Contains(next.Changed, c.changed) || next.Match.Band != c.band || next.Decided != nil {
				t.Errorf("%s match, %q; want %s, %q", next.Match.Band, next.Changed, c.band, c.changed)
			}
			if len(w.hits()) != 2 || len(tasks) != 1 || tasks[0].ID != next.Task || !strings.HasSuffix(tasks[0].Title, "told otherwise since") {
				t.Errorf("%d hits; tasks %+v", len(w.hits()), tasks)
			}
		})
	}
}

// A hit that waits is told of what is known since, once, and its task climbs anew.
func TestWaitingHitLearns(t *testing.T) {
	w := newWorld(t)
	w.watch("Arsen Kadaev", "1986-03-14")
	w.booking("", "")
	task := w.tasks()[0]
	w.update(func(tx entente.Tx) error {
		task.Seen, task.Version, task.Due = &entente.Act{By: anna.ID, At: morning}, task.Version+1, morning.AddDate(0, 0, 3)
		task.DecideBy = morning.Add(time.Minute) // which the news do not put off
		return tx.PutTask(task)
	})
	for range 2 {
		w.booking("1986-03-14", "")
		w.booking("", "")
	}
	hits, tasks := w.hits(), w.tasks()
	if len(hits) != 1 || hits[0].Match.Band != entente.BandStrong || hits[0].Changed != "birth 1986-03-14, before none; held birth 1986-03-14, before none" {
		t.Errorf("the hits are %+v", hits)
	}
	if len(tasks) != 1 || tasks[0].Seen != nil || tasks[0].Hits != 1 || tasks[0].Version != 3 || tasks[0].Band != entente.BandStrong || !tasks[0].Due.Equal(morning.Add(time.Minute)) {
		t.Errorf("the tasks are %+v", tasks)
	}
}

// When a clearing is taken back, the namesake hits with what he was quiet with, and
// the decision that cleared him is asked about anew; on a list, too.
func TestClearingTakenBack(t *testing.T) {
	w := newWorld(t)
	if _, err := w.list(ports); err != nil {
		t.Fatal(err)
	}
	w.watch("Arsen Kadaev", "1986-03-14")
	w.feed(flights("Arsen Kadaev,,B7700182"))
	for _, h := range w.hits() {
		w.decide(h, entente.VerdictOther)
	}
	if n := len(w.tasks()); n != 0 {
		t.Fatalf("%d tasks are left", n)
	}
	w.feed(strings.ReplaceAll(flights("Arsen Kadaev,,B7700182"), "07-17", "07-18"))
	if n := len(w.tasks()); n != 0 {
		t.Errorf("%d tasks about a cleared namesake", n)
	}
	w.revoke()
	w.looksBack()
	waiting, following := 0, 0
	for _, h := range w.hits() {
		if h.Task != "" && h.Decided == nil {
			waiting++
			if h.Was != "" && h.Changed == "it was taken back that this is somebody else: a mistake" {
				following++
			}
		}
	}
	if waiting != 4 || following != 2 || len(w.tasks()) != 2 {
		t.Errorf("%d hits wait, %d of them follow a decision, in %d tasks; want 4, 2 and 2", waiting, following, len(w.tasks()))
	}
}

// Nobody is cleared of what was not told of him when he was.
func TestClearedWithoutTheDate(t *testing.T) {
	w := newWorld(t)
	w.watch("Arsen Kadaev", "1986")
	w.feed(flights("Arsen Kadaev,,B7700182"))
	w.decide(w.hits()[0], entente.VerdictOther)
	day := func(n int, born string) entente.Feeding {
		return w.feed(strings.ReplaceAll(flights("Arsen Kadaev,"+born+",B7700182"), "07-17", fmt.Sprint("07-", n)))
	}
	if f := day(18, ""); f.Hits != 0 || f.Near != 1 {
		t.Errorf("as he was cleared: %s", Summary(f))
	}
	if f := day(19, "1986-11-02"); f.Hits != 1 {
		t.Errorf("with a date that is the man's, as far as it is known: %s", Summary(f))
	}
	w.clearSomebody()
	if f := day(20, "1986-11-02"); f.Hits != 0 || f.Near != 1 {
		t.Errorf("cleared with the date: %s", Summary(f))
	}
}
