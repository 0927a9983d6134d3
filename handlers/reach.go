package handlers

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
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
	namesTold  = 20                  // people named in one message; the rest are counted
	unsentTime = 14 * 24 * time.Hour // how far back the list of what was not sent goes
	unsentMost = 2000
)

// tellUnreachable tells the nearest supervisors above whom nothing reaches, once and all together, in working hours.
func (b *Bot) tellUnreachable(ctx context.Context) error {
	all, err := b.Reach.Unreachable(ctx)
	if err != nil || !slices.ContainsFunc(all, func(u ledger.Unreachable) bool { return !u.Told }) {
		return err
	}
	place, err := b.place(ctx)
	if err != nil || !(campaign.Rules{}).Open(place.Calendar, b.Now().In(b.Zone)) {
		return err
	}
	cut := map[string]bool{}
	for _, u := range all {
		cut[u.Officer.ID] = true
	}
	type post struct {
		to   []ledger.Receiver
		whom []officer.Officer
	}
	posts := map[string]*post{} // by who is told
	var order []string
	for _, u := range all {
		if u.Told {
			continue
		}
		to, err := b.supervisors(ctx, place.Tree, u.Officer, cut)
		if err != nil {
			return err
		}
		var ids []string
		for _, r := range to {
			ids = append(ids, r.Officer)
		}
		key := strings.Join(ids, " ")
		if posts[key] == nil {
			posts[key] = &post{to: to}
			order = append(order, key)
		}
		posts[key].whom = append(posts[key].whom, u.Officer)
	}
	for _, key := range order {
		if err := b.reportUnreachable(ctx, place.Tree, posts[key].to, posts[key].whom); err != nil {
			return err
		}
	}
	return nil
}

// supervisors finds who is to know that nothing reaches an officer: the supervisors of the nearest unit above that has any who can be
// reached, else its admins.
func (b *Bot) supervisors(ctx context.Context, tree *officer.Tree, who officer.Officer, cut map[string]bool) ([]ledger.Receiver, error) {
	path := tree.Path(who.UnitCode)
	slices.SortStableFunc(path, func(a, z officer.Unit) int { return int(z.Level) - int(a.Level) })
	for _, role := range []officer.Role{officer.RoleSupervisor, officer.RoleAdmin} {
		for _, u := range path {
			if u.Code == who.UnitCode && who.Role == role {
				continue
			}
			to, err := b.Pushes.Receivers(ctx, topicBlocked, role, u.Code)
			if err != nil {
				return nil, err
			}
			to = slices.DeleteFunc(to, func(r ledger.Receiver) bool { return cut[r.Officer] })
			if len(to) > 0 {
				return to, nil
			}
		}
	}
	return nil, nil
}

// reportUnreachable tells some of some; whoever has turned the topic off is not told, and finds it in the list of what was not sent.
func (b *Bot) reportUnreachable(ctx context.Context, tree *officer.Tree, to []ledger.Receiver, whom []officer.Officer) error {
	var ids []string
	for _, o := range whom {
		ids = append(ids, o.ID)
	}
	p := post{b: b, topic: topicBlocked, write: func(p locales.Printer) (bot.Text, [][]bot.Choice) {
		texts := []fault.Text{fault.T("reach.cut", "N", len(whom))}
		for i, o := range whom {
			if i == namesTold {
				texts = append(texts, fault.T("reach.more", "N", len(whom)-namesTold))
				break
			}
			texts = append(texts, fault.T("reach.officer", "Name", o.Name, "Role", fault.T(o.Role.Key()), "Unit", unitTitle(tree, o.UnitCode)))
		}
		return said(p, append(texts, fault.T("reach.what_to_do"))), nil
	}}
	end := bot.Ending{
		Op:    "unreachable:" + b.NewID(), // what was told is marked in the same transaction
		Audit: bot.Audit{Action: "officer.unreachable", Object: ids[0], Count: len(ids)},
	}
	for _, r := range wanted(to) {
		end.Replies = append(end.Replies, p.to(r))
	}
	return b.Reach.TellUnreachable(ctx, end, ids)
}

