package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// command runs one command that has to go well.
func command(t *testing.T, env []string, args ...string) string {
	t.Helper()
	out, problems, status := runProgram(t, env, args...)
	if status != 0 {
		t.Fatalf("lamsach %v: status %d: %s", args, status, problems)
	}
	return out
}

// refusedCommand runs one that has to be refused, and gives the last line that it says.
func refusedCommand(t *testing.T, env []string, args ...string) string {
	t.Helper()
	out, problems, status := runProgram(t, env, args...)
	if status != 2 || out != "" {
		t.Errorf("lamsach %v: status %d, %q", args, status, out)
	}
	lines := strings.Split(strings.TrimSpace(problems), "\n")
	return lines[len(lines)-1]
}

// Units are added, put between others, renamed, merged and ended on the command line, each seen by the next.
func TestUnits(t *testing.T) {
	env := storeEnv(t)
	if out := command(t, env, "unit", "add", "--parent", "03868", "--name", "Bản Bẹ"); !strings.HasPrefix(out, "03868-01 ") {
		t.Errorf("the hamlet is %q", out)
	}
	command(t, env, "unit", "add", "--level", "district", "--code", "14-BY", "--parent", "14", "--kind", "huyện", "--name", "Bắc Yên", "--holds", "03868,03856")
	list := command(t, env, "unit", "list", "14-BY")
	if !strings.Contains(list, "03868") || !strings.Contains(list, "Xã Bắc Yên, huyện Bắc Yên, tỉnh Sơn La") || strings.Contains(list, "03871") {
		t.Errorf("the district holds\n%s", list)
	}
	command(t, env, "unit", "rename", "03868-01", "Bản Bẹ Trên")
	command(t, env, "unit", "merge", "03868", "03856", "--code", "03867", "--name", "Tà Xùa Bắc Yên", "--kind", "xã", "--from", "2026-01-01")
	all := command(t, env, "unit", "list", "14-BY", "--all")
	for _, want := range []string{"Bản Bẹ Trên, xã Tà Xùa Bắc Yên, huyện Bắc Yên", "2025-12-31"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not in\n%s", want, all)
		}
	}
	command(t, env, "unit", "end", "03867", "--on", "2026-06-30")
	if list := command(t, env, "unit", "list", "14-BY"); strings.Contains(list, "0386") {
		t.Errorf("an ended unit is there today\n%s", list)
	}
	for says, args := range map[string][]string{
		"nowhere":    {"unit", "list", "nowhere"},
		"x":          {"unit", "rename", "x", "Y"},
		"2026-31-12": {"unit", "end", "03871", "--on", "2026-31-12"},
		"--from":     {"unit", "merge", "03871", "03880", "--code", "9", "--name", "N", "--from", "2099-01-01"},
		"village":    {"unit", "add", "--level", "village", "--parent", "03871", "--name", "N"},
	} {
		if got := refusedCommand(t, env, args...); !strings.Contains(got, says) && !strings.Contains(got, "YYYY") {
			t.Errorf("%v is refused with %q", args, got)
		}
	}
}

// A table of units is taken over whole or not at all, from CSV and from YAML.
func TestUnitsAreImported(t *testing.T) {
	env, folder := storeEnv(t), t.TempDir()
	write := func(name, body string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	command(t, env, "unit", "import", write("units.csv", "\xef\xbb\xbfcode,name,kind,level,parent,valid_from,valid_to,predecessors\n"+
		"14-BY,Bắc Yên,huyện,district,14,,,\n03868-01,Bản Bẹ,,hamlet,03868,2026-01-01,,\n"))
	command(t, env, "unit", "import", write("units.yaml", "- code: 03868-02\n  name: Bản Lừm\n  level: hamlet\n  parent: 03868\n  valid_from: 2026-01-01\n"+
		"- {code: 03868-03, name: Bản Gộp, level: hamlet, parent: 03868, predecessors: [03868-01, 03868-02]}\n"))
	list := command(t, env, "unit", "list", "03868")
	for _, want := range []string{"03868-01", "Bản Lừm, xã Tà Xùa", "Bản Gộp", "2026-01-01"} {
		if !strings.Contains(list, want) {
			t.Errorf("%q is not in\n%s", want, list)
		}
	}
	for name, body := range map[string]string{
		"parent.csv": "code,name,level,parent\na,Bản A,hamlet,03868\nb,Bản B,hamlet,nowhere\n",
		"field.csv":  "code,name,mayor\na,Bản A,x\n",
		"field.yaml": "- {code: a, name: Bản A, level: hamlet, parent: 03868, mayor: x}\n",
		"level.json": `[{"code": "a", "name": "Bản A", "level": "village", "parent": "03868"}]`,
		"day.json":   `[{"code": "a", "name": "Bản A", "level": "hamlet", "parent": "03868", "valid_from": "1.1.2026"}]`,
		"units.txt":  "code\n",
	} {
		if got := refusedCommand(t, env, "unit", "import", write(name, body)); got == "" {
			t.Errorf("%s is refused without a word", name)
		}
	}
	if list := command(t, env, "unit", "list", "03868"); strings.Contains(list, "Bản A,") {
		t.Errorf("half a file was taken over\n%s", list)
	}
}

// An invitation is checked against the tree; the first admin comes in this way; who joined is listed and can be revoked.
func TestInviteIsChecked(t *testing.T) {
	env := storeEnv(t)
	command(t, env, "unit", "add", "--parent", "03868", "--name", "Bản Bẹ")
	for _, args := range [][]string{
		{"--role", "admin", "--unit", "VN"}, {"--role", "supervisor", "--unit", "14"}, {"--role", "officer", "--unit", "03868"},
		{"--role", "helper", "--unit", "03868-01", "--phone", "0912 345 678"},
	} {
		out := command(t, env, append([]string{"invite", "--name", "Lò Thị Thử"}, args...)...)
		if len(strings.TrimSpace(out)) != 32 {
			t.Errorf("%v: %q", args, out)
		}
	}
	for _, args := range [][]string{
		{"--role", "officer", "--unit", "99999"}, {"--role", "officer", "--unit", "14"}, {"--role", "helper", "--unit", "03868"},
		{"--role", "king", "--unit", "03868"}, {"--role", "supervisor", "--unit", "26-2024"}, {"--role", "officer", "--unit", "03868", "--phone", "12"},
	} {
		if got := refusedCommand(t, env, append([]string{"invite", "--name", "Lò Thị Thử"}, args...)...); strings.Contains(got, "Lò") {
			t.Errorf("%v: %q", args, got)
		}
	}
	phoned := append(env, "LAMSACH_REQUIRE_PHONE=true")
	if got := refusedCommand(t, phoned, "invite", "--name", "Lò Thị Thử", "--role", "officer", "--unit", "03868"); !strings.Contains(got, "--phone") {
		t.Errorf("an invitation without a number: %q", got)
	}
	out := command(t, env, "invite", "--name", "Lò Thị Thử", "--role", "officer", "--unit", "03868", "--bot", "thu_bot")
	if !strings.Contains(out, "https://t.me/thu_bot?start=") {
		t.Errorf("no link in %q", out)
	}
	if got := command(t, env, "officers"); !strings.HasPrefix(got, "ID") || strings.Contains(got, "Lò") {
		t.Errorf("officers without any:\n%s", got)
	}
	refusedCommand(t, env, "officers", "--revoke", "nobody")
}
