package screen

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"reflect"
	"strings"
	"time"

	"entente"
	"entente/lists"
	"entente/record"
)

// Import is one edition of a list, to be read.
type Import struct {
	lists.Options
	Format string // one of lists.Formats
	// Open gives the files from their beginning. They are read twice: a file that
	// turns out to be cut short must have changed nothing.
	Open   func() ([]lists.File, error)
	File   string         // its name, for the record
	Digest entente.Digest // of what is read
	// Delist says that a person has seen that the edition lacks many who were
	// listed, and means it.
	Delist bool
}

// maxAside is how many records and fields that were set aside are kept with an
// edition; all are counted.
const maxAside = 10_000

// importAtOnce is how many holdings share a transaction.
const importAtOnce = 500

// A file cut short looks like a list from which many were taken off. More than
// one in delistShare gone, and more than delistFew, needs a person's word.
const (
	delistShare = 5
	delistFew   = 20
)

// Import makes an edition of a list our holdings: what is new or changed is
// stored and indexed, what the edition no longer has is taken out. The same
// edition again changes nothing. What cannot be used is set aside, with its
// place and reason.
func (s *Screen) Import(ctx context.Context, by entente.Officer, in Import, progress func(entente.Edition)) (entente.Edition, error) {
	if _, err := entente.ParseSourceID(string(in.Source)); err != nil {
		return entente.Edition{}, err
	}
	in.Today = s.now()
	e := entente.Edition{Source: in.Source, Format: in.Format, File: in.File, Digest: in.Digest, By: by.ID, At: s.now()}
	act := record.Act{By: by, Operation: entente.OpImport, Object: "list " + string(in.Source), At: e.At}
	var was entente.Edition
	act.Result = &was
	end, ctx, done, err := record.Long(ctx, s.cfg.Store, act, func() error { return nil })
	if err != nil || done {
		return was, err
	}
	var last entente.Edition
	whole := false
	err = record.Do(ctx, s.cfg.Store, s.cfg.Log, act, func(tx entente.Tx) (err error) {
		if last, err = newest(tx, in.Source); err != nil {
			return err
		}
		running, err := found(tx.Setting(underWay(in.Source)))
		whole = len(running) == 0
		return err
	})
	if err != nil {
		return e, err
	}
	if last.Digest == in.Digest && last.Number > 0 && whole {
		return last, s.cfg.Store.Update(ctx, func(tx entente.Tx) error { return end.Keep(tx, e.At, last) })
	}
	run := importing{s: s, e: e, id: newID(), end: end, delist: in.Delist, seed: maphash.MakeSeed(), seen: map[uint64]bool{}, progress: progress}
	if _, err = in.read(func(lists.Record) error { return nil }); err == nil {
		err = run.begin(ctx)
	}
	if err == nil {
		run.e.Aside, err = in.read(func(rec lists.Record) error { return run.take(ctx, rec) })
		run.e.Aside += run.unread
	}
	if err == nil {
		err = run.flush(ctx)
	}
	if err == nil {
		err = run.finish(ctx)
	}
	return run.e, err
}

func newest(tx entente.Tx, s entente.SourceID) (entente.Edition, error) {
	all, err := tx.Editions(s)
	if err != nil || len(all) == 0 {
		return entente.Edition{}, err
	}
	return all[0], nil
}

// underWay is the setting that names the import of a list that has begun and not
// ended. So a second one ends the first, which would mix two editions; and after
// one that was cut off, no file passes for what is held already.
func underWay(s entente.SourceID) string { return "screen.import." + string(s) }

func (in Import) read(each func(lists.Record) error) (aside int, err error) {
	files, err := in.Open()
	if err != nil {
		return 0, err
	}
	sum, err := lists.Read(in.Format, files, in.Options, each)
	return sum.Aside, err
}

// importing is one edition on its way in.
type importing struct {
	s        *Screen
	e        entente.Edition
	id       string // of this run
	end      record.Step
	delist   bool
	seed     maphash.Seed
	seen     map[uint64]bool // hashes of the ids that the edition has
	waiting  []entente.Holding
	aside    []entente.SetAside
	unread   int // names that could not be read, or only in part
	progress func(entente.Edition)
}

func (r *importing) begin(ctx context.Context) error {
	return r.s.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		last, err := newest(tx, r.e.Source)
		if err != nil {
			return err
		}
		r.e.Number = last.Number + 1
		return tx.PutSetting(underWay(r.e.Source), []byte(r.id))
	})
}

