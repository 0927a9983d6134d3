package roster_test

import (
	"strings"
	"testing"

	"lamsach/core/roster"
)

// told writes one field of all people: "a; b; –".
func told(ro *roster.Roster, f roster.Field) string {
	var all []string
	for i := range ro.Records {
		text := ro.Value(i, f).Text
		if text == "" {
			text = "–"
		}
		all = append(all, text)
	}
	return strings.Join(all, "; ")
}

// TestHouseholds: the householder above the children is nobody of the list, and what the house has in common is carried down.
func TestHouseholds(t *testing.T) {
	blocks := []string{
		"STT|Họ và tên|Ngày sinh|Số định danh|Địa chỉ",
		"#1|Lò Văn Bố|#1985|014085000111|Bản Bẹ", "|Lò Văn Thử|09/05/2016|014216000117|", "|Lò Thị Em|10/06/2018|014318000225|",
		"#2|Mùa Thị Mẹ|#1990|014190000222|Bản Đỉn", "|Mùa A Mẫu|11/07/2019|014219000339|",
		"#3|Hà Văn Ông|||Bản Nà", "|Hà Thị Cháu|@2020-01-02|014320000445|",
	}
	ro := read(t, page("Sheet1", blocks...))
	if got := rows(ro); got != "3 4 6 8" {
		t.Errorf("people in rows %s", got)
	}
	if got := told(ro, roster.Address); got != "Bản Bẹ; Bản Bẹ; Bản Đỉn; Bản Nà" {
		t.Errorf("addresses %s", got)
	}
	if got := skips(ro.Sheets[0]); got != "2 household, 5 household, 7 household" || !ro.Sheets[0].Households {
		t.Errorf("skipped %s", got)
	}
	ro = readWith(t, roster.ReadOptions{Kind: roster.KindBeneficiary}, page("Sheet1", blocks...))
	if len(ro.Records) != 7 {
		t.Errorf("%d people receive, want all 7", len(ro.Records))
	}
}

// TestHouseholdsByRelation: where the list says who is the householder it need leave nothing empty.
func TestHouseholdsByRelation(t *testing.T) {
	ro := read(t, page("Sheet1",
		"STT|Họ và tên|Quan hệ với chủ hộ|Năm sinh|Số định danh|Địa chỉ",
		"#1|Lò Văn Bố|Chủ hộ|#1985|014085000111|Bản Bẹ", "#2|Lò Thị Vợ|Vợ|#1987|014187000112|Bản Bẹ", "#3|Lò Văn Thử|Con|#2016|014216000117|Bản Bẹ",
		"#4|Mùa Thị Mẹ|Chủ hộ|#1990|014190000222|Bản Đỉn", "#5|Mùa A Mẫu|Con|#2019|014219000339|Bản Đỉn", "#6|Mùa A Bé|Cháu|#2020|014220000340|Bản Đỉn"))
	if got := rows(ro); got != "4 6 7" {
		t.Errorf("people in rows %s", got)
	}
}

// TestNothingIsCarriedByChance: addresses that are missing here and there are missing.
func TestNothingIsCarriedByChance(t *testing.T) {
	ro := read(t, page("Sheet1", "STT|Họ và tên|Ngày sinh|Họ tên mẹ|Địa chỉ",
		"#1|Lò Văn Thử|09/05/2016|Lò Thị Mẹ|Bản Bẹ", "#2|Mùa A Mẫu|10/06/2017|Mùa Thị Dợ|", "#3|Hà Thị Em|11/07/2018|Hà Thị Bà|Bản Nà", "#4|Vì Văn Út|12/08/2019|Vì Thị Cô|"))
	if got := told(ro, roster.Address); got != "Bản Bẹ; –; Bản Nà; –" {
		t.Errorf("addresses %s", got)
	}
	ro = read(t, page("Sheet1", "STT|Họ và tên|Ngày sinh|Họ tên mẹ|Địa chỉ",
		"#1|Lò Văn Thử|09/05/2016|Lò Thị Mẹ|Bản Bẹ", "#2|Lò A Mẫu|10/06/2017|Lò Thị Mẹ|", "#3|Hà Thị Em|11/07/2018|Hà Thị Bà|Bản Nà", "#4|Hà Văn Út|12/08/2019|Hà Thị Bà|"))
	if got := told(ro, roster.Address); got != "Bản Bẹ; Bản Bẹ; Bản Nà; Bản Nà" {
		t.Errorf("addresses of brothers and sisters %s", got)
	}
}

