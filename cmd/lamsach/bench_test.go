package main

import (
	"encoding/json"
	"fmt"
	"iter"
	"os"
	"slices"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"lamsach/core/check"
	"lamsach/core/kind"
	"lamsach/core/roster"
)

// moment is where the clock and the processor time of the process stand. On a machine that others use as well the
// processor time is what tells.
type moment struct{ wall, used time.Duration }

var benchStart = time.Now()

func mark() moment {
	var use syscall.Rusage
	var used time.Duration
	for _, who := range []int{syscall.RUSAGE_SELF, syscall.RUSAGE_CHILDREN} { // children: those that read files
		if err := syscall.Getrusage(who, &use); err != nil {
			panic(err) // the call is right: it cannot fail
		}
		used += time.Duration(use.Utime.Nano() + use.Stime.Nano())
	}
	return moment{time.Since(benchStart), used}
}

func (m moment) since(start moment) moment { return moment{m.wall - start.wall, m.used - start.used} }

// meter measures work against the unit, in turn, so that both see the same machine.
type meter struct {
	b          *testing.B
	rows       int
	unit, work []moment
}

// newMeter takes the unit's file.
func newMeter(b *testing.B, rows int) *meter { return &meter{b: b, rows: rows} }

// timed measures one run.
func timed(b *testing.B, work func() error) moment {
	start := mark()
	if err := work(); err != nil {
		b.Fatal(err)
	}
	return mark().since(start)
}

// once measures the unit and the work once each.
func (m *meter) once(content []byte, work func() error) {
	m.unit = append(m.unit, timed(m.b, func() error { return inflate(content) }))
	m.work = append(m.work, timed(m.b, work))
}

// usedByWork is the median processor time of the work, in nanoseconds.
func (m *meter) usedByWork() float64 {
	return m.ofWork(func(work moment) float64 { return float64(work.used) })
}

// wallOfWork is the median of the work by the clock, in nanoseconds.
func (m *meter) wallOfWork() float64 {
	return m.ofWork(func(work moment) float64 { return float64(work.wall) })
}

func (m *meter) ofWork(figure func(moment) float64) float64 {
	var all []float64
	for _, work := range m.work {
		all = append(all, figure(work))
	}
	return median(all)
}

// report tells the medians: x-inflate in processor time, x-inflate-wall by the clock.
func (m *meter) report() {
	used, wall := make([]float64, len(m.work)), make([]float64, len(m.work))
	var rows []float64
	for i, work := range m.work {
		used[i], wall[i] = float64(work.used)/float64(m.unit[i].used), float64(work.wall)/float64(m.unit[i].wall)
		rows = append(rows, float64(m.rows)/work.wall.Seconds())
	}
	m.b.ReportMetric(median(used), "x-inflate")
	m.b.ReportMetric(median(wall), "x-inflate-wall")
	m.b.ReportMetric(median(rows), "rows/s")
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}

// benchSizes runs a benchmark on every list of the measurements.
func benchSizes(b *testing.B, run func(b *testing.B, path string, rows int)) {
	for _, rows := range []int{10_000, 100_000} {
		for _, form := range []string{sharedTexts, inlineTexts} {
			b.Run(strconv.Itoa(rows)+"/"+form, func(b *testing.B) { run(b, benchList(b, rows, form), rows) })
		}
	}
}

// BenchmarkCheck measures what `lamsach check` does: reading a list, with every look for damage, and all rules over it.
// rules-ns/row is the processor time of the rules alone; x-excelize how many times the processor time the same rules over
// the rows of excelize's reader take, side by side, and x-excelize-wall the same by the clock. peak-MB is the most memory that the whole command held, its JSON written out: the
// program as people have it (`make build`), not this test binary, in a process of its own.
func BenchmarkCheck(b *testing.B) {
	benchSizes(b, func(b *testing.B, path string, rows int) {
		content := readBench(b, path)
		m := newMeter(b, rows)
		var rules []float64
		for b.Loop() {
			var list checkedFile
			m.once(content, func() error {
				file, err := os.Open(path)
				if err != nil {
					return err
				}
				defer file.Close()
				list, err = checkCommand{}.readFile(b.Context(), file, roster.ReadOptions{Compact: true}, benchDay)
				return err
			})
			if len(list.ro.Records) != rows || len(list.findings) < rows/20 {
				b.Fatalf("%d people, %d findings", len(list.ro.Records), len(list.findings))
			}
			again := timed(b, func() error {
				check.New(list.ro, kind.Of(list.ro.Kind).Rules, benchDay).Findings()
				return nil
			})
			rules = append(rules, float64(again.used)/float64(rows))
		}
		m.report()
		b.ReportMetric(median(rules), "rules-ns/row")
		peer := timed(b, func() error {
			people, findings, err := checkByExcelize(path)
			if err == nil && (people != rows || findings < rows/20) {
				err = fmt.Errorf("excelize: %d people, %d findings", people, findings)
			}
			return err
		})
		b.ReportMetric(float64(peer.used)/m.usedByWork(), "x-excelize")
		b.ReportMetric(float64(peer.wall)/m.wallOfWork(), "x-excelize-wall")
		b.ReportMetric(peakOfCheck(b, path), "peak-MB")
	})
}

// peakOfCheck is the most memory that the shipped program holds while it checks a list, in MB.
func peakOfCheck(b *testing.B, path string) float64 {
	b.Helper()
	out, status, most := shippedGauge(b).run(b, "check", "--format=json", "--as-of="+benchDay.String(), path)
	if status != 1 || !json.Valid([]byte(out)) {
		b.Fatalf("status %d, %d bytes", status, len(out))
	}
	return most
}

// checkByExcelize is the peer: the same rules over the rows of excelize's streaming reader.
func checkByExcelize(path string) (people, findings int, err error) {
	f, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
	if err != nil {
		return 0, 0, err
	}
	defer f.Close()
	name := f.GetSheetName(0)
	ro, err := roster.Read(roster.Book{Format: "xlsx", Sheets: []roster.Sheet{{Name: name, Rows: excelizeRows(f, name)}}}, roster.ReadOptions{Compact: true})
	if err != nil {
		return 0, 0, err
	}
	return len(ro.Records), len(check.New(ro, kind.Of(ro.Kind).Rules, benchDay).Findings()), nil
}

// excelizeRows passes rows on; excelize does not say what kind a cell is.
func excelizeRows(f *excelize.File, sheet string) iter.Seq2[roster.SheetRow, error] {
	return func(yield func(roster.SheetRow, error) bool) {
		lines, err := f.Rows(sheet)
		if err != nil {
			yield(roster.SheetRow{}, err)
			return
		}
		row := roster.SheetRow{}
		for lines.Next() {
			texts, err := lines.Columns()
			row.Number++
			row.Cells = row.Cells[:0]
			for _, text := range texts {
				cell := roster.Cell{Text: text, Kind: roster.Text}
				if text == "" {
					cell.Kind = roster.Empty
				}
				row.Cells = append(row.Cells, cell)
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
		if err := lines.Error(); err != nil {
			yield(roster.SheetRow{}, err)
		}
	}
}

func readBench(b *testing.B, path string) []byte {
	b.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		b.Fatal(err)
	}
	return content
}
