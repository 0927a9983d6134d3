package pack

import (
	"archive/zip"
	"bufio"
	"errors"
	"hash/crc32"
	"io"

	"github.com/klauspost/compress/flate"

	"lamsach/paper/cells"
)

// Part reads one part of a package: it inflates, counts, and at the end compares size and checksum with the directory. A large part
// is inflated beside whoever reads it.
type Part struct {
	pack  *Package
	file  *zip.File
	data  io.Reader
	ahead *ahead // nil: the part is inflated as it is read
	close func() error
	bytes int64
}

const (
	encryptedFlag = 1 << 0
	packedBuffer  = 16 << 10
)

func openPart(owner *Package, f *zip.File) (*Part, error) {
	if f.Flags&encryptedFlag != 0 {
		return nil, cells.Locked()
	}
	raw, err := f.OpenRaw()
	if err != nil {
		return nil, cells.Damaged.Because("no data of a part")
	}
	p := &Part{pack: owner, file: f, close: func() error { return nil }}
	whole := &whole{data: raw, size: f.UncompressedSize64, sum: f.CRC32}
	p.data = whole
	switch f.Method {
	case zip.Store:
	case zip.Deflate:
		inflater := flate.NewReader(bufio.NewReaderSize(raw, packedBuffer))
		whole.data, p.close = inflater, inflater.Close
		if f.UncompressedSize64 >= besideBytes {
			p.ahead = newAhead(whole)
			p.data = p.ahead
		}
	default:
		return nil, cells.Malformed.Because("packed by method %d", f.Method)
	}
	return p, nil
}

// Packed is the size that the directory gives the part in the package, in bytes.
func (p *Part) Packed() uint64 { return p.file.CompressedSize64 }

// Unpacked is the size that the directory gives the part, in bytes; reading holds it to that.
func (p *Part) Unpacked() uint64 { return p.file.UncompressedSize64 }

// Sum is the checksum (CRC-32) that the directory gives the part; reading holds it to that.
func (p *Part) Sum() uint32 { return p.file.CRC32 }

// Read gives unpacked bytes; io.EOF comes only when size and checksum agree with the directory.
func (p *Part) Read(into []byte) (int, error) {
	n, err := p.data.Read(into)
	p.bytes += int64(n)
	if !p.pack.count(p.file.Name, p.bytes) {
		return 0, cells.TooLarge.Because("over %d bytes", p.pack.limits.Unpacked)
	}
	return n, err
}

// Close gives back what inflating held; nothing is inflated any more.
func (p *Part) Close() error {
	if p.ahead != nil {
		p.ahead.Close()
	}
	return p.close()
}

// whole passes the bytes of a part and checks at the end that they are all of them.
type whole struct {
	data  io.Reader
	size  uint64 // as the directory says, as well as sum
	sum   uint32
	bytes uint64 // that passed
	seen  uint32
	err   error // that ended it
}

// Read gives unpacked bytes. What ended the part ends it whenever it is asked.
func (w *whole) Read(into []byte) (int, error) {
	if w.err != nil {
		return 0, w.err
	}
	n, err := w.pass(into)
	w.err = err
	return n, err
}

// pass reads further and judges what came.
func (w *whole) pass(into []byte) (int, error) {
	n, err := w.data.Read(into)
	w.seen = crc32.Update(w.seen, crc32.IEEETable, into[:n])
	w.bytes += uint64(n) //nolint:gosec // a reader never gives fewer than none
	if w.bytes > w.size {
		return 0, cells.Damaged.Because("more bytes than declared")
	}
	switch {
	case err == nil:
		return n, nil
	case errors.Is(err, io.EOF):
		if w.bytes != w.size || w.seen != w.sum {
			return n, cells.Damaged.Because("size or checksum differs")
		}
		return n, io.EOF
	case errors.Is(err, io.ErrUnexpectedEOF):
		return n, cells.Truncated.Because("packed data end early")
	}
	if corrupt := flate.CorruptInputError(0); errors.As(err, &corrupt) {
		return n, cells.Damaged.Because("cannot be inflated")
	}
	return n, err
}
