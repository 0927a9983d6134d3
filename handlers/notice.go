package handlers

import (
	"context"
	"strings"

	"lamsach/bot"
	"lamsach/core/campaign"
	"lamsach/core/fault"
	"lamsach/core/officer"
)

// notice does what a button under a notice asks for; arg is what the notice is about.
type notice func(ctx context.Context, t *turn, arg, do string) error

// What notices are about.
const noticeReminder = "remind"

// What the buttons under a reminder do.
const (
	doFix      = "fix" // with the kind of list
	doLater    = "later"
	doTomorrow = "tomorrow"
	doStuck    = "stuck"
	doNudge    = "nudge"
)

// notices is everything that notices can be about.
func notices() map[string]notice {
	return map[string]notice{noticeReminder: pressReminder}
}

// pressNotice runs what a button under a notice does. Notices are no screens: the chat's screen, its session and its question stay
// as they are, unless what is asked for draws a screen of its own, which is then the only one that takes answers.
func (t *turn) pressNotice(ctx context.Context) error {
	id, do, _ := strings.Cut(strings.TrimPrefix(t.u.Data, bot.KeyMark), ":")
	key, err := t.b.Reach.NoticeKey(ctx, id)
	about, arg, _ := strings.Cut(key.About, ".")
	run, known := t.b.notices[about]
	switch {
	case fault.Is(err, fault.NotFound):
		return t.oldNotice(ctx)
	case err != nil:
		return err
	case !known || key.Chat != (bot.Chat{}) && key.Chat != t.u.Chat:
		t.b.Log.Warn("button of a notice to another chat", "chat", t.u.Chat.String(), "officer", t.who.ID)
		return t.oldNotice(ctx)
	}
	t.anew = true
	return run(ctx, t, arg, do)
}

// oldNotice answers a button under a notice that does nothing any more; the screen stays.
func (t *turn) oldNotice(ctx context.Context) error {
	t.alert(fault.T("chat.old_notice"))
	return t.finish(ctx)
}

// pressReminder does what a button under a reminder asks for. The reminder was for a role in a unit; whoever presses has to hold it
// now.
func pressReminder(ctx context.Context, t *turn, slot, do string) error {
	rows, err := t.b.Reminders.SentRows(ctx, slot)
	if err != nil {
		return err
	}
	if len(rows) == 0 || rows[0].To.Role != t.who.Role || rows[0].ToUnit != t.who.UnitCode {
		t.b.Log.Warn("button of another role's reminder", "chat", t.u.Chat.String(), "officer", t.who.ID, "slot", slot)
		return t.oldNotice(ctx)
	}
	do, arg, _ := strings.Cut(do, ".")
	switch do {
	case doFix:
		return t.fixKind(ctx, arg)
	case doLater, doTomorrow:
		return t.snooze(ctx, rows, do)
	case doStuck:
		return raiseDifficulty(ctx, t, "")
	case doNudge:
		return t.startForm(ctx, formNudge, rows[0].Campaign)
	}
	return t.oldNotice(ctx)
}

// fixKind goes to the next open question of the unit's newest list of a kind that has any.
func (t *turn) fixKind(ctx context.Context, kind string) error {
	if err := t.may(officer.CorrectPeople, t.home()); err != nil {
		return err
	}
	all, err := t.b.Lists.Lists(ctx, t.home())
	if err != nil {
		return err
	}
	for _, l := range all {
		if l.Kind == kind && openErrors(l) > 0 {
			return t.withList(ctx, l.ID, func(d *desk) error { return t.showReview(ctx, d, beginReview) })
		}
	}
	t.alert(fault.T("reminder.nothing_open", "List", campaign.ListName(kind)))
	return t.finish(ctx)
}

// snooze plans the reminder again, for whoever presses alone.
func (t *turn) snooze(ctx context.Context, rows []campaign.Row, do string) error {
	c, err := t.b.Plans.Campaign(ctx, rows[0].Campaign)
	if err != nil {
		return err
	}
	place, err := t.b.place(ctx)
	if err != nil {
		return err
	}
	again := campaign.Tomorrow
	if do == doLater {
		again = campaign.Snooze
	}
	var planned []campaign.Row
	for _, row := range rows {
		planned = append(planned, again(row, t.who.ID, c.Rules, place, t.b.Now()))
	}
	at := planned[0].Moment(t.b.Zone)
	t.jobs = append(t.jobs, bot.Job{Kind: JobLook, ID: "snooze", At: at})
	t.audit = bot.Audit{Action: "reminder.snoozed", Object: rows[0].Campaign, Count: len(rows)}
	t.alert(fault.T("reminder.snoozed", "At", at.Format("15:04"), "Day", planned[0].Day))
	t.write = func(ctx context.Context, end bot.Ending) error { return t.b.Reminders.AddReminders(ctx, end, planned) }
	return t.finish(ctx)
}
