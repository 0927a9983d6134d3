package ods_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lamsach/core/roster"
	"lamsach/paper/cells"
	"lamsach/paper/ods"
	"lamsach/paper/papertest"
)

// expect demands that a file with this sheet holds these cells, by "row!column".
func expect(t *testing.T, data []byte, want map[string]roster.Cell) {
	t.Helper()
	got := papertest.Cells(t, mustOpen(t, data))
	delete(got, "List")
	named := map[string]roster.Cell{}
	for place, cell := range want {
		named["List!"+place] = cell
	}
	if diff := cmp.Diff(named, got); diff != "" {
		t.Errorf("cells differ (-want +got):\n%s", diff)
	}
}

func text(s string) roster.Cell   { return roster.Cell{Text: s, Kind: roster.Text} }
func number(s string) roster.Cell { return roster.Cell{Text: s, Kind: roster.Number} }

func TestKindsOfValue(t *testing.T) {
	value := func(attributes, text string) string {
		return `<table:table-cell ` + attributes + `><text:p>` + text + `</text:p></table:table-cell>`
	}
	expect(t, made(t, content("", sheet(row(
		value(`office:value-type="float" office:value="14316001234"`, "1.43E10"),
		value(`office:value-type="float" office:value="1.42160012345E11"`, ""),
		value(`office:value-type="percentage" office:value="0.5"`, "50%"),
		value(`office:value-type="currency" office:value="-3"`, "-3 đ"),
		value(`office:value-type="date" office:date-value="2016-05-09"`, "09/05/16"),
		value(`office:value-type="date" office:date-value="2016-05-09T18:00:00.4"`, ""),
		value(`office:value-type="date" office:date-value="2016-02-29T00:00:00"`, ""),
		value(`office:value-type="date" office:date-value="2016-02-30"`, "30/02/2016"),
		value(`office:value-type="time" office:time-value="PT12H00M00S"`, "12:00"),
		value(`office:value-type="boolean" office:boolean-value="true"`, "TRUE"),
		value(`office:value-type="boolean" office:boolean-value="false"`, "FALSE"),
	)+row(
		`<table:table-cell table:formula="of:=A1"/>`,
		`<table:table-cell table:formula="of:=A1"><text:p/></table:table-cell>`,
		value(`table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"`, "#DIV/0!"),
		value(`table:formula="of:=NA()" office:value-type="float" office:value="0"`, "#N/A"),
		value(`office:value-type="string" office:string-value="said &amp; done"`, "shown"),
		value(``, "a bare text"),
		`<table:covered-table-cell office:value-type="string"><text:p>below a merged cell</text:p></table:covered-table-cell>`,
	)))), map[string]roster.Cell{
		"1!0": number("14316001234"), "1!1": number("142160012345"), "1!2": number("0.5"), "1!3": number("-3"),
		"1!4": {Text: "2016-05-09", Kind: roster.Date}, "1!5": {Text: "2016-05-09T18:00:00", Kind: roster.Date},
		"1!6": {Text: "2016-02-29", Kind: roster.Date}, "1!7": text("30/02/2016"), "1!8": number("0.5"),
		"1!9": {Text: "1", Kind: roster.Bool}, "1!10": {Text: "0", Kind: roster.Bool},
		"2!0": {Kind: roster.Uncomputed}, "2!2": {Text: "#DIV/0!", Kind: roster.Fault}, "2!3": {Text: "#N/A", Kind: roster.Fault},
		"2!4": text("said & done"), "2!5": text("a bare text"), "2!6": text("below a merged cell"),
	})
}

func TestWords(t *testing.T) {
	for raw, want := range map[string]string{
		`plain`:                                                 "plain",
		`  led  by` + "\n\t" + `blanks `:                        "led by blanks ",
		`two<text:s/><text:s text:c="2"/>three`:                 "two   three",
		`a<text:tab/>b<text:line-break/> c`:                     "a\tb\nc",
		`one</text:p><text:p>two</text:p><text:p/><text:p>four`: "one\ntwo\n\nfour",
		`<text:span>Mùa <text:span>Thị</text:span></text:span> <text:a>Dợ</text:a>`:              "Mùa Thị Dợ",
		`x &lt;b&gt; &#7907;<![CDATA[<&amp;>]]>`:                                                 "x <b> ợ<&amp;>",
		`seen</text:p><office:annotation><text:p>remark</text:p></office:annotation><text:p>too`: "seen\ntoo",
		`a<draw:frame><text:p>picture</text:p></draw:frame>b<!-- c -->`:                          "ab",
	} {
		expect(t, made(t, content("", sheet(row(words(raw))))), map[string]roster.Cell{"1!0": text(want)})
	}
}

