package xls_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lamsach/core/roster"
	"lamsach/paper/papertest"
)

// expect demands that a made workbook holds these cells on its one sheet, by "row!column".
func expect(t *testing.T, m made, want map[string]roster.Cell) {
	t.Helper()
	got := papertest.Cells(t, mustOpen(t, m.bytes()))
	delete(got, "List")
	named := map[string]roster.Cell{}
	for place, cell := range want {
		named["List!"+place] = cell
	}
	if diff := cmp.Diff(named, got); diff != "" {
		t.Errorf("cells differ (-want +got):\n%s", diff)
	}
}

func text(s string) roster.Cell   { return roster.Cell{Text: s, Kind: roster.Text} }
func number(s string) roster.Cell { return roster.Cell{Text: s, Kind: roster.Number} }

func TestNumbers(t *testing.T) {
	expect(t, made{
		globals: func(s *stream) {
			s.style(0, 0)
			s.style(0, 14)
			s.rec(0x41E, u16(170, 4), []byte{0}, []byte("m\\/d"))
			s.style(0, 170)
		},
		sheet: func(s *stream) {
			s.rec(0x27E, u16(0, 0, 0), u32(1984<<2|2))
			s.rec(0x27E, u16(0, 1, 0), u32(-7<<2|2))
			s.rec(0x27E, u16(0, 2, 0), u32(7<<2|3))
			s.rec(0x27E, u16(0, 3, 0), u32(0x3FF80000)) // 1.5
			s.rec(0x27E, u16(0, 4, 0), u32(0x3FF80001)) // 0.015
			s.rec(0xBD, u16(1, 2), u16(0), u32(5<<2|2), u16(1), u32(42499<<2|2), u16(0), u32(6<<2|2), u16(4))
			s.rec(0xBE, u16(2, 0, 0, 0, 0, 2))
			s.number(3, 0, 0, 14316001234)
			s.number(3, 1, 0, 142160012345)
			s.number(3, 2, 2, 42499.75)
			s.rec(0x205, u16(4, 0, 0), []byte{1, 0})
			s.rec(0x205, u16(4, 1, 0), []byte{0x17, 1})
			s.rec(0x205, u16(4, 2, 0), []byte{0x2A, 1})
		},
	}, map[string]roster.Cell{
		"1!0": number("1984"), "1!1": number("-7"), "1!2": number("0.07"), "1!3": number("1.5"), "1!4": number("0.015"),
		"2!2": number("5"), "2!3": {Text: "2016-05-09", Kind: roster.Date}, "2!4": number("6"),
		"4!0": number("14316001234"), "4!1": number("142160012345"), "4!2": {Text: "2016-05-09T18:00:00", Kind: roster.Date},
		"5!0": {Text: "1", Kind: roster.Bool}, "5!1": {Text: "#REF!", Kind: roster.Fault}, "5!2": {Text: "#N/A", Kind: roster.Fault},
	})
}

// TestSharedTextsOverRecords has texts whose letters change their width where they go on in another record.
func TestSharedTextsOverRecords(t *testing.T) {
	expect(t, made{
		globals: func(s *stream) {
			s.rec(0xFC, u32(5), u32(5), u16(6), []byte{0}, []byte("Mua"))                          // narrow, then wide
			s.rec(0x3C, []byte{1}, wide(" Dợ"), u16(6), []byte{1}, wide("Mùa "))                   // wide, then narrow
			s.rec(0x3C, []byte{0}, []byte("Ly"), u16(3), []byte{1}, wide("a"), []byte{0x3D, 0xD8}) // a pair of halves torn apart
			s.rec(0x3C, []byte{1, 0x00, 0xDE}, u16(4), []byte{8}, u16(1), []byte("rich"), u16(0))
			s.rec(0x3C, u16(0), u16(4), []byte{5}, u32(6), wide("phon"), []byte{1, 2, 3}) // runs and phonetic text carry no flag
			s.rec(0x3C, []byte{4, 5, 6})
		},
		sheet: func(s *stream) {
			for i := range 5 {
				s.rec(0xFD, u16(i, 0, 0), u32(i))
			}
		},
	}, map[string]roster.Cell{"1!0": text("Mua Dợ"), "2!0": text("Mùa Ly"), "3!0": text("a😀"), "4!0": text("rich"), "5!0": text("phon")})
}

