package xls_test

import (
	"bytes"
	"strings"
	"testing"

	"lamsach/core/fault"
	"lamsach/paper/cells"
	"lamsach/paper/papertest"
)

const (
	sector     = 512
	endOfChain = 0xFFFFFFFE
	tableMark  = 0xFFFFFFFD
	noSector   = 0xFFFFFFFF
)

// contained puts a stream into a compound file as writers do: the stream first, then the directory, then the table of sectors. A stream
// below 4,096 bytes would lie elsewhere, so it is filled up.
func contained(name string, data []byte) []byte {
	data = append(append([]byte(nil), data...), make([]byte, max(0, 4096-len(data)))...)
	size := len(data)
	data = append(data, make([]byte, (sector-size%sector)%sector)...)
	sectors := len(data) / sector
	tables := 1
	for tables*sector/4 < sectors+1+tables {
		tables++
	}
	head := make([]byte, sector)
	copy(head, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	copy(head[24:], u16(0x3E, 3, 0xFFFE, 9, 6))
	le.PutUint32(head[44:], uint32(tables))
	le.PutUint32(head[48:], uint32(sectors)) // the directory
	le.PutUint32(head[56:], 4096)
	le.PutUint32(head[60:], endOfChain)
	le.PutUint32(head[68:], endOfChain)
	for i := range 109 {
		le.PutUint32(head[76+4*i:], noSector)
		if i < tables {
			le.PutUint32(head[76+4*i:], uint32(sectors+1+i))
		}
	}
	file := append(append(head, data...), directory(name, size)...)
	table := bytes.Repeat([]byte{0xFF}, tables*sector)
	for i := range sectors {
		le.PutUint32(table[4*i:], uint32(i+1))
	}
	le.PutUint32(table[4*(sectors-1):], endOfChain)
	le.PutUint32(table[4*sectors:], endOfChain)
	for i := range tables {
		le.PutUint32(table[4*(sectors+1+i):], tableMark)
	}
	return append(file, table...)
}

// directory makes the sector that names the stream.
func directory(name string, size int) []byte {
	entries := make([]byte, sector)
	entry := func(i int, name string, kind byte, child, start, size int) {
		e := entries[128*i:]
		copy(e, wide(name))
		copy(e[64:], u16(2*len(name)+2))
		e[66], e[67] = kind, 1
		le.PutUint32(e[68:], noSector)
		le.PutUint32(e[72:], noSector)
		le.PutUint32(e[76:], uint32(child))
		le.PutUint32(e[116:], uint32(start))
		le.PutUint32(e[120:], uint32(size))
	}
	entry(0, "Root Entry", 5, 1, endOfChain, 0)
	entry(1, name, 2, noSector, 0, size)
	return entries
}

// list is a workbook of so many rows.
func list(rows int) []byte {
	return made{sheet: func(s *stream) {
		for i := range rows {
			s.text(i, 0, 0, strings.Repeat("Ly Thi Sua ", 5))
		}
	}}.bytes()
}

func TestContainer(t *testing.T) {
	for _, name := range []string{"Workbook", "Book", "WORKBOOK"} {
		papertest.Compare(t, mustOpen(t, contained(name, list(200))), mustOpen(t, list(200)))
	}
}

// TestBadContainers bends the chains of a container: into circles, out of the file, beyond all bounds.
func TestBadContainers(t *testing.T) {
	good := contained("Workbook", list(200))
	sectors := int(le.Uint32(good[48:]))
	table := sector * (sectors + 2)
	for _, test := range []struct {
		name string
		bend func(file []byte) []byte
		want []string
	}{
		{"no workbook", func([]byte) []byte { return contained("Contents", list(200)) }, []string{"file.not_workbook"}},
		{"encrypted", func([]byte) []byte { return contained("EncryptedPackage", list(200)) }, []string{"file.format.password"}},
		{"stream in a circle", func(f []byte) []byte { le.PutUint32(f[table+4*5:], 2); return f }, []string{"file.sheet.damaged", "file.sheet.truncated", "file.part.damaged"}},
		{"stream out of the file", func(f []byte) []byte { le.PutUint32(f[table+4*5:], 1<<20); return f }, []string{"file.truncated", "file.part.damaged"}},
		{"stream that ends early", func(f []byte) []byte { le.PutUint32(f[table+4*5:], endOfChain); return f }, []string{"file.truncated", "file.part.damaged"}},
		{"directory in a circle", func(f []byte) []byte { le.PutUint32(f[table+4*sectors:], uint32(sectors)); return f }, []string{"file.part.damaged"}},
		{"directory of everything", func(f []byte) []byte { le.PutUint32(f[table+4*sectors:], 0); return f }, []string{"file.part.damaged", ""}},
		{"stream longer than the file", func(f []byte) []byte { le.PutUint32(f[sector*(sectors+1)+128+120:], 1<<31-1); return f }, []string{"file.truncated"}},
		{"empty stream", func(f []byte) []byte { le.PutUint32(f[sector*(sectors+1)+128+120:], 0); return f }, []string{"file.truncated"}},
		{"tables without end", func(f []byte) []byte {
			le.PutUint32(f[72:], 1<<25)
			le.PutUint32(f[44:], 1<<31)
			le.PutUint32(f[68:], 0)
			return f
		}, []string{"file.part.damaged", "file.truncated"}},
		{"sectors of another size", func(f []byte) []byte { f[30] = 31; return f }, []string{"file.part.damaged"}},
		{"cut", func(f []byte) []byte { return f[:len(f)/2] }, []string{"file.truncated"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			key, args := keyOf(t, test.bend(bytes.Clone(good)), cells.Limits{})
			if !contains(test.want, key) {
				t.Errorf("got %q, want one of %q", key, test.want)
			}
			if rows, _ := args["Rows"].(int); test.name == "cut" && (rows < 80 || rows > 120) {
				t.Errorf("says %d rows", rows)
			}
		})
	}
}

func contains(all []string, one string) bool {
	for _, s := range all {
		if s == one {
			return true
		}
	}
	return false
}

// failing is a disk that cannot be read behind its beginning.
type failing struct{ *bytes.Reader }

func (f failing) ReadAt(p []byte, off int64) (int, error) {
	if off > 1024 {
		return 0, errDisk
	}
	return f.Reader.ReadAt(p, off)
}

func TestTroubleOfTheReaderIsNotTheFiles(t *testing.T) {
	data := contained("Workbook", list(200))
	_, err := openFrom(failing{bytes.NewReader(data)}, int64(len(data)))
	if err == nil || fault.Is(err, fault.Unreadable) {
		t.Errorf("got %v", err)
	}
}
