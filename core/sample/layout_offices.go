package sample

import "lamsach/core/roster"

// officeLayouts are lists as schools, health stations and registrars keep them.
func officeLayouts() []layout { return []layout{class(), health(), register()} }

// class is a class list of the education database: with a code of ten digits that is no number of a person.
func class() layout {
	return layout{
		name: "class", kinds: childrenOnly, dateText: true,
		titles: []title{
			{1, 0, 5, "SỞ GIÁO DỤC VÀ ĐÀO TẠO SƠN LA", roster.TitleLook},
			{2, 0, 12, "DANH SÁCH HỌC SINH LỚP 3A", roster.TitleLook},
		},
		columns: []column{
			of(roster.Ordinal, 6, "STT"), of(roster.NoField, 16, "Mã định danh Bộ GD&ĐT"), of(roster.FullName, 26, "Họ tên"),
			of(roster.BirthDate, 13, "Ngày sinh"), of(roster.Sex, 9, "Giới tính"), of(roster.Ethnicity, 11, "Dân tộc"),
			of(roster.NoField, 12, "Số CMND"), of(roster.PersonalID, 18, "Số định danh cá nhân"), of(roster.Phone, 14, "SĐT liên hệ"),
			of(roster.Village, 22, "Tổ/thôn Hộ khẩu thường trú"), of(roster.FatherName, 24, "Tên cha"), of(roster.NoField, 16, "Nghề nghiệp cha"),
			of(roster.FatherBirth, 9, "Năm sinh cha"), of(roster.MotherName, 24, "Tên mẹ"), of(roster.NoField, 16, "Nghề nghiệp mẹ"),
			of(roster.MotherBirth, 9, "Năm sinh mẹ"), of(roster.GuardianName, 24, "Người bảo hộ"), of(roster.NoField, 9, "Lớp"),
		},
	}
}

// health is the record of a health station.
func health() layout {
	return layout{
		name: "health", kinds: childrenOnly,
		titles: []title{{1, 0, 10, "TRẠM Y TẾ XÃ NÀ MẬN - SỔ THEO DÕI SỨC KHỎE TRẺ EM", roster.TitleLook}},
		columns: []column{
			of(roster.SoftwareCode, 13, "Mã trẻ em"), of(roster.FullName, 26, "Họ tên trẻ em"), of(roster.BirthDate, 13, "Ngày sinh trẻ"),
			of(roster.Sex, 9, "Giới tính"), of(roster.Ethnicity, 11, "Dân tộc"), of(roster.NoField, 18, "Số thẻ BHYT"),
			of(roster.PersonalID, 18, "Mã định danh cá nhân (ĐDCN)"), of(roster.HouseholdCode, 12, "Mã hộ khẩu"), of(roster.HouseholdHead, 24, "Họ tên chủ hộ"),
			of(roster.GuardianName, 24, "Họ tên người C/S chính"), of(roster.FatherName, 24, "Họ tên bố"), of(roster.FatherID, 18, "Số CCCD bố"),
			of(roster.MotherName, 24, "Họ tên mẹ"), of(roster.MotherID, 18, "Số CCCD mẹ"), of(roster.Phone, 14, "Số điện thoại liên hệ"),
			of(roster.Address, 30, "Nơi ở hiện tại: Thôn/xóm; số nhà"), of(roster.Note, 20, "Ghi chú"),
		},
	}
}

// register is the civil-status register: mother before father, each with more than the list needs.
func register() layout {
	const mother, father = "Thông tin về mẹ", "Thông tin về cha"
	return layout{
		name: "register", kinds: childrenOnly, signed: true,
		titles: []title{
			{1, 0, 5, "UBND XÃ NÀ MẬN", roster.TitleLook},
			{2, 0, 5, "BỘ PHẬN TƯ PHÁP - HỘ TỊCH", roster.TitleLook},
			{4, 0, 14, "TRÍCH LỤC SỔ ĐĂNG KÝ KHAI SINH", roster.TitleLook},
			{5, 0, 14, "(Trẻ em dưới 16 tuổi)", roster.SubtitleLook},
		},
		columns: []column{
			of(roster.Ordinal, 6, "Số thứ tự"), of(roster.NoField, 12, "Số giấy khai sinh"), of(roster.NoField, 12, "Ngày đăng ký"),
			of(roster.FullName, 26, "Họ, chữ đệm, tên"), of(roster.BirthDate, 13, "Ngày, tháng, năm sinh"), of(roster.Sex, 9, "Giới tính"),
			of(roster.Ethnicity, 11, "Dân tộc"), of(roster.NoField, 11, "Quốc tịch"), of(roster.NoField, 16, "Nơi sinh"),
			of(roster.PersonalID, 18, "Số định danh cá nhân"),
			of(roster.MotherName, 24, mother, "Họ, chữ đệm, tên"), of(roster.MotherBirth, 9, mother, "Năm sinh"),
			of(roster.NoField, 11, mother, "Dân tộc"), of(roster.NoField, 11, mother, "Quốc tịch"), of(roster.MotherID, 18, mother, "Số CCCD"),
			of(roster.FatherName, 24, father, "Họ, chữ đệm, tên"), of(roster.FatherBirth, 9, father, "Năm sinh"), of(roster.FatherID, 18, father, "Số CCCD"),
			of(roster.GuardianName, 24, "Người giám hộ"), of(roster.Address, 30, "Nơi cư trú"), of(roster.Note, 20, "Ghi chú"),
		},
	}
}
