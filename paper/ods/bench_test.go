package ods_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"syscall"
	"testing"
	"time"
)

// spent is the processor time that the process has used: on a busy machine it says more than the clock.
func spent(b *testing.B) time.Duration {
	b.Helper()
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		b.Fatal(err)
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}

// madeList makes a commune's list as LibreOffice saves it: 25 columns, 20 of them filled, and the empty rest of the sheet. The people
// do not exist.
func madeList(b *testing.B, rows int) []byte {
	random := rand.New(rand.NewPCG(1, uint64(rows)))
	value := func(attributes, text string) string {
		return `<table:table-cell table:style-name="ce1" ` + attributes + `><text:p>` + text + `</text:p></table:table-cell>`
	}
	var all strings.Builder
	for i := range rows {
		all.WriteString(`<table:table-row table:style-name="ro1">`)
		for c := range 20 {
			switch c {
			case 0:
				all.WriteString(value(fmt.Sprintf(`office:value-type="float" office:value="%d" calcext:value-type="float"`, i+1), fmt.Sprint(i+1)))
			case 2:
				day := fmt.Sprintf("%d-%02d-%02d", 2011+random.IntN(14), 1+random.IntN(12), 1+random.IntN(28))
				all.WriteString(value(`office:value-type="date" office:date-value="`+day+`" calcext:value-type="date"`, day))
			default:
				all.WriteString(value(`office:value-type="string" calcext:value-type="string"`, fmt.Sprintf("Mùa Thị Dợ %d", random.IntN(100_000))))
			}
		}
		all.WriteString(`<table:table-cell table:number-columns-repeated="16364"/></table:table-row>`)
	}
	all.WriteString(`<table:table-row table:style-name="ro1" table:number-rows-repeated="1038576"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>`)
	return made(b, content(`<style:style style:name="ce1" style:family="table-cell"/>`, sheet(all.String())))
}

func BenchmarkRead(b *testing.B) {
	for _, rows := range []int{1_000, 10_000} {
		b.Run(fmt.Sprint(rows), func(b *testing.B) {
			data := madeList(b, rows)
			b.ReportAllocs()
			start := spent(b)
			for b.Loop() {
				n := 0
				for _, err := range mustOpen(b, data).Sheets[0].Rows {
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
