package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"lamsach/core/fault"
	"lamsach/core/roster"
	"lamsach/paper"
	"lamsach/paper/papertest"
)

const (
	asStorm       = "LAMSACH_TEST_STORM"  // the child: the file whose mutations it reads
	stormCopies   = "LAMSACH_MUTATIONS"   // how many of each kind: make mutations sets 1,500
	fewCopies     = 200                   // in make test, which has no minutes for it
	mostStormKB   = 300 << 10             // memory that was ever in use
	mostStormTime = 10 * time.Second      // for one reading
	hostileNumber = "4294967295999999999" // beyond what any reader may believe
)

// stormOutcome is what became of the mutations of one file.
type stormOutcome struct {
	Kind                    string
	Refused, Whole, Changed int
	Early                   []string // readings that ended before the file did, and did not say so
	Trouble                 []string // panics, readings without an end, errors without a sentence
	PeakKB                  int
}

// stormKinds are the files whose mutations are read: one that another program wrote, or was made as other programs write it.
func stormKinds(t testing.TB) map[string][]byte {
	t.Helper()
	kinds := map[string][]byte{}
	for kind, name := range map[string]string{
		"xlsx shared": "official.xlsx", "xls": "official.xls", "ods": "official.ods", "csv": "official.csv", "html": "official.html", "xml": "official.xml", "docx": "official.docx",
	} {
		content, err := os.ReadFile(filepath.Join("../../paper/testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		kinds[kind] = content
	}
	kinds["xlsm"] = withMacros(t, kinds["xlsx shared"], false)
	kinds["xlsx inline"] = inlined(t, kinds["xlsx shared"])
	return kinds
}

// inlined is a workbook with its texts in the cells, as streaming writers write them.
func inlined(t testing.TB, content []byte) []byte {
	t.Helper()
	book, err := openBook(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	var grid roster.Grid
	for _, s := range book.Sheets {
		sheet := roster.GridSheet{Name: s.Name}
		for row, err := range s.Rows {
			if err != nil {
				t.Fatal(err)
			}
			made := roster.GridRow{Number: row.Number}
			for _, c := range row.Cells {
				made.Cells = append(made.Cells, roster.GridCell{Cell: c})
			}
			sheet.Rows = append(sheet.Rows, made)
		}
		grid.Sheets = append(grid.Sheets, sheet)
	}
	var out bytes.Buffer
	if err := (workbooks{}).Write(&out, grid); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestMutatedFiles reads mutations of every kind of file, each kind in a process of its own: nothing panics, nothing hangs, no
// reading ends early without saying so, and the memory that was ever in use stays small.
func TestMutatedFiles(t *testing.T) {
	folder := t.TempDir()
	for kind, content := range stormKinds(t) {
		t.Run(kind, func(t *testing.T) {
			file := filepath.Join(folder, strings.ReplaceAll(kind, " ", "-"))
			if err := os.WriteFile(file, content, 0o600); err != nil {
				t.Fatal(err)
			}
			cmd := exec.CommandContext(t.Context(), os.Args[0])
			cmd.Env = append(os.Environ(), asStorm+"="+file, "GOMAXPROCS=1")
			var problems bytes.Buffer
			cmd.Stderr = &problems
			out, err := cmd.Output()
			if err != nil {
				t.Fatalf("%v\n%s", err, tail(problems.String(), 2000))
			}
			var found stormOutcome
			if err := json.Unmarshal(out, &found); err != nil {
				t.Fatal(err)
			}
			t.Logf("%d refused, %d read whole, %d changed, %d ended early; at most %d MB", found.Refused, found.Whole, found.Changed, len(found.Early), found.PeakKB>>10)
			for _, trouble := range append(found.Trouble, found.Early...) {
				t.Error(trouble)
			}
			if found.PeakKB <= 0 || found.PeakKB > mostStormKB {
				t.Errorf("%d kB of memory", found.PeakKB)
			}
			if found.Refused == 0 || found.Refused+found.Whole+found.Changed < copiesOfStorm() {
				t.Errorf("outcome %+v", found)
			}
		})
	}
}

func copiesOfStorm() int {
	if n, err := strconv.Atoi(os.Getenv(stormCopies)); err == nil {
		return n
	}
	return fewCopies
}

// storm is the life of the child.
func storm(file string) {
	content, err := os.ReadFile(file)
	if err != nil {
		panic(err)
	}
	s := newStorm(content)
	for i := range copiesOfStorm() {
		s.read(i)
	}
	status, err := os.ReadFile("/proc/self/status")
	if err == nil {
		_, after, _ := strings.Cut(string(status), "VmHWM:")
		s.found.PeakKB, _ = strconv.Atoi(strings.Fields(after + " 0")[0])
	}
	if err := json.NewEncoder(os.Stdout).Encode(s.found); err != nil {
		panic(err)
	}
}

// stormy is the file whose mutations are read.
type stormy struct {
	content []byte
	format  paper.Format
	random  *rand.Rand
	whole   map[string]roster.Cell
	last    string // a text that stands in the last row, once in the file
	found   stormOutcome
}

func newStorm(content []byte) *stormy {
	s := &stormy{content: content, random: rand.New(rand.NewPCG(11, uint64(len(content))))}
	var err error
	if s.format, err = paper.Sniff(bytes.NewReader(content), int64(len(content))); err != nil {
		panic(err)
	}
	s.found.Kind = string(s.format)
	if s.whole, _, err = s.open(content); err != nil {
		panic(err)
	}
	s.last = lastText(s.whole)
	return s
}

// open reads a file; remarked tells that something was said of what could not be read.
func (s *stormy) open(content []byte) (cells map[string]roster.Cell, remarked bool, err error) {
	book, err := openBook(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, false, err
	}
	cells, err = papertest.Read(book)
	return cells, err == nil && book.Remarks != nil && len(book.Remarks()) > 0, err
}

// lastText is the longest text of the last row that has one.
func lastText(cells map[string]roster.Cell) string {
	best, text := 0, ""
	for place, cell := range cells {
		parts := strings.Split(place, "!")
		if len(parts) != 3 || cell.Kind != roster.Text {
			continue
		}
		row, _ := strconv.Atoi(parts[1])
		if row > best || row == best && len(cell.Text) > len(text) {
			best, text = row, cell.Text
		}
	}
	return text
}

// read reads one mutation under a deadline.
func (s *stormy) read(i int) {
	damaged, packed := s.mutate(i)
	type result struct {
		cells    map[string]roster.Cell
		remarked bool
		err      error
		panicked any
	}
	done := make(chan result, 1)
	go func() {
		var r result
		defer func() {
			r.panicked = recover()
			done <- r
		}()
		r.cells, r.remarked, r.err = s.open(damaged)
	}()
	deadline := time.NewTimer(mostStormTime)
	defer deadline.Stop()
	var r result
	select {
	case r = <-done:
	case <-deadline.C:
		s.found.Trouble = append(s.found.Trouble, fmt.Sprintf("copy %d hangs", i))
		return
	}
	var said *fault.Error
	switch {
	case r.panicked != nil:
		s.found.Trouble = append(s.found.Trouble, fmt.Sprintf("copy %d: panic: %v", i, r.panicked))
	case r.err != nil && !errors.As(r.err, &said):
		s.found.Trouble = append(s.found.Trouble, fmt.Sprintf("copy %d: an error without a sentence: %v", i, r.err))
	case r.err != nil:
		s.found.Refused++
	case len(r.cells) == len(s.whole):
		s.found.Whole++
	default:
		s.found.Changed++
		if !r.remarked && s.early(damaged, packed, r.cells) {
			s.found.Early = append(s.found.Early, fmt.Sprintf("copy %d: %d cells of %d without an error", i, len(r.cells), len(s.whole)))
		}
	}
}

// early tells whether a reading ended before its file did: packed files have checksums, so what they lost must be told; in others the
// end of the list must have been read when it is still there.
func (s *stormy) early(damaged []byte, checked bool, cells map[string]roster.Cell) bool {
	if checked || s.format == paper.XLS {
		return len(cells) < len(s.whole)
	}
	for _, cell := range cells {
		if strings.Contains(cell.Text, s.last) {
			return false
		}
	}
	switch s.format {
	case paper.XLSX, paper.ODS, paper.DOCX:
		return strings.Contains(partsText(damaged), s.last)
	}
	return bytes.Contains(damaged, []byte(s.last))
}

// mutate makes a mutation, and tells whether checksums must have told of it: the bytes of the file, or, of a file of packed parts and every
// other time, the text of a part, packed well again.
func (s *stormy) mutate(i int) (damaged []byte, checked bool) {
	packedParts := s.format == paper.XLSX || s.format == paper.ODS || s.format == paper.DOCX
	if packedParts && i%2 == 1 {
		return s.repacked(), false
	}
	if !packedParts && s.format != paper.XLS && i%2 == 1 {
		return hostile(s.content, s.random), false
	}
	return papertest.Damage(s.content, s.random), packedParts
}

// repacked changes the text of one of the larger parts.
func (s *stormy) repacked() []byte {
	z, err := zip.NewReader(bytes.NewReader(s.content), int64(len(s.content)))
	if err != nil {
		panic(err)
	}
	files := slices.Clone(z.File)
	slices.SortStableFunc(files, func(a, b *zip.File) int { return int(b.UncompressedSize64) - int(a.UncompressedSize64) })
	chosen := files[s.random.IntN(min(3, len(files)))].Name
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		body := partBody(f)
		if f.Name == chosen {
			body = hostile(body, s.random)
		}
		part, err := w.Create(f.Name)
		if err == nil {
			_, err = part.Write(body)
		}
		if err != nil {
			panic(err)
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func partBody(f *zip.File) []byte {
	part, err := f.Open()
	if err != nil {
		return nil
	}
	defer part.Close()
	body, _ := io.ReadAll(part) // a damaged part has no text
	return body
}

// partsText is the text of all parts of a packed file, as far as it can be read.
func partsText(content []byte) string {
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return ""
	}
	var all strings.Builder
	for _, f := range z.File {
		all.Write(partBody(f))
	}
	return all.String()
}

// hostile changes a text: cut, bits turned, and numbers that nobody may believe in the place of others.
func hostile(text []byte, random *rand.Rand) []byte {
	out := bytes.Clone(text)
	for range 1 + random.IntN(2) {
		if len(out) == 0 {
			return out
		}
		at := random.IntN(len(out))
		switch random.IntN(5) {
		case 0:
			out = out[:at]
		case 1:
			out[at] ^= 1 << random.IntN(8)
		default:
			from := bytes.IndexAny(out[at:], "0123456789")
			if from < 0 {
				continue
			}
			from += at
			to := from
			for to < len(out) && out[to] >= '0' && out[to] <= '9' {
				to++
			}
			number := []string{hostileNumber, "0", "-1", "1048577", "65536", "2147483648", "1e308", "NaN"}[random.IntN(8)]
			out = slices.Concat(out[:from], []byte(number), out[to:])
		}
	}
	return out
}
