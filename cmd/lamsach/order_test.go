package main

import (
	"context"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"lamsach/bot/bottest"
)

// echoForm finds what the program says of a text that it does not understand.
var echoForm = regexp.MustCompile(`Chưa hiểu “qwx (\d+)”`)

// crowd is twenty officers of one commune, each with a question of the same list before him.
func crowd(t *testing.T, o *office) []*bottest.TelegramPerson {
	t.Helper()
	body, _ := messyList(t, "plain", 40, 5, 0.5)
	o.send("DS tre em.xlsx", body)
	var all []*bottest.TelegramPerson
	for i := range int64(20) {
		p := o.telegram.Person(200 + i)
		p.SendText("/start " + invite(t, o.env, "03868", fmt.Sprintf("Cán bộ Số %d", i)))
		p.SendText("/sua")
		all = append(all, p)
	}
	for _, p := range all {
		sees(t, p, "his question", func(m []bottest.Shown) bool {
			return strings.Contains(lastOf(m).Text, "Nhóm") || strings.Contains(lastOf(m).Text, "Trẻ ")
		})
	}
	return all
}

func sees(t *testing.T, p *bottest.TelegramPerson, what string, holds func([]bottest.Shown) bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 90*time.Second)
	defer cancel()
	if err := p.Wait(ctx, holds); err != nil {
		t.Fatalf("chat %s waits for %s: %v; it ends with\n%s", p.Chat(), what, err, lastOf(p.Messages()).Text)
	}
}

// echoes are the numbers of the texts that the program has answered in a chat, in the order of the answers; 0 is a
// question that was asked again, as happens when the program died between recording a turn and keeping the session.
func echoes(m []bottest.Shown) (numbers []int) {
	for _, shown := range m {
		if !shown.FromBot || !strings.Contains(shown.Text, "Trẻ ") && !strings.Contains(shown.Text, "Nhóm ") {
			continue
		}
		n := 0
		if found := echoForm.FindStringSubmatch(shown.Text); found != nil {
			_, _ = fmt.Sscan(found[1], &n)
		}
		numbers = append(numbers, n)
	}
	return numbers[min(1, len(numbers)):] // without the question that each began with
}

// 200 updates of 20 chats come in batches whose order is lost, and all of them come twice. Each chat sees its answers in
// order and once; where the program is killed while it works, none is lost, and in no chat more come twice than there
// were kills.
func TestOrder(t *testing.T) {
	const batches, each = 2, 5 // 20 chats × 5 make a batch of getUpdates full
	for _, c := range []struct {
		name  string
		kills int
	}{{"undisturbed", 0}, {"killed", 3}} {
		t.Run(c.name, func(t *testing.T) {
			o := openOffice(t)
			people := crowd(t, o)
			for b := range batches {
				confirmed(t, o.telegram)
				o.telegram.Down(true)
				for i := range each {
					for _, p := range people {
						p.SendText(fmt.Sprintf("qwx %d", b*each+i+1))
					}
				}
				o.telegram.Shuffle(uint64(b) + 1)
				o.telegram.Repeat()
				o.telegram.Down(false)
				for k := range c.kills { // each time when it has come further: a turn that is cut short again and again is set aside
					sees(t, people[6*k], "more answers", func(m []bottest.Shown) bool { return len(echoes(m)) > b*each+2*k })
					o.server.kill()
				}
				for _, p := range people {
					sees(t, p, "all answers", func(m []bottest.Shown) bool { return follow(echoes(m)) > (b+1)*each })
				}
			}
			confirmed(t, o.telegram)
			o.server.stop(os.Interrupt)
			for _, p := range people {
				inOrder(t, p, batches*each, o.server.kills)
			}
			if strange := o.telegram.Strange(); len(strange) > 0 {
				t.Errorf("calls that Telegram would not understand: %v", strange)
			}
			if strings.Contains(o.server.log.String(), "set aside") {
				t.Error("an update was given up")
			}
		})
	}
}

// inOrder holds a chat's answers against 1 … n.
func inOrder(t *testing.T, p *bottest.TelegramPerson, n, kills int) {
	t.Helper()
	got := echoes(p.Messages())
	if next := follow(got); next <= n || len(got) > n+kills {
		t.Errorf("chat %s: %d texts, %d kills, and the answers %v (in order up to %d)", p.Chat(), n, kills, got, next-1)
	}
}

// follow goes along a chat's answers as long as they are in order, and gives the number whose turn it is then. One that
// comes again right after itself, as after a kill, is passed over; a question that was asked again stands for any answer.
func follow(numbers []int) (next int) {
	next, again := 1, 0
	for _, n := range numbers {
		switch {
		case n == 0:
			again++
		case n >= next && n <= next+again:
			next, again = n+1, 0
		case n != next-1:
			return next // out of order
		}
	}
	return next + again
}

// confirmed waits until the program has taken everything in.
func confirmed(t *testing.T, fake *bottest.Telegram) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
	defer cancel()
	if err := fake.WaitConfirmed(ctx); err != nil {
		t.Fatal(err)
	}
}
