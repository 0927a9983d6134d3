package check

import (
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lamsach/core/civil"
	"lamsach/core/roster"
	"lamsach/core/sample"
)

// TestPartsFindTheSame: however the people of a list are shared out, and whoever looks at them, the same is found, also after changes.
func TestPartsFindTheSame(t *testing.T) {
	today := civil.Date{Year: 2026, Month: 11, Day: 22}
	beside := func(parts int, do func(int)) {
		var all sync.WaitGroup
		for i := range parts {
			all.Go(func() { do(i) })
		}
		all.Wait()
	}
	for _, layout := range []string{"plain", "worn", "payroll"} {
		read := func(crew Crew, shares int) (*roster.Roster, *Checker) {
			grid, _ := sample.Make(sample.Options{Layout: layout, Rows: 700, Seed: 5, FaultRate: 0.4, AsOf: today})
			ro, err := roster.Read(grid.Book(), roster.ReadOptions{Compact: true})
			if err != nil {
				t.Fatal(err)
			}
			rules := Rules()
			if ro.Kind == roster.KindBeneficiary {
				rules = BeneficiaryRules()
			}
			c := &Checker{ro: ro, rules: rules, today: today}
			c.begin(crew, shares)
			return ro, c
		}
		one, whole := read(inTurn, 1)
		for _, shares := range []int{2, 3, 7} {
			t.Run(fmt.Sprint(layout, " in ", shares), func(t *testing.T) {
				_, shared := read(beside, shares)
				if diff := cmp.Diff(whole.Findings(), shared.Findings()); diff != "" {
					t.Fatal(diff)
				}
				_, want := read(inTurn, 1) // whose list rules run after the change alone
				if diff := cmp.Diff(want.Tidy(), shared.Tidy()); diff != "" {
					t.Errorf("changed: %s", diff)
				}
				if diff := cmp.Diff(want.Findings(), shared.Findings()); diff != "" {
					t.Errorf("after changes: %s", diff)
				}
			})
		}
		if len(whole.Findings()) < 100 || len(one.Records) < 700 {
			t.Errorf("%s: %d findings about %d people prove little", layout, len(whole.Findings()), len(one.Records))
		}
	}
}
