package main

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"golang.org/x/text/unicode/norm"

	"lamsach/core/civil"
	"lamsach/core/roster"
	"lamsach/core/sample"
)

// The forms in which programs write texts into a workbook.
const (
	sharedTexts = "shared" // as Excel does: shared strings, empty cells with a style
	inlineTexts = "inline" // as programs do that write row by row
)

// benchDay is the day on which the lists of the measurements are looked at.
var benchDay = civil.Date{Year: 2026, Month: 11, Day: 22}

// benchFolder holds the lists of this process and the programs that it built; TestMain takes it away.
var benchFolder = sync.OnceValues(func() (string, error) { return os.MkdirTemp("", "lamsach-bench-") })

// benchList gives the path of the list of the measurements: 25 columns, five title rows, the header in row 6, every cell
// bordered, four of ten birth dates as text, two of a hundred names in decomposed Unicode, one row in ten with a fault.
func benchList(b testing.TB, rows int, form string) string {
	b.Helper()
	return benchListOf(b, rows, form, benchSeed)
}

const benchSeed = 7

// benchProvinces are codes of numbers that sample gives to nobody.
var benchProvinces = strings.Fields("002 004 006 012 019 020 022 024 025 026 027 030 031 033 034 035 036 037 040 042 044 045 046 048 049 051 052 054 056 058 060 " +
	"062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 086 087 089 091 092 093 094 095 096")

// part gives the people of a list numbers of a province of their own: no two people of the country have one number, so lists whose
// made-up numbers fall together would be linked as no true ones are.
func part(sheet roster.GridSheet, province string) {
	for _, row := range sheet.Rows {
		for i := range row.Cells {
			if c := &row.Cells[i]; c.Kind == roster.Text && len(c.Text) == 12 && strings.Trim(c.Text, "0123456789") == "" {
				c.Text = province + c.Text[3:]
			}
		}
	}
}

// benchListOf gives a list of other people for every seed.
func benchListOf(b testing.TB, rows int, form string, seed uint64) string {
	b.Helper()
	folder, err := benchFolder()
	if err != nil {
		b.Fatal(err)
	}
	path := filepath.Join(folder, fmt.Sprintf("%d-%s-%d.xlsx", rows, form, seed))
	if _, err := os.Stat(path); err == nil {
		return path
	}
	grid, _ := sample.Make(sample.Options{Layout: "wide", Rows: rows, Seed: seed, FaultRate: 0.1, AsOf: benchDay})
	if seed != benchSeed {
		part(grid.Sheets[0], benchProvinces[seed%uint64(len(benchProvinces))])
	}
	body, err := packBench(grid.Sheets[0], form)
	if err == nil {
		err = os.WriteFile(path, body, 0o600)
	}
	if err != nil {
		b.Fatal(err)
	}
	return path
}

// benchBook writes the sheet of a workbook, and gathers its texts.
type benchBook struct {
	form   string
	sheet  bytes.Buffer
	shared bytes.Buffer
	texts  map[string]int
	uses   int
}

const benchTitles = 5

