package main

import (
	"strings"
	"testing"
)

func TestHolidays(t *testing.T) {
	env := storeEnv(t)
	do := func(status int, args ...string) string {
		t.Helper()
		out, problems, got := runProgram(t, env, append([]string{"holiday"}, args...)...)
		if got != status {
			t.Fatalf("holiday %v: status %d: %s", args, got, problems)
		}
		return out + problems
	}
	do(0, "rest", "2027-02-09", "2027-04-26")
	do(0, "work", "2027-02-13")
	do(0, "law", "2027-04-26")
	if out := do(0); out != "2027-02-09 rest\n2027-02-13 work\n" {
		t.Errorf("the days are\n%s", out)
	}
	if out := do(2, "rest", "2027-02-30"); !strings.Contains(out, "YYYY-MM-DD") {
		t.Errorf("a day that does not exist: %s", out)
	}
	if out := do(0, "list"); strings.Count(out, "\n") != 2 {
		t.Errorf("after a mistake the days are\n%s", out)
	}
}
