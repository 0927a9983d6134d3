// Package paper tells what kind of file a person handed in, by what is in it and never by its name. Its folders read and write the
// kinds that are known.
package paper

import (
	"errors"
	"io"

	"lamsach/core/fault"
)

// Format is a kind of file; its text is also the last word of the text key file.format.….
type Format string

// The kinds of file.
const (
	XLSX     Format = "xlsx"     // a workbook, .xlsm and templates too
	XLSB     Format = "xlsb"     // a binary workbook
	XLS      Format = "xls"      // a workbook of the kind before 2007
	ODS      Format = "ods"      // an OpenDocument spreadsheet
	HTML     Format = "html"     // a web page, as some systems name .xls
	XML2003  Format = "xml2003"  // XML Spreadsheet 2003
	SYLK     Format = "sylk"     // symbolic link file, of old programs
	CSV      Format = "csv"      // text with separators: commas, semicolons, tabs
	DOCX     Format = "docx"     // a document of Word
	Word     Format = "word"     // documents of older programs and of others: .doc, .rtf, .odt
	PDF      Format = "pdf"      //
	Image    Format = "image"    //
	Password Format = "password" // an encrypted document
	Archive  Format = "zip"      // zip, rar, 7z, gzip with something else in it
	Nothing  Format = "empty"    // no bytes
	Unknown  Format = "unknown"  //
)

// Refusal is the error, with a sentence that says what to do, for a kind of file that is not read; nil for those that are.
func Refusal(format Format) *fault.Error {
	switch format {
	case XLSX, XLS, ODS, HTML, XML2003, CSV, DOCX:
		return nil
	}
	return fault.New(fault.Unreadable, "file.format."+string(format))
}

// headSize is how much of a file's beginning is looked at; a web page may begin with a long comment.
const headSize = 8 << 10

// Sniff tells the kind of a file by its content. An error is the reader's, never the file's.
func Sniff(r io.ReaderAt, size int64) (Format, error) {
	if size <= 0 {
		return Nothing, nil
	}
	head := make([]byte, min(size, headSize))
	n, err := r.ReadAt(head, 0)
	if n == 0 && err != nil && !errors.Is(err, io.EOF) {
		return Unknown, err
	}
	head = head[:n]
	for _, m := range magics {
		if len(head) >= m.offset+len(m.mark) && string(head[m.offset:m.offset+len(m.mark)]) == m.mark {
			switch m.mark {
			case zipMark:
				return sniffZip(r, size, head), nil
			case compoundMark:
				return sniffCompound(r, size, head), nil
			}
			return m.format, nil
		}
	}
	return sniffText(head, size > int64(len(head))), nil
}

const (
	zipMark      = "PK\x03\x04"
	compoundMark = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
)

// magics are the bytes by which files of a kind begin. Archives and compound files are looked into.
var magics = []struct {
	offset int
	mark   string
	format Format
}{
	{0, zipMark, Archive}, {0, "PK\x05\x06", Archive},
	{0, compoundMark, XLS},
	{0, "\x09\x08\x10\x00\x00\x06", XLS}, {0, "\x09\x08\x08\x00", XLS}, {0, "\x09\x04\x06\x00", XLS}, {0, "\x09\x02\x06\x00", XLS},
	{0, "\x09\x00\x04\x00", XLS},
	{0, "%PDF-", PDF},
	{0, "\x89PNG\r\n\x1a\n", Image}, {0, "\xFF\xD8\xFF", Image}, {0, "GIF8", Image}, {0, "II*\x00", Image}, {0, "MM\x00*", Image},
	{8, "WEBP", Image}, {4, "ftypheic", Image}, {4, "ftypheix", Image}, {4, "ftypmif1", Image}, {4, "ftypavif", Image},
	{0, "Rar!\x1a\x07", Archive}, {0, "7z\xBC\xAF\x27\x1C", Archive}, {0, "\x1F\x8B", Archive},
	{0, "{\\rtf", Word},
	{0, "ID;P", SYLK},
}
