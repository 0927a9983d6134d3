package xlsx_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"lamsach/paper/cells"
	"lamsach/paper/xlsx"
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

// inflateTime is the unit of all measurements: the processor time of inflating the two big parts with the standard library, the least
// of five.
func inflateTime(b *testing.B, data []byte) time.Duration {
	b.Helper()
	best := time.Hour
	for range 5 {
		start := spent(b)
		zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			b.Fatal(err)
		}
		for _, f := range zr.File {
			if !strings.Contains(f.Name, "sheet1") && !strings.Contains(f.Name, "sharedStrings") {
				continue
			}
			r, err := f.Open()
			if err != nil {
				b.Fatal(err)
			}
			if _, err := io.Copy(io.Discard, r); err != nil {
				b.Fatal(err)
			}
		}
		best = min(best, spent(b)-start)
	}
	return best
}

// peakMB is the most memory that the process has held so far.
func peakMB() float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, after, _ := strings.Cut(string(status), "VmHWM:")
	fields := strings.Fields(after)
	if len(fields) == 0 {
		return 0
	}
	kB, _ := strconv.ParseFloat(fields[0], 64)
	return kB / 1024
}

// asReader makes the test binary a process that does nothing but read or copy one file, and tells how much memory that took.
const asReader = "XLSX_BENCH_WORK"

func TestMain(m *testing.M) {
	what, path, ok := strings.Cut(os.Getenv(asReader), " ")
	if !ok {
		os.Exit(m.Run())
	}
	if err := workAlone(what, path); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	fmt.Println(peakMB())
}

func workAlone(what, path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	if size, export := strings.CutPrefix(what, "BenchmarkExport/"); export {
		people, err := strconv.Atoi(size)
		if err != nil {
			return err
		}
		return xlsx.Patch(context.Background(), file, info.Size(), io.Discard, examplePlan(people))
	}
	book, err := xlsx.Open(file, info.Size(), cells.Limits{})
	if err != nil {
		return err
	}
	for _, sheet := range book.Roster().Sheets {
		for _, err := range sheet.Rows {
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// peakOf does the benchmark's work once in a process of its own.
func peakOf(b *testing.B, data []byte) float64 {
	b.Helper()
	path := filepath.Join(b.TempDir(), "list.xlsx")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		b.Fatal(err)
	}
	what := b.Name()[:strings.LastIndex(b.Name(), "/")]
	cmd := exec.CommandContext(b.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), asReader+"="+what+" "+path)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		b.Fatal(err)
	}
	peak, err := strconv.ParseFloat(strings.TrimSpace(string(out)), 64)
	if err != nil {
		b.Fatal(err)
	}
	return peak
}

// sizes are the lists that are measured; the largest is what fits into a chat.
func sizes(b *testing.B, peer func(b *testing.B, data []byte), measure func(b *testing.B, data []byte, rows int) func()) {
	for _, rows := range []int{10_000, 100_000} {
		for _, kind := range []flavour{sharedTexts, inlineTexts} {
			b.Run(strconv.Itoa(rows)+"/"+string(kind), func(b *testing.B) {
				data := madeList(b, rows, kind)
				unit := inflateTime(b, data)
				start := spent(b)
				once := measure(b, data, rows)
				for b.Loop() {
					once()
				}
				b.ReportMetric(peakOf(b, data), "peak-MB")
				work := float64(spent(b)-start) / float64(b.N)
				b.ReportMetric(work/float64(unit), "x-inflate")
				b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
				if peer != nil {
					start = spent(b)
					peer(b, data)
					b.ReportMetric(float64(spent(b)-start)/work, "x-excelize")
				}
			})
		}
	}
}

func readAll(b *testing.B, data []byte) int {
	book, err := xlsx.Open(bytes.NewReader(data), int64(len(data)), cells.Limits{})
	if err != nil {
		b.Fatal(err)
	}
	n := 0
	for _, sheet := range book.Roster().Sheets {
		for _, err := range sheet.Rows {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
	}
	return n
}

// BenchmarkRead measures reading every cell; x-excelize is how many times the processor time excelize takes for the same.
func BenchmarkRead(b *testing.B) {
	sizes(b, readByExcelize, func(b *testing.B, data []byte, rows int) func() {
		b.ReportAllocs()
		return func() {
			if n := readAll(b, data); n != rows+6 {
				b.Fatalf("%d rows", n)
			}
		}
	})
}

// readByExcelize is the peer: the same rows by excelize's streaming reader.
func readByExcelize(b *testing.B, data []byte) {
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true})
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	lines, err := f.Rows("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	for lines.Next() {
		if _, err := lines.Columns(); err != nil {
			b.Fatal(err)
		}
	}
	if err := lines.Error(); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkExport measures the marked copy of a list that was read: four rows in five have a cell marked or changed, two columns are added.
func BenchmarkExport(b *testing.B) {
	sizes(b, nil, func(b *testing.B, data []byte, rows int) func() {
		return exportOf(b, data, outlined(b, data, examplePlan(rows)))
	})
}

// BenchmarkExportUnread measures the copy of a list of which no outline is kept: it is read through first.
func BenchmarkExportUnread(b *testing.B) {
	sizes(b, nil, func(b *testing.B, data []byte, rows int) func() { return exportOf(b, data, examplePlan(rows)) })
}

func exportOf(b *testing.B, data []byte, plan xlsx.PatchPlan) func() {
	return func() {
		if err := xlsx.Patch(context.Background(), bytes.NewReader(data), int64(len(data)), io.Discard, plan); err != nil {
			b.Fatal(err)
		}
	}
}
