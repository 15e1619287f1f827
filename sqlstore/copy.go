package sqlstore

import (
	"database/sql"
	"slices"
	"strings"
)

// passing are the tables that no backup has: they are of the processes that run now.
var passing = []string{"session", "lease", "fleeting"}

// tables returns the names of those that hold what a node must not lose.
func tables() (names []string) {
	for _, t := range checked {
		if !slices.Contains(passing, t.name) {
			names = append(names, t.name)
		}
	}
	return names
}

// allTables adds those that a backup leaves out.
func allTables() []string { return append(tables(), passing...) }

// copyRows copies every row of every table from one transaction to another.
func copyRows(from, to *tx) error {
	for _, table := range tables() {
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
