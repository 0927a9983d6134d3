package handlers

import (
	"cmp"
	"context"
	"slices"
	"time"

	"lamsach/bot"
	"lamsach/core/officer"
)

// Roll keeps who has which rights.
type Roll interface {
	Officer(ctx context.Context, id string) (officer.Officer, error)
	// OfficersWhere lists those of the units that in holds.
	OfficersWhere(ctx context.Context, in func(unit string) bool) ([]officer.Officer, error)
	Admins(ctx context.Context) ([]officer.Officer, error)
	RevokeOfficer(ctx context.Context, end bot.Ending, id, successor string) error
	MoveOfficer(ctx context.Context, end bot.Ending, id, unit, unitName, hamlet string) error
}

// Door keeps accounts that used an invitation and have no right yet.
type Door interface {
	JoiningOf(ctx context.Context, platform, sender string) (officer.Joining, error)
	Joinings(ctx context.Context, in func(unit string) bool) ([]officer.Joining, error)
	SharePhone(ctx context.Context, end bot.Ending, platform, sender, phone string) (officer.Joining, error)
	Admit(ctx context.Context, end bot.Ending, id string) error
	TurnAway(ctx context.Context, end bot.Ending, id string) error
}

// Invitations keeps the codes that let somebody in.
type Invitations interface {
	MakeInvite(ctx context.Context, end bot.Ending, code string, in officer.Invite, expires time.Time) error
	// InviteTries counts the wrong codes of all accounts within the last hour; many says that it is time to tell somebody.
	InviteTries(ctx context.Context) (tries int, many bool, err error)
	// Invites lists those that nobody has used yet.
	Invites(ctx context.Context, in func(unit string) bool) ([]officer.Invite, error)
	DropInvite(ctx context.Context, end bot.Ending, id string) error
}

// officersOf lists the officers whom whoever writes may know of, those of the own unit and of the units below. An officer is never looked
// up in any other way: who is not there, and who is of another unit, is the same nobody.
func (t *turn) officersOf(ctx context.Context) ([]officer.Officer, error) {
	return t.b.Roll.OfficersWhere(ctx, func(unit string) bool { return t.can(officer.SeeOfficers, unit) })
}

// theOfficer finds an officer to whom whoever writes may do something. He is not there, or of a unit where that is refused: the same
// answer, errNoOfficer.
func (t *turn) theOfficer(ctx context.Context, id string, do officer.Action) (officer.Officer, error) {
	who, err := t.b.Roll.Officer(ctx, id)
	if err != nil && !isNotFound(err) {
		return officer.Officer{}, err
	}
	if err != nil || t.may(do, who.UnitCode) != nil || !t.gives(who.Role) {
		t.b.Log.Warn("no such officer for whoever asks", "chat", t.u.Chat.String(), "officer", t.who.ID, "asked", shorten(id, 24), "action", string(do))
		return officer.Officer{}, errNoOfficer()
	}
	return who, nil
}

// gives tells whether one's own role gives a role, and so may also take it away. An admin is not a supervisor's affair.
func (t *turn) gives(role officer.Role) bool { return officer.Gives(t.who.Role, role) }

// theJoining finds an account that waits for whoever writes, or somebody else with the same right, to confirm it.
func (t *turn) theJoining(ctx context.Context, id string) (officer.Joining, error) {
	all, err := t.joinings(ctx)
	if err != nil {
		return officer.Joining{}, err
	}
	for _, j := range all {
		if j.ID == id && j.State == officer.AwaitsInviter {
			return j, nil
		}
	}
	t.b.Log.Warn("no such account waits for whoever asks", "chat", t.u.Chat.String(), "officer", t.who.ID, "asked", shorten(id, 24))
	return officer.Joining{}, errNoOfficer()
}

// joinings lists the accounts whose confirmation is one's right.
func (t *turn) joinings(ctx context.Context) ([]officer.Joining, error) {
	all, err := t.b.Door.Joinings(ctx, func(unit string) bool { return t.can(officer.InviteOfficer, unit) })
	if err != nil {
		return nil, err
	}
	var mine []officer.Joining
	for _, j := range all {
		if t.tree.MayGive(t.who.Role, t.who.UnitCode, j.Role, j.UnitCode, t.b.today()) == nil {
			mine = append(mine, j)
		}
	}
	return mine, nil
}

// invitesOpen lists the invitations nobody has used that are one's affair, those that last longest first.
func (t *turn) invitesOpen(ctx context.Context) ([]officer.Invite, error) {
	all, err := t.b.Invitations.Invites(ctx, func(unit string) bool { return t.can(officer.InviteOfficer, unit) })
	var mine []officer.Invite
	for _, i := range all {
		if t.tree.MayGive(t.who.Role, t.who.UnitCode, i.Role, i.UnitCode, t.b.today()) == nil {
			mine = append(mine, i)
		}
	}
	slices.SortStableFunc(mine, func(a, b officer.Invite) int {
		return cmp.Or(b.Expires.Compare(a.Expires), cmp.Compare(a.Name, b.Name))
	})
	return mine, err
}
