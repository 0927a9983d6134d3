package roster

import (
	"regexp"
	"strings"

	"lamsach/core/viet"
)

// The reasons for which a row below the header is no person.
const (
	skipGroup       = "group"
	skipSum         = "sum"
	skipHeader      = "header"
	skipNumbers     = "numbers"
	skipSignature   = "signature"
	skipTitle       = "title"
	skipInstruction = "instruction"
	skipHousehold   = "household"
	skipParent      = "parent"
	skipBlank       = "blank"
	skipTable       = "table" // the header of another table; never told
)

var (
	sumText  = regexp.MustCompile(`(?i)^\s*(?:tổng\s*cộng|tong\s*cong|cộng|tổng\s*số|tong\s*so|tổng|tổng\s+toàn\s+\S+|cộng\s+\S+)\s*(?:$|[:(\d]|\d+\s*(?:trẻ|cháu|em|người)|\s(?:thôn|bản|xã|trang|toàn|số|chung|là))|^\s*cộng\s+(?:nhóm|mục|phần|loại|diện)\s`)
	signText = regexp.MustCompile(`^(?:nguoi lap|lap bieu|nguoi tong hop|tm |t/m|tl |kt |chu tich|pho chu tich|ky ten|ky ghi ro|\(?ky|thu truong|can bo|cong chuc|xac nhan|truong (?:thon|ban|xom|phong)|bi thu|ke toan|giam doc|phu trach|noi nhan|cong an (?:xa|phuong|thi tran)|uy ban nhan dan|ubnd|nguoi kiem tra|nguoi duyet|hieu truong|pho hieu truong|giao vien (?:chu nhiem|phu trach|lap|tong hop)|ban giam hieu)`)
	dayText  = regexp.MustCompile(`(?:^|[ ,])ngay [\d. …_]*thang [\d. …_]*nam [\d. …_]*$`)
	titleRow = regexp.MustCompile(`^(?:danh sach|cong hoa xa hoi|doc lap|\(?kem theo|bieu so|mau so|phu luc|bang tong hop)`)
	noteText = regexp.MustCompile(`^(?:ghi chu|luu y|huong dan|chu thich|chu giai|chu y|giai thich|trang \d+|mang sang|chuyen (?:sang )?trang|\*)`)

	houseText  = regexp.MustCompile(`^(?:chu ho|ho ong|ho ba|ho gia dinh|ho)\s*(?::|ong |ba |[^:]*\d+ (?:chau|tre|con))`)
	hamletText = regexp.MustCompile(`(?i)^(?:thôn|bản|xóm|ấp|khu|tổ|tiểu khu|buôn|bon|làng|khóm|đội|khối|phum|sóc|plei|kon|khu phố|khu vực|cụm|xã|phường|phố|tk|tdp|kp)(?:\s|\.|:|\d|$)`)
	groupMark  = regexp.MustCompile(`^(?:[IVXL]{1,5}|[A-ZĐa-hđ]|\d{1,2}(?:\.\d{1,2}){1,3})\s*[.):/-]?$`)
	groupLead  = regexp.MustCompile(`^(?:(?:[IVXL]{1,5}|[A-ZĐ]|\d{1,3})\s*[.):/-]+\s*|(?:[IVXL]{2,5})\s+)`)
	groupTail  = regexp.MustCompile(`(?i)[\s:–(-]*(?:có\s*|gồm\s*)?:?\s*\d+\s*(?:cháu|trẻ|em|người|hộ|đối tượng|học sinh)?[^\p{L}\d]*$`)
	groupCount = regexp.MustCompile(`(?i)\d+\s*(?:cháu|trẻ|em|người|đối tượng)`)
	noHamlet   = regexp.MustCompile(`(?:^| )(?:tuoi|tre|nam \d{4}|lop|truong|nhom|dien|sinh nam)(?: |$)|^(?:nam|nu)$`)
)

// traits are what a row shows, before anybody decides what it is.
type traits struct {
	filled   int    // cells that say something
	texts    int    // of them, cells with words
	text     string // the first words, as they stand
	first    string // the first words outside the ordinal column, as they stand
	firstAt  int    // its column index
	ordinal  string // of the ordinal column
	name     bool
	born     bool // a date or a year where the birth date belongs
	number   bool // a number where the personal number belongs
	sex      bool // a tick or a word where the sex belongs
	others   int  // further filled cells of fields that are read
	numbered bool // the ordinal is a plain number
}

// strong reports whether the row can only be a person.
func (t *traits) strong() bool { return t.born || t.number }

