package check_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lamsach/core/check"
	"lamsach/core/roster"
)

// headers are the columns of the lists in these tests, and right what a child says in them.
var headers = []struct{ name, header, right string }{
	{"stt", "STT", "number:1"}, {"name", "Họ và tên", "Lò Văn Thử"}, {"birth", "Ngày sinh", "date:2016-05-09"}, {"sex", "Giới tính", "Nam"},
	{"ethnic", "Dân tộc", "Thái"}, {"id", "Số định danh cá nhân", "014216000117"}, {"father", "Họ tên cha", "Lò Văn Bố"},
	{"fatherid", "Số CCCD cha", "014085204776"}, {"fatherbirth", "Năm sinh cha", ""}, {"mother", "Họ tên mẹ", "Vì Thị Mẹ"},
	{"motherid", "Số CCCD mẹ", "014188203777"}, {"motherbirth", "Năm sinh mẹ", ""}, {"guardian", "Người giám hộ", ""}, {"hamlet", "Thôn/bản", "Bản Bẹ"},
	{"note", "Ghi chú", ""},
}

// child is a row of the list, right but for what is given as "column=value".
func child(given ...string) []string {
	row := make([]string, len(headers))
	for i, h := range headers {
		row[i] = h.right
	}
	for _, g := range given {
		name, value, _ := strings.Cut(g, "=")
		at := slices.IndexFunc(headers, func(h struct{ name, header, right string }) bool { return h.name == name })
		row[at] = value
	}
	return row
}

// filler is two right rows of other people, so that columns have contents to be known by.
func filler() [][]string {
	return [][]string{
		child("name=Mùa Thị Dợ", "birth=date:2017-06-25", "sex=Nữ", "ethnic=Mông", "id=014317004225", "father=Mùa A Cha", "fatherid=014086104776", "mother=Thào Thị Xía", "motherid=014189001778", "hamlet=Bản Chung"),
		child("name=Hà Đức Mẫu", "birth=date:2018-07-11", "id=014218300339", "father=Hà Văn Ba", "fatherid=014087007761", "mother=Lò Thị Inh", "motherid=014190050779", "hamlet=Bản Mới"),
	}
}

