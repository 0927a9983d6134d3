package xlsx_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lamsach/core/fault"
	"lamsach/paper/cells"
	"lamsach/paper/xlsx"
)

// outlined gives a plan the outlines that reading the workbook told.
func outlined(t testing.TB, data []byte, plan xlsx.PatchPlan) xlsx.PatchPlan {
	t.Helper()
	book, err := xlsx.Open(bytes.NewReader(data), int64(len(data)), cells.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	plan.Sheets = maps.Clone(plan.Sheets)
	for _, sheet := range book.Roster().Sheets {
		for _, err := range sheet.Rows {
			if err != nil {
				t.Fatal(err)
			}
		}
		if patch, planned := plan.Sheets[sheet.Name]; planned {
			if patch.Outline = sheet.Outline(); patch.Outline == nil {
				t.Fatalf("no outline of %q", sheet.Name)
			}
			plan.Sheets[sheet.Name] = patch
		}
	}
	return plan
}

// TestPatchWithOutline: what was told by reading makes the same copy as reading again, of the workbooks of all programs and of made ones
// with everything in odd places.
func TestPatchWithOutline(t *testing.T) {
	files, err := filepath.Glob("testdata/*.xlsx")
	if err != nil || len(files) == 0 {
		t.Fatal("no specimens", err)
	}
	books := map[string][]byte{
		"inline": madeList(t, 300, inlineTexts), "shared": madeList(t, 300, sharedTexts), "wide title and foot": packParts(t, madeParts(oddSheet, sharedXML("một", "Tình trạng"))),
	}
	for _, file := range files {
		if books[filepath.Base(file)], err = os.ReadFile(file); err != nil {
			t.Fatal(err)
		}
	}
	random := rand.New(rand.NewPCG(3, 9))
	for name, data := range books {
		t.Run(name, func(t *testing.T) {
			for range 20 {
				plan := anyPlan(t, data, random)
				if diff := cmp.Diff(partsOf(t, patched(t, data, plan)), partsOf(t, patched(t, data, outlined(t, data, plan)))); diff != "" {
					t.Fatalf("%+v: %s", plan, diff)
				}
			}
		})
	}
}

// oddSheet has a title and a foot that reach further right than the table, merged blocks, a filter, formulas, rows that are not there, and
// a dimension that lies.
const oddSheet = `<worksheet xmlns="m"><dimension ref="A1"/><sheetData><row r="1"><c r="B1" t="s"><v>0</v></c><c r="M1" t="s"><v>0</v></c></row>` +
	`<row r="4"><c r="A4" t="s"><v>0</v></c><c r="B4" t="s"><v>1</v></c><c r="C4" t="inlineStr"><is><t>hai</t></is></c></row>` +
	`<row r="6"><c r="A6"><f>1+1</f><v>2</v></c><c r="D6"><f>""</f><v></v></c></row><row r="7"><c r="A7"><v>3</v></c><c r="F7"/></row><row r="9" ht="9"/>` +
	`<row r="12"><c r="A12"><v>3</v></c></row><row r="14"><c r="M14" t="s"><v>0</v></c></row></sheetData><autoFilter ref="A4:D9"><filterColumn colId="0"/></autoFilter>` +
	`<mergeCells count="3"><mergeCell ref="A6:G6"/><mergeCell ref="A1:N1"/><mergeCell ref="A7:A9"/></mergeCells></worksheet>`

// anyPlan makes a plan for all sheets of a workbook, with what may change anywhere.
func anyPlan(t *testing.T, data []byte, random *rand.Rand) xlsx.PatchPlan {
	t.Helper()
	plan := xlsx.PatchPlan{Sheets: map[string]xlsx.SheetPatch{}}
	for _, sheet := range openBytes(t, data).Roster().Sheets {
		last := 0
		for row, err := range sheet.Rows {
			if err != nil {
				t.Fatal(err)
			}
			last = row.Number
		}
		patch := xlsx.SheetPatch{HeaderRow: random.IntN(last + 2), Filter: random.IntN(2) > 0, Landscape: random.IntN(2) > 0}
		patch.LastRow = patch.HeaderRow + random.IntN(last+2)
		for row := 1 + random.IntN(3); row < last+2; row += 1 + random.IntN(5) {
			column := random.IntN(8)
			patch.Cells = append(patch.Cells,
				xlsx.CellPatch{Row: row, Column: column, Cell: text("x"), Keep: random.IntN(2) > 0, Mark: xlsx.ErrorMark},
				xlsx.CellPatch{Row: row, Column: column + 1 + random.IntN(3), Keep: true, Mark: xlsx.InfoMark})
		}
		for _, header := range []string{"Tình trạng", "hai"} {
			added := xlsx.AddedColumn{Header: header, Width: 20}
			for row := 1 + random.IntN(9); row < last+2; row += 1 + random.IntN(9) {
				added.Values = append(added.Values, xlsx.RowText{Row: row, Text: "y"})
			}
			patch.Columns = append(patch.Columns, added)
		}
		plan.Sheets[sheet.Name] = patch
	}
	return plan
}

// TestOutlineOfAnotherSheet: an outline that does not belong to the sheet, or is none, is left alone.
func TestOutlineOfAnotherSheet(t *testing.T) {
	data, other := madeList(t, 40, sharedTexts), madeList(t, 50, sharedTexts)
	plan := examplePlan(40)
	want := partsOf(t, patched(t, data, plan))
	strange := outlined(t, other, plan).Sheets["Sheet1"].Outline
	own := string(outlined(t, data, plan).Sheets["Sheet1"].Outline)
	for name, outline := range map[string]string{
		"of another sheet": string(strange), "cut": own[:len(own)/2], "no outline": "x",
		"columns that are none": strings.Replace(own, `"column":`, `"column":-`, 1), "too far right": strings.Replace(own, `"column":`, `"column":99999`, 1),
	} {
		patch := plan.Sheets["Sheet1"]
		patch.Outline = []byte(outline)
		strange := plan
		strange.Sheets = map[string]xlsx.SheetPatch{"Sheet1": patch}
		if diff := cmp.Diff(want, partsOf(t, patched(t, data, strange))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestNoOutline: a sheet that is not read to its end has none, and neither has one with more merged blocks than are worth keeping.
func TestNoOutline(t *testing.T) {
	sheet := openBytes(t, madeList(t, 40, sharedTexts)).Roster().Sheets[0]
	for range sheet.Rows {
		break
	}
	if sheet.Outline() != nil {
		t.Error("of a sheet that was not read to its end")
	}
	var merges strings.Builder
	for row := range 2_000 {
		fmt.Fprintf(&merges, `<mergeCell ref="B%d:C%d"/>`, row+1, row+1)
	}
	crowded := between("", `<row r="1"><c r="A1" t="s"><v>0</v></c></row>`, `<mergeCells>`+merges.String()+`</mergeCells>`)
	sheet = openBytes(t, packParts(t, madeParts(crowded, sharedXML("một")))).Roster().Sheets[0]
	for _, err := range sheet.Rows {
		if err != nil {
			t.Fatal(err)
		}
	}
	if sheet.Outline() != nil {
		t.Error("of a sheet of 2,000 merged blocks")
	}
}

// TestPatchTellsDamageOnTheWay: a sheet with an outline is not read before the copy begins; what is wrong with it is told all the same.
func TestPatchTellsDamageOnTheWay(t *testing.T) {
	data := madeList(t, 3_000, inlineTexts)
	plan := outlined(t, data, examplePlan(3_000))
	broken := bytes.Clone(data)
	broken[len(broken)/2] ^= 0x55
	var out bytes.Buffer
	err := xlsx.Patch(context.Background(), bytes.NewReader(broken), int64(len(broken)), &out, plan)
	var said *fault.Error
	if !errors.As(err, &said) || said.Kind != fault.Unreadable {
		t.Errorf("error %v", err)
	}
}
