package ledger_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"lamsach/core/ledger"
)

func TestNumbersComeBack(t *testing.T) {
	numbers := make([]int, ledger.Figures)
	for i := range numbers {
		numbers[i] = i + 1
	}
	tally, err := ledger.ReadTally("Bản Bẹ", numbers)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(numbers, tally.Numbers()); diff != "" {
		t.Error(diff)
	}
	if tally.First.People != 1 || tally.Now.People != 12 || tally.Doubled != ledger.Figures {
		t.Errorf("%+v: kept numbers mean something else now", tally)
	}
	short, err := ledger.ReadTally("", numbers[:12])
	if err != nil || short.Now.People != 12 || short.Now.Clean != 0 {
		t.Errorf("of an earlier version: %+v, %v", short, err)
	}
	if _, err := ledger.ReadTally("", append(numbers, 1)); err == nil {
		t.Error("numbers of a later version were read")
	}
	sum := ledger.Sum([]ledger.Tally{tally, tally})
	if sum.Now.Clean != 26 || sum.Hamlet != "" {
		t.Errorf("sum %+v", sum)
	}
	sum.Add(tally, -2)
	if !sum.IsZero() || tally.IsZero() {
		t.Errorf("rest %+v", sum)
	}
}
