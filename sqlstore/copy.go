package sqlstore

import (
	"database/sql"
	"slices"
	"strings"
)

// brought gives the tables that each schema version added. They are all that
// hold what a node must not lose.
var brought = [latest + 1][]string{
	1: {
		"party", "agreement", "level_change", "draft", "message", "assessment", "receipt", "refusal",
		"ledger", "ledger_record", "ledger_hash", "queue", "line", "attachment", "piece",
		"officer", "credential", "access", "setting",
	},
	3: {
		"holding", "edition", "edition_aside", "event", "feeding", "feeding_aside", "watch",
		"casefile", "case_message", "case_entry", "flag", "hit", "clearing", "task", "unscreened",
	},
	6:  {"look_back"},
	8:  {"deed"},
	14: {"outage"},
	16: {"party_key", "signed_terms"},
}

// passing gives those that no backup has: they are of the processes that run now.
var passing = [latest + 1][]string{
	1: {"session", "lease"},
	4: {"fleeting"},
}

// tables gives those of a schema version, which a backup may be of.
func tables(version int64) []string { return slices.Concat(brought[:version+1]...) }

// allTables adds those that a backup leaves out.
func allTables(version int64) []string {
	return append(slices.Concat(passing[:version+1]...), tables(version)...)
}

// copyRows copies every row of every table of a schema version from one
// transaction to another.
func copyRows(from, to *tx, version int64) error {
	for _, table := range tables(version) {
		if err := copyTable(from, to, table); err != nil {
			return err
		}
	}
	return to.run.copied(to)
}

func copyTable(from, to *tx, table string) error {
	if err := from.ready(); err != nil {
		return err
	}
	rows, err := from.run.query(from.ctx, `select * from `+table, nil)
	if err != nil {
		return from.fail(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	p := &page{to: to, table: table, columns: columns}
	for rows.Next() {
		if err := p.add(rows); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return from.fail(err)
	}
	return p.write()
}

// page gathers rows for one statement: as many as chunk, unless they are big.
type page struct {
	to      *tx
	table   string
	columns []string
	rows    int
	bytes   int
	args    []any
}

const maxPage = 4 << 20

func (p *page) add(rows *sql.Rows) error {
	row := make([]any, len(p.columns))
	into := make([]any, len(p.columns))
	for i := range row {
		into[i] = &row[i]
	}
	if err := rows.Scan(into...); err != nil {
		return err
	}
	for i, v := range row {
		if b, ok := v.([]byte); ok {
			row[i] = slices.Clone(b)
			p.bytes += len(b)
		}
	}
	p.args = append(p.args, row...)
	p.rows++
	if p.rows < chunk && p.bytes < maxPage {
		return nil
	}
	return p.write()
}

func (p *page) write() error {
	if p.rows == 0 {
		return nil
	}
	err := p.to.do(`insert into `+p.table+` (`+strings.Join(p.columns, ", ")+`) values `+tuples(p.rows, len(p.columns)), p.args...)
	p.rows, p.bytes, p.args = 0, 0, p.args[:0]
	return err
}
