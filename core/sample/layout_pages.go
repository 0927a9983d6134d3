package sample

import (
	"slices"

	"lamsach/core/roster"
)

// pageLayouts are lists with more on their sheets than one table.
func pageLayouts() []layout {
	printed := official()
	printed.name, printed.repeated, printed.grouped = "printed", 27, false

	guided := sheets()
	guided.name, guided.guided = "guided", true

	filtered := wide()
	filtered.name, filtered.hiddenEach, filtered.fileCodes = "filtered", 5, []string{"file.hidden"}

	leftover := plain()
	leftover.name, leftover.leftover = "leftover", 320

	titled := split()
	titled.name = "titled"
	titled.titles = []title{
		{1, 0, 4, "ỦY BAN NHÂN DÂN XÃ NÀ MẬN", roster.TitleLook},
		{2, 0, 4, "BAN CHỈ ĐẠO ĐỀ ÁN 06", roster.TitleLook},
		{3, 8, 5, "Nà Mận, ngày 05 tháng 10 năm 2026", roster.SubtitleLook},
		{5, 0, 13, "BIỂU TỔNG HỢP", roster.TitleLook},
		{6, 0, 13, "Họ và tên, ngày sinh trẻ em cần rà soát, bổ sung thông tin", roster.TitleLook},
		{7, 0, 13, "(Kèm theo Báo cáo số 45/BC-UBND ngày 05/10/2026)", roster.SubtitleLook},
		{9, 0, 6, "Đơn vị báo cáo: Phòng Văn hóa - Xã hội", roster.SubtitleLook},
	}
	titled.signed = true

	turned := plain()
	turned.name, turned.second = "turned", turnedTable

	shuffled := wide()
	shuffled.name = "shuffled"
	slices.Reverse(shuffled.columns)
	return []layout{printed, guided, filtered, leftover, titled, turned, shuffled}
}

// mixedLayouts have several of the others' ways at once.
func mixedLayouts() []layout {
	bundle := official()
	bundle.name, bundle.byVillage, bundle.guided, bundle.repeated, bundle.hiddenEach, bundle.leftover = "bundle", true, true, 20, 7, 40
	bundle.grouped = false
	bundle.fileCodes = []string{"file.hidden"}

	stacked := threeRows()
	stacked.name, stacked.carried, stacked.bareNumbers, stacked.repeated = "stacked", true, true, 33
	stacked.columns = append(slices.Clone(stacked.columns), of(roster.Address, 28, "Chỗ ở hiện nay"))

	worn := official()
	worn.name, worn.font, worn.write, worn.repeated, worn.leftover = "worn", roster.TCVN3, inTCVN3, 30, 60
	worn.cannotHave = append(slices.Clone(worn.cannotHave), "full_name.encoding", "full_name.look_alike", "full_name.untidy", "sex.untidy")
	worn.fileCodes = []string{"file.encoding"}

	pairs := plain()
	pairs.name, pairs.second, pairs.summed, pairs.carried = "pairs", turnedTable, true, true
	pairs.sexWords, pairs.cannotHave = &[2]roster.Cell{text("1"), text("0")}, cannotTick
	return []layout{bundle, stacked, worn, pairs}
}

// turnedTable is the second table of a sheet: the same things under other heads in another order, moved one column to the right.
func turnedTable(l layout) layout {
	other := map[string]string{
		"STT": "TT", "Họ và tên": "Họ và tên trẻ", "Ngày sinh": "Ngày tháng năm sinh", "Số định danh cá nhân": "Mã định danh",
		"Họ tên cha": "Họ và tên bố", "Họ tên mẹ": "Họ và tên mẹ", "Thôn/bản": "Bản", "Số điện thoại": "SĐT",
	}
	l.columns = slices.Clone(l.columns)
	slices.Reverse(l.columns[2:])
	for i, c := range l.columns {
		if head := other[c.heads[0]]; head != "" {
			l.columns[i].heads = []string{head}
		}
	}
	l.columns = slices.Insert(l.columns, 0, of(roster.NoField, 4, "Lớp"))
	return l
}

// instructions is a sheet that explains the others.
func instructions(which int) roster.GridSheet {
	name, lines := "Hướng dẫn", []string{
		"HƯỚNG DẪN NHẬP DANH SÁCH TRẺ EM", "",
		"1. Cột Họ và tên: ghi đúng theo giấy khai sinh, không viết tắt.",
		"2. Cột Ngày sinh: ghi theo định dạng dd/mm/yyyy.",
		"3. Số định danh cá nhân: 12 chữ số, định dạng Text.",
		"4. Gửi về Phòng Văn hóa - Xã hội trước ngày 15/10/2026.",
	}
	if which > 0 {
		name, lines = "Danh mục", []string{"Danh mục dân tộc", "Kinh", "Thái", "Mông", "Mường", "Dao"}
	}
	sheet := roster.GridSheet{Name: name, Widths: []float64{90}}
	for i, line := range lines {
		if line != "" {
			sheet.Rows = append(sheet.Rows, roster.GridRow{Number: i + 1, Cells: []roster.GridCell{{Cell: text(line), Look: roster.BareLook}}})
		}
	}
	return sheet
}
