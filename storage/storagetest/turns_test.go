package storagetest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lamsach/bot"
	"lamsach/storage"
)

func TestInboxIsASetOfIDs(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		one, two := chatOf("1"), chatOf("2")
		ok(t, b.PushUpdates(ctx, []bot.Update{message(one, "900", "chín"), message(two, "901", "mười"), message(one, "902", "hai")}))
		ok(t, b.PushUpdates(ctx, []bot.Update{message(one, "900", "chín"), message(one, "17", "ids may start again lower")}))
		chats, err := b.WaitingChats(ctx)
		ok(t, err)
		if diff := cmp.Diff([]bot.Chat{one, two}, chats); diff != "" {
			t.Fatal(diff)
		}
		var texts []string
		for {
			u, attempt, more, err := b.NextUpdate(ctx, one)
			ok(t, err)
			if !more {
				break
			}
			if attempt != 1 {
				t.Errorf("attempt %d of %s", attempt, u.ID)
			}
			texts = append(texts, u.Text)
			ok(t, b.EndTurn(ctx, bot.Ending{Op: u.Op(), Update: true, Chat: one}))
		}
		if diff := cmp.Diff([]string{"chín", "hai", "ids may start again lower"}, texts); diff != "" {
			t.Fatal(diff)
		}
		ok(t, b.PushUpdates(ctx, []bot.Update{message(one, "902", "hai")}))
		if chats, _ = b.WaitingChats(ctx); len(chats) != 1 {
			t.Errorf("a repeat after its end came in again: %v", chats)
		}
		if n := b.count(`SELECT COUNT(*) FROM inbox WHERE state = 'done' AND body IS NOT NULL`); n != 0 {
			t.Errorf("%d done updates kept their text", n)
		}
	})
}

func TestAttemptsAreCountedAcrossRestarts(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		chat := chatOf("1")
		ok(t, b.PushUpdates(ctx, []bot.Update{message(chat, "1", "x")}))
		for want := 1; want <= 4; want++ {
			_, attempt, more, err := b.NextUpdate(ctx, chat)
			ok(t, err)
			if !more || attempt != want {
				t.Fatalf("attempt %d, %v, want %d", attempt, more, want)
			}
			b.restart()
		}
		op := message(chat, "1", "").Op()
		ok(t, b.SetAside(ctx, bot.Ending{Op: op, Update: true, Chat: chat}, "K7Q2-M9XD"))
		if _, _, more, _ := b.NextUpdate(ctx, chat); more {
			t.Error("what was set aside came again")
		}
		aside, err := b.UpdatesAside(ctx, 10)
		ok(t, err)
		if diff := cmp.Diff([]storage.SetAsideUpdate{{Op: op, Reference: "K7Q2-M9XD", Attempts: 4}}, aside); diff != "" {
			t.Error(diff)
		}
	})
}

func TestDamagedUpdateDoesNotBlockItsChat(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		chat := chatOf("1")
		ok(t, b.PushUpdates(ctx, []bot.Update{message(chat, "1", "x"), message(chat, "2", "y")}))
		b.exec(`UPDATE inbox SET body = (SELECT o.body FROM inbox o WHERE o.op = 'test:2') WHERE op = 'test:1'`)
		u, _, more, err := b.NextUpdate(ctx, chat)
		ok(t, err)
		if !more || u.ID != "2" {
			t.Fatalf("got %q, %v", u.ID, more)
		}
		if !strings.Contains(b.logs.String(), "cannot be opened") {
			t.Error("the log does not tell")
		}
	})
}

func reply(chat bot.Chat, text string) bot.Reply {
	return bot.Reply{To: chat, Text: bot.Text{{{Text: text}}}}
}

func textOf(r bot.Reply) string { return r.Text[0][0].Text }

// send takes what is due out of the outbox, as a sender does, and gives the texts in order.
func send(t *testing.T, b *bench) (texts []string) {
	t.Helper()
	for n := 0; ; n++ {
		chats, _, err := b.DueChats(ctx, b.clock.Now())
		ok(t, err)
		if len(chats) == 0 {
			return texts
		}
		out, due, err := b.NextReply(ctx, chats[0], b.clock.Now())
		ok(t, err)
		if !due {
			t.Fatalf("chat %v is listed and has nothing due", chats[0])
		}
		texts = append(texts, textOf(out.Reply))
		ok(t, b.ReplySent(ctx, out.ID, fmt.Sprint("m", n)))
	}
}

