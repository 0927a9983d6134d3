package xlsx_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"lamsach/core/fault"
	"lamsach/core/roster"
	"lamsach/paper/cells"
	"lamsach/paper/xlsx"
)

// sampleSheets are sheets from which fuzzing begins.
func sampleSheets() []string {
	return []string{
		sheetXML(`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="2"><v>42499.5</v></c></row><row r="2" spans="1:2"><c r="A2" t="inlineStr"><is><t>Mùa</t></is></c></row>`),
		sheetXML(`<row><c><v>1</v></c><c t="str"><f t="shared" ref="B1:B2" si="0">A1</f><v>x &amp; y</v></c></row><row><c/><c><f t="shared" si="0"/><v>7</v></c></row>`),
		prefixed(sheetXML(`<row r="3" hidden="1"><c r="C3" t="b"><v>1</v></c></row>`)),
		`<worksheet><sheetPr filterMode="1"><pageSetUpPr/></sheetPr><dimension ref="A1"/><cols><col min="1" max="16384" width="9"/></cols><sheetData><row r="1"/></sheetData>` +
			`<autoFilter ref="A1:B2"><filterColumn colId="0"/></autoFilter><mergeCells><mergeCell ref="A1:B1"/></mergeCells><pageSetup orientation="portrait" r:id="rId1"/></worksheet>`,
		sheetXML(`<row r="1"><c r="A1"><!-- > --><v><![CDATA[5]]></v></c><extLst><ext/></extLst></row>`),
	}
}

// mustReadOrRefuse reads a file: no panic, no other error than a refusal, rows in order, texts that are texts.
func mustReadOrRefuse(t *testing.T, data []byte) bool {
	t.Helper()
	book, err := xlsx.Open(bytes.NewReader(data), int64(len(data)), cells.Limits{Unpacked: 8 << 20})
	if err != nil {
		mustBeRefusal(t, err)
		return false
	}
	for _, sheet := range book.Roster().Sheets {
		last := 0
		for row, err := range sheet.Rows {
			if err != nil {
				mustBeRefusal(t, err)
				return false
			}
			if row.Number <= last || len(row.Cells) == 0 || len(row.Cells) > 200 {
				t.Errorf("row %d after %d, %d cells", row.Number, last, len(row.Cells))
			}
			last = row.Number
			for _, cell := range row.Cells {
				if !utf8.ValidString(cell.Text) || utf8.RuneCountInString(cell.Text) > 4096 {
					t.Errorf("a text that is none: %q", cell.Text)
				}
			}
		}
	}
	return true
}

func mustBeRefusal(t *testing.T, err error) {
	t.Helper()
	refusal := (*fault.Error)(nil)
	if !errors.As(err, &refusal) || refusal.Kind != fault.Unreadable {
		t.Errorf("%v is no refusal", err)
	}
}

func FuzzSheet(f *testing.F) {
	for _, sheet := range sampleSheets() {
		f.Add(sheet)
	}
	f.Fuzz(func(t *testing.T, sheet string) {
		mustReadOrRefuse(t, packParts(t, madeParts(sheet, sharedXML("một", "hai"))))
	})
}

func FuzzShared(f *testing.F) {
	f.Add(sharedXML("một", "a & b"))
	f.Add(`<sst uniqueCount="9"><si><r><rPr><rFont val=".VnTime"/></rPr><t>a</t></r><rPh><t>b</t></rPh></si><si><t xml:space="preserve"> _x000D_ </t></si><si/></sst>`)
	sheet := sheetXML(`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>`)
	f.Fuzz(func(t *testing.T, shared string) { mustReadOrRefuse(t, packParts(t, madeParts(sheet, shared))) })
}

func FuzzStyles(f *testing.F) {
	f.Add(madeStyles)
	f.Add(`<x:styleSheet xmlns:x="a"><x:fonts><x:font><x:name val="VNI-Times"/></x:font></x:fonts><x:cellXfs><x:xf fontId="0"/></x:cellXfs></x:styleSheet>`)
	parts := madeParts(sheetXML(`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>42499</v></c></row>`), sharedXML("một"))
	f.Fuzz(func(t *testing.T, styles string) {
		for i := range parts {
			if parts[i].name == "xl/styles.xml" {
				parts[i].text = styles
			}
		}
		data := packParts(t, parts)
		if mustReadOrRefuse(t, data) {
			mustPatchWell(t, data)
		}
	})
}

