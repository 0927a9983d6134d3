package person_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"lamsach/core/person"
)

type nameCase struct{ in, fault, value, note string }

func checkNames(t *testing.T, read func(person.Raw) person.Reading[string], cases []nameCase) {
	t.Helper()
	for _, c := range cases {
		r := read(person.Raw{Text: c.in})
		if got := (nameCase{c.in, r.Fault, r.Value, r.Note}); got != c {
			t.Errorf("%q:\n got %+v\nwant %+v", c.in, got, c)
		}
		wantSuggest := c.value
		if c.fault == person.Clean || c.fault == person.SingleWord {
			wantSuggest = ""
		}
		if r.Suggest != wantSuggest {
			t.Errorf("%q: suggests %q, want %q", c.in, r.Suggest, wantSuggest)
		}
	}
}

func clean(name string) nameCase { return nameCase{name, "", name, ""} }

func TestNamesOfAllPeoplesAreClean(t *testing.T) {
	for _, name := range []string{
		"Lò Văn Thử", "Nguyễn Thị Hoà", "Nguyễn Thị Hòa", "Giàng A Páo", "Sùng Y Mỷ", "Lý Ná", "Y Blô", "A Thút", "K'Brểu Ndu", "K’Brểu Cil", "Kʼ Brểu Cil",
		"H'Hen Niê", "H’Hen Niê", "Alăng Bh'nướch", "Y Blô Ayŭn", "H Čing Êban", "Rơ Châm H'Bia", "Y Krĭt Ƀuôn Yă", "Êñuôl Y Jut", "Zơrâm Nhiên",
		"Công Tằng Tôn Nữ Bảo Ngọc", "Chamaléa Wơn", "Neáng Srây Mom", "Neáng Kim Cheng", "Neáng Sa", "Néang Kim Cheng", "Néáng Sóc Kha", "Danh Đa Ra", "Bru-Vân Ta", "Ò A Ía", "Ông Bá Lợi", "Xin Thị Lan", "Chu Thị Mẩy",
		"Y Ơ\u0306m Kbuôr", "Đinh Plưnh", "Xồng Bá Trống", "Vàng A Chớ", "Không Thị Ngọc", "Trần Thị Bé", "Lò Bé", "Nguyen Thi Hoa", "RơChâm Y Ho", "Sơn Thị Sa Rươnl",
		"Kon Sa K'Long", "Bàn Mùi Coi", "Lò Thị Én", "Hờ A Mua", "Quàng Thị Ọi", "Đỗ Ý", "Hà Á Lử", "Mí Pó", "Siu H'Nhơr", "Liêng Hót Ha Sĩ", "Mohamach Haji",
		"Tòng Văn Sinh", "Lò Văn Nam", "Con Thị Sao", "Hồ Thị Ka-Lơ", "Thò A Ký", "Chu Thò Thanh", "Lù Kim Nhung", "Y Ñang", "Ñô Y Ban", "Lò Thị Maí", "Hùynh Hoa", "Trần Qúy",
		"Hòang Văn An", "René Müller", "José María",
	} {
		checkNames(t, person.ReadName, []nameCase{clean(name)})
		checkNames(t, person.ReadParent, []nameCase{clean(name)})
	}
}

