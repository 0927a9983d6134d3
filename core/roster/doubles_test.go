package roster_test

import (
	"testing"

	"lamsach/core/roster"
)

// TestSecondNumber: which of two columns of numbers tells the person's number, and what the list says then.
func TestSecondNumber(t *testing.T) {
	const a, b, c = "014216000117", "014317000225", "014318000339"
	for _, test := range []struct {
		name, header, columns string
		lines, numbers        []string
	}{
		{
			"numbers in the column of the old ones alone", "TT|Họ và tên|Ngày sinh|Số CMND", "A ordinal, B full_name, C birth_date, D personal_id",
			[]string{"#1|Lò Văn Thử|09/05/2016|" + a, "#2|Mùa Thị Dợ|10/06/2017|" + b, "#3|Hà Thị Mẫu|11/07/2018|" + c}, []string{a, b, c},
		}, {
			"beside an empty one", "TT|Họ và tên|Ngày sinh|Số định danh cá nhân|Số CMND", "A ordinal, B full_name, C birth_date, E personal_id",
			[]string{"#1|Lò Văn Thử|09/05/2016||" + a, "#2|Mùa Thị Dợ|10/06/2017||" + b, "#3|Hà Thị Mẫu|11/07/2018||" + c}, []string{a, b, c},
		}, {
			"gaps are filled", "TT|Họ và tên|Ngày sinh|Số CMND/CCCD|Số định danh cá nhân", "A ordinal, B full_name, C birth_date, D personal_id, E personal_id/spare",
			[]string{"#1|Lò Văn Thử|09/05/2016|" + a, "#2|Mùa Thị Dợ|10/06/2017||" + b, "#3|Hà Thị Mẫu|11/07/2018||" + c, "#4|Vì Thị Mẫu|11/07/2018|014318000447|" + c, "#5|Hà Văn Mẫu|11/08/2018|014218000447|" + a},
			[]string{a, b, c, "014318000447", "014218000447"},
		}, {
			"a column without gaps needs no other", "TT|Họ và tên|Ngày sinh|Số định danh cá nhân|Số CCCD", "A ordinal, B full_name, C birth_date, D personal_id",
			[]string{"#1|Lò Văn Thử|09/05/2016|" + a + "|" + a, "#2|Mùa Thị Dợ|10/06/2017|" + b + "|" + b, "#3|Hà Thị Mẫu|11/07/2018|" + c + "|" + b}, []string{a, b, c},
		}, {
			"numbers of grown-ups are not the children's", "TT|Họ và tên|Ngày sinh|Số định danh cá nhân|Số CCCD người khai", "A ordinal, B full_name, C birth_date, D personal_id",
			[]string{"#1|Lò Văn Thử|09/05/2016|" + a + "|014085000117", "#2|Mùa Thị Dợ|10/06/2017||014185000225", "#3|Hà Thị Mẫu|11/07/2018|" + c + "|014186000339"}, []string{a, "", c},
		}, {
			"nor where the children have none", "TT|Họ và tên|Ngày sinh|Số CCCD người khai|Số định danh cá nhân", "A ordinal, B full_name, C birth_date, E personal_id",
			[]string{"#1|Lò Văn Thử|09/05/2016|014085000117", "#2|Mùa Thị Dợ|10/06/2017|014185000225", "#3|Hà Thị Mẫu|11/07/2018|014186000339"}, []string{"", "", ""},
		}, {
			"old numbers stay aside", "TT|Họ và tên|Ngày sinh|Số định danh cá nhân|Số CMND", "A ordinal, B full_name, C birth_date, D personal_id",
			[]string{"#1|Lò Văn Thử|09/05/1966|014066000117|050123456", "#2|Mùa Thị Dợ|10/06/1967||050123457", "#3|Hà Thị Mẫu|11/07/1968|014168000339|050123458"}, []string{"014066000117", "", "014168000339"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			ro := read(t, page("Sheet1", append([]string{test.header}, test.lines...)...))
			if got := columns(ro.Sheets[0]); got != test.columns {
				t.Errorf("columns\n got %s\nwant %s", got, test.columns)
			}
			for i, want := range test.numbers {
				if got := ro.Raw(i, roster.PersonalID).Text; got != want {
					t.Errorf("person %d: number %q, want %q", i, got, want)
				}
			}
			if _, err := roster.DecodeInfo(roster.EncodeInfo(ro)); err != nil {
				t.Errorf("the layout does not come back: %v", err)
			}
			writes, ok := ro.Place(1, roster.PersonalID, b)
			if at := ro.Sheets[0].ColumnOf(roster.PersonalID); !ok || len(writes) > 1 || len(writes) == 1 && writes[0].Column != at {
				t.Errorf("a correction goes into %+v, want column %d", writes, at)
			}
		})
	}
}

