package xlsx_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lamsach/core/fault"
	"lamsach/paper/cells"
	"lamsach/paper/xlsx"
)

// readWhole reads everything; a refusal is the error.
func readWhole(data []byte) (rows int, err error) {
	book, err := xlsx.Open(bytes.NewReader(data), int64(len(data)), cells.Limits{})
	if err != nil {
		return 0, err
	}
	for _, sheet := range book.Roster().Sheets {
		for _, err := range sheet.Rows {
			if err != nil {
				return rows, err
			}
			rows++
		}
	}
	return rows, nil
}

// mustRefuse demands a refusal with that key.
func mustRefuse(t *testing.T, data []byte, key string, args fault.Args) {
	t.Helper()
	_, err := readWhole(data)
	refusal := (*fault.Error)(nil)
	if !errors.As(err, &refusal) || refusal.Kind != fault.Unreadable || refusal.Key != key {
		t.Fatalf("got %v, want %s", err, key)
	}
	for name, want := range args {
		if refusal.Args[name] != want {
			t.Errorf("%s is %v, want %v", name, refusal.Args[name], want)
		}
	}
}

// mustNotCopy demands that patching refuses too, before anything is written.
func mustNotCopy(t *testing.T, data []byte) {
	t.Helper()
	var out bytes.Buffer
	plan := xlsx.PatchPlan{Sheets: map[string]xlsx.SheetPatch{"Sheet1": {HeaderRow: 1, LastRow: 2, Columns: []xlsx.AddedColumn{{Header: "x"}}}}}
	err := xlsx.Patch(context.Background(), bytes.NewReader(data), int64(len(data)), &out, plan)
	if !fault.Is(err, fault.Unreadable) || out.Len() > 0 {
		t.Errorf("a copy was made: %v, %d bytes", err, out.Len())
	}
}

