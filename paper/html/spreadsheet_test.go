package html_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lamsach/core/roster"
	"lamsach/paper/cells"
	"lamsach/paper/html"
)

func TestSpreadsheetSpecimen(t *testing.T) {
	data := file(t, "official.xml")
	holdToTruth(t, html.OpenSpreadsheet, data)
	sheets, err := read(t, html.OpenSpreadsheet, data, cells.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	var first []string
	for _, r := range sheets[0].Rows {
		if r.Number == 11 {
			first = r.Cells
		}
	}
	want := []string{"1", "Ngọ Phúc Sinh", "24/03/2025", "", "Kinh", "014225473194", "Ngọ Xuân Tới", "1984", "Hoàng Yến Uyên", "1993", "", "0976953546"}
	if diff := cmp.Diff(want, first); diff != "" {
		t.Error(diff)
	}
}

const (
	begin = `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>` + "\n" +
		`<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40">` +
		`<Styles><Style ss:ID="Default"><Font ss:FontName="Times New Roman"/></Style><Style ss:ID="s1"><Font ss:FontName=".VnTime"/></Style></Styles>`
	end = `</Workbook>`
)

func worksheet(rows ...string) string {
	return `<Worksheet ss:Name="Bản A"><Table>` + strings.Join(rows, "") + `</Table></Worksheet>`
}

func TestSpreadsheets(t *testing.T) {
	tests := []struct {
		name, body string
		want       []sheet
	}{
		{"types", worksheet(`<Row><Cell><Data ss:Type="String">014</Data></Cell><Cell><Data ss:Type="Number">1.4316001234E10</Data></Cell>` +
			`<Cell><Data ss:Type="DateTime">2015-03-05T00:00:00.000</Data></Cell><Cell><Data ss:Type="Boolean">1</Data></Cell>` +
			`<Cell ss:Formula="=1/0"><Data ss:Type="Error">#DIV/0!</Data></Cell><Cell ss:Formula="=A1"/></Row>`),
			[]sheet{{"Bản A", false, []row{{1, false, []string{"014", "n:14316001234", "d:2015-03-05", "b:1", "f:#DIV/0!", "u:"}}}}}},
		{"places", worksheet(`<Row ss:Index="3"><Cell ss:Index="2" ss:MergeAcross="1" ss:MergeDown="1"><Data ss:Type="String">a</Data></Cell><Cell><Data ss:Type="String">b</Data></Cell></Row>`+
			`<Row><Cell><Data ss:Type="String">c</Data></Cell><Cell><Data ss:Type="String">d</Data></Cell></Row>`,
			`<Row ss:Hidden="1" ss:Span="2"><Cell><Data ss:Type="String">e</Data></Cell></Row><Row><Cell ss:Index="2"><Data ss:Type="String">f</Data></Cell></Row>`),
			[]sheet{{"Bản A", false, []row{
				{3, false, []string{"", "a", "", "b"}}, {4, false, []string{"c", "", "", "d"}}, {5, true, []string{"e"}}, {8, false, []string{"", "f"}},
			}}}},
		{"rich text and comments", worksheet(`<Row><Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>Mùa</B> <Font html:Face="Arial">Thị &amp; Dợ</Font></ss:Data>` +
			`<Comment><ss:Data>sai</ss:Data></Comment></Cell><Cell><Data ss:Type="String">a&#10;b</Data></Cell></Row>`),
			[]sheet{{"Bản A", false, []row{{1, false, []string{"Mùa Thị & Dợ", "a\nb"}}}}}},
		{"prefixed, hidden sheets", `<ss:Worksheet ss:Name="A"><ss:Table><ss:Row><ss:Cell><ss:Data ss:Type="String">x</ss:Data></ss:Cell></ss:Row></ss:Table>` +
			`<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions></ss:Worksheet><Worksheet ss:Name="A"/>`,
			[]sheet{{"A", true, []row{{1, false, []string{"x"}}}}, {"A (2)", false, nil}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := read(t, html.OpenSpreadsheet, []byte(begin+test.body+end), cells.Limits{})
			if diff := cmp.Diff(test.want, got); diff != "" || err != nil {
				t.Errorf("%v\n%s", err, diff)
			}
		})
	}
}

func TestSpreadsheetEncodings(t *testing.T) {
	body := strings.Replace(begin, `<?xml version="1.0"?>`, `<?xml version="1.0" encoding="utf-16"?>`, 1) +
		worksheet(`<Row><Cell><Data ss:Type="String">Mùa Thị Dợ</Data></Cell></Row>`) + end
	wide := []byte{0xff, 0xfe}
	for _, r := range body {
		wide = append(wide, byte(r), byte(r>>8))
	}
	got, err := read(t, html.OpenSpreadsheet, wide, cells.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if cell := got[0].Rows[0].Cells[0]; cell != "Mùa Thị Dợ" {
		t.Errorf("got %q", cell)
	}
}

func TestSpreadsheetFonts(t *testing.T) {
	body := begin + worksheet(`<Row><Cell ss:StyleID="s1"><Data ss:Type="String">NguyÔn</Data></Cell><Cell><Data ss:Type="String">x</Data></Cell></Row>`) + end
	book, err := html.OpenSpreadsheet(strings.NewReader(body), int64(len(body)), cells.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for r := range book.Sheets[0].Rows {
		if r.Cells[0].Legacy != roster.TCVN3 || r.Cells[1].Legacy != roster.Unicode {
			t.Errorf("encodings %d, %d", r.Cells[0].Legacy, r.Cells[1].Legacy)
		}
	}
}

func TestDamagedSpreadsheets(t *testing.T) {
	rows := strings.Repeat(`<Row><Cell><Data ss:Type="String">a</Data></Cell></Row>`, 500)
	one := func(cell string) string { return begin + worksheet(rows, `<Row>`+cell+`</Row>`) + end }
	tests := []struct {
		name, text, key string
		row             int
	}{
		{"cut in a row", begin + `<Worksheet ss:Name="A"><Table>` + rows + `<Row><Cell>`, "file.sheet.truncated", 501},
		{"cut behind the table", begin + worksheet(rows), "file.sheet.truncated", 500},
		{"document type", `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>` + begin[21:] + end, "file.part.doctype", 0},
		{"unknown entity", one(`<Cell><Data ss:Type="String">&b;</Data></Cell>`), "file.sheet.malformed", 501},
		{"tags crossed", one(`<Cell><Data ss:Type="String">b</Cell></Data>`), "file.sheet.malformed", 501},
		{"no number", one(`<Cell><Data ss:Type="Number">0x1F</Data></Cell>`), "file.sheet.number", 501},
		{"no day", one(`<Cell><Data ss:Type="DateTime">05/03/2015</Data></Cell>`), "file.sheet.number", 501},
		{"invalid UTF-8", one("<Cell><Data ss:Type=\"String\">\xff\xfe\xfd\xfc</Data></Cell>"), "file.sheet.letters", 501},
		{"row again", begin + worksheet(rows, `<Row ss:Index="3"/>`) + end, "file.sheet.order", 500},
		{"row far down", begin + worksheet(rows, `<Row ss:Index="2000000000"><Cell><Data ss:Type="String">a</Data></Cell></Row>`) + end, "file.sheet.order", 2_000_000_000},
		{"cell far right", one(`<Cell ss:Index="16385"><Data ss:Type="String">a</Data></Cell>`), "file.sheet.order", 501},
		{"block far right", one(`<Cell ss:MergeAcross="99999"><Data ss:Type="String">a</Data></Cell>`), "file.sheet.malformed", 501},
		{"too many columns", one(`<Cell ss:Index="201"><Data ss:Type="String">a</Data></Cell>`), "file.sheet.too_many_columns", 501},
		{"another root", "<a/>", "file.part.malformed", 0},
		{"no sheet", begin + end, "file.no_sheet", 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := read(t, html.OpenSpreadsheet, []byte(test.text), cells.Limits{})
			holdRefusal(t, err, test.key, test.row)
		})
	}
}

func TestMutatedSpreadsheets(t *testing.T) {
	data, next := shortened(t, file(t, "official.xml"), "</Row>", "</Table>", 16), numbers()
	hostile := append(hostileMarkup, `<Row ss:Index="1000000">`, `<Cell ss:MergeAcross="16000" ss:MergeDown="1000000"/>`, "</Row>", "&lt;")
	for range 1500 {
		_, err := read(t, html.OpenSpreadsheet, mutate(data, hostile, next), cells.Limits{})
		holdUnreadable(t, err)
	}
	for cut := 1; cut < len(data); cut += 53 {
		if _, err := read(t, html.OpenSpreadsheet, data[:len(data)-cut], cells.Limits{}); err == nil {
			t.Fatalf("%d bytes short, and read", cut)
		}
	}
}

func FuzzOpenSpreadsheet(f *testing.F) {
	f.Add(file(f, "official.xml")[:6000])
	f.Add([]byte(begin + worksheet(`<Row ss:Index="3"><Cell ss:Index="2" ss:MergeAcross="1" ss:MergeDown="1"><Data ss:Type="Number">1</Data></Cell></Row>`) + end))
	f.Fuzz(func(t *testing.T, data []byte) {
		_, err := read(t, html.OpenSpreadsheet, data, cells.Limits{})
		holdUnreadable(t, err)
	})
}
