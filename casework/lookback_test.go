package casework_test

import (
	"testing"

	"entente"
	"entente/casework"
)

// looksBack holds that so many targets wait, and has them held against what came
// in before.
func (b *bureau) looksBack(want int) {
	b.Helper()
	waiting := 0
	b.ok(b.store.View(b.Context(), func(tx entente.Tx) error {
		all, err := tx.LookBacks("", 0)
		waiting = len(all)
		return err
	}))
	if waiting != want {
		b.Errorf("%d targets wait to be held against what came in before, want %d", waiting, want)
	}
	b.ok(b.screen.LookBack(b.Context()))
}

// A watch meets what was there before it, and again when it is corrected, and at
// no other change.
func TestWatchMeetsThePast(t *testing.T) {
	b := newBureau(t)
	b.fly("Арсен Кадаев,1986-03-14,B4410027", "Mira Volna,1979-05-05,")
	b.tells(tipOn("A second tip", man("Kadayev Arsen", "1986-03-14")))
	b.now = b.now.Add(days)
	id := b.watch(casework.NewWatch{Subject: kadaev})
	b.looksBack(1)
	if all := b.open(); len(all) != 2 || all[0].Hits+all[1].Hits != 2 {
		t.Fatalf("the traveller and the tip make %+v", all)
	}
	b.ok(b.desk.ContinueWatch(t.Context(), analyst, id, b.now.AddDate(0, 6, 0), "It goes on."))
	b.ok(b.desk.EndWatch(t.Context(), analyst, id, b.now.AddDate(0, 1, 0), "It ends."))
	b.looksBack(0)
	b.ok(b.desk.CorrectWatch(t.Context(), analyst, id, man("Mira Volna", "1979"), "It was she."))
	b.looksBack(1)
	v, err := b.desk.Watch(t.Context(), overseer, id)
	b.ok(err)
	if len(v.Hits) != 3 || v.Hits[0].Asked.Names[0].Text != "Mira Volna" {
		t.Errorf("the watch has met %d", len(v.Hits))
	}
}

// A file on one tip finds the tip that came before it in another script, and whom
// that one brings is looked for, too.
func TestFileMeetsThePast(t *testing.T) {
	b := newBureau(t)
	second := b.tells(tipOn("A second tip", man("Арсен Кадаев", "1986-03-14"), man("Mira Volna", "1979-05-05")))
	first := b.tells(tipOn("A tip", man("Arsen Kadaev", "1986-03-14")))
	b.fly("Mira Volna,1979-05-05,B2")
	id, err := b.desk.OpenCase(t.Context(), analyst, casework.NewCase{Message: first})
	b.ok(err)
	b.looksBack(1)
	task := b.sole()
	if task.Task.Kind != entente.TaskLink || task.Hits[0].Sighting.Message != second {
		t.Fatalf("the task is %+v", task.Task)
	}
	b.ok(b.desk.AssessCase(t.Context(), analyst, id, "One man."))
	b.looksBack(0)
	b.ok(b.decide(analyst, task.Task.ID, entente.VerdictSame))
	b.looksBack(1) // the other spelling
	if n := len(b.open()); n != 0 {
		t.Errorf("%d tasks about what was decided", n)
	}
	b.ok(b.desk.CorrectCase(t.Context(), analyst, id, []entente.Subject{kadaev, man("Mira Volna", "1979-05-05")}, "She is one of them."))
	b.looksBack(1)
	if task := b.sole(); task.Task.Kind != entente.TaskHit || task.Task.Case != id || task.Hits[0].Asked.Names[0].Text != "Mira Volna" {
		t.Errorf("the task is %+v", task.Task)
	}
	b.ok(b.desk.CorrectCase(t.Context(), analyst, id, []entente.Subject{kadaev}, "She is not."))
	b.looksBack(0) // nobody is new
}

// Who takes a clearing back has the decision looked at anew.
func TestRevokedClearingMeetsThePast(t *testing.T) {
	b := newBureau(t)
	id := b.watch(casework.NewWatch{Subject: kadaev})
	b.looksBack(1)
	b.fly(teacher)
	first := b.sole()
	b.ok(b.decide(analyst, first.Task.ID, entente.VerdictOther))
	b.now = b.now.Add(days)
	b.fly(teacher)
	b.looksBack(0)
	v, err := b.desk.Watch(t.Context(), overseer, id)
	b.ok(err)
	b.ok(b.desk.RevokeClearing(t.Context(), supervisor, v.Clear[0].ID, "The passport was stolen."))
	b.looksBack(1)
	task := b.sole()
	follows := 0
	for _, h := range task.Hits {
		if h.Was == first.Hits[0].ID && h.Changed == "it was taken back that this is somebody else: The passport was stolen." {
			follows++
		}
	}
	if len(task.Hits) != 2 || follows != 1 || task.Task.ID == first.Task.ID {
		t.Errorf("the task gathers %+v", task.Hits)
	}
	b.ok(b.decide(supervisor, task.Task.ID, entente.VerdictOther))
	b.now = b.now.Add(days)
	if f := b.fly(teacher); f.Hits != 0 {
		t.Errorf("cleared again, he hits: %+v", f)
	}
}
