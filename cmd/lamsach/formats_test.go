package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lamsach/core/check"
	"lamsach/core/civil"
	"lamsach/core/fault"
	"lamsach/core/kind"
	"lamsach/core/report"
	"lamsach/core/roster"
	"lamsach/paper"
)

// openedList is a list with what is found in it.
type openedList struct {
	content  []byte
	ro       *roster.Roster
	checker  *check.Checker
	findings []check.Finding
}

// checkedBook reads and checks a file of any kind in this process.
func checkedBook(t *testing.T, content []byte, asOf civil.Date) openedList {
	t.Helper()
	book, err := openBook(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	ro, err := roster.Read(book, roster.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	checker := check.New(ro, kind.Of(ro.Kind).Rules, asOf)
	return openedList{content: content, ro: ro, checker: checker, findings: checker.Findings()}
}

// found is what a finding says, whatever file it is in.
type found struct {
	Row   int
	Field roster.Field
	Code  string
	Fix   string
}

func foundIn(f openedList) []found {
	var all []found
	for _, one := range f.findings {
		row := 0
		if one.Record >= 0 {
			row = f.ro.Records[one.Record].Row
		}
		all = append(all, found{row, one.Field, one.Code, one.Suggestion})
	}
	return all
}

// TestOneListInEveryFormat holds what is found in a list, and the workbook that is given back, to be the same whatever file it came in.
func TestOneListInEveryFormat(t *testing.T) {
	asOf := readSpecimenTruth(t, "official").AsOf
	open := func(name string) []byte {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return content
	}
	want := checkedBook(t, open("../../paper/testdata/official.xlsx"), asOf)
	for name, format := range map[string]paper.Format{
		"../../paper/testdata/official.csv": paper.CSV, "../../paper/testdata/official.html": paper.HTML,
		"../../paper/html/testdata/official.xml": paper.XML2003, "../../paper/testdata/official.xls": paper.XLS, "../../paper/testdata/official.ods": paper.ODS,
	} {
		t.Run(string(format), func(t *testing.T) {
			list := checkedBook(t, open(name), asOf)
			if diff := cmp.Diff(foundIn(want), foundIn(list)); diff != "" {
				t.Errorf("other findings (-xlsx +%s):\n%s", format, diff)
			}
			if changed := check.ApplyAuto(list.ro, list.findings); len(changed) > 0 {
				list.checker.Recheck(changed...)
			}
			plan := report.Plan(list.ro, list.checker, func(text fault.Text) string { return words("vi", text) })
			var out bytes.Buffer
			if err := (workbooks{}).Copy(context.Background(), bytes.NewReader(list.content), int64(len(list.content)), &out, plan); err != nil {
				t.Fatal(err)
			}
			content := bytes.Clone(out.Bytes())
			if got, err := paper.Sniff(bytes.NewReader(content), int64(len(content))); err != nil || got != paper.XLSX {
				t.Fatalf("the copy is %q, %v", got, err)
			}
			copied := checkedBook(t, content, asOf)
			var before, after []int
			for i := range list.ro.Records {
				before = append(before, list.ro.Records[i].Row)
			}
			for i := range copied.ro.Records {
				after = append(after, copied.ro.Records[i].Row)
			}
			if diff := cmp.Diff(before, after); diff != "" {
				t.Errorf("people stand elsewhere in the copy:\n%s", diff)
			}
			if left := len(list.checker.Findings()); len(copied.findings) != left {
				t.Errorf("%d findings in the copy, %d were left", len(copied.findings), left)
			}
		})
	}
}

func TestCopyOfARefusedFileWritesNothing(t *testing.T) {
	err := workbooks{}.Copy(context.Background(), bytes.NewReader([]byte("%PDF-1.7")), 8, io.Discard, report.Copy{})
	if !fault.Is(err, fault.Unreadable) {
		t.Errorf("got %v", err)
	}
}
