package inbox_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"entente"
	"entente/ledger"
)

// On a full disk neither door opens half. Whoever asks is told what to do, and
// when there is space again everything goes on where it stood.
//
// The disk is the process's own limit on the size of files, so this test runs in
// a process of its own.
func TestDiskFull(t *testing.T) {
	const child = "INBOX_TEST_DISK_FULL"
	if os.Getenv(child) == "" {
		cmd := exec.Command(os.Args[0], "-test.run=^TestDiskFull$", "-test.v")
		cmd.Env = append(os.Environ(), child+"=1")
		if out, err := cmd.CombinedOutput(); err != nil || !bytes.Contains(out, []byte("all of it was full")) {
			t.Fatalf("%v\n%s", err, out)
		}
		return
	}
	signal.Ignore(syscall.SIGXFSZ)
	w := newWorld(t)
	for range 5 {
		w.tip("A warning")
	}
	waits := w.submitted("A warning that waits for release")
	limit := newLimit(t)

	// Borea's disk is full, and a releaser releases.
	limit.to(t, 512<<10)
	fill(t, func() error { _, err := w.draft("A note to myself"); return err })
	for range 3 { // and it stays full
		_, err := w.out.Release(w.ctx, releaser, waits.ID, waits.Digest())
		toldOfSpace(t, err)
	}
	w.ok(w.borea.store.View(w.ctx, func(tx entente.Tx) error {
		if _, err := tx.Message(waits.ID); !errors.Is(err, entente.NotFound) {
			t.Errorf("what could not be released is among the messages: %v", err)
		}
		d, err := tx.Draft(waits.ID)
		if d.State != entente.DraftSubmitted {
			t.Errorf("what could not be released is %s", d.State)
		}
		return err
	}))
	if n := w.head(w.borea).Size; n != 5 || len(w.deliveries()) != 5 {
		t.Errorf("%d are in the ledger, and %d wait", n, len(w.deliveries()))
	}
	limit.lift(t)
	_, err := w.out.Release(w.ctx, releaser, waits.ID, waits.Digest())
	w.ok(err)

	// Albia's disk is full, and Borea delivers.
	limit.to(t, 512<<10)
	n := 0
	fill(t, func() error {
		n++
		_, err := w.in.Accept(w.ctx, "borea-sls", []entente.Delivery{{Envelope: []byte("a letter " + strconv.Itoa(n))}})
		return err
	})
	for range 3 {
		answers, err := w.in.Accept(w.ctx, "borea-sls", w.deliveries())
		toldOfSpace(t, err)
		if answers != nil || len(w.filed()) != 0 || w.head(w.albia).Size != 0 {
			t.Errorf("%d answers were given, %d filed, %d are in the ledger", len(answers), len(w.filed()), w.head(w.albia).Size)
		}
	}
	limit.lift(t)
	answers, err := w.in.Accept(w.ctx, "borea-sls", w.deliveries())
	w.ok(err)
	w.ok(w.out.Settle(w.ctx, "albia-ncc", answers))

	a, b := w.head(w.albia), w.head(w.borea)
	if a.Size != 6 || b.Size != 6 || !bytes.Equal(a.Checkpoint, b.Checkpoint) || len(w.filed()) != 6 || len(w.deliveries()) != 0 {
		t.Errorf("of 6, %d are in Borea's ledger, %d in Albia's, %d are filed, %d still wait", b.Size, a.Size, len(w.filed()), len(w.deliveries()))
	}
	for _, x := range []agency{w.albia, w.borea} {
		w.ok(x.store.View(w.ctx, func(tx entente.Tx) error {
			_, err := ledger.Recompute(tx, a.Origin)
			_, errAccess := ledger.Recompute(tx, entente.AccessOrigin)
			return errors.Join(err, errAccess)
		}))
	}
	t.Log("all of it was full, and went on")
}

// fill does something until there is no space for it.
func fill(t *testing.T, do func() error) {
	t.Helper()
	for range 10_000 {
		if err := do(); err != nil {
			toldOfSpace(t, err)
			return
		}
	}
	t.Fatal("the disk does not get full")
}

func toldOfSpace(t *testing.T, err error) {
	t.Helper()
	e, ok := errors.AsType[*entente.Error](err)
	if !ok || !errors.Is(err, entente.Unavailable) || entente.ReasonOf(err) != "" || !errors.Is(err, entente.Full) || !strings.Contains(e.Hint, "frees space") {
		t.Errorf("on a full disk: %v", err)
	}
}

func (w *world) head(a agency) (h entente.LedgerHead) {
	w.t.Helper()
	w.ok(a.store.View(w.ctx, func(tx entente.Tx) (err error) {
		h, err = tx.Head("entente/north-star/borea-sls/albia-ncc")
		return err
	}))
	return h
}

// limit is the largest size that a file of this process may have.
type limit struct{ was syscall.Rlimit }

func newLimit(t *testing.T) *limit {
	t.Helper()
	var l limit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &l.was); err != nil {
		t.Fatal(err)
	}
	return &l
}

func (l *limit) to(t *testing.T, size uint64) {
	t.Helper()
	now := l.was
	now.Cur = min(size, now.Max)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &now); err != nil {
		t.Fatal(err)
	}
}

func (l *limit) lift(t *testing.T) {
	t.Helper()
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &l.was); err != nil {
		t.Fatal(err)
	}
}
