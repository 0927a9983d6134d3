package roster

import (
	"regexp"
	"strings"
	"unicode"

	"lamsach/core/viet"
)

var (
	// countText is how many people a heading or a sum tells of: "3 cháu", "Tổng: 7", "7 cháu (Nam 3, Nữ 4)".
	countText = regexp.MustCompile(`(?i)^(?:(?:tổng|cộng|tổng cộng|tổng số|có|gồm|nam|nữ)\s*:?\s*\d{1,4}|(?:(?:tổng|cộng|tổng cộng|tổng số|có|gồm|nam|nữ)\s*:?\s*)?\d{1,4}\s*(?:cháu|trẻ|em|người|hộ|đối tượng|học sinh|khẩu|đ/c|nk))\.?\s*(?:[(:;,–-].*)?$`)
	// partText is what a part of a sum is called.
	partText = regexp.MustCompile(`(?i)^(?:nam|nữ|trong đó.*|số (?:trẻ|cháu|người|em|đối tượng|nam|nữ).*|lu[ỹy] kế.*|lũy kế.*|mang sang.*|chuyển sang.*)$`)
	// labelText is how headings of people begin that no name begins with; labelWords are words of them, folded, of which no name is made.
	labelText  = regexp.MustCompile(`(?i)^(?:[-+*•]\s|lớp\s+(?:\S*\d|mầm|chồi|lá|mẫu giáo|nhà trẻ)|trẻ\s+(?:\d|từ|dưới|trên|chưa|có|em|mồ côi|khuyết)|(?:sinh\s+)?năm\s+\d{4}|(?:quý|kỳ)\s+(?:[ivx]+|\d)|(?:đợt|tháng|khoản|điều|mục|phần|mức|hệ số|điểm)\s+[\d(a-h]|trường\s+(?:th|thcs|thpt|mn|mầm non|mẫu giáo|tiểu học|pt|phổ thông)|dân tộc\s+\p{Lu}|nhà trẻ|chùa\s|nhóm\s|loại\s+\S{1,3}$|(?:tăng|giảm|phát sinh)\s+(?:trong|mới|tháng|so)|chi trả|diện\s+(?:\d|hộ|bảo|trợ|nghèo|cận|chính)|kinh phí|hỗ trợ|trợ cấp|(?:nct|nkt|btxh|htxh|tgxh)(?:\s|$)|giữ nguyên|truy lĩnh|mai táng|chăm sóc\s+(?:nkt|người|trẻ)|nuôi dưỡng\s|(?:th|thcs|th&thcs|ptdt\S*|mn)\s+\p{Lu}|người từ\s|khu vực\s|(?:nam|nữ)$)`)
	labelWords = regexp.MustCompile(`(?:^| )(?:nguoi (?:cao tuoi|khuyet tat|cham soc|don than|nhiem|mac|dan toc|thuoc)|khuyet tat|cao tuoi|mo coi|tre em|doi tuong|ho (?:ngheo|can ngheo)|nuoi con|don than|(?:tu|du|duoi|tren) (?:du )?\d+ tuoi|bao tro|tro cap|hiv)(?: |,|\(|:|$)`)
	// hintText is how a cell below a header explains what is to be written there, folded.
	hintText = regexp.MustCompile(`^\(?(?:dd|ngay)\s*[/.-]\s*(?:mm|thang)\b|^nam\s*[/,]\s*nu$|^\d{1,2} (?:chu so|so|ky tu)|^\(?bat buoc|^\(?(?:viet |chu )?in hoa|^ghi ro|^ghi (?:theo|ho|day)|^kieu (?:chu|ngay|so|text)|^danh muc|^(?:vd|vi du)\s*[:.]|^chon `)
)

// isCountText reports whether a cell is such a number of people.
func isCountText(c *Cell) bool { return countText.MatchString(strings.TrimSpace(c.Decoded())) }

// isLabel reports whether a text heads people of one sort, and is nobody's name.
func isLabel(text string) bool {
	return labelText.MatchString(text) || labelWords.MatchString(viet.Fold(text))
}

