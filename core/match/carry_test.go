package match_test

import (
	"slices"
	"testing"

	"lamsach/core/match"
	"lamsach/core/roster"
)

// child is one row of a test's list: code, name, birth date, number.
type child [4]string

func listOf(children ...child) *roster.Roster {
	ro := &roster.Roster{Kind: roster.KindChild, Sheets: []roster.SheetInfo{{Name: "DS", Columns: []roster.Column{
		{Index: 0, Field: roster.SoftwareCode}, {Index: 1, Field: roster.FullName}, {Index: 2, Field: roster.BirthDate},
		{Index: 3, Field: roster.PersonalID},
	}}}}
	for i, c := range children {
		rec := roster.Record{Row: i + 2}
		for _, text := range c {
			kind := roster.Text
			if text == "" {
				kind = roster.Empty
			}
			rec.Cells = append(rec.Cells, roster.Cell{Kind: kind, Text: text})
		}
		ro.Records = append(ro.Records, rec)
	}
	return ro
}

func TestPair(t *testing.T) {
	before := listOf(
		child{"TE01", "Lò Thị Thử", "15/04/2016", ""},
		child{"", "Mùa A Dếnh", "01/02/2018", "014218001234"},
		child{"", "Vì Thị Mẫu", "03/03/2019", ""},
		child{"", "Hà Văn Đôi", "04/04/2020", ""},
		child{"", "Hà Văn Đôi", "04/04/2020", ""},
		child{"", "Quàng Thị Đi", "05/05/2015", ""},
	)
	now := listOf(
		child{"", "Vì Thị Mẫu", "03/03/2019", "014319001111"}, // by name and date
		child{"TE01", "Lò Thị Thử Đổi Tên", "16/04/2016", ""}, // by code
		child{"", "Mùa A Dính", "01/02/2018", "014218001234"}, // by number
		child{"", "Hà Văn Đôi", "04/04/2020", ""},             // nobody can say which
		child{"", "Giàng A Mới", "06/06/2024", ""},
	)
	u := match.Pair(before, now)
	want := map[int]int{0: 2, 1: 0, 2: 1}
	for n, o := range want {
		if got, ok := u.Pairs[n]; !ok || got != o {
			t.Errorf("person %d is paired with %d (%v), want %d", n, got, ok, o)
		}
	}
	if len(u.Pairs) != len(want) || !slices.Equal(u.New, []int{3, 4}) || !slices.Equal(u.Gone, []int{3, 4, 5}) {
		t.Errorf("pairs %v, new %v, gone %v", u.Pairs, u.New, u.Gone)
	}
	if share := u.Same(before, now); share != 0.6 {
		t.Errorf("share %v", share)
	}
}

func TestCarry(t *testing.T) {
	before := listOf(
		child{"TE01", "Lò Thị Thử", "2016", ""},
		child{"TE02", "mùa a dếnh", "01/02/2018", ""},
		child{"TE03", "Vì Thị Mẫu", "03/03/2019", ""},
	)
	before.Records[0].Decide(roster.Decisions{
		Fixed: map[roster.Field]roster.Fix{
			roster.BirthDate:  {Value: "15/04/2016", By: roster.ByOfficer}, // the software still has the year alone
			roster.PersonalID: {Value: "014316001234", By: roster.ByOfficer},
			roster.FullName:   {Value: "Lò Thị Thở", By: roster.ByOfficer},
		},
		Waived: map[string]string{"full_name.single_word": "confirmed"}, NotSame: []string{"0:3", "0:4"}, Police: true,
	})
	before.Records[1].Decide(roster.Decisions{Fixed: map[roster.Field]roster.Fix{roster.FullName: {Value: "Mùa A Dếnh", By: roster.ByProgram}}})
	before.Records[2].Decide(roster.Decisions{Status: roster.Duplicate, SameAs: "0:3"})
	now := listOf(
		child{"TE01", "Lò Thị Khác", "2016", "014316001234"},
		child{"TE02", "MÙA A DẾNH", "01/02/2018", ""},
	)
	u := match.Pair(before, now)
	u.Carry(before, now)
	d := now.Records[0].Decided()
	if fix := d.Fixed[roster.BirthDate]; fix.Value != "15/04/2016" {
		t.Errorf("the birth date's correction is lost: %+v", d.Fixed)
	}
	if _, kept := d.Fixed[roster.PersonalID]; kept {
		t.Error("a correction that the software took up is kept")
	}
	if fix := d.Fixed[roster.FullName]; fix.Value != "Lò Thị Thở" {
		t.Error("a correction gave way to a value that nobody looked at")
	}
	if len(u.Differs) != 1 || u.Differs[0].Field != roster.FullName || u.Differs[0].Theirs != "Lò Thị Khác" {
		t.Errorf("differences %+v", u.Differs)
	}
	if !slices.Equal(d.NotSame, []string{"0:3"}) || !d.Police || d.Waived["full_name.single_word"] == "" {
		t.Errorf("decisions %+v", d)
	}
	if len(now.Records[1].Decided().Fixed) != 0 {
		t.Error("tidying of a value that is there no more was carried")
	}
	if !slices.Equal(u.Gone, []int{2}) {
		t.Errorf("gone %v", u.Gone)
	}
}

