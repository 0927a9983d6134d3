package xlsx

import (
	"bytes"

	"lamsach/paper/cells"
	"lamsach/paper/markup"
)

// runs is the content of an element that holds text.
type runs struct {
	text []byte
	font font
	flaw error // the text may not be in a part
}

// readRuns reads the content of the element that was opened (si, is) up to its end tag and appends its text to dst. At most four
// bytes for each rune to keep, and a few more so that a cut is noticed, are gathered. A flaw of the letters is no error, so that the
// scanner always stands behind the element.
func readRuns(s *markup.Scanner, dst []byte, runes int) (runs, error) {
	outside := s.Depth() - 1
	found := runs{text: dst}
	texts, fonts := 0, 0
	most := len(dst) + 4*runes + 8
	for {
		kind, err := s.Next()
		if err != nil {
			return found, err
		}
		switch {
		case kind == markup.Close && s.Depth() == outside:
			if fonts < texts && found.font == fontUnicode {
				found.font = fontInherited // some runs have the cell's font
			}
			return found, nil
		case s.Is("t"):
			if s.Empty {
				continue
			}
			texts++
			if err := readT(s, &found, most); err != nil {
				return found, err
			}
		case s.Is("rFont"):
			fonts++
			found.font = max(found.font, fontOf(s.Attr("val"))) // an old encoding in one run outweighs Unicode in others
		case s.Is("rPh"), s.Is("phoneticPr"):
			if err := s.Skip(); err != nil {
				return found, err
			}
		}
	}
}

// readT appends the text of the element that was opened, up to its end tag.
func readT(s *markup.Scanner, into *runs, most int) error {
	outside := s.Depth() - 1
	for {
		kind, err := s.Next()
		switch {
		case err != nil:
			return err
		case kind == markup.Close && s.Depth() == outside:
			return nil
		case kind == markup.Text && len(into.text) < most:
			var flaw error
			if into.text, flaw = appendText(into.text, s.Raw, s.CDATA); flaw != nil && into.flaw == nil {
				into.flaw = flaw
			}
		case kind == markup.Open:
			return cells.Malformed.Because("a tag within a text")
		}
	}
}

// upToTag gives the text before the next tag; false when no tag begins in b.
func upToTag(b []byte) ([]byte, bool) {
	i := bytes.IndexByte(b, '<')
	return b[:max(i, 0)], i >= 0
}
