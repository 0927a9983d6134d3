package main

import (
	"fmt"
	"text/tabwriter"

	"lamsach/bot"
	"lamsach/core/civil"
	"lamsach/core/officer"
	"lamsach/storage"
)

// unitCommand keeps the tree of units: the 34 provinces and 3,321 communes are built in, all else is added here, in the chat, or by lists.
type unitCommand struct {
	List   unitListCommand   `cmd:"" help:"List units."`
	Add    unitAddCommand    `cmd:"" help:"Add a unit: a hamlet of a commune, a district between a province and its communes."`
	Rename unitRenameCommand `cmd:"" help:"Give a unit another name."`
	End    unitEndCommand    `cmd:"" help:"Give a unit, and all that lies in it, its last day."`
	Merge  unitMergeCommand  `cmd:"" help:"Form a unit of others."`
	Import unitImportCommand `cmd:"" help:"Take units over from a CSV, YAML or JSON file."`
}

type unitListCommand struct {
	storeConfig
	Under string `arg:"" optional:"" default:"VN" help:"The unit whose parts are listed."`
	All   bool   `name:"all" help:"All levels below, and units that have ended; else those right below today."`
}

// Run prints codes, levels, names and days.
func (c unitListCommand) Run(w world) error {
	return withTree(w, c.storeConfig, func(store *storage.Store, tree *officer.Tree, today civil.Date) error {
		if _, ok := tree.Unit(c.Under); !ok {
			return unknownUnit(c.Under)
		}
		table := tabwriter.NewWriter(w.stdout, 0, 0, 2, ' ', 0)
		fmt.Fprintln(table, "CODE\tLEVEL\tNAME\tFROM\tTO")
		show := func(u officer.Unit) {
			fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", u.Code, u.Level, tree.FullName(u.Code), u.ValidFrom, u.ValidTo)
		}
		if !c.All {
			for _, u := range tree.Children(c.Under, today) {
				show(u)
			}
			return table.Flush()
		}
		for _, u := range tree.Within(c.Under) {
			show(u)
		}
		return table.Flush()
	})
}

type unitAddCommand struct {
	storeConfig
	Parent string   `name:"parent" required:"" help:"Code of the unit that it lies in."`
	Name   string   `name:"name" required:"" help:"Its name without the kind."`
	Level  string   `name:"level" default:"hamlet" help:"province, district, commune or hamlet."`
	Code   string   `name:"code" help:"Its code; a hamlet without one gets the next number of its commune."`
	Kind   string   `name:"kind" help:"As the law calls it."`
	From   string   `name:"from" help:"First day, YYYY-MM-DD; empty: since ever."`
	Holds  []string `name:"holds" help:"Codes of units that lie in it from now on, a comma between."`
}

// Run adds and prints the code.
func (c unitAddCommand) Run(w world) error {
	var level officer.Level
	if err := level.UnmarshalText([]byte(c.Level)); err != nil {
		return err
	}
	from, err := day("--from", c.From)
	if err != nil {
		return err
	}
	code := c.Code
	return changeUnits(w, c.storeConfig, "unit.added", func(tree *officer.Tree, today civil.Date) ([]officer.Unit, error) {
		if level == officer.LevelHamlet && c.Code == "" {
			_, u, err := tree.AddHamlet(c.Parent, c.Name, from)
			code = u.Code
			return []officer.Unit{u}, err
		}
		u := officer.Unit{Code: c.Code, Name: c.Name, Kind: c.Kind, Level: level, Parent: c.Parent, ValidFrom: from}
		return tree.Insert(u, c.Holds...)
	}, func() string { return code })
}

type unitRenameCommand struct {
	storeConfig
	Code string `arg:"" help:"Code of the unit."`
	Name string `arg:"" help:"Its new name without the kind."`
	Kind string `name:"kind" help:"Its new kind; empty: unchanged."`
}

// Run renames.
func (c unitRenameCommand) Run(w world) error {
	return changeUnits(w, c.storeConfig, "unit.renamed", func(tree *officer.Tree, _ civil.Date) ([]officer.Unit, error) {
		return tree.Rename(c.Code, c.Name, c.Kind)
	}, func() string { return c.Code })
}

type unitEndCommand struct {
	storeConfig
	Code string `arg:"" help:"Code of the unit."`
	On   string `name:"on" required:"" help:"Its last day, YYYY-MM-DD."`
}

// Run ends.
func (c unitEndCommand) Run(w world) error {
	last, err := day("--on", c.On)
	if err != nil {
		return err
	}
	return changeUnits(w, c.storeConfig, "unit.ended", func(tree *officer.Tree, _ civil.Date) ([]officer.Unit, error) {
		return tree.End(c.Code, last)
	}, func() string { return c.Code })
}

type unitMergeCommand struct {
	storeConfig
	Codes []string `arg:"" help:"Codes of the units that become one."`
	Code  string   `name:"code" required:"" help:"Code of the new unit."`
	Name  string   `name:"name" required:"" help:"Its name without the kind."`
	Kind  string   `name:"kind" help:"As the law calls it."`
	From  string   `name:"from" required:"" help:"Its first day, YYYY-MM-DD; today or earlier."`
}

// Run merges. Officers of the old units are moved in the chat, or by a new invitation.
func (c unitMergeCommand) Run(w world) error {
	from, err := day("--from", c.From)
	if err != nil {
		return err
	}
	return changeUnits(w, c.storeConfig, "unit.merged", func(tree *officer.Tree, today civil.Date) ([]officer.Unit, error) {
		if from.After(today) {
			return nil, fmt.Errorf("--from: a merger is recorded on its first day, not before")
		}
		return tree.Merge(officer.Unit{Code: c.Code, Name: c.Name, Kind: c.Kind}, from, c.Codes...)
	}, func() string { return c.Code })
}

// withTree opens the store beside a serving program.
func withTree(w world, c storeConfig, do func(*storage.Store, *officer.Tree, civil.Date) error) error {
	days, err := zone()
	if err != nil {
		return err
	}
	return withStore(w, c, true, func(store *storage.Store) error {
		tree, err := store.Tree(w.ctx)
		if err != nil {
			return err
		}
		return do(store, tree, civil.Of(w.now().In(days)))
	})
}

// changeUnits records a change, which a serving program sees with its next turn, and prints what it was about.
func changeUnits(
	w world, c storeConfig, action string, change func(*officer.Tree, civil.Date) ([]officer.Unit, error), about func() string,
) error {
	return withTree(w, c, func(store *storage.Store, _ *officer.Tree, today civil.Date) error {
		count := 0
		end := bot.Ending{Op: action + ":" + storage.NewID(w.now()), Audit: bot.Audit{Action: action, Count: 1}}
		err := store.ChangeUnits(w.ctx, end, func(tree *officer.Tree) ([]officer.Unit, error) {
			units, err := change(tree, today)
			count = len(units)
			return units, err
		})
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(w.stdout, "%s (%d units changed)\n", about(), count)
		return err
	})
}

// day reads a day of an option; empty is none.
func day(option, text string) (civil.Date, error) {
	if text == "" {
		return civil.Date{}, nil
	}
	d, err := civil.ParseISO(text)
	if err != nil {
		return d, fmt.Errorf("%s is not a day of the form YYYY-MM-DD", option)
	}
	return d, nil
}

func unknownUnit(code string) error { return fmt.Errorf("there is no unit %s", code) }
