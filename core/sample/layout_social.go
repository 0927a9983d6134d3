package sample

import (
	"slices"
	"strings"

	"lamsach/core/roster"
)

var beneficiariesOnly = []string{roster.KindBeneficiary}

// fits reports whether lists of the kind are drawn so.
func (l layout) fits(kind string) bool { return l.kinds == nil || slices.Contains(l.kinds, kind) }

// socialLayouts are lists of people who receive social assistance.
func socialLayouts() []layout {
	const born = "Năm sinh"
	payroll := layout{
		name: "payroll", kinds: beneficiariesOnly, grouped: true, summed: true, signed: true, numbered: true, dateText: true,
		titles: []title{
			{1, 0, 4, "UBND XÃ NÀ MẬN", roster.TitleLook},
			{3, 0, 13, "DANH SÁCH ĐỐI TƯỢNG HƯỞNG TRỢ CẤP XÃ HỘI HÀNG THÁNG", roster.TitleLook},
			{4, 0, 13, "(Kèm theo Quyết định số 112/QĐ-UBND ngày 01/9/2026)", roster.SubtitleLook},
		},
		columns: []column{
			of(roster.Ordinal, 6, "STT"), of(roster.FullName, 26, "Họ và tên đối tượng"),
			part(roster.BirthDate, roster.MaleMark, 12, born, "Nam"), part(roster.BirthDate, roster.FemaleMark, 12, born, "Nữ"),
			of(roster.Ethnicity, 11, "Dân tộc"), of(roster.PersonalID, 18, "Số CCCD/CMND"), of(roster.Category, 12, "Mã đối tượng"),
			of(roster.Coefficient, 8, "Hệ số"), of(roster.Allowance, 12, "Mức trợ cấp"), of(roster.DecisionNo, 14, "Số QĐ"),
			of(roster.BenefitFrom, 12, "Hưởng từ tháng"), of(roster.GuardianName, 24, "Người nhận thay"), of(roster.NoField, 12, "Ký nhận"),
			of(roster.Note, 18, "Ghi chú"),
		},
		cannotHave: []string{"birth_date.missing", "sex.missing", "sex.malformed"},
	}
	software := layout{
		name: "software", kinds: beneficiariesOnly,
		columns: []column{
			of(roster.Ordinal, 6, "STT"), of(roster.FullName, 26, "Họ & tên"),
			part(roster.BirthDate, roster.DayPart, 7, "Ngày sinh", "Ngày"), part(roster.BirthDate, roster.MonthPart, 7, "Ngày sinh", "Tháng"),
			part(roster.BirthDate, roster.YearPart, 7, "Ngày sinh", "Năm"), of(roster.Sex, 9, "Giới tính"), of(roster.Ethnicity, 11, "Dân tộc"),
			of(roster.PersonalID, 18, "Số CCCD/CMND"), of(roster.Category, 12, "Loại"), of(roster.Coefficient, 8, "Hệ số"),
			of(roster.Allowance, 12, "Mức trợ cấp"), of(roster.DecisionNo, 14, "Số quyết định"), of(roster.BenefitFrom, 12, "Ngày hưởng"),
			of(roster.Address, 26, "Trú quán"), of(roster.Phone, 13, "Số điện thoại"), of(roster.Note, 18, "Ghi chú"),
		},
	}
	return []layout{payroll, software}
}

// familyFields are told of children only.
var familyFields = []roster.Field{
	roster.FatherName, roster.FatherID, roster.FatherBirth, roster.MotherName, roster.MotherID, roster.MotherBirth, roster.Parents,
	roster.GuardianRelation, roster.GuardianID, roster.HouseholdHead,
}

// forBeneficiaries makes a layout one of people who receive assistance: what they get in place of who their parents are.
func (l layout) forBeneficiaries() layout {
	heads := strings.NewReplacer("trẻ em", "đối tượng", "TRẺ EM", "ĐỐI TƯỢNG BẢO TRỢ XÃ HỘI", " DƯỚI 16 TUỔI", "", " trẻ", " đối tượng")
	l.titles = slices.Clone(l.titles)
	for i := range l.titles {
		l.titles[i].text = heads.Replace(l.titles[i].text)
		if last := len(l.columns) - 1; l.titles[i].column+l.titles[i].span > last {
			l.titles[i].span = min(l.titles[i].span, 4)
			l.titles[i].column = min(l.titles[i].column, last-4)
		}
	}
	if slices.ContainsFunc(l.columns, func(c column) bool { return c.field == roster.Category }) {
		return l
	}
	at := slices.IndexFunc(l.columns, func(c column) bool { return slices.Contains(familyFields, c.field) })
	columns := slices.DeleteFunc(slices.Clone(l.columns), func(c column) bool { return slices.Contains(familyFields, c.field) })
	at = min(max(at, 0), len(columns))
	columns = slices.Insert(columns, at,
		of(roster.Category, 12, "Loại đối tượng"), of(roster.Coefficient, 8, "Hệ số"), of(roster.Allowance, 12, "Mức hưởng"),
		of(roster.DecisionNo, 14, "Số quyết định"), of(roster.BenefitFrom, 12, "Hưởng từ tháng"))
	for i := range columns {
		columns[i].heads = slices.Clone(columns[i].heads)
		for level := range columns[i].heads {
			columns[i].heads[level] = heads.Replace(columns[i].heads[level])
		}
		if columns[i].field == roster.GuardianName {
			columns[i].heads = []string{"Người nhận thay"}
		}
	}
	l.columns = columns
	if draw := l.second; draw != nil {
		l.second = func(l layout) layout { return draw(l) }
	}
	return l
}
