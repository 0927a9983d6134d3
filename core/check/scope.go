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
	words
	order  int // the first of several that a note holds counts
	status roster.Status
	how    string
	unless []words // what makes it speak of something else when it follows
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
		d := departing{words: wordsOf(line[1]), order: i, status: roster.Status(line[0]), how: line[2]}
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
				d := &departures[word][k]
				if (best == nil || d.order < best.order) && r.says(d, i) && !returned(clauses[c:], d, i+len(d.folded)) && !(d.status == roster.MovedOut && arrived(clauses)) {
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

// arrived reports whether the note says that somebody moved in; "nơi chuyển đến" and "chuyển đến nơi khác" are said of who left.
func arrived(clauses []remark) bool {
	return slices.ContainsFunc(clauses, func(r remark) bool {
		for i := range r.words {
			if r.holds(i, movingIn) && !r.is(i-1, elsewhere) && !r.is(i+2, elsewhere) {
				return true
			}
		}
		return false
	})
}

// returned reports whether somebody who went is back, by what the note says behind the phrase. Of others than those who went abroad
// only such as "nay đã về" tells it: who "đã chuyển về quê" is gone.
func returned(clauses []remark, d *departing, from int) bool {
	if d.status == roster.Deceased || d.status == roster.OverAge {
		return false
	}
	for c := range clauses {
		r := &clauses[c]
		for i := from; i < len(r.words); i++ {
			if (d.status == roster.Abroad || r.is(i-1, backWords)) && r.comesBack(i) {
				return true
			}
		}
		from = 0
	}
	return false
}

// comesBack reports whether the person came back by the word at a place: "nay về", "đã về nước năm 2024", "đã quay lại", but not
// "chưa về" or "về quê chồng".
func (r *remark) comesBack(at int) bool {
	if !r.is(at, homeward) && !(r.is(at, onceMore) && r.is(at-1, returning)) {
		return false
	}
	for i := range at {
		if r.is(i, denials) || r.is(i, waiting) || r.relative(i) {
			return false
		}
	}
	next := at + 1
	if r.is(next, ourCountry) {
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

// comesHere reports whether a move leads here, as what follows it names no place: "chuyển khẩu về", "chuyển hộ khẩu đến 2022", "chuyển
// khẩu từ Lai Châu về".
func (r *remark) comesHere(end int) bool {
	for r.is(end, movedThings) {
		end++
	}
	if r.is(end, fromWhere) {
		for end < len(r.words) && !r.is(end, hither) {
			end++
		}
	}
	if !r.is(end, hither) {
		return false
	}
	return r.endsOrDated(end+1) || r.is(end+1, ourSurrounds) || r.is(end+1, ourPlaces) && r.endsOrDated(end+2)
}

// bornThere reports whether the country at a word is where somebody was born, or comes from: "sinh tại Nga", "quê ở Lào".
func (r *remark) bornThere(at int) bool {
	if !r.is(at-1, bornAt) {
		return false
	}
	i := r.back(at-1, born, bornNoMore)
	return r.is(at-2, origins) || i >= 0 && !r.is(i-1, learning)
}

// wasThere reports whether somebody was in the country at a word in former times only: "trước ở Lào".
func (r *remark) wasThere(at int) bool {
	i := r.back(at, formerly, nowadays)
	return i >= 0 && !r.is(i-1, seasons) // "năm trước đi Lào"
}

// back gives the place of the last of some words before one, if none of others stands between; else -1.
func (r *remark) back(at int, some, others words) int {
	for at--; at >= 0 && !r.is(at, others); at-- {
		if r.is(at, some) {
			return at
		}
	}
	return -1
}

// says reports whether a phrase stands at a word of the clause, and is said of the person.
func (r *remark) says(d *departing, at int) bool {
	end := at + len(d.folded)
	if end > len(r.folded) || !slices.Equal(r.folded[at:end], d.folded) || r.contrary(d, at, end) || r.before(at, plans) || r.ofOther(d, at, end) {
		return false
	}
	next := end
	if r.number(next) { // "đã mất 81% sức lao động"
		next++
	}
	if r.holdsAny(next, d.unless) {
		return false
	}
	marks := !r.marked || slices.Equal(r.words[at:end], d.written)
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
		return marks && (r.is(at-1, goingThere) || r.is(at-2, marrying) && r.relative(at-1)) && (len(d.written) > 1 || end == len(r.words) || r.is(end, afterCountry))
	}
	return true
}

// contrary reports whether the words around a phrase say that it does not hold of the person, or not any more.
func (r *remark) contrary(d *departing, at, end int) bool {
	switch d.status {
	case roster.MovedOut:
		if r.comesHere(end) {
			return true
		}
	case roster.Abroad:
		if r.bornThere(at) || r.wasThere(at) {
			return true
		}
		for r.is(at-1, goingThere) { // "chưa đi Lào"
			at--
		}
	case roster.OverAge:
		if r.is(at-1, notYet) {
			return true
		}
	}
	return r.denied(at)
}

// denied reports whether the words before a place deny what stands there.
func (r *remark) denied(at int) bool {
	for at--; r.is(at, betweenDenials); {
		at--
	}
	return r.is(at, denials)
}

// ofOther reports whether the phrase is about a relative: "mẹ đã mất", "đã mất mẹ", "giấy khai tử của bố". Who goes with his
// parents goes himself, and so does who marries.
func (r *remark) ofOther(d *departing, at, end int) bool {
	if r.is(end, ofWhom) && r.relative(end+1) || (d.status == roster.Deceased || d.status == roster.NotFound) && (r.relative(end) || r.is(end, bothOf)) {
		return true
	}
	for i := range at {
		if r.relative(i) && (d.status == roster.Deceased || !r.before(i, together) && !r.is(i-1, marrying)) {
			return true
		}
	}
	return false
}

// doubled reports whether the clause says at a word that the person stands in the list twice: "trùng", and not only of his name, nor
// that he agrees with something: "trùng với giấy khai sinh".
func (r *remark) doubled(at int) bool {
	if r.words[at] != "trùng" || r.denied(at) || r.is(at-1, noDoubles) {
		return false
	}
	next := at + 1
	if r.is(next, withWhom) {
		next++
	}
	if r.is(at-1, doubleThings) || r.is(at-1, betweenDenials) && r.is(at-2, doubleThings) {
		return r.is(next, rowWords)
	}
	return !r.is(next, otherDoubles) || r.words[next] == "số" && r.number(next+1)
}
