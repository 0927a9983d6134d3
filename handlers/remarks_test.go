package handlers_test

import (
	"strings"
	"testing"
)

// What reading a file left out stands in the summary, once, and is still known after a restart.
func TestRemarksInTheSummary(t *testing.T) {
	w := newWorld(t)
	w.officer("71", "03868")
	lines := strings.Split(listText, "\n")
	for i := range lines {
		lines[i] += strings.Repeat(" | x", 197)
	}
	lines[1] += strings.Repeat("y", 5000)
	w.send("71", "rong.xlsx", table(t, strings.Join(lines, "\n")))
	for _, when := range []string{"at once", "after a restart"} {
		text := w.last("71")
		for _, words := range []string{"chỉ đọc 200 cột đầu; 20 ô ở các cột sau bị bỏ qua", "1 ô dài hơn 4 096 ký tự"} {
			if strings.Count(text, words) != 1 {
				t.Errorf("%s: %q is not said once:\n%s", when, words, text)
			}
		}
		w.restart()
		w.text("71", "/danhsach")
		w.text("71", "1")
	}
}

// People to the right of the list are not read: the summary says so once, and asks for one table.
func TestPeopleBesideInTheSummary(t *testing.T) {
	w := newWorld(t)
	w.officer("71", "03868")
	lines := strings.Split(listText, "\n")
	for i := range lines {
		lines[i] += " | " + lines[i]
	}
	w.send("71", "canh_nhau.xlsx", table(t, strings.Join(lines, "\n")))
	text := w.last("71")
	if strings.Count(text, "CHƯA được đọc") != 1 || strings.Contains(text, "chưa chắc chắn") {
		t.Errorf("not said once:\n%s", text)
	}
}
