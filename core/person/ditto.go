package person

import (
	"strings"

	"lamsach/core/viet"
)

// dittoMarks say "as above" in a cell, without the signs that people put around them.
var dittoMarks = map[string]bool{"nt": true, "n/t": true, "nhtr": true, "như trên": true, "nhu tren": true, "giống trên": true, "như dòng trên": true, "như hàng trên": true, "ditto": true,
	"//": true, "\"": true, "\"\"": true, "”": true, "””": true, "“": true, "″": true, "〃": true, "''": true, "’’": true, "´´": true, "``": true, ",,": true}

// noDitto are the letters that none of them begins with: most names do.
var noDitto = func() (letters [256]bool) {
	for c := byte('a'); c <= 'z'; c++ {
		letters[c], letters[c-'a'+'A'] = true, true
	}
	for mark := range dittoMarks {
		letters[mark[0]], letters[strings.ToUpper(mark)[0]] = false, false
	}
	return letters
}()

// longestDitto is more bytes than any of them has with the signs around it.
const longestDitto = 24

// IsDitto reports whether a cell repeats the one above: nt, -nt-, n/t, //, ", như trên.
func IsDitto(text string) bool {
	if len(text) > longestDitto || text == "" || noDitto[text[0]] {
		return false
	}
	text = viet.Lower(viet.Tidy(text))
	if dittoMarks[text] {
		return true
	}
	text = strings.Trim(text, " -–—().")
	return dittoMarks[text] || dittoMarks[strings.ReplaceAll(text, ".", "")]
}
