// Package jobs runs timed and long work: River, in the database of the facts, so that a job exists exactly when its cause
// is recorded.
package jobs

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"runtime/debug"
	"slices"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
	"github.com/riverqueue/river/rivertype"

	"lamsach/bot"
	"lamsach/core/fault"
	"lamsach/storage"
)

const (
	poll        = 100 * time.Millisecond // how long a job waits at most to be seen
	mostTries   = 4                      // after a failed try River waits 1, 16 and 81 seconds
	mostTime    = 15 * time.Minute       // of one try
	mostWorkers = 4
)

// Options say what work there is and who does it.
type Options struct {
	// Kinds are all kinds of job; one of another kind cannot be recorded.
	Kinds []string
	// Work does a job. It may be called again for a job that failed or was cut short by the end of the process, so it
	// must do no harm when repeated. It has at most 15 minutes; its context ends before when the program stops.
	Work func(ctx context.Context, job bot.Job) error
	// GaveUp is told of a job that failed for the last time, with its last error. It may be nil.
	GaveUp func(ctx context.Context, job bot.Job, err error)
	Log    *slog.Logger // nil: nothing is logged
	// Workers is how many jobs run at the same time; 0: 4.
	Workers int
	// Regular are the kinds of Kinds that run by themselves, without an ID: at the start and then so often. One that is still
	// waiting or running is not recorded a second time.
	Regular map[string]time.Duration
}

// Client records and runs jobs.
type Client struct {
	store   *storage.Store
	options Options
	driver  riverdriver.Driver[*sql.Tx]
	river   *river.Client[*sql.Tx]
}

// New makes ready for jobs in the store's database, its tables too. Jobs can be recorded from then on
// (store.SetJobs); they run between Start and Stop.
func New(ctx context.Context, store *storage.Store, o Options) (*Client, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Workers == 0 {
		o.Workers = mostWorkers
	}
	c := &Client{store: store, options: o}
	if store.Engine() == storage.Postgres {
		c.driver = riverdatabasesql.New(store.Writer())
	} else {
		c.driver = riversqlite.New(store.Writer())
	}
	log := slog.New(quiet{o.Log.Handler()})
	migrator, err := rivermigrate.New(c.driver, &rivermigrate.Config{Logger: log})
	if err != nil {
		return nil, fmt.Errorf("make the job tables: %w", err)
	}
	if _, err := migrator.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return nil, fmt.Errorf("make the job tables: %w", err)
	}
	c.river, err = river.NewClient(c.driver, &river.Config{
		FetchCooldown: poll, FetchPollInterval: poll, PollOnly: true,
		JobTimeout: mostTime, RescueStuckJobsAfter: 2 * mostTime, MaxAttempts: mostTries,
		Logger: log, ErrorHandler: failures{c},
		Queues:  map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: o.Workers}},
		Workers: c.workers(), PeriodicJobs: c.regular(),
	})
	if err != nil {
		return nil, fmt.Errorf("make ready for jobs: %w", err)
	}
	return c, nil
}

// args are what River keeps of a job: ids, never names.
type args struct {
	Name string `json:"kind"`
	ID   string `json:"id"`
}

// Kind is River's name of the job's kind.
func (a args) Kind() string { return a.Name }

type worker struct {
	river.WorkerDefaults[args]
	options Options
}

// Work does the job in the background.
func (w worker) Work(ctx context.Context, job *river.Job[args]) error {
	return bot.Background(func() error { return w.do(ctx, job) })
}

// do does the job. What goes wrong is kept from River, which would write it down in plain words.
func (w worker) do(ctx context.Context, job *river.Job[args]) (err error) {
	defer func() {
		if p := recover(); p != nil {
			w.options.Log.ErrorContext(ctx, "panic in a job", "kind", job.Kind, "job", job.ID, "stack", string(debug.Stack()))
			err = failed{fmt.Errorf("panic of type %T", p)}
		}
	}()
	if err := w.options.Work(ctx, bot.Job{Kind: job.Args.Name, ID: job.Args.ID}); err != nil {
		return failed{err}
	}
	return nil
}

func (c *Client) workers() *river.Workers {
	workers := river.NewWorkers()
	for _, kind := range c.options.Kinds {
		river.AddWorkerArgs(workers, args{Name: kind}, worker{options: c.options})
	}
	return workers
}

// regular makes the jobs that run by themselves.
func (c *Client) regular() []*river.PeriodicJob {
	var all []*river.PeriodicJob
	for _, kind := range slices.Sorted(maps.Keys(c.options.Regular)) {
		construct := func() (river.JobArgs, *river.InsertOpts) {
			return args{Name: kind}, &river.InsertOpts{UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: []rivertype.JobState{
				rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning, rivertype.JobStateRetryable, rivertype.JobStateScheduled,
			}}}
		}
		all = append(all, river.NewPeriodicJob(river.PeriodicInterval(c.options.Regular[kind]), construct, &river.PeriodicJobOpts{RunOnStart: true}))
	}
	return all
}