// list reads rows below the headers, two right ones before them.
func list(t testing.TB, rows ...[]string) *roster.Roster {
	t.Helper()
	var top []string
	for _, h := range headers {
		top = append(top, h.header)
	}
	ro, err := roster.Read(table(append(append([][]string{top}, filler()...), rows...)...), roster.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if len(ro.Records) != len(rows)+2 {
		t.Fatalf("%d people, want %d; skipped %v", len(ro.Records), len(rows)+2, ro.Sheets[0].Skipped)
	}
	return ro
}

// all gives the findings, without echoes, of the rows after the two fillers; those of the file have row -1.
func all(ro *roster.Roster) (found []check.Finding) {
	for _, f := range check.New(ro, check.Rules(), today).Findings() {
		if !f.Echo {
			found = append(found, f)
		}
	}
	return found
}

func TestRulesOfOneRow(t *testing.T) {
	for _, c := range []struct {
		name  string
		given []string
		want  string // codes, severity and fix where they are not the usual ones: "code suggestion"
	}{
		{"a right child", nil, ""},

		// The number.
		{"no number", []string{"id="}, "personal_id.missing"},
		{"a note in its place", []string{"id=đang làm"}, "personal_id.missing"},
		{"a lost zero that fits", []string{"id=number:14216000117"}, "personal_id.lost_zero 014216000117 checked"},
		{"two lost zeros that fit", []string{"id=number:1216700117"}, "personal_id.lost_zero 001216700117 checked"},
		{"two lost zeros of the other sex", []string{"id=number:1316700117"}, "personal_id.lost_zero 001316700117 error"},
		{"two lost zeros of nobody of that year", []string{"id=number:1217700117"}, "personal_id.other_code"},
		{"a school's code of ten digits", []string{"id=1151211852"}, "personal_id.other_code"},
		{"… of whom nobody knows when he was born", []string{"id=1151211852", "birth="}, "birth_date.missing, personal_id.other_code"},
		{"two lost zeros of a child of whom nobody knows when he was born", []string{"id=1216700117", "birth="}, "birth_date.missing, personal_id.lost_zero 001216700117 error"},
		{"two lost zeros of a mother", []string{"motherid=1188203777"}, "mother_id.lost_zero 001188203777 checked"},
		{"a mother's code of insurance", []string{"motherid=1151211852"}, "mother_id.other_code"},
		{"… which is nobody's of her year", []string{"motherid=1181203777", "motherbirth=1988"}, "mother_id.other_code"},
		{"two numbers, of which one is a parent's", []string{"id=014216000117 / 014182082390"}, "personal_id.malformed 014216000117"},
		{"two numbers, and both can be his", []string{"id=014216000117 / 014216000118"}, "personal_id.malformed"},
		{"two numbers, and neither can be his", []string{"id=014185000117 / 014182082390"}, "personal_id.malformed"},
		{"two numbers for the mother", []string{"motherid=014085204776, 014188203777"}, "mother_id.malformed 014188203777"},
		{"a lost zero of the other sex", []string{"id=number:14316000117"}, "personal_id.lost_zero 014316000117 error"},
		{"a lost zero of another year", []string{"id=number:14217000117"}, "personal_id.lost_zero 014217000117 error"},
		{"a lost zero without a sex", []string{"id=number:14216000117", "sex="}, "personal_id.lost_zero 014216000117 error, sex.missing Nam"},
		{"11 digits that begin with 0", []string{"id=01421600017"}, "personal_id.malformed"},
		{"blanks inside", []string{"id=014 216 000 117"}, "personal_id.untidy 014216000117 auto"},
		{"a letter O", []string{"id=O14216000117"}, "personal_id.look_alike 014216000117"},
		{"lost digits", []string{"id=3.8215E+10"}, "personal_id.lost_digits"},
		{"CMND", []string{"id=071183275"}, "personal_id.old_number"},
		{"one digit again and again", []string{"id=000000000000"}, "personal_id.placeholder"},
		{"one digit eight times in a row", []string{"id=014222222222", "birth=date:2022-05-09"}, "personal_id.placeholder"},
		{"one digit eight times, as a boy of 2022 has it", []string{"id=022222123022", "birth=date:2022-05-09"}, ""},
		{"… as a number cell", []string{"id=number:22222123022", "birth=date:2022-05-09"}, "personal_id.lost_zero 022222123022 checked"},
		{"… as a girl has it not", []string{"id=022222123022", "birth=date:2022-05-09", "sex=Nữ"}, "personal_id.placeholder"},
		{"… as nobody born in 2016 has it", []string{"id=022222123022"}, "personal_id.placeholder"},
		{"… of whom nobody knows when he was born", []string{"id=022222123022", "birth="}, "birth_date.missing, personal_id.placeholder"},
		{"… as a father has it", []string{"fatherid=044084443444"}, ""},
		{"… as a mother has it not", []string{"motherid=044084443444"}, "mother_id.placeholder"},
		{"… as a father of another year has it not", []string{"fatherid=044084443444", "fatherbirth=1985"}, "father_id.placeholder"},
		{"a province of nobody", []string{"id=003216000117"}, "personal_id.province_unknown"},
		{"the other sex", []string{"id=014316000117"}, "personal_id.sex_mismatch"},
		{"another year", []string{"id=014217000117"}, "personal_id.birth_mismatch"},
		{"another year and sex, one cause", []string{"id=014317000117"}, "personal_id.birth_mismatch"},
		{"an adult's number", []string{"id=014075000117", "motherid="}, "personal_id.not_childs"},
		{"the mother's number", []string{"id=014188203777"}, "personal_id.same_as_parent"},
		{"a health-insurance code", []string{"id=TE1141234567890"}, "personal_id.other_code"},

		// Parents' numbers.
		{"father's number without zero", []string{"fatherid=number:14085204776"}, "father_id.lost_zero 014085204776 checked"},
		{"father's number is a woman's", []string{"fatherid=014185204776"}, "father_id.sex_mismatch"},
		{"mother's number too short", []string{"motherid=01418820777"}, "mother_id.malformed"},
		{"mother's CMND", []string{"motherid=071183275"}, "mother_id.old_number"},
		{"mother's year differs", []string{"motherbirth=1989"}, "mother_id.birth_mismatch"},
		{"numbers in each other's column", []string{"fatherid=014188203777", "motherid=014085204776"}, "family.swapped"},

		// The name.
		{"no name", []string{"name="}, "full_name.missing"},
		{"a word for a name", []string{"name=Bé trai"}, "full_name.missing"},
		{"a year behind it", []string{"name=Lò Văn Thử 2016"}, "full_name.malformed Lò Văn Thử checked"},
		{"one word", []string{"name=Siu"}, "full_name.single_word"},
		{"one word of a people who often have no more", []string{"name=Nhâm", "ethnic=Ba Na"}, ""},
		{"one word that holds two", []string{"name=K'Brểu", "ethnic=Cơ Ho"}, ""},
		{"capitals", []string{"name=LÒ VĂN THỬ"}, "full_name.untidy Lò Văn Thử auto"},
		{"double blanks", []string{"name=Lò  Văn Thử"}, "full_name.untidy Lò Văn Thử auto"},
		{"a name of another people", []string{"name=H'Hen Niê"}, ""},
		{"an eth for Đ", []string{"name=Ðinh Văn Thử"}, "full_name.look_alike Đinh Văn Thử auto"},

		// The birth date.
		{"no birth date", []string{"birth="}, "birth_date.missing"},
		{"no date", []string{"birth=hôm qua"}, "birth_date.malformed"},
		{"31 February", []string{"birth=31/02/2016"}, "birth_date.impossible"},
		{"month 13", []string{"birth=09/13/2016"}, "birth_date.impossible 13/09/2016"},
		{"tomorrow", []string{"birth=date:2026-11-23", "id=014226000117"}, "birth_date.future"},
		{"today", []string{"birth=date:2026-11-22", "id=014226000117"}, ""},
		{"ten years too late", []string{"birth=date:2026-12-09"}, "birth_date.future 09/12/2016"},
		{"only the year", []string{"birth=2016"}, "birth_date.incomplete"},
		{"dots", []string{"birth=9.5.16"}, "birth_date.untidy 09/05/2016 auto"},
		{"text of the usual form", []string{"birth=09/05/2016"}, ""},
		{"sixteen tomorrow", []string{"birth=date:2010-11-23", "id=014210004117"}, ""},
		{"sixteen today", []string{"birth=date:2010-11-22", "id=014210004117"}, "birth_date.over_age"},
		{"of a year that is out for certain", []string{"birth=2009", "id=014209004117"}, "birth_date.over_age"},
		{"of a year that may be out", []string{"birth=2010", "id=014210004117"}, "birth_date.incomplete"},
		{"too old, but the number says no", []string{"birth=date:2006-05-09"}, "personal_id.birth_mismatch"},

		// Sex, ethnic group.
		{"no sex, by the number", []string{"sex="}, "sex.missing Nam checked"},
		{"no sex, by the name", []string{"sex=", "id=", "name=Lò Thị Thử"}, "personal_id.missing, sex.missing Nữ"},
		{"no sex, and Y says nothing", []string{"sex=", "id=", "name=Y Moan"}, "personal_id.missing, sex.missing"},
		{"a small letter", []string{"sex=nam"}, "sex.untidy Nam auto"},
		{"a figure", []string{"sex=1"}, "sex.malformed"},
		{"another spelling", []string{"ethnic=H'Mông"}, "ethnicity.variant Mông auto"},
		{"no group", []string{"ethnic=Abcxyz"}, "ethnicity.unknown"},
		{"the name of several", []string{"ethnic=Trại"}, "ethnicity.ambiguous"},
		{"no ethnic group", []string{"ethnic=", "hamlet="}, "ethnicity.missing"},

		// The family.
		{"nobody", []string{"father=", "fatherid=", "mother=", "motherid="}, "family.missing"},
		{"notes are nobody", []string{"father=không", "fatherid=", "mother=x", "motherid="}, "family.missing"},
		{"a mother alone", []string{"father=", "fatherid="}, ""},
		{"a father alone", []string{"mother=", "motherid="}, "family.father_only"},
		{"a guardian alone", []string{"father=", "fatherid=", "mother=", "motherid=", "guardian=Lò Thị Bà"}, ""},
		{"a father and a guardian", []string{"mother=", "motherid=", "guardian=Lò Thị Bà"}, ""},
		{"a mother of 12", []string{"motherbirth=2004", "motherid=014304000777"}, "family.parent_age"},
		{"a mother of 13", []string{"motherbirth=2003", "motherid=014303000777"}, ""},
		{"a mother of 57", []string{"motherbirth=1959", "motherid=014159000777"}, "family.parent_age"},
		{"a mother born after the child", []string{"motherbirth=2018", "motherid="}, "family.parent_age"},
		{"the father is called like the child", []string{"father=Lò Văn Thử", "fatherid="}, "family.same_name"},
		{"… with a number of his own", []string{"father=Lò Văn Thử"}, ""},
		{"… with a birth year of his own", []string{"father=Lò Văn Thử", "fatherid=", "fatherbirth=1985"}, ""},
		{"the mother of a son is called like him", []string{"mother=Lò Văn Thử"}, "family.same_name"},
		{"… in capitals", []string{"father=LÒ VĂN THỬ", "fatherid="}, "family.same_name, father_name.untidy Lò Văn Thử auto"},
		{"… in decomposed letters", []string{"father=Lo\u0300 Va\u0306n Thu\u031b\u0309", "fatherid="}, "family.same_name, father_name.untidy Lò Văn Thử auto"},
		{"… with the tone mark on the other vowel", []string{"name=Lò Văn Hoà", "father=Lò Văn Hòa", "fatherid="}, "family.same_name"},
		{"… but for a tone", []string{"father=Lò Văn Thứ"}, ""},
		{"… but for a letter", []string{"father=Lò Văn Thu", "fatherid="}, ""},
		{"names in each other's column", []string{"father=Vì Thị Mẹ", "mother=Lò Văn Bố", "fatherid=", "motherid="}, "family.swapped"},
		{"a year behind the mother", []string{"mother=Vì Thị Mẹ (1988)"}, "mother_name.malformed Vì Thị Mẹ checked"},
		{"the father in capitals", []string{"father=LÒ VĂN BỐ"}, "father_name.untidy Lò Văn Bố auto"},

		// The scope.
		{"moved", []string{"note=Đã chuyển đi Hà Nội"}, "record.left_scope"},
		{"died", []string{"note=đã chết"}, "record.left_scope"},
		{"twice", []string{"note=trùng"}, "record.left_scope"},
		{"the mother died", []string{"note=mẹ đã mất"}, ""},
		{"moved in", []string{"note=chuyển đến năm 2024"}, ""},
		{"away with the parents", []string{"note=đi làm ăn xa cùng bố mẹ"}, ""},
		{"abroad", []string{"note=đang ở nước ngoài"}, "record.left_scope"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := told(all(list(t, child(c.given...)))); got != c.want {
				t.Errorf("found %q, want %q", got, c.want)
			}
		})
	}
}

