package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lamsach/paper"
)

// A protected workbook is checked with the password that a file holds: the same is found in it as in the open one. Without it, or
// with another, one sentence says what to do.
func TestCheckProtected(t *testing.T) {
	folder := t.TempDir()
	right, wrong := filepath.Join(folder, "right"), filepath.Join(folder, "wrong")
	for file, text := range map[string]string{right: "thử mật khẩu 1\n", wrong: "hushhush\n"} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	findings := func(args ...string) string {
		out, problems, status := runProgram(t, nil, append([]string{"check", "--format", "json", "--as-of", "2026-11-22"}, args...)...)
		var report struct {
			Records  int
			Findings json.RawMessage
		}
		if err := json.Unmarshal([]byte(out), &report); err != nil || status != 1 || report.Records == 0 {
			t.Fatalf("check %v: status %d, %v: %s%s", args, status, err, tail(out, 300), problems)
		}
		return string(report.Findings)
	}
	for locked, open := range map[string]string{"protected-agile.xlsx": "official.xlsx", "protected-standard.xlsx": "official.ods"} {
		file := filepath.Join("../../paper/testdata", locked)
		if got, want := findings("--password-file", right, file), findings(filepath.Join("../../paper/testdata", open)); got != want {
			t.Errorf("%s: other findings than in %s:\n%s\n%s", locked, open, got, want)
		}
		marked := filepath.Join(folder, locked)
		findings("--password-file", right, "--annotated", marked, file)
		findings(marked)
		for _, c := range []struct {
			args []string
			says string
		}{
			{[]string{file}, "không gửi mật khẩu"},
			{[]string{"--password-file", wrong, file}, "Mật khẩu không mở được tệp"},
			{[]string{"--password-file", filepath.Join(folder, "none"), file}, "--password-file"},
		} {
			out, problems, status := runProgram(t, nil, append([]string{"check"}, c.args...)...)
			if status != 2 || !strings.Contains(problems, c.says) || strings.Contains(out+problems, "hushhush") {
				t.Errorf("check %v: status %d: %s%s", c.args, status, out, problems)
			}
		}
	}
	// An open file needs none.
	findings("--password-file", right, "../../paper/testdata/official.xlsx")
}

// A protected file of any kind is known as such, and refused with the sentence that says how to take the password off.
func TestProtectedFilesAreRefused(t *testing.T) {
	for _, name := range []string{"protected-agile.xlsx", "protected-standard.xlsx", "protected-libreoffice.xls", "protected-libreoffice.ods"} {
		content, err := os.ReadFile(filepath.Join("../../paper/testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		book, err := openBook(bytes.NewReader(content), int64(len(content)))
		for _, s := range book.Sheets {
			for _, trouble := range s.Rows {
				err = trouble
			}
		}
		if err == nil || textOf(err).Key != "file.format.password" {
			format, _ := paper.Sniff(bytes.NewReader(content), int64(len(content)))
			t.Errorf("%s (%s): %v", name, format, err)
		}
	}
}
