package handlers

import (
	"context"

	"lamsach/bot"
	"lamsach/core/fault"
	"lamsach/core/officer"
)

// replaceForm gives an officer who lost his phone a code for a new account.
func replaceForm() form {
	return form{
		steps: []formStep{phoneStep(), {id: "sure", ask: askAbout(officer.ReplacePhone, "staff.ask.replace", "staff.button.make_code"), take: takeSure}},
		done: func(ctx context.Context, t *turn, d draft) error {
			if err := t.phoned(d); err != nil {
				return err
			}
			who, err := t.theOfficer(ctx, d.Arg, officer.ReplacePhone)
			if err != nil {
				return t.gone(ctx, err)
			}
			in := officer.Invite{
				Role: who.Role, UnitCode: who.UnitCode, UnitName: who.UnitName, Hamlet: who.Hamlet, Name: who.Name,
				MadeBy: t.who.ID, Replaces: who.ID, Phone: d.Values["phone"],
			}
			return t.giveCode(ctx, in, "officer.phone_replaced")
		},
	}
}

// askAbout asks whether something is to be done to the form's officer.
func askAbout(do officer.Action, key, button string) func(context.Context, *turn, draft) (view, error) {
	return func(ctx context.Context, t *turn, d draft) (view, error) {
		var v view
		who, err := t.theOfficer(ctx, d.Arg, do)
		if err != nil {
			return v, err
		}
		v.line(key, "Name", who.Name)
		v.line("staff.joining.person", "Name", who.Name, "Role", fault.T(who.Role.Key()), "Unit", t.tree.FullName(who.UnitCode))
		if to := d.Values["unit"]; to != "" {
			v.line("staff.to_unit", "Unit", t.tree.FullName(to))
		}
		v.row(choice(pick("yes"), button))
		return v, nil
	}
}

// unitKeeps is the answer that open work stays with the unit.
const unitKeeps = "unit"

// revokeForm takes an officer's rights away, and says who goes on with his work.
func revokeForm() form {
	return form{
		steps: []formStep{
			{id: "successor", ask: askSuccessor, take: takeSuccessor},
			{id: "sure", ask: askAbout(officer.Revoke, "staff.ask.revoke", "staff.button.revoke"), take: takeSure},
		},
		done: recordRevoke,
	}
}

// successors are the officers of the same unit and role.
func (t *turn) successors(ctx context.Context, who officer.Officer) ([]officer.Officer, error) {
	return t.colleagues(ctx, who.UnitCode, func(o officer.Officer) bool { return o.ID != who.ID && o.Role == who.Role })
}

func (t *turn) colleagues(ctx context.Context, unit string, of func(officer.Officer) bool) ([]officer.Officer, error) {
	all, err := t.b.Staff.Officers(ctx, unit)
	var some []officer.Officer
	for _, o := range all {
		if of(o) {
			some = append(some, o)
		}
	}
	return some, err
}

func askSuccessor(ctx context.Context, t *turn, d draft) (view, error) {
	var v view
	who, err := t.theOfficer(ctx, d.Arg, officer.Revoke)
	if err != nil {
		return v, err
	}
	others, err := t.successors(ctx, who)
	v.line("staff.ask.successor", "Name", who.Name)
	for _, o := range others[:min(len(others), unitsOffered)] {
		v.row(choice(pick(o.ID), "staff.successor", "Name", o.Name))
	}
	v.row(choice(pick(unitKeeps), "staff.successor.unit"))
	return v, err
}

func takeSuccessor(ctx context.Context, t *turn, d *draft, in input) error {
	who, err := t.theOfficer(ctx, d.Arg, officer.Revoke)
	if err != nil {
		return err
	}
	others, err := t.successors(ctx, who)
	if err != nil {
		return err
	}
	for _, o := range others {
		if o.ID == in.Choice {
			d.Values["successor"] = o.ID
			return nil
		}
	}
	if in.Choice != unitKeeps {
		return fault.New(fault.Invalid, "staff.bad.successor")
	}
	d.Values["successor"] = ""
	return nil
}

