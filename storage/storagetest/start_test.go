package storagetest

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"lamsach/bot"
	"lamsach/core/fault"
	"lamsach/storage"
	"lamsach/storage/seal"
)

func tryOpen(t *testing.T, url string, change func(*storage.Options)) error {
	t.Helper()
	o := storage.Options{Sealer: sealer(t), Now: newClock().Now}
	if change != nil {
		change(&o)
	}
	s, err := storage.Open(ctx, url, o)
	if err == nil {
		ok(t, s.Close())
	}
	return err
}

func TestOneProcessServesAStore(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		refused(t, tryOpen(t, b.url, nil), fault.Closed, "storage.start.locked")
		beside, err := storage.Open(ctx, b.url, storage.Options{Sealer: sealer(t), Now: b.clock.Now, Beside: true})
		ok(t, err)
		if beside.Serves() || !b.Serves() {
			t.Errorf("serves: beside %v, first %v", beside.Serves(), b.Serves())
		}
		_, err = beside.AddInvite(ctx, invited, b.clock.Now())
		ok(t, err)
		ok(t, beside.EndTurn(ctx, bot.Ending{Op: "beside", Audit: bot.Audit{Action: "a"}}))
		ok(t, b.EndTurn(ctx, bot.Ending{Op: "served", Audit: bot.Audit{Action: "b"}}))
		ok(t, beside.Close())
		_, err = b.VerifyAudit(ctx, storage.AuditHead{})
		ok(t, err)
	})
}

func TestStartRefusesAnotherKey(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		other, err := seal.New(bytes.Repeat([]byte{7}, seal.KeySize))
		ok(t, err)
		b.close()
		refused(t, tryOpen(t, b.url, func(o *storage.Options) { o.Sealer = other }), fault.Forbidden, "storage.start.wrong_key")
		b.open()
	})
}

func TestStartRefusesANewerSchema(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		b.exec(`INSERT INTO schema_version (version_id, is_applied) VALUES (9999, $1)`, true)
		b.close()
		refused(t, tryOpen(t, b.url, nil), fault.Closed, "storage.start.newer")
		refused(t, tryOpen(t, b.url, func(o *storage.Options) { o.Beside = true }), fault.Closed, "storage.start.newer")
		b.url = "sqlite:" + filepath.Join(t.TempDir(), "other.db") // for the clean-up
		b.open()
	})
}

func TestStartRefusesADamagedStore(t *testing.T) {
	for name, damage := range map[string]func(body []byte) []byte{
		"header":      func(body []byte) []byte { copy(body, "not a database"); return body },
		"zeroed page": func(body []byte) []byte { clear(body[5*4096 : 6*4096]); return body },
		"cut short":   func(body []byte) []byte { return body[:len(body)/2] },
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "lamsach.db")
			b := &bench{t: t, url: "sqlite:" + path, clock: newClock(), logs: &bytes.Buffer{}}
			b.open()
			b.add("list1", "09661", 500)
			b.close()
			body, err := os.ReadFile(path)
			ok(t, err)
			ok(t, os.WriteFile(path, damage(body), 0o600))
			refused(t, tryOpen(t, b.url, nil), fault.Unreadable, "storage.start.damaged")
		})
	}
}

func TestStoreIsItsOwnersAlone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	path := filepath.Join(dir, "lamsach.db")
	ok(t, tryOpen(t, "sqlite:"+path, nil))
	s, err := storage.Open(ctx, "sqlite:"+path, storage.Options{Sealer: sealer(t), Now: newClock().Now})
	ok(t, err)
	ok(t, s.EndTurn(ctx, bot.Ending{Op: "1"}))
	copied := filepath.Join(dir, "copy.db")
	ok(t, s.Backup(ctx, copied))
	if err := s.Backup(ctx, copied); err == nil {
		t.Error("a backup was written over another")
	}
	for _, name := range []string{"", "lamsach.db", "lamsach.db-wal", "lamsach.db-shm", "lamsach.db.lock", "copy.db"} {
		info, err := os.Stat(filepath.Join(dir, name))
		ok(t, err)
		if info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%q has mode %v", name, info.Mode())
		}
	}
	ok(t, s.Close())
	ok(t, tryOpen(t, "sqlite:"+copied, nil))
	ok(t, os.Chmod(path, 0o644))
	refused(t, tryOpen(t, "sqlite:"+path, nil), fault.Forbidden, "storage.start.readable_by_others")
	ok(t, os.Chmod(path, 0o600))
	ok(t, os.Chmod(dir, 0o777))
	refused(t, tryOpen(t, "sqlite:"+path, nil), fault.Forbidden, "storage.start.writable_by_others")
}

func TestStartNamesAWrongAddress(t *testing.T) {
	for _, url := range []string{"", "lamsach.db", "sqlite:", "sqlite::memory:", "mysql://root:secret@db/x"} {
		err := tryOpen(t, url, nil)
		refused(t, err, fault.Invalid, "storage.start.url")
		if strings.Contains(err.Error(), "secret") {
			t.Errorf("the error tells the password: %v", err)
		}
	}
	err := tryOpen(t, "postgres://user:secret@127.0.0.1:1/x?connect_timeout=2", nil)
	if err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("error %v", err)
	}
	if err := tryOpen(t, "sqlite:"+filepath.Join(t.TempDir(), "a b?c#d%", "x.db"), nil); err != nil {
		t.Errorf("a path with odd letters: %v", err)
	}
}

// A full disk must not confirm anything, and must not break what comes after it. SQLite's page limit stands for it.
func TestFullDisk(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lamsach.db")
	b := &bench{t: t, url: "sqlite:" + path, clock: newClock(), logs: &bytes.Buffer{}}
	b.open()
	defer b.close()
	b.add("list1", "09661", 10)
	pages := b.count(`PRAGMA page_count`)
	if got := b.count(`PRAGMA max_page_count = ` + strconv.Itoa(pages+20)); got != pages+20 {
		t.Fatal(got)
	}
	err := b.AddList(ctx, bot.Ending{Op: "big"}, list("list2", "09661", 5000), people(5000))
	refusedWrapped(t, err, "storage.not_saved")
	b.exec(`PRAGMA max_page_count = 4294967294`)
	if _, err := b.List(ctx, "09661", "list2"); !fault.Is(err, fault.NotFound) {
		t.Errorf("half a list: %v", err)
	}
	b.add("list2", "09661", 5000)
	if n := len(b.all("list2")); n != 5000 {
		t.Errorf("%d people", n)
	}
}

func refusedWrapped(t *testing.T, err error, key string) {
	t.Helper()
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != fault.Unavailable || f.Key != key {
		t.Fatalf("error %v, want %s", err, key)
	}
}
