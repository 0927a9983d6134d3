package check_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lamsach/core/check"
	"lamsach/core/roster"
)

// A file of equal rows is a copying accident, or somebody's try to bring the program down: every row is told of, with the
// rows around it.
func TestEqualRowsAreToldOfWithinBounds(t *testing.T) {
	lines := [][]string{{"Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Số định danh cá nhân", "Họ tên mẹ"}}
	for range 3000 {
		lines = append(lines, []string{"Mùa Thị Dợ", "15/04/2016", "Nữ", "Mông", "014316001234", "Vàng Thị Mỷ"})
	}
	ro, err := roster.Read(table(lines...), roster.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	told := map[int]bool{}
	for _, f := range check.New(ro, check.Rules(), today).Findings() {
		if len(f.Related) > 100 {
			t.Fatalf("%s of record %d names %d others", f.Code, f.Record, len(f.Related))
		}
		switch f.Code {
		case "record.duplicate":
			told[f.Record] = true
			if f.Echo != (f.Record == 0) {
				t.Fatalf("record %d: echo %v", f.Record, f.Echo)
			}
		case "personal_id.duplicate":
			t.Fatalf("record %d shares its number with its own doubles", f.Record)
		}
	}
	if len(told) != 3000 {
		t.Errorf("%d of 3000 rows are told to be doubles", len(told))
	}
}

// What is tried must be what comes true, whoever else is on the list.
func TestTryTellsWhatRecheckFinds(t *testing.T) {
	ro := readCommune(t, 300)
	c := check.New(ro, check.Rules(), today)
	for rec := range ro.Records {
		if diff := cmp.Diff(c.Of(rec), c.Try(rec, ro.Records[rec].Decided())); diff != "" {
			t.Fatalf("record %d tried as it is: %s", rec, diff)
		}
		dec := roster.Decisions{Fixed: map[roster.Field]roster.Fix{
			roster.PersonalID: {Value: ro.Value((rec+7)%300, roster.PersonalID).Text, By: roster.ByOfficer},
			roster.BirthDate:  {Value: ro.Value((rec+30)%300, roster.BirthDate).Text, By: roster.ByOfficer},
		}}
		all := c.Findings()
		would := c.Try(rec, dec)
		if diff := cmp.Diff(all, c.Findings()); diff != "" {
			t.Fatalf("trying for record %d changed the list: %s", rec, diff)
		}
		ro.Records[rec].Decide(dec)
		c.Recheck(rec)
		if diff := cmp.Diff(c.Of(rec), would); diff != "" {
			t.Fatalf("record %d: tried, then done: %s", rec, diff)
		}
		ro.Records[rec].Decide(roster.Decisions{})
		c.Recheck(rec)
	}
	fresh := check.New(ro, check.Rules(), today).Findings()
	if diff := cmp.Diff(fresh, c.Findings()); diff != "" {
		t.Errorf("after all of it the list is another: %s", diff)
	}
}

// A group answer changes everybody at once: afterwards the list is compared as if it had come so.
func TestEverybodyChanged(t *testing.T) {
	lines := [][]string{{"Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Số định danh cá nhân", "Họ tên mẹ"}}
	for i := range 400 {
		lines = append(lines, []string{"Mùa Thị Dợ", "15/04/2016", "Nữ", "Mông", fmt.Sprintf("014316%06d", 1000+37*i), "Vàng Thị Mỷ"})
	}
	ro, err := roster.Read(table(lines...), roster.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	c := check.New(ro, check.Rules(), today)
	c.Findings()
	everybody := make([]int, len(ro.Records))
	for rec := range ro.Records {
		everybody[rec] = rec
		ro.Records[rec].Decide(roster.Decisions{Fixed: map[roster.Field]roster.Fix{roster.BirthDate: {Value: fmt.Sprintf("%02d/04/2016", 1+rec%28), By: roster.ByOfficer}}})
	}
	c.Recheck(everybody...)
	if diff := cmp.Diff(check.New(ro, check.Rules(), today).Findings(), c.Findings()); diff != "" {
		t.Error(diff[:min(len(diff), 800)])
	}
}
