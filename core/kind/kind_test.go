package kind_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"lamsach/core/check"
	"lamsach/core/civil"
	"lamsach/core/kind"
	"lamsach/core/roster"
)

var today = civil.Date{Year: 2026, Month: 11, Day: 22}

func TestEveryKindFindsItself(t *testing.T) {
	for _, k := range kind.All() {
		if got := kind.Of(k.Name).Name; got != k.Name {
			t.Errorf("Of(%q) is %q", k.Name, got)
		}
		if got := kind.Guess(&roster.Roster{Kind: k.Name}, today).Name; got != k.Name {
			t.Errorf("a list of %q is guessed %q", k.Name, got)
		}
		if len(k.Rules) == 0 || len(k.Fields) == 0 {
			t.Errorf("%q has no rules or fields", k.Name)
		}
	}
	if got := kind.Of("something else").Name; got != roster.KindChild {
		t.Errorf("an unknown kind is %q", got)
	}
}

func TestRulesOfAKind(t *testing.T) {
	family := func(rules []check.Rule) bool {
		for _, r := range rules {
			if r.Name == "family" {
				return true
			}
		}
		return false
	}
	if !family(kind.Child().Rules) {
		t.Error("nobody asks for the family of children")
	}
	if family(kind.Beneficiary().Rules) {
		t.Error("adults are asked for their family")
	}
}

// sheet makes a list of one sheet: headers, then rows of texts.
func sheet(lines ...[]string) roster.Book {
	return roster.Book{Sheets: []roster.Sheet{{Name: "Sheet1", Rows: func(yield func(roster.SheetRow, error) bool) {
		for i, line := range lines {
			row := roster.SheetRow{Number: i + 1}
			for _, text := range line {
				c := roster.Cell{Kind: roster.Text, Text: text}
				if text == "" {
					c = roster.Cell{}
				}
				row.Cells = append(row.Cells, c)
			}
			if !yield(row, nil) {
				return
			}
		}
	}}}}
}

