package xlsx

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"strings"

	"github.com/klauspost/compress/flate"

	"lamsach/core/fault"
)

const (
	localHeader     = 0x04034b50
	localHeaderSize = 30
	sizesFollow     = 1 << 3 // the sizes stand behind the data, and what stands in the header is 0
)

// unzippable says what is wrong with a file whose directory cannot be read. A zip file that lost its end still begins with its
// parts: how many rows can be read tells the officer how much arrived.
func unzippable(err error, r io.ReaderAt, size int64, limits Limits) error {
	if done := (*fault.Error)(nil); errors.As(err, &done) {
		return done
	}
	if f := flaw(""); errors.As(err, &f) {
		return err
	}
	var head [4]byte
	if _, short := r.ReadAt(head[:], 0); short != nil || binary.LittleEndian.Uint32(head[:]) != localHeader {
		return notWorkbook("no zip file")
	}
	rows := salvage(r, size, limits)
	return fault.Wrap(fault.Unreadable, flawTruncated.because("no directory"), "file.truncated", "Rows", rows)
}

// salvage counts the rows of the first sheet in a zip file without a directory, as far as they can be inflated.
func salvage(r io.ReaderAt, size int64, limits Limits) int {
	left := limits.Unpacked
	for at, entries := int64(0), 0; at < size && entries < limits.Entries; entries++ {
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
		wanted := strings.Contains(partKey(string(name)), "worksheets/sheet")
		if method != 8 || !wanted && flags&sizesFollow == 0 {
			at = data + packed
			continue
		}
		rows, read, whole := inflateRows(io.NewSectionReader(r, data, size-data), left)
		if wanted {
			return rows
		}
		if !whole || left <= 0 {
			return 0
		}
		left -= read
		at = nextHeader(r, data, size)
	}
	return 0
}

// inflateRows inflates packed data to their end, or to where they break, and counts the rows that end in them.
func inflateRows(packed io.Reader, most int64) (rows int, read int64, whole bool) {
	inflater := flate.NewReader(bufio.NewReader(packed))
	defer inflater.Close()
	const mark = "</row>"
	window := make([]byte, len(mark)-1, windowSize)
	for {
		n, err := inflater.Read(window[len(mark)-1 : cap(window)])
		read += int64(n)
		window = window[:len(mark)-1+n]
		rows += bytes.Count(window, []byte(mark))
		copy(window, window[len(window)-(len(mark)-1):])
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
