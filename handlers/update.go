package handlers

import (
	"context"
	"strconv"
	"strings"

	"lamsach/bot"
	"lamsach/core/fault"
	"lamsach/core/ledger"
	"lamsach/core/match"
	"lamsach/core/officer"
	"lamsach/core/roster"
)

const (
	earlierLists = 5   // how many of the unit's newest lists are looked at for an earlier state of a new one
	sameShare    = 0.5 // of the smaller list's people that have to be on both
	changesTold  = 12  // people named of each kind of change; a workbook names them all
)

// earlier finds the unit's list that a new one is a later state of, and how many people stand on both; "" when there is
// none.
func (r *reading) earlier(ctx context.Context, ro *roster.Roster) (list string, paired int, err error) {
	all, err := r.b.Lists.Lists(ctx, r.up.Unit)
	if err != nil {
		return "", 0, err
	}
	best := sameShare
	for i, l := range all {
		if i == earlierLists {
			break
		}
		if l.Kind != ro.Kind || l.ID == r.listID() {
			continue
		}
		err := r.b.shelf.with(ctx, place{unit: r.up.Unit}, l.ID, func(d *desk) error {
			u := match.Pair(d.ro, ro)
			if share := u.Same(d.ro, ro); share >= best {
				best, list, paired = share, l.ID, len(u.Pairs)
			}
			return nil
		})
		if err != nil && !fault.Is(err, fault.NotFound) { // replaced or deleted a moment ago
			return "", 0, err
		}
	}
	return list, paired, nil
}

// askLater asks whether a list is the later state of one that is there.
func (t *turn) askLater(ctx context.Context, id string) error {
	upload, rest, _ := strings.Cut(id, ".")
	old, paired, _ := strings.Cut(rest, ".")
	up, err := t.b.Uploads.Upload(ctx, upload)
	if err != nil {
		return err
	}
	card, err := t.b.Lists.List(ctx, t.who.UnitCode, old)
	if err != nil {
		return err
	}
	n, _ := strconv.Atoi(paired) // written by earlier
	t.replies = append(t.replies, progress(t.u.Chat, t.p, upload, fault.T("upload.read", "Name", up.Name)))
	t.s = session{List: old}
	var v view
	v.line("upload.later", "Name", card.Name, "Date", card.Received.In(t.b.Zone).Format("15:04 02/01/2006"), "N", n,
		"People", card.People)
	v.line("upload.later.how")
	v.row(choice("update."+upload+"|"+old, "upload.later.update"))
	v.row(choice("again."+upload, "upload.same.other"))
	v.row(choice("leave", "chat.button.cancel"))
	return t.finish(ctx, t.draw(v))
}

// splitUpdateID takes "UPLOAD|LIST" apart; a plain upload has no list.
func splitUpdateID(id string) (upload, list string) {
	upload, list, _ = strings.Cut(id, "|")
	return upload, list
}

// update makes an upload the later state of an earlier list.
func update(ctx context.Context, t *turn, id string) error {
	if err := t.people(officer.SendList); err != nil {
		return err
	}
	upload, _ := splitUpdateID(id)
	up, err := t.b.Uploads.Upload(ctx, upload)
	if fault.Is(err, fault.NotFound) || err == nil && up.Unit != t.who.UnitCode {
		return t.oldButton(ctx)
	}
	if err != nil {
		return err
	}
	t.jobs = append(t.jobs, bot.Job{Kind: JobUpdate, ID: id})
	t.s = session{}
	var v view
	v.line("upload.later.doing", "Name", up.Name)
	v.row(choice("lists", "chat.button.lists"), choice("help", "chat.button.help"))
	return t.finish(ctx, t.draw(v))
}

// updateList reads an upload anew and keeps it in the place of the earlier list, with everything that was decided there.
func (b *Bot) updateList(ctx context.Context, id string) error {
	upload, old := splitUpdateID(id)
	r, err := b.openUpload(ctx, upload)
	if err != nil || r == nil {
		return err
	}
	err = r.update(ctx, old)
	if said := final(err); said != nil {
		return r.refuse(ctx, "update:"+id, said.Text())
	}
	if err != nil {
		return err
	}
	if err := b.linkElsewhere(ctx, r.listID(), nil); err != nil {
		return err
	}
	return b.Turns.PushUpdates(ctx, []bot.Update{{
		ID: "done:" + id, Kind: bot.Done, Chat: r.chat, Sender: r.chat.ID, SentAt: b.Now(), Data: "list." + r.listID(),
	}})
}

func (r *reading) update(ctx context.Context, old string) error {
	if _, err := r.b.Lists.List(ctx, r.up.Unit, r.listID()); err == nil {
		return nil // the job ran before, and was cut short after
	}
	content, err := r.fetch(ctx)
	if err != nil {
		return err
	}
	now, _, err := r.parse(ctx, content)
	if err != nil {
		return err
	}
	if err := readable(now); err != nil {
		return err
	}
	var card ledger.List
	var told []bot.Reply
	err = r.b.shelf.with(ctx, place{unit: r.up.Unit}, old, func(d *desk) (err error) {
		card = d.card
		u := match.Pair(d.ro, now)
		u.Score(d.ro, now)
		u.Carry(d.ro, now)
		told, err = r.changes(ctx, u, d.ro, now)
		return err
	})
	if err != nil {
		return err
	}
	return r.keep(ctx, now, content, card, told...)
}
