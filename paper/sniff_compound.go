package paper

import (
	"encoding/binary"
	"io"
	"unicode/utf16"
)

const (
	mostDirectorySectors = 64
	directoryEntry       = 128
	headerDIFAT          = 76  // where the header lists the sectors of the allocation table
	headerTables         = 109 // how many it lists
)

// sniffCompound tells compound files (OLE) apart by the streams in them: an encrypted document of any kind holds EncryptedPackage.
func sniffCompound(r io.ReaderAt, size int64, head []byte) Format {
	if len(head) < 512 {
		return Unknown
	}
	shift := binary.LittleEndian.Uint16(head[30:])
	if shift != 9 && shift != 12 {
		return Unknown
	}
	c := compound{r: r, size: size, head: head, sector: int64(1) << shift}
	found := Unknown
	next := binary.LittleEndian.Uint32(head[48:])
	for range mostDirectorySectors {
		entries, ok := c.read(next)
		if !ok {
			break
		}
		for ; len(entries) >= directoryEntry; entries = entries[directoryEntry:] {
			switch streamName(entries) {
			case "EncryptedPackage", "EncryptionInfo":
				return Password
			case "Workbook", "Book":
				found = XLS
			case "WordDocument":
				found = Word
			}
		}
		if next, ok = c.after(next); !ok {
			break
		}
	}
	return found
}

// compound reads sectors of a compound file.
type compound struct {
	r      io.ReaderAt
	size   int64
	head   []byte
	sector int64
}

// read gives a sector.
func (c *compound) read(number uint32) ([]byte, bool) {
	at := (int64(number) + 1) * c.sector
	if number >= 0xFFFFFFF0 || at >= c.size {
		return nil, false
	}
	data := make([]byte, c.sector)
	n, _ := c.r.ReadAt(data, at)
	return data[:n], n > 0
}

// after gives the sector that follows another in its chain.
func (c *compound) after(number uint32) (uint32, bool) {
	perTable := uint32(c.sector / 4)
	table := number / perTable
	if table >= headerTables {
		return 0, false
	}
	entries, ok := c.read(binary.LittleEndian.Uint32(c.head[headerDIFAT+4*table:]))
	at := 4 * (number % perTable)
	if !ok || int(at)+4 > len(entries) {
		return 0, false
	}
	return binary.LittleEndian.Uint32(entries[at:]), true
}

// streamName gives the name of a directory entry.
func streamName(entry []byte) string {
	length := int(binary.LittleEndian.Uint16(entry[64:]))
	if length < 2 || length > 64 {
		return ""
	}
	units := make([]uint16, 0, 32)
	for i := 0; i+1 < length-1; i += 2 {
		units = append(units, binary.LittleEndian.Uint16(entry[i:]))
	}
	return string(utf16.Decode(units))
}
