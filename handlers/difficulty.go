package handlers

import (
	"context"
	"strconv"

	"lamsach/bot"
	"lamsach/core/difficulty"
	"lamsach/core/fault"
	"lamsach/core/officer"
)

// Difficulties keeps what officers could not solve by themselves (vướng mắc).
type Difficulties interface {
	NextDifficulty(ctx context.Context, unit string) (int, error)
	AddDifficulty(ctx context.Context, end bot.Ending, d difficulty.Difficulty) error
	Difficulty(ctx context.Context, id string) (difficulty.Difficulty, error)
	Difficulties(ctx context.Context, unit string) ([]difficulty.Difficulty, error)
	ChangeDifficulty(ctx context.Context, end bot.Ending, d difficulty.Difficulty) error
}

// difficultiesShown is how many a page of the menu offers.
const difficultiesShown = 6

// showDifficulties offers what the officer's unit raised and what it has to answer; from says how many are left out.
func showDifficulties(ctx context.Context, t *turn, from string) error {
	if err := t.own(officer.Raise); err != nil && !t.can(officer.Answer, t.who.UnitCode) {
		return err
	}
	all, err := t.seenDifficulties(ctx)
	if err != nil {
		return err
	}
	t.s = t.s.under()
	skip, err := strconv.Atoi(from)
	if err != nil || skip < 0 || skip >= len(all) {
		skip = 0
	}
	page := all[skip:min(skip+difficultiesShown, len(all))]
	var v view
	v.strong("difficulties.title", "N", len(all), "Unit", t.unitName(t.who.UnitCode))
	for _, d := range page {
		v.line("difficulties.item", "Name", d.Name(), "State", difficultyState(d), "Text", shorten(d.Text(), 70))
		v.row(choice("difficulty."+d.ID, "difficulties.open", "Name", d.Name()))
	}
	if older := len(all) - skip - len(page); older > 0 {
		v.line("difficulties.more", "N", older)
		v.row(choice("difficulties."+strconv.Itoa(skip+len(page)), "list.older"))
	}
	if t.can(officer.Raise, t.who.UnitCode) {
		v.row(choice("raise", "difficulties.button.raise"))
	}
	if t.can(officer.SeePeople, t.who.UnitCode) {
		v.row(choice("leave", "difficulties.button.back"))
	}
	return t.finish(ctx, t.draw(v))
}

// seenDifficulties lists those that whoever writes may see, the ones that wait for his answer first.
func (t *turn) seenDifficulties(ctx context.Context) ([]difficulty.Difficulty, error) {
	all, err := t.b.Difficulties.Difficulties(ctx, t.who.UnitCode)
	if err != nil {
		return nil, err
	}
	var first, rest []difficulty.Difficulty
	for _, d := range all {
		switch {
		case !t.seesDifficulty(d):
		case d.State == difficulty.Open && t.answers(d):
			first = append(first, d)
		default:
			rest = append(rest, d)
		}
	}
	return append(first, rest...), nil
}

// seesDifficulty tells whether it was raised by a unit of one's own whose work one shares, or is for one's own unit to answer.
func (t *turn) seesDifficulty(d difficulty.Difficulty) bool {
	return d.Unit == t.who.UnitCode && t.can(officer.Raise, d.Unit) || t.answers(d) || t.answered(d)
}

// answers tells whether it is for the officer's unit, and for him, to answer.
func (t *turn) answers(d difficulty.Difficulty) bool {
	return d.Holder == t.who.UnitCode && t.can(officer.Answer, d.Unit)
}

// answered tells whether his unit had a part in it: what it passed on it still sees.
func (t *turn) answered(d difficulty.Difficulty) bool {
	for _, e := range d.Entries[1:] {
		if e.Unit == t.who.UnitCode && t.can(officer.Answer, d.Unit) {
			return true
		}
	}
	return false
}

// theDifficulty opens one that the officer may see; any other is not there.
func (t *turn) theDifficulty(ctx context.Context, id string) (difficulty.Difficulty, error) {
	d, err := t.b.Difficulties.Difficulty(ctx, id)
	if err == nil && !t.seesDifficulty(d) {
		t.b.Log.Warn("refused", "chat", t.u.Chat.String(), "officer", t.who.ID, "difficulty", id)
		err = fault.New(fault.NotFound, "storage.difficulty.not_found")
	}
	return d, err
}

// showDifficulty shows one with all that became of it, and what can be done now.
func showDifficulty(ctx context.Context, t *turn, id string) error {
	d, err := t.theDifficulty(ctx, id)
	if err != nil {
		return err
	}
	t.s = t.s.under()
	return t.finish(ctx, t.draw(t.difficultyView(d)))
}

