package roster_test

import (
	"fmt"
	"strings"
	"testing"

	"lamsach/core/roster"
)

// TestOtherWordings: headers that the vocabulary does not have as a whole, told by their words and by what stands below.
func TestOtherWordings(t *testing.T) {
	for _, c := range []struct {
		name, header, columns string
		lines                 []string
	}{
		{
			"dates and numbers in other words", "STT|Tên trẻ|Sinh ngày, tháng, năm|Giới|Mã ĐD cá nhân", "A ordinal, B full_name, C birth_date, D sex, E personal_id", people,
		}, {
			"shortened dates", "STT|Họ tên các cháu|N/T/N sinh|Nam, nữ|Định danh", "A ordinal, B full_name, C birth_date, D sex, E personal_id", people,
		}, {
			"peoples by what stands there, places by their words", "TT|Họ và tên|Ngày sinh|T.phần DT|Ấp/khóm", "A ordinal, B full_name, C birth_date, D ethnicity, E village",
			[]string{"#1|Lò Văn Thử|09/05/2016|Thái|Ấp 3", "#2|Mùa Thị Dợ|10/06/2017|H'Mông|Khóm 5", "#3|Hà Thị Mẫu|11/07/2018|Kinh|Ấp 4"},
		}, {
			"the day under the header of the whole date", "TT|Họ và tên|Ngày sinh|Tháng sinh|Năm sinh|Giới tính",
			"A ordinal, B full_name, C birth_date/day, D birth_date/month, E birth_date/year, F sex",
			[]string{"#1|Lò Văn Thử|09|05|2016|Nam", "#2|Mùa Thị Dợ|#10|#6|#2017|Nữ", "#3|Hà Thị Mẫu|11|07|2018|Nữ"},
		}, {
			"the same behind a guardian", "TT|Người đại diện|Họ và tên|Ngày sinh|Tháng sinh|Năm sinh|Giới tính",
			"A ordinal, B guardian_name, C full_name, D birth_date/day, E birth_date/month, F birth_date/year, G sex",
			[]string{"#1|Lò Văn Bố|Lò Văn Thử|09|05|2016|Nam", "#2||Mùa Thị Dợ|#10|#6|#2017|Nữ", "#3|Vì Thị Bà|Hà Thị Mẫu|11|07|2018|Nữ"},
		}, {
			"circumstances beside the category", "TT|Họ và tên|Năm sinh|Hoàn cảnh|Đối tượng|Hệ số", "A ordinal, B full_name, C birth_date, E category, F coefficient",
			[]string{
				"#1|Lò Văn Thử|1966|Hộ nghèo|Người khuyết tật nặng|#1.5", "#2|Mùa Thị Dợ|1957|Mồ côi|Người cao tuổi hộ nghèo|#1.5", "#3|Hà Thị Mẫu|1978|Hộ nghèo|Người khuyết tật đặc biệt nặng|#2",
			},
		}, {
			"what is paid for several months before what is due for one", "TT|Họ và tên|Năm sinh|Thành tiền|Hệ số|Số tháng|Mức hưởng", "A ordinal, B full_name, C birth_date, E coefficient, G allowance",
			[]string{
				"#1|Lò Văn Thử|1966|#1500000|#1|#3|#500000", "#2|Mùa Thị Dợ|1957|#1000000|#1|#2|#500000", "#3|Hà Thị Mẫu|1978|#750000|#1.5|#1|#750000",
			},
		}, {
			"the same under a longer header", "TT|Họ và tên|Năm sinh|Thành tiền|Hệ số|Mức trợ cấp/tháng", "A ordinal, B full_name, C birth_date, E coefficient, F allowance",
			[]string{"#1|Lò Văn Thử|1966|#1500000|#1|#500000", "#2|Mùa Thị Dợ|1957|#1000000|#1|#500000", "#3|Hà Thị Mẫu|1978|#750000|#1.5|#750000"},
		}, {
			"what is paid where nothing else is the allowance", "TT|Họ và tên|Năm sinh|Hệ số|Thành tiền", "A ordinal, B full_name, C birth_date, D coefficient, E allowance",
			[]string{"#1|Lò Văn Thử|1966|#1|#500000", "#2|Mùa Thị Dợ|1957|#1|#500000", "#3|Hà Thị Mẫu|1978|#1.5|#750000"},
		}, {
			"ten digits that lack two zeros", "TT|Họ và tên|Ngày sinh|Số ĐDCN", "A ordinal, B full_name, C birth_date, D personal_id",
			[]string{"#1|Lò Văn Thử|09/05/2016|#8216000117", "#2|Mùa Thị Dợ|10/06/2017|#8317000225", "#3|Hà Thị Mẫu|11/07/2018|#2318000339"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			ro := read(t, page("Sheet1", append([]string{c.header}, c.lines...)...))
			if got := columns(ro.Sheets[0]); got != c.columns {
				t.Errorf("columns\n got %s\nwant %s", got, c.columns)
			}
			for _, column := range ro.Sheets[0].Columns {
				if column.Looks != roster.NoField {
					t.Errorf("column %s looks like %s", column.Header, column.Looks)
				}
			}
		})
	}
}

