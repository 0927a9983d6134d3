package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lamsach/bot/bottest"
	"lamsach/core/civil"
	"lamsach/core/sample"
)

const botToken = "1234567:TEST-token_of-nobody"

// office is a running program with its officer on Telegram.
type office struct {
	t        testing.TB
	server   *server
	telegram *bottest.Telegram
	person   *bottest.TelegramPerson
	redis    string
	env      []string
	hurt     func() // called after every move, to kill or to empty something
	moves    int
}

// openOffice starts everything for real: the program, Redis, the fake Bot API server; and binds the officer.
func openOffice(t testing.TB) *office {
	t.Helper()
	fake := bottest.NewTelegram(botToken, time.Now)
	api := httptest.NewServer(fake)
	t.Cleanup(api.Close)
	redis := startRedis(t)
	env := append(storeEnv(t), "TELEGRAM_BOT_TOKEN="+botToken, "TELEGRAM_API_URL="+api.URL, "REDIS_URL=redis://"+redis)
	code := invite(t, env, "03868", "Lò Thị Thử")
	o := &office{t: t, telegram: fake, redis: redis, env: env, hurt: func() {}}
	o.server = serve(t, env...)
	o.person = fake.Person(71)
	o.person.SendText("/start " + code)
	o.wait("greeting", func(m []bottest.Shown) bool { return strings.Contains(lastOf(m).Text, "Xin chào Lò Thị Thử") })
	return o
}

// lastOf is the newest message of the bot.
func lastOf(messages []bottest.Shown) bottest.Shown {
	for _, m := range slices.Backward(messages) {
		if m.FromBot {
			return m
		}
	}
	return bottest.Shown{}
}

// screenOf is the newest message of the bot that has buttons.
func screenOf(messages []bottest.Shown) (bottest.Shown, bool) {
	for _, m := range slices.Backward(messages) {
		if m.FromBot && len(m.Buttons) > 0 {
			return m, true
		}
	}
	return bottest.Shown{}, false
}

func (o *office) wait(what string, holds func([]bottest.Shown) bool) {
	o.t.Helper()
	ctx, cancel := context.WithTimeout(o.t.Context(), 60*time.Second)
	defer cancel()
	if err := o.person.Wait(ctx, holds); err != nil {
		o.t.Fatalf("waiting for %s: %v; the chat ends with\n%s", what, err, lastOf(o.person.Messages()).Text)
	}
}

// send sends a list and waits for its summary.
func (o *office) send(name string, body []byte) {
	o.t.Helper()
	o.person.SendFile(name, xlsxMIME, body)
	o.wait("summary", func(m []bottest.Shown) bool {
		s, ok := screenOf(m)
		return ok && strings.Contains(s.Text, "trẻ cần rà soát")
	})
}

const xlsxMIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// talk lets the officer go through the list until nothing is left.
func (o *office) talk(officer *officerBot) {
	o.t.Helper()
	for o.moves = 0; o.moves < 6000; o.moves++ {
		shown, ok := screenOf(o.person.Messages())
		if !ok {
			o.t.Fatal("the chat has no screen")
		}
		next, more := officer.next(screenSeen{text: shown.Text, labels: shown.Labels()})
		if !more {
			return
		}
		if next.press != "" {
			if err := o.person.Press(next.press); err != nil {
				o.t.Fatal(err)
			}
		} else {
			o.person.SendText(next.text)
		}
		o.hurt()
		o.wait(fmt.Sprintf("an answer to %+v", next), func(m []bottest.Shown) bool {
			now, ok := screenOf(m)
			return ok && (now.ID != shown.ID || now.Edits != shown.Edits)
		})
	}
	o.t.Fatal("the talk has no end")
}

// export asks for the corrected workbook and gives its bytes.
func (o *office) export() []byte {
	o.t.Helper()
	var got []byte
	o.person.SendText("/xuat")
	o.wait("workbook", func(m []bottest.Shown) bool {
		for _, shown := range slices.Backward(m) {
			if shown.FromBot && shown.File != nil {
				got = shown.File.Body
				return true
			}
		}
		return false
	})
	return got
}