// told writes findings in one line: code, suggestion, and what is not a plain offer.
func told(found []check.Finding) string {
	var said []string
	for _, f := range found {
		text := f.Code
		if f.Suggestion != "" {
			text += " " + f.Suggestion
		}
		usual, _ := check.CodeInfo(f.Code)
		switch {
		case f.Fix == check.Auto || f.Fix == check.Checked:
			text += " " + string(f.Fix)
		case f.Severity != usual:
			text += " " + string(f.Severity)
		}
		said = append(said, text)
	}
	slices.Sort(said)
	return strings.Join(said, ", ")
}

func TestFixesOfSeveralFields(t *testing.T) {
	for _, c := range []struct {
		name  string
		given []string
		code  string
		want  map[roster.Field]string // what holds once the fix is accepted
	}{
		{"the note keeps what was cut off", []string{"name=Lò Văn Thử (Tý)", "note=cũ"}, "full_name.malformed", map[roster.Field]string{roster.FullName: "Lò Văn Thử", roster.Note: "cũ; (Tý)"}},
		{"the number goes to the father", []string{"id=014085000117", "fatherid="}, "personal_id.not_childs", map[roster.Field]string{roster.PersonalID: "", roster.FatherID: "014085000117"}},
		{"the parent's number goes", []string{"id=014188203777"}, "personal_id.same_as_parent", map[roster.Field]string{roster.PersonalID: "", roster.MotherID: "014188203777"}},
		{"the other code becomes a note", []string{"id=TE1141234567890"}, "personal_id.other_code", map[roster.Field]string{roster.PersonalID: "", roster.Note: "TE1141234567890"}},
		{"the sex follows the number", []string{"id=014316000117"}, "personal_id.sex_mismatch", map[roster.Field]string{roster.Sex: "Nữ", roster.PersonalID: "014316000117"}},
		{"the year follows the number", []string{"id=014217000117"}, "personal_id.birth_mismatch", map[roster.Field]string{roster.BirthDate: "09/05/2017"}},
		{"parents change places", []string{"fatherid=014188203777", "motherid=014085204776"}, "family.swapped", map[roster.Field]string{roster.FatherID: "014085204776", roster.MotherID: "014188203777"}},
		{"the year becomes the mother's birth", []string{"mother=Vì Thị Mẹ (1988)"}, "mother_name.malformed", map[roster.Field]string{roster.MotherName: "Vì Thị Mẹ", roster.MotherBirth: "1988"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			ro := list(t, child(c.given...))
			found := all(ro)
			at := slices.IndexFunc(found, func(f check.Finding) bool { return f.Code == c.code })
			if at < 0 || found[at].Fix == check.NoFix {
				t.Fatalf("found %v", told(found))
			}
			before := ro.Records[2].Decided()
			after := found[at].Accept(before, roster.ByOfficer)
			if !before.IsZero() {
				t.Error("accepting changed the decisions it was given")
			}
			ro.Records[2].Decide(after)
			for f, want := range c.want {
				if got := ro.Value(2, f).Text; got != want {
					t.Errorf("%s is %q, want %q", f, got, want)
				}
			}
			if left := told(all(ro)); left != "" && left != "personal_id.missing" {
				t.Errorf("still found: %s", left)
			}
		})
	}
}

