package main

import (
	"fmt"

	"lamsach/storage"
)

// recountCommand holds the kept counts against the people. A serving program does so by itself once a day.
type recountCommand struct{ storeConfig }

// Run prints what was wrong and is right now; ids and counts, no names.
func (c recountCommand) Run(w world) error {
	return withStore(w, c.storeConfig, false, func(store *storage.Store) error {
		p, err := wire(w, c.storeConfig, store, nil, c.logger(w))
		if err != nil {
			return err
		}
		wrong, err := p.bot.Reconcile(w.ctx)
		for _, m := range wrong {
			fmt.Fprintf(w.stdout, "%s: %d people, %d to review; counted: %d, %d\n", m.What,
				m.Kept.Now.People, m.Kept.Now.Open, m.True.Now.People, m.True.Now.Open)
		}
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(w.stdout, "counts that were wrong, and are right now: %d\n", len(wrong))
		return err
	})
}
