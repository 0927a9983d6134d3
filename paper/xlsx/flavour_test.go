package xlsx_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"lamsach/core/roster"
)

// firstRow reads the first row of a sheet made of these rows.
func firstRow(t *testing.T, rows, shared string) []roster.Cell {
	t.Helper()
	book := openBytes(t, packParts(t, madeParts(sheetXML(rows), shared)))
	for row, err := range book.Roster().Sheets[0].Rows {
		if err != nil {
			t.Fatal(err)
		}
		return append([]roster.Cell(nil), row.Cells...)
	}
	return nil
}

func TestCells(t *testing.T) {
	shared := sharedXML("một", " hai ", "", "a_x000D_b") // 0 … 3
	rich := strings.Replace(shared, "</sst>", `<si><r><rPr><b/><rFont val=".VnTime"/></rPr><t>Lß</t></r><r><t xml:space="preserve"> V¨n</t></r><rPh sb="0" eb="1"><t>ruby</t></rPh><phoneticPr fontId="1"/></si>`+
		`<si><t/></si><si/><si><t><![CDATA[<b> & c]]></t></si></sst>`, 1)
	word := func(s string) roster.Cell { return roster.Cell{Text: s, Kind: roster.Text} }
	amount := func(s string) roster.Cell { return roster.Cell{Text: s, Kind: roster.Number} }
	day := func(s string) roster.Cell { return roster.Cell{Text: s, Kind: roster.Date} }
	tests := []struct {
		name, cell string
		want       roster.Cell
	}{
		{"shared", `<c r="A1" t="s"><v>0</v></c>`, word("một")},
		{"blanks stay", `<c r="A1" t="s"><v>1</v></c>`, word(" hai ")},
		{"escaped carriage return", `<c r="A1" t="s"><v>3</v></c>`, word("a\rb")},
		{"rich text, old font, phonetic guide", `<c r="A1" t="s"><v>4</v></c>`, roster.Cell{Text: "Lß V¨n", Kind: roster.Text, Legacy: roster.TCVN3}},
		{"CDATA", `<c r="A1" t="s"><v>7</v></c>`, word("<b> & c")},
		{"font of the cell", `<c r="A1" s="4" t="s"><v>0</v></c>`, roster.Cell{Text: "một", Kind: roster.Text, Legacy: roster.TCVN3}},
		{"inline", `<c r="A1" t="inlineStr"><is><t>Mùa &amp; Thị&#10;Dợ</t></is></c>`, word("Mùa & Thị\nDợ")},
		{"inline, blanks kept", `<c r="A1" t="inlineStr"><is><t xml:space="preserve"> x </t></is></c>`, word(" x ")},
		{"inline, runs", `<c r="A1" t="inlineStr"><is><r><t>Mùa</t></r><r><rPr><rFont val="VNI-Times"/></rPr><t> Thò</t></r></is></c>`, roster.Cell{Text: "Mùa Thò", Kind: roster.Text, Legacy: roster.VNI}},
		{"escape that is none", `<c r="A1" t="inlineStr"><is><t>_x00_ _x005F_x000D_</t></is></c>`, word("_x00_ _x000D_")},
		{"prefix", `<x:c r="A1" t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c>`, word("a")},
		{"number", `<c r="A1"><v>14316001234</v></c>`, amount("14316001234")},
		{"t=n", `<c r="A1" t="n"><v>12</v></c>`, amount("12")},
		{"exponent", `<c r="A1"><v>1.4316001234E10</v></c>`, amount("14316001234")},
		{"twelve digits by exponent", `<c r="A1"><v>2.14316001234E+11</v></c>`, amount("214316001234")},
		{"seventeen digits", `<c r="A1"><v>0.10000000000000001</v></c>`, amount("0.1")},
		{"minus", `<c r="A1"><v>-0.50</v></c>`, amount("-0.5")},
		{"minus zero", `<c r="A1"><v>-0</v></c>`, amount("0")},
		{"leading zeros of a number", `<c r="A1"><v>007</v></c>`, amount("7")},
		{"large", `<c r="A1"><v>1E+20</v></c>`, amount("100000000000000000000")},
		{"blanks round a number", "<c r=\"A1\"><v>\n 5 \n</v></c>", amount("5")},
		{"day", `<c r="A1" s="2"><v>42499</v></c>`, day("2016-05-09")},
		{"day and time", `<c r="A1" s="2"><v>42499.75</v></c>`, day("2016-05-09T18:00:00")},
		{"last second rounds up", `<c r="A1" s="2"><v>42498.9999999</v></c>`, day("2016-05-09")},
		{"the day that never was", `<c r="A1" s="2"><v>60</v></c>`, amount("60")},
		{"no day", `<c r="A1" s="2"><v>-4</v></c>`, amount("-4")},
		{"number too large for a day", `<c r="A1" s="2"><v>14316001234</v></c>`, amount("14316001234")},
		{"text in a date style", `<c r="A1" s="2" t="s"><v>0</v></c>`, word("một")},
		{"t=d", `<c r="A1" t="d"><v>2016-05-09T00:00:00Z</v></c>`, day("2016-05-09")},
		{"t=d with a time", `<c r="A1" t="d"><v>2016-05-09T07:30:00</v></c>`, day("2016-05-09T07:30:00")},
		{"bool", `<c r="A1" t="b"><v>1</v></c>`, roster.Cell{Text: "1", Kind: roster.Bool}},
		{"error", `<c r="A1" t="e"><v>#REF!</v></c>`, roster.Cell{Text: "#REF!", Kind: roster.Fault}},
		{"formula", `<c r="A1"><f>1+1</f><v>2</v></c>`, amount("2")},
		{"formula of text", `<c r="A1" t="str"><f>A2&amp;"&lt;"</f><v>a &lt; b</v></c>`, word("a < b")},
		{"formula without a value", `<c r="A1"><f>SUM(B1:B9)</f></c>`, roster.Cell{Kind: roster.Uncomputed}},
		{"formula with an empty value, as openpyxl writes", `<c r="A1"><f>SUM(B1:B9)</f><v></v></c>`, roster.Cell{Kind: roster.Uncomputed}},
		{"formula with v closed in itself", `<c r="A1"><f>SUM(B1:B9)</f><v/></c>`, roster.Cell{Kind: roster.Uncomputed}},
		{"order of attributes", `<c t="s" s="1" r="A1"><v>0</v></c>`, word("một")},
		{"single quotes and space", `<c  r='A1'	t = 's' ><v>0</v ></c >`, word("một")},
		{"no reference", `<c t="s"><v>0</v></c>`, word("một")},
		{"comment within", `<c r="A1"><!-- x --><v>5<!-- > --></v></c>`, amount("5")},
		{"greater-than in an attribute", `<c r="A1" x="a>b"><v>5</v></c>`, amount("5")},
		{"extension", `<c r="A1"><v>5</v><extLst><ext uri="u"><v>9</v></ext></extLst></c>`, amount("5")},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			// a second cell keeps the row from being left out, and shows that the scanner stands right
			got := firstRow(t, `<row r="1">`+test.cell+`<c r="B1"><v>1</v></c></row>`, rich)
			want := []roster.Cell{test.want, amount("1")}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
	for name, cell := range map[string]string{
		"styled": `<c r="A1" s="1"/>`, "empty text": `<c r="A1" t="s"><v>2</v></c>`, "item without text": `<c r="A1" t="s"><v>5</v></c>`,
		"item closed in itself": `<c r="A1" t="s"><v>6</v></c>`, "formula that gave nothing": `<c r="A1" t="str"><f>""</f><v></v></c>`,
		"inline without text": `<c r="A1" t="inlineStr"><is><t></t></is></c>`, "inline, nothing": `<c r="A1" t="inlineStr"/>`,
	} {
		if got := firstRow(t, `<row r="1">`+cell+`</row>`, rich); got != nil {
			t.Errorf("%s: read as %v, and is empty", name, got)
		}
	}
}

func TestSheetsOfEveryKind(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []error{
		f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: ptr(true)}),
		f.SetCellValue("Sheet1", "B2", "Mùa Thị Dợ"), f.SetCellValue("Sheet1", "C2", 42499.5), f.SetCellStyle("Sheet1", "C2", "C2", style),
		f.SetCellValue("Sheet1", "B4", true), f.SetCellFormula("Sheet1", "C4", "SUM(A1:A3)"), f.SetRowVisible("Sheet1", 4, false),
		f.SetCellRichText("Sheet1", "A3", []excelize.RichTextRun{{Text: "đậm", Font: &excelize.Font{Bold: true}}, {Text: " nhạt"}}),
	} {
		if step != nil {
			t.Fatal(step)
		}
	}
	for i, state := range []string{"hidden", "veryHidden"} {
		name := fmt.Sprintf("Ẩn & %d", i)
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellValue(name, "A1", i); err != nil {
			t.Fatal(err)
		}
		if err := f.SetSheetVisible(name, false, state == "veryHidden"); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	compareWithExcelize(t, out.Bytes())
	sheets := openBytes(t, out.Bytes()).Roster().Sheets
	if len(sheets) != 3 || sheets[0].Hidden || !sheets[1].Hidden || !sheets[2].Hidden || sheets[1].Name != "Ẩn & 0" {
		t.Errorf("sheets %+v", sheets)
	}
	var hidden []int
	for row, err := range sheets[0].Rows {
		if err != nil {
			t.Fatal(err)
		}
		if row.Hidden {
			hidden = append(hidden, row.Number)
		}
		if row.Number == 2 {
			want := roster.Cell{Text: "2020-05-10T12:00:00", Kind: roster.Date}
			if row.Cells[2] != want {
				t.Errorf("a day since 1904: %v", row.Cells[2])
			}
		}
	}
	if !cmp.Equal(hidden, []int{4}) {
		t.Errorf("hidden rows %v", hidden)
	}
}

