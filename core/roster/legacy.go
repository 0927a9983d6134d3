package roster

import (
	"slices"
	"strings"

	"lamsach/core/viet"
)

// Decoded gives the cell's text in Unicode. A text that cannot have been written in the encoding that the font
// betrays, because it holds letters that the encoding does not have, is Unicode already.
func (c *Cell) Decoded() string {
	if c.Legacy == Unicode || !narrow(c.Text) {
		return c.Text
	}
	return c.Legacy.decode(c.Text)
}

func (l Legacy) decode(text string) string {
	switch l {
	case TCVN3:
		return viet.FromTCVN3(text)
	case VNI:
		return viet.FromVNI(text)
	}
	return text
}

// narrow reports whether all characters lie below U+0100, where both old encodings live, and some above ASCII.
func narrow(s string) bool {
	wide := false
	for _, r := range s {
		switch {
		case r >= 0x2010 && r <= 0x2026: // dashes, quotes and dots, which those fonts have too
		case r >= 0x200B && r <= 0x200F || r == 0xFEFF: // not to be seen: it slipped in beside the text
		case r >= 0x100:
			return false
		default:
			wide = wide || r >= 0x80
		}
	}
	return wide
}

// Limits of the guess at a column's encoding. Below the first the text is not Vietnamese as it stands, above the second it is once
// decoded. Where names of other peoples blur both, letters that Vietnamese does not have speak as well: oddShare of the cells have one,
// and decoding gains clearly; where nearly all have one, that is enough.
const (
	strange  = 0.6
	familiar = 0.95
	oddShare = 0.3
	gain     = 0.15
	fair     = 0.75
	allOdd   = 0.8
)

// guessEncodings guesses the encoding of every column whose fonts say nothing. A column that itself gives no proof, and holds next to
// nothing that only Unicode has, goes with the names, or with a header in an old font.
//
// names is the encoding of the names, in which what stands between people is written too.
func guessEncodings(columns []Column, rows []SheetRow, header Legacy) (out []encoding, names Legacy) {
	out = make([]encoding, len(columns))
	open := make([]bool, len(columns))
	names = header
	for i := range columns {
		if c := &columns[i]; c.Index >= 0 {
			out[i].Legacy, open[i] = guessEncoding(rows, c.Index)
			out[i].proven = out[i].Legacy != Unicode
			if out[i].proven && (names == Unicode || c.Field == FullName) {
				names = out[i].Legacy
			}
		}
	}
	for i := range columns {
		if open[i] {
			out[i] = encoding{names, header == names}
		}
	}
	return out, names
}

// inUnicode gives the row with the encoding of the list put on cells that read better in it, for those who look at a row that may
// be no person's.
func (s *sheetReader) inUnicode(row SheetRow) SheetRow {
	if s.names == Unicode {
		return row
	}
	row.Cells = slices.Clone(row.Cells)
	for i := range row.Cells {
		if c := &row.Cells[i]; c.Kind == Text && c.Legacy == Unicode && better(c.Text, encoding{Legacy: s.names, proven: s.header.old == s.names}) {
			c.Legacy = s.names
		}
	}
	return row
}

// guessEncoding scores the column's cells in the first rows as they stand and decoded, to find a column written in an old
// encoding without a font that says so. It is open when there is nothing to judge by.
func guessEncoding(rows []SheetRow, column int) (legacy Legacy, open bool) {
	var n, wide, odd int
	var plain, tcvn3, vni float64
	for _, row := range rows {
		if column >= len(row.Cells) {
			continue
		}
		c := &row.Cells[column]
		if c.Kind != Text || c.Legacy != Unicode {
			continue
		}
		if !narrow(c.Text) {
			if viet.HasMarks(c.Text) {
				wide++
			}
			continue
		}
		n++
		if isOdd(c.Text) {
			odd++
		}
		plain += viet.SyllableScore(c.Text)
		tcvn3 += viet.SyllableScore(viet.FromTCVN3(c.Text))
		vni += viet.SyllableScore(viet.FromVNI(c.Text))
	}
	total := float64(n)
	best, score := TCVN3, tcvn3
	if vni > tcvn3 {
		best, score = VNI, vni
	}
	many, nearlyAll := float64(odd) >= oddShare*total, float64(odd) >= allOdd*total
	switch {
	case n < enough:
		return Unicode, wide == 0
	case wide > n:
		return Unicode, false
	case plain < strange*total && score > familiar*total, (many && score > fair*total || nearlyAll) && score > plain+gain*total:
		return best, false
	}
	return Unicode, wide*10 <= n && odd > 0
}

// encoding is what the cells of a column are written in whose font says nothing. It is proven by what they say, or by a header in an old
// font; else it is that of the names, and every cell must speak for it.
type encoding struct {
	Legacy
	proven bool
}

// better reports whether a text without a font reads better in the encoding of its column.
func better(text string, e encoding) bool {
	if !narrow(text) {
		return false
	}
	decoded := Cell{Kind: Text, Text: text, Legacy: e.Legacy}
	before, after := readsAs(text), readsAs(decoded.Decoded())
	return after > before || after == before && (e.proven && after > 0 || isOdd(text))
}

// readsAs is the syllable score of a text's words, without the signs and digits between them.
func readsAs(text string) float64 {
	return viet.SyllableScore(strings.Map(func(r rune) rune {
		switch {
		case r < 'A':
			return ' '
		case r >= 0x200B && r <= 0x200F || r == 0xFEFF:
			return -1
		}
		return r
	}, text))
}

// isOdd reports whether a text has a sign of Latin-1 that Vietnamese and the country's other languages do not write.
func isOdd(text string) bool {
	last := ' '
	for _, r := range text {
		if (r == 'Ð' || r == 'ð') && last != ' ' { // Đ and đ begin words
			return true
		}
		if viet.IsVNIPair(last, r) {
			return true
		}
		last = r
		if r >= 0xA1 && r <= 0xFF && !strings.ContainsRune("ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýÑñÐð°²³·", r) {
			return true
		}
	}
	return false
}
