package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

// measureTips takes tips from draft to verified receipt, on both engines if a
// PostgreSQL server is given.
func measureTips(ctx context.Context, o options) ([]Figure, error) {
	figures, err := measureTipsOn(ctx, o, "SQLite", stores{})
	if err != nil || o.postgres == "" {
		return figures, err
	}
	s, drop, err := databases(ctx, o.postgres)
	if err != nil {
		return nil, err
	}
	more, err := measureTipsOn(ctx, o, "PostgreSQL", s)
	return append(figures, more...), errors.Join(err, drop())
}

func measureTipsOn(ctx context.Context, o options, engine string, s stores) (figures []Figure, err error) {
	dir, err := os.MkdirTemp("", "entente-bench-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	w, err := newWorld(ctx, dir, s)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	f, err := newFloor(dir)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.close()) }()
	if _, err := w.single(ctx, 20); err != nil { // connections, caches, statements
		return nil, err
	}
	stop, err := profiles(o.profile, engine)
	if err != nil {
		return nil, err
	}
	var m tipRounds
	for n := range o.rounds {
		if err := m.round(ctx, o, w, f); err != nil {
			return nil, err
		}
		fmt.Fprintf(o.progress, "bench: tips on %s, round %d of %d: p50 %s, %s, %s of processor time each\n", engine, n+1, o.rounds,
			quantity(m.p50[n].Seconds(), "s"), quantity(m.perSecond[n], "/s"), quantity(m.cpu[n].Seconds(), "s"))
	}
	if err := stop(); err != nil {
		return nil, err
	}
	note, err := f.says(o.calls)
	return m.figures("a tip from draft to verified receipt, "+engine, note), err
}

// tipRounds gathers what each round measured, beside the floor of that round.
type tipRounds struct {
	p50, p99, cpu              []time.Duration
	floor50, floor99, floorCPU []time.Duration
	perSecond, floorPerSecond  []float64
}

func (m *tipRounds) round(ctx context.Context, o options, w *world, f *floor) error {
	times, err := w.single(ctx, o.single)
	if err != nil {
		return err
	}
	floors := make([]time.Duration, o.single)
	for i := range floors {
		start := time.Now()
		if err := f.tip(); err != nil {
			return err
		}
		floors[i] = time.Since(start)
	}
	m.p50, m.p99 = append(m.p50, quantile(times, 0.5)), append(m.p99, quantile(times, 0.99))
	m.floor50, m.floor99 = append(m.floor50, quantile(floors, 0.5)), append(m.floor99, quantile(floors, 0.99))

	took, used, err := sustained(o, func() error { _, err := w.send(ctx); return err }, func() error { return w.emptied(ctx) })
	if err != nil {
		return err
	}
	m.perSecond, m.cpu = append(m.perSecond, float64(o.tips)/took.Seconds()), append(m.cpu, used/time.Duration(o.tips))
	took, used, err = sustained(o, f.tip, func() error { return nil })
	m.floorPerSecond, m.floorCPU = append(m.floorPerSecond, float64(o.tips)/took.Seconds()), append(m.floorCPU, used/time.Duration(o.tips))
	return err
}

// single sends tips one after the other, each when the one before has its
// receipt.
func (w *world) single(ctx context.Context, n int) ([]time.Duration, error) {
	times := make([]time.Duration, n)
	for i := range times {
		start := time.Now()
		id, err := w.send(ctx)
		if err != nil {
			return nil, err
		}
		at, err := w.receipted(ctx, id)
		if err != nil {
			return nil, err
		}
		times[i] = at.Sub(start)
	}
	return times, nil
}

// sustained has many officers do one tip after the other, and waits until all
// have arrived.
func sustained(o options, do, arrived func() error) (took, used time.Duration, err error) {
	before, start := cpu(), time.Now()
	var left atomic.Int64
	left.Store(int64(o.tips))
	var officers sync.WaitGroup
	errs := make([]error, o.officers)
	for i := range errs {
		officers.Go(func() {
			for errs[i] == nil && left.Add(-1) >= 0 {
				errs[i] = do()
			}
		})
	}
	officers.Wait()
	if err := errors.Join(errs...); err != nil {
		return 0, 0, err
	}
	err = arrived()
	return time.Since(start), cpu() - before, err
}

func (m *tipRounds) figures(group, note string) []Figure {
	p50 := took(group, "one at a time, p50", m.p50, m.floor50)
	p50.Aim, p50.Note = "< 15 ms", "the floor is "+note
	p99 := took(group, "one at a time, p99", m.p99, m.floor99)
	all := rate(group, "sustained", m.perSecond, m.floorPerSecond)
	all.Aim = "60 %"
	return []Figure{p50, p99, all, took(group, "processor time of a tip, both nodes", m.cpu, m.floorCPU)}
}
