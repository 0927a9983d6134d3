package officer

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"lamsach/core/fault"

	"github.com/google/go-cmp/cmp"
)

// TestRights walks the whole table: every role, action and relation, on a real tree, against the grid that a person has read and
// approved (testdata/rights.txt).
func TestRights(t *testing.T) {
	tree, hamlet, err := Builtin().AddHamlet("03868", "Bản Mẫu", today)
	if err != nil {
		t.Fatal(err)
	}
	units := map[Relation]string{Same: "03868", Above: "14", Below: hamlet.Code, Other: "03871"}
	var grid strings.Builder
	fmt.Fprintf(&grid, "%-18s", "")
	for _, role := range Roles() {
		fmt.Fprintf(&grid, "  %-18s", role)
	}
	for _, do := range Actions() {
		fmt.Fprintf(&grid, "\n%-18s", do)
		for _, role := range Roles() {
			var where []string
			for _, relation := range Relations() {
				if err := tree.May(role, "03868", do, units[relation], today); err == nil {
					where = append(where, relation.String())
				} else if !fault.Is(err, fault.Forbidden) {
					t.Errorf("%s %s %v: %v", role, do, relation, err)
				}
			}
			if len(where) == 0 {
				where = []string{"-"}
			}
			fmt.Fprintf(&grid, "  %-18s", strings.Join(where, " "))
		}
	}
	got := trimmed(grid.String())
	want, err := os.ReadFile("testdata/rights.txt")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("rights differ from testdata/rights.txt (-want +got):\n%s\n%s", diff, got)
	}
}

func trimmed(grid string) string {
	lines := strings.Split(grid, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n") + "\n"
}

// TestRightsHoldToPrinciples states what no change of the table may break.
func TestRightsHoldToPrinciples(t *testing.T) {
	personal := []Action{SeePeople, CorrectPeople, AddPeople, ExportPeople, AssignPeople, DeleteList, SeeHandover, CheckRegister}
	for _, role := range append(Roles(), "", "king") {
		for _, do := range append(Actions(), "", "people.sell") {
			if Allows(role, do, Other) {
				t.Errorf("%s may %s in a stranger's unit", role, do)
			}
			if Allows(role, do, Above) && do != SeeCampaign {
				t.Errorf("%s may %s above", role, do)
			}
			if Allows(role, do, 0) || Allows(role, do, Same|Below) || Allows(role, do, 255) {
				t.Errorf("%s may %s on what is no single relation", role, do)
			}
			known := slices.Contains(Roles(), role) && slices.Contains(Actions(), do)
			if !known && Allows(role, do, Same) {
				t.Errorf("%q may %q", role, do)
			}
		}
		for _, do := range personal {
			if Allows(role, do, Below) && role != RoleOfficer {
				t.Errorf("%s may %s below", role, do)
			}
			if (role == RoleAdmin || role == RoleSupervisor) && Allows(role, do, Same) {
				t.Errorf("%s may %s", role, do)
			}
		}
	}
	for role, actions := range rights {
		if !slices.Contains(Roles(), role) {
			t.Errorf("the table has a role %q", role)
		}
		for do := range actions {
			if !slices.Contains(Actions(), do) {
				t.Errorf("the table has an action %q", do)
			}
		}
	}
	for _, do := range Actions() {
		if !slices.ContainsFunc(Roles(), func(r Role) bool { return rights[r][do] != 0 }) {
			t.Errorf("nobody may %s", do)
		}
	}
}

func TestRefusals(t *testing.T) {
	tree := old(t)
	then := day(2023, 10, 1)
	tests := []struct {
		name string
		role Role
		own  string
		do   Action
		unit string
		late bool
		key  string
	}{
		{"own people", RoleOfficer, "118-01", SeePeople, "118-01", false, ""},
		{"people of the own hamlet", RoleOfficer, "118-01", SeePeople, "118-01-01", false, ""},
		{"a neighbour's people", RoleOfficer, "118-01", SeePeople, "118-02", false, "right.refused.unit"},
		{"an upper level's people", RoleOfficer, "118-01", SeePeople, "118", false, "right.refused.unit"},
		{"a supervisor wants people", RoleSupervisor, "118", SeePeople, "118-01", false, "right.refused.action"},
		{"a supervisor wants counts", RoleSupervisor, "118", SeeProgress, "118-01", false, ""},
		{"counts of another district", RoleSupervisor, "118", SeeProgress, "119-01", false, "right.refused.unit"},
		{"a helper's hamlet", RoleHelper, "118-01-01", SeePeople, "118-01-01", false, ""},
		{"a helper's commune", RoleHelper, "118-01-01", SeePeople, "118-01", false, "right.refused.unit"},
		{"after the merger", RoleOfficer, "118-01", SeePeople, "118-01", true, "right.refused.own_unit"},
		{"a unit that has ended", RoleAdmin, Country, SeeProgress, "118-01", true, "right.refused.unit_ended"},
		{"no such unit", RoleAdmin, Country, SeeProgress, "nowhere", false, "right.refused.unit_unknown"},
		{"no such own unit", RoleAdmin, "nowhere", SeeProgress, "118", false, "right.refused.own_unit"},
		{"no role", "", "118", SeeProgress, "118", false, "right.refused.action"},
		{"an empty code is no unit", RoleOfficer, "", SeePeople, "", false, "right.refused.own_unit"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			at := then
			if tt.late {
				at = today
			}
			err := tree.May(tt.role, tt.own, tt.do, tt.unit, at)
			if keyOf(err) != tt.key {
				t.Errorf("error %v, want %q", err, tt.key)
			}
			if err != nil && !fault.Is(err, fault.Forbidden) {
				t.Errorf("a refusal of kind %v", err)
			}
		})
	}
}

