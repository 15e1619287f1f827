package sqlstore_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"entente"
	"entente/sqlstore"
)

// two opens the same database twice, as two processes do.
func two(t *testing.T, test func(t *testing.T, one, other *sqlstore.Store)) {
	t.Helper()
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			url := e.url(t)
			test(t, open(t, url), open(t, url))
		})
	}
}

func TestUpdateIsWholeOrNothing(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		wrong := errors.New("wrong")
		err := s.Update(t.Context(), func(tx entente.Tx) error {
			return errors.Join(tx.PutSetting("a", nil), wrong)
		})
		if !errors.Is(err, wrong) {
			t.Errorf("error = %v, want the function's own", err)
		}
		func() {
			defer func() {
				if recover() != wrong {
					t.Error("the panic did not reach its caller")
				}
			}()
			s.Update(t.Context(), func(tx entente.Tx) error { tx.PutSetting("a", nil); panic(wrong) })
		}()
		ctx, cancel := context.WithCancel(t.Context())
		err = s.Update(ctx, func(tx entente.Tx) error {
			err := tx.PutSetting("a", nil)
			cancel()
			tx.PutSetting("b", nil) // a function that does not listen
			return err
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("error = %v, want Canceled", err)
		}
		for _, name := range []string{"a", "b"} {
			_, err = try(t, s, func(tx entente.Tx) ([]byte, error) { return tx.Setting(name) })
			wantKind(t, err, entente.NotFound)
		}
	})
}

// A function may answer a Conflict by doing something else.
func TestConflictIsNotTheEnd(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		again := map[string]func(entente.Tx) error{
			"message": func(tx entente.Tx) error { return tx.PutMessage(filed(1, entente.Incoming)) },
			"draft":   func(tx entente.Tx) error { return tx.PutDraft(entente.Draft{ID: id(1), Version: 1}) },
			"queue":   func(tx entente.Tx) error { return tx.Enqueue(entente.QueueItem{Message: id(1)}) },
			"access":  func(tx entente.Tx) error { return tx.PutAccess(0, []byte("{}"), entente.Access{}) },
			"ledger":  func(tx entente.Tx) error { return tx.Append("o", 0, digests(0, 1), 0, digests(0, 1)) },
		}
		for name, write := range again {
			put(t, s, write)
			put(t, s, func(tx entente.Tx) error {
				wantKind(t, write(tx), entente.Conflict)
				return tx.PutSetting(name, []byte("went on"))
			})
			same(t, string(get(t, s, func(tx entente.Tx) ([]byte, error) { return tx.Setting(name) })), "went on")
		}
	})
}

func TestViewCannotWrite(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		if err := s.View(t.Context(), func(tx entente.Tx) error { return tx.PutSetting("a", nil) }); err == nil {
			t.Error("a View wrote")
		}
		_, err := try(t, s, func(tx entente.Tx) ([]byte, error) { return tx.Setting("a") })
		wantKind(t, err, entente.NotFound)
	})
}

// next appends to a ledger at its end, as its head says, and gives the place.
func next(ctx context.Context, s entente.Store, origin string, d entente.Digest) (place int64, err error) {
	err = s.Update(ctx, func(tx entente.Tx) error {
		h, err := tx.Head(origin)
		if err != nil {
			return err
		}
		place = h.Size
		h.Size++
		return errors.Join(tx.Append(origin, place, []entente.Digest{d}, place, []entente.Digest{d}), tx.PutHead(h))
	})
	return place, err
}

