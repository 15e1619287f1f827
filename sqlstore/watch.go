package sqlstore

import (
	"context"
	"time"
)

// Watch calls changed after somebody has written to the store, another process
// too, until ctx ends. It looks that often, which costs some microseconds each
// time; what is written in between is told once. A look that fails is made again.
func (s *Store) Watch(ctx context.Context, every time.Duration, changed func()) {
	var last int64
	known := false
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		if now, err := s.on.mark(ctx); err == nil {
			if known && now != last {
				changed()
			}
			last, known = now, true
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// mark is a number that stays while nobody commits a write. The number of
// SQLite is that of one connection, which does nothing else.
func (e *sqliteEngine) mark(ctx context.Context) (mark int64, err error) {
	e.watching.Lock()
	defer e.watching.Unlock()
	if e.watch == nil {
		if e.watch, err = e.ro.Conn(ctx); err != nil {
			return 0, err
		}
	}
	err = e.watch.QueryRowContext(ctx, "pragma data_version").Scan(&mark)
	return mark, err
}

// unwatch closes the connection that looks, for good.
func (e *sqliteEngine) unwatch() error {
	e.watching.Lock()
	defer e.watching.Unlock()
	if e.watch == nil {
		return nil
	}
	return e.watch.Close()
}

// mark is the number of the next transaction that writes, of any database of the
// server. To ask for it is no such transaction.
func (e *postgresEngine) mark(ctx context.Context) (mark int64, err error) {
	err = e.db.QueryRowContext(ctx, "select pg_snapshot_xmax(pg_current_snapshot())::text::bigint").Scan(&mark)
	return mark, err
}
