package handlers

import (
	"context"

	"lamsach/bot"
	"lamsach/core/fault"
	"lamsach/core/officer"
)

// askJoining shows an account that used an invitation to whoever may confirm it. What the account says of itself is shown as just that.
func askJoining(ctx context.Context, t *turn, id string) error {
	j, err := t.theJoining(ctx, id)
	if err != nil {
		return t.gone(ctx, err)
	}
	t.s = t.s.under()
	return t.finish(ctx, t.draw(t.joiningView(j)))
}

// askedJoining is askJoining when the account itself was the cause: when it is no longer waiting, nothing is said.
func (t *turn) askedJoining(ctx context.Context, id string) error {
	if _, err := t.theJoining(ctx, id); isNotFound(err) {
		return t.finish(ctx)
	}
	return askJoining(ctx, t, id)
}

func (t *turn) joiningView(j officer.Joining) view {
	var v view
	v.strong("staff.joining.title")
	v.line("staff.joining.person", "Name", j.Name, "Role", fault.T(j.Role.Key()), "Unit", t.tree.FullName(j.UnitCode))
	v.line("staff.joining.account", "Platform", fault.T("staff.platform."+platformName(j.Platform)), "At", j.At.In(t.b.Zone).Format("15:04 02/01/2006"))
	if j.Claimed != "" {
		v.line("staff.joining.claimed", "Claimed", j.Claimed)
	}
	if j.Replaces != "" {
		v.line("staff.joining.replaces")
	}
	v.line("staff.joining.care")
	v.row(choice("admit."+j.ID, "staff.button.admit"), choice("turnaway."+j.ID, "staff.button.turn_away"))
	v.row(choice("staff", "staff.button.staff"))
	return v
}

// platformName names the platforms that have a name of their own in texts.
func platformName(platform string) string {
	switch platform {
	case "telegram", "web":
		return platform
	}
	return "other"
}

// admit confirms an account: from now on it has the rights that the invitation named.
func admit(ctx context.Context, t *turn, id string) error {
	j, err := t.theJoining(ctx, id)
	if err != nil {
		return t.gone(ctx, err)
	}
	welcome, err := t.b.noticeTo(ctx, j.Officer, fault.T("staff.admitted.you", "Name", j.Name, "Role", fault.T(j.Role.Key()), "Unit", t.tree.FullName(j.UnitCode)))
	if err != nil {
		return err
	}
	t.replies = append(t.replies, welcome)
	t.jobs = append(t.jobs, menuJob(welcome.To))
	if j.Replaces != "" {
		if old, err := t.b.Staff.OfficerChat(ctx, j.Replaces); err == nil {
			t.jobs = append(t.jobs, menuJob(old))
		}
	}
	if err := t.tellAdmins(ctx, j.Officer, "staff.admins.admitted"); err != nil {
		return err
	}
	t.audit = bot.Audit{Action: "officer.admitted", Object: j.ID, Count: 1}
	t.write = func(ctx context.Context, end bot.Ending) error { return t.b.Door.Admit(ctx, end, j.ID) }
	return t.showStaff(ctx, fault.T("staff.admitted", "Name", j.Name), func(c *crew) {
		c.leaves(j.ID)
		if j.Replaces == "" {
			c.officers = append(c.officers, j.Officer)
		}
	})
}

// turnAway ends the waiting of an account that is not the person meant. The code is spent; a new one has to be made.
func turnAway(ctx context.Context, t *turn, id string) error {
	j, err := t.theJoining(ctx, id)
	if err != nil {
		return t.gone(ctx, err)
	}
	no, err := t.b.noticeTo(ctx, j.Officer, fault.T("staff.turned_away.you"))
	if err != nil {
		return err
	}
	t.replies = append(t.replies, no)
	t.audit = bot.Audit{Action: "officer.turned_away", Object: j.ID, Count: 1}
	t.write = func(ctx context.Context, end bot.Ending) error { return t.b.Door.TurnAway(ctx, end, j.ID) }
	return t.showStaff(ctx, fault.T("staff.turned_away", "Name", j.Name), func(c *crew) { c.leaves(j.ID) })
}

// tellAdmins lets the other admins know what an admin did about an officer, so that no admin makes officers of his own unseen.
func (t *turn) tellAdmins(ctx context.Context, who officer.Officer, key string) error {
	if t.who.Role != officer.RoleAdmin {
		return nil
	}
	replies, err := t.noticesToAdmins(ctx, fault.T(key, "By", t.who.Name, "Role", fault.T(who.Role.Key()), "Unit", t.tree.FullName(who.UnitCode)))
	t.replies = append(t.replies, replies...)
	return err
}

// gone answers what is about nobody: the sentence, and the list of those who are there.
func (t *turn) gone(ctx context.Context, err error) error {
	said, ok := fault.As(err)
	if !ok || said.Kind != fault.NotFound {
		return err
	}
	return t.showStaff(ctx, said.Text(), nil)
}

// dropInvite ends a code that nobody has used: it went to the wrong person, or was seen.
func dropInvite(ctx context.Context, t *turn, id string) error {
	all, err := t.invitesOpen(ctx)
	if err != nil {
		return err
	}
	for _, i := range all {
		if i.ID != id {
			continue
		}
		t.audit = bot.Audit{Action: "invite.dropped", Object: i.UnitCode, Count: 1}
		t.write = func(ctx context.Context, end bot.Ending) error { return t.b.Invitations.DropInvite(ctx, end, id) }
		return t.showStaff(ctx, fault.T("staff.code.dropped", "Name", i.Name), func(c *crew) { c.leaves(id) })
	}
	return t.gone(ctx, errNoOfficer())
}
