package person_test

import (
	"encoding/json"
	"testing"

	"lamsach/core/person"
)

func TestReadSex(t *testing.T) {
	for _, c := range []struct {
		in, fault string
		value     person.Sex
	}{
		{"Nam", "", person.Male}, {"Nữ", "", person.Female},
		{"NAM", "untidy", person.Male}, {"nam", "untidy", person.Male}, {"trai", "untidy", person.Male}, {"Bé trai", "untidy", person.Male}, {"M", "untidy", person.Male}, {"Male", "untidy", person.Male},
		{" Nam ", "untidy", person.Male}, {"Nam.", "untidy", person.Male}, {"nữ", "untidy", person.Female}, {"NỮ", "untidy", person.Female}, {"nu", "untidy", person.Female}, {"Nư", "untidy", person.Female},
		{"Nử", "untidy", person.Female}, {"gái", "untidy", person.Female}, {"Con gái", "untidy", person.Female}, {"F", "untidy", person.Female}, {"Nu\u031b\u0303", "untidy", person.Female}, {"Nữ\u00a0", "untidy", person.Female},
		{"", "missing", 0}, {"  ", "missing", 0}, {"-", "missing", 0}, {"không rõ", "missing", 0}, {"Chưa xác định", "missing", 0},
		{"1", "malformed", 0}, {"2", "malformed", 0}, {"0", "malformed", 0}, {"x", "malformed", 0}, {"X", "malformed", 0}, {"+", "malformed", 0}, {"✓", "malformed", 0}, {"Khác", "malformed", 0}, {"năm", "malformed", 0}, {"Nam/Nữ", "malformed", 0},
		{"Lò Văn A", "malformed", 0}, {"\xff", "malformed", 0},
	} {
		r := person.ReadSex(person.Raw{Text: c.in})
		if r.Fault != c.fault || r.Value != c.value {
			t.Errorf("%q: %q %v, want %q %v", c.in, r.Fault, r.Value, c.fault, c.value)
		}
		if r.Fault == person.Untidy && r.Suggest != c.value.String() {
			t.Errorf("%q: suggests %q", c.in, r.Suggest)
		}
	}
	if r := person.ReadSex(person.Raw{Text: "1", Numeric: true}); r.Fault != person.Malformed {
		t.Errorf("a figure: %+v", r)
	}
}

func TestTypedSex(t *testing.T) {
	for in, want := range map[string]person.Sex{"nu": person.Female, "nữ": person.Female, " Nữ!": person.Female, "gai": person.Female, "trai": person.Male, "be trai": person.Male, "nam": person.Male, "": 0, "1": 0, "bỏ qua": 0} {
		if got, ok := person.TypedSex(in); got != want || ok != (want != 0) {
			t.Errorf("TypedSex(%q) = %v, %v", in, got, ok)
		}
	}
}

func TestSexJSON(t *testing.T) {
	body, err := json.Marshal([]person.Sex{person.Male, person.Female, person.UnknownSex})
	if err != nil || string(body) != `["Nam","Nữ",""]` {
		t.Fatalf("%s %v", body, err)
	}
	var back []person.Sex
	if err := json.Unmarshal(body, &back); err != nil || back[0] != person.Male || back[1] != person.Female || back[2] != person.UnknownSex {
		t.Errorf("%v %v", back, err)
	}
	if err := json.Unmarshal([]byte(`["nam"]`), &back); err == nil {
		t.Error("a text that is not canonical was taken")
	}
}
