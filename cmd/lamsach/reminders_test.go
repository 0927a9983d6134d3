package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"lamsach/bot"
	"lamsach/bot/bottest"
	"lamsach/bot/telegram"
	"lamsach/core/campaign"
	"lamsach/core/civil"
	"lamsach/core/ledger"
	"lamsach/core/officer"
	"lamsach/storage"
	"lamsach/storage/seal"
)

// perCommune is how many people of a commune are reminded: half of them officers, half of them of the police.
const perCommune = 8

// morningRush is the real program with reminders that are due at one moment, before a Bot API server with the limits of the real
// one: a bound on messages a second, 429, one person in fifty who has blocked the bot, one call in a hundred that is not answered.
type morningRush struct {
	t        testing.TB
	env      []string
	telegram *bottest.Telegram
	people   []*bottest.TelegramPerson // who are to be reminded
	talkers  []*bottest.TelegramPerson // who talk meanwhile
	blocked  map[int64]bool
	server   *server // since run

	mu     sync.Mutex
	struck map[int64]bool // chats that trouble has struck
	hung   int
	busy   int
}

// firstPerson is the id of the first who is reminded.
const firstPerson = 1_000_000

// newMorningRush makes the store: n people in communes of today, whose steps are due today.
func newMorningRush(t testing.TB, n, perSecond int) *morningRush {
	t.Helper()
	r := &morningRush{t: t, telegram: bottest.NewTelegram(botToken, time.Now), blocked: map[int64]bool{}, struck: map[int64]bool{}}
	api := httptest.NewServer(r.telegram)
	t.Cleanup(api.Close)
	r.env = append(storeEnv(t), "TELEGRAM_BOT_TOKEN="+botToken, "TELEGRAM_API_URL="+api.URL, fmt.Sprint("TELEGRAM_PER_SECOND=", perSecond))
	for i := range n {
		p := r.telegram.Person(firstPerson + int64(i))
		if i%50 == 49 {
			p.Faults().Unreachable()
			r.blocked[firstPerson+int64(i)] = true
		}
		r.people = append(r.people, p)
	}
	for i := range 20 {
		r.talkers = append(r.talkers, r.telegram.Person(int64(100+i)))
	}
	r.telegram.Limit(perSecond)
	r.telegram.Afflict(r.trouble)
	r.fill()
	return r
}

// trouble strikes the first message to one chat in a hundred, which hangs, and to one in two hundred, which is one too many.
func (r *morningRush) trouble(method string, chat int64) *bottest.Fault {
	r.mu.Lock()
	defer r.mu.Unlock()
	if method != "sendMessage" || chat < firstPerson || r.struck[chat] {
		return nil
	}
	switch {
	case chat%100 == 17:
		r.struck[chat], r.hung = true, r.hung+1
		return &bottest.Fault{Hang: true}
	case chat%200 == 33:
		r.struck[chat], r.busy = true, r.busy+1
		return &bottest.Fault{Status: http.StatusTooManyRequests, RetryAfter: 1}
	}
	return nil
}

