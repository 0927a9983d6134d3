package handlers_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"lamsach/bot"
	"lamsach/core/campaign"
	"lamsach/core/civil"
	"lamsach/core/difficulty"
	"lamsach/core/officer"
	"lamsach/handlers"
)

// The units of the test: who acts sits in or above near; far is another province's. The names are planted, one for each place.
const (
	near, far         = "03868", "00004"
	nearBe, nearLum   = near + "-01", near + "-02"
	farHamlet         = far + "-01"
	nobody            = "nosuchthing00000"
	farOfficerName    = "Trịnh Thị Phương Xa"
	farDifficultyText = "Sổ hộ tịch cháy mất"
	farPlanName       = "Kế hoạch kín của phường"
)

// planted are the people of the lists, by the unit that they belong to.
var planted = map[string]string{nearBe: "Kiều Thị Bẹ", nearLum: "Đinh Văn Lừm", farHamlet: "Trịnh Văn Kín"}

// actors hold each role once: where, and under which account.
var actors = map[officer.Role]string{
	officer.RoleOfficer: near, officer.RolePolice: near, officer.RoleRegistrar: near, officer.RoleHelper: nearBe,
	officer.RoleSupervisor: "14", officer.RoleAdmin: "14",
}

// strangers is a world with two units that have nothing to do with each other.
type strangers struct {
	*world
	actor string // account
	role  officer.Role
	far   map[string]string // ids of what far has, by what it is
	near  map[string]string
}

func newStrangers(t *testing.T, role officer.Role) *strangers {
	s := &strangers{world: newWorld(t), actor: "1", role: role, far: map[string]string{}, near: map[string]string{}}
	s.hamlets(near, "Bản Bẹ", "Bản Lừm")
	s.hamlets(far, "Bản Kín")
	list := func(people string) []byte {
		return table(t, "STT | Họ và tên | Ngày sinh | Giới tính | Dân tộc | Bản | Họ tên mẹ\n"+people)
	}
	s.text("81", "/start "+s.invite(officer.RoleOfficer, near, "", "Cán bộ gần"))
	s.text("82", "/start "+s.invite(officer.RoleOfficer, far, "", farOfficerName))
	s.send("81", "gan.xlsx", list("1 | Kiều Thị Bẹ | 2015 | Nữ | Mông | Bản Bẹ | Mùa Thị Một\n2 | Đinh Văn Lừm | 2016 | Nam | Thái | Bản Lừm | Lò Thị Hai"))
	s.send("82", "xa.xlsx", list("1 | Trịnh Văn Kín | 2015 | Nam | Thái | Bản Kín | Hà Thị Ba"))
	s.near["upload"], s.near["list"] = "id1", "lid1"
	s.far["upload"], s.far["list"] = "id2", "lid2"
	s.far["officer"], s.near["officer"] = s.who("82").ID, s.who("81").ID
	s.far["unit"], s.near["unit"] = far, near
	s.plantJoining()
	s.plantDifficulty()
	s.plantPlan()
	in := officer.Invite{Role: role, UnitCode: actors[role], Name: "Người thử"}
	if role == officer.RoleHelper {
		in.Hamlet = "Bản Bẹ"
	}
	s.text(s.actor, "/start "+s.inviteTo(in))
	return s
}

func (s *strangers) who(account string) officer.Officer {
	s.t.Helper()
	o, err := s.store.OfficerOf(context.Background(), platform, account)
	s.ok(err)
	return o
}

// plantJoining lets an account wait to become far's police officer.
func (s *strangers) plantJoining() {
	s.t.Helper()
	in := officer.Invite{Role: officer.RolePolice, UnitCode: far, Name: farOfficerName, MadeBy: s.far["officer"]}
	s.ok(s.store.MakeInvite(context.Background(), bot.Ending{Op: "plant"}, "plantedcode", in, s.now.AddDate(0, 0, 1)))
	j, err := s.store.UseInvite(context.Background(), bot.Ending{Op: "join"}, "plantedcode", chatOf("83"), "83", farOfficerName)
	s.ok(err)
	s.far["joining"] = j.ID
}

func (s *strangers) plantDifficulty() {
	s.t.Helper()
	d := difficulty.Difficulty{
		ID: "d-far", Number: 1, Unit: far, Officer: s.far["officer"], Holder: "01", State: difficulty.Open,
		Entries: []difficulty.Entry{{Step: "raised", At: s.now, Officer: s.far["officer"], Unit: far, Text: farDifficultyText}},
	}
	s.ok(s.store.AddDifficulty(context.Background(), bot.Ending{Op: "difficulty"}, d))
	s.far["difficulty"] = d.ID
}

