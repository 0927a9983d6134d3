package check_test

import (
	"slices"
	"testing"

	"lamsach/core/check"
)

// TestNamesThatLostTheirMarks: what names, the list and the family know of each word tells lost marks from names that have none.
func TestNamesThatLostTheirMarks(t *testing.T) {
	rest := many(60, func(int) []string { return nil })
	for _, c := range []struct {
		name, father, want string // want: the offer, "?" for none, empty for no finding
	}{
		{"Dinh Linh", "Đinh Văn Lực", "Đinh Linh"}, {"Dinh Gia Huy", "Cầm Văn Lực", "?"}, {"Hoang Minh", "", "Hoàng Minh"}, {"Phan Minh Duc", "Phan Văn Lực", "Phan Minh Đức"},
		{"Dang Quang Lam", "", "?"}, {"Tran Minh Khang", "", "?"}, {"Le Linh", "", "Lê Linh"}, {"Nguyen Thi Linh", "Nguyễn Văn Lực", "Nguyễn Thị Linh"}, {"Lo Van Bun", "", "?"},
		{"To Ba Cong", "", "?"}, {"Ninh Khac Phong", "Ninh Văn Lực", "Ninh Khắc Phong"}, {"Mac Duy Long", "", "?"}, {"O Thi My", "Ò A Vảng", "?"},
		{"Minh", "", ""}, {"Hoa Sen", "", ""}, {"A Nam", "", ""}, {"A Doan", "", ""}, {"Y Blin", "", ""}, {"Mai Lan Anh", "", ""}, {"Phan Gia Huy", "", ""}, {"Danh Rithy", "", ""},
		{"Vang Minh Ngoan", "Vang Văn Lực", ""}, {"Ma A Tra", "Ma A Sùng", ""}, {"Siu Lun", "", ""}, {"Kim Na Ry", "", ""}, {"Ly A Dinh", "", ""}, {"Ka Linh", "", ""}, {"Lang Thu Nhung", "", ""},
	} {
		ro := list(t, append(slices.Clone(rest), child("name="+c.name, "father="+c.father, "mother=Ngô Ý Lả", "id=014216777777", "birth=date:2016-11-28"))...)
		got := ""
		for _, f := range check.New(ro, check.Rules(), today).Findings() {
			if f.Code == "full_name.unaccented" {
				if got = f.Suggestion; got == "" {
					got = "?"
				}
			}
		}
		if got != c.want {
			t.Errorf("%s, child of %q: %q, want %q", c.name, c.father, got, c.want)
		}
	}
}

// TestMarksOfSiblings: a middle name that could be several is written as the brother's.
func TestMarksOfSiblings(t *testing.T) {
	family := []string{"father=Trần Văn Lực", "mother=Ngô Ý Lả"}
	ro := list(t, append(many(60, func(int) []string { return nil }),
		child(append(family, "name=Trần Đăng Khang", "id=014213777771", "birth=date:2013-11-28")...),
		child(append(family, "name=Tran Dang Linh", "id=014216777777", "birth=date:2016-11-28")...))...)
	for _, f := range check.New(ro, check.Rules(), today).Findings() {
		if f.Code != "full_name.unaccented" || f.Suggestion != "Trần Đăng Linh" {
			t.Errorf("found %s → %s", f.Code, f.Suggestion)
		}
	}
}