// TestWholeListsInOldFonts: header, people, groups, sums and signatures in an old font without a font name, other peoples' names among them.
func TestWholeListsInOldFonts(t *testing.T) {
	for _, c := range []struct {
		name  string
		lines []string
	}{
		{"TCVN3", []string{
			"STT|Hä vµ tªn trÎ|Ngµy th¸ng n¨m sinh|D©n téc|B¶n/Th«n|Ng\u00ADêi gi¸m hé|Quan hÖ víi trÎ|Ghi chó kh¸c",
			"I|B¶n Nµ Lèc||||||",
			"#1|Lß V¨n Thö|09/05/2016|Th¸i|Nµ Lèc|||",
			"#2|H'H\u00AD¬ng Niª|10/06/2017|Mn«ng|Nµ Lèc|Y §«ng Niª|¤ng néi|",
			"#3|§inh ThÞ M¬|11/07/2018|Hrª|Nµ Lèc|||míi",
			"#4|Bïi Quý Ph\u00ADíc|12/07/2018|M\u00ADêng|Nµ Lèc|||",
			"|Céng: 4 trÎ||||||",
			"|||||B¾c Yªn, ngµy 22 th¸ng 11 n¨m 2026||",
			"|NG¦êI LËP BIÓU||||CHñ TÞCH||",
			"|Lß V¨n H¶i||||§inh V¨n S¬n||",
		}},
		{"VNI", []string{
			"STT|Hoï vaø teân treû|Ngaøy thaùng naêm sinh|Daân toäc|Baûn/Thoân|Ngöôøi giaùm hoä|Quan heä vôùi treû|Ghi chuù khaùc",
			"I|Baûn Naø Loác||||||",
			"#1|Loø Vaên Thöû|09/05/2016|Thaùi|Naø Loác|||",
			"#2|H'Höông Nieâ|10/06/2017|Mnoâng|Naø Loác|Y Ñoâng Nieâ|OÂng noäi|",
			"#3|Ñinh Thò Mô|11/07/2018|Hreâ|Naø Loác|||môùi",
			"#4|Buøi Quyù Phöôùc|12/07/2018|Möôøng|Naø Loác|||",
			"|Coäng: 4 treû||||||",
			"|||||Baéc Yeân, ngaøy 22 thaùng 11 naêm 2026||",
			"|NGÖÔØI LAÄP BIEÅU||||CHUÛ TÒCH||",
			"|Loø Vaên Haûi||||Ñinh Vaên Sôn||",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			ro := read(t, page("Sheet1", c.lines...))
			if got, want := columns(ro.Sheets[0]), "A ordinal, B full_name, C birth_date, D ethnicity, E village, F guardian_name, G guardian_relation, H note"; got != want {
				t.Errorf("columns %s, want %s", got, want)
			}
			if got, want := skips(ro.Sheets[0]), "2 group, 7 sum, 8 signature, 9 signature, 10 signature"; got != want {
				t.Errorf("skipped %s, want %s", got, want)
			}
			var got []string
			for i := range ro.Records {
				got = append(got, fmt.Sprint(ro.Value(i, roster.FullName).Text, ", ", ro.Value(i, roster.Ethnicity).Text, ", ", ro.Value(i, roster.GuardianName).Text))
			}
			if want := "Lò Văn Thử, Thái, ; H'Hương Niê, Mnông, Y Đông Niê; Đinh Thị Mơ, Hrê, ; Bùi Quý Phước, Mường, "; strings.Join(got, "; ") != want {
				t.Errorf("people\n got %s\nwant %s", strings.Join(got, "; "), want)
			}
		})
	}
}

// TestNamesOfOtherPeoplesInOldFonts: hardly one word is Vietnamese, but the signs are no letters of any people.
func TestNamesOfOtherPeoplesInOldFonts(t *testing.T) {
	ro := read(t, page("Sheet1", "STT|Họ tên|Ngày sinh|Dân tộc", "#1|Puih Y Ng«ng|09/05/2016|Gia Rai", "#2|R¬ Ch©m Kp¨ Sam|10/06/2017|Gia Rai", "#3|H Ngu«m Hmok|11/07/2018|Ê Đê", "#4|Siu Doan|11/07/2019|Gia Rai",
		"#5|Kpui H'W¨n|12/07/2018|Gia Rai"))
	var got []string
	for i := range ro.Records {
		got = append(got, ro.Value(i, roster.FullName).Text+" "+ro.Value(i, roster.Ethnicity).Text)
	}
	if want := "Puih Y Ngông Gia Rai, Rơ Châm Kpă Sam Gia Rai, H Nguôm Hmok Ê Đê, Siu Doan Gia Rai, Kpui H'Wăn Gia Rai"; strings.Join(got, ", ") != want {
		t.Errorf("reads %s", strings.Join(got, ", "))
	}
}

// TestNamesInOldFontsOnly: where only the names are in an old font, words of Latin 1 elsewhere stay as they are.
func TestNamesInOldFontsOnly(t *testing.T) {
	ro := read(t, page("Sheet1", "STT|Họ và tên|Ngày sinh|Ghi chú", "#1|NguyÔn ThÞ Hång|09/05/2016|không rõ", "#2|§Æng V¨n §øc|không rõ|", "#3|L\u00ADêng Quý Ph\u00ADíc|11/07/2018|"))
	if got := ro.Value(0, roster.Note).Text + ", " + ro.Value(1, roster.BirthDate).Text; got != "không rõ, không rõ" {
		t.Errorf("reads %q", got)
	}
}
