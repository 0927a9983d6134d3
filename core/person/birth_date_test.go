package person_test

import (
	"encoding/json"
	"strings"
	"testing"

	"lamsach/core/civil"
	"lamsach/core/person"
)

var asOf = civil.Date{Year: 2026, Month: 11, Day: 22}

func TestParseBirthDate(t *testing.T) {
	for text, want := range map[string]person.BirthDate{
		"15/04/2016": {2016, 4, 15}, "04/2016": {2016, 4, 0}, "2016": {2016, 0, 0}, "29/02/2016": {2016, 2, 29},
		"29/02/2015": {}, "31/04/2016": {}, "13/2016": {}, "00/2016": {}, "0000": {}, "15/4/2016": {}, "2016-04-15": {}, "": {}, "00/04/2016": {}, "1/04/2016 ": {}, "abcd": {},
	} {
		got, err := person.ParseBirthDate(text)
		if got != want || (err == nil) != !want.IsZero() {
			t.Errorf("ParseBirthDate(%q) = %v, %v", text, got, err)
		}
		if err == nil && got.String() != text {
			t.Errorf("%q prints as %q", text, got)
		}
	}
}

func TestBirthDateJSON(t *testing.T) {
	type box struct{ D, None person.BirthDate }
	body, err := json.Marshal(box{D: person.BirthDate{Year: 2016, Month: 4}})
	if err != nil || string(body) != `{"D":"04/2016","None":""}` {
		t.Fatalf("%s %v", body, err)
	}
	var back box
	if err := json.Unmarshal(body, &back); err != nil || back.D.Month != 4 || back.D.Complete() || !back.None.IsZero() {
		t.Errorf("%v %v", back, err)
	}
	if err := json.Unmarshal([]byte(`{"D":"31/02/2016"}`), &back); err == nil {
		t.Error("an impossible date was taken")
	}
	if day := (person.BirthDate{Year: 2016, Month: 4, Day: 15}).Civil(); day.String() != "2016-04-15" {
		t.Errorf("Civil = %v", day)
	}
	if !(person.BirthDate{Year: 2016}).Civil().IsZero() {
		t.Error("an incomplete date has a day")
	}
}

type dateCase struct{ in, fault, value, suggest string }

func checkDates(t *testing.T, numeric bool, cases []dateCase) {
	t.Helper()
	for _, c := range cases {
		r := person.ReadBirthDate(person.Raw{Text: c.in, Numeric: numeric}, asOf)
		if c.fault == person.Untidy && c.suggest == "" {
			c.suggest = c.value
		}
		if got := (dateCase{c.in, r.Fault, r.Value.String(), r.Suggest}); got != c {
			t.Errorf("%q:\n got %+v\nwant %+v", c.in, got, c)
		}
	}
}