// TestDamagedSheets: a row that cannot be read refuses the sheet and names the row.
func TestDamagedSheets(t *testing.T) {
	rows := `<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2"><v>5</v></c></row>`
	third := func(row string) string { return sheetXML(rows + row) }
	at3 := fault.Args{"Sheet": "Sheet1", "Row": 3, "Rows": 2}
	type test struct {
		name, sheet, flaw string
		args              fault.Args
	}
	structure := []test{
		{"cut in a tag", third(`<row r="3"><c r="A3"`)[:len(third(`<row r="3"><c r="A3"`))-len(`</sheetData></worksheet>`)], "truncated", at3},
		{"cut between rows", strings.TrimSuffix(third(``), `</sheetData></worksheet>`), "truncated", fault.Args{"Row": 2, "Rows": 2}},
		{"no end of the sheet", strings.TrimSuffix(third(``), `</worksheet>`), "truncated", fault.Args{"Row": 2, "Rows": 2}},
		{"no rows at all", `<worksheet xmlns="x"/>`, "malformed", nil},
		{"rows twice", `<worksheet><sheetData/><sheetData/></worksheet>`, "malformed", nil},
		{"empty part", ``, "truncated", nil},
		{"another root", `<chartsheet/>`, "malformed", nil},
		{"two roots", sheetXML(rows) + `<worksheet/>`, "malformed", nil},
		{"text behind the end", sheetXML(rows) + `x`, "malformed", nil},
		{"tags crossed", third(`<row r="3"><c r="A3"><v>1</c></v></row>`), "malformed", at3},
		{"end tag too many", third(`</row>`), "malformed", nil},
		{"letters between cells", third(`<row r="3">c r="A3"/></row>`), "malformed", at3},
		{"letters between rows", third(`row r="3"/>`), "malformed", nil},
		{"row under another name", third(`<rwo r="3"><c r="A3"><v>1</v></c></rwo>`), "malformed", nil},
		{"cell under another name", third(`<row r="3"><k r="A3"><v>1</v></k></row>`), "malformed", at3},
		{"no quotes", third(`<row r=3></row>`), "malformed", nil},
		{"attributes run together", third(`<row r="3"ht="3"></row>`), "malformed", nil},
		{"tag in an attribute", third(`<row r="3<c"></row>`), "malformed", nil},
		{"tag in a text", third(`<row r="3"><c r="A3" t="inlineStr"><is><t>a<b/></t></is></c></row>`), "malformed", at3},
		{"two values", third(`<row r="3"><c r="A3"><v>1</v><v>2</v></c></row>`), "malformed", at3},
		{"document type", strings.Replace(third(``), `<worksheet`, `<!DOCTYPE x [<!ENTITY a "b">]><worksheet`, 1), "doctype", nil},
		{"document type within", third(`<!DOCTYPE x>`), "doctype", nil},
		{"UTF-16", "\xff\xfe<\x00w\x00", "utf16", nil},
		{"UTF-16 without a mark", "<\x00w\x00", "utf16", nil},
		{"another encoding", strings.Replace(third(``), "UTF-8", "windows-1258", 1), "utf16", nil},
		{"style that is not there", third(`<row r="3"><c r="A3" s="5"><v>1</v></c></row>`), "reference", at3},
		{"style −1", third(`<row r="3"><c r="A3" s="-1"/></row>`), "reference", at3},
		{"row twice", third(`<row r="2"/>`), "order", nil},
		{"rows out of order", third(`<row r="1"/>`), "order", nil},
		{"row 0", sheetXML(`<row r="0"/>`), "order", nil},
		{"row −1", sheetXML(`<row r="-1"/>`), "order", nil},
		{"row beyond the last", third(`<row r="2000000000"/>`), "order", nil},
		{"row that is no number", third(`<row r="3a"/>`), "order", nil},
		{"cell of another row", third(`<row r="3"><c r="A4"><v>1</v></c></row>`), "order", at3},
		{"cell twice", third(`<row r="3"><c r="A3"><v>1</v></c><c r="A3"><v>2</v></c></row>`), "order", at3},
		{"cells out of order", third(`<row r="3"><c r="B3"><v>1</v></c><c r="A3"><v>2</v></c></row>`), "order", at3},
		{"column beyond XFD", third(`<row r="3"><c r="XFE3"><v>1</v></c></row>`), "order", at3},
		{"no column", third(`<row r="3"><c r="3"><v>1</v></c></row>`), "order", at3},
		{"small letters", third(`<row r="3"><c r="a3"><v>1</v></c></row>`), "order", at3},
		{"200,000 tags deep", third(`<row r="3">` + strings.Repeat(`<extLst>`, 200_000)), "malformed", at3},
		{"a tag without end", third(`<row r="3" x="` + strings.Repeat("y", 2<<20)), "long", nil},
		{"a cell of 5,000,000 letters", third(`<row r="3"><c r="A3" t="inlineStr"><is><t>` + strings.Repeat("y", 5_000_000) + `</t></is></c></row>`), "long", at3},
	}
	values := []test{ // a copy leaves a value that does not change as it is
		{"ampersand alone", third(`<row r="3"><c r="A3" t="inlineStr"><is><t>a & b</t></is></c></row>`), "malformed", at3},
		{"unknown entity", third(`<row r="3"><c r="A3" t="inlineStr"><is><t>&xxe;</t></is></c></row>`), "malformed", at3},
		{"unknown kind of cell", third(`<row r="3"><c r="A3" t="z"><v>1</v></c></row>`), "malformed", at3},
		{"invalid UTF-8", third("<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>M\xd9a</t></is></c></row>"), "letters", at3},
		{"invalid UTF-8 in a formula's text", third("<row r=\"3\"><c r=\"A3\" t=\"str\"><f>B1</f><v>M\xd9a</v></c></row>"), "letters", at3},
		{"control character", third("<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>a\x01b</t></is></c></row>"), "letters", at3},
		{"NUL", third("<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>a\x00b</t></is></c></row>"), "letters", at3},
		{"shared text with a broken letter", third(`<row r="3"><c r="A3" t="s"><v>1</v></c></row>`), "letters", at3},
		{"text that is not there", third(`<row r="3"><c r="A3" t="s"><v>99999999</v></c></row>`), "reference", at3},
		{"text −1", third(`<row r="3"><c r="A3" t="s"><v>-1</v></c></row>`), "reference", at3},
		{"text x", third(`<row r="3"><c r="A3" t="s"><v>x</v></c></row>`), "reference", at3},
		{"no number", third(`<row r="3"><c r="A3"><v>abc</v></c></row>`), "number", at3},
		{"infinite", third(`<row r="3"><c r="A3"><v>1E999</v></c></row>`), "number", at3},
		{"hexadecimal", third(`<row r="3"><c r="A3"><v>0x10</v></c></row>`), "number", at3},
	}
	shared := strings.Replace(sharedXML("một", "?"), "?", "x\xff", 1)
	for i, test := range append(structure, values...) {
		t.Run(test.name, func(t *testing.T) {
			data := packParts(t, madeParts(test.sheet, shared))
			mustRefuse(t, data, "file.sheet."+test.flaw, test.args)
			if i < len(structure) {
				mustNotCopy(t, data)
			}
		})
	}
}