func TestReadName(t *testing.T) {
	checkNames(t, person.ReadName, []nameCase{
		// missing
		{"", "missing", "", ""}, {" \u00a0\u200b", "missing", "", ""}, {"-", "missing", "", "-"}, {"x", "missing", "", "x"}, {"Không", "missing", "", "Không"},
		{"chưa đặt tên", "missing", "", "chưa đặt tên"}, {"Chua dat ten", "missing", "", "Chua dat ten"}, {"Bé gái", "missing", "", "Bé gái"}, {"BÉ TRAI", "missing", "", "BÉ TRAI"},
		{"con bà Lò Thị Mẫu", "missing", "", "con bà Lò Thị Mẫu"}, {"Con ông Vàng A Mẫu", "missing", "", "Con ông Vàng A Mẫu"}, {"chưa có", "missing", "", "chưa có"},
		{"không có tên", "missing", "", "không có tên"}, {"...", "missing", "", "..."}, {"bỏ đi", "missing", "", "bỏ đi"}, {"0", "missing", "", "0"},
		// untidy
		{"LÒ VĂN A", "untidy", "Lò Văn A", ""}, {"lò văn a", "untidy", "Lò Văn A", ""}, {"Lò  Văn A", "untidy", "Lò Văn A", ""}, {" Lò Văn A ", "untidy", "Lò Văn A", ""},
		{"Lo\u0300 Va\u0306n A", "untidy", "Lò Văn A", ""}, {"Lò\u00a0Văn A", "untidy", "Lò Văn A", ""}, {"Lò Văn\u200b A", "untidy", "Lò Văn A", ""},
		{"Lê\u0301 Thị A", "untidy", "Lế Thị A", ""}, {"H'HEN NIÊ", "untidy", "H'Hen Niê", ""}, {"K'BRỂU", "untidy", "K'Brểu", ""}, {"bh'nướch a", "untidy", "Bh'nướch A", ""},
		{"Nguyễn thị Hoa", "untidy", "Nguyễn Thị Hoa", ""}, {"NGUYỄN Văn A", "untidy", "Nguyễn Văn A", ""}, {"'Lò Văn A", "untidy", "Lò Văn A", ""}, {"Lò Văn A\n", "untidy", "Lò Văn A", ""},
		{"NHÂM", "untidy", "Nhâm", ""},
		// one word
		{"Nhâm", "single_word", "Nhâm", ""}, {"Hơyơnh", "single_word", "Hơyơnh", ""}, {"K'Brểu", "single_word", "K'Brểu", ""}, {"H'Hen", "single_word", "H'Hen", ""},
		{"Bh'nướch", "single_word", "Bh'nướch", ""}, {"Na", "single_word", "Na", ""}, {"Trọng", "single_word", "Trọng", ""}, {"Mật", "single_word", "Mật", ""},
		// look-alikes
		{"Ðinh Văn A", "look_alike", "Đinh Văn A", ""}, {"Lò Thị Ðào", "look_alike", "Lò Thị Đào", ""}, {"ĐẶNG VĂN ÐỨC", "look_alike", "Đặng Văn Đức", ""}, {"Ɖinh A", "look_alike", "Đinh A", ""},
		{"Lò Vаn А", "look_alike", "Lò Van A", ""}, {"Lò Văn Ｂ", "look_alike", "Lò Văn B", ""},
		// encodings
		{"NguyÔn ThÞ H\u00ad¬ng", "encoding", "Nguyễn Thị Hương", ""}, {"Lß V¨n §øc", "encoding", "Lò Văn Đức", ""}, {"Nguyeãn Thò Höông", "encoding", "Nguyễn Thị Hương", ""},
		{"Lý A Sïng", "encoding", "Lý A Sùng", ""}, {"Cao Thò Taâm", "encoding", "Cao Thị Tâm", ""},
		{"PhÝ CÈm HuyÒn", "encoding", "Phí Cẩm Huyền", ""}, {"Xa Anh ChiÕn", "encoding", "Xa Anh Chiến", ""}, {"Vò ChÝ Long", "encoding", "Vũ Chí Long", ""},
		{"MÉn Trung TÊn", "encoding", "Mẫn Trung Tấn", ""}, {"Rvai V¨n Bun", "encoding", "Rvai Văn Bun", ""}, {"HÒa Lan", "untidy", "Hòa Lan", ""},
		{"Ñinh Gia Huy", "encoding", "Đinh Gia Huy", ""}, {"Maù A Phong", "encoding", "Má A Phong", ""}, {"Taï Anh Thö", "encoding", "Tạ Anh Thư", ""},
		{"Beá Thò Xoan", "encoding", "Bế Thị Xoan", ""}, {"OØ Thò Sua", "encoding", "Ò Thị Sua", ""},
		{"L×o Kh¸nh Hom", "encoding", "Lìo Khánh Hom", ""}, {"D\u00ad¬ng Lya Lan", "encoding", "Dương Lya Lan", ""},
		// malformed, with what can be cut
		{"1. Lò Văn A", "malformed", "Lò Văn A", ""}, {"12) Lò Văn A", "malformed", "Lò Văn A", ""}, {"- Lò Văn A", "malformed", "Lò Văn A", ""},
		{"Lò Thị A 2015", "malformed", "Lò Thị A", "2015"}, {"Lò Thị A (Tý)", "malformed", "Lò Thị A", "(Tý)"}, {"Lò Thị A(2015)", "malformed", "Lò Thị A", "(2015)"},
		{"Lò Thị A - SN 2015", "malformed", "Lò Thị A", "SN 2015"}, {"Lò Thị A sinh năm 2015", "malformed", "Lò Thị A", "sinh năm 2015"}, {"Lò Văn Nam 2015", "malformed", "Lò Văn Nam", "2015"},
		{"Thào A Sinh 2015", "malformed", "Thào A Sinh", "2015"}, {"Thào A Páo sinh 5/3/2015", "malformed", "Thào A Páo", "sinh 5/3/2015"},
		{"Cứ Thị Là1", "malformed", "Cứ Thị Là", "1"}, {"Lò Văn A.", "malformed", "Lò Văn A", ""}, {"Lò Văn A - chuyển đi", "malformed", "Lò Văn A", "chuyển đi"},
		{"Lò Văn A, đã mất", "malformed", "Lò Văn A", "đã mất"}, {"LÒ VĂN A (TÝ)", "malformed", "Lò Văn A", "(TÝ)"}, {"2. LÒ THỊ B 2016", "malformed", "Lò Thị B", "2016"},
		{"Họ tên: Lò Văn A", "malformed", "Lò Văn A", ""}, {"Lò Văn A (Tý", "malformed", "Lò Văn A", "(Tý"},
		// malformed, with nothing to propose
		{"Lò V4n A", "malformed", "", ""}, {"Lò Văn A, Lò Văn B", "malformed", "", ""}, {"Lò Văn A - Lò Thị B", "malformed", "", ""}, {"2015", "malformed", "", ""}, {"Nguy?n V?n A", "malformed", "", ""},
		{"014316001234", "malformed", "", ""}, {"L@ Văn A", "malformed", "", ""}, {"Ng. Văn A", "malformed", "", ""}, {"李明", "malformed", "", ""}, {"\xff\xfe", "malformed", "", ""},
		{"một hai ba bốn năm sáu bảy tám chín mười mười một", "malformed", "", ""}, {"1", "malformed", "", ""},
	})
}

