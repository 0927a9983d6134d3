package xls_test

import (
	"testing"

	"lamsach/core/fault"
	"lamsach/core/roster"
	"lamsach/paper/papertest"
)

// copies of each specimen that are damaged.
const copies = 500

func TestDamagedFiles(t *testing.T) {
	for _, name := range []string{"official.xls", "rich-libreoffice.xls", "narrow-gnumeric-biff5.xls"} {
		t.Run(name, func(t *testing.T) {
			found := papertest.Storm(t, papertest.Specimen(t, name), copies, open)
			t.Logf("%+v", found)
			if found.Refused < copies/4 {
				t.Error("hardly any damage was noticed")
			}
			// the format has no checksum: a cell whose record became a blank, or whose text became empty, leaves no trace
			if found.Short > copies/50 {
				t.Errorf("%d files lost cells without an error", found.Short)
			}
		})
	}
}

// TestDamagedStreams damages the records themselves, where a container would hide most of it.
func TestDamagedStreams(t *testing.T) {
	data := made{
		globals: func(s *stream) {
			s.font(biff8, "Arial")
			s.style(0, 0)
			s.style(0, 14)
			s.rec(0xFC, u32(2), u32(2), u16(6), []byte{0}, []byte("Mua"))
			s.rec(0x3C, []byte{1}, wide(" Dợ"), u16(4), []byte{9}, u16(1), wide("Mùa "), u16(0, 0))
		},
		sheet: func(s *stream) {
			for i := range 40 {
				s.rec(0x208, u16(i, 0, 9, 255, 0, 0, 0, 15))
			}
			for i := range 40 {
				s.rec(0xFD, u16(i, 0, 0), u32(i%2))
				s.number(i, 1, 1, float64(42000+i))
				s.rec(0xBD, u16(i, 2), u16(0), u32(5<<2|2), u16(0), u32(6<<2|2), u16(3))
				s.text(i, 4, 0, "text")
				s.rec(0x06, u16(i, 5, 0), []byte{0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, make([]byte, 8))
				s.rec(0x207, u16(4), []byte{1}, wide("kết "))
			}
			s.rec(0x23E, make([]byte, 18))
		},
	}.bytes()
	found := papertest.Storm(t, data, 3*copies, open)
	t.Logf("%+v", found)
	if found.Short > 3*copies/50 {
		t.Errorf("%d streams lost cells without an error", found.Short)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(papertest.Specimen(f, "old-libreoffice.xls"))
	f.Add(contained("Book", list(3)))
	f.Add(made{sheet: func(s *stream) { s.text(0, 0, 0, "text"); s.number(1, 0, 0, 2) }}.bytes())
	f.Add(made{version: biff5, sheet: func(s *stream) { s.rec(0x204, u16(0, 0, 0, 1), []byte{0xE9}) }}.bytes())
	f.Fuzz(func(t *testing.T, data []byte) {
		book, err := open(data)
		var found map[string]roster.Cell
		if err == nil {
			found, err = papertest.Read(book)
		}
		if err != nil && !fault.Is(err, fault.Unreadable) {
			t.Errorf("an error without a sentence: %v", err)
		}
		for place, cell := range found {
			if cell.Kind == roster.Text && cell.Text == "" {
				t.Errorf("%s: a text that is empty", place)
			}
		}
	})
}

// A file that says how many cells use its shared texts tells when some were lost; one that counts too few says nothing.
func TestLostTextsAreRemarked(t *testing.T) {
	for uses, want := range map[int]int{0: 0, 39: 0, 40: 0, 41: 1, 45: 5} {
		data := made{
			globals: func(s *stream) {
				s.font(biff8, "Arial")
				s.style(0, 0)
				s.rec(0xFC, u32(uses), u32(1), u16(3), []byte{0}, []byte("Mua"))
			},
			sheet: func(s *stream) {
				for i := range 40 {
					s.rec(0xFD, u16(i, 0, 0), u32(0))
				}
			},
		}.bytes()
		book, err := open(data)
		if err != nil {
			t.Fatal(err)
		}
		if n := len(papertest.Cells(t, book)); n < 40 {
			t.Fatalf("%d cells", n)
		}
		lost := 0
		for _, remark := range book.Remarks() {
			if remark.Key == "file.remark.lost" {
				lost = remark.Args["N"].(int)
			}
		}
		if lost != want {
			t.Errorf("%d uses: %d lost, want %d", uses, lost, want)
		}
	}
	for _, name := range []string{"official.xls", "rich-libreoffice.xls", "rich-gnumeric.xls", "old-libreoffice.xls", "old-gnumeric-dual.xls", "narrow-gnumeric-biff5.xls"} {
		book, err := open(papertest.Specimen(t, name))
		if err != nil {
			t.Fatal(err)
		}
		papertest.Cells(t, book)
		for _, remark := range book.Remarks() {
			if remark.Key == "file.remark.lost" {
				t.Errorf("%s: %v", name, remark)
			}
		}
	}
}
