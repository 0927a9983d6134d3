package roster_test

import (
	"strings"
	"testing"

	"lamsach/core/roster"
)

// TestHeadingsOfGroups: what stands above people of one sort is no person and no header, whatever stands beside it; a person of whom only
// the name is known stays one.
func TestHeadingsOfGroups(t *testing.T) {
	const head = "STT|Họ và tên|Ngày sinh|Giới tính|Số CCCD|Mức trợ cấp"
	for _, c := range []struct{ name, row, reason string }{
		{"a word of headers behind a Roman number", "I|Người cao tuổi||||", "group"},
		{"a word of headers alone", "|Người khuyết tật||||", "group"},
		{"a sex", "I|Nam||||", "group"},
		{"a number and a sort of people", "#1|Người khuyết tật nặng||||", "group"},
		{"a letter", "a|Trẻ em mồ côi||||", "group"},
		{"a number with parts", "1.1|Người đơn thân nuôi con||||", "group"},
		{"its sum", "I|Người cao tuổi||||#9000000", "group"},
		{"its sum with dots", "II|Hộ nghèo||||9.000.000 đ", "group"},
		{"its number of people", "I|Bản Bẹ|3 cháu|||", "group"},
		{"its number of people at the end", "I|Bản Bẹ||||Tổng 2 trẻ", "group"},
		{"a form", "#1|Lớp 1A||||", "group"},
		{"an age", "#2|Trẻ 3 tuổi||||", "group"},
		{"a year", "|Sinh năm 2016||||", "group"},
		{"words", "#1|Trẻ chưa có số định danh||||", "group"},
		{"a school", "#7|Trường TH Nam Sơn||||", "group"},
		{"a number beside a hamlet and its sum", "#1|Thôn 1||||#2500000", "group"},
		{"an article of law and its sum", "I|Khoản 5 Điều 5||||#2000000", "group"},
		{"a sort with its number of people and sum", "#1|BTXH: 4 người||||#2000000", "group"},
		{"a number with a dot", "1.|Diện khuyết tật||||", "group"},
		{"a sort in the middle", "||Hộ nghèo|||", "group"},
		{"a sex behind a number", "#2|Nữ||||", "group"},
		{"a dash", "|- Hệ số 1,0||||#2000000", "group"},
		{"its number of people in the column of the sex", "I|Thôn 1||7 cháu||", "group"},
		{"its number of people by sex", "I|Thôn 1|7 cháu (Nam 3, Nữ 4)|||", "group"},
		{"its number after a word", "I|Thôn 1||||Tổng: 7", "group"},
		{"a name of a place", "|Nà Nữ||||", "group"},
		{"the sum of a group", "|Cộng nhóm B||||#9000000", "sum"},
		{"the sum of one sex", "|Nữ|#11|||", "sum"},
		{"the sum of both", "|Tổng: 20||Nam: 9|Nữ: 11|", "sum"},
		{"a part of a sum", "|Số trẻ nam|#9|||", "sum"},
		{"a sum so far", "|Luỹ kế|#20|||", "sum"},
		{"an example", "|VD: Nguyễn Văn A|VD: 15/03/2015|Nam|VD: 038215001234|", "instruction"},
		{"hints", "|(Viết in hoa)|dd/mm/yyyy|Nam/Nữ|12 chữ số|", "instruction"},
		{"columns that have to be filled in", "x|x|x|x||", "instruction"},
		{"numbers with sums", "1|2=|3|4|6=7+8|", "numbers"},
		{"a person in small letters whose number goes on", "#3|lò văn mẫu||||", ""},
		{"a person whose number begins anew", "#1|Lò Văn Mẫu||||", ""},
		{"a person without more", "#4|Lò Văn Mẫu||||", ""},
		{"a person with a benefit", "#4|Lò Văn Mẫu||||#750000", ""},
		{"a person in small letters", "#4|tòng thị ún||nữ||", ""},
	} {
		for _, first := range []bool{true, false} {
			if !first && c.reason == "instruction" {
				continue // they stand below the header only
			}
			lines := append([]string{head}, c.row)
			at := 2
			if !first {
				lines, at = append([]string{head}, people[0], people[1], c.row), 4
			}
			info := read(t, page("Sheet1", append(lines, people...)...)).Sheets[0]
			got := ""
			for _, s := range info.Skipped {
				if s.Row == at {
					got = s.Reason
				}
			}
			if got != c.reason || len(info.HeaderRows) != 1 {
				t.Errorf("%s (first: %v): skipped as %q, want %q; header rows %v", c.name, first, got, c.reason, info.HeaderRows)
			}
		}
	}
}