// TestSecondTable: a table further down has its own order of columns, in reading and in writing back.
func TestSecondTable(t *testing.T) {
	for _, compact := range []bool{false, true} {
		ro := readWith(t, roster.ReadOptions{Compact: compact}, page("Sheet1",
			"STT|Họ và tên|Ngày sinh|Giới tính|Số CCCD", people[0], people[1], people[2], "", "II. DANH SÁCH BỔ SUNG||||",
			"TT|Số định danh|Họ và tên trẻ|Giới tính|Ghi chú|Ngày tháng năm sinh", "#1|014219000441|Lò Văn Thêm|Nam|mới sinh|12/08/2019", "#2|014320000552|Hà Thị Mới|Nữ||13/09/2020"))
		if got := rows(ro); got != "2 3 4 8 9" {
			t.Errorf("people in rows %s; skipped %s", got, skips(ro.Sheets[0]))
		}
		if got := told(ro, roster.PersonalID); got != "014216000117; 014317000225; 014318000339; 014219000441; 014320000552" {
			t.Errorf("numbers %s", got)
		}
		if got := told(ro, roster.FullName) + " " + told(ro, roster.BirthDate); !strings.HasSuffix(got, "; 12/08/2019; 13/09/2020") || !strings.Contains(got, "Lò Văn Thêm; Hà Thị Mới") {
			t.Errorf("names and dates %s", got)
		}
		if got := told(ro, roster.Note); got != "–; –; –; mới sinh; –" {
			t.Errorf("notes %s", got)
		}
		for rec, want := range map[int]int{0: 1, 3: 2} {
			writes, ok := ro.Place(rec, roster.FullName, "Lò Văn Sửa")
			if !ok || len(writes) != 1 || writes[0].Column != want {
				t.Errorf("the name of person %d is written to %v, want column %d", rec, writes, want)
			}
		}
		if _, ok := ro.Place(0, roster.Note, "x"); ok {
			t.Error("the first table has no notes to write to")
		}
		for i := range ro.Records {
			if !ro.Fits(&ro.Records[i]) {
				t.Errorf("person %d does not fit the sheet", i)
			}
		}
	}
}

// TestCodesOfSex: 1 and 0 mean what the header, the numbers or the names say.
func TestCodesOfSex(t *testing.T) {
	for _, c := range []struct{ name, head, lines, want string }{
		{"by the numbers", "Giới tính", "Lò Văn Thử|#1|014216000117;Mùa Thị Dợ|#0|014317000225;Hà Thị Mẫu|#0|014318000339;Vì Văn Út|#1|014219000441;Lý Lan|#0|014320000552;Tẩn Minh|#1|014221000663", "Nam; Nữ; Nữ; Nam; Nữ; Nam"},
		{"turned round", "Giới tính", "Lò Văn Thử|0|014216000117;Mùa Thị Dợ|1|014317000225;Hà Thị Mẫu|1|014318000339;Vì Văn Út|0|014219000441;Lý Lan|1|014320000552;Tẩn Minh|0|014221000663", "Nam; Nữ; Nữ; Nam; Nữ; Nam"},
		{"by the header", "Giới tính (1: Nam, 2: Nữ)", "Lò Thử|1|;Mùa Dợ|2|;Hà Mẫu|2|", "Nam; Nữ; Nữ"},
		{"by the header, words first", "Giới tính (Nam=0; Nữ=1)", "Lò Thử|0|;Mùa Dợ|1|;Hà Mẫu|1|", "Nam; Nữ; Nữ"},
		{"nothing says it", "Giới tính", "Lò Thử|0|;Mùa Dợ|1|;Hà Mẫu|1|", "0; 1; 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			ro := read(t, page("Sheet1", append([]string{"Họ và tên|" + c.head + "|Số định danh|Ngày sinh"}, strings.Split(c.lines, ";")...)...))
			if got := told(ro, roster.Sex); got != c.want {
				t.Errorf("read %s, want %s", got, c.want)
			}
		})
	}
	ro := read(t, page("Sheet1", "Họ và tên|Giới tính (1: Nam, 2: Nữ)|Ngày sinh", "Lò Thử|1|09/05/2016", "Mùa Dợ|2|10/06/2017", "Hà Mẫu|2|11/07/2018"))
	if writes, ok := ro.Place(0, roster.Sex, "Nữ"); !ok || len(writes) != 1 || writes[0].Cell.Text != "2" {
		t.Errorf("written as %v", writes)
	}
}

