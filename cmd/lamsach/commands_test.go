package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A bad value stops the start with one sentence that names the option, and never repeats a secret.
func TestBadConfiguration(t *testing.T) {
	secretFile := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(secretFile, []byte("9:hushhush\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		env  []string
		says string
	}{
		{"nobody could reach it", nil, "TELEGRAM_BOT_TOKEN"},
		{"token of the wrong form", []string{"TELEGRAM_BOT_TOKEN=hushhush"}, "token"},
		{"token twice", []string{"TELEGRAM_BOT_TOKEN=9:hushhush", "TELEGRAM_BOT_TOKEN_FILE=" + secretFile}, "TELEGRAM_BOT_TOKEN"},
		{"token file gone", []string{"TELEGRAM_BOT_TOKEN_FILE=/nowhere/token"}, "TELEGRAM_BOT_TOKEN_FILE"},
		{"server is no address", []string{"TELEGRAM_BOT_TOKEN=9:hushhush", "TELEGRAM_API_URL=here"}, "TELEGRAM_API_URL"},
		{"webhook without secret", []string{"TELEGRAM_BOT_TOKEN=9:hushhush", "TELEGRAM_WEBHOOK_URL=https://h/x"}, "TELEGRAM_WEBHOOK_SECRET"},
		{"webhook without page", []string{
			"TELEGRAM_BOT_TOKEN=9:hushhush", "TELEGRAM_WEBHOOK_URL=https://h/x", "TELEGRAM_WEBHOOK_SECRET=hushhush",
		}, "LAMSACH_WEB_ADDR"},
		{"store of an unknown kind", []string{"LAMSACH_WEB_ADDR=127.0.0.1:0", "DATABASE_URL=mysql://hushhush@h"}, "sqlite:"},
		{"sessions of an unknown kind", []string{"LAMSACH_WEB_ADDR=127.0.0.1:0", "REDIS_URL=hushhush"}, "redis"},
		{"unknown language", []string{"LAMSACH_WEB_ADDR=127.0.0.1:0", "LAMSACH_LANG=fr"}, "lang"},
		{"address taken by a word", []string{"LAMSACH_WEB_ADDR=nowhere"}, "LAMSACH_WEB_ADDR"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, problems, status := runProgram(t, append(storeEnv(t), c.env...), "serve")
			last := strings.TrimSpace(problems)
			last = last[strings.LastIndex(last, "\n")+1:]
			if status != 2 || !strings.Contains(last, c.says) {
				t.Errorf("status %d, %q does not name %s", status, last, c.says)
			}
			if strings.Contains(problems, "hushhush") {
				t.Errorf("a secret is repeated: %q", problems)
			}
		})
	}
}

// Every command explains itself.
func TestHelp(t *testing.T) {
	for _, command := range []string{"demo", "serve", "check", "invite", "officers", "unit", "campaign", "migrate", "backup", "restore", "purge", "sample", "version"} {
		out, problems, status := runProgram(t, nil, command, "--help")
		if status != 0 || !strings.Contains(out, "Usage: lamsach "+command) {
			t.Errorf("%s --help: status %d: %s%s", command, status, out, problems)
		}
	}
}

// A backup is taken, the store is lost, the backup is put in its place: what was known is known again.
func TestBackupAndRestore(t *testing.T) {
	env := storeEnv(t)
	code := invite(t, env, "03868", "Lò Thị Thử")
	copied := filepath.Join(t.TempDir(), "copy.db")
	if out, problems, status := runProgram(t, env, "backup", copied); status != 0 || !strings.Contains(out, "verified") {
		t.Fatalf("backup: status %d: %s%s", status, out, problems)
	}
	if _, _, status := runProgram(t, env, "backup", copied); status != 2 {
		t.Error("a backup overwrote another one")
	}
	if _, problems, status := runProgram(t, env, "restore", copied); status != 2 {
		t.Errorf("a restore overwrote a store: %s", problems)
	}
	path, _ := strings.CutPrefix(env[0], "DATABASE_URL=sqlite:")
	for _, part := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(path + part); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
	if out, problems, status := runProgram(t, env, "restore", copied); status != 0 || !strings.Contains(out, "verified") {
		t.Fatalf("restore: status %d: %s%s", status, out, problems)
	}
	if _, problems, status := runProgram(t, env, "purge"); status != 0 {
		t.Errorf("purge: %s", problems)
	}
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(body), "Lò Thị Thử") || strings.Contains(string(body), code) {
		t.Error("the restored store tells a name or a code")
	}
}

// The command line and its contract: exit status, JSON, one sentence for what cannot be read.
func TestCheckCommand(t *testing.T) {
	folder := t.TempDir()
	clean, faulty, none := filepath.Join(folder, "clean.xlsx"), filepath.Join(folder, "faulty.xlsx"), filepath.Join(folder, "none.xlsx")
	for file, rate := range map[string]string{clean: "0", faulty: "0.4"} {
		if _, problems, status := runProgram(t, nil, "sample", file, "--rows", "40", "--faults", rate); status != 0 {
			t.Fatal(problems)
		}
	}
	if err := os.WriteFile(none, []byte("no workbook at all"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args   []string
		status int
		says   string
	}{
		{[]string{clean}, 0, "40 người"},
		{[]string{faulty}, 1, "Lỗi"},
		{[]string{"--lang", "en", faulty}, 1, "people"},
		{[]string{"--format", "json", clean}, 0, `"clean_records":40`},
		{[]string{"--format", "json", clean, faulty}, 1, `[{"file":"clean.xlsx"`},
		{[]string{none}, 2, ""},
		{[]string{"--as-of", "yesterday", clean}, 2, ""},
		{[]string{"--annotated", filepath.Join(folder, "marked.xlsx"), faulty}, 1, ""},
		{[]string{"--annotated", "x.xlsx", clean, faulty}, 2, ""},
	} {
		out, problems, status := runProgram(t, nil, append([]string{"check"}, c.args...)...)
		if status != c.status || !strings.Contains(out, c.says) {
			t.Errorf("check %v: status %d, want %d; it says\n%s%s", c.args, status, c.status, tail(out, 400), problems)
		}
	}
	if _, _, status := runProgram(t, nil, "check", filepath.Join(folder, "marked.xlsx")); status != 1 {
		t.Error("the marked copy is not a list with errors any more")
	}
}
