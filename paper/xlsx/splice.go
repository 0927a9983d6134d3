package xlsx

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strconv"

	"lamsach/paper/markup"
)

// splicer copies a sheet to sink and changes it on the way: what is not touched passes byte for byte.
type splicer struct {
	*sheetReader
	plan    *sheetPlan
	styles  *restyler
	ctx     context.Context
	tag     string // prefix of the sheet's own elements
	next    int    // of plan.cells
	last    int    // row that was passed last
	pending []insertion
	list    []edit       // that are left in the row
	room    []edit       // the memory of list
	look    int          // style of the last cell of the table in this row
	orphans map[int]bool // shared formulas whose first cell was replaced
	out     []byte
}

// splice writes a sheet with its changes.
func (p *patcher) splice(ctx context.Context, plan *sheetPlan, out io.Writer) error {
	part, err := p.archive.Open(plan.entry.part)
	if err != nil {
		return err
	}
	defer part.Close()
	s := &splicer{
		sheetReader: &sheetReader{Scanner: markup.NewScanner(part), book: p.book}, plan: plan, styles: p.styles, ctx: ctx, orphans: map[int]bool{},
	}
	s.Sink = out
	s.cellsLeft = p.limits.Cells
	if err := s.Root("worksheet"); err != nil {
		return err
	}
	s.tag = string(s.Prefix)
	s.pending = s.insertions()
	return s.run()
}

// run passes the children of the sheet.
func (s *splicer) run() error {
	for {
		kind, err := s.Next()
		if err != nil {
			return err
		}
		switch kind {
		case markup.End:
			return s.Flush(s.Pos)
		case markup.Close:
			err = s.insertBefore(lateRank)
		case markup.Open:
			err = s.passChild()
		}
		if err != nil {
			return err
		}
	}
}

// passData passes the rows.
func (s *splicer) passData() error {
	if s.Empty {
		if err := s.Replace([]byte("<" + s.tag + "sheetData>")); err != nil {
			return err
		}
		if err := s.missingRows(lastRow + 1); err != nil {
			return err
		}
		_, err := s.Sink.Write([]byte("</" + s.tag + "sheetData>"))
		return err
	}
	for {
		kind, err := s.Next()
		switch {
		case err != nil:
			return err
		case kind == markup.Close:
			return s.missingRows(lastRow + 1)
		case s.Is("row"):
			err = s.passRow()
		case kind == markup.Open:
			err = s.Skip()
		}
		if err != nil {
			return err
		}
	}
}

// missingRows writes the rows with changes that the sheet does not have, up to a row, in front of the current token.
func (s *splicer) missingRows(before int) error {
	for row := s.last + 1; row < before; row++ {
		if s.next == len(s.plan.cells) && row > max(s.plan.patch.HeaderRow, s.plan.patch.LastRow) {
			return nil
		}
		if !(s.next < len(s.plan.cells) && s.plan.cells[s.next].Row == row) && !s.plan.hasValue(row) {
			continue
		}
		s.take(row)
		s.out = fmt.Appendf(s.out[:0], `<%srow r="%d">`, s.tag, row)
		s.look = 0
		for _, e := range s.list {
			s.newCell(row, e)
		}
		s.out = fmt.Appendf(s.out, `</%srow>`, s.tag)
		if err := s.Insert(s.out); err != nil {
			return err
		}
	}
	return nil
}

// take gathers the edits of a row.
func (s *splicer) take(row int) {
	s.room = s.plan.edits(row, s.next, s.room[:0])
	s.list = s.room
	for s.next < len(s.plan.cells) && s.plan.cells[s.next].Row <= row {
		s.next++
	}
}

// passRow passes one row.
func (s *splicer) passRow() error {
	if err := s.ctx.Err(); err != nil {
		return err
	}
	if err := s.beginRow(); err != nil {
		return err
	}
	if err := s.missingRows(s.row); err != nil {
		return err
	}
	s.take(s.row)
	s.last = s.row
	s.look = 0
	if len(s.list) == 0 {
		return s.Skip()
	}
	wasEmpty := s.Empty
	if err := s.passRowTag(); err != nil {
		return err
	}
	if !wasEmpty {
		return s.passCells()
	}
	s.out = s.out[:0]
	for _, e := range s.list {
		s.newCell(s.row, e)
	}
	s.out = fmt.Appendf(s.out, `</%srow>`, s.tag)
	_, err := s.Sink.Write(s.out)
	return err
}

// passRowTag writes the row's tag anew when its spans grow, or when it was empty.
func (s *splicer) passRowTag() error {
	spans := s.Attr("spans")
	if spans == nil && !s.Empty {
		return nil
	}
	s.out = append(append(s.out[:0], '<'), s.Prefix...)
	s.out = append(s.out, s.Name...)
	for _, a := range s.Tag {
		value := a.Value
		if string(a.Name) == "spans" {
			value = widen(value, s.list[0].column+1, s.list[len(s.list)-1].column+1)
		}
		s.out = markup.AppendAttr(s.out, a.Name, value)
	}
	return s.Replace(append(s.out, '>'))
}

// widen gives spans that hold the columns from and to as well.
func widen(spans []byte, from, to int) []byte {
	before, after, _ := bytes.Cut(spans, []byte(":"))
	low, ok := number(before)
	high, ok2 := number(after)
	if !ok || !ok2 || low <= from && high >= to {
		return spans
	}
	return strconv.AppendInt(append(strconv.AppendInt(nil, int64(min(low, from)), 10), ':'), int64(max(high, to)), 10)
}

