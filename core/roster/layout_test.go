package roster_test

import (
	"strings"
	"testing"

	"lamsach/core/roster"
)

// people are rows that suit many headers: ordinal, name, birth date, sex, number.
var people = []string{
	"#1|Lò Văn Thử|09/05/2016|Nam|014216000117",
	"#2|Mùa Thị Dợ|10/06/2017|Nữ|014317000225",
	"#3|Hà Thị Mẫu|11/07/2018|Nữ|014318000339",
}

func TestLayouts(t *testing.T) {
	for _, c := range []struct {
		name    string
		lines   []string
		columns string
		rows    string
		skips   string
	}{
		{
			"plain", append([]string{"STT|Họ và tên|Ngày sinh|Giới tính|Số định danh cá nhân"}, people...),
			"A ordinal, B full_name, C birth_date, D sex, E personal_id", "2 3 4", "",
		}, {
			"without marks, in capitals, with line breaks", append([]string{"TT|HO VA TEN|NGAY SINH|GIOI TINH|SO CCCD/\\nMA DINH DANH"}, people...),
			"A ordinal, B full_name, C birth_date, D sex, E personal_id", "2 3 4", "",
		}, {
			"letters lost", append([]string{"STT|h? tên h?c sinh|ng?y sinh|gi?i tính|s? đ?nh danh"}, people...),
			"A ordinal, B full_name, C birth_date, D sex, E personal_id", "2 3 4", "",
		}, {
			"one letter wrong", append([]string{"STT|Họ và tên|Ngày sinhh|Giới tinhs|Số định danh"}, people...),
			"A ordinal, B full_name, C birth_date, D sex, E personal_id", "2 3 4", "",
		}, {
			"title block, numbers, groups, sums, signatures", []string{
				"UBND XÃ TÀ XÙA|||CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM|", "DANH SÁCH TRẺ EM", "(Kèm theo Công văn số 12/UBND ngày 01/10/2026)", "",
				"STT|Họ và tên|Ngày sinh|Giới tính|Số CCCD", "(1)|(2)|(3)|(4)|(5)", "I|Bản Bẹ|||", people[0], "|Cộng: 1 trẻ|||", "II|BẢN NÀ SAY: 2 cháu|||",
				people[1], people[2], "|Tổng cộng: 3 trẻ|||", "|||Tà Xùa, ngày 10 tháng 10 năm 2026|", "|NGƯỜI LẬP BIỂU||TM. UBND XÃ|", "|||CHỦ TỊCH|",
				"", "|Lò Văn Mẫu||Mùa A Thử|",
			},
			"A ordinal, B full_name, C birth_date, D sex, E personal_id", "8 11 12",
			"6 numbers, 7 group, 9 sum, 10 group, 13 sum, 14 signature, 15 signature, 16 signature, 18 signature",
		}, {
			"header again on every page, empty rows", []string{
				"STT|Họ và tên|Ngày sinh|Giới tính|Số CCCD", people[0], "", "", "STT|Họ và tên|Ngày sinh|Giới tính|Số CCCD", people[1], people[2],
			},
			"A ordinal, B full_name, C birth_date, D sex, E personal_id", "2 6 7", "5 header",
		}, {
			"birth date under the sex", []string{
				"TT|Họ và tên|Ngày, tháng, năm sinh||Dân tộc", "||Nam|Nữ|", "#1|Lò Văn Thử|09/05/2016||Thái", "#2|Mùa Thị Dợ||10/06/2017|Mông", "#3|Hà Thị Mẫu||2018|Kinh",
			},
			"A ordinal, B full_name, C birth_date/male, D birth_date/female, E ethnicity", "3 4 5", "",
		}, {
			"year under the sex, as numbers", []string{
				"TT|HỌ VÀ TÊN|NĂM SINH||ĐỊA CHỈ", "||NAM|NỮ|", "#1|Lò Văn Thử|#2016||Bản Bẹ", "#2|Mùa Thị Dợ||#2017|Bản Bẹ", "#3|Hà Thị Mẫu||#2018|Bản Bẹ",
			},
			"A ordinal, B full_name, C birth_date/male, D birth_date/female, E address", "3 4 5", "",
		}, {
			"ticks under Nam and Nữ, split name and date", []string{
				"STT|Họ và chữ đệm|Tên|Ngày|Tháng|Năm sinh|Nam|Nữ|DT", "#1|Lò Văn|Thử|#9|#5|#2016|x||Thái", "#2|Mùa Thị|Dợ|#10|#6|#2017||x|Mông", "#3|Hà Thị|Mẫu|#11|#7|#2018||x|Kinh",
			},
			"A ordinal, B full_name/family, C full_name/given, D birth_date/day, E birth_date/month, F birth_date/year, G sex/male, H sex/female, I ethnicity", "2 3 4", "",
		}, {
			"date split below one header", []string{
				"STT|Họ và tên|Ngày tháng năm sinh|||Giới tính||Số định danh", "||Ngày|Tháng|Năm|Nam|Nữ|",
				"#1|Lò Văn Thử|#9|#5|#2016|x||014216000117", "#2|Mùa Thị Dợ|#10|#6|#2017||x|014317000225", "#3|Hà Thị Mẫu|#11|#7|#2018||x|014318000339",
			},
			"A ordinal, B full_name, C birth_date/day, D birth_date/month, E birth_date/year, F sex/male, G sex/female, H personal_id", "3 4 5", "",
		}, {
			"parents below their names, three rows", []string{
				"STT|THÔNG TIN TRẺ EM||||THÔNG TIN GIA ĐÌNH||||Ghi chú", "|Họ và tên|Ngày sinh|Giới tính|Số định danh|Cha||Mẹ||", "|||||Họ và tên|Năm sinh|Họ và tên|Số CCCD|",
				"#1|Lò Văn Thử|09/05/2016|Nam|014216000117|Lò Văn Bố|1985|Vì Thị Mẹ|014188000777|", "#2|Mùa Thị Dợ|10/06/2017|Nữ|014317000225|Mùa A Cha|1986|Thào Thị Má|014189000778|",
				"#3|Hà Thị Mẫu|11/07/2018|Nữ|014318000339|Hà Văn Ba|1987|Lò Thị U|014190000779|",
			},
			"A ordinal, B full_name, C birth_date, D sex, E personal_id, F father_name, G father_birth, H mother_name, I mother_id, J note", "4 5 6", "",
		}, {
			"father and mother below their names' header", []string{
				"STT|Họ và tên|Ngày sinh|Họ và tên cha/mẹ/người giám hộ|||Số CCCD||", "|||Cha|Mẹ|Người giám hộ|Cha|Mẹ|Người giám hộ",
				"#1|Lò Văn Thử|09/05/2016|Lò Văn Bố|Vì Thị Mẹ||014085000776|014188000777|", "#2|Mùa Thị Dợ|10/06/2017|Mùa A Cha|Thào Thị Má||014086000776|014189000778|",
				"#3|Hà Thị Mẫu|11/07/2018|Hà Văn Ba|Lò Thị U||014087000776|014190000779|",
			},
			"A ordinal, B full_name, C birth_date, D father_name, E mother_name, F guardian_name, G father_id, H mother_id, I guardian_id", "3 4 5", "",
		}, {
			"plain headers again after the parents", []string{
				"STT|Họ tên|Năm sinh|Số CCCD|Họ tên cha|Năm sinh|Số CCCD|Họ tên mẹ|Năm sinh|Số CCCD|SĐT",
				"#1|Lò Văn Thử|2016|014216000117|Lò Văn Bố|1985|014085000776|Vì Thị Mẹ|1988|014188000777|0912345678", "#2|Mùa Thị Dợ|2017|014317000225|Mùa A Cha|1986|014086000776|Thào Thị Má|1989|014189000778|0912345679",
				"#3|Hà Thị Mẫu|2018|014318000339|Hà Văn Ba|1987|014087000776|Lò Thị U|1990|014190000779|0912345670",
			},
			"A ordinal, B full_name, C birth_date, D personal_id, E father_name, F father_birth, G father_id, H mother_name, I mother_birth, J mother_id, K phone", "2 3 4", "",
		}, {
			"the number after the parents is theirs", []string{
				"STT|Họ tên trẻ|Ngày sinh|Họ tên mẹ|Số CCCD", "#1|Lò Văn Thử|09/05/2016|Vì Thị Mẹ|014188000777", "#2|Mùa Thị Dợ|10/06/2017|Thào Thị Má|014189000778", "#3|Hà Thị Mẫu|11/07/2018|Lò Thị U|014190000779",
			},
			"A ordinal, B full_name, C birth_date, D mother_name, E mother_id", "2 3 4", "",
		}, {
			"class list with three codes", []string{
				"Sở GD&ĐT SƠN LA", "DANH SÁCH HỌC SINH LỚP 1A", "", "STT|Mã định danh Bộ GD&ĐT|Họ tên|Ngày sinh|Giới tính|Số CMND|Số định danh cá nhân|Nơi cấp|Tên cha|Năm sinh cha|Nghề nghiệp cha",
				"#1|1412345678|Lò Văn Thử|09/05/2016|Nam||014216000117||Lò Văn Bố|1985|Làm ruộng", "#2|1412345679|Mùa Thị Dợ|10/06/2017|Nữ||014317000225||Mùa A Cha|1986|Làm ruộng",
				"#3|1412345680|Hà Thị Mẫu|11/07/2018|Nữ||014318000339||Hà Văn Ba|1987|Làm ruộng",
			},
			"A ordinal, C full_name, D birth_date, E sex, G personal_id, I father_name, J father_birth", "5 6 7", "",
		}, {
			"one column for girls", []string{
				"STT|Họ và tên|Ngày sinh|Nữ|Dân tộc", "#1|Lò Văn Thử|09/05/2016||Thái", "#2|Mùa Thị Dợ|10/06/2017|x|Mông", "#3|Hà Thị Mẫu|11/07/2018|x|Kinh",
			},
			"A ordinal, B full_name, C birth_date, D sex/female, E ethnicity", "2 3 4", "",
		}, {
			"parents in one cell, hints below the header", []string{
				"STT|Họ và tên trẻ em (viết chữ in hoa)|Ngày sinh|Họ tên cha (mẹ)|Bản", "||(dd/mm/yyyy)||", "#1|LÒ VĂN THỬ|09/05/2016|Lò Văn Bố (1985) – Vì Thị Mẹ|Bẹ",
				"#2|MÙA THỊ DỢ|10/06/2017|Con ông Mùa A Cha và bà Thào Thị Má|Bẹ", "#3|HÀ THỊ MẪU|11/07/2018|Mẹ: Lò Thị U|Bẹ",
			},
			"A ordinal, B full_name, C birth_date, D parents, E village", "3 4 5", "",
		}, {
			"no header", people, "B full_name, C birth_date, D sex, E personal_id", "1 2 3", "",
		}, {
			"unknown header over clear contents", append([]string{"STT|Cháu bé|Ngày sinh|Giới tính|Dãy số"}, people...),
			"A ordinal, B full_name, C birth_date, D sex, E personal_id", "2 3 4", "",
		}, {
			"householders and recipients are nobody of the list", []string{
				"Mã hộ|Họ và tên chủ hộ|Số CCCD của chủ hộ|Họ và tên|Ngày sinh|Quan hệ với chủ hộ|Số ĐDCN/CCCD", "H1|Lò Văn Chủ|014075000776|Lò Văn Thử|09/05/2016|Con|014216000117",
				"H2|Mùa A Chủ|014076000776|Mùa Thị Dợ|10/06/2017|Con|014317000225", "H3|Hà Văn Chủ|014077000776|Hà Thị Mẫu|11/07/2018|Con|014318000339",
			},
			"A household_code, B household_head, D full_name, E birth_date, F household_relation, G personal_id", "2 3 4", "",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			ro := read(t, page("Sheet1", c.lines...))
			if got := columns(ro.Sheets[0]); got != c.columns {
				t.Errorf("columns\n got %s\nwant %s", got, c.columns)
			}
			if got := rows(ro); got != c.rows {
				t.Errorf("people in rows %s, want %s", got, c.rows)
			}
			if got := skips(ro.Sheets[0]); got != c.skips {
				t.Errorf("skipped\n got %s\nwant %s", got, c.skips)
			}
		})
	}
}

