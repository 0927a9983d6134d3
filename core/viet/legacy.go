package viet

import (
	_ "embed"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

//go:embed data/tcvn3_map.csv
var tcvn3CSV string

//go:embed data/vni_map.csv
var vniCSV string

// Office programs store text in the fonts of the 1990s as the Latin-1 letters that share their codes; the maps
// go from those letters to the meant ones.
var (
	tcvn3Map = readTCVN3(tcvn3CSV)
	vniMap   = readVNI(vniCSV)
)

// readTCVN3 leaves out the codes 80–9F of the full standard: what stands there in a file is punctuation.
func readTCVN3(csv string) map[rune]rune {
	table := make(map[rune]rune)
	for _, fields := range csvRows(csv) {
		from := codePoints(fields[1])
		if to, _ := utf8.DecodeRuneInString(fields[2]); len(from) == 1 && from[0] >= 0xA0 && from[0] <= 0xFF {
			table[from[0]] = to
		}
	}
	return table
}

func readVNI(csv string) map[[2]rune]rune {
	table := make(map[[2]rune]rune)
	for _, fields := range csvRows(csv) {
		var key [2]rune
		copy(key[:], codePoints(fields[1]))
		table[key], _ = utf8.DecodeRuneInString(fields[2])
	}
	return table
}

// csvRows gives the rows below the header of an embedded table; none of them has quotes.
func csvRows(csv string) [][]string {
	var rows [][]string
	for i, line := range strings.Split(strings.TrimSpace(csv), "\n") {
		if fields := strings.Split(strings.TrimSpace(line), ","); i > 0 && len(fields) > 2 {
			rows = append(rows, fields)
		}
	}
	return rows
}

// codePoints reads "U+0041 U+00D9".
func codePoints(text string) []rune {
	var runes []rune
	for _, word := range strings.Fields(text) {
		if n, err := strconv.ParseUint(strings.TrimPrefix(word, "U+"), 16, 32); err == nil {
			runes = append(runes, rune(n))
		}
	}
	return runes
}

// FromTCVN3 decodes text written in an ABC font (.VnTime, .VnArial …). Those fonts have no capitals with tone, and
// show small letters as capitals instead, so text all in capitals comes out half small; it is raised again.
func FromTCVN3(s string) string {
	if isASCII(s) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if to, ok := tcvn3Map[r]; ok {
			r = to
		}
		b.WriteRune(r)
	}
	if shouted(s) {
		return strings.ToUpper(b.String())
	}
	return raised(b.String())
}

// raised gives words that begin with a toned vowel the capital that ABC fonts do not have, where all other words begin with one: "Lò Văn
// ánh" is a name.
func raised(s string) string {
	var small []int
	large := 0
	for at, last := 0, rune(' '); at < len(s); {
		r, size := utf8.DecodeRuneInString(s[at:])
		if last == ' ' && r != ' ' {
			switch t := toneOf[r]; {
			case t.tone != level:
				small = append(small, at)
			case unicode.IsUpper(r):
				large++
			default:
				return s
			}
		}
		last = r
		at += size
	}
	if large == 0 || len(small) == 0 {
		return s
	}
	out := []byte(s)
	for _, at := range small {
		r, _ := utf8.DecodeRuneInString(s[at:])
		utf8.EncodeRune(out[at:], unicode.ToUpper(r)) // as long: both letters of a pair are
	}
	return string(out)
}

// shouted reports whether the ASCII letters of s are all capitals, two of them side by side at least once.
func shouted(s string) bool {
	pair := false
	for i := 0; i < len(s); i++ {
		if s[i] >= 'a' && s[i] <= 'z' {
			return false
		}
		if i > 0 && s[i] >= 'A' && s[i] <= 'Z' && s[i-1] >= 'A' && s[i-1] <= 'Z' {
			pair = true
		}
	}
	return pair
}

// FromVNI decodes text written in a VNI font, where a letter is one sign or a vowel and a sign for its marks.
func FromVNI(s string) string {
	if isASCII(s) {
		return s
	}
	var b strings.Builder
	runes := []rune(s)
	for i := 0; i < len(runes); i++ {
		if i+1 < len(runes) {
			if to, ok := vniMap[[2]rune{runes[i], runes[i+1]}]; ok {
				b.WriteRune(to)
				i++
				continue
			}
		}
		if to, ok := vniMap[[2]rune{runes[i]}]; ok {
			b.WriteRune(to)
			continue
		}
		b.WriteRune(runes[i])
	}
	return b.String()
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// IsVNIPair reports whether two letters are a vowel and its marks as VNI fonts write them. "oá", "oà" and "oã" are ordinary too.
func IsVNIPair(vowel, marks rune) bool {
	if marks < 0xC0 || marks > 0xFF {
		return false
	}
	switch vowel | 0x20 {
	case 'a', 'e':
		return strings.ContainsRune("âêáàåãäéèúüëùøûõïÂÊÁÀÅÃÄÉÈÚÜËÙØÛÕÏ", marks)
	case 'o':
		return strings.ContainsRune("âåäùøûõïÂÅÄÙØÛÕÏ", marks)
	case 'u', 'y', 'ô', 'ö': // ô and ö are ơ and ư there
		return strings.ContainsRune("ùøûõïÙØÛÕÏ", marks)
	}
	return false
}
