package check_test

import (
	"strings"
	"testing"

	"lamsach/core/check"
	"lamsach/core/roster"
)

// left gives the status that the note of the third person brings, as the rules of the list see it.
func left(t *testing.T, ro *roster.Roster, rules []check.Rule) (status roster.Status) {
	t.Helper()
	for _, f := range check.New(ro, rules, today).Findings() {
		if f.Code == "record.left_scope" && f.Record == 2 {
			status = f.Status
		}
	}
	return status
}

func TestNotesOfWhoLeft(t *testing.T) {
	const stays = roster.InScope
	for note, want := range map[string]roster.Status{
		"mất": roster.Deceased, "Mất năm 2024": roster.Deceased, "mất ngày 5/3/2025": roster.Deceased, "MẤT 2025": roster.Deceased, "mat": roster.Deceased, "đã mất": roster.Deceased, "chết": roster.Deceased, "Chết ngày 05/10/2026": roster.Deceased,
		"Khai tử năm 2025": roster.Deceased, "đã có giấy báo tử": roster.Deceased, "cháu đã mất": roster.Deceased, "da chet": roster.Deceased, "đã qua đời do tai nạn": roster.Deceased,
		"mất thẻ": stays, "đã mất giấy khai sinh": stays, "mắt": stays, "nhà xa mặt đường": stays, "mất mẹ": stays, "đã mất mẹ": stays, "đã mất cả bố lẫn mẹ": stays,
		"chồng chết": stays, "vợ chết": stays, "Bố đã mất": stays, "mẹ đã mất, ở với bà": stays, "Chưa chết": stays, "chua chet": stays, "không chết": stays, "bố mẹ đều chết": stays,

		"đi khỏi địa phương": roster.MovedOut, "Đi khỏi địa phương năm 2024": roster.MovedOut, "không còn ở địa phương": roster.MovedOut, "Đã xóa khẩu": roster.MovedOut, "Đã xoá khẩu": roster.MovedOut, "đã xóa hộ khẩu": roster.MovedOut,
		"Đã chuyển đi Hà Nội": roster.MovedOut, "chuyển đi cùng bố mẹ": roster.MovedOut, "theo mẹ chuyển đi nơi khác": roster.MovedOut, "đã chuyển về Mường La": roster.MovedOut, "chuyển đi Trùng Khánh": roster.MovedOut,
		"chưa chuyển đi": stays, "chưa cắt khẩu": stays, "bố chuyển đi": stays, "chuyển đến năm 2024": stays, "từ Lai Châu chuyển đến, đã chuyển khẩu": stays, "đã chuyển hồ sơ cho công an": stays, "đã chuyển công an cấp số": stays,
		"không có ở địa phương": roster.NotFound, "không tìm thấy hộ": roster.NotFound, "mất tích": roster.NotFound, "chết não": stays,

		"Đi Đài Loan": roster.Abroad, "sang Trung Quốc": roster.Abroad, "đang ở nước ngoài": roster.Abroad, "lấy chồng Hàn Quốc": roster.Abroad, "đi Lào": roster.Abroad, "ĐI MỸ": roster.Abroad, "đi Nhật cùng mẹ": roster.Abroad, "đã xuất cảnh": roster.Abroad,
		"đi Lào Cai": stays, "về Mỹ Đức": stays, "bố đi Đài Loan": stays, "mẹ là người nước ngoài": stays, "quốc tịch nước ngoài": stays, "dân tộc Lào": stays, "ở với cô Nga": stays,

		"trùng": roster.Duplicate, "Trùng dòng 5": roster.Duplicate, "bị trùng với STT 12": roster.Duplicate, "trùng số 12": roster.Duplicate,
		"trùng tên với anh": stays, "trùng họ tên": stays, "không trùng": stays, "không bị trùng": stays, "trùng số định danh với em": stays, "xã Trùng Khánh": stays,

		"Tên trùng với anh họ": stays, "tên bị trùng": stays, "tên trùng dòng 5": roster.Duplicate, "Đã trừ trùng": stays, "nhiễm trùng máu": stays,

		"Gia đình từ nước ngoài về": stays, "Trước ở Lào, nay về": stays, "đi Đài Loan đã về năm 2024": stays, "ở Lào, đã về quê": stays, "đã chuyển đi, nay đã về": stays, "đi Trung Quốc, mới về địa phương": stays,
		"đi Đài Loan chưa về": roster.Abroad, "Đi Nhật, cuối năm sẽ về": roster.Abroad, "về quê, sau đó đi Lào": roster.Abroad, "đi Lào, mẹ đã về": roster.Abroad, "ở Trung Quốc, về quê chồng": roster.Abroad, "về Trung Quốc": roster.Abroad, "đi Đài Loan, tết về": roster.Abroad,
		"Sinh ở Lào": stays, "Sinh tại Nga": stays, "sinh năm 2015 tại Nga": stays, "sinh ở nước ngoài": stays, "Sinh tại Đài Loan, đã về nước": stays, "sinh sống tại Nga": roster.Abroad, "sinh 2015 hiện ở Nga": roster.Abroad, "học sinh ở Lào": roster.Abroad,
		"Đã chuyển khẩu về": stays, "Chuyển hộ khẩu đến 2022": stays, "chuyen khau ve nam 2023": stays, "chuyển khẩu về Hà Nội": roster.MovedOut, "đã chuyển khẩu về quê": roster.MovedOut, "chuyển hộ khẩu đến Lai Châu": roster.MovedOut, "Đã chuyển đi, về quê": roster.MovedOut,
		"Gia đình chuẩn bị chuyển đi": stays, "Dự kiến chuyển đi cuối năm": stays, "sắp chuyển khẩu": stays, "sắp đủ 16": stays, "dự kiến chuyển, nay đã chuyển đi": roster.MovedOut, "quyết định chuyển đi": roster.MovedOut,
		"Bố: chết": stays, "Mẹ: chết": stays, "Bố, mẹ: đã mất": stays, "Mẹ - chuyển đi": stays, "Cháu: chết": roster.Deceased, "ở với bà; chết 2024": roster.Deceased,
		"Chết một bên người": stays, "chết nửa người": stays, "suýt chết": stays, "chết bên nhà ngoại": roster.Deceased, "chết có giấy báo tử": roster.Deceased,

		"đủ 16 tuổi": roster.OverAge, "quá tuổi": roster.OverAge, "chưa đủ 16 tuổi": stays, "trên 16 tháng": stays,
		"giấy khai sinh mất do lũ": stays, "sổ hộ khẩu mất năm 2020": stays, "thẻ căn cước đã mất": stays, "làm mất năm 2020": stays, "đã mất hộ khẩu": stays, "đã mất hai chân": stays, "đã mất 81% sức lao động": stays, "đã mất hai năm nay": roster.Deceased, "đã mất đầu năm 2023": roster.Deceased, "mất cuối năm 2023": roster.Deceased, "mất sau khi sinh": roster.Deceased, "cháu mất 2024": roster.Deceased, "đã có giấy chứng tử": roster.Deceased,
		"đã chết ở nước ngoài": roster.Deceased, "chết khi đi Lào": roster.Deceased, "đã xóa khẩu do chết": roster.Deceased, "đã chết, không tìm thấy giấy khai tử": roster.Deceased, "không tìm thấy giấy khai sinh": stays, "không tìm thấy trong CSDL dân cư": stays, "không tìm thấy trên địa bàn": roster.NotFound, "không xác định được họ tên bố": stays, "không xác định được hộ": roster.NotFound, "không sinh sống ở địa phương": roster.NotFound,
		"Hộ đã chuyển lên thôn 3": stays, "chuyển khẩu về bản Bẹ": stays, "đã chuyển sang xóm 5": stays, "chuyển nơi ở xuống khu phố 2": stays,
		"đã chuyển từ năm 2023": roster.MovedOut, "đã chuyển chỗ ở": roster.MovedOut, "đã chuyển Trà Vinh": roster.MovedOut, "đã chuyển sang xã Mường Bú": roster.MovedOut, "đã chuyển lên Hà Nội": roster.MovedOut, "chuyển nơi khác": roster.MovedOut, "rời khỏi địa phương": roster.MovedOut, "không còn ở xã": roster.MovedOut, "đã chuyển UBND xã": stays, "đã chuyển thẻ BHYT": stays, "đã chuyển khai sinh": stays, "đã chuyển lên lớp 6": stays, "đã chuyển sang mức 2": stays, "đã chuyển bên công an": stays,
		"đi Hàn": roster.Abroad, "đi lao động xuất khẩu": roster.Abroad, "tròn 16 tuổi": roster.OverAge, "trên 16 kg": stays, "đủ 16 năm": stays, "quá tuổi đi học": stays,

		"Bố Lò Văn A (chết)": stays, "Mẹ: Lò Thị Bê - đã mất": stays, "Tên bố: Lò Văn A (đã chết)": stays, "Bố đẻ: chết": stays, "mồ côi mẹ (đã mất)": stays, "Con ông Lò Văn A, đã chết": roster.Deceased, "Mẹ Lò Thị Bê, cháu chuyển đi": roster.MovedOut, "BỐ ĐÃ CHẾT, ĐÃ CHUYỂN ĐI": roster.MovedOut, "Bố mất - chuyển đi năm 2024": roster.MovedOut, "Ở với bà. Chuyển đi 2024": roster.MovedOut,
		"có giấy khai tử của bố": stays, "dượng chết": stays, "thím đã mất": stays, "phụ huynh đi nước ngoài": stays, "họ hàng ở Trung Quốc": stays, "có người thân ở nước ngoài": stays, "bản thân đã chuyển đi": roster.MovedOut, "ở với vợ Nga": stays, "lấy chồng đã cắt khẩu": roster.MovedOut, "mẹ lấy chồng Đài Loan": stays, "lấy vợ Lào": roster.Abroad, "lấy vợ chết": stays,

		"chưa đi nước ngoài": stays, "không sang Trung Quốc": stays, "không còn ở nước ngoài": stays, "chưa từng chuyển đi": stays, "không phải chuyển đi": stays, "trước ở Trung Quốc": stays, "trước đây từng sống ở Lào": stays, "trước ở Sơn La nay sang Lào": roster.Abroad, "năm trước đi Lào": roster.Abroad, "quê ở Lào": stays, "làm công ty nước ngoài": stays, "đi Nhật chưa về": roster.Abroad, "sang Lào sinh sống": roster.Abroad,
		"mất tích nay đã về": stays, "chuyển đi nay đã về địa phương": stays, "Đã chuyển đi nhưng đã quay lại": stays, "chuyển đi, đã trở lại": stays, "chuyển đi, sẽ quay lại": roster.MovedOut, "chuyển đi từ tháng 3 đến nay": roster.MovedOut, "chuyển khẩu từ Lai Châu về": stays, "chuyển hộ khẩu từ xã khác đến": stays, "cắt khẩu từ Lai Châu về năm 2023": stays, "chuyển khẩu từ bản đến Hà Nội": roster.MovedOut, "chuyển khẩu về xã năm 2023": stays, "chuyển khẩu về xã Mường Bú": roster.MovedOut, "đã chuyển đến nơi khác": roster.MovedOut, "đã chuyển khẩu, nơi chuyển đến: Hà Nội": roster.MovedOut,
		"có nguyện vọng chuyển đi": stays, "đang làm thủ tục chuyển khẩu": stays, "đã làm thủ tục chuyển khẩu": roster.MovedOut, "có thể chuyển đi": stays, "nếu chuyển đi sẽ báo": stays, "gần đủ 16": stays, "từ đủ 16 tuổi đến dưới 60 tuổi": stays, "khi nào đủ 16 tuổi": stays,

		"nhà ở quả đồi sau trường": stays, "thiếu chứng từ": stays, "giay chung tu nam 2024": roster.Deceased,

		"Thông tin trùng khớp với CSDL": stays, "trùng thẻ BHYT": stays, "trùng địa chỉ": stays, "trùng với giấy khai sinh": stays, "chưa phát hiện trùng": stays, "không còn trùng": stays, "xã Trùng Quán": stays, "trùng với số định danh của em": stays, "trùng với số 12": roster.Duplicate, "trùng lặp": roster.Duplicate, "tên trùng với dòng 5": roster.Duplicate, "trùng hồ sơ": roster.Duplicate,

		"di trung quoc": roster.Abroad, "co hai con da chuyen di": roster.MovedOut, "bo di trung quoc": stays, "đã mất số định danh": stays, "không tìm thấy mẹ": stays, "đã chuyển chi trả qua tài khoản": stays, "đã chuyển lên trường huyện": stays,

		"đi làm ăn xa cùng bố mẹ": stays, "sinh năm 2015": stays, "": stays,
	} {
		if got := left(t, list(t, child("note="+note)), check.Rules()); got != want {
			t.Errorf("%q: %q, want %q", note, got, want)
		}
	}
}