// checkClean checks a workbook with the command line and refuses any error.
func checkClean(t testing.TB, body []byte) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "back.xlsx")
	if err := os.WriteFile(path, body, 0o600); err != nil {
		t.Fatal(err)
	}
	out, problems, status := runProgram(t, nil, "check", path)
	if status != 0 {
		t.Errorf("the workbook has errors still (status %d)\n%s%s", status, tail(out, 3000), problems)
	}
}

// messyList makes the list of a test.
func messyList(t testing.TB, layout string, rows int, seed uint64, faults float64) ([]byte, sample.Truth) {
	t.Helper()
	body, truth, err := sampleFile(sample.Options{
		Layout: layout, Rows: rows, Seed: seed, FaultRate: faults, AsOf: civil.Of(time.Now()),
	})
	if err != nil {
		t.Fatal(err)
	}
	return body, truth
}

// noSecrets refuses a log that holds a name or a number of the list.
func noSecrets(t testing.TB, log string, truth sample.Truth) {
	t.Helper()
	for _, p := range truth.People {
		for _, field := range []string{"full_name", "personal_id", "mother_name", "father_name"} {
			if v := p.Right[field]; len(v) > 6 && strings.Contains(log, v) {
				t.Fatalf("the log holds the %s of row %d", field, p.Row)
			}
		}
	}
}

// A list of 320 children is resolved by buttons, and another by typing alone, with one undo each.
func TestWholeTalk(t *testing.T) {
	for _, way := range []struct {
		name   string
		layout string
		typing bool
	}{{"buttons", "official", false}, {"typing", "plain", true}} {
		t.Run(way.name, func(t *testing.T) {
			o := openOffice(t)
			body, truth := messyList(t, way.layout, 320, 7, 0.3)
			o.send("DS tre em.xlsx", body)
			officer := newOfficerBot(t, truth, way.typing)
			officer.wantUndo = true
			o.talk(officer)
			if !officer.undone {
				t.Error("no undo was taken")
			}
			checkClean(t, o.export())
			noSecrets(t, o.server.log.String(), truth)
			if strange := o.telegram.Strange(); len(strange) > 0 {
				t.Errorf("calls that Telegram would not understand: %v", strange)
			}
			t.Logf("%d moves for %d children", o.moves, len(truth.People))
		})
	}
}

// The program is killed at random moments of the talk and Redis is emptied; no correction is lost and none is taken twice.
func TestKilledTalk(t *testing.T) {
	const kills, floods = 24, 6
	o := openOffice(t)
	body, truth := messyList(t, "official", 320, 11, 0.3)
	o.send("DS tre em.xlsx", body)
	r := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 1))
	emptied := 0
	officer := newOfficerBot(t, truth, false)
	officer.patient = true
	o.hurt = func() {
		if o.server.kills < kills && o.moves%3 == 0 {
			// Every third turn, so that each talk is long enough; at a random moment of the turn that has just begun: some hundred microseconds to some ten milliseconds.
			moment := time.NewTimer(time.Duration(r.IntN(15_000)) * time.Microsecond)
			<-moment.C
			o.server.kill()
		} else if emptied < floods && o.moves%5 == 1 {
			redisCommand(t, o.redis, "FLUSHALL")
			emptied++
		}
	}
	o.talk(officer)
	if o.server.kills < 20 || emptied < 5 {
		t.Fatalf("only %d kills and %d emptied sessions: the talk was too short to prove anything", o.server.kills, emptied)
	}
	o.hurt = func() {}
	checkClean(t, o.export())
	o.server.stop(os.Interrupt)
	checkCorrections(t, o.env, o.moves)
	noSecrets(t, o.server.log.String(), truth)
	t.Logf("%d moves, %d kills, Redis emptied %d times", o.moves, o.server.kills, emptied)
}
