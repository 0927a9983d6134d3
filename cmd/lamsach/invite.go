package main

import (
	"fmt"
	"time"

	"lamsach/core/civil"
	"lamsach/core/officer"
	"lamsach/storage"
)

// inviteCommand makes a one-time code that binds an account to a person, a role and a unit. Who can run it on the server is trusted: the
// account needs no confirmation. The first admin comes in this way: --role admin --unit VN.
type inviteCommand struct {
	storeConfig
	Role     string        `name:"role" required:"" help:"officer, police, supervisor, helper, registrar or admin."`
	Unit     string        `name:"unit" required:"" help:"Code of the unit: VN, a province, a commune, a helper's hamlet (lamsach unit list)."`
	UnitName string        `name:"unit-name" help:"Name of the unit, as officers read it; empty: as the tree of units has it."`
	Name     string        `name:"name" required:"" help:"Name of the person whom the code is for."`
	Phone    string        `name:"phone" help:"Telephone number that the account has to share on Telegram."`
	Expires  time.Duration `name:"expires" default:"72h" help:"How long the code can be used."`
	Bot      string        `name:"bot" help:"User name of the bot, for a link that can be opened on the phone."`
}

// Run prints the code, and the link when the bot's name is given.
func (c inviteCommand) Run(w world) error {
	if c.Expires <= 0 {
		return fmt.Errorf("--expires is not a time to come")
	}
	var code string
	err := withStore(w, c.storeConfig, true, func(store *storage.Store) error {
		tree, err := store.Tree(w.ctx)
		if err != nil {
			return err
		}
		invite, err := c.invite(w, tree)
		if err != nil {
			return err
		}
		code, err = store.AddInvite(w.ctx, invite, w.now().Add(c.Expires))
		return err
	})
	if err != nil {
		return err
	}
	fmt.Fprintln(w.stdout, code)
	if c.Bot != "" {
		fmt.Fprintln(w.stdout, telegramLink(c.Bot, code))
	}
	return nil
}

// invite checks what was asked for against the tree.
func (c inviteCommand) invite(w world, tree *officer.Tree) (in officer.Invite, err error) {
	if in.Role, err = officer.ParseRole(c.Role); err != nil {
		return in, fmt.Errorf("--role: %w", err)
	}
	if err := tree.Seat(in.Role, c.Unit); err != nil {
		return in, fmt.Errorf("--unit: %w", err)
	}
	days, err := zone()
	if err != nil {
		return in, err
	}
	u, _ := tree.Unit(c.Unit)
	if !u.ValidAt(civil.Of(w.now().In(days))) {
		return in, fmt.Errorf("--unit: %s does not exist today", c.Unit)
	}
	in.UnitCode, in.UnitName, in.Name = c.Unit, tree.FullName(c.Unit), c.Name
	if c.UnitName != "" {
		in.UnitName = c.UnitName
	}
	if in.Role == officer.RoleHelper {
		in.Hamlet = u.Name
	}
	switch {
	case c.Phone != "":
		if in.Phone, err = officer.ParsePhone(c.Phone); err != nil {
			return in, fmt.Errorf("--phone: %w", err)
		}
	case c.RequirePhone:
		return in, fmt.Errorf("LAMSACH_REQUIRE_PHONE asks for a number: set --phone")
	}
	return in, nil
}

// migrateCommand opens the store, which brings it up to date, and verifies its audit chain.
type migrateCommand struct{ storeConfig }

// Run says what was verified.
func (c migrateCommand) Run(w world) error {
	return withStore(w, c.storeConfig, false, func(store *storage.Store) error {
		head, err := store.VerifyAudit(w.ctx, storage.AuditHead{})
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(w.stdout, "the store is up to date; %d audit lines verified\n", head.Seq)
		return err
	})
}
