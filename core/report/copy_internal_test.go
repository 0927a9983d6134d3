package report

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestByRow(t *testing.T) {
	got := byRow([]RowText{{3, "c"}, {1, "a"}, {3, "d"}, {2, "b"}, {1, "e"}})
	if diff := cmp.Diff([]RowText{{1, "e"}, {2, "b"}, {3, "d"}}, got); diff != "" {
		t.Error(diff)
	}
}
