package viet_test

import (
	"slices"
	"testing"

	"lamsach/core/viet"
)

func TestDisplayCase(t *testing.T) {
	for in, want := range map[string]string{
		"LÒ VĂN A": "Lò Văn A", "lò văn a": "Lò Văn A", "Lò Văn A": "Lò Văn A", "Nguyễn thị Hoa": "Nguyễn Thị Hoa",
		"NGUYỄN Văn A": "Nguyễn Văn A", "nGUYỄN vĂN a": "Nguyễn Văn A",
		"K'BRỂU": "K'Brểu", "k'brểu": "K'Brểu", "K'Brểu": "K'Brểu", "H'HEN NIÊ": "H'Hen Niê", "h’hen niê": "H’Hen Niê",
		"BH'NƯỚCH": "Bh'nướch", "Bh'nướch": "Bh'nướch", "Y BLÔ": "Y Blô", "Y A": "Y A", "A THÚT": "A Thút",
		"HƠYƠNH": "Hơyơnh", "ƀlô": "Ƀlô", "RơChâm H'Bia": "RơChâm H'Bia", "BRU-VÂN": "Bru-Vân", "Đ'ưng": "Đ'ưng",
		"Đ'ƯNG": "Đ'Ưng", "ĐINH PLƯNH": "Đinh Plưnh", "Y'B": "Y'B", "": "", "MCKAY": "Mckay", "McKay": "McKay",
		"Ê̆A": "Ê̆a",
	} {
		if got := viet.DisplayCase(in); got != want {
			t.Errorf("DisplayCase(%q) = %q, want %q", in, got, want)
		}
		if viet.IsDisplayCase(in) != (in == want) {
			t.Errorf("IsDisplayCase(%q) = %v", in, in != want)
		}
	}
}

func TestFoldSqueeze(t *testing.T) {
	for in, want := range map[string]string{
		"  Mùa  Thị DỢ ": "mua thi do", "Đinh Ðức ƉÔNG": "dinh duc dong", "H’Mông": "h'mong", "Ƀlô Čing": "blo cing",
		"Tie\u0302\u0301n": "tien", "Khơ\u2013mú": "kho-mu", "Ê\u0306a": "ea", "a\u00a0\u200bb": "a b", "": "", " ": "",
		"Ｎａｍ": "nam", "mùa": "mua", "a  b": "a b",
	} {
		if got := viet.Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{
		" a\u00a0 b\t\nc ": "a b c", "\ufeffLò\u200b Văn": "Lò Văn", "a\x00b": "ab", "Lò Văn A": "Lò Văn A", " ": "",
		"Mỷ\u00ad": "Mỷ",
	} {
		if got := viet.Squeeze(in); got != want {
			t.Errorf("Squeeze(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestNFC(t *testing.T) {
	for in, want := range map[string]string{
		"Ti\u1ebfn": "Ti\u1ebfn", "Tie\u0302\u0301n": "Ti\u1ebfn", "Ti\u00ea\u0301n": "Ti\u1ebfn", "abc": "abc", "\xc3\xcc\x80": "\xc3\xcc\x80",
	} {
		if got := viet.NFC(in); got != want {
			t.Errorf("NFC(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFoldTone(t *testing.T) {
	for _, same := range [][2]string{
		{"Hoà", "HÒA"}, {"Thúy", "thuý"}, {"khoẻ", "Khỏe"}, {"Mỹ", "Mĩ"}, {"Lí Thị", "Lý  thị"}, {"Tòan", "Toàn"}, {"Quý", "Qúy"},
	} {
		if a, b := viet.FoldTone(same[0]), viet.FoldTone(same[1]); a != b {
			t.Errorf("%q and %q fold to %q and %q", same[0], same[1], a, b)
		}
	}
	for _, other := range [][2]string{{"Hoa", "Hoà"}, {"Thi", "Thy"}, {"Mai", "May"}, {"Nga", "Ngà"}} {
		if viet.FoldTone(other[0]) == viet.FoldTone(other[1]) {
			t.Errorf("%q and %q fold to the same", other[0], other[1])
		}
	}
}

func TestSyllableScore(t *testing.T) {
	for in, want := range map[string]float64{
		"Nguyễn Thị Quỳnh Hương": 1, "Giàng A Páo": 1, "Gìn Giêng Quốc Khuya Huỳnh": 1, "Ngoan Nghiêng Uyên Yến Ý": 1,
		"NguyÔn ThÞ H\u00adng": 0, "Nguyeãn Thò": 0.5, "Blô Ksor": 0, "Cat Các": 0.5, "Hoá Hóa": 1, "Hóá": 0, "": 0,
		"Màu Maù": 0.5, "Mía Miá": 0.5, "Khuỷu Khuyủ": 0.5, "Già Quá Quý Quế Huơ": 1, "Beỏ": 0,
	} {
		if got := viet.SyllableScore(in); got != want {
			t.Errorf("SyllableScore(%q) = %v, want %v", in, got, want)
		}
	}
}

func TestLegacyEncodings(t *testing.T) {
	for in, want := range map[string]string{
		"NguyÔn ThÞ H\u00ad¬ng": "Nguyễn Thị Hương", "Lß V¨n §øc": "Lò Văn Đức", "Mïa A Hå": "Mùa A Hồ", "NGUYÔN V¡N HïNG": "NGUYỄN VĂN HÙNG",
		"abc": "abc",
	} {
		if got := viet.FromTCVN3(in); got != want {
			t.Errorf("FromTCVN3(%q) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{
		"Nguyeãn Thò Höông": "Nguyễn Thị Hương", "NGUYEÃN VAÊN ÑÖÙC": "NGUYỄN VĂN ĐỨC", "Leâ Myõ": "Lê Mỹ", "abc": "abc",
	} {
		if got := viet.FromVNI(in); got != want {
			t.Errorf("FromVNI(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFixLookAlikes(t *testing.T) {
	for in, want := range map[string]string{
		"Ðinh ðức": "Đinh đức", "Ɖinh": "Đinh", "Lò Vаn А": "Lò Van A", "Ｌò": "Lò", "Đinh Niê": "Đinh Niê", "Κa": "Ka", "а\u0306": "ă",
	} {
		got, changed := viet.FixLookAlikes(in)
		if got != want || changed != (in != want) {
			t.Errorf("FixLookAlikes(%q) = %q, %v, want %q", in, got, changed, want)
		}
	}
}

func TestHasMarksAndSame(t *testing.T) {
	for in, want := range map[string]bool{"Nguyen Thi Hoa": false, "Nguyễn": true, "Do": false, "Đo": true, "Ho\u0300a": true, "H’Hen": false} {
		if viet.HasMarks(in) != want {
			t.Errorf("HasMarks(%q) = %v", in, !want)
		}
	}
	if !viet.Same("Lò Văn Hoà", "LO VAN HOA ") || viet.Same("Lò", "Là") {
		t.Error("Same does not compare folded")
	}
	if got := viet.Distance("Tày", "Tầy"); got != 1 {
		t.Errorf("Distance counts bytes: %d", got)
	}
}

func TestFamilyNamesWithoutMarks(t *testing.T) {
	for word, want := range map[string]string{"Ro": "ro", "Cu": "cu", "Rơ": "rơ", "Cù": "cù", "Neáng": "neáng", "NEANG": "neang"} {
		if forms := viet.NameForms(word, true); !slices.Contains(forms, want) {
			t.Errorf("the family %q is written %q, without %q", word, forms, want)
		}
	}
}
