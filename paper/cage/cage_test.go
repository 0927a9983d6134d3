package cage_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lamsach/core/fault"
	"lamsach/core/roster"
	"lamsach/paper/cage"
)

const asChild = "CAGE_TEST_CHILD"

func TestMain(m *testing.M) {
	if behaviour := os.Getenv(asChild); behaviour != "" {
		if err := cage.Serve(os.Stdin, os.Stdout, boundsOf(behaviour), openAs(behaviour)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

func boundsOf(behaviour string) cage.Bounds {
	b := cage.DefaultBounds()
	if behaviour == "spin" {
		b.Seconds = 1
	}
	return b
}

// openAs plays readers that behave, and readers that do not.
func openAs(behaviour string) cage.Open {
	return func(r io.ReaderAt, size int64) (roster.Book, error) {
		if behaviour == "as told" { // by the file
			told := make([]byte, size)
			if _, err := r.ReadAt(told, 0); err != nil {
				return roster.Book{}, err
			}
			return openAs(string(told))(r, size)
		}
		switch behaviour {
		case "refuse":
			return roster.Book{}, fault.New(fault.Unreadable, "file.truncated", "Rows", 17)
		case "hog":
			var kept [][]byte
			for {
				block := make([]byte, 64<<20)
				for i := range block {
					block[i] = 1
				}
				kept = append(kept, block)
				if len(kept) > 1<<20 {
					return roster.Book{}, errors.New("memory without end")
				}
			}
		case "spin":
			for n := 0; ; n++ {
				if n < 0 {
					break
				}
			}
		case "who":
			return grid(strconv.Itoa(os.Getpid())).Book(), nil
		case "die":
			os.Exit(3)
		case "panic":
			panic("a reader's mistake")
		case "midway":
			book := grid(behaviour).Book()
			rows := book.Sheets[0].Rows
			book.Sheets[0].Rows = func(yield func(roster.SheetRow, error) bool) {
				rows(yield)
				yield(roster.SheetRow{}, fault.New(fault.Unreadable, "file.truncated", "Rows", 300))
			}
			return book, nil
		case "write":
			path := filepath.Join(os.TempDir(), "lamsach-cage-test")
			err := os.WriteFile(path, []byte("x"), 0o600)
			os.Remove(path)
			if err == nil {
				return roster.Book{}, fault.New(fault.Conflict, "a file could be written")
			}
		}
		book := grid(behaviour).Book()
		if behaviour == "long" {
			for i := range book.Sheets {
				book.Sheets[i].Expect = func() int { return 10_000 + i }
			}
		}
		if name, found := strings.CutPrefix(behaviour, "outline"); found {
			for i := range book.Sheets {
				book.Sheets[i].Outline = func() []byte { return []byte(strings.Repeat(name, 1+i)) }
			}
		}
		if behaviour == "remark" {
			book.Remarks = func() []fault.Text {
				return []fault.Text{fault.T("file.remark.cut", "Sheet", "Bản Bẹ", "Limit", 4096, "N", 2)}
			}
		}
		return book, nil
	}
}

func grid(behaviour string) roster.Grid {
	cell := func(text string) roster.GridCell {
		return roster.GridCell{Cell: roster.Cell{Kind: roster.Text, Text: text}}
	}
	sheet := func(name string) roster.GridSheet {
		s := roster.GridSheet{Name: name}
		rows := 300
		if behaviour == "long" { // more than a few frames
			rows = 10_000
		}
		for range rows {
			s.Rows = append(s.Rows, roster.GridRow{Cells: []roster.GridCell{cell("Lò Thị Thử"), cell(behaviour)}})
		}
		return s
	}
	return roster.Grid{Sheets: []roster.GridSheet{sheet("Bản Bẹ"), sheet("Bản Chống")}}
}

// caged makes a cage whose child behaves in a way.
func caged(t *testing.T, behaviour string) *cage.Cage {
	t.Helper()
	c, err := cage.New()
	if err != nil {
		t.Fatal(err)
	}
	c.Env = []string{asChild + "=" + behaviour}
	return c
}

// rowsOf reads a book to its end.
func rowsOf(book roster.Book) (rows []roster.SheetRow, err error) {
	for _, s := range book.Sheets {
		for row, err := range s.Rows {
			if err != nil {
				return rows, err
			}
			row.Cells = append([]roster.Cell(nil), row.Cells...)
			rows = append(rows, row)
		}
	}
	return rows, nil
}

func TestChildGivesTheSameRows(t *testing.T) {
	for _, behaviour := range []string{"well", "long"} {
		t.Run(behaviour, func(t *testing.T) {
			book, err := caged(t, behaviour).Read(t.Context(), bytes.NewReader([]byte("file")), 4)
			if err != nil {
				t.Fatal(err)
			}
			got, err := rowsOf(book)
			if err != nil {
				t.Fatal(err)
			}
			want, err := rowsOf(grid(behaviour).Book())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestRowsToExpect: what the child's reader says of a long sheet is known with its first row; of a short one nothing is said.
func TestRowsToExpect(t *testing.T) {
	for behaviour, want := range map[string][]int{"long": {10_000, 10_001}, "well": {0, 0}} {
		book, err := caged(t, behaviour).Read(t.Context(), bytes.NewReader(nil), 0)
		if err != nil {
			t.Fatal(err)
		}
		for i, s := range book.Sheets {
			for _, err := range s.Rows {
				if n := s.Expect(); err != nil || n != want[i] {
					t.Fatalf("%s: sheet %d: %d rows to expect, %v; want %d", behaviour, i, n, err, want[i])
				}
			}
		}
	}
}

// TestOutline: what reading a sheet told a copy of it comes out of the child with the sheet's end; what is too long to be kept does not.
func TestOutline(t *testing.T) {
	for _, name := range []string{"", "x", strings.Repeat("x", 50_000)} {
		book, err := caged(t, "outline"+name).Read(t.Context(), bytes.NewReader(nil), 0)
		if err != nil {
			t.Fatal(err)
		}
		for i, s := range book.Sheets {
			for _, err := range s.Rows {
				if err != nil || string(s.Outline()) == strings.Repeat(name, 1+i) && name != "" {
					t.Fatalf("in the middle of sheet %d: %v", i, err)
				}
			}
			want := strings.Repeat(name, 1+i)
			if len(want) > 64<<10 {
				want = ""
			}
			if got := string(s.Outline()); got != want {
				t.Errorf("sheet %d: an outline of %d bytes, want %d", i, len(got), len(want))
			}
		}
	}
}

// TestHostileSize: a child that was told of more than the bound, or of less than nothing, does not begin.
func TestHostileSize(t *testing.T) {
	for _, size := range []uint64{21 << 20, 1 << 63, 1<<64 - 1} {
		in := bytes.NewReader(binary.BigEndian.AppendUint64(nil, size))
		c := exec.CommandContext(t.Context(), os.Args[0])
		c.Env, c.Stdin = []string{asChild + "=well"}, in
		if out, err := c.Output(); err == nil || len(out) > 0 {
			t.Errorf("size %d: %d bytes came, %v", size, len(out), err)
		}
	}
}

// TestNoFile: a child whose parent ended before it had a file ends well.
func TestNoFile(t *testing.T) {
	c := exec.CommandContext(t.Context(), os.Args[0])
	c.Env = []string{asChild + "=well"}
	if out, err := c.Output(); err != nil || len(out) > 0 {
		t.Errorf("%d bytes came, %v", len(out), err)
	}
}

// Rows before the trouble arrive.
func TestTroubleBehindRows(t *testing.T) {
	book, err := caged(t, "midway").Read(t.Context(), bytes.NewReader(nil), 0)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := rowsOf(book)
	var said *fault.Error
	if !errors.As(err, &said) || said.Key != "file.truncated" || len(rows) != 300 {
		t.Errorf("%d rows, error %v", len(rows), err)
	}
}

func TestSheetLeftEarly(t *testing.T) {
	book, err := caged(t, "long").Read(t.Context(), bytes.NewReader(nil), 0)
	if err != nil {
		t.Fatal(err)
	}
	for range book.Sheets[0].Rows {
		break
	}
	n := 0
	for _, err := range book.Sheets[1].Rows {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	if n != 10_000 {
		t.Errorf("%d rows of the second sheet", n)
	}
	for _, err := range book.Sheets[0].Rows {
		if err == nil {
			t.Error("a sheet was read twice")
		}
		break
	}
}

// What goes wrong in the child is one sentence in the parent, and never a shorter list.
func TestMisbehaviour(t *testing.T) {
	for _, c := range []struct {
		behaviour, key string
	}{
		{"refuse", "file.truncated"}, {"hog", "file.gave_up"}, {"spin", "file.gave_up"}, {"die", "file.gave_up"},
		{"panic", "file.gave_up"},
	} {
		t.Run(c.behaviour, func(t *testing.T) {
			book, err := caged(t, c.behaviour).Read(t.Context(), bytes.NewReader([]byte("file")), 4)
			if err == nil {
				_, err = rowsOf(book)
			}
			var said *fault.Error
			if !errors.As(err, &said) || said.Key != c.key {
				t.Fatalf("error %v, want %s", err, c.key)
			}
			if c.behaviour == "refuse" && said.Args["Rows"] != 17 {
				t.Errorf("arguments %v", said.Args)
			}
		})
	}
}

func TestChildWritesNoFile(t *testing.T) {
	book, err := caged(t, "write").Read(t.Context(), bytes.NewReader(nil), 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := rowsOf(book); err != nil {
		t.Error(err)
	}
}

func TestTooLarge(t *testing.T) {
	_, err := caged(t, "well").Read(t.Context(), bytes.NewReader(nil), 21<<20)
	var said *fault.Error
	if !errors.As(err, &said) || said.Key != "upload.too_large" {
		t.Errorf("error %v", err)
	}
}

func TestEndOfTheCaller(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	c := caged(t, "spin")
	c.Wall = time.Minute
	done := make(chan error, 1)
	go func() {
		_, err := c.Read(ctx, bytes.NewReader(nil), 0)
		done <- err
	}()
	cancel()
	if err := <-done; err == nil {
		t.Error("a cancelled read ended well")
	}
}

// What reading left out passes the pipe, also when the caller had no use for the last sheet.
func TestRemarks(t *testing.T) {
	want := []fault.Text{fault.T("file.remark.cut", "Sheet", "Bản Bẹ", "Limit", 4096, "N", 2)}
	for name, leave := range map[string]bool{"read to the end": false, "left early": true} {
		t.Run(name, func(t *testing.T) {
			book, err := caged(t, "remark").Read(t.Context(), bytes.NewReader(nil), 0)
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range book.Sheets {
				for _, err := range s.Rows {
					if err != nil {
						t.Fatal(err)
					}
					if leave {
						break
					}
				}
			}
			for range 2 {
				if diff := cmp.Diff(want, book.Remarks()); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
	book, err := caged(t, "well").Read(t.Context(), bytes.NewReader(nil), 0)
	if err != nil {
		t.Fatal(err)
	}
	if said := book.Remarks(); said != nil {
		t.Errorf("remarks that nobody made: %v", said)
	}
}
