package roster_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"lamsach/core/roster"
)

// A record tells what was decided last, and a copy of it what held when it was copied.
func TestDecideLeavesCopiesAlone(t *testing.T) {
	fixed := map[roster.Field]roster.Fix{roster.Sex: {Value: "Nữ", By: roster.ByOfficer}}
	first := roster.Decisions{Status: roster.MovedOut, Fixed: fixed, Waived: map[string]string{"full_name.single_word": "x"}}
	var record roster.Record
	tells := func(r *roster.Record, want roster.Decisions) {
		t.Helper()
		if diff := cmp.Diff(want, r.Decided()); diff != "" {
			t.Errorf("decided (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(want.Fixed, r.Fixed()); diff != "" || r.Status() != want.Status {
			t.Errorf("status %q, want %q; fixed (-want +got):\n%s", r.Status(), want.Status, diff)
		}
	}
	tells(&record, roster.Decisions{})
	d := first
	record.Decide(d)
	d.Status = roster.Abroad // of the caller alone
	tells(&record, first)

	copied := record
	second := roster.Decisions{Status: roster.Duplicate, SameAs: "0:7", NotSame: []string{"0:9"}, Police: true, Earlier: &roster.Earlier{Row: 3}}
	record.Decide(second)
	tells(&record, second)
	tells(&copied, first)
	copied.Decide(roster.Decisions{Fixed: map[roster.Field]roster.Fix{}, Waived: map[string]string{}}) // says nothing
	tells(&copied, roster.Decisions{})
	tells(&record, second)
}
