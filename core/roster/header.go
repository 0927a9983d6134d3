package roster

import (
	"strings"
	"unicode/utf8"

	"lamsach/core/viet"
)

// How far a header is looked for, and how many rows it may have.
const (
	headerReach = 60 // non-empty rows
	headerRows  = 3
)

// header is the header of a sheet: its rows within the rows looked at, and the texts above every column.
type header struct {
	from, to int        // indexes into the rows looked at, to excluded
	paths    [][]string // by column, from the top
	old      Legacy     // the old font that it is typed in, when only its words betray it
}

// findHeader looks for the header among the first rows of a sheet. A sheet without one is no list, or a list whose
// people begin at once: nil.
func findHeader(rows []SheetRow) *header {
	best, most := -1, 0
	scores := make([]int, min(len(rows), headerReach))
	for i := range scores {
		scores[i] = headerScore(rows[i].Cells)
		most = max(most, scores[i])
	}
	for i := range scores { // none names a person's things: two that lists have must do, if people come below
		if most == 0 && i+1 < len(rows) && knownHeads(rows[i].Cells) >= 2 && looksFilled(rows[i+1].Cells) {
			scores[i], most = 1, 1
		}
	}
	for i, score := range scores {
		// The first that is about as good as the best: a table further down may have one column more.
		if best < 0 && score > 0 && score*10 >= most*7 {
			best = i
		}
	}
	if best < 0 {
		return nil
	}
	h := &header{from: best, to: best + 1}
	for h.from > 0 && h.to-h.from < headerRows && rows[h.from-1].Number == rows[h.from].Number-1 && topsHeader(rows[h.from-1].Cells) {
		h.from--
	}
	for h.to < len(rows) && h.to-h.from < headerRows && rows[h.to].Number == rows[h.to-1].Number+1 && belowHeader(rows[h.to-1].Cells, rows[h.to].Cells) {
		h.to++
	}
	h.old = oldFont(rows[h.from:h.to])
	h.paths = paths(rows[h.from:h.to], h.old)
	return h
}

// headerScore counts the different things that the row's texts name; 0 when too few for a header.
func headerScore(cells []Cell) int {
	seen := map[notion]bool{}
	core := false
	for i := range cells {
		text := headerText(&cells[i])
		if text == "" {
			continue
		}
		readings := lookUp(text)
		if readings == nil && strings.ContainsRune(text, '?') {
			readings = likely(text)
		}
		for _, r := range readings[:min(1, len(readings))] {
			seen[r.notion] = true
			switch r.notion {
			case "full_name", "family_middle", "dob", "id_number":
				core = true
			}
		}
	}
	if len(seen) < 2 || len(seen) == 2 && !core {
		return 0
	}
	return len(seen)
}

// knownHeads counts the different things that the row's texts name.
func knownHeads(cells []Cell) int {
	seen := map[notion]bool{}
	for i := range cells {
		if readings := lookUp(headerText(&cells[i])); len(readings) > 0 {
			seen[readings[0].notion] = true
		}
	}
	return len(seen)
}

// looksFilled reports whether a row holds a date or a long number, as people's rows do and headers do not.
func looksFilled(cells []Cell) bool {
	for i := range cells {
		var c contents
		if !isBlank(&cells[i]) {
			c.add(&cells[i])
		}
		if c.id+c.date > 0 {
			return true
		}
	}
	return false
}

// beginsTable reports whether a row below a header can be the header of another table.
func beginsTable(cells []Cell) bool {
	core, known, filled := false, 0, 0
	for i := range cells {
		if isBlank(&cells[i]) {
			continue
		}
		filled++
		for _, r := range lookUp(headerText(&cells[i])) {
			known++
			switch r.notion {
			case "full_name", "family_middle", "dob", "id_number":
				core = true
			}
			break
		}
	}
	return core && known >= 3 && 2*known > filled
}

// oldFont gives the old font in which at least two texts of a header are typed, without a font name to say so.
func oldFont(rows []SheetRow) Legacy {
	var n [VNI + 1]int
	for _, row := range rows {
		for i := range row.Cells {
			c := &row.Cells[i]
			text := strings.TrimSpace(c.Text)
			if c.Legacy != Unicode || c.Kind != Text || len(text) > 200 || !narrow(text) || lookUp(text) != nil {
				continue
			}
			_, font := inOldFont(text)
			n[font]++
		}
	}
	switch font := max(n[TCVN3], n[VNI]); {
	case font < 2:
		return Unicode
	case font == n[TCVN3]:
		return TCVN3
	}
	return VNI
}

// headerText is a cell's text if it can stand in a header.
func headerText(c *Cell) string {
	if c.Kind != Text || len(c.Text) > 200 {
		return ""
	}
	text := strings.TrimSpace(c.Decoded())
	if c.Legacy == Unicode && narrow(text) && lookUp(text) == nil {
		text, _ = inOldFont(text)
	}
	return text
}

// headerIn is headerText in a header that is typed in an old font: there a text that says nothing as it stands is decoded too.
func headerIn(font Legacy, c *Cell) string {
	text := headerText(c)
	if font == Unicode || c.Legacy != Unicode || !narrow(text) || text != strings.TrimSpace(c.Text) || lookUp(text) != nil {
		return text
	}
	return font.decode(text)
}

