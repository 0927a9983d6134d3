package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/tabwriter"

	"lamsach/core/check"
	"lamsach/core/civil"
	"lamsach/core/kind"
	"lamsach/core/roster"
	"lamsach/core/sample"
	"lamsach/core/viet"
)

var scoreDay = civil.Date{Year: 2026, Month: 11, Day: 22}

// tally is the score of one or more lists.
type tally struct {
	people, found   int // people on the lists, people read
	planted, seen   int // faults
	safe, right     int // fixes that need nobody's word, those of them that are the truth
	known, proposed int // faults whose right value a program can know, those for which it is proposed
	clean, alarms   int // rows without a fault, those of them with a finding
	ofFile          int // findings about the file that are not true
	unlike          int // values of clean rows that are read differently
	misses          []string
}

func (t *tally) add(o tally) {
	t.people, t.found = t.people+o.people, t.found+o.found
	t.planted, t.seen = t.planted+o.planted, t.seen+o.seen
	t.safe, t.right = t.safe+o.safe, t.right+o.right
	t.known, t.proposed = t.known+o.known, t.proposed+o.proposed
	t.clean, t.alarms = t.clean+o.clean, t.alarms+o.alarms
	t.ofFile, t.unlike = t.ofFile+o.ofFile, t.unlike+o.unlike
	t.misses = append(t.misses, o.misses...)
}

func (t *tally) miss(format string, args ...any) {
	if len(t.misses) < 12 {
		t.misses = append(t.misses, fmt.Sprintf(format, args...))
	}
}

// TestScore makes lists in every layout and kind with known faults, writes them as workbooks, reads and checks them as if somebody had sent
// them, and compares what is found with the truth. It demands every person, every fault, every safe fix right, and next to no false alarm.
func TestScore(t *testing.T) {
	seeds := []uint64{1, 2, 3, 4, 5}
	rates := []float64{0.25}
	if wider := os.Getenv("LAMSACH_SCORE_SEEDS"); wider != "" {
		from, err := strconv.Atoi(wider)
		if err != nil {
			t.Fatal(err)
		}
		seeds = nil
		for seed := range 30 {
			seeds = append(seeds, uint64(from+seed)) //nolint:gosec // small
		}
		rates = []float64{0, 0.05, 0.15, 0.4, 0.55}
	}
	var report strings.Builder
	table := tabwriter.NewWriter(&report, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "layout\tkind\tpeople\tread\tplanted\tfound\tsafe fixes\tright\tknown\tproposed\tclean rows\talarms\tof the file\tunlike\t")
	var all tally
	for _, layout := range sample.Layouts() {
		for _, kind := range []string{roster.KindChild, roster.KindBeneficiary} {
			if !slices.Contains(sample.LayoutsOf(kind), layout) {
				continue
			}
			var sum tally
			for i, seed := range seeds {
				sum.add(scoreOne(t, sample.Options{
					Layout: layout, Kind: kind, Rows: 300 + 17*(i%9), Seed: seed, FaultRate: rates[i%len(rates)], AsOf: scoreDay,
				}))
			}
			fmt.Fprintf(table, "%s\t%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t\n", layout, kind, sum.people, sum.found, sum.planted, sum.seen,
				sum.safe, sum.right, sum.known, sum.proposed, sum.clean, sum.alarms, sum.ofFile, sum.unlike)
			all.add(sum)
			for _, miss := range sum.misses[:min(len(sum.misses), 8)] {
				t.Logf("%s/%s %s", layout, kind, miss)
			}
		}
	}
	table.Flush()
	t.Logf("\n%s", report.String())
	t.Logf("people %d/%d, faults %d/%d, safe fixes %d/%d, proposals %d/%d, false alarms %d/%d rows, %d of files, %d unlike", all.found, all.people, all.seen,
		all.planted, all.right, all.safe, all.proposed, all.known, all.alarms, all.clean, all.ofFile, all.unlike)
	judge(t, all)
}

// judge fails below what is promised.
func judge(t *testing.T, all tally) {
	t.Helper()
	if all.found != all.people || all.unlike > 0 {
		t.Errorf("%d of %d people are read, %d values differ", all.found, all.people, all.unlike)
	}
	if all.seen != all.planted {
		t.Errorf("%d faults were not found", all.planted-all.seen)
	}
	if all.right != all.safe {
		t.Errorf("%d safe fixes are wrong", all.safe-all.right)
	}
	if all.alarms*1000 > all.clean || all.ofFile > 0 {
		t.Errorf("%d false alarms in %d rows, %d about files", all.alarms, all.clean, all.ofFile)
	}
}

