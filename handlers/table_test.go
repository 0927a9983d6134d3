package handlers_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"lamsach/bot"
	"lamsach/core/officer"
)

// probe tries to do one action to a unit through the chat, and tells whether it came about. It begins and ends at rest.
type probe func(s *strangers, unit string) bool

// probes do the actions of the table that a chat can do to a unit of one's choice.
var probes = map[officer.Action]probe{
	officer.SeePeople:     probeSee,
	officer.CorrectPeople: probeCorrect,
	officer.ExportPeople:  probeExport,
	officer.SeeOfficers:   func(s *strangers, unit string) bool { return s.shows("/canbo", "Cán bộ của "+unit) },
	officer.InviteOfficer: probeInvite,
	officer.ReplacePhone: func(s *strangers, unit string) bool {
		return strings.Contains(s.person(unit, "replace", pickSkip, pickYes), "Mã mời của")
	},
	officer.MoveOfficer: func(s *strangers, unit string) bool {
		return strings.Contains(s.person(unit, "move"), "Chuyển đến đơn vị nào")
	},
	officer.Revoke: func(s *strangers, unit string) bool {
		id := s.near[unit]
		s.person(unit, "revoke", "form.=unit", pickYes)
		_, err := s.store.Officer(context.Background(), id)
		return err != nil
	},
	officer.AddHamlets: func(s *strangers, unit string) bool {
		s.text(s.actor, "/huy")
		s.pressData(s.actor, s.token()+":addhamlets."+unit)
		return strings.Contains(s.answer(func() { s.text(s.actor, "Bản Thử") }), "Đã ghi 1 thôn")
	},
}

const (
	pickSkip = "form.skip"
	pickYes  = "form.=yes"
)

func (s *strangers) token() string { return current(s.t.(*testing.T), s.world, s.actor) }

// shows tells whether the answer to a text has the words.
func (s *strangers) shows(text, words string) bool {
	s.text(s.actor, "/huy")
	return strings.Contains(s.answer(func() { s.text(s.actor, text) }), words)
}

// listOf is the list on which the people of a unit stand.
func (s *strangers) listOf(unit string) string {
	if strings.HasPrefix(unit, far) {
		return s.far["list"]
	}
	return s.near["list"]
}

// open lays the list of a unit on the desk and goes to the first question; it gives all that is shown.
func (s *strangers) open(unit string) string {
	s.text(s.actor, "/huy")
	return s.answer(func() {
		s.pressData(s.actor, s.token()+":open."+s.listOf(unit))
		s.text(s.actor, "sửa ngay")
		s.text(s.actor, "bỏ qua")
	})
}

// ofUnit are the people who live in a unit, as far as the lists of the test have them.
func ofUnit(unit string) (names []string) {
	for hamlet, name := range planted {
		if strings.HasPrefix(hamlet, unit) {
			names = append(names, name)
		}
	}
	return names
}

func probeSee(s *strangers, unit string) bool {
	said := s.open(unit)
	return slices.ContainsFunc(ofUnit(unit), func(name string) bool { return strings.Contains(said, name) })
}

// rowOf is how the row of a hamlet's person is called in the lists of the test.
var rowOf = map[string]string{nearBe: "dòng 2", nearLum: "dòng 3", farHamlet: "dòng 2"}

// probeCorrect answers the question at hand, tells whether that was recorded of somebody of the unit, and takes it back.
func probeCorrect(s *strangers, unit string) bool {
	s.open(unit)
	s.text(s.actor, "sửa ngay")
	before := s.corrections()
	said := s.answer(func() { s.text(s.actor, "15/4/2015") })
	if s.corrections() == before {
		said = s.answer(func() { s.text(s.actor, "15/4/2016") })
	}
	if s.corrections() == before {
		return false
	}
	on := s.rows(`SELECT l.id FROM corrections c JOIN lists l ON l.number = c.list WHERE c.undone_at = 0`)
	s.text(s.actor, "hoàn tác")
	here := rowOf[unit] == "" || strings.Contains(said, rowOf[unit]+".")
	return here && slices.Equal(on, []string{s.listOf(unit)})
}

func (s *strangers) corrections() string {
	return fmt.Sprint(s.rows(`SELECT id FROM corrections ORDER BY 1`))
}

func probeExport(s *strangers, unit string) bool {
	s.open(unit)
	since := s.mark(s.actor)
	s.text(s.actor, "/xuat")
	for _, e := range s.room(s.actor).events[since:] {
		if e.at != nil && e.at.file != nil {
			all := strings.Join(rowsOf(s.t, e.at.body), "\n")
			return slices.ContainsFunc(ofUnit(unit), func(name string) bool { return strings.Contains(all, name) })
		}
	}
	return false
}