// makeUp plans again what a chat missed: id is "platform:chat:since".
func (b *Bot) makeUp(ctx context.Context, id string) error {
	at := strings.LastIndex(id, ":")
	platform, chat, ok := strings.Cut(id[:max(at, 0)], ":")
	seconds, err := strconv.ParseInt(id[at+1:], 10, 64)
	if !ok || err != nil {
		return fmt.Errorf("chat_reached job %q is malformed", id)
	}
	who, err := b.Officers.OfficerOf(ctx, platform, chat)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	place, err := b.place(ctx)
	if err != nil {
		return err
	}
	role, ok := party(place.Tree, who)
	if !ok {
		return nil
	}
	all, err := b.Plans.Campaigns(ctx)
	if err != nil {
		return err
	}
	now := b.Now().In(b.Zone)
	since, today := civil.Of(time.Unix(seconds, 0).In(b.Zone)), civil.Of(now)
	for _, c := range all {
		if today.After(c.Last()) {
			continue
		}
		rows := slices.DeleteFunc(campaign.Missed(c, place, role, who.UnitCode, who.ID, since, today), func(r campaign.Row) bool {
			return r.Moment(b.Zone).After(now) // it is still to come, and comes to everybody
		})
		if len(rows) == 0 {
			continue
		}
		end := bot.Ending{
			Op: "make-up:" + id + ":" + c.ID, Jobs: []bot.Job{{Kind: JobLook, ID: "make up"}},
			Audit: bot.Audit{Action: "reminder.planned_again", Object: who.ID, Count: len(rows)},
		}
		err = errors.Join(err, b.Reminders.AddReminders(ctx, end, rows))
	}
	return err
}

// showUnsent lists what was to be sent below and was not, with the reasons, and whom nothing reaches.
func showUnsent(ctx context.Context, t *turn, _ string) error {
	if err := t.own(officer.SeeOfficers); err != nil {
		return err
	}
	unsent, err := t.b.Reach.Unsent(ctx, t.b.Now().Add(-unsentTime), unsentMost)
	if err != nil {
		return err
	}
	cut, err := t.b.Reach.Unreachable(ctx)
	if err != nil {
		return err
	}
	t.s = t.s.under()
	v := t.unsentView(unsent, cut)
	v.row(choice("leave", "chat.button.cancel"))
	return t.finish(ctx, t.draw(v))
}

// cutOff adds to a view who of some officers cannot be reached, and since when.
func (t *turn) cutOff(ctx context.Context, v *view, among ...officer.Officer) error {
	cut, err := t.b.Reach.Unreachable(ctx)
	if err != nil {
		return err
	}
	t.listCut(v, slices.DeleteFunc(cut, func(u ledger.Unreachable) bool {
		return !slices.ContainsFunc(among, func(o officer.Officer) bool { return o.ID == u.Officer.ID })
	}))
	return nil
}

// listCut adds a line for each of the first who cannot be reached.
func (t *turn) listCut(v *view, cut []ledger.Unreachable) {
	for i, u := range cut {
		if i == namesTold {
			v.line("reach.more", "N", len(cut)-namesTold)
			return
		}
		v.line("reach.since", "Name", u.Officer.Name, "Role", fault.T(u.Officer.Role.Key()), "Unit", t.unitName(u.Officer.UnitCode),
			"Day", civil.Of(u.Since.In(t.b.Zone)))
	}
}

func (t *turn) unsentView(unsent []ledger.Unsent, cut []ledger.Unreachable) view {
	unsent = slices.DeleteFunc(unsent, func(u ledger.Unsent) bool { return !t.can(officer.SeeOfficers, u.Unit) })
	cut = slices.DeleteFunc(cut, func(u ledger.Unreachable) bool { return !t.can(officer.SeeOfficers, u.Officer.UnitCode) })
	var v view
	v.strong("reach.title", "N", len(unsent), "Cut", len(cut))
	t.listCut(&v, cut)
	for i, u := range unsent {
		if i == namesTold {
			v.line("reach.more", "N", len(unsent)-namesTold)
			break
		}
		v.line("reach.unsent", "At", u.At.In(t.b.Zone).Format("02/01 15:04"), "Topic", topicName(u.Topic), "Role", fault.T(u.Role.Key()),
			"Unit", t.unitName(u.Unit), "Reason", fault.T("reach.reason."+u.Reason))
	}
	return v
}
