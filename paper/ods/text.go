package ods

import (
	"lamsach/paper/cells"
	"lamsach/paper/markup"
)

// text gathers what a cell shows: its paragraphs, one under the other.
type text struct {
	letters    []byte
	scratch    []byte
	value      []byte
	said       []byte
	most       int        // bytes that are gathered
	fonts      cells.Font // the strongest of the words that have their own
	bare       bool       // some letters have the cell's font
	paragraphs int
	blank      bool // white space that follows is part of what came before
}

// font is what the words betray; InheritedFont where some have the cell's own.
func (t *text) font() cells.Font {
	if t.bare && t.fonts <= cells.UnicodeFont {
		return cells.InheritedFont
	}
	return t.fonts
}

// readText reads the content of the cell that was opened.
func (r *reader) readText() error {
	t := &r.text
	t.letters, t.fonts, t.bare = t.letters[:0], cells.InheritedFont, false
	t.most = 4*r.lines.Limits().Runes + 8
	t.paragraphs = 0
	return r.Children(func() error {
		if !is(r.Scanner, "text:", "p") && !is(r.Scanner, "text:", "h") {
			return r.Skip() // remarks, drawings
		}
		if t.paragraphs++; t.paragraphs > 1 {
			t.add('\n')
		}
		t.blank = true
		return r.readWords(cells.InheritedFont)
	})
}

func (t *text) add(c byte) {
	if len(t.letters) < t.most {
		t.letters = append(t.letters, c)
	}
}

// readWords reads what stands in the element that was opened, up to its end.
func (r *reader) readWords(font cells.Font) error {
	if r.Empty {
		return nil
	}
	for outside := r.Depth() - 1; ; {
		token, err := r.Next()
		switch {
		case err != nil:
			return err
		case token == markup.Close && r.Depth() == outside:
			return nil
		case token == markup.Text:
			err = r.readLetters(font)
		case token == markup.Open:
			err = r.readWord(font)
		}
		if err != nil {
			return err
		}
	}
}

// readWord reads an element among the words.
func (r *reader) readWord(font cells.Font) error {
	t := &r.text
	if string(r.Prefix) != "text:" {
		return r.Skip()
	}
	switch string(r.Name) {
	case "s":
		n, err := times(r.Attr("text:c"))
		if err != nil {
			return err
		}
		for range min(n, t.most) {
			t.add(' ')
		}
		t.blank = false
		return r.Skip()
	case "tab":
		t.add('\t')
		t.blank = false
		return r.Skip()
	case "line-break":
		t.add('\n')
		t.blank = true
		return r.Skip()
	case "note":
		return r.Skip()
	case "span":
		font = r.styles().font(ofTexts, string(r.Attr("text:style-name"))).Or(font)
	}
	return r.readWords(font)
}

// readLetters takes text. White space stands for one blank, and for none where a paragraph begins: blanks that count are tags.
func (r *reader) readLetters(font cells.Font) error {
	t := &r.text
	var err error
	if t.scratch, err = markup.AppendText(t.scratch[:0], r.Raw, r.CDATA); err != nil {
		return err
	}
	if len(t.scratch) > 0 {
		t.fonts, t.bare = max(t.fonts, font), t.bare || font == cells.InheritedFont
	}
	if len(t.letters) >= t.most {
		return nil
	}
	for _, c := range t.scratch {
		if c == ' ' || c == '\n' || c == '\t' || c == '\r' {
			if t.blank {
				continue
			}
			t.blank, c = true, ' '
		} else {
			t.blank = false
		}
		t.letters = append(t.letters, c)
	}
	return nil
}
