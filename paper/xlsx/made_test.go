package xlsx_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"html"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/klauspost/compress/flate"
)

// flavour says how a made-up workbook keeps its texts.
type flavour string

const (
	sharedTexts flavour = "shared" // as Excel writes: shared strings, empty cells with a style
	inlineTexts flavour = "inline" // as excelize's StreamWriter writes
)

// madeColumns is the width of the table; the cells of its last five columns are drawn but empty. madeUsed is the first free column.
const (
	madeColumns = 25
	madeUsed    = 25
)

// madeList makes a commune's list the size of the measurements: 25 columns, 5 title rows, the header in row 6, bordered cells, six
// of ten birth dates as days and the rest as text. The people do not exist.
func madeList(t testing.TB, rows int, kind flavour) []byte {
	t.Helper()
	m := &maker{kind: kind, texts: map[string]int{}, random: rand.New(rand.NewPCG(1, uint64(rows)))}
	m.sheet.WriteString(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\r\n" +
		`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">`)
	fmt.Fprintf(&m.sheet, `<dimension ref="A1:Y%d"/><sheetViews><sheetView workbookViewId="0"/></sheetViews><sheetFormatPr defaultRowHeight="15"/>`, rows+6)
	m.sheet.WriteString(`<cols><col min="1" max="1" width="5" customWidth="1"/><col min="2" max="25" width="18" customWidth="1"/></cols><sheetData>`)
	for i := 1; i <= 5; i++ {
		m.row(i, func(int) (string, bool, int) {
			return fmt.Sprintf("ỦY BAN NHÂN DÂN XÃ THỬ, dòng %d", i), true, 0
		}, 1)
	}
	m.row(6, func(c int) (string, bool, int) { return fmt.Sprintf("Cột tiêu đề %d", c+1), true, 1 }, madeColumns)
	for i := range rows {
		m.person(i)
	}
	m.sheet.WriteString(`</sheetData><mergeCells count="1"><mergeCell ref="A1:C1"/></mergeCells><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/></worksheet>`)
	return m.pack(t)
}

// maker gathers the parts of a made-up workbook.
type maker struct {
	kind   flavour
	sheet  bytes.Buffer
	shared bytes.Buffer
	texts  map[string]int
	uses   int
	random *rand.Rand
}

var (
	madeFamilies = []string{"Mùa", "Lò", "Thào", "Giàng", "Vàng", "Hờ", "Sùng", "Cà", "Lường", "Quàng"}
	madeGiven    = []string{"Thử", "Dợ", "Mỷ", "Pó", "Súa", "Chớ", "Ánh", "Biên", "Của", "Dếnh", "Ế", "Già", "Hạng", "Khua"}
)

func (m *maker) name() string {
	return madeFamilies[m.random.IntN(len(madeFamilies))] + " Thị " + madeGiven[m.random.IntN(len(madeGiven))] + " " + madeGiven[m.random.IntN(len(madeGiven))]
}

func (m *maker) person(i int) {
	id := func() string { return fmt.Sprintf("0142%08d", m.random.IntN(100_000_000)) }
	day := 42000 + m.random.IntN(4000)
	m.row(i+7, func(column int) (string, bool, int) {
		switch column {
		case 0:
			return fmt.Sprint(i + 1), false, 1
		case 1, 7, 10, 13:
			return m.name(), true, 1
		case 2:
			if i%10 < 6 {
				return fmt.Sprint(day), false, 2
			}
			return fmt.Sprintf("%02d/%02d/%d", 1+day%28, 1+day%12, 2010+day%15), true, 1
		case 3:
			return []string{"Nam", "Nữ"}[i%2], true, 1
		case 4:
			return []string{"Mông", "Thái", "Kinh", "Dao"}[m.random.IntN(4)], true, 1
		case 5, 8, 11, 14:
			return id(), true, 3
		case 6:
			return fmt.Sprintf("Bản số %d", i%40), true, 1
		case 16:
			return fmt.Sprintf("Bản số %d, xã Tà Thử, tỉnh Sơn La & số nhà %d", i%40, m.random.IntN(9000)), true, 1
		case 17:
			return fmt.Sprintf("09%08d", m.random.IntN(100_000_000)), true, 3
		case 9, 12, 15:
			return fmt.Sprint(1970 + m.random.IntN(30)), false, 1
		case 18, 19:
			return fmt.Sprintf("QĐ-%d/%d", m.random.IntN(100_000), 2015+i%10), true, 1
		}
		return "", false, 1
	}, madeColumns)
}

