package storagetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"lamsach/bot"
	"lamsach/storage/jobs"
)

func TestJobRunsOnceItsCauseIsRecorded(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		ran := make(chan bot.Job, 99)
		c := b.work(jobs.Options{Kinds: []string{"read_list", "export"}, Work: func(_ context.Context, job bot.Job) error {
			ran <- job
			return nil
		}})
		ok(t, c.Start(ctx))
		for range 2 {
			ok(t, b.EndTurn(ctx, bot.Ending{Op: "1", Jobs: []bot.Job{{Kind: "export", ID: "l1"}}}))
		}
		if job := within(t, 5*time.Second, ran); job != (bot.Job{Kind: "export", ID: "l1"}) {
			t.Errorf("job %v", job)
		}
		if err := b.EndTurn(ctx, bot.Ending{Op: "2", Replies: []bot.Reply{reply(chatOf("1"), "x")}, Jobs: []bot.Job{{Kind: "unheard_of", ID: "1"}}}); err == nil {
			t.Error("a job that nobody does was recorded")
		}
		if texts := send(t, b); texts != nil {
			t.Errorf("the cause of a refused job was recorded: %v", texts)
		}
		for i := range 20 {
			ok(t, b.EndTurn(ctx, bot.Ending{Op: fmt.Sprint("many", i), Jobs: []bot.Job{{Kind: "read_list", ID: fmt.Sprint(i)}}}))
		}
		seen := map[string]int{}
		for range 20 {
			seen[within(t, 10*time.Second, ran).ID]++
		}
		ok(t, c.Stop(ctx))
		if len(seen) != 20 || len(ran) != 0 {
			t.Errorf("jobs ran %v, and %d more", seen, len(ran))
		}
	})
}

func TestFailedJobIsTriedAgainThenGivenUp(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		var mu sync.Mutex
		logs := &bytes.Buffer{}
		tries := make(chan int, 99)
		n := 0
		c := b.work(jobs.Options{
			Kinds: []string{"export"},
			Log:   slog.New(slog.NewTextHandler(&locked{mu: &mu, to: logs}, nil)),
			Work: func(context.Context, bot.Job) error {
				n++
				tries <- n
				if n == 1 {
					panic("Trẻ Thử Nghiệm") // a panic may hold anything
				}
				return nil
			},
		})
		ok(t, c.Start(ctx))
		ok(t, b.EndTurn(ctx, bot.Ending{Op: "1", Jobs: []bot.Job{{Kind: "export", ID: "l1"}}}))
		within(t, 5*time.Second, tries)
		if second := within(t, 15*time.Second, tries); second != 2 {
			t.Errorf("try %d", second)
		}
		ok(t, c.Stop(ctx))
		if n := b.count(`SELECT COUNT(*) FROM river_job WHERE CAST(errors AS TEXT) LIKE '%Nghi%'`); n != 0 {
			t.Error("the queue wrote down what the panic said")
		}
		mu.Lock()
		defer mu.Unlock()
		if strings.Contains(logs.String(), "Nghiệm") || !strings.Contains(logs.String(), "panic in a job") {
			t.Errorf("log:\n%s", logs)
		}
	})
}

// locked is a writer for loggers of several goroutines.
type locked struct {
	mu *sync.Mutex
	to *bytes.Buffer
}

func (l *locked) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.to.Write(line)
}

func TestStopCutsLongJobsShort(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		running, again := make(chan bool, 1), make(chan bool, 9)
		long := jobs.Options{Kinds: []string{"export"}, Work: func(ctx context.Context, _ bot.Job) error {
			running <- true
			<-ctx.Done()
			return ctx.Err()
		}}
		c := b.work(long)
		ok(t, c.Start(ctx))
		ok(t, b.EndTurn(ctx, bot.Ending{Op: "1", Jobs: []bot.Job{{Kind: "export", ID: "l1"}}}))
		within(t, 5*time.Second, running)
		soon, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
		defer cancel()
		if err := c.Stop(soon); err != nil && !errors.Is(err, context.DeadlineExceeded) {
			t.Fatal(err)
		}
		b.restart()
		c = b.work(jobs.Options{Kinds: []string{"export"}, Work: func(context.Context, bot.Job) error {
			again <- true
			return nil
		}})
		ok(t, c.Start(ctx))
		within(t, 20*time.Second, again)
		ok(t, c.Stop(ctx))
	})
}

func TestRegularJobRunsByItself(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		ran := make(chan bot.Job, 99)
		c := b.work(jobs.Options{
			Kinds: []string{"look", "export"}, Regular: map[string]time.Duration{"look": time.Second},
			Work: func(_ context.Context, job bot.Job) error {
				ran <- job
				return nil
			},
		})
		ok(t, c.Start(ctx))
		for range 3 {
			if job := within(t, 20*time.Second, ran); job != (bot.Job{Kind: "look"}) {
				t.Errorf("job %v", job)
			}
		}
		ok(t, c.Stop(ctx))
	})
}

func TestJobWaitsForItsTime(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		ran := make(chan string, 99)
		c := b.work(jobs.Options{Kinds: []string{"export"}, Work: func(_ context.Context, job bot.Job) error {
			ran <- job.ID
			return nil
		}})
		ok(t, c.Start(ctx))
		soon, late := time.Now().Add(time.Second), time.Now().Add(time.Hour)
		ok(t, b.EndTurn(ctx, bot.Ending{Op: "1", Jobs: []bot.Job{{Kind: "export", ID: "late", At: late}, {Kind: "export", ID: "soon", At: soon}}}))
		if id := within(t, 30*time.Second, ran); id != "soon" || time.Now().Before(soon) {
			t.Errorf("job %s ran, %v before its time", id, time.Until(soon))
		}
		ok(t, c.Stop(ctx))
		if len(ran) != 0 {
			t.Error("the job of a later hour ran as well")
		}
	})
}
