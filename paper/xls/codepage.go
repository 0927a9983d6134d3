package xls

import (
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"

	"lamsach/core/viet"
	"lamsach/paper/cells"
)

// codePages are the encodings of texts before BIFF8, by the numbers of Windows. 1200 (UTF-16) is what some writers leave there although
// their letters have one byte.
var codePages = map[int]encoding.Encoding{
	437: charmap.CodePage437, 850: charmap.CodePage850, 852: charmap.CodePage852, 855: charmap.CodePage855, 858: charmap.CodePage858,
	860: charmap.CodePage860, 862: charmap.CodePage862, 863: charmap.CodePage863, 865: charmap.CodePage865, 866: charmap.CodePage866,
	874:  charmap.Windows874,
	1200: charmap.Windows1252, 1250: charmap.Windows1250, 1251: charmap.Windows1251, 1252: charmap.Windows1252, 1253: charmap.Windows1253,
	1254: charmap.Windows1254, 1255: charmap.Windows1255, 1256: charmap.Windows1256, 1257: charmap.Windows1257, 1258: charmap.Windows1258,
	10000: charmap.Macintosh, 32768: charmap.Macintosh, 32769: charmap.Windows1252,
}

const (
	noCodePage  = 0
	vietnamPage = 1258
	pageUTF8    = 65001
)

// decode puts bytes of an old workbook into Unicode. In an old Vietnamese font the bytes stand for themselves, whatever the code page
// says: the font tells what they mean.
func decode(raw []byte, page int, font cells.Font) (string, error) {
	if ascii(raw) {
		return string(appendNarrow(nil, raw)), nil
	}
	if font > cells.UnicodeFont {
		return string(appendNarrow(nil, raw)), nil
	}
	if (page == noCodePage || page == pageUTF8) && utf8.Valid(raw) {
		return string(raw), nil
	}
	if page == noCodePage {
		page = 1252
	}
	from, ok := codePages[page]
	if !ok {
		return "", cells.Letters.Because("code page %d", page)
	}
	text, err := from.NewDecoder().Bytes(raw)
	if err != nil {
		return "", cells.Letters.Because("bytes that code page %d has not", page)
	}
	if page == vietnamPage {
		return viet.NFC(string(text)), nil // the page writes marks apart from their letters
	}
	return string(text), nil
}

func ascii(raw []byte) bool {
	for _, b := range raw {
		if b >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
