package check

import (
	_ "embed"
	"slices"
	"strings"
	"unicode"

	"lamsach/core/roster"
)

//go:embed data/departures.csv
var departuresCSV string

// departing is a phrase by which a note says that a person left the list.
type departing struct {
	phrase
	order  int // the first of several that a note holds counts
	status roster.Status
	how    string
	unless []phrase // what makes it speak of something else when it follows
}

// How a phrase is to be met, besides plainly.
const (
	withMarks = "marks"   // with its marks, if the note has any: "mất" is no "mặt"
	loss      = "loss"    // … and not said of what can be lost: "giấy khai sinh mất năm 2020"
	whole     = "whole"   // … and as all that the note says, but for a date
	foreign   = "foreign" // not said of where somebody comes from
	country   = "country" // after a word for going or living there
)

// departures are the phrases by their first folded word.
var departures = readDepartures()

func readDepartures() map[string][]departing {
	found := map[string][]departing{}
	for i, line := range table(departuresCSV) {
		d := departing{phrase: newPhrase(line[1]), order: i, status: roster.Status(line[0]), how: line[2]}
		if line[3] != "" {
			d.unless = phrases(strings.Split(line[3], "|")...)
		}
		found[d.folded[0]] = append(found[d.folded[0]], d)
	}
	return found
}

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
				if d := &departures[word][k]; (best == nil || d.order < best.order) && r.says(d, i) && (d.status != roster.MovedOut || !arrived(clauses)) && !returned(clauses[c:], d, i+len(d.folded)) {
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

// arrived reports whether the note says that somebody moved in.
func arrived(clauses []remark) bool {
	return slices.ContainsFunc(clauses, func(r remark) bool {
		at := slices.Index(r.folded, "chuyen")
		return at >= 0 && at+1 < len(r.folded) && r.folded[at+1] == "den"
	})
}

// returned reports whether somebody who went is back, by what the note says behind the phrase. Of a move only another clause tells
// it: who "đã chuyển về quê" is gone.
func returned(clauses []remark, d *departing, from int) bool {
	if d.status != roster.Abroad && d.status != roster.MovedOut {
		return false
	}
	for c := range clauses {
		r := &clauses[c]
		for i := from; i < len(r.words); i++ {
			if (d.status == roster.Abroad || c > 0 && r.is(i-1, backWords)) && r.back(i) {
				return true
			}
		}
		from = 0
	}
	return false
}

// back reports whether the person came back by the word at a place: "nay về", "đã về nước năm 2024", but not "chưa về" or "về quê chồng".
func (r *remark) back(at int) bool {
	if !r.is(at, []string{"về"}) {
		return false
	}
	for i := range at {
		if r.is(i, denials) || r.is(i, waiting) || r.relative(i) {
			return false
		}
	}
	next := at + 1
	if r.is(next, []string{"địa"}) || r.is(next, []string{"việt"}) {
		return true
	}
	if r.is(next, homeWords) {
		next++
	}
	return r.endsOrDated(next)
}

// endsOrDated reports whether a clause ends at a place, or tells there when it was.
func (r *remark) endsOrDated(at int) bool {
	return at >= len(r.words) || r.is(at, dating) || r.number(at)
}

// comesHere reports whether a move leads here, as what follows it names no place: "chuyển khẩu về", "chuyển hộ khẩu đến 2022".
func (r *remark) comesHere(end int) bool {
	for r.is(end, []string{"hộ", "khẩu", "trường"}) {
		end++
	}
	return r.is(end, hither) && (r.endsOrDated(end+1) || r.is(end+1, []string{"địa", "đây"}))
}

// bornThere reports whether the country at a word is where somebody was born: "sinh tại Nga".
func (r *remark) bornThere(at int) bool {
	if !r.is(at-1, bornAt) {
		return false
	}
	for i := at - 2; i >= 0 && !r.is(i, bornNoMore); i-- {
		if r.is(i, born) {
			return !r.is(i-1, []string{"học"})
		}
	}
	return false
}

// says reports whether a phrase stands at a word of the clause, and is said of the person.
func (r *remark) says(d *departing, at int) bool {
	end := at + len(d.folded)
	if end > len(r.folded) || !slices.Equal(r.folded[at:end], d.folded) || r.denied(at) || r.before(at, plans) || r.ofOther(d, at, end) {
		return false
	}
	if d.status == roster.MovedOut && r.comesHere(end) || d.status == roster.Abroad && r.bornThere(at) {
		return false
	}
	next := end
	if r.number(next) { // "đã mất 81% sức lao động"
		next++
	}
	if r.holdsAny(next, d.unless) {
		return false
	}
	marks := !r.marked || slices.Equal(r.words[at:end], d.words)
	switch d.how {
	case withMarks:
		return marks
	case loss:
		return marks && !r.before(at, lostThings) && !r.is(at-1, losing)
	case whole:
		for at > 0 && r.is(at-1, thePerson) { // "cháu mất 2024"
			at--
		}
		return marks && r.alone && !slices.ContainsFunc(slices.Concat(r.folded[:at], r.folded[end:]), func(word string) bool {
			return strings.ContainsFunc(word, unicode.IsLetter)
		})
	case foreign:
		return !r.is(at-1, comesFrom)
	case country:
		return marks && (r.is(at-1, goingThere) || r.is(at-2, marrying) && r.relative(at-1)) && (len(d.words) > 1 || end == len(r.words) || r.is(end, afterCountry))
	}
	return true
}

// denied reports whether the words before deny it.
func (r *remark) denied(at int) bool {
	return r.is(at-1, denials) || r.is(at-2, denials) && r.is(at-1, betweenDenials)
}

// ofOther reports whether the phrase is about a relative: "mẹ đã mất", "đã mất mẹ", "giấy khai tử của bố". Who goes with his
// parents goes himself, and so does who marries.
func (r *remark) ofOther(d *departing, at, end int) bool {
	if r.is(end, []string{"của"}) && r.relative(end+1) || d.status == roster.Deceased && (r.relative(end) || r.is(end, []string{"cả"})) {
		return true
	}
	for i := range at {
		if r.relative(i) && (d.status == roster.Deceased || !r.before(i, together) && !r.is(i-1, marrying)) {
			return true
		}
	}
	return false
}

// doubled reports whether the clause says at a word that the person stands in the list twice: "trùng", and not only of his name.
func (r *remark) doubled(at int) bool {
	if r.words[at] != "trùng" || r.denied(at) || r.is(at-1, noDoubles) {
		return false
	}
	if r.is(at-1, doubleThings) || r.is(at-1, betweenDenials) && r.is(at-2, doubleThings) {
		return r.is(at+1, rowWords)
	}
	if r.is(at+1, otherDoubles) {
		return r.words[at+1] == "số" && at+2 < len(r.words) && strings.ContainsFunc(r.words[at+2], unicode.IsDigit)
	}
	return true
}
