package screen

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"entente"
	"entente/lists"
)

func (w world) file(subjects ...entente.Subject) entente.Case {
	w.t.Helper()
	c := entente.Case{
		ID: entente.CaseID(newID()), Version: 1, Title: "A file", State: entente.CaseOpen, Owner: entente.Analyst,
		Purpose: "test", Subjects: subjects, Reopen: entente.DefaultReopen, Opened: morning,
	}
	w.put(c)
	return c
}

func (w world) put(c entente.Case) {
	w.t.Helper()
	w.update(func(tx entente.Tx) error {
		return errors.Join(tx.PutCase(c), Mark(tx, entente.Target{Kind: entente.TargetCase, ID: string(c.ID)}))
	})
}

func (w world) finds(name string) bool {
	w.t.Helper()
	found, err := w.Find(w.t.Context(), person(name, ""))
	if err != nil {
		w.t.Fatal(err)
	}
	return len(found.Found) > 0
}

// A process that follows what changed shows what one shows that loads everything,
// however far it was behind.
func TestFollowIsLoad(t *testing.T) {
	for _, changes := range []int{1, 2, maxChanges - 1, maxChanges, maxChanges + 1, 3 * maxChanges} {
		t.Run(fmt.Sprint(changes), func(t *testing.T) {
			here := newWorld(t)
			there := here.process()
			c := here.file(person("Arsen Kadaev", ""), person("Mira Volna", ""))
			if !there.finds("Mira Volna") || !there.finds("Arsen Kadaev") {
				t.Fatal("a new file is not found")
			}
			for i := range changes {
				c.Version++
				c.Subjects = []entente.Subject{person("Arsen Kadaev", ""), person("Olga Brandt", "")}[:1+(i+changes)%2]
				here.put(c)
			}
			for what, w := range map[string]world{"which followed": there, "which is new": here.process()} {
				if !w.finds("Arsen Kadaev") || !w.finds("Olga Brandt") || w.finds("Mira Volna") {
					t.Errorf("the process %s does not show the file as it is", what)
				}
			}
			for n := 2; n >= 0; n-- { // one after the other is taken out of the file
				c.Version, c.Subjects = c.Version+1, c.Subjects[:n]
				here.put(c)
				there.finds("Arsen Kadaev")
				if got := there.desk.Len(); got != n {
					t.Errorf("the index has %d people, the file %d", got, n)
				}
			}
		})
	}
}

// A change that names no target may be any.
func TestMarkWithoutTarget(t *testing.T) {
	here := newWorld(t)
	there := here.process()
	there.finds("Arsen Kadaev")
	id := here.watch("Arsen Kadaev", "") // marks nothing by name
	here.file(person("Mira Volna", ""))
	if !there.finds("Arsen Kadaev") || !there.finds("Mira Volna") {
		t.Error("something was not loaded")
	}
	here.update(func(tx entente.Tx) error {
		w, err := tx.Watch(id)
		if err != nil {
			return err
		}
		w.Version, w.Ended = 2, &entente.Ending{At: morning}
		return errors.Join(tx.PutWatch(w), Mark(tx, entente.Target{Kind: entente.TargetWatch, ID: string(id)}))
	})
	if there.finds("Arsen Kadaev") {
		t.Error("a watch that has ended is found")
	}
}

// A file with many spellings of one man does not crowd out another watch on him.
func TestNobodyIsCrowdedOut(t *testing.T) {
	w := newWorld(t)
	w.file(slices.Repeat([]entente.Subject{person("Arsen Kadaev", "1986-03-14")}, 50)...)
	for range 30 {
		w.watch("Arsen Kadaev", "1986-03-14")
	}
	if f := w.feed(flights("Arsen Kadaev,1986-03-14,B1")); f.Hits != 31 {
		t.Errorf("of 30 watches and a file %d are hit", f.Hits)
	}
}

// A hit needs no file, a message that was erased holds up no other.
func TestWhatIsGoneHoldsUpNothing(t *testing.T) {
	w := newWorld(t)
	id := w.watch("Arsen Kadaev", "1986-03-14")
	w.update(func(tx entente.Tx) error {
		x, err := tx.Watch(id)
		if err != nil {
			return err
		}
		x.Version, x.Case = 2, "gone"
		return errors.Join(tx.PutWatch(x), Mark(tx))
	})
	if f := w.feed(flights("Arsen Kadaev,1986-03-14,B1")); f.Hits != 1 || len(w.tasks()) != 1 {
		t.Errorf("%d hits, %d tasks", f.Hits, len(w.tasks()))
	}
	err := w.store.Update(t.Context(), func(tx entente.Tx) error { return w.message(tx, "gone", &tally{}) })
	if err != nil {
		t.Errorf("a message that is gone: %v", err)
	}
}

