package check_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"lamsach/core/check"
	"lamsach/core/roster"
)

// specimen reads one of the lists with planted faults.
func specimen(t testing.TB, name string) *roster.Roster {
	t.Helper()
	ro, err := roster.Read(book(t, filepath.Join("testdata", name+".csv")), roster.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return ro
}

// decisions draws what an officer may decide about a person of the list.
func decisions(t *rapid.T, ro *roster.Roster) roster.Decisions {
	var d roster.Decisions
	other := ro.Records[rapid.IntRange(0, len(ro.Records)-1).Draw(t, "other")]
	switch rapid.IntRange(0, 6).Draw(t, "what") {
	case 0:
		d.Status = roster.MovedOut
	case 1:
		d.Status, d.SameAs = roster.Duplicate, other.ID()
	case 2:
		d.NotSame = []string{other.ID()}
	case 3:
		d.Waived = map[string]string{"personal_id.missing": "x"}
	case 4:
		d.Fixed = map[roster.Field]roster.Fix{roster.PersonalID: {Value: "014322742683", By: roster.ByOfficer}}
	case 5:
		d.Fixed = map[roster.Field]roster.Fix{roster.FullName: {Value: "Tòng Thị Yêu"}, roster.BirthDate: {Value: "27/08/2022"}, roster.Sex: {Value: "Nữ"}}
	}
	return d
}

// TestRecheckIsNew: after any decisions, and with rules that came later, looking again gives what looking for the first time gives.
func TestRecheckIsNew(t *testing.T) {
	for _, name := range []string{"official", "plain", "split"} {
		rapid.Check(t, func(t *rapid.T) {
			ro := specimenOf(t, name)
			rules := check.Rules()
			c := check.New(ro, rules, today)
			for range rapid.IntRange(1, 6).Draw(t, "steps") {
				rec := rapid.IntRange(0, len(ro.Records)-1).Draw(t, "rec")
				if rapid.Bool().Draw(t, "stands elsewhere") {
					rules = append(rules[:len(rules):len(rules)], check.Elsewhere(map[string][]string{ro.Records[rec].ID(): {"Xã Tạ Khoa"}}))
					c.Renew(rules, rec)
					continue
				}
				ro.Records[rec].Decide(decisions(t, ro))
				c.Recheck(rec)
			}
			if diff := cmp.Diff(check.New(ro, rules, today).Findings(), c.Findings()); diff != "" {
				t.Fatal(diff)
			}
		})
	}
}

func specimenOf(t *rapid.T, name string) *roster.Roster {
	file := &testing.T{}
	return specimen(file, name)
}

// TestTryChangesNothing: trying decisions says what would be found, and leaves list and findings as they are.
func TestTryChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ro := specimenOf(t, "plain")
		rec := rapid.IntRange(0, len(ro.Records)-1).Draw(t, "rec")
		held := decisions(t, ro)
		ro.Records[rec].Decide(held)
		c := check.New(ro, check.Rules(), today)
		before := c.Findings()
		dec := decisions(t, ro)
		would := c.Try(rec, dec)
		if diff := cmp.Diff(held, ro.Records[rec].Decided()); diff != "" {
			t.Fatalf("the decisions stayed: %s", diff)
		}
		if diff := cmp.Diff(before, c.Findings()); diff != "" {
			t.Fatal(diff)
		}
		ro.Records[rec].Decide(dec)
		c.Recheck(rec)
		if diff := cmp.Diff(c.Of(rec), would, cmpopts.EquateEmpty()); diff != "" {
			t.Fatal(diff)
		}
	})
}

// TestOfIsPartOfFindings: the findings of the file and of everybody together are all findings, the gravest first, whatever was decided.
func TestOfIsPartOfFindings(t *testing.T) {
	for _, name := range []string{"official", "plain", "split"} {
		ro := specimen(t, name)
		c := check.New(ro, check.Rules(), today)
		before := c.Findings()
		for i, f := range before {
			switch {
			case f.Record < 0:
			case i%7 == 0:
				ro.Records[f.Record].Decide(roster.Decisions{Status: roster.MovedOut})
			case i%3 == 0:
				ro.Records[f.Record].Decide(roster.Decisions{Waived: map[string]string{f.Code: "x"}})
			}
			if f.Record >= 0 {
				c.Recheck(f.Record)
			}
		}
		all := c.Findings()
		want := slices.DeleteFunc(slices.Clone(all), func(f check.Finding) bool { return f.Record >= 0 })
		for rec := range ro.Records {
			want = append(want, c.Of(rec)...)
		}
		grave := []check.Severity{check.Error, check.Warning, check.Info}
		slices.SortStableFunc(want, func(a, b check.Finding) int {
			return slices.Index(grave, a.Severity) - slices.Index(grave, b.Severity)
		})
		if diff := cmp.Diff(want, all); diff != "" || len(all) >= len(before) {
			t.Errorf("%s, %d findings, of %d before: %s", name, len(all), len(before), diff)
		}
	}
}