// scoreOne makes, reads and checks one list.
func scoreOne(t *testing.T, o sample.Options) (sum tally) {
	t.Helper()
	body, truth, err := sampleFile(o)
	if err != nil {
		t.Fatal(err)
	}
	book, err := workbooks{}.Read(context.Background(), bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatalf("%s: %v", o.Layout, err)
	}
	ro, err := roster.Read(book, roster.ReadOptions{Compact: true})
	if err != nil {
		t.Fatalf("%s: %v", o.Layout, err)
	}
	if ro.Kind != truth.Kind {
		t.Errorf("%s of kind %s is read as %s", o.Layout, truth.Kind, ro.Kind)
	}
	rows := map[sample.Place]int{}
	for rec := range ro.Records {
		rows[sample.Place{Sheet: ro.Sheets[ro.Records[rec].Sheet].Name, Row: ro.Records[rec].Row}] = rec
	}
	sum.people = len(truth.People)
	for _, p := range truth.People {
		if _, ok := rows[sample.Place{Sheet: p.Sheet, Row: p.Row}]; ok {
			sum.found++
		} else {
			sum.miss("seed %d: nobody is read in row %d of %s", o.Seed, p.Row, p.Sheet)
		}
	}
	if extra := len(ro.Records) - sum.found; extra > 0 {
		sum.unlike += extra
		sum.miss("seed %d: %d rows are read as people who are none", o.Seed, extra)
	}
	found := map[int][]check.Finding{}
	for _, f := range check.New(ro, kind.Of(ro.Kind).Rules, o.AsOf).Findings() {
		found[f.Record] = append(found[f.Record], f)
	}
	sum.faults(o, truth, rows, found)
	sum.cleanRows(o, truth, rows, found)
	sum.values(o, truth, ro, rows)
	for _, f := range found[-1] {
		if !slices.Contains(truth.OfFile, f.Code) {
			sum.ofFile++
			sum.miss("seed %d: of the file: %s %s %q %v", o.Seed, f.Code, f.Field, f.Value, f.Args)
		}
	}
	return sum
}

// faults counts the faults that are found, and the fixes that are right.
func (t *tally) faults(o sample.Options, truth sample.Truth, rows map[sample.Place]int, found map[int][]check.Finding) {
	for _, e := range truth.Expect {
		rec, ok := rows[sample.Place{Sheet: e.Sheet, Row: e.Row}]
		t.planted++
		if !ok {
			continue
		}
		at := slices.IndexFunc(found[rec], func(f check.Finding) bool {
			return slices.Contains(e.Codes, f.Code) && (e.Field == "record" || e.Field == "family" || f.Field.String() == e.Field)
		})
		if at < 0 {
			t.miss("seed %d: %s of row %d is not found, but %v", o.Seed, e.Codes[0], e.Row, codesOf(found[rec]))
			continue
		}
		t.seen++
		if e.Fix != nil && found[rec][at].Code == e.Codes[0] {
			t.known++
			if viet.FoldTone(found[rec][at].Suggestion) == viet.FoldTone(*e.Fix) {
				t.proposed++
			} else {
				t.miss("seed %d: %s of %q in row %d is %q, proposed %q", o.Seed, e.Codes[0], found[rec][at].Value, e.Row, *e.Fix, found[rec][at].Suggestion)
			}
		}
	}
	for _, p := range truth.People {
		rec := rows[sample.Place{Sheet: p.Sheet, Row: p.Row}]
		for _, f := range found[rec] {
			right, known := p.Right[f.Field.String()]
			if f.Fix != check.Auto && f.Fix != check.Checked || !known {
				continue
			}
			t.safe++
			if f.Suggestion == right || viet.FoldTone(f.Suggestion) == viet.FoldTone(right) || viet.Same(f.Value, f.Suggestion) || // what is only tidied stays what it is
				strings.TrimLeft(f.Suggestion, "0") == strings.TrimLeft(f.Value, "0") {
				t.right++
			} else {
				t.miss("seed %d: row %d: %s of %q is %q, fixed to %q", o.Seed, p.Row, f.Code, f.Value, right, f.Suggestion)
			}
		}
	}
}

// cleanRows counts the rows in which something is found that is not there.
func (t *tally) cleanRows(o sample.Options, truth sample.Truth, rows map[sample.Place]int, found map[int][]check.Finding) {
	for _, place := range truth.Clean {
		rec, ok := rows[place]
		t.clean++
		if ok && len(found[rec]) > 0 {
			t.alarms++
			f := found[rec][0]
			t.miss("seed %d: row %d is clean, and has %v (%s %q)", o.Seed, place.Row, codesOf(found[rec]), f.Field, f.Value)
		}
	}
}

// values counts what is read from clean rows otherwise than it was written.
func (t *tally) values(o sample.Options, truth sample.Truth, ro *roster.Roster, rows map[sample.Place]int) {
	for _, place := range truth.Clean {
		rec, ok := rows[place]
		person, known := truth.At(place.Sheet, place.Row)
		if !ok || !known {
			continue
		}
		for name := range truth.Sheets[place.Sheet].Fields {
			field, _ := roster.ParseField(name)
			want, has := person.Right[name]
			if !has || field == roster.BirthDate {
				continue
			}
			got := ro.Value(rec, field).Text
			if got, _, _ = strings.Cut(got, " ("); got != want {
				t.unlike++
				t.miss("seed %d: row %d: %s is %q, read %q", o.Seed, place.Row, name, want, got)
			}
		}
	}
}

func codesOf(found []check.Finding) []string {
	var codes []string
	for _, f := range found {
		codes = append(codes, f.Code)
	}
	return codes
}
