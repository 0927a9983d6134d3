package main

import (
	"fmt"

	"lamsach/bot"
	"lamsach/core/civil"
	"lamsach/core/ledger"
	"lamsach/storage"
)

// holidayCommand keeps the days on which the deployment departs from the law: days off that were decided, days that are worked for
// others. A serving program plans its campaigns anew within a minute.
type holidayCommand struct {
	List holidayList `cmd:"" default:"1" help:"Print the days that differ from the law."`
	Rest holidayRest `cmd:"" help:"Make days days of rest."`
	Work holidayWork `cmd:"" help:"Make days working days."`
	Law  holidayLaw  `cmd:"" help:"Let days be what the law says."`
}

type holidayList struct{ storeConfig }

type holidayDays struct {
	storeConfig
	Days []string `arg:"" name:"day" help:"Days as YYYY-MM-DD."`
}

type holidayRest struct{ holidayDays }

type holidayWork struct{ holidayDays }

type holidayLaw struct{ holidayDays }

// Run prints the days, one a line.
func (c holidayList) Run(w world) error {
	return withStore(w, c.storeConfig, true, func(store *storage.Store) error {
		days, err := store.RestDays(w.ctx)
		for _, d := range days {
			what := "work"
			if d.Rest {
				what = "rest"
			}
			fmt.Fprintln(w.stdout, d.Day, what)
		}
		return err
	})
}

// Run makes them days of rest.
func (c holidayRest) Run(w world) error { return c.set(w, true, false) }

// Run makes them working days.
func (c holidayWork) Run(w world) error { return c.set(w, false, false) }

// Run goes back to the law.
func (c holidayLaw) Run(w world) error { return c.set(w, false, true) }

func (c holidayDays) set(w world, rest, asLaw bool) error {
	var days []civil.Date
	for _, text := range c.Days {
		day, err := civil.ParseISO(text)
		if err != nil {
			return fmt.Errorf("%q is not a day of the form YYYY-MM-DD", text)
		}
		days = append(days, day)
	}
	return withStore(w, c.storeConfig, true, func(store *storage.Store) error {
		for _, day := range days {
			op := "command:" + storage.NewID(w.now())
			end := bot.Ending{Op: op, Audit: bot.Audit{Officer: "command", Action: "restday.set", Object: day.String(), Count: 1}}
			if err := store.SetRestDay(w.ctx, end, ledger.RestDay{Day: day, Rest: rest}, asLaw); err != nil {
				return err
			}
		}
		return nil
	})
}
