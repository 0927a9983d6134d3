package check_test

import (
	"fmt"
	"strings"
	"testing"

	"lamsach/core/check"
	"lamsach/core/roster"
)

var benefitHeaders = []string{"STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Số CCCD/ĐDCN", "Thôn/bản", "Đối tượng", "Hệ số", "Mức hưởng", "Số quyết định",
	"Hưởng từ tháng", "Người giám hộ", "Số CCCD người giám hộ"}

var benefitNames = []string{"name", "birth", "sex", "ethnic", "id", "hamlet", "category", "coefficient", "allowance", "decision", "from", "guardian", "guardianid"}

// receiver is a right line of a list of beneficiaries, with changes "field=value".
func receiver(changes ...string) []string {
	row := []string{"Lò Văn Thử", "date:1975-05-09", "Nam", "Thái", "014075000117", "Bản Bẹ", "5.6 nặng", "number:1.5", "number:750000", "12/QĐ-UBND", "01/2025", "", ""}
	for _, change := range changes {
		name, value, _ := strings.Cut(change, "=")
		for i, n := range benefitNames {
			if n == name {
				row[i] = value
			}
		}
	}
	return row
}

// receivers reads such lines below two right ones.
func receivers(t testing.TB, rows ...[]string) *roster.Roster {
	t.Helper()
	all := append([][]string{
		receiver("name=Mùa Thị Dợ", "birth=date:1940-06-25", "sex=Nữ", "ethnic=Mông", "id=014140004225", "category=5.5.c", "coefficient=number:1", "allowance=number:500000"),
		receiver("name=Hà Đức Mẫu", "birth=date:2018-07-11", "id=014218300339", "category=5.1.b", "guardian=Hà Văn Ba", "guardianid=014087007761"),
	}, rows...)
	lines := [][]string{benefitHeaders}
	for i, row := range all {
		lines = append(lines, append([]string{fmt.Sprint("number:", i+1)}, row...))
	}
	ro, err := roster.Read(table(lines...), roster.ReadOptions{Kind: roster.KindBeneficiary})
	if err != nil {
		t.Fatal(err)
	}
	if len(ro.Records) != len(all) {
		t.Fatalf("%d people, want %d", len(ro.Records), len(all))
	}
	return ro
}

