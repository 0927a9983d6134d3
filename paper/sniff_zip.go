package paper

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"strings"
)

const (
	directoryBytes = 1 << 20 // of a zip file that are read to find out what it is
	mostNames      = 2000
)

// sniffZip tells packages apart by the parts in them. Of a file that lost its end, the first parts still tell.
func sniffZip(r io.ReaderAt, size int64, head []byte) Format {
	bounded := &boundedReader{r: r, left: directoryBytes + 1<<17}
	zr, err := zip.NewReader(bounded, size)
	if err != nil {
		return byNames(localNames(head), true)
	}
	bounded.left = directoryBytes
	names := make([]string, 0, min(len(zr.File), mostNames))
	for _, f := range zr.File[:min(len(zr.File), mostNames)] {
		names = append(names, f.Name)
		if f.Name == "mimetype" && f.Method == zip.Store {
			if kind, err := f.Open(); err == nil {
				text, _ := io.ReadAll(io.LimitReader(kind, 100))
				names = append(names, "mimetype:"+string(text))
				kind.Close()
			}
		}
	}
	return byNames(names, false)
}

// byNames tells a package by the names of its parts; cut says that there may be more of them.
func byNames(names []string, cut bool) Format {
	office := false
	for _, name := range names {
		name = strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
		switch {
		case name == "xl/workbook.bin":
			return XLSB
		case strings.HasPrefix(name, "xl/"):
			return XLSX
		case strings.HasPrefix(name, "word/"):
			return DOCX
		case strings.HasPrefix(name, "ppt/"):
			return Unknown
		case strings.HasPrefix(name, "mimetype:application/vnd.oasis.opendocument.spreadsheet"):
			return ODS
		case strings.HasPrefix(name, "mimetype:application/vnd.oasis.opendocument.text"):
			return Word
		case name == "[content_types].xml", name == "_rels/.rels", strings.HasPrefix(name, "docprops/"):
			office = true
		}
	}
	if office && (cut || len(names) < mostNames) {
		return XLSX // a workbook under other names, which the reader finds by their roles, or one that was cut
	}
	return Archive
}

// localNames are the names of the parts that begin in head.
func localNames(head []byte) []string {
	var names []string
	for rest := head; ; {
		i := bytes.Index(rest, []byte(zipMark))
		if i < 0 || len(rest) < i+30 {
			return names
		}
		rest = rest[i:]
		length := int(binary.LittleEndian.Uint16(rest[26:]))
		if len(rest) < 30+length {
			return names
		}
		name := string(rest[30 : 30+length])
		if name == "mimetype" {
			after := rest[30+length:]
			name += ":" + string(after[:min(len(after), 60)])
		}
		names = append(names, name)
		rest = rest[30:]
	}
}

var errDirectory = errors.New("paper: directory too large")

// boundedReader reads at most left bytes.
type boundedReader struct {
	r    io.ReaderAt
	left int64
}

// ReadAt reads as io.ReaderAt says, and fails once the bound is used up.
func (b *boundedReader) ReadAt(p []byte, off int64) (int, error) {
	if b.left <= 0 {
		return 0, errDirectory
	}
	n, err := b.r.ReadAt(p, off)
	b.left -= int64(n)
	return n, err
}
