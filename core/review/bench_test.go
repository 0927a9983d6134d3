package review_test

import (
	"fmt"
	"strings"
	"testing"

	"lamsach/core/review"
)

// commune is a list of the size of a commune's, every twentieth row messy.
func commune(rows int) string {
	lines := strings.Split(messy, "\n")
	family := []string{"Lò", "Vì", "Cầm", "Hà", "Quàng", "Lường", "Tòng"}
	middle := []string{"Thị Ngọc", "Thị Kim", "Thị", "Thị Thu", "Thị Bích"}
	given := []string{"Hoa", "Lan", "Mai", "Sương", "Vui", "Nhung", "Pháy", "Ngoan", "Tươi", "Thoan", "Xiên"}
	var out strings.Builder
	out.WriteString(lines[0])
	for i := range rows {
		if i%20 == 0 {
			out.WriteString("\n" + strings.ReplaceAll(lines[1+i/20%(len(lines)-1)], "Bản Bẹ", fmt.Sprintf("Bản %d", i/100)))
			continue
		}
		name := family[i%7] + " " + middle[i/7%5] + " " + given[i/35%11]
		fmt.Fprintf(&out, "\n%s | %02d/%02d/2016 | Nữ | Thái | 014316%06d | Bản %d | %s Thị %s | | |",
			name, 1+i%28, 1+i/28%12, (i*7919+13)%1000000, i/100, family[i%7], given[i%11])
	}
	return out.String()
}

// BenchmarkTurn measures one answer in a commune's list, from the state and the typed text to the next screen.
func BenchmarkTurn(b *testing.B) {
	desk := newDesk(readTable(b, commune(6600)))
	s, _ := review.Begin(desk)
	s, _, _ = review.Resume(s, review.Input{Text: "dòng 28"}, desk)
	b.ResetTimer()
	for b.Loop() {
		review.Resume(s, review.Input{Text: "15/4"}, desk)
	}
}

// BenchmarkSummary measures the summary of a commune's list.
func BenchmarkSummary(b *testing.B) {
	desk := newDesk(readTable(b, commune(6600)))
	for b.Loop() {
		review.Open(desk)
	}
}
