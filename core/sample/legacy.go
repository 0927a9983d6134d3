package sample

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"lamsach/core/viet"
)

// The tables of the fonts of the 1990s are the reader's, turned round.
var (
	tcvn3Codes = sync.OnceValue(func() map[rune]string { return codesOf(viet.FromTCVN3, legacyLetters) })
	vniCodes   = sync.OnceValue(func() map[rune]string {
		signs := append([]string{""}, legacyLetters...)
		var candidates []string
		for _, sign := range signs {
			for letter := 'A'; letter <= 'z'; letter++ {
				if unicode.IsLetter(letter) {
					candidates = append(candidates, string(letter)+sign)
				}
			}
			for _, first := range legacyLetters {
				candidates = append(candidates, first+sign)
			}
		}
		return codesOf(viet.FromVNI, candidates)
	})
)

// legacyLetters are the code points under which those fonts' letters arrive in an office file.
var legacyLetters = func() []string {
	var all []string
	for r := rune(0xA1); r <= 0xFF; r++ {
		all = append(all, string(r))
	}
	return all
}()

// codesOf finds for every letter the shortest text that is read as it. Of the letters that stand for themselves only ý is a code; the
// others are no codes at all.
func codesOf(read func(string) string, candidates []string) map[rune]string {
	codes := map[rune]string{}
	for _, code := range candidates {
		letters := []rune(read(code))
		if (string(letters) != code || code == "ý") && len(letters) == 1 && letters[0] >= 0x80 && unicode.IsLetter(letters[0]) && (codes[letters[0]] == "" || len(code) < len(codes[letters[0]])) {
			codes[letters[0]] = code
		}
	}
	return codes
}

// inTCVN3 writes a text as an ABC font wants it. Capitals with a tone do not exist there, so their small letters stand for them; a text
// with a letter that the fonts lack comes back unchanged.
func inTCVN3(s string) string {
	return coded(s, tcvn3Codes())
}

// inVNI writes a text as a VNI font wants it.
func inVNI(s string) string { return coded(s, vniCodes()) }

func coded(s string, codes map[rune]string) string {
	var out strings.Builder
	for _, letter := range norm.NFC.String(s) {
		code := codes[letter]
		if code == "" {
			code = codes[unicode.ToLower(letter)]
		}
		switch {
		case letter < 0x80 || letter == '–':
			out.WriteRune(letter)
		case code == "":
			return s
		default:
			out.WriteString(code)
		}
	}
	return out.String()
}
