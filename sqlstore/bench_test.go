package sqlstore_test

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"entente"
	"entente/internal/testpg"
	"entente/sqlstore"
)

// durable are the engines as they run in service: a commit waits for the disk.
var durable = []struct {
	name string
	url  func(testing.TB) string
}{
	engines[0],
	{"postgres", testpg.Durable},
}

// BenchmarkUpdate measures what one delivery writes: a message of 4 KiB, its
// place in the ledger with the tree's hashes and head, its receipt and its queue
// row, in one durable transaction. "floor/op" is that time over the time of an
// append of 4 KiB and fsync on the same disk in the same run: below 1, several
// callers shared one wait for the disk. "cpu-ns/op" is of this process alone.
func BenchmarkUpdate(b *testing.B) {
	for _, e := range durable {
		b.Run(e.name+"/single", func(b *testing.B) { benchmarkUpdate(b, e.url, 1) })
		b.Run(e.name+"/concurrent", func(b *testing.B) { benchmarkUpdate(b, e.url, 32) })
	}
}

func benchmarkUpdate(b *testing.B, url func(testing.TB) string, callers int) {
	s := open(b, url(b))
	floor := fsyncFloor(b)
	var next atomic.Int64
	b.SetParallelism(callers)
	before := cpu()
	b.ResetTimer()
	work := func(more func() bool) {
		for more() {
			if err := deliver(b, s, int(next.Add(1))); err != nil {
				b.Error(err)
				return
			}
		}
	}
	if callers == 1 {
		work(b.Loop)
	} else {
		b.RunParallel(func(pb *testing.PB) { work(pb.Next) })
	}
	b.StopTimer()
	op := float64(b.Elapsed()) / float64(b.N)
	used := cpu() - before
	floor = (floor + fsyncFloor(b)) / 2 // others use the disk, too
	b.ReportMetric(op/float64(floor), "floor/op")
	b.ReportMetric(float64(used)/float64(b.N), "cpu-ns/op")
	b.ReportMetric(1e9/op, "op/s")
}

func deliver(t testing.TB, s *sqlstore.Store, n int) error {
	f := filed(1, entente.Incoming)
	f.Message.Header.ID, f.Thread = id(n), id(n)
	f.Envelope = make([]byte, 4096)
	// Several ledgers: a partner's deliveries come one after the other.
	origin := "entente/north-star/borea-sls/" + strconv.Itoa(n%64)
	return s.Update(t.Context(), func(tx entente.Tx) error {
		head, err := tx.Head(origin)
		if err != nil {
			return err
		}
		at := head.Size
		head.Size, head.Checkpoint = at+1, make([]byte, 300)
		return errors.Join(
			tx.PutMessage(f),
			tx.Append(origin, at, digests(n, 1), 2*at, digests(n, 2)),
			tx.PutHead(head),
			tx.PutReceipt(id(n), entente.Receipt{Text: make([]byte, 600)}),
			tx.Enqueue(entente.QueueItem{Message: id(n), Partner: "borea-sls", Seq: at}),
		)
	})
}

// fsyncFloor is the time of an append of 4 KiB and fsync.
func fsyncFloor(b *testing.B) time.Duration {
	f, err := os.Create(filepath.Join(b.TempDir(), "floor"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	block := make([]byte, 4096)
	const n = 200
	start := time.Now()
	for range n {
		if _, err := f.Write(block); err != nil {
			b.Fatal(err)
		}
		if err := f.Sync(); err != nil {
			b.Fatal(err)
		}
	}
	return time.Since(start) / n
}

// cpu is the processor time that this process has used.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkView measures a desk that opens one message while nothing else goes on.
func BenchmarkView(b *testing.B) {
	for _, e := range engines {
		b.Run(e.name, func(b *testing.B) {
			s := open(b, e.url(b))
			for n := range 100 {
				if err := deliver(b, s, n); err != nil {
					b.Fatal(err)
				}
			}
			for n := 0; b.Loop(); n++ {
				get(b, s, func(tx entente.Tx) (entente.Filed, error) { return tx.Message(id(n % 100)) })
			}
		})
	}
}
