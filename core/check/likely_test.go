package check_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lamsach/core/check"
	"lamsach/core/fault"
	"lamsach/core/roster"
)

func TestLikelyDoubles(t *testing.T) {
	for _, c := range []struct {
		name string
		rows [][]string
		want string
	}{
		{"three days later", [][]string{child("id="), child("birth=date:2016-05-12")}, "2 personal_id.missing, 2 record.likely_duplicate [3] echo, 3 record.likely_duplicate [2]"},
		{"one number, asked once", [][]string{child(), child("birth=date:2016-05-12")},
			"2 personal_id.duplicate [3] echo, 3 personal_id.duplicate [2] echo, 2 record.likely_duplicate [3] echo, 3 record.likely_duplicate [2]"},
		{"too soon after", [][]string{child(), child("name=Cà Văn Hai", "birth=date:2016-09-30", "id=014216000555")}, "2 record.likely_duplicate [3] echo, 3 record.likely_duplicate [2]"},
		{"a year and more after", [][]string{child(), child("name=Cà Văn Hai", "birth=date:2017-09-30", "id=014217000555")}, ""},
		{"twins whose names are alike", [][]string{child("name=Lò Văn Phương"), child("name=Lò Văn Phượngg", "id=014216000555")}, "2 record.twin [3] echo, 3 record.twin [2]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := byPerson(list(t, c.rows...)); got != c.want {
				t.Errorf("\n got %s\nwant %s", got, c.want)
			}
		})
	}
}

// TestYearsOnly: of old people nobody knows more than the year, mostly.
func TestYearsOnly(t *testing.T) {
	old := func(changes ...string) []string {
		return receiver(append([]string{"name=Lò Văn Ơn", "birth=1950", "id=014050000117"}, changes...)...)
	}
	for _, c := range []struct {
		name string
		rows [][]string
		want string
	}{
		{"one without a number", [][]string{old(), old("id=")}, "2 3"},
		{"both without", [][]string{old("id="), old("id=", "name=LÒ VĂN ƠN")}, "2 3"},
		{"the year, and a date of it", [][]string{old(), old("id=", "birth=date:1950-03-05")}, "2 3"},
		{"the month, and another", [][]string{old("birth=04/1950"), old("id=", "birth=date:1950-03-05")}, ""},
		{"the year, and a date of the next", [][]string{old(), old("id=", "birth=date:1951-03-05")}, ""},
		{"the next year", [][]string{old(), old("id=", "birth=1951")}, ""},
		{"two numbers", [][]string{old(), old("id=014050000986")}, ""},
		{"another hamlet", [][]string{old(), old("id=", "hamlet=Bản Chung")}, ""},
		{"the other sex", [][]string{old(), old("id=", "sex=Nữ")}, ""},
		{"other tones", [][]string{old("birth=date:1950-03-05"), old("id=", "name=Lò Văn Ôn")}, ""},
		{"a name that many have", [][]string{old(), old("id="), old("id=", "birth=1941"), old("id=", "birth=1943"), old("id=", "birth=1945"), old("id=", "birth=1947")}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, f := range check.New(receivers(t, c.rows...), check.BeneficiaryRules(), today).Findings() {
				if f.Code == "record.likely_duplicate" {
					got = append(got, fmt.Sprint(f.Record))
				}
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("told of %v, want %s", got, c.want)
			}
		})
	}
}

