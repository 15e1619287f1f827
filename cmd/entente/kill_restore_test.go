package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"entente"
	"entente/internal/scenario"
	"entente/outbox"
)

// A node that is restored is killed at each step of it. Afterwards all that left the
// machine is back, both ledgers agree, and the next message arrives.
func TestKilledWhileRestoring(t *testing.T) {
	binary := filepath.Join(t.TempDir(), "victim")
	build := exec.Command("go", "build", "-tags", "crashtest", "-buildvcs=false", "-o", binary, ".")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	k := newKillings(t, binary, func() string { return "" })
	k.albia.start("")
	k.borea.start("")
	k.sound()
	backup := filepath.Join(t.TempDir(), "backup.age")
	k.borea.entente("backup", "-o", backup)
	k.sound()
	k.sound()
	for n, step := range []string{"restore begun", "taken back", "compared"} {
		k.borea.kill()
		k.anchored()
		k.borea.restore(backup, fmt.Sprintf("restored-%d.db", n))
		k.borea.start(step + ":1")
		k.until("Borea is killed after "+step, func() bool { return !k.borea.alive() })
		k.anchored()
		k.borea.start("")
		k.until("the restore is over", func() bool {
			k.retry()
			over := false
			k.borea.view(func(tx entente.Tx) error {
				r, err := outbox.Restoring(tx)
				since, sinceErr := tx.Setting("blocked-since")
				over = err == nil && r == nil && sinceErr == nil && len(since) > 0
				return err
			})
			return over
		})
		k.release()
		last := k.tips[len(k.tips)-1]
		k.until("the next tip is receipted", func() bool {
			k.approve(last)
			k.retry()
			return k.receipted(last)
		})
		k.until("both ledgers agree", func() bool {
			k.retry()
			_, err := scenario.SameLedgers(k.ctx, k.borea.agency(), k.albia.agency())
			return err == nil && k.waiting(k.albia)+k.waiting(k.borea) == 0
		})
	}
}

// agency is the node as stories know it.
func (s *stand) agency() *scenario.Agency {
	return &scenario.Agency{Setup: s.who, Store: s.here.store, Node: s.here.node}
}

// receipted reports whether Borea has a receipt for a tip.
func (k *killings) receipted(x tip) (has bool) {
	k.t.Helper()
	k.borea.view(func(tx entente.Tx) error {
		_, err := tx.Receipt(x.id)
		has = err == nil
		return nil
	})
	return has
}

// restore puts a backup into a new store in the same home, beside the same keys and
// anchor.
func (s *stand) restore(backup, store string) {
	s.t.Helper()
	h := home(s.home)
	settings, err := h.settings()
	if err == nil {
		settings.Store = store
		err = h.save(settings)
	}
	if err == nil {
		err = s.here.close()
	}
	if err != nil {
		s.t.Fatal(err)
	}
	s.entente("restore", backup)
	s.open()
}

// anchored holds that neither node has more of the other's ledgers than the file
// beside the other's keys remembers: nothing left that it does not cover.
func (k *killings) anchored() {
	k.t.Helper()
	for _, x := range [][2]*stand{{k.borea, k.albia}, {k.albia, k.borea}} {
		var anchor entente.Anchor
		b, err := os.ReadFile(filepath.Join(x[0].home, "keys", "anchor.json"))
		if err == nil {
			err = json.Unmarshal(b, &anchor)
		}
		if err != nil {
			k.t.Fatal(err)
		}
		x[1].view(func(tx entente.Tx) error {
			origin := entente.Channel{Agreement: "north-star", From: x[0].who.ID, To: x[1].who.ID}.Origin()
			head, err := tx.Head(origin)
			if head.Size > anchor.Ledgers[origin].Size {
				k.t.Errorf("%s holds %d records of %s, whose anchor remembers %d", x[1].who.ID, head.Size, x[0].who.ID, anchor.Ledgers[origin].Size)
			}
			return err
		})
	}
}
