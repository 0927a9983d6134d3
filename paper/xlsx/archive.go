package xlsx

import (
	"archive/zip"
	"errors"
	"io"
	"path"
	"strings"

	"lamsach/core/fault"
)

// directoryBytes bounds what is read of a package's directory: room for far more than the entries that Limits allow, and little
// enough that a directory of 200,000 entries is refused before it fills the memory.
const directoryBytes = 1 << 20

// archive is the zip package around the parts of a workbook. A part is found by its role, so a name such as ../../x means nothing.
type archive struct {
	zip    *zip.Reader
	parts  map[string]*zip.File // by folded name, without the leading slash
	limits Limits
	spent  map[string]int64 // unpacked bytes by part; a part that is read again is counted once
	total  int64
}

// openArchive reads the directory of a package.
func openArchive(r io.ReaderAt, size int64, limits Limits) (*archive, error) {
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
	bounded.left = -1 // from here on the bounds of the parts hold
	bounded.free = true
	a := &archive{zip: zr, parts: make(map[string]*zip.File, len(zr.File)), limits: limits, spent: map[string]int64{}}
	var declared uint64
	for _, f := range zr.File {
		declared += min(f.UncompressedSize64, 1<<40)
		name := partKey(f.Name)
		if _, twice := a.parts[name]; twice {
			return nil, flawDamaged.because("a part is there twice")
		}
		a.parts[name] = f
	}
	if declared > uint64(limits.Unpacked) {
		return nil, flawUnpacked.because("%d bytes declared", declared)
	}
	return a, nil
}

func tooManyParts(limits Limits) error {
	return fault.New(fault.Unreadable, "file.too_many_parts", "Limit", limits.Entries)
}

// partKey is the name by which a part is looked up: names of parts do not differ by case, and some writers use backslashes.
func partKey(name string) string {
	name = strings.ReplaceAll(name, `\`, "/")
	return strings.ToLower(strings.TrimPrefix(name, "/"))
}

// find gives the part of that name.
func (a *archive) find(name string) (*zip.File, bool) {
	f, ok := a.parts[partKey(name)]
	return f, ok
}

// open starts reading the part of that name.
func (a *archive) open(name string) (*part, error) {
	f, ok := a.find(name)
	if !ok {
		return nil, flawMalformed.because("a part is missing")
	}
	return openPart(a, f)
}

// count adds bytes that were inflated, and reports whether the bound still holds.
func (a *archive) count(name string, bytes int64) bool {
	if grown := bytes - a.spent[name]; grown > 0 {
		a.spent[name] = bytes
		a.total += grown
	}
	return a.total <= a.limits.Unpacked
}

// resolve gives the name of a part that a relationship of the part base points at: absolute, or relative to base's folder.
func resolve(base, target string) string {
	target = strings.ReplaceAll(target, `\`, "/")
	if strings.HasPrefix(target, "/") {
		return strings.TrimPrefix(path.Clean(target), "/")
	}
	return strings.TrimPrefix(path.Join("/", path.Dir(base), target), "/")
}

// relationsOf is the name of the part that holds the relationships of a part; "" stands for the package itself.
func relationsOf(part string) string {
	dir, file := path.Split(part)
	return dir + "_rels/" + file + ".rels"
}

var errDirectory = errors.New("xlsx: directory too large")

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
