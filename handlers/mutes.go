package handlers

import (
	"context"
	"slices"
	"time"

	"lamsach/bot"
	"lamsach/core/campaign"
	"lamsach/core/civil"
	"lamsach/core/fault"
)

// showMutes says what is sent unasked, and lets each sort be turned off and on; the day's reminders can be put off here too, by
// whoever cannot press their buttons.
func showMutes(ctx context.Context, t *turn, _ string) error {
	muted, err := t.b.Pushes.Mutes(ctx, t.who.ID)
	if err != nil {
		return err
	}
	return t.mutesScreen(ctx, muted)
}

func (t *turn) mutesScreen(ctx context.Context, muted []string) error {
	t.s = t.s.under()
	var v view
	v.strong("push.title")
	v.line("push.always")
	slots, err := t.slotsToday(ctx)
	if err != nil {
		return err
	}
	if len(slots) > 0 {
		v.line("push.put_off", "N", len(slots))
		v.row(choice("putoff."+doLater, "reminder.button.later"), choice("putoff."+doTomorrow, "reminder.button.tomorrow"))
	}
	for _, topic := range mutable() {
		key := "push.turn_off"
		if slices.Contains(muted, topic) {
			key = "push.turn_on"
		}
		v.row(choice("mute."+topic, key, "Topic", topicName(topic)))
	}
	v.row(choice("leave", "chat.button.cancel"))
	return t.finish(ctx, t.draw(v))
}

// slotsToday lists what the officer's role in his unit was reminded of today.
func (t *turn) slotsToday(ctx context.Context) ([]string, error) {
	now := t.b.Now().In(t.b.Zone)
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, t.b.Zone)
	return t.b.Reminders.LastSlots(ctx, string(t.who.Role), t.who.UnitCode, today)
}

// setMute turns a sort of pushes off, or on again.
func setMute(ctx context.Context, t *turn, topic string) error {
	if !slices.Contains(mutable(), topic) {
		return fault.New(fault.Forbidden, "push.not_mutable")
	}
	muted, err := t.b.Pushes.Mutes(ctx, t.who.ID)
	if err != nil {
		return err
	}
	off := !slices.Contains(muted, topic)
	if off {
		muted = append(muted, topic)
	} else {
		muted = slices.DeleteFunc(muted, func(m string) bool { return m == topic })
	}
	t.write = func(ctx context.Context, end bot.Ending) error {
		return t.b.Pushes.SetMute(ctx, end, t.who.ID, topic, off)
	}
	t.audit = bot.Audit{Action: "push.muted", Object: topic, Count: len(muted)}
	return t.mutesScreen(ctx, muted)
}

// putOff plans the day's reminders again.
func putOff(ctx context.Context, t *turn, do string) error {
	slots, err := t.slotsToday(ctx)
	if err != nil {
		return err
	}
	if len(slots) == 0 || do != doLater && do != doTomorrow {
		return t.oldButton(ctx)
	}
	var rows []campaign.Row
	for _, slot := range slots {
		sent, err := t.b.Reminders.SentRows(ctx, slot)
		if err != nil {
			return err
		}
		for _, row := range sent {
			if row.Stage != campaign.Digest && row.Stage != campaign.Escalated && (len(rows) == 0 || row.Campaign == rows[0].Campaign) {
				rows = append(rows, row)
			}
		}
	}
	if len(rows) == 0 {
		return t.oldButton(ctx)
	}
	return t.snooze(ctx, rows, do)
}

// planAnew plans the running campaigns by days of rest that were changed.
func (b *Bot) planAnew(ctx context.Context) error {
	mark, err := b.Calendar.RestDaysMoved(ctx)
	if err != nil || mark == "" {
		return err
	}
	all, err := b.Plans.Campaigns(ctx)
	if err != nil {
		return err
	}
	place, err := b.place(ctx)
	if err != nil {
		return err
	}
	today := civil.Of(b.Now().In(b.Zone))
	for _, c := range all {
		if today.After(c.Last()) {
			continue
		}
		rows := campaign.Schedule(c, place, today)
		end := bot.Ending{
			Op:    "plan-anew:" + mark + ":" + c.ID,
			Audit: bot.Audit{Action: "campaign.planned_anew", Object: c.ID, Count: len(rows)},
		}
		if err := b.Reminders.PlanAnew(ctx, end, c.ID, today, rows); err != nil {
			return err
		}
	}
	return b.Calendar.RestDaysPlanned(ctx, mark)
}
