package storagetest

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"lamsach/bot"
	"lamsach/core/fault"
	"lamsach/core/ledger"
	"lamsach/storage"
	"lamsach/storage/jobs"
	"lamsach/storage/seal"
)

// die ends the process as a power cut does: nothing is flushed, no defer runs.
func die() {
	_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
	select {}
}

// deadly inserts jobs and dies, in the middle of the transaction.
type deadly struct{}

func (deadly) InsertJobs(context.Context, *sql.Tx, []bot.Job) error {
	die()
	return nil
}

const listSize = 1000

// play is the child process: it does one thing to the store and dies at the point that the scene names.
func play(scene string) int {
	key, err := seal.New([]byte("0123456789abcdef0123456789abcdef"))
	if err != nil {
		return failed(err)
	}
	s, err := storage.Open(ctx, os.Getenv("LAMSACH_TEST_URL"), storage.Options{Sealer: key, Now: newClock().Now})
	if err != nil {
		return failed(err)
	}
	what, point, _ := strings.Cut(scene, ":")
	n, _ := strconv.Atoi(point)
	switch what {
	case "list": // at the nth person
		err = s.AddList(ctx, crashEnding, list("list1", "09661", listSize), func(yield func(ledger.Person) bool) {
			for i := range listSize {
				if i == n {
					die()
				}
				if !yield(person(i)) {
					return
				}
			}
		})
	case "list in its last transaction":
		s.SetJobs(deadly{})
		end := crashEnding
		end.Jobs = []bot.Job{{Kind: "export", ID: "1"}}
		err = s.AddList(ctx, end, list("list1", "09661", listSize), people(listSize))
	case "list after it was recorded":
		if err = s.AddList(ctx, crashEnding, list("list1", "09661", listSize), people(listSize)); err == nil {
			die()
		}
	case "correction in its transaction":
		s.SetJobs(deadly{})
		err = s.RecordCorrection(ctx, bot.Ending{Op: "c", Jobs: []bot.Job{{Kind: "export", ID: "1"}}}, correction("c1", 0, fixed(1), fixed(2)))
	case "file": // in its third part
		_, _, err = s.SaveFile(ctx, "x", "", io.MultiReader(bytes.NewReader(noise(2<<20+100)), deadlyReader{}))
	case "turns": // until it is killed
		err = turns(s)
	case "job":
		err = workAndDie(s)
	}
	return failed(fmt.Errorf("scene %s survived: %w", scene, err))
}

func failed(err error) int {
	fmt.Println(err)
	return 3
}

type deadlyReader struct{}

func (deadlyReader) Read([]byte) (int, error) {
	die()
	return 0, nil
}

var crashEnding = bot.Ending{
	Op: "upload", Replies: []bot.Reply{{To: bot.Chat{Platform: "test", ID: "1"}, Text: bot.Text{{{Text: "received"}}}}},
	Audit: bot.Audit{Action: "list.received", Object: "list1", Count: listSize},
}

// turns ends one turn after another and says which were acknowledged.
func turns(s *storage.Store) error {
	for i := 0; ; i++ {
		u := message(chatOf("1"), strconv.Itoa(i), "x")
		if err := s.PushUpdates(ctx, []bot.Update{u}); err != nil {
			return err
		}
		if err := s.EndTurn(ctx, bot.Ending{Op: u.Op(), Update: true, Audit: bot.Audit{Action: "said", Object: u.ID}}); err != nil {
			return err
		}
		fmt.Println("acknowledged", i)
	}
}

func workAndDie(s *storage.Store) error {
	c, err := jobs.New(ctx, s, jobs.Options{Kinds: []string{"read_list"}, Work: func(context.Context, bot.Job) error {
		die()
		return nil
	}})
	if err != nil {
		return err
	}
	s.SetJobs(c)
	if err := s.EndTurn(ctx, bot.Ending{Op: "cause", Jobs: []bot.Job{{Kind: "read_list", ID: "u1"}}}); err != nil {
		return err
	}
	if err := c.Start(ctx); err != nil {
		return err
	}
	select {}
}

// act runs a scene in a child process until it dies; lines, when given, gets what it says and may kill it.
func act(t *testing.T, url, scene string, line func(said string, kill func())) {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^$")
	child.Env = append(os.Environ(), "LAMSACH_TEST_SCENE="+scene, "LAMSACH_TEST_URL="+url)
	out, err := child.StdoutPipe()
	ok(t, err)
	ok(t, child.Start())
	var last string
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if last = lines.Text(); line != nil {
			line(last, func() { _ = child.Process.Kill() })
		}
	}
	_ = child.Wait()
	if status, is := child.ProcessState.Sys().(syscall.WaitStatus); !is || !status.Signaled() || status.Signal() != syscall.SIGKILL {
		t.Fatalf("scene %q did not die where it should: %v: %s", scene, child.ProcessState, last)
	}
}

