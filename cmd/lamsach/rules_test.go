package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lamsach/core/check"
)

func TestRulesFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "rules.json")
	for _, c := range []struct{ text, want string }{
		{`{"off":["birth_date.pile_up"],"severity":{"category.unknown":"error"}}`, ""},
		{`{"off":["no.such"]}`, `LAMSACH_RULES: the rules name "no.such", and no finding has this code`},
		{`{"severity":{"sex.missing":"bad"}}`, `LAMSACH_RULES: the rules give "sex.missing" the severity "bad": choose error, warning or info`},
	} {
		if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		policy, err := rulesConfig{Rules: path}.policy()
		if got := ""; err != nil {
			if got = err.Error(); got != c.want {
				t.Errorf("%s: %s", c.text, got)
			}
		} else if c.want != "" || policy.Severity["category.unknown"] != check.Error {
			t.Errorf("%s: taken as %+v", c.text, policy)
		}
	}
	if _, err := (rulesConfig{Rules: path + ".none"}).policy(); err == nil {
		t.Error("a file that is not there is taken")
	}
	if policy, err := (rulesConfig{}).policy(); err != nil || len(policy.Off) != 0 {
		t.Error("without a file something is changed")
	}
}

// TestCheckHeedsRules: what is off is in no report, and a wrong file stops the command with one sentence.
func TestCheckHeedsRules(t *testing.T) {
	list := filepath.Join("testdata", "official.xlsx")
	path := filepath.Join(t.TempDir(), "rules.json")
	report := func(rules string) (int, string) {
		if err := os.WriteFile(path, []byte(rules), 0o600); err != nil {
			t.Fatal(err)
		}
		var out, failed bytes.Buffer
		status := run(world{ctx: t.Context(), stdout: &out, stderr: &failed}, []string{"check", "--format=json", "--as-of=2026-11-22", "--rules=" + path, list})
		return status, out.String() + failed.String()
	}
	if _, all := report(`{}`); !strings.Contains(all, `"personal_id.missing"`) {
		t.Fatal("the list has nobody without a number")
	}
	if _, less := report(`{"off":["personal_id.missing"]}`); strings.Contains(less, `"personal_id.missing"`) {
		t.Error("what is off is told")
	}
	if status, said := report(`{"off":["x.y"]}`); status != 2 || strings.Count(strings.TrimSpace(said), "\n") != 0 || !strings.Contains(said, "x.y") {
		t.Errorf("status %d: %s", status, said)
	}
}
