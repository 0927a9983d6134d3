package handlers

import (
	"context"

	"lamsach/core/campaign"
	"lamsach/core/fault"
	"lamsach/core/review"
)

// gainMost is for how many reminders of one look lists are opened to tell what groups would settle: a few communes' are read in
// seconds, a country's would hold the morning up.
const gainMost = 40

// gains tells whether there are few enough reminders of open questions to look into their lists.
func gains(all []campaign.Reminder) bool {
	n := 0
	for _, r := range all {
		if _, asks := reviewed(r); asks {
			n++
		}
	}
	return n <= gainMost
}

// addGains completes the reminder's paces with what groups would settle, from the lists as they are now. It is the shortest way to the
// end and no part of the duty, so a list that cannot be opened is logged, and the reminder goes without it.
func (w *writer) addGains(ctx context.Context) {
	for i := range w.r.Items {
		it := &w.r.Items[i]
		if it.Pace == nil || w.r.Stage == campaign.Digest {
			continue
		}
		pace := *it.Pace
		for _, unit := range it.Missing {
			groups, settles, err := w.b.gain(ctx, unit, it.List)
			if err != nil {
				w.b.Log.Warn("groups not counted", "unit", unit, "campaign", w.c.ID, "err", err)
				continue
			}
			pace.Groups, pace.Settles = pace.Groups+groups, pace.Settles+settles
		}
		it.Pace = &pace
	}
}

// gain sums over a unit's lists of a kind.
func (b *Bot) gain(ctx context.Context, unit, kind string) (groups, settles int, err error) {
	all, err := b.Lists.Lists(ctx, unit)
	if err != nil {
		return 0, 0, err
	}
	for _, l := range all {
		if l.Kind != kind || openErrors(l) == 0 {
			continue
		}
		err := b.shelf.with(ctx, place{unit: unit}, l.ID, func(d *desk) error {
			g, s := review.Gain(&review.Desk{Roster: d.ro, Checker: d.checker, Today: d.today})
			groups, settles = groups+g, settles+s
			return nil
		})
		if err != nil && !fault.Is(err, fault.NotFound) { // it has gone a moment ago
			return 0, 0, err
		}
	}
	return groups, settles, nil
}
