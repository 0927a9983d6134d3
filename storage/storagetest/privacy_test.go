package storagetest

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lamsach/bot"
	"lamsach/core/ledger"
	"lamsach/core/officer"
	"lamsach/storage/session"
)

// planted are the names and numbers of people who do not exist. Whatever is written must not hold one of them.
var planted = []string{"Quàng Thị Mận", "quang thi man", "014316009876", "Lò Văn Bí Mật", "Bản Giấu Kín", "danh-sach-mat.xlsx", "0987001234"}

// TestNothingPersonalIsReadable does everything that a store is for with planted people, then looks for them in every
// file that it left, in PostgreSQL's dump and in Redis' memory.
func TestNothingPersonalIsReadable(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		temp := t.TempDir()
		t.Setenv("TMPDIR", temp)
		server := redisServer(t)
		first := redisSessions(t, server.URL, b.clock, b.logs)
		live(t, b, session.NewFallback(first, session.NewSQL(b.Store), nil))
		ok(t, session.NewSQL(b.Store).Save(ctx, chatOf("1"), everything()))
		look(t, "the log", b.logs.Bytes())
		lookIn(t, temp)
		if strings.HasPrefix(b.url, "sqlite:") {
			folder := filepath.Dir(strings.TrimPrefix(b.url, "sqlite:"))
			lookIn(t, folder) // with the -wal as it is in use
			ok(t, b.Backup(ctx, filepath.Join(folder, "backup.db")))
			b.restart()
			lookIn(t, folder)
		} else {
			bin, err := postgresFolder()
			ok(t, err)
			dump, err := exec.Command(filepath.Join(bin, "pg_dump"), "--inserts", b.url).Output()
			ok(t, err)
			if len(dump) < 10_000 {
				t.Errorf("the dump has %d bytes", len(dump))
			}
			look(t, "the dump", dump)
		}
		dump := redisDump(t, server)
		look(t, "Redis", dump)
	})
}

// everything is a body with all that is planted.
func everything() []byte {
	body, _ := json.Marshal(planted)
	return bytes.ReplaceAll(body, []byte(`\`), nil)
}

func live(t *testing.T, b *bench, s session.Store) {
	t.Helper()
	chat := chatOf("1")
	all := string(everything())
	in := officer.Invite{Role: officer.RoleHelper, UnitCode: "09661", UnitName: "Xã Mẫu", Hamlet: planted[4], Name: planted[3]}
	b.invite(in)
	_, err := b.UseInvite(ctx, bot.Ending{Op: "i", Chat: chat}, b.invite(in), chat, "1", "")
	ok(t, err)
	in.MadeBy, in.Phone = "officer-1", planted[6]
	_, err = b.UseInvite(ctx, bot.Ending{Op: "j", Chat: chatOf("2")}, b.invite(in), chatOf("2"), "2", planted[0])
	ok(t, err)
	u := message(chat, "1", all)
	u.File = &bot.File{ID: "f", Name: planted[5]}
	ok(t, b.PushUpdates(ctx, []bot.Update{u, message(chat, "2", all)}))
	_, _, err = b.SaveFile(ctx, planted[5], "x", bytes.NewReader(bytes.Repeat(everything(), 20_000)))
	ok(t, err)
	ok(t, b.AddUpload(ctx, bot.Ending{Op: u.Op(), Update: true, Chat: chat, Replies: []bot.Reply{reply(chat, all), reply(chat, all)}},
		ledger.Upload{ID: "u", Source: "f", Name: planted[5]}))
	out, _, err := b.NextReply(ctx, chat, b.clock.Now())
	ok(t, err)
	ok(t, b.ReplySent(ctx, out.ID, "1"))
	l := list("list1", "09661", 2)
	l.Name, l.Info = planted[5], everything()
	ok(t, b.AddList(ctx, bot.Ending{Op: "l"}, l, func(yield func(ledger.Person) bool) {
		for i := range 2 {
			p := ledger.Person{Row: 8 + i, Group: planted[4], Cells: everything(), Decided: everything(), NumberKey: planted[2], NameKey: planted[1]}
			if !yield(p) {
				return
			}
		}
	}))
	c := correction("c", 0, ledger.Change{Person: "0:8", After: everything(), NumberKey: planted[2], NameKey: planted[1]})
	c.Label = everything()
	ok(t, b.RecordCorrection(ctx, bot.Ending{Op: "c"}, c))
	last, err := b.LastCorrection(ctx, "list1", "")
	ok(t, err)
	ok(t, b.UndoCorrection(ctx, bot.Ending{Op: "c2"}, last, nil))
	_, err = b.AppendWebEvent(ctx, "1", everything())
	ok(t, err)
	ok(t, s.Save(ctx, chat, everything()))
	if found, err := b.FindByNumber(ctx, "09661", planted[2]); err != nil || len(found) != 2 || string(found[0].Person.Cells) != all {
		t.Fatalf("what was planted is not there: %v, %v", found, err)
	}
	ok(t, b.Purge(ctx, b.clock.Now()))
}

// look fails when the body holds something planted, plainly or in a common encoding.
func look(t *testing.T, where string, body []byte) {
	t.Helper()
	for _, text := range planted {
		for _, form := range []string{text, hex.EncodeToString([]byte(text)), base64.StdEncoding.EncodeToString([]byte(text))[:len(text)/3*4]} {
			if bytes.Contains(body, []byte(form)) {
				t.Errorf("%s holds %q", where, form)
			}
		}
	}
}

func lookIn(t *testing.T, dir string) {
	t.Helper()
	ok(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := os.ReadFile(path)
		look(t, d.Name(), body)
		return err
	}))
}

// redisDump makes Redis write its memory down.
func redisDump(t *testing.T, server *Server) []byte {
	t.Helper()
	address := strings.TrimSuffix(strings.TrimPrefix(server.URL, "redis://"), "/0")
	port := address[strings.LastIndex(address, ":")+1:]
	out, err := exec.Command("redis-cli", "-p", port, "save").CombinedOutput()
	if err != nil || !strings.Contains(string(out), "OK") {
		t.Fatalf("save: %v: %s", err, out)
	}
	dump, err := os.ReadFile(filepath.Join(server.Dir, "dump.rdb"))
	ok(t, err)
	if !bytes.Contains(dump, []byte("lamsach:session:")) {
		t.Error("the dump holds no session")
	}
	return dump
}

// The search for planted words must find them where they are.
func TestLookFinds(t *testing.T) {
	var probe testing.T
	done := make(chan bool)
	go func() {
		defer close(done)
		look(&probe, "x", []byte("… "+planted[0]+" …"))
	}()
	within(t, time.Second, done)
	if !probe.Failed() {
		t.Error("a planted name was not found")
	}
}