// TestEveryRowIsAccountedFor counts people and skipped rows against the rows below the header that say anything.
func TestEveryRowIsAccountedFor(t *testing.T) {
	lines := []string{"STT|Họ và tên|Ngày sinh|Giới tính|Số CCCD", "1|2|3|4|5", "A|Thôn Một", people[0], "#2", "|Không rõ tên|||", "||||014216000118", "x", "Ghi chú: danh sách tạm", "|||Nam|", people[1]}
	ro := read(t, page("Sheet1", lines...))
	if got := ro.Sheets[0].Records + len(ro.Sheets[0].Skipped); got != len(lines)-1 {
		t.Errorf("%d rows accounted for, want %d: people %s, skipped %s", got, len(lines)-1, rows(ro), skips(ro.Sheets[0]))
	}
}

func TestHamlets(t *testing.T) {
	ro := read(t, page("Sheet1", "STT|Họ và tên|Ngày sinh|Giới tính|Số CCCD", "I|BẢN NÀ SAY: 25 cháu", people[0], "II. Thôn Trò A (2 trẻ)", people[1], "Trẻ dưới 6 tuổi", people[2]))
	want := []string{"Bản Nà Say", "Thôn Trò A", "Thôn Trò A"}
	for i, w := range want {
		if got := ro.Value(i, roster.Village).Text; got != w {
			t.Errorf("person %d lives in %q, want %q", i, got, w)
		}
	}
	sheets := read(t, page("Bản Bẹ", "STT|Họ và tên|Ngày sinh|Giới tính|Số CCCD", people[0]), page("Hướng dẫn", "Cách điền danh sách", "1. Ghi họ và tên"), page("Bản Chung", "STT|Họ và tên|Ngày sinh|Giới tính|Số CCCD", people[1]))
	if len(sheets.Records) != 2 || sheets.Records[1].Sheet != 2 || sheets.Value(1, roster.Village).Text != "Bản Chung" {
		t.Errorf("two hamlets, one a sheet: %+v", sheets.Records)
	}
	bon := read(t, page("Sheet1", "Họ và tên|Ngày sinh|Giới tính|Số CCCD", "Bon Bu N'Drung", "Y Tol|09/05/2016|Nam|067216000117"))
	if len(bon.Records) != 1 || bon.Value(0, roster.Village).Text != "Bon Bu N'Drung" {
		t.Errorf("a hamlet of the Mnông: %d people", len(bon.Records))
	}
}