func TestReadBirthDateText(t *testing.T) {
	checkDates(t, false, []dateCase{
		{"05/03/2015", "", "05/03/2015", ""}, {"5/3/2015", "", "05/03/2015", ""}, {"29/02/2016", "", "29/02/2016", ""}, {"22/11/2026", "", "22/11/2026", ""}, {"05/3/2015", "", "05/03/2015", ""},
		{"", "missing", "", ""}, {"  ", "missing", "", ""}, {"chưa rõ", "missing", "", ""}, {"-", "missing", "", ""}, {"không nhớ", "missing", "", ""}, {"x", "missing", "", ""}, {"00/00/0000", "missing", "", ""},
		{"5.3.15", "untidy", "05/03/2015", ""}, {"2015-03-05", "untidy", "05/03/2015", ""}, {"05032015", "untidy", "05/03/2015", ""}, {"20150305", "untidy", "05/03/2015", ""},
		{"ngày 5 tháng 3 năm 2015", "untidy", "05/03/2015", ""}, {"Ngày 05 tháng 03 năm 2015", "untidy", "05/03/2015", ""}, {"mùng 5 tháng 3 năm 2015", "untidy", "05/03/2015", ""}, {"ngay 5 thang 3 nam 2015", "untidy", "05/03/2015", ""},
		{"０５／０３／２０１５", "untidy", "05/03/2015", ""}, {"05/03/2015 00:00:00", "untidy", "05/03/2015", ""}, {"2015-03-05T00:00:00", "untidy", "05/03/2015", ""}, {"2015-03-05 00:00:00.000", "untidy", "05/03/2015", ""},
		{"5/3/2015 12:00:00 AM", "untidy", "05/03/2015", ""}, {"05-03-2015", "untidy", "05/03/2015", ""}, {"05.03.2015", "untidy", "05/03/2015", ""}, {"05 / 03 / 2015", "untidy", "05/03/2015", ""}, {" 05/03/2015", "untidy", "05/03/2015", ""},
		{"'05/03/2015", "untidy", "05/03/2015", ""}, {"O5/O3/2015", "untidy", "05/03/2015", ""}, {"05/03/2O15", "untidy", "05/03/2015", ""}, {"l5/03/2015", "untidy", "15/03/2015", ""}, {"1O/1O/2O15", "untidy", "10/10/2015", ""},
		{"05/03/15", "untidy", "05/03/2015", ""}, {"5-3-15", "untidy", "05/03/2015", ""}, {"05//03/2015", "untidy", "05/03/2015", ""}, {"5 3 2015", "untidy", "05/03/2015", ""}, {"2015/3/5", "untidy", "05/03/2015", ""}, {"5-Mar-2015", "untidy", "05/03/2015", ""},
		{"05-Thg3-15", "untidy", "05/03/2015", ""}, {"Mar 5, 2015", "untidy", "05/03/2015", ""}, {"sinh ngày 5/3/2015", "untidy", "05/03/2015", ""}, {"5/3/2015.", "untidy", "05/03/2015", ""}, {"5/3/10", "untidy", "05/03/2010", ""}, {"5/3/05", "untidy", "05/03/2005", ""},
		{"5/3/85", "untidy", "05/03/1985", ""}, {"5/3/30", "untidy", "05/03/1930", ""}, {"150315", "untidy", "15/03/2015", ""}, {"1532015", "untidy", "15/03/2015", ""}, {"42068", "untidy", "05/03/2015", ""},
		{"31/12/26", "future", "31/12/2026", ""}, {"5/3/27", "future", "05/03/2027", ""}, {"23/11/2026", "future", "23/11/2026", ""}, {"05/03/2051", "future", "05/03/2051", ""}, {"2027", "future", "2027", ""}, {"05032030", "future", "05/03/2030", ""},
		{"12/2026", "future", "12/2026", ""}, {"20300305", "future", "05/03/2030", ""},
		{"31/02/2015", "impossible", "", ""}, {"29/02/2015", "impossible", "", ""}, {"31/04/2015", "impossible", "", ""}, {"15/13/2015", "impossible", "", ""}, {"4/15/2015", "impossible", "", "15/04/2015"}, {"04/15/15", "impossible", "", "15/04/2015"},
		{"32/01/2015", "impossible", "", ""}, {"05/03/1900", "impossible", "", ""}, {"05/03/0215", "impossible", "", ""}, {"2/30/2015", "impossible", "", ""}, {"31022015", "impossible", "", ""}, {"13/2015", "impossible", "", ""}, {"12/25/2026", "impossible", "", ""},
		{"2015", "incomplete", "2015", ""}, {"03/2015", "incomplete", "03/2015", ""}, {"3/2015", "incomplete", "03/2015", ""}, {"00/00/2015", "incomplete", "2015", ""}, {"00/03/2015", "incomplete", "03/2015", ""}, {"05/00/2015", "incomplete", "2015", ""},
		{"tháng 3 năm 2015", "incomplete", "03/2015", ""}, {"năm 2015", "incomplete", "2015", ""}, {"sinh năm 2015", "incomplete", "2015", ""}, {"2015-03", "incomplete", "03/2015", ""}, {"032015", "incomplete", "03/2015", ""}, {"1985", "incomplete", "1985", ""},
		{"42075.0", "untidy", "12/03/2015", ""}, {"42075,00", "untidy", "12/03/2015", ""}, {"05032015.0", "untidy", "05/03/2015", ""}, {"2015.0", "incomplete", "2015", ""}, {"42075.5", "malformed", "", ""},
		{"16/09/2013 (DL)", "untidy", "16/09/2013", ""}, {"16/09/2013 (dương lịch)", "untidy", "16/09/2013", ""}, {"16/09/2013 DL", "untidy", "16/09/2013", ""}, {"31/12/2026 (DL)", "malformed", "", ""},
		{"16/09/2013, tại Sơn La", "malformed", "", "16/09/2013"}, {"16/09/2013 (11 tuổi)", "malformed", "", "16/09/2013"}, {"ngày 16 tháng 9 năm 2013 tại Sơn La", "malformed", "", "16/09/2013"}, {"16/9/2013 - Sơn La", "malformed", "", "16/09/2013"},
		{"16/09/2013 (ÂL)", "malformed", "", ""}, {"16/09/2013 (âm lịch)", "malformed", "", ""}, {"16/09/2013 ÂL", "malformed", "", ""}, {"16/09/2013 hoặc 17/09/2013", "malformed", "", ""}, {"16/09/2013 (sai)", "malformed", "", ""},
		{"31/02/2013 tại Sơn La", "malformed", "", ""}, {"16/09/2013 (?)", "malformed", "", ""}, {"16/09/2013 (KS 16/10/2013)", "malformed", "", ""},
		{"12/03/201 5", "malformed", "", "12/03/2015"}, {"1 2/03/2015", "malformed", "", "12/03/2015"}, {"12/03/20 15", "malformed", "", "12/03/2015"}, {"42/03/201 5", "malformed", "", ""}, {"12/03/201 5 6", "malformed", "", ""},
		{"15/4", "malformed", "", ""}, {"abc", "malformed", "", ""}, {"khoảng 2015", "malformed", "", ""}, {"5/3/215", "malformed", "", ""}, {"5/3/20155", "malformed", "", ""}, {"014316001234", "malformed", "", ""}, {"Lò Văn A", "malformed", "", ""},
		{"1112015", "malformed", "", ""}, {"5/3/2015 6/3/2015", "malformed", "", ""}, {"12", "malformed", "", ""}, {"1504", "malformed", "", ""}, {"\xff", "malformed", "", ""}, {strings.Repeat("1/", 100), "malformed", "", ""},
	})
}

