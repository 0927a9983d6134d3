package roster

import (
	"regexp"
	"strings"

	"lamsach/core/viet"
)

// What stands below the people, or between them, of numbers: a small table of sums, lines of counts, what colours mean.
var (
	// axisText is what the columns of a table of sums are called, folded, besides the sums.
	axisText = regexp.MustCompile(`^(?:stt|tt|ten )?(?:thon|ban|xom|khu|to|xa|lop|thon/ban|thon, ban|ban/thon|don vi|dan toc|noi dung)?$|^(?:nam|nu|ghi chu|ty le(?: %)?|ti le(?: %)?|(?:da|chua) (?:co|cap)(?: .*)?)$`)
	// labelCount is a line of counts: "Đã có mã: 4", "Đã có: 4/4 trẻ (100%)".
	labelCount = regexp.MustCompile(`^(\p{L}[\p{L}\s,/-]{1,60}):\s*\d{1,4}(?:\s*/\s*\d{1,4})?\s*(?:cháu|trẻ|em|người|hộ|học sinh|hs)?\s*(?:\(?\s*\d{1,3}(?:[.,]\d{1,2})?\s*%\s*\)?)?[.;,]?$`)
	// countWord begins a line of counts that no heading of people begins with, folded.
	countWord  = regexp.MustCompile(`^(?:da|chua|khong|con|thieu|du|so) `)
	legendText = regexp.MustCompile(`^(?:o |to |dong |chu |nen |cot )?mau (?:xanh|do|vang|cam|tim|hong|den|trang|nau|xam)(?: |:|$)`)
)

// summaryHead reports whether a row is the header of a small table of sums: "STT | Thôn | Tổng số | Nam | Nữ".
func summaryHead(cells []Cell) bool {
	axes, sums := 0, 0
	for i := range cells {
		c := &cells[i]
		if isBlank(c) {
			continue
		}
		if c.Kind != Text || len(c.Text) > 80 {
			return false
		}
		switch text := viet.Squeeze(c.Decoded()); {
		case sumText.MatchString(text), strings.HasPrefix(viet.Lower(text), "số ") && partText.MatchString(text):
			sums++
		case axisText.MatchString(viet.Fold(text)):
			axes++
		}
	}
	return sums > 0 && axes >= 2
}

// countsOnly reports whether there is nothing in a row but counts beside one text and its number, and how many.
func (s *sheetReader) countsOnly(t *traits, row SheetRow) int {
	counts, _ := s.beside(t, row)
	if !counts {
		return 0
	}
	n := 0
	for i := range row.Cells {
		if column := s.columnAt(i); i != t.firstAt && !isBlank(&row.Cells[i]) && (column == nil || column.Field != Ordinal) {
			n++
		}
	}
	return n
}

// linesOfCounts reports whether each cell of a row is a label and its count. One alone, or beside a hamlet's, may head people.
func linesOfCounts(cells []Cell) bool {
	n, sure := 0, false
	for i := range cells {
		c := &cells[i]
		if isBlank(c) {
			continue
		}
		m := labelCount.FindStringSubmatch(viet.Squeeze(c.Decoded()))
		if c.Kind != Text || m == nil || n == 0 && (hamletText.MatchString(m[1]) || isLabel(m[1])) {
			return false
		}
		n++
		sure = sure || !likeName(m[1]) && countWord.MatchString(viet.Fold(m[1]))
	}
	return sure
}