func TestHiddenRowsAndFarRows(t *testing.T) {
	lines := []string{"STT|Họ và tên|Ngày sinh|Giới tính|Số CCCD", people[0], "~" + people[1]}
	for range 300 {
		lines = append(lines, "")
	}
	ro := read(t, page("Sheet1", append(lines, people[2])...))
	if got := rows(ro); got != "2 3 304" || ro.Sheets[0].HiddenRows != 1 {
		t.Errorf("people in rows %s, %d hidden", got, ro.Sheets[0].HiddenRows)
	}
}

func TestOldEncodingsWithoutFont(t *testing.T) {
	// "Nguyễn Thị Hồng", "Đặng Văn Đức", "Lường Quý Phước" in TCVN3, as a program shows them that takes them for Latin 1.
	ro := read(t, page("Sheet1", "STT|Hä vµ tªn|Ngµy sinh|Giíi tÝnh", "#1|NguyÔn ThÞ Hång|09/05/2016|N÷", "#2|§Æng V¨n §øc|10/06/2017|Nam", "#3|L\u00ADêng Quý Ph\u00ADíc|11/07/2018|Nam"))
	want := []string{"Nguyễn Thị Hồng", "Đặng Văn Đức", "Lường Quý Phước"}
	for i, w := range want {
		if got := ro.Value(i, roster.FullName).Text; got != w {
			t.Errorf("reads %q, want %q", got, w)
		}
	}
	if raw := ro.Records[0].Cells[1]; raw.Text != "NguyÔn ThÞ Hång" || raw.Legacy != roster.TCVN3 {
		t.Errorf("the raw cell is %+v", raw)
	}
}

