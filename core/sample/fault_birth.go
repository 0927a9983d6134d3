package sample

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"lamsach/core/civil"
	"lamsach/core/roster"
)

func birthFaults() []fault {
	birth := func(what string, w write) fault { return says(roster.BirthDate, what, nil, w) }
	return []fault{
		birth("missing", instead("")),
		birth("missing", instead("không nhớ", "chưa rõ", "x", "-")),
		birth("malformed", func(_ *maker, e *entry, _ string) (roster.Cell, string) {
			return text(fmt.Sprintf("1?/%02d/%d", e.child.born.Month, e.child.born.Year)), ""
		}),
		birth("impossible", func(m *maker, e *entry, _ string) (roster.Cell, string) {
			return text(pick(m.r, []string{"31/02/", "30/02/", "31/04/", "31/11/", "15/13/"}) + strconv.Itoa(e.child.born.Year)), ""
		}),
		{code: "birth_date.future", plant: futureBirth},
		birth("incomplete", func(m *maker, e *entry, _ string) (roster.Cell, string) {
			year := strconv.Itoa(e.child.born.Year)
			return text(pick(m.r, []string{year, fmt.Sprintf("%02d/%s", e.child.born.Month, year), "00/00/" + year})), ""
		}),
		{code: "birth_date.untidy", needs: func(l layout) bool { return l.whole(roster.BirthDate) || l.dateText }, plant: untidyBirth},
		{code: "birth_date.over_age", kind: roster.KindChild, plant: overAge},
	}
}

// futureBirth writes a year 1, 10 or 100 too high, so that the day has not come yet. The number tells which.
func futureBirth(m *maker, e *entry) bool {
	years := pick(m.r, []int{1, 10, 10, 100})
	later := civil.Date{Year: e.child.born.Year + years, Month: e.child.born.Month, Day: e.child.born.Day}
	if e.child.halfKnown || !later.Valid() || !later.After(m.asOf) {
		return false
	}
	return m.put(e, roster.BirthDate, text(dayFirst(later)), "future", dayFirst(e.child.born))
}

func untidyBirth(m *maker, e *entry) bool {
	born := e.child.born
	if e.child.halfKnown {
		return false
	}
	forms := []roster.Cell{
		text(fmt.Sprintf("%d.%d.%02d", born.Day, born.Month, born.Year%100)),
		text(fmt.Sprintf("%02d.%02d.%d", born.Day, born.Month, born.Year)),
		text(born.String()),
		text(fmt.Sprintf("%02d%02d%d", born.Day, born.Month, born.Year)),
		text(fmt.Sprintf("ngày %d tháng %d năm %d", born.Day, born.Month, born.Year)),
		text(fullWidth2(dayFirst(born))),
		whole(born.Serial(false)),
		text(strconv.Itoa(born.Serial(false))),
		text(dayFirst(born) + " 00:00:00"),
		text(strings.Replace(dayFirst(born), "/", " / ", 1)),
		text("'" + dayFirst(born)),
		text(strings.ReplaceAll(dayFirst(born), "0", "O")),
		text(fmt.Sprintf("%d-%d-%d", born.Day, born.Month, born.Year)),
		text(fmt.Sprintf("%d/%d/%02d", born.Day, born.Month, born.Year%100)),
	}
	forms = slices.DeleteFunc(forms, func(c roster.Cell) bool { return c.Text == dayFirst(born) })
	cell := pick(m.r, forms)
	var doubt []string
	if cell.Kind == roster.Text && len(cell.Text) == 5 { // a serial number can be read as a day of other years too
		doubt = append(doubt, "birth_date.malformed")
	}
	return m.put(e, roster.BirthDate, cell, "untidy", dayFirst(born), doubt...)
}

// fullWidth2 writes only the digits of a text in full width.
func fullWidth2(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r - '0' + '０'
		}
		return r
	}, s)
}

// overAge makes the eldest of a household older than the list is for, together with the number.
func overAge(m *maker, e *entry) bool {
	born := m.birthday(m.asOf.AddYears(-16).AddDays(-m.r.IntN(500)))
	h := e.child.home
	if e.child != h.children[0] || e.child.twin != nil || !m.parentsFit(h, born) {
		return false
	}
	e.child.born = born
	e.child.number = m.numbers.next(m.r, e.child.female, born.Year)
	e.says[roster.PersonalID] = text(e.child.number)
	e.leaves = roster.OverAge
	return m.put(e, roster.BirthDate, roster.Cell{Kind: roster.Date, Text: born.String()}, "over_age", "")
}

// lives reports whether a child could have been born on the day: still a child, not in the future, of parents of a fitting
// age, and not close to a brother or sister.
func (m *maker) lives(ch *child, born civil.Date) bool {
	if !born.Before(m.asOf) || ch.aid == nil && !born.AddYears(16).After(m.asOf.AddDays(30)) || !m.parentsFit(ch.home, born) || born != m.birthday(born) {
		return false
	}
	for _, other := range ch.home.children {
		if days := born.DaysSince(other.born); other != ch && days > -300 && days < 300 {
			return false
		}
	}
	return true
}

func (m *maker) parentsFit(h *household, born civil.Date) bool {
	for _, a := range []*adult{h.father, h.mother} {
		if a != nil && (born.Year-a.born < 16 || born.Year-a.born > 52) {
			return false
		}
	}
	return true
}
