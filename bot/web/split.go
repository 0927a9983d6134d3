package web

import (
	"unicode/utf16"

	"lamsach/bot"
)

// split cuts a text into parts that each fit into one message, at the ends of lines; only a line that alone is too
// long is cut between letters. There is at least one part.
func split(text bot.Text, limit int) []bot.Text {
	parts := []bot.Text{nil}
	used := 0
	for _, line := range text {
		for _, piece := range splitLine(line, limit) {
			n := units(piece)
			last := len(parts) - 1
			if len(parts[last]) > 0 && used+1+n > limit {
				parts, used, last = append(parts, nil), 0, last+1
			}
			if len(parts[last]) > 0 {
				used++ // the end of the line before
			}
			parts[last] = append(parts[last], piece)
			used += n
		}
	}
	return parts
}

// splitLine cuts a line that is longer than limit.
func splitLine(line bot.Line, limit int) []bot.Line {
	if units(line) <= limit {
		return []bot.Line{line}
	}
	pieces := []bot.Line{nil}
	left := limit
	for _, span := range line {
		begin := 0
		for at, letter := range span.Text {
			n := utf16.RuneLen(letter)
			if n > left {
				pieces[len(pieces)-1] = append(pieces[len(pieces)-1], bot.Span{Text: span.Text[begin:at], Style: span.Style})
				pieces, begin, left = append(pieces, nil), at, limit
			}
			left -= n
		}
		pieces[len(pieces)-1] = append(pieces[len(pieces)-1], bot.Span{Text: span.Text[begin:], Style: span.Style})
	}
	return pieces
}

// units is the length of a line in UTF-16 units, which is how a browser counts.
func units(line bot.Line) int {
	n := 0
	for _, span := range line {
		for _, letter := range span.Text {
			n += utf16.RuneLen(letter)
		}
	}
	return n
}
