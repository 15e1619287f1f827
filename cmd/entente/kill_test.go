package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"entente"
	"entente/api"
	"entente/internal/scenario"
	"entente/internal/testpg"
)

// TestKilled kills nodes: real processes, by a real SIGKILL, with their stores
// on disk. First at the end of each step of docs/flow.md, then at random
// instants under load. Afterwards everything that was released has arrived
// exactly once, and both ledgers agree.
func TestKilled(t *testing.T) {
	binary := filepath.Join(t.TempDir(), "victim")
	build := exec.Command("go", "build", "-tags", "crashtest", "-buildvcs=false", "-o", binary, ".")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		newKillings(t, binary, func() string { return "" }).all(3, 8)
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		newKillings(t, binary, func() string { return testpg.URL(t) }).all(1, 8)
	})
}

// killings is a world of two nodes of which one is killed again and again.
type killings struct {
	t            *testing.T
	ctx          context.Context
	albia, borea *stand
	made         int   // how many tips were begun
	tips         []tip // those put before a releaser
	checked      int   // of them, how many were found to have arrived
	round        int   // of feeds and imports
	watched      entente.Target
}

// tip is a warning with a file, from Borea to Albia.
type tip struct {
	id    entente.MessageID
	title string
	page  string
}

func newKillings(t *testing.T, binary string, store func() string) *killings {
	dir := t.TempDir()
	k := &killings{
		t: t, ctx: context.Background(),
		albia: newStand(t, binary, dir, store(), scenario.Albia), borea: newStand(t, binary, dir, store(), scenario.Borea),
	}
	agree(t, dir, k.albia, k.borea)
	return k
}

// all kills at each step, the first to the nth time that it comes, and then at
// random.
func (k *killings) all(times, rounds int) {
	k.albia.start("")
	k.borea.start("")
	k.watch()
	k.sound()
	for _, x := range []struct {
		victim *stand
		steps  []string
	}{
		{k.borea, []string{"compared", "released", "delivered", "settled", "file sent", "accepted"}},
		{k.albia, []string{"compared", "accepted", "piece kept", "file whole", "screened", "delivered", "settled"}},
	} {
		for _, step := range x.steps {
			n := times
			if step == "compared" {
				n = 1 // it does not come again while all goes well
			}
			x.victim.kill()
			for i := range n {
				x.victim.start(fmt.Sprintf("%s:%d", step, i+1))
				k.retry()
				k.until(fmt.Sprintf("%s is killed when %q has ended for time %d", x.victim.who.ID, step, i+1), func() bool {
					if x.victim.alive() {
						k.release()
					}
					return !x.victim.alive()
				})
			}
			x.victim.start("")
			k.sound()
		}
	}
	for range times {
		k.lost()
	}
	k.sound()
	k.screening(times)
	k.atRandom(rounds)
	k.met(3 * times)
}

// atRandom kills one or the other, or both, while tips are released without pause.
func (k *killings) atRandom(rounds int) {
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			select {
			case <-stop:
				return
			default:
				k.release()
			}
		}
	}()
	for n := range rounds {
		victims := [][]*stand{{k.borea}, {k.albia}, {k.albia, k.borea}}[n%3]
		time.Sleep(rand.N(200 * time.Millisecond))
		for _, v := range victims {
			v.kill()
		}
		for _, v := range victims {
			v.start("")
		}
	}
	close(stop)
	<-stopped
	k.sound()
}

// retry has both nodes try again now, where they would wait a while after the
// other was away. A node that has just been killed is not asked.
func (k *killings) retry() {
	k.borea.as[entente.Operator].Retry(k.ctx, k.albia.who.ID)
	k.albia.as[entente.Operator].Retry(k.ctx, k.borea.who.ID)
}

// release has Borea's officers release one more tip. Borea may be killed under
// their hands: whether it was released they see when it is back.
func (k *killings) release() {
	analyst := k.borea.as[entente.Analyst]
	k.made++
	x := tip{title: fmt.Sprintf("Warning %d", k.made)}
	x.page = strings.Repeat(x.title+". ", 25_000) // some pieces
	d, err := analyst.WriteDraft(k.ctx, api.NewDraft{To: k.albia.who.ID, Agreement: "north-star", Statement: api.Content{
		Kind: entente.KindTip, Purpose: "terrorism-prevention", Precedence: entente.Routine,
		Tip: &entente.Tip{Category: "attack-planning", Title: x.title, Text: x.title, Subjects: []entente.Subject{kadaev}, Provenance: entente.Provenance{Attestation: "lawful"}},
	}})
	if err == nil {
		_, err = analyst.AddAttachment(k.ctx, d.ID, "page.txt", "text/plain", strings.NewReader(x.page))
	}
	if err == nil {
		d, err = analyst.Submit(k.ctx, d.ID, d.Version+1)
	}
	if err != nil {
		k.interrupted(err)
		return // nothing was put before a releaser: the officer begins anew
	}
	x.id = d.ID
	k.tips = append(k.tips, x)
	k.approve(x)
}

// approve releases what waits for release; again if nobody knows.
func (k *killings) approve(x tip) {
	releaser := k.borea.as[entente.Releaser]
	p, err := releaser.Draft(k.ctx, x.id)
	if err == nil && p.Draft.State == entente.DraftSubmitted {
		_, err = releaser.Release(k.ctx, x.id, *p.Digest)
	}
	if err != nil {
		k.interrupted(err)
	}
}

