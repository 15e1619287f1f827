package sqlstore_test

import (
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"entente"
	"entente/sqlstore"
)

// unread are the columns that the engine works out for its own use; nothing that
// is read comes from them.
var unread = []string{"refusal.n", "casefile.turn", "event.spoken"}

// A row that was changed behind the node's back is never read as if it had been
// written so: every read gives what was written, or says that this row is damaged,
// or does not find it; and a check of the store names it. In every table, every
// row, every column.
func TestDamage(t *testing.T) {
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			url := e.url(t)
			s := open(t, url)
			stock(t, s)
			b := behind{t, e.name, by(t, e.name, url)}
			want, before := contents(t, s), faults(t, s)
			said := map[string]bool{}
			for _, column := range b.columns() {
				table, name, _ := strings.Cut(column, ".")
				if table == "schema_version" || table == "lease" || slices.Contains(unread, column) {
					continue
				}
				for _, row := range b.rows(table) {
					undo := b.change(table, name, row)
					for read, fn := range reads {
						got, err := try(t, s, fn)
						switch e, _ := errors.AsType[*entente.Error](err); {
						case errors.Is(err, entente.Damaged):
							if !strings.HasPrefix(e.Field, table+" ") || e.Hint == "" {
								t.Errorf("%s changed, %s: %v", column, read, err)
							}
							said[table] = true
						case err != nil && !errors.Is(err, entente.NotFound):
							t.Errorf("%s changed, %s: %v", column, read, err)
						case err == nil && !within(got, want[read]):
							t.Errorf("%s changed, and %s gives\n%s", column, read, cmp.Diff(want[read], got, cmpopts.EquateEmpty()))
						}
					}
					after := faults(t, s)
					if !slices.ContainsFunc(slices.Collect(maps.Keys(after)), func(f string) bool { return !before[f] && strings.HasPrefix(f, table+" ") }) {
						t.Errorf("%s changed, and a check does not see it", column)
					}
					undo()
				}
			}
			for table := range b.tables() {
				if !said[table] && !slices.Contains([]string{"lease", "schema_version", "session", "fleeting", "case_message"}, table) {
					t.Errorf("no read said that the table %s is damaged", table)
				}
			}
			if d := cmp.Diff(before, faults(t, s)); d != "" {
				t.Errorf("this test left damage behind: %s", d)
			}
		})
	}
}

// within reports whether got is want, or, for a list, a part of it: a row whose key
// was changed is not found by it.
func within(got, want any) bool {
	if cmp.Equal(got, want, cmpopts.EquateEmpty()) {
		return true
	}
	g, w := fmt.Sprintf("%+v", got), fmt.Sprintf("%+v", want)
	return strings.HasPrefix(g, "[") && (g == "[]" || subset(g, w))
}

func subset(g, w string) bool {
	return strings.Contains(w, strings.TrimSuffix(strings.TrimPrefix(g, "["), "]"))
}

