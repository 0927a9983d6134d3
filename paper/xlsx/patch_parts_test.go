package xlsx_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lamsach/core/roster"
	"lamsach/paper/xlsx"
)

// partsOf unpacks a workbook.
func partsOf(t testing.TB, data []byte) map[string]string {
	t.Helper()
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range zr.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(text)
	}
	return parts
}

// patchSheet patches a workbook of one sheet and gives the sheet as it becomes.
func patchSheet(t *testing.T, sheet string, patch xlsx.SheetPatch) string {
	t.Helper()
	data := packParts(t, madeParts(sheet, sharedXML("một", "hai")))
	return partsOf(t, patched(t, data, xlsx.PatchPlan{Sheets: map[string]xlsx.SheetPatch{"Sheet1": patch}}))["xl/worksheets/sheet1.xml"]
}

// between wraps children of a sheet.
func between(head, rows, tail string) string {
	return `<worksheet xmlns="m">` + head + `<sheetData>` + rows + `</sheetData>` + tail + `</worksheet>`
}

func TestPatchSheets(t *testing.T) {
	const row = `<row r="1" spans="1:2" ht="30" customHeight="1"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="1" t="s"><v>1</v></c></row>`
	added := []xlsx.AddedColumn{{Header: "mới", Width: 20}}
	head := xlsx.SheetPatch{HeaderRow: 1, LastRow: 1, Columns: added}
	filter := xlsx.SheetPatch{HeaderRow: 1, LastRow: 9, Filter: true}
	across := xlsx.SheetPatch{Landscape: true}
	const newRow = `<row r="1" spans="1:3" ht="30" customHeight="1"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="1" t="s"><v>1</v></c>` +
		`<c r="C1" s="1" t="inlineStr"><is><t xml:space="preserve">mới</t></is></c></row>`
	const col = `<col min="3" max="3" width="20" customWidth="1"/>`
	cell := func(row, column int, text string) xlsx.SheetPatch {
		return xlsx.SheetPatch{Cells: []xlsx.CellPatch{{Row: row, Column: column, Cell: roster.Cell{Text: text, Kind: roster.Text}}}}
	}
	const x = `t="inlineStr"><is><t xml:space="preserve">x</t></is></c>`
	tests := []struct {
		name, sheet string
		patch       xlsx.SheetPatch
		want        string
	}{
		{"nothing", between("", row, `<pageMargins left="1"/>`), xlsx.SheetPatch{}, between(`<dimension ref="A1:B1"/>`, row, `<pageMargins left="1"/>`)},
		{"a dimension that lies", between(`<dimension ref="A1"/>`, row, ""), xlsx.SheetPatch{}, between(`<dimension ref="A1:B1"/>`, row, "")},
		{"a column", between("", row, ""), head, between(`<dimension ref="A1:C1"/><cols>`+col+`</cols>`, newRow, "")},
		{"widths that reach over the column", between(`<cols><col min="1" max="2" width="9"/><col min="3" max="16384" width="7" style="1"/></cols>`, row, ""), head,
			between(`<dimension ref="A1:C1"/><cols><col min="1" max="2" width="9"/>`+col+`<col min="4" max="16384" width="7" style="1"/></cols>`, newRow, "")},
		{"a merged block to the right of the header", between("", row, `<mergeCells count="1"><mergeCell ref="B1:D1"/></mergeCells>`), head,
			between(`<dimension ref="A1:E1"/><cols><col min="5" max="5" width="20" customWidth="1"/></cols>`,
				strings.NewReplacer(`1:3"`, `1:5"`, `"C1"`, `"E1"`).Replace(newRow), `<mergeCells count="1"><mergeCell ref="B1:D1"/></mergeCells>`)},
		{"a filter", between("", row, `<mergeCells/>`), filter, between(`<dimension ref="A1:B1"/>`, row, `<autoFilter ref="A1:B9"/><mergeCells/>`)},
		{"a filter of its own", between("", row, `<autoFilter ref="A5:B6"/>`), filter, between(`<dimension ref="A1:B1"/>`, row, `<autoFilter ref="A1:B9"/>`)},
		{"a filter that hides rows", between("", row, `<autoFilter ref="A1:B9"><filterColumn colId="0"/></autoFilter>`), xlsx.SheetPatch{HeaderRow: 1, LastRow: 9, Filter: true, Columns: added[:0]},
			between(`<dimension ref="A1:B1"/>`, row, `<autoFilter ref="A1:B9"><filterColumn colId="0"/></autoFilter>`)},
		{"another filter that hides rows", between("", row, `<autoFilter ref="A4:B9"><filterColumn colId="0"/></autoFilter>`), filter,
			between(`<dimension ref="A1:B1"/>`, row, `<autoFilter ref="A4:B9"><filterColumn colId="0"/></autoFilter>`)},
		{"a table of Excel's own", between("", row, `<tableParts count="1"><tablePart/></tableParts>`), filter,
			between(`<dimension ref="A1:B1"/>`, row, `<tableParts count="1"><tablePart/></tableParts>`)},
		{"across", between("", row, `<pageMargins left="1"/><headerFooter/>`), across, between(`<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:B1"/>`, row,
			`<pageMargins left="1"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/><headerFooter/>`)},
		{"across, from upright", between(`<sheetPr filterMode="1"><tabColor rgb="FF"/></sheetPr>`, row, `<pageSetup scale="50" orientation="portrait" r:id="rId1" copies="2"/>`), across,
			between(`<sheetPr filterMode="1"><tabColor rgb="FF"/><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:B1"/>`, row,
				`<pageSetup copies="2" paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>`)},
		{"across, closed in itself", between(`<sheetPr codeName="a"/>`, row, ""), across, between(`<sheetPr codeName="a"><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:B1"/>`, row,
			`<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>`)},
		{"across, fit said", between(`<sheetPr><pageSetUpPr autoPageBreaks="0" fitToPage="0"/></sheetPr>`, row, ""), across,
			between(`<sheetPr><pageSetUpPr autoPageBreaks="0" fitToPage="1"/></sheetPr><dimension ref="A1:B1"/>`, row, `<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>`)},
		{"a cell between", between("", `<row r="2"><c r="A2"/><c r="C2" s="1"><v>3</v></c></row>`, ""), cell(2, 1, "x"),
			between(`<dimension ref="A2:C2"/>`, `<row r="2"><c r="A2"/><c r="B2" s="5" `+x+`<c r="C2" s="1"><v>3</v></c></row>`, "")},
		{"a cell before", between("", `<row r="2"><c r="C2" s="1"><v>3</v></c></row>`, ""), cell(2, 0, "x"),
			between(`<dimension ref="A2:C2"/>`, `<row r="2"><c r="A2" s="5" `+x+`<c r="C2" s="1"><v>3</v></c></row>`, "")},
		{"a row between", between("", `<row r="2"/><row r="5"/>`, ""), cell(3, 0, "x"), between(`<dimension ref="A3"/>`, `<row r="2"/><row r="3"><c r="A3" s="5" `+x+`</row><row r="5"/>`, "")},
		{"a row at the end", between("", row, ""), cell(7, 0, "x"), between(`<dimension ref="A1:B7"/>`, row+`<row r="7"><c r="A7" s="5" `+x+`</row>`, "")},
		{"a row that was empty", between("", `<row r="2" ht="9"/>`, ""), cell(2, 0, "x"), between(`<dimension ref="A2"/>`, `<row r="2" ht="9"><c r="A2" s="5" `+x+`</row>`, "")},
		{"no rows", `<worksheet><sheetData/></worksheet>`, cell(1, 0, "x"), `<worksheet><dimension ref="A1"/><sheetData><row r="1"><c r="A1" s="5" ` + x + `</row></sheetData></worksheet>`},
		{"a cell cleared", between("", row, ""), xlsx.SheetPatch{Cells: []xlsx.CellPatch{{Row: 1, Column: 0}}},
			between(`<dimension ref="A1:B1"/>`, strings.Replace(row, ` t="s"><v>0</v></c>`, `/>`, 1), "")},
		{"a formula, and those that share it", between("", `<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1</f><v>1</v></c><c r="B1"><f t="shared" ref="B1:B2" si="1">A1</f><v>4</v></c></row>`+
			`<row r="2"><c r="A2"><f t="shared" si="0"/><v>2</v></c><c r="B2"><f t="shared" si="1"/><v>5</v></c></row>`, ""),
			xlsx.SheetPatch{Cells: []xlsx.CellPatch{{Row: 1, Column: 0}, {Row: 2, Column: 1, Keep: true, Mark: xlsx.InfoMark}}},
			between(`<dimension ref="A1:B2"/>`, `<row r="1"><c r="A1" s="0"/><c r="B1"><f t="shared" ref="B1:B2" si="1">A1</f><v>4</v></c></row>`+
				`<row r="2"><c r="A2"><v>2</v></c><c r="B2" s="5"><f t="shared" si="1"/><v>5</v></c></row>`, "")},
		{"cells without references", between("", `<row><c s="1" t="s"><v>0</v></c><c t="s"><v>1</v></c></row>`, ""), xlsx.SheetPatch{Cells: []xlsx.CellPatch{{Row: 1, Column: 1, Keep: true, Mark: xlsx.ErrorMark}}},
			between(`<dimension ref="A1:B1"/>`, `<row><c s="1" t="s"><v>0</v></c><c t="s" s="5"><v>1</v></c></row>`, "")},
		{"a quote within single quotes", between("", `<row r="1" x='a"b'/>`, ""), cell(1, 0, "x"), between(`<dimension ref="A1"/>`, `<row r="1" x="a&quot;b"><c r="A1" s="5" `+x+`</row>`, "")},
		{"late children", between("", row, `<legacyDrawing r:id="r"/><mc:AlternateContent/>`), across, between(`<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:B1"/>`, row,
			`<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/><legacyDrawing r:id="r"/><mc:AlternateContent/>`)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, patchSheet(t, test.sheet, test.patch)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestPatchKeepsThePrefix: elements of ours in a sheet whose elements have a prefix get it too.
func TestPatchKeepsThePrefix(t *testing.T) {
	sheet := prefixed(sheetXML(`<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="3"><c r="A3" t="s"><v>1</v></c></row>`))
	data := packParts(t, madeParts(sheet, sharedXML("một", "hai")))
	mustPatchWell(t, data)
	got := patchSheet(t, sheet, xlsx.SheetPatch{HeaderRow: 1, LastRow: 3, Filter: true, Landscape: true, Columns: []xlsx.AddedColumn{{Header: "mới", Width: 3}}})
	for _, tag := range strings.Split(got, "<")[1:] {
		if !strings.HasPrefix(tag, "x:") && !strings.HasPrefix(tag, "/x:") && !strings.HasPrefix(tag, "?") {
			t.Errorf("without a prefix: <%s", tag)
		}
	}
}

// TestPatchReplacesOldFonts: what we write is Unicode, so a cell in a font of the 1990s gets another one, of the same size.
func TestPatchReplacesOldFonts(t *testing.T) {
	sheet := sheetXML(`<row r="1"><c r="A1" s="4" t="s"><v>0</v></c><c r="B1" s="4" t="s"><v>0</v></c></row>`)
	plan := xlsx.PatchPlan{Sheets: map[string]xlsx.SheetPatch{"Sheet1": {Cells: []xlsx.CellPatch{
		{Row: 1, Column: 0, Cell: text("Mùa Thị Dợ")}, {Row: 1, Column: 1, Keep: true, Mark: xlsx.ErrorMark},
	}}}}
	copied := patched(t, packParts(t, madeParts(sheet, sharedXML("Mïa"))), plan)
	got := grid(t, copied, 0)
	want := map[[2]int]roster.Cell{{1, 0}: text("Mùa Thị Dợ"), {1, 1}: {Text: "Mïa", Kind: roster.Text, Legacy: roster.TCVN3}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if styles := partsOf(t, copied)["xl/styles.xml"]; !strings.Contains(styles, `<fonts count="3">`) ||
		!strings.Contains(styles, `<font><sz val="13"/><name val="Times New Roman"/></font>`) {
		t.Error(styles)
	}
}

// TestPatchedParts: the small parts of a workbook with everything in it.
func TestPatchedParts(t *testing.T) {
	parts := madeParts(sheetXML(`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><f>1+1</f><v>2</v></c></row>`), sharedXML("một"))
	const vba, vbaType = "xl/vbaProject.bin", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
	for i := range parts {
		p := &parts[i]
		switch p.name {
		case "[Content_Types].xml":
			p.text = strings.Replace(p.text, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", vbaType, 1)
			p.text = strings.Replace(p.text, "</Types>", `<Override PartName="/xl/calcChain.xml" ContentType="c"/><Override PartName="/xl/vbaProject.bin" ContentType="v"/></Types>`, 1)
		case "xl/workbook.xml":
			p.text = strings.Replace(p.text, "</sheets>", `</sheets><definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">Sheet1!$A$1:$A$1</definedName>`+
				`<definedName name="x">1</definedName></definedNames><calcPr calcId="1"/>`, 1)
		case "xl/_rels/workbook.xml.rels":
			p.text = strings.Replace(p.text, "</Relationships>", `<Relationship Id="rId8" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain" Target="calcChain.xml"/>`+
				`<Relationship Id="rId9" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/></Relationships>`, 1)
		}
	}
	parts = append(parts, partText{"xl/calcChain.xml", "<calcChain/>"}, partText{vba, "macro"}, partText{"xl/media/image1.png", "picture"})
	data := packParts(t, parts)
	plan := xlsx.PatchPlan{LegendName: "Chú giải", Legend: []xlsx.LegendLine{{Text: "x"}}, Sheets: map[string]xlsx.SheetPatch{
		"Sheet1": {HeaderRow: 1, LastRow: 1, Filter: true, Cells: []xlsx.CellPatch{{Row: 1, Column: 1, Cell: text("2")}}},
	}}
	got := partsOf(t, patched(t, data, plan))
	if got["xl/media/image1.png"] != "picture" || got["xl/sharedStrings.xml"] == "" {
		t.Error("a part was not copied")
	}
	for part, missing := range map[string][]string{
		"xl/workbook.xml":            {"$A$1:$A$1"},
		"xl/_rels/workbook.xml.rels": {"calcChain", "vbaProject"},
		"[Content_Types].xml":        {"calcChain", "vbaProject", "macroEnabled"},
	} {
		for _, text := range missing {
			if strings.Contains(got[part], text) {
				t.Errorf("%s still holds %s", part, text)
			}
		}
	}
	for part, wanted := range map[string][]string{
		"xl/workbook.xml":            {`>'Sheet1'!$A$1:$B$1</definedName></definedNames>`, `<definedName name="x">1</definedName>`, `fullCalcOnLoad="1"`, `name="Chú giải" sheetId="2" r:id="rIdLamsachLegend"`},
		"xl/_rels/workbook.xml.rels": {"/xl/worksheets/legend1.xml"},
		"[Content_Types].xml":        {"/xl/worksheets/legend1.xml", "spreadsheetml.sheet.main+xml"},
	} {
		for _, text := range wanted {
			if !strings.Contains(got[part], text) {
				t.Errorf("%s does not hold %s: %s", part, text, got[part])
			}
		}
	}
	for _, name := range []string{"xl/calcChain.xml", vba} {
		if _, there := got[name]; there {
			t.Errorf("%s is still there", name)
		}
	}
}

// TestPatchAddsStyles gives a workbook without styles some.
func TestPatchAddsStyles(t *testing.T) {
	var parts []partText
	for _, p := range madeParts(sheetXML(`<row r="1"><c r="A1" t="s"><v>0</v></c></row>`), sharedXML("một")) {
		switch p.name {
		case "xl/styles.xml":
			continue
		case "xl/_rels/workbook.xml.rels":
			p.text = strings.Replace(p.text, `<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>`, "", 1)
		case "[Content_Types].xml":
			p.text = strings.Replace(p.text, `<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>`, "", 1)
		}
		parts = append(parts, p)
	}
	data := packParts(t, parts)
	mustPatchWell(t, data)
	compareWithExcelize(t, patched(t, data, xlsx.PatchPlan{Sheets: map[string]xlsx.SheetPatch{"Sheet1": {
		Cells: []xlsx.CellPatch{{Row: 1, Column: 2, Cell: roster.Cell{Text: "2016-05-09", Kind: roster.Date}, Mark: xlsx.Changed}},
	}}}))
}

// TestLegendNames: a sheet of the legend's name that is not ours stays, and the legend gets another.
func TestLegendNames(t *testing.T) {
	data := packParts(t, madeParts(sheetXML(`<row r="1"><c r="A1" t="s"><v>0</v></c></row>`), sharedXML("của cán bộ")))
	plan := xlsx.PatchPlan{LegendName: "SHEET1", Legend: []xlsx.LegendLine{{Text: "của chương trình"}}}
	for range 2 {
		data = patched(t, data, plan)
		var names []string
		for _, sheet := range openBytes(t, data).Roster().Sheets {
			names = append(names, sheet.Name)
		}
		if diff := cmp.Diff([]string{"Sheet1", "SHEET1 (2)"}, names); diff != "" {
			t.Error(diff)
		}
	}
	if got := grid(t, data, 0)[[2]int{1, 0}].Text; got != "của cán bộ" {
		t.Errorf("his sheet holds %q", got)
	}
}

// TestPatchRefusesPlansThatDoNotFit, and stops when it is told to, before anything is written.
func TestPatchRefusesPlansThatDoNotFit(t *testing.T) {
	data := madeList(t, 5, sharedTexts)
	stopped, stop := context.WithCancel(context.Background())
	stop()
	for name, test := range map[string]struct {
		ctx   context.Context
		sheet string
		cells []xlsx.CellPatch
		added []xlsx.RowText
	}{
		"another sheet": {context.Background(), "Sheet2", nil, nil},
		"a cell twice":  {context.Background(), "Sheet1", []xlsx.CellPatch{{Row: 7}, {Row: 8}, {Row: 7}}, nil},
		"a value twice": {context.Background(), "Sheet1", nil, []xlsx.RowText{{7, "a"}, {8, "b"}, {7, "c"}}},
		"row 0":         {context.Background(), "Sheet1", []xlsx.CellPatch{{}}, nil},
		"column 16384":  {context.Background(), "Sheet1", []xlsx.CellPatch{{Row: 1, Column: 16384}}, nil},
		"stopped":       {stopped, "Sheet1", nil, nil},
	} {
		var out bytes.Buffer
		patch := xlsx.SheetPatch{Cells: test.cells, HeaderRow: 6, LastRow: 11, Columns: []xlsx.AddedColumn{{Header: "Tình trạng", Values: test.added}}}
		plan := xlsx.PatchPlan{Sheets: map[string]xlsx.SheetPatch{test.sheet: patch}}
		err := xlsx.Patch(test.ctx, bytes.NewReader(data), int64(len(data)), &out, plan)
		if err == nil || out.Len() > 0 {
			t.Errorf("%s: %v, %d bytes written", name, err, out.Len())
		}
	}
}

var errFull = errors.New("full")

// full is a disk that takes some bytes.
type full struct{ left int }

func (f *full) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestPatchTellsTroubleOfTheWriter(t *testing.T) {
	data := madeList(t, 500, sharedTexts)
	for _, left := range []int{0, 100, 20_000} {
		err := xlsx.Patch(context.Background(), bytes.NewReader(data), int64(len(data)), &full{left}, examplePlan(500))
		if !errors.Is(err, errFull) {
			t.Errorf("%d bytes: %v", left, err)
		}
	}
}

// TestPatchedSpecimens changes a cell in the workbooks of other programs and adds a column; all else reads as before.
func TestPatchedSpecimens(t *testing.T) {
	files, err := filepath.Glob("testdata/*.xlsx")
	if err != nil || len(files) == 0 {
		t.Fatal("no specimens", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			mustPatchWell(t, data)
			header, last := 8, 70
			if !strings.Contains(file, "official") {
				header = 1
			}
			var status []xlsx.RowText
			for row := header + 1; row <= last; row += 3 {
				status = append(status, xlsx.RowText{Row: row, Text: "Thiếu ngày sinh; dân tộc chưa rõ"})
			}
			plan := xlsx.PatchPlan{LegendName: "Chú giải", Legend: examplePlan(0).Legend, Sheets: map[string]xlsx.SheetPatch{"Sheet1": {
				HeaderRow: header, LastRow: last, Filter: true, Landscape: true,
				Columns: []xlsx.AddedColumn{{Header: "Tình trạng", Width: 18}, {Header: "Còn lỗi", Width: 30, Values: status}},
				Cells: []xlsx.CellPatch{{Row: header + 2, Column: 2, Keep: true, Mark: xlsx.ErrorMark},
					{Row: header + 3, Column: 2, Cell: text("Mùa Thị Dợ"), Mark: xlsx.Changed}, {Row: header + 4, Column: 4, Keep: true, Mark: xlsx.WarningMark}},
			}}}
			copied := patched(t, data, plan)
			compareWithExcelize(t, copied)
			if again := patched(t, copied, plan); !cmp.Equal(grid(t, copied, 0), grid(t, again, 0)) {
				t.Error("the copy of the copy differs")
			}
		})
	}
}