// TestDamagedParts: the parts round the sheets.
func TestDamagedParts(t *testing.T) {
	sheet := sheetXML(`<row r="1"><c r="A1" t="s"><v>0</v></c></row>`)
	shared := sharedXML("một")
	change := func(name, text string) []partText {
		parts := madeParts(sheet, shared)
		for i := range parts {
			if parts[i].name == name {
				parts[i].text = text
			}
		}
		return parts
	}
	without := func(name string) []partText {
		var kept []partText
		for _, p := range madeParts(sheet, shared) {
			if p.name != name {
				kept = append(kept, p)
			}
		}
		return kept
	}
	tests := []struct {
		name  string
		parts []partText
		key   string
	}{
		{"no shared texts", without("xl/sharedStrings.xml"), "file.part.malformed"},
		{"no styles", without("xl/styles.xml"), "file.part.malformed"},
		{"no sheet", without("xl/worksheets/sheet1.xml"), "file.sheet.malformed"},
		{"no workbook", without("xl/workbook.xml"), "file.part.malformed"},
		{"no relationships", without("xl/_rels/workbook.xml.rels"), "file.part.malformed"},
		{"no root relationships", without("_rels/.rels"), "file.not_workbook"},
		{"shared texts cut", change("xl/sharedStrings.xml", shared[:len(shared)-9]), "file.part.truncated"},
		{"shared texts without items", change("xl/sharedStrings.xml", `<sst/>`), "file.sheet.reference"},
		{"shared texts are something else", change("xl/sharedStrings.xml", `<html/>`), "file.part.malformed"},
		{"styles cut", change("xl/styles.xml", madeStyles[:400]), "file.part.truncated"},
		{"workbook cut", change("xl/workbook.xml", madeBook[:len(madeBook)-12]), "file.part.truncated"},
		{"workbook with an entity", change("xl/workbook.xml", `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>`+madeBook[55:]), "file.part.doctype"},
		{"laughs", change("xl/sharedStrings.xml", `<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><sst><si><t>&c;</t></si></sst>`), "file.part.doctype"},
		{"a document", change("xl/workbook.xml", `<document/>`), "file.not_workbook"},
		{"no sheets", change("xl/workbook.xml", `<workbook/>`), "file.no_sheet"},
		{"a sheet twice", change("xl/workbook.xml", strings.Replace(madeBook, `</sheets>`, `<sheet name="SHEET1" sheetId="2" r:id="rId1"/></sheets>`, 1)), "file.part.malformed"},
		{"a sheet of nowhere", change("xl/workbook.xml", strings.Replace(madeBook, `r:id="rId1"`, `r:id="rId9"`, 1)), "file.part.malformed"},
		{"a part twice", append(madeParts(sheet, shared), partText{"XL/Workbook.xml", madeBook}), "file.part.damaged"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { mustRefuse(t, packParts(t, test.parts), test.key, nil) })
	}
}

// TestFlippedBits changes every byte of the packed sheet, one at a time: either the rows are the same, or the file is refused.
func TestFlippedBits(t *testing.T) {
	data := madeList(t, 40, sharedTexts)
	whole, err := readWhole(data)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(data); i += 11 {
		broken := bytes.Clone(data)
		broken[i] ^= 1 << (i % 8)
		rows, err := readWhole(broken)
		refusal := (*fault.Error)(nil)
		if err != nil && !errors.As(err, &refusal) {
			t.Fatalf("byte %d: %v is no refusal", i, err)
		}
		if err == nil && rows != whole {
			t.Fatalf("byte %d: %d rows of %d without an error", i, rows, whole)
		}
	}
}

