package storagetest

import (
	"testing"
	"time"

	"lamsach/bot"
	"lamsach/core/fault"
)

func TestDraftLivesWithItsTurn(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		chat, other := chatOf("1"), chatOf("2")
		want := func(chat bot.Chat, text string) {
			t.Helper()
			if got, err := b.Draft(ctx, chat); err != nil || string(got) != text {
				t.Errorf("draft of %v is %q, %v; want %q", chat, got, err, text)
			}
		}
		end := func(op string, chat bot.Chat, draft []byte) {
			t.Helper()
			ok(t, b.EndTurn(ctx, bot.Ending{Op: op, Chat: chat, Draft: draft}))
		}
		want(chat, "")
		end("a", chat, []byte("Lò Thị Thử, tên"))
		end("a", chat, []byte("không ghi lần hai")) // the same turn again
		end("b", chat, nil)
		b.restart()
		want(chat, "Lò Thị Thử, tên")
		want(other, "")

		ok(t, b.AddDifficulty(ctx, bot.Ending{Op: "c", Chat: chat, Draft: []byte("mất")}, raised("d1", 1)))
		again := b.AddDifficulty(ctx, bot.Ending{Op: "d", Chat: chat, Draft: []byte{}}, raised("d2", 1))
		refused(t, again, fault.Conflict, "storage.difficulty.conflict")
		want(chat, "mất") // the refused fact took the draft's end with it

		end("e", chat, []byte{})
		want(chat, "")
		end("f", chat, []byte("cũ"))
		b.clock.move(31 * 24 * time.Hour)
		ok(t, b.Purge(ctx, b.clock.Now()))
		want(chat, "")
	})
}

func TestDraftGoesWithItsOfficer(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		chat := chatOf("77")
		who, err := b.UseInvite(ctx, bot.Ending{Op: "1", Chat: chat}, b.invite(invited), chat, "77", "")
		ok(t, err)
		ok(t, b.EndTurn(ctx, bot.Ending{Op: "2", Chat: chat, Draft: []byte("đang soạn")}))
		ok(t, b.RevokeOfficer(ctx, bot.Ending{Op: "3"}, who.ID, ""))
		if got, err := b.Draft(ctx, chat); err != nil || got != nil {
			t.Errorf("the draft of a revoked officer is %q, %v", got, err)
		}
	})
}
