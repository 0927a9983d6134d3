package person_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"lamsach/core/person"
)

func TestParsePersonalID(t *testing.T) {
	for text, valid := range map[string]bool{
		"014316001234": true, "001215000123": true, "096301234567": true, "101216001234": true, "704316012349": true,
		"097216001234": false, "000216001234": false, "003216001234": false, "100216001234": false,
		"01431600123": false, "0143160012345": false, "01431600123a": false, "": false, "０１４３１６００１２３４": false,
		"000000000000": false, "111111111111": false, "123456789012": false, "012345678999": false, "014316000000": false, "098765432109": false,
		"014123456789": false, "038999999992": false, "014888888881": false,
		"022222123022": true, "044084443444": true, "022222222122": false,
	} {
		id, err := person.ParsePersonalID(text)
		if (err == nil) != valid {
			t.Errorf("ParsePersonalID(%q): %v, want valid = %v", text, err, valid)
		}
		if err == nil && id.String() != text || err != nil && !id.IsZero() {
			t.Errorf("ParsePersonalID(%q) = %q", text, id)
		}
		if err != nil && text != "" && strings.Contains(err.Error(), text) {
			t.Errorf("the error repeats the number %q", text)
		}
	}
}

func TestPersonalIDParts(t *testing.T) {
	for text, want := range map[string]struct {
		sex    person.Sex
		year   int
		place  string
		abroad bool
	}{
		"014316001234": {person.Female, 2016, "014", false}, "001215000123": {person.Male, 2015, "001", false},
		"038185000123": {person.Female, 1985, "038", false}, "038085000123": {person.Male, 1985, "038", false},
		"142226000123": {person.Male, 2026, "142", true}, "014501000123": {person.Female, 2101, "014", false},
	} {
		id, err := person.ParsePersonalID(text)
		if err != nil {
			t.Fatal(text, err)
		}
		if id.Sex() != want.sex || id.BirthYear() != want.year || id.ProvinceCode() != want.place || id.Abroad() != want.abroad {
			t.Errorf("%s: %v %d %s %v", text, id.Sex(), id.BirthYear(), id.ProvinceCode(), id.Abroad())
		}
	}
	var none person.PersonalID
	if none.Sex() != person.UnknownSex || none.BirthYear() != 0 || none.ProvinceCode() != "" || none.Abroad() || none.Masked() != "" || !none.IsZero() {
		t.Error("no number says something")
	}
	if name, ok := person.Province("014"); !ok || name != "Sơn La" {
		t.Errorf("Province(014) = %q, %v", name, ok)
	}
	for _, code := range []string{"003", "142", "", "0144", "01a", "114"} {
		if name, ok := person.Province(code); ok {
			t.Errorf("Province(%q) = %q", code, name)
		}
	}
}

func TestMonotonous(t *testing.T) {
	for text, want := range map[string]bool{"022222123022": true, "044084443444": true, "022222123021": false, "014316001256": false} {
		if id, err := person.ParsePersonalID(text); err != nil || id.Monotonous() != want {
			t.Errorf("%s: %v, %v", text, id.Monotonous(), err)
		}
	}
	if (person.PersonalID{}).Monotonous() {
		t.Error("no number is monotonous")
	}
}

func TestPersonalIDIsMaskedInLogs(t *testing.T) {
	id, err := person.ParsePersonalID("014316001256")
	if err != nil {
		t.Fatal(err)
	}
	if id.Masked() != "014•••••••56" {
		t.Errorf("Masked = %q", id.Masked())
	}
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "id", id)
	if strings.Contains(log.String(), "316001256") {
		t.Errorf("the log shows it: %s", log.String())
	}
}

func TestPersonalIDJSON(t *testing.T) {
	type box struct{ ID, None person.PersonalID }
	id, _ := person.ParsePersonalID("014316001256")
	body, err := json.Marshal(box{ID: id})
	if err != nil || string(body) != `{"ID":"014316001256","None":""}` {
		t.Fatalf("%s %v", body, err)
	}
	var back box
	if err := json.Unmarshal(body, &back); err != nil || back.ID != id || !back.None.IsZero() {
		t.Errorf("%v %v", back, err)
	}
	if err := json.Unmarshal([]byte(`{"ID":"14316001256"}`), &back); err == nil {
		t.Error("an invalid number was taken")
	}
}