// row writes one row; cell gives text, whether it is text, and style.
func (m *maker) row(number int, cell func(column int) (string, bool, int), columns int) {
	fmt.Fprintf(&m.sheet, `<row r="%d" spans="1:%d" ht="15.75">`, number, madeColumns)
	for c := range columns {
		text, isText, style := cell(c)
		at := fmt.Sprintf("%c%d", 'A'+c, number)
		switch {
		case text == "" && m.kind == inlineTexts:
		case text == "":
			fmt.Fprintf(&m.sheet, `<c r="%s" s="%d"/>`, at, style)
		case !isText:
			fmt.Fprintf(&m.sheet, `<c r="%s" s="%d"><v>%s</v></c>`, at, style, text)
		case m.kind == inlineTexts:
			fmt.Fprintf(&m.sheet, `<c r="%s" s="%d" t="inlineStr"><is><t>%s</t></is></c>`, at, style, html.EscapeString(text))
		default:
			fmt.Fprintf(&m.sheet, `<c r="%s" s="%d" t="s"><v>%d</v></c>`, at, style, m.share(text))
		}
	}
	m.sheet.WriteString(`</row>`)
}

func (m *maker) share(text string) int {
	m.uses++
	i, known := m.texts[text]
	if !known {
		i = len(m.texts)
		m.texts[text] = i
		m.shared.WriteString(`<si><t>` + html.EscapeString(text) + `</t></si>`)
	}
	return i
}

// madeStyles are the styles of made-up workbooks: 0 plain, 1 bordered, 2 bordered day, 3 bordered text.
const madeStyles = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="165" formatCode="dd/mm/yyyy"/></numFmts>` +
	`<fonts count="2"><font><sz val="13"/><name val="Times New Roman"/><family val="1"/></font><font><sz val="13"/><name val=".VnTime"/><family val="2"/></font></fonts>` +
	`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
	`<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/><diagonal/></border></borders>` +
	`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
	`<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="0" fillId="0" borderId="1" xfId="0"><alignment vertical="center" wrapText="1"/></xf>` +
	`<xf numFmtId="165" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1"/>` +
	`<xf numFmtId="0" fontId="1" fillId="0" borderId="1" xfId="0"/></cellXfs></styleSheet>`

const (
	madeTypes = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>` +
		`<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>` +
		`<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>` +
		`<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>`
	madeRoot = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	madeBook = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">` +
		`<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`
	madeRelations = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>` +
		`<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>`
)

// pack puts the parts together.
func (m *maker) pack(t testing.TB) []byte {
	shared := fmt.Sprintf(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="%d" uniqueCount="%d">`,
		m.uses, len(m.texts)) + m.shared.String() + `</sst>`
	return packParts(t, madeParts(m.sheet.String(), shared))
}

// partText is a part by name; a slice keeps their order.
type partText struct{ name, text string }

// madeParts are the parts of a workbook with one sheet.
func madeParts(sheet, shared string) []partText {
	return []partText{
		{"[Content_Types].xml", madeTypes}, {"_rels/.rels", madeRoot}, {"xl/workbook.xml", madeBook}, {"xl/_rels/workbook.xml.rels", madeRelations},
		{"xl/worksheets/sheet1.xml", sheet}, {"xl/styles.xml", madeStyles}, {"xl/sharedStrings.xml", shared},
	}
}

func packParts(t testing.TB, parts []partText) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	w.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) { return flate.NewWriter(out, flate.BestSpeed) })
	for _, p := range parts {
		method := zip.Deflate
		if p.text == "" {
			method = zip.Store
		}
		f, err := w.CreateHeader(&zip.FileHeader{Name: p.name, Method: method})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(p.text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// sheetXML wraps rows into a sheet.
func sheetXML(rows string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows + `</sheetData></worksheet>`
}

// sharedXML wraps texts into the shared strings part.
func sharedXML(texts ...string) string {
	var b strings.Builder
	b.WriteString(`<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`)
	for _, text := range texts {
		b.WriteString(`<si><t>` + html.EscapeString(text) + `</t></si>`)
	}
	return b.String() + `</sst>`
}
