package storage

import (
	"context"
	"database/sql"
	"errors"
	"sync"
)

// mostPrepared bounds how many questions are kept prepared. The program asks fewer: their texts are constants.
const mostPrepared = 256

// readers are the connections for reading. On SQLite, where preparing a question often takes longer than answering it, every
// question is prepared once a connection; PostgreSQL's driver does so by itself.
type readers struct {
	*sql.DB
	prepare bool
	mu      sync.RWMutex
	kept    map[string]*sql.Stmt
}

func newReaders(db *sql.DB, prepare bool) *readers {
	return &readers{DB: db, prepare: prepare, kept: map[string]*sql.Stmt{}}
}

// QueryRowContext asks for one row.
func (r *readers) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	if stmt := r.prepared(ctx, query); stmt != nil {
		return stmt.QueryRowContext(ctx, args...)
	}
	return r.DB.QueryRowContext(ctx, query, args...)
}

// QueryContext asks for rows.
func (r *readers) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if stmt := r.prepared(ctx, query); stmt != nil {
		return stmt.QueryContext(ctx, args...)
	}
	return r.DB.QueryContext(ctx, query, args...)
}

// within asks for rows in a reading transaction, by a statement if there is one: preparing takes another connection, and who
// holds one must not wait for another.
func (r *readers) within(ctx context.Context, tx *sql.Tx, query string, args ...any) (*sql.Rows, error) {
	r.mu.RLock()
	stmt := r.kept[query]
	r.mu.RUnlock()
	if stmt != nil {
		return tx.StmtContext(ctx, stmt).QueryContext(ctx, args...)
	}
	return tx.QueryContext(ctx, query, args...)
}

// prepared gives the statement of a question; nil when it is to be asked as it is, also for one with a mistake: asking tells.
func (r *readers) prepared(ctx context.Context, query string) *sql.Stmt {
	if !r.prepare {
		return nil
	}
	r.mu.RLock()
	stmt, full := r.kept[query], len(r.kept) >= mostPrepared
	r.mu.RUnlock()
	if stmt != nil || full {
		return stmt
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if stmt = r.kept[query]; stmt != nil {
		return stmt
	}
	stmt, err := r.PrepareContext(ctx, query)
	if err != nil {
		return nil
	}
	r.kept[query] = stmt
	return stmt
}

// Close lets go of the statements and the connections.
func (r *readers) Close() error {
	var errs []error
	for _, stmt := range r.kept {
		errs = append(errs, stmt.Close())
	}
	return errors.Join(append(errs, r.DB.Close())...)
}
