package docx_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lamsach/core/fault"
	"lamsach/core/roster"
	"lamsach/paper/cells"
	"lamsach/paper/docx"
)

const (
	head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" +
		`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>`
	tail = `<w:sectPr w:rsidR="00A1"><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr></w:body></w:document>`
)

// document packs a text as Word does.
func document(t testing.TB, body string) []byte {
	t.Helper()
	return packed(t, map[string]string{
		"[Content_Types].xml": `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"_rels/.rels": `<?xml version="1.0"?><Relationships><Relationship Id="rId1" Target="/word/document.xml"` +
			` Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>`,
		"word/document.xml": head + body + tail,
	}, "[Content_Types].xml", "_rels/.rels", "word/document.xml")
}

func packed(t testing.TB, parts map[string]string, order ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range order {
		part, err := w.Create(name)
		if err == nil {
			_, err = part.Write([]byte(parts[name]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func escaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a builder takes everything
	return b.String()
}

// td is a cell with a paragraph for each line; properties stand in front.
func td(text string, properties ...string) string {
	var b strings.Builder
	b.WriteString(`<w:tc><w:tcPr><w:tcW w:w="959" w:type="dxa"/>` + strings.Join(properties, "") + `</w:tcPr>`)
	for _, line := range strings.Split(text, "\n") {
		fmt.Fprintf(&b, `<w:p w:rsidR="00A1"><w:pPr><w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">%s</w:t></w:r></w:p>`, escaped(line))
	}
	return b.String() + `</w:tc>`
}

func tr(cells ...string) string { return `<w:tr w:rsidR="00A1">` + strings.Join(cells, "") + `</w:tr>` }

func tbl(rows ...string) string {
	return `<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid><w:gridCol w:w="959"/></w:tblGrid>` + strings.Join(rows, "") + `</w:tbl>`
}

const (
	emptyLine = `<w:p/>`
	heading   = `<w:p><w:r><w:t>Bản Nà Say</w:t></w:r></w:p>`
)

type row struct {
	Number int
	Hidden bool
	Cells  []string
}

type sheet struct {
	Name string
	Rows []row
}

func read(t testing.TB, data []byte) ([]sheet, error) {
	t.Helper()
	book, err := docx.Open(bytes.NewReader(data), int64(len(data)), cells.Limits{})
	if err != nil {
		return nil, err
	}
	var sheets []sheet
	for _, s := range book.Sheets {
		read := sheet{Name: s.Name}
		for r, err := range s.Rows {
			if err != nil {
				t.Fatal(err)
			}
			texts := make([]string, len(r.Cells))
			for i, c := range r.Cells {
				texts[i] = c.Text
			}
			read.Rows = append(read.Rows, row{r.Number, r.Hidden, texts})
		}
		sheets = append(sheets, read)
	}
	return sheets, nil
}

// official is the specimen as a table of Word, with its title block in front.
func official(t testing.TB) []byte {
	t.Helper()
	file, err := os.Open("../testdata/official.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	records, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []string
	for i, record := range records {
		var made []string
		for j := 0; j < len(record); j++ {
			switch {
			case i == 6 && j == 2: // a head over two columns
				made = append(made, td(record[j], `<w:gridSpan w:val="2"/>`))
				j++
			case i == 6 && j < 2:
				made = append(made, td(record[j], `<w:vMerge w:val="restart"/>`))
			case i == 7 && j < 2:
				made = append(made, td("", `<w:vMerge/>`))
			default:
				made = append(made, td(record[j]))
			}
		}
		rows = append(rows, tr(made...))
	}
	return document(t, tbl(rows...))
}

func TestSpecimen(t *testing.T) {
	data := official(t)
	book, err := docx.Open(bytes.NewReader(data), int64(len(data)), cells.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	list, err := roster.Read(book, roster.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("../testdata/official.truth.json")
	if err != nil {
		t.Fatal(err)
	}
	var truth struct {
		Sheets map[string]struct{ Rows []int }
	}
	if err := json.Unmarshal(text, &truth); err != nil {
		t.Fatal(err)
	}
	var people []int
	for _, r := range list.Records {
		people = append(people, r.Row)
	}
	if diff := cmp.Diff(truth.Sheets["Sheet1"].Rows, people); diff != "" {
		t.Errorf("people stand in other rows:\n%s", diff)
	}
	if name := list.Sheets[0].Name; name != "Table 1" {
		t.Errorf("the sheet is called %q", name)
	}
}

func TestTables(t *testing.T) {
	first := tr(td("STT"), td("Họ tên"))
	one := row{1, false, []string{"STT", "Họ tên"}}
	run := func(inside string) string { return `<w:tc><w:p><w:r>` + inside + `</w:r></w:p></w:tc>` }
	tests := []struct {
		name, body string
		want       []sheet
	}{
		{"paragraphs", tbl(first, tr(td("1"), td("Mùa\nThị Dợ"))), []sheet{{"Table 1", []row{one, {2, false, []string{"1", "Mùa\nThị Dợ"}}}}}},
		{"blocks", tbl(tr(td("a", `<w:gridSpan w:val="2"/>`), td("b", `<w:vMerge w:val="restart"/>`)), tr(td("c"), td("d"), td("x", `<w:vMerge/>`)), tr(td("e"), td("f"), td("g"))),
			[]sheet{{"Table 1", []row{{1, false, []string{"a", "", "b"}}, {2, false, []string{"c", "d"}}, {3, false, []string{"e", "f", "g"}}}}}},
		{"letters of their own", tbl(first, tr(td("1"), run(`<w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:noBreakHyphen/><w:t>d &amp; e</w:t><w:sym w:font="Wingdings" w:char="F0FC"/>`))),
			[]sheet{{"Table 1", []row{one, {2, false, []string{"1", "a\nb c-d & e✓"}}}}}},
		{"tracked changes", tbl(first,
			tr(td("1"), `<w:tc><w:p><w:del w:id="1"><w:r><w:delText>Lò</w:delText></w:r></w:del><w:ins w:id="2"><w:r><w:t>Mùa</w:t></w:r></w:ins><w:moveFrom w:id="3"><w:r><w:t>x</w:t></w:r></w:moveFrom></w:p></w:tc>`),
			`<w:tr><w:trPr><w:del w:id="4"/></w:trPr>`+td("2")+td("xoá")+`</w:tr>`, tr(td("3"), td("Dợ"))),
			[]sheet{{"Table 1", []row{one, {2, false, []string{"1", "Mùa"}}, {3, false, []string{"3", "Dợ"}}}}}},
		{"hidden and shifted rows", tbl(first, `<w:tr><w:trPr><w:gridBefore w:val="1"/><w:hidden/></w:trPr>`+td("A")+`</w:tr>`, tr(td("2"), td("B"))),
			[]sheet{{"Table 1", []row{one, {2, true, []string{"", "A"}}, {3, false, []string{"2", "B"}}}}}},
		{"goes on behind an empty line", tbl(first, tr(td("1"), td("A"))) + emptyLine + tbl(tr(td("2"), td("B"))),
			[]sheet{{"Table 1", []row{one, {2, false, []string{"1", "A"}}, {3, false, []string{"2", "B"}}}}}},
		{"another behind a heading", tbl(first, tr(td("1"), td("A"))) + heading + tbl(first, tr(td("2"), td("B"))),
			[]sheet{{"Table 1", []row{one, {2, false, []string{"1", "A"}}}}, {"Table 2", []row{one, {2, false, []string{"2", "B"}}}}}},
		{"title block", tbl(tr(td("UBND XÃ"), td("CỘNG HÒA"))) + heading + tbl(first, tr(td("1"), td("A"))),
			[]sheet{{"Table 1", []row{one, {2, false, []string{"1", "A"}}}}}},
		{"small table in a cell", tbl(first, tr(td("1"), `<w:tc>`+tbl(tr(td("sinh"), td("2015")))+`<w:p/></w:tc>`)),
			[]sheet{{"Table 1", []row{one, {2, false, []string{"1", "sinh 2015"}}}}}},
		{"list in a cell", tbl(tr(td("khung"), `<w:tc>`+tbl(first, tr(td("1"), td("A")))+`<w:p/></w:tc>`)),
			[]sheet{{"Table 1", []row{one, {2, false, []string{"1", "A"}}}}}},
		{"text twice for old programs", tbl(first, tr(td("1"), run(`<mc:AlternateContent><mc:Choice Requires="wps"><w:t>A</w:t></mc:Choice><mc:Fallback><w:t>A</w:t></mc:Fallback></mc:AlternateContent>`))),
			[]sheet{{"Table 1", []row{one, {2, false, []string{"1", "A"}}}}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := read(t, document(t, test.body))
			if diff := cmp.Diff(test.want, got); diff != "" || err != nil {
				t.Errorf("%v\n%s", err, diff)
			}
		})
	}
}

func TestFonts(t *testing.T) {
	data := document(t, tbl(tr(td("a"), td("b")), tr(td("1"), `<w:tc><w:p><w:r><w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr><w:t>NguyÔn</w:t></w:r></w:p></w:tc>`)))
	book, err := docx.Open(bytes.NewReader(data), int64(len(data)), cells.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for r := range book.Sheets[0].Rows {
		if want := map[int]roster.Legacy{2: roster.TCVN3}[r.Number]; r.Cells[1].Legacy != want {
			t.Errorf("row %d: encoding %d", r.Number, r.Cells[1].Legacy)
		}
	}
}

func holdRefusal(t *testing.T, err error, key string, row int) {
	t.Helper()
	var said *fault.Error
	if !errors.As(err, &said) || said.Kind != fault.Unreadable || said.Key != key {
		t.Fatalf("got %v, want %s", err, key)
	}
	if got, _ := said.Args["Row"].(int); got != row {
		t.Errorf("told of row %d, want %d", got, row)
	}
}

func TestDamage(t *testing.T) {
	rows := strings.Repeat(tr(td("1"), td("Mùa")), 500)
	whole := document(t, tbl(rows))
	flipped := bytes.Clone(whole)
	flipped[bytes.LastIndex(flipped, []byte("word/document.xml"))-len("word/document.xml")-1000] ^= 4
	one := "word/document.xml"
	tests := []struct {
		name string
		data []byte
		key  string
		row  int
	}{
		{"the file is cut", whole[:len(whole)-30], "file.truncated", 0},
		{"the text is cut", packed(t, map[string]string{one: head + `<w:tbl>` + rows + `<w:tr><w:tc>`}, one), "file.sheet.truncated", 501},
		{"tags crossed", document(t, tbl(rows, `<w:tr><w:tc></w:tr></w:tc>`)), "file.sheet.malformed", 501},
		{"document type", packed(t, map[string]string{one: `<!DOCTYPE a [<!ENTITY b "c">]>` + head + tail}, one), "file.sheet.doctype", 0},
		{"entity", document(t, tbl(rows, tr(`<w:tc><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:tc>`))), "file.sheet.malformed", 501},
		{"invalid UTF-8", document(t, tbl(rows, tr(`<w:tc><w:p><w:r><w:t>`+"\xff"+`</w:t></w:r></w:p></w:tc>`))), "file.sheet.letters", 501},
		{"nested", document(t, strings.Repeat(`<w:tbl><w:tr><w:tc>`, 40)), "file.sheet.nested", 1},
		{"no table", document(t, heading), "file.no_table", 0},
		{"no text", packed(t, map[string]string{"word/styles.xml": "<a/>"}, "word/styles.xml"), "file.part.malformed", 0},
		{"too many rows", document(t, `<w:tbl>`+strings.Repeat(`<w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr>`, 200_001)+`</w:tbl>`), "file.sheet.too_many_rows", 200_001},
		{"no zip file", []byte("PK"), "file.not_workbook", 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := read(t, test.data)
			holdRefusal(t, err, test.key, test.row)
		})
	}
	bomb := document(t, `<w:tbl>`+strings.Repeat("\n", 2<<20))
	_, err := docx.Open(bytes.NewReader(bomb), int64(len(bomb)), cells.Limits{Unpacked: 1 << 20})
	holdRefusal(t, err, "file.part.too_large", 0)
	if _, err := read(t, flipped); !fault.Is(err, fault.Unreadable) {
		t.Errorf("a bit was flipped: %v", err)
	}
}

var hostile = []string{"<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>", `<w:gridSpan w:val="99999999"/>`, `<w:gridBefore w:val="-5"/>`, "<!--", "\x00", "&#0;", "<w:del>", "<w:p/>"}

func TestMutatedDocuments(t *testing.T) {
	seed := uint64(1)
	next := func(n int) int {
		seed = seed*6364136223846793005 + 1442695040888963407
		return int(seed>>33) % n
	}
	whole := official(t)
	text := head + tbl(tr(td("STT"), td("Họ tên")), tr(td("1"), td("A", `<w:gridSpan w:val="2"/>`)), tr(td("2"), td("B", `<w:vMerge/>`))) + emptyLine + tbl(tr(td("3"), td("C"))) + tail
	for i := range 1500 {
		mutated := bytes.Clone(whole)
		if i%2 == 0 {
			mutated = []byte(text)
		}
		for range 1 + next(3) {
			at := next(len(mutated))
			switch next(3) {
			case 0:
				mutated[at] ^= 1 << next(8)
			case 1:
				mutated = append(mutated[:at:at], append([]byte(hostile[next(len(hostile))]), mutated[at:]...)...)
			case 2:
				mutated = mutated[:max(at, 1)]
			}
		}
		if i%2 == 0 {
			mutated = packed(t, map[string]string{"word/document.xml": string(mutated)}, "word/document.xml")
		}
		if _, err := read(t, mutated); err != nil && !fault.Is(err, fault.Unreadable) {
			t.Fatalf("an error without a sentence: %v", err)
		}
	}
	for cut := 1; cut < len(text); cut += 7 {
		if _, err := read(t, packed(t, map[string]string{"word/document.xml": text[:len(text)-cut]}, "word/document.xml")); err == nil {
			t.Fatalf("%d bytes short, and read", cut)
		}
	}
}

func FuzzOpen(f *testing.F) {
	f.Add([]byte(head + tbl(tr(td("STT"), td("Họ tên")), tr(td("1"), td("A", `<w:gridSpan w:val="2"/>`))) + emptyLine + tbl(tr(td("3"), td("C"))) + tail))
	f.Add([]byte(head + tbl(tr(td("1", `<w:vMerge/>`), `<w:tc>`+tbl(tr(td("a"), td("b")))+`</w:tc>`)) + tail))
	f.Fuzz(func(t *testing.T, text []byte) {
		if _, err := read(t, packed(t, map[string]string{"word/document.xml": string(text)}, "word/document.xml")); err != nil && !fault.Is(err, fault.Unreadable) {
			t.Fatalf("an error without a sentence: %v", err)
		}
	})
}

func BenchmarkOpen(b *testing.B) {
	var cellsOfRow []string
	for range 25 {
		cellsOfRow = append(cellsOfRow, td("Mùa Thị Dợ"))
	}
	data := document(b, tbl(strings.Repeat(tr(cellsOfRow...), 2000)))
	for b.Loop() {
		if _, err := docx.Open(bytes.NewReader(data), int64(len(data)), cells.Limits{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(2000*25)*float64(b.N)/b.Elapsed().Seconds(), "cells/s")
}