func (s *strangers) plantPlan() {
	s.t.Helper()
	c, err := campaign.FromTemplate("two-levels", "c-far", far, []string{far})
	s.ok(err)
	c.Name = farPlanName
	day := civil.Of(s.now)
	for _, stream := range c.All() {
		for i := range stream.Steps {
			stream.Steps[i].From, stream.Steps[i].To = day, day.AddDays(20)
		}
	}
	s.ok(s.store.AddCampaign(context.Background(), bot.Ending{Op: "campaign"}, "", c, nil))
	s.far["campaign"] = c.ID
}

// hidden are the words that whoever acts must never be shown: what the table lets him see of a unit is left out.
func (s *strangers) hidden() []string {
	tree, err := s.store.Tree(context.Background())
	s.ok(err)
	words := []string{farOfficerName, farDifficultyText, farPlanName, "xa.xlsx"}
	for unit, name := range planted {
		if tree.May(s.role, actors[s.role], officer.SeePeople, unit, civil.Of(s.now)) != nil {
			words = append(words, name)
		}
	}
	return words
}

// state is all that the store has of far, and all units: what must not change.
func (s *strangers) state() string {
	s.t.Helper()
	var b strings.Builder
	for _, name := range s.rows(`SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
		WHERE m.type = 'table' AND (c.name = 'unit' OR m.name = 'units' AND c.name = 'code') ORDER BY m.name`) {
		columns := s.rows(fmt.Sprintf(`SELECT 'quote(' || name || ')' FROM pragma_table_info('%s') ORDER BY cid`, name))
		where := fmt.Sprintf(` WHERE unit IN ('%s', '%s')`, far, farHamlet)
		if name == "units" {
			where = ""
		}
		fmt.Fprintln(&b, name, s.rows(fmt.Sprintf(`SELECT %s FROM %s%s ORDER BY 1`, strings.Join(columns, ` || ' ' || `), name, where)))
	}
	return b.String()
}

func (s *strangers) rows(query string) (all []string) {
	s.t.Helper()
	rows, err := s.store.Writer().Query(query)
	s.ok(err)
	defer rows.Close()
	for rows.Next() {
		var one string
		s.ok(rows.Scan(&one))
		all = append(all, one)
	}
	s.ok(rows.Err())
	return all
}

// answer is all that an attempt brings about in the actor's chat.
func (s *strangers) answer(attempt func()) string {
	since := s.mark(s.actor)
	attempt()
	var said []string
	for _, e := range s.room(s.actor).events[since:] {
		said = append(said, e.kind+" "+e.text)
		if e.at != nil {
			said = append(said, e.at.text, fmt.Sprint(labels(e.at)), string(e.at.body))
		}
	}
	return strings.Join(said, "\n")
}

func labels(m *message) (all []string) {
	for _, row := range m.buttons {
		for _, b := range row {
			all = append(all, b.Label)
		}
	}
	return all
}

// draftOf lays a form's question on the actor's screen as if he had come to it, with a foreign argument and foreign values.
func (s *strangers) draftOf(form, step, id string) {
	s.t.Helper()
	values := map[string]string{
		"role": "officer", "unit": far, "found": far + " " + farHamlet, "name": "Kẻ Trộm", "text": "một hai ba bốn", "successor": s.far["officer"],
		"list": s.far["list"], "to": far, "units": far, "from": near, "template": "two-levels", "on": "2026-11-22", "count": "1",
	}
	body, err := json.Marshal(map[string]any{"f": form, "a": id, "s": step, "v": values})
	s.ok(err)
	s.updates++
	s.ok(s.store.EndTurn(context.Background(), bot.Ending{
		Op: fmt.Sprint("draft", s.updates), Chat: chatOf(s.actor), Screen: "aaaaaaaa@" + handlers.FormMark, Draft: body,
	}))
}

