package xlsx

import (
	"archive/zip"
	"bufio"
	"errors"
	"hash/crc32"
	"io"

	"github.com/klauspost/compress/flate"
)

// part reads one part of a package: it inflates, counts, and at the end compares size and checksum with the directory.
type part struct {
	archive *archive
	file    *zip.File
	data    io.Reader
	close   func() error
	sum     uint32
	bytes   int64
	ended   bool
}

const (
	encryptedFlag = 1 << 0
	packedBuffer  = 16 << 10
)

func openPart(a *archive, f *zip.File) (*part, error) {
	if f.Flags&encryptedFlag != 0 {
		return nil, passwordRefusal()
	}
	raw, err := f.OpenRaw()
	if err != nil {
		return nil, flawDamaged.because("no data of a part")
	}
	p := &part{archive: a, file: f, close: func() error { return nil }}
	switch f.Method {
	case zip.Store:
		p.data = raw
	case zip.Deflate:
		inflater := flate.NewReader(bufio.NewReaderSize(raw, packedBuffer))
		p.data, p.close = inflater, inflater.Close
	default:
		return nil, flawMalformed.because("packed by method %d", f.Method)
	}
	return p, nil
}

// Read gives unpacked bytes; io.EOF comes only when size and checksum agree with the directory.
func (p *part) Read(into []byte) (int, error) {
	if p.ended {
		return 0, io.EOF
	}
	n, err := p.data.Read(into)
	p.sum = crc32.Update(p.sum, crc32.IEEETable, into[:n])
	p.bytes += int64(n)
	if !p.archive.count(p.file.Name, p.bytes) {
		return 0, flawUnpacked.because("over %d bytes", p.archive.limits.Unpacked)
	}
	if uint64(p.bytes) > p.file.UncompressedSize64 {
		return 0, flawDamaged.because("more bytes than declared")
	}
	switch {
	case err == nil:
		return n, nil
	case errors.Is(err, io.EOF):
		p.ended = true
		if uint64(p.bytes) != p.file.UncompressedSize64 || p.sum != p.file.CRC32 {
			return n, flawDamaged.because("size or checksum differs")
		}
		return n, io.EOF
	case errors.Is(err, io.ErrUnexpectedEOF):
		return n, flawTruncated.because("packed data end early")
	}
	if corrupt := flate.CorruptInputError(0); errors.As(err, &corrupt) {
		return n, flawDamaged.because("cannot be inflated")
	}
	return n, err
}

// Close gives back what inflating held.
func (p *part) Close() error { return p.close() }

// readAll reads a part that must be small, such as the styles, into memory.
func (a *archive) readAll(name string, most int64) ([]byte, error) {
	p, err := a.open(name)
	if err != nil {
		return nil, err
	}
	defer p.Close()
	data, err := io.ReadAll(io.LimitReader(p, most+1))
	if err != nil {
		return nil, err
	}
	if int64(len(data)) > most {
		return nil, flawUnpacked.because("a part over %d bytes", most)
	}
	return data, nil
}
