package xlsx

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"lamsach/core/roster"
	"lamsach/paper/cells"
	"lamsach/paper/pack"
)

// legendPlan is where the legend sheet goes; nil when there is none.
type legendPlan struct {
	name, part, relation string
	sheetID              int
	again                bool // an earlier copy's is written anew
}

func (l *legendPlan) isNew() bool { return l != nil && !l.again }

// planLegend finds a name and a part for the legend sheet. A sheet of that name whose first cell is the legend's first line is ours, from
// an earlier copy, and is written anew.
func (p *patcher) planLegend() (*legendPlan, error) {
	if p.plan.LegendName == "" || len(p.plan.Legend) == 0 {
		return nil, nil
	}
	l := &legendPlan{name: p.plan.LegendName, relation: legendRelation, sheetID: p.index.maxSheetID + 1}
	for number := 1; ; number++ {
		i := p.sheetNamed(l.name)
		if i < 0 {
			break
		}
		first, err := p.firstText(i)
		if err != nil {
			return nil, err
		}
		if first == p.plan.Legend[0].Text {
			l.again = true
			p.parts[pack.Key(p.index.sheets[i].part)] = p.writeLegend
			return l, nil
		}
		suffix := fmt.Sprintf(" (%d)", number+1)
		l.name = cutName(p.plan.LegendName, longestSheetName-len(suffix)) + suffix
	}
	l.name = cutName(l.name, longestSheetName)
	for number := 1; ; number++ {
		l.part = resolve(p.index.workbook, fmt.Sprintf("worksheets/legend%d.xml", number))
		if !p.archive.Has(l.part) {
			break
		}
	}
	for p.index.relations[l.relation] {
		l.relation += "x"
	}
	p.added = append(p.added, addedPart{l.part, p.writeLegend})
	return l, nil
}

func cutName(name string, most int) string {
	for utf8.RuneCountInString(name) > most {
		_, size := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-size]
	}
	return name
}

// sheetNamed gives the index of a sheet, -1 when there is none; names do not differ by case.
func (p *patcher) sheetNamed(name string) int {
	for i, entry := range p.index.sheets {
		if strings.EqualFold(entry.name, name) {
			return i
		}
	}
	return -1
}

// firstText gives the text of a sheet's first cell with something in it.
func (p *patcher) firstText(i int) (string, error) {
	entry := p.index.sheets[i]
	part, err := p.archive.Open(entry.part)
	if err != nil {
		return "", err
	}
	defer part.Close()
	r := p.book.sheetReader(i, part)
	seen := sighting{headers: map[string]int{}}
	heads := map[int]int{}
	r.onCell = func(cell raw) error {
		if len(cell.value) == 0 {
			return nil
		}
		seen.head(r.column, &cell, heads)
		return errStopped
	}
	if err := r.read(func(roster.SheetRow) bool { return true }); err != nil && !errors.Is(err, errStopped) {
		return "", cells.WrongSheet(err, entry.name, r.row, r.rows)
	}
	if err := p.lookUp(heads, seen.headers); err != nil {
		return "", err
	}
	for text := range seen.headers {
		return text, nil
	}
	return "", nil
}

// legendWidth is the width of the legend's one column, in characters.
const legendWidth = 90

// legendLine is the height of one line of it, in points.
const legendLine = 20

// writeLegend writes the legend sheet: one line below the other, each in the colour that it explains.
func (p *patcher) writeLegend(out io.Writer) error {
	space := mainNamespace
	if p.index.strict {
		space = strictNamespace
	}
	_, err := fmt.Fprintf(out, `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`+"\n"+`<worksheet xmlns="%s"><dimension ref="%s"/>`+
		`<cols><col min="1" max="1" width="%d" customWidth="1"/></cols><sheetData>`, space, extent{1, len(p.plan.Legend), 0, 0}, legendWidth)
	for i, line := range p.plan.Legend {
		if err != nil {
			return err
		}
		style := p.styles.number(restyle{mark: line.Mark, wrap: true, unicode: true})
		height := legendLine * (1 + utf8.RuneCountInString(line.Text)/legendWidth)
		_, err = fmt.Fprintf(out, `<row r="%d" ht="%d" customHeight="1"><c r="A%d" s="%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c></row>`,
			i+1, height, i+1, style, appendEscaped(nil, line.Text))
	}
	if err == nil {
		_, err = io.WriteString(out, `</sheetData><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/></worksheet>`)
	}
	return err
}
