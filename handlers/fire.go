package handlers

import (
	"context"
	"slices"
	"strings"
	"time"

	"lamsach/bot"
	"lamsach/core/campaign"
	"lamsach/core/civil"
	"lamsach/core/fault"
	"lamsach/core/ledger"
	"lamsach/core/officer"
	"lamsach/locales"
)

const (
	// fireRows is how many rows are decided on at once. Those after them are held against facts that are read anew.
	fireRows = 1000
	// settleRows is how many rows one transaction settles.
	settleRows = 200
	// keyTime is how long the buttons under a notice can be pressed.
	keyTime = 7 * 24 * time.Hour
	// slotTime is how far back used slots are asked for: a slot names its day, and a clock may have been wrong for some.
	slotTime = 72 * time.Hour
)

// look does what is due. It runs every minute, and at the hours that officers asked for; a look during another one
// leaves the work to that and to the next. What fails is logged, holds nothing else up, and is tried by the next look.
func (b *Bot) look(ctx context.Context) error {
	if !b.looking.TryLock() {
		return nil
	}
	defer b.looking.Unlock()
	trouble := func(what, id string, err error) {
		if err != nil {
			b.Log.Error("a look at what is due failed", "at", what, "campaign", id, "err", err)
		}
	}
	trouble("rest days", "", b.planAnew(ctx))
	now := b.Now().In(b.Zone)
	due, err := b.Firing.DueCampaigns(ctx, civil.Of(now), campaign.ClockOf(now))
	trouble("campaigns", "", err)
	for _, id := range due {
		trouble("reminders", id, b.fire(ctx, id))
	}
	trouble("people out of reach", "", b.tellUnreachable(ctx))
	return ctx.Err()
}