// TestTidy: what needs nobody's word is done once, keeps the raw cell, never overrides an officer, and is then clean.
func TestTidy(t *testing.T) {
	ro := list(t, child("name=LÒ VĂN THỬ", "id=014 216 000 117", "ethnic=H'Mông", "sex=nam", "birth=9.5.2016"), child("name=HÀ ĐỨC MẪU", "id=014216300339", "mother=Vì Thị Hai", "motherid="))
	ro.Records[3].Decide(roster.Decisions{Fixed: map[roster.Field]roster.Fix{roster.FullName: {Value: "HÀ ĐỨC MẪU", By: roster.ByOfficer}}})
	c := check.New(ro, check.Rules(), today)
	if diff := cmp.Diff([]int{2}, c.Tidy()); diff != "" {
		t.Fatal(diff)
	}
	if got := c.Of(2); len(got) != 0 {
		t.Errorf("still found: %s", told(got))
	}
	for f, want := range map[roster.Field]string{roster.FullName: "Lò Văn Thử", roster.PersonalID: "014216000117", roster.Ethnicity: "Mông", roster.Sex: "Nam", roster.BirthDate: "09/05/2016"} {
		if got := ro.Records[2].Decided().Fixed[f]; got != (roster.Fix{Value: want, By: roster.ByProgram}) {
			t.Errorf("%s is fixed as %+v", f, got)
		}
	}
	if raw := ro.Raw(2, roster.FullName).Text; raw != "LÒ VĂN THỬ" {
		t.Errorf("the raw name became %q", raw)
	}
	if again := c.Tidy(); len(again) != 0 {
		t.Errorf("applied again to %v", again)
	}
}

// TestFixesAreRight: accepting any suggestion takes its finding away and never brings an error of another kind.
func TestFixesAreRight(t *testing.T) {
	for _, name := range []string{"official", "plain", "split"} {
		ro := specimen(t, name)
		c := check.New(ro, check.Rules(), today)
		for _, f := range c.Findings() {
			if f.Record < 0 || f.Fix == check.NoFix || f.Echo {
				continue
			}
			for _, left := range c.Try(f.Record, f.Accept(ro.Records[f.Record].Decided(), roster.ByOfficer)) {
				if left.Code == f.Code {
					t.Errorf("%s, row %d: %s stays after its own fix", name, ro.Records[f.Record].Row, f.Code)
				}
			}
		}
	}
}

// FuzzFindings gives strangers' rows to the rules: they never panic, and every fix can be accepted and tried.
func FuzzFindings(f *testing.F) {
	f.Add("Lò Văn Thử|date:2016-05-09|Nam|Thái|014216000117|Lò Văn Bố|Vì Thị Mẹ|chuyển đi")
	f.Add("|number:42500|x|H'Mông|number:14216000117|Vì Thị Mẹ (1988)||trùng")
	f.Add("formula:|31/02/2016|1||3.8E+10|014188203777|\u00a0|")
	f.Fuzz(func(t *testing.T, line string) {
		row := child()
		for i, value := range strings.SplitN(line, "|", len(row)-1) {
			row[i+1] = value
		}
		ro, err := roster.Read(table(append([][]string{headerLine()}, append(filler(), row, row)...)...), roster.ReadOptions{Compact: true})
		if err != nil {
			return
		}
		c := check.New(ro, check.Rules(), today)
		for _, found := range c.Findings() {
			if found.Record >= 0 && found.Fix != check.NoFix {
				c.Try(found.Record, found.Accept(ro.Records[found.Record].Decided(), roster.ByOfficer))
			}
		}
		c.Tidy()
		if again := c.Tidy(); len(again) > 0 {
			t.Fatalf("automatic fixes of %q are never done: %v", line, told(c.Of(again[0])))
		}
	})
}
