package html_test

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"

	"lamsach/core/roster"
	"lamsach/paper/cells"
	"lamsach/paper/html"
)

func TestPageSpecimen(t *testing.T) {
	data := file(t, "official.html")
	list := holdToTruth(t, html.Open, data)
	if got := list.Sheets[0].HeaderRows; !cmp.Equal(got, []int{7, 8}) {
		t.Errorf("header rows %v", got)
	}
	sheets, err := read(t, html.Open, data, cells.Limits{})
	if err != nil || len(sheets) != 1 || sheets[0].Name != "Sheet1" {
		t.Fatalf("%v, sheets %v", err, len(sheets))
	}
	// Cell by cell, the page says what the text with separators says.
	records, err := csv.NewReader(bytes.NewReader(file(t, "official.csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := map[int][]string{}
	for _, r := range sheets[0].Rows {
		at[r.Number] = r.Cells
	}
	for i, record := range records {
		for j, want := range record {
			got := ""
			if j < len(at[i+1]) {
				got = strings.TrimPrefix(at[i+1][j], "n:")
			}
			if squeezed(got) != squeezed(want) {
				t.Errorf("row %d, column %d: %q, want %q", i+1, j+1, got, want)
			}
		}
	}
}

// squeezed takes a text as a page shows it.
func squeezed(text string) string { return strings.Join(strings.Fields(text), " ") }

func list(rows ...string) string {
	return "<table><tr><th>STT<th>Họ tên</tr>" + strings.Join(rows, "") + "</table>"
}

func TestPages(t *testing.T) {
	head := row{1, false, []string{"STT", "Họ tên"}}
	tests := []struct {
		name, page string
		want       []sheet
	}{
		{"plain", list("<tr><td>1</td><td>Mùa Thị Dợ</td></tr>"), []sheet{{"Sheet1", false, []row{head, {2, false, []string{"1", "Mùa Thị Dợ"}}}}}},
		{"end tags left out", list("<tr><td>1<td>Mùa Thị Dợ<tr><td>2<td>Lò A"), []sheet{{"Sheet1", false, []row{
			head, {2, false, []string{"1", "Mùa Thị Dợ"}}, {3, false, []string{"2", "Lò A"}},
		}}}},
		{"blanks, entities, line ends", list("<tr>\n <td> 1 </td>\n <td>\n  M&ugrave;a <b>Thị</b>\t&#7906;&nbsp;</td></tr><tr><td>2<td>a<br/>b<p>c</p><div>d &amp; e</div></tr>"),
			[]sheet{{"Sheet1", false, []row{head, {2, false, []string{"1", "Mùa Thị Ợ"}}, {3, false, []string{"2", "a\nb\nc\nd & e"}}}}}},
		{"head and body", "<table><caption>DANH SÁCH</caption><thead><tr><th rowspan=9>STT<th>Tên</tr></thead><tbody><tr><td>1<td>A</tr></tbody></table>",
			[]sheet{{"Sheet1", false, []row{{1, false, []string{"STT", "Tên"}}, {2, false, []string{"1", "A"}}}}}},
		{"blocks", `<table><tr><th rowspan="2">STT</th><th colspan="2">Ngày sinh</th><th rowspan=2>CCCD</th></tr><tr><th>Nam</th><th>Nữ</th></tr>` +
			`<tr><td>1</td><td></td><td>05/03/2015</td><td>014</td></tr></table>`,
			[]sheet{{"Sheet1", false, []row{
				{1, false, []string{"STT", "Ngày sinh", "", "CCCD"}}, {2, false, []string{"", "Nam", "Nữ"}}, {3, false, []string{"1", "", "05/03/2015", "014"}},
			}}}},
		{"absurd blocks", `<table><tr><td rowspan=99999999>a<td colspan=99999999>b</tr><tr><td>c<td>d<td>e</tr></table>`,
			[]sheet{{"Sheet1", false, []row{{1, false, []string{"a", "b"}}, {2, false, []string{"", "c", "d", "e"}}}}}},
		{"hidden", `<table><tr><td>a<td>b</tr><tr style='DISPLAY: none'><td>c<td><span style="display:none">20150305</span>05/03/2015</tr></table>`,
			[]sheet{{"Sheet1", false, []row{{1, false, []string{"a", "b"}}, {2, true, []string{"c", "05/03/2015"}}}}}},
		{"hidden table", `<table style="display:none"><tr><td>a<td>b</tr><tr><td>c<td>d</tr></table>`,
			[]sheet{{"Sheet1", true, []row{{1, false, []string{"a", "b"}}, {2, false, []string{"c", "d"}}}}}},
		{"layout around the list", `<body><table><tr><td>menu</td><td><script>if(a<b)document.write("<table>")</script>` + list("<tr><td>1<td>A</tr>") +
			`</td></tr></table><table><tr><td>foot</td></tr></table>`, []sheet{{"Sheet1", false, []row{head, {2, false, []string{"1", "A"}}}}}},
		{"table inside a cell", list("<tr><td>1<td>A<table><tr><td>sinh<td>2015</tr></table>x</tr>"),
			[]sheet{{"Sheet1", false, []row{head, {2, false, []string{"1", "A\nsinh 2015\nx"}}}}}},
		{"two lists", list("<tr><td>1<td>A</tr>") + "<p>và</p>" + list("<tr><td>2<td>B</tr>"), []sheet{
			{"Sheet1", false, []row{head, {2, false, []string{"1", "A"}}}}, {"Sheet2", false, []row{head, {2, false, []string{"2", "B"}}}},
		}},
		{"names by LibreOffice", `<A NAME="table0"><h1>Sheet 1: <em>Bản A</em></h1></A>` + list("<tr><td>1<td>A</tr>") +
			`<A NAME="table1"><h1>Sheet 2: <em>Bản A</em></h1></A>` + list("<tr><td>2<td>B</tr>"), []sheet{
			{"Bản A", false, []row{head, {2, false, []string{"1", "A"}}}}, {"Bản A (2)", false, []row{head, {2, false, []string{"2", "B"}}}},
		}},
		{"name by Excel", `<!--[if gte mso 9]><xml><x:ExcelWorkbook><x:ExcelWorksheets><x:ExcelWorksheet><x:Name>DS &amp; x</x:Name></x:ExcelWorksheet></xml><![endif]-->` +
			list("<tr><td>1<td>A</tr>"), []sheet{{"DS & x", false, []row{head, {2, false, []string{"1", "A"}}}}}},
		{"only a row", "<table><tr><td>a<td>b</tr></table>", []sheet{{"Sheet1", false, []row{{1, false, []string{"a", "b"}}}}}},
		{"empty rows count", list("<tr></tr>", "<tr><td>&nbsp;<td></tr>", "<tr><td>1<td>A</tr>"), []sheet{{"Sheet1", false, []row{head, {4, false, []string{"1", "A"}}}}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := read(t, html.Open, []byte(test.page), cells.Limits{})
			if diff := cmp.Diff(test.want, got); diff != "" || err != nil {
				t.Errorf("%v\n%s", err, diff)
			}
		})
	}
}

func TestNumbersOnPages(t *testing.T) {
	tests := []struct{ cell, want string }{
		{`<td>014316001234</td>`, "014316001234"},
		{`<td style='mso-number-format:"\@"'>014316001234</td>`, "014316001234"},
		{`<td style="mso-number-format:\@" x:num="14316001234">014316001234</td>`, "014316001234"},
		{`<td style="vnd.ms-excel.numberformat:@">014316001234</td>`, "014316001234"},
		{`<td x:num>14316001234</td>`, "n:14316001234"},
		{`<td x:num>014316001234</td>`, "014316001234"},
		{`<td x:num="14316001234">1.4316E+10</td>`, "n:14316001234"},
		{`<td x:num="42068">05/03/2015</td>`, "d:2015-03-05"},
		{`<td x:num="42068.5">05-Mar-15 12:00</td>`, "d:2015-03-05T12:00:00"},
		{`<td x:num="1500000">1.500.000</td>`, "n:1500000"},
		{`<td x:num="abc">abc</td>`, "abc"},
		{`<td x:num="NaN">NaN</td>`, "NaN"},
		{`<td x:str>001</td>`, "001"},
		{`<td x:bool="TRUE">TRUE</td>`, "b:1"},
		{`<td x:err>#REF!</td>`, "f:#REF!"},
		{`<td sdval="14316001234" sdnum="1033;">14316001234</td>`, "n:14316001234"},
		{`<td sdval="42068" sdnum="1033;1033;DD/MM/YYYY">05/03/2015</td>`, "d:2015-03-05"},
		{`<td sdnum="1033;0;@">001</td>`, "001"},
		{`<td>05/03/2015</td>`, "05/03/2015"},
		{`<td>h? t&ecirc;n</td>`, "h? tên"},
	}
	for _, test := range tests {
		page := "<table><tr><td>a<td>b</tr><tr><td>1</td>" + test.cell + "</tr></table>"
		got, err := read(t, html.Open, []byte(page), cells.Limits{})
		if err != nil {
			t.Errorf("%s: %v", test.cell, err)
		} else if cell := got[0].Rows[1].Cells[1]; cell != test.want {
			t.Errorf("%s: %q, want %q", test.cell, cell, test.want)
		}
	}
}

func TestFontsOnPages(t *testing.T) {
	for _, cell := range []string{
		`<td><font face=".VnTime">Nguy` + "Ô" + `n</font></td>`, `<td style="color:red;font-family:.VnArial, sans-serif">Nguy` + "Ô" + `n</td>`,
	} {
		page := "<table><tr><td>a<td>b</tr><tr><td>1</td>" + cell + "</tr></table>"
		book, err := html.Open(strings.NewReader(page), int64(len(page)), cells.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		for r := range book.Sheets[0].Rows {
			if want := map[int]roster.Legacy{2: roster.TCVN3}[r.Number]; r.Cells[1].Legacy != want {
				t.Errorf("%s, row %d: encoding %d", cell, r.Number, r.Cells[1].Legacy)
			}
		}
	}
}

func TestEncodingsOfPages(t *testing.T) {
	page := `<html><meta http-equiv=Content-Type content="text/html; charset=windows-1258">` + list("<tr><td>1<td>Lê Văn Đô, bản Tà Xùa</tr>") + "</html>"
	var bytes1258 []byte
	for _, r := range strings.NewReplacer("ọ", "o\u0323", "ả", "a\u0309", "à", "a\u0300", "ù", "u\u0300").Replace(page) {
		c, ok := charmap.Windows1258.EncodeRune(r)
		if !ok {
			t.Fatalf("no code for %q", r)
		}
		bytes1258 = append(bytes1258, c)
	}
	wide := []byte{0xff, 0xfe}
	for _, r := range page {
		wide = append(wide, byte(r), byte(r>>8))
	}
	for name, data := range map[string][]byte{"windows-1258": bytes1258, "UTF-16": wide, "a mark": []byte("\ufeff" + page)} {
		got, err := read(t, html.Open, data, cells.Limits{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if cell := got[0].Rows[1].Cells[1]; cell != "Lê Văn Đô, bản Tà Xùa" {
			t.Errorf("%s: %q", name, cell)
		}
	}
}

// TestLettersSpelledOut: a page in Latin-1 spells out the letters that it has no code for; the others are what they are, though the cut
// words around them look like an old font's.
func TestLettersSpelledOut(t *testing.T) {
	people := "<tr><td>L\xf2 Th&#7883; M\xfd<td>M\xf4ng<td>Hu&#7923;nh Ph&#432;&#417;ng Tr\xe2m<td>Th\xf4n 2</tr>" +
		"<tr><td>L&#7873;u Nh&#432; H\xf9ng<td>B&#7889; Y<td>S\xf9ng Th&#7883; B\xecnh<td>Th\xf4n 2</tr>"
	head := `<html><meta http-equiv=Content-Type content="text/html; charset=windows-1252"><table><tr><td>H&#7885; v` + "\xe0 t\xean<td>D\xe2n t&#7897;c<td>Gi&#7899;i t\xednh<td>Th\xf4n</tr>"
	blanks := "<!--" + strings.Repeat(" ", 64<<10) + "-->" // what is spelled out may stand far down
	for name, page := range map[string]string{
		"decimal": head + people + "</table></html>", "hexadecimal": strings.NewReplacer("&#7885;", "&#x1ECD;", "&#7883;", "&#x1ecb;").Replace(head+people) + "</table></html>",
		"far down": "<html>" + blanks + head[len("<html>"):] + people + "</table></html>",
	} {
		book, err := html.Open(strings.NewReader(page), int64(len(page)), cells.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		for r := range book.Sheets[0].Rows {
			for _, c := range r.Cells {
				if c.Legacy != roster.Unicode {
					t.Errorf("%s: %q in an old font", name, c.Text)
				}
			}
			if r.Number == 2 && r.Cells[1].Text != "Mông" {
				t.Errorf("%s: %q", name, r.Cells[1].Text)
			}
		}
	}
}

func TestDamagedPages(t *testing.T) {
	rows := strings.Repeat("<tr><td>1</td><td>Mùa Thị Dợ</td></tr>", 500)
	tests := []struct {
		name, page, key string
		row             int
	}{
		{"cut in a row", "<table>" + rows + "<tr><td>1</td><td>Mù", "file.sheet.truncated", 501},
		{"cut between rows", "<table>" + rows, "file.sheet.truncated", 500},
		{"cut behind a table", "<html><body><table>" + rows + "</table>", "file.sheet.truncated", 500},
		{"cut in a comment", "<html><table>" + rows + "</table><!-- ", "file.sheet.truncated", 500},
		{"a comment swallows the rest", "<table>" + rows + "<!-- <tr><td>1</td></tr></table>", "file.sheet.truncated", 500},
		{"text between cells", "<table>" + rows + "<tr><td>1</td><ud>Mùa</td></tr></table>", "file.sheet.malformed", 501},
		{"rows behind the table's end", "<html><table>" + rows + "</table>" + rows + "</table></html>", "file.sheet.malformed", 500},
		{"invalid UTF-8", "<table>" + rows + "<tr><td>1</td><td>M\xffa</td></tr></table>", "file.sheet.letters", 501},
		{"NUL", "<table>" + rows + "<tr><td>1</td><td>M\x00a</td></tr></table>", "file.sheet.letters", 501},
		{"nested", strings.Repeat("<table><tr><td>", 40), "file.sheet.nested", 1},
		{"too long a cell", "<table><tr><td>" + strings.Repeat("x", 32_768) + "</td></tr></table>", "file.sheet.long", 1},
		{"too long a tag", "<table><tr><td>a<td>b</tr><tr><td x='" + strings.Repeat("x", 9<<20) + "'></table>", "file.sheet.long", 2},
		{"too many columns", "<table><tr>" + strings.Repeat("<td>x", 201) + "</table>", "file.sheet.too_many_columns", 1},
		{"too many rows", "<table>" + strings.Repeat("<tr><td>1<td>2", 200_001) + "</table>", "file.sheet.too_many_rows", 200_001},
		{"no table", "<html><p>x</p></html>", "file.no_table", 0},
		{"too many tables", strings.Repeat("<table><tr><td>a<td>b<tr><td>c<td>d</table>", 501), "file.too_many_parts", 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := read(t, html.Open, []byte(test.page), cells.Limits{})
			holdRefusal(t, err, test.key, test.row)
		})
	}
}

var hostileMarkup = []string{"<table>", "</table>", "<td>", "</td>", "<tr>", "<!--", "<script>", "<td colspan=99999 rowspan=99999>", "\x00", "\xff", "&#1114112;", "<", ">", "\"", "<![CDATA["}

func TestMutatedPages(t *testing.T) {
	data, next := shortened(t, file(t, "official.html"), "</tr>", "</table>", 16), numbers()
	for range 1500 {
		_, err := read(t, html.Open, mutate(data, hostileMarkup, next), cells.Limits{})
		holdUnreadable(t, err)
	}
	// However much of its end is lost, it is told.
	for cut := 1; cut < len(data)-10; cut += 53 {
		if _, err := read(t, html.Open, data[:len(data)-10-cut], cells.Limits{}); err == nil {
			t.Fatalf("%d bytes short, and read", cut+10)
		}
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(file(f, "official.html")[:3000])
	f.Add([]byte(list(`<tr><td colspan=2 rowspan=3 x:num="42068">05/03/2015<td sdval="1" sdnum="1;2;D">1</tr>`)))
	f.Add([]byte("<html><table><tr><td><table><tr><td>a<td>b<tr><td>c<td>d</table><span style=display:none>x</span></table><!--<x:ExcelWorksheet>-->"))
	f.Fuzz(func(t *testing.T, data []byte) {
		_, err := read(t, html.Open, data, cells.Limits{})
		holdUnreadable(t, err)
	})
}

func BenchmarkOpen(b *testing.B) {
	page := "<table>" + strings.Repeat("<tr>"+strings.Repeat("<td align=left>Mùa Thị Dợ</td>", 25)+"</tr>", 5000) + "</table>"
	b.SetBytes(int64(len(page)))
	for b.Loop() {
		if _, err := html.Open(strings.NewReader(page), int64(len(page)), cells.Limits{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(5000*25)*float64(b.N)/b.Elapsed().Seconds(), "cells/s")
}
