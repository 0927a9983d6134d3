package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
)

// request is one transaction that waits for the writer. run may be called again after it was rolled back.
type request struct {
	ctx      context.Context
	run      func(ctx context.Context, tx *sql.Tx) error
	lazy     bool // nobody relies on it before a later one that is not lazy: it need not wait for the disk
	verdict  chan error
	err      error
	panicked any
}

// batchSize bounds how many waiting transactions share one flush to the disk.
const batchSize = 64

var errClosed = errors.New("storage: the store is closed")

// bulkTurn is after how many batches of waiting turns a bulk transaction has its turn all the same.
const bulkTurn = 8

// write runs a transaction and returns after it is durable. run must do no harm when it is run again after a rollback.
func (s *Store) write(ctx context.Context, run func(ctx context.Context, tx *sql.Tx) error) error {
	return s.hand(s.queue, &request{ctx: ctx, run: run})()
}

// writeLazily is write for what does no harm when a power cut takes it back (the end of the program never does): it does not wait
// for the disk. The log is flushed in its order, so the next transaction of write takes it along; lazyFor bounds the time until then.
func (s *Store) writeLazily(ctx context.Context, run func(ctx context.Context, tx *sql.Tx) error) error {
	return s.hand(s.queue, &request{ctx: ctx, run: run, lazy: true})()
}

// writeBulk hands over a part of long work, which lets turns go first, and gives what waits for its verdict; wait is to
// be called once. It is written lazily.
func (s *Store) writeBulk(ctx context.Context, run func(ctx context.Context, tx *sql.Tx) error) (wait func() error) {
	return s.hand(s.bulk, &request{ctx: ctx, run: run, lazy: true})
}

func (s *Store) hand(queue chan<- *request, req *request) (wait func() error) {
	req.verdict = make(chan error, 1)
	if s.engine == SQLite {
		select {
		case queue <- req:
		case <-req.ctx.Done():
			return req.ctx.Err
		case <-s.stopped:
			return func() error { return errClosed }
		}
	} else {
		go s.writeDirect(req)
	}
	return func() error {
		var err error
		select { // not ctx: what was begun ends within busy_timeout, and the caller must know how
		case err = <-req.verdict:
		case <-s.stopped:
			select {
			case err = <-req.verdict:
			default:
				err = errClosed
			}
		}
		if req.panicked != nil {
			panic(req.panicked)
		}
		return told(err)
	}
}

// writeLoop is the only writer of an SQLite store: what waits while a transaction is flushed goes into the next one
// together, each under its own savepoint, so that many turns share the cost of a flush. Bulk transactions go alone, when
// no turn waits.
func (s *Store) writeLoop() {
	defer close(s.stopped)
	for passed := 0; ; {
		if passed >= bulkTurn {
			passed = 0
			select {
			case req := <-s.bulk:
				s.commit([]*request{req})
				s.carry.part()
			default:
			}
		}
		select {
		case req := <-s.queue:
			s.commit(s.gather(req))
			passed++
			continue
		default:
		}
		select {
		case req := <-s.queue:
			s.commit(s.gather(req))
			passed++
		case req := <-s.bulk:
			s.commit([]*request{req})
			s.carry.part()
			passed = 0
		case <-s.ending:
			s.drain()
			return
		}
	}
}

// drain carries out what was handed over before the end.
func (s *Store) drain() {
	for {
		select {
		case req := <-s.queue:
			s.commit(s.gather(req))
		case req := <-s.bulk:
			s.commit([]*request{req})
		default:
			return
		}
	}
}

// gather adds to a request what waits behind it.
func (s *Store) gather(first *request) []*request {
	batch := []*request{first}
	for len(batch) < batchSize {
		select {
		case next := <-s.queue:
			batch = append(batch, next)
		default:
			return batch
		}
	}
	return batch
}

// commit carries out a batch and gives every request its verdict. When the transaction breaks as a whole (a full disk
// rolls it back in SQLite), each request is tried on its own, so that none pays for another.
func (s *Store) commit(batch []*request) {
	broken := s.tryCommit(batch)
	if broken != nil && len(batch) > 1 {
		for _, req := range batch {
			req.err = s.tryCommit([]*request{req})
			s.finish(req)
		}
		return
	}
	for _, req := range batch {
		if broken != nil && req.err == nil {
			req.err = broken
		}
		s.finish(req)
	}
}

func (s *Store) finish(req *request) { req.verdict <- req.err }