func TestGuess(t *testing.T) {
	for _, c := range []struct {
		name    string
		headers []string
		row     func(i int) []string
		want    string
	}{
		{"children with their parents", []string{"STT", "Họ và tên", "Ngày sinh", "Họ tên cha", "Họ tên mẹ"}, func(i int) []string {
			return []string{fmt.Sprint("02/05/", 2012+i%14), "Lò Văn Cha", "Cà Thị Mẹ"}
		}, roster.KindChild},
		{"pupils with a column of circumstances", []string{"STT", "Họ và tên", "Ngày sinh", "Đối tượng chính sách", "Họ tên mẹ"}, func(i int) []string {
			return []string{fmt.Sprint("02/05/", 2012+i%14), "hộ nghèo", "Cà Thị Mẹ"}
		}, roster.KindChild},
		{"some grew up", []string{"STT", "Họ và tên", "Ngày sinh", "Họ tên mẹ"}, func(i int) []string {
			return []string{fmt.Sprint("02/05/", 2006+i%20), "Cà Thị Mẹ"}
		}, roster.KindChild},
		{"old people, nothing else", []string{"STT", "Họ và tên", "Năm sinh", "Địa chỉ"}, func(i int) []string {
			return []string{fmt.Sprint(1930 + i%15), "Bản Bẹ"}
		}, roster.KindBeneficiary},
		{"adults with categories", []string{"STT", "Họ và tên", "Năm sinh", "Đối tượng"}, func(i int) []string {
			return []string{fmt.Sprint(1950 + i%60), "5.6"}
		}, roster.KindBeneficiary},
		{"orphans who are paid", []string{"STT", "Họ và tên", "Ngày sinh", "Hệ số", "Mức hưởng"}, func(i int) []string {
			return []string{fmt.Sprint("02/05/", 2012+i%14), "1,5", "750000"}
		}, roster.KindBeneficiary},
	} {
		lines := [][]string{c.headers}
		for i := range 30 {
			lines = append(lines, append([]string{fmt.Sprint(i + 1), fmt.Sprintf("Lò Văn %c%c", 'A'+i%26, 'a'+i%23)}, c.row(i)...))
		}
		ro, err := roster.Read(sheet(lines...), roster.ReadOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if got := kind.Guess(ro, today).Name; got != c.want {
			t.Errorf("%s: guessed %s", c.name, got)
		}
	}
}

// TestGuessFewPeople: titles, names of sheets and what stands in the columns tell what a list of a few people is, or one without parents.
func TestGuessFewPeople(t *testing.T) {
	old := func(i int) string { return fmt.Sprint(1930 + 5*i) }
	young := func(i int) string { return fmt.Sprintf("0%d/05/%d", 1+i, 2012+i) }
	for _, c := range []struct {
		name, title, sheet, headers string
		people                      int
		birth                       func(i int) string
		rest, want                  string
	}{
		{"old people who are paid", "", "Sheet1", "Số tiền", 8, old, "500.000đ", roster.KindBeneficiary},
		{"an old man", "", "Sheet1", "Địa chỉ", 1, old, "Bản Bẹ", roster.KindBeneficiary},
		{"old people on a list of children", "DANH SÁCH TRẺ EM", "Sheet1", "Địa chỉ", 4, old, "Bản Bẹ", roster.KindBeneficiary},
		{"two wrong dates on a list of children", "DANH SÁCH TRẺ EM", "Sheet1", "Địa chỉ", 2, old, "Bản Bẹ", roster.KindChild},
		{"two wrong dates beside parents", "", "Sheet1", "Họ tên cha|Họ tên mẹ", 2, old, "Lò Văn Cha|Cà Thị Mẹ", roster.KindChild},
		{"children", "", "Sheet1", "Địa chỉ", 5, young, "Bản Bẹ", roster.KindChild},
		{"children who are paid as much as an allowance", "", "Sheet1", "Số tiền", 5, young, "750.000", roster.KindBeneficiary},
		{"children with a gift", "", "Sheet1", "Số tiền", 5, young, "100.000", roster.KindChild},
		{"pupils who are paid", "DANH SÁCH HỌC SINH NHẬN HỖ TRỢ", "Sheet1", "Số tiền", 5, young, "750.000", roster.KindChild},
		{"children who are paid beside their parents", "", "Sheet1", "Họ tên cha|Họ tên mẹ|Số tiền", 5, young, "Lò Văn Cha|Cà Thị Mẹ|750.000", roster.KindChild},
		{"children of a payment", "DANH SÁCH CHI TRẢ THÁNG 5", "Sheet1", "Hệ số", 5, young, "1,5", roster.KindBeneficiary},
		{"disabled children", "DANH SÁCH TRẺ EM KHUYẾT TẬT", "Sheet1", "Địa chỉ", 5, young, "Bản Bẹ", roster.KindChild},
		{"nobody's age is known, but the sheet's name", "", "NCT trên 80", "Địa chỉ", 3, func(int) string { return "" }, "Bản Bẹ", roster.KindBeneficiary},
		{"children of a place called so", "XÃ MỘC CHÂU, TỈNH BẾN TRE", "Sheet1", "Số tiền", 3, young, "750.000", roster.KindBeneficiary},
	} {
		var lines [][]string
		if c.title != "" {
			lines = append(lines, []string{c.title})
		}
		lines = append(lines, append([]string{"STT", "Họ và tên", "Ngày sinh"}, strings.Split(c.headers, "|")...))
		for i := range c.people {
			lines = append(lines, append([]string{fmt.Sprint(i + 1), fmt.Sprintf("Lò Văn %c%c", 'A'+i%26, 'a'+i%23), c.birth(i)}, strings.Split(c.rest, "|")...))
		}
		book := sheet(lines...)
		book.Sheets[0].Name = c.sheet
		ro, err := roster.Read(book, roster.ReadOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if got := kind.Guess(ro, today).Name; len(ro.Records) != c.people || got != c.want {
			t.Errorf("%s: %d people, guessed %s", c.name, len(ro.Records), got)
		}
	}
}

// merit is a kind that the program does not know: people with merit in the revolution, who have a certificate.
func merit() kind.Kind {
	certificate := check.Rule{Name: "certificate", Codes: []string{"decision_no.certificate"}, Row: func(v *check.RowView) {
		if value := v.Value(roster.DecisionNo); !value.Absent && value.Text == "" {
			v.Add(check.Finding{Code: "decision_no.certificate", Field: roster.DecisionNo, Severity: check.Warning, Group: check.BasicInfo})
		}
	}}
	return kind.Kind{
		Name: "merit", Rules: append(check.Common(), certificate),
		Fields: []roster.Field{roster.FullName, roster.BirthDate, roster.PersonalID, roster.DecisionNo},
	}
}

// TestAnotherKind: one value is a kind; its lists are read, checked and told by its own rules, and as people of all ages.
func TestAnotherKind(t *testing.T) {
	ro, err := roster.Read(sheet(
		[]string{"STT", "Họ và tên", "Năm sinh", "Giới tính", "Dân tộc", "Số định danh cá nhân", "Số quyết định"},
		[]string{"1", "Lò Văn Một", "1950", "Nam", "Thái", "014050000117", "12/QĐ"},
		[]string{"2", "Cà Thị Hai", "1952", "Nữ", "Thái", "014152000228", ""},
	), roster.ReadOptions{Kind: "merit"})
	if err != nil {
		t.Fatal(err)
	}
	if ro.Kind != "merit" {
		t.Fatalf("it was read as %s", ro.Kind)
	}
	var got []string
	for _, f := range check.New(ro, merit().Rules, today).Findings() {
		got = append(got, fmt.Sprintf("%d %s %s", f.Record, f.Code, f.Severity))
	}
	want := []string{"1 decision_no.certificate warning", "0 birth_date.incomplete info", "1 birth_date.incomplete info"}
	if !slices.Equal(got, want) {
		t.Errorf("found %v, want %v", got, want)
	}
}

func TestCodesOfAllKinds(t *testing.T) {
	codes := kind.Codes()
	for _, code := range []string{"personal_id.missing", "category.unknown", "record.elsewhere", "family.missing"} {
		if !slices.Contains(codes, code) {
			t.Errorf("%s is missing", code)
		}
	}
}
