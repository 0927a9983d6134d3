package paper_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"testing"
	"unicode/utf16"

	"lamsach/core/fault"
	"lamsach/paper"
)

func sniff(t testing.TB, data []byte) paper.Format {
	t.Helper()
	format, err := paper.Sniff(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatalf("Sniff: %v", err)
	}
	return format
}

// zipped makes a zip file of empty parts.
func zipped(t testing.TB, names ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range names {
		if _, err := w.Create(name); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// compoundFile makes a compound file (OLE) whose directory holds these streams.
func compoundFile(streams ...string) []byte {
	const sector = 512
	file := make([]byte, sector, 8*sector)
	copy(file, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	binary.LittleEndian.PutUint16(file[30:], 9)
	binary.LittleEndian.PutUint32(file[48:], 1) // the directory begins in sector 1
	binary.LittleEndian.PutUint32(file[76:], 0) // the allocation table is sector 0
	names := append([]string{"Root Entry"}, streams...)
	var directory []byte
	for _, name := range names {
		entry := make([]byte, 128)
		for i, unit := range utf16.Encode([]rune(name)) {
			binary.LittleEndian.PutUint16(entry[2*i:], unit)
		}
		binary.LittleEndian.PutUint16(entry[64:], uint16(2*len(name)+2))
		directory = append(directory, entry...)
	}
	for len(directory)%sector != 0 {
		directory = append(directory, 0)
	}
	table := make([]byte, sector)
	binary.LittleEndian.PutUint32(table, 0xFFFFFFFD)
	sectors := len(directory) / sector
	for i := range sectors {
		next := uint32(i + 2)
		if i == sectors-1 {
			next = 0xFFFFFFFE
		}
		binary.LittleEndian.PutUint32(table[4*(i+1):], next)
	}
	return append(append(file, table...), directory...)
}

func utf16le(text string) []byte {
	out := []byte{0xFF, 0xFE}
	for _, unit := range utf16.Encode([]rune(text)) {
		out = binary.LittleEndian.AppendUint16(out, unit)
	}
	return out
}

func TestSniff(t *testing.T) {
	tests := []struct {
		name string
		data []byte
		want paper.Format
	}{
		{"empty", nil, paper.Nothing},
		{"workbook", zipped(t, "[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"), paper.XLSX},
		{"workbook with backslashes", zipped(t, `[Content_Types].xml`, `xl\workbook.xml`), paper.XLSX},
		{"binary workbook", zipped(t, "[Content_Types].xml", "xl/workbook.bin"), paper.XLSB},
		{"document", zipped(t, "[Content_Types].xml", "word/document.xml"), paper.DOCX},
		{"slides", zipped(t, "[Content_Types].xml", "ppt/presentation.xml"), paper.Unknown},
		{"zip", zipped(t, "DS/list.xlsx", "DS/other.xlsx"), paper.Archive},
		{"zip without parts", zipped(t), paper.Archive},
		{"rar", []byte("Rar!\x1a\x07\x00rest of it"), paper.Archive},
		{"encrypted workbook", compoundFile("DataSpaces", "Version", "EncryptionInfo", "EncryptedPackage"), paper.Password},
		{"encrypted, far down the directory", compoundFile("a", "b", "c", "d", "e", "f", "g", "EncryptedPackage"), paper.Password},
		{"old workbook", compoundFile("Workbook"), paper.XLS},
		{"workbook of Excel 5", compoundFile("Book"), paper.XLS},
		{"old document", compoundFile("1Table", "WordDocument"), paper.Word},
		{"some compound file", compoundFile("Contents"), paper.Unknown},
		{"sheet of Excel 2", []byte("\x09\x00\x04\x00\x02\x00\x10\x00rest"), paper.XLS},
		{"PDF", []byte("%PDF-1.7\n"), paper.PDF},
		{"PNG", []byte("\x89PNG\r\n\x1a\n\x00\x00"), paper.Image},
		{"JPEG", []byte("\xff\xd8\xff\xe0\x00\x10JFIF"), paper.Image},
		{"HEIC", []byte("\x00\x00\x00\x18ftypheic\x00\x00"), paper.Image},
		{"BMP", []byte("BM\x36\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00\x28\x00\x00\x00\x01"), paper.Image},
		{"page", []byte("\xef\xbb\xbf\r\n<!DOCTYPE html><html><body><table>"), paper.HTML},
		{"page without a head", []byte("<table border=1><tr><td>Mùa Thị Dợ"), paper.HTML},
		{"Excel's own page", []byte(`<html xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:s="urn:schemas-microsoft-com:office:spreadsheet">`), paper.HTML},
		{"XML spreadsheet", []byte(`<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">`), paper.XML2003},
		{"other XML", []byte(`<?xml version="1.0"?><a/>`), paper.Unknown},
		{"commas", []byte("STT,Họ tên\n1,Mùa Thị Dợ\n"), paper.CSV},
		{"semicolons", []byte("STT;Họ tên\r\n1;Mùa Thị Dợ\r\n"), paper.CSV},
		{"tabs in UTF-16", utf16le("STT\tHọ tên\r\n1\tMùa Thị Dợ\r\n"), paper.CSV},
		{"tabs in UTF-16 without a mark", utf16le("STT\tHọ tên\r\n1\tMùa Thị Dợ\r\n")[2:], paper.CSV},
		{"TCVN3", []byte("STT;H\xc4 t\xaan\n1;M\xd6a"), paper.CSV},
		{"begins with BM", []byte("BM,so,ten\n1,2,3\n"), paper.CSV},
		{"SYLK", []byte("ID;PWXL;N;E\nC;Y1;X1;K\"a\"\n"), paper.SYLK},
		{"prose", []byte("Danh sách trẻ em của xã\nchưa có\n"), paper.Unknown},
		{"noise", []byte{0, 1, 2, 3, 4, 5, 6, 7}, paper.Unknown},
		{"one byte", []byte("P"), paper.Unknown},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := sniff(t, test.data); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestSniffSpecimens(t *testing.T) {
	for name, want := range map[string]paper.Format{
		"official.xlsx": paper.XLSX, "official.xls": paper.XLS, "official.ods": paper.ODS, "official.csv": paper.CSV, "official.html": paper.HTML,
		"official.docx": paper.DOCX, "official.xml": paper.XML2003, "protected-agile.xlsx": paper.Password, "protected-standard.xlsx": paper.Password,
	} {
		data, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if got := sniff(t, data); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
		if want == paper.XLSX {
			if got := sniff(t, data[:len(data)/2]); got != want {
				t.Errorf("half of %s: got %q, want %q", name, got, want)
			}
		}
	}
}

func TestRefusal(t *testing.T) {
	if err := paper.Refusal(paper.XLSX); err != nil {
		t.Errorf("a workbook is refused: %v", err)
	}
	err := paper.Refusal(paper.Password)
	if err == nil || err.Kind != fault.Unreadable || err.Key != "file.format.password" {
		t.Errorf("got %+v", err)
	}
}

// failing is a disk that cannot be read.
type failing struct{}

var errDisk = errors.New("disk")

func (failing) ReadAt([]byte, int64) (int, error) { return 0, errDisk }

func TestSniffTellsTroubleOfTheReader(t *testing.T) {
	if _, err := paper.Sniff(failing{}, 100); !errors.Is(err, errDisk) {
		t.Errorf("got %v", err)
	}
}

var _ io.ReaderAt = failing{}

func FuzzSniff(f *testing.F) {
	for _, name := range []string{"official.xlsx", "official.xls", "official.csv"} {
		data, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data[:min(len(data), 4096)])
	}
	f.Add(compoundFile("Workbook"))
	f.Add(zipped(f, "mimetype", "xl/workbook.xml"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if format := sniff(t, data); format == "" {
			t.Error("no format")
		}
	})
}
