package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lamsach/bot"
	"lamsach/core/campaign"
	"lamsach/core/civil"
	"lamsach/core/fault"
	"lamsach/core/officer"
	"lamsach/storage"
)

var planDay = civil.Date{Year: 2023, Month: time.September, Day: 25}

// TestCampaignFilesRoundTrip writes every built-in plan in every form and language, and reads it again.
func TestCampaignFilesRoundTrip(t *testing.T) {
	for _, name := range campaign.Templates() {
		want, err := campaign.FromTemplate(name, "x1", "0118", []string{"03868", "118-01"})
		if err != nil {
			t.Fatal(err)
		}
		for _, format := range []string{"yaml", "json", "xlsx"} {
			for _, lang := range []string{"vi", "en"} {
				path := filepath.Join(t.TempDir(), "plan."+format)
				var out bytes.Buffer
				if err := writeCampaign(&out, want, format, lang); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
					t.Fatal(err)
				}
				got, err := readCampaign(path, planDay)
				if err != nil {
					t.Fatalf("%s as %s: %v", name, format, err)
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s as %s (-want +got):\n%s", name, format, diff)
				}
			}
		}
	}
}

func TestCampaignWithRulesGoesThroughYAML(t *testing.T) {
	want, err := campaign.FromTemplate(campaign.TwoLevels, "x1", "14", []string{"03868"})
	if err != nil {
		t.Fatal(err)
	}
	want.Names = map[string]string{"police@commune": "Công an thị trấn"}
	want.Rules = campaign.Rules{
		Before: []int{5, 1}, InWorkingDays: true, EscalateAfter: 2, RemindAt: campaign.At(9, 0), DigestOn: []time.Weekday{time.Friday},
		Hours: []campaign.Span{{From: campaign.At(8, 0), To: campaign.At(17, 0)}},
	}
	var out bytes.Buffer
	if err := writeCampaign(&out, want, "yaml", "vi"); err != nil {
		t.Fatal(err)
	}
	got, err := decodeYAML(out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s\n%s", diff, out.String())
	}
	if err := writeCampaign(&out, want, "xlsx", "vi"); !fault.Is(err, fault.Invalid) {
		t.Errorf("a workbook that would lose the hours: %v", err)
	}
}

// TestYAMLByHand reads what somebody types: days and codes without quotes stay what they are.
func TestYAMLByHand(t *testing.T) {
	got, err := decodeYAML([]byte(`
# một kế hoạch
id: tx1
revision: 1
name: Rà soát
unit: 14
units: [03868, 03856]
zone: Asia/Ho_Chi_Minh
era: 2026
streams:
  - kind: child
    steps:
      - id: review
        owes: {role: officer, level: commune}
        from: 2026-12-01
        before: 2026-12-11
        facts: [review_done]
rules:
  before: [3, 1]
  not_on_the_day: true
`))
	if err != nil {
		t.Fatal(err)
	}
	step := got.Streams[0].Steps[0]
	if got.Unit != "14" || got.Units[0] != "03868" || step.From.String() != "2026-12-01" || step.Before.String() != "2026-12-11" ||
		len(got.Rules.Before) != 2 || !got.Rules.NotOnTheDay || got.Era != campaign.Era2026 {
		t.Errorf("read as %+v", got)
	}
}

func TestCampaignFilesAreRefused(t *testing.T) {
	sheet := func(change func(*campaign.Campaign)) []byte {
		c, err := campaign.FromTemplate(campaign.TwoLevels, "x1", "14", []string{"03868"})
		if err != nil {
			t.Fatal(err)
		}
		change(&c)
		var out bytes.Buffer
		if err := writeCampaign(&out, c, "xlsx", "vi"); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	tests := []struct {
		name, file string
		body       []byte
		says       string
	}{
		{"a misspelt entry", "a.yaml", []byte("id: x\nnmae: y\n"), "cannot be read"},
		{"an entry twice", "a.yaml", []byte("id: x\nid: y\n"), "stands twice"},
		{"an alias", "a.yaml", []byte("id: &a x\nname: *a\n"), "not understood"},
		{"a day that is none", "a.yaml", []byte("until: 2023-02-30\n"), "cannot be read"},
		{"no campaign", "a.yaml", []byte("- 1\n"), "cannot be read"},
		{"nothing", "a.yml", nil, "cannot be read"},
		{"json with more", "a.json", []byte(`{"id":"x","extra":1}`), "cannot be read"},
		{"another form", "a.txt", []byte("x"), ".yaml"},
		{"a party that is none", "a.xlsx", sheet(func(c *campaign.Campaign) { c.Streams[0].Steps[0].Owes = campaign.Party{Role: "king"} }), "cell"},
		{"no workbook", "a.xlsx", []byte("x"), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), tt.file)
			if err := os.WriteFile(path, tt.body, 0o600); err != nil {
				t.Fatal(err)
			}
			c, err := readCampaign(path, planDay)
			if err == nil || !strings.Contains(sentence(err), tt.says) {
				t.Errorf("read as %+v: %v", c, err)
			}
		})
	}
}