// Many callers in two processes append to one ledger: each has a place of its own.
func TestEveryPlaceOnce(t *testing.T) {
	two(t, func(t *testing.T, one, other *sqlstore.Store) {
		const callers, each = 8, 10
		var wg sync.WaitGroup
		var mu sync.Mutex
		places := map[int64]entente.Digest{}
		for c := range callers {
			s := []*sqlstore.Store{one, other}[c%2]
			wg.Go(func() {
				for n := range each {
					d := entente.Digest{byte(c), byte(n), 1}
					p, err := next(t.Context(), s, "o", d)
					if err != nil {
						t.Error(err)
						return
					}
					mu.Lock()
					places[p] = d
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		records := get(t, one, func(tx entente.Tx) ([]entente.Digest, error) { return tx.Records("o", 0, 1000) })
		if len(records) != callers*each || len(places) != callers*each {
			t.Errorf("%d records at %d places, want %d", len(records), len(places), callers*each)
		}
		for p, d := range places {
			if records[p] != d {
				t.Errorf("place %d holds %v, and its writer was told that it holds %v", p, records[p], d)
			}
		}
	})
}

// Many callers in two processes add to one timeline: it has no gap, and each
// entry the place that its writer was told.
func TestTimelineWithoutGaps(t *testing.T) {
	two(t, func(t *testing.T, one, other *sqlstore.Store) {
		const callers, each = 6, 10
		var wg sync.WaitGroup
		var mu sync.Mutex
		told := map[int64]string{}
		for c := range callers {
			s := []*sqlstore.Store{one, other}[c%2]
			wg.Go(func() {
				for n := range each {
					e := entente.Entry{Case: "c", Text: fmt.Sprint(c, " ", n)}
					err := s.Update(t.Context(), func(tx entente.Tx) (err error) {
						e, err = tx.AddEntry(e)
						return err
					})
					if err != nil {
						t.Error(err)
						return
					}
					mu.Lock()
					told[e.Seq] = e.Text
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		entries := get(t, one, func(tx entente.Tx) ([]entente.Entry, error) { return tx.Entries("c") })
		if len(entries) != callers*each {
			t.Errorf("%d entries, want %d", len(entries), callers*each)
		}
		for i, e := range entries {
			if e.Seq != int64(i) || told[e.Seq] != e.Text {
				t.Errorf("place %d holds entry %d, %q; its writer was told of %q", i, e.Seq, e.Text, told[e.Seq])
			}
		}
	})
}

// Work that rests on what was read is done again when that changed: no update is lost.
func TestNoLostUpdate(t *testing.T) {
	two(t, func(t *testing.T, one, other *sqlstore.Store) {
		var wg sync.WaitGroup
		for c := range 6 {
			s := []*sqlstore.Store{one, other}[c%2]
			wg.Go(func() {
				for range 10 {
					err := s.Update(t.Context(), func(tx entente.Tx) error {
						l, err := tx.Line("borea-sls")
						l.Attempts++
						return errors.Join(err, tx.PutLine(l))
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		same(t, get(t, one, func(tx entente.Tx) (entente.Line, error) { return tx.Line("borea-sls") }), entente.Line{Partner: "borea-sls", Attempts: 60})
	})
}

// Two who each read what the other writes cannot both go on as if nothing had
// happened: after both, one of them saw the other.
func TestNoWriteSkew(t *testing.T) {
	two(t, func(t *testing.T, one, other *sqlstore.Store) {
		for round := range 20 {
			claim := func(s entente.Store, mine, theirs string) {
				err := s.Update(t.Context(), func(tx entente.Tx) error {
					_, err := tx.Setting(fmt.Sprint(theirs, round))
					if errors.Is(err, entente.NotFound) {
						return tx.PutSetting(fmt.Sprint(mine, round), nil)
					}
					return err
				})
				if err != nil {
					t.Error(err)
				}
			}
			var wg sync.WaitGroup
			wg.Go(func() { claim(one, "a", "b") })
			wg.Go(func() { claim(other, "b", "a") })
			wg.Wait()
			has := 0
			for _, name := range []string{"a", "b"} {
				if _, err := try(t, one, func(tx entente.Tx) ([]byte, error) { return tx.Setting(fmt.Sprint(name, round)) }); err == nil {
					has++
				}
			}
			if has != 1 {
				t.Errorf("round %d: %d of two claims that exclude each other", round, has)
			}
		}
	})
}

// At any time at most one process has the lease.
func TestLeaseOfOneProcess(t *testing.T) {
	two(t, func(t *testing.T, one, other *sqlstore.Store) {
		var wg sync.WaitGroup
		var clock, holders, got atomic.Int64
		for c, s := range []*sqlstore.Store{one, other, one, other} {
			wg.Go(func() {
				lease := func(until int) (ok bool) {
					now := clock.Load()
					err := s.Update(t.Context(), func(tx entente.Tx) (err error) {
						if until == 0 {
							_, err = tx.Lease("borea-sls", fmt.Sprint(c), at(int(now)), entente.Line{}.NextTry)
							return err
						}
						ok, err = tx.Lease("borea-sls", fmt.Sprint(c), at(int(now)), at(int(now)+until))
						return err
					})
					if err != nil {
						t.Error(err)
					}
					return ok && err == nil
				}
				for range 20 {
					if !lease(1000) { // longer than the test's clock goes
						continue
					}
					if holders.Add(1) != 1 {
						t.Error("two processes have the lease at once")
					}
					clock.Add(1)
					got.Add(1)
					holders.Add(-1)
					lease(0)
				}
			})
		}
		wg.Wait()
		if got.Load() == 0 {
			t.Error("nobody ever had the lease")
		}
	})
}

// A View sees the state of one moment, however long it looks and whatever is
// written meanwhile.
func TestViewIsOneMoment(t *testing.T) {
	two(t, func(t *testing.T, one, other *sqlstore.Store) {
		ctx, stop := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		wg.Go(func() {
			for n := byte(0); ctx.Err() == nil; n++ {
				if _, err := next(ctx, other, "o", entente.Digest{n, 1}); err != nil && ctx.Err() == nil {
					t.Error(err)
				}
			}
		})
		var sizes []int64
		for len(sizes) < 20 {
			err := one.View(t.Context(), func(tx entente.Tx) error {
				h, err := tx.Head("o")
				if err != nil {
					return err
				}
				for range 5 {
					rs, err := tx.Records("o", 0, 1<<20)
					if err != nil {
						return err
					}
					again, err := tx.Head("o")
					if err != nil {
						return err
					}
					if int64(len(rs)) != h.Size || again.Size != h.Size {
						t.Errorf("size %d and later %d, with %d records, in one View", h.Size, again.Size, len(rs))
					}
				}
				sizes = append(sizes, h.Size)
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		stop()
		wg.Wait()
	})
}

// Update waits for nobody who only reads, and the other way round.
func TestReadersAndWritersDoNotWait(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		put(t, s, func(tx entente.Tx) error { return tx.PutSetting("a", []byte("old")) })
		err := s.View(t.Context(), func(reader entente.Tx) error {
			if _, err := reader.Setting("a"); err != nil {
				return err
			}
			put(t, s, func(tx entente.Tx) error {
				same(t, string(get(t, s, func(tx entente.Tx) ([]byte, error) { return tx.Setting("a") })), "old")
				return tx.PutSetting("a", []byte("new"))
			})
			got, err := reader.Setting("a")
			same(t, string(got), "old")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		same(t, string(get(t, s, func(tx entente.Tx) ([]byte, error) { return tx.Setting("a") })), "new")
	})
}

// A closed store says so at once.
func TestClosed(t *testing.T) {
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			s, err := sqlstore.Open(t.Context(), e.url(t))
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			none := func(entente.Tx) error { return nil }
			wantKind(t, s.Update(t.Context(), none), entente.Unavailable)
			wantKind(t, s.View(t.Context(), none), entente.Unavailable)
		})
	}
}
