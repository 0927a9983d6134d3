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
		ro := &roster.Roster{Sheets: []roster.SheetInfo{{Columns: columns}}, Records: []roster.Record{{Cells: c.cells[:], Decided: roster.Decisions{Fixed: c.fixed}}}}
		if number, both := match.Keys(ro, 0); number != c.number || both != c.both {
			t.Errorf("%s: %q and %q, want %q and %q", c.name, number, both, c.number, c.both)
		}
	}
}

func text(s string) roster.Cell { return roster.Cell{Kind: roster.Text, Text: s} }
