package handlers_test

import (
	"os"
	"strings"
	"testing"
)

// A protected workbook is answered with one sentence that says how to take the password off; a password is never asked for, and one
// that is typed all the same opens nothing and is kept nowhere.
func TestProtectedFileInTheChat(t *testing.T) {
	content, err := os.ReadFile("../paper/testdata/protected-agile.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t)
	w.officer("71", "03868")
	w.send("71", "co mat khau.xlsx", content)
	said := w.last("71")
	if !strings.Contains(said, "xóa trống ô mật khẩu") || !strings.Contains(said, "không gửi mật khẩu") {
		t.Errorf("it says\n%s", said)
	}
	since := w.mark("71")
	w.text("71", "thử mật khẩu 1")
	if w.said("71", "Đã nhận và đọc xong", since) || strings.Contains(w.log.String(), "mật khẩu 1") {
		t.Error("a typed password did something")
	}
}