// interrupted holds that an officer's call fails for no other reason than that
// the node is not there.
func (k *killings) interrupted(err error) {
	k.t.Helper()
	if !errors.Is(err, entente.Unavailable) {
		k.t.Errorf("an officer is told: %v", err)
	}
	time.Sleep(10 * time.Millisecond)
}

func (k *killings) until(what string, ok func() bool) {
	k.t.Helper()
	if err := scenario.Until(k.ctx, what, func() (bool, error) { return ok(), nil }); err != nil {
		k.tell(k.albia)
		k.tell(k.borea)
		k.t.Fatal(err)
	}
}

// tell says how a node stands to its partner.
func (k *killings) tell(s *stand) {
	s.view(func(tx entente.Tx) error {
		lines, err := tx.Lines()
		for _, l := range lines {
			k.t.Logf("%s: %d wait for %s; next try in %v after %d failures (%s); blocked: %q", s.who.ID, k.waiting(s), l.Partner, time.Until(l.NextTry), l.Attempts, l.LastError, l.Blocked)
		}
		return err
	})
}

// sound waits until nothing is under way, and holds that all is as if nobody had
// been killed.
func (k *killings) sound() {
	k.t.Helper()
	k.release()
	for _, x := range k.tips[k.checked:] {
		k.approve(x) // what was interrupted
	}
	k.retry()
	looks := 0
	k.until("nothing waits and every file is held", func() bool {
		if looks++; looks%200 == 0 { // time passes; a commit may have outlived the process that asked for it
			k.albia.lapse()
			k.borea.lapse()
			k.retry()
		}
		return k.waiting(k.albia)+k.waiting(k.borea) == 0 && len(k.custody()) >= len(k.tips)
	})
	k.arrived()
	k.sameLedgers()
}

func (k *killings) waiting(s *stand) (n int) {
	k.t.Helper()
	s.view(func(tx entente.Tx) error {
		items, err := tx.Queue("", 0)
		n = len(items)
		return err
	})
	return n
}

// arrived holds that each tip is at Albia once, with its file, that Borea has a
// receipt and one custody notice for it, and that there is no other tip.
func (k *killings) arrived() {
	k.t.Helper()
	count := map[string]int{}
	k.albia.view(func(tx entente.Tx) error {
		all, err := tx.Messages(entente.MessageQuery{Direction: entente.Incoming, Kinds: []entente.Kind{entente.KindTip}, Limit: 10_000})
		for _, f := range all {
			count[f.Message.Statement.Tip.Title]++
		}
		return err
	})
	custody := k.custody()
	if len(count) != len(k.tips) || len(custody) != len(k.tips) {
		k.t.Errorf("%d tips are at Albia and %d notices at Borea, of %d tips", len(count), len(custody), len(k.tips))
	}
	for _, x := range k.tips {
		if n := count[x.title]; n != 1 {
			k.t.Errorf("%s is at Albia %d times", x.title, n)
		}
		if n := custody[x.id]; n != 1 {
			k.t.Errorf("Borea has %d custody notices for %s", n, x.title)
		}
	}
	for _, x := range k.tips[k.checked:] {
		k.borea.view(func(tx entente.Tx) error {
			_, err := tx.Receipt(x.id)
			return err
		})
		k.whole(x)
	}
	k.checked = len(k.tips)
	for _, s := range []*stand{k.albia, k.borea} {
		s.view(func(tx entente.Tx) error {
			dead, err := tx.DeadLetters()
			if len(dead) > 0 {
				k.t.Errorf("%s has %d dead letters", s.who.ID, len(dead))
			}
			return err
		})
	}
}

// custody counts the notices at Borea that say of a tip that its file is held.
func (k *killings) custody() map[entente.MessageID]int {
	k.t.Helper()
	count := map[entente.MessageID]int{}
	k.borea.view(func(tx entente.Tx) error {
		all, err := tx.Messages(entente.MessageQuery{Direction: entente.Incoming, Limit: 10_000})
		for _, f := range all {
			count[f.Message.Statement.Re()]++
		}
		return err
	})
	return count
}

// whole holds that a tip's file is at Albia byte for byte.
func (k *killings) whole(x tip) {
	k.t.Helper()
	var file entente.Digest
	k.albia.view(func(tx entente.Tx) error {
		held, err := tx.Attachments(x.id, "")
		if err == nil && len(held) != 1 {
			err = fmt.Errorf("%s has %d files", x.title, len(held))
		}
		if err == nil {
			file = held[0].Digest
		}
		return err
	})
	analyst := entente.Officer{ID: "kill test", Role: entente.Analyst}
	_, r, err := k.albia.here.node.Desk.OpenAttachment(k.ctx, analyst, x.id, file)
	if err != nil {
		k.t.Fatal(err)
	}
	got, err := io.ReadAll(r)
	if err != nil || !bytes.Equal(got, []byte(x.page)) {
		k.t.Errorf("the file of %s is not what was sent: %d bytes, %v", x.title, len(got), err)
	}
}

// sameLedgers holds that both ledgers hold by themselves, from the first record
// on, and are the same on both sides.
func (k *killings) sameLedgers() {
	k.t.Helper()
	agency := func(s *stand) *scenario.Agency {
		return &scenario.Agency{Setup: s.who, Store: s.here.store, Node: s.here.node}
	}
	if _, err := scenario.SameLedgers(k.ctx, agency(k.borea), agency(k.albia)); err != nil {
		k.t.Error(err)
	}
}
