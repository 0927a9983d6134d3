package match_test

import (
	"testing"

	"lamsach/core/match"
	"lamsach/core/roster"
)

func TestKeys(t *testing.T) {
	columns := []roster.Column{{Field: roster.FullName}, {Index: 1, Field: roster.BirthDate}, {Index: 2, Field: roster.PersonalID}}
	for _, c := range []struct {
		name         string
		cells        [3]roster.Cell
		fixed        map[roster.Field]roster.Fix
		number, both string
	}{
		{"all", [3]roster.Cell{text("Lò Thị Hoà"), {Kind: roster.Date, Text: "2016-05-09"}, text("014316000117")}, nil, "014316000117", "lo thi hoa|2016-05-09"},
		{"written otherwise", [3]roster.Cell{text(" LÒ  THỊ HÒA"), text("9.5.2016"), text("014 316 000 117")}, nil, "014316000117", "lo thi hoa|2016-05-09"},
		{"a number that lost its zero is not known yet", [3]roster.Cell{text("Lò Thị Hoà"), text("09/05/2016"), {Kind: roster.Number, Text: "14316000117"}}, nil, "", "lo thi hoa|2016-05-09"},
		{"half a date", [3]roster.Cell{text("Lò Thị Hoà"), text("2016"), {}}, nil, "", ""},
		{"no name", [3]roster.Cell{text("chưa đặt tên"), text("09/05/2016"), {}}, nil, "", ""},
		{"as decided", [3]roster.Cell{text("Lò Thị Hoà"), text("2016"), {}}, map[roster.Field]roster.Fix{roster.BirthDate: {Value: "09/05/2016"}, roster.PersonalID: {Value: "014316000117"}}, "014316000117", "lo thi hoa|2016-05-09"},
	} {
		ro := &roster.Roster{Sheets: []roster.SheetInfo{{Columns: columns}}, Records: []roster.Record{{Cells: c.cells[:]}}}
		ro.Records[0].Decide(roster.Decisions{Fixed: c.fixed})
		if got, want := match.NewKeyer(ro).Keys(0), (match.Keys{Number: c.number, Name: c.both}); got != want {
			t.Errorf("%s: %q, want %q", c.name, got, want)
		}
	}
}

func text(s string) roster.Cell { return roster.Cell{Kind: roster.Text, Text: s} }

func TestKeysWithMother(t *testing.T) {
	columns := []roster.Column{{Field: roster.FullName}, {Index: 1, Field: roster.BirthDate}, {Index: 2, Field: roster.MotherName}}
	ro := &roster.Roster{Sheets: []roster.SheetInfo{{Columns: columns}}}
	for _, mother := range []string{"Lò Thị Ín", "LÒ  THỊ ÍN", "không rõ", ""} {
		ro.Records = append(ro.Records, roster.Record{Cells: []roster.Cell{text("Lò Thị Hoà"), text("09/05/2016"), text(mother)}})
	}
	ro.Records = append(ro.Records, roster.Record{Cells: []roster.Cell{text(""), text("09/05/2016"), text("Lò Thị Ín")}})
	keyer := match.NewKeyer(ro)
	for i, want := range []match.Keys{
		{Name: "lo thi hoa|2016-05-09", Mother: "lo thi hoa|2016-05-09|lo thi in"}, {Name: "lo thi hoa|2016-05-09", Mother: "lo thi hoa|2016-05-09|lo thi in"},
		{Name: "lo thi hoa|2016-05-09"}, {Name: "lo thi hoa|2016-05-09"}, {},
	} {
		if got := keyer.Keys(i); got != want {
			t.Errorf("person %d: %q, want %q", i, got, want)
		}
	}
}