// TestNotesOfAdults: of an old woman's child a note speaks as of somebody else.
func TestNotesOfAdults(t *testing.T) {
	for note, want := range map[string]roster.Status{"con đã mất": roster.InScope, "cháu chuyển đi": roster.InScope, "đã mất": roster.Deceased} {
		headers := []string{"STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Số CCCD", "Đối tượng", "Ghi chú"}
		row := []string{"number:1", "Lò Thị Thử", "date:1940-05-09", "Nữ", "Thái", "014140000117", "5.5.c", note}
		ro, err := roster.Read(table(headers, row, row, row), roster.ReadOptions{Kind: roster.KindBeneficiary})
		if err != nil {
			t.Fatal(err)
		}
		if got := left(t, ro, check.BeneficiaryRules()); got != want {
			t.Errorf("%q: %q, want %q", note, got, want)
		}
	}
}

// TestStanding: a column of software that says how it stands with everybody tells who left, beside a note or without one.
func TestStanding(t *testing.T) {
	for _, c := range []struct {
		standing, note string
		want           roster.Status
	}{
		{"Đang hưởng", "", roster.InScope}, {"Đã chết", "", roster.Deceased}, {"Chuyển đi", "gia đình báo", roster.MovedOut}, {"Đang hưởng", "chết ngày 05/10/2026", roster.Deceased}, {"Thôi hưởng", "", roster.InScope},
	} {
		headers := []string{"STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Số CCCD", "Tình trạng", "Lý do"}
		row := []string{"number:1", "Lò Thị Thử", "date:1940-05-09", "Nữ", "Thái", "014140000117", c.standing, c.note}
		ro, err := roster.Read(table(headers, row, row, row), roster.ReadOptions{Kind: roster.KindBeneficiary})
		if err != nil {
			t.Fatal(err)
		}
		if got := left(t, ro, check.BeneficiaryRules()); got != c.want {
			t.Errorf("%q, %q: %q, want %q", c.standing, c.note, got, c.want)
		}
	}
}

// TestLongNotes: who left is read at the beginning of a note; a cell of thirty thousand letters is not read to its end.
func TestLongNotes(t *testing.T) {
	for _, c := range []struct {
		note string
		want roster.Status
	}{
		{"đã chết, " + strings.Repeat("mẹ đã chết, ", 2500), roster.Deceased},
		{strings.Repeat("học lớp năm, ", 50) + "đã chết", roster.Deceased},
		{strings.Repeat("học lớp năm, ", 2500) + "đã chết", roster.InScope},
	} {
		if got := left(t, list(t, child("note="+c.note)), check.Rules()); got != c.want {
			t.Errorf("%.40s…: %q, want %q", c.note, got, c.want)
		}
	}
}