func TestWhoLeftIsNotChecked(t *testing.T) {
	ro := list(t, child("id=", "birth="))
	ro.Records[2].Decide(roster.Decisions{Status: roster.MovedOut})
	if got := told(all(ro)); got != "" {
		t.Errorf("found %s", got)
	}
	ro.Records[2].Decide(roster.Decisions{Waived: map[string]string{"birth_date.missing": "x", "personal_id.missing@personal_id": "x"}})
	if got := told(all(ro)); got != "" {
		t.Errorf("waived, and found %s", got)
	}
	ro.Records[2].Decide(roster.Decisions{Police: true})
	if got := told(all(ro)); got != "birth_date.missing, personal_id.missing" {
		t.Errorf("on the police list, and found %s", got)
	}
}

func TestBeneficiaries(t *testing.T) {
	ro := list(t, child("birth=1950", "id=014050204117", "father=", "fatherid=", "mother=", "motherid="))
	ro.Kind = roster.KindBeneficiary
	var found []check.Finding
	for _, f := range check.New(ro, check.BeneficiaryRules(), today).Findings() {
		if f.Record == 2 {
			found = append(found, f)
		}
	}
	if got, want := told(found), "birth_date.incomplete info"; got != want {
		t.Errorf("found %q, want %q", got, want)
	}
}

func TestEveryCodeIsKnown(t *testing.T) {
	known := check.Codes()
	for _, rule := range append(check.Rules(), check.BeneficiaryRules()...) {
		if rule.Row == nil && rule.List == nil {
			t.Errorf("rule %s does nothing", rule.Name)
		}
		for _, code := range rule.Codes {
			if !slices.Contains(known, code) {
				t.Errorf("rule %s finds %s, which no list of codes has", rule.Name, code)
			}
		}
	}
	for code, want := range map[string][2]string{
		"personal_id.missing": {"error", "no_id"}, "father_id.malformed": {"warning", "bad_id"}, "mother_name.untidy": {"info", "basic_info"},
		"match.differs": {"warning", "file"}, "something.else": {"error", "file"},
	} {
		severity, group := check.CodeInfo(code)
		if diff := cmp.Diff(want, [2]string{string(severity), string(group)}); diff != "" {
			t.Errorf("%s: %s", code, diff)
		}
	}
}
