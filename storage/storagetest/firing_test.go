package storagetest

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lamsach/bot"
	"lamsach/core/campaign"
	"lamsach/core/civil"
	"lamsach/core/fault"
	"lamsach/core/ledger"
	"lamsach/core/officer"
)

// join binds an account to a role in a unit.
func (b *bench) join(sender string, role officer.Role, unit string) officer.Officer {
	b.t.Helper()
	code := b.invite(officer.Invite{Role: role, UnitCode: unit, UnitName: "Xã Thử", Name: "Cán bộ " + sender})
	who, err := b.UseInvite(ctx, bot.Ending{Op: "join" + sender}, code, chatOf(sender), sender, "")
	ok(b.t, err)
	return who.Officer
}

func pushTo(chat bot.Chat, text string) bot.Reply {
	r := reply(chat, text)
	r.Notice, r.Topic, r.Slot = true, "reminder", "remind:c1:child"
	return r
}

// toldOf is the message of a row.
func toldOf(slot string, row campaign.Row, receivers int) ledger.Told {
	return ledger.Told{
		Slot: slot, Campaign: row.Campaign, List: row.List, Stage: row.Stage, Role: row.To.Role, Unit: row.ToUnit, Receivers: receivers,
		Settled: []campaign.Settled{{Row: row.ID, Outcome: campaign.Sent}},
	}
}

func TestReminderFiresOnce(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		b.plan("u1", twoCommunes(t))
		due, err := b.DueCampaigns(ctx, day(11, 23), campaign.At(8, 0))
		ok(t, err)
		if diff := cmp.Diff([]string{"c1"}, due); diff != "" {
			t.Error(diff)
		}
		rows, err := b.DueReminders(ctx, "c1", day(11, 23))
		ok(t, err)
		row := rows[0]
		key := bot.Key{ID: "key1", About: "remind.s1", Until: b.clock.Now().Add(time.Hour)}
		end := bot.Ending{Op: "remind:s1", Keys: []bot.Key{key}, Replies: []bot.Reply{pushTo(chatOf("1"), "hạn")}}
		for range 2 {
			ok(t, b.FireReminder(ctx, end, toldOf("s1", row, 1)))
		}
		if err := b.FireReminder(ctx, bot.Ending{Op: "another"}, toldOf("s1", row, 1)); err == nil {
			t.Error("a slot was used twice")
		}
		if texts := send(t, b); len(texts) != 1 {
			t.Errorf("sent %q", texts)
		}
		told, err := b.ToldSlots(ctx, "c1", b.clock.Now().Add(-time.Hour))
		ok(t, err)
		sent, err := b.SentRows(ctx, "s1")
		ok(t, err)
		if diff := cmp.Diff([]campaign.Row{row}, sent); diff != "" || !told["s1"] || len(told) != 1 {
			t.Errorf("told %v, rows\n%s", told, diff)
		}
		left, err := b.DueReminders(ctx, "c1", day(11, 23))
		ok(t, err)
		if len(left) != len(rows)-1 {
			t.Errorf("%d of %d rows are left", len(left), len(rows))
		}
		var silent []campaign.Settled
		for _, r := range rows {
			silent = append(silent, campaign.Settled{Row: r.ID, Outcome: campaign.Fulfilled})
		}
		ok(t, b.SettleReminders(ctx, bot.Ending{Op: "settle"}, silent))
		if n := b.count(`SELECT COUNT(*) FROM reminders WHERE outcome = 'sent'`); n != 1 {
			t.Errorf("%d rows stand as sent", n)
		}
		if due, err := b.DueCampaigns(ctx, day(11, 23), campaign.At(23, 59)); err != nil || len(due) != 0 {
			t.Errorf("due still: %v, %v", due, err)
		}
		got, err := b.NoticeKey(ctx, "key1")
		ok(t, err)
		if got.About != key.About || got.Chat != (bot.Chat{}) {
			t.Errorf("key %+v", got)
		}
		b.clock.move(2 * time.Hour)
		_, err = b.NoticeKey(ctx, "key1")
		refused(t, err, fault.NotFound, "storage.key.not_found")
		last, err := b.LastSlots(ctx, string(row.To.Role), row.ToUnit, b.clock.Now().Add(-3*time.Hour))
		ok(t, err)
		if diff := cmp.Diff([]string{"s1"}, last); diff != "" {
			t.Error(diff)
		}
	})
}