// alone holds that no other import of the list has begun since.
func (r *importing) alone(tx entente.Tx) error {
	running, err := found(tx.Setting(underWay(r.e.Source)))
	if err == nil && string(running) != r.id {
		err = &entente.Error{
			Kind: entente.Conflict, Detail: "another import of the list " + string(r.e.Source) + " has begun, and this one was stopped",
			Hint: "let the other one end; import this file again if it is the newer",
		}
	}
	return err
}

func (r *importing) take(ctx context.Context, rec lists.Record) error {
	if h := rec.Holding; h.Kind == entente.HoldingPerson {
		_, number, _ := strings.Cut(string(h.ID), "/")
		remarks := Unread(rec.Where, number, h.Subject)
		rec.Aside = append(rec.Aside, remarks...)
		r.unread += len(remarks)
	}
	if len(r.aside) < maxAside {
		r.aside = append(r.aside, rec.Aside...)
	}
	if rec.Holding.ID == "" {
		return nil
	}
	r.e.Read++
	r.seen[maphash.String(r.seed, string(rec.Holding.ID))] = true
	r.waiting = append(r.waiting, rec.Holding)
	if len(r.waiting) < importAtOnce {
		return nil
	}
	return r.flush(ctx)
}

// flush stores what is new or changed among the records that wait.
func (r *importing) flush(ctx context.Context) error {
	before := r.e
	var written []entente.Holding
	err := r.s.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		r.e, written = before, nil
		if err := r.alone(tx); err != nil {
			return err
		}
		for _, h := range r.waiting {
			old, err := tx.Holding(h.ID)
			switch {
			case errors.Is(err, entente.NotFound):
				h.Since = r.e.At
				r.e.Added++
			case err != nil:
				return err
			case same(old, h):
				continue
			case !old.Removed.IsZero():
				h.Since = r.e.At // listed again
				r.e.Added++
			default:
				h.Since, h.Changed = old.Since, r.e.At
				r.e.Changed++
			}
			written = append(written, h)
		}
		return tx.PutHoldings(written)
	})
	if err != nil {
		return err
	}
	r.waiting = r.waiting[:0]
	r.s.index(written)
	r.s.cfg.Step("imported")
	if r.progress != nil {
		r.progress(r.e)
	}
	return nil
}

// same reports whether a stored holding says what the record says.
func same(old, h entente.Holding) bool {
	if !old.Removed.IsZero() {
		return false
	}
	old.Since, old.Changed = time.Time{}, time.Time{}
	return reflect.DeepEqual(old, h)
}

// finish takes out what the edition no longer has, and puts the edition on record.
func (r *importing) finish(ctx context.Context) error {
	gone, err := r.gone(ctx)
	if err != nil {
		return err
	}
	err = r.s.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		if err := r.alone(tx); err != nil {
			return err
		}
		if err := tx.PutHoldings(gone); err != nil {
			return err
		}
		if err := tx.PutSetting(underWay(r.e.Source), nil); err != nil {
			return err
		}
		r.e.Removed = len(gone)
		if err := tx.PutEdition(r.e, r.aside); err != nil {
			return err
		}
		return r.end.Keep(tx, r.e.At, r.e)
	})
	if err != nil {
		return err
	}
	r.s.cfg.Step("imported")
	r.s.index(gone)
	r.s.loading.Lock()
	r.s.listsAt[r.e.Source] = r.e.Number
	r.s.loading.Unlock()
	r.s.cfg.Changed()
	return nil
}

func (r *importing) gone(ctx context.Context) ([]entente.Holding, error) {
	var gone []entente.Holding
	all := 0
	err := r.s.cfg.Store.View(ctx, func(tx entente.Tx) error {
		q := entente.HoldingQuery{Source: r.e.Source, Live: true, Limit: page}
		for {
			held, err := tx.Holdings(q)
			if err != nil {
				return err
			}
			all += len(held)
			for _, h := range held {
				if !r.seen[maphash.String(r.seed, string(h.ID))] {
					h.Removed = r.e.At
					gone = append(gone, h)
				}
			}
			if len(held) < page {
				return nil
			}
			q.After = held[len(held)-1].ID
		}
	})
	if err == nil && !r.delist && len(gone) > delistFew && len(gone)*delistShare > all {
		return nil, &entente.Error{
			Kind:   entente.Conflict,
			Detail: fmt.Sprintf("this edition of %s lacks %d of the %d records that are held; nobody was taken off", r.e.Source, len(gone), all),
			Hint:   "see whether the file is whole; if it is, import it again and say that the removals are meant (--delist)",
		}
	}
	return gone, err
}
