package xls

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"github.com/richardlehane/mscfb"

	"lamsach/core/fault"
	"lamsach/paper/cells"
)

const (
	compoundMark   = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
	directoryBytes = 4 << 20   // that may be read to open a compound file: some 30,000 streams, or a chain of a million sectors
	chunkBytes     = 32 << 10  // read at a time: the library's work on a chunk grows with its square
	mostFileBytes  = 256 << 20 // whatever the limits say
)

// workbookStream gives the records of the workbook: the stream in a compound file, or the whole file where old writers left the
// container away.
func workbookStream(r io.ReaderAt, size int64, limits cells.Limits) ([]byte, error) {
	if size > min(limits.Unpacked, mostFileBytes) {
		return nil, cells.TooLarge.Because("%d bytes", size)
	}
	w := &watched{r: r, size: size, left: directoryBytes}
	head := make([]byte, len(compoundMark))
	if _, err := w.ReadAt(head, 0); err != nil && w.trouble != nil {
		return nil, w.trouble
	}
	if string(head) != compoundMark {
		data := make([]byte, size)
		_, err := io.ReadFull(io.NewSectionReader(r, 0, size), data)
		return data, err
	}
	var data []byte
	err := fenced(func() (err error) {
		data, err = readStream(w)
		return err
	})
	return data, w.judge(err)
}

// fenced runs code that is not ours on a stranger's bytes: a panic in it is a damaged file. The bounds around it are meant to make
// that impossible.
func fenced(run func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = cells.Damaged.Because("a panic within the container")
		}
	}()
	return run()
}

// readStream reads the workbook's stream whole.
func readStream(w *watched) ([]byte, error) {
	container, err := mscfb.New(w)
	if err != nil {
		return nil, err
	}
	var book *mscfb.File
	for _, f := range container.File {
		if len(f.Path) > 0 || f.FileInfo().IsDir() {
			continue
		}
		switch strings.ToLower(f.Name) {
		case "workbook":
			book = f // where a file holds both, Book is the copy for Excel 95
		case "book":
			if book == nil {
				book = f
			}
		case "encryptedpackage", "encryptioninfo":
			return nil, cells.Locked()
		}
	}
	switch {
	case book == nil:
		return nil, cells.NotWorkbook("no workbook stream")
	case book.Size <= 0:
		return nil, cells.Truncated.Because("an empty stream")
	case book.Size > w.size:
		return nil, cells.Truncated.Because("a stream of %d bytes in a file of %d", book.Size, w.size)
	}
	w.left = w.size + directoryBytes // the stream once, and the table of its chain
	data := make([]byte, book.Size)
	for at := 0; at < len(data); {
		n, err := book.Read(data[at:min(len(data), at+chunkBytes)])
		at += n
		if at < len(data) && (err != nil || n == 0) {
			return nil, errors.Join(cells.Damaged.Because("the stream breaks off at %d", at), err)
		}
	}
	return data, nil
}

// watched is a file that notices when more of it was wanted than there is, and that cannot be read without end.
type watched struct {
	r       io.ReaderAt
	size    int64
	left    int64
	short   bool  // something lay beyond the file's end
	trouble error // of the reader itself
}

var errLong = errors.New("xls: chain too long")

// ReadAt reads as io.ReaderAt says.
func (w *watched) ReadAt(p []byte, off int64) (int, error) {
	if w.left -= int64(len(p)); w.left < 0 {
		return 0, errLong
	}
	if off < 0 || off >= w.size {
		w.short = true
		return 0, io.EOF
	}
	n, err := w.r.ReadAt(p[:min(int64(len(p)), w.size-off)], off)
	if n < len(p) && (err == nil || errors.Is(err, io.EOF)) {
		w.short = true
		return n, io.EOF
	}
	if err != nil && n < len(p) {
		w.trouble = err
		return n, err
	}
	return n, nil
}

// judge says what trouble with the container means.
func (w *watched) judge(err error) error {
	done, flaw := (*fault.Error)(nil), cells.Flaw("")
	switch {
	case err == nil:
		return nil
	case w.trouble != nil:
		return w.trouble
	case errors.As(err, &done):
		return done
	case w.short, errors.As(err, &flaw) && flaw == cells.Truncated:
		rows := salvage(w.r, w.size)
		return fault.Wrap(fault.Unreadable, cells.Truncated.Because("%v", err), "file.truncated", "Rows", rows)
	case errors.As(err, &flaw):
		return err
	}
	return cells.Damaged.Because("%v", err)
}

// salvage counts the rows of a compound file that cannot be opened: most writers put the workbook's stream at its beginning, in one
// piece.
func salvage(r io.ReaderAt, size int64) int {
	data := make([]byte, min(size, mostFileBytes))
	n, _ := io.ReadFull(io.NewSectionReader(r, 0, size), data)
	data = data[:n]
	for from := 0; from+512 <= len(data); from += 512 {
		rest := data[from:]
		if bytes.HasPrefix(rest, []byte("\x09\x08\x10\x00\x00\x06\x05\x00")) || bytes.HasPrefix(rest, []byte("\x09\x08\x08\x00\x00\x05\x05\x00")) {
			return countRows(rest)
		}
	}
	return 0
}

// countRows counts the rows with cells in what is left of a stream.
func countRows(data []byte) int {
	rows, last := 0, -1
	for at := 0; ; {
		rec, err := recordAt(data, at)
		switch {
		case err != nil || rec.id == 0:
			return rows
		case rec.id == idBOF:
			last = -1
		case rec.isCell() && rec.id != idBlank && rec.id != idMulBlank && rec.len() >= cellHead:
			if row := rec.row(); row != last {
				rows, last = rows+1, row
			}
		}
		at = rec.end
	}
}