// probeInvite invites into a role that the unit has.
func probeInvite(s *strangers, unit string) bool {
	role := map[officer.Level]string{
		officer.LevelCountry: "supervisor", officer.LevelProvince: "supervisor", officer.LevelCommune: "registrar", officer.LevelHamlet: "helper",
	}[s.level(unit)]
	s.text(s.actor, "/huy")
	s.pressData(s.actor, s.token()+":invite.")
	s.pressData(s.actor, s.token()+":form.="+role)
	s.text(s.actor, unit)
	s.text(s.actor, "Người Mới")
	s.text(s.actor, "bỏ qua")
	return strings.Contains(s.answer(func() { s.pressData(s.actor, s.token()+":"+pickYes) }), "Mã mời của")
}

func (s *strangers) level(unit string) officer.Level {
	tree, err := s.store.Tree(context.Background())
	s.ok(err)
	u, _ := tree.Unit(unit)
	return u.Level
}

// person does something to the officer of a unit whom the test put there.
func (s *strangers) person(unit string, do ...string) string {
	s.text(s.actor, "/huy")
	return s.answer(func() {
		s.pressData(s.actor, s.token()+":"+do[0]+"."+s.near[unit])
		for _, step := range do[1:] {
			s.pressData(s.actor, s.token()+":"+step)
		}
	})
}

// people puts an officer into every unit that is tried, whom the actor's role could give: named after it.
func (s *strangers) people(units []string) {
	for i, unit := range units {
		role := officer.RoleSupervisor
		switch s.level(unit) {
		case officer.LevelCommune:
			role = officer.RoleRegistrar
		case officer.LevelHamlet:
			role = officer.RoleHelper
		}
		account := fmt.Sprint(60 + i)
		code := s.inviteTo(officer.Invite{Role: role, UnitCode: unit, Name: "Cán bộ của " + unit})
		j, err := s.store.UseInvite(context.Background(), bot.Ending{Op: "put " + unit}, code, chatOf(account), account, "")
		s.ok(err)
		s.near[unit] = j.ID
	}
}

// TestTableHoldsInTheChat walks role × relation × action through the real handlers and store: what the table allows comes about, and what it
// does not, does not.
func TestTableHoldsInTheChat(t *testing.T) {
	places := map[string]map[officer.Relation]string{
		near:   {officer.Same: near, officer.Above: "14", officer.Below: nearBe, officer.Other: far},
		nearBe: {officer.Same: nearBe, officer.Above: near, officer.Other: nearLum},
		"14":   {officer.Same: "14", officer.Above: officer.Country, officer.Below: near, officer.Other: far},
	}
	for _, role := range officer.Roles() {
		t.Run(string(role), func(t *testing.T) {
			t.Parallel()
			s := newStrangers(t, role)
			units := places[actors[role]]
			var all []string
			for _, r := range officer.Relations() {
				if units[r] != "" {
					all = append(all, units[r])
				}
			}
			s.people(all)
			for _, do := range append(slices.DeleteFunc(officer.Actions(), func(do officer.Action) bool { return do == officer.Revoke }), officer.Revoke) {
				try, there := probes[do] // who is revoked cannot be moved, so that comes last
				if !there {
					continue
				}
				for _, r := range officer.Relations() {
					unit := units[r]
					if unit == "" || !s.tells(do, role, unit) {
						continue
					}
					want := officer.Allows(role, do, r)
					if got := try(s, unit); got != want {
						t.Errorf("%s %s on a unit %s: %v; it ends with\n%s", role, do, r, got, s.last(s.actor))
					}
				}
			}
			tree, err := s.store.Tree(context.Background())
			s.ok(err)
			if _, ok := tree.Unit(far + "-02"); ok {
				t.Error("a hamlet was added to another's commune")
			}
		})
	}
}

// tells leaves out what a probe cannot tell: people are on the lists of communes, hamlets lie in communes alone, and the people of a
// helper's commune are those of his hamlet too.
func (s *strangers) tells(do officer.Action, role officer.Role, unit string) bool {
	level := s.level(unit)
	switch do {
	case officer.CorrectPeople:
		return unit == near && role != officer.RoleHelper || role == officer.RoleHelper && level == officer.LevelHamlet || unit == far
	case officer.SeePeople, officer.ExportPeople:
		return len(ofUnit(unit)) > 0 && (role != officer.RoleHelper || unit != near)
	case officer.AddHamlets:
		return level == officer.LevelCommune
	}
	return true
}
