package storage_test

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"lamsach/bot"
	"lamsach/core/ledger"
	"lamsach/storage"
)

var ctx = context.Background()

// commune makes a list of n people of 450 bytes each, as a commune's list of 25 columns has.
func commune(n int) iter.Seq[ledger.Person] {
	cells := make([]byte, 450)
	return func(yield func(ledger.Person) bool) {
		for i := range n {
			p := ledger.Person{Row: 8 + i, Group: "Thôn Đông", Cells: cells,
				NumberKey: fmt.Sprintf("0143160%05d", i), NameKey: fmt.Sprintf("tre thu nghiem %d|2016-05-09", i)}
			if !yield(p) {
				return
			}
		}
	}
}

func add(tb testing.TB, s *storage.Store, id string, n int) {
	tb.Helper()
	if err := s.AddList(ctx, bot.Ending{Op: id}, ledger.List{ID: id, Unit: "09661", People: n}, commune(n)); err != nil {
		tb.Fatal(err)
	}
}

func BenchmarkAddList(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			s := storage.Opened(b)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				add(b, s, fmt.Sprint("list", n, "-", i), n)
			}
			b.ReportMetric(float64(b.N)*float64(n)/b.Elapsed().Seconds(), "people/s")
		})
	}
}

func BenchmarkPeopleOf(b *testing.B) {
	s := storage.Opened(b)
	add(b, s, "list", 6_600)
	for b.Loop() {
		if err := s.PeopleOf(ctx, "list", func(ledger.Person) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkProgressOfUnits(b *testing.B) {
	s := storage.Opened(b)
	const communes = 3_321
	for i := range communes {
		l := ledger.List{ID: fmt.Sprint(i), Unit: fmt.Sprint(i), Counts: []ledger.Count{{Code: "a.b", Severity: "error", Open: i}}}
		if err := s.AddList(ctx, bot.Ending{Op: l.ID}, l, commune(1)); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		units, err := s.ProgressOfUnits(ctx)
		if err != nil || len(units) != communes {
			b.Fatal(len(units), err)
		}
	}
}

// turn is all that the store does from an update to its reply.
func turn(s *storage.Store, chat bot.Chat, id string) error {
	u := bot.Update{ID: id, Kind: bot.Message, Chat: chat, Text: "2"}
	if err := s.PushUpdates(ctx, []bot.Update{u}); err != nil {
		return err
	}
	u, _, _, err := s.NextUpdate(ctx, chat)
	if err != nil {
		return err
	}
	err = s.EndTurn(ctx, bot.Ending{Op: u.Op(), Update: true, Chat: chat, Screen: "abcd1234",
		Replies: []bot.Reply{{To: chat, Slot: "screen", Mode: bot.Edit, Text: bot.Text{{{Text: "3/120"}}}}},
		Audit:   bot.Audit{Officer: "officer", Action: "person.corrected", Object: "list", Count: 1}})
	if err != nil {
		return err
	}
	out, _, err := s.NextReply(ctx, chat, time.Now())
	if err != nil {
		return err
	}
	return s.ReplySent(ctx, out.ID, "1")
}

func BenchmarkTurn(b *testing.B) {
	s := storage.Opened(b)
	var chats atomic.Int64
	b.SetParallelism(8)
	b.RunParallel(func(pb *testing.PB) {
		chat := bot.Chat{Platform: "test", ID: fmt.Sprint(chats.Add(1))}
		for n := 0; pb.Next(); n++ {
			if err := turn(s, chat, chat.ID+"-"+fmt.Sprint(n)); err != nil {
				b.Error(err)
				return
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "turns/s")
}

// BenchmarkTurnDuringUpload runs 100 turns a second while lists of 10,000 people are stored one after another, and
// tells how long the slowest of a hundred took.
func BenchmarkTurnDuringUpload(b *testing.B) {
	s := storage.Opened(b)
	stop, uploads := make(chan struct{}), sync.WaitGroup{}
	uploads.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
				add(b, s, fmt.Sprint("list", i), 10_000)
			}
		}
	})
	var mu sync.Mutex
	var took []time.Duration
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	var turns sync.WaitGroup
	for n := 0; b.Loop(); n++ {
		<-tick.C
		turns.Go(func() {
			start := time.Now()
			chat := bot.Chat{Platform: "test", ID: fmt.Sprint(n % 40)}
			if err := turn(s, chat, fmt.Sprint(n)); err != nil {
				b.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			took = append(took, time.Since(start))
		})
	}
	turns.Wait()
	close(stop)
	uploads.Wait()
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}