func faults(t *testing.T, s *sqlstore.Store) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	_, err := s.Check(t.Context(), func(err error) {
		e, _ := errors.AsType[*entente.Error](err)
		if !errors.Is(err, entente.Damaged) {
			t.Errorf("a fault is not of its kind: %v", err)
		}
		all[e.Field] = true
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// behind changes a database behind the node's back.
type behind struct {
	t  *testing.T
	on string
	db *sql.DB
}

func by(t *testing.T, engine, url string) *sql.DB {
	driver, address := "sqlite", strings.TrimPrefix(url, "file:")
	if engine == "postgres" {
		driver, address = "pgx", url
	}
	db, err := sql.Open(driver, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func (b behind) strings(query string) (all []string) {
	b.t.Helper()
	rows, err := b.db.Query(query)
	if err != nil {
		b.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			b.t.Fatal(err)
		}
		all = append(all, s)
	}
	return all
}

func (b behind) columns() []string {
	if b.on == "postgres" {
		return b.strings(`select table_name || '.' || column_name from information_schema.columns where table_schema = 'public'`)
	}
	return b.strings(`select m.name || '.' || c.name from sqlite_master m, pragma_table_info(m.name) c where m.type = 'table' and m.name not like 'sqlite_%'`)
}

func (b behind) tables() map[string]bool {
	all := map[string]bool{}
	for _, c := range b.columns() {
		table, _, _ := strings.Cut(c, ".")
		all[table] = true
	}
	return all
}

// rows gives a condition for each row, of those that are many the second.
func (b behind) rows(table string) (all []string) {
	key := map[string]string{"ledger_record": "place", "ledger_hash": "place", "piece": "start"}[table]
	if key != "" {
		for _, n := range b.strings(fmt.Sprintf("select cast(%s as text) from %s order by %s limit 1 offset 1", key, table, key)) {
			all = append(all, key+" = "+n)
		}
		return all
	}
	return append(all, "1 = 1")
}

// change alters a column, in whatever way its type lets it, and gives the way back.
func (b behind) change(table, column, where string) (undo func()) {
	b.t.Helper()
	old := b.strings(fmt.Sprintf("select %s from %s where %s limit 1", b.kind(column), table, where))
	if len(old) == 0 {
		b.t.Fatalf("nothing is in %s", table)
	}
	var to, back string
	switch old[0] {
	case "integer":
		to, back = column+" + 5000", column+" - 5000"
	case "text":
		to, back = column+" || 'x'", "substr("+column+", 1, length("+column+") - 1)"
	default:
		to, back = b.flipped(column), b.unflipped(column)
	}
	b.do(fmt.Sprintf("update %s set %s = %s where %s", table, column, to, where))
	if strings.HasPrefix(where, column+" ") {
		n := strings.TrimPrefix(where, column+" = ")
		where = fmt.Sprintf("%s = %s + 5000", column, n)
	}
	return func() { b.do(fmt.Sprintf("update %s set %s = %s where %s", table, column, back, where)) }
}

func (b behind) kind(column string) string {
	if b.on == "postgres" {
		return "case pg_typeof(" + column + ")::text when 'bigint' then 'integer' else pg_typeof(" + column + ")::text end"
	}
	return "typeof(" + column + ")"
}

// flipped is a blob with a byte more; a blob that is JSON reads as before.
func (b behind) flipped(column string) string {
	if b.on == "postgres" {
		return column + ` || '\x20'::bytea`
	}
	return "cast(" + column + " || x'20' as blob)"
}

func (b behind) unflipped(column string) string {
	if b.on == "postgres" {
		return "substring(" + column + " from 1 for length(" + column + ") - 1)"
	}
	return "substr(" + column + ", 1, length(" + column + ") - 1)"
}

func (b behind) do(statement string) {
	b.t.Helper()
	if _, err := b.db.Exec(statement); err != nil {
		b.t.Fatalf("%s: %v", statement, err)
	}
}

// A file of which the disk has lost a page is told as damaged, at start and in a
// check, and not as something to try again.
func TestTornFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "entente.db")
	s, err := sqlstore.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	stock(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	torn := 0
	for at := 4096; at < min(len(b), 4096*24); at += 4096 {
		hurt := slices.Clone(b)
		copy(hurt[at:], make([]byte, 4096))
		file := filepath.Join(t.TempDir(), "entente.db")
		if err := os.WriteFile(file, hurt, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := sqlstore.Open(t.Context(), file)
		if err == nil {
			_, err = s.Sound(t.Context())
			found := false
			if _, checkErr := s.Check(t.Context(), func(error) { found = true }); checkErr != nil && !errors.Is(checkErr, entente.Damaged) {
				t.Errorf("page %d: the check ends with %v", at/4096, checkErr)
			}
			if (err != nil) && !found {
				t.Errorf("page %d is torn, and a check finds nothing", at/4096)
			}
			s.Close()
		}
		if err != nil {
			torn++
			wantKind(t, err, entente.Damaged)
		}
	}
	if torn == 0 {
		t.Error("no torn page was seen")
	}
}