// passCells passes the cells of a row that changes.
func (s *splicer) passCells() error {
	s.quickLeap()
	for {
		if s.quickPass() {
			continue
		}
		kind, err := s.Next()
		switch {
		case err != nil:
			return err
		case kind == markup.Close:
			return s.insertCells(lastColumn + 1)
		case s.Is("c"):
			err = s.passCell()
		case kind == markup.Open:
			err = s.Skip()
		}
		if err != nil {
			return err
		}
	}
}

// quickLeap goes to the last cell of a row that lies whole in the window and changes behind that cell only, as most rows do. What it leaps
// over was read before; a style in our own colour or the formula of a replaced cell might need a change on the way.
func (s *splicer) quickLeap() {
	if len(s.styles.painted) > 0 || len(s.orphans) > 0 {
		return
	}
	b := s.Window(enough)
	at := bytes.LastIndex(b[:rowEnd(b)], []byte(`<c r="`))
	if at < 0 {
		return
	}
	if column, _, _, i := s.quickTag(b[at:]); i > 0 && column < s.list[0].column {
		s.Pos += at
	}
}

// rowEnd finds the end tag of a row, 0 when it is not there: by its w, a letter that hardly stands anywhere else.
func rowEnd(b []byte) int {
	const before, after = "</ro", "w>"
	for at := len(before); at < len(b); at++ {
		i := bytes.IndexByte(b[at:], after[0])
		if i < 0 {
			return 0
		}
		at += i
		if bytes.HasPrefix(b[at:], []byte(after)) && bytes.HasSuffix(b[:at], []byte(before)) {
			return at - len(before)
		}
	}
	return 0
}

// quickPass passes a cell that does not change and lies whole in the window.
func (s *splicer) quickPass() bool {
	b := s.Window(enough)
	column, style, kind, i := s.quickTag(b)
	if i == 0 || len(s.list) > 0 && s.list[0].column <= column || len(s.styles.painted) > 0 && s.styles.painted[style] {
		return false
	}
	length := 2
	switch {
	case b[i] == '/':
	case kind == kindInline:
		_, length = quickInline(b[i+1:])
	default:
		_, length = quickValue(b[i+1:])
	}
	if length == 0 {
		return false
	}
	if b[i] != '/' {
		length++
	}
	s.Pos += i + length
	s.column = column
	s.look = style
	return true
}

// insertCells writes the cells that the row does not have, up to a column, in front of the current token.
func (s *splicer) insertCells(before int) error {
	s.out = s.out[:0]
	n := 0
	for n < len(s.list) && s.list[n].column < before {
		s.newCell(s.row, s.list[n])
		n++
	}
	s.list = s.list[n:]
	if n == 0 {
		return nil
	}
	return s.Insert(s.out)
}

// passCell passes or changes the cell whose tag is the current token.
func (s *splicer) passCell() error {
	if err := s.place(s.Attr("r")); err != nil {
		return err
	}
	if err := s.insertCells(s.column); err != nil {
		return err
	}
	style, _ := number(s.Attr("s"))
	if len(s.list) == 0 || s.list[0].column != s.column {
		s.look = style
		if s.styles.painted[style] {
			if err := s.passMarked(style, NoMark); err != nil {
				return err
			}
		}
		return s.passContent()
	}
	e := s.list[0]
	s.list = s.list[1:]
	if !e.ours {
		s.look = style
	}
	if e.keep {
		if err := s.passMarked(style, e.mark); err != nil {
			return err
		}
		return s.passContent()
	}
	if e.ours {
		style = s.look // as its neighbour of the table
	}
	s.out = s.appendCell(s.out[:0], s.row, e, style)
	if err := s.Insert(s.out); err != nil {
		return err
	}
	return s.dropCell()
}

// passMarked writes the cell's tag with another style.
func (s *splicer) passMarked(style int, mark Mark) error {
	number := s.styles.number(restyle{base: style, mark: mark})
	if number == style {
		return nil
	}
	s.out = append(append(s.out[:0], '<'), s.Prefix...)
	s.out = append(s.out, s.Name...)
	for _, a := range s.Tag {
		if string(a.Name) != "s" {
			s.out = markup.AppendAttr(s.out, a.Name, a.Value)
		}
	}
	s.out = markup.AppendAttr(s.out, []byte("s"), strconv.AppendInt(nil, int64(number), 10))
	if s.Empty {
		s.out = append(s.out, '/')
	}
	return s.Replace(append(s.out, '>'))
}

// dropCell leaves the cell out and remembers a shared formula that went with it.
func (s *splicer) dropCell() error {
	sink := s.Sink
	s.Sink = nil
	defer func() { s.Sink = sink }()
	if !s.Empty {
		for outside := s.Depth() - 1; s.Depth() > outside; {
			if _, err := s.Next(); err != nil {
				return err
			}
			if s.Is("f") && string(s.Attr("t")) == "shared" && s.Attr("ref") != nil {
				if index, ok := number(s.Attr("si")); ok {
					s.orphans[index] = true
				}
			}
		}
	}
	return s.Flush(s.Pos)
}

// passContent passes the content of a cell; a formula that is shared from a cell that was replaced leaves its value alone.
func (s *splicer) passContent() error {
	if s.Empty {
		return nil
	}
	for outside := s.Depth() - 1; s.Depth() > outside; {
		if _, err := s.Next(); err != nil {
			return err
		}
		if !s.Is("f") || string(s.Attr("t")) != "shared" {
			continue
		}
		if index, ok := number(s.Attr("si")); ok && s.orphans[index] {
			if err := s.Without(); err != nil {
				return err
			}
		}
	}
	return nil
}