func (t *turn) difficultyView(d difficulty.Difficulty) view {
	var v view
	v.strong("difficulties.head", "Name", d.Name(), "State", difficultyState(d), "Unit", t.unitName(d.Unit))
	if d.Row > 0 {
		v.line("difficulties.row", "Row", d.Row)
	}
	for _, e := range d.Entries {
		v.line("difficulties.entry."+string(e.Step), "Time", e.At.In(t.b.Zone).Format("15:04 02/01/2006"), "Unit", t.unitName(e.Unit), "Text", e.Text)
	}
	if d.State == difficulty.Open {
		v.line("difficulties.waits", "Unit", t.unitName(d.Holder))
	}
	if t.answers(d) && d.State != difficulty.Closed {
		v.row(choice("answer."+d.ID, "difficulties.button.answer"))
		if d.State == difficulty.Open && t.mayPass(d) {
			v.row(choice("pass."+d.ID, "difficulties.button.pass"))
		}
	}
	if t.raised(d) {
		if d.State == difficulty.Answered {
			v.row(choice("reopen."+d.ID, "difficulties.button.reopen"))
		}
		if d.State != difficulty.Closed {
			v.row(choice("settled."+d.ID, "difficulties.button.settled"))
		}
	}
	if d.Photo != "" {
		v.row(choice("photo."+d.ID, "difficulties.button.photo"))
	}
	v.row(choice("difficulties", "difficulties.button.all"))
	return v
}

func difficultyState(d difficulty.Difficulty) fault.Text {
	return fault.T("difficulties.state." + string(d.State))
}

// unitName is what a unit is called, "Xã Tà Xùa"; the code of one that is not known.
func (t *turn) unitName(code string) string {
	return unitTitle(t.tree, code)
}

// raised tells whether it is the officer's unit's own, his to close.
func (t *turn) raised(d difficulty.Difficulty) bool {
	return d.Unit == t.who.UnitCode && t.can(officer.Raise, d.Unit)
}

// mayPass tells whether a unit above can be asked.
func (t *turn) mayPass(d difficulty.Difficulty) bool {
	holders := difficulty.Holders(t.tree, d.Unit, t.b.today())
	_, ok := difficulty.Next(holders, d.Unit, d.Holder, func(string) bool { return true })
	return ok
}

// settleDifficulty closes one that the officer's unit raised.
func settleDifficulty(ctx context.Context, t *turn, id string) error {
	d, err := t.theDifficulty(ctx, id)
	if err != nil {
		return err
	}
	if !t.raised(d) {
		return fault.New(fault.Forbidden, "right.refused.action")
	}
	next, err := d.Settle(t.who, t.b.Now())
	if err != nil {
		return err
	}
	if _, err := t.notify(ctx, d.Holder, t.answersFor(d.Unit), fault.T("difficulties.notice.settled", "Name", d.Name(), "Unit", t.unitName(d.Unit))); err != nil {
		return err
	}
	return t.changeDifficulty(ctx, next)
}

// changeDifficulty records a step and shows what is now.
func (t *turn) changeDifficulty(ctx context.Context, d difficulty.Difficulty) error {
	t.audit = bot.Audit{Action: "difficulty." + string(d.Entries[len(d.Entries)-1].Step), Object: d.ID, Count: 1}
	t.write = func(ctx context.Context, end bot.Ending) error { return t.b.Difficulties.ChangeDifficulty(ctx, end, d) }
	t.s = t.s.under()
	return t.finish(ctx, t.draw(t.difficultyView(d)))
}

// answersFor picks who, of a unit, may answer another's difficulties.
func (t *turn) answersFor(unit string) func(officer.Officer) bool {
	return func(who officer.Officer) bool {
		return t.tree.Seat(who.Role, who.UnitCode) == nil && t.tree.May(who.Role, who.UnitCode, officer.Answer, unit, t.b.today()) == nil
	}
}

// showPhoto sends the picture of a difficulty.
func showPhoto(ctx context.Context, t *turn, id string) error {
	d, err := t.theDifficulty(ctx, id)
	if err != nil {
		return err
	}
	if d.Photo == "" {
		return t.oldButton(ctx)
	}
	t.audit = bot.Audit{Action: "difficulty.photo_shown", Object: d.ID, Count: 1}
	t.answerPress()
	t.replies = append(t.replies, bot.Reply{
		To: t.u.Chat, Text: lines(t.p, fault.T("difficulties.photo", "Name", d.Name()), bot.Plain),
		File: &bot.Attachment{File: d.Photo, Name: d.Name() + ".jpg", MIME: "image/jpeg"},
	})
	return t.finish(ctx)
}
