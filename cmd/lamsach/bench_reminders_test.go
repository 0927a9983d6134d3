package main

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"lamsach/bot/bottest"
)

// talkPause is the time between two messages of people who talk while reminders go out.
const talkPause = 500 * time.Millisecond

// talking lets people talk until stop is called, which gives how long each waited for his answer.
func (r *morningRush) talking() (stop func() []time.Duration) {
	ctx, cancel := context.WithCancel(context.Background())
	var mu sync.Mutex
	var took []time.Duration
	var under sync.WaitGroup
	quiet := make(chan *bottest.TelegramPerson, len(r.talkers))
	for _, p := range r.talkers {
		quiet <- p
	}
	say := func(p *bottest.TelegramPerson) {
		had, begin := len(p.Messages()), time.Now()
		p.SendText("/danhsach")
		err := p.Wait(ctx, func(now []bottest.Shown) bool { return len(now) > had+1 && now[len(now)-1].FromBot })
		if err != nil {
			return
		}
		mu.Lock()
		took = append(took, time.Since(begin))
		mu.Unlock()
		quiet <- p
	}
	under.Go(func() {
		tick := time.NewTicker(talkPause)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
			case <-ctx.Done():
				return
			}
			select {
			case p := <-quiet:
				under.Go(func() { say(p) })
			default: // everybody waits
			}
		}
	})
	return func() []time.Duration {
		cancel()
		under.Wait()
		slices.Sort(took)
		return took
	}
}

// BenchmarkReminders measures 20,000 reminders of one moment with the real program, before a Bot API server that takes 30 messages a
// second, does not answer one call in a hundred and knows one person in fifty as having blocked the bot; the program is killed twice,
// and people talk meanwhile. It takes a quarter of an hour.
func BenchmarkReminders(b *testing.B) {
	const people, perSecond, kills = 20_000, 30, 2
	for b.Loop() {
		b.StopTimer()
		r := newMorningRush(b, people, perSecond)
		stop := r.talking()
		b.StartTimer()
		start, took := r.run(kills, 40*time.Minute)
		b.StopTimer()
		waits := stop()
		r.settled()
		n, twice := r.arrived()
		b.ReportMetric(float64(n)/took.Seconds(), "reminders/s")
		b.ReportMetric(start.Seconds(), "s-to-first")
		b.ReportMetric(float64(r.reachable()-n), "lost")
		b.ReportMetric(float64(twice), "doubled")
		b.ReportMetric(float64(waits[len(waits)*99/100].Microseconds())/1000, "p99-reply-ms")
		b.ReportMetric(float64(waits[len(waits)/2].Microseconds())/1000, "p50-reply-ms")
		b.Logf("%d answers; the slowest took %v", len(waits), waits[max(0, len(waits)-5):])
		b.StartTimer()
	}
}