func TestRepeats(t *testing.T) {
	empty := `<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>`
	twice := `<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="3"/>` +
		`<table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="7"/></table:table-row>`
	expect(t, made(t, content("", sheet(row(words("a"))+`<table:table-row table:number-rows-repeated="2"/>`+twice+row(words("b"))+empty+empty))),
		map[string]roster.Cell{"1!0": text("a"), "4!3": number("7"), "4!4": number("7"), "5!3": number("7"), "5!4": number("7"), "6!0": text("b")})
}

func TestHidden(t *testing.T) {
	hidden := `<table:table-row table:visibility="filter">` + words("b") + `</table:table-row>`
	group := `<table:table-row-group table:display="false">` + row(words("c")) + `<table:table-row-group>` + row(words("d")) + `</table:table-row-group></table:table-row-group>`
	data := made(t, content(`<style:style style:name="ta1" style:family="table"><style:table-properties table:display="false"/></style:style>`,
		`<table:table table:name="A" table:style-name="ta1"><table:table-header-rows>`+row(words("a"))+`</table:table-header-rows>`+hidden+group+row(words("e"))+`</table:table>`,
		`<table:table table:name="B"/>`))
	want := map[string]roster.Cell{"A": {Text: "hidden true"}, "B": {Text: "hidden false"}, "A!1!0": text("a"), "A!2!0": text("b"), "A!3!0": text("c"),
		"A!4!0": text("d"), "A!5!0": text("e"), "A!2": {Text: "hidden"}, "A!3": {Text: "hidden"}, "A!4": {Text: "hidden"}}
	if diff := cmp.Diff(want, papertest.Cells(t, mustOpen(t, data))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestFonts(t *testing.T) {
	fonts := `<style:style style:name="ce1" style:family="table-cell"><style:text-properties style:font-name="Old"/></style:style>` +
		`<style:style style:name="ce2" style:family="table-cell" style:parent-style-name="ce1"/>` +
		`<style:style style:name="ce3" style:family="table-cell"><style:text-properties fo:font-family="Arial"/></style:style>` +
		`<style:style style:name="T1" style:family="text"><style:text-properties fo:font-family="&apos;VNI-Times&apos;"/></style:style>`
	data := packed(t, "styles.xml", `<office:document-styles><office:font-face-decls><style:font-face style:name="Old" svg:font-family="&apos;.VnTime&apos;"/></office:font-face-decls></office:document-styles>`,
		"content.xml", content(fonts, sheet(`<table:table-column table:number-columns-repeated="2" table:default-cell-style-name="ce3"/><table:table-column table:default-cell-style-name="ce2"/>`+
			row(words("a"), `<table:table-cell table:style-name="ce2" office:value-type="string"><text:p>b</text:p></table:table-cell>`, words("c"), words(`d<text:span text:style-name="T1">e</text:span>`)))))
	expect(t, data, map[string]roster.Cell{"1!0": text("a"), "1!1": {Text: "b", Kind: roster.Text, Legacy: roster.TCVN3},
		"1!2": {Text: "c", Kind: roster.Text, Legacy: roster.TCVN3}, "1!3": {Text: "de", Kind: roster.Text, Legacy: roster.VNI}})
}

// TestSheetsInAnyOrder reads sheets forth, back and twice.
func TestSheetsInAnyOrder(t *testing.T) {
	var sheets []string
	for _, name := range []string{"A", "B", "C"} {
		sheets = append(sheets, strings.Replace(sheet(row(words(name+"1"))+row(words(name+"2"))), "List", name, 1))
	}
	book := mustOpen(t, made(t, content("", sheets...)))
	for _, index := range []int{2, 0, 1, 1, 0, 2, 0} {
		n := 0
		for row, err := range book.Sheets[index].Rows {
			if err != nil {
				t.Fatal(err)
			}
			if n++; row.Cells[0].Text != book.Sheets[index].Name+string('0'+rune(n)) {
				t.Errorf("sheet %d, row %d: %v", index, n, row.Cells)
			}
			if index == 0 {
				break // and whoever reads may stop
			}
		}
		if n != 2 && index != 0 {
			t.Errorf("sheet %d: %d rows", index, n)
		}
	}
}

func TestLimits(t *testing.T) {
	wide := `<table:table-row><table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="7"/></table:table-row>`
	data := made(t, content("", sheet(wide+row(words("abcdef")))))
	book, err := ods.Open(bytes.NewReader(data), int64(len(data)), cells.Limits{Columns: 3, Runes: 4})
	if err != nil {
		t.Fatal(err)
	}
	if got := papertest.Cells(t, book); len(got) != 5 || got["List!2!0"] != text("abcd") {
		t.Errorf("got %v", got)
	}
	if said := book.Remarks(); len(said) != 2 || said[0].Args["N"] != 16381 || said[1].Args["N"] != 1 {
		t.Errorf("said %v", said)
	}
}
