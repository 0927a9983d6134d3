package handlers_test

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lamsach/core/report"
)

var papers = flag.String("papers", "", "a folder in which reports are left to be looked at")

// TestReportsReconcile: what a report says is what the kept counts say at its cut-off, row by row and as a sum; it says the same when it
// is sent again after more was corrected, and the change that the next one tells is the difference of the two.
func TestReportsReconcile(t *testing.T) {
	s := newScript(t, `-- list --
STT | Họ và tên | Ngày sinh | Giới tính | Dân tộc | Số định danh cá nhân | Bản | Họ tên mẹ
1 | Mùa Thị Dợ | 15/04/2016 | Nữ | Mông | 014316001234 | Bản Bẹ | Thào Thị Mỷ
2 | Lò Văn Thử | 16/04/2015 | Nam | Thái | | Bản Bẹ | Lò Thị Ánh
3 | Hà Văn Sơn | 20/05/2018 | | Thái | 014218006543 | Bản Lừm | Hà Thị Lan
`)
	make := "lo> /baocao\nlo> [Lập báo cáo]\nlo> đột xuất\nlo> trẻ em\nlo> 1\nlo> 1\nlo> 1\nlo> 1\nlo> Lò Văn Chủ\nlo> 1\nlo> 1\n"
	s.play("lo> /start {lo}\nlo> 📎 DS tre em.xlsx = list\n" + make)
	s.play("lo> /sua\nlo> [Chưa có – để công an cấp]\nlo> nam\n" + make + "lo> /baocao\nlo> [Báo cáo 1/BC-UBND]\n")
	all, err := s.store.Reports(context.Background(), "03868", 9)
	s.ok(err)
	if len(all) != 2 || all[0].Before != all[1].ID || all[0].Number != 2 {
		t.Fatalf("%d reports", len(all))
	}
	units, err := s.store.UnitTallies(context.Background())
	s.ok(err)
	if all[0].Progress.Sum.Counts != units[0].Tally {
		t.Errorf("the report says %+v, kept is %+v", all[0].Progress.Sum.Counts, units[0].Tally)
	}
	for _, r := range all {
		for _, f := range report.Figures() {
			sum := 0
			for i := range r.Progress.Rows {
				sum += f.Of(&r.Progress.Rows[i])
			}
			if f.Key != "lists" && sum != f.Of(&r.Progress.Sum) {
				t.Errorf("report %d: %s: the rows come to %d, the sum is %d", r.Number, f.Key, sum, f.Of(&r.Progress.Sum))
			}
		}
	}
	for _, c := range report.Changes(all[1].Progress.Sum, all[0].Progress.Sum) {
		if c.Key == "open" && (c.Was != 2 || c.Now != 0) || c.Key == "waiting" && (c.Was != 0 || c.Now != 1) {
			t.Errorf("%+v", c)
		}
	}
	var books, prints [][]byte
	for _, m := range s.room("lo").messages {
		switch {
		case m.file == nil:
		case strings.HasSuffix(m.file.Name, ".pdf"):
			prints = append(prints, m.body)
		case strings.HasPrefix(m.file.Name, "Bao-cao"):
			books = append(books, m.body)
		}
		if m.file != nil && *papers != "" {
			s.ok(os.WriteFile(filepath.Join(*papers, m.file.Name), m.body, 0o600))
		}
	}
	if len(books) != 3 || len(prints) != 3 {
		t.Fatalf("%d workbooks, %d papers", len(books), len(prints))
	}
	if first, again := rowsOf(t, books[0]), rowsOf(t, books[2]); strings.Join(first, "\n") != strings.Join(again, "\n") || !bytes.Equal(prints[0], prints[2]) {
		t.Error("sent again, the report is another one")
	}
}
