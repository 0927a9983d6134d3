package person

import (
	"iter"
	"strings"

	"lamsach/core/viet"
)

// Name is a name that was read, with what names are compared by. Two names have the same Whole when they are the same
// folded, and the same Last when their last words are: the given names.
type Name struct {
	Reading[string]
	Whole, Last uint64 // 0: nobody is named
	Marked      bool   // the text, whatever it is, has letters with marks
}

// NameReader reads the names of a list as ReadName and ReadParent do, and remembers their words: few thousand words make
// up all names of a list, so that nearly every name is known by what was found out about them. It is for one goroutine at
// a time.
type NameReader struct {
	Counting bool // count the words of names with marks, for Words

	words []nameWord
	slots []int32 // place of a word in words + 1, by its hash; a power of two, never more than half full
	other map[string]int
	fold  []byte

	latest []int32 // the words of the name that byWords read last
}

// nameWord is a word of names as it is written.
type nameWord struct {
	text   string
	hash   uint64 // of the text
	plain  string // the text folded
	folded uint64 // hash of plain
	times  int32  // counted
	signs  wordSign
}

// mostWords is how many words are remembered; a file may hold anything.
const mostWords = 1 << 14

// Read reads a name as ReadName does.
func (n *NameReader) Read(raw Raw) Name { return n.read(raw, false) }

// ReadParent reads a name as ReadParent does.
func (n *NameReader) ReadParent(raw Raw) Name { return n.read(raw, true) }

// AppendFolded appends the folded value of what Read gives, its words with a blank between them; nothing when nobody is named. The
// words of it are not counted.
func (n *NameReader) AppendFolded(dst []byte, raw Raw) []byte {
	counting := n.Counting
	n.Counting = false
	defer func() { n.Counting = counting }()
	if _, ok := n.byWords(raw.Text, false); !ok {
		return viet.AppendFold(dst, readName(raw, false).Value)
	}
	for i, at := range n.latest {
		if i > 0 {
			dst = append(dst, ' ')
		}
		dst = append(dst, n.words[at].plain...)
	}
	return dst
}

// Words gives the words of the names with marks that were counted, as names are written, and how often each was there.
func (n *NameReader) Words() iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		for i := range n.words {
			if w := &n.words[i]; w.times > 0 && !yield(w.text, int(w.times)) {
				return
			}
		}
		for word, times := range n.other {
			if !yield(word, times) {
				return
			}
		}
	}
}

func (n *NameReader) read(raw Raw, parent bool) Name {
	if name, ok := n.byWords(raw.Text, parent); ok {
		return name
	}
	name := Name{Reading: readName(raw, parent), Marked: viet.HasMarks(raw.Text)}
	if n.Counting && name.Marked {
		n.count(raw.Text, name.Fault == Clean)
	}
	if name.Fault != Missing {
		best := name.Suggest
		if best == "" {
			best = raw.Text
		}
		n.fold = viet.AppendFold(n.fold[:0], best)
		name.Whole, name.Last = HashFolded(n.fold)
	}
	return name
}

// byWords reads a name of which every word, and every word beside the others, is as it should be.
func (n *NameReader) byWords(text string, parent bool) (Name, bool) {
	var words [maxWords]int32
	count, all, from, h, whole := 0, wordSign(0), 0, hashSeed, uint64(0)
	for i := 0; i <= len(text); i++ {
		if i < len(text) && text[i] != ' ' {
			h = (h ^ uint64(text[i])) * hashPrime
			continue
		}
		if i == from || count == maxWords {
			return Name{}, false
		}
		at := n.word(text[from:i], h)
		if at < 0 {
			return Name{}, false
		}
		words[count] = at
		count++
		all |= n.words[at].signs
		whole = joinHash(whole, n.words[at].folded)
		from, h = i+1, hashSeed
	}
	first := n.words[words[0]].signs
	switch {
	case count < 2, all&(wordOther|wordKeys) != 0, all&(wordLatin1|wordBeyond|wordForeign) == wordLatin1|wordForeign,
		first&wordNote != 0 && !plain(text, false), parent && first&wordCall != 0 && !plain(text, true):
		return Name{}, false
	}
	if n.Counting && all&wordMarked != 0 {
		for _, at := range words[:count] {
			n.words[at].times++
		}
	}
	n.latest = append(n.latest[:0], words[:count]...)
	name := Name{Whole: whole, Last: n.words[words[count-1]].folded, Marked: all&wordMarked != 0}
	name.Value, name.Confidence = text, 1
	return name, true
}

// count counts the words of a name with marks that was read letter by letter.
func (n *NameReader) count(text string, clean bool) {
	if n.other == nil {
		n.other = map[string]int{}
	}
	if !clean {
		text = viet.DisplayCase(viet.NFC(text))
	}
	for word := range strings.FieldsSeq(text) {
		n.other[word]++
	}
}

// word finds a word, or looks at it and remembers it; -1 when there are too many. h is the hash of its bytes.
func (n *NameReader) word(text string, h uint64) int32 {
	if 2*len(n.words) >= len(n.slots) && !n.grow() {
		return -1
	}
	mask := uint64(len(n.slots) - 1)
	for slot := (h ^ h>>32) & mask; ; slot = (slot + 1) & mask {
		at := n.slots[slot] - 1
		if at < 0 {
			at = int32(len(n.words)) //nolint:gosec // at most mostWords
			n.slots[slot] = at + 1
			n.words = append(n.words, newNameWord(text, h))
			return at
		}
		if n.words[at].hash == h && n.words[at].text == text {
			return at
		}
	}
}

// grow doubles the table of words.
func (n *NameReader) grow() bool {
	if len(n.words) >= mostWords {
		return false
	}
	n.slots = make([]int32, max(1024, 2*len(n.slots)))
	mask := uint64(len(n.slots) - 1)
	for at := range n.words {
		h := n.words[at].hash
		slot := (h ^ h>>32) & mask
		for n.slots[slot] != 0 {
			slot = (slot + 1) & mask
		}
		n.slots[slot] = int32(at) + 1 //nolint:gosec // at most mostWords
	}
	return true
}
