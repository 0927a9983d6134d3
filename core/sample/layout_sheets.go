package sample

import (
	"slices"

	"lamsach/core/roster"
)

// plain is an export: one header row, true dates, numbers as text.
func plain() layout {
	return layout{name: "plain", columns: []column{
		{[]string{"STT"}, roster.Ordinal, roster.Whole, roster.NumberLook, 6},
		{[]string{"Họ và tên"}, roster.FullName, roster.Whole, roster.BodyLook, 26},
		{[]string{"Ngày sinh"}, roster.BirthDate, roster.Whole, roster.DateLook, 13},
		{[]string{"Giới tính"}, roster.Sex, roster.Whole, roster.BodyLook, 10},
		{[]string{"Dân tộc"}, roster.Ethnicity, roster.Whole, roster.BodyLook, 11},
		{[]string{"Số định danh cá nhân"}, roster.PersonalID, roster.Whole, roster.TextLook, 18},
		{[]string{"Họ tên cha"}, roster.FatherName, roster.Whole, roster.BodyLook, 24},
		{[]string{"Số CCCD cha"}, roster.FatherID, roster.Whole, roster.TextLook, 18},
		{[]string{"Họ tên mẹ"}, roster.MotherName, roster.Whole, roster.BodyLook, 24},
		{[]string{"Số CCCD mẹ"}, roster.MotherID, roster.Whole, roster.TextLook, 18},
		{[]string{"Người giám hộ"}, roster.GuardianName, roster.Whole, roster.BodyLook, 24},
		{[]string{"Thôn/bản"}, roster.Village, roster.Whole, roster.BodyLook, 18},
		{[]string{"Số điện thoại"}, roster.Phone, roster.Whole, roster.TextLook, 14},
		{[]string{"Ghi chú"}, roster.Note, roster.Whole, roster.BodyLook, 20},
	}}
}

// sheets is plain with one sheet for each hamlet, whose name stands above the table.
func sheets() layout {
	l := plain()
	l.name, l.byVillage, l.summed = "sheets", true, true
	l.titles = []title{{1, 0, 8, "DANH SÁCH TRẺ EM DƯỚI 16 TUỔI", roster.TitleLook}}
	l.columns = slices.DeleteFunc(l.columns, func(c column) bool { return c.field == roster.Village })
	return l
}

// wide is a full export of a software: 25 columns.
func wide() layout {
	l := plain()
	l.name = "wide"
	l.columns = slices.Insert(l.columns, 1,
		column{[]string{"Mã trẻ em"}, roster.SoftwareCode, roster.Whole, roster.TextLook, 13},
		column{[]string{"Mã hộ"}, roster.HouseholdCode, roster.Whole, roster.TextLook, 11},
		column{[]string{"Họ tên chủ hộ"}, roster.HouseholdHead, roster.Whole, roster.BodyLook, 24})
	l.columns = slices.Insert(l.columns, 11, column{[]string{"Năm sinh cha"}, roster.FatherBirth, roster.Whole, roster.NumberLook, 10})
	l.columns = slices.Insert(l.columns, 14, column{[]string{"Năm sinh mẹ"}, roster.MotherBirth, roster.Whole, roster.NumberLook, 10})
	l.columns = slices.Insert(l.columns, 16,
		column{[]string{"Số CCCD người giám hộ"}, roster.GuardianID, roster.Whole, roster.TextLook, 18},
		column{[]string{"Quan hệ với trẻ"}, roster.GuardianRelation, roster.Whole, roster.BodyLook, 12},
		column{[]string{"Địa chỉ"}, roster.Address, roster.Whole, roster.BodyLook, 30})
	for _, head := range []string{"Nơi sinh", "Quốc tịch", "Tôn giáo"} {
		l.columns = append(l.columns, column{[]string{head}, roster.NoField, roster.Whole, roster.BodyLook, 12})
	}
	return l
}

