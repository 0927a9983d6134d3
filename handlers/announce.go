package handlers

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"lamsach/bot"
	"lamsach/core/fault"
	"lamsach/core/ledger"
	"lamsach/core/officer"
	"lamsach/core/viet"
	"lamsach/locales"
)

// The forms of pushes. A nudge's argument is its campaign.
const (
	formAnnounce = "announce"
	formNudge    = "nudge"
)

// maxPush is how long an announcement may be, in letters.
const maxPush = 1500

// showAnnounce offers what can be sent to units below, and shows what could not be sent.
func showAnnounce(ctx context.Context, t *turn, _ string) error {
	announces := officer.Allows(t.who.Role, officer.Announce, officer.Below)
	if !announces {
		if err := t.own(officer.SeeOfficers); err != nil {
			return err
		}
	}
	t.s = t.s.under()
	var v view
	v.strong("announce.title")
	v.row(choice("announce", "announce.button.write"))
	v.row(choice("unsent", "announce.button.unsent"))
	v.row(choice("leave", "chat.button.cancel"))
	return t.finish(ctx, t.draw(v))
}

func beginAnnounce(ctx context.Context, t *turn, _ string) error {
	if !officer.Allows(t.who.Role, officer.Announce, officer.Below) {
		return t.own(officer.Announce)
	}
	return t.startForm(ctx, formAnnounce, "")
}

// announceForm asks to whom, and what; it is sent after its preview was confirmed.
func announceForm() form {
	return form{
		steps: []formStep{
			{id: "to", ask: askUnits, take: takeUnits, help: "announce.help"},
			{id: "text", ask: askWords("announce.ask.text"), take: takePush, number: true},
			{id: "sure", ask: askAnnounce, take: takeSure},
		},
		done: recordAnnounce,
	}
}

func askWords(key string) func(context.Context, *turn, draft) (view, error) {
	return func(context.Context, *turn, draft) (view, error) {
		var v view
		v.line(key, "N", maxPush)
		return v, nil
	}
}

// takePush takes the text of a push.
func takePush(_ context.Context, _ *turn, d *draft, in input) error {
	text := strings.TrimSpace(in.Text)
	switch n := utf8.RuneCountInString(text); {
	case n == 0:
		return fault.New(fault.Invalid, "announce.empty")
	case n > maxPush:
		return fault.New(fault.Invalid, "announce.too_long", "N", n, "Most", maxPush)
	}
	d.Values["text"] = text
	return nil
}

// askUnits asks whom an announcement is for.
func askUnits(_ context.Context, t *turn, _ draft) (view, error) {
	var v view
	v.line("announce.ask.to")
	if n := len(t.below(officer.LevelCommune)); n > 0 {
		v.row(choice(pick("communes"), "announce.to.communes", "N", n))
	}
	v.row(choice(pick("all"), "announce.to.all", "N", len(t.below(officer.LevelNone))))
	return v, nil
}

// below lists the units that the officer may announce something to: of a level, or all of them down to the communes.
func (t *turn) below(level officer.Level) []string {
	var codes []string
	for _, l := range officer.Levels() {
		if l > officer.LevelCommune || level != officer.LevelNone && l != level {
			continue
		}
		for _, u := range t.tree.Under(t.who.UnitCode, l, t.b.today()) {
			if t.can(officer.Announce, u.Code) && !slices.Contains(codes, u.Code) {
				codes = append(codes, u.Code)
			}
		}
	}
	return codes
}