// TestTicksOfSex: an empty box is no tick, and a cross is none beside a check mark.
func TestTicksOfSex(t *testing.T) {
	for _, c := range []struct{ name, lines, want string }{
		{"boxes", "Lò Văn Thử|09/05/2016|☑|☐;Mùa Thị Dợ|10/06/2017|☐|☑;Hà Thị Mẫu|11/07/2018|□|☒", "Nam; Nữ; Nữ"},
		{"empty boxes", "Lò Văn Thử|09/05/2016|☐|☐;Mùa Thị Dợ|10/06/2017|☐|☑;Hà Thị Mẫu|11/07/2018|☐|✔", "–; Nữ; Nữ"},
		{"crosses", "Lò Văn Thử|09/05/2016|✗|;Mùa Thị Dợ|10/06/2017||✘;Hà Thị Mẫu|11/07/2018||x", "Nam; Nữ; Nữ"},
		{"checks and crosses", "Lò Văn Thử|09/05/2016|✔|✘;Mùa Thị Dợ|10/06/2017|✗|✓;Hà Thị Mẫu|11/07/2018|✘|☑", "Nam; Nữ; Nữ"},
		{"both", "Lò Văn Thử|09/05/2016|☑|☑;Mùa Thị Dợ|10/06/2017|☐|☑;Hà Thị Mẫu|11/07/2018|x|✘", "Nam; Nữ; Nữ; Nam; Nữ"},
	} {
		t.Run(c.name, func(t *testing.T) {
			ro := read(t, page("Sheet1", append([]string{"Họ và tên|Ngày sinh|Nam|Nữ"}, strings.Split(c.lines, ";")...)...))
			if got := told(ro, roster.Sex); got != c.want {
				t.Errorf("read %s, want %s", got, c.want)
			}
		})
	}
}

// TestWordsOfSex: whatever words for the sexes are read, their column is sure.
func TestWordsOfSex(t *testing.T) {
	for _, words := range [][2]string{{"Con trai", "Con gái"}, {"Bé trai", "Bé gái"}, {"Giới tính nam", "Nữ giới"}, {"Nam", "Nử"}} {
		ro := read(t, page("Sheet1", "Họ và tên|Ngày sinh|Giới tính", "Lò Văn Thử|09/05/2016|"+words[0], "Mùa Thị Dợ|10/06/2017|"+words[1], "Hà Thị Mẫu|11/07/2018|"+words[1]))
		if c := ro.Sheets[0].Columns[2]; c.Field != roster.Sex || c.Looks != roster.NoField || c.Confidence < 0.9 {
			t.Errorf("%q: %+v", words, c)
		}
	}
}

// TestNamedColumns: what the officer says of a column holds.
func TestNamedColumns(t *testing.T) {
	lines := append([]string{"STT|Cột 1|Cột 2|Giới tính|Cột 4"}, people...)
	ro := readWith(t, roster.ReadOptions{Map: map[roster.Field]int{roster.FullName: 1, roster.BirthDate: 2, roster.PersonalID: 4}}, page("Sheet1", lines...))
	if got := columns(ro.Sheets[0]); got != "A ordinal, B full_name, C birth_date, D sex, E personal_id" {
		t.Errorf("columns %s", got)
	}
	for text, want := range map[string]int{"A": 0, "z": 25, "AA": 26, "xfd": 16383, "": -1, "A1": -1, "ABCD": -1} {
		if got := roster.ColumnIndex(text); got != want {
			t.Errorf("column %q is %d, want %d", text, got, want)
		}
	}
}
