package check

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"lamsach/core/viet"
)

// remark is a clause of a note, word by word.
type remark struct {
	words, folded []string
	marked        bool   // the note is written with marks
	name          []bool // which words are written as those of names: with one capital letter
	alone         bool   // it says nothing else
	child         bool   // the list is one of children
}

// words are some words, as written and folded: those of a phrase, or such of which one is looked for.
type words struct{ written, folded []string }

func wordsOf(text string) words { return words{strings.Fields(text), strings.Fields(viet.Fold(text))} }

func phrases(texts ...string) (all []words) {
	for _, text := range texts {
		all = append(all, wordsOf(text))
	}
	return all
}

// Words around a phrase that change whom, or what, it speaks of; each in its letters with marks.
var (
	relativesInNote = wordsOf("bố mẹ cha ba ông bà anh chị em cậu chú bác dượng mợ thím chồng vợ")
	markedRelatives = wordsOf("cô dì má") // without marks they are "có", "đi" and "mã"
	relativePairs   = phrases("phụ huynh", "người thân", "thân nhân", "người nhà", "họ hàng")
	kinWords        = wordsOf("nội ngoại ruột đẻ nuôi kế trai gái") // behind a relative
	nameWords       = wordsOf("họ tên")                             // "tên bố: …"
	youngInNote     = wordsOf("con cháu")                           // of an adult; in a list of children they are the children
	thePerson       = wordsOf("cháu con em trẻ bé")                 // whom the row is about, where these are no relatives
	lostThings      = phrases("giấy", "sổ", "thẻ", "hồ sơ", "khai sinh", "hộ khẩu", "cccd", "cmnd", "căn cước", "tiền")
	losing          = wordsOf("làm đánh") // "làm mất năm 2020"

	denials        = wordsOf("chưa không ko k chẳng chửa suýt gần")
	betweenDenials = wordsOf("bị được thấy hề có phải từng còn phát hiện") // "chưa phát hiện …"
	notYet         = wordsOf("từ khi nào đến tới")                         // "từ đủ 16 tuổi" is said of a law
	together       = phrases("cùng", "theo", "với")                        // behind them parents went as well
	marrying       = wordsOf("lấy cưới")

	goingThere   = wordsOf("đi sang ở qua bên tại về động sống nước cư")
	comesFrom    = wordsOf("người tịch tố gốc của từ ty tiếng")
	afterCountry = wordsOf("cùng theo với năm từ tháng làm học lao rồi sinh chưa được")

	otherDoubles = wordsOf("tên họ ngày năm tháng tuổi khánh hợp khớp thời mã cccd cmnd căn định số thẻ bhyt địa điện thông dữ dân giới giấy khai csdl csdlqg")
	doubleThings = wordsOf("tên họ sinh tuổi mã cccd cmnd danh số")           // "tên trùng với anh"
	noDoubles    = wordsOf("trừ lọc tránh khử nhiễm tiệt côn vi xã thôn xóm") // "đã trừ trùng", "nhiễm trùng"
	rowWords     = wordsOf("dòng stt tt")                                     // "tên trùng dòng 5"

	plans = phrases("sắp", "sẽ", "muốn", "chuẩn bị", "dự kiến", "dự định", "ý định", // what may come
		"kế hoạch", "nguyện vọng", "có thể", "nếu", "đang xin", "đang chờ", "đang định", "đang làm thủ tục")

	hither      = wordsOf("về đến tới")                                  // behind a move
	dating      = wordsOf("năm tháng ngày từ rồi")                       // what may follow a coming
	homeWords   = wordsOf("nước quê nhà")                                // where one comes back to
	backWords   = wordsOf("đã nay mới vừa trở quay")                     // "chuyển đi, nay đã về"
	waiting     = wordsOf("sẽ kiến nữa tết hè hết khi bao đợi chờ mong") // who is awaited is not back
	returning   = wordsOf("quay trở")
	movingIn    = wordsOf("chuyển đến")
	elsewhere   = wordsOf("nơi chỗ")
	ourPlaces   = wordsOf("xã bản thôn xóm phường")
	origins     = wordsOf("quê quán gốc")
	formerly    = wordsOf("trước từng")
	seasons     = wordsOf("năm tháng tuần hôm tết hè")
	nowadays    = wordsOf("nay hiện giờ")
	born        = wordsOf("sinh đẻ")
	bornAt      = wordsOf("ở tại bên nước")
	movedThings = wordsOf("hộ khẩu trường")                          // behind "chuyển"
	bornNoMore  = wordsOf("sống đi sang qua theo đang hiện nay con") // between, it is no birth place
)

