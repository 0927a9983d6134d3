package cells_test

import (
	"errors"
	"math"
	"testing"

	"lamsach/core/fault"
	"lamsach/core/roster"
	"lamsach/paper/cells"
)

func TestNumbers(t *testing.T) {
	var of1900, of1904 cells.Numbers
	of1904.Date1904 = true
	for _, test := range []struct {
		numbers *cells.Numbers
		f       float64
		date    bool
		want    roster.Cell
	}{
		{&of1900, 14316001234, false, roster.Cell{Text: "14316001234", Kind: roster.Number}},
		{&of1900, 142160012345, false, roster.Cell{Text: "142160012345", Kind: roster.Number}},
		{&of1900, 123456789012345, false, roster.Cell{Text: "123456789012345", Kind: roster.Number}},
		{&of1900, math.Copysign(0, -1), false, roster.Cell{Text: "0", Kind: roster.Number}},
		{&of1900, 1e20, false, roster.Cell{Text: "100000000000000000000", Kind: roster.Number}},
		{&of1900, 0.07, false, roster.Cell{Text: "0.07", Kind: roster.Number}},
		{&of1900, -3.5, false, roster.Cell{Text: "-3.5", Kind: roster.Number}},
		{&of1900, 42499, true, roster.Cell{Text: "2016-05-09", Kind: roster.Date}},
		{&of1900, 42499.75, true, roster.Cell{Text: "2016-05-09T18:00:00", Kind: roster.Date}},
		{&of1900, 42498.999999, true, roster.Cell{Text: "2016-05-09", Kind: roster.Date}},
		{&of1900, 60, true, roster.Cell{Text: "60", Kind: roster.Number}},
		{&of1900, -1, true, roster.Cell{Text: "-1", Kind: roster.Number}},
		{&of1900, 1e300, true, roster.Cell{Text: string(cells.AppendDecimal(nil, 1e300)), Kind: roster.Number}},
		{&of1904, 41037, true, roster.Cell{Text: "2016-05-09", Kind: roster.Date}},
	} {
		for range 2 { // the second answer comes from memory
			got, err := test.numbers.Cell(test.f, test.date)
			if err != nil || got != test.want {
				t.Errorf("%v: got %+v, %v; want %+v", test.f, got, err, test.want)
			}
		}
	}
	for _, f := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		if _, err := of1900.Cell(f, true); !errors.Is(err, cells.Digits) {
			t.Errorf("%v: %v", f, err)
		}
	}
}

func TestDateFormats(t *testing.T) {
	tests := []struct {
		format string
		day    bool
	}{
		{"dd/mm/yyyy", true}, {"d/m/yyyy;@", true}, {"[$-42A]dd/mm/yyyy", true}, {"[$-101042A]d mmmm yyyy;@", true},
		{`"ngày" dd "tháng" mm "năm" yyyy`, true}, {`dd\.mm\.yyyy`, true}, {`yyyy\-mm\-dd\ hh:mm:ss`, true}, {"mm/yyyy", true}, {"yyyy", true},
		{"mmm", true}, {"mm", true}, {"[Red]dd/mm/yyyy", true}, {"ddd", true}, {"e", true}, {"dd/mm/yyyy h:mm AM/PM", true},
		{"General", false}, {"0", false}, {"0.00E+00", false}, {`#,##0 "đồng/ngày"`, false}, {"#,##0\\ _₫", false}, {"@", false}, {"[h]:mm", false},
		{"[mm]:ss", false}, {"h:mm", false}, {"mm:ss.0", false}, {"h:mm AM/PM", false}, {`"dd/mm/yyyy"`, false}, {"0;dd/mm/yyyy", false}, {"[Red]0", false},
		{`000000000000`, false}, {`"Dòng "0`, false}, {"_-* #,##0.00_-", false}, {"", false}, {"d-mmm", true}, {`"ngày" d`, true}, {"0.00", false}, {`"ngày" 0`, false}, {"0E+00", false}, {`\d0`, false},
	}
	for _, test := range tests {
		if got := cells.DateFormat(test.format); got != test.day {
			t.Errorf("%q: %v", test.format, got)
		}
	}
}

func TestFonts(t *testing.T) {
	for name, want := range map[string]cells.Font{
		".VnTime": cells.TCVN3Font, "'.VnArialH'": cells.TCVN3Font, "VNI-Times": cells.VNIFont, "vni times": cells.VNIFont, "Arial": cells.UnicodeFont, "": cells.InheritedFont,
	} {
		if got := cells.FontOf(name); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}

// TestMeterCountsOverSheets: limits hold for a file, and reading a sheet again costs nothing more.
func TestMeterCountsOverSheets(t *testing.T) {
	m := cells.NewMeter(cells.Limits{Rows: 3})
	two := func(l *cells.Lines) error {
		for row := 1; row <= 2; row++ {
			if err := l.Begin(row, false); err != nil {
				return err
			}
			if err := l.Put(0, 1, roster.Cell{Text: "x", Kind: roster.Text}); err != nil {
				return err
			}
			if err := l.End(); err != nil {
				return err
			}
		}
		return nil
	}
	first, second := m.Sheet("A", false, two), m.Sheet("B", false, two)
	count := func(s roster.Sheet) (n int, err error) {
		for _, e := range s.Rows {
			if err = e; err == nil {
				n++
			}
		}
		return n, err
	}
	for range 3 {
		if n, err := count(first); n != 2 || err != nil {
			t.Errorf("%d rows, %v", n, err)
		}
	}
	n, err := count(second)
	var said *fault.Error
	if n != 1 || !errors.As(err, &said) || said.Key != "file.sheet.too_many_rows" || said.Args["Sheet"] != "B" || said.Args["Row"] != 2 || said.Args["Rows"] != 1 {
		t.Errorf("%d rows, %+v", n, err)
	}
}

func TestLinesKeepTheirOrder(t *testing.T) {
	cell := roster.Cell{Text: "x", Kind: roster.Text}
	m := cells.NewMeter(cells.Limits{})
	for name, run := range map[string]func(*cells.Lines) error{
		"row again": func(l *cells.Lines) error { return errors.Join(l.Begin(2, false), l.Begin(2, false)) },
		"row 0":     func(l *cells.Lines) error { return l.Begin(0, false) },
		"column again": func(l *cells.Lines) error {
			return errors.Join(l.Begin(1, false), l.Put(1, 2, cell), l.Put(2, 1, cell))
		},
		"too far down": func(l *cells.Lines) error {
			return errors.Join(l.Begin(cells.LastRow+1, false), l.Put(0, 1, cell), l.End())
		},
		"repeated too far": func(l *cells.Lines) error {
			return errors.Join(l.Begin(cells.LastRow-1, false), l.Put(0, 1, cell), l.Repeat(3))
		},
	} {
		for _, err := range m.Sheet(name, false, run).Rows {
			if err != nil && !errors.Is(err, cells.Order) {
				t.Errorf("%s: %v", name, err)
			} else if err == nil && name != "repeated too far" {
				t.Errorf("%s: no error", name)
			}
		}
	}
}