// likeName reports whether a text looks like a name: words with capitals, or all in small letters, and no digits.
func likeName(text string) bool {
	small, large := 0, 0
	for word := range strings.FieldsSeq(text) {
		first := []rune(word)[0]
		switch {
		case strings.ContainsAny(word, "0123456789/()"):
			return false
		case unicode.IsUpper(first):
			large++
		default:
			small++
		}
	}
	return small == 0 || large == 0
}

// explains reports whether a row below the header says how the columns are to be filled in: in two cells or more, or in all there are.
func explains(cells []Cell) bool {
	filled, hints, ticks := 0, 0, 0
	for i := range cells {
		c := &cells[i]
		if isBlank(c) {
			continue
		}
		filled++
		if c.Kind != Text || len(c.Text) > 200 {
			continue
		}
		text := strings.TrimSpace(c.Decoded())
		switch {
		case hintText.MatchString(viet.Fold(text)):
			hints++
		case isTick(text) || text == "*":
			ticks++
		}
	}
	return hints >= 2 || hints > 0 && hints == filled || ticks >= 3 && ticks == filled
}

// onlySums reports whether a row holds nothing but words of sums and figures.
func onlySums(cells []Cell) bool {
	figures := 0
	for i := range cells {
		c := &cells[i]
		if isBlank(c) {
			continue
		}
		text := strings.TrimSpace(c.Decoded())
		switch {
		case c.Kind == Number, isCount(text), isCountText(c), strings.Trim(text, "0123456789., đ") == "":
			figures++
		case c.Kind != Text || !sumText.MatchString(text) && !partText.MatchString(text):
			return false
		}
	}
	return figures > 0
}

// outOfCount reports whether a row's number is none that the people's may go on with.
func (s *sheetReader) outOfCount(t *traits) bool {
	n := strings.Trim(t.ordinal, ".) ")
	return isCount(n) && (s.count == 0 && s.counted || s.count > 0 && small(n) != s.count+1)
}

// countOn keeps the number of the newest person.
func (s *sheetReader) countOn(row SheetRow) {
	for _, column := range s.telling {
		if column.Field == Ordinal && column.Index < len(row.Cells) {
			if n := strings.Trim(strings.TrimSpace(row.Cells[column.Index].Text), ".) "); isCount(n) {
				s.count = small(n)
			}
		}
	}
}

// countsPeople reports whether most rows with a name have a number before it.
func countsPeople(columns []Column, rows []SheetRow) bool {
	ordinal, name := indexOf(columns, Ordinal, Whole), indexOf(columns, FullName, Whole)
	for _, part := range []Part{FamilyPart, WithBirth} {
		if name < 0 {
			name = indexOf(columns, FullName, part)
		}
	}
	named, counted := 0, 0
	for _, row := range rows {
		if isBlank(cellAt(row, name)) {
			continue
		}
		named++
		if isCount(strings.Trim(strings.TrimSpace(cellAt(row, ordinal).Text), ".) ")) {
			counted++
		}
	}
	return counted >= enough && 2*counted > named
}

// startsGroup reports whether a row below a header is the heading of the first people: "I | Người cao tuổi", or one word alone below the
// names, the ordinals, or what it says nothing of. Both may be words of headers.
func startsGroup(above, cells []Cell) bool {
	filled, first, last := 0, -1, -1
	for i := range cells {
		if isBlank(&cells[i]) {
			continue
		}
		if filled++; first < 0 {
			first = i
		}
		last = i
	}
	switch filled {
	case 1:
		if last >= len(above) || strings.HasPrefix(headerText(&cells[last]), "(") {
			return false
		}
		up, down := lookUp(headerText(&above[last])), lookUp(headerText(&cells[last]))
		return len(up) > 0 && (up[0].notion == "full_name" || up[0].notion == "stt" || len(down) > 0 && places[up[0].notion].field != NoField && !shareField(up, down))
	case 2:
		mark := headerText(&cells[first])
		return groupMark.MatchString(mark) || isCount(strings.TrimRight(mark, ".)/ "))
	}
	return false
}

// shareField reports whether two header texts can be about one field.
func shareField(up, down []reading) bool {
	for _, u := range up {
		for _, d := range down {
			if places[u.notion].field == places[d.notion].field || under([]reading{u}, d.notion) != d.notion {
				return true
			}
		}
	}
	return false
}