// A task takes as many hits as a page shows; the rest make the next.
func TestTaskIsFull(t *testing.T) {
	w := newWorld(t)
	w.watch("Arsen Kadaev", "1986-03-14")
	var all []string
	for i := range entente.MaxGathered + 5 {
		all = append(all, fmt.Sprintf("Arsen Kadaev,1986-03-14,B%d", i))
	}
	var b strings.Builder
	b.WriteString("kind,name,born,place,when\n")
	for i := range all {
		fmt.Fprintf(&b, "crossing,Arsen Kadaev,1986-03-14,Post %d,2012-07-17T15:20\n", i)
	}
	f := w.feed(b.String())
	tasks := w.tasks()
	if f.Hits != len(all) || len(tasks) != 2 || tasks[0].Hits+tasks[1].Hits != len(all) || max(tasks[0].Hits, tasks[1].Hits) != entente.MaxGathered {
		t.Errorf("%d hits of %d, %d tasks: %+v", f.Hits, len(all), len(tasks), tasks)
	}
}

// What a feed could not use is counted, and only so much of it is kept.
func TestAsideIsBounded(t *testing.T) {
	w := newWorld(t)
	f := w.feed("kind,name,born,place,when\n" + strings.Repeat("crossing,,1986-03-14,Post,2012-07-17T15:20\n", maxAside+700))
	kept := read(w, func(tx entente.Tx) ([]entente.SetAside, error) { return tx.FeedAside(f.ID) })
	if f.Aside < maxAside+700 || len(kept) != maxAside {
		t.Errorf("%d were set aside, %d are kept", f.Aside, len(kept))
	}
}

// After an import that was cut off, the former edition's file is not taken for
// what is held.
func TestFormerFileUndoesACutImport(t *testing.T) {
	w := newWorld(t)
	if _, err := w.list(ports); err != nil {
		t.Fatal(err)
	}
	other := strings.ReplaceAll(ports, "Mira Volna", "Olga Brandt")
	ctx, kill := context.WithCancel(t.Context())
	cut := w.process()
	cut.cfg.Step = func(string) { kill() }
	_, err := cut.Import(ctx, otto, Import{
		Options: lists.Options{Source: "ports"}, Format: "csv", Digest: entente.DigestOf([]byte(other)),
		Open: func() ([]lists.File, error) {
			return []lists.File{{Name: "ports.csv", Data: strings.NewReader(other)}}, nil
		},
	}, nil)
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("cut off: %v", err)
	}
	e, err := w.list(ports)
	if err != nil || e.Number != 2 || e.Changed != 1 {
		t.Errorf("the former file again: %+v, %v", e, err)
	}
	if w = w.process(); !w.finds("Mira Volna") || w.finds("Olga Brandt") {
		t.Error("two editions are mixed")
	}
}

// Of two imports of one list the later one wins.
func TestImportsDoNotMix(t *testing.T) {
	w := newWorld(t)
	newer := strings.ReplaceAll(ports, "Mira Volna", "Olga Brandt")
	first := w.process()
	var won entente.Edition
	opened := 0
	_, err := first.Import(t.Context(), otto, Import{
		Options: lists.Options{Source: "ports"}, Format: "csv", Digest: entente.DigestOf([]byte(ports)),
		Open: func() ([]lists.File, error) {
			if opened++; opened == 2 { // it has begun
				var err error
				if won, err = w.list(newer); err != nil {
					return nil, err
				}
			}
			return []lists.File{{Name: "ports.csv", Data: strings.NewReader(ports)}}, nil
		},
	}, nil)
	if !errors.Is(err, entente.Conflict) || won.Added != 3 {
		t.Errorf("the first ended with %v, the second is %+v", err, won)
	}
	if w = w.process(); w.finds("Mira Volna") || !w.finds("Olga Brandt") {
		t.Error("two editions are mixed")
	}
}
