package pack

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"strings"

	"github.com/klauspost/compress/flate"

	"lamsach/core/fault"
	"lamsach/paper/cells"
)

const (
	localHeader     = 0x04034b50
	localHeaderSize = 30
	sizesFollow     = 1 << 3 // the sizes stand behind the data, and what stands in the header is 0
	windowSize      = 64 << 10
)

// unzippable says what is wrong with a file whose directory cannot be read. A zip file that lost its end still begins with its
// parts: how many rows can be read tells the officer how much arrived.
func unzippable(err error, r io.ReaderAt, size int64, s salvager) error {
	if done := (*fault.Error)(nil); errors.As(err, &done) {
		return done
	}
	if f := cells.Flaw(""); errors.As(err, &f) {
		return cells.Wrong(err)
	}
	var head [4]byte
	if _, short := r.ReadAt(head[:], 0); short != nil || binary.LittleEndian.Uint32(head[:]) != localHeader {
		return cells.NotWorkbook("no zip file")
	}
	return fault.Wrap(fault.Unreadable, cells.Truncated.Because("no directory"), "file.truncated", "Rows", s.rows(r, size))
}

// salvager counts the rows in a zip file without a directory.
type salvager struct {
	limits     cells.Limits
	main, mark string
}

// rows counts the rows of the first main part, as far as they can be inflated.
func (s salvager) rows(r io.ReaderAt, size int64) int {
	left := s.limits.Unpacked
	for at, entries := int64(0), 0; at < size && entries < s.limits.Entries; entries++ {
		var header [localHeaderSize]byte
		if _, err := r.ReadAt(header[:], at); err != nil || binary.LittleEndian.Uint32(header[:]) != localHeader {
			return 0
		}
		flags, method := binary.LittleEndian.Uint16(header[6:]), binary.LittleEndian.Uint16(header[8:])
		packed := int64(binary.LittleEndian.Uint32(header[18:]))
		name := make([]byte, binary.LittleEndian.Uint16(header[26:]))
		if _, err := r.ReadAt(name, at+localHeaderSize); err != nil {
			return 0
		}
		data := at + localHeaderSize + int64(len(name)) + int64(binary.LittleEndian.Uint16(header[28:]))
		wanted := strings.Contains(Key(string(name)), s.main)
		if !wanted && flags&sizesFollow == 0 {
			at = data + packed
			continue
		}
		if method != 8 {
			return 0
		}
		rows, read, whole := s.inflate(io.NewSectionReader(r, data, size-data), left)
		if wanted {
			return rows
		}
		if left -= read; !whole || left <= 0 {
			return 0
		}
		at = nextHeader(r, data, size)
	}
	return 0
}

// inflate inflates packed data to their end, or to where they break, and counts the rows that end in them.
func (s salvager) inflate(packed io.Reader, most int64) (rows int, read int64, whole bool) {
	inflater := flate.NewReader(bufio.NewReader(packed))
	defer inflater.Close()
	kept := len(s.mark) - 1
	window := make([]byte, kept, windowSize)
	for {
		n, err := inflater.Read(window[kept:cap(window)])
		read += int64(n)
		window = window[:kept+n]
		rows += bytes.Count(window, []byte(s.mark))
		copy(window, window[len(window)-kept:])
		if err != nil || read > most {
			return rows, read, errors.Is(err, io.EOF)
		}
	}
}

// nextHeader finds the next part behind data whose packed size is not known.
func nextHeader(r io.ReaderAt, from, size int64) int64 {
	mark := []byte{'P', 'K', 3, 4}
	window := make([]byte, windowSize)
	for ; from < size; from += int64(len(window) - len(mark) + 1) {
		n, _ := r.ReadAt(window, from)
		if i := bytes.Index(window[:n], mark); i >= 0 {
			return from + int64(i)
		}
	}
	return size
}