// InsertJobs records jobs in the transaction of their cause.
func (c *Client) InsertJobs(ctx context.Context, tx *sql.Tx, jobs []bot.Job) error {
	params := make([]river.InsertManyParams, len(jobs))
	for i, job := range jobs {
		params[i] = river.InsertManyParams{Args: args{Name: job.Kind, ID: job.ID}}
		if !job.At.IsZero() {
			params[i].InsertOpts = &river.InsertOpts{ScheduledAt: job.At}
		}
	}
	_, err := c.river.InsertManyTx(ctx, tx, params)
	return err
}

// Start runs jobs until Stop. Jobs that were running when the process before this one ended run again at once; those that
// have used up their tries in that way are given up, so that a job that kills the process does not do so for ever.
func (c *Client) Start(ctx context.Context) error {
	if c.store.Serves() {
		if err := c.rescue(ctx); err != nil {
			return fmt.Errorf("take up the jobs: %w", err)
		}
	}
	// River takes the end of its context for an order to drop everything; Stop is what ends it here.
	return c.river.Start(context.WithoutCancel(ctx))
}

// Stop takes no more jobs and waits for the running ones until ctx ends; then it cuts them short, and they run again at
// the next start.
func (c *Client) Stop(ctx context.Context) error {
	err := c.river.Stop(ctx)
	if !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, context.Canceled) {
		return err
	}
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	return c.river.StopAndCancel(end)
}

// rescue frees the jobs of a dead process. One process serves a store, so whatever runs at its start runs nowhere.
func (c *Client) rescue(ctx context.Context) error {
	worn, err := c.freeRunning(ctx)
	if err != nil {
		return err
	}
	for _, row := range worn {
		if _, err := c.river.JobCancel(ctx, row.id); err != nil {
			return err
		}
		c.giveUp(ctx, row.kind, row.id, row.args, errors.New("the process ended during every try"))
	}
	return nil
}

// wornJob is a job without a try left.
type wornJob struct {
	id   int64
	kind string
	args []byte
}

func (c *Client) freeRunning(ctx context.Context) (worn []wornJob, err error) {
	db := c.store.Writer()
	rows, err := db.QueryContext(ctx, `SELECT id, kind, args FROM river_job WHERE state = 'running' AND attempt >= max_attempts`)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var job wornJob
		if err := rows.Scan(&job.id, &job.kind, &job.args); err != nil {
			return nil, err
		}
		worn = append(worn, job)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return nil, err
	}
	for _, query := range []string{
		`UPDATE river_job SET state = 'available' WHERE state = 'running'`,
		`DELETE FROM river_leader`, // the dead process would hold the timed work up for its term
	} {
		if _, err := db.ExecContext(ctx, query); err != nil {
			return nil, err
		}
	}
	return worn, nil
}

func (c *Client) giveUp(ctx context.Context, kind string, id int64, encoded []byte, cause error) {
	c.options.Log.ErrorContext(ctx, "job given up", "kind", kind, "job", id, "error", cause)
	var a args
	if err := json.Unmarshal(encoded, &a); err != nil || c.options.GaveUp == nil {
		return
	}
	c.options.GaveUp(ctx, bot.Job{Kind: a.Name, ID: a.ID}, cause)
}

// failed is what River keeps of a failed try: what sort of error it was, and nothing that the error says.
type failed struct{ cause error }

// Error names the text key, or the type, of the cause.
func (f failed) Error() string {
	var known *fault.Error
	if errors.As(f.cause, &known) {
		return known.Key
	}
	return fmt.Sprintf("%T", f.cause)
}

// Unwrap gives the cause.
func (f failed) Unwrap() error { return f.cause }

// cause gives what a try failed with.
func cause(err error) error {
	var f failed
	if errors.As(err, &f) {
		return f.cause
	}
	return err
}

// failures hears of failed tries.
type failures struct{ client *Client }

// HandleError logs a failed try, and tells of the last one.
func (f failures) HandleError(ctx context.Context, job *rivertype.JobRow, err error) *river.ErrorHandlerResult {
	if job.Attempt >= job.MaxAttempts {
		f.client.giveUp(context.WithoutCancel(ctx), job.Kind, job.ID, job.EncodedArgs, cause(err))
		return nil
	}
	f.client.options.Log.WarnContext(ctx, "job failed, tried again", "kind", job.Kind, "job", job.ID, "try", job.Attempt, "error", cause(err))
	return nil
}

// HandlePanic is HandleError for a panic outside the work itself.
func (f failures) HandlePanic(ctx context.Context, job *rivertype.JobRow, value any, trace string) *river.ErrorHandlerResult {
	f.client.options.Log.ErrorContext(ctx, "panic around a job", "kind", job.Kind, "job", job.ID, "trace", trace)
	return f.HandleError(ctx, job, fmt.Errorf("panic of type %T", value))
}
