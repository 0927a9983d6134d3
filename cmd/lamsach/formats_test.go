package main

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lamsach/core/check"
	"lamsach/core/civil"
	"lamsach/core/fault"
	"lamsach/core/kind"
	"lamsach/core/report"
	"lamsach/core/roster"
	"lamsach/paper"
)

// openedList is a list with what is found in it.
type openedList struct {
	content  []byte
	ro       *roster.Roster
	checker  *check.Checker
	findings []check.Finding
}

// checkedBook reads and checks a file of any kind in this process.
func checkedBook(t *testing.T, content []byte, asOf civil.Date) openedList {
	t.Helper()
	book, err := openBook(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	ro, err := roster.Read(book, roster.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	checker := check.New(ro, kind.Of(ro.Kind).Rules, asOf)
	return openedList{content: content, ro: ro, checker: checker, findings: checker.Findings()}
}

// found is what a finding says, whatever file it is in.
type found struct {
	Row   int
	Field roster.Field
	Code  string
	Fix   string
}

func foundIn(f openedList) []found {
	var all []found
	for _, one := range f.findings {
		row := 0
		if one.Record >= 0 {
			row = f.ro.Records[one.Record].Row
		}
		all = append(all, found{row, one.Field, one.Code, one.Suggestion})
	}
	return all
}

// TestOneListInEveryFormat holds what is found in a list, and the workbook that is given back, to be the same whatever file it came in.
func TestOneListInEveryFormat(t *testing.T) {
	asOf := readSpecimenTruth(t, "official").AsOf
	open := func(name string) []byte {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return content
	}
	want := checkedBook(t, open("../../paper/testdata/official.xlsx"), asOf)
	for name, format := range map[string]paper.Format{
		"../../paper/testdata/official.csv": paper.CSV, "../../paper/testdata/official.html": paper.HTML,
		"../../paper/testdata/official.xml": paper.XML2003, "../../paper/testdata/official.docx": paper.DOCX, "../../paper/testdata/official.xls": paper.XLS, "../../paper/testdata/official.ods": paper.ODS,
	} {
		t.Run(string(format), func(t *testing.T) {
			list := checkedBook(t, open(name), asOf)
			if diff := cmp.Diff(foundIn(want), foundIn(list)); diff != "" {
				t.Errorf("other findings (-xlsx +%s):\n%s", format, diff)
			}
			list.checker.Tidy()
			plan := report.Plan(list.ro, list.checker, func(text fault.Text) string { return words("vi", text) })
			var out bytes.Buffer
			if err := (workbooks{}).Copy(context.Background(), bytes.NewReader(list.content), int64(len(list.content)), &out, plan); err != nil {
				t.Fatal(err)
			}
			content := bytes.Clone(out.Bytes())
			if got, err := paper.Sniff(bytes.NewReader(content), int64(len(content))); err != nil || got != paper.XLSX {
				t.Fatalf("the copy is %q, %v", got, err)
			}
			noMacros(t, content)
			copied := checkedBook(t, content, asOf)
			var before, after []int
			for i := range list.ro.Records {
				before = append(before, list.ro.Records[i].Row)
			}
			for i := range copied.ro.Records {
				after = append(after, copied.ro.Records[i].Row)
			}
			if diff := cmp.Diff(before, after); diff != "" {
				t.Errorf("people stand elsewhere in the copy:\n%s", diff)
			}
			if left := len(list.checker.Findings()); len(copied.findings) != left {
				t.Errorf("%d findings in the copy, %d were left", len(copied.findings), left)
			}
		})
	}
}

func TestCopyOfARefusedFileWritesNothing(t *testing.T) {
	err := workbooks{}.Copy(context.Background(), bytes.NewReader([]byte("%PDF-1.7")), 8, io.Discard, report.Copy{})
	if !fault.Is(err, fault.Unreadable) {
		t.Errorf("got %v", err)
	}
}

// noMacros holds a workbook to be one without programs in it: no part, relation or type of one.
func noMacros(t *testing.T, content []byte) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		part, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range []string{"vba", "macro", "activeX", "ole"} {
			if strings.Contains(f.Name, word) || strings.Contains(f.Name, "[Content_Types]") && strings.Contains(string(body), word) ||
				strings.HasSuffix(f.Name, ".rels") && strings.Contains(string(body), word) {
				t.Errorf("%s tells of %q", f.Name, word)
			}
		}
	}
}

// The copy of a workbook with macros is a workbook without, which a program that looks at the type opens as such.
func TestCopyOfMacroWorkbook(t *testing.T) {
	asOf := readSpecimenTruth(t, "official").AsOf
	plain, err := os.ReadFile("../../paper/testdata/official.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{"project": withMacros(t, plain, false), "sheets of macros": withMacros(t, plain, true)} {
		t.Run(name, func(t *testing.T) { copyHasNoMacros(t, content, asOf) })
	}
}

func copyHasNoMacros(t *testing.T, content []byte, asOf civil.Date) {
	t.Helper()
	list := checkedBook(t, content, asOf)
	list.checker.Tidy()
	plan := report.Plan(list.ro, list.checker, func(text fault.Text) string { return words("vi", text) })
	var out bytes.Buffer
	if err := (workbooks{}).Copy(context.Background(), bytes.NewReader(content), int64(len(content)), &out, plan); err != nil {
		t.Fatal(err)
	}
	noMacros(t, out.Bytes())
	if got, want := len(checkedBook(t, out.Bytes(), asOf).ro.Records), len(list.ro.Records); got != want {
		t.Errorf("%d people in the copy, %d in the list", got, want)
	}
}

// withMacros makes a workbook one with macros: a signed project and, of the old kind, a sheet; with relations and types as Excel
// writes them.
func withMacros(t testing.TB, plain []byte, sheet bool) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(plain), int64(len(plain)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	put := func(name, body string) {
		part, err := w.Create(name)
		if err == nil {
			_, err = io.WriteString(part, body)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range z.File {
		part, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		body := string(raw)
		switch f.Name {
		case "[Content_Types].xml":
			body = strings.Replace(body, "spreadsheetml.sheet.main+xml", "macroEnabled.main+xml", 1)
			body = strings.Replace(body, "application/vnd.openxmlformats-officedocument.macroEnabled", "application/vnd.ms-excel.sheet.macroEnabled", 1)
			body = strings.Replace(body, "</Types>", `<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>`, 1)
		case "xl/_rels/workbook.xml.rels":
			body = strings.Replace(body, "</Relationships>", `<Relationship Id="rIdVba" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/></Relationships>`, 1)
			if sheet {
				body = strings.Replace(body, "</Relationships>", `<Relationship Id="rIdOld" Type="http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet" Target="macrosheets/sheet1.xml"/></Relationships>`, 1)
			}
		case "xl/workbook.xml":
			if sheet {
				body = strings.Replace(body, "</sheets>", `<sheet name="Macro1" sheetId="77" state="veryHidden" r:id="rIdOld" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/></sheets>`, 1)
			}
		}
		put(f.Name, body)
	}
	put("xl/vbaProject.bin", "\xd0\xcf\x11\xe0Attribute VB_Name")
	put("xl/_rels/vbaProject.bin.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProjectSignature" Target="vbaProjectSignature.bin"/></Relationships>`)
	put("xl/vbaProjectSignature.bin", "signature")
	if sheet {
		put("xl/macrosheets/sheet1.xml", `<xm:macrosheet xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></xm:macrosheet>`)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
