package paper

import (
	"bytes"
	"strings"
	"unicode/utf16"
)

// sniffText tells kinds of text apart; cut says that the file goes on behind head.
func sniffText(head []byte, cut bool) Format {
	text, ok := decoded(head)
	if !ok {
		if bitmap(head) {
			return Image
		}
		return Unknown
	}
	text = strings.ToLower(strings.TrimLeft(text, " \t\r\n\uFEFF"))
	if strings.HasPrefix(text, "<") {
		return sniffMarkup(text)
	}
	if cut {
		if i := strings.LastIndexByte(text, '\n'); i > 0 {
			text = text[:i]
		}
	}
	if separated(text) {
		return CSV
	}
	return Unknown
}

// sniffMarkup tells kinds of tagged text apart; text is in lower case.
func sniffMarkup(text string) Format {
	switch {
	case strings.Contains(text, "urn:schemas-microsoft-com:office:spreadsheet"), strings.Contains(text, `progid="excel.sheet"`):
		if strings.Contains(text, "<html") || !strings.HasPrefix(text, "<?xml") {
			return HTML // Excel's own web pages name its schemas too
		}
		return XML2003
	case strings.Contains(text, `progid="word.document"`):
		return Word
	case strings.Contains(text, "<html"), strings.Contains(text, "<!doctype html"), strings.Contains(text, "<table"), strings.Contains(text, "<meta"):
		return HTML
	}
	return Unknown
}

// decoded gives the text of a file in UTF-8, UTF-16 or an encoding of one byte; false for what is no text.
func decoded(head []byte) (string, bool) {
	var unit func([]byte) uint16
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		unit = func(b []byte) uint16 { return uint16(b[0]) | uint16(b[1])<<8 }
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		unit = func(b []byte) uint16 { return uint16(b[1]) | uint16(b[0])<<8 }
	}
	if unit == nil {
		head, unit = unmarked(head)
	}
	if unit != nil {
		units := make([]uint16, 0, len(head)/2)
		for i := 2; i+1 < len(head); i += 2 {
			units = append(units, unit(head[i:]))
		}
		head = []byte(string(utf16.Decode(units)))
	}
	for _, c := range head {
		if c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1b && c != 0x1a {
			return "", false
		}
	}
	return string(head), true
}

// unmarked knows UTF-16 that does not say so: of the first letters of a list, which are ASCII for the most part, every second byte is
// zero. The text comes back with a mark.
func unmarked(head []byte) ([]byte, func([]byte) uint16) {
	var zeros [2]int
	for i, c := range head {
		if c == 0 {
			zeros[i&1]++
		}
	}
	pairs := len(head) / 2
	switch {
	case zeros[1] > 0 && zeros[1]*4 >= pairs && zeros[0]*20 <= zeros[1]:
		return append([]byte("\xff\xfe"), head...), func(b []byte) uint16 { return uint16(b[0]) | uint16(b[1])<<8 }
	case zeros[0] > 0 && zeros[0]*4 >= pairs && zeros[1]*20 <= zeros[0]:
		return append([]byte("\xfe\xff"), head...), func(b []byte) uint16 { return uint16(b[1]) | uint16(b[0])<<8 }
	}
	return head, nil
}

// separated reports whether most lines are parted by the same separator.
func separated(text string) bool {
	for _, separator := range []string{"\t", ";", ",", "|"} {
		with, lines := 0, 0
		for line := range strings.Lines(text) {
			if strings.TrimSpace(line) == "" {
				continue
			}
			lines++
			if strings.Contains(line, separator) {
				with++
			}
		}
		if lines > 0 && 2*with > lines {
			return true
		}
	}
	return false
}

// bitmap knows a BMP picture: its two letters alone could begin a text.
func bitmap(head []byte) bool {
	return len(head) >= 18 && string(head[:2]) == "BM" && head[6] == 0 && head[7] == 0 && head[15] == 0 && head[14] >= 12
}
