package main

import (
	"fmt"
	"text/tabwriter"

	"lamsach/bot"
	"lamsach/core/officer"
	"lamsach/storage"
)

// officersCommand lists who has which rights, for the operator at the server; what it prints is personal and goes nowhere else.
type officersCommand struct {
	storeConfig
	Unit      string `name:"unit" help:"Only of this unit and those below; empty: all."`
	Revoke    string `name:"revoke" help:"Id of an officer whose rights end now."`
	Successor string `name:"successor" help:"Id of the officer of the same unit who goes on with the work of the revoked one."`
}

// Run lists, or revokes.
func (c officersCommand) Run(w world) error {
	return withStore(w, c.storeConfig, true, func(store *storage.Store) error {
		if c.Revoke != "" {
			return c.revoke(w, store)
		}
		return c.list(w, store)
	})
}

func (c officersCommand) revoke(w world, store *storage.Store) error {
	end := bot.Ending{
		Op:    "revoke:" + storage.NewID(w.now()),
		Audit: bot.Audit{Action: "officer.revoked", Object: c.Revoke, Count: 1},
	}
	if err := store.RevokeOfficer(w.ctx, end, c.Revoke, c.Successor); err != nil {
		return err
	}
	_, err := fmt.Fprintln(w.stdout, c.Revoke, "has no rights any more")
	return err
}

func (c officersCommand) list(w world, store *storage.Store) error {
	tree, err := store.Tree(w.ctx)
	if err != nil {
		return err
	}
	in := func(unit string) bool { return c.Unit == "" || lies(tree, unit, c.Unit) }
	bound, err := store.OfficersWhere(w.ctx, in)
	if err != nil {
		return err
	}
	waiting, err := store.Joinings(w.ctx, in)
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(w.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "ID\tROLE\tUNIT\tNAME\tPLATFORM\tSTATE")
	row := func(o officer.Officer, state string) {
		fmt.Fprintf(table, "%s\t%s\t%s %s\t%s\t%s\t%s\n", o.ID, o.Role, o.UnitCode, tree.FullName(o.UnitCode), o.Name, o.Platform, state)
	}
	for _, o := range bound {
		row(o, "active")
	}
	for _, j := range waiting {
		row(j.Officer, "waits for "+string(j.State))
	}
	return table.Flush()
}

// lies reports whether a unit is another, or lies in it, whenever.
func lies(tree *officer.Tree, unit, in string) bool {
	for _, u := range tree.Path(unit) {
		if u.Code == in {
			return true
		}
	}
	return unit == in
}
