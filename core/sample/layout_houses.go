package sample

import "lamsach/core/roster"

// of makes a column whose look follows from its field.
func of(field roster.Field, width float64, heads ...string) column {
	look := roster.BodyLook
	switch field {
	case roster.Ordinal, roster.FatherBirth, roster.MotherBirth, roster.Coefficient, roster.Allowance:
		look = roster.NumberLook
	case roster.PersonalID, roster.FatherID, roster.MotherID, roster.GuardianID, roster.Phone:
		look = roster.TextLook
	case roster.BirthDate:
		look = roster.DateLook
	}
	return column{heads: heads, field: field, look: look, width: width}
}

// part makes a column that holds a part of a field.
func part(field roster.Field, of roster.Part, width float64, heads ...string) column {
	return column{heads: heads, field: field, part: of, look: roster.NumberLook, width: width}
}

var childrenOnly = []string{roster.KindChild}

// houseLayouts are lists by household.
func houseLayouts() []layout {
	body := []column{
		of(roster.Ordinal, 6, "STT"), of(roster.FullName, 26, "Họ và tên"), of(roster.BirthDate, 13, "Ngày, tháng, năm sinh"),
		of(roster.Sex, 9, "Giới tính"), of(roster.Ethnicity, 11, "Dân tộc"), of(roster.PersonalID, 18, "Số CCCD/ĐDCN"),
	}
	tail := []column{of(roster.Address, 30, "Chỗ ở hiện nay"), of(roster.Phone, 14, "Điện thoại"), of(roster.Note, 20, "Ghi chú")}
	join := func(parts ...[]column) []column {
		var all []column
		for _, p := range parts {
			all = append(all, p...)
		}
		return all
	}
	return []layout{
		{
			name: "household", homes: true, kinds: childrenOnly,
			titles:  []title{{1, 0, 8, "DANH SÁCH HỘ GIA ĐÌNH CÓ TRẺ EM", roster.TitleLook}},
			columns: join(body[:2], []column{of(roster.HouseholdRelation, 12, "Quan hệ với chủ hộ")}, body[2:], tail),
		},
		{
			name: "blocks", homes: true, grouped: true, kinds: childrenOnly,
			titles:  []title{{1, 0, 8, "DANH SÁCH TRẺ EM THEO HỘ GIA ĐÌNH", roster.TitleLook}},
			columns: join(body, tail),
		},
		{
			name: "carried", carried: true, signed: true,
			titles: []title{{1, 0, 8, "DANH SÁCH TRẺ EM TRÊN ĐỊA BÀN", roster.TitleLook}},
			columns: join(body, []column{
				of(roster.FatherName, 24, "Họ tên bố"), of(roster.MotherName, 24, "Họ tên mẹ"), of(roster.GuardianName, 24, "Người nuôi dưỡng"),
				of(roster.Village, 16, "Thôn/bản"),
			}, tail),
		},
		population(),
	}
}

// population is a list of inhabitants, of which only the children were kept.
func population() layout {
	return layout{
		name: "population", kinds: childrenOnly,
		titles: []title{
			{1, 0, 5, "CÔNG AN XÃ NÀ MẬN", roster.TitleLook},
			{2, 0, 9, "DANH SÁCH NHÂN KHẨU LÀ TRẺ EM", roster.TitleLook},
		},
		columns: []column{
			of(roster.Ordinal, 6, "STT"), of(roster.HouseholdCode, 12, "Mã hộ"), of(roster.FullName, 26, "Họ, chữ đệm và tên"),
			of(roster.BirthDate, 13, "Ngày, tháng, năm sinh"), of(roster.Sex, 9, "Giới tính"), of(roster.PersonalID, 18, "Số ĐDCN/CCCD"),
			of(roster.Ethnicity, 11, "Dân tộc"), of(roster.HouseholdRelation, 14, "Quan hệ với chủ hộ"), of(roster.HouseholdHead, 26, "Họ và tên chủ hộ"),
			of(roster.FatherName, 26, "Họ, chữ đệm và tên cha"), of(roster.MotherName, 26, "Họ, chữ đệm và tên mẹ"),
			of(roster.GuardianName, 26, "Người đại diện"), of(roster.Address, 30, "Nơi thường trú"), of(roster.NoField, 14, "Thường trú/Tạm trú"),
			of(roster.NoField, 8, "Trẻ em"),
		},
	}
}
