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
