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

// phrase is some words, as written and folded.
type phrase struct{ words, folded []string }

func newPhrase(text string) phrase {
	return phrase{strings.Fields(text), strings.Fields(viet.Fold(text))}
}

func phrases(texts ...string) (all []phrase) {
	for _, text := range texts {
		all = append(all, newPhrase(text))
	}
	return all
}

// Words around a phrase that change whom, or what, it speaks of; each in its letters with marks.
var (
	relativesInNote = []string{"bố", "mẹ", "cha", "ba", "má", "ông", "bà", "anh", "chị", "em", "cô", "dì", "cậu", "chú", "bác", "dượng", "mợ", "thím", "chồng", "vợ"}
	relativePairs   = phrases("phụ huynh", "người thân", "thân nhân", "người nhà", "họ hàng")
	kinWords        = []string{"nội", "ngoại", "ruột", "đẻ", "nuôi", "kế", "trai", "gái"} // behind a relative
	nameWords       = []string{"họ", "tên"}                                               // "tên bố: …"
	youngInNote     = []string{"con", "cháu"}                                             // of an adult; in a list of children they are the children
	thePerson       = []string{"cháu", "con", "em", "trẻ", "bé"}                          // whom the row is about, where these are no relatives
	lostThings      = phrases("giấy", "sổ", "thẻ", "hồ sơ", "khai sinh", "hộ khẩu", "cccd", "cmnd", "căn cước", "tiền")
	losing          = []string{"làm", "đánh"} // "làm mất năm 2020"
	denials         = []string{"chưa", "không", "ko", "k", "chẳng", "chửa", "suýt", "gần"}
	betweenDenials  = []string{"bị", "được", "thấy", "hề", "có", "phải", "từng", "còn", "phát", "hiện"} // "chưa phát hiện …"
	notYet          = []string{"từ", "khi", "nào", "đến", "tới"}                                        // "từ đủ 16 tuổi" is said of a law
	together        = phrases("cùng", "theo", "với")                                                    // behind them parents went as well
	marrying        = []string{"lấy", "cưới"}
	goingThere      = []string{"đi", "sang", "ở", "qua", "bên", "tại", "về", "động", "sống", "nước", "cư"}
	comesFrom       = []string{"người", "tịch", "tố", "gốc", "của", "từ", "ty", "tiếng"}
	afterCountry    = []string{"cùng", "theo", "với", "năm", "từ", "tháng", "làm", "học", "lao", "rồi", "sinh", "chưa", "được"}
	otherDoubles    = []string{"tên", "họ", "ngày", "năm", "tháng", "tuổi", "khánh", "hợp", "khớp", "thời", "mã", "cccd", "cmnd", "căn", "định", "số", "thẻ", "bhyt", "địa", "điện", "thông", "dữ", "dân", "giới", "giấy", "khai", "csdl", "csdlqg"}
	doubleThings    = []string{"tên", "họ", "sinh", "tuổi", "mã", "cccd", "cmnd", "danh", "số"}                                                                                                     // "tên trùng với anh"
	noDoubles       = []string{"trừ", "lọc", "tránh", "khử", "nhiễm", "tiệt", "côn", "vi", "xã", "thôn", "xóm"}                                                                                     // "đã trừ trùng", "nhiễm trùng"
	rowWords        = []string{"dòng", "stt", "tt"}                                                                                                                                                 // "tên trùng dòng 5"
	plans           = phrases("sắp", "sẽ", "muốn", "chuẩn bị", "dự kiến", "dự định", "ý định", "kế hoạch", "nguyện vọng", "có thể", "nếu", "đang xin", "đang chờ", "đang định", "đang làm thủ tục") // what may come
	hither          = []string{"về", "đến", "tới"}                                                                                                                                                  // behind a move
	dating          = []string{"năm", "tháng", "ngày", "từ", "rồi"}                                                                                                                                 // what may follow a coming
	homeWords       = []string{"nước", "quê", "nhà"}                                                                                                                                                // where one comes back to
	backWords       = []string{"đã", "nay", "mới", "vừa", "trở", "quay"}                                                                                                                            // "chuyển đi, nay đã về"
	waiting         = []string{"sẽ", "kiến", "nữa", "tết", "hè", "hết", "khi", "bao", "đợi", "chờ", "mong"}                                                                                         // who is awaited is not back
	returning       = []string{"quay", "trở"}
	movingIn        = newPhrase("chuyển đến")
	elsewhere       = []string{"nơi", "chỗ"}
	ourPlaces       = []string{"xã", "bản", "thôn", "xóm", "phường"}
	origins         = []string{"quê", "quán", "gốc"}
	formerly        = []string{"trước", "từng"}
	seasons         = []string{"năm", "tháng", "tuần", "hôm", "tết", "hè"}
	nowadays        = []string{"nay", "hiện", "giờ"}
	born            = []string{"sinh", "đẻ"}
	bornAt          = []string{"ở", "tại", "bên", "nước"}
	bornNoMore      = []string{"sống", "đi", "sang", "qua", "theo", "đang", "hiện", "nay", "con"} // between, it is no birth place
)

// remarks takes a note apart.
func remarks(note string, child bool) (clauses []remark) {
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
func (r *remark) holds(at int, p phrase) bool {
	end := at + len(p.words)
	if at < 0 || end > len(r.words) {
		return false
	}
	if r.marked {
		return slices.Equal(r.words[at:end], p.words)
	}
	return slices.Equal(r.folded[at:end], p.folded)
}

func (r *remark) holdsAny(at int, among []phrase) bool {
	return slices.ContainsFunc(among, func(p phrase) bool { return r.holds(at, p) })
}

// before reports whether one of some phrases stands before a word.
func (r *remark) before(at int, among []phrase) bool {
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
func (r *remark) is(at int, among []string) bool {
	if at < 0 || at >= len(r.words) {
		return false
	}
	if r.marked {
		return slices.Contains(among, r.words[at])
	}
	return slices.ContainsFunc(among, func(word string) bool { return viet.Fold(word) == r.folded[at] })
}

func (r *remark) relative(at int) bool {
	return r.is(at, relativesInNote) || r.holdsAny(at, relativePairs) || r.holdsAny(at-1, relativePairs) || !r.child && r.is(at, youngInNote)
}