func TestOfficersWordOnColumns(t *testing.T) {
	lines := append([]string{"STT|Họ và tên|Ngày sinh|Giới tính|Mã"}, people...)
	ro := readWith(t, roster.ReadOptions{Map: map[roster.Field]int{roster.PersonalID: 4, roster.Village: 0}}, page("Sheet1", lines...))
	if got, want := columns(ro.Sheets[0]), "A village, B full_name, C birth_date, D sex, E personal_id"; got != want {
		t.Errorf("columns %s, want %s", got, want)
	}
}

func TestContentsAgainstHeader(t *testing.T) {
	ro := read(t, page("Sheet1", "STT|Họ và tên|Ngày sinh|Giới tính|Số CCCD", "#1|Lò Văn Thử|014216000117|Nam|09/05/2016", "#2|Mùa Thị Dợ|014317000225|Nữ|10/06/2017", "#3|Hà Thị Mẫu|014318000339|Nữ|11/07/2018"))
	for _, c := range ro.Sheets[0].Columns {
		switch c.Field {
		case roster.BirthDate:
			if c.Looks != roster.PersonalID || c.Confidence >= 0.9 {
				t.Errorf("numbers under Ngày sinh: %+v", c)
			}
		case roster.PersonalID:
			if c.Looks != roster.BirthDate {
				t.Errorf("dates under Số CCCD: %+v", c)
			}
		}
	}
}

