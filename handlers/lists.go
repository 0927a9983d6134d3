package handlers

import (
	"context"
	"strconv"

	"lamsach/bot"
	"lamsach/core/check"
	"lamsach/core/fault"
	"lamsach/core/ledger"
	"lamsach/core/officer"
)

// listsShown is how many lists a page of the menu offers.
const listsShown = 6

// showLists offers the unit's lists, the newest first; from says how many newer ones are left out.
func showLists(ctx context.Context, t *turn, from string) error {
	if err := t.people(officer.SeePeople); err != nil {
		return err
	}
	all, err := t.lists(ctx)
	if err != nil {
		return err
	}
	t.s = session{}
	skip, err := strconv.Atoi(from)
	if err != nil || skip < 0 || skip >= len(all) {
		skip = 0
	}
	return t.finish(ctx, t.draw(t.listsView(all, skip)))
}

func (t *turn) listsView(all []ledger.List, skip int) view {
	var v view
	if len(all) == 0 {
		v.line("list.none")
		v.row(choice("help", "chat.button.help"))
		return v
	}
	v.strong("list.title", "N", len(all), "Unit", t.who.UnitName)
	page := all[skip:min(skip+listsShown, len(all))]
	for i, l := range page {
		v.line("list.item", "N", i+1, "Name", l.Name, "People", l.People, "Open", openErrors(l),
			"Date", l.Received.In(t.b.Zone).Format("02/01 15:04"))
		v.row(choice("open."+l.ID, "list.open", "N", i+1, "Name", shorten(l.Name, 28)))
	}
	if older := len(all) - skip - len(page); older > 0 {
		v.line("list.more", "N", older)
		v.row(choice("lists."+strconv.Itoa(skip+len(page)), "list.older"))
	}
	return v
}

// openErrors counts what has to be resolved before the list counts as clean.
func openErrors(l ledger.List) int {
	n := 0
	for _, c := range l.Counts {
		if c.Severity == string(check.Error) {
			n += c.Open
		}
	}
	return n
}

// shorten cuts a text to n letters, whole letters only.
func shorten(text string, n int) string {
	letters := []rune(text)
	if len(letters) <= n {
		return text
	}
	return string(letters[:n-1]) + "…"
}

// openList lays a list on the desk and shows its summary.
func openList(ctx context.Context, t *turn, id string) error {
	return t.withList(ctx, id, func(d *desk) error {
		return t.showReview(ctx, d, openReview)
	})
}

// fix goes to the next open question of the list at hand, or of the newest one that has any.
func fix(ctx context.Context, t *turn, _ string) error {
	id, err := t.listAtHand(ctx)
	if err != nil {
		return err
	}
	if id == "" {
		return showLists(ctx, t, "")
	}
	return t.withList(ctx, id, func(d *desk) error {
		return t.showReview(ctx, d, beginReview)
	})
}

// resume shows where the officer is, as far as it is known: the same screen, else the next open question of his
// list. It takes nothing and changes nothing.
func (t *turn) resume(ctx context.Context) error {
	if t.draft == nil && (t.s.Form != "" || t.s.UnderForm || !t.live && t.showsForm()) {
		if d, ok, err := t.unfinished(ctx); ok || err != nil {
			if err != nil {
				return err
			}
			return t.askForm(ctx, d)
		}
	}
	if t.s.Review == nil && t.s.Under != nil {
		t.s.Review, t.s.Under = t.s.Under, nil
	}
	if t.live && t.s.Review != nil {
		return t.withList(ctx, t.s.List, func(d *desk) error {
			return t.showReview(ctx, d, redrawReview)
		})
	}
	if t.live && t.can(officer.SeePeople, t.who.UnitCode) {
		return showLists(ctx, t, "")
	}
	if !t.can(officer.SeePeople, t.who.UnitCode) {
		return t.finish(ctx, t.greet())
	}
	return fix(ctx, t, "")
}

// listAtHand is the list that the chat is about, or the newest with something open, or the newest.
func (t *turn) listAtHand(ctx context.Context) (string, error) {
	if err := t.people(officer.SeePeople); err != nil {
		return "", err
	}
	all, err := t.lists(ctx)
	if err != nil {
		return "", err
	}
	newest := ""
	for _, l := range all {
		if l.ID == t.s.List {
			return l.ID, nil
		}
		if newest == "" && openErrors(l) > 0 {
			newest = l.ID
		}
	}
	if newest == "" && len(all) > 0 {
		newest = all[0].ID
	}
	return newest, nil
}

// withList opens a list of the officer's own unit for the length of the turn.
func (t *turn) withList(ctx context.Context, id string, do func(*desk) error) error {
	if err := t.people(officer.SeePeople); err != nil {
		return err
	}
	found := false
	err := t.b.shelf.with(ctx, t.place(), id, func(d *desk) (err error) {
		found = true
		if t.due, err = t.reviewDeadline(ctx, d.card.Kind); err != nil {
			return err
		}
		return do(d)
	})
	if found || !fault.Is(err, fault.NotFound) {
		return err
	}
	if t.u.Kind == bot.Press {
		// The list has gone, or the button was made up; that a list of another unit exists, nobody learns.
		t.b.Log.Warn("button for a list that is not the unit's", "chat", t.u.Chat.String(), "officer", t.who.ID)
		t.alert(fault.T("chat.old_screen"))
	}
	return showLists(ctx, t, "")
}

var _ bot.Handler = (*Bot)(nil)
