package ods_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"lamsach/core/fault"
	"lamsach/core/roster"
	"lamsach/paper/cells"
	"lamsach/paper/ods"
	"lamsach/paper/papertest"
)

// keyOf opens and reads a file, and gives the key of its refusal.
func keyOf(t *testing.T, data []byte, limits cells.Limits) (string, fault.Args) {
	t.Helper()
	book, err := ods.Open(bytes.NewReader(data), int64(len(data)), limits)
	if err == nil {
		_, err = papertest.Read(book)
	}
	if err == nil {
		return "", nil
	}
	var said *fault.Error
	if !errors.As(err, &said) || said.Kind != fault.Unreadable {
		t.Fatalf("no refusal: %v", err)
	}
	return said.Key, said.Args
}

func TestRefusals(t *testing.T) {
	rows := row(words("a")) + row(words("b"))
	good := content("", sheet(rows))
	many := `<table:table-row table:number-rows-repeated="1000000">` + words("x") + `</table:table-row>`
	for _, test := range []struct {
		name string
		data []byte
		want string
	}{
		{"whole", made(t, good), ""},
		{"encrypted", packed(t, "META-INF/manifest.xml", `<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>`, "content.xml", "noise"), "file.format.password"},
		{"encrypted as a whole", packed(t, "encrypted-package", "noise"), "file.format.password"},
		{"no zip file", []byte("noise"), "file.not_workbook"},
		{"no content", packed(t, "mimetype", "x"), "file.not_workbook"},
		{"a document", made(t, `<office:document-content><office:body><office:text/></office:body></office:document-content>`), "file.not_workbook"},
		{"another root", made(t, `<html/>`), "file.not_workbook"},
		{"no sheet", made(t, content("")), "file.no_sheet"},
		{"sheet twice", made(t, content("", sheet(rows), sheet(rows))), "file.part.malformed"},
		{"cut", made(t, good[:len(good)-len(tail)-10]), "file.sheet.truncated"},
		{"cut behind the sheet", made(t, good[:len(good)-10]), "file.part.truncated"},
		{"document type", made(t, `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>`+good), "file.part.doctype"},
		{"document type within", made(t, content("", sheet(rows+`<!DOCTYPE x>`))), "file.sheet.doctype"},
		{"tags that cross", made(t, content("", sheet(rows+`<a></b>`))), "file.sheet.malformed"},
		{"UTF-16", made(t, "\xff\xfe<\x00"), "file.part.utf16"},
		{"letters", made(t, content("", sheet(rows+row(words("\xff"))))), "file.sheet.letters"},
		{"control letters", made(t, content("", sheet(rows+row(words("\x01"))))), "file.sheet.letters"},
		{"an ampersand alone", made(t, content("", sheet(rows+row(words("a & b"))))), "file.sheet.malformed"},
		{"no number", made(t, content("", sheet(rows+row(`<table:table-cell office:value-type="float" office:value="x"/>`)))), "file.sheet.number"},
		{"infinite", made(t, content("", sheet(rows+row(`<table:table-cell office:value-type="float" office:value="1e999"/>`)))), "file.sheet.number"},
		{"repeated never", made(t, content("", sheet(rows+`<table:table-row table:number-rows-repeated="0"/>`))), "file.sheet.malformed"},
		{"repeated without end", made(t, content("", sheet(rows+many))), "file.sheet.too_many_rows"},
		{"repeated beyond the last column", made(t, content("", sheet(rows+strings.Replace(many, ">", `><table:table-cell table:number-columns-repeated="2000000000"/>`, 1)))), ""},
		{"deep", made(t, content("", sheet(rows+strings.Repeat("<a>", 300)+strings.Repeat("</a>", 300)))), "file.sheet.malformed"},
	} {
		t.Run(test.name, func(t *testing.T) {
			key, args := keyOf(t, test.data, cells.Limits{})
			if key != test.want {
				t.Errorf("got %q, want %q", key, test.want)
			}
			if strings.HasPrefix(key, "file.sheet.") && (args["Sheet"] != "List" || args["Rows"].(int) < 2) {
				t.Errorf("says %v", args)
			}
		})
	}
}