// TestOneCapitalInside: it may be a letter of TCVN3 or a slip of the shift key, so both are shown.
func TestOneCapitalInside(t *testing.T) {
	r := person.ReadName(person.Raw{Text: "Lò Trung TÊn"})
	if r.Fault != person.Encoding || r.Suggest != "" || len(r.Candidates) != 2 {
		t.Errorf("%+v", r)
	}
}

func TestReadParent(t *testing.T) {
	checkNames(t, person.ReadParent, []nameCase{
		{"Lò Văn A (1985)", "malformed", "Lò Văn A", "(1985)"}, {"ông Lò Văn A", "malformed", "Lò Văn A", ""}, {"Bà Vì Thị B", "malformed", "Vì Thị B", ""},
		{"Bố: Lò Văn A", "malformed", "Lò Văn A", ""}, {"Mẹ: Vì Thị B - 1990", "malformed", "Vì Thị B", "1990"}, {"không", "missing", "", "không"}, {"Bỏ đi", "missing", "", "Bỏ đi"},
		{"đã mất năm 2019", "missing", "", "đã mất năm 2019"}, {"Lò Văn A – Vì Thị B", "malformed", "", ""}, {"LÒ VĂN A", "untidy", "Lò Văn A", ""}, {"Không có cha", "missing", "", "Không có cha"},
		{"Lò Văn A (đã mất)", "malformed", "Lò Văn A", "(đã mất)"}, {"Lò Văn A - mất 2019", "malformed", "Lò Văn A", "mất 2019"}, {"Lò Văn A mất 2019", "malformed", "Lò Văn A", "mất 2019"}, {"x", "missing", "", "x"},
	})
	for note, want := range map[string]int{"(1985)": 1985, "SN 1990": 1990, "12/3/1985": 1985, "(đã mất)": 0, "(85)": 0, "0123": 0,
		"(1985 - 2020)": 1985, "(sinh 1985, mất 2020)": 1985, "(mất 2020, sinh 1985)": 1985, "(1985, mất)": 1985, "(mẹ đẻ, 1985)": 1985, "(Tý) 1985": 1985,
		"(bà nội sinh năm 1960)": 1960, "s.n. 1985": 1985, "sinh ngày 12 tháng 3 năm 1985": 1985, "(mất 2020)": 0, "(chết năm 2021)": 0, "mất 2019": 0, "(đi tù 2022)": 0,
		"(TV 2018)": 0, "(mất ngày 12/3/2020)": 0, "(mất, 2020)": 0, "(hy sinh 2010)": 0, "(mẹ mất 2020)": 0, "(đi tù 12-3-2022)": 0, "(lấy chồng khác 2021)": 0} {
		if year, ok := person.NoteYear(note); year != want || ok != (want != 0) {
			t.Errorf("NoteYear(%q) = %d, %v", note, year, ok)
		}
	}
}

func TestNumbersAndDatesAreNoNames(t *testing.T) {
	for _, raw := range []person.Raw{{Text: "2015", Numeric: true}, {Text: "2016-05-09", Date: true}} {
		if r := person.ReadName(raw); r.Fault != person.Malformed || r.Suggest != "" {
			t.Errorf("%+v: %+v", raw, r)
		}
	}
}

func TestReadNameKeepsTheToneWhereItIs(t *testing.T) {
	got := person.ReadName(person.Raw{Text: "NGUYỄN THỊ HOÀ"})
	want := person.Reading[string]{Value: "Nguyễn Thị Hoà", Fault: person.Untidy, Suggest: "Nguyễn Thị Hoà", Confidence: 0.98}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