// TestCutFiles cuts a file at many places: it is always refused, and says how many rows arrived.
func TestCutFiles(t *testing.T) {
	files, err := filepath.Glob("testdata/*.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	sources := map[string][]byte{"made": madeList(t, 2000, inlineTexts)}
	for _, file := range files {
		if sources[file], err = os.ReadFile(file); err != nil {
			t.Fatal(err)
		}
	}
	for name, data := range sources {
		last := -1
		for percent := 1; percent < 100; percent += 7 {
			_, err := readWhole(data[:len(data)*percent/100])
			refusal := (*fault.Error)(nil)
			if !errors.As(err, &refusal) || refusal.Key != "file.truncated" {
				t.Fatalf("%s at %d %%: %v", name, percent, err)
			}
			rows := refusal.Args["Rows"].(int)
			if rows < last {
				t.Errorf("%s at %d %%: %d rows, before %d", name, percent, rows, last)
			}
			last = rows
		}
		if name == "made" && last < 1500 {
			t.Errorf("%d rows counted of nearly 2,000", last)
		}
	}
}

// TestLyingSizes packs a sheet whose directory entry declares another size.
func TestLyingSizes(t *testing.T) {
	data := madeList(t, 100, sharedTexts)
	at := bytes.LastIndex(data, []byte("xl/worksheets/sheet1.xml")) - 46 // its entry in the directory
	for _, declared := range []uint32{0, 100, 1 << 20} {
		broken := bytes.Clone(data)
		binary.LittleEndian.PutUint32(broken[at+24:], declared)
		mustRefuse(t, broken, "file.sheet.damaged", nil)
	}
	broken := bytes.Clone(data)
	binary.LittleEndian.PutUint32(broken[at+24:], 0xFFFFFFF0)
	mustRefuse(t, broken, "file.part.too_large", nil)
	broken = bytes.Clone(data)
	binary.LittleEndian.PutUint16(broken[at+8:], 1)
	mustRefuse(t, broken, "file.format.password", nil)
}

// TestNoZip: what is no package at all.
func TestNoZip(t *testing.T) {
	for _, data := range []string{"", "x", "PK", "<html>", strings.Repeat("a", 5000)} {
		mustRefuse(t, []byte(data), "file.not_workbook", nil)
	}
}

// failing is a disk that fails behind its first bytes.
type failing struct {
	data []byte
	good int64
}

var errDisk = errors.New("disk")

func (f failing) ReadAt(p []byte, off int64) (int, error) {
	if off < f.good && off+int64(len(p)) > f.good {
		return 0, errDisk
	}
	return bytes.NewReader(f.data).ReadAt(p, off)
}

// TestTroubleOfTheDiskIsNoFlawOfTheFile: an officer is not told that his file is damaged when ours is.
func TestTroubleOfTheDiskIsNoFlawOfTheFile(t *testing.T) {
	data := madeList(t, 3000, inlineTexts)
	book, err := xlsx.Open(failing{data, 30_000}, int64(len(data)), cells.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for _, err = range book.Roster().Sheets[0].Rows {
	}
	if !errors.Is(err, errDisk) || fault.Is(err, fault.Unreadable) {
		t.Errorf("got %v", err)
	}
}

// zeros gives n blanks, packed a thousandfold.
func blanks(n int) string { return strings.Repeat(" ", n) }

// TestBombs: what unpacks, or counts, to more than a list needs is refused early and in little memory.
func TestBombs(t *testing.T) {
	cells := func(rows, columns int) string {
		var b strings.Builder
		for r := 1; r <= rows; r++ {
			fmt.Fprintf(&b, `<row r="%d">%s</row>`, r, strings.Repeat(`<c/>`, columns-1)+`<c><v>1</v></c>`)
		}
		return sheetXML(b.String())
	}
	many := madeParts(sheetXML(``), sharedXML())
	for i := range 600 {
		many = append(many, partText{fmt.Sprintf("xl/media/%d", i), ""})
	}
	crowd := madeParts(sheetXML(``), sharedXML())
	for i := range 60_000 {
		crowd = append(crowd, partText{fmt.Sprintf("x/%d", i), ""})
	}
	tests := []struct {
		name  string
		parts []partText
		key   string
	}{
		{"blanks before the rows", madeParts(strings.Replace(sheetXML(``), `<sheetData>`, blanks(210<<20)+`<sheetData>`, 1), sharedXML()), "file.part.too_large"},
		{"in an unused part", append(madeParts(sheetXML(``), sharedXML()), partText{"xl/media/image1.png", blanks(210 << 20)}), "file.part.too_large"},
		{"shared texts", madeParts(sheetXML(``), `<sst>`+strings.Repeat(`<si><t>`+strings.Repeat("y", 4000)+`</t></si>`, 20_000)+`</sst>`), "file.part.too_large"},
		{"empty shared texts", madeParts(sheetXML(``), `<sst>`+strings.Repeat(`<si/>`, 5_000_001)+`</sst>`), "file.part.too_many_cells"},
		{"rows", madeParts(cells(200_001, 1), sharedXML()), "file.sheet.too_many_rows"},
		{"cells", madeParts(cells(400, 16_000), sharedXML()), "file.sheet.too_many_cells"},
		{"600 parts", many, "file.too_many_parts"},
		{"60,000 parts", crowd, "file.too_many_parts"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			data := packParts(t, test.parts)
			if _, err := readWhole(data); !hasKey(err, test.key) {
				t.Errorf("got %v, want %s", err, test.key)
			}
		})
	}
	t.Run("a million empty rows are no list", func(t *testing.T) {
		var b strings.Builder
		for r := 1; r <= 1_048_576; r++ {
			fmt.Fprintf(&b, `<row r="%d"/>`, r)
		}
		if rows, err := readWhole(packParts(t, madeParts(sheetXML(b.String()), sharedXML()))); err != nil || rows != 0 {
			t.Errorf("%d rows, %v", rows, err)
		}
	})
}

func hasKey(err error, key string) bool {
	refusal := (*fault.Error)(nil)
	return errors.As(err, &refusal) && refusal.Key == key
}

// TestLyingBomb declares 100 bytes and inflates to a gigabyte.
func TestLyingBomb(t *testing.T) {
	data := packParts(t, madeParts(strings.Replace(sheetXML(``), `<sheetData>`, blanks(1<<20)+`<sheetData>`, 1), sharedXML()))
	at := bytes.LastIndex(data, []byte("xl/worksheets/sheet1.xml")) - 46
	binary.LittleEndian.PutUint32(data[at+24:], 100)
	mustRefuse(t, data, "file.sheet.damaged", nil)
}

// TestMerges reads 200,000 merged blocks and 60,000 styles without complaint.
func TestManyMergesAndStyles(t *testing.T) {
	sheet := strings.Replace(sheetXML(`<row r="1"><c r="A1" s="60000"><v>1</v></c></row>`), `</sheetData>`,
		`</sheetData><mergeCells>`+strings.Repeat(`<mergeCell ref="A1:B2"/>`, 200_000)+`</mergeCells>`, 1)
	parts := madeParts(sheet, sharedXML())
	for i := range parts {
		if parts[i].name == "xl/styles.xml" {
			parts[i].text = strings.Replace(parts[i].text, `</cellXfs>`, strings.Repeat(`<xf numFmtId="0" fontId="0"/>`, 60_000)+`</cellXfs>`, 1)
		}
	}
	if rows, err := readWhole(packParts(t, parts)); err != nil || rows != 1 {
		t.Errorf("%d rows, %v", rows, err)
	}
}

// TestWrongChecksums: what is read to its end in the quick way is held to its checksum too.
func TestWrongChecksums(t *testing.T) {
	for _, rows := range []int{100, 20_000} { // inflated as they are read, and beside their reader
		data := madeList(t, rows, sharedTexts)
		for part, key := range map[string]string{"xl/worksheets/sheet1.xml": "file.sheet.damaged", "xl/sharedStrings.xml": "file.part.damaged"} {
			broken := bytes.Clone(data)
			broken[bytes.LastIndex(data, []byte(part))-46+16]++ // of its entry in the directory
			mustRefuse(t, broken, key, nil)
		}
	}
}