// traitsOf looks at a row through the columns of the sheet.
func (s *sheetReader) traitsOf(row SheetRow) traits {
	t := traits{firstAt: -1}
	for i := range row.Cells {
		c := &row.Cells[i]
		if isBlank(c) {
			continue
		}
		t.filled++
		var column *Column
		if i < len(s.byIndex) {
			column = s.byIndex[i]
		}
		digits, others := signsOf(c)
		wordy := c.Kind == Text && others > 0
		if wordy {
			t.texts++
			if t.text == "" {
				t.text = strings.TrimSpace(c.Decoded())
			}
		}
		if wordy && t.firstAt < 0 && column == nil && t.ordinal == "" && groupMark.MatchString(strings.TrimSpace(c.Text)) {
			t.ordinal = strings.TrimSpace(c.Text) // the ordinals have no header that is known
			continue
		}
		if wordy && t.firstAt < 0 && (column == nil || column.Field != Ordinal) {
			t.first, t.firstAt = strings.TrimSpace(c.Decoded()), i
		}
		if column != nil && !(wordy && digits > 0 && isCountText(c)) {
			t.note(column, c, digits, others)
		}
	}
	return t
}

// signsOf counts the digits of a cell that is not blank, and the other signs.
func signsOf(c *Cell) (digits, others int) {
	switch c.Kind {
	case Number:
		return count(c.Text)
	case Text:
		return count(strings.TrimSpace(c.Text))
	}
	return 0, 1
}

// surelyPerson reports whether a row can only be a person, by the few cells that tell so. It spares nearly all rows a look
// at every cell.
func (s *sheetReader) surelyPerson(row SheetRow) bool {
	var t traits
	for _, column := range s.telling {
		if column.Index >= len(row.Cells) {
			continue
		}
		if c := &row.Cells[column.Index]; !isBlank(c) {
			digits, others := signsOf(c)
			t.note(column, c, digits, others)
		}
	}
	return t.name && (t.strong() && t.numbered || t.born && t.number)
}

// note takes down what a filled cell of a known column shows.
func (t *traits) note(column *Column, c *Cell, digits, others int) {
	switch column.Field {
	case Ordinal:
		t.ordinal = strings.TrimSpace(c.Text)
		t.numbered = digits > 0 && (others == 0 || strings.Trim(t.ordinal, "0123456789.) ") == "")
	case FullName:
		t.name = t.name || others > 0
		t.born = t.born || column.Part == WithBirth && digits >= 4
	case BirthDate:
		switch {
		case c.Kind == Date || digits >= 4:
			t.born = true
		case column.Part == YearPart || column.Part == DayPart || column.Part == MonthPart:
			t.others++
		case column.Part == Whole && others > 0:
			t.others++
		}
	case PersonalID:
		if digits >= 6 && others <= 2*digits {
			t.number = true
		} else if others > 0 {
			t.others++
		}
	case Sex:
		t.sex = t.sex || others > 0 || isTick(strings.TrimSpace(c.Text))
	default:
		t.others++
	}
}

// classify says what a row below the header is: a person, or the reason why it is none. It remembers hamlets and where
// the signatures begin.
func (s *sheetReader) classify(row SheetRow) (reason string, person bool) {
	if s.ro.Sheets[s.index].Records == 0 && explains(row.Cells) {
		return skipInstruction, false // an example looks like a person
	}
	if s.surelyPerson(row) {
		s.signing, s.summing = false, false
		return "", true
	}
	row = s.inUnicode(row)
	t := s.traitsOf(row)
	if t.filled == 0 {
		return "", false
	}
	folded := viet.Fold(t.text)
	switch {
	case isColumnNumbers(row.Cells) && !t.strong():
		return skipNumbers, false
	case s.repeatsHeader(row):
		s.signing = false
		return skipHeader, false
	case !t.strong() && t.texts >= 3 && beginsTable(row.Cells):
		return skipTable, false
	case !t.strong() && !t.numbered && summaryHead(row.Cells):
		s.summing = true
		return skipSum, false
	case s.summing && !t.strong() && s.countsOnly(&t, row) > 0, !t.strong() && !t.numbered && linesOfCounts(row.Cells):
		return skipSum, false
	case !t.strong() && !t.numbered && t.filled <= 3 && legendText.MatchString(folded):
		return skipInstruction, false
	case t.filled <= 2 && !t.name && !t.numbered && signs(row):
		s.signing = true
		return skipSignature, false
	case sumText.MatchString(t.text) && !t.number && (t.texts <= 2 || onlySums(row.Cells)), !t.numbered && !t.strong() && t.filled <= 3 && partText.MatchString(t.text) && onlySums(row.Cells):
		return skipSum, false
	case !t.strong() && !(t.numbered && t.name) && (signs(row) || s.signing && t.texts <= 6):
		s.signing = true
		return skipSignature, false
	case !t.strong() && !t.numbered && titleRow.MatchString(folded):
		return skipTitle, false
	case !t.strong() && !t.numbered && t.filled <= 2 && noteText.MatchString(folded):
		return skipInstruction, false
	case t.filled <= 3 && !t.strong() && houseText.MatchString(viet.Fold(t.first)):
		return skipHousehold, false
	case s.isGroup(&t, row):
		s.enter(t.first, t.ordinal)
		return skipGroup, false
	case t.name || t.strong() || t.sex && t.others > 0 || t.numbered && t.others > 0 || t.others >= 3:
		s.signing, s.summing = false, false
		return "", true
	case !t.numbered && t.texts > 0 && t.filled <= 2:
		return skipInstruction, false
	}
	return skipBlank, false
}