// open opens the store that the program serves, while it does not.
func (r *morningRush) open() *storage.Store {
	r.t.Helper()
	value := func(name string) string {
		i := slices.IndexFunc(r.env, func(e string) bool { return strings.HasPrefix(e, name+"=") })
		return strings.TrimPrefix(r.env[i], name+"=")
	}
	sealer, _, err := seal.OpenKeyFile(value("LAMSACH_KEY_FILE"))
	if err != nil {
		r.t.Fatal(err)
	}
	s, err := storage.Open(context.Background(), value("DATABASE_URL"), storage.Options{
		Sealer: sealer, Now: time.Now, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return s
}

// fill puts people, days and the plan into the store.
func (r *morningRush) fill() {
	r.t.Helper()
	store := r.open()
	defer func() { r.must(store.Close()) }()
	ctx := context.Background()
	zone, err := zone()
	r.must(err)
	today := civil.Of(time.Now().In(zone))
	communes := officer.Builtin().Under(officer.Country, officer.LevelCommune, today)
	var work sync.WaitGroup
	limit := make(chan struct{}, 64)
	bind := func(id int64, role officer.Role, unit string) {
		limit <- struct{}{}
		work.Go(func() {
			defer func() { <-limit }()
			code, err := store.AddInvite(ctx, officer.Invite{Role: role, UnitCode: unit, UnitName: unit, Name: "Cán bộ Thử"}, time.Now().Add(time.Hour))
			if err == nil {
				chat := bot.Chat{Platform: telegram.Name, ID: fmt.Sprint(id)}
				_, err = store.UseInvite(ctx, bot.Ending{Op: fmt.Sprint("join", id), Chat: chat}, code, chat, chat.ID, "")
			}
			if err != nil {
				r.t.Error(err)
			}
		})
	}
	c := r.plan(today)
	for i := range r.people {
		unit := communes[i/perCommune].Code
		role := []officer.Role{officer.RoleOfficer, officer.RolePolice}[i%2]
		if i%perCommune == 0 {
			c.Units = append(c.Units, unit)
		}
		bind(firstPerson+int64(i), role, unit)
	}
	for i := range r.talkers {
		bind(int64(100+i), officer.RoleOfficer, communes[len(communes)-1].Code)
	}
	work.Wait()
	for i := range 3 {
		d := ledger.RestDay{Day: today.AddDays(i)}
		r.must(store.SetRestDay(ctx, bot.Ending{Op: fmt.Sprint("day", i)}, d, false))
	}
	place := campaign.Place{Tree: officer.Builtin(), Zone: zone, Calendar: civil.NewCalendar(nil, []civil.Date{today})}
	rows := campaign.Schedule(c, place, today)
	if len(rows) != 2*len(c.Units) {
		r.t.Fatalf("%d rows for %d communes", len(rows), len(c.Units))
	}
	r.must(store.AddCampaign(ctx, bot.Ending{Op: "plan"}, "", c, rows))
}

// plan is one of two steps that are due today, one for each role, at any hour of the day.
func (r *morningRush) plan(today civil.Date) campaign.Campaign {
	step := func(id string, role officer.Role, fact campaign.Event) campaign.Step {
		return campaign.Step{
			ID: id, Owes: campaign.Party{Role: role, Level: officer.LevelCommune}, From: today, To: today, Facts: []campaign.Event{fact},
		}
	}
	return campaign.Campaign{
		ID: "rush", Revision: 1, Name: "Kế hoạch thử", Unit: officer.Country, Zone: "Asia/Ho_Chi_Minh", Era: campaign.Era2026, Until: today,
		Streams: []campaign.Stream{{Kind: "child", Steps: []campaign.Step{
			step("review", officer.RoleOfficer, campaign.ReviewDone), step("verify", officer.RolePolice, campaign.Returned),
		}}},
		Rules: campaign.Rules{RemindAt: campaign.At(0, 1), Hours: []campaign.Span{{From: 0, To: campaign.At(23, 59)}}},
	}
}

func (r *morningRush) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

// arrived counts who has been reminded, and those who were more than once.
func (r *morningRush) arrived() (people, twice int) {
	for _, p := range r.people {
		n := 0
		for _, m := range p.Messages() {
			if m.FromBot && strings.Contains(m.Text, "trẻ em: hạn là hôm nay") {
				n++
			}
		}
		people += min(n, 1)
		twice += max(n-1, 0)
	}
	return people, twice
}

// reach tells how many can be reached.
func (r *morningRush) reachable() int { return len(r.people) - len(r.blocked) }

// run serves until everybody who can be reached was reminded, with kills in between. It gives how long it took from the start of the
// program to the first reminder, and from that to the last; it goes on serving until settled is called.
func (r *morningRush) run(kills int, atMost time.Duration) (start, took time.Duration) {
	r.t.Helper()
	s := serve(r.t, r.env...)
	r.server = s
	begin := time.Now()
	ctx, cancel := context.WithTimeout(r.t.Context(), atMost)
	defer cancel()
	look := time.NewTicker(time.Duration(len(r.people)) * 100 * time.Microsecond) // counting costs the machine something, too
	defer look.Stop()
	for n := 0; n < r.reachable(); n, _ = r.arrived() {
		if n > 0 && start == 0 {
			start = time.Since(begin)
		}
		if s.kills < kills && n > r.reachable()*(s.kills+1)/(kills+1) {
			s.kill()
		}
		select {
		case <-look.C:
		case <-ctx.Done():
			r.t.Fatalf("%d of %d are reminded after %s", n, r.reachable(), atMost)
		}
	}
	took = time.Since(begin) - start
	if s.kills != kills {
		r.t.Errorf("%d kills, want %d", s.kills, kills)
	}
	return start, took
}

// settled waits for what is still on its way, ends the program and checks what the store says of it all. Nobody may talk any more.
func (r *morningRush) settled() {
	r.t.Helper()
	s := r.server
	until(r.t, 2*time.Minute, "what hangs is known", func(context.Context) bool {
		return strings.Count(s.log.String(), "reply given up") >= len(r.blocked)
	})
	s.stop(os.Interrupt)
	store := r.open()
	defer func() { r.must(store.Close()) }()
	backlog, err := store.Backlog(context.Background())
	r.must(err)
	unsent, err := store.Unsent(context.Background(), time.Now().Add(-24*time.Hour), len(r.people))
	r.must(err)
	for _, u := range unsent {
		if u.Reason != string(bot.Unreachable) || u.Topic != "reminder" {
			r.t.Errorf("not sent: %+v", u)
		}
	}
	cut, err := store.Unreachable(context.Background())
	r.must(err)
	if backlog.Replies != 0 || len(unsent) != len(r.blocked) || len(cut) != len(r.blocked) {
		r.t.Errorf("%d replies wait, %d were not sent, %d people cannot be reached; %d have blocked the bot", backlog.Replies, len(unsent), len(cut), len(r.blocked))
	}
	if _, err := store.VerifyAudit(context.Background(), storage.AuditHead{}); err != nil {
		r.t.Error(err)
	}
}

// TestKilledReminders: reminders of one moment, before a server with Telegram's limits, with the program killed twice: each arrives
// once, none is lost, a kill repeats one at most, and who cannot be reached is known.
func TestKilledReminders(t *testing.T) {
	const people, perSecond, kills = 400, 15, 2 // a notice is written down before the next begins, also on a busy machine
	r := newMorningRush(t, people, perSecond)
	_, took := r.run(kills, 6*time.Minute)
	r.settled()
	n, twice := r.arrived()
	if n != r.reachable() || twice > kills {
		t.Errorf("%d of %d were reminded, %d twice", n, r.reachable(), twice)
	}
	if r.hung != people/100 || r.busy == 0 {
		t.Errorf("%d calls hung, %d were too many: the trouble did not strike", r.hung, r.busy)
	}
	if strange := r.telegram.Strange(); len(strange) > 0 {
		t.Errorf("calls that Telegram would not understand: %v", strange)
	}
	t.Logf("%d reminded in %s, %d twice, %d calls hung, %d were too many", n, took.Round(time.Second), twice, r.hung, r.busy)
}
