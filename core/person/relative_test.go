package person_test

import (
	"testing"

	"lamsach/core/person"
)

func TestRelativesAreCalledInManyWays(t *testing.T) {
	checkNames(t, person.ReadParent, []nameCase{
		{"Bà nội Lò Thị Ún", "malformed", "Lò Thị Ún", ""}, {"Bà Nội Lò Thị Ún", "malformed", "Lò Thị Ún", ""}, {"BÀ NỘI LÒ THỊ ÚN", "malformed", "Lò Thị Ún", ""},
		{"bà nội lò thị ún", "malformed", "Lò Thị Ún", ""}, {"Bà nội: Lò Thị Ún", "malformed", "Lò Thị Ún", ""}, {"Bà ngoại - Lò Thị Ún", "malformed", "Lò Thị Ún", ""},
		{"Ông ngoại Lò Văn Ún", "malformed", "Lò Văn Ún", ""}, {"Anh ruột: Lò Văn Ún", "malformed", "Lò Văn Ún", ""}, {"Chị gái Lò Thị Ún", "malformed", "Lò Thị Ún", ""},
		{"ông Lò Văn Ún", "malformed", "Lò Văn Ún", ""}, {"Ông: Lò Văn Ún", "malformed", "Lò Văn Ún", ""}, {"Ô. Lò Văn An", "malformed", "Lò Văn An", ""},
		{"B. Vì Thị Bình", "malformed", "Vì Thị Bình", ""}, {"Bác Lò Văn Ún", "malformed", "Lò Văn Ún", ""}, {"NGH: Lò Thị Ún", "malformed", "Lò Thị Ún", ""},
		{"ở với bà ngoại Lò Thị Ún", "malformed", "Lò Thị Ún", ""}, {"Lò Thị Ún (bà nội)", "malformed", "Lò Thị Ún", "(bà nội)"},
		{"Lò Thị Ún - bà nội", "malformed", "Lò Thị Ún", "bà nội"}, {"Lò Thị Ún bà nội", "malformed", "Lò Thị Ún", "bà nội"}, {"Lò Thị Ún, bà nội", "malformed", "Lò Thị Ún", "bà nội"},
		{"Lò Văn A đi làm xa", "malformed", "Lò Văn A", "đi làm xa"}, {"Lò Văn A đã chết năm 2019", "malformed", "Lò Văn A", "đã chết năm 2019"},
		// family names that are called alike
		clean("Ông Lò Văn Ún"), clean("Ông Bá Lợi"), clean("Má Thị Páng"), clean("Anh Tuấn"), clean("Bà Thị Na"),
	})
}

func TestNotesInPlaceOfRelatives(t *testing.T) {
	for _, note := range []string{"mồ côi", "Mồ Côi", "Ly thân", "đi làm ăn xa", "Đi làm ăn xa", "đi tù", "chết", "bỏ đi", "không rõ", "ly hôn", "Đã ly hôn", "đã ly hôn, bỏ đi", "bố mẹ bỏ đi",
		"Bố đã chết", "Mẹ bỏ đi lấy chồng", "bố và mẹ đều đi tù", "tử vong", "đi xuất khẩu lao động", "xuất khẩu lao động", "bà nội", "Bà ngoại", "Ông bà nội", "ở với bà ngoại", "Bà", "ông mất", "Ông mất", "Ông đã mất", "Bố Mất", "Bà Mất", "Ông Nội",
		"chet", "mat", "mo coi", "bo di", "Bo di", "bo chet", "Bo chet", "me bo di lay chong", "Bo me da chet", "bo va me deu chet", "ba noi", "o voi ba ngoai", "Mat 2019", "mat 2019", "Chet nam 2019", "Mất 2019",
		"Đã mất 3/2019", "da chet tu 2019"} {
		checkNames(t, person.ReadParent, []nameCase{{note, "missing", "", note}})
		if !person.SaysNobody(note) {
			t.Errorf("%q names somebody", note)
		}
	}
	for _, name := range []string{"Lò Văn Chết", "Đi Thị Hoa", "Ly A Dế", "Từ Văn Trần", "Đang Thị Mai", "Bị Văn A", "Mồ Thị Côi", "Lầu A Tù", "Con Thị Sao", "Má Chua", "Ông Chua", "Ly Di", "Ly Thân", "Ông Mất", "Lo Thi Mat", "Mat Thi Bo", "Bo Chet"} {
		checkNames(t, person.ReadParent, []nameCase{clean(name)})
		if person.SaysNobody(name) {
			t.Errorf("%q names nobody", name)
		}
	}
}