func TestMayGive(t *testing.T) {
	tree := old(t)
	at := day(2023, 10, 1)
	tests := []struct {
		name  string
		giver Role
		own   string
		role  Role
		unit  string
		key   string
	}{
		{"a district invites a commune's officer", RoleSupervisor, "118", RoleOfficer, "118-01", ""},
		{"and its police", RoleSupervisor, "118", RolePolice, "118-01", ""},
		{"and a helper of a hamlet", RoleSupervisor, "118", RoleHelper, "118-01-01", ""},
		{"a province invites a district's supervisor", RoleSupervisor, OldProvince("14"), RoleSupervisor, "118", ""},
		{"nobody invites a peer", RoleSupervisor, "118", RoleSupervisor, "118", "right.refused.unit"},
		{"nor a superior", RoleSupervisor, "118", RoleSupervisor, OldProvince("14"), "right.refused.unit"},
		{"nor into another district", RoleSupervisor, "118", RoleOfficer, "119-01", "right.refused.unit"},
		{"a supervisor makes no admin", RoleSupervisor, "118", RoleAdmin, "118-01", "right.refused.role"},
		{"an admin makes an admin", RoleAdmin, Country, RoleAdmin, "118", ""},
		{"an officer invites nobody", RoleOfficer, "118-01", RoleHelper, "118-01-01", "right.refused.action"},
		{"an officer sits in a commune", RoleAdmin, Country, RoleOfficer, "118", "right.refused.seat"},
		{"a helper sits in a hamlet", RoleAdmin, Country, RoleHelper, "118-01", "right.refused.seat"},
		{"no such role", RoleAdmin, Country, "king", "118-01", "right.refused.role"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := tree.MayGive(tt.giver, tt.own, tt.role, tt.unit, at); keyOf(err) != tt.key {
				t.Errorf("error %v, want %q", err, tt.key)
			}
		})
	}
	if err := tree.Seat(RoleOfficer, "nowhere"); keyOf(err) != "unit.unknown" {
		t.Errorf("a seat nowhere: %v", err)
	}
	for _, role := range Roles() {
		if len(seats[role].Levels) == 0 || len(seats[role].Givers) == 0 {
			t.Errorf("%s has no seat or no giver", role)
		}
	}
}