// fire sends what is due of a campaign, as it stands now.
func (b *Bot) fire(ctx context.Context, id string) error {
	c, err := b.Plans.Campaign(ctx, id)
	if err != nil {
		return err
	}
	place, err := b.place(ctx)
	if err != nil {
		return err
	}
	now := b.Now().In(b.Zone)
	if !c.Rules.Open(place.Calendar, now) {
		return nil // a look in working hours finds the same rows
	}
	rows, err := b.Firing.DueReminders(ctx, id, civil.Of(now))
	if err != nil {
		return err
	}
	slices.SortStableFunc(rows, func(a, z campaign.Row) int { return strings.Compare(a.ToUnit, z.ToUnit) })
	for len(rows) > 0 {
		n := min(fireRows, len(rows))
		for n < len(rows) && rows[n].ToUnit == rows[n-1].ToUnit { // a slot is decided on whole
			n++
		}
		if err := b.fireRows(ctx, c, place, rows[:n]); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// fireRows decides on some rows, all of their units, against the facts of the moment.
func (b *Bot) fireRows(ctx context.Context, c campaign.Campaign, place campaign.Place, rows []campaign.Row) error {
	now := b.Now().In(b.Zone)
	facts, err := b.Plans.CampaignFacts(ctx, c, "", b.Zone)
	if err != nil {
		return err
	}
	told, err := b.Firing.ToldSlots(ctx, c.ID, now.Add(-slotTime))
	if err != nil {
		return err
	}
	firing := campaign.Fire(c, place, facts, rows, func(slot string) bool { return told[slot] }, now)
	// Those that are not spoken of go first: were only their message recorded, they would be taken for new ones.
	var silent []campaign.Settled
	for _, s := range firing.Settled {
		if s.Outcome != campaign.Sent {
			silent = append(silent, s)
		}
	}
	for part := range slices.Chunk(silent, settleRows) {
		if err := b.Firing.SettleReminders(ctx, bot.Ending{Op: "settle:" + b.NewID()}, part); err != nil {
			return err
		}
	}
	few := gains(firing.Reminders)
	for _, r := range firing.Reminders {
		w := writer{b: b, c: c, place: place, facts: facts, r: r, now: now}
		if few {
			w.addGains(ctx)
		}
		if err := w.fire(ctx); err != nil {
			return err
		}
	}
	return nil
}

// writer writes one reminder.
type writer struct {
	b     *Bot
	c     campaign.Campaign
	place campaign.Place
	facts campaign.Facts
	r     campaign.Reminder
	now   time.Time
	key   bot.Key
	late  int // units below that are late: what a supervisor may remind of
}

// fire records the reminder with its notices, in one transaction.
func (w *writer) fire(ctx context.Context) error {
	topic := topicReminder
	if w.r.Stage == campaign.Digest {
		topic = topicDigest
	}
	all, err := w.b.Pushes.Receivers(ctx, topic, w.r.To.Role, w.r.ToUnit)
	if err != nil {
		return err
	}
	if w.r.Officer != "" {
		all = slices.DeleteFunc(all, func(r ledger.Receiver) bool { return r.Officer != w.r.Officer })
	}
	if w.r.Stage == campaign.Digest || w.r.Stage == campaign.Escalated {
		w.late = len(lateUnits(w.c, w.place, w.facts, w.r.To.Role, w.r.ToUnit, civil.Of(w.now)))
	}
	w.key = bot.Key{ID: w.b.NewID(), About: noticeReminder + "." + w.r.Slot, Until: w.now.Add(keyTime)}
	p := post{
		b: w.b, topic: topic, slot: "remind:" + w.c.ID + ":" + w.r.List + ":" + topic, write: w.words,
		until: w.c.Rules.Closing(civil.Of(w.now), w.b.Zone),
	}
	if w.r.Stage == campaign.Digest {
		p.file = func(lang locales.Printer) *bot.Attachment { return w.picture(ctx, lang) }
	}
	end := bot.Ending{
		Op:    "remind:" + w.r.Slot,
		Audit: bot.Audit{Action: "reminder.sent", Object: w.r.Slot, Count: len(all)},
		Keys:  []bot.Key{w.key},
	}
	for _, r := range wanted(all) {
		end.Replies = append(end.Replies, p.to(r))
	}
	told := ledger.Told{
		Slot: w.r.Slot, Campaign: w.c.ID, List: w.r.List, Stage: w.r.Stage, Role: w.r.To.Role, Unit: w.r.ToUnit, Receivers: len(all),
	}
	for _, row := range w.r.Rows {
		told.Settled = append(told.Settled, campaign.Settled{Row: row, Outcome: campaign.Sent})
	}
	return w.b.Firing.FireReminder(ctx, end, told)
}

// words puts the reminder, and what can be done about it, into a language.
func (w *writer) words(p locales.Printer) (bot.Text, [][]bot.Choice) {
	text := said(p, w.r.Lines(w.c, w.place.Tree))
	button := func(do, key string, pairs ...any) bot.Choice {
		return bot.Choice{Label: words(p, fault.T(key, pairs...)), Data: w.key.Data(do)}
	}
	var choices [][]bot.Choice
	if w.late > 0 {
		choices = append(choices, []bot.Choice{button(doNudge, "reminder.button.nudge", "N", w.late)})
	}
	if w.r.Stage == campaign.Digest {
		return text, choices
	}
	if own, ok := reviewed(w.r); ok && w.r.To.Role == officer.RoleOfficer {
		choices = append(choices, []bot.Choice{button(doFix+"."+own.List, "reminder.button.fix")})
	}
	if w.r.Stage == campaign.Escalated {
		return text, choices
	}
	again := []bot.Choice{button(doTomorrow, "reminder.button.tomorrow")}
	if w.afternoon() {
		again = append([]bot.Choice{button(doLater, "reminder.button.later")}, again...)
	}
	return text, append(choices, again, []bot.Choice{button(doStuck, "reminder.button.stuck")})
}

// reviewed gives the item of questions that are open.
func reviewed(r campaign.Reminder) (campaign.Item, bool) {
	at := slices.IndexFunc(r.Items, func(it campaign.Item) bool { return slices.Contains(it.Step.Facts, campaign.ReviewDone) })
	if at < 0 || r.Stage == campaign.Digest {
		return campaign.Item{}, false
	}
	return r.Items[at], true
}

// afternoon tells whether there is an afternoon of the day still to come.
func (w *writer) afternoon() bool {
	row := campaign.Row{}
	return campaign.Snooze(row, "x", w.c.Rules, w.place, w.now).Day == civil.Of(w.now)
}

// lateUnits lists the units below that are late with something and that a role of a unit may remind of it, each once.
func lateUnits(c campaign.Campaign, place campaign.Place, facts campaign.Facts, role officer.Role, unit string, today civil.Date) []string {
	var codes []string
	for _, it := range lateItems(c, place, facts, role, unit, today) {
		if !slices.Contains(codes, it.Unit) {
			codes = append(codes, it.Unit)
		}
	}
	return codes
}

// lateItems lists what is late below a unit and may be reminded of, in the order of the campaign.
func lateItems(c campaign.Campaign, place campaign.Place, facts campaign.Facts, role officer.Role, unit string, today civil.Date) []campaign.Item {
	var late []campaign.Item
	for _, stream := range c.All() {
		for _, it := range campaign.Late(c, place, facts, stream.Kind, unit, today) {
			if place.Tree.May(role, unit, officer.Nudge, it.Unit, today) == nil {
				late = append(late, it)
			}
		}
	}
	return late
}