// tryCommit runs the batch in one transaction. Its error means that nothing of the batch was recorded; the error of a
// single request is left in the request.
func (s *Store) tryCommit(batch []*request) error {
	ctx := context.Background() // an interrupted statement would roll back the others' work
	flush := slices.ContainsFunc(batch, func(req *request) bool { return !req.lazy })
	if err := s.flushing(ctx, flush); err != nil {
		return err
	}
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	worth := false
	for _, req := range batch {
		if err := runOne(ctx, tx, req, len(batch) > 1); err != nil {
			_ = tx.Rollback() // already broken
			return err
		}
		worth = worth || req.err == nil
	}
	if !worth {
		return tx.Rollback()
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	if !flush {
		s.carry.lazily()
	}
	return nil
}

// flushing makes SQLite's commits wait for the disk, or not. Only the writer calls it. The jobs' own bookkeeping goes by the same
// connection and takes it as it is: a job whose end is forgotten is done again, which does no harm.
func (s *Store) flushing(ctx context.Context, on bool) error {
	if on != s.unflushed {
		return nil
	}
	mode := map[bool]string{true: "FULL", false: "NORMAL"}[on]
	if _, err := s.writer.ExecContext(ctx, "PRAGMA synchronous = "+mode); err != nil {
		return err
	}
	s.unflushed = !on
	return nil
}

// runOne runs a request under a savepoint when it is not alone. Its error means that the transaction is lost.
func runOne(ctx context.Context, tx *sql.Tx, req *request, shared bool) error {
	if req.err = req.ctx.Err(); req.err != nil {
		return nil
	}
	if shared {
		if _, err := tx.ExecContext(ctx, "SAVEPOINT one"); err != nil {
			return err
		}
	}
	req.err = guarded(req, tx)
	if !shared {
		return nil // rolled back, or committed, as a whole
	}
	if req.err != nil {
		if _, err := tx.ExecContext(ctx, "ROLLBACK TO one"); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, "RELEASE one")
	return err
}

// guarded keeps a panic for the goroutine that asked, where its turn's recover waits.
func guarded(req *request, tx *sql.Tx) (err error) {
	defer func() {
		if p := recover(); p != nil {
			req.panicked = p
			err = fmt.Errorf("storage: panic in a transaction: %v", p)
		}
	}()
	return req.run(context.WithoutCancel(req.ctx), tx)
}

// writeDirect runs a request on PostgreSQL, again when the server gave it up for the sake of another.
func (s *Store) writeDirect(req *request) {
	for try := 1; ; try++ {
		req.err = s.tryDirect(req)
		if try == 5 || req.panicked != nil || !mayRetry(req.err) {
			s.finish(req)
			return
		}
	}
}

func (s *Store) tryDirect(req *request) error {
	tx, err := s.writer.BeginTx(context.WithoutCancel(req.ctx), nil)
	if err != nil {
		return err
	}
	if err := req.ctx.Err(); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	if req.lazy {
		if _, err := tx.ExecContext(context.WithoutCancel(req.ctx), "SET LOCAL synchronous_commit = off"); err != nil {
			return errors.Join(err, tx.Rollback())
		}
	}
	if err := guarded(req, tx); err != nil {
		_ = tx.Rollback() // err is the cause
		return err
	}
	return tx.Commit()
}

// exec runs a statement of a transaction, prepared beforehand where it is hot.
func (s *Store) exec(ctx context.Context, tx *sql.Tx, query string, args ...any) (changed int64, err error) {
	var result sql.Result
	if stmt, ok := s.hot[query]; ok {
		result, err = tx.StmtContext(ctx, stmt).ExecContext(ctx, args...)
	} else {
		result, err = tx.ExecContext(ctx, query, args...)
	}
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// row asks for one row within a transaction, prepared beforehand where it is hot.
func (s *Store) row(ctx context.Context, tx *sql.Tx, query string, args ...any) *sql.Row {
	if stmt, ok := s.hot[query]; ok {
		return tx.StmtContext(ctx, stmt).QueryRowContext(ctx, args...)
	}
	return tx.QueryRowContext(ctx, query, args...)
}

// prepareHot prepares the statements of every turn and of every person once, on SQLite's one writing connection;
// PostgreSQL's driver keeps its own.
func (s *Store) prepareHot(ctx context.Context) error {
	s.makeBulk()
	if s.engine != SQLite {
		return nil
	}
	s.hot = map[string]*sql.Stmt{}
	for _, query := range []string{
		claimOp, closeInbox, insertReply, skipEdits, skipNotices, setScreen, headNext, headSet, insertAudit,
		insertUpdate, takeUpdate, markSent, setSlot, unreachableSince, decidePerson, readPerson, upsertCount, saveSession,
		readBlock, insertOwn, insertKey, s.insertBlocks.one, s.insertKeyBlocks.one,
		readTally, keepTally, holdUnitTally, keepUnitTally,
	} {
		stmt, err := s.writer.PrepareContext(ctx, query)
		if err != nil {
			return fmt.Errorf("prepare a statement: %w", told(err))
		}
		s.hot[query] = stmt
	}
	s.reader.prepared(ctx, dueReplies) // they are asked in transactions, which do not prepare
	s.reader.prepared(ctx, laterReplies)
	return nil
}

// read runs a reading transaction: all its queries see the store at one moment.
func (s *Store) read(ctx context.Context, run func(tx *sql.Tx) error) error {
	tx, err := s.reader.BeginTx(ctx, &sql.TxOptions{Isolation: s.snapshot(), ReadOnly: s.engine == Postgres})
	if err != nil {
		return told(err)
	}
	defer tx.Rollback() //nolint:errcheck // nothing was written
	return told(run(tx))
}

func (s *Store) snapshot() sql.IsolationLevel {
	if s.engine == Postgres {
		return sql.LevelRepeatableRead
	}
	return sql.LevelDefault // an SQLite transaction always reads a snapshot
}