func FuzzOpen(f *testing.F) {
	files, err := filepath.Glob("testdata/*.xlsx")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add(madeList(f, 3, inlineTexts))
	f.Fuzz(func(t *testing.T, data []byte) { mustReadOrRefuse(t, data) })
}

func FuzzPatch(f *testing.F) {
	for _, sheet := range sampleSheets() {
		f.Add(sheet)
	}
	f.Fuzz(func(t *testing.T, sheet string) {
		data := packParts(t, madeParts(sheet, sharedXML("một", "hai")))
		if mustReadOrRefuse(t, data) {
			mustPatchWell(t, data)
		}
	})
}

// FuzzOutline: an outline comes from the child that reads strangers' files; whatever it says, the copy is made or refused.
func FuzzOutline(f *testing.F) {
	data := madeList(f, 5, inlineTexts)
	plan := examplePlan(5)
	f.Add(outlined(f, data, plan).Sheets["Sheet1"].Outline)
	odd := packParts(f, madeParts(oddSheet, sharedXML("một", "hai")))
	oddPlan := xlsx.PatchPlan{Sheets: map[string]xlsx.SheetPatch{"Sheet1": {HeaderRow: 4, LastRow: 9, Filter: true, Columns: plan.Sheets["Sheet1"].Columns}}}
	f.Add(outlined(f, odd, oddPlan).Sheets["Sheet1"].Outline)
	f.Fuzz(func(t *testing.T, outline []byte) {
		for _, try := range []struct {
			data []byte
			plan xlsx.PatchPlan
		}{{data, plan}, {odd, oddPlan}} {
			patch := try.plan.Sheets["Sheet1"]
			patch.Outline = outline
			plan := try.plan
			plan.Sheets = map[string]xlsx.SheetPatch{"Sheet1": patch}
			var out bytes.Buffer
			if xlsx.Patch(t.Context(), bytes.NewReader(try.data), int64(len(try.data)), &out, plan) == nil {
				openBytes(t, out.Bytes())
			}
		}
	})
}

// mustPatchWell changes some cells: they read as they were written, all others as before, and the added columns are there once.
func mustPatchWell(t *testing.T, data []byte) {
	t.Helper()
	name := openBytes(t, data).Roster().Sheets[0].Name
	patch := xlsx.SheetPatch{
		HeaderRow: 1, LastRow: 3, Filter: true, Landscape: true,
		Cells: []xlsx.CellPatch{
			{Row: 1, Column: 0, Keep: true, Mark: xlsx.ErrorMark}, {Row: 2, Column: 1, Cell: text("=1+1 _x0041_ \x07&"), Mark: xlsx.Changed},
			{Row: 2, Column: 3, Cell: roster.Cell{Text: "2016-05-09", Kind: roster.Date}}, {Row: 5, Column: 0, Mark: xlsx.InfoMark},
		},
		Columns: []xlsx.AddedColumn{{Header: "¤ một", Width: 9, Values: []xlsx.RowText{{3, "b"}, {2, "a"}}}, {Header: "¤ hai", Mark: xlsx.WarningMark}},
	}
	var out bytes.Buffer
	plan := xlsx.PatchPlan{Sheets: map[string]xlsx.SheetPatch{name: patch}, LegendName: "Chú giải", Legend: []xlsx.LegendLine{{Text: "x"}}}
	err := xlsx.Patch(context.Background(), bytes.NewReader(data), int64(len(data)), &out, plan)
	if err != nil {
		if !fault.Is(err, fault.Unreadable) || out.Len() > 0 {
			t.Fatalf("Patch: %v, %d bytes", err, out.Len())
		}
		return
	}
	if diff := cmp.Diff(partsOf(t, out.Bytes()), partsOf(t, patched(t, data, outlined(t, data, plan)))); diff != "" {
		t.Fatalf("read anew → with the outline: %s", diff)
	}
	before, after := grid(t, data, 0), grid(t, out.Bytes(), 0)
	first := -1
	for at, cell := range after {
		if at[0] == 1 && cell.Text == "¤ một" && (first < 0 || at[1] < first) {
			first = at[1]
		}
	}
	if first < 0 {
		for at := range before {
			if at[1] > 190 {
				return // our columns lie beyond what is read
			}
		}
		t.Fatal("no added column")
	}
	if diff := cmp.Diff(applied(before, patch, first), after); diff != "" {
		t.Errorf("before → after: %s", diff)
	}
}
