package roster_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"lamsach/core/roster"
)

func text(s string) roster.Cell   { return roster.Cell{Kind: roster.Text, Text: s} }
func number(s string) roster.Cell { return roster.Cell{Kind: roster.Number, Text: s} }
func date(s string) roster.Cell   { return roster.Cell{Kind: roster.Date, Text: s} }

func TestPlace(t *testing.T) {
	whole := page("Sheet1", "STT|Họ và tên|Ngày sinh|Giới tính|Số CCCD|Ghi chú", "#1|lò văn  thử|2016|nam|#14216000117|cũ")
	split := page("Sheet1", "STT|Họ và đệm|Tên|Ngày|Tháng|Năm sinh|Nam|Nữ", "#1|Lò Văn|Thử|||#2016|X|", "#2|Mùa|Thị Dợ|#1|#2|#2017|x|x", "#3|Hà Thị|Hoa|#1|#2|#2018||")
	under := page("Sheet1", "STT|Họ và tên|Ngày sinh||Dân tộc", "||Nam|Nữ|", "#1|Lò Văn Thử|2016||Thái", "#2|Mùa Thị Dợ||@2017-06-10|Mông", "#3|Hà Thị Hoa|||Thái")
	type write struct {
		Column string
		Cell   roster.Cell
	}
	for _, c := range []struct {
		name  string
		sheet roster.Sheet
		rec   int
		fixed map[roster.Field]string // decided before
		field roster.Field
		value string
		want  []write
		ok    bool
	}{
		{"a name", whole, 0, nil, roster.FullName, "Lò Văn Thử", []write{{"B", text("Lò Văn Thử")}}, true},
		{"a full date is a date cell", whole, 0, nil, roster.BirthDate, "09/05/2016", []write{{"C", date("2016-05-09")}}, true},
		{"half a date is text", whole, 0, nil, roster.BirthDate, "05/2016", []write{{"C", text("05/2016")}}, true},
		{"numbers of people are text", whole, 0, nil, roster.PersonalID, "014216000117", []write{{"E", text("014216000117")}}, true},
		{"clearing", whole, 0, nil, roster.Note, "", []write{{"F", roster.Cell{}}}, true},
		{"nothing to change", whole, 0, nil, roster.Note, "cũ", nil, true},
		{"no such column", whole, 0, nil, roster.MotherName, "Vì Thị B", nil, false},
		{"the last word is the given name", split, 0, nil, roster.FullName, "Lò Văn Đức Anh", []write{{"B", text("Lò Văn Đức")}, {"C", text("Anh")}}, true},
		{"a given name of two words stays one", split, 1, nil, roster.FullName, "Mùa A Thị Dợ", []write{{"B", text("Mùa A")}}, true},
		{"day, month, year", split, 0, nil, roster.BirthDate, "09/05/2016", []write{{"D", number("9")}, {"E", number("5")}}, true},
		{"only the year", split, 1, nil, roster.BirthDate, "2017", []write{{"D", roster.Cell{}}, {"E", roster.Cell{}}}, true},
		{"the tick moves as it is", split, 0, nil, roster.Sex, "Nữ", []write{{"H", text("X")}, {"G", roster.Cell{}}}, true},
		{"one of two ticks goes", split, 1, nil, roster.Sex, "Nữ", []write{{"G", roster.Cell{}}}, true},
		{"a new tick", split, 2, nil, roster.Sex, "Nam", []write{{"G", text("x")}}, true},
		{"a date under its sex", under, 0, nil, roster.BirthDate, "09/05/2016", []write{{"C", date("2016-05-09")}}, true},
		{"the date moves with the sex", under, 1, nil, roster.Sex, "Nam", []write{{"C", date("2017-06-10")}, {"D", roster.Cell{}}}, true},
		{"date and sex both decided", under, 0, map[roster.Field]string{roster.Sex: "Nữ", roster.BirthDate: "09/05/2016"}, roster.BirthDate, "09/05/2016",
			[]write{{"D", date("2016-05-09")}, {"C", roster.Cell{}}}, true},
		{"… and the sex says the same", under, 0, map[roster.Field]string{roster.Sex: "Nữ", roster.BirthDate: "09/05/2016"}, roster.Sex, "Nữ",
			[]write{{"D", date("2016-05-09")}, {"C", roster.Cell{}}}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			ro := read(t, c.sheet)
			fixed := map[roster.Field]roster.Fix{}
			for f, v := range c.fixed {
				fixed[f] = roster.Fix{Value: v, By: roster.ByOfficer}
			}
			ro.Records[c.rec].Decide(roster.Decisions{Fixed: fixed})
			writes, ok := ro.Place(c.rec, c.field, c.value)
			var got []write
			for _, w := range writes {
				got = append(got, write{roster.Letter(w.Column), w.Cell})
				if w.Row != ro.Records[c.rec].Row || w.Sheet != 0 {
					t.Errorf("written to sheet %d, row %d", w.Sheet, w.Row)
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" || ok != c.ok {
				t.Errorf("ok %v, want %v (-want +got):\n%s", ok, c.ok, diff)
			}
		})
	}
}

// TestPlacedIsRead writes values into the cells and reads them again: what was placed is what the list then says.
func TestPlacedIsRead(t *testing.T) {
	under := page("Sheet1", "STT|Họ và tên|Ngày sinh||Dân tộc", "||Nam|Nữ|", "#1|Lò Văn Thử|2016||Thái")
	split := page("Sheet1", "STT|Họ và đệm|Tên|Ngày|Tháng|Năm sinh|Nam|Nữ", "#1|Lò Văn|Thử|||#2016|X|")
	for _, sheet := range []roster.Sheet{under, split} {
		ro := read(t, sheet)
		values := map[roster.Field]string{roster.FullName: "Hà Thị Hoa", roster.BirthDate: "09/05/2016", roster.Sex: "Nữ"}
		fixed := map[roster.Field]roster.Fix{}
		for f, v := range values {
			fixed[f] = roster.Fix{Value: v}
		}
		ro.Records[0].Decide(roster.Decisions{Fixed: fixed})
		cells := append([]roster.Cell(nil), ro.Records[0].Cells...)
		for f, v := range values {
			writes, _ := ro.Place(0, f, v)
			for _, w := range writes {
				for i, c := range ro.Sheets[0].Columns {
					if c.Index == w.Column {
						cells[i] = w.Cell
					}
				}
			}
		}
		ro.Records[0].Cells = cells
		ro.Records[0].Decide(roster.Decisions{})
		for f, v := range values {
			got := ro.Value(0, f)
			if got.Kind == roster.Date {
				got.Text = got.Text[8:] + "/" + got.Text[5:7] + "/" + got.Text[:4]
			}
			if got.Text != v && got.Text != "9/5/2016" {
				t.Errorf("%s was placed as %q and reads %q", f, v, got.Text)
			}
		}
	}
}