func TestReadBirthDateNumberCells(t *testing.T) {
	checkDates(t, true, []dateCase{
		{"42068", "untidy", "05/03/2015", ""}, {"40179", "untidy", "01/01/2010", ""}, {"46348", "untidy", "22/11/2026", ""}, {"46349", "future", "23/11/2026", ""}, {"42068.5", "untidy", "05/03/2015", ""}, {"31199", "untidy", "01/06/1985", ""},
		{"2015", "incomplete", "2015", ""}, {"3.2015", "incomplete", "03/2015", ""}, {"5032015", "untidy", "05/03/2015", ""}, {"15032015", "untidy", "15/03/2015", ""}, {"20150305", "untidy", "05/03/2015", ""}, {"50315", "untidy", "05/03/2015", ""},
		{"0", "missing", "", ""}, {"15", "malformed", "", ""}, {"15.4", "malformed", "", ""}, {"-42068", "malformed", "", ""}, {"14316001234", "malformed", "", ""}, {"30315", "malformed", "", ""}, {"99999", "malformed", "", ""},
	})
	r := person.ReadBirthDate(person.Raw{Text: "30315", Numeric: true}, asOf)
	if len(r.Candidates) != 2 || r.Candidates[0] != "03/03/2015" || r.Candidates[1] != "30/12/1982" {
		t.Errorf("a number of two readings: %v", r.Candidates)
	}
}

