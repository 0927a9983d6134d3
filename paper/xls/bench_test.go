package xls_test

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"syscall"
	"testing"
	"time"

	"lamsach/core/roster"
	"lamsach/paper/cells"
	"lamsach/paper/xls"
)

var errDisk = errors.New("disk")

func openFrom(r io.ReaderAt, size int64) (roster.Book, error) {
	return xls.Open(r, size, cells.Limits{})
}

// madeList makes a commune's list as Excel would save it: 25 columns, shared texts, days as numbers, blocks of 32 rows. The people do
// not exist.
func madeList(rows int) []byte {
	random := rand.New(rand.NewPCG(1, uint64(rows)))
	texts, index := []string{}, map[string]int{}
	share := func(text string) int {
		i, known := index[text]
		if !known {
			i = len(texts)
			index[text], texts = i, append(texts, text)
		}
		return i
	}
	given := []string{"Thử", "Dợ", "Mỷ", "Pó", "Súa", "Chớ", "Ánh", "Biên", "Của", "Dếnh", "Ế", "Già", "Hạng", "Khua"}
	name := func() string {
		return "Mùa Thị " + given[random.IntN(len(given))] + " " + given[random.IntN(len(given))]
	}
	var body stream
	for i := range rows {
		if i%32 == 0 {
			for r := i; r < min(rows, i+32); r++ {
				body.rec(0x208, u16(r, 0, 25, 315, 0, 0, 0x100, 15))
			}
		}
		for c := range 20 {
			switch c {
			case 0:
				body.rec(0x27E, u16(i, c, 0), u32((i+1)<<2|2))
				continue
			case 2:
				body.rec(0x27E, u16(i, c, 1), u32((42000+random.IntN(4000))<<2|2))
				continue
			}
			text := name()
			switch c % 4 {
			case 1:
				text = fmt.Sprintf("0142%08d", random.IntN(100_000_000))
			case 2:
				text = fmt.Sprintf("Bản số %d, xã Tà Thử", i%40)
			}
			body.rec(0xFD, u16(i, c, 0), u32(share(text)))
		}
		body.rec(0xBE, u16(i, 20, 0, 0, 0, 0, 0, 24))
	}
	return contained("Workbook", made{globals: func(s *stream) {
		for range 5 {
			s.font(biff8, "Arial")
		}
		s.style(0, 0)
		s.style(0, 14)
		s.shareTexts(texts)
	}, sheet: func(s *stream) { *s = append(*s, body...) }}.bytes())
}

// shareTexts adds the table of shared texts; none is torn apart.
func (s *stream) shareTexts(texts []string) {
	part, id := append(u32(len(texts)), u32(len(texts))...), 0xFC
	for _, text := range texts {
		letters := wide(text)
		if len(part)+len(letters)+3 > 8224 {
			s.rec(id, part)
			part, id = nil, 0x3C
		}
		part = append(append(append(part, u16(len(letters)/2)...), 1), letters...)
	}
	s.rec(id, part)
}

// spent is the processor time that the process has used: on a busy machine it says more than the clock.
func spent(b *testing.B) time.Duration {
	b.Helper()
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		b.Fatal(err)
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}

func BenchmarkRead(b *testing.B) {
	for _, rows := range []int{1_000, 10_000} {
		b.Run(fmt.Sprint(rows), func(b *testing.B) {
			data := madeList(rows)
			b.ReportAllocs()
			start := spent(b)
			for b.Loop() {
				book, err := open(data)
				if err != nil {
					b.Fatal(err)
				}
				n := 0
				for _, err := range book.Sheets[0].Rows {
					if err != nil {
						b.Fatal(err)
					}
					n++
				}
				if n != rows {
					b.Fatalf("%d rows", n)
				}
			}
			took := (spent(b) - start).Seconds() / float64(b.N)
			b.ReportMetric(1000*took, "cpu-ms/op")
			b.ReportMetric(float64(rows)/took, "rows/cpu-s")
		})
	}
}
