package review

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"lamsach/core/check"
	"lamsach/core/fault"
)

// TestOldFontIsOneNote: an old font of several columns, and of several sheets, is told once.
func TestOldFontIsOneNote(t *testing.T) {
	font := func(sheet int, column string, n int) check.Finding {
		return check.Finding{Code: "file.encoding", Record: -1, Sheet: sheet, Args: fault.Args{"Column": column, "Header": column, "N": n}}
	}
	first := font(0, "B", 39)
	v := view{all: []check.Finding{first, {Code: "sex.missing", Record: 3}, {Code: "file.hidden", Record: -1}, font(0, "AA", 2), font(1, "B", 10)}}
	want := []check.Finding{
		{Code: "file.encoding", Record: -1, Args: fault.Args{"Column": "B, AA", "Header": "B", "N": 51}}, {Code: "file.hidden", Record: -1},
	}
	if diff := cmp.Diff(want, v.aboutFile()); diff != "" {
		t.Error(diff)
	}
	if first.Args["N"] != 39 {
		t.Error("the finding itself was changed")
	}
}
