package main

import (
	"fmt"
	"time"

	"lamsach/core/officer"
	"lamsach/storage"
)

// inviteCommand makes a one-time code that binds an account to a person, a role and a unit.
type inviteCommand struct {
	storeConfig
	Role     string        `name:"role" required:"" help:"officer, police, supervisor, helper, registrar or admin."`
	Unit     string        `name:"unit" required:"" help:"Code of the unit."`
	UnitName string        `name:"unit-name" required:"" help:"Name of the unit, as officers read it."`
	Name     string        `name:"name" required:"" help:"Name of the person whom the code is for."`
	Expires  time.Duration `name:"expires" default:"72h" help:"How long the code can be used."`
	Bot      string        `name:"bot" help:"User name of the bot, for a link that can be opened on the phone."`
}

// Run prints the code, and the link when the bot's name is given.
func (c inviteCommand) Run(w world) error {
	role, err := officer.ParseRole(c.Role)
	if err != nil {
		return fmt.Errorf("--role: %w", err)
	}
	if c.Expires <= 0 {
		return fmt.Errorf("--expires is not a time to come")
	}
	invite := officer.Invite{Role: role, UnitCode: c.Unit, UnitName: c.UnitName, Name: c.Name}
	var code string
	err = withStore(w, c.storeConfig, true, func(store *storage.Store) (err error) {
		code, err = store.AddInvite(w.ctx, invite, w.now().Add(c.Expires))
		return err
	})
	if err != nil {
		return err
	}
	fmt.Fprintln(w.stdout, code)
	if c.Bot != "" {
		fmt.Fprintf(w.stdout, "https://t.me/%s?start=%s\n", c.Bot, code)
	}
	return nil
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
