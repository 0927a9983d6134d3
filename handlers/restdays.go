package handlers

import (
	"context"
	"strings"

	"lamsach/bot"
	"lamsach/core/civil"
	"lamsach/core/fault"
	"lamsach/core/ledger"
	"lamsach/core/officer"
	"lamsach/core/viet"
)

// restDayWords are what may be typed behind a day, folded, and what it makes of the day.
var restDayWords = map[string]string{"nghi": restDay, "rest": restDay, "lam": workDay, "di lam": workDay, "work": workDay, "luat": lawDay, "law": lawDay}

const (
	restDay = "rest"
	workDay = "work"
	lawDay  = "law"
)

// restDays shows on which days the deployment departs from the law, or changes one: "/ngaynghi 27/4/2026 nghỉ".
func restDays(ctx context.Context, t *turn, rest string) error {
	if err := t.own(officer.Configure); err != nil {
		return err
	}
	if strings.TrimSpace(rest) == "" {
		return t.showRestDays(ctx)
	}
	text, what, _ := strings.Cut(strings.TrimSpace(rest), " ")
	day, err := parseDay(text)
	do := restDayWords[viet.Fold(strings.TrimSpace(what))]
	if err != nil || do == "" {
		return t.finish(ctx, t.say(fault.T("restday.how")))
	}
	t.write = func(ctx context.Context, end bot.Ending) error {
		return t.b.Calendar.SetRestDay(ctx, end, ledger.RestDay{Day: day, Rest: do == restDay}, do == lawDay)
	}
	t.jobs = append(t.jobs, bot.Job{Kind: JobLook, ID: "rest days"})
	t.audit = bot.Audit{Action: "restday.set", Object: day.String() + " " + do, Count: 1}
	return t.finish(ctx, t.say(fault.T("restday.set."+do, "Day", day), fault.T("restday.planned")))
}

// parseDay reads "27/4/2026" and "2026-04-27".
func parseDay(text string) (civil.Date, error) {
	if day, err := civil.ParseISO(text); err == nil {
		return day, nil
	}
	parts := strings.Split(text, "/")
	if len(parts) != 3 {
		return civil.Date{}, fault.New(fault.Invalid, "restday.how")
	}
	pad := func(s string, n int) string { return strings.Repeat("0", max(0, n-len(s))) + s }
	return civil.ParseISO(pad(parts[2], 4) + "-" + pad(parts[1], 2) + "-" + pad(parts[0], 2))
}

func (t *turn) showRestDays(ctx context.Context) error {
	days, err := t.b.Calendar.RestDays(ctx)
	if err != nil {
		return err
	}
	texts := []fault.Text{fault.T("restday.title", "N", len(days))}
	for _, d := range days {
		key := "restday.item.work"
		if d.Rest {
			key = "restday.item.rest"
		}
		texts = append(texts, fault.T(key, "Day", d.Day))
	}
	return t.finish(ctx, t.say(append(texts, fault.T("restday.how"))...))
}
