package xls_test

import (
	"bytes"
	"errors"
	"testing"

	"lamsach/core/fault"
	"lamsach/paper/cells"
	"lamsach/paper/papertest"
	"lamsach/paper/xls"
)

// keyOf opens and reads a file, and gives the key of its refusal.
func keyOf(t *testing.T, data []byte, limits cells.Limits) (string, fault.Args) {
	t.Helper()
	book, err := xls.Open(bytes.NewReader(data), int64(len(data)), limits)
	if err == nil {
		_, err = papertest.Read(book)
	}
	if err == nil {
		return "", nil
	}
	var said *fault.Error
	if !errors.As(err, &said) || said.Kind != fault.Unreadable {
		t.Fatalf("no refusal: %v", err)
	}
	return said.Key, said.Args
}

func TestRefusals(t *testing.T) {
	three := func(s *stream) {
		for i := range 3 {
			s.number(i, 0, 0, 1)
		}
	}
	with := func(more func(s *stream)) func(*stream) { return func(s *stream) { three(s); more(s) } }
	whole := made{sheet: three}.bytes()
	for _, test := range []struct {
		name string
		data []byte
		want string
	}{
		{"whole", whole, ""},
		{"password", made{globals: func(s *stream) { s.rec(0x2F, u16(1, 1, 1)); s.rec(0x777, []byte("noise")) }}.bytes(), "file.format.password"},
		{"Excel 4", append(u16(0x409, 6, 0, 0x10, 0), whole...), "file.format.xls"},
		{"nothing", nil, "file.part.truncated"},
		{"another stream", append(u16(0x809, 4, biff8, 0x20), 0x0A, 0, 0, 0), "file.not_workbook"},
		{"cut in a cell", whole[:len(whole)-10], "file.sheet.truncated"},
		{"no end", whole[:len(whole)-4], "file.sheet.truncated"},
		{"cut before the sheet", whole[:30], "file.part.truncated"},
		{"record that is none", made{sheet: with(func(s *stream) { s.rec(0x2FD, u32(1)) })}.bytes(), "file.sheet.damaged"},
		{"padding within", made{sheet: with(func(s *stream) { s.rec(0) })}.bytes(), "file.sheet.damaged"},
		{"cells torn apart", made{sheet: with(func(s *stream) { s.rec(0xED, u16(3, 0, 0)); s.number(4, 0, 0, 1) })}.bytes(), "file.sheet.damaged"},
		{"short cell", made{sheet: with(func(s *stream) { s.rec(0x203, u16(3, 0, 0)) })}.bytes(), "file.sheet.damaged"},
		{"column 256", made{sheet: with(func(s *stream) { s.number(3, 256, 0, 1) })}.bytes(), "file.sheet.damaged"},
		{"run that ends elsewhere", made{sheet: with(func(s *stream) { s.rec(0xBE, u16(3, 0, 0, 0, 7)) })}.bytes(), "file.sheet.damaged"},
		{"text that is not there", made{sheet: with(func(s *stream) { s.rec(0xFD, u16(3, 0, 0), u32(-1)) })}.bytes(), "file.sheet.reference"},
		{"style that is not there", made{globals: func(s *stream) { s.style(0, 0) }, sheet: with(func(s *stream) { s.number(3, 0, 9, 1) })}.bytes(), "file.sheet.reference"},
		{"not a number", made{sheet: with(func(s *stream) { s.rec(0x203, u16(3, 0, 0), bytes.Repeat([]byte{0xFE}, 6), []byte{0xFF, 0x7F}) })}.bytes(), "file.sheet.number"},
		{"cell twice", made{sheet: with(func(s *stream) { s.number(0, 0, 0, 2) })}.bytes(), "file.sheet.order"},
		{"text that ends early", made{sheet: with(func(s *stream) { s.rec(0x204, u16(3, 0, 0, 50), []byte{0}, []byte("short")) })}.bytes(), "file.sheet.damaged"},
		{"half a letter", made{sheet: with(func(s *stream) { s.rec(0x204, u16(3, 0, 0, 2), []byte{1}, []byte("abc")) })}.bytes(), "file.sheet.damaged"},
		{"unknown code page", made{version: biff5, globals: func(s *stream) { s.rec(0x42, u16(777)) }, sheet: func(s *stream) { s.rec(0x204, u16(0, 0, 0, 1), []byte{0xE9}) }}.bytes(), "file.sheet.letters"},
		{"more shared texts than bytes", made{globals: func(s *stream) { s.rec(0xFC, u32(1), u32(1<<31-1)) }}.bytes(), "file.part.truncated"},
		{"shared texts that end early", made{globals: func(s *stream) { s.rec(0xFC, u32(9), u32(9), u16(1), []byte{0, 'a'}) }}.bytes(), "file.part.damaged"},
		{"a sheet that nothing lists", append(whole, made{sheet: three}.bytes()[40:]...), "file.part.damaged"},
	} {
		t.Run(test.name, func(t *testing.T) {
			key, args := keyOf(t, test.data, cells.Limits{})
			if key != test.want {
				t.Errorf("got %q, want %q", key, test.want)
			}
			if key == "file.sheet.truncated" || key == "file.sheet.damaged" {
				if args["Sheet"] != "List" || args["Rows"].(int) < 2 {
					t.Errorf("says %v", args)
				}
			}
		})
	}
}

func TestLimits(t *testing.T) {
	data := made{sheet: func(s *stream) {
		for row := range 10 {
			for column := range 5 {
				s.text(row, column, 0, "abcdef")
			}
		}
	}}.bytes()
	for _, test := range []struct {
		limits cells.Limits
		want   string
	}{
		{cells.Limits{Rows: 10, Cells: 50}, ""},
		{cells.Limits{Rows: 9}, "file.sheet.too_many_rows"},
		{cells.Limits{Cells: 49}, "file.sheet.too_many_cells"},
		{cells.Limits{Unpacked: 100}, "file.part.too_large"},
	} {
		if key, _ := keyOf(t, data, test.limits); key != test.want {
			t.Errorf("%+v: got %q, want %q", test.limits, key, test.want)
		}
	}
	book, err := xls.Open(bytes.NewReader(data), int64(len(data)), cells.Limits{Columns: 3, Runes: 4})
	if err != nil {
		t.Fatal(err)
	}
	if got := papertest.Cells(t, book); got["List!1!2"] != text("abcd") || len(got) != 31 {
		t.Errorf("got %v", got)
	}
	if said := book.Remarks(); len(said) != 2 || said[0].Args["N"] != 20 || said[1].Args["N"] != 30 {
		t.Errorf("said %v", said)
	}
}

// TestCutFiles cuts a real file at every 512 bytes: none may open, and most can say how many rows arrived.
func TestCutFiles(t *testing.T) {
	data := papertest.Specimen(t, "official.xls")
	told := 0
	for at := 512; at < len(data); at += 512 {
		key, args := keyOf(t, data[:at], cells.Limits{})
		if key == "" {
			// what was cut may be padding: then every cell is there
			papertest.Compare(t, mustOpen(t, data[:at]), mustOpen(t, data))
			continue
		}
		if rows, ok := args["Rows"].(int); ok && rows > 0 {
			told++
		}
	}
	if told < 10 {
		t.Errorf("%d of the cut files said how much arrived", told)
	}
}