func TestReadPersonalID(t *testing.T) {
	for _, c := range []struct{ in, fault, value, note string }{
		{"014316001234", "", "014316001234", ""},
		{"101216001234", "", "101216001234", ""},
		// a note in its place
		{"", "missing", "", ""}, {" ", "missing", "", ""}, {"chưa có", "missing", "", "chưa có"}, {"Không", "missing", "", "Không"}, {"x", "missing", "", "x"}, {"-", "missing", "", "-"},
		{"đang làm", "missing", "", "đang làm"}, {"chưa có (hẹn 15/10)", "missing", "", "chưa có (hẹn 15/10)"}, {"CHƯA CẤP", "missing", "", "CHƯA CẤP"}, {"chua co", "missing", "", "chua co"},
		{"0", "missing", "", "0"}, {"o", "missing", "", "o"}, {"?", "missing", "", "?"},
		// separators
		{"014 316 001 234", "untidy", "014316001234", ""}, {" 014316001234", "untidy", "014316001234", ""}, {"014316001234\u00a0", "untidy", "014316001234", ""},
		{"'014316001234", "untidy", "014316001234", ""}, {"014.316.001.234", "untidy", "014316001234", ""}, {"014-316-001234", "untidy", "014316001234", ""}, {"014316001234.0", "untidy", "014316001234", ""},
		{"014316001234,00", "untidy", "014316001234", ""}, {"0143\u200b16001234", "untidy", "014316001234", ""}, {"’014316001234", "untidy", "014316001234", ""},
		// zeros lost
		{"14316001234", "lost_zero", "014316001234", ""}, {"14316001234.0", "lost_zero", "014316001234", ""}, {"1215000123", "lost_zero", "001215000123", ""}, {"8316001234", "lost_zero", "008316001234", ""},
		{"14 316 001 234", "lost_zero", "014316001234", ""}, {"1.4316001234E+10", "lost_zero", "014316001234", ""},
		{"01431600123", "malformed", "", ""}, {"99316001234", "malformed", "", ""}, {"3316001234", "other_code", "", "3316001234"}, {"0912345678", "other_code", "", "0912345678"},
		{"1915000123", "other_code", "", "1915000123"},
		// digits lost
		{"3.8215E+10", "lost_digits", "", ""}, {"1.36215E+11", "lost_digits", "", ""}, {"3,8215E+10", "lost_digits", "", ""}, {"4E+10", "lost_digits", "", ""}, {"3.8215e10", "lost_digits", "", ""},
		// look-alikes
		{"O14316001234", "look_alike", "014316001234", ""}, {"0l43I6OO1234", "look_alike", "014316001234", ""}, {"014316OO1234", "look_alike", "014316001234", ""}, {"0143160012S4", "look_alike", "014316001254", ""},
		{"B14316001234", "malformed", "", ""}, {"０１４３１６００１２３４", "look_alike", "014316001234", ""}, {"O14 316 001 234", "look_alike", "014316001234", ""},
		// other numbers
		{"123456780", "old_number", "", ""}, {"377733727", "old_number", "", ""}, {"050 123 456", "old_number", "", ""},
		{"TE1141234567890", "other_code", "", "TE1141234567890"}, {"TE 1 14 1234567890", "other_code", "", "TE 1 14 1234567890"},
		{"000000000000", "placeholder", "", ""}, {"123456789012", "placeholder", "", ""}, {"012345678911", "placeholder", "", ""}, {"111111111111", "placeholder", "", ""}, {"014316000000", "placeholder", "", ""},
		{"999999999", "placeholder", "", ""}, {"11111111111", "placeholder", "", ""}, {"014999999999", "placeholder", "", ""}, {"000 000 000 000", "placeholder", "", ""},
		{"099316001234", "province_unknown", "", ""}, {"003 316 001 234", "province_unknown", "", ""}, {"100316001234", "province_unknown", "", ""},
		// anything else
		{"014316001234 / 123456780", "malformed", "014316001234", "014316001234 / 123456780"}, {"014316001234 cấp 12/03/2021", "malformed", "014316001234", "014316001234 cấp 12/03/2021"},
		{"'", "missing", "", "'"}, {"’ ", "missing", "", "’"}, {"CMND 050123456", "old_number", "", ""}, {"Số CMND: 050 123 456", "old_number", "", ""}, {"CMND 0501234567", "malformed", "", ""},
		{"014316001234;", "untidy", "014316001234", ""}, {"014316001234 ; ", "untidy", "014316001234", ""}, {"014316001234,", "untidy", "014316001234", ""}, {";", "missing", "", ""},
		{"CCCD: 014316001234", "malformed", "014316001234", "CCCD: 014316001234"}, {"014316001234 123456780", "malformed", "014316001234", "014316001234 123456780"},
		{"014316001234; 014316001235", "malformed", "", ""}, {"014316001234014316001234", "malformed", "", ""}, {"0014316001234", "malformed", "014316001234", ""}, {"0142249946617", "malformed", "", ""},
		{"0143160012", "other_code", "", "0143160012"}, {"14316", "malformed", "", ""}, {"Lò Văn A", "malformed", "", ""}, {"014316O0", "malformed", "", ""}, {"01431600123x", "malformed", "", ""}, {"\xff", "malformed", "", ""},
	} {
		r := person.ReadPersonalID(person.Raw{Text: c.in})
		if r.Fault != c.fault || r.Value.String() != c.value || r.Note != c.note {
			t.Errorf("%q: %q %q note %q, want %q %q note %q", c.in, r.Fault, r.Value, r.Note, c.fault, c.value, c.note)
		}
		if want := r.Value.String(); r.Fault != "" && r.Suggest != want {
			t.Errorf("%q: suggests %q, want %q", c.in, r.Suggest, want)
		}
	}
}

func TestReadPersonalIDFromNumberCells(t *testing.T) {
	for text, fault := range map[string]string{
		"14316001234": "lost_zero", "1215000123": "lost_zero", "142216001234": "", "0": "missing", "123456780": "old_number", "14316001234.5": "malformed", "-14316001234": "malformed", "15": "malformed",
	} {
		if r := person.ReadPersonalID(person.Raw{Text: text, Numeric: true}); r.Fault != fault {
			t.Errorf("%s: %+v, want %q", text, r, fault)
		}
	}
	if r := person.ReadPersonalID(person.Raw{Text: "2016-05-09", Date: true}); r.Fault != "malformed" {
		t.Errorf("date cell: %+v", r)
	}
	r := person.ReadPersonalID(person.Raw{Text: "014316001234; 014316001235"})
	if fmt.Sprint(r.Candidates) != "[014316001234 014316001235]" {
		t.Errorf("candidates: %v", r.Candidates)
	}
}
