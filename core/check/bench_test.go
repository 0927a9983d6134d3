package check_test

import (
	"fmt"
	"runtime"
	"testing"

	"lamsach/core/check"
	"lamsach/core/civil"
	"lamsach/core/roster"
)

var today = civil.Date{Year: 2026, Month: 11, Day: 22}

// commune makes a list of n children of the layout that most lists have; a tenth of them have a fault.
func commune(n int) roster.Book {
	families := []string{"Lò", "Quàng", "Mùa", "Thào", "Nguyễn", "Đinh", "Hà", "Vì", "Cà", "Bạc"}
	middles := []string{"Văn", "Thị", "A", "Đức", "Ngọc"}
	givens := []string{"Hoa", "Thành", "Sính", "Pâng", "Dợ", "Thảo", "Yến", "Chiến", "Khoa", "Nọi", "Mỷ"}
	lines := [][]string{{"STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Số định danh cá nhân", "Họ tên cha", "Số CCCD cha",
		"Họ tên mẹ", "Số CCCD mẹ", "Người giám hộ", "Thôn/bản", "SĐT", "Ghi chú"}}
	for i := range n {
		year, sex, digit := 2011+i%15, "Nam", 2
		if i%2 == 1 {
			sex, digit = "Nữ", 3
		}
		name := families[i%10] + " " + middles[i/10%5] + " " + givens[i/50%11] + " " + givens[i/550%11]
		number := fmt.Sprintf("014%d%02d%06d", digit, year%100, (i*7919)%999983)
		if i%10 == 0 {
			number = number[1:]
		}
		lines = append(lines, []string{"number:" + fmt.Sprint(i+1), name, fmt.Sprintf("date:%d-%02d-%02d", year, 1+i%12, 1+i%28), sex, "Mông", number,
			families[i%10] + " Văn " + givens[i/7%11], fmt.Sprintf("0140%02d%06d", 70+i%25, (i*104729)%999983),
			families[i/3%10] + " Thị " + givens[i/5%11] + " " + givens[i/60%11] + givens[i/700%11], fmt.Sprintf("0141%02d%06d", 72+i%25, (i*1299709)%999983), "", "Bản " + givens[i/300%11], "", ""})
	}
	return table(lines...)
}

func readCommune(b testing.TB, n int) *roster.Roster {
	ro, err := roster.Read(commune(n), roster.ReadOptions{})
	if err != nil {
		b.Fatal(err)
	}
	if len(ro.Records) != n {
		b.Fatalf("%d people, want %d", len(ro.Records), n)
	}
	return ro
}

func BenchmarkRules(b *testing.B) {
	ro := readCommune(b, 6600)
	b.ReportAllocs()
	for b.Loop() {
		check.New(ro, check.Rules(), today)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/6600, "ns/row")
}

func BenchmarkRecheck(b *testing.B) {
	c := check.New(readCommune(b, 6600), check.Rules(), today)
	b.ReportAllocs()
	for b.Loop() {
		c.Recheck(3300)
	}
}

// BenchmarkFindings brings the findings together after a change; asked again, they are there.
func BenchmarkFindings(b *testing.B) {
	c := check.New(readCommune(b, 6600), check.Rules(), today)
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		c.Recheck(3300)
		b.StartTimer()
		c.Findings()
	}
}

func BenchmarkRead(b *testing.B) {
	book := commune(6600)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := roster.Read(book, roster.ReadOptions{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/6600, "ns/row")
}

// BenchmarkMemory reports what a person of a list takes once it is read and checked.
func BenchmarkMemory(b *testing.B) {
	const people = 20_000
	for b.Loop() {
		book := commune(people)
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		ro, err := roster.Read(book, roster.ReadOptions{Compact: true})
		if err != nil {
			b.Fatal(err)
		}
		c := check.New(ro, check.Rules(), today)
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/people, "B/person")
		runtime.KeepAlive(book)
		runtime.KeepAlive(c)
	}
}
