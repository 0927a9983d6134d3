package handlers_test

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lamsach/bot"
	"lamsach/core/campaign"
	"lamsach/core/civil"
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

// TestProgressTellsTheWay: what was recorded of the way to the police and back is told to the commune and, added up, to the province.
func TestProgressTellsTheWay(t *testing.T) {
	s := newScript(t, `-- list --
STT | Họ và tên | Ngày sinh | Giới tính | Dân tộc | Số định danh cá nhân | Bản | Họ tên mẹ
1 | Mùa Thị Dợ | 15/04/2016 | Nữ | Mông | 014316001234 | Bản Bẹ | Thào Thị Mỷ
2 | Lò Văn Thử | 16/04/2015 | Nam | Thái | | Bản Bẹ | Lò Thị Ánh
-- campaign --
`+twoLevelPlan+"\n")
	s.play("lo> /start {lo}\nsup> /start {sup}\nlo> 📎 DS tre em.xlsx = list\n")
	day := civil.Date{Year: 2026, Month: 11, Day: 22}
	fact := func(event campaign.Event, unit string, count, numbered int, unverified map[string]int) campaign.Record {
		return campaign.Record{ID: unit + string(event), Press: "p", Fact: campaign.Fact{
			Event: event, List: "child", Unit: unit, On: day, Count: count, Numbered: numbered, Unverified: unverified,
		}}
	}
	s.ok(s.store.RecordFacts(context.Background(), bot.Ending{Op: "facts"}, "c1", 1, []campaign.Record{
		fact(campaign.HandedOver, "03868", 9, 0, nil), fact(campaign.Returned, "03868", 7, 4, map[string]int{campaign.ReasonDiffers: 2, campaign.ReasonUnknown: 1}),
		fact(campaign.Updated, "03868", 3, 0, nil), fact(campaign.HandedOver, "03856", 11, 0, nil),
	}))
	s.text("lo", "/tiendo")
	for _, want := range []string{
		"Giao Công an 9 · nhận lại 7: có số 4, chưa xác minh 3 · còn chờ 2", "không tìm thấy 1 · khác thông tin 2", "Đã cập nhật phần mềm 3, còn 1",
	} {
		if !strings.Contains(s.last("lo"), want) {
			t.Errorf("the commune is not told %q:\n%s", want, s.last("lo"))
		}
	}
	s.text("sup", "/tiendo")
	if want := "Giao Công an 20 · nhận lại 7"; !strings.Contains(s.last("sup"), want) {
		t.Errorf("the province is not told %q:\n%s", want, s.last("sup"))
	}
}