func TestKilledImportIsWholeOrAbsent(t *testing.T) {
	for _, scene := range []string{"list:0", "list:1", "list:450", "list:999", "list in its last transaction", "list after it was recorded"} {
		t.Run(scene, func(t *testing.T) {
			onEach(t, func(t *testing.T, b *bench) {
				b.close()
				act(t, b.url, scene, nil)
				b.open()
				_, err := b.List(ctx, "09661", "list1")
				there := err == nil
				if !there {
					refused(t, err, fault.NotFound, "storage.list.not_found")
				}
				if want := scene == "list after it was recorded"; there != want {
					t.Errorf("the list is there: %v, want %v", there, want)
				}
				rows := b.rows()
				if !there && (rows != 0 || b.count(`SELECT COUNT(*) FROM lists`) != 0) || there && rows != listSize {
					t.Errorf("%d rows of %d", rows, listSize)
				}
				ok(t, b.AddList(ctx, crashEnding, list("list1", "09661", listSize), people(listSize))) // the turn runs again
				if n := len(b.all("list1")); n != listSize {
					t.Errorf("%d people", n)
				}
				if texts := send(t, b); len(texts) != 1 {
					t.Errorf("replies %v", texts)
				}
				if head, err := b.VerifyAudit(ctx, storage.AuditHead{}); err != nil || head.Seq != 1 {
					t.Errorf("audit %v, %v", head, err)
				}
			})
		})
	}
}

func TestKilledCorrectionIsAbsent(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		b.add("list1", "09661", 10)
		b.close()
		act(t, b.url, "correction in its transaction", nil)
		b.open()
		for _, p := range b.all("list1") {
			if p.Version != 0 || p.Decided != nil {
				t.Errorf("half a correction: %+v", p)
			}
		}
		ok(t, b.RecordCorrection(ctx, bot.Ending{Op: "c"}, correction("c1", 0, fixed(1), fixed(2))))
		if l, err := b.List(ctx, "09661", "list1"); err != nil || l.Revision != 1 {
			t.Errorf("%+v, %v", l, err)
		}
	})
}

func TestKilledFileLeavesNothing(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		b.close()
		act(t, b.url, "file", nil)
		b.open()
		if n := b.count(`SELECT COUNT(*) FROM files`) + b.count(`SELECT COUNT(*) FROM file_parts`); n != 0 {
			t.Errorf("%d rows left", n)
		}
	})
}

func TestKilledTurnsKeepWhatWasAcknowledged(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		for round := range 3 {
			b.close()
			acknowledged := -1
			act(t, b.url, "turns", func(said string, kill func()) {
				_, _ = fmt.Sscanf(said, "acknowledged %d", &acknowledged)
				if acknowledged == 20+7*round {
					kill()
				}
			})
			b.open()
			done := b.count(`SELECT COUNT(*) FROM inbox WHERE state = 'done'`)
			if done < acknowledged+1 {
				t.Errorf("%d turns are kept, %d were acknowledged", done, acknowledged+1)
			}
			head, err := b.VerifyAudit(ctx, storage.AuditHead{})
			ok(t, err)
			if int(head.Seq) != done {
				t.Errorf("%d turns done, %d audited", done, head.Seq)
			}
		}
	})
}

func TestKilledJobRunsAgainAtOnce(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		b.close()
		act(t, b.url, "job", nil)
		b.open()
		again := make(chan bot.Job, 9)
		c := b.work(jobs.Options{Kinds: []string{"read_list"}, Work: func(_ context.Context, job bot.Job) error {
			again <- job
			return nil
		}})
		ok(t, c.Start(ctx))
		if job := within(t, 5*time.Second, again); job != (bot.Job{Kind: "read_list", ID: "u1"}) {
			t.Errorf("job %v", job)
		}
		ok(t, c.Stop(ctx))
		if len(again) != 0 {
			t.Error("the job ran twice")
		}
	})
}

func TestJobThatKillsEveryProcessIsGivenUp(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		b.close()
		for range 4 {
			act(t, b.url, "job", nil)
		}
		b.open()
		gone := make(chan bot.Job, 9)
		c := b.work(jobs.Options{
			Kinds:  []string{"read_list"},
			Work:   func(_ context.Context, job bot.Job) error { t.Errorf("%v ran a fifth time", job); return nil },
			GaveUp: func(_ context.Context, job bot.Job, err error) { gone <- job },
		})
		ok(t, c.Start(ctx))
		if job := within(t, 5*time.Second, gone); job.ID != "u1" {
			t.Errorf("job %v", job)
		}
		ok(t, c.Stop(ctx))
	})
}

func within[T any](t *testing.T, limit time.Duration, signal <-chan T) (got T) {
	t.Helper()
	select {
	case got = <-signal:
	case <-time.After(limit):
		t.Fatalf("nothing within %v", limit)
	}
	return got
}

// work makes ready for jobs on the bench's store.
func (b *bench) work(o jobs.Options) *jobs.Client {
	b.t.Helper()
	c, err := jobs.New(ctx, b.Store, o)
	ok(b.t, err)
	b.SetJobs(c)
	return c
}