func ptr[T any](v T) *T { return &v }

// TestPackagesOfEveryKind reads the same cell from packages put together as other programs do.
func TestPackagesOfEveryKind(t *testing.T) {
	sheet := sheetXML(`<row r="1"><c r="A1" t="s"><v>0</v></c></row>`)
	replace := func(part, old, new string) func([]partText) []partText {
		return func(parts []partText) []partText {
			for i := range parts {
				if parts[i].name == part {
					if !strings.Contains(parts[i].text, old) {
						t.Fatalf("%s does not hold %q", part, old)
					}
					parts[i].text = strings.ReplaceAll(parts[i].text, old, new)
				}
			}
			return parts
		}
	}
	const relations = "xl/_rels/workbook.xml.rels"
	tests := map[string]func([]partText) []partText{
		"plain":          func(p []partText) []partText { return p },
		"absolute names": replace(relations, `Target="`, `Target="/xl/`),
		"dots in names":  replace(relations, `Target="`, `Target="../xl/./`),
		"backslashes": func(p []partText) []partText {
			for i := range p {
				p[i].name = strings.ReplaceAll(p[i].name, "/", `\`)
			}
			return p
		},
		"capital letters": replace(relations, "sharedStrings.xml", "SharedStrings.XML"),
		"strict":          replace(relations, "http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships"),
		"byte order mark": replace("xl/worksheets/sheet1.xml", `<?xml`, "\xef\xbb\xbf<?xml"),
		"prefix":          replace("xl/worksheets/sheet1.xml", sheet, prefixed(sheet)),
		"no styles, no numbers": func(p []partText) []partText {
			return replace(relations, "relationships/styles", "relationships/other")(p)
		},
		"unknown parts": func(p []partText) []partText {
			return append(p, partText{"../../etc/passwd", "x"}, partText{`xl\media\..\..\..\x`, "y"}, partText{"xl/media/", ""})
		},
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			data := packParts(t, change(madeParts(sheet, sharedXML("Mùa Thị Dợ"))))
			if got := grid(t, data, 0)[[2]int{1, 0}]; got != text("Mùa Thị Dợ") {
				t.Errorf("read %v", got)
			}
		})
	}
}

// prefixed gives every element of a part a prefix.
func prefixed(part string) string {
	part = strings.ReplaceAll(part, `xmlns="`, `xmlns:x="`)
	var out strings.Builder
	for i := 0; i < len(part); i++ {
		out.WriteByte(part[i])
		if part[i] == '<' && part[i+1] != '?' {
			if part[i+1] == '/' {
				i++
				out.WriteByte('/')
			}
			out.WriteString("x:")
		}
	}
	return out.String()
}

func TestRemarksSayWhatWasLeftOut(t *testing.T) {
	long := strings.Repeat("ễ", 5000)
	sheet := sheetXML(`<row r="1"><c r="A1" t="inlineStr"><is><t>` + long + `</t></is></c><c r="GR1"><v>200</v></c><c r="GS1"><v>201</v></c><c r="XFD1"><v>5</v></c></row>`)
	book := openBytes(t, packParts(t, madeParts(sheet, sharedXML())))
	for row, err := range book.Roster().Sheets[0].Rows {
		if err != nil {
			t.Fatal(err)
		}
		if len(row.Cells) != 200 || len([]rune(row.Cells[0].Text)) != 4096 {
			t.Errorf("%d cells, first %d runes", len(row.Cells), len([]rune(row.Cells[0].Text)))
		}
	}
	remarks := book.Remarks()
	if len(remarks) != 2 || remarks[0].Key != "file.remark.columns" || remarks[0].Args["N"] != 2 || remarks[1].Key != "file.remark.cut" || remarks[1].Args["N"] != 1 {
		t.Errorf("remarks %+v", remarks)
	}
}

func TestRowsCanBeReadTwiceAndStopped(t *testing.T) {
	book := openBytes(t, madeList(t, 2000, sharedTexts))
	rows := book.Roster().Sheets[0].Rows
	for range rows {
		break
	}
	for range 2 {
		n := 0
		for _, err := range rows {
			if err != nil {
				t.Fatal(err)
			}
			n++
		}
		if n != 2006 {
			t.Errorf("%d rows", n)
		}
	}
}
