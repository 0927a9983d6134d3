package handlers

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"lamsach/core/fault"
	"lamsach/core/officer"
	"lamsach/core/viet"
)

// staffShown is how many officers a page of the menu offers.
const staffShown = 8

// staff shows who works in one's units. /canbo with words behind it looks for names and units.
func staff(ctx context.Context, t *turn, words string) error {
	return t.showStaffFrom(ctx, words, 0, fault.Text{}, nil)
}

// staffPage shows a page of it.
func staffPage(ctx context.Context, t *turn, rest string) error {
	skip, words, _ := strings.Cut(rest, "|")
	n, _ := strconv.Atoi(skip) // anything else is the first page
	return t.showStaffFrom(ctx, words, n, fault.Text{}, nil)
}

// crew is what the screen of officers is drawn from.
type crew struct {
	officers []officer.Officer
	waiting  []officer.Joining
	invites  []officer.Invite
}

// leaves takes somebody out: officer, waiting, or not come yet.
func (c *crew) leaves(id string) {
	c.officers = slices.DeleteFunc(c.officers, func(o officer.Officer) bool { return o.ID == id })
	c.waiting = slices.DeleteFunc(c.waiting, func(j officer.Joining) bool { return j.ID == id })
	c.invites = slices.DeleteFunc(c.invites, func(i officer.Invite) bool { return i.ID == id })
}

// showStaff shows who works in one's units, and which accounts wait, below a notice; after does to them what this turn will have done.
func (t *turn) showStaff(ctx context.Context, notice fault.Text, after func(*crew)) error {
	return t.showStaffFrom(ctx, "", 0, notice, after)
}

func (t *turn) showStaffFrom(ctx context.Context, words string, skip int, notice fault.Text, after func(*crew)) error {
	if err := t.own(officer.SeeOfficers); err != nil {
		return err
	}
	all, err := t.officersOf(ctx)
	if err != nil {
		return err
	}
	waiting, err := t.joinings(ctx)
	if err != nil {
		return err
	}
	c := crew{officers: t.meant(all, words), waiting: waiting}
	if c.invites, err = t.invitesOpen(ctx); err != nil {
		return err
	}
	if after != nil {
		after(&c)
	}
	t.s = t.s.under()
	var v view
	if notice.Key != "" {
		v.body = append(v.body, viewLine{text: notice}, viewLine{})
	}
	v.strong("staff.title", "N", len(c.officers), "Unit", t.tree.FullName(t.who.UnitCode))
	for _, j := range c.waiting {
		v.line("staff.waiting", "Name", j.Name, "Role", fault.T(j.Role.Key()), "Unit", t.tree.FullName(j.UnitCode))
		if j.State == officer.AwaitsInviter {
			v.row(choice("joining."+j.ID, "staff.button.see", "Name", shorten(j.Name, 30)))
		}
	}
	for _, i := range c.invites[:min(len(c.invites), staffShown)] {
		v.line("staff.code.open", "Name", i.Name, "Role", fault.T(i.Role.Key()), "Unit", t.tree.FullName(i.UnitCode),
			"Until", i.Expires.In(t.b.Zone).Format("15:04 02/01"))
		v.row(choice("dropcode."+i.ID, "staff.button.drop_code", "Name", shorten(i.Name, 30)))
	}
	t.listStaff(&v, c.officers, words, skip)
	if err := t.cutOff(ctx, &v, c.officers...); err != nil {
		return err
	}
	if t.invites() {
		v.row(choice("invite", "staff.button.invite"))
	}
	if t.can(officer.SeePeople, t.who.UnitCode) {
		v.row(choice("leave", "chat.button.cancel"))
	}
	return t.finish(ctx, t.draw(v))
}

// listStaff adds a page of officers.
func (t *turn) listStaff(v *view, all []officer.Officer, words string, skip int) {
	if skip < 0 || skip >= len(all) {
		skip = 0
	}
	page := all[skip:min(skip+staffShown, len(all))]
	for _, o := range page {
		v.line("staff.item", "Name", o.Name, "Role", fault.T(o.Role.Key()), "Unit", t.tree.FullName(o.UnitCode))
		if o.ID != t.who.ID && t.gives(o.Role) && t.can(officer.Revoke, o.UnitCode) {
			v.row(choice("person."+o.ID, "staff.button.see", "Name", shorten(o.Name, 30)))
		}
	}
	if next := skip + len(page); next < len(all) {
		v.row(choice("staffpage."+strconv.Itoa(next)+"|"+shorten(words, 8), "staff.button.more", "N", len(all)-next))
	}
}

// meant keeps the officers whose name or unit has all the words, with or without diacritics.
func (t *turn) meant(all []officer.Officer, words string) []officer.Officer {
	want := strings.Fields(viet.Fold(words))
	return slices.DeleteFunc(all, func(o officer.Officer) bool {
		have := strings.Fields(viet.Fold(o.Name + " " + strings.ReplaceAll(t.tree.FullName(o.UnitCode), ",", " ")))
		return slices.ContainsFunc(want, func(w string) bool { return !slices.Contains(have, w) })
	})
}

// invites tells whether whoever writes invites anybody: into the own unit, or into some unit below.
func (t *turn) invites() bool {
	return t.can(officer.SeeOfficers, t.who.UnitCode) && officer.Has(t.who.Role, officer.InviteOfficer)
}

// showPerson shows one officer and what can be done about him.
func showPerson(ctx context.Context, t *turn, id string) error {
	who, err := t.theOfficer(ctx, id, officer.SeeOfficers)
	if err != nil {
		return t.gone(ctx, err)
	}
	t.s = t.s.under()
	var v view
	v.strong("staff.person", "Name", who.Name)
	v.line("chat.hello.role", "Role", fault.T(who.Role.Key()))
	v.line("chat.hello.unit", "Unit", t.tree.FullName(who.UnitCode))
	v.line("staff.joining.account.only", "Platform", fault.T("staff.platform."+platformName(who.Platform)))
	if err := t.cutOff(ctx, &v, who); err != nil {
		return err
	}
	for _, c := range []struct {
		do      officer.Action
		id, key string
	}{
		{officer.MoveOfficer, "move", "staff.button.move"},
		{officer.ReplacePhone, "replace", "staff.button.replace"},
		{officer.Revoke, "revoke", "staff.button.revoke"},
	} {
		if who.ID != t.who.ID && t.can(c.do, who.UnitCode) {
			v.row(choice(c.id+"."+who.ID, c.key))
		}
	}
	v.row(choice("staff", "staff.button.staff"))
	return t.finish(ctx, t.draw(v))
}

// staffForm gives the route that opens a form about an officer to whom one may do something.
func staffForm(form string, do officer.Action) route {
	return func(ctx context.Context, t *turn, id string) error {
		if _, err := t.theOfficer(ctx, id, do); err != nil {
			return t.gone(ctx, err)
		}
		if id == t.who.ID {
			return t.showStaff(ctx, fault.T("staff.not_oneself"), nil)
		}
		return t.startForm(ctx, form, id)
	}
}
