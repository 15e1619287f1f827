package node

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"time"

	"entente"
)

// disk is a store that says in the log when its disk becomes full and when it has
// room again: once each, and not for every request that fails meanwhile.
type disk struct {
	entente.Store
	log  *slog.Logger
	now  func() time.Time
	full atomic.Bool
	last atomic.Int64 // when it was last found full, in seconds
}

// roomFor is how long nothing must have failed before the disk counts as having
// room: on one that is nearly full, what is small still fits now and then.
const roomFor = 30 * time.Second

func (d *disk) View(ctx context.Context, fn func(entente.Tx) error) error {
	err := d.Store.View(ctx, fn)
	d.failed(err)
	return err
}

func (d *disk) Update(ctx context.Context, fn func(entente.Tx) error) error {
	err := d.Store.Update(ctx, fn)
	d.failed(err)
	if err == nil && d.full.Load() && d.now().Unix()-d.last.Load() >= int64(roomFor.Seconds()) && d.full.Swap(false) {
		d.log.Warn("node: the disk has room again, and work goes on")
	}
	return err
}

func (d *disk) failed(err error) {
	if !errors.Is(err, entente.Full) {
		return
	}
	d.last.Store(d.now().Unix())
	if !d.full.Swap(true) {
		d.log.Error("node: the disk is full: nothing is written until there is room", "next", "free space on the disk of the data directory")
	}
}

// quiet passes over what failed because the disk is full: that is said once.
type quiet struct{ slog.Handler }

func (q quiet) Handle(ctx context.Context, r slog.Record) error {
	full := false
	r.Attrs(func(a slog.Attr) bool {
		err, ok := a.Value.Any().(error)
		full = ok && errors.Is(err, entente.Full)
		return !full
	})
	if full {
		return nil
	}
	return q.Handler.Handle(ctx, r)
}

func (q quiet) WithAttrs(as []slog.Attr) slog.Handler { return quiet{q.Handler.WithAttrs(as)} }

func (q quiet) WithGroup(name string) slog.Handler { return quiet{q.Handler.WithGroup(name)} }
