package ods_test

import (
	"bytes"
	"testing"

	"lamsach/core/roster"
	"lamsach/paper/cells"
	"lamsach/paper/ods"
	"lamsach/paper/papertest"
	"lamsach/paper/xlsx"
)

func open(data []byte) (roster.Book, error) {
	return ods.Open(bytes.NewReader(data), int64(len(data)), cells.Limits{})
}

func mustOpen(t testing.TB, data []byte) roster.Book {
	t.Helper()
	book, err := open(data)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	return book
}

// truth reads a workbook of the new kind, from which a specimen was made.
func truth(t testing.TB, name string) roster.Book {
	t.Helper()
	data := papertest.Specimen(t, name)
	book, err := xlsx.Open(bytes.NewReader(data), int64(len(data)), cells.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return book.Roster()
}

// TestSpecimens reads what LibreOffice and Gnumeric wrote from the same workbooks.
func TestSpecimens(t *testing.T) {
	for _, test := range []struct {
		name, truth string
		except      []string
	}{
		{"official.ods", "official.xlsx", nil},
		{"rich-libreoffice.ods", "rich.xlsx", []string{"Kieu!14!0", "Kieu!15!0", "Kieu!6!11", "Kieu!8!11"}}, // it made numbers of truth values
		{"rich-gnumeric.ods", "rich.xlsx", []string{"Kieu!3!13"}},                                           // the fonts within a text are not written
		{"old-libreoffice.ods", "old.xlsx", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			papertest.Compare(t, mustOpen(t, papertest.Specimen(t, test.name)), truth(t, test.truth), test.except...)
		})
	}
}