// official is a list as it goes to the district: title block, two header rows, the birth date under the sex, a row of
// column numbers, a row above each hamlet, sum and signatures.
func official() layout {
	const born, father, mother = "Ngày, tháng, năm sinh", "Cha", "Mẹ"
	return layout{
		name: "official", numbered: true, grouped: true, summed: true, signed: true, dateText: true,
		titles: []title{
			{1, 0, 4, "UBND XÃ NÀ MẬN", roster.TitleLook},
			{1, 6, 6, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", roster.TitleLook},
			{2, 0, 4, "PHÒNG VĂN HÓA - XÃ HỘI", roster.TitleLook},
			{2, 6, 6, "Độc lập - Tự do - Hạnh phúc", roster.TitleLook},
			{4, 0, 13, "DANH SÁCH TRẺ EM TRÊN ĐỊA BÀN XÃ", roster.TitleLook},
			{5, 0, 13, "(Kèm theo Công văn số 12/UBND ngày 01/10)", roster.SubtitleLook},
		},
		columns: []column{
			{[]string{"TT"}, roster.Ordinal, roster.Whole, roster.NumberLook, 6},
			{[]string{"Họ và tên trẻ em"}, roster.FullName, roster.Whole, roster.BodyLook, 26},
			{[]string{born, "Nam"}, roster.BirthDate, roster.MaleMark, roster.NumberLook, 13},
			{[]string{born, "Nữ"}, roster.BirthDate, roster.FemaleMark, roster.NumberLook, 13},
			{[]string{"Dân tộc"}, roster.Ethnicity, roster.Whole, roster.BodyLook, 11},
			{[]string{"Số CCCD/\nMã định danh"}, roster.PersonalID, roster.Whole, roster.TextLook, 18},
			{[]string{father, "Họ và tên"}, roster.FatherName, roster.Whole, roster.BodyLook, 24},
			{[]string{father, "Năm sinh"}, roster.FatherBirth, roster.Whole, roster.NumberLook, 9},
			{[]string{mother, "Họ và tên"}, roster.MotherName, roster.Whole, roster.BodyLook, 24},
			{[]string{mother, "Năm sinh"}, roster.MotherBirth, roster.Whole, roster.NumberLook, 9},
			{[]string{"Người giám hộ"}, roster.GuardianName, roster.Whole, roster.BodyLook, 24},
			{[]string{"SĐT"}, roster.Phone, roster.Whole, roster.TextLook, 13},
			{[]string{"Ghi chú"}, roster.Note, roster.Whole, roster.BodyLook, 20},
		},
		// Without a date nothing stands under Nam or Nữ: the sex would be gone with it.
		cannotHave: []string{"birth_date.missing", "sex.missing", "sex.malformed"},
	}
}

// split parts family and given name, day, month and year, and ticks the sex.
func split() layout {
	return layout{
		name:   "split",
		titles: []title{{1, 0, 14, "DANH SÁCH TRẺ EM CẦN RÀ SOÁT", roster.TitleLook}},
		columns: []column{
			{[]string{"Stt"}, roster.Ordinal, roster.Whole, roster.NumberLook, 6},
			{[]string{"Họ và tên đệm"}, roster.FullName, roster.FamilyPart, roster.BodyLook, 20},
			{[]string{"Tên"}, roster.FullName, roster.GivenPart, roster.BodyLook, 12},
			{[]string{"Ngày"}, roster.BirthDate, roster.DayPart, roster.NumberLook, 7},
			{[]string{"Tháng"}, roster.BirthDate, roster.MonthPart, roster.NumberLook, 7},
			{[]string{"Năm sinh"}, roster.BirthDate, roster.YearPart, roster.NumberLook, 9},
			{[]string{"Nam"}, roster.Sex, roster.MaleMark, roster.NumberLook, 6},
			{[]string{"Nữ"}, roster.Sex, roster.FemaleMark, roster.NumberLook, 6},
			{[]string{"DT"}, roster.Ethnicity, roster.Whole, roster.BodyLook, 11},
			{[]string{"Mã ĐDCN"}, roster.PersonalID, roster.Whole, roster.TextLook, 18},
			{[]string{"Họ tên bố"}, roster.FatherName, roster.Whole, roster.BodyLook, 24},
			{[]string{"Họ tên mẹ"}, roster.MotherName, roster.Whole, roster.BodyLook, 24},
			{[]string{"Họ tên người giám hộ"}, roster.GuardianName, roster.Whole, roster.BodyLook, 24},
			{[]string{"HKTT"}, roster.Address, roster.Whole, roster.BodyLook, 30},
		},
	}
}

// parents writes father and mother in one cell.
func parents() layout {
	return layout{
		name:   "parents",
		titles: []title{{1, 0, 9, "DANH SÁCH TRẺ EM DƯỚI 16 TUỔI", roster.TitleLook}},
		columns: []column{
			{[]string{"TT"}, roster.Ordinal, roster.Whole, roster.NumberLook, 6},
			{[]string{"Họ và tên"}, roster.FullName, roster.Whole, roster.BodyLook, 26},
			{[]string{"Ngày sinh"}, roster.BirthDate, roster.Whole, roster.DateLook, 13},
			{[]string{"Giới tính"}, roster.Sex, roster.Whole, roster.BodyLook, 10},
			{[]string{"Dân tộc"}, roster.Ethnicity, roster.Whole, roster.BodyLook, 11},
			{[]string{"Số định danh"}, roster.PersonalID, roster.Whole, roster.TextLook, 18},
			{[]string{"Họ tên cha mẹ"}, roster.Parents, roster.Whole, roster.BodyLook, 62},
			{[]string{"Người giám hộ"}, roster.GuardianName, roster.Whole, roster.BodyLook, 24},
			{[]string{"Thôn"}, roster.Village, roster.Whole, roster.BodyLook, 18},
			{[]string{"Ghi chú"}, roster.Note, roster.Whole, roster.BodyLook, 20},
		},
	}
}