// Single words that change it.
var (
	homeward     = wordsOf("về")
	onceMore     = wordsOf("lại")
	fromWhere    = wordsOf("từ")
	ofWhom       = wordsOf("của")
	withWhom     = wordsOf("với")
	bothOf       = wordsOf("cả")
	learning     = wordsOf("học")
	ourCountry   = wordsOf("địa việt") // "về địa phương", "về Việt Nam"
	ourSurrounds = wordsOf("địa đây")
)

// longestNote is how much of a note is read, in bytes: who left is said in a line, and a cell can hold a book.
const longestNote = 1000

// remarks takes a note apart.
func remarks(note string, child bool) (clauses []remark) {
	note = note[:min(len(note), longestNote)]
	marked, text, inBrackets := viet.HasMarks(note), viet.NFC(note), false
	for text != "" {
		clause, bracket := text, false
		if end := strings.IndexAny(text, ",;.:()\n/–-"); end >= 0 {
			_, size := utf8.DecodeRuneInString(text[end:])
			clause, bracket, text = text[:end], text[end] == '(', text[end+size:]
		} else {
			text = ""
		}
		if r := newRemark(clause, marked, child); len(r.words) > 0 && strings.ContainsFunc(clause, unicode.IsLetter) { // no date
			if last := len(clauses) - 1; last >= 0 && clauses[last].introduces(&r, inBrackets) {
				clauses[last].join(&r)
			} else {
				clauses = append(clauses, r)
			}
		}
		inBrackets = bracket
	}
	if len(clauses) == 1 {
		clauses[0].alone = true
	}
	return clauses
}

func newRemark(clause string, marked, child bool) remark {
	r := remark{words: strings.FieldsFunc(clause, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), marked: marked, child: child}
	for i, word := range r.words {
		first, size := utf8.DecodeRuneInString(word)
		r.words[i] = viet.Lower(word)
		r.name = append(r.name, unicode.IsUpper(first) && !strings.ContainsFunc(word[size:], unicode.IsUpper))
		r.folded = append(r.folded, viet.Fold(word))
	}
	return r
}

func (r *remark) join(next *remark) {
	r.words, r.folded, r.name = append(r.words, next.words...), append(r.folded, next.folded...), append(r.name, next.name...)
}

// introduces reports whether the clause only names relatives, of whom the next one speaks: "Bố: chết", "Mẹ Lò Thị B, đã mất". What
// stands in brackets speaks of the last who was named: "mồ côi mẹ (đã mất)".
func (r *remark) introduces(next *remark, inBrackets bool) bool {
	from := len(r.words)
	for from > 0 && !r.relative(from-1) && (r.name[from-1] || r.is(from-1, kinWords)) {
		from--
	}
	if from == 0 || !r.relative(from-1) {
		return false
	}
	for from > 0 && (r.relative(from-1) || r.is(from-1, nameWords)) {
		from--
	}
	return inBrackets || from == 0 && !next.is(0, thePerson)
}

// holds reports whether a phrase stands at a word; its marks count in a note that has marks.
func (r *remark) holds(at int, p words) bool {
	end := at + len(p.written)
	if at < 0 || end > len(r.words) {
		return false
	}
	if r.marked {
		return slices.Equal(r.words[at:end], p.written)
	}
	return slices.Equal(r.folded[at:end], p.folded)
}

func (r *remark) holdsAny(at int, among []words) bool {
	return slices.ContainsFunc(among, func(p words) bool { return r.holds(at, p) })
}

// before reports whether one of some phrases stands before a word.
func (r *remark) before(at int, among []words) bool {
	for i := range at {
		if r.holdsAny(i, among) {
			return true
		}
	}
	return false
}

// number reports whether a word begins with a digit.
func (r *remark) number(at int) bool {
	return at < len(r.words) && r.words[at][0] >= '0' && r.words[at][0] <= '9'
}

// is reports whether a word is one of some; their marks count in a note that has marks.
func (r *remark) is(at int, among words) bool {
	if at < 0 || at >= len(r.words) {
		return false
	}
	if r.marked {
		return slices.Contains(among.written, r.words[at])
	}
	return slices.Contains(among.folded, r.folded[at])
}

func (r *remark) relative(at int) bool {
	return r.is(at, relativesInNote) || r.marked && r.is(at, markedRelatives) || r.holdsAny(at, relativePairs) || r.holdsAny(at-1, relativePairs) || !r.child && r.is(at, youngInNote)
}
