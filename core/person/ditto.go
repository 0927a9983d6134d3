package person

import (
	"strings"

	"lamsach/core/viet"
)

// dittoMarks say "as above" in a cell, without the signs that people put around them.
var dittoMarks = map[string]bool{"nt": true, "n/t": true, "nhtr": true, "như trên": true, "nhu tren": true, "giống trên": true, "như dòng trên": true, "như hàng trên": true, "ditto": true,
	"//": true, "\"": true, "\"\"": true, "”": true, "””": true, "“": true, "″": true, "〃": true, "''": true, "’’": true, "´´": true, "``": true, ",,": true}

// longestDitto is more bytes than any of them has with the signs around it.
const longestDitto = 24

// IsDitto reports whether a cell repeats the one above: nt, -nt-, n/t, //, ", như trên.
func IsDitto(text string) bool {
	if len(text) > longestDitto || text == "" {
		return false
	}
	text = viet.Lower(viet.Tidy(text))
	if dittoMarks[text] {
		return true
	}
	text = strings.Trim(text, " -–—().")
	return dittoMarks[text] || dittoMarks[strings.ReplaceAll(text, ".", "")]
}