// TestBelowThePeople: sums, counts, colours and who signs are nobody; people who stand below them are.
func TestBelowThePeople(t *testing.T) {
	const head = "STT|Họ và tên|Ngày sinh|Giới tính|Số CCCD|Họ tên mẹ"
	for _, c := range []struct {
		name  string
		lines []string
		want  string // rows of people, and what is skipped
	}{
		{"a table of sums", []string{"", "STT|Thôn|Tổng số|Nam|Nữ|", "#1|Thôn 1|#2|#1|#1|", "#2|Bản Nà Say|2|1|1|", "#3|Pa Khôm|2|1|1|", "|Cộng|#6|#3|#3|"},
			"2 3 4; 6 sum, 7 sum, 8 sum, 9 sum, 10 sum"},
		{"sums without their number", []string{"|Thôn|Số trẻ|Đã có mã|Chưa có mã|", "|Nà Say|#12|#10|#2|"}, "2 3 4; 5 sum, 6 sum"},
		{"people behind sums", []string{"STT|Thôn|Tổng số|Nam|Nữ|", "#1|Thôn 1|#2|#1|#1|", "#4|Lò Văn Mẫu||Nam||Vì Thị Mẹ", "#5|Lò Văn Thêm|#2019||#3|"}, "2 3 4 7 8; 5 sum, 6 sum"},
		{"a hamlet's counts", []string{"#1|Thôn 1|#2|#1|#1|"}, "2 3 4; 5 group"},
		{"lines of counts", []string{"|Đã có mã: 4|||Chưa có: 0|", "|Chưa có mã: 2|||", "Đã có: 4/4 trẻ (100%)|||||"}, "2 3 4; 5 sum, 6 sum, 7 sum"},
		{"colours", []string{"Màu xanh|Đã có mã||||", "|Màu đỏ: sai ngày sinh||||", "|Ô màu vàng||chưa có mã||"}, "2 3 4; 5 instruction, 6 instruction, 7 instruction"},
		{"who signs", []string{"|Giáo viên chủ nhiệm||||Ban giám hiệu", "|Lò Văn Pâng||||"}, "2 3 4; 5 signature, 6 signature"},
		{"people alike", []string{"#4|Màu Thị Xanh||||", "#5|Tòng Sở||Nam||Vì Thị Nữ", "|Kon Sa||x||", "|Giáo Viên Chủ|10/06/2017|Nữ||", "|Ban Giám Hiệu|||014317000225|", "#10|Màu Xanh||Nam||Vì Thị Mẹ"}, "2 3 4 5 6 7 8 9 10; "},
	} {
		ro := read(t, page("Sheet1", append(append([]string{head}, people...), c.lines...)...))
		if got := rows(ro) + "; " + skips(ro.Sheets[0]); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

// TestHintBelowHeader: one text alone below a header goes on with it or explains it, and is no heading of people.
func TestHintBelowHeader(t *testing.T) {
	for _, hint := range []string{"||Ngày, tháng, năm||", "||Ngày sinh||", "|(chữ in hoa)|||", "||||(12 số)"} {
		ro := read(t, page("Sheet1", append([]string{"STT|Họ và tên|Ngày sinh|Giới tính|Số CCCD", hint}, people...)...))
		if len(ro.Records) != 3 || ro.Records[0].Group != "" {
			t.Errorf("%s: %d people, the first of %q", hint, len(ro.Records), ro.Records[0].Group)
		}
	}
}

// TestOrdinalsWithoutHeader: a group's mark is one in a column that no header names.
func TestOrdinalsWithoutHeader(t *testing.T) {
	for _, head := range []string{"S\\nTT", "S.TT", "", "TT hộ"} {
		ro := read(t, page("Sheet1", append([]string{head + "|Họ và tên|Ngày sinh|Giới tính|Số CCCD", "I|Bản Bẹ|||"}, people...)...))
		if len(ro.Records) != 3 || ro.Records[0].Group != "Bản Bẹ" {
			t.Errorf("%q: %d people, the first of %q", head, len(ro.Records), ro.Records[0].Group)
		}
	}
}

// TestSecondParentBeneath: two rows for one child, whose cells are merged over both.
func TestSecondParentBeneath(t *testing.T) {
	lines := []string{"STT|Họ và tên|Ngày sinh|Giới tính|Họ tên cha, mẹ"}
	for _, p := range []string{"#1|Lò Văn Thử|09/05/2016|Nam|Lò Văn Bố", "#2|Mùa Thị Dợ|10/06/2017|Nữ|Mùa A Cha", "#3|Hà Thị Mẫu|11/07/2018|Nữ|Hà Văn Ba"} {
		lines = append(lines, p, "||||Vì Thị Mẹ")
	}
	for _, compact := range []bool{false, true} {
		ro := readWith(t, roster.ReadOptions{Compact: compact}, page("Sheet1", lines...))
		if len(ro.Records) != 3 {
			t.Fatalf("%d people", len(ro.Records))
		}
		for i := range ro.Records {
			if mother := ro.Value(i, roster.MotherName).Text; mother != "Vì Thị Mẹ" || ro.Value(i, roster.FatherName).Text == "" {
				t.Errorf("person %d: mother %q", i, mother)
			}
		}
		if s := ro.Sheets[0].Skipped; len(s) != 3 || s[0] != (roster.SkippedRow{Row: 3, Reason: "parent"}) {
			t.Errorf("skipped: %v", s)
		}
	}
}

// TestSmallSheets: a sheet of a few people is judged by its sisters, before it and behind it.
func TestSmallSheets(t *testing.T) {
	const head = "STT|Họ tên|Năm|GT|Số định danh"
	var many []string
	for _, p := range []string{"Lò Văn Thử|#2016|#1|014216000117", "Mùa Thị Dợ|#2017|#0|014317000225", "Hà Thị Mẫu|#2018|#0|014318000339", "Lò Văn Mẫu|#2015|#1|014215000117"} {
		many = append(many, "#1|"+p, "#2|"+p)
	}
	small := []string{head, "#1|Lò Thị Ún|#2019|#0|"}
	large := append([]string{head}, strings.Split(strings.Repeat(strings.Join(many, "\n")+"\n", 4), "\n")...)
	ro := read(t, page("Bản A", small...), page("Bản B", large...), page("Bản C", small...))
	for i, s := range ro.Sheets {
		if got, want := columns(s), columns(ro.Sheets[1]); got != want {
			t.Errorf("sheet %d: columns %s, want %s", i, got, want)
		}
	}
	last := -1
	for i := range ro.Records {
		if ro.Records[i].Sheet < last {
			t.Fatalf("person %d of sheet %d stands behind one of sheet %d", i, ro.Records[i].Sheet, last)
		}
		last = ro.Records[i].Sheet
		if name := ro.Value(i, roster.FullName).Text; name == "Lò Thị Ún" && ro.Value(i, roster.Sex).Text != "Nữ" {
			t.Errorf("sheet %d: 0 is read as %q", ro.Records[i].Sheet, ro.Value(i, roster.Sex).Text)
		}
	}
}

// TestSmallSheetsInOldFonts: a few names in an old font are known for such by the sheets beside them; one sheet in Unicode among them is not
// touched.
func TestSmallSheetsInOldFonts(t *testing.T) {
	const head = "STT|Họ tên|Ngày sinh"
	var old []string
	for range 8 {
		old = append(old, "#1|NguyÔn V¨n Thö|09/05/2016", "#2|TrÇn ThÞ MÉu|10/06/2017", "#3|Lß ThÞ ¸nh|10/06/2017")
	}
	ro := read(t, page("Bản A", head, "#1|Lß V¨n An|09/05/2016"), page("Bản B", append([]string{head}, old...)...), page("Bản C", head, "#1|Vì Thị Bé|09/05/2016"))
	for i, want := range map[int]string{0: "Lò Văn An", 1: "Nguyễn Văn Thử", len(ro.Records) - 1: "Vì Thị Bé"} {
		if got := ro.Value(i, roster.FullName).Text; got != want {
			t.Errorf("person %d is %q, want %q", i, got, want)
		}
	}
}

// TestSlipInARelativesHeader: a header with a slip of the finger stays that of the parent whom it names.
func TestSlipInARelativesHeader(t *testing.T) {
	ro := read(t, page("Sheet1", "STT|Họ và tênn|Ngày sinh|Họ tên mẹe", "#1|Lò Văn Thử|09/05/2016|Vì Thị Mẹ", "#2|Mùa Thị Dợ|10/06/2017|Thào Thị Má", "#3|Hà Thị Mẫu|11/07/2018|Lò Thị U"))
	if got, want := columns(ro.Sheets[0]), "A ordinal, B full_name, C birth_date, D mother_name"; got != want {
		t.Errorf("columns %s, want %s", got, want)
	}
}

// TestCarersFirst: a list that begins with who cares for somebody, and one that names nobody else.
func TestCarersFirst(t *testing.T) {
	ro := read(t, page("Sheet1", "TT|Họ và tên người nhận chăm sóc|Năm sinh|Số CCCD|Họ và tên đối tượng được chăm sóc|Năm sinh|Số định danh",
		"#1|Thèn Bá Po|#1990|014090609067|Lèo Thảo Hặc|#1959|014159139716", "#2|Ly Y Pla|#1949|014149408878|Cút Thế Hải|#1977|014077903340",
		"#3|Mang Duy Tâm|#1968|014068531882|Tao Xuân Sơn|#1989|014089374892"))
	if got, want := columns(ro.Sheets[0]), "A ordinal, B guardian_name, D guardian_id, E full_name, F birth_date, G personal_id"; got != want {
		t.Errorf("columns %s, want %s", got, want)
	}
	ro = read(t, page("Sheet1", "TT|Họ và tên người nhận chăm sóc|Năm sinh|Số CCCD|Mức hỗ trợ", "#1|Thèn Bá Po|#1990|014090609067|#750000",
		"#2|Ly Y Pla|#1949|014149408878|#750000", "#3|Mang Duy Tâm|#1968|014068531882|#750000"))
	if c := ro.Sheets[0].Columns[1]; c.Field != roster.FullName || c.Confidence >= 0.9 {
		t.Errorf("carers alone: %s with confidence %v", c.Field, c.Confidence)
	}
}

// TestPageLines: what a printed page says below the people is no hamlet of those on the next one.
func TestPageLines(t *testing.T) {
	lines := []string{"STT|Họ và tên|Ngày sinh|Giới tính|Số CCCD", people[0], "|||Trang 1/2|", "Mang sang trang sau||||", people[1], people[2]}
	ro := read(t, page("Sheet1", lines...))
	if len(ro.Records) != 3 || ro.Records[2].Group != "" {
		t.Errorf("%d people, the last of %q", len(ro.Records), ro.Records[len(ro.Records)-1].Group)
	}
}
