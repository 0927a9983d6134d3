package difficulty_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lamsach/core/civil"
	"lamsach/core/difficulty"
	"lamsach/core/fault"
	"lamsach/core/officer"
)

var (
	now    = time.Date(2026, 11, 22, 1, 0, 0, 0, time.UTC)
	raiser = officer.Officer{ID: "o1", UnitCode: "03868", Role: officer.RoleOfficer}
	above  = officer.Officer{ID: "o2", UnitCode: "14", Role: officer.RoleSupervisor}
)

func TestSteps(t *testing.T) {
	open := difficulty.Raise(difficulty.Difficulty{ID: "d", Number: 7}, "14", "Khó", raiser, now)
	if open.Name() != "VM-03868-0007" || open.Text() != "Khó" || open.State != difficulty.Open {
		t.Fatalf("%+v", open)
	}
	answered, err := open.Reply("Dễ", above, now)
	if err != nil || answered.State != difficulty.Answered {
		t.Fatal(answered, err)
	}
	closed, err := answered.Settle(raiser, now)
	if err != nil || closed.State != difficulty.Closed {
		t.Fatal(closed, err)
	}
	for _, c := range []struct {
		name string
		of   difficulty.Difficulty
		do   func(difficulty.Difficulty) (difficulty.Difficulty, error)
		want difficulty.State // empty: refused
	}{
		{"answer once more", answered, reply, difficulty.Answered},
		{"answer a closed one", closed, reply, ""},
		{"pass an open one on", open, pass, difficulty.Open},
		{"pass an answered one on", answered, pass, ""},
		{"pass a closed one on", closed, pass, ""},
		{"reopen an open one", open, reopen, ""},
		{"reopen an answered one", answered, reopen, difficulty.Open},
		{"reopen a closed one", closed, reopen, ""},
		{"withdraw an open one", open, settle, difficulty.Closed},
		{"close a closed one", closed, settle, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := len(c.of.Entries)
			got, err := c.do(c.of)
			if c.want == "" {
				if !fault.Is(err, fault.Closed) || got.Version != c.of.Version {
					t.Fatalf("%+v, %v: not refused", got, err)
				}
				return
			}
			if err != nil || got.State != c.want || got.Version != c.of.Version+1 || len(got.Entries) != before+1 || len(c.of.Entries) != before {
				t.Errorf("%+v, %v", got, err)
			}
		})
	}
}

func reply(d difficulty.Difficulty) (difficulty.Difficulty, error) { return d.Reply("a", above, now) }
func pass(d difficulty.Difficulty) (difficulty.Difficulty, error) {
	return d.Pass("VN", "b", above, now)
}
func reopen(d difficulty.Difficulty) (difficulty.Difficulty, error) {
	return d.Reopen("c", raiser, now)
}
func settle(d difficulty.Difficulty) (difficulty.Difficulty, error) { return d.Settle(raiser, now) }

func TestHoldersGoUpwards(t *testing.T) {
	tree, on := officer.Builtin(), civil.Date{Year: 2026, Month: 11, Day: 22}
	holders := difficulty.Holders(tree, "03868", on)
	if !slices.Equal(holders, []string{"03868", "14", officer.Country}) {
		t.Fatal(holders)
	}
	for _, c := range []struct {
		after   string
		staffed []string
		want    string
	}{
		{"03868", []string{"14", officer.Country}, "14"},
		{"03868", []string{officer.Country}, officer.Country}, // nobody works in the province
		{"03868", nil, "14"}, // it waits at the nearest until somebody does
		{"14", nil, officer.Country},
		{"", []string{"03868", "14"}, "03868"}, // a colleague in the unit itself
		{"", nil, "14"},
		{officer.Country, nil, ""},
	} {
		got, ok := difficulty.Next(holders, "03868", c.after, func(u string) bool { return slices.Contains(c.staffed, u) })
		if got != c.want || ok != (c.want != "") {
			t.Errorf("after %s with %v: %q, %v; want %q", c.after, c.staffed, got, ok, c.want)
		}
	}
}

// TestNothingIsLost takes steps at random: each that is taken stays, in its order, and none goes down.
func TestNothingIsLost(t *testing.T) {
	steps := []func(difficulty.Difficulty) (difficulty.Difficulty, error){reply, pass, reopen, settle}
	rapid.Check(t, func(t *rapid.T) {
		d := difficulty.Raise(difficulty.Difficulty{ID: "d", Number: 1}, "14", "Khó", raiser, now)
		for _, at := range rapid.SliceOfN(rapid.IntRange(0, len(steps)-1), 0, 20).Draw(t, "steps") {
			next, err := steps[at](d)
			if err != nil {
				if next.Version != d.Version || next.State != d.State || len(next.Entries) != len(d.Entries) {
					t.Fatalf("refused and changed: %+v", next)
				}
				continue
			}
			if !slices.Equal(next.Entries[:len(d.Entries)], d.Entries) || next.Version != len(next.Entries) {
				t.Fatalf("entries were lost: %+v after %+v", next, d)
			}
			d = next
		}
		if d.Text() != "Khó" || d.Unit != "03868" {
			t.Fatalf("%+v", d)
		}
	})
}
