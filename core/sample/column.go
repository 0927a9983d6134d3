package sample

import (
	"strconv"
	"strings"

	"lamsach/core/roster"
)

// always is what stands in the columns that are the same for everybody and of no use to us.
var always = map[string]string{"Nơi sinh": "Tỉnh Sơn La", "Quốc tịch": "Việt Nam", "Tôn giáo": "Không"}

// cell is what the column shows of an entry.
func (c column) cell(l layout, ordinal int, e *entry) roster.Cell {
	switch c.part {
	case roster.FamilyPart, roster.GivenPart:
		family, given := parted(e.says[roster.FullName].Text)
		if c.part == roster.GivenPart {
			return text(given)
		}
		return text(family)
	case roster.DayPart, roster.MonthPart, roster.YearPart:
		return datePart(e.says[roster.BirthDate], c.part)
	case roster.MaleMark, roster.FemaleMark:
		return c.mark(l, e)
	}
	switch c.field {
	case roster.Ordinal:
		return whole(ordinal)
	case roster.BirthDate:
		return l.date(e.says[roster.BirthDate])
	case roster.Parents:
		return text(inOneCell(e))
	case roster.NoField:
		return text(always[c.heads[0]])
	}
	return e.says[c.field]
}

// mark is a tick under the sex, or the birth date itself. A sex that is neither ticks both.
func (c column) mark(l layout, e *entry) roster.Cell {
	sex := e.says[roster.Sex].Text
	other := "Nữ"
	if c.part == roster.FemaleMark {
		other = "Nam"
	}
	if sex == other || sex == "" {
		return roster.Cell{}
	}
	if c.field == roster.BirthDate {
		return l.date(e.says[roster.BirthDate])
	}
	return text("x")
}

// date is the birth date as the layout writes it.
func (l layout) date(cell roster.Cell) roster.Cell {
	if l.dateText && cell.Kind == roster.Date {
		return text(isoDayFirst(cell.Text))
	}
	return cell
}

func isoDayFirst(iso string) string { return iso[8:10] + "/" + iso[5:7] + "/" + iso[:4] }

// parted cuts a name into family name with middle names, and given name; a note behind the name goes with the given name.
func parted(name string) (family, given string) {
	body := strings.TrimRight(name, " \u00a0")
	if note := strings.Index(body, " ("); note > 0 {
		body = body[:note]
	}
	at := strings.LastIndexAny(body, " \u00a0")
	if at < 0 {
		return "", name
	}
	return name[:at], strings.TrimLeft(name[at:], " \u00a0")
}

// datePart gives day, month or year of a true date, or of the text "31/02/2016", "05/2016", "2016".
func datePart(cell roster.Cell, part roster.Part) roster.Cell {
	value := cell.Text
	if cell.Kind == roster.Date {
		value = isoDayFirst(value)
	}
	pieces := strings.Split(value, "/")
	at := len(pieces) - 1 - int(roster.YearPart-part)
	if value == "" || at < 0 {
		return roster.Cell{}
	}
	if n, err := strconv.Atoi(pieces[at]); err == nil {
		return whole(n)
	}
	return text(pieces[at])
}

// inOneCell writes father and mother in one cell, in one of the ways that are met.
func inOneCell(e *entry) string {
	father, mother := withYear(e, roster.FatherName, roster.FatherBirth), withYear(e, roster.MotherName, roster.MotherBirth)
	switch {
	case e.says[roster.FatherName].Text == e.says[roster.MotherName].Text, mother == "":
		return prefixed("Bố: ", father)
	case father == "":
		return prefixed("Mẹ: ", mother)
	case e.child.home.code%3 == 0:
		return "Bố: " + father + "; Mẹ: " + mother
	case e.child.home.code%3 == 1:
		return "Con ông " + father + " và bà " + mother
	}
	return father + " – " + mother
}

// prefixed puts the word before a name, but not before a note that stands in its place.
func prefixed(word, name string) string {
	if !strings.Contains(name, " ") || name == "bỏ đi" {
		return name
	}
	return word + name
}

func withYear(e *entry, name, born roster.Field) string {
	if year := e.says[born].Text; year != "" && e.says[name].Text != "" {
		return e.says[name].Text + " (" + year + ")"
	}
	return e.says[name].Text
}