func TestRepliesKeepTheirOrder(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		one, two := chatOf("1"), chatOf("2")
		notice := reply(one, "notice")
		notice.Notice = true
		ok(t, b.EndTurn(ctx, bot.Ending{Op: "remind", Replies: []bot.Reply{notice}}))
		ok(t, b.EndTurn(ctx, bot.Ending{Op: "a", Replies: []bot.Reply{reply(one, "a1"), reply(two, "a2"), reply(one, "a3")}}))
		ok(t, b.EndTurn(ctx, bot.Ending{Op: "b", Replies: []bot.Reply{reply(one, "b1")}}))
		ok(t, b.EndTurn(ctx, bot.Ending{Op: "b", Replies: []bot.Reply{reply(one, "the same operation ends once")}}))
		select {
		case <-b.Woken():
		default:
			t.Error("the sender was not woken")
		}
		texts := send(t, b)
		ofOne := slices.DeleteFunc(slices.Clone(texts), func(s string) bool { return s == "a2" })
		if diff := cmp.Diff([]string{"a1", "a3", "b1", "notice"}, ofOne); diff != "" {
			t.Error(diff)
		}
		if texts[len(texts)-1] != "notice" {
			t.Errorf("the notice did not wait for interactive replies: %v", texts)
		}
		if n := b.count(`SELECT COUNT(*) FROM outbox WHERE body IS NOT NULL`); n != 0 {
			t.Errorf("%d sent replies kept their text", n)
		}
	})
}

func TestFailedReplyHoldsItsKindBack(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		chat := chatOf("1")
		notice := reply(chat, "notice")
		notice.Notice = true
		ok(t, b.EndTurn(ctx, bot.Ending{Op: "a", Replies: []bot.Reply{notice, reply(chat, "first")}}))
		out, _, err := b.NextReply(ctx, chat, b.clock.Now())
		ok(t, err)
		retry := b.clock.Now().Add(time.Minute).Truncate(time.Microsecond)
		ok(t, b.ReplyFailed(ctx, out.ID, bot.Busy, retry))
		ok(t, b.EndTurn(ctx, bot.Ending{Op: "b", Replies: []bot.Reply{reply(chat, "second")}}))
		if diff := cmp.Diff([]string{"notice"}, send(t, b)); diff != "" {
			t.Fatal(diff)
		}
		_, again, err := b.DueChats(ctx, b.clock.Now())
		ok(t, err)
		if !again.Equal(retry) {
			t.Errorf("look again at %v, want %v", again, retry)
		}
		b.restart()
		b.clock.move(2 * time.Minute)
		if diff := cmp.Diff([]string{"first", "second"}, send(t, b)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestGivenUpRepliesStayVisible(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		chat := chatOf("1")
		ok(t, b.EndTurn(ctx, bot.Ending{Op: "a", Replies: []bot.Reply{reply(chat, "x"), reply(chat, "y"), reply(chat, "z")}}))
		var want []bot.SendFault
		for _, fault := range []bot.SendFault{bot.Refused, bot.Unreachable} {
			out, _, err := b.NextReply(ctx, chat, b.clock.Now())
			ok(t, err)
			ok(t, b.ReplyFailed(ctx, out.ID, fault, time.Time{}))
			ok(t, b.ReplyFailed(ctx, out.ID, fault, time.Time{}))
			want = append([]bot.SendFault{fault}, want...)
		}
		given, err := b.UndeliveredReplies(ctx, time.Time{}, 10)
		ok(t, err)
		var faults []bot.SendFault
		for _, u := range given {
			faults = append(faults, u.Fault)
		}
		if diff := cmp.Diff(want, faults); diff != "" {
			t.Error(diff)
		}
		if reachable, err := b.ChatReachable(ctx, chat); err != nil || reachable {
			t.Errorf("reachable %v, %v", reachable, err)
		}
		send(t, b)
		if reachable, err := b.ChatReachable(ctx, chat); err != nil || !reachable {
			t.Errorf("after something arrived: reachable %v, %v", reachable, err)
		}
		w, err := b.Backlog(ctx)
		ok(t, err)
		if w.Replies != 0 || w.RepliesRefused != 2 {
			t.Errorf("backlog %+v", w)
		}
	})
}

