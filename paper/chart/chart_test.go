package chart_test

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/text/unicode/norm"

	"lamsach/core/civil"
	"lamsach/core/report"
	"lamsach/paper/chart"
)

var pictures = flag.String("pictures", "", "a folder in which the pictures are left to be looked at")

// drawn gives the picture that draw writes, and leaves it where it can be looked at.
func drawn(t *testing.T, name string, draw func(io.Writer) error) image.Image {
	t.Helper()
	var out bytes.Buffer
	if err := draw(&out); err != nil {
		t.Fatal(err)
	}
	if *pictures != "" {
		if err := os.WriteFile(filepath.Join(*pictures, name+".png"), out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	picture, err := png.Decode(&out)
	if err != nil {
		t.Fatal(err)
	}
	if w := picture.Bounds().Dx(); w != 1080 {
		t.Errorf("%s is %d dots wide", name, w)
	}
	return picture
}

func progress(rows int) report.Chart {
	c := report.Chart{
		Title: "Tiến độ làm sạch dữ liệu trẻ em", Subtitle: "Tỉnh Sơn La · số liệu đến 16:00 ngày 15/10/2026", Head: "Đơn vị",
		Parts:   []report.Part{{Name: "Đủ thông tin", Tone: report.Good}, {Name: "Chờ Công an", Tone: report.Waiting}, {Name: "Còn lỗi", Tone: report.Bad}},
		Columns: []string{"Tổng số", "Còn lỗi", "Có số ĐD"},
		Total:   &report.ChartRow{Name: "Cộng", Parts: []int{5000, 800, 1200}, Figures: []string{"7.000", "1.200", "88,1 %"}},
		Notes:   []string{"Xếp theo số lỗi còn lại. Còn 59 đơn vị khác, xem tệp Excel.", "Chữ đỏ: quá hạn rà soát 15/10."},
	}
	names := []string{"Xã Tà Xùa", "Phường Chiềng Cơi", "Xã Xím Vàng", "Xã Hồng Ngài", "Xã Phiêng Ban (huyện Bắc Yên cũ)", "Xã Song Khủa"}
	for i := range rows {
		c.Rows = append(c.Rows, report.ChartRow{
			Name: names[i%len(names)], Parts: []int{1622 - 100*i, 90 + 11*i, 120 * i}, Figures: []string{"2.000", fmt.Sprint(120 * i), "91,3 %"}, Late: i%4 == 3,
		})
	}
	return c
}

// dots counts the dots of a colour in a part of a picture.
func dots(p image.Image, in image.Rectangle, want color.RGBA) (n int) {
	in = in.Intersect(p.Bounds())
	for y := in.Min.Y; y < in.Max.Y; y++ {
		for x := in.Min.X; x < in.Max.X; x++ {
			if color.RGBAModel.Convert(p.At(x, y)) == want {
				n++
			}
		}
	}
	return n
}

var (
	good    = color.RGBA{46, 145, 85, 255}
	waiting = color.RGBA{239, 176, 52, 255}
	bad     = color.RGBA{211, 78, 62, 255}
)

func TestBarsAreShares(t *testing.T) {
	c := progress(0)
	c.Total.Parts = []int{600, 300, 100}
	c.Parts[0].Name, c.Notes = "", nil
	p := drawn(t, "shares", func(w io.Writer) error { return chart.Progress(w, c) })
	table := p.Bounds()
	table.Min.Y = table.Max.Y - 120 // below the legend
	all := [3]int{dots(p, table, good), dots(p, table, waiting), dots(p, table, bad)}
	sum := all[0] + all[1] + all[2]
	for i, want := range []int{60, 30, 10} {
		if got := 100 * all[i] / max(sum, 1); got < want-1 || got > want+1 {
			t.Errorf("part %d has %d %% of the bar, want %d", i, got, want)
		}
	}
}

func TestWhatIsThereIsSeen(t *testing.T) {
	c := progress(0)
	c.Total.Parts = []int{1_000_000, 0, 1}
	p := drawn(t, "one", func(w io.Writer) error { return chart.Progress(w, c) })
	table := p.Bounds()
	table.Min.Y = 300
	if dots(p, table, bad) == 0 || dots(p, table, waiting) != 0 {
		t.Errorf("one of a million: %d dots; none: %d dots", dots(p, table, bad), dots(p, table, waiting))
	}
}

func TestDecomposedLettersLookTheSame(t *testing.T) {
	c := progress(6)
	nfc := drawn(t, "progress", func(w io.Writer) error { return chart.Progress(w, c) })
	c.Title, c.Subtitle = norm.NFD.String(c.Title), norm.NFD.String(c.Subtitle)
	for i := range c.Rows {
		c.Rows[i].Name = norm.NFD.String(c.Rows[i].Name)
	}
	nfd := drawn(t, "progress-nfd", func(w io.Writer) error { return chart.Progress(w, c) })
	if !bytes.Equal(nfc.(*image.RGBA).Pix, nfd.(*image.RGBA).Pix) {
		t.Error("the pictures differ")
	}
}

func TestTwentyRowsFitAPhone(t *testing.T) {
	p := drawn(t, "twenty", func(w io.Writer) error { return chart.Progress(w, progress(20)) })
	if h := p.Bounds().Dy(); h > 1080*2 {
		t.Errorf("%d dots high", h)
	}
}

func TestOddCharts(t *testing.T) {
	for name, c := range map[string]report.Chart{
		"empty":   {},
		"title":   {Title: "Chưa có danh sách nào"},
		"zeros":   {Parts: progress(0).Parts, Rows: []report.ChartRow{{Name: "Xã A", Parts: []int{0, 0, 0}, Figures: []string{"0"}}}, Columns: []string{"Tổng số"}},
		"ragged":  {Parts: progress(0).Parts, Rows: []report.ChartRow{{Name: "Xã A", Parts: []int{1, 2, 3, 4}, Figures: []string{"1", "2"}}, {Name: "Xã B"}}, Columns: []string{"Tổng số"}},
		"below 0": {Parts: progress(0).Parts, Rows: []report.ChartRow{{Name: "Xã A", Parts: []int{-5, 2, 0}}}},
		"long":    {Title: "Đặc khu " + string(bytes.Repeat([]byte("Phú Quốc "), 60)), Rows: []report.ChartRow{{Name: string(bytes.Repeat([]byte("W"), 500)), Parts: []int{1}}}, Parts: progress(0).Parts},
	} {
		drawn(t, "odd-"+name, func(w io.Writer) error { return chart.Progress(w, c) })
	}
}

func plan() report.TimeLine {
	day := func(m, d int) civil.Date {
		return civil.Date{Year: 2026, Month: 9, Day: 1}.AddDays(30*(m-9) + m/11 + d - 1)
	}
	return report.TimeLine{
		Title: "Kế hoạch 187/KH-UBND", Subtitle: "Làm sạch dữ liệu trẻ em, đối tượng bảo trợ xã hội · UBND huyện Bắc Yên",
		Parts: []report.Part{{Name: "Xong", Tone: report.Good}, {Name: "Đang làm", Tone: report.Waiting}, {Name: "Quá hạn", Tone: report.Bad}, {Name: "Chưa đến", Tone: report.Calm}},
		From:  day(9, 30), To: day(11, 15), Today: day(10, 12), Marker: "Hôm nay 12/10",
		Lanes: []report.Lane{
			{Name: "Trẻ em", Bars: []report.TimeBar{
				{Name: "Xuất danh sách từ phần mềm", Note: "Phòng Lao động – Thương binh và Xã hội · 30/9 – 03/10", From: day(9, 30), To: day(10, 3), Tone: report.Good},
				{Name: "Rà soát, bổ sung và chuyển Công an", Note: "công chức Lao động – Thương binh và Xã hội cấp xã · 04/10 – 15/10", From: day(10, 4), To: day(10, 15), Tone: report.Waiting},
				{Name: "Cập nhật vào phần mềm", Note: "Phòng Lao động – Thương binh và Xã hội · xong trước 10/11", From: day(10, 16), To: day(11, 9)},
			}},
			{Name: "Đối tượng bảo trợ xã hội", Bars: []report.TimeBar{
				{Name: "Rà soát, bổ sung và chuyển Công an", Note: "cấp xã · 01/10 – 11/10", From: day(10, 1), To: day(10, 11), Tone: report.Bad},
				{Name: "Báo cáo kết quả", Note: "chưa có ngày"},
			}},
		},
		Notes: []string{"Màu theo kết quả của các xã đến hôm nay."},
	}
}

func TestTimeLine(t *testing.T) {
	p := drawn(t, "timeline", func(w io.Writer) error { return chart.TimeLine(w, plan()) })
	body := p.Bounds()
	body.Min.Y = 330
	// The first step is 4 of 47 days, the second 12: so are their bars.
	first, second := dots(p, body, good), dots(p, body, waiting)
	if ratio := float64(second) / float64(max(first, 1)); ratio < 2.8 || ratio > 3.3 {
		t.Errorf("4 days take %d dots, 12 days %d", first, second)
	}
	l := plan()
	l.Today = civil.Date{Year: 2027, Month: 1, Day: 1} // outside: no mark
	without := drawn(t, "timeline-later", func(w io.Writer) error { return chart.TimeLine(w, l) })
	mark := color.RGBA{31, 91, 184, 255}
	if dots(p, p.Bounds(), mark) == 0 || dots(without, without.Bounds(), mark) != 0 {
		t.Error("today is not marked, or a day outside is")
	}
	drawn(t, "timeline-empty", func(w io.Writer) error { return chart.TimeLine(w, report.TimeLine{Title: "Chưa có bước nào"}) })
}
