package screen

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"entente"
	"entente/lists"
)

func TestSameEventHitsOnce(t *testing.T) {
	w := newWorld(t)
	w.watch("Arsen Kadaev", "1986-03-14")
	text := flights("Арсен Кадаев,1986-03-14,B4410027", "Karen Lindal,1974-09-25,A1")
	first := w.feed(text)
	if first.Read != 2 || first.Fresh != 2 || first.Hits != 1 {
		t.Fatalf("first: %s", Summary(first))
	}
	again := w.process().feed(text) // by another process, too
	if again.Fresh != 0 || again.Hits != 0 || len(w.hits()) != 1 || len(w.tasks()) != 1 {
		t.Errorf("again: %s, %d hits, %d tasks", Summary(again), len(w.hits()), len(w.tasks()))
	}
	if h := w.hits()[0]; h.Match.Band != entente.BandStrong || h.Asked.Names[0].Text != "Арсен Кадаев" || h.Held.Names[0].Text != "Arsen Kadaev" {
		t.Errorf("the hit is %+v", h)
	}
}

// A feed that is cut off in the middle is fed again whole.
func TestCutFeedGoesOnWhereItStopped(t *testing.T) {
	w := newWorld(t)
	w.watch("Arsen Kadaev", "1986-03-14")
	var all []string
	for i := range 3 * chunkSize {
		all = append(all, fmt.Sprintf("Traveller Number%c%c,1970-01-01,N%d", 'a'+i%26, 'a'+i/26%26, i))
	}
	all[10], all[2*chunkSize+10] = "Arsen Kadaev,1986-03-14,B1", "Kadayev Arsen,1986-03-14,B2"
	text := flights(all...)
	broken := errors.New("the line went dead")
	r := io.MultiReader(strings.NewReader(text[:len(text)/2]), failing{broken})
	f, err := w.Feed(t.Context(), otto, Source{Feed: "ostvik-airport", Format: "csv"}, r, nil)
	if !errors.Is(err, broken) {
		t.Fatalf("the cut feed: %v", err)
	}
	if f.Fresh == 0 || f.Fresh >= len(all) || !f.Done.IsZero() {
		t.Errorf("before the cut: %s, done %v", Summary(f), f.Done)
	}
	whole := w.feed(text)
	if f.Fresh+whole.Fresh != len(all) || len(w.hits()) != 2 || len(w.tasks()) != 1 {
		t.Errorf("%d and then %d of %d events are new, %d hits, %d tasks", f.Fresh, whole.Fresh, len(all), len(w.hits()), len(w.tasks()))
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func TestFeedCanBeStopped(t *testing.T) {
	w := newWorld(t)
	ctx, stop := context.WithCancel(t.Context())
	_, err := w.Feed(ctx, otto, Source{Feed: "x-port", Format: "csv"}, strings.NewReader(flights(strings.Split(strings.Repeat("A B,1970-01-01,N|", 3*chunkSize), "|")...)), func(entente.Feeding) { stop() })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
}

// A desk that gets a thousand tasks at once looks at none; a hit that is dropped
// is never looked at. So neither.
func TestFloodIsGatheredAndNothingIsLost(t *testing.T) {
	w := newWorld(t)
	const people = maxTasks + 50
	var all []string
	for i := range people {
		name := fmt.Sprintf("%c%co%cim %c%cadar%cov", 'B'+i%20, 'a'+i%7, 'b'+i%11, 'K'+i%9, 'a'+i/20, 'd'+i%13)
		w.watch(name, "1980-02-03")
		all = append(all, name+",1980-02-03,"+fmt.Sprint("P", i))
	}
	var f entente.Feeding
	for some := range slices.Chunk(all, 30) { // small feeds do not get round it
		f.Hits += w.feed(flights(some...)).Hits
	}
	tasks := w.tasks()
	if len(tasks) > maxTasks+1 {
		t.Errorf("%d tasks", len(tasks))
	}
	gathered, flood := 0, 0
	for _, task := range tasks {
		gathered += task.Hits
		if task.Owner == entente.Supervisor {
			flood = task.Hits
		}
	}
	met := map[entente.EventID]bool{}
	for _, h := range w.hits() {
		if h.Task != "" {
			met[h.Sighting.Event] = true
		}
	}
	if gathered != f.Hits || len(met) != people || flood == 0 {
		t.Errorf("%d hits, %d in tasks, of %d people %d were met; %d hits are gathered for the supervisor", f.Hits, gathered, people, len(met), flood)
	}
}

// So many tasks of one source an hour, and then again.
func TestTasksOfASource(t *testing.T) {
	w := newWorld(t)
	now := morning
	w.cfg.Now = func() time.Time { return now }
	may := func(source string) (n int) {
		t.Helper()
		w.update(func(tx entente.Tx) error {
			for range 3 * maxTasks {
				ok, err := w.mayAsk(tx, source)
				if err != nil {
					return err
				}
				if ok {
					n++
				}
			}
			return nil
		})
		return n
	}
	if a, b, again := may("north"), may("south"), may("north"); a != maxTasks || b != maxTasks || again != 0 {
		t.Errorf("%d, %d of another source, %d again", a, b, again)
	}
	if now = now.Add(floodWindow - 1); may("north") != 0 {
		t.Error("the hour is not over")
	}
	for _, now = range []time.Time{morning.Add(floodWindow), morning} { // and a clock that was set back
		if n := may("north"); n != maxTasks {
			t.Errorf("%d at %v", n, now)
		}
	}
}

// A watch that another process opened a moment ago is not missed.
func TestWatchOfAnotherProcessHits(t *testing.T) {
	here := newWorld(t)
	there := here.process()
	here.feed(flights("Karen Lindal,1974-09-25,A1"))
	there.watch("Arsen Kadaev", "1986-03-14")
	if f := here.feed(flights("Арсен Кадаев,1986-03-14,B1")); f.Hits != 1 {
		t.Errorf("it hit %d times", f.Hits)
	}
	id := here.watch("Mira Volna", "1979")
	here.update(func(tx entente.Tx) error {
		w, err := tx.Watch(id)
		if err != nil {
			return err
		}
		w.Version, w.Ended = 2, &entente.Ending{At: morning, On: morning, Reason: "test"}
		if err := tx.PutWatch(w); err != nil {
			return err
		}
		return Mark(tx)
	})
	if f := there.feed(flights("Mira Volna,1979-05-05,B2")); f.Hits != 0 {
		t.Error("an ended watch hits")
	}
}

func TestEventsAreForgotten(t *testing.T) {
	w := newWorld(t)
	w.watch("Arsen Kadaev", "1986-03-14")
	w.feed(flights("Arsen Kadaev,1986-03-14,B1", "Karen Lindal,1974-09-25,A1"))
	_, n, err := w.Forget(t.Context(), morning, morning.AddDate(0, 0, 1))
	if err != nil || n != 1 {
		t.Errorf("%d events were erased: %v; want the one that hit nothing", n, err)
	}
}

func TestFeedAndImportAreRefusedByRole(t *testing.T) {
	w := newWorld(t)
	_, err := w.Feed(t.Context(), ruth, Source{Feed: "x-port", Format: "csv"}, strings.NewReader(flights()), nil)
	if !errors.Is(err, entente.Denied) {
		t.Errorf("a releaser feeds: %v", err)
	}
	_, err = w.Import(t.Context(), ruth, Import{Options: lists.Options{Source: "ports"}, Format: "csv"}, nil)
	if !errors.Is(err, entente.Denied) {
		t.Errorf("a releaser imports: %v", err)
	}
	log := read(w, func(tx entente.Tx) ([]entente.AccessEntry, error) { return tx.AccessLog(0, 10) })
	if len(log) != 2 || !log[0].Access.Denied || !log[1].Access.Denied {
		t.Errorf("the access log has %+v", log)
	}
}