func TestRemindersThatAreAskedForStay(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		c := twoCommunes(t)
		rows := b.plan("u1", c)
		own := campaign.Tomorrow(rows[0], "o1", c.Rules, campaignDays, time.Date(2026, 11, 23, 9, 0, 0, 0, hanoi))
		ok(t, b.AddReminders(ctx, bot.Ending{Op: "snooze"}, []campaign.Row{own}))
		off := campaignDays
		off.Calendar = civil.NewCalendar([]civil.Date{day(11, 24)}, nil)
		fewer := campaign.Schedule(c, off, day(11, 20))
		ok(t, b.PlanAnew(ctx, bot.Ending{Op: "anew"}, "c1", day(11, 20), fewer))
		due, err := b.DueReminders(ctx, "c1", day(11, 24))
		ok(t, err)
		if !slices.Contains(due, own) {
			t.Error("what the officer asked for is gone")
		}
		for _, row := range due {
			if row.Day == day(11, 24) && row.Officer == "" {
				t.Errorf("planned on a day of rest: %+v", row)
			}
		}
		if n := b.count(`SELECT COUNT(*) FROM reminders`); n != len(fewer)+1 {
			t.Errorf("%d rows, want %d and one", n, len(fewer))
		}
	})
}

func TestNewerNoticeTakesTheOldOnesPlace(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		one := chatOf("1")
		for i := range 3 {
			other := pushTo(one, fmt.Sprint("other", i))
			other.Slot = ""
			ok(t, b.EndTurn(ctx, bot.Ending{Op: fmt.Sprint(i), Replies: []bot.Reply{pushTo(one, fmt.Sprint("day", i)), other}}))
		}
		if diff := cmp.Diff([]string{"other0", "other1", "day2", "other2"}, send(t, b)); diff != "" {
			t.Error(diff)
		}
	})
}

// jobBook takes jobs down.
type jobBook struct{ jobs []bot.Job }

// InsertJobs keeps them.
func (k *jobBook) InsertJobs(_ context.Context, _ *sql.Tx, jobs []bot.Job) error {
	k.jobs = append(k.jobs, jobs...)
	return nil
}

func TestWhoCannotBeReachedIsKnownAndMadeUpFor(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		jobs := &jobBook{}
		b.SetJobs(jobs)
		who := b.join("7", officer.RoleOfficer, "03868")
		fail := func(op string, fault bot.SendFault) {
			t.Helper()
			ok(t, b.EndTurn(ctx, bot.Ending{Op: op, Replies: []bot.Reply{pushTo(chatOf("7"), op)}}))
			out, due, err := b.NextReply(ctx, chatOf("7"), b.clock.Now())
			ok(t, err)
			if !due {
				t.Fatal("nothing is due")
			}
			ok(t, b.ReplyFailed(ctx, out.ID, fault, time.Time{}))
		}
		fail("a", bot.Unreachable)
		since := b.clock.Now()
		b.clock.move(time.Hour)
		fail("b", bot.Unreachable)
		for i, told := range []bool{false, true} {
			cut, err := b.Unreachable(ctx)
			ok(t, err)
			if len(cut) != 1 || cut[0].Officer != who || cut[0].Told != told || cut[0].Since.After(since) {
				t.Fatalf("cut off: %+v", cut)
			}
			ok(t, b.TellUnreachable(ctx, bot.Ending{Op: fmt.Sprint("tell", i)}, []string{who.ID}))
		}
		b.exec(`INSERT INTO reminder_slots (slot, campaign, used_at, to_role, to_unit) VALUES ('s', 'c1', $1, 'police', '03868')`, b.clock.Now().UnixMicro())
		unsent, err := b.Unsent(ctx, since.Add(-time.Minute), 9)
		ok(t, err)
		var reasons []string
		for _, u := range unsent {
			reasons = append(reasons, u.Topic+" "+string(u.Role)+" "+u.Unit+" "+u.Reason)
		}
		if diff := cmp.Diff([]string{"reminder officer 03868 unreachable", "reminder officer 03868 unreachable", "reminder police 03868 nobody"}, reasons); diff != "" {
			t.Error(diff)
		}
		if len(jobs.jobs) != 0 {
			t.Errorf("jobs %v", jobs.jobs)
		}
		ok(t, b.ChatBack(ctx, bot.Ending{Op: "back", Chat: chatOf("7")}))
		ok(t, b.ChatBack(ctx, bot.Ending{Op: "back again", Chat: chatOf("7")}))
		if cut, err := b.Unreachable(ctx); err != nil || len(cut) != 0 {
			t.Errorf("cut off still: %+v, %v", cut, err)
		}
		want := bot.Job{Kind: bot.ReachedJob, ID: fmt.Sprintf("test:7:%d", since.Unix())}
		if diff := cmp.Diff([]bot.Job{want}, jobs.jobs); diff != "" {
			t.Error(diff)
		}
		fail("c", bot.Late)
		if len(jobs.jobs) != 2 {
			t.Errorf("nothing makes up for what was too late: %v", jobs.jobs)
		}
	})
}

