package check_test

import (
	"slices"
	"strings"
	"testing"

	"lamsach/core/check"
	"lamsach/core/roster"
)

// TestParentsInListOfBeneficiaries: parents are looked at wherever a list names them; that there are none is asked of children's lists only.
func TestParentsInListOfBeneficiaries(t *testing.T) {
	headers := []string{"STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Số định danh", "Họ tên cha", "Số CCCD cha", "Họ tên mẹ", "Số CCCD mẹ", "Đối tượng", "Hệ số", "Mức trợ cấp"}
	child := []string{"number:1", "Lò Văn Thử", "date:2016-05-09", "Nam", "Thái", "014216000117", "Lò Văn Bố", "014085204776", "Vì Thị Mẹ", "014188203777", "5.1.b", "number:1.5", "number:750000"}
	grown := []string{"number:2", "Hà Đức Mẫu", "date:1975-07-11", "Nam", "Thái", "014075000339", "Hà Văn Ba", "014045007761", "Lò Thị Inh", "014148050779", "5.6 nặng", "number:1.5", "number:750000"}
	for _, c := range []struct {
		name    string
		person  []string
		changes map[int]string
		want    string
	}{
		{"right", child, nil, ""},
		{"no parents", child, map[int]string{6: "", 7: "", 8: "", 9: ""}, ""},
		{"a father alone", child, map[int]string{8: "", 9: ""}, ""},
		{"a mother of nine", child, map[int]string{9: "014307203777"}, "family.parent_age"},
		{"the mother's name is the child's", child, map[int]string{8: "Lò Văn Thử"}, "family.same_name"},
		{"each other's numbers", child, map[int]string{7: "014188203777", 9: "014085204776"}, "family.swapped"},
		{"each other's names", child, map[int]string{6: "Vì Thị Mẹ", 7: "", 8: "Lò Văn Bố", 9: ""}, "family.swapped"},
		{"a man's number for the mother", child, map[int]string{9: "014088203777"}, "mother_id.sex_mismatch"},
		{"a grown son is called like his father", grown, map[int]string{6: "Hà Đức Mẫu", 7: ""}, "family.same_name"},
		{"… who has a number of his own", grown, map[int]string{6: "Hà Đức Mẫu"}, ""},
		{"who stands as his own father", grown, map[int]string{6: "Hà Đức Mẫu", 7: "014075000339"}, "family.parent_age"},
	} {
		t.Run(c.name, func(t *testing.T) {
			row := slices.Clone(c.person)
			for at, text := range c.changes {
				row[at] = text
			}
			lines := [][]string{headers, child, grown}
			if c.person[0] == child[0] {
				lines[1] = row
			} else {
				lines[2] = row
			}
			ro, err := roster.Read(table(lines...), roster.ReadOptions{Kind: roster.KindBeneficiary})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range check.New(ro, check.BeneficiaryRules(), today).Findings() {
				got = append(got, f.Code)
			}
			if strings.Join(got, ", ") != c.want {
				t.Errorf("found %v, want %s", got, c.want)
			}
		})
	}
}
