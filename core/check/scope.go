package check

import (
	_ "embed"
	"slices"
	"strings"
	"unicode"

	"lamsach/core/roster"
	"lamsach/core/viet"
)

//go:embed data/departures.csv
var departuresCSV string

// departing is a phrase by which a note says that a person left the list.
type departing struct {
	order         int // the first of several that a note holds counts
	status        roster.Status
	words, folded []string
	how           string
	unless        []string // folded: what makes it speak of something else when it follows
}

// How a phrase is to be met, besides plainly.
const (
	withMarks = "marks"   // with its marks, if the note has any: "mất" is no "mặt"
	whole     = "whole"   // … and as all that the note says, but for a date
	foreign   = "foreign" // not said of where somebody comes from
	country   = "country" // after a word for going or living there
)

// departures are the phrases by their first folded word.
var departures = readDepartures()

func readDepartures() map[string][]departing {
	found := map[string][]departing{}
	for i, line := range table(departuresCSV) {
		d := departing{order: i, status: roster.Status(line[0]), words: strings.Fields(line[1]), folded: strings.Fields(viet.Fold(line[1])), how: line[2]}
		if line[3] != "" {
			d.unless = strings.Split(line[3], "|")
		}
		found[d.folded[0]] = append(found[d.folded[0]], d)
	}
	return found
}

// Words around a phrase that change whom, or what, it speaks of; each in its letters with marks.
var (
	relativesInNote = []string{"bố", "mẹ", "cha", "ba", "má", "ông", "bà", "anh", "chị", "em", "cô", "dì", "cậu", "chú", "bác", "chồng", "vợ"}
	youngInNote     = []string{"con", "cháu"} // of an adult; in a list of children they are the children
	denials         = []string{"chưa", "không", "ko", "k", "chẳng", "chửa"}
	betweenDenials  = []string{"bị", "được", "thấy", "hề", "có"}
	together        = []string{"cùng", "theo", "với"} // behind them parents went as well
	goingThere      = []string{"đi", "sang", "ở", "qua", "bên", "tại", "về", "chồng", "vợ", "động", "sống", "nước", "cư"}
	comesFrom       = []string{"người", "tịch", "tố", "gốc", "của"}
	afterCountry    = []string{"cùng", "theo", "với", "năm", "từ", "tháng", "làm", "học", "lao", "rồi"}
	otherDoubles    = []string{"tên", "họ", "ngày", "năm", "tháng", "tuổi", "khánh", "hợp", "thời", "mã", "cccd", "cmnd", "định", "số"}
)

// checkScope reads in the note, or in a column that says how it stands with everybody, that the person left.
func checkScope(v *RowView) {
	for _, field := range [...]roster.Field{roster.Note, roster.Standing} {
		note := v.value(field)
		if note.Kind != roster.Text || note.Text == "" {
			continue
		}
		status := v.known.notes.of(note, func(value roster.Value) roster.Status { return departure(value.Text, v.Child) })
		if status == roster.InScope {
			continue
		}
		f := v.add(Finding{Code: "record.left_scope", Fix: Offer, Value: note.Text, Status: status, Confidence: 0.8})
		f.put("Status", string(status))
		return
	}
}

// remark is a clause of a note, word by word.
type remark struct {
	words, folded []string
	marked        bool // the note is written with marks
	alone         bool // it says nothing else
	child         bool // the list is one of children
}

// departure finds the status that a note means.
func departure(note string, child bool) roster.Status {
	var best *departing
	clauses := remarks(note, child)
	for c := range clauses {
		r := &clauses[c]
		for i, word := range r.folded {
			if r.doubled(i) {
				return roster.Duplicate
			}
			for k := range departures[word] {
				if d := &departures[word][k]; (best == nil || d.order < best.order) && r.says(d, i) && (d.status != roster.MovedOut || !arrived(clauses)) {
					best = d
				}
			}
		}
	}
	if best == nil {
		return roster.InScope
	}
	return best.status
}

// remarks takes a note apart.
func remarks(note string, child bool) (clauses []remark) {
	marked := viet.HasMarks(note)
	for clause := range strings.FieldsFuncSeq(viet.Lower(viet.NFC(note)), func(r rune) bool { return strings.ContainsRune(",;.:()\n/–-", r) }) {
		r := remark{words: strings.FieldsFunc(clause, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), marked: marked, child: child}
		if len(r.words) == 0 || !strings.ContainsFunc(clause, unicode.IsLetter) {
			continue // a date
		}
		for _, word := range r.words {
			r.folded = append(r.folded, viet.Fold(word))
		}
		clauses = append(clauses, r)
	}
	if len(clauses) == 1 {
		clauses[0].alone = true
	}
	return clauses
}

// arrived reports whether the note says that somebody moved in.
func arrived(clauses []remark) bool {
	return slices.ContainsFunc(clauses, func(r remark) bool {
		at := slices.Index(r.folded, "chuyen")
		return at >= 0 && at+1 < len(r.folded) && r.folded[at+1] == "den"
	})
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

// says reports whether a phrase stands at a word of the clause, and is said of the person.
func (r *remark) says(d *departing, at int) bool {
	end := at + len(d.folded)
	if end > len(r.folded) || !slices.Equal(r.folded[at:end], d.folded) || r.denied(at) || r.ofOther(d, at, end) {
		return false
	}
	next := " " + strings.Join(r.folded[end:], " ") + " "
	if slices.ContainsFunc(d.unless, func(words string) bool { return strings.HasPrefix(next, " "+words+" ") }) {
		return false
	}
	marks := !r.marked || slices.Equal(r.words[at:end], d.words)
	switch d.how {
	case withMarks:
		return marks
	case whole:
		return marks && r.alone && !slices.ContainsFunc(slices.Concat(r.folded[:at], r.folded[end:]), func(word string) bool {
			return strings.ContainsFunc(word, unicode.IsLetter)
		})
	case foreign:
		return !r.is(at-1, comesFrom)
	case country:
		return marks && r.is(at-1, goingThere) && (len(d.words) > 1 || end == len(r.words) || r.is(end, afterCountry))
	}
	return true
}

// denied reports whether the words before deny it.
func (r *remark) denied(at int) bool {
	return r.is(at-1, denials) || r.is(at-2, denials) && r.is(at-1, betweenDenials)
}

// ofOther reports whether the phrase is about a relative: "mẹ đã mất", "đã mất mẹ". Who goes with his parents goes himself.
func (r *remark) ofOther(d *departing, at, end int) bool {
	if d.status == roster.Deceased && (r.relative(end) || r.is(end, []string{"cả"})) {
		return true
	}
	for i := range at {
		if r.relative(i) && !(d.status != roster.Deceased && slices.ContainsFunc(r.words[:i], func(word string) bool { return slices.Contains(together, word) })) {
			return d.how != country || i != at-1 // "lấy chồng Đài Loan"
		}
	}
	return false
}

func (r *remark) relative(at int) bool {
	return r.is(at, relativesInNote) || !r.child && r.is(at, youngInNote)
}

// doubled reports whether the clause says at a word that the person stands in the list twice: "trùng", and not only of his name.
func (r *remark) doubled(at int) bool {
	if r.words[at] != "trùng" || r.denied(at) {
		return false
	}
	if r.is(at+1, otherDoubles) {
		return r.words[at+1] == "số" && at+2 < len(r.words) && strings.ContainsFunc(r.words[at+2], unicode.IsDigit)
	}
	return true
}
