package roster_test

import (
	"fmt"
	"strings"
	"testing"

	"lamsach/core/fault"
	"lamsach/core/roster"
)

// TestBeside: a second list to the right is not read, is not mixed with the first one, and is told.
func TestBeside(t *testing.T) {
	const head, left = "STT|Họ và tên|Ngày sinh|Số CCCD", "#1|Lò Văn Thử|09/05/2016|014216000117;#2|Mùa Thị Dợ|10/06/2017|014317000225;#3|Hà Thị Mẫu|11/07/2018|014318000339"
	const right = "#4|Vì Văn Út|12/08/2019|014219000441;#5|Lý Lan|13/09/2020|014320000552;#6|Tẩn Minh|14/10/2021|014221000663"
	for _, c := range []struct {
		name, header, left, right string
		columns, beside, rows     string
	}{
		{"two halves", head + "||" + head, left, right, "A ordinal, B full_name, C birth_date, D personal_id", "F–I 3 of G", "2 3 4"},
		{"without a blank between", head + "|" + head, left, right, "A ordinal, B full_name, C birth_date, D personal_id", "E–H 3 of F", "2 3 4"},
		{"the right one is shorter", head + "||" + head, left, "#4|Vì Văn Út|12/08/2019|014219000441", "A ordinal, B full_name, C birth_date, D personal_id", "F–I 1 of G", "2 3 4"},
		{"the left one is shorter", head + "||" + head, "#1|Lò Văn Thử|09/05/2016|014216000117;|||;|||", right, "A ordinal, B full_name, C birth_date, D personal_id", "F–I 3 of G", "2"},
		{"three parts", head + "||" + head + "||" + head, left, "#4|Vì Văn Út|12/08/2019|014219000441||#5|Lý Lan|13/09/2020|014320000552", "A ordinal, B full_name, C birth_date, D personal_id", "F–N 2 of G", "2 3 4"},
		{"nobody on the right", head + "||" + head, left, "", "A ordinal, B full_name, C birth_date, D personal_id", "", "2 3 4"},
		{"signed on the right", head + "||" + head, left, "|NGƯỜI LẬP BIỂU|", "A ordinal, B full_name, C birth_date, D personal_id", "", "2 3 4"},
		{"numbers on the right fill no gaps on the left", head + "||" + head, strings.ReplaceAll(left, "014317000225", ""), right, "A ordinal, B full_name, C birth_date, D personal_id", "F–I 3 of G", "2 3 4"},
		{
			"dates on the right are not the mothers'", "STT|Họ và tên|Ngày sinh|Họ tên mẹ||STT|Họ và tên|Ngày sinh|Họ tên mẹ",
			"#1|Lò Văn Thử|09/05/2016|Vì Thị Mẹ;#2|Mùa Thị Dợ|10/06/2017|Thào Thị Má", "#4|Vì Văn Út|12/08/2019|Lò Thị U;#5|Lý Lan|13/09/2020|Lý Thị Cô",
			"A ordinal, B full_name, C birth_date, D mother_name", "F–I 2 of G", "2 3",
		},
		{
			"names again without an ordinal", "STT|Họ và tên|Ngày sinh|Số CCCD|Họ và tên|Ngày sinh|Số CCCD|Dân tộc", left, "Vì Thị Mẹ|12/08/1989|014189000441|Thái;Lý Thị Cô|13/09/1990|014190000552|Mông;Lò Thị U|14/10/1991|014191000663|Kinh",
			"A ordinal, B full_name, C birth_date, D personal_id, H ethnicity", "E–H 3 of E", "2 3 4",
		},
		{
			"parents named by a header above", "STT|Họ và tên|Ngày sinh|Số CCCD|Cha|||Mẹ||;||||Họ và tên|Ngày sinh|Số CCCD|Họ và tên|Ngày sinh|Số CCCD", left, "",
			"A ordinal, B full_name, C birth_date, D personal_id, E father_name, F father_birth, G father_id, H mother_name, I mother_birth, J mother_id", "", "3 4 5",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			lines := strings.Split(c.header, ";")
			others := strings.Split(c.right, ";")
			for i, line := range strings.Split(c.left, ";") {
				if i < len(others) && others[i] != "" {
					if strings.Contains(c.header, "||STT") {
						line += "|"
					}
					line += "|" + others[i]
				}
				lines = append(lines, line)
			}
			for _, compact := range []bool{false, true} {
				ro := readWith(t, roster.ReadOptions{Compact: compact}, page("Sheet1", lines...))
				sheet := &ro.Sheets[0]
				if got := columns(*sheet); got != c.columns {
					t.Errorf("columns\n got %s\nwant %s", got, c.columns)
				}
				if got := rows(ro); got != c.rows {
					t.Errorf("people in rows %s, want %s", got, c.rows)
				}
				beside, want := "", []fault.Text(nil)
				if b := sheet.Beside; b != nil {
					from, to := roster.Letter(b.From), roster.Letter(b.To)
					beside = fmt.Sprintf("%s–%s %d of %s", from, to, b.People, roster.Letter(b.Name.Index))
					want = []fault.Text{fault.T("file.remark.beside", "Sheet", "Sheet1", "From", from, "To", to, "N", b.People)}
				}
				if beside != c.beside {
					t.Errorf("beside it %q, want %q", beside, c.beside)
				}
				if fmt.Sprint(ro.Remarks) != fmt.Sprint(want) {
					t.Errorf("remarks %v, want %v", ro.Remarks, want)
				}
				if again, err := roster.DecodeInfo(roster.EncodeInfo(ro)); err != nil || (again.Sheets[0].Beside == nil) != (beside == "") {
					t.Errorf("kept as %+v, %v", again, err)
				}
			}
		})
	}
}