func TestMutesPushesAndRestDays(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		one, two := b.join("1", officer.RoleOfficer, "03868"), b.join("2", officer.RolePolice, "03868")
		ok(t, b.SetMute(ctx, bot.Ending{Op: "m1"}, one.ID, "digest", true))
		ok(t, b.SetMute(ctx, bot.Ending{Op: "m2"}, one.ID, "digest", true))
		ok(t, b.SetChatLanguage(ctx, bot.Ending{Op: "l", Chat: chatOf("2")}, "en"))
		all, err := b.Receivers(ctx, "digest", "", "03868")
		ok(t, err)
		want := []ledger.Receiver{
			{Officer: one.ID, Role: officer.RoleOfficer, Platform: "test", Chat: "1", Muted: true},
			{Officer: two.ID, Role: officer.RolePolice, Platform: "test", Chat: "2", Language: "en"},
		}
		if diff := cmp.Diff(want, all); diff != "" {
			t.Error(diff)
		}
		if police, err := b.Receivers(ctx, "reminder", officer.RolePolice, "03868"); err != nil || len(police) != 1 {
			t.Errorf("police %v, %v", police, err)
		}
		ok(t, b.SetMute(ctx, bot.Ending{Op: "m3"}, one.ID, "digest", false))
		if topics, err := b.Mutes(ctx, one.ID); err != nil || len(topics) != 0 {
			t.Errorf("mutes %v, %v", topics, err)
		}

		push := ledger.Push{ID: "p1", Topic: "announce", Officer: "o", Unit: "14", Units: []string{"03868", "03856"}, Receivers: 2, Text: "Họp sáng thứ Hai"}
		for range 2 {
			ok(t, b.AddPush(ctx, bot.Ending{Op: "p"}, push))
		}
		got, err := b.Push(ctx, "p1")
		ok(t, err)
		got.Made = time.Time{}
		if diff := cmp.Diff(push, got); diff != "" {
			t.Error(diff)
		}
		_, err = b.Push(ctx, "p2")
		refused(t, err, fault.NotFound, "storage.push.not_found")

		ok(t, b.SetRestDay(ctx, bot.Ending{Op: "r1"}, ledger.RestDay{Day: day(11, 28)}, false))
		ok(t, b.SetRestDay(ctx, bot.Ending{Op: "r2"}, ledger.RestDay{Day: day(11, 24), Rest: true}, false))
		ok(t, b.SetRestDay(ctx, bot.Ending{Op: "r3"}, ledger.RestDay{Day: day(11, 28)}, true))
		days, err := b.RestDays(ctx)
		ok(t, err)
		if diff := cmp.Diff([]ledger.RestDay{{Day: day(11, 24), Rest: true}}, days); diff != "" {
			t.Error(diff)
		}
		ok(t, b.RestDaysPlanned(ctx, "r2")) // an older change does not stand for the last one
		if mark, err := b.RestDaysMoved(ctx); err != nil || mark != "r3" {
			t.Errorf("mark %q, %v", mark, err)
		}
		ok(t, b.RestDaysPlanned(ctx, "r3"))
		if mark, err := b.RestDaysMoved(ctx); err != nil || mark != "" {
			t.Errorf("mark %q, %v", mark, err)
		}
	})
}