func TestTextsOfCells(t *testing.T) {
	long := strings.Repeat("x", 100)
	expect(t, made{
		globals: func(s *stream) {
			for _, name := range []string{"Arial", ".VnTime", "VNI-Times", "Arial", "Arial2"} {
				s.font(biff8, name)
			}
			s.style(0, 0)
			s.style(1, 0)
			s.style(5, 0) // the fifth: there is no font 4
		},
		sheet: func(s *stream) {
			s.text(0, 0, 1, "M\xf9a")
			s.text(0, 1, 2, "plain")
			s.rec(0xD6, u16(0, 2, 0, 4), []byte{0}, []byte("a\xeeb."), u16(1), u16(1, 2))
			s.rec(0x204, u16(0, 3, 0, 120), []byte{0}, []byte(long))
			s.rec(0x3C, []byte{0}, []byte("twenty letters more."))
			s.text(0, 4, 0, "")
			s.text(0, 5, 0, "a\r\nb\x00c")
			s.rec(0x06, u16(1, 0, 0), []byte{0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, make([]byte, 8))
			s.rec(0x4BC, make([]byte, 10))
			s.rec(0x207, u16(4), []byte{1}, wide("kết "))
			s.rec(0x06, u16(1, 1, 0), []byte{0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, make([]byte, 8))
			s.rec(0x06, u16(1, 2, 0), []byte{1, 0, 1, 0, 0, 0, 0xFF, 0xFF}, make([]byte, 8))
			s.rec(0x06, u16(1, 3, 0), []byte{2, 0, 7, 0, 0, 0, 0xFF, 0xFF}, make([]byte, 8))
			s.rec(0x06, u16(1, 4, 0), []byte{3, 0, 0, 0, 0, 0, 0xFF, 0xFF}, make([]byte, 8))
			s.rec(0x06, u16(1, 5, 0), f64(2.5), make([]byte, 8))
		},
	}, map[string]roster.Cell{
		"1!0": {Text: "Mùa", Kind: roster.Text, Legacy: roster.TCVN3}, "1!1": text("plain"),
		"1!2": {Text: "aîb.", Kind: roster.Text, Legacy: roster.VNI}, "1!3": text(long + "twenty letters more."), "1!5": text("a\nb\uFFFDc"),
		"2!0": text("kết "), "2!1": {Kind: roster.Uncomputed}, "2!2": {Text: "1", Kind: roster.Bool},
		"2!3": {Text: "#DIV/0!", Kind: roster.Fault}, "2!5": number("2.5"),
	})
}

func TestCodePages(t *testing.T) {
	for _, test := range []struct {
		name      string
		page      int
		raw, want string
	}{
		{"Vietnam", 1258, "M\xf9a Thi\xf2 D\xf5\xf2", "Mùa Th\u1ecb D\u1ee3"},
		{"Western", 1252, "M\xf9a \x96", "Mùa –"},
		{"two bytes that are one", 1200, "M\xf9a", "Mùa"},
		{"Mac", 10000, "M\x9da", "Mùa"},
		{"none, UTF-8", 0, "Mùa", "Mùa"},
		{"none, one byte", 0, "M\xf9a", "Mùa"},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := made{version: biff5, globals: func(s *stream) {
				if test.page != 0 {
					s.rec(0x42, u16(test.page))
				}
				s.font(biff5, "Arial")
				s.font(biff5, ".VnTime")
				s.style(0, 0)
				s.style(1, 0)
			}, sheet: func(s *stream) {
				s.rec(0x204, u16(0, 0, 0, len(test.raw)), []byte(test.raw))
				s.rec(0x204, u16(0, 1, 1, 2), []byte("\xb8\xcc"))
				s.rec(0xD6, u16(0, 2, 0, 2), []byte("a\xcc"), []byte{1, 1, 1})
			}}
			expect(t, m, map[string]roster.Cell{"1!0": text(test.want), "1!1": {Text: "\u00b8\u00cc", Kind: roster.Text, Legacy: roster.TCVN3},
				"1!2": {Text: "a\u00cc", Kind: roster.Text, Legacy: roster.TCVN3}})
		})
	}
}

func TestHiddenRowsAndSheets(t *testing.T) {
	row := func(s *stream, number, options int) { s.rec(0x208, u16(number, 0, 1, 255, 0, 0, options, 15)) }
	m := made{state: 2, sheet: func(s *stream) {
		s.rec(0x225, u16(2, 0)) // hidden unless a row says otherwise
		row(s, 0, 0)
		row(s, 1, 0x20)
		for i := range 3 {
			s.number(i, 0, 0, 1)
		}
	}}
	got := papertest.Cells(t, mustOpen(t, m.bytes()))
	want := map[string]roster.Cell{"List": {Text: "hidden true"}, "List!1!0": number("1"), "List!2!0": number("1"), "List!3!0": number("1"),
		"List!2": {Text: "hidden"}, "List!3": {Text: "hidden"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestOrder reads cells that a program wrote as they came to its mind.
func TestOrder(t *testing.T) {
	expect(t, made{sheet: func(s *stream) {
		s.text(5, 0, 0, "six")
		s.text(1, 3, 0, "right")
		s.text(1, 0, 0, "left")
		s.rec(0x1B8, make([]byte, 32)) // a link among the cells
		s.rec(0x201, u16(5, 0, 0))     // a blank does not wipe a value
		s.text(1, 0, 0, "left")        // the same again
		s.rec(0xBD, u16(0, 0), u16(0), u32(5<<2|2), u16(0), u32(6<<2|2), u16(1))
	}}, map[string]roster.Cell{"1!0": number("5"), "1!1": number("6"), "2!0": text("left"), "2!3": text("right"), "6!0": text("six")})
}

// TestSheetAlone reads the kind of file that scripts wrote for years: one sheet, no list of sheets, no container.
func TestSheetAlone(t *testing.T) {
	var s stream
	s.rec(0x809, u16(0, 0x10, 0, 0))
	s.rec(0x204, u16(0, 0, 0, 3), []byte("STT"))
	s.rec(0x203, u16(1, 0, 0), f64(1))
	s.rec(0x0A)
	got := papertest.Cells(t, mustOpen(t, s))
	if got["Sheet1!1!0"] != text("STT") || got["Sheet1!2!0"] != number("1") {
		t.Errorf("got %v", got)
	}
}