func TestReadBirthDateDateCells(t *testing.T) {
	for text, want := range map[string]string{"2016-05-09": " 09/05/2016", "2016-05-09T15:04:05": " 09/05/2016", "2027-01-01": "future 01/01/2027", "1900-01-05": "impossible ", "junk": "malformed ", "": "malformed "} {
		r := person.ReadBirthDate(person.Raw{Text: text, Date: true}, asOf)
		if got := r.Fault + " " + r.Value.String(); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestReadBirthDateWithoutDayOfAsking(t *testing.T) {
	r := person.ReadBirthDate(person.Raw{Text: "5/3/85"}, civil.Date{})
	if r.Value.Year != 2085 || r.Fault != person.Untidy {
		t.Errorf("%+v", r)
	}
}

func TestTypedDate(t *testing.T) {
	year := func(y int) person.BirthDate { return person.BirthDate{Year: y} }
	none := person.BirthDate{}
	for _, c := range []struct {
		text     string
		known    person.BirthDate
		want     string
		doubtful bool
	}{
		{"15/4/2016", none, "15/04/2016", false}, {"15/4/2016", year(2016), "15/04/2016", false}, {"15/4/2016", year(2015), "15/04/2016", true}, {" 15-4-2016 ", none, "15/04/2016", false}, {"15.4.2016", none, "15/04/2016", false},
		{"15 4 2016", none, "15/04/2016", false}, {"2016-04-15", none, "15/04/2016", false}, {"ngày 5 tháng 3 năm 2015", none, "05/03/2015", false}, {"ngay 5 thang 3 nam 2015", none, "05/03/2015", false},
		{"15416", none, "15/04/2016", false}, {"150416", none, "15/04/2016", false}, {"15042016", none, "15/04/2016", false}, {"1542016", none, "15/04/2016", false}, {"5.3.19", none, "05/03/2019", false}, {"5/3/19", year(2019), "05/03/2019", false},
		{"11116", none, "11/01/2016", true}, {"11116", person.BirthDate{Year: 2016, Month: 11}, "01/11/2016", true}, {"112015", none, "01/01/2015", true}, {"5/3/85", none, "05/03/1985", true}, {"15485", none, "15/04/1985", true},
		{"15/4", year(2016), "15/04/2016", true}, {"15/4", none, "", false}, {"4/15", year(2016), "15/04/2016", true}, {"15 tháng 4", year(2016), "15/04/2016", true}, {"1504", year(2016), "15/04/2016", true}, {"154", year(2016), "15/04/2016", true},
		{"15", person.BirthDate{Year: 2016, Month: 4}, "15/04/2016", true}, {"15", year(2016), "", false}, {"29/2", year(2015), "", false}, {"31", person.BirthDate{Year: 2016, Month: 4}, "", false},
		{"4/15/2016", none, "15/04/2016", true}, {"4/2016", none, "04/2016", false}, {"tháng 4 năm 2016", none, "04/2016", false}, {"2016", none, "2016", false}, {"năm 2016", none, "2016", false}, {"4/16", none, "04/2016", true}, {"5419", none, "05/04/2019", true},
		{"15/4/2027", none, "15/04/2027", true}, {"31/2/2016", none, "", false}, {"15/13/2016", none, "", false}, {"00/04/2016", none, "04/2016", false}, {"", none, "", false}, {"không biết", none, "", false}, {"mẹ Thào Thị Mỷ", none, "", false},
		{"15/4/2016, nữ", none, "", false}, {"014316001234", none, "", false}, {"15/4/1016", none, "", false}, {"1/2/3", none, "", false}, {"13/2016", none, "", false}, {"123/4", year(2016), "", false}, {"O5/4/2O16", none, "05/04/2016", false},
	} {
		got, doubtful, ok := person.TypedDate(c.text, c.known, asOf)
		if got.String() != c.want || doubtful != c.doubtful || ok != (c.want != "") {
			t.Errorf("TypedDate(%q, %v) = %q, %v, %v, want %q, %v", c.text, c.known, got, doubtful, ok, c.want, c.doubtful)
		}
	}
}
