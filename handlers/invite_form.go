package handlers

import (
	"bytes"
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"lamsach/bot"
	"lamsach/core/fault"
	"lamsach/core/officer"
	"lamsach/core/viet"
)

// inviteLasts is how long a code made in the chat can be used.
const inviteLasts = 72 * time.Hour

// The forms about officers. The first has no argument, the others the officer's id.
const (
	formInvite  = "invite"
	formReplace = "replace"
	formRevoke  = "revoke"
	formMove    = "move"
)

// beginInvite opens the form that invites somebody.
func beginInvite(ctx context.Context, t *turn, _ string) error {
	if err := t.own(officer.SeeOfficers); err != nil {
		return err
	}
	return t.startForm(ctx, formInvite, "")
}

// inviteForm asks who is invited, as what and where to.
func inviteForm() form {
	steps := []formStep{{id: "role", ask: askRole, take: takeRole}}
	steps = append(steps, unitSteps(askInviteUnit, func(t *turn, d draft, u officer.Unit) bool {
		return t.tree.MayGive(t.who.Role, t.who.UnitCode, officer.Role(d.Values["role"]), u.Code, t.b.today()) == nil
	})...)
	return form{done: recordInvite, steps: append(steps,
		formStep{id: "name", ask: askText("staff.ask.name"), take: takeName},
		phoneStep(),
		formStep{id: "sure", ask: askInvite, take: takeSure},
	)}
}

// phoneStep asks for the telephone number that the new account has to share. A deployment can demand it.
func phoneStep() formStep {
	return formStep{
		id: "phone", number: true, optional: true,
		ask: func(_ context.Context, t *turn, _ draft) (view, error) {
			var v view
			if t.b.RequirePhone {
				v.line("staff.ask.phone.needed")
			} else {
				v.line("staff.ask.phone")
			}
			return v, nil
		},
		take: func(_ context.Context, _ *turn, d *draft, in input) error {
			phone, err := officer.ParsePhone(in.Text)
			d.Values["phone"] = phone
			return err
		},
	}
}

// phoned refuses to go on without a number where the deployment demands one.
func (t *turn) phoned(d draft) error {
	if t.b.RequirePhone && d.Values["phone"] == "" {
		missing := fault.New(fault.Invalid, "staff.bad.phone_needed")
		missing.Args = fault.Args{"Step": "phone"}
		return missing
	}
	return nil
}

func askRole(_ context.Context, t *turn, _ draft) (view, error) {
	var v view
	v.line("staff.ask.role")
	for _, role := range officer.Roles() {
		if t.gives(role) {
			v.row(choice(pick(string(role)), role.Key()))
		}
	}
	return v, nil
}

func takeRole(_ context.Context, t *turn, d *draft, in input) error {
	role := officer.Role(in.Choice)
	if !t.gives(role) {
		return fault.New(fault.Invalid, "staff.bad.role")
	}
	delete(d.Values, "unit")
	delete(d.Values, "found")
	d.Values["role"] = string(role)
	return nil
}

func askInviteUnit(_ context.Context, _ *turn, d draft) (view, error) {
	var v view
	v.line("staff.ask.unit", "Role", fault.T(officer.Role(d.Values["role"]).Key()))
	return v, nil
}

// nameLength bounds a person's name, in letters.
const nameLength = 60

func takeName(_ context.Context, _ *turn, d *draft, in input) error {
	name := viet.NFC(viet.Squeeze(strings.Map(shown, in.Text)))
	if n := utf8.RuneCountInString(name); n < 2 || n > nameLength || strings.ContainsAny(name, "0123456789\n/@") {
		return fault.New(fault.Invalid, "staff.bad.name")
	}
	d.Values["name"] = name
	return nil
}

func askInvite(_ context.Context, t *turn, d draft) (view, error) {
	var v view
	if err := t.phoned(d); err != nil {
		v.line("staff.bad.phone_needed")
		return v, nil
	}
	v.line("staff.ask.sure")
	v.strong("staff.joining.person", "Name", d.Values["name"], "Role", fault.T(officer.Role(d.Values["role"]).Key()), "Unit", t.tree.FullName(d.Values["unit"]))
	if phone := d.Values["phone"]; phone != "" {
		v.line("staff.with_phone", "Phone", masked(phone))
	}
	v.row(choice(pick("yes"), "staff.button.make_code"))
	return v, nil
}

// recordInvite makes the code. Whether the giver may give is judged again: an hour may lie between.
func recordInvite(ctx context.Context, t *turn, d draft) error {
	if err := t.phoned(d); err != nil {
		return err
	}
	role, unit := officer.Role(d.Values["role"]), d.Values["unit"]
	if err := t.may(officer.InviteOfficer, unit); err != nil {
		return err
	}
	if err := t.tree.MayGive(t.who.Role, t.who.UnitCode, role, unit, t.b.today()); err != nil {
		return err
	}
	in := officer.Invite{Role: role, UnitCode: unit, UnitName: t.tree.FullName(unit), Name: d.Values["name"], MadeBy: t.who.ID, Phone: d.Values["phone"]}
	if u, _ := t.tree.Unit(unit); role == officer.RoleHelper {
		in.Hamlet = u.Name
	}
	if err := t.tellAdmins(ctx, officer.Officer{Role: role, UnitCode: unit}, "staff.admins.invited"); err != nil {
		return err
	}
	return t.giveCode(ctx, in, "officer.invited")
}

// giveCode makes a code, and shows it with the link and as a picture. Nothing of it is kept but a hash.
func (t *turn) giveCode(ctx context.Context, in officer.Invite, action string) error {
	code, expires := t.b.NewCode(), t.b.Now().Add(inviteLasts)
	link := t.b.JoinLink(code)
	text := fault.T("staff.code", "Name", in.Name, "Code", code, "Until", expires.In(t.b.Zone).Format("15:04 02/01/2006"))
	t.say(text, fault.T("staff.code.how"))
	if link != "" {
		last := &t.replies[len(t.replies)-1]
		last.Text = append(last.Text, bot.Line{{Text: link}})
	} else {
		link = code
	}
	var picture bytes.Buffer
	if err := t.b.QR(&picture, link); err != nil {
		return err
	}
	file, size, err := t.b.Uploads.SaveFile(ctx, "ma-moi.png", "image/png", &picture)
	if err != nil {
		return err
	}
	t.replies = append(t.replies, bot.Reply{
		To: t.u.Chat, Text: lines(t.p, fault.T("staff.code.picture", "Name", in.Name), bot.Plain),
		File: &bot.Attachment{File: file, Name: "ma-moi.png", MIME: "image/png", Size: size, Picture: true},
	})
	t.audit = bot.Audit{Action: action, Object: in.UnitCode, Count: 1}
	t.write = func(ctx context.Context, end bot.Ending) error {
		return t.b.Invitations.MakeInvite(ctx, end, code, in, expires)
	}
	return t.showStaff(ctx, fault.Text{}, nil)
}
