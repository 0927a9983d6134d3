package letters

import (
	"bytes"
	"errors"
	"io"
	"unicode/utf16"
	"unicode/utf8"

	"lamsach/paper/cells"
)

// Reader reads text of the encoding as UTF-8, without its byte order mark. UTF-8 passes as it is, valid or not; UTF-16 that breaks off
// inside a letter, or holds half of one, ends with a cells.Flaw after the letters before. windows-1258 keeps letters and tone marks apart.
func (e Encoding) Reader(r io.Reader) io.Reader {
	switch e {
	case UTF8:
		return &unmarked{r: r}
	case UTF16LE, UTF16BE:
		return &decoder{r: r, next: wideDecoder(e == UTF16BE)}
	case Windows1258:
		return &decoder{r: r, next: narrowDecoder(&vietnameseTable)}
	}
	return &decoder{r: r, next: narrowDecoder(&latinTable)}
}

var mark = []byte("\xef\xbb\xbf")

// unmarked leaves out the mark at the beginning.
type unmarked struct {
	r     io.Reader
	begun bool
	left  []byte
}

// Read reads as io.Reader says.
func (u *unmarked) Read(into []byte) (int, error) {
	if !u.begun {
		u.begun = true
		head := make([]byte, len(mark))
		n, err := io.ReadFull(u.r, head)
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return 0, err
		}
		u.left = bytes.TrimPrefix(head[:n], mark)
	}
	if len(u.left) > 0 {
		n := copy(into, u.left)
		u.left = u.left[n:]
		return n, nil
	}
	return u.r.Read(into)
}

// decoder makes UTF-8 of a text. next appends the letters at the beginning of raw and tells how many bytes they took; ended says that
// no more will come.
type decoder struct {
	r       io.Reader
	next    func(dst, raw []byte, ended bool) ([]byte, int, error)
	raw     []byte
	decoded []byte
	given   int
	err     error
}

// Read reads as io.Reader says.
func (d *decoder) Read(into []byte) (int, error) {
	for d.given == len(d.decoded) {
		if d.err != nil {
			return 0, d.err
		}
		d.fill()
	}
	n := copy(into, d.decoded[d.given:])
	d.given += n
	return n, nil
}

func (d *decoder) fill() {
	if d.raw == nil {
		d.raw = make([]byte, 0, chunkBytes/4)
	}
	n, err := d.r.Read(d.raw[len(d.raw):cap(d.raw)])
	d.raw = d.raw[:len(d.raw)+n]
	ended := errors.Is(err, io.EOF)
	decoded, took, wrong := d.next(d.decoded[:0], d.raw, ended)
	d.decoded, d.given = decoded, 0
	d.raw = d.raw[:copy(d.raw, d.raw[took:])]
	if d.err = err; wrong != nil {
		d.err = wrong
	}
}

func narrowDecoder(table *[256]rune) func(dst, raw []byte, ended bool) ([]byte, int, error) {
	return func(dst, raw []byte, _ bool) ([]byte, int, error) {
		for _, c := range raw {
			if c < utf8.RuneSelf {
				dst = append(dst, c)
			} else {
				dst = utf8.AppendRune(dst, table[c])
			}
		}
		return dst, len(raw), nil
	}
}

const byteOrderMark = 0xFEFF

func wideDecoder(big bool) func(dst, raw []byte, ended bool) ([]byte, int, error) {
	first := true
	unit := func(raw []byte) rune {
		if big {
			return rune(raw[0])<<8 | rune(raw[1])
		}
		return rune(raw[1])<<8 | rune(raw[0])
	}
	return func(dst, raw []byte, ended bool) ([]byte, int, error) {
		i := 0
		for ; i+1 < len(raw); i += 2 {
			r := unit(raw[i:])
			switch {
			case first && r == byteOrderMark:
				first = false
				continue
			case utf16.IsSurrogate(r) && i+3 >= len(raw) && !ended:
				return dst, i, nil
			case utf16.IsSurrogate(r) && i+3 >= len(raw):
				return dst, i, cells.Truncated.Because("half of a letter at the end")
			case utf16.IsSurrogate(r):
				if r = utf16.DecodeRune(r, unit(raw[i+2:])); r == utf8.RuneError {
					return dst, i, cells.Letters.Because("half of a letter")
				}
				i += 2
			}
			first = false
			dst = utf8.AppendRune(dst, r)
		}
		if ended && i < len(raw) {
			return dst, i, cells.Truncated.Because("half of a unit at the end")
		}
		return dst, i, nil
	}
}