// takeUnits takes the units of an announcement: all, or names and codes with commas between.
func takeUnits(_ context.Context, t *turn, d *draft, in input) error {
	if in.Choice == "all" || in.Choice == "communes" {
		d.Values["to"] = in.Choice
		return nil
	}
	all := t.below(officer.LevelNone)
	var codes []string
	for name := range strings.FieldsFuncSeq(in.Text, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		code, err := t.namedUnit(all, strings.TrimSpace(name))
		if err != nil {
			return err
		}
		if !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	if len(codes) == 0 {
		return fault.New(fault.Invalid, "announce.no_unit")
	}
	d.Values["to"] = strings.Join(codes, " ")
	return nil
}

// namedUnit finds the one unit among some that has a code or a name, with or without its kind. That there is one elsewhere nobody
// learns.
func (t *turn) namedUnit(among []string, name string) (string, error) {
	var found []string
	for _, code := range among {
		u, _ := t.tree.Unit(code)
		if code == name || viet.Fold(u.Name) == viet.Fold(name) || viet.Fold(u.Title()) == viet.Fold(name) {
			found = append(found, code)
		}
	}
	switch len(found) {
	case 0:
		return "", fault.New(fault.Invalid, "announce.unknown_unit", "Name", shorten(name, 40))
	case 1:
		return found[0], nil
	}
	return "", fault.New(fault.Invalid, "announce.several_units", "Name", shorten(name, 40), "Codes", strings.Join(found, ", "))
}

// announced gives the units of a draft, and how many officers are in them who have not turned announcements off.
func (t *turn) announced(ctx context.Context, d draft) (units []string, people int, err error) {
	switch to := d.Values["to"]; to {
	case "all":
		units = t.below(officer.LevelNone)
	case "communes":
		units = t.below(officer.LevelCommune)
	default:
		units = strings.Fields(to)
	}
	var there []string
	for _, code := range units {
		if err := t.may(officer.Announce, code); err != nil {
			return nil, 0, err
		}
		all, err := t.b.Pushes.Receivers(ctx, topicAnnounce, "", code)
		if err != nil {
			return nil, 0, err
		}
		if n := len(wanted(all)); n > 0 {
			there, people = append(there, code), people+n
		}
	}
	return there, people, nil
}

// askAnnounce shows the message as it will be read, and to how many it goes.
func askAnnounce(ctx context.Context, t *turn, d draft) (view, error) {
	var v view
	units, people, err := t.announced(ctx, d)
	if err != nil {
		return v, err
	}
	v.strong("announce.preview")
	v.line("announce.head", "Unit", t.unitName(t.who.UnitCode))
	v.line("push.text", "Text", d.Values["text"])
	v.body = append(v.body, viewLine{})
	v.line("announce.count", "N", people, "Units", len(units))
	v.line("announce.units", "Names", t.names(units))
	if people > 0 {
		v.row(choice(pick("yes"), "announce.button.send", "N", people))
	}
	return v, nil
}

// names lists the titles of the first of some units.
func (t *turn) names(codes []string) string {
	var names []string
	for i, code := range codes {
		if i == namesTold {
			names = append(names, "…")
			break
		}
		names = append(names, t.unitName(code))
	}
	return strings.Join(names, ", ")
}

func recordAnnounce(ctx context.Context, t *turn, d draft) error {
	units, people, err := t.announced(ctx, d)
	if err != nil {
		return err
	}
	return t.push(ctx, ledger.Push{Topic: topicAnnounce, Units: units, Receivers: people, Text: d.Values["text"]})
}

// push records a push and has it sent.
func (t *turn) push(ctx context.Context, p ledger.Push) error {
	p.ID, p.Officer, p.Unit = t.b.NewID(), t.who.ID, t.who.UnitCode
	t.jobs = append(t.jobs, bot.Job{Kind: JobPush, ID: p.ID})
	t.audit = bot.Audit{Action: "push." + p.Topic, Object: p.ID, Count: p.Receivers}
	t.write = func(ctx context.Context, end bot.Ending) error { return t.b.Pushes.AddPush(ctx, end, p) }
	t.s = t.s.under()
	var v view
	v.line("announce.sent", "N", p.Receivers, "Units", len(p.Units))
	v.row(choice("help", "chat.button.help"))
	return t.finish(ctx, t.draw(v))
}

// sendPush sends a nudge or an announcement to everybody whom it is for. Run again it sends it to those who were left out.
func (b *Bot) sendPush(ctx context.Context, id string) error {
	p, err := b.Pushes.Push(ctx, id)
	if err != nil {
		return err
	}
	if p.Topic == topicNudge {
		return b.sendNudge(ctx, p)
	}
	place, err := b.place(ctx)
	if err != nil {
		return err
	}
	out := post{b: b, topic: topicAnnounce, write: func(lang locales.Printer) (bot.Text, [][]bot.Choice) {
		return said(lang, []fault.Text{fault.T("announce.head", "Unit", unitTitle(place.Tree, p.Unit)), fault.T("push.text", "Text", p.Text)}), nil
	}}
	for _, unit := range p.Units {
		all, err := b.Pushes.Receivers(ctx, topicAnnounce, "", unit)
		if err != nil {
			return err
		}
		if err := b.sendTo(ctx, p, out, wanted(all)); err != nil {
			return err
		}
	}
	return nil
}

// sendTo gives each receiver his message, once.
func (b *Bot) sendTo(ctx context.Context, p ledger.Push, out post, to []ledger.Receiver) error {
	for _, r := range to {
		reply := out.to(r)
		if err := b.Turns.EndTurn(ctx, bot.Ending{Op: "push:" + p.ID + ":" + r.Officer, Chat: reply.To, Replies: []bot.Reply{reply}}); err != nil {
			return fmt.Errorf("push %s: %w", p.ID, err)
		}
	}
	return nil
}
