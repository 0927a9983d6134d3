package sample

import (
	"slices"

	"lamsach/core/roster"
)

// cannotTick are the faults of sex that a tick or a code cannot show.
var cannotTick = []string{"sex.missing", "sex.malformed"}

// replaced gives the columns of a layout with others in place of those of a field.
func replaced(columns []column, field roster.Field, by ...column) []column {
	at := slices.IndexFunc(columns, func(c column) bool { return c.field == field })
	columns = slices.DeleteFunc(slices.Clone(columns), func(c column) bool { return c.field == field })
	return slices.Insert(columns, at, by...)
}

// tickLayouts are lists that say the sex, or the birth date, in another way than by words.
func tickLayouts() []layout {
	female := plain()
	female.name, female.cannotHave = "female", cannotTick
	female.columns = replaced(female.columns, roster.Sex, part(roster.Sex, roster.FemaleMark, 6, "Nữ"))

	coded := plain()
	coded.name, coded.cannotHave = "coded", cannotTick
	coded.sexWords = &[2]roster.Cell{whole(1), whole(0)}
	coded.columns = replaced(coded.columns, roster.Sex, column{[]string{"Giới tính"}, roster.Sex, roster.Whole, roster.NumberLook, 9})

	figures := parents()
	figures.name, figures.cannotHave = "figures", cannotTick
	figures.sexWords = &[2]roster.Cell{text("1"), text("2")}
	figures.columns = replaced(figures.columns, roster.Sex, of(roster.Sex, 9, "Giới tính (1: Nam, 2: Nữ)"))

	years := official()
	years.name, years.yearOnly = "years", true
	years.cannotHave = append(slices.Clone(years.cannotHave), "birth_date.over_age") // a year alone proves nobody sixteen
	years.columns = replaced(years.columns, roster.BirthDate,
		part(roster.BirthDate, roster.MaleMark, 8, "NĂM SINH", "NAM"), part(roster.BirthDate, roster.FemaleMark, 8, "NĂM SINH", "NỮ"))

	numeric := plain()
	numeric.name, numeric.bareNumbers = "numeric", true
	return []layout{female, coded, figures, years, numeric, threeRows()}
}

// threeRows has a header of three rows.
func threeRows() layout {
	const child, birth, family = "Thông tin trẻ em", "Ngày sinh", "Thông tin gia đình"
	return layout{
		name: "three", numbered: true, summed: true, signed: true,
		titles: []title{
			{1, 0, 5, "UBND XÃ NÀ MẬN", roster.TitleLook},
			{3, 0, 12, "DANH SÁCH TRẺ EM DƯỚI 16 TUỔI", roster.TitleLook},
		},
		columns: []column{
			of(roster.Ordinal, 6, "TT"),
			of(roster.FullName, 26, child, "Họ và tên"),
			part(roster.BirthDate, roster.DayPart, 7, child, birth, "Ngày"),
			part(roster.BirthDate, roster.MonthPart, 7, child, birth, "Tháng"),
			part(roster.BirthDate, roster.YearPart, 7, child, birth, "Năm"),
			part(roster.Sex, roster.MaleMark, 6, child, "Giới tính", "Nam"),
			part(roster.Sex, roster.FemaleMark, 6, child, "Giới tính", "Nữ"),
			of(roster.Ethnicity, 11, child, "Dân tộc"),
			of(roster.PersonalID, 18, child, "Số định danh"),
			of(roster.FatherName, 24, family, "Cha", "Họ và tên"),
			of(roster.FatherBirth, 9, family, "Cha", "Năm sinh"),
			of(roster.MotherName, 24, family, "Mẹ", "Họ và tên"),
			of(roster.MotherBirth, 9, family, "Mẹ", "Năm sinh"),
			of(roster.GuardianName, 24, family, "Người giám hộ"),
			of(roster.Village, 18, "Địa chỉ", "Thôn/bản"),
			of(roster.NoField, 12, "Địa chỉ", "Xã"),
			of(roster.Note, 20, "Ghi chú"),
		},
	}
}