// inOldFont decodes a header typed in an old font, if its words say that it is one.
func inOldFont(text string) (string, Legacy) {
	fonts := [2]Legacy{TCVN3, VNI}
	for _, font := range fonts {
		if d := font.decode(text); lookUp(d) != nil {
			return d, font
		}
	}
	best, as, score := text, Unicode, readsAs(text)
	if !isOdd(text) {
		return text, Unicode
	}
	for _, font := range fonts {
		d := font.decode(text)
		if s := readsAs(d); s > score && likely(d) != nil {
			best, as, score = d, font, s
		}
	}
	return best, as
}

// topsHeader reports whether a row belongs above a header row: several texts, of which one is known.
func topsHeader(cells []Cell) bool {
	filled, known := 0, 0
	for i := range cells {
		if isBlank(&cells[i]) {
			continue
		}
		filled++
		if text := headerText(&cells[i]); text != "" && lookUp(text) != nil {
			known++
		} else if utf8.RuneCountInString(text) > 60 || cells[i].Kind != Text {
			return false
		}
	}
	return filled >= 2 && known >= 1
}

// belowHeader reports whether a row goes on with the header above it: at least half of its texts are known, or all stand in
// brackets, and none is a number of the column-number row.
func belowHeader(above, cells []Cell) bool {
	if startsGroup(above, cells) {
		return false
	}
	filled, known, hints := 0, 0, 0
	for i := range cells {
		if isBlank(&cells[i]) {
			continue
		}
		filled++
		text := headerText(&cells[i])
		switch {
		case text == "" || isCount(text):
			return false
		case text[0] == '(' && text[len(text)-1] == ')' && !isColumnNumber(text):
			hints++
		case lookUp(text) != nil:
			known++
		}
	}
	return filled > 0 && (2*(known+hints) > filled || 2*known >= filled && filled >= 2) && !isColumnNumbers(cells)
}

// isBlank reports whether the cell says nothing.
func isBlank(c *Cell) bool {
	if c.Kind == Empty {
		return true
	}
	if c.Kind != Text {
		return false
	}
	for i := range len(c.Text) {
		if c.Text[i] > ' ' && c.Text[i] < 0x7f {
			return false
		}
	}
	return viet.Squeeze(c.Text) == ""
}

// isCount reports whether a text is a bare small number.
func isCount(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return text != "" && len(text) <= 4
}

// isColumnNumber reports whether a text is one of "1", "(1)", "A", "(a)".
func isColumnNumber(text string) bool {
	text = strings.TrimSpace(strings.Trim(text, "()[] "))
	if len(text) == 1 && (text[0]|0x20) >= 'a' && (text[0]|0x20) <= 'z' {
		return true
	}
	return isCount(text) && len(text) <= 2
}

// isColumnNumbers reports whether the row numbers the columns: 1 2 3 …, (1) (2) (3), A B 1 2.
func isColumnNumbers(cells []Cell) bool {
	filled, last, steps := 0, "", 0
	for i := range cells {
		if isBlank(&cells[i]) {
			continue
		}
		text := strings.Trim(strings.TrimSpace(cells[i].Text), "()[] ")
		if before, _, computed := strings.Cut(text, "="); computed && filled > 0 { // "6=7+8"
			text = strings.TrimSpace(before)
		}
		if !isColumnNumber(text) {
			return false
		}
		filled++
		if next(last, text) {
			steps++
		}
		last = text
	}
	return filled >= 3 && steps >= filled-2
}

// next reports whether b follows a in 1 2 3 … 9 10 11 or A B C.
func next(a, b string) bool {
	if len(a) == 0 {
		return false
	}
	if !isCount(a) || !isCount(b) {
		return len(a) == 1 && len(b) == 1 && b[0] == a[0]+1
	}
	return small(b) == small(a)+1
}

// small reads a number of at most four digits.
func small(text string) int {
	n := 0
	for i := range len(text) {
		n = n*10 + int(text[i]-'0')
	}
	return n
}

// paths gives the texts above every column. A text reaches to the right as far as the row below it is filled and its
// own row is empty, as merged cells look. Headers in an old font are decoded.
func paths(rows []SheetRow, font Legacy) [][]string {
	width := 0
	for _, row := range rows {
		width = max(width, len(row.Cells))
	}
	grid := make([][]string, len(rows))
	for r, row := range rows {
		grid[r] = make([]string, width)
		for c := range row.Cells {
			grid[r][c] = headerIn(font, &row.Cells[c])
		}
	}
	spread(grid, width)
	out := make([][]string, width)
	for c := range width {
		for r := range grid {
			text := strings.Join(strings.Fields(grid[r][c]), " ")
			if n := len(out[c]); text != "" && (n == 0 || out[c][n-1] != text) {
				out[c] = append(out[c], text)
			}
		}
	}
	return out
}

// spread lets group headers reach over the columns below them.
func spread(grid [][]string, width int) {
	below := func(r, c int) bool {
		for k := r + 1; k < len(grid); k++ {
			if grid[k][c] != "" {
				return true
			}
		}
		return false
	}
	own := make([][]bool, len(grid)) // where a row began something itself, or a row above did
	for r := range grid {
		own[r] = make([]bool, width)
		for c := range width {
			own[r][c] = grid[r][c] != "" || r > 0 && own[r-1][c]
		}
	}
	for r := range len(grid) - 1 {
		for c := 1; c < width; c++ {
			if !own[r][c] && grid[r][c-1] != "" && below(r, c) && below(r, c-1) {
				grid[r][c] = grid[r][c-1]
			}
		}
	}
}