// TestColumnsOfOneField: names and dates over several columns under one header, headers that say what was wrong and what is right, and
// those that name somebody else.
func TestColumnsOfOneField(t *testing.T) {
	for _, test := range []struct {
		name, header, columns string
		lines                 []string
		field                 roster.Field
		says                  []string
	}{
		{
			"a name over two columns", "TT|Họ và tên||Ngày sinh", "A ordinal, B full_name/family, C full_name/given, D birth_date",
			[]string{"#1|Lò Văn|An|09/05/2016", "#2|Mùa Thị|Dợ|10/06/2017", "#3|Hà Thị Thu|Nam|11/07/2018"}, roster.FullName, []string{"Lò Văn An", "Mùa Thị Dợ", "Hà Thị Thu Nam"},
		}, {
			"whole names beside a column without a header", "TT|Họ và tên||Ngày sinh", "A ordinal, B full_name, D birth_date",
			[]string{"#1|Lò Văn An|Bẹ|09/05/2016", "#2|Mùa Thị Dợ|Chống|10/06/2017", "#3|Hà Thị Thu Nam|Bẹ|11/07/2018"}, roster.FullName, []string{"Lò Văn An", "Mùa Thị Dợ", "Hà Thị Thu Nam"},
		}, {
			"a father's name over two columns", "TT|Họ và tên|Ngày sinh|Họ và tên cha||Họ và tên mẹ|NS mẹ", "A ordinal, B full_name, C birth_date, D father_name/family, E father_name/given, F mother_name, G mother_birth",
			[]string{"#1|Lò Văn An|09/05/2016|Lò Văn|Bình|Vì Thị Ín|#1990", "#2|Mùa Thị Dợ|10/06/2017|Mùa A|Dơ|Sùng Thị Mỷ|#1991", "#3|Hà Thị Nam|11/07/2018|Hà Văn|Tư|Lò Thị Sáu|#1992"}, roster.FatherName, []string{"Lò Văn Bình", "Mùa A Dơ", "Hà Văn Tư"},
		}, {
			"both parents under one header", "TT|Họ và tên|Ngày sinh|Họ và tên mẹ, cha|", "A ordinal, B full_name, C birth_date, D mother_name, E father_name",
			[]string{"#1|Lò Văn An|09/05/2016|Vì Thị Ín|Lò Văn Bình", "#2|Mùa Thị Dợ|10/06/2017|Sùng Thị Mỷ|Mùa A Dơ", "#3|Hà Thị Nam|11/07/2018|Lò Thị Sáu|Hà Văn Tư"}, roster.FatherName, []string{"Lò Văn Bình", "Mùa A Dơ", "Hà Văn Tư"},
		}, {
			"a date over three columns", "TT|Họ và tên|Ngày, tháng, năm sinh|||Giới tính", "A ordinal, B full_name, C birth_date/day, D birth_date/month, E birth_date/year, F sex",
			[]string{"#1|Lò Văn An|#9|#5|#2016|Nam", "#2|Mùa Thị Dợ|#10|#6|#2017|Nữ", "#3|Hà Thị Nam|#11|#7|#2018|Nữ"}, roster.BirthDate, []string{"9/5/2016", "10/6/2017", "11/7/2018"},
		}, {
			"what was wrong and what is right", "TT|Họ và tên|Ngày sinh sai|Ngày sinh đúng", "A ordinal, B full_name, C birth_date/spare, D birth_date",
			[]string{"#1|Lò Văn An|09/05/2015|09/05/2016", "#2|Mùa Thị Dợ|10/06/2017|", "#3|Hà Thị Nam|11/07/2018|", "#4|Hà Thị Tư|11/07/2018|", "#5|Hà Thị Sáu|11/07/2018|"}, roster.BirthDate, []string{"09/05/2016", "10/06/2017", "11/07/2018"},
		}, {
			"what is old is not what is missing", "TT|Họ và tên|Ngày sinh cũ|Ngày sinh", "A ordinal, B full_name, D birth_date",
			[]string{"#1|Lò Văn An|09/05/2015|09/05/2016", "#2|Mùa Thị Dợ|10/06/2016|", "#3|Hà Thị Nam|11/07/2017|11/07/2018", "#4|Hà Thị Tư|11/07/2018|11/07/2018"}, roster.BirthDate, []string{"09/05/2016", "", "11/07/2018"},
		}, {
			"the software's name after the right one", "TT|Họ tên theo giấy khai sinh|Họ tên trên phần mềm|Ngày sinh", "A ordinal, B full_name, C full_name/spare, D birth_date",
			[]string{"#1|Lò Văn An|Lo Van An|09/05/2016", "#2|Mùa Thị Dợ|Mua Thi Do|10/06/2017", "#3|Hà Thị Nam|Ha Thi Nam|11/07/2018"}, roster.FullName, []string{"Lò Văn An", "Mùa Thị Dợ", "Hà Thị Nam"},
		}, {
			"a teacher before the child", "TT|Họ tên GVCN|Họ và tên|Ngày sinh", "A ordinal, C full_name, D birth_date",
			[]string{"#1|Nguyễn Thị Hoa|Lò Văn An|09/05/2016", "#2|Nguyễn Thị Hoa|Mùa Thị Dợ|10/06/2017", "#3|Nguyễn Thị Hoa|Hà Thị Nam|11/07/2018"}, roster.FullName, []string{"Lò Văn An", "Mùa Thị Dợ", "Hà Thị Nam"},
		}, {
			"somebody else with his number before the child", "TT|Họ tên ông bà|CCCD ông bà|Họ và tên|Ngày sinh|Số CCCD", "A ordinal, D full_name, E birth_date, F personal_id",
			[]string{"#1|Nguyễn Thị Hoa|014155000117|Lò Văn An|09/05/2016|014216000117", "#2|Nguyễn Thị Mơ|014155000118|Mùa Thị Dợ|10/06/2017|014317000225", "#3|Nguyễn Thị Lê|014155000119|Hà Thị Nam|11/07/2018|014318000339"},
			roster.PersonalID, []string{"014216000117", "014317000225", "014318000339"},
		}, {
			"no father in a cadre, in leaving school or in a state", "TT|Họ và tên|Ngày sinh|Cán bộ phụ trách|Năm bỏ học|Tình trạng mẹ|Nơi làm việc của bố|Họ tên mẹ", "A ordinal, B full_name, C birth_date, H mother_name",
			[]string{"#1|Lò Văn An|09/05/2016|Lò Thị Thử|#2024|Còn sống|Ở nhà|Vì Thị Ín", "#2|Mùa Thị Dợ|10/06/2017|Lò Thị Thử|#2025|Còn sống|Hà Nội|Sùng Thị Mỷ", "#3|Hà Thị Nam|11/07/2018|Lò Thị Thử|#2025|Đã mất|Ở nhà|Lò Thị Sáu"},
			roster.MotherName, []string{"Vì Thị Ín", "Sùng Thị Mỷ", "Lò Thị Sáu"},
		}, {
			"ticks behind the mother", "TT|Họ và tên|Ngày sinh|Họ tên mẹ|Đã có CCCD|Chưa có CCCD", "A ordinal, B full_name, C birth_date, D mother_name",
			[]string{"#1|Lò Văn An|09/05/2016|Vì Thị Ín|x|", "#2|Mùa Thị Dợ|10/06/2017|Sùng Thị Mỷ||x", "#3|Hà Thị Nam|11/07/2018|Lò Thị Sáu|x|"}, roster.MotherID, []string{"", "", ""},
		}, {
			"a number with its day of issue", "TT|Họ và tên|Ngày sinh|Số CCCD, ngày cấp|Ngày cấp CCCD", "A ordinal, B full_name, C birth_date, D personal_id",
			[]string{"#1|Lò Văn An|09/05/2016|014216000117|12/03/2024", "#2|Mùa Thị Dợ|10/06/2017|014317000225|12/03/2024", "#3|Hà Thị Nam|11/07/2018|014318000339|12/03/2024"}, roster.PersonalID, []string{"014216000117"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			ro := read(t, page("Sheet1", append([]string{test.header}, test.lines...)...))
			if got := columns(ro.Sheets[0]); got != test.columns {
				t.Errorf("columns\n got %s\nwant %s", got, test.columns)
			}
			if _, err := roster.DecodeInfo(roster.EncodeInfo(ro)); err != nil {
				t.Errorf("the layout does not come back: %v", err)
			}
			for i, want := range test.says {
				if got := ro.Raw(i, test.field).Text; got != want {
					t.Errorf("person %d: %q, want %q", i, got, want)
				}
			}
		})
	}
}

// TestCorrectionsOfTwoColumns: a corrected value goes where the wrong one stands, but never into a column of what was wrong.
func TestCorrectionsOfTwoColumns(t *testing.T) {
	for _, test := range []struct {
		header string
		field  roster.Field
		value  string
		want   int
	}{
		{"TT|Họ và tên|Ngày sinh|Số CCCD|Mã định danh", roster.PersonalID, "014317000999", 4},
		{"TT|Họ và tên|Ngày sinh|Số CCCD đúng|Số CCCD sai", roster.PersonalID, "014317000999", 3},
	} {
		ro := read(t, page("Sheet1", test.header, "#1|Lò Văn An|09/05/2016|014216000117|", "#2|Mùa Thị Dợ|10/06/2017||014317000225", "#3|Hà Thị Nam|11/07/2018|014318000339|",
			"#4|Hà Thị Tư|11/07/2018||014318000447"))
		writes, ok := ro.Place(1, test.field, test.value)
		if !ok || len(writes) != 1 || writes[0].Column != test.want || writes[0].Cell.Text != test.value {
			t.Errorf("%s: %+v, want column %d", test.header, writes, test.want)
		}
	}
}
