package casework_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"entente"
	"entente/casework"
	"entente/record"
)

// Two officers look at a man on a list, one of them twice and on the way to a
// file; a third may not. His page says so to whoever opens it next, and the look
// of the moment is on record and not on the page. The overseer asks the log, and
// is not on the page for it.
func TestWhoLooked(t *testing.T) {
	b := newBureau(t)
	b.put(func(tx entente.Tx) error {
		return tx.PutHoldings([]entente.Holding{{ID: "ports/7", Source: "ports", Kind: entente.HoldingPerson, Subject: kadaev, Since: b.now}})
	})
	const man = "holding ports/7"
	opens := func(by entente.Officer, purpose string) []casework.Look {
		t.Helper()
		b.now = b.now.Add(time.Minute)
		before := len(b.log())
		v, err := b.desk.Holding(record.ForPurpose(t.Context(), purpose), by, "ports/7")
		if by != releaser {
			b.ok(err)
		} else {
			b.want(err, entente.Denied, "a releaser")
		}
		if log := b.log(); len(log) != before+1 || log[0].Access.Object != man {
			t.Errorf("one look made %d entries: %+v", len(log)-before, log[0])
		}
		return v.Looks
	}
	if got := opens(analyst, "file 7"); got != nil {
		t.Errorf("before anybody looked: %+v", got)
	}
	_, err := b.desk.Search(t.Context(), supervisor, kadaev, "file 8") // shows him, and is not tied to him
	b.ok(err)
	opens(analyst, "file 7")
	second := b.now
	opens(releaser, "")
	third := b.now
	opens(supervisor, "")
	look := casework.Look{Officer: analyst.ID, Role: analyst.Role, Operation: entente.OpReadHoldings, Purpose: "file 7", Times: 2, Last: second}
	denied := casework.Look{Officer: releaser.ID, Role: releaser.Role, Operation: entente.OpReadHoldings, Denied: true, Times: 1, Last: third}
	boss := casework.Look{Officer: supervisor.ID, Role: supervisor.Role, Operation: entente.OpReadHoldings, Times: 1, Last: b.now}

	before := b.log()
	about, err := b.desk.AccessLog(t.Context(), overseer, man, 0, 3)
	b.ok(err)
	if log := b.log(); len(log) != len(before)+1 || log[0].Access.Object != "access log of "+man {
		t.Errorf("on record is %+v", log[0])
	}
	var who []string
	for _, e := range about {
		who = append(who, string(e.Access.Officer))
	}
	if want := []string{"paul.stern", "ruth.adler", "anna.kern"}; !slices.Equal(who, want) {
		t.Errorf("the log of him names %v, want %v", who, want)
	}
	if rest, err := b.desk.AccessLog(t.Context(), overseer, man, about[2].Seq, 3); err != nil || len(rest) != 1 || rest[0].Seq >= about[2].Seq {
		t.Errorf("the page after: %+v, %v", rest, err)
	}
	if d := cmp.Diff([]casework.Look{boss, denied, look}, opens(overseer, "")); d != "" {
		t.Errorf("who looked:\n%s", d)
	}
}

// A file and a watch say who looked, too; what was done to them counts, and an
// officer who opens a page a thousand times takes no room from others.
func TestWhoLookedAtFileAndWatch(t *testing.T) {
	b := newBureau(t)
	file := b.file("Kadaev file", kadaev)
	watch := b.watch(casework.NewWatch{Subject: kadaev, Case: file})
	b.ok(b.desk.AssessCase(t.Context(), supervisor, file, "He is the same."))
	for range 20 {
		_, err := b.desk.Case(t.Context(), analyst, file)
		b.ok(err)
	}
	got := b.view(file).Looks
	for i := range got {
		got[i].Last = time.Time{}
	}
	want := []casework.Look{
		{Officer: analyst.ID, Role: analyst.Role, Operation: entente.OpReadCases, Times: 20},
		{Officer: supervisor.ID, Role: supervisor.Role, Operation: entente.OpCase, Times: 1},
		{Officer: analyst.ID, Role: analyst.Role, Operation: entente.OpCase, Times: 1},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("who looked at the file:\n%s", d)
	}
	v, err := b.desk.Watch(t.Context(), overseer, watch)
	b.ok(err)
	if l := v.Looks; len(l) != 1 || l[0].Operation != entente.OpWatch || l[0].Officer != analyst.ID {
		t.Errorf("who looked at the watch: %+v", l)
	}
	for i := range 30 {
		_, err := b.desk.Watch(record.ForPurpose(t.Context(), strings.Repeat("x", i+1)), analyst, watch)
		b.ok(err)
	}
	v, err = b.desk.Watch(t.Context(), overseer, watch)
	b.ok(err)
	if l := v.Looks; len(l) != 10 || len(l[0].Purpose) != 30 {
		t.Errorf("%d looks, want the newest 10: %+v", len(l), l)
	}
}

// Asking the log about what is not in it brings nothing typed into it.
func TestTypedNameIsNotOnRecordOfTheLog(t *testing.T) {
	b := newBureau(t)
	_, err := b.desk.Holding(t.Context(), analyst, "ports/arsen-kadaev")
	b.want(err, entente.NotFound, "a holding by a name")
	_, err = b.desk.Message(t.Context(), analyst, "arsen-kadaev", "")
	b.want(err, entente.NotFound, "a message by a name")
	for _, about := range []string{"holding ports/arsen-kadaev", "Arsen Kadaev", "access log of Kadaev", strings.Repeat("kadaev ", 60)} {
		list, err := b.desk.AccessLog(t.Context(), overseer, about, 0, 0)
		b.ok(err)
		if len(list) != 0 {
			t.Errorf("%q finds %+v", about, list)
		}
		if got := b.log()[0].Access; got.Operation != entente.OpReadAccessLog || got.Object != "access log" {
			t.Errorf("asked about %q, on record is %+v", about, got)
		}
	}
	for _, e := range b.log() {
		if says(string(e.Entry)) {
			t.Errorf("the access log says %s", e.Entry)
		}
	}
}
