package alike

import (
	"bytes"
	"strings"

	"lamsach/core/viet"
)

// nameLevel says how far two names agree, worst first.
type nameLevel uint8

const (
	namesUnknown nameLevel = iota
	namesDiffer
	namesNear   // Jaro-Winkler ≥ 0.82
	namesNearer // ≥ 0.90
	namesAlike  // ≥ 0.95
	namesFolded // equal without marks
	namesEqual  // equal with marks, wherever the tone mark is put
)

// The borders of the levels (matching.md, 5.5).
const (
	near   = 0.82
	nearer = 0.90
	alike  = 0.95
)

// likeness of two folded names.
func likeness(a, b []byte) nameLevel {
	switch similarity := JaroWinkler(a, b); {
	case similarity >= alike:
		return namesAlike
	case similarity >= nearer:
		return namesNearer
	case similarity >= near:
		return namesNear
	}
	return namesDiffer
}

// equalLevel tells names that are equal when folded from those that are equal with their marks too. A name without any
// marks says nothing against one with them.
func equalLevel(a, b string) nameLevel {
	if a == b || viet.FoldTone(a) == viet.FoldTone(b) {
		return namesEqual
	}
	return namesFolded
}

// Similar reports whether two folded names may be one person's: the given names agree but for a slip, and the rest does,
// or one of them only lacks words in the middle.
func Similar(a, b []byte) bool {
	switch similarity := JaroWinkler(a, b); {
	case similarity == 1, similarity >= nearer && slip(given(a), given(b)):
		return true
	case similarity >= near && string(Confusion(a)) == string(Confusion(b)):
		return true
	}
	return shortened(a, b) || shortened(b, a)
}

// given is the last word of a name.
func given(folded []byte) []byte { return folded[bytes.LastIndexByte(folded, ' ')+1:] }

// slip reports whether two words differ by no more than typing does: not at all up to three letters, by one letter up
// to six, by two above (OpenCRVS).
func slip(a, b []byte) bool {
	if bytes.Equal(a, b) {
		return true
	}
	allowed := 2
	switch n := min(len(a), len(b)); {
	case n <= 3:
		return false
	case n <= 6:
		allowed = 1
	}
	return viet.Distance(string(a), string(b)) <= allowed
}

// shortened reports whether b is a without words in the middle.
func shortened(a, b []byte) bool {
	if len(b) == 0 || len(a) <= len(b) || a[0] != b[0] || a[len(a)-1] != b[len(b)-1] {
		return false
	}
	long, short := bytes.Fields(a), bytes.Fields(b)
	if len(short) < 2 || len(long) <= len(short) || !bytes.Equal(long[0], short[0]) ||
		!bytes.Equal(long[len(long)-1], short[len(short)-1]) {
		return false
	}
	at := 0
	for _, word := range long {
		if at < len(short) && bytes.Equal(word, short[at]) {
			at++
		}
	}
	return at == len(short)
}

// confusions are letters that are said, and so written, for each other in one part of the country or another; finals
// come after them, at the end of a word.
var (
	confusions = strings.NewReplacer("ngh", "ng", "gh", "g", "kh", "kh", "tr", "ch", "gi", "d", "qu", "cu", "ph", "f", "r", "d", "v", "d", "l", "n", "x", "s",
		"k", "c", "y", "i")
	finals = strings.NewReplacer("ng ", "n ", "t ", "c ", "nh ", "n ", "ch ", "c ")
)

// Confusion is the form of a folded name in which words that sound alike somewhere are written alike (matching.md 5.2,
// LC). It brings names together; it never proves them equal.
func Confusion(folded []byte) []byte {
	return bytes.TrimSuffix([]byte(finals.Replace(confusions.Replace(string(folded))+" ")), []byte(" "))
}

// JaroWinkler is the similarity of two folded texts, 0 … 1: Jaro's, raised for up to four equal first letters.
func JaroWinkler(a, b []byte) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	if len(a) > len(b) || len(a) == len(b) && bytes.Compare(a, b) > 0 {
		a, b = b, a // the search for common letters is greedy: in one order it gives one answer
	}
	j := jaro(a, b)
	prefix := 0
	for prefix < min(4, len(a), len(b)) && a[prefix] == b[prefix] {
		prefix++
	}
	return j + float64(prefix)*0.1*(1-j)
}

// longestName is how many letters of a text are compared.
const longestName = 64

func jaro(a, b []byte) float64 {
	a, b = a[:min(len(a), longestName)], b[:min(len(b), longestName)]
	var usedA, usedB uint64
	window := max(0, max(len(a), len(b))/2-1)
	common := 0
	for i := range a {
		for j := max(0, i-window); j < min(len(b), i+window+1); j++ {
			if usedB&(1<<j) == 0 && a[i] == b[j] {
				usedA, usedB = usedA|1<<i, usedB|1<<j
				common++
				break
			}
		}
	}
	if common == 0 {
		return 0
	}
	crossed, j := 0, 0
	for i := range a {
		if usedA&(1<<i) == 0 {
			continue
		}
		for usedB&(1<<j) == 0 {
			j++
		}
		if a[i] != b[j] {
			crossed++
		}
		j++
	}
	m := float64(common)
	return (m/float64(len(a)) + m/float64(len(b)) + (m-float64(crossed/2))/m) / 3
}