func packBench(sheet roster.GridSheet, form string) ([]byte, error) {
	w := &benchBook{form: form, texts: map[string]int{}}
	w.sheet.WriteString(benchHead + `<worksheet xmlns="` + benchMain + `">`)
	fmt.Fprintf(&w.sheet, `<dimension ref="A1:Y%d"/><sheetData>`, len(sheet.Rows)+benchTitles)
	for i := range benchTitles {
		w.row(i+1, []roster.GridCell{{Cell: roster.Cell{Kind: roster.Text, Text: fmt.Sprintf("ỦY BAN NHÂN DÂN XÃ THỬ, dòng %d", i+1)}}})
	}
	for i, row := range sheet.Rows {
		if i > 0 {
			spoil(row.Cells, i)
		}
		w.row(row.Number+benchTitles, row.Cells)
	}
	w.sheet.WriteString(`</sheetData></worksheet>`)
	parts := [][2]string{
		{"[Content_Types].xml", benchTypes}, {"_rels/.rels", benchRoot}, {"xl/workbook.xml", benchWorkbook},
		{"xl/_rels/workbook.xml.rels", benchRelations}, {"xl/styles.xml", benchStyles}, {"xl/worksheets/sheet1.xml", w.sheet.String()},
		{"xl/sharedStrings.xml", fmt.Sprintf(`%s<sst xmlns="%s" count="%d" uniqueCount="%d">%s</sst>`, benchHead, benchMain, w.uses,
			len(w.texts), w.shared.String())},
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, p := range parts {
		f, err := z.Create(p[0])
		if err != nil {
			return nil, err
		}
		if _, err := io.WriteString(f, p[1]); err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return out.Bytes(), err
}

// spoil writes some birth dates as text and some names in decomposed Unicode, as people and Macs do.
func spoil(cells []roster.GridCell, i int) {
	for c := range cells {
		cell := &cells[c]
		switch {
		case cell.Kind == roster.Date && i%10 >= 6:
			cell.Cell = roster.Cell{Kind: roster.Text, Text: cell.Text[8:10] + "/" + cell.Text[5:7] + "/" + cell.Text[:4]}
		case cell.Kind == roster.Text && c == 4 && i%50 == 0:
			cell.Text = norm.NFD.String(cell.Text)
		}
	}
}

func (w *benchBook) row(number int, cells []roster.GridCell) {
	fmt.Fprintf(&w.sheet, `<row r="%d" spans="1:25" ht="15.75">`, number)
	for c := range cells {
		cell := &cells[c]
		at := roster.Letter(c) + strconv.Itoa(number)
		style := 1 + int(cell.Look)%2
		switch {
		case cell.Kind == roster.Empty && w.form == inlineTexts:
		case cell.Kind == roster.Empty:
			fmt.Fprintf(&w.sheet, `<c r="%s" s="%d"/>`, at, style)
		case cell.Kind == roster.Number:
			fmt.Fprintf(&w.sheet, `<c r="%s" s="1"><v>%s</v></c>`, at, cell.Text)
		case cell.Kind == roster.Date:
			day, _ := civil.ParseISO(cell.Text)
			fmt.Fprintf(&w.sheet, `<c r="%s" s="3"><v>%d</v></c>`, at, day.Serial(false))
		case w.form == inlineTexts:
			fmt.Fprintf(&w.sheet, `<c r="%s" s="%d" t="inlineStr"><is><t>%s</t></is></c>`, at, style, escaped(cell.Text))
		default:
			fmt.Fprintf(&w.sheet, `<c r="%s" s="%d" t="s"><v>%d</v></c>`, at, style, w.share(cell.Text))
		}
	}
	w.sheet.WriteString(`</row>`)
}

func (w *benchBook) share(text string) int {
	w.uses++
	i, known := w.texts[text]
	if !known {
		i = len(w.texts)
		w.texts[text] = i
		w.shared.WriteString(`<si><t xml:space="preserve">` + escaped(text) + `</t></si>`)
	}
	return i
}

func escaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a Builder never fails
	return b.String()
}

const (
	benchHead      = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\r\n"
	benchMain      = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	benchOffice    = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	benchPackage   = "http://schemas.openxmlformats.org/package/2006/"
	benchType      = "application/vnd.openxmlformats-officedocument.spreadsheetml."
	benchTypes     = benchHead + `<Types xmlns="` + benchPackage + `content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="` + benchType + `sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="` + benchType + `worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="` + benchType + `styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="` + benchType + `sharedStrings+xml"/></Types>`
	benchRoot      = benchHead + `<Relationships xmlns="` + benchPackage + `relationships"><Relationship Id="rId1" Type="` + benchOffice + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	benchWorkbook  = benchHead + `<workbook xmlns="` + benchMain + `" xmlns:r="` + benchOffice + `"><sheets><sheet name="Danh sách" sheetId="1" r:id="rId1"/></sheets></workbook>`
	benchRelations = benchHead + `<Relationships xmlns="` + benchPackage + `relationships"><Relationship Id="rId1" Type="` + benchOffice + `/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="` + benchOffice + `/styles" Target="styles.xml"/><Relationship Id="rId3" Type="` + benchOffice + `/sharedStrings" Target="sharedStrings.xml"/></Relationships>`
	benchEdge      = `<left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/><diagonal/>`
	benchStyles    = benchHead + `<styleSheet xmlns="` + benchMain + `"><numFmts count="1"><numFmt numFmtId="165" formatCode="dd/mm/yyyy"/></numFmts><fonts count="1"><font><sz val="13"/><name val="Times New Roman"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>` + benchEdge + `</border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="0" fillId="0" borderId="1" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`
)

// inflate is the unit of all measurements: only inflating what the list's two big parts hold, with the standard library.
func inflate(content []byte) error {
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return err
	}
	for _, f := range z.File {
		if !strings.Contains(f.Name, "sheet1") && !strings.Contains(f.Name, "sharedStrings") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return err
		}
		if _, err := io.Copy(io.Discard, r); err != nil {
			return err
		}
	}
	return nil
}

// dropBenchLists takes the lists of this process away.
func dropBenchLists() {
	folder, err := benchFolder()
	if err == nil {
		err = os.RemoveAll(folder)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "lists of the measurements:", err)
	}
}
