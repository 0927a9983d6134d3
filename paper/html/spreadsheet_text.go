package html

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"time"

	"lamsach/core/roster"
	"lamsach/paper/cells"
	"lamsach/paper/letters"
)

var declaredNarrow = regexp.MustCompile(`(?i)^<\?xml[^>]*encoding\s*=\s*["'](windows-125|iso-8859-)`)

// declared tells the encoding. XML is UTF-8 or UTF-16 unless it says another, so that bytes which fit neither are damage.
func declared(r io.ReaderAt, size int64) (letters.Encoding, error) {
	encoding, err := letters.Detect(r, size)
	if err != nil || encoding == letters.UTF8 || encoding == letters.UTF16LE || encoding == letters.UTF16BE {
		return encoding, err
	}
	head := make([]byte, min(size, headBytes))
	n, err := r.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return encoding, err
	}
	if !declaredNarrow.Match(head[:n]) {
		return letters.UTF8, nil
	}
	return encoding, nil
}

// typed makes the cell of a text and its type.
func typed(kind, text string) (roster.Cell, error) {
	if text == "" {
		return roster.Cell{}, nil
	}
	switch kind {
	case "Number":
		f, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
		if err != nil || strings.Trim(strings.TrimSpace(text), "+-.0123456789eE") != "" {
			return roster.Cell{}, cells.Digits.Because("cannot be parsed")
		}
		return roster.Cell{Text: string(cells.AppendDecimal(nil, f)), Kind: roster.Number}, nil
	case "DateTime":
		at, err := time.Parse("2006-01-02T15:04:05", strings.TrimSuffix(strings.TrimSpace(text), "Z"))
		if err != nil {
			return roster.Cell{}, cells.Digits.Because("no day")
		}
		if at.Hour() == 0 && at.Minute() == 0 && at.Second() == 0 {
			return roster.Cell{Text: at.Format("2006-01-02"), Kind: roster.Date}, nil
		}
		return roster.Cell{Text: at.Format("2006-01-02T15:04:05"), Kind: roster.Date}, nil
	case "Boolean":
		if text = strings.TrimSpace(text); text != "0" && text != "1" {
			return roster.Cell{}, cells.Digits.Because("neither true nor false")
		}
		return roster.Cell{Text: text, Kind: roster.Bool}, nil
	case "Error":
		return roster.Cell{Text: text, Kind: roster.Fault}, nil
	}
	return roster.Cell{Text: text, Kind: roster.Text}, nil
}

// undeclared takes the declaration away from XML that was read as UTF-8 and says that it is UTF-16.
type undeclared struct {
	r     io.Reader
	begun bool
	left  []byte
}

// Read reads as io.Reader says.
func (u *undeclared) Read(into []byte) (int, error) {
	if !u.begun {
		u.begun = true
		head := make([]byte, headBytes)
		n, err := io.ReadFull(u.r, head)
		if n < len(head) && err != nil {
			u.r = &ending{err}
		}
		u.left = head[:n]
		if bytes.HasPrefix(u.left, []byte("<?xml")) {
			if _, after, ok := bytes.Cut(u.left, []byte("?>")); ok {
				u.left = after
			}
		}
	}
	if len(u.left) > 0 {
		n := copy(into, u.left)
		u.left = u.left[n:]
		return n, nil
	}
	return u.r.Read(into)
}

// ending gives the error that ended a text.
type ending struct{ err error }

// Read gives the error; that a text was short is its end.
func (e *ending) Read([]byte) (int, error) {
	if errors.Is(e.err, io.ErrUnexpectedEOF) {
		return 0, io.EOF
	}
	return 0, e.err
}
