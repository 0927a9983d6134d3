package check_test

import (
	"fmt"
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

// TestNumbersOfTheHouse: numbers of parents who stand in rows of their own are checked, and told at the child.
func TestNumbersOfTheHouse(t *testing.T) {
	headers := strings.Split("STT|Họ và tên|Quan hệ với chủ hộ|Ngày sinh|Giới tính|Dân tộc|Số CCCD", "|")
	for _, c := range []struct{ name, father, mother, child, want string }{
		{"right", "014085000111", "014188000112", "014216000117", ""},
		{"none", "", "", "014216000117", ""},
		{"a lost zero", "number:14085000111", "014188000112", "014216000117", "father_id.lost_zero 5"},
		{"an old number", "123456788", "014188000112", "014216000117", "father_id.old_number 5"},
		{"a woman's for the father", "014185000111", "014188000112", "014216000117", "father_id.sex_mismatch 5"},
		{"another year", "014085000111", "014189000112", "014216000117", "mother_id.birth_mismatch 5"},
		{"the child's is the mother's", "014085000111", "014188000112", "014188000112", "personal_id.same_as_parent 5"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var lines [][]string
			for _, line := range []string{
				"1|Lò Văn Bố|Chủ hộ|12/04/1985|Nam|Thái|" + c.father, "|Vì Thị Mẹ|Vợ|03/05/1988|Nữ|Thái|" + c.mother, "|Lò Thị Cháu|Cháu|10/06/2018|Nữ|Thái|014318000225", "|Lò Văn Thử|Con|09/05/2016|Nam|Thái|" + c.child,
				"2|Mùa A Cả|Chủ hộ|12/04/1990|Nam|Mông|014090000222", "|Mùa A Mẫu|Con|11/07/2019|Nam|Mông|014219000339",
			} {
				lines = append(lines, strings.Split(line, "|"))
			}
			ro, err := roster.Read(table(append([][]string{headers}, lines...)...), roster.ReadOptions{})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range check.New(ro, check.Rules(), today).Findings() {
				if f.Record < 0 {
					got = append(got, f.Code)
					continue
				}
				got = append(got, fmt.Sprint(f.Code, " ", ro.Records[f.Record].Row))
			}
			if strings.Join(got, ", ") != c.want {
				t.Errorf("found %v, want %s", got, c.want)
			}
		})
	}
}
