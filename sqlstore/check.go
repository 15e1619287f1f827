package sqlstore

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5/pgconn"

	"entente"
	"entente/seal"
)

// Checked is how much a check of the store has read.
type Checked struct {
	Rows  int64
	Older int64 // of them, so many were written by a version that kept no check values
	Files int64 // whole attachments, each read to its end
}

// Check reads every row of every table, holds it to its check value and its form,
// looks for rows that others name and that are missing, and reads every whole
// attachment against its digest. It tells found each thing that is damaged, of
// kind Damaged, and goes on with the rest. The error is for a check that could not
// be made to its end.
func (s *Store) Check(ctx context.Context, found func(error)) (Checked, error) {
	var c Checked
	if err := s.on.sound(ctx, 100, found); err != nil {
		return c, err
	}
	look := func(table string, fn func(*tx) error) error {
		err := s.View(ctx, func(x entente.Tx) error { return fn(x.(*tx)) })
		if errors.Is(err, entente.Damaged) {
			found(entente.DamagedRecord(table, "", err)) // the engine cannot read on
			return nil
		}
		return err
	}
	for _, d := range checked {
		if err := look(d.name, func(t *tx) error { return t.checkRows(d, &c, found) }); err != nil {
			return c, err
		}
	}
	for _, n := range namings {
		if err := look(n.table, func(t *tx) error { return t.checkNamed(n, found) }); err != nil {
			return c, err
		}
	}
	err := look("attachment", func(t *tx) error { return t.checkFiles(&c, found) })
	return c, err
}

// checkRows reads a table row by row; what is wrong with one stops nothing.
func (t *tx) checkRows(d *table, c *Checked, found func(error)) error {
	look := forms[d]
	if look == nil {
		none := make([]any, len(d.columns))
		look = func(r row) error { return r.scan(none...) }
	}
	if err := t.ready(); err != nil {
		return err
	}
	all, err := t.run.query(t.ctx, d.read, nil)
	if err != nil {
		return t.fail(err)
	}
	defer all.Close()
	r := row{rows: all, of: newReading(d)}
	for all.Next() {
		if err := context.Cause(t.ctx); err != nil {
			return err
		}
		if err := look(r); err != nil {
			found(r.of.damaged(err))
		}
		c.Rows++
		if r.of.held == 0 {
			c.Older++
		}
	}
	return t.fail(all.Err())
}

// forms reads the rows that are more than columns.
var forms = map[*table]func(row) error{
	partyTable: form(scanParty), agreementTable: form(scanAgreement), draftTable: form(scanDraft), messageTable: form(scanListed),
	accessTable: form(scanAccess), holdingTable: form(scanBody[entente.Holding]), editionTable: form(scanBody[entente.Edition]), asideTable: form(scanBody[entente.SetAside]),
	eventTable:   form(func(r row) (entente.TravelEvent, error) { return scanEvent(r, nil) }),
	feedingTable: form(scanBody[entente.Feeding]), fedAsideTable: form(scanBody[entente.SetAside]), watchTable: form(scanBody[entente.Watch]),
	caseTable: form(scanBody[entente.Case]), entryTable: form(scanBody[entente.Entry]), flagTable: form(scanBody[entente.Flag]),
	hitTable: form(scanBody[entente.Hit]), clearingTable: form(scanBody[entente.Clearing]), taskTable: form(scanBody[entente.Task]),
}

func form[T any](scan func(row) (T, error)) func(row) error {
	return func(r row) error { _, err := scan(r); return err }
}

// naming is a column whose value names a row of another table.
type naming struct{ table, column, of, key string }

var namings = []naming{
	{"receipt", "message", "message", "id"},
	{"assessment", "message", "message", "id"},
	{"queue", "message", "message", "id"},
	{"unscreened", "message", "message", "id"},
	{"case_message", "casefile", "casefile", "id"},
	{"case_entry", "casefile", "casefile", "id"},
	{"flag", "casefile", "casefile", "id"},
	{"piece", "handle", "attachment", "handle"},
	{"credential", "officer", "officer", "id"},
	{"hit", "task", "task", "id"},
	{"ledger_record", "origin", "ledger", "origin"},
}

