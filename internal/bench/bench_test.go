package main

import (
	"context"
	"io"
	"path/filepath"
	"testing"
	"time"

	"entente/internal/testpg"
	"entente/sqlstore"
)

// The same as go run ./internal/bench, as Go benchmarks. "floor-reached" is 1
// where nothing but the floor is left.

func BenchmarkTip(b *testing.B) {
	for _, e := range []struct {
		name string
		on   func(testing.TB) stores
	}{
		{"sqlite", func(testing.TB) stores { return stores{} }},
		{"postgres", func(t testing.TB) stores { return stores{from: testpg.Durable(t), to: testpg.Durable(t)} }},
	} {
		b.Run(e.name+"/one-at-a-time", func(b *testing.B) { benchmarkOne(b, e.on(b)) })
		b.Run(e.name+"/sustained", func(b *testing.B) { benchmarkSustained(b, e.on(b)) })
	}
}

func benchmarkOne(b *testing.B, s stores) {
	w, f := begin(b, s)
	var times []time.Duration
	for b.Loop() {
		took, err := w.single(b.Context(), 1)
		if err != nil {
			b.Fatal(err)
		}
		times = append(times, took...)
	}
	floors := make([]time.Duration, 100)
	for i := range floors {
		start := time.Now()
		if err := f.tip(); err != nil {
			b.Fatal(err)
		}
		floors[i] = time.Since(start)
	}
	b.ReportMetric(quantile(times, 0.5).Seconds()*1e3, "p50-ms")
	b.ReportMetric(quantile(times, 0.99).Seconds()*1e3, "p99-ms")
	b.ReportMetric(float64(median(floors))/float64(median(times)), "floor-reached")
}

func benchmarkSustained(b *testing.B, s stores) {
	w, f := begin(b, s)
	o := options{officers: 32, tips: b.N}
	b.ResetTimer()
	took, used, err := sustained(o, func() error { _, err := w.send(b.Context()); return err }, func() error { return w.emptied(b.Context()) })
	b.StopTimer()
	if err != nil {
		b.Fatal(err)
	}
	least, _, err := sustained(o, f.tip, func() error { return nil })
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(b.N)/took.Seconds(), "tips/s")
	b.ReportMetric(used.Seconds()*1e3/float64(b.N), "cpu-ms/tip")
	b.ReportMetric(least.Seconds()/took.Seconds(), "floor-reached")
}

// begin starts two agencies that have exchanged before.
func begin(b *testing.B, s stores) (*world, *floor) {
	b.Helper()
	dir := b.TempDir()
	// Not b.Context(): it is over when the nodes are closed.
	w, err := newWorld(context.Background(), dir, s)
	if err != nil {
		b.Fatal(err)
	}
	f, err := newFloor(dir)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := w.close(); err != nil {
			b.Error(err)
		}
		if err := f.close(); err != nil {
			b.Error(err)
		}
	})
	if _, err := w.single(b.Context(), 10); err != nil {
		b.Fatal(err)
	}
	return w, f
}

func BenchmarkLedger(b *testing.B) {
	const leaves = 1_000_000
	memory := inMemory(newMemory())
	store, err := sqlstore.Open(b.Context(), filepath.Join(b.TempDir(), "ledger.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer store.Close()
	for _, where := range []struct {
		name   string
		keeper keeper
	}{{"memory", memory}, {"sqlite", onDisk(context.Background(), store)}} {
		k, err := newBook(where.keeper, leaves)
		if err != nil {
			b.Fatal(err)
		}
		check, err := k.check()
		if err != nil {
			b.Fatal(err)
		}
		for _, m := range []struct {
			name string
			do   func() error
		}{
			{"append", func() error { return k.append(1) }},
			{"append-64", func() error { return k.append(64) }},
			{"prove", func() error { _, _, err := k.prove(); return err }},
			{"check", check},
		} {
			b.Run(where.name+"/"+m.name, func(b *testing.B) {
				for b.Loop() {
					if err := m.do(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// BenchmarkStart starts the built program; most of an iteration is the rest
// that it is given before its memory is read.
func BenchmarkStart(b *testing.B) {
	dir := b.TempDir()
	p := program{path: filepath.Join(dir, "entente"), home: filepath.Join(dir, "home")}
	if err := p.build(b.Context()); err != nil {
		b.Fatal(err)
	}
	if err := p.init(b.Context()); err != nil {
		b.Fatal(err)
	}
	var starts []time.Duration
	var memory []int64
	for b.Loop() {
		ready, resident, err := p.start(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		starts, memory = append(starts, ready), append(memory, resident)
	}
	b.ReportMetric(median(starts).Seconds()*1e3, "start-ms")
	b.ReportMetric(float64(median(memory))/(1<<20), "MiB")
}

var quiet = options{rounds: 1, single: 3, tips: 6, officers: 2, leaves: 100, calls: 3, progress: io.Discard}