func TestBenefits(t *testing.T) {
	for _, c := range []struct {
		name    string
		changes []string
		want    string // of the third line
	}{
		{"right", nil, ""},
		{"only the year of an adult", []string{"birth=1975"}, "birth_date.incomplete info"},
		{"only the year of a child", []string{"birth=2015", "id=014215000117", "coefficient=number:2", "allowance=number:1000000"}, "birth_date.incomplete error"},
		{"1 January of an adult", []string{"birth=date:1975-01-01"}, ""},
		{"an adult without a number", []string{"id="}, "personal_id.missing error card"},
		{"a child without a number", []string{"id=", "birth=date:2015-05-09", "coefficient=number:2", "allowance=number:1000000"}, "personal_id.missing error number"},
		{"an identity card of old", []string{"id=123456781"}, "personal_id.old_number error"},
		{"seventeen", []string{"birth=date:2009-05-09", "id=014209000117"}, ""},

		{"no category", []string{"category="}, "category.missing warning"},
		{"no category that anybody knows", []string{"category=hộ khó khăn"}, "category.unknown warning"},
		{"the law's words", []string{"category=Người khuyết tật nặng"}, ""},
		{"article, clause and point", []string{"category=Khoản 6 Điều 5"}, ""},
		{"a clause of the article that all name", []string{"category=Khoản 6"}, ""},
		{"another one", []string{"category=khoản 5"}, "category.age_mismatch warning"},
		{"a point of it", []string{"category=Điểm c, khoản 5"}, "category.age_mismatch warning"},
		{"a clause that is none", []string{"category=Khoản 9"}, "category.unknown warning"},
		{"a point that no dot stands before", []string{"category=5.5c"}, "category.age_mismatch warning"},
		{"… of those there are not", []string{"category=5.5z"}, "category.unknown warning"},
		{"a word behind the clause", []string{"category=5.6 người khuyết tật nặng"}, ""},
		{"short words", []string{"category=NKT nặng"}, ""},
		{"old code", []string{"category=05"}, ""},
		{"only that it is assistance", []string{"category=BTXH"}, ""},
		{"an orphan who grew up", []string{"category=5.1.b"}, "category.age_mismatch warning"},
		{"a young old person", []string{"category=Người cao tuổi"}, "category.age_mismatch warning"},
		{"80 years and not yet", []string{"birth=date:1948-05-09", "id=014048000117", "category=5.5.c", "coefficient=number:1", "allowance=number:500000"}, "category.age_mismatch warning"},
		{"a pupil of 22", []string{"birth=date:2004-05-09", "id=014204000117", "category=5.2"}, ""},
		{"a pupil of 23", []string{"birth=date:2003-05-09", "id=014203000117", "category=5.2"}, "category.age_mismatch warning"},
		{"four years old since last week", []string{"birth=date:2022-11-15", "id=014222000117", "category=5.1.b", "coefficient=number:2.5", "allowance=number:1250000"}, ""},
		{"a carer has no age", []string{"category=20.2.c", "coefficient=number:1", "allowance=number:500000"}, ""},

		{"another coefficient", []string{"coefficient=number:2", "allowance=number:1000000"}, "coefficient.mismatch warning → 1.5"},
		{"with a comma", []string{"coefficient=1,5"}, ""},
		{"three children of a single mother", []string{"category=5.4", "sex=Nữ", "id=014175000117", "coefficient=number:3", "allowance=number:1500000"}, ""},
		{"of two categories the highest", []string{"category=5.6 nặng; 5.8", "coefficient=number:1.5"}, ""},
		{"of two categories the sum", []string{"category=5.6 nặng; 5.8", "coefficient=number:3", "allowance=number:1500000"}, "coefficient.mismatch warning → 1.5"},
		{"a single mother with a disability", []string{"category=5.6 nặng; 5.4", "coefficient=number:2.5", "allowance=number:1250000"}, ""},
		{"another amount", []string{"allowance=number:540000"}, "allowance.mismatch warning → 750000"},
		{"an amount with points", []string{"allowance=750.000 đ/tháng"}, ""},
		{"an amount in thousands", []string{"allowance=number:750"}, ""},
		{"an amount without a coefficient", []string{"coefficient=", "allowance=number:500000"}, "allowance.mismatch warning → 750000"},

		{"no decision", []string{"decision=chưa có"}, "decision_no.missing warning"},
		{"no month", []string{"from=quý"}, "benefit_from.malformed warning"},
		{"no month, only a year", []string{"from=2024"}, "benefit_from.malformed warning"},
		{"next month", []string{"from=12/2026"}, ""},
		{"far ahead", []string{"from=01/2031"}, "benefit_from.future warning"},
		{"who receives for himself", []string{"guardian=Lò Văn Thử", "guardianid=014075000117"}, ""},
		{"the guardian's number", []string{"guardian=Cà Thị Khác", "guardianid=014075000117"}, "personal_id.same_as_parent error"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			ro := receivers(t, receiver(c.changes...))
			for _, f := range check.New(ro, check.BeneficiaryRules(), today).Findings() {
				if f.Record != 2 {
					continue
				}
				text := f.Code + " " + string(f.Severity)
				if f.Suggestion != "" {
					text += " → " + f.Suggestion
				}
				if f.Args["Needs"] != nil {
					text += fmt.Sprint(" ", f.Args["Needs"])
				}
				got = append(got, text)
			}
			if strings.Join(got, ", ") != c.want {
				t.Errorf("found %v, want %s", got, c.want)
			}
		})
	}
}

// TestCarersAreSomebody: who is paid for caring stands in the list in his own right, beside his own allowance.
func TestCarersAreSomebody(t *testing.T) {
	own := receiver()
	care := receiver("category=20.2.c", "coefficient=number:1", "allowance=number:500000")
	for _, f := range check.New(receivers(t, own, care), check.BeneficiaryRules(), today).Findings() {
		t.Errorf("%d %s", f.Record, f.Code)
	}
	n := 0
	for _, f := range check.New(receivers(t, own, own), check.BeneficiaryRules(), today).Findings() {
		if f.Code == "record.duplicate" {
			n++
		}
	}
	if n != 2 {
		t.Errorf("one allowance twice: %d findings", n)
	}
}

// TestLocalStandard: a province may pay more for everybody; who is paid otherwise stands out.
func TestLocalStandard(t *testing.T) {
	var rows [][]string
	for i := range 8 {
		rows = append(rows, receiver(fmt.Sprintf("name=Lò Văn %c", 'A'+i), fmt.Sprintf("birth=date:1975-05-%02d", 1+i), fmt.Sprintf("id=014075%06d", 1000+37*i), "allowance=number:825000"))
	}
	rows = append(rows, receiver("allowance=number:750000"))
	var got []int
	for _, f := range check.New(receivers(t, rows...), check.BeneficiaryRules(), today).Findings() {
		if f.Code == "allowance.mismatch" {
			got = append(got, f.Record)
		}
	}
	if fmt.Sprint(got) != "[0 1 10]" { // the first two lines have the country's amounts
		t.Errorf("told of %v", got)
	}
}

