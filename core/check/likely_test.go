package check_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lamsach/core/check"
	"lamsach/core/fault"
	"lamsach/core/roster"
)

func TestLikelyDoubles(t *testing.T) {
	for _, c := range []struct {
		name string
		rows [][]string
		want string
	}{
		{"three days later", [][]string{child("id="), child("birth=date:2016-05-12")}, "2 personal_id.missing, 2 record.likely_duplicate [3] echo, 3 record.likely_duplicate [2]"},
		{"one number, asked once", [][]string{child(), child("birth=date:2016-05-12")},
			"2 personal_id.duplicate [3] echo, 3 personal_id.duplicate [2] echo, 2 record.likely_duplicate [3] echo, 3 record.likely_duplicate [2]"},
		{"too soon after", [][]string{child(), child("name=Cà Văn Hai", "birth=date:2016-09-30", "id=014216000555")}, "2 record.likely_duplicate [3] echo, 3 record.likely_duplicate [2]"},
		{"a year and more after", [][]string{child(), child("name=Cà Văn Hai", "birth=date:2017-09-30", "id=014217000555")}, ""},
		{"twins whose names are alike", [][]string{child("name=Lò Văn Phương"), child("name=Lò Văn Phượngg", "id=014216000555")}, "2 record.twin [3] echo, 3 record.twin [2]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := byPerson(list(t, c.rows...)); got != c.want {
				t.Errorf("\n got %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestLikelyDoubleTells(t *testing.T) {
	ro := list(t, child("id="), child("birth=date:2016-05-12", "id="))
	for _, f := range check.New(ro, check.Rules(), today).Findings() {
		if f.Code != "record.likely_duplicate" || f.Record != 3 {
			continue
		}
		if f.Severity != check.Warning || f.Group != check.Double || f.Status != roster.Duplicate || f.Confidence < 0.7 || f.Args["Days"] != 3 || f.Args["Why"] != "close_births" {
			t.Errorf("%+v", f)
		}
		if diff := cmp.Diff([]fault.Text{fault.T("field.birth_date")}, f.Args["Differ"]); diff != "" {
			t.Error(diff)
		}
		return
	}
	t.Error("not found")
}

func TestLikelyButNotOne(t *testing.T) {
	ro := list(t, child("id="), child("birth=date:2016-05-12"))
	c := check.New(ro, check.Rules(), today)
	ro.Records[2].Decide(roster.Decisions{NotSame: []string{ro.Records[3].ID()}})
	c.Recheck(2)
	for _, f := range c.Findings() {
		if strings.HasPrefix(f.Code, "record.") {
			t.Errorf("said to be two, and told %s", f.Code)
		}
	}
}

// TestLikelyStaysTrue: after any corrections the likely doubles are those that a new look finds.
func TestLikelyStaysTrue(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var rows [][]string
		for i := range 12 {
			rows = append(rows, child(fmt.Sprintf("name=Lò Văn %c", 'A'+i%5), fmt.Sprintf("birth=date:2016-%02d-%02d", 1+i%4, 1+i), fmt.Sprintf("id=014216%06d", 1000+37*i), "motherid=", fmt.Sprintf("mother=Cà Thị %c", 'A'+i%3)))
		}
		ro := list(t, rows...)
		c := check.New(ro, check.Rules(), today)
		for range rapid.IntRange(1, 6).Draw(rt, "corrections") {
			rec := rapid.IntRange(0, len(ro.Records)-1).Draw(rt, "who")
			d := roster.Decisions{Fixed: map[roster.Field]roster.Fix{}}
			switch rapid.IntRange(0, 3).Draw(rt, "what") {
			case 0:
				d.Fixed[roster.BirthDate] = roster.Fix{Value: rapid.SampledFrom([]string{"03/01/2016", "05/02/2016", "09/07/2017"}).Draw(rt, "date"), By: roster.ByOfficer}
			case 1:
				d.Fixed[roster.FullName] = roster.Fix{Value: rapid.SampledFrom([]string{"Lò Văn A", "Lò Văn Anh", "Lò Thị B"}).Draw(rt, "name"), By: roster.ByOfficer}
			case 2:
				d.Status = roster.MovedOut
			}
			if rapid.Bool().Draw(rt, "only tried") {
				c.Try(rec, d)
				continue
			}
			ro.Records[rec].Decide(d)
			c.Recheck(rec)
		}
		if diff := cmp.Diff(check.New(ro, check.Rules(), today).Findings(), c.Findings()); diff != "" {
			rt.Fatal(diff)
		}
	})
}
