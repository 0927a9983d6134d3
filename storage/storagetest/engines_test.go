package storagetest

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"lamsach/bot"
	"lamsach/core/fault"
	"lamsach/core/ledger"
	"lamsach/storage"
	"lamsach/storage/seal"
)

// postgres is the server of this run; nil where PostgreSQL is not installed.
var postgres *Server

func TestMain(m *testing.M) {
	if scene := os.Getenv("LAMSACH_TEST_SCENE"); scene != "" {
		os.Exit(play(scene))
	}
	var err error
	postgres, err = StartPostgres()
	switch {
	case errors.Is(err, ErrMissing) && os.Getenv("CI") == "":
		fmt.Println("PostgreSQL is not installed: SQLite alone is tried")
	case err != nil:
		fmt.Println(err)
		os.Exit(1)
	}
	code := m.Run()
	if postgres != nil {
		if err := postgres.Stop(); err != nil {
			fmt.Println(err)
			code = 1
		}
	}
	os.Exit(code)
}

// clock is a clock that tests move.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2026, 11, 22, 1, 2, 3, 0, time.UTC)} }

// Now moves on by a microsecond a look, so that nothing happens at the same time.
func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(time.Microsecond)
	return c.now
}

func (c *clock) move(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(by)
}

// bench is a store of one engine, and what a test needs around it.
type bench struct {
	*storage.Store
	t     testing.TB
	url   string
	clock *clock
	logs  *bytes.Buffer
}

func sealer(t testing.TB) *seal.Sealer {
	t.Helper()
	s, err := seal.New([]byte("0123456789abcdef0123456789abcdef"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// urls gives the address of an empty store of each engine.
func urls(t testing.TB) map[string]string {
	t.Helper()
	all := map[string]string{"sqlite": "sqlite:" + filepath.Join(t.TempDir(), "data", "lamsach.db")}
	if postgres != nil {
		all["postgres"] = newDatabase(t)
	}
	return all
}

// newDatabase makes an empty PostgreSQL database.
func newDatabase(t testing.TB) string {
	t.Helper()
	db, err := sql.Open("pgx", postgres.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	name := "t" + storage.NewID(time.Now())
	if _, err := db.Exec(`CREATE DATABASE ` + name); err != nil {
		t.Fatal(err)
	}
	return strings.Replace(postgres.URL, "/postgres?", "/"+name+"?", 1)
}

// onEach runs a test on an empty store of each engine.
func onEach(t *testing.T, test func(t *testing.T, b *bench)) {
	t.Helper()
	for engine, url := range urls(t) {
		t.Run(engine, func(t *testing.T) {
			b := &bench{t: t, url: url, clock: newClock(), logs: &bytes.Buffer{}}
			b.open()
			t.Cleanup(b.close)
			test(t, b)
		})
	}
}

func (b *bench) open() {
	b.t.Helper()
	s, err := storage.Open(context.Background(), b.url, storage.Options{
		Sealer: sealer(b.t), Now: b.clock.Now, Log: slog.New(slog.NewTextHandler(b.logs, nil)),
	})
	if err != nil {
		b.t.Fatal(err)
	}
	b.Store = s
}

func (b *bench) close() {
	b.t.Helper()
	if err := b.Store.Close(); err != nil {
		b.t.Error(err)
	}
}

// restart closes the store and opens it again.
func (b *bench) restart() {
	b.t.Helper()
	b.close()
	b.open()
}

// database opens the store's own database behind its back.
func (b *bench) exec(query string, args ...any) {
	b.t.Helper()
	if _, err := b.Writer().Exec(query, args...); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) count(query string, args ...any) (n int) {
	b.t.Helper()
	if err := b.Writer().QueryRow(query, args...).Scan(&n); err != nil {
		b.t.Fatal(err)
	}
	return n
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// refused checks that an error is of a kind and has a text key.
func refused(t testing.TB, err error, kind fault.Kind, key string) {
	t.Helper()
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != kind || f.Key != key {
		t.Fatalf("error %v, want %s %s", err, kind, key)
	}
}

var ctx = context.Background()

// chatOf and updateOf make chats and messages that do not repeat.
func chatOf(id string) bot.Chat { return bot.Chat{Platform: "test", ID: id} }

func message(chat bot.Chat, id, text string) bot.Update {
	return bot.Update{ID: id, Kind: bot.Message, Chat: chat, Sender: chat.ID, Text: text}
}

// person makes the nth person of a made-up list.
func person(n int) ledger.Person {
	return ledger.Person{
		Sheet: 0, Row: 8 + n, Group: "Thôn Đông", Cells: fmt.Appendf(nil, "Trẻ Thử Nghiệm %d|0143160%05d", n, n),
		NumberKey: fmt.Sprintf("0143160%05d", n), NameKey: fmt.Sprintf("tre thu nghiem %d|2016-05-09", n),
	}
}

func people(n int) iter.Seq[ledger.Person] {
	return func(yield func(ledger.Person) bool) {
		for i := range n {
			if !yield(person(i)) {
				return
			}
		}
	}
}

func list(id, unit string, people int) ledger.List {
	return ledger.List{
		ID: id, Unit: unit, Officer: "officer-1", Kind: "child", Name: "Danh sách thử.xlsx", FileHash: []byte("hash of " + id),
		Info: []byte(`{"kind":"child"}`), People: people,
		Counts: []ledger.Count{
			{Code: "personal_id.missing", Severity: "error", Group: "no_id", Open: people},
			{Code: "sex.missing", Severity: "warning", Group: "basic_info", Open: 2},
		},
	}
}

// add records a list of n people under its own operation.
func (b *bench) add(id, unit string, n int) {
	b.t.Helper()
	ok(b.t, b.AddList(ctx, bot.Ending{Op: "add:" + id}, list(id, unit, n), people(n)))
}

// rows counts people as they are stored, each once.
func (b *bench) rows() int {
	b.t.Helper()
	return b.count(`SELECT COALESCE(SUM(people), 0) FROM people_blocks`) + b.count(`SELECT COUNT(*) FROM people p
		WHERE NOT EXISTS (SELECT 1 FROM people_blocks h WHERE h.list = p.list)`)
}

func (b *bench) all(list string) (all []ledger.Person) {
	b.t.Helper()
	ok(b.t, b.PeopleOf(ctx, list, func(p ledger.Person) error {
		all = append(all, p)
		return nil
	}))
	return all
}
