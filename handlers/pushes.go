package handlers

import (
	"context"
	"slices"
	"time"

	"lamsach/bot"
	"lamsach/core/campaign"
	"lamsach/core/civil"
	"lamsach/core/fault"
	"lamsach/core/ledger"
	"lamsach/core/officer"
	"lamsach/locales"
)

// Plans tells what campaigns there are and where they stand.
type Plans interface {
	Campaigns(ctx context.Context) ([]campaign.Campaign, error)
	Campaign(ctx context.Context, id string) (campaign.Campaign, error)
	CampaignFacts(ctx context.Context, c campaign.Campaign, unit string, zone *time.Location) (campaign.Facts, error)
}

// Firing keeps which reminders are due, and what became of them.
type Firing interface {
	DueCampaigns(ctx context.Context, today civil.Date, clock campaign.Clock) ([]string, error)
	DueReminders(ctx context.Context, id string, today civil.Date) ([]campaign.Row, error)
	ToldSlots(ctx context.Context, id string, since time.Time) (map[string]bool, error)
	FireReminder(ctx context.Context, end bot.Ending, told ledger.Told) error
	SettleReminders(ctx context.Context, end bot.Ending, settled []campaign.Settled) error
}

// Reminders keeps what was said of duties, and what is to be said again.
type Reminders interface {
	SentRows(ctx context.Context, slot string) ([]campaign.Row, error)
	LastSlots(ctx context.Context, role, unit string, since time.Time) ([]string, error)
	AddReminders(ctx context.Context, end bot.Ending, rows []campaign.Row) error
	PlanAnew(ctx context.Context, end bot.Ending, id string, today civil.Date, rows []campaign.Row) error
}

// Pushes keeps nudges and announcements, who gets what he did not ask for, and who does not want it.
type Pushes interface {
	Receivers(ctx context.Context, topic string, role officer.Role, unit string) ([]ledger.Receiver, error)
	AddPush(ctx context.Context, end bot.Ending, p ledger.Push) error
	Push(ctx context.Context, id string) (ledger.Push, error)
	Mutes(ctx context.Context, officer string) ([]string, error)
	SetMute(ctx context.Context, end bot.Ending, officer, topic string, muted bool) error
}

// Reach tells whom nothing reaches, and what the buttons of notices are about.
type Reach interface {
	Unreachable(ctx context.Context) ([]ledger.Unreachable, error)
	TellUnreachable(ctx context.Context, end bot.Ending, officers []string) error
	Unsent(ctx context.Context, since time.Time, limit int) ([]ledger.Unsent, error)
	ChatBack(ctx context.Context, end bot.Ending) error
	NoticeKey(ctx context.Context, id string) (bot.Key, error)
}

// Calendar keeps the days on which the deployment departs from the law.
type Calendar interface {
	RestDays(ctx context.Context) ([]ledger.RestDay, error)
	SetRestDay(ctx context.Context, end bot.Ending, d ledger.RestDay, asLaw bool) error
	RestDaysMoved(ctx context.Context) (mark string, err error)
	RestDaysPlanned(ctx context.Context, mark string) error
}

// The topics of pushes. The words for them are "topic.…".
const (
	topicReminder = "reminder" // deadlines of one's own steps, and lateness below: never off
	topicDigest   = "digest"
	topicNudge    = "nudge"
	topicAnnounce = "announce"
	topicBlocked  = "blocked" // who below cannot be reached
)

// mutable lists the topics that an officer may turn off, in the order in which they are told.
func mutable() []string { return []string{topicDigest, topicNudge, topicAnnounce, topicBlocked} }

// topicName is what a topic is called; notices of a turn about the turn's matter have none.
func topicName(topic string) fault.Text {
	if topic == topicReminder || slices.Contains(mutable(), topic) {
		return fault.T("topic." + topic)
	}
	return fault.T("topic.other")
}

// place is where campaigns happen, as it is known now.
func (b *Bot) place(ctx context.Context) (campaign.Place, error) {
	tree, err := b.Units.Tree(ctx)
	if err != nil {
		return campaign.Place{}, err
	}
	days, err := b.Calendar.RestDays(ctx)
	var off, on []civil.Date
	for _, d := range days {
		if d.Rest {
			off = append(off, d.Day)
		} else {
			on = append(on, d.Day)
		}
	}
	return campaign.Place{Tree: tree, Calendar: civil.NewCalendar(off, on), Zone: b.Zone}, err
}

// post writes one message to several receivers, each in his language; it is put into words once for each language.
type post struct {
	b     *Bot
	topic string
	slot  string
	until time.Time
	write func(p locales.Printer) (bot.Text, [][]bot.Choice)
	file  func(p locales.Printer) *bot.Attachment // nil: none
	done  map[string]bot.Reply
}

// to gives the notice for a receiver.
func (p *post) to(r ledger.Receiver) bot.Reply {
	language := r.Language
	if language == "" {
		language = p.b.Language
	}
	reply, ok := p.done[language]
	if !ok {
		reply = bot.Reply{Notice: true, Topic: p.topic, Slot: p.slot, Until: p.until}
		reply.Text, reply.Choices = p.write(p.b.Catalog.Printer(language))
		if p.file != nil {
			reply.File = p.file(p.b.Catalog.Printer(language))
		}
		if p.done == nil {
			p.done = map[string]bot.Reply{}
		}
		p.done[language] = reply
	}
	reply.To = bot.Chat{Platform: r.Platform, ID: r.Chat}
	return reply
}

// said puts texts into words, a line each.
func said(p locales.Printer, texts []fault.Text) bot.Text {
	var out bot.Text
	for _, text := range texts {
		out = append(out, lines(p, text, bot.Plain)...)
	}
	return out
}

// party is what an officer is in campaigns.
func party(tree *officer.Tree, who officer.Officer) (campaign.Party, bool) {
	u, ok := tree.Unit(who.UnitCode)
	return campaign.Party{Role: who.Role, Level: u.Level}, ok
}

// unitTitle names a unit.
func unitTitle(tree *officer.Tree, code string) string {
	if u, ok := tree.Unit(code); ok {
		return u.Title()
	}
	return code
}

// wanted leaves out who has turned the topic off.
func wanted(all []ledger.Receiver) []ledger.Receiver {
	return slices.DeleteFunc(slices.Clone(all), func(r ledger.Receiver) bool { return r.Muted })
}
