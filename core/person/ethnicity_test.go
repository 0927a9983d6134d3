package person_test

import (
	"strings"
	"testing"

	"lamsach/core/person"
)

func TestOfficialEthnicGroupsAreClean(t *testing.T) {
	groups := person.EthnicGroups()
	if len(groups) != 54 || groups[0] != "Kinh" || groups[7] != "Mông" || groups[53] != "Rơ Măm" {
		t.Fatalf("%d groups: %v", len(groups), groups)
	}
	for i, name := range groups {
		if code := person.EthnicCode(name); code != i+1 {
			t.Errorf("%q has code %d, want %d", name, code, i+1)
		}
		if r := person.ReadEthnicity(person.Raw{Text: name}); r.Fault != "" || r.Value != name {
			t.Errorf("%q: %+v", name, r)
		}
		if r := person.ReadEthnicity(person.Raw{Text: strings.ToUpper(name) + " "}); r.Fault != person.Variant || r.Value != name {
			t.Errorf("%q in capitals: %+v", name, r)
		}
	}
	groups[0] = "changed"
	if person.EthnicGroups()[0] != "Kinh" {
		t.Error("the catalogue can be changed from outside")
	}
}

func TestReadEthnicity(t *testing.T) {
	for _, c := range []struct{ in, fault, value, candidates string }{
		{"", "missing", "", ""}, {"-", "missing", "", ""}, {"chưa rõ", "missing", "", ""}, {"x", "missing", "", ""},
		{"H'Mông", "variant", "Mông", ""}, {"H’mông", "variant", "Mông", ""}, {"Hmông", "variant", "Mông", ""}, {"HMÔNG", "variant", "Mông", ""}, {"Mèo", "variant", "Mông", ""}, {"mong", "variant", "Mông", ""}, {"Hmong", "variant", "Mông", ""},
		{"Mo\u0302ng", "variant", "Mông", ""}, {" Mông", "variant", "Mông", ""}, {"Dân tộc Mông", "variant", "Mông", ""}, {"dt. Thái", "variant", "Thái", ""}, {"Người Dao", "variant", "Dao", ""},
		{"Việt", "variant", "Kinh", ""}, {"Kinh (Việt)", "variant", "Kinh", ""}, {"Kinh/Việt", "variant", "Kinh", ""}, {"KINH", "variant", "Kinh", ""}, {"Thai", "variant", "Thái", ""}, {"Thái đen", "variant", "Thái", ""}, {"Thái (đen)", "variant", "Thái", ""},
		{"Mương", "variant", "Mường", ""}, {"Muong", "variant", "Mường", ""}, {"Khơ-mú", "variant", "Khơ Mú", ""}, {"Khơ mú (Xá Cẩu)", "variant", "Khơ Mú", ""}, {"kho mu", "variant", "Khơ Mú", ""}, {"Xinh-mun", "variant", "Xinh Mun", ""}, {"Ê-đê", "variant", "Ê Đê", ""},
		{"Êđê", "variant", "Ê Đê", ""}, {"Ede", "variant", "Ê Đê", ""}, {"Xê Đăng", "variant", "Xơ Đăng", ""}, {"Giẻ-Triêng", "variant", "Gié Triêng", ""}, {"Bru Vân Kiều", "variant", "Bru - Vân Kiều", ""}, {"Dao Đỏ", "variant", "Dao", ""}, {"Mán", "variant", "Dao", ""},
		{"K'Ho", "variant", "Cơ Ho", ""}, {"dao", "variant", "Dao", ""}, {"hoa", "variant", "Hoa", ""}, {"thổ", "variant", "Thổ", ""}, {"Xá", "variant", "Dao", ""}, {"tay", "variant", "Tày", ""}, {"La ha", "variant", "La Ha", ""},
		{"tho", "ambiguous", "", "Tày|Khmer|Thổ"}, {"lao", "ambiguous", "", "Lào|La Hủ"}, {"Xa", "ambiguous", "", "Dao|Giáy"}, {"Hạ", "ambiguous", "", "Hoa|Cơ Tu"}, {"Tày Khao", "ambiguous", "", "Tày|Thái"}, {"Chil", "ambiguous", "", "Cơ Ho|Mnông"},
		{"Ca-tang", "ambiguous", "", "Cơ Tu|Gié Triêng"}, {"Trại", "ambiguous", "", "Dao|Sán Dìu"}, {"Xá lá vàng", "ambiguous", "", "Thổ|Chứt|Mảng"}, {"xa khao", "ambiguous", "", "Kháng|La Ha"},
		{"Lạ", "unknown", "", ""}, {"Abcxyz", "unknown", "", ""}, {"Việt Nam", "unknown", "", ""}, {"Việt Nam 1", "unknown", "", ""}, {"01", "unknown", "", ""}, {"1", "unknown", "", ""}, {"Phật giáo", "unknown", "", ""}, {"Không xác định", "unknown", "", ""}, {"Nước ngoài", "unknown", "", ""},
		{"Kinh/Mông", "unknown", "", ""}, {"Mườnh", "unknown", "", "Mường"}, {"Kimh", "unknown", "", "Kinh"}, {"Nùgn", "unknown", "", ""}, {"Khmr", "unknown", "", "Khmer"}, {"\xff", "unknown", "", ""}, {"(", "unknown", "", ""},
		{"M\u00adêng", "unknown", "", "Mường"}, {"Nïng", "unknown", "", "Nùng"}, {"M«ng", "unknown", "", "Mông"}, {"Kh¬ Mó", "unknown", "", "Khơ Mú"}, {"Th¸i", "unknown", "", "Thái"}, {"Tµy", "unknown", "", "Tày"},
		{"Möôøng", "unknown", "", "Mường"}, {"Thaùi", "unknown", "", "Thái"}, {"Moâng", "unknown", "", "Mông"},
		{"Mông2", "unknown", "", "Mông"}, {"Thái (1)", "unknown", "", "Thái"}, {"tho 2", "unknown", "", ""}, {"Nguồn", "unknown", "", ""}, {"Pa Kô", "unknown", "", ""},
	} {
		r := person.ReadEthnicity(person.Raw{Text: c.in})
		if r.Fault != c.fault || r.Value != c.value || strings.Join(r.Candidates, "|") != c.candidates {
			t.Errorf("%q: %q %q %v, want %q %q %s", c.in, r.Fault, r.Value, r.Candidates, c.fault, c.value, c.candidates)
		}
		if code := person.EthnicCode(r.Value); (code > 0) != (r.Value != "") {
			t.Errorf("%q: the value %q has code %d", c.in, r.Value, code)
		}
		if r.Fault == person.Variant && r.Suggest != c.value {
			t.Errorf("%q: suggests %q", c.in, r.Suggest)
		}
	}
	if r := person.ReadEthnicity(person.Raw{Text: "1", Numeric: true}); r.Fault != person.Unknown || r.Value != "" {
		t.Errorf("a code was translated: %+v", r)
	}
}

func TestTypedEthnicity(t *testing.T) {
	for in, want := range map[string]string{"mong": "Mông", "Mông": "Mông", "h'mong.": "Mông", "dao do": "Dao", "kinh": "Kinh", "tho": "", "": "", "không": "", "bỏ qua": ""} {
		name, candidates, ok := person.TypedEthnicity(in)
		if name != want || ok != (want != "") {
			t.Errorf("TypedEthnicity(%q) = %q, %v", in, name, ok)
		}
		if in == "tho" && len(candidates) != 3 {
			t.Errorf("candidates of %q: %v", in, candidates)
		}
	}
}
