package storage

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// bulkInsert is an INSERT for many rows: one row a statement, and several.
type bulkInsert struct {
	one, several string
	rows         int // of several
}

// newBulkInsert makes the statements for a table. SQLite gets its placeholders without numbers: it looks numbers up by
// name, one after the other, which is quadratic in a long statement.
func newBulkInsert(engine Engine, table string, rows int, columns ...string) bulkInsert {
	text := func(rows int) string {
		var b strings.Builder
		fmt.Fprintf(&b, "INSERT INTO %s (%s) VALUES ", table, strings.Join(columns, ", "))
		for i := range rows * len(columns) {
			switch {
			case i == 0:
				b.WriteString("(")
			case i%len(columns) == 0:
				b.WriteString("), (")
			default:
				b.WriteString(", ")
			}
			if engine == Postgres {
				fmt.Fprintf(&b, "$%d", i+1)
			} else {
				b.WriteString("?")
			}
		}
		return b.String() + ")"
	}
	return bulkInsert{one: text(1), several: text(rows), rows: rows}
}

// orElse gives the statements with what is to be done with rows that are there already, " ON CONFLICT …".
func (b bulkInsert) orElse(conflict string) bulkInsert {
	b.one += conflict
	b.several += conflict
	return b
}

// makeBulk makes the bulk statements of the engine. SQLite is fastest with one wide row a statement, PostgreSQL, for
// which each statement is a way there and back, with many.
func (s *Store) makeBulk() {
	rows := 1
	if s.engine == Postgres {
		rows = stageBlocks
	}
	s.insertBlocks = newBulkInsert(s.engine, "people_blocks", rows, "list", "sheet", "line", "people", "places", "hashes", "body")
	s.insertKeyBlocks = newBulkInsert(s.engine, "key_blocks", rows, "list", "about", "first", "keys")
}

// leastRows is how many rows a part of a long list takes even while turns wait: some 30 KB.
const leastRows = 6

// mostRows is how many it takes at most, so that a turn that comes meanwhile waits for some milliseconds only.
const mostRows = stageBlocks

// stageRows inserts n rows in transactions of their own, which let turns go first: a part that sees one wait ends where
// it is, and the rest follows after it. row appends the values of the ith. wait is to be called once.
func (s *Store) stageRows(ctx context.Context, into bulkInsert, n int, row func(to []any, i int) []any) (wait func() error) {
	from, reached := 0, 0
	part := func() func() error {
		return s.writeBulk(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
			reached, err = s.insertRows(ctx, tx, into, from, n, row)
			return err
		})
	}
	first := part()
	return func() error {
		for verdict := first; ; verdict = part() {
			if err := verdict(); err != nil {
				return err
			}
			if from = reached; from == n {
				return nil
			}
		}
	}
}

// insertRows inserts rows until the nth, or until a turn waits or they are many, and gives the first that it left.
func (s *Store) insertRows(ctx context.Context, tx *sql.Tx, into bulkInsert, from, n int, row func(to []any, i int) []any) (int, error) {
	var values []any
	for i := from; i < n; {
		if i-from >= leastRows && len(s.queue) > 0 || i-from >= mostRows {
			return i, nil
		}
		text, rows := into.one, 1
		if n-i >= into.rows {
			text, rows = into.several, into.rows
		}
		values = values[:0]
		for end := i + rows; i < end; i++ {
			values = row(values, i)
		}
		if _, err := s.exec(ctx, tx, text, values...); err != nil {
			return i, fmt.Errorf("store rows up to the %dth: %w", i, err)
		}
	}
	return n, nil
}