func recordRevoke(ctx context.Context, t *turn, d draft) error {
	who, err := t.theOfficer(ctx, d.Arg, officer.Revoke)
	if err != nil {
		return t.gone(ctx, err)
	}
	bye, err := t.b.noticeTo(ctx, who, fault.T("staff.revoked.you"))
	if err != nil {
		return err
	}
	t.replies = append(t.replies, bye)
	t.jobs = append(t.jobs, menuJob(bye.To))
	successor := d.Values["successor"]
	if successor != "" {
		next, err := t.b.Roll.Officer(ctx, successor)
		if err != nil {
			return t.gone(ctx, err)
		}
		told, err := t.b.noticeTo(ctx, next, fault.T("staff.successor.you", "Name", who.Name))
		if err != nil {
			return err
		}
		t.replies = append(t.replies, told)
	}
	if err := t.tellAdmins(ctx, who, "staff.admins.revoked"); err != nil {
		return err
	}
	t.audit = bot.Audit{Action: "officer.revoked", Object: who.ID, Count: 1}
	t.write = func(ctx context.Context, end bot.Ending) error {
		return t.b.Roll.RevokeOfficer(ctx, end, who.ID, successor)
	}
	return t.showStaff(ctx, fault.T("staff.revoked", "Name", who.Name), func(c *crew) { c.leaves(who.ID) })
}

// moveForm gives an officer another unit. Both units have to be one's own affair.
func moveForm() form {
	ask := func(ctx context.Context, t *turn, d draft) (view, error) {
		var v view
		who, err := t.theOfficer(ctx, d.Arg, officer.MoveOfficer)
		if err == nil {
			v.line("staff.ask.move", "Name", who.Name, "Unit", t.tree.FullName(who.UnitCode))
		}
		return v, err
	}
	into := func(t *turn, d draft, u officer.Unit) bool {
		return t.can(officer.MoveOfficer, u.Code) && officer.Held(officer.Role(d.Values["role"]), u.Level) && u.Code != d.Values["from"]
	}
	steps := unitSteps(ask, into)
	take := steps[0].take
	steps[0].take = func(ctx context.Context, t *turn, d *draft, in input) error {
		who, err := t.theOfficer(ctx, d.Arg, officer.MoveOfficer)
		if err != nil {
			return err
		}
		d.Values["role"], d.Values["from"] = string(who.Role), who.UnitCode
		return take(ctx, t, d, in)
	}
	return form{
		steps: append(steps, formStep{id: "sure", ask: askAbout(officer.MoveOfficer, "staff.ask.move.sure", "staff.button.move"), take: takeSure}),
		done:  recordMove,
	}
}

func recordMove(ctx context.Context, t *turn, d draft) error {
	who, err := t.theOfficer(ctx, d.Arg, officer.MoveOfficer)
	if err != nil {
		return t.gone(ctx, err)
	}
	unit := d.Values["unit"]
	if err := t.may(officer.MoveOfficer, unit); err != nil {
		return err
	}
	if err := t.tree.Seat(who.Role, unit); err != nil {
		return err
	}
	hamlet := ""
	if u, _ := t.tree.Unit(unit); who.Role == officer.RoleHelper {
		hamlet = u.Name
	}
	name := t.tree.FullName(unit)
	told, err := t.b.noticeTo(ctx, who, fault.T("staff.moved.you", "Unit", name))
	if err != nil {
		return err
	}
	t.replies = append(t.replies, told)
	t.jobs = append(t.jobs, menuJob(told.To))
	moved := who
	moved.UnitCode = unit
	if err := t.tellAdmins(ctx, moved, "staff.admins.moved"); err != nil {
		return err
	}
	t.audit = bot.Audit{Action: "officer.moved", Object: who.ID, Count: 1}
	t.write = func(ctx context.Context, end bot.Ending) error {
		return t.b.Roll.MoveOfficer(ctx, end, who.ID, unit, name, hamlet)
	}
	return t.showStaff(ctx, fault.T("staff.moved", "Name", who.Name, "Unit", name), func(c *crew) {
		c.leaves(who.ID)
		c.officers = append(c.officers, moved)
	})
}
