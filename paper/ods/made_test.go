package ods_test

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
)

const (
	head = `<?xml version="1.0" encoding="UTF-8"?><office:document-content>`
	tail = `</office:spreadsheet></office:body></office:document-content>`
)

// content wraps sheets into the part that holds them; styles are those of the content.
func content(styles string, sheets ...string) string {
	return head + `<office:automatic-styles>` + styles + `</office:automatic-styles><office:body><office:spreadsheet>` + strings.Join(sheets, "") + tail
}

// sheet makes a sheet of rows.
func sheet(rows string) string {
	return `<table:table table:name="List">` + rows + `</table:table>`
}

// words is a cell with a text.
func words(text string) string {
	return `<table:table-cell office:value-type="string"><text:p>` + text + `</text:p></table:table-cell>`
}

func row(cells ...string) string {
	return `<table:table-row>` + strings.Join(cells, "") + `</table:table-row>`
}

// packed puts parts, by name and text in turn, into a package.
func packed(t testing.TB, parts ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := 0; i < len(parts); i += 2 {
		f, err := w.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// made is a file with this content.
func made(t testing.TB, content string) []byte { return packed(t, "content.xml", content) }
