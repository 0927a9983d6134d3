// Package storage keeps what was decided: facts in SQL, one text for SQLite and PostgreSQL. Everything personal is
// sealed; one method is one fact and one transaction, and repeating it does no harm.
package storage

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"lamsach/bot"
	"lamsach/storage/seal"
)

// Engine names a kind of database.
type Engine string

// The engines.
const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

// Options are what a store needs besides its address.
type Options struct {
	Sealer *seal.Sealer
	Now    func() time.Time
	Log    *slog.Logger // nil: nothing is logged
	// Beside opens a store that another process may be serving, for a command such as invite: it neither waits for
	// the serving process nor keeps it out, and changes the schema only when nobody serves.
	Beside bool
}

// JobInserter records jobs in the transaction of their cause.
type JobInserter interface {
	InsertJobs(ctx context.Context, tx *sql.Tx, jobs []bot.Job) error
}

// Store keeps the facts. It is safe for concurrent use. It is the bot's Inbox, Outbox and Files and the web page's
// store as well.
type Store struct {
	engine Engine
	writer *sql.DB // SQLite: one connection
	reader *readers
	copier string       // SQLite: the address for Backup
	lock   func() error // lets the next process serve; nil when this one does not serve
	now    func() time.Time
	log    *slog.Logger
	seals  seals
	jobs   JobInserter

	queue     chan *request // SQLite: the turns that wait for the writer
	bulk      chan *request // … and the parts of long work
	ending    chan struct{} // closed when the writer goroutine is to end
	stopped   chan struct{} // closed when it has
	hot       map[string]*sql.Stmt
	unflushed bool         // SQLite: the writer's commits do not wait for the disk now
	carry     *checkpoints // SQLite

	insertBlocks, insertKeyBlocks bulkInsert

	units atomic.Pointer[unitTree] // as last read

	campaigns sync.Map // revisions that were opened, by revisionPlace; their values are not changed

	seq   atomic.Int64
	woken chan struct{}
}

// Open opens the store at url, "sqlite:PATH" or "postgres://…", brings its schema up to date, and makes it if there is
// none. One process serves a store at a time. Errors for the operator are *fault.Error: "storage.start.url",
// "…locked", "…newer", "…damaged", "…readable_by_others", "…wrong_key".
func Open(ctx context.Context, url string, o Options) (*Store, error) {
	if o.Sealer == nil || o.Now == nil {
		return nil, errors.New("storage: a store needs a sealer and a clock")
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s := &Store{now: o.Now, log: o.Log, seals: newSeals(o.Sealer), woken: make(chan struct{}, 1)}
	open := s.openSQLite
	if strings.HasPrefix(url, "postgres://") || strings.HasPrefix(url, "postgresql://") {
		open = s.openPostgres
	}
	if err := open(ctx, url, o.Beside); err != nil {
		return nil, errors.Join(err, s.close())
	}
	if err := s.start(ctx); err != nil {
		return nil, errors.Join(err, s.close())
	}
	return s, nil
}

// start makes an opened database ready: the schema, the key, what a killed process left behind.
func (s *Store) start(ctx context.Context) error {
	if err := s.migrate(ctx); err != nil {
		return err
	}
	if err := s.checkKey(ctx); err != nil {
		return err
	}
	if err := s.seedSeq(ctx); err != nil {
		return err
	}
	if err := s.prepareHot(ctx); err != nil {
		return err
	}
	if s.engine == SQLite {
		s.queue, s.bulk = make(chan *request, 256), make(chan *request)
		s.ending, s.stopped = make(chan struct{}), make(chan struct{})
		go s.writeLoop()
		go s.carry.run(s)
	}
	if s.lock == nil {
		return nil
	}
	return s.tidy(ctx)
}

// Close ends the store after what was begun; nothing may be called on it afterwards.
func (s *Store) Close() error {
	if s.ending != nil {
		close(s.ending)
		<-s.stopped
		return errors.Join(s.carry.stop(), s.close())
	}
	return s.close()
}

func (s *Store) close() error {
	var errs []error
	for _, stmt := range s.hot {
		errs = append(errs, stmt.Close())
	}
	if s.lock != nil && s.engine == Postgres { // the lock is a connection's
		errs = append(errs, s.lock())
	}
	if s.reader != nil && s.reader.DB != s.writer {
		errs = append(errs, s.reader.Close())
	}
	if s.writer != nil {
		errs = append(errs, s.writer.Close())
	}
	if s.lock != nil && s.engine == SQLite { // the next may come when all is closed
		errs = append(errs, s.lock())
	}
	return errors.Join(errs...)
}

// Engine tells which database it is.
func (s *Store) Engine() Engine { return s.engine }

// Serves tells whether this process is the one that serves the store.
func (s *Store) Serves() bool { return s.lock != nil }

// Writer gives the connections for writing, for the job queue that lives in the same database. On SQLite it is one
// connection: whoever holds it holds everybody up.
func (s *Store) Writer() *sql.DB { return s.writer }

// SetJobs sets what inserts an Ending's jobs. It is called once, before the store is used.
func (s *Store) SetJobs(jobs JobInserter) { s.jobs = jobs }

// Woken is signalled when something was put in the outbox or the inbox.
func (s *Store) Woken() <-chan struct{} { return s.woken }

func (s *Store) wake() {
	select {
	case s.woken <- struct{}{}:
	default:
	}
}

// nextSeq gives a number above all given before, also by earlier processes: microseconds, stretched where needed.
func (s *Store) nextSeq() int64 {
	now := s.now().UnixMicro()
	for {
		last := s.seq.Load()
		next := max(now, last+1)
		if s.seq.CompareAndSwap(last, next) {
			return next
		}
	}
}

func (s *Store) micros() int64 { return s.now().UnixMicro() }
