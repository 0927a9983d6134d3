package handlers_test

import (
	"strings"
	"testing"
)

// What is wrong with the number of a parent in a row of his own is told at the child, and the list can be opened after a restart: the
// parent's number stands in no column of it.
func TestHouseholdsAfterARestart(t *testing.T) {
	w := newWorld(t)
	w.officer("71", "03868")
	w.send("71", "ho.xlsx", table(t, `STT | Họ và tên | Quan hệ với chủ hộ | Ngày sinh | Giới tính | Dân tộc | Số CCCD
1 | Lò Văn Bố | Chủ hộ | 12/04/1985 | Nam | Thái | 050123456
 | Vì Thị Mẹ | Vợ | 03/05/1988 | Nữ | Thái | 014188000112
 | Lò Văn Thử | Con | 09/05/2016 | Nam | Thái | 014216000117
2 | Mùa A Cả | Chủ hộ | 12/04/1990 | Nam | Mông | 014090000222
 | Mùa A Mẫu | Con | 11/07/2019 | Nam | Mông | 014219000339`))
	before := w.last("71")
	if !strings.Contains(before, "1 trẻ cần rà soát") || !strings.Contains(before, "số của cha, mẹ, người giám hộ 1") {
		t.Errorf("the father's number is not told:\n%s", before)
	}
	w.restart()
	w.text("71", "/danhsach")
	w.text("71", "1")
	if text := w.last("71"); text != before {
		t.Errorf("after a restart\n%s\nbefore\n%s", text, before)
	}
}
