package storagetest

import (
	"fmt"
	"sync"
	"testing"

	"lamsach/bot"
	"lamsach/core/fault"
)

func TestListRevision(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		b.add("list1", "09661", 5)
		for want := range 3 {
			revision, links, err := b.ListRevision(ctx, "09661", "list1")
			ok(t, err)
			if revision != want || links != 0 {
				t.Errorf("revision %d with %d links, want %d", revision, links, want)
			}
			ok(t, b.RecordCorrection(ctx, bot.Ending{Op: fmt.Sprint(want)}, correction(fmt.Sprint("c", want), want, fixed(want))))
		}
		for _, of := range [][2]string{{"09664", "list1"}, {"09661", "no such list"}} {
			_, _, err := b.ListRevision(ctx, of[0], of[1])
			refused(t, err, fault.NotFound, "storage.list.not_found")
		}
	})
}

// While long lists come in, the log is carried over beside the writer, turns go on, and nothing is lost.
func TestTurnsBesideLongLists(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		var group sync.WaitGroup
		for i := range 3 {
			group.Go(func() { b.add(fmt.Sprint("list", i), "09661", 4000) })
		}
		for i := range 40 {
			u := message(chatOf("1"), fmt.Sprint(i), "x")
			ok(t, b.PushUpdates(ctx, []bot.Update{u}))
			ok(t, b.EndTurn(ctx, bot.Ending{Op: u.Op(), Update: true}))
			if _, err := b.Lists(ctx, "09661"); err != nil {
				t.Error(err)
			}
		}
		group.Wait()
		b.restart()
		for i := range 3 {
			if n := len(b.all(fmt.Sprint("list", i))); n != 4000 {
				t.Errorf("%d people of list %d", n, i)
			}
		}
	})
}
