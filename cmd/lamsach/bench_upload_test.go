package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"lamsach/bot"
	"lamsach/bot/bottest"
	"lamsach/core/civil"
	"lamsach/core/officer"
	"lamsach/handlers"
	"lamsach/storage"
	"lamsach/storage/session"
)

const benchPlatform = "bench"

// benchHouse is everything that serves, on a store of its own, with a platform that records. Jobs run when they are asked
// for, so that no time goes by waiting to be seen.
type benchHouse struct {
	*program
	place    *benchPlace
	mu       sync.Mutex
	asked    []bot.Job
	ids      int
	communes int
}

// benchPlace is a platform whose files are those of this machine.
type benchPlace struct{ *bottest.Recorder }

// Open opens the file that was named when it was sent.
func (benchPlace) Open(_ context.Context, source string) (io.ReadCloser, error) {
	return os.Open(source)
}

// InsertJobs keeps jobs until they are asked for.
func (h *benchHouse) InsertJobs(_ context.Context, _ *sql.Tx, jobs []bot.Job) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.asked = append(h.asked, jobs...)
	return nil
}

// newBenchHouse opens a house on a store in the folder; readerEnv makes the test binary the program that reads files.
func newBenchHouse(ctx context.Context, folder string, readerEnv []string) (*benchHouse, error) {
	if err := os.Chmod(folder, 0o700); err != nil {
		return nil, err
	}
	w := world{ctx: ctx, now: time.Now, stdout: io.Discard, stderr: io.Discard, readerEnv: readerEnv}
	c := storeConfig{
		Database: "sqlite:" + filepath.Join(folder, "lamsach.db"), KeyFile: filepath.Join(folder, "lamsach.key"), Lang: "vi", Log: "text",
	}
	store, _, err := openSealed(w, c, false)
	if err != nil {
		return nil, err
	}
	h := &benchHouse{}
	if h.program, err = wire(w, c, store, session.NewSQL(store), slog.New(slog.DiscardHandler)); err != nil {
		return nil, errors.Join(err, store.Close())
	}
	h.place = &benchPlace{bottest.NewRecorder(benchPlatform, bot.Limits{Text: 4096, Buttons: 30, CanEdit: true, CanFiles: true}, time.Now)}
	h.platforms = append(h.platforms, h.place)
	store.SetJobs(h)
	return h, nil
}

// join makes an officer of a unit of his own.
func (h *benchHouse) join(ctx context.Context, name string) (bot.Chat, error) {
	chat := bot.Chat{Platform: benchPlatform, ID: name}
	communes := officer.Builtin().Under(officer.Country, officer.LevelCommune, civil.Of(time.Now()))
	h.communes++ // the next one that nobody has
	invite := officer.Invite{Role: officer.RoleOfficer, UnitCode: communes[h.communes].Code, UnitName: "Xã Thử " + name, Name: "Lò Thị Thử"}
	code, err := h.store.AddInvite(ctx, invite, time.Now().AddDate(0, 0, 1))
	if err == nil {
		_, err = h.store.UseInvite(ctx, bot.Ending{Op: "join:" + name, Chat: chat}, code, chat, name, "")
	}
	return chat, err
}

// update makes an update of the chat.
func (h *benchHouse) update(u bot.Update, chat bot.Chat) bot.Update {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.ids++
	u.ID, u.Chat, u.Sender, u.SentAt = fmt.Sprint("u", h.ids), chat, chat.ID, time.Now()
	return u
}

// turns handles what waits for the chat.
func (h *benchHouse) turns(ctx context.Context, chat bot.Chat) error {
	for {
		u, _, ok, err := h.store.NextUpdate(ctx, chat)
		if err != nil || !ok {
			return err
		}
		if err := h.bot.Handle(ctx, u); err != nil {
			return err
		}
	}
}

// work does the jobs that were asked for. The same file is a list of its own every time.
func (h *benchHouse) work(ctx context.Context) error {
	h.mu.Lock()
	asked := h.asked
	h.asked = nil
	h.mu.Unlock()
	for _, job := range asked {
		if job.Kind == handlers.JobRead {
			job.Kind = handlers.JobReadAgain
		}
		if err := bot.Background(func() error { return h.bot.Work(ctx, job) }); err != nil {
			return err
		}
	}
	return nil
}