// TestNobodyReachesAnotherUnit lets every role try everything that can be asked for, by command, button, form, deep link, file and typed
// id, on what another unit has: nothing of it is shown, nothing changes, nobody there is told anything, and what is not there is answered
// in the same words as what is another's.
func TestNobodyReachesAnotherUnit(t *testing.T) {
	for _, role := range officer.Roles() {
		t.Run(string(role), func(t *testing.T) {
			t.Parallel()
			s := newStrangers(t, role)
			before := s.state()
			victims := s.mark("82") + s.mark("83")
			check := func(what string, attempt func()) {
				said := s.answer(attempt)
				for _, word := range s.hidden() {
					if strings.Contains(said, word) {
						t.Errorf("%s shows %q:\n%s", what, word, said)
					}
				}
			}
			for _, route := range handlers.EveryRoute() {
				s.attack(route, check)
				if now := s.state(); now != before {
					t.Fatalf("%s changed another unit:\n%s", route, difference(before, now))
				}
			}
			s.typed(check)
			if now := s.state(); now != before {
				t.Fatalf("typing changed another unit:\n%s", difference(before, now))
			}
			if n := s.mark("82") + s.mark("83"); n != victims {
				t.Errorf("the other unit's officers were told %d things", n-victims)
			}
			logs := s.log.String()
			if !strings.Contains(logs, "msg=refused") || !strings.Contains(logs, "officer="+s.who(s.actor).ID) {
				t.Error("no refusal is logged with the officer's id")
			}
			for _, word := range []string{farOfficerName, farDifficultyText, "Trịnh Văn Kín", "Kiều Thị Bẹ"} {
				if strings.Contains(logs, word) {
					t.Errorf("the log tells %q", word)
				}
			}
		})
	}
}

// attack tries one route with everything that far has.
func (s *strangers) attack(route string, check func(what string, attempt func())) {
	token := func() string { return current(s.t.(*testing.T), s.world, s.actor) }
	switch {
	case strings.HasPrefix(route, "/"):
		check(route, func() { s.text(s.actor, route) })
		for what, id := range s.far {
			check(route+" "+what, func() { s.text(s.actor, route+" "+id) })
		}
	case strings.HasPrefix(route, "form:"):
		form := strings.TrimPrefix(route, "form:")
		steps := handlers.FormSteps(form)
		for _, what := range []string{"officer", "difficulty", "campaign", "list", "unit"} {
			for _, step := range steps[1:] {
				s.draftOf(form, step, s.far[what])
				check(route+" "+step+" "+what, func() { s.pressData(s.actor, "aaaaaaaa:form.="+far) })
			}
			s.draftOf(form, steps[len(steps)-1], s.far[what])
			check(route+" "+what, func() { s.pressData(s.actor, "aaaaaaaa:form.=yes") })
		}
	case strings.HasPrefix(route, "!"):
		for _, id := range s.far {
			check(route, func() { s.pressData(s.actor, bot.KeyMark+id+":fix.child") })
		}
	case route == "r":
		for _, do := range []string{"go", "export", "marked", "all0", "yes"} {
			check(route, func() { s.pressData(s.actor, token()+":r."+do) })
		}
	default:
		s.text(s.actor, "/huy")
		moment := s.now // answers that tell the time are asked for at the same one
		none := s.answer(func() { s.pressData(s.actor, token()+":"+route+"."+nobody) })
		for what, id := range s.far {
			s.text(s.actor, "/huy")
			s.now = moment
			var foreign string
			check(route+" "+what, func() { foreign = s.answer(func() { s.pressData(s.actor, token()+":"+route+"."+id) }) })
			if foreign != none {
				s.t.Errorf("%s: another unit's %s can be told from none:\n%s\n\n%s", route, what, foreign, none)
			}
			for _, rest := range []string{id + "|0|0", s.far["upload"] + "|" + id}[:2*min(1, strings.Count("list campaign officer", what))] {
				check(route+" "+rest, func() { s.pressData(s.actor, token()+":"+route+"."+rest) })
			}
		}
	}
}

// typed tries what is neither a command nor a button.
func (s *strangers) typed(check func(what string, attempt func())) {
	s.text(s.actor, "/huy")
	for _, text := range append([]string{farOfficerName, "Trịnh Văn Kín", "Đinh Văn Lừm", "/start plantedcode", "/canbo trinh", "1", "2"}, s.far["list"], s.far["officer"], far, farHamlet) {
		check(text, func() { s.text(s.actor, text) })
	}
	check("a list of far's", func() {
		s.send(s.actor, "xa.xls", []byte("x"))
	})
}

// difference gives the first lines that differ.
func difference(a, b string) string {
	one, two := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(one), len(two)) {
		if one[i] != two[i] {
			return one[i] + "\n" + two[i]
		}
	}
	return "more lines"
}
