package roster_test

import (
	"testing"

	"lamsach/core/roster"
)

// TestNameWithBirth: name and birth date in one cell are read apart, and written together again.
func TestNameWithBirth(t *testing.T) {
	for _, test := range []struct{ header, cell, name, birth, renamed, dated string }{
		{"Họ và tên, ngày sinh", "Lò Văn An, 12/03/2015", "Lò Văn An", "12/03/2015", "Lò Văn Ân, 12/03/2015", "Lò Văn An, 13/03/2015"},
		{"Họ và tên (ngày, tháng, năm sinh)", "Lò Văn An (12/3/2015)", "Lò Văn An", "12/3/2015", "Lò Văn Ân (12/3/2015)", "Lò Văn An (13/03/2015)"},
		{"Họ và tên", "Lò Văn An – sinh ngày 12-03-2015", "Lò Văn An", "12-03-2015", "Lò Văn Ân, 12-03-2015", "Lò Văn An, 13/03/2015"},
		{"Họ tên/năm sinh", "Lò Văn An (SN: 2015)", "Lò Văn An", "2015", "Lò Văn Ân (2015)", "Lò Văn An (13/03/2015)"},
		{"Họ tên trẻ", "Lò Văn An 2015", "Lò Văn An", "2015", "Lò Văn Ân, 2015", "Lò Văn An, 13/03/2015"},
		{"Họ tên trẻ", "Lò Văn An", "Lò Văn An", "", "Lò Văn Ân", "Lò Văn An, 13/03/2015"},
		{"Họ tên trẻ", "12/03/2015", "", "12/03/2015", "Lò Văn Ân, 12/03/2015", "13/03/2015"},
		{"Họ tên trẻ", "Lò Văn An (lớp 3)", "Lò Văn An (lớp 3)", "", "Lò Văn Ân", "Lò Văn An (lớp 3) (13/03/2015)"},
	} {
		t.Run(test.header+": "+test.cell, func(t *testing.T) {
			ro := read(t, page("Sheet1", "TT|"+test.header+"|Giới tính|Dân tộc", "#1|"+test.cell+"|Nam|Thái", "#2|Mùa Thị Dợ, 10/06/2017|Nữ|Mông",
				"#3|Hà Thị Nam (11/07/2018)|Nữ|Thái", "#4|Vì Văn Tư, 2016|Nam|Thái"))
			if got, want := columns(ro.Sheets[0]), "A ordinal, B full_name/birth, C sex, D ethnicity"; got != want || !ro.Has(roster.BirthDate) || len(ro.Records) != 4 {
				t.Fatalf("columns %s, want %s; %d people", got, want, len(ro.Records))
			}
			if _, err := roster.DecodeInfo(roster.EncodeInfo(ro)); err != nil {
				t.Errorf("the layout does not come back: %v", err)
			}
			if name, birth := ro.Raw(0, roster.FullName).Text, ro.Raw(0, roster.BirthDate).Text; name != test.name || birth != test.birth {
				t.Errorf("%q and %q, want %q and %q", name, birth, test.name, test.birth)
			}
			for field, c := range map[roster.Field]struct{ value, want string }{roster.FullName: {"Lò Văn Ân", test.renamed}, roster.BirthDate: {"13/03/2015", test.dated}} {
				writes, ok := ro.Place(0, field, c.value)
				if !ok || len(writes) != 1 || writes[0].Column != 1 || writes[0].Cell.Text != c.want {
					t.Errorf("%s: %+v, want %q", field, writes, c.want)
				}
			}
		})
	}
	// A list with a column of its own for one of them keeps the other cell whole.
	ro := read(t, page("Sheet1", "TT|Họ và tên|Ngày sinh", "#1|Lò Văn An (2015)|12/03/2015", "#2|Mùa Thị Dợ (2017)|10/06/2017", "#3|Hà Thị Nam (2018)|11/07/2018"))
	if got := ro.Raw(0, roster.FullName).Text; got != "Lò Văn An (2015)" {
		t.Errorf("beside a date: %q", got)
	}
}
