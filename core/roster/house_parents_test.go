package roster_test

import (
	"testing"

	"lamsach/core/roster"
)

// TestNumbersOfTheHouse: what the list says of householder and spouse is known of their children, and written nowhere.
func TestNumbersOfTheHouse(t *testing.T) {
	const header = "STT|Họ và tên|Quan hệ với chủ hộ|Ngày sinh|Giới tính|Số CCCD"
	head, wife := "#1|Lò Văn Bố|Chủ hộ|12/04/1985|Nam|#14085000111", "|Vì Thị Mẹ|Vợ|#1988|Nữ|014188000112"
	son, daughter := "|Lò Văn Thử|Con|09/05/2016|Nam|014216000117", "|Lò Thị Em|con đẻ|10/06/2018|Nữ|014318000225"
	others := []string{"#2|Mùa Thị Cả|Chủ hộ|#1990|Nữ|014190000222", "|Mùa A Mẫu|Con|11/07/2019|Nam|014219000339"}
	for _, c := range []struct {
		name, header     string
		lines            []string
		fathers, mothers string
		births           string // of the mothers
	}{
		{"both", header, append([]string{head, wife, son, daughter}, others...), "14085000111; 14085000111; –", "014188000112; 014188000112; 014190000222", "1988; 1988; 1990"},
		{"a husband", header, append([]string{"#1|Vì Thị Mẹ|Chủ hộ|#1988|Nữ|014188000112", "|Lò Văn Bố|Chồng|#1985|Nam|", son, daughter}, others...), "–; –; –", "014188000112; 014188000112; 014190000222", "1988; 1988; 1990"},
		{"a grandchild", header, append([]string{head, wife, son, "|Lò Thị Em|Cháu|10/06/2018|Nữ|014318000225"}, others...), "14085000111; –; –", "014188000112; –; 014190000222", "1988; –; 1990"},
		{"a house without its householder", header, append([]string{head, wife, son, "II. Bản Đỉn", daughter}, others...), "14085000111; –; –", "014188000112; –; 014190000222", "1988; –; 1990"},
		{"nobody says of which sex", "STT|Họ và tên|Quan hệ với chủ hộ|Ngày sinh|Dân tộc|Số CCCD", append([]string{head, wife, son, daughter}, others...), "14085000111; 14085000111; –", "014188000112; 014188000112; –", "1988; 1988; –"},
		{"nobody says whose child", "STT|Họ và tên|Ghi chú|Ngày sinh|Giới tính|Số CCCD", append([]string{head, wife, son, daughter}, others...), "–; –; –; –; –; –", "–; –; –; –; –; –", "–; –; –; –; –; –"},
		{"the list names the parents itself", header + "|Họ tên mẹ", append([]string{head, wife, son + "|Vì Thị Mẹ", daughter + "|Vì Thị Mẹ"}, others...), "–; –; –", "–; –; –", "–; –; –"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, compact := range []bool{false, true} {
				ro := readWith(t, roster.ReadOptions{Compact: compact, Kind: roster.KindChild}, page("Sheet1", append([]string{c.header}, c.lines...)...))
				if got := told(ro, roster.FatherID); got != c.fathers {
					t.Errorf("fathers' numbers %s, want %s", got, c.fathers)
				}
				if got := told(ro, roster.MotherID); got != c.mothers {
					t.Errorf("mothers' numbers %s, want %s", got, c.mothers)
				}
				if got := told(ro, roster.MotherBirth); got != c.births {
					t.Errorf("mothers' births %s, want %s", got, c.births)
				}
				again, err := roster.DecodeInfo(roster.EncodeInfo(ro))
				if err != nil || again.Signature() != ro.Signature() {
					t.Fatalf("the layout does not come back: %v", err)
				}
				for i := range ro.Records {
					if writes, ok := ro.Place(i, roster.FatherID, "014085000111"); ok || len(writes) > 0 {
						t.Errorf("person %d: the father's number is written to %v", i, writes)
					}
					if !again.Fits(&ro.Records[i]) || len(ro.Cells(i, nil)) != len(ro.Sheets[0].Columns) {
						t.Errorf("person %d does not fit the sheet", i)
					}
				}
			}
		})
	}
	ro := readWith(t, roster.ReadOptions{Kind: roster.KindBeneficiary}, page("Sheet1", append([]string{header, head, wife, son, daughter}, others...)...))
	if len(ro.Records) != 6 || ro.Has(roster.FatherID) {
		t.Errorf("%d people receive, want all 6 and nobody's parents", len(ro.Records))
	}
}