// signs reports whether the row belongs to what stands under a list: place and day, who signs.
func signs(row SheetRow) bool {
	for i := range row.Cells {
		if row.Cells[i].Kind != Text || len(row.Cells[i].Text) > 160 {
			continue
		}
		text := viet.Fold(row.Cells[i].Decoded())
		if signText.MatchString(text) || dayText.MatchString(text) {
			return true
		}
	}
	return false
}

// repeatsHeader reports whether the row says again what the header says, as on every printed page.
func (s *sheetReader) repeatsHeader(row SheetRow) bool {
	same, filled := 0, 0
	for i := range row.Cells {
		if isBlank(&row.Cells[i]) {
			continue
		}
		filled++
		if i >= len(s.header.paths) || row.Cells[i].Kind != Text {
			continue
		}
		text := strings.Join(strings.Fields(row.Cells[i].Decoded()), " ")
		for _, part := range s.header.paths[i] {
			if part == text {
				same++
				break
			}
		}
	}
	return same >= 2 && (same == filled || 2*same > filled && !beginsTable(row.Cells))
}

// isGroup reports whether the row is the heading of the rows below it: one text beside a mark, and what they come to.
func (s *sheetReader) isGroup(t *traits, row SheetRow) bool {
	text := t.first
	if t.firstAt < 0 {
		text = t.text
	}
	bare := groupLead.ReplaceAllString(text, "")
	if text == "" || t.strong() || t.sex && !(hamletText.MatchString(bare) && s.countsOnly(t, row) > 1) { // a count may stand below a sex
		return false
	}
	counts, figures := s.beside(t, row)
	inOrdinal := t.firstAt < 0
	switch {
	case !figures:
		return false
	case groupMark.MatchString(t.ordinal), hamletText.MatchString(bare), isLabel(bare), groupCount.MatchString(text):
		return true
	case !counts:
		return false
	case strings.HasSuffix(text, ":"):
		return true
	case inOrdinal:
		return len(text) > 3
	case t.numbered:
		return s.outOfCount(t) && !likeName(text)
	}
	// A lone name without a number, in a list whose people have numbers, or a text outside the columns that say something of people.
	switch column := s.columnAt(t.firstAt); {
	case t.filled > 1:
		return false
	case column == nil || column.Field == Village || column.Field == Address:
		return true
	default:
		return column.Field == FullName && (s.numbered > 0 || s.counted)
	}
}

// beside reports whether everything but the ordinal and the first text is a small count, or at least a figure: a sum.
func (s *sheetReader) beside(t *traits, row SheetRow) (counts, figures bool) {
	counts = true
	for i := range row.Cells {
		c := &row.Cells[i]
		if i == t.firstAt || isBlank(c) {
			continue
		}
		if column := s.columnAt(i); column != nil && column.Field == Ordinal {
			continue
		}
		text := strings.TrimSpace(c.Text)
		switch {
		case isCount(text), text == t.ordinal, isCountText(c):
		case c.Kind == Number, strings.Trim(text, "0123456789., đ") == "":
			counts = false
		default:
			return false, false
		}
	}
	return counts, true
}

func (s *sheetReader) columnAt(i int) *Column {
	if i < 0 || i >= len(s.byIndex) {
		return nil
	}
	return s.byIndex[i]
}

// enter makes a group row the hamlet of the rows below it, unless it names something else than a place.
func (s *sheetReader) enter(text, ordinal string) {
	s.signing = false
	if text == "" {
		text = ordinal
	}
	if name := hamletName(text); name != "" {
		s.group = name
	}
}

// hamletName takes numbering and counts off a group row's text; empty when it is no place.
func hamletName(text string) string {
	text = viet.Squeeze(viet.NFC(text))
	text = groupLead.ReplaceAllString(text, "")
	if groupCount.MatchString(text) || strings.ContainsAny(text, ":(") {
		text = groupTail.ReplaceAllString(text, "")
	}
	text = strings.Trim(text, " :.-–")
	if folded := viet.Fold(text); !hamletText.MatchString(text) && (noHamlet.MatchString(folded) || isLabel(text)) {
		return ""
	}
	if viet.Upper(text) == text {
		text = viet.DisplayCase(text)
	}
	return text
}