// TestOnlyMothers: where a list says nothing of families but the mothers' names, a rare one and one family name are enough for a question.
func TestOnlyMothers(t *testing.T) {
	line := func(name, birth, sex, id, mother string) []string {
		return []string{"number:1", name, "date:" + birth, sex, "Thái", id, mother}
	}
	elder, younger := line("Hà Văn Thoản", "2017-08-14", "Nam", "014217000117", "Điêu Thị Hặc"), line("Hà Thị Trăm", "2017-11-22", "Nữ", "014317000228", "Điêu Thị Hặc")
	for _, c := range []struct {
		name string
		rows [][]string
		want string
	}{
		{"a hundred days", [][]string{elder, younger}, "0 1"},
		{"a year", [][]string{elder, line("Hà Thị Trăm", "2018-11-22", "Nữ", "014318000228", "Điêu Thị Hặc")}, ""},
		{"another family name", [][]string{elder, line("Lò Thị Trăm", "2017-11-22", "Nữ", "014317000228", "Điêu Thị Hặc")}, ""},
		{"no family names", [][]string{line("A Thoản", "2017-08-14", "Nam", "014217000117", "Y Hặc"), line("A Trăm", "2017-11-22", "Nam", "014217000228", "Y Hặc")}, ""},
		{"a mother of other tones", [][]string{elder, line("Hà Thị Trăm", "2017-11-22", "Nữ", "014317000228", "Điêu Thị Hắc")}, ""},
		{"a name that many mothers have", [][]string{elder, younger, line("Hà Văn Ba", "2011-08-14", "Nam", "014211000117", "Điêu Thị Hặc"), line("Hà Văn Tư", "2014-08-14", "Nam", "014214000117", "Điêu Thị Hặc")}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			ro, err := roster.Read(table(append([][]string{{"STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Số định danh cá nhân", "Họ tên mẹ"}}, c.rows...)...), roster.ReadOptions{})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range check.New(ro, check.Rules(), today).Findings() {
				if f.Code == "record.likely_duplicate" {
					got = append(got, fmt.Sprint(f.Record))
				}
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("told of %v, want %s", got, c.want)
			}
		})
	}
}

func TestLikelyDoubleTells(t *testing.T) {
	ro := list(t, child("id="), child("birth=date:2016-05-12", "id="))
	for _, f := range check.New(ro, check.Rules(), today).Findings() {
		if f.Code != "record.likely_duplicate" || f.Record != 3 {
			continue
		}
		if f.Severity != check.Warning || f.Group != check.Double || f.Status != roster.Duplicate || f.Confidence < 0.7 || f.Args["Days"] != 3 || f.Args["Why"] != "close_births" {
			t.Errorf("%+v", f)
		}
		if diff := cmp.Diff([]fault.Text{fault.T("field.birth_date")}, f.Args["Differ"]); diff != "" {
			t.Error(diff)
		}
		return
	}
	t.Error("not found")
}

func TestLikelyButNotOne(t *testing.T) {
	ro := list(t, child("id="), child("birth=date:2016-05-12"))
	c := check.New(ro, check.Rules(), today)
	ro.Records[2].Decide(roster.Decisions{NotSame: []string{ro.Records[3].ID()}})
	c.Recheck(2)
	for _, f := range c.Findings() {
		if strings.HasPrefix(f.Code, "record.") {
			t.Errorf("said to be two, and told %s", f.Code)
		}
	}
}

// TestLikelyStaysTrue: after any corrections the likely doubles are those that a new look finds.
func TestLikelyStaysTrue(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var rows [][]string
		for i := range 12 {
			rows = append(rows, child(fmt.Sprintf("name=Lò Văn %c", 'A'+i%5), fmt.Sprintf("birth=date:2016-%02d-%02d", 1+i%4, 1+i), fmt.Sprintf("id=014216%06d", 1000+37*i), "motherid=", fmt.Sprintf("mother=Cà Thị %c", 'A'+i%3)))
		}
		ro := list(t, rows...)
		c := check.New(ro, check.Rules(), today)
		for range rapid.IntRange(1, 6).Draw(rt, "corrections") {
			rec := rapid.IntRange(0, len(ro.Records)-1).Draw(rt, "who")
			d := roster.Decisions{Fixed: map[roster.Field]roster.Fix{}}
			switch rapid.IntRange(0, 3).Draw(rt, "what") {
			case 0:
				d.Fixed[roster.BirthDate] = roster.Fix{Value: rapid.SampledFrom([]string{"03/01/2016", "05/02/2016", "09/07/2017"}).Draw(rt, "date"), By: roster.ByOfficer}
			case 1:
				d.Fixed[roster.FullName] = roster.Fix{Value: rapid.SampledFrom([]string{"Lò Văn A", "Lò Văn Anh", "Lò Thị B"}).Draw(rt, "name"), By: roster.ByOfficer}
			case 2:
				d.Status = roster.MovedOut
			}
			if rapid.Bool().Draw(rt, "only tried") {
				c.Try(rec, d)
				continue
			}
			ro.Records[rec].Decide(d)
			c.Recheck(rec)
		}
		if diff := cmp.Diff(check.New(ro, check.Rules(), today).Findings(), c.Findings()); diff != "" {
			rt.Fatal(diff)
		}
	})
}