func TestKinds(t *testing.T) {
	paid := page("Sheet1", "STT|Họ và tên|Ngày sinh|Hệ số|Mức hưởng|Số quyết định", "#1|Lò Văn Thử|09/05/1946|1,5|750000|12/QĐ", "#2|Mùa Thị Dợ|10/06/1947|2|1000000|13/QĐ")
	if got := read(t, paid).Kind; got != roster.KindBeneficiary {
		t.Errorf("a list of allowances is %q", got)
	}
	if got := readWith(t, roster.ReadOptions{Kind: roster.KindChild}, paid).Kind; got != roster.KindChild {
		t.Errorf("said to be children, is %q", got)
	}
	titled := append([]string{"DANH SÁCH ĐỐI TƯỢNG BẢO TRỢ XÃ HỘI", "STT|Họ và tên|Ngày sinh|Giới tính|Số CCCD"}, people...)
	if got := read(t, page("Sheet1", titled...)).Kind; got != roster.KindBeneficiary {
		t.Errorf("a titled list is %q", got)
	}
}

func TestNoList(t *testing.T) {
	for name, sheet := range map[string]roster.Sheet{
		"empty":       page("Sheet1"),
		"text":        page("Sheet1", "Kính gửi: Ủy ban nhân dân xã", "Đề nghị rà soát"),
		"header only": page("Sheet1", "STT|Đơn vị|Số lượng", "#1|Bản Bẹ|#25"),
	} {
		if ro, err := roster.Read(roster.Book{Sheets: []roster.Sheet{sheet}}, roster.ReadOptions{}); err == nil {
			t.Errorf("%s: read as a list of %d, columns %s", name, len(ro.Records), columns(ro.Sheets[0]))
		}
	}
	empty := read(t, page("Sheet1", "STT|Họ và tên|Ngày sinh|Giới tính"))
	if len(empty.Records) != 0 || len(empty.Sheets[0].Columns) != 4 {
		t.Errorf("a form without people: %+v", empty.Sheets[0])
	}
}

func TestCompactReadsTheSame(t *testing.T) {
	lines := append([]string{"STT|Họ và tên|Ngày sinh|Giới tính|Số CCCD"}, people...)
	plain, packed := read(t, page("Sheet1", lines...)), readWith(t, roster.ReadOptions{Compact: true}, page("Sheet1", lines...))
	for i := range plain.Records {
		for f := range roster.NumFields {
			if a, b := plain.Value(i, f), packed.Value(i, f); a != b {
				t.Errorf("%s of person %d: %+v, packed %+v", f, i, a, b)
			}
		}
		if a, b := string(plain.Packed(i)), string(packed.Packed(i)); a != b {
			t.Errorf("person %d packs as %q and as %q", i, a, b)
		}
		if id := plain.Records[i].ID(); id != packed.Records[i].ID() || !strings.HasPrefix(id, "0:") {
			t.Errorf("ids %q and %q", id, packed.Records[i].ID())
		}
		if rec, ok := packed.Find(plain.Records[i].ID()); !ok || rec != i {
			t.Errorf("%s is found as %d, %v", plain.Records[i].ID(), rec, ok)
		}
	}
	for _, id := range []string{"", "0:1", "0:99999", "1:2", "0:02", "0", "x:2", "-1:2"} {
		if rec, ok := packed.Find(id); ok {
			t.Errorf("%q is person %d", id, rec)
		}
	}
}