// TestStandardOfTheMonth: a list is measured by the amount of the month that it is about.
func TestStandardOfTheMonth(t *testing.T) {
	for _, c := range []struct {
		title, sheet, allowance string
		people                  int
		want                    int
	}{
		{"DANH SÁCH CHI TRẢ THÁNG 5/2023", "Sheet1", "540.000", 3, 0},
		{"DANH SÁCH CHI TRẢ THÁNG 05 NĂM 2023", "Sheet1", "540.000", 3, 0},
		{"DANH SÁCH CHI TRẢ THÁNG 5/2023", "Sheet1", "750.000", 3, 3},
		{"DANH SÁCH CHI TRẢ", "T5.2023", "540.000", 3, 0},
		{"DANH SÁCH CHI TRẢ", "Sheet1", "540.000", 3, 3},
		{"DANH SÁCH CHI TRẢ", "Sheet1", "540.000", 6, 0}, // all of them: the list is of that time
		{"DANH SÁCH CHI TRẢ THÁNG 11/2026", "Sheet1", "540.000", 6, 6},
		{"DANH SÁCH CHI TRẢ (Kèm theo Quyết định ngày 20 tháng 4 năm 2023)", "Sheet1", "750.000", 3, 0},
		{"DANH SÁCH CHI TRẢ THÁNG 6/2024 VÀ THÁNG 7/2024", "Sheet1", "750.000", 3, 0},
	} {
		lines := [][]string{{c.title}, benefitHeaders}
		for i := range c.people {
			lines = append(lines, append([]string{fmt.Sprint("number:", i+1)}, receiver(fmt.Sprintf("name=Lò Văn %c", 'A'+i), fmt.Sprintf("id=014075%06d", 1000+37*i), "allowance="+c.allowance)...))
		}
		book := table(lines...)
		book.Sheets[0].Name = c.sheet
		ro, err := roster.Read(book, roster.ReadOptions{Kind: roster.KindBeneficiary})
		if err != nil {
			t.Fatal(err)
		}
		got := 0
		for _, f := range check.New(ro, check.BeneficiaryRules(), today).Findings() {
			if f.Code == "allowance.mismatch" {
				got++
			}
		}
		if got != c.want {
			t.Errorf("%s, %s, %s for %d: %d findings, want %d", c.title, c.sheet, c.allowance, c.people, got, c.want)
		}
	}
}

// TestColumnsUsedOtherwise: what nearly everybody of a list has, or has not, is no question at every person.
func TestColumnsUsedOtherwise(t *testing.T) {
	people := func(n int, changes func(i int) []string) (rows [][]string) {
		for i := range n {
			rows = append(rows, receiver(append([]string{fmt.Sprintf("name=Lò Văn %c", 'A'+i), fmt.Sprintf("id=014075%06d", 1000+37*i)}, changes(i)...)...))
		}
		return rows
	}
	for _, c := range []struct {
		name string
		rows [][]string
		want string
	}{
		{"codes of software", people(8, func(i int) []string { return []string{fmt.Sprintf("category=0%d01", i+4)} }), ""},
		{"… beside one that is in the old decree by chance", people(8, func(i int) []string { return []string{fmt.Sprintf("category=0%d01", i+2)} }), ""}, // 0301
		{"a few codes", people(8, func(i int) []string {
			if i > 1 {
				return nil
			}
			return []string{"category=0601"}
		}), "category.unknown category.unknown"},
		{"a column of categories that nobody fills in", people(8, func(int) []string { return []string{"category="} }), ""},
		{"a few without", people(3, func(int) []string { return []string{"category="} }), "category.missing category.missing category.missing"},
		{"a column of decisions that nobody fills in", people(8, func(int) []string { return []string{"decision="} }), ""},
		{"a few without a decision", people(2, func(int) []string { return []string{"decision="} }), "decision_no.missing decision_no.missing"},
	} {
		var got []string
		for _, f := range check.New(receivers(t, c.rows...), check.BeneficiaryRules(), today).Findings() {
			got = append(got, f.Code)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: found %v, want %s", c.name, got, c.want)
		}
	}
}

func TestTypedBenefit(t *testing.T) {
	for _, c := range []struct {
		field      roster.Field
		text, want string
	}{
		{roster.Category, "5.5.c", "5.5.c"}, {roster.Category, "gì đó", ""}, {roster.Coefficient, "1,5", "1.5"}, {roster.Coefficient, "hệ số 2", "2"}, {roster.Coefficient, "", ""},
		{roster.Allowance, "750.000", "750000"}, {roster.Allowance, "không", ""}, {roster.DecisionNo, "12/QĐ", "12/QĐ"}, {roster.DecisionNo, "chưa", ""},
		{roster.BenefitFrom, "7/2024", "07/2024"}, {roster.BenefitFrom, "1/7/2024", "01/07/2024"}, {roster.BenefitFrom, "2024", ""}, {roster.FullName, "Lò", ""},
	} {
		got, ok := check.TypedBenefit(c.field, c.text)
		if ok != (c.want != "") || ok && got != c.want {
			t.Errorf("%s %q: %q %v", c.field, c.text, got, ok)
		}
	}
}

func TestPrivate(t *testing.T) {
	for text, want := range map[string][2]bool{
		"5.3": {false, true}, "5.8": {false, true}, "Khoản 8 Điều 5": {false, true}, "nhiễm HIV/AIDS": {true, true}, "5.5.c": {false, false}, "Bản Hivu": {false, false}, "": {false, false},
	} {
		if got := [2]bool{check.Private(text), check.PrivateCategory(text)}; got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
