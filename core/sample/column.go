package sample

import (
	"fmt"
	"strconv"
	"strings"

	"lamsach/core/roster"
)

// stranger is what stands in a column that is of no use to us.
func stranger(head string, e *entry) string {
	code := e.child.home.code*7 + int(e.child.born.Month)
	switch head {
	case "Nơi sinh", "Nơi đăng ký khai sinh":
		return "Tỉnh Sơn La"
	case "Quốc tịch", "Quốc tịch mẹ":
		return "Việt Nam"
	case "Tôn giáo":
		return "Không"
	case "Mã định danh Bộ GD&ĐT":
		return fmt.Sprintf("14%08d", 10_000_019+code*131%80_000_000+int(e.child.born.Day))
	case "Nghề nghiệp cha", "Nghề nghiệp mẹ":
		return "Làm ruộng"
	case "Số thẻ BHYT":
		return fmt.Sprintf("TE114%010d", 1429900000+code*31+int(e.child.born.Day))
	case "Ngày đăng ký":
		return dayFirst(e.child.born.AddDays(21))
	case "Số giấy khai sinh":
		return fmt.Sprintf("%d/%d", 1+code%190, e.child.born.Year)
	case "Dân tộc mẹ":
		return e.child.home.people.name
	case "Thường trú/Tạm trú":
		return "Thường trú"
	case "Trẻ em":
		return "x"
	case "Lớp":
		return fmt.Sprintf("%dA", 1+code%9)
	}
	return ""
}

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
	case roster.Sex:
		return l.sex(e.says[roster.Sex])
	case roster.PersonalID, roster.FatherID, roster.MotherID:
		return l.number(e.says[c.field])
	case roster.HouseholdRelation:
		return text("Con")
	case roster.Parents:
		return text(inOneCell(e))
	case roster.NoField:
		return text(stranger(c.heads[len(c.heads)-1], e))
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

// sex is the sex as the layout writes it.
func (l layout) sex(cell roster.Cell) roster.Cell {
	switch {
	case l.sexWords == nil:
	case cell.Text == sexText(false):
		return l.sexWords[0]
	case cell.Text == sexText(true):
		return l.sexWords[1]
	}
	return cell
}

// number is a number of a person as the layout stores it.
func (l layout) number(cell roster.Cell) roster.Cell {
	if l.bareNumbers && len(cell.Text) == 12 && strings.Trim(cell.Text, "0123456789") == "" && strings.Trim(cell.Text, "0") != "" {
		return roster.Cell{Kind: roster.Number, Text: strings.TrimLeft(cell.Text, "0")}
	}
	return cell
}

// date is the birth date as the layout writes it.
func (l layout) date(cell roster.Cell) roster.Cell {
	if l.yearOnly && cell.Kind == roster.Date {
		return roster.Cell{Kind: roster.Number, Text: cell.Text[:4]}
	}
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