func TestInstitutionsStayAsWritten(t *testing.T) {
	for _, name := range []string{"Trung tâm Bảo trợ xã hội tỉnh Sơn La", "TRUNG TÂM BTXH SỐ 2", "UBND xã Tà Xùa", "UBND xã", "Làng trẻ em SOS Điện Biên Phủ", "Mái ấm Hoa Ban", "Chùa Hang"} {
		checkNames(t, person.ReadParent, []nameCase{clean(name)})
		if !person.IsInstitution(name) {
			t.Errorf("%q is no institution", name)
		}
	}
	checkNames(t, person.ReadParent, []nameCase{{"UBND  xã", "untidy", "UBND xã", ""}})
	for _, name := range []string{"Trung Văn Tâm", "Hội Thị Chữ", "Trường Văn An", "Lò Thị Chùa"} {
		checkNames(t, person.ReadParent, []nameCase{clean(name)})
	}
}

func TestTitlesAndRemarksAreTakenOff(t *testing.T) {
	checkNames(t, person.ReadName, []nameCase{
		{"bé Lò Thị Na", "malformed", "Lò Thị Na", ""}, {"Bé Lò Thị Na", "malformed", "Lò Thị Na", ""}, {"em Lò Thị Na", "malformed", "Lò Thị Na", ""},
		{"Cháu Nguyễn Văn Bo", "malformed", "Nguyễn Văn Bo", ""}, {"CHÁU LÒ VĂN BO", "malformed", "Lò Văn Bo", ""},
		{"Lò Thị Ơn chuyển đi", "malformed", "Lò Thị Ơn", "chuyển đi"}, {"LÒ THỊ ƠN CHUYỂN ĐI", "malformed", "Lò Thị Ơn", "CHUYỂN ĐI"},
		{"Nguyễn Văn An tức Tí", "malformed", "Nguyễn Văn An", "tức Tí"}, {"Nguyễn Văn An còn gọi là Tí", "malformed", "Nguyễn Văn An", "còn gọi là Tí"},
		{"Lò Thị Ơn sang nước bạn", "malformed", "Lò Thị Ơn", "sang nước bạn"}, {"Lò Văn A chết", "malformed", "Lò Văn A", "chết"},
		{`Nguyễn Văn An "Tí"`, "malformed", "Nguyễn Văn An", `"Tí"`}, {"Nguyễn Văn An “Tí”", "malformed", "Nguyễn Văn An", "“Tí”"}, {"Nguyễn Văn An – Tí", "malformed", "Nguyễn Văn An", "Tí"},
		{"Nguyễn Văn An / Tí", "malformed", "Nguyễn Văn An", "Tí"}, {"Nguyễn Văn An – Lò Tí", "malformed", "", ""},
		// abbreviations
		{"Vì Thị Thu Hoài HKT", "malformed", "Vì Thị Thu Hoài", "HKT"}, {"Lò Thị Ơn KT", "malformed", "Lò Thị Ơn", "KT"}, {"Lò Thị Ơn DTTS HN", "malformed", "Lò Thị Ơn", "DTTS HN"},
		{"Lò Thị Ơn HN 2015", "malformed", "Lò Thị Ơn", "HN 2015"}, {"Lò Thị Ơn XKLĐ", "malformed", "Lò Thị Ơn", "XKLĐ"},
		{"VÌ THỊ HOÀI HKT", "untidy", "Vì Thị Hoài Hkt", ""}, {"Nguyễn Thị HOA", "untidy", "Nguyễn Thị Hoa", ""}, {"Êñuôl Y JUT", "untidy", "Êñuôl Y Jut", ""},
		{"NGUYễN VăN TRNG", "untidy", "Nguyễn Văn Trng", ""}, {"Lò HKT", "untidy", "Lò Hkt", ""},
		// small letters that are names'
		{"Lò Thị ngọc ánh", "untidy", "Lò Thị Ngọc Ánh", ""}, {"Nguyễn văn An", "untidy", "Nguyễn Văn An", ""},
		clean("Em Thị Mai"), clean("Lò Thị Bé"), clean("Kim Min-jun"), clean("Nguyễn Tức Tí"),
	})
}

func TestHalfCapitals(t *testing.T) {
	checkNames(t, person.ReadName, []nameCase{
		{"LÒ THị MAI", "untidy", "Lò Thị Mai", ""}, {"NGUYễN VăN BìNH", "untidy", "Nguyễn Văn Bình", ""}, {"Lò ThỊ Mai", "untidy", "Lò Thị Mai", ""},
		{"TRầN ĐứC ANH", "untidy", "Trần Đức Anh", ""}, {"NGUYễN NGọC áNH", "untidy", "Nguyễn Ngọc Ánh", ""}, {"VÌ THị Hoa", "untidy", "Vì Thị Hoa", ""},
		{"LÒ THị MAI (Tý)", "malformed", "Lò Thị Mai", "(Tý)"}, clean("RơChâm Y Ho"), clean("Ronald McDonald"),
	})
}
