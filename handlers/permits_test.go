package handlers

import (
	"maps"
	"slices"
	"testing"

	"lamsach/core/officer"
)

// everyRoute lists all that can be asked for, as permits names it.
func everyRoute(b *Bot) []string {
	all := []string{"r"} // the review's own buttons
	for name := range b.commands() {
		all = append(all, "/"+name)
	}
	all = slices.AppendSeq(all, maps.Keys(b.menus()))
	for name := range forms() {
		all = append(all, "form:"+name)
	}
	for name := range notices() {
		all = append(all, "!"+name)
	}
	slices.Sort(all)
	return all
}

// Nothing can be asked for that nobody has thought about: a new route needs its line in permits, and a line needs its route.
func TestEveryRouteHasItsRight(t *testing.T) {
	routes := everyRoute(&Bot{})
	for _, name := range routes {
		if _, known := permits[name]; !known {
			t.Errorf("%s has no line in permits (handlers/permits.go): say which right it needs", name)
		}
	}
	for name, needs := range permits {
		if !slices.Contains(routes, name) {
			t.Errorf("permits names %s, and nothing is called so", name)
		}
		for _, do := range needs {
			if !slices.Contains(officer.Actions(), do) {
				t.Errorf("%s needs %s, which is no action", name, do)
			}
		}
	}
}

// Somebody without a role, or with one that nobody knows, may ask for nothing that is about anybody.
func TestPermitsHoldToTheTable(t *testing.T) {
	for _, name := range everyRoute(&Bot{}) {
		needs := permits[name]
		for _, role := range append(officer.Roles(), "", "king") {
			want := len(needs) == 0
			for _, do := range needs {
				for _, r := range officer.Relations() {
					want = want || officer.Allows(role, do, r)
				}
			}
			if got := permitted(role, name); got != want {
				t.Errorf("%q may ask for %s: %v", role, name, got)
			}
		}
	}
	if permitted(officer.RoleAdmin, "nothing") {
		t.Error("a route that nobody wrote is permitted")
	}
}

func TestCommandsAreThoseOfTheRole(t *testing.T) {
	for role, want := range map[officer.Role]struct{ has, lacks []string }{
		officer.RoleOfficer:    {[]string{"danhsach", "sua", "xuat", "help", "start"}, []string{"canbo"}},
		officer.RolePolice:     {[]string{"vuongmac", "help", "start"}, []string{"danhsach", "xuat", "canbo"}},
		officer.RoleSupervisor: {[]string{"canbo", "vuongmac"}, []string{"danhsach", "sua", "xuat"}},
		officer.RoleHelper:     {[]string{"danhsach", "sua"}, []string{"xuat", "canbo"}},
		officer.RoleRegistrar:  {[]string{"vuongmac"}, []string{"danhsach", "canbo"}},
		officer.RoleAdmin:      {[]string{"canbo"}, []string{"danhsach", "sua", "xuat"}},
		"":                     {[]string{"start"}, []string{"danhsach", "canbo"}},
	} {
		got := CommandsOf(role)
		for _, name := range want.has {
			if !slices.Contains(got, name) {
				t.Errorf("%s is not shown /%s", role, name)
			}
		}
		for _, name := range want.lacks {
			if slices.Contains(got, name) {
				t.Errorf("%s is shown /%s", role, name)
			}
		}
	}
}