// inStore runs a command on a store, on a day.
type inStore struct {
	t      *testing.T
	config storeConfig
	now    time.Time
}

func newStoreOn(t *testing.T, day time.Time) *inStore {
	t.Helper()
	folder := t.TempDir()
	if err := os.Chmod(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("DATABASE_URL", "sqlite:"+filepath.Join(folder, "lamsach.db"))
	t.Setenv("LAMSACH_KEY_FILE", filepath.Join(folder, "lamsach.key"))
	t.Setenv("LAMSACH_LANG", "en")
	return &inStore{t, storeConfig{
		Database: "sqlite:" + filepath.Join(folder, "lamsach.db"), KeyFile: filepath.Join(folder, "lamsach.key"), Log: "text", Lang: "en",
	}, day}
}

func (s *inStore) world(out, problems *bytes.Buffer) world {
	return world{ctx: context.Background(), stdout: out, stderr: problems, now: func() time.Time { return s.now }}
}

func (s *inStore) run(args ...string) (out, problems string, status int) {
	s.t.Helper()
	var o, p bytes.Buffer
	status = run(s.world(&o, &p), args)
	return o.String(), p.String(), status
}

// bacYen adds the district of 2023 with its sixteen communes.
func (s *inStore) bacYen() []string {
	s.t.Helper()
	last := civil.Date{Year: 2025, Month: time.June, Day: 30}
	units := []officer.Unit{{Code: "118", Name: "Bắc Yên", Kind: "huyện", Level: officer.LevelDistrict, Parent: officer.OldProvince("14"), ValidTo: last}}
	var codes []string
	for i := range 16 {
		codes = append(codes, fmt.Sprintf("118-%02d", i+1))
		units = append(units, officer.Unit{Code: codes[i], Name: fmt.Sprint("Thử ", i+1), Kind: "xã", Level: officer.LevelCommune, Parent: "118", ValidTo: last})
	}
	var o, p bytes.Buffer
	err := withStore(s.world(&o, &p), s.config, false, func(store *storage.Store) error {
		return store.ChangeUnits(context.Background(), bot.Ending{Op: "units"}, func(*officer.Tree) ([]officer.Unit, error) { return units, nil })
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return codes
}

// TestBacYenFromTheCommandLine writes the plan of 2023 to a file, starts it for sixteen communes, moves a step and ends it.
func TestBacYenFromTheCommandLine(t *testing.T) {
	s := newStoreOn(t, time.Date(2023, 9, 25, 3, 0, 0, 0, time.UTC))
	s.bacYen()
	file := filepath.Join(t.TempDir(), "plan.xlsx")
	if out, problems, status := s.run("campaign", "template", "bac-yen-2023", "--id", "by23", "--unit", "118", "--format", "xlsx", "--out", file); status != 0 {
		t.Fatal(out, problems)
	}
	if _, problems, status := s.run("campaign", "start", file); status != 2 || !strings.Contains(problems, "unit") {
		t.Errorf("without units it starts: %d %s", status, problems)
	}
	steps := []struct {
		args []string
		says string
		well bool
	}{
		{[]string{"campaign", "list"}, "", true},
		{[]string{"campaign", "start", file, "--all-below"}, "by23: revision 1 is kept, 16 units", true},
		{[]string{"campaign", "start", file, "--all-below"}, "changed the campaign", false},
		{[]string{"campaign", "list"}, "by23\trevision 1\tfrom 2023-09-30\tends 2023-12-14\t16 units", true},
		{[]string{"campaign", "show", "by23"}, "0 of 16 units done", true},
		{[]string{"campaign", "show", "by23", "--format", "yaml"}, "- 118-16", true},
		{[]string{"campaign", "show", "nowhere"}, "no such campaign", false},
		{[]string{"campaign", "move", "by23", "--list", "child", "--step", "review", "--days", "den 18/10"}, "before that of the step before", false},
		{[]string{"campaign", "move", "by23", "--list", "child", "--step", "verify", "--days", "4/10-20/10"}, "revision 2 is kept", true},
		{[]string{"campaign", "move", "by23", "--step", "nothing", "--days", "20/10"}, "nothing", false},
		{[]string{"campaign", "end", "by23", "--on", "1/11"}, "revision 3 is kept", true},
		{[]string{"campaign", "end", "by23"}, "ended", false},
		{[]string{"campaign", "list"}, "ended 2023-11-01", true},
	}
	for _, step := range steps {
		out, problems, status := s.run(step.args...)
		if (status == 0) != step.well || !strings.Contains(out+problems, step.says) {
			t.Errorf("%q: status %d: %s%s", step.args, status, out, problems)
		}
	}
}