// checkNamed looks for rows that are missing.
func (t *tx) checkNamed(n naming, found func(error)) error {
	missing, err := list(t, scanID[string], `select distinct a.`+n.column+` from `+n.table+` a where a.`+n.column+` <> '' and not exists (select 1 from `+n.of+` b where b.`+n.key+` = a.`+n.column+`)`)
	for _, id := range missing {
		found(entente.DamagedRecord(n.of, id, fmt.Errorf("it is missing, and the table %s names it", n.table)))
	}
	return err
}

// checkFiles reads whole attachments, and the envelopes of messages, which no
// check value covers because they are large: each has its digest.
func (t *tx) checkFiles(c *Checked, found func(error)) error {
	handles, err := list(t, scanID[string], `select handle from attachment order by handle`)
	if err != nil {
		return err
	}
	for _, handle := range handles {
		a, err := t.Attachment(handle)
		if errors.Is(err, entente.Damaged) {
			continue // checkRows has told it
		}
		if err != nil {
			return err
		}
		held, digest, err := t.digestOf(handle)
		switch {
		case errors.Is(err, entente.Damaged):
			found(err)
			continue
		case err != nil:
			return err
		case held != a.Held:
			err = fmt.Errorf("%d bytes of it are here, and %d should be", held, a.Held)
		case !a.Complete.IsZero() && digest != a.Digest:
			err = errors.New("the file is not the one that was named")
		}
		if err != nil {
			found(entente.DamagedRecord("attachment", a.Handle, err))
		}
		c.Files++
	}
	return t.checkEnvelopes(found)
}

func (t *tx) digestOf(handle string) (held int64, of entente.Digest, err error) {
	h := sha256.New()
	for {
		b, err := t.Piece(handle, held)
		if errors.Is(err, entente.NotFound) {
			return held, entente.Digest(h.Sum(nil)), nil
		}
		if err != nil {
			return held, of, err
		}
		h.Write(b)
		held += int64(len(b))
	}
}

func (t *tx) checkEnvelopes(found func(error)) error {
	_, err := list(t, func(r row) (none struct{}, err error) {
		var id string
		var digest, envelope []byte
		if err := r.scan(&id, &digest, &envelope); err != nil {
			return none, err
		}
		if of := seal.Name(envelope); !bytes.Equal(of[:], digest) {
			found(entente.DamagedRecord("message", id, errors.New("its envelope is not the one that was filed")))
		}
		return none, nil
	}, `select id, digest, envelope from message where length(envelope) > 0`)
	return err
}

// Sound asks the engine whether its files are sound, as far as it gets before ctx
// ends. It reports whether it came to the end; an error is of kind Damaged.
func (s *Store) Sound(ctx context.Context) (whole bool, err error) {
	var first error
	err = s.on.sound(ctx, 1, func(err error) {
		if first == nil {
			first = err
		}
	})
	if first != nil {
		return true, first
	}
	if err != nil && ctx.Err() != nil {
		return false, nil
	}
	return err == nil, err
}

// sound runs SQLite's own check, on a connection of its own.
func (e *sqliteEngine) sound(ctx context.Context, most int, found func(error)) error {
	c, err := e.ro.Conn(ctx)
	if err != nil {
		return explainSQLite(err)
	}
	defer c.Close()
	rows, err := c.QueryContext(ctx, fmt.Sprintf("pragma quick_check(%d)", most))
	if err == nil {
		defer rows.Close()
		for rows.Next() {
			var says string
			if err := rows.Scan(&says); err != nil {
				return explainSQLite(err)
			}
			if says != "ok" {
				found(entente.DamagedRecord("", "", errors.New(says)))
			}
		}
		err = rows.Err()
	}
	if err = explainSQLite(err); errors.Is(err, entente.Damaged) {
		found(err)
		return nil
	}
	return err
}

// sound of PostgreSQL is what its own checksums say when the rows are read.
func (e *postgresEngine) sound(ctx context.Context, _ int, found func(error)) error {
	var ok int
	err := explainPostgres(e.db.QueryRowContext(ctx, "select 1").Scan(&ok))
	if errors.Is(err, entente.Damaged) {
		found(err)
		return nil
	}
	return err
}

// corrupt reports whether PostgreSQL says that what it kept is damaged: class XX
// but for internal_error, and undefined_file of class 58.
func corrupt(e *pgconn.PgError) bool {
	return e.Code == "XX001" || e.Code == "XX002" || e.Code == "58P01"
}
