package telegram_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"lamsach/bot"
	"lamsach/bot/bottest"
	"lamsach/bot/telegram"
)

// sent lets a person send a file and gives the id under which the platform knows it.
func sent(t *testing.T, s *bottest.Telegram, p *telegram.Platform, body []byte) string {
	t.Helper()
	in := receive(p)
	s.Person(42).SendFile("a.xlsx", "application/octet-stream", body)
	pass(time.Second)
	in.end(t)
	return in.got[len(in.got)-1].File.ID
}

func TestOpen(t *testing.T) {
	body := bytes.Repeat([]byte("PK\x00"), 1000)
	cases := []struct {
		name    string
		prepare func(*bottest.Telegram)
		want    error // nil with trouble: any error
		trouble bool
	}{
		{"whole", func(*bottest.Telegram) {}, nil, false},
		{"link renewed once", func(s *bottest.Telegram) { s.FileGone(1) }, nil, false},
		{"gone", func(s *bottest.Telegram) { s.FileGone(-1) }, bot.ErrFileGone, true},
		{"502", func(s *bottest.Telegram) { s.Fail("download", bottest.Fault{Status: 502, HTML: "<html>"}) }, nil, true},
		{"dropped", func(s *bottest.Telegram) { s.Fail("download", bottest.Fault{Drop: true}) }, nil, true},
		{"half", func(s *bottest.Telegram) { s.Fail("download", bottest.Fault{Half: true}) }, nil, true},
		{"hanging", func(s *bottest.Telegram) { s.Fail("download", bottest.Fault{Hang: true}) }, nil, true},
		{"too big", func(s *bottest.Telegram) {
			s.Fail("getFile", bottest.Fault{Status: 400, Description: "Bad Request: file is too big"})
		}, bot.ErrFileTooLarge, true},
		{"server down", func(s *bottest.Telegram) { s.Down(true) }, nil, true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s, p := server(t, nil)
				id := sent(t, s, p, body)
				c.prepare(s)
				begin := time.Now()
				got, err := readAll(p, id)
				if took := time.Since(begin); took > 100*time.Second {
					t.Errorf("it took %s", took)
				}
				if c.trouble != (err != nil) || c.want != nil && !errors.Is(err, c.want) {
					t.Fatalf("error %v", err)
				}
				if err == nil && !bytes.Equal(got, body) {
					t.Errorf("%d bytes of %d", len(got), len(body))
				}
				if err != nil && strings.Contains(err.Error(), "AAtest") {
					t.Errorf("the token is in %q", err)
				}
			})
		})
	}
}

func readAll(p *telegram.Platform, id string) ([]byte, error) {
	r, err := p.Open(context.Background(), id)
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }()
	return io.ReadAll(r)
}

func TestOpenOfALocalServer(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "file_1.xlsx")
	if err := os.WriteFile(path, []byte("PK"), 0o600); err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		s, p := server(t, func(o *telegram.Options) { o.ServerURL = "http://127.0.0.1:8081" })
		id := sent(t, s, p, []byte("not this"))
		s.FileAt(path)
		if got, err := readAll(p, id); err != nil || string(got) != "PK" {
			t.Errorf("%q, %v", got, err)
		}
		s.FileAt(filepath.Join(folder, "none"))
		if _, err := readAll(p, id); !errors.Is(err, bot.ErrFileGone) {
			t.Errorf("a file that is not there: %v", err)
		}
		s.FileAt(folder)
		if _, err := readAll(p, id); err == nil {
			t.Error("a folder was read")
		}
	})
}

// The official server may not name a file of this machine.
func TestOfficialServerNamesNoLocalFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	if err := os.WriteFile(path, []byte("ours"), 0o600); err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		s, p := server(t, nil)
		id := sent(t, s, p, []byte("PK"))
		s.FileAt(path)
		if got, err := readAll(p, id); err == nil {
			t.Errorf("%q was read", got)
		}
	})
}
