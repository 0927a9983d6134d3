package handlers

import (
	"context"

	"lamsach/bot"
	"lamsach/core/fault"
	"lamsach/core/officer"
)

// Erasure takes lists away for good.
type Erasure interface {
	DeleteList(ctx context.Context, end bot.Ending, unit, id string) error
}

const formDelete = "delete"

// beginDelete asks which list is to be deleted.
func beginDelete(ctx context.Context, t *turn, _ string) error {
	if err := t.own(officer.DeleteList); err != nil {
		return err
	}
	all, err := t.b.Lists.Lists(ctx, t.who.UnitCode)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return showLists(ctx, t, "")
	}
	return t.startForm(ctx, formDelete, "")
}

// deleteForm asks which list, and whether that is meant: it cannot be undone.
func deleteForm() form {
	return form{
		steps: []formStep{
			{id: "list", ask: askDeleted, take: takeDeleted},
			{id: "sure", ask: askSureDelete, take: takeSure},
		},
		done: recordDelete,
	}
}

func askDeleted(ctx context.Context, t *turn, _ draft) (view, error) {
	var v view
	v.line("list.delete.which")
	all, err := t.b.Lists.Lists(ctx, t.who.UnitCode)
	for _, l := range all[:min(len(all), listsShown)] {
		v.row(choice(pick(l.ID), "list.delete.item", "Name", shorten(l.Name, 28), "Date", l.Received.In(t.b.Zone).Format("02/01 15:04")))
	}
	return v, err
}

func takeDeleted(ctx context.Context, t *turn, d *draft, in input) error {
	if in.Choice == "" {
		return fault.New(fault.Invalid, "list.delete.choose")
	}
	if _, err := t.b.Lists.List(ctx, t.who.UnitCode, in.Choice); err != nil {
		return err
	}
	d.Values["list"] = in.Choice
	return nil
}

func askSureDelete(ctx context.Context, t *turn, d draft) (view, error) {
	var v view
	l, err := t.b.Lists.List(ctx, t.who.UnitCode, d.Values["list"])
	if err != nil {
		return v, err
	}
	v.strong("list.delete.sure", "Name", l.Name, "People", l.People, "Corrections", l.Revision)
	v.line("list.delete.lost")
	v.row(choice(pick("yes"), "list.delete.yes"))
	return v, nil
}

func recordDelete(ctx context.Context, t *turn, d draft) error {
	if err := t.own(officer.DeleteList); err != nil {
		return err
	}
	l, err := t.b.Lists.List(ctx, t.who.UnitCode, d.Values["list"])
	if err != nil {
		return err
	}
	t.audit = bot.Audit{Action: "list.deleted", Object: l.ID, Count: l.People}
	t.write = func(ctx context.Context, end bot.Ending) error { return t.b.Erasure.DeleteList(ctx, end, l.Unit, l.ID) }
	t.s = session{}
	var v view
	v.line("list.delete.done", "Name", l.Name, "People", l.People)
	v.row(choice("lists", "chat.button.lists"), choice("help", "chat.button.help"))
	return t.finish(ctx, t.draw(v))
}
