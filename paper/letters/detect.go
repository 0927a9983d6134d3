// Package letters finds out in which encoding a stranger's text is written, and reads it as UTF-8. Lists come from programs of three
// generations: UTF-8, UTF-16, windows-1258 (letters and tone marks apart), and the fonts of the 1990s (TCVN3, VNI) in one byte a letter.
package letters

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"lamsach/core/roster"
	"lamsach/core/viet"
)

// Encoding is how a text is written.
type Encoding uint8

// The encodings.
const (
	UTF8 Encoding = iota
	UTF16LE
	UTF16BE
	Windows1258
	Latin // one byte a letter; which letters is not known
	TCVN3 // read as the Latin letters that share its codes
	VNI   // the same
)

// Legacy is what cells are told to be typed in, whose texts are left as Latin letters.
func (e Encoding) Legacy() roster.Legacy {
	switch e {
	case TCVN3:
		return roster.TCVN3
	case VNI:
		return roster.VNI
	}
	return roster.Unicode
}

const (
	headBytes   = 4 << 10
	chunkBytes  = 64 << 10
	sampleWords = 4000 // with letters beyond ASCII, by which an encoding of one byte is told
)

// Detect tells the encoding by the whole text: a byte order mark, zeros where UTF-16 has them, valid UTF-8, or which encoding of one
// byte makes the words possible. Text that is UTF-8 but for a few bytes is damaged UTF-8, and is called UTF8. An error is the reader's.
func Detect(r io.ReaderAt, size int64) (Encoding, error) {
	head := make([]byte, min(size, headBytes))
	n, err := r.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return UTF8, err
	}
	head = head[:n]
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		return UTF8, nil
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return UTF16LE, nil
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return UTF16BE, nil
	}
	if e, ok := byZeros(head); ok {
		return e, nil
	}
	s := survey{}
	if err := s.read(io.NewSectionReader(r, 0, size)); err != nil {
		return UTF8, err
	}
	if s.wrong == 0 || s.right >= s.wrong {
		return UTF8, nil
	}
	return byWords(s.words), nil
}

// byZeros knows UTF-16 without a mark: most characters of a list are ASCII, so every second byte is often zero.
func byZeros(head []byte) (Encoding, bool) {
	var zeros [2]int
	for i, c := range head {
		if c == 0 {
			zeros[i&1]++
		}
	}
	pairs := len(head) / 2
	switch {
	case zeros[1] > 0 && zeros[1]*4 >= pairs && zeros[0]*20 <= zeros[1]:
		return UTF16LE, true
	case zeros[0] > 0 && zeros[0]*4 >= pairs && zeros[1]*20 <= zeros[0]:
		return UTF16BE, true
	}
	return UTF8, false
}

// survey counts what a text would be as UTF-8, and collects words with bytes beyond ASCII.
type survey struct {
	right, wrong int // characters of several bytes; bytes that are none
	words        [][]byte
}

func (s *survey) read(r io.Reader) error {
	buffer := make([]byte, 0, chunkBytes)
	for {
		n, err := r.Read(buffer[len(buffer):cap(buffer)])
		buffer = buffer[:len(buffer)+n]
		ended := errors.Is(err, io.EOF)
		if err != nil && !ended {
			return err
		}
		rest := s.take(buffer, ended)
		buffer = buffer[:copy(buffer[:cap(buffer)], rest)]
		if ended {
			return nil
		}
	}
}

// take looks at a chunk and gives back what may go on in the next.
func (s *survey) take(chunk []byte, last bool) []byte {
	word := 0 // where the word began
	for i := 0; i < len(chunk); {
		c := chunk[i]
		if c < utf8.RuneSelf {
			if c|0x20 < 'a' || c|0x20 > 'z' {
				word = i + 1
			}
			i++
			continue
		}
		if !last && !utf8.FullRune(chunk[i:]) {
			return chunk[i:]
		}
		if r, size := utf8.DecodeRune(chunk[i:]); r != utf8.RuneError || size > 1 {
			s.right++
			i += size
			continue
		}
		s.wrong++
		end := i
		for end < len(chunk) && (chunk[end] >= utf8.RuneSelf || chunk[end]|0x20 >= 'a' && chunk[end]|0x20 <= 'z') {
			if chunk[end] >= utf8.RuneSelf {
				s.wrong++
			}
			end++
		}
		s.wrong--
		if len(s.words) < sampleWords {
			s.words = append(s.words, bytes.Clone(chunk[min(word, i):min(end, i+64)]))
		}
		i = end
	}
	return nil
}

const (
	clearScore  = 0.6 // of the words are possible
	clearMargin = 0.1 // more than in the next encoding
)

// byWords tells encodings of one byte apart by the words that they make.
func byWords(words [][]byte) Encoding {
	sample := string(bytes.Join(words, []byte{' '}))
	latin := asLatin(sample)
	scores := [...]struct {
		encoding Encoding
		score    float64
	}{
		{Windows1258, viet.SyllableScore(viet.NFC(as1258(sample)))},
		{TCVN3, viet.SyllableScore(viet.FromTCVN3(latin))},
		{VNI, viet.SyllableScore(viet.FromVNI(latin))},
	}
	best, next := 0, 0.0
	for i := range scores {
		switch {
		case scores[i].score > scores[best].score:
			best, next = i, scores[best].score
		case i != best:
			next = max(next, scores[i].score)
		}
	}
	if scores[best].score < clearScore || scores[best].score-next < clearMargin {
		return Latin
	}
	return scores[best].encoding
}

func asLatin(text string) string { return mapped(text, &latinTable) }

func as1258(text string) string { return mapped(text, &vietnameseTable) }

func mapped(text string, table *[256]rune) string {
	var b strings.Builder
	for i := range len(text) {
		b.WriteRune(table[text[i]])
	}
	return b.String()
}

// The letters of the encodings of one byte.
var (
	latinTable      = tableOf(charmap.Windows1252)
	vietnameseTable = tableOf(charmap.Windows1258)
)

// tableOf gives the letters of an encoding; codes that it leaves free stand for themselves.
func tableOf(encoding *charmap.Charmap) (table [256]rune) {
	for c := range table {
		table[c] = encoding.DecodeByte(byte(c))
		if table[c] == utf8.RuneError {
			table[c] = rune(c)
		}
	}
	return table
}