// What a list sent again writes otherwise than before and than corrected is a difference, whatever was answered to the one
// before; what it only writes in another way is none.
func TestCarryTellsDifferencesOnce(t *testing.T) {
	before := listOf(child{"TE01", "Lò Thị Thử", "2016", ""}, child{"TE02", "Mùa A Dếnh", "01/02/2018", ""}, child{"TE03", "Vì Thị Mẫu", "2019", ""})
	officer := func(value string) map[roster.Field]roster.Fix {
		return map[roster.Field]roster.Fix{roster.BirthDate: {Value: value, By: roster.ByOfficer}}
	}
	before.Records[0].Decide(roster.Decisions{Fixed: officer("15/04/2016"), Waived: map[string]string{"match.differs@birth_date": "confirmed", "full_name.single_word": "confirmed"}})
	before.Records[1].Decide(roster.Decisions{Fixed: officer("02/02/2018")})
	before.Records[2].Decide(roster.Decisions{Fixed: officer("03/03/2019")})
	now := listOf(child{"TE01", "Lò Thị Thử", "2015", ""}, child{"TE02", "Mùa A Dếnh", "1/2/2018", ""}, child{"TE03", "Vì Thị Mẫu", "3.3.2019", ""})
	u := match.Pair(before, now)
	u.Carry(before, now)
	d := now.Records[0].Decided()
	want := roster.Fix{Value: "15/04/2016", By: roster.ByOfficer, Differs: true, Was: "2016"}
	if got := d.Fixed[roster.BirthDate]; got != want {
		t.Errorf("difference %+v, want %+v", got, want)
	}
	if len(d.Waived) != 1 || d.Waived["full_name.single_word"] == "" {
		t.Errorf("the answer to an earlier difference stands in the way of this one: %v", d.Waived)
	}
	if got := now.Records[1].Decided().Fixed[roster.BirthDate]; got.Differs || got.Value != "02/02/2018" {
		t.Errorf("the same date written otherwise: %+v", got)
	}
	if got := now.Records[2].Decided().Fixed; got != nil {
		t.Errorf("the software took the date up in its own way: %+v", got)
	}
	if len(u.Differs) != 1 || u.Differs[0].Was != "2016" {
		t.Errorf("differences %+v", u.Differs)
	}

	// Sent again unchanged, the open difference stays.
	again := listOf(child{"TE01", "Lò Thị Thử", "2015", ""})
	next := match.Pair(now, again)
	next.Carry(now, again)
	if got := again.Records[0].Decided().Fixed[roster.BirthDate]; got != want {
		t.Errorf("after the next list %+v", got)
	}
}

// Codes that were given anew lead to nobody.
func TestPairDoesNotTrustACodeAlone(t *testing.T) {
	before := listOf(child{"1", "Lò Thị Thử", "15/04/2016", ""}, child{"2", "Mùa A Dếnh", "01/02/2018", ""}, child{"3", "Vì Văn Mẫu", "03/03/2019", ""})
	now := listOf(child{"1", "Giàng A Mới", "06/06/2024", ""}, child{"2", "Lò Thị Thử", "15/04/2016", ""}, child{"3", "Mùa A Dếnh", "01/02/2018", ""})
	u := match.Pair(before, now)
	if len(u.Pairs) != 2 || u.Pairs[1] != 0 || u.Pairs[2] != 1 || !slices.Equal(u.New, []int{0}) || !slices.Equal(u.Gone, []int{2}) {
		t.Errorf("pairs %v, new %v, gone %v", u.Pairs, u.New, u.Gone)
	}
}

// Who may be somebody of the earlier list carries what was decided there along, to be asked; without any decision there is
// nothing to ask.
func TestCarryOfTheDoubtful(t *testing.T) {
	before := rows(append([]row{{"Giàng A Pó", "02/03/2017", "", "Sùng Thị Dí", "", "Bản Bẹ", ""}, {"Lò Thị May", "02/05/2017", "", "Cà Thị Inh", "", "Bản Bẹ", ""}}, others(60)...)...)
	now := rows(append([]row{{"Giàng A Páo", "02/04/2017", "", "Sùng Thị Dí", "", "Bản Lừm", ""}, {"Lò Thị Máy", "02/06/2017", "", "Cà Thị Inh", "", "Bản Lừm", ""}}, others(60)...)...)
	before.Records[0].Decide(roster.Decisions{Fixed: map[roster.Field]roster.Fix{roster.Sex: {Value: "Nam", By: roster.ByOfficer}}, Police: true})
	u := match.Pair(before, now)
	u.Score(before, now)
	u.Carry(before, now)
	e := now.Records[0].Decided().Earlier
	if e == nil || e.Row != 2 || e.Name != "Giàng A Pó" || !e.Kept.Police || e.Kept.Fixed[roster.Sex].Value != "Nam" {
		t.Errorf("earlier %+v; likely %+v", e, u.Likely)
	}
	if now.Records[0].Decided().Police || len(now.Records[0].Decided().Fixed) > 0 {
		t.Error("decisions of somebody who may be another were taken over")
	}
	if now.Records[1].Decided().Earlier != nil {
		t.Error("something is asked about of which nothing depends")
	}
}