// say handles an update to its end, jobs and what they report included.
func (h *benchHouse) say(ctx context.Context, u bot.Update) error {
	err := h.store.PushUpdates(ctx, []bot.Update{u})
	for _, step := range []func() error{
		func() error { return h.turns(ctx, u.Chat) }, func() error { return h.work(ctx) }, func() error { return h.turns(ctx, u.Chat) },
	} {
		if err == nil {
			err = step()
		}
	}
	return err
}

// send sends a file: at the end its summary is there to be sent.
func (h *benchHouse) send(ctx context.Context, chat bot.Chat, path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	return h.say(ctx, h.update(bot.Update{Kind: bot.Message, File: &bot.File{ID: path, Name: "DS.xlsx", Size: info.Size()}}, chat))
}

// upload is the whole job: a file comes, is read, checked, tidied, kept and summed up, and its marked copy made.
func (h *benchHouse) upload(ctx context.Context, chat bot.Chat, path string) error {
	err := h.send(ctx, chat, path)
	if err == nil {
		err = h.say(ctx, h.update(bot.Update{Kind: bot.Message, Text: "/xuat"}, chat))
	}
	return err
}

// replies takes what is to be sent to the chat, and tells how many replies there were and how many files.
func (h *benchHouse) replies(ctx context.Context, chat bot.Chat) (said, files int, err error) {
	for {
		out, ok, err := h.store.NextReply(ctx, chat, time.Now())
		if err != nil || !ok {
			return said, files, err
		}
		said++
		if out.Reply.File != nil {
			files++
		}
		if err := h.store.ReplySent(ctx, out.ID, "1"); err != nil {
			return said, files, err
		}
	}
}

// uploadOnce does the whole job on a new store, which has taken in a small list of another commune before, and tells when it began and
// ended: a program that serves has prepared its statements and read its sentences.
func uploadOnce(ctx context.Context, folder string, readerEnv []string, small, path string, measure func(work func() error) error) error {
	h, err := newBenchHouse(ctx, folder, readerEnv)
	if err != nil {
		return err
	}
	first, err := h.join(ctx, "neighbour")
	if err == nil {
		err = h.upload(ctx, first, small)
	}
	var chat bot.Chat
	if err == nil {
		chat, err = h.join(ctx, "officer")
	}
	if err == nil {
		err = measure(func() error { return h.upload(ctx, chat, path) })
	}
	if err == nil {
		_, files, counted := h.replies(ctx, chat)
		if err = counted; err == nil && files != 1 {
			err = fmt.Errorf("%d workbooks came back", files)
		}
	}
	return errors.Join(err, h.close())
}

// asItself makes the test binary read files as the program does.
var asItself = []string{asProgram + "=1"}

// smallList is how many people a list has that came before.
const smallList = 100

// BenchmarkUpload measures the whole job on a real store, sealed, every commit flushed. Reading happens in a child process,
// whose processor time is counted. The memory is measured in one more upload: rest-MB is the most that the serving process had held
// before the list came, with its store open and a small list served; peak-MB the most that it held in all; added-MB how much more that is
// than what it held when the list came, which is what the upload costs a program that serves anyway; child-MB the most that the
// reading process held, which is the program as people have it (`make build`); both-MB, the sum of the last two, is no less than what
// both held at once. The serving process is this test binary, which holds some 5 MB more than the program: rest-MB tells with how much it began.
func BenchmarkUpload(b *testing.B) {
	benchSizes(b, func(b *testing.B, path string, rows int) {
		content, small := readBench(b, path), benchListOf(b, smallList, sharedTexts, benchSeed+1)
		m := newMeter(b, rows)
		for b.Loop() {
			err := uploadOnce(b.Context(), b.TempDir(), asItself, small, path, func(work func() error) error {
				m.once(content, work)
				return nil
			})
			if err != nil {
				b.Fatal(err)
			}
		}
		m.report()
		reader := shippedGauge(b)
		c := measuredWork{Small: small, Path: path, Reader: reader}.cost(b)
		child, err := reader.mostMB()
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(c.RestMB, "rest-MB")
		b.ReportMetric(c.PeakMB, "peak-MB")
		b.ReportMetric(c.PeakMB-c.HeldMB, "added-MB")
		b.ReportMetric(child, "child-MB")
		b.ReportMetric(c.PeakMB+child, "both-MB")
	})
}

var _ storage.JobInserter = (*benchHouse)(nil)
