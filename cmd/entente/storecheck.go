package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"

	"entente"
	"entente/prove"
	"entente/sqlstore"
)

type storeCheck struct{}

// storeReport is what a check of the store found. It has ids and no content.
type storeReport struct {
	Rows    int64        `json:"rows"`
	Older   int64        `json:"without_check_value"` // rows that an earlier version wrote
	Files   int64        `json:"attachments"`
	Faults  int          `json:"faults"`
	Damaged []storeFault `json:"damaged"`
}

// storeFault is one thing that is damaged.
type storeFault struct {
	What string `json:"what"` // table and id, or a ledger
	Says string `json:"says"`
}

// mostListed bounds the list; all are counted.
const mostListed = 1000

func (r *storeReport) add(what, says string) {
	if r.Faults++; len(r.Damaged) < mostListed {
		r.Damaged = append(r.Damaged, storeFault{what, says})
	}
}

func (r *storeReport) found(err error) {
	e, _ := errors.AsType[*entente.Error](err)
	says := e.Error()
	if e.Cause != nil {
		says = e.Cause.Error()
	}
	r.add(e.Field, says)
}

// Run reads the whole store, beside a running node or without one, and lists
// everything in it that is damaged. It needs no keys and shows no content.
func (c storeCheck) Run(e *env) error {
	s, err := e.home.settings()
	if err != nil {
		return err
	}
	store, err := e.home.store(e, s)
	if err != nil {
		return err
	}
	r, err := checkStore(e.ctx, store, s.Party)
	if err := errors.Join(err, store.Close()); err != nil {
		return err
	}
	if err := e.print(r, r.write); err != nil {
		return err
	}
	if r.Faults > 0 {
		return &entente.Error{
			Kind: entente.Damaged, Field: "store", Detail: "the store is damaged: what is listed is not shown or used",
			Hint: "stop the node, keep a copy of the database, and restore the newest backup into an empty one; the partners have what came after it",
		}
	}
	return nil
}

func checkStore(ctx context.Context, store *sqlstore.Store, self entente.PartyID) (storeReport, error) {
	r := storeReport{Damaged: []storeFault{}}
	c, err := store.Check(ctx, r.found)
	r.Rows, r.Older, r.Files = c.Rows, c.Older, c.Files
	if err != nil {
		return r, err
	}
	err = store.View(ctx, func(tx entente.Tx) error {
		restored, err := entente.WasRestored(tx)
		if err != nil {
			return err
		}
		all, err := prove.Audit(tx, self, restored)
		for _, f := range all {
			if !f.Holds && f.Thing != "messages" {
				r.add(f.Thing, f.Says)
			}
		}
		return err
	})
	if errors.Is(err, entente.Damaged) {
		r.found(err)
		err = nil
	}
	return r, err
}

func (r storeReport) write(w io.Writer) {
	for _, f := range r.Damaged {
		fmt.Fprintf(w, "damaged  %s\n         %s\n", f.What, strings.ReplaceAll(f.Says, "\n", "\n         "))
	}
	if n := r.Faults - len(r.Damaged); n > 0 {
		fmt.Fprintf(w, "and %d more\n", n)
	}
	fmt.Fprintf(w, "Checked: %d rows, %d attachments, every message and every ledger. Damaged: %d.\n", r.Rows, r.Files, r.Faults)
	if r.Older > 0 {
		fmt.Fprintf(w, "%d rows were written by an earlier version and carry no check value: of them, only what is signed could be checked.\n", r.Older)
	}
}

// soundFor bounds how long the node looks at its database before it starts.
const soundFor = 10 * time.Second

// sound holds that the engine finds its database whole: a node on a damaged one
// would lose more.
func sound(ctx context.Context, store *sqlstore.Store, log *slog.Logger) error {
	ctx, enough := context.WithTimeout(ctx, soundFor)
	defer enough()
	whole, err := store.Sound(ctx)
	if err == nil && !whole {
		log.Info("node: the database is too large to be checked whole at start", "next", "entente store check")
	}
	return err
}
