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

// Part reads one part of a package: it inflates, counts, and at the end compares size and checksum with the directory.
type Part struct {
	pack  *Package
	file  *zip.File
	data  io.Reader
	close func() error
	sum   uint32
	bytes int64
	ended bool
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
	switch f.Method {
	case zip.Store:
		p.data = raw
	case zip.Deflate:
		inflater := flate.NewReader(bufio.NewReaderSize(raw, packedBuffer))
		p.data, p.close = inflater, inflater.Close
	default:
		return nil, cells.Malformed.Because("packed by method %d", f.Method)
	}
	return p, nil
}

// Read gives unpacked bytes; io.EOF comes only when size and checksum agree with the directory.
func (p *Part) Read(into []byte) (int, error) {
	if p.ended {
		return 0, io.EOF
	}
	n, err := p.data.Read(into)
	p.sum = crc32.Update(p.sum, crc32.IEEETable, into[:n])
	p.bytes += int64(n)
	if !p.pack.count(p.file.Name, p.bytes) {
		return 0, cells.TooLarge.Because("over %d bytes", p.pack.limits.Unpacked)
	}
	if uint64(p.bytes) > p.file.UncompressedSize64 {
		return 0, cells.Damaged.Because("more bytes than declared")
	}
	switch {
	case err == nil:
		return n, nil
	case errors.Is(err, io.EOF):
		p.ended = true
		if uint64(p.bytes) != p.file.UncompressedSize64 || p.sum != p.file.CRC32 {
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

// Close gives back what inflating held.
func (p *Part) Close() error { return p.close() }
