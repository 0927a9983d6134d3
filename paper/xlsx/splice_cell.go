package xlsx

import (
	"strconv"

	"lamsach/core/civil"
	"lamsach/core/roster"
)

// newCell appends a cell that the row does not have.
func (s *splicer) newCell(row int, e edit) {
	s.out = s.appendCell(s.out, row, e, s.look)
}

// appendCell appends the cell that an edit makes of one with that style.
func (s *splicer) appendCell(dst []byte, row int, e edit, look int) []byte {
	serial, isDay := 0, false
	if e.value.Kind == roster.Date && len(e.value.Text) >= 10 {
		if day, err := civil.ParseISO(e.value.Text[:10]); err == nil {
			serial = day.Serial(s.styles.date1904)
			isDay = serial > 0
		}
	}
	empty := e.value.Text == ""
	want := restyle{base: look, mark: e.mark}
	switch {
	case e.ours && e.header:
		want.unicode = true
	case e.ours:
		want.oneLine, want.format, want.unicode = true, textFormat, true
	case isDay:
		want.format, want.unicode = dayFormat, true
	case !empty:
		want.format, want.unicode = textFormat, true
	}
	dst = appendColumnName(join(dst, "<", s.tag, `c r="`), e.column)
	dst = append(strconv.AppendInt(dst, int64(row), 10), `" s="`...)
	dst = append(strconv.AppendInt(dst, int64(s.styles.number(want)), 10), '"')
	switch {
	case empty:
		return append(dst, "/>"...)
	case isDay:
		dst = strconv.AppendInt(join(dst, "><", s.tag, "v>"), int64(serial), 10)
		return join(dst, "</", s.tag, "v></", s.tag, "c>")
	}
	dst = join(dst, ` t="inlineStr"><`, s.tag, "is><", s.tag, `t xml:space="preserve">`)
	dst = appendEscaped(dst, e.value.Text)
	return join(dst, "</", s.tag, "t></", s.tag, "is></", s.tag, "c>")
}

// join appends all parts.
func join(dst []byte, parts ...string) []byte {
	for _, part := range parts {
		dst = append(dst, part...)
	}
	return dst
}
