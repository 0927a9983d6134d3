package print_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"lamsach/core/civil"
	"lamsach/core/report"
	"lamsach/paper/print"
)

// paper is a report with everything in it; rows is how many its table has.
func paper(rows, columns int) report.Document {
	table := &report.DocumentTable{Left: 2, Weight: []int{1, 4}}
	for i := range columns {
		table.Head = append(table.Head, fmt.Sprintf("Cột số %d", i+1))
	}
	for len(table.Weight) < columns {
		table.Weight = append(table.Weight, 2)
	}
	for i := range rows {
		row := []string{fmt.Sprint(i + 1), fmt.Sprintf("Xã Mẫu %d", i+1)}
		for len(row) < columns {
			row = append(row, "1.234")
		}
		table.Rows = append(table.Rows, row)
	}
	table.Total = append([]string{"", "Tổng cộng"}, table.Rows[0][2:]...)
	return report.Document{
		Country: "Cộng hòa xã hội chủ nghĩa Việt Nam", Motto: "Độc lập - Tự do - Hạnh phúc",
		Above: "Ủy ban nhân dân xã Tà Xùa", Issuer: "Phòng Văn hóa – Xã hội", Number: "Số: 12/BC-VHXH",
		PlaceAndDate: "Tà Xùa, ngày 15 tháng 11 năm 2026", Kind: "Báo cáo",
		About:   "Kết quả chuẩn hóa và làm sạch dữ liệu trẻ em, đối tượng bảo trợ thực hiện Đề án 06",
		To:      "Kính gửi: Ủy ban nhân dân tỉnh Sơn La",
		Opening: []string{"Thực hiện Kế hoạch số 187/KH-UBND ngày 26/7/2026 của Ủy ban nhân dân tỉnh Sơn La về triển khai chiến dịch chuẩn hóa và làm sạch dữ liệu,"},
		Parts: []report.DocumentPart{
			{Heading: "I. KẾT QUẢ THỰC HIỆN", Paragraphs: []string{"Đã rà soát 2.000 trẻ em; trẻ mang họ H'Hen Niê, K'Brểu, Y Blô, Bh'nướch đều giữ đúng cách viết. Số còn lại được chuyển Công an xã đối chiếu, xác thực và cung cấp số định danh cá nhân theo quy trình."}, Table: table},
			{Heading: "II. VƯỚNG MẮC", Paragraphs: []string{"Không."}},
		},
		Closing:    "Trên đây là báo cáo kết quả thực hiện./.",
		Recipients: report.Recipients{Title: "Nơi nhận:", List: []string{"- Như trên;", "- Công an xã;", "- Lưu: VT."}},
		Authority:  "TM. Ủy ban nhân dân", Post: "Chủ tịch", Signer: "Quàng Thị Trên", On: civil.Date{Year: 2026, Month: 11, Day: 15},
	}
}

// read gives the words of a PDF, page by page, as another program reads them.
func read(t *testing.T, d report.Document) []string {
	t.Helper()
	var out bytes.Buffer
	if err := print.Write(&out, d); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(file, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	text, err := exec.Command("pdftotext", "-layout", file, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext (poppler-utils): %v", err) // .ci/needs brings it
	}
	return strings.Split(strings.TrimSuffix(norm.NFC.String(string(text)), "\f"), "\f")
}

func TestPaperSaysAllThatItWasGiven(t *testing.T) {
	pages := read(t, paper(3, 5))
	if len(pages) != 1 {
		t.Fatalf("%d pages", len(pages))
	}
	words := strings.Join(strings.Fields(pages[0]), " ")
	for _, want := range []string{
		"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "ỦY BAN NHÂN DÂN XÃ TÀ XÙA", "PHÒNG VĂN HÓA – XÃ HỘI", "Số: 12/BC-VHXH",
		"ngày 15 tháng 11 năm 2026", "BÁO CÁO", "Kính gửi: Ủy ban nhân dân tỉnh Sơn La", "KẾT QUẢ THỰC HIỆN", "H'Hen Niê, K'Brểu, Y Blô, Bh'nướch",
		"Xã Mẫu 3 1.234 1.234 1.234", "Tổng cộng 1.234", "Nơi nhận:", "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Quàng Thị Trên",
	} {
		if !strings.Contains(words, want) {
			t.Errorf("the paper does not say %q:\n%s", want, pages[0])
		}
	}
}

func TestTableGoesOnWithItsHead(t *testing.T) {
	pages := read(t, paper(120, 6))
	if len(pages) < 4 {
		t.Fatalf("%d pages", len(pages))
	}
	all := strings.Join(pages, "\n")
	for i := range 120 {
		if want := fmt.Sprintf("Xã Mẫu %d ", i+1); strings.Count(all, want) != 1 {
			t.Errorf("row %d stands %d times", i+1, strings.Count(all, want))
		}
	}
	for n, page := range pages {
		rows, head := strings.Contains(page, "Xã Mẫu"), strings.Count(page, "Cột số 3")
		if rows != (head == 1) {
			t.Errorf("page %d: rows %v, the head stands %d times", n+1, rows, head)
		}
		if number := strings.TrimSpace(strings.SplitN(strings.TrimLeft(page, "\n"), "\n", 2)[0]); n > 0 && number != fmt.Sprint(n+1) {
			t.Errorf("page %d begins with %q", n+1, number)
		}
	}
}

func TestWideTableLiesOnItsSide(t *testing.T) {
	for columns, want := range map[int]string{5: "595.28 x 841.89", 12: "841.89 x 595.28"} {
		var out bytes.Buffer
		if err := print.Write(&out, paper(2, columns)); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "a.pdf")
		if err := os.WriteFile(file, out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		about, err := exec.Command("pdfinfo", file).Output()
		if err != nil || !strings.Contains(string(about), want) {
			t.Errorf("%d columns: %v\n%s", columns, err, about)
		}
	}
}

// TestMarksApartAreBroughtTogether writes a text whose marks stand apart, and the same paper twice.
func TestMarksApartAreBroughtTogether(t *testing.T) {
	d := paper(1, 3)
	d.Signer = norm.NFD.String("Nguyễn Thị Ánh Tuyết")
	if words := strings.Join(read(t, d), ""); !strings.Contains(words, "Nguyễn Thị Ánh Tuyết") {
		t.Error(words)
	}
	var a, b bytes.Buffer
	for _, out := range []*bytes.Buffer{&a, &b} {
		if err := print.Write(out, d); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("the same paper twice is not the same file")
	}
}

func ExampleWrite() {
	var out bytes.Buffer
	err := print.Write(&out, paper(3, 5))
	fmt.Println(err, out.String()[:5])
	// Output: <nil> %PDF-
}
