package xls

import (
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"

	"lamsach/paper/cells"
)

// cursor reads what a record holds, and goes on in the CONTINUE records behind it.
type cursor struct {
	data     []byte // the stream
	pos, end int    // within the record
}

func cursorOf(rec record, skip int) *cursor {
	return &cursor{data: rec.data, pos: rec.start + skip, end: rec.end}
}

// more moves into the next CONTINUE record that is not empty.
func (c *cursor) more() error {
	for c.pos >= c.end {
		next, err := recordAt(c.data, c.end)
		if err != nil {
			return err
		}
		if next.id != idContinue {
			return cells.Damaged.Because("a text ends early")
		}
		c.pos, c.end = next.start, next.end
	}
	return nil
}

func (c *cursor) u8() (int, error) {
	if c.pos >= c.end {
		if err := c.more(); err != nil {
			return 0, err
		}
	}
	c.pos++
	return int(c.data[c.pos-1]), nil
}

func (c *cursor) u16() (int, error) {
	if c.pos+2 <= c.end {
		c.pos += 2
		return int(binary.LittleEndian.Uint16(c.data[c.pos-2:])), nil
	}
	low, err := c.u8()
	if err != nil {
		return 0, err
	}
	high, err := c.u8()
	return low | high<<8, err
}

func (c *cursor) u32() (uint32, error) {
	low, err := c.u16()
	if err != nil {
		return 0, err
	}
	high, err := c.u16()
	return uint32(low) | uint32(high)<<16, err
}

// skip passes over bytes.
func (c *cursor) skip(n int64) error {
	for n > 0 {
		if c.pos >= c.end {
			if err := c.more(); err != nil {
				return err
			}
		}
		step := min(n, int64(c.end-c.pos))
		c.pos += int(step)
		n -= step
	}
	return nil
}

const (
	wideLetters  = 1 << 0 // two bytes a letter
	withPhonetic = 1 << 2
	withRuns     = 1 << 3
)

// letters appends so many letters (UTF-16 units). Where they go on in another record, its first byte says anew how wide they are.
func (c *cursor) letters(dst []byte, count int, wide bool) ([]byte, error) {
	var first rune // of a pair
	for count > 0 {
		if c.pos >= c.end {
			if err := c.more(); err != nil {
				return dst, err
			}
			c.pos++
			wide = c.data[c.pos-1]&wideLetters != 0
			continue
		}
		if !wide {
			n := min(count, c.end-c.pos)
			dst = appendNarrow(dst, c.data[c.pos:c.pos+n])
			c.pos += n
			count -= n
			continue
		}
		if c.end-c.pos < 2 {
			return dst, cells.Damaged.Because("half a letter")
		}
		n := min(count, (c.end-c.pos)/2)
		dst, first = appendWide(dst, c.data[c.pos:c.pos+2*n], first)
		c.pos += 2 * n
		count -= n
	}
	if first != 0 {
		dst = utf8.AppendRune(dst, utf8.RuneError)
	}
	return dst, nil
}

// appendNarrow appends letters of one byte, which are the first 256 of Unicode.
func appendNarrow(dst, narrow []byte) []byte {
	for i, b := range narrow {
		if b < 0x20 || b >= utf8.RuneSelf {
			dst = append(dst, narrow[:i]...)
			for _, b := range narrow[i:] {
				dst = appendUnit(dst, rune(b))
			}
			return dst
		}
	}
	return append(dst, narrow...)
}

// appendWide appends UTF-16; first is the half of a pair that was left over, before and after.
func appendWide(dst, wide []byte, first rune) ([]byte, rune) {
	for i := 0; i+1 < len(wide); i += 2 {
		r := rune(binary.LittleEndian.Uint16(wide[i:]))
		switch {
		case first != 0:
			pair := utf16.DecodeRune(first, r)
			first = 0
			dst = utf8.AppendRune(dst, pair)
			if pair != utf8.RuneError || r >= 0xDC00 && r <= 0xDFFF {
				continue
			}
			i -= 2 // the second half is a letter of its own
		case r >= 0xD800 && r <= 0xDBFF:
			first = r
		default:
			dst = appendUnit(dst, r)
		}
	}
	return dst, first
}

// appendUnit appends a letter. NUL and half a pair become U+FFFD, so that they are seen and nothing else breaks; line ends are \n.
func appendUnit(dst []byte, r rune) []byte {
	switch {
	case r >= 0x20 && r < utf8.RuneSelf, r == '\t':
		return append(dst, byte(r))
	case r == 0, r >= 0xD800 && r <= 0xDFFF:
		return utf8.AppendRune(dst, utf8.RuneError)
	case r == '\n' && len(dst) > 0 && dst[len(dst)-1] == '\r':
		dst[len(dst)-1] = '\n'
		return dst
	}
	return utf8.AppendRune(dst, r)
}

// text reads a whole text behind its length: flags, letters, and what follows them. The runs are given to see: from which letter on
// which font holds.
func (c *cursor) text(dst []byte, count int, see func(from, font int)) ([]byte, error) {
	flags, err := c.u8()
	if err != nil {
		return dst, err
	}
	runs, phonetic := 0, uint32(0)
	if flags&withRuns != 0 {
		if runs, err = c.u16(); err != nil {
			return dst, err
		}
	}
	if flags&withPhonetic != 0 {
		if phonetic, err = c.u32(); err != nil {
			return dst, err
		}
	}
	if dst, err = c.letters(dst, count, flags&wideLetters != 0); err != nil {
		return dst, err
	}
	for range runs {
		from, err := c.u16()
		if err != nil {
			return dst, err
		}
		font, err := c.u16()
		if err != nil {
			return dst, err
		}
		see(from, font)
	}
	return dst, c.skip(int64(phonetic))
}
