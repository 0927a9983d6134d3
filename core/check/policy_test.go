package check_test

import (
	"slices"
	"strings"
	"testing"

	"lamsach/core/check"
)

func TestPolicy(t *testing.T) {
	ro := list(t, child("id="), child("name=Lò Văn Khác", "id=014216000555", "birth=date:2016-07-01", "mother=", "motherid=", "guardian="))
	p, err := check.ParsePolicy([]byte(`{"off":["personal_id.missing"],"severity":{"family.father_only":"info"}}`), check.Codes())
	if err != nil {
		t.Fatal(err)
	}
	c := check.New(ro, check.Rules(), today, p)
	c.Recheck(2, 3)
	for _, f := range c.Findings() {
		switch {
		case f.Code == "personal_id.missing":
			t.Error("what is off was found")
		case f.Code == "family.father_only" && f.Severity != check.Info:
			t.Errorf("%s is told as %s", f.Code, f.Severity)
		}
	}
	without := check.New(ro, check.Rules(), today).Findings()
	if !slices.ContainsFunc(without, func(f check.Finding) bool { return f.Code == "personal_id.missing" }) {
		t.Error("without a policy it is found no more")
	}
}

func TestPolicyIsRefused(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{`{"off":["birth_date.wrong"]}`, `no finding has this code`},
		{`{"severity":{"sex.missing":"fatal"}}`, `choose error, warning or info`},
		{`{"offf":[]}`, `no JSON of the form`},
		{`[]`, `no JSON of the form`},
		{`{} {}`, `more than one`},
		{``, `no JSON of the form`},
	} {
		if _, err := check.ParsePolicy([]byte(c.text), check.Codes()); err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", c.text, err)
		}
	}
}

func TestElsewhere(t *testing.T) {
	ro := list(t, child())
	rules := append(check.Rules(), check.Elsewhere(map[string][]string{ro.Records[2].ID(): {"Xã Tạ Khoa", "Xã Bắc Yên", "Xã Bắc Yên"}}))
	found := check.New(ro, rules, today).Findings()
	if len(found) != 1 || found[0].Code != "record.elsewhere" || found[0].Record != 2 || found[0].Args["Units"] != "Xã Bắc Yên, Xã Tạ Khoa" {
		t.Errorf("found %v", found)
	}
}