func TestBounds(t *testing.T) {
	bomb := made(t, content("", sheet(row(words(strings.Repeat("x", 2<<20))))))
	if key, _ := keyOf(t, bomb, cells.Limits{Unpacked: 1 << 20}); key != "file.part.too_large" {
		t.Errorf("got %q", key)
	}
	if key, _ := keyOf(t, bomb, cells.Limits{}); key != "file.sheet.long" {
		t.Errorf("got %q", key)
	}
	var parts []string
	for i := range 30 {
		parts = append(parts, "part"+string(rune('a'+i)), "")
	}
	if key, _ := keyOf(t, packed(t, parts...), cells.Limits{Entries: 20}); key != "file.too_many_parts" {
		t.Errorf("got %q", key)
	}
	cellsOnly := made(t, content("", sheet(`<table:table-row table:number-rows-repeated="100"><table:table-cell table:number-columns-repeated="100" office:value-type="float" office:value="1"/></table:table-row>`)))
	if key, _ := keyOf(t, cellsOnly, cells.Limits{Cells: 9_999}); key != "file.sheet.too_many_cells" {
		t.Errorf("got %q", key)
	}
	if key, _ := keyOf(t, cellsOnly, cells.Limits{Cells: 10_000}); key != "" {
		t.Errorf("got %q", key)
	}
}

// TestCutFiles cuts a real file at every 512 bytes: none may open, and those with rows in them say how many arrived.
func TestCutFiles(t *testing.T) {
	data := papertest.Specimen(t, "official.ods")
	told := 0
	for at := 512; at < len(data); at += 512 {
		key, args := keyOf(t, data[:at], cells.Limits{})
		if key != "file.truncated" {
			t.Errorf("cut at %d: %q", at, key)
		}
		if args["Rows"].(int) > 0 {
			told++
		}
	}
	if told == 0 {
		t.Error("no cut file said how much arrived")
	}
}

func TestDamagedFiles(t *testing.T) {
	for _, name := range []string{"official.ods", "rich-libreoffice.ods", "rich-gnumeric.ods"} {
		t.Run(name, func(t *testing.T) {
			found := papertest.Storm(t, papertest.Specimen(t, name), 500, open)
			t.Logf("%+v", found)
			if found.Short > 0 {
				t.Error("files lost cells without an error")
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add(content("", sheet(row(words("a"), `<table:table-cell table:number-columns-repeated="3" office:value-type="float" office:value="1.5"/>`))))
	f.Add(content(`<style:style style:name="a" style:family="table-cell"><style:text-properties style:font-name=".Vn"/></style:style>`,
		sheet(`<table:table-column table:default-cell-style-name="a"/><table:table-row table:number-rows-repeated="3" table:visibility="filter">`+words(`<text:s text:c="3"/>b<text:tab/>`)+`</table:table-row>`)))
	f.Fuzz(func(t *testing.T, inside string) {
		book, err := open(made(t, inside))
		var found map[string]roster.Cell
		if err == nil {
			found, err = papertest.Read(book)
		}
		if err != nil && !fault.Is(err, fault.Unreadable) {
			t.Errorf("an error without a sentence: %v", err)
		}
		for place, cell := range found {
			if cell.Kind == roster.Text && cell.Text == "" && strings.Count(place, "!") > 1 {
				t.Errorf("%s: a text that is empty", place)
			}
		}
	})
}

func FuzzPackage(f *testing.F) {
	f.Add(papertest.Specimen(f, "old-libreoffice.ods"))
	f.Fuzz(func(t *testing.T, data []byte) {
		book, err := open(data)
		if err == nil {
			_, err = papertest.Read(book)
		}
		if err != nil && !fault.Is(err, fault.Unreadable) {
			t.Errorf("an error without a sentence: %v", err)
		}
	})
}
