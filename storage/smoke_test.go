package storage

import (
	"context"
	"fmt"
	"iter"
	"path/filepath"
	"testing"
	"time"

	"lamsach/bot"
	"lamsach/core/ledger"
	"lamsach/storage/seal"
)

func testSealer(t testing.TB) *seal.Sealer {
	t.Helper()
	s, err := seal.New([]byte("0123456789abcdef0123456789abcdef"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func openTest(t testing.TB) *Store {
	t.Helper()
	s, err := Open(context.Background(), "sqlite:"+filepath.Join(t.TempDir(), "lamsach.db"), Options{Sealer: testSealer(t), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func somePeople(n int) iter.Seq[ledger.Person] {
	cells := make([]byte, 450)
	return func(yield func(ledger.Person) bool) {
		for i := range n {
			p := ledger.Person{Row: i + 8, Group: "Thôn Đông", Cells: cells, NumberKey: fmt.Sprintf("0143160%05d", i), NameKey: fmt.Sprint("nguyen van an|2016-05-", i)}
			if !yield(p) {
				return
			}
		}
	}
}

func BenchmarkAddList(b *testing.B) {
	s := openTest(b)
	ctx := context.Background()
	for i := 0; b.Loop(); i++ {
		id := IDFor("bench", fmt.Sprint(i))
		if err := s.AddList(ctx, bot.Ending{Op: id}, ledger.List{ID: id, Unit: "09661", People: 10_000}, somePeople(10_000)); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)*10_000/b.Elapsed().Seconds(), "people/s")
}

func BenchmarkTurn(b *testing.B) {
	s := openTest(b)
	ctx := context.Background()
	n := 0
	b.SetParallelism(16)
	b.RunParallel(func(pb *testing.PB) {
		id := NewID(time.Now())
		chat := bot.Chat{Platform: "test", ID: id}
		for pb.Next() {
			n++
			u := bot.Update{ID: NewID(time.Now()), Chat: chat, Text: "2"}
			if err := s.PushUpdates(ctx, []bot.Update{u}); err != nil {
				b.Fatal(err)
			}
			u, _, ok, err := s.NextUpdate(ctx, chat)
			if err != nil || !ok {
				b.Fatal(err, ok)
			}
			if err := s.EndTurn(ctx, bot.Ending{Op: u.Op(), Update: true, Chat: chat, Screen: "x", Replies: []bot.Reply{{To: chat, Slot: "screen"}}, Audit: bot.Audit{Officer: "o", Action: "a"}}); err != nil {
				b.Fatal(err)
			}
			out, ok, err := s.NextReply(ctx, chat, time.Now())
			if err != nil || !ok {
				b.Fatal(err, ok)
			}
			if err := s.ReplySent(ctx, out.ID, "1"); err != nil {
				b.Fatal(err)
			}
		}
	})
}
