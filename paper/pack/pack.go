// Package pack reads the parts of a zip package under the limits of a stranger's file: the directory is bounded, bytes are counted
// while they are inflated, and every part that is read must agree with its checksum at its end.
package pack

import (
	"archive/zip"
	"errors"
	"io"
	"strings"

	"lamsach/core/fault"
	"lamsach/paper/cells"
)

// directoryBytes bounds what is read of a package's directory: room for far more than the entries that Limits allow, and little
// enough that a directory of 200,000 entries is refused before it fills the memory.
const directoryBytes = 1 << 20

// Package is an opened zip package. A part is asked for by its role, so a name such as ../../x means nothing.
type Package struct {
	files  []*zip.File
	parts  map[string]*zip.File // by folded name, without the leading slash
	limits cells.Limits
	spent  map[string]int64 // unpacked bytes by part; a part that is read again is counted once
	total  int64
}

// Open reads the directory of a package. A zip file that lost its end is refused with the number of rows that mark ends in the first
// part whose name holds main, as far as it can be inflated.
func Open(r io.ReaderAt, size int64, limits cells.Limits, main, mark string) (*Package, error) {
	limits = limits.OrDefault()
	p, err := open(r, size, limits)
	if err != nil {
		return nil, unzippable(err, r, size, salvager{limits: limits, main: main, mark: mark})
	}
	return p, nil
}

func open(r io.ReaderAt, size int64, limits cells.Limits) (*Package, error) {
	bounded := &boundedReader{r: r, left: directoryBytes + 1<<17}
	zr, err := zip.NewReader(bounded, size)
	switch {
	case bounded.left <= 0:
		return nil, tooManyParts(limits)
	case err != nil:
		return nil, err
	case len(zr.File) > limits.Entries:
		return nil, tooManyParts(limits)
	}
	bounded.free = true // from here on the bounds of the parts hold
	p := &Package{files: zr.File, parts: make(map[string]*zip.File, len(zr.File)), limits: limits, spent: map[string]int64{}}
	var declared uint64
	for _, f := range zr.File {
		declared += min(f.UncompressedSize64, 1<<40)
		name := Key(f.Name)
		if _, twice := p.parts[name]; twice {
			return nil, cells.Damaged.Because("a part is there twice")
		}
		p.parts[name] = f
	}
	if declared > uint64(limits.Unpacked) {
		return nil, cells.TooLarge.Because("%d bytes declared", declared)
	}
	return p, nil
}

func tooManyParts(limits cells.Limits) error {
	return fault.New(fault.Unreadable, "file.too_many_parts", "Limit", limits.Entries)
}

// Key is the name by which a part is looked up: names of parts do not differ by case, and some writers use backslashes.
func Key(name string) string {
	name = strings.ReplaceAll(name, `\`, "/")
	return strings.ToLower(strings.TrimPrefix(name, "/"))
}

// Has reports whether there is a part of that name.
func (p *Package) Has(name string) bool {
	_, ok := p.parts[Key(name)]
	return ok
}

// Open starts reading the part of that name.
func (p *Package) Open(name string) (*Part, error) {
	f, ok := p.parts[Key(name)]
	if !ok {
		return nil, cells.Malformed.Because("a part is missing")
	}
	return openPart(p, f)
}

// Files gives the parts in the order of the directory.
func (p *Package) Files() []*zip.File { return p.files }

// ReadAll reads a part that must be small, such as the styles, into memory.
func (p *Package) ReadAll(name string, most int64) ([]byte, error) {
	part, err := p.Open(name)
	if err != nil {
		return nil, err
	}
	defer part.Close()
	data, err := io.ReadAll(io.LimitReader(part, most+1))
	if err != nil {
		return nil, err
	}
	if int64(len(data)) > most {
		return nil, cells.TooLarge.Because("a part over %d bytes", most)
	}
	return data, nil
}

// count adds bytes that were inflated, and reports whether the bound still holds.
func (p *Package) count(name string, bytes int64) bool {
	if grown := bytes - p.spent[name]; grown > 0 {
		p.spent[name] = bytes
		p.total += grown
	}
	return p.total <= p.limits.Unpacked
}

var errDirectory = errors.New("pack: directory too large")

// boundedReader reads at most left bytes until it is set free.
type boundedReader struct {
	r    io.ReaderAt
	left int64
	free bool
}

// ReadAt reads as io.ReaderAt says, and fails once the bound is used up.
func (b *boundedReader) ReadAt(p []byte, off int64) (int, error) {
	if b.free {
		return b.r.ReadAt(p, off)
	}
	if b.left <= 0 {
		return 0, errDirectory
	}
	n, err := b.r.ReadAt(p, off)
	b.left -= int64(n)
	return n, err
}
