package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lamsach/core/roster"
	"lamsach/paper/xlsx"
)

// overfull makes a list with a note of 5,000 letters: as a workbook with 205 columns, and as a text. A text with so many columns is
// refused, since it is nearly always one that is cut at the wrong places.
func overfull(t *testing.T) (workbook, text []byte) {
	t.Helper()
	header := []string{"STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Số định danh cá nhân", "Họ tên mẹ", "Ghi chú"}
	person := []string{"1", "Lò Thị Thử", "15/04/2016", "Nữ", "Thái", "014316001234", "Cà Thị Inh", strings.Repeat("ghi ", 1250)}
	text = []byte(strings.Join(header, ";") + "\n" + strings.Join(person, ";") + "\n")
	for i := len(header); i < 205; i++ {
		header, person = append(header, fmt.Sprint("Cột ", i)), append(person, "x")
	}
	grid := roster.Grid{Sheets: []roster.GridSheet{{Name: "Sheet1"}}}
	for i, line := range [][]string{header, person} {
		row := roster.GridRow{Number: i + 1}
		for _, text := range line {
			row.Cells = append(row.Cells, roster.GridCell{Cell: roster.Cell{Kind: roster.Text, Text: text}})
		}
		grid.Sheets[0].Rows = append(grid.Sheets[0].Rows, row)
	}
	var out bytes.Buffer
	if err := xlsx.WriteGrid(&out, grid); err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), text
}

// What reading left out is said once, on the command line as text and as JSON, and after it came through the child.
func TestRemarksAreSaidOnce(t *testing.T) {
	workbook, text := overfull(t)
	wide, long := "chỉ đọc 200 cột đầu; 10 ô", "1 ô dài hơn 4 096 ký tự"
	for _, c := range []struct {
		name    string
		content []byte
		said    []string
		codes   []string
	}{
		{"ds.xlsx", workbook, []string{wide, long}, []string{"file.remark.columns", "file.remark.cut"}},
		{"ds.csv", text, []string{long}, []string{"file.remark.cut"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), c.name)
			if err := os.WriteFile(file, c.content, 0o600); err != nil {
				t.Fatal(err)
			}
			plain, _, _ := runProgram(t, nil, "check", file)
			packed, _, _ := runProgram(t, nil, "check", "--format", "json", file)
			for _, words := range c.said {
				if strings.Count(plain, words) != 1 || strings.Count(packed, words) != 1 {
					t.Errorf("%q is not said once:\n%s\n%s", words, plain, packed)
				}
			}
			var report struct {
				Records int
				Remarks []struct{ Code, Text string }
			}
			if err := json.Unmarshal([]byte(packed), &report); err != nil {
				t.Fatal(err)
			}
			var codes []string
			for _, r := range report.Remarks {
				codes = append(codes, r.Code)
			}
			if report.Records != 1 || !slices.Equal(codes, c.codes) {
				t.Errorf("report %+v", report)
			}
		})
	}
}
