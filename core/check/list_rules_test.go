package check_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"lamsach/core/check"
	"lamsach/core/roster"
)

// byPerson writes what was found with the people it is about, echoes too: "3 personal_id.duplicate (4)".
func byPerson(ro *roster.Roster) string {
	var said []string
	for _, f := range check.New(ro, check.Rules(), today).Findings() {
		text := fmt.Sprintf("%d %s", f.Record, f.Code)
		if len(f.Related) > 0 {
			text += fmt.Sprint(" ", f.Related)
		}
		if f.Echo {
			text += " echo"
		}
		said = append(said, text)
	}
	return strings.Join(said, ", ")
}

func TestRulesOfSeveralRows(t *testing.T) {
	twin := []string{"name=Lò Văn Mẫu", "id=014216000555"}
	for _, c := range []struct {
		name string
		rows [][]string
		want string
	}{
		{"twice", [][]string{child(), child()}, "2 record.duplicate [3] echo, 3 record.duplicate [2]"},
		{"twice, written otherwise", [][]string{child(), child("name=LO VAN THU", "id=", "birth=09/05/2016")},
			"2 record.duplicate [3] echo, 3 record.duplicate [2], 3 personal_id.missing, 3 full_name.untidy"},
		{"twice without a mother", [][]string{child("id=", "mother=", "motherid=", "guardian=Lò Thị Bà"), child()}, "2 record.duplicate [3] echo, 2 personal_id.missing, 3 record.duplicate [2]"},
		{"three times", [][]string{child(), child(), child()}, "2 record.duplicate [3 4] echo, 3 record.duplicate [2 4], 4 record.duplicate [2 3]"},
		{"another mother", [][]string{child(), child("id=014216000555", "mother=Cà Thị Khác", "motherid=014188203888")}, ""},
		{"without mothers, two numbers", [][]string{child("mother=", "motherid=", "guardian=Lò Thị Bà"), child("mother=", "motherid=", "guardian=Lò Thị Bà", "id=014216000555")}, ""},
		{"without mothers, only the year", [][]string{child("mother=", "motherid=", "guardian=Lò Thị Bà", "birth=2016", "id="), child("mother=", "motherid=", "guardian=Lò Thị Bà", "birth=2016", "id=")},
			"2 birth_date.incomplete, 2 personal_id.missing, 3 birth_date.incomplete, 3 personal_id.missing, 2 record.likely_duplicate [3] echo, 3 record.likely_duplicate [2]"},
		{"twins", [][]string{child(), child(twin...)}, "2 record.twin [3] echo, 3 record.twin [2]"},
		{"one number for two", [][]string{child(), child("name=Cà Văn Khác", "birth=date:2016-07-20", "mother=Cà Thị Khác", "motherid=")},
			"2 personal_id.duplicate [3], 3 personal_id.duplicate [2] echo"},
		{"one number for two that it does not fit both", [][]string{child(), child("name=Cà Thị Khác", "sex=Nữ", "birth=date:2017-07-20", "mother=Cà Thị Mẹ", "motherid=")},
			"2 personal_id.duplicate [3], 3 personal_id.birth_mismatch echo, 3 personal_id.duplicate [2] echo, 3 personal_id.sex_mismatch echo"},
		{"a mother's number for her children", [][]string{child("id=014188203777"), child("name=Lò Văn Mẫu", "birth=date:2018-01-20", "id=014188203777")},
			"2 personal_id.same_as_parent, 3 personal_id.same_as_parent"},
		{"two mothers of one name, by their numbers, and one day", [][]string{child(), child("name=Lò Văn Mẫu", "id=014216000555", "motherid=014195203888")}, ""},
		{"… by their years", [][]string{child("motherid=", "motherbirth=1988"), child("name=Lò Văn Mẫu", "id=014216000555", "motherid=", "motherbirth=1995")}, ""},
		{"two mothers of one name, and two children of one", [][]string{child(), child("id=014216000555", "motherid=014195203888")}, ""},
		{"a slip in the mother's number", [][]string{child(), child("id=", "motherid=014188203778")},
			"2 record.duplicate [3] echo, 3 record.duplicate [2], 3 personal_id.missing"},
		{"two mothers of one name, and nothing else differs", [][]string{child("id="), child("id=", "motherid=014195203888")},
			"2 personal_id.missing, 3 personal_id.missing, 2 record.likely_duplicate [3] echo, 3 record.likely_duplicate [2]"},
		{"one number for two mothers", [][]string{child(), child("name=Cà Văn Khác", "birth=date:2014-07-20", "id=014214000555", "mother=Cà Thị Khác", "father=Cà Văn Ba", "fatherid=")},
			"2 mother_id.duplicate [3], 3 mother_id.duplicate [2]"},
		{"… one of them in another script", [][]string{child(), child("name=Cà Văn Khác", "birth=date:2014-07-20", "id=014214000555", "mother=王小明", "father=Cà Văn Ba", "fatherid=")},
			"2 mother_id.duplicate [3], 3 mother_name.malformed, 3 mother_id.duplicate [2]"},
		{"one number for two fathers", [][]string{child(), child("name=Cà Văn Khác", "birth=date:2014-07-20", "id=014214000555", "mother=Cà Thị Khác", "motherid=", "father=Cà Văn Ba")},
			"2 father_id.duplicate [3], 3 father_id.duplicate [2]"},
		{"one mother in two spellings", [][]string{child(), child("name=Lò Văn Hai", "birth=date:2014-07-20", "id=014214000555", "mother=Vì Thị Mè@")}, "3 mother_name.malformed"},
		{"one mother, here called like the child", [][]string{child(), child("name=Lò Văn Hai", "birth=date:2014-07-20", "id=014214000555", "mother=Lò Văn Hai")}, "3 family.same_name"},
		{"one mother, here in the father's column", [][]string{child(), child("name=Lò Văn Hai", "birth=date:2014-07-20", "id=014214000555", "mother=Lò Văn Bố", "father=Vì Thị Mẹ")}, "3 family.swapped"},
		{"one mother, here without her name", [][]string{child(), child("name=Lò Văn Hai", "birth=date:2014-07-20", "id=014214000555", "mother=")}, "3 family.father_only"},
		{"numbers that count up", [][]string{child("id=014216000115"), child("name=Cà Văn Hai", "id=014216000116", "mother=Cà Thị Hai", "motherid="), child("name=Cà Văn Ba", "id=014216000117", "mother=Cà Thị Ba", "motherid=")},
			"2 personal_id.series [3 4], 3 personal_id.series [2 4] echo, 4 personal_id.series [2 3] echo"},
		{"two neighbours", [][]string{child("id=014216000115"), child("name=Cà Văn Hai", "id=014216000116", "mother=Cà Thị Hai", "motherid=")}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := byPerson(list(t, c.rows...)); got != c.want {
				t.Errorf("\n got %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestNotOnePerson(t *testing.T) {
	ro := list(t, child("id="), child("id="))
	ro.Records[3].Decide(roster.Decisions{NotSame: []string{ro.Records[2].ID()}})
	if got := byPerson(ro); strings.Contains(got, "duplicate") {
		t.Errorf("said to be two people, and found %s", got)
	}
	ro.Records[3].Decide(roster.Decisions{Status: roster.Duplicate, SameAs: ro.Records[2].ID()})
	if got, want := byPerson(ro), "2 personal_id.missing"; got != want {
		t.Errorf("one left, and found %s", got)
	}
}

// many makes n right children with different names, days and numbers.
func many(n int, change func(i int) []string) [][]string {
	given := []string{"Hoà", "Thành", "Sính", "Pâng", "Dợ", "Thảo", "Yến", "Chiến", "Đạt", "Nọi", "Mỷ", "Ngọc", "Bình", "Đức", "Hạnh", "Quý", "Sơn"}
	var rows [][]string
	for i := range n {
		row := []string{"name=Lò Văn " + given[i%17] + " " + given[i/17%17], fmt.Sprintf("birth=date:2016-%02d-%02d", 1+i%12, 13+i%15), fmt.Sprintf("id=014216%06d", 1000+37*i),
			"mother=Vì Thị " + given[i%17] + " " + given[i/17%17] + " " + given[i%13], "motherid=", "fatherid="}
		rows = append(rows, child(append(row, change(i)...)...))
	}
	return rows
}

// codes counts the findings by code.
func codes(ro *roster.Roster) map[string]int {
	n := map[string]int{}
	for _, f := range check.New(ro, check.Rules(), today).Findings() {
		n[f.Code]++
	}
	return n
}

func TestColumnsOfDates(t *testing.T) {
	spoilt := many(40, func(i int) []string {
		if i%2 == 0 {
			return []string{fmt.Sprintf("birth=date:2016-%02d-%02d", 1+i%12, 1+i*5%12)}
		}
		return []string{fmt.Sprintf("birth=%02d/%02d/2016", 13+i%15, 1+i%12)}
	})
	ro, err := roster.Read(table(append([][]string{headerLine()}, spoilt...)...), roster.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	found := check.New(ro, check.Rules(), today).Findings()
	if n := len(found); n == 0 || n > 20 {
		t.Fatalf("%d findings", n)
	}
	for _, f := range found {
		day := ro.Value(f.Record, roster.BirthDate).Text
		if f.Code != "birth_date.swapped" || f.Suggestion != day[5:7]+"/"+day[8:10]+"/"+day[:4] {
			t.Errorf("row %d: %s suggests %s for %s", f.Record, f.Code, f.Suggestion, day)
		}
	}
	right := codes(list(t, many(40, func(i int) []string { return nil })...))
	if len(right) != 0 {
		t.Errorf("right dates: %v", right)
	}
	for n, want := range map[int]int{4: 0, 5: 5} {
		piled := codes(list(t, many(40, func(i int) []string {
			if i < n {
				return []string{"birth=date:2016-01-01"}
			}
			return nil
		})...))
		if piled["birth_date.pile_up"] != want {
			t.Errorf("%d births on 1 January: %v", n, piled)
		}
	}
	few := codes(list(t, many(200, func(i int) []string {
		if i < 6 {
			return []string{"birth=date:2016-01-01"}
		}
		return nil
	})...))
	if few["birth_date.pile_up"] != 0 {
		t.Errorf("3 %% of births on 1 January: %v", few)
	}
}

func headerLine() []string {
	var top []string
	for _, h := range headers {
		top = append(top, h.header)
	}
	return top
}

func TestNamesWithoutMarks(t *testing.T) {
	ro := list(t, append(many(60, func(int) []string { return nil }), child("name=Lo Van Dat", "id=014216777777"), child("name=Mai Lan Anh", "id=014218888888", "birth=date:2018-11-30"),
		child("name=Ksor H'Bliu", "id=064218888881", "birth=date:2018-11-29"), child("name=Y Jut Ja", "id=064218888884", "birth=date:2018-11-28"), child("name=Kha Thi Hom", "id=014318888882", "birth=date:2018-11-27", "sex=Nữ"))...)
	var got []string
	for _, f := range check.New(ro, check.Rules(), today).Findings() {
		got = append(got, f.Code+" "+f.Value+" → "+f.Suggestion)
	}
	if want := []string{"full_name.unaccented Lo Van Dat → ", "full_name.unaccented Kha Thi Hom → Kha Thị Hom"}; !slices.Equal(got, want) {
		t.Errorf("found %v, want %v", got, want)
	}
}

func TestWordsForSexes(t *testing.T) {
	rows := many(12, func(i int) []string {
		if i%2 == 0 {
			return []string{"sex=1"}
		}
		return []string{"sex=0", fmt.Sprintf("id=014316%06d", 1000+37*i), "name=Lò Thị Hoa " + fmt.Sprint(string(rune('A'+i)))}
	})
	for _, f := range check.New(list(t, rows...), check.Rules(), today).Findings() {
		if f.Code != "sex.malformed" {
			continue
		}
		if want := map[string]string{"1": "Nam", "0": "Nữ"}[f.Value]; f.Suggestion != want || f.Fix != check.Checked {
			t.Errorf("%q means %q (%s), want %q", f.Value, f.Suggestion, f.Fix, want)
		}
	}
	if n := codes(list(t, rows[:3]...))["sex.malformed"]; n != 3 {
		t.Errorf("%d findings in a short list", n)
	}
}

func TestEthnicGroupOfOthers(t *testing.T) {
	rows := many(8, func(i int) []string { return nil })
	rows = append(rows, child("name=Lò Văn Em", "id=014216777777", "birth=date:2018-03-14", "ethnic=", "mother=Vì Thị Hoà Hoà Hoà", "id=014218777777"),
		child("name=Lò Văn Khác", "birth=date:2018-03-15", "ethnic=", "id=014218888778", "mother=Cà Thị Khác", "father=Cà Văn Khác", "motherid=", "fatherid="),
		child("name=Lò Văn Xa", "birth=date:2018-03-16", "ethnic=", "id=014218999779", "mother=Cà Thị Lạ", "father=Cà Văn Lạ", "motherid=", "fatherid=", "hamlet=Bản Xa"))
	var got []string
	for _, f := range check.New(list(t, rows...), check.Rules(), today).Findings() {
		got = append(got, fmt.Sprint(f.Code, " ", f.Suggestion, " ", f.Args["From"]))
	}
	want := []string{"ethnicity.missing Thái mother", "ethnicity.missing Thái hamlet", "ethnicity.missing  <nil>"}
	if !slices.Equal(got, want) {
		t.Errorf("found %v, want %v", got, want)
	}
}

func TestFileAndColumns(t *testing.T) {
	header := "STT|Họ và tên|Ngày sinh|Giới tính|Dân tộc|Số CCCD|Họ tên mẹ"
	people := []string{"number:1|Lò Văn Thử|date:2016-05-09|Nam|Thái|014216000117|Vì Thị Mẹ", "number:2|Mùa Thị Dợ|date:2017-06-10|Nữ|Mông|014317000225|Thào Thị Má", "number:3|Hà Thị Mẫu|date:2018-07-11|Nữ|Kinh|014318000339|Lò Thị U"}
	split := func(lines ...string) (rows [][]string) {
		for _, line := range lines {
			rows = append(rows, strings.Split(line, "|"))
		}
		return rows
	}
	exchange := func(a, b int) (lines []string) {
		for _, line := range people {
			cells := strings.Split(line, "|")
			cells[a], cells[b] = cells[b], cells[a]
			lines = append(lines, strings.Join(cells, "|"))
		}
		return append([]string{header}, lines...)
	}
	for _, c := range []struct {
		name  string
		lines []string
		want  string // code field of what is about the file
	}{
		{"right", append([]string{header}, people...), ""},
		{"no birth date", append([]string{strings.Replace(header, "Ngày sinh", "Nơi sinh", 1)}, strings.Replace(people[0], "date:2016-05-09", "Sơn La", 1), strings.Replace(people[1], "date:2017-06-10", "Sơn La", 1)), "column.missing birth_date"},
		{"no sex", append([]string{strings.Replace(header, "Giới tính", "Nơi sinh", 1)}, strings.Replace(people[0], "Nam", "Sơn La", 1), strings.Replace(people[1], "Nữ", "Sơn La", 1)), "column.missing sex"},
		{"a guessed column", append([]string{strings.Replace(header, "Số CCCD", "Dãy số", 1)}, people...), "column.uncertain personal_id"},
		{"a second list to the right", []string{header + "||" + header, people[0] + "||" + people[1], people[2]}, "column.uncertain full_name"},
		{"exchanged columns", exchange(2, 5), "column.contradicts birth_date, column.contradicts personal_id"},
		{"sex and ethnic group exchanged", exchange(3, 4), "column.contradicts ethnicity, column.contradicts sex"},
		{"a formula without a value", append([]string{header}, people[0], strings.Replace(people[1], "Mông", "formula:", 1), people[2]), "file.formula ethnicity"},
	} {
		t.Run(c.name, func(t *testing.T) {
			ro, err := roster.Read(table(split(c.lines...)...), roster.ReadOptions{})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range check.New(ro, check.Rules(), today).Findings() {
				switch {
				case f.Record < 0:
					got = append(got, f.Code+" "+f.Field.String())
				case !f.Echo && strings.HasPrefix(c.want, "column.contradicts"):
					t.Errorf("asked beside the column: %s", f.Code)
				}
			}
			slices.Sort(got)
			if text := strings.Join(got, ", "); text != c.want {
				t.Errorf("found %q, want %q", text, c.want)
			}
		})
	}
}

func TestHiddenAndDecoded(t *testing.T) {
	book := table(headerLine(), child(), child("name=Hà Đức Mẫu", "id=014216300339"))
	rows := book.Sheets[0].Rows
	book.Sheets[0].Rows = func(yield func(roster.SheetRow, error) bool) {
		for row, err := range rows {
			row.Hidden = row.Number == 3
			if row.Number == 2 {
				row.Cells[1] = roster.Cell{Kind: roster.Text, Text: "Lß V¨n Thö", Legacy: roster.TCVN3}
			}
			if !yield(row, err) {
				return
			}
		}
	}
	ro, err := roster.Read(book, roster.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range check.New(ro, check.Rules(), today).Findings() {
		if f.Record < 0 {
			got = append(got, f.Code)
		}
	}
	if want := []string{"file.hidden", "file.encoding"}; !slices.Equal(got, want) {
		t.Errorf("found %v, want %v", got, want)
	}
}

// TestLoneNameInOldFont: one name in an old font among others that are not is told in its row, not of the column.
func TestLoneNameInOldFont(t *testing.T) {
	book := table(append([][]string{headerLine()}, many(9, func(int) []string { return nil })...)...)
	rows := book.Sheets[0].Rows
	book.Sheets[0].Rows = func(yield func(roster.SheetRow, error) bool) {
		for row, err := range rows {
			if row.Number == 4 {
				row.Cells[1] = roster.Cell{Kind: roster.Text, Text: "Lß V¨n Thö", Legacy: roster.TCVN3}
			}
			if !yield(row, err) {
				return
			}
		}
	}
	ro, err := roster.Read(book, roster.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	c := check.New(ro, check.Rules(), today)
	var got []string
	for _, f := range c.Findings() {
		got = append(got, fmt.Sprint(f.Record+2, " ", f.Code, " ", f.Value, " → ", f.Suggestion))
		ro.Records[f.Record].Decide(f.Accept(ro.Records[f.Record].Decided(), roster.ByOfficer))
	}
	if want := []string{"4 full_name.encoding Lß V¨n Thö → Lò Văn Thử"}; !slices.Equal(got, want) {
		t.Errorf("found %v, want %v", got, want)
	}
	if c.Recheck(2); len(c.Findings()) != 0 {
		t.Errorf("still found: %s", told(c.Findings()))
	}
}

func TestNumbersThatSlipped(t *testing.T) {
	rows := many(8, func(i int) []string {
		if i%2 == 1 {
			return []string{"sex=Nữ", fmt.Sprintf("id=014316%06d", 1000+37*i)}
		}
		return nil
	})
	const id = 5 // the column of numbers
	for i := 2; i < 6; i++ {
		rows[i][id] = rows[i+1][id]
	}
	rows[6][id] = ""
	ro := list(t, rows...)
	n := 0
	for _, f := range check.New(ro, check.Rules(), today).Findings() {
		if f.Code == "personal_id.sex_mismatch" {
			n++
			if f.Args["Shifted"] != 4 || f.Args["ShiftRow"] != ro.Records[f.Record+1].Row {
				t.Errorf("row %d: %v", ro.Records[f.Record].Row, f.Args)
			}
		}
	}
	if n != 4 {
		t.Errorf("%d numbers slipped, want 4", n)
	}
	rows[3][id] = "014216009999"
	for _, f := range check.New(list(t, rows...), check.Rules(), today).Findings() {
		if _, told := f.Args["Shifted"]; told && f.Args["Shifted"].(int) < 3 {
			t.Errorf("two rows are told as slipped: %v", f.Args)
		}
	}
}
