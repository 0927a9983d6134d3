package main

import (
	"context"
	"sync/atomic"
	"time"

	"lamsach/bot"
	"lamsach/bot/web"
	"lamsach/core/fault"
	"lamsach/handlers"
	"lamsach/storage"
)

// demoClock is a clock that goes with the machine's and can be put forward, so that a visitor sees what becomes due.
type demoClock struct {
	machine func() time.Time
	ahead   atomic.Int64 // nanoseconds
}

// Now is the demo's moment.
func (c *demoClock) Now() time.Time { return c.machine().Add(time.Duration(c.ahead.Load())) }

// forward puts the clock forward to a moment; one that is past leaves it.
func (c *demoClock) forward(to time.Time) {
	if by := to.Sub(c.Now()); by > 0 {
		c.ahead.Add(int64(by))
	}
}

// morning is the hour at which the demo's days begin: just after reminders go out.
const morning = 8

// shown is the clock beside the chat: the moment, and the ways to put it forward. After each there is a look at what is due.
func (c *demoClock) shown(store *storage.Store, lang string, days *time.Location) *web.Clock {
	move := func(id, key string, to func(now time.Time) time.Time) web.Move {
		return web.Move{ID: id, Label: words(lang, fault.T(key)), Do: func(ctx context.Context) error {
			c.forward(to(c.Now().In(days)))
			return store.EndTurn(ctx, bot.Ending{
				Op: "demo-clock:" + storage.NewID(c.Now()), Jobs: []bot.Job{{Kind: handlers.JobLook, ID: "clock"}},
			})
		}}
	}
	dayAfter := func(n int) func(time.Time) time.Time {
		return func(now time.Time) time.Time {
			return time.Date(now.Year(), now.Month(), now.Day()+n, morning, 1, 0, 0, days)
		}
	}
	return &web.Clock{
		Shown: func() string {
			now := c.Now().In(days)
			return words(lang, fault.T("cli.demo.moment", "Weekday", fault.T("cli.demo.weekday."+weekdays[now.Weekday()]), "At", now.Format("15:04 02/01/2006")))
		},
		Moves: []web.Move{
			move("hour", "cli.demo.move.hour", func(now time.Time) time.Time { return now.Add(time.Hour) }),
			move("day", "cli.demo.move.day", dayAfter(1)),
			move("week", "cli.demo.move.week", dayAfter(7)),
		},
	}
}

// weekdays are the ends of the keys of their names.
var weekdays = map[time.Weekday]string{
	time.Monday: "mon", time.Tuesday: "tue", time.Wednesday: "wed", time.Thursday: "thu", time.Friday: "fri",
	time.Saturday: "sat", time.Sunday: "sun",
}