func TestRevokedReplyWaitsForTheNextToken(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		chat := chatOf("1")
		ok(t, b.EndTurn(ctx, bot.Ending{Op: "a", Replies: []bot.Reply{reply(chat, "x")}}))
		out, _, err := b.NextReply(ctx, chat, b.clock.Now())
		ok(t, err)
		ok(t, b.ReplyFailed(ctx, out.ID, bot.Revoked, time.Time{}))
		b.restart()
		if diff := cmp.Diff([]string{"x"}, send(t, b)); diff != "" {
			t.Error(diff)
		}
	})
}

func edit(chat bot.Chat, slot, text string, mode bot.Mode) bot.Reply {
	r := reply(chat, text)
	r.Mode, r.Slot = mode, slot
	return r
}

func TestSlotsRememberTheirMessage(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		chat := chatOf("1")
		next := func(want, message string) bot.Outgoing {
			t.Helper()
			out, due, err := b.NextReply(ctx, chat, b.clock.Now())
			ok(t, err)
			if !due || textOf(out.Reply) != want || out.Message != message {
				t.Fatalf("got %v %v with message %q, want %q with %q", due, out.Reply, out.Message, want, message)
			}
			return out
		}
		ok(t, b.EndTurn(ctx, bot.Ending{Op: "a", Replies: []bot.Reply{edit(chat, "screen", "s1", bot.Send)}}))
		ok(t, b.ReplySent(ctx, next("s1", "").ID, "101"))
		b.restart()
		for i := range 3 { // of edits that wait, the last alone is given
			ok(t, b.EndTurn(ctx, bot.Ending{Op: fmt.Sprint("p", i), Replies: []bot.Reply{edit(chat, "screen", fmt.Sprint("e", i), bot.Edit)}}))
		}
		under := next("e2", "101")
		ok(t, b.EndTurn(ctx, bot.Ending{Op: "late", Replies: []bot.Reply{edit(chat, "screen", "e3", bot.Edit)}}))
		ok(t, b.ReplySent(ctx, under.ID, "102")) // it was on its way when the later one overtook it
		ok(t, b.ReplySent(ctx, next("e3", "102").ID, "102"))
		ok(t, b.EndTurn(ctx, bot.Ending{Op: "s", Replies: []bot.Reply{
			edit(chat, "screen", "e4", bot.Edit), edit(chat, "screen", "s2", bot.Send), edit(chat, "screen", "e5", bot.Edit),
		}}))
		for i, want := range []string{"e4", "s2", "e5"} { // something else came between them
			out, _, err := b.NextReply(ctx, chat, b.clock.Now())
			ok(t, err)
			if textOf(out.Reply) != want {
				t.Fatalf("%d: got %q, want %q", i, textOf(out.Reply), want)
			}
			ok(t, b.ReplySent(ctx, out.ID, fmt.Sprint(200+i)))
		}
		ok(t, b.EndTurn(ctx, bot.Ending{Op: "r", Replies: []bot.Reply{edit(chat, "screen", "r", bot.Remove)}}))
		ok(t, b.ReplySent(ctx, next("r", "202").ID, ""))
		ok(t, b.EndTurn(ctx, bot.Ending{Op: "n", Replies: []bot.Reply{edit(chat, "screen", "n", bot.Edit)}}))
		next("n", "")
	})
}

// failing inserts jobs, or fails.
type failing struct {
	mu   sync.Mutex
	err  error
	jobs []bot.Job
}

func (f *failing) InsertJobs(_ context.Context, _ *sql.Tx, jobs []bot.Job) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err == nil {
		f.jobs = append(f.jobs, jobs...)
	}
	return f.err
}

