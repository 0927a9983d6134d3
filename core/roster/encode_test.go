package roster_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lamsach/core/fault"
	"lamsach/core/roster"
	"lamsach/core/viet"
)

func cells() *rapid.Generator[[]roster.Cell] {
	return rapid.SliceOf(rapid.Custom(func(t *rapid.T) roster.Cell {
		c := roster.Cell{Kind: roster.CellKind(rapid.IntRange(0, int(roster.Uncomputed)).Draw(t, "kind"))}
		if c.Kind != roster.Empty {
			c.Text = rapid.String().Draw(t, "text")
			c.Legacy = roster.Legacy(rapid.IntRange(0, int(roster.VNI)).Draw(t, "legacy"))
		}
		return c
	}))
}

func TestCellsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := cells().Draw(t, "cells")
		got, err := roster.DecodeCells(roster.EncodeCells(want))
		if err != nil {
			t.Fatal(err)
		}
		if len(want)+len(got) > 0 {
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatal(diff)
			}
		}
	})
}

func TestDamagedCells(t *testing.T) {
	good := roster.EncodeCells([]roster.Cell{{Kind: roster.Text, Text: "Lò Văn Thử"}, {}, {Kind: roster.Number, Text: "12"}})
	for n := range good {
		if _, err := roster.DecodeCells(good[:n]); err == nil {
			t.Errorf("%d of %d bytes were taken", n, len(good))
		}
	}
	for name, packed := range map[string][]byte{
		"longer":          append(append([]byte(nil), good...), 0),
		"another version": append([]byte{9}, good[1:]...),
		"a kind of none":  {1, 1, 15},
		"too many cells":  {1, 0xff, 0xff, 0xff, 0xff, 0x0f},
		"a huge text":     {1, 1, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f},
	} {
		if _, err := roster.DecodeCells(packed); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

func FuzzDecodeCells(f *testing.F) {
	f.Add(roster.EncodeCells([]roster.Cell{{Kind: roster.Text, Text: "Lò"}, {}}))
	f.Add([]byte{1, 0})
	f.Fuzz(func(t *testing.T, packed []byte) {
		got, err := roster.DecodeCells(packed)
		if err != nil {
			return
		}
		again, err := roster.DecodeCells(roster.EncodeCells(got))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(got, again); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestInfoComesBack(t *testing.T) {
	ro := read(t, page("Sheet1", "STT|Họ và tên|Ngày sinh|Nơi sinh|Giới tính", "#1|Lò Văn Thử|09/05/2016|Sơn La|Nam", "#2|Hà Thị Hoa|10/05/2016|Sơn La|Nữ"))
	back, err := roster.DecodeInfo(roster.EncodeInfo(ro))
	if err != nil {
		t.Fatal(err)
	}
	if back.Kind != ro.Kind {
		t.Errorf("kind %q", back.Kind)
	}
	if diff := cmp.Diff(ro.Sheets, back.Sheets); diff != "" {
		t.Error(diff)
	}
	if len(ro.Sheets[0].Other) != 1 || ro.Sheets[0].Other[0].Header != "Nơi sinh" {
		t.Errorf("columns left out: %+v", ro.Sheets[0].Other)
	}
	for i := range ro.Records {
		if !back.Fits(&ro.Records[i]) {
			t.Errorf("person %d does not fit", i)
		}
	}
	if back.Fits(&roster.Record{Sheet: 1}) || back.Fits(&roster.Record{Cells: make([]roster.Cell, 1)}) {
		t.Error("a stranger fits")
	}
	ro.Remarks = []fault.Text{fault.T("file.remark.cut", "Sheet", "DS", "Limit", 4096, "N", 2)}
	back, err = roster.DecodeInfo(roster.EncodeInfo(ro))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(ro.Remarks, back.Remarks); diff != "" {
		t.Error(diff)
	}
	for _, packed := range []string{"", "{", `{"v":2}`, `{"v":1,"sheets":[{"columns":[{"index":-1}]}]}`, `{"v":1,"sheets":[{"columns":[{"part":99}]}]}`, `{"v":1,"sheets":[{"columns":[{"field":"what"}]}]}`} {
		if _, err := roster.DecodeInfo([]byte(packed)); err == nil {
			t.Errorf("%s: taken", packed)
		}
	}
}

func FuzzDecodeInfo(f *testing.F) {
	ro := read(f, page("Sheet1", "STT|Họ và tên|Ngày sinh||Số CCCD", "||Nam|Nữ|", "#1|Lò Văn Thử|2016||014216000117"))
	f.Add(roster.EncodeInfo(ro), roster.EncodeCells(ro.Records[0].Cells))
	f.Add([]byte(`{"v":1,"sheets":[{"columns":[{"field":"sex","part":6}]}]}`), []byte{1, 1, 1, 1, 'x'})
	f.Fuzz(func(t *testing.T, info, packed []byte) {
		back, err := roster.DecodeInfo(info)
		if err != nil || len(back.Sheets) == 0 {
			return
		}
		cells, err := roster.DecodeCells(packed)
		if err != nil {
			return
		}
		back.Records = []roster.Record{{Cells: cells}}
		for field := range roster.NumFields {
			back.Value(0, field)
			if back.Fits(&back.Records[0]) {
				back.Place(0, field, "09/05/2016")
			}
		}
	})
}

// TestTitlesComeBack: a list that is opened again is still of the month that its title says.
func TestTitlesComeBack(t *testing.T) {
	ro := read(t, page("Sheet1", append([]string{"DANH SÁCH CHI TRẢ TRỢ CẤP THÁNG 5/2023", "STT|Họ và tên|Ngày sinh|Giới tính|Số CCCD"}, people...)...))
	back, err := roster.DecodeInfo(roster.EncodeInfo(ro))
	if err != nil || !strings.Contains(ro.Titles, "thang 5/2023") || back.Titles != ro.Titles {
		t.Errorf("titles %q came back as %q, %v", ro.Titles, back.Titles, err)
	}
}

// FuzzRead gives strangers' tables to the reader: it never panics, and it accounts for every row below the header.
func FuzzRead(f *testing.F) {
	for _, table := range []string{
		"STT|Họ và tên|Ngày sinh\n#1|Lò Văn Thử|09/05/2016", "||Nam|Nữ\nTT|Họ tên|NĂM SINH|\n|A|#2016|", "(1)|(2)|(3)\nHọ tên|Ngày sinh|Số CCCD\n1|2|3",
		"Họ tên|Ngày sinh|Kết quả rà soát\nA B|2016|Trùng dòng 2", "h? t?n|ng?y sinh\nA B|2016", "|\n|||", "Cha|Mẹ\nHọ tên|Họ tên\nA B|C D",
		"TT|Họ tên|Ngày sinh|Cha, mẹ\nI|Người cao tuổi|#3\n#1|A B|2016|C D\n|||E F",
	} {
		f.Add(table)
	}
	f.Fuzz(func(t *testing.T, table string) {
		sheets := []roster.Sheet{page("Bản A", splitLines(table)...), page("Bản B", splitLines(table)...)} // which know of each other
		ro, err := roster.Read(roster.Book{Sheets: sheets}, roster.ReadOptions{})
		if err != nil {
			return
		}
		people := 0
		for i, info := range ro.Sheets {
			header := 0
			if n := len(info.HeaderRows); n > 0 {
				header = info.HeaderRows[n-1]
			}
			people += info.Records
			if got, below := info.Records+len(info.Skipped), filledBelow(sheets[i], header); got != below {
				t.Fatalf("sheet %d: %d people and %d skipped rows of %d", i, info.Records, len(info.Skipped), below)
			}
		}
		if len(ro.Records) != people {
			t.Fatalf("%d people, the sheets tell of %d", len(ro.Records), people)
		}
		for i := range ro.Records {
			for field := range roster.NumFields {
				ro.Place(i, field, ro.Value(i, field).Text)
			}
		}
		if _, err := roster.DecodeInfo(roster.EncodeInfo(ro)); err != nil {
			t.Fatal(err)
		}
	})
}

// filledBelow counts the rows below a header that are not empty.
func filledBelow(sheet roster.Sheet, header int) (n int) {
	for row := range sheet.Rows {
		if row.Number > header && slices.ContainsFunc(row.Cells, func(c roster.Cell) bool { return viet.Squeeze(c.Text) != "" || c.Kind > roster.Text }) {
			n++
		}
	}
	return n
}

// Rows that are packed one behind the other come apart again, whatever the memory of the last one held.
func TestCutCells(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(cells(), 1, 5).Draw(t, "rows")
		var packed []byte
		for _, row := range rows {
			packed = roster.AppendCells(packed, row)
		}
		rest, kept := string(packed), []roster.Cell(nil)
		for i, want := range rows {
			var err error
			if kept, rest, err = roster.CutCells(rest, kept); err != nil {
				t.Fatal(err)
			}
			if len(want)+len(kept) > 0 {
				if diff := cmp.Diff(want, kept); diff != "" {
					t.Fatalf("row %d: %s", i, diff)
				}
			}
		}
		if rest != "" {
			t.Fatalf("%d bytes left", len(rest))
		}
	})
}