func TestTurnEndsWholeOrNotAtAll(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		chat := chatOf("1")
		inserter := &failing{err: errors.New("no room")}
		b.SetJobs(inserter)
		u := message(chat, "1", "x")
		ok(t, b.PushUpdates(ctx, []bot.Update{u}))
		end := bot.Ending{
			Op: u.Op(), Update: true, Chat: chat, Screen: "abcd", Replies: []bot.Reply{reply(chat, "done")},
			Jobs: []bot.Job{{Kind: "export", ID: "7"}}, Audit: bot.Audit{Officer: "o", Action: "list.exported", Object: "l", Count: 3},
		}
		if err := b.EndTurn(ctx, end); err == nil {
			t.Fatal("no error")
		}
		w, err := b.Backlog(ctx)
		ok(t, err)
		screen, err := b.ChatScreen(ctx, chat)
		ok(t, err)
		if w.Replies != 0 || w.Updates != 1 || screen != "" {
			t.Errorf("half an ending: %+v, screen %q", w, screen)
		}
		inserter.err = nil
		ok(t, b.EndTurn(ctx, end))
		ok(t, b.EndTurn(ctx, end))
		b.restart()
		b.SetJobs(inserter)
		ok(t, b.EndTurn(ctx, end))
		if w, _ = b.Backlog(ctx); w.Replies != 1 || w.Updates != 0 || len(inserter.jobs) != 1 {
			t.Errorf("after three ends: %+v, jobs %v", w, inserter.jobs)
		}
		if screen, _ = b.ChatScreen(ctx, chat); screen != "abcd" {
			t.Errorf("screen %q", screen)
		}
		lines, err := b.AuditOf(ctx, "l", 10)
		ok(t, err)
		if len(lines) != 1 || lines[0].Audit != end.Audit || lines[0].Op != end.Op {
			t.Errorf("audit %+v", lines)
		}
		if err := b.EndTurn(ctx, bot.Ending{}); err == nil {
			t.Error("an ending without an operation went through")
		}
	})
}

func TestLanguageOfAChat(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		chat := chatOf("1")
		if lang, err := b.ChatLanguage(ctx, chat); err != nil || lang != "" {
			t.Fatalf("%q, %v", lang, err)
		}
		ok(t, b.SetChatLanguage(ctx, bot.Ending{Op: "a", Chat: chat, Screen: "s"}, "en"))
		if lang, err := b.ChatLanguage(ctx, chat); err != nil || lang != "en" {
			t.Fatalf("%q, %v", lang, err)
		}
	})
}

func TestManyChatsAtOnce(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		const chats, turns = 12, 8
		var group sync.WaitGroup
		for c := range chats {
			group.Go(func() {
				chat := chatOf(fmt.Sprint(c))
				for n := range turns {
					u := message(chat, fmt.Sprintf("%d-%d", c, n), "x")
					if err := b.PushUpdates(ctx, []bot.Update{u}); err != nil {
						t.Error(err)
					}
					got, _, more, err := b.NextUpdate(ctx, chat)
					if err != nil || !more || got.ID != u.ID {
						t.Errorf("got %v %v %v", got.ID, more, err)
					}
					end := bot.Ending{Op: u.Op(), Update: true, Chat: chat, Replies: []bot.Reply{reply(chat, u.ID)}, Audit: bot.Audit{Action: "said"}}
					if err := b.EndTurn(ctx, end); err != nil {
						t.Error(err)
					}
				}
			})
		}
		group.Wait()
		if texts := send(t, b); len(texts) != chats*turns {
			t.Errorf("%d replies, want %d", len(texts), chats*turns)
		}
		head, err := b.VerifyAudit(ctx, storage.AuditHead{})
		ok(t, err)
		if head.Seq != chats*turns {
			t.Errorf("audit has %d lines", head.Seq)
		}
	})
}

func TestCancelledCallRecordsNothing(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		gone, cancel := context.WithCancel(ctx)
		cancel()
		if err := b.EndTurn(gone, bot.Ending{Op: "a", Replies: []bot.Reply{reply(chatOf("1"), "x")}}); !errors.Is(err, context.Canceled) {
			t.Fatalf("error %v", err)
		}
		if w, err := b.Backlog(ctx); err != nil || w.Replies != 0 {
			t.Errorf("%+v, %v", w, err)
		}
	})
}

func TestClockSetBackHoldsNothingUp(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		chat := chatOf("1")
		ok(t, b.EndTurn(ctx, bot.Ending{Op: "a", Replies: []bot.Reply{reply(chat, "x")}}))
		b.clock.move(-365 * 24 * time.Hour)
		out, due, err := b.NextReply(ctx, chat, b.clock.Now())
		ok(t, err)
		if !due {
			t.Fatal("nothing is due")
		}
		ok(t, b.ReplyFailed(ctx, out.ID, bot.Unsent, b.clock.Now().Add(300*24*time.Hour)))
		b.restart()
		ok(t, b.EndTurn(ctx, bot.Ending{Op: "b", Replies: []bot.Reply{reply(chat, "y")}}))
		if diff := cmp.Diff([]string{"x", "y"}, send(t, b)); diff != "" {
			t.Error(diff)
		}
	})
}
