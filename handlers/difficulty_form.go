package handlers

import (
	"context"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"lamsach/bot"
	"lamsach/core/difficulty"
	"lamsach/core/fault"
	"lamsach/core/officer"
	"lamsach/core/viet"
)

// The forms about difficulties. The first has no argument, the others the difficulty's id.
const (
	formRaise  = "raise"
	formAnswer = "answer"
	formPass   = "pass"
	formReopen = "reopen"
)

func raiseDifficulty(ctx context.Context, t *turn, _ string) error {
	if err := t.own(officer.Raise); err != nil {
		return err
	}
	return t.startForm(ctx, formRaise, "")
}

// difficultyForm gives the route that opens one of the forms about a difficulty.
func difficultyForm(form string) route {
	return func(ctx context.Context, t *turn, id string) error {
		if _, err := t.theDifficulty(ctx, id); err != nil {
			return err
		}
		return t.startForm(ctx, form, id)
	}
}

// raiseForm asks what the difficulty is, what it is about, and for a picture.
func raiseForm() form {
	return form{
		steps: []formStep{
			{id: "text", ask: askText("difficulties.ask.text"), take: takeWords},
			{id: "list", ask: askList, take: takeList, optional: true},
			{id: "row", when: func(d draft) bool { return d.Values["list"] != "" }, ask: askText("difficulties.ask.row"), take: takeRow, optional: true, number: true},
			{id: "photo", ask: askText("difficulties.ask.photo"), take: takePhoto, optional: true, file: true},
			{id: "sure", ask: askRaise, take: takeSure},
		},
		done: recordDifficulty,
	}
}

// wordsForm asks for words about a difficulty and records the step that they are for.
func wordsForm(key string, optional bool, step func(ctx context.Context, t *turn, d difficulty.Difficulty, text string) error) form {
	return form{
		steps: []formStep{{id: "text", take: takeWords, optional: optional, ask: func(ctx context.Context, t *turn, d draft) (view, error) {
			var v view
			about, err := t.theDifficulty(ctx, d.Arg)
			if err != nil {
				return v, err
			}
			v.strong("difficulties.item", "Name", about.Name(), "State", difficultyState(about), "Text", about.Text())
			v.line(key)
			return v, nil
		}}},
		done: func(ctx context.Context, t *turn, d draft) error {
			about, err := t.theDifficulty(ctx, d.Arg)
			if err != nil {
				return err
			}
			return step(ctx, t, about, d.Values["text"])
		},
	}
}

func askText(key string) func(context.Context, *turn, draft) (view, error) {
	return func(context.Context, *turn, draft) (view, error) {
		var v view
		v.line(key)
		return v, nil
	}
}

// personalNumber finds what looks like somebody's number, with blanks or dots in it: it does not belong in a text that others read.
var personalNumber = regexp.MustCompile(`(?:\d[ .\-]?){9,}`)

// takeWords keeps a text that says something and names nobody's number.
func takeWords(_ context.Context, _ *turn, d *draft, in input) error {
	text := strings.TrimSpace(viet.NFC(in.Text))
	switch {
	case utf8.RuneCountInString(text) < 5:
		return fault.New(fault.Invalid, "difficulties.bad.short")
	case utf8.RuneCountInString(text) > difficulty.Most:
		return fault.New(fault.Invalid, "difficulties.bad.long", "Most", difficulty.Most)
	case personalNumber.MatchString(text):
		return fault.New(fault.Invalid, "difficulties.bad.number")
	}
	d.Values["text"] = text
	return nil
}

func askList(ctx context.Context, t *turn, _ draft) (view, error) {
	var v view
	v.line("difficulties.ask.list")
	if !t.can(officer.SeePeople, t.who.UnitCode) {
		return v, nil
	}
	all, err := t.b.Lists.Lists(ctx, t.home())
	for _, l := range all[:min(len(all), listsShown)] {
		v.row(choice(pick(l.ID), "difficulties.list", "Name", shorten(l.Name, 40)))
	}
	return v, err
}

func takeList(ctx context.Context, t *turn, d *draft, in input) error {
	if in.Choice == "" {
		return fault.New(fault.Invalid, "difficulties.bad.list")
	}
	if err := t.own(officer.SeePeople); err != nil {
		return err
	}
	if _, err := t.b.Lists.List(ctx, t.home(), in.Choice); err != nil {
		return err
	}
	d.Values["list"] = in.Choice
	return nil
}

func takeRow(_ context.Context, _ *turn, d *draft, in input) error {
	row, err := strconv.Atoi(strings.TrimSpace(strings.TrimPrefix(viet.Fold(in.Text), "dong")))
	if err != nil || row < 1 || row > 1_048_576 {
		return fault.New(fault.Invalid, "difficulties.bad.row")
	}
	d.Values["row"] = strconv.Itoa(row)
	return nil
}

// mostPhoto is how large a picture may be.
const mostPhoto = 10 << 20

// takePhoto keeps the picture that was sent.
func takePhoto(ctx context.Context, t *turn, d *draft, in input) error {
	if in.Photo == nil {
		return fault.New(fault.Invalid, "difficulties.bad.photo")
	}
	body, err := t.b.Places.OpenFrom(ctx, t.u.Chat.Platform, in.Photo.ID)
	if errors.Is(err, bot.ErrFileGone) || errors.Is(err, bot.ErrFileTooLarge) {
		return fault.Wrap(fault.Invalid, err, "difficulties.bad.photo")
	}
	if err != nil {
		return err
	}
	defer body.Close()
	bounded := &io.LimitedReader{R: body, N: mostPhoto + 1}
	id, _, err := t.b.Uploads.SaveFile(ctx, "", "image/jpeg", bounded)
	if err != nil {
		return err
	}
	if bounded.N == 0 {
		return fault.New(fault.Invalid, "difficulties.bad.photo")
	}
	d.Values["photo"] = id
	return nil
}

func askRaise(_ context.Context, _ *turn, d draft) (view, error) {
	var v view
	v.line("difficulties.ask.sure")
	v.strong("difficulties.said", "Text", d.Values["text"])
	if row := d.Values["row"]; row != "" {
		v.line("difficulties.row", "Row", row)
	}
	if d.Values["photo"] != "" {
		v.line("difficulties.with_photo")
	}
	v.row(choice(pick("yes"), "difficulties.button.send"))
	return v, nil
}

// raise records the difficulty and tells those who can answer it.
func recordDifficulty(ctx context.Context, t *turn, a draft) error {
	if err := t.own(officer.Raise); err != nil {
		return err
	}
	number, err := t.b.Difficulties.NextDifficulty(ctx, t.who.UnitCode)
	if err != nil {
		return err
	}
	holder, err := t.holder(ctx, t.who.UnitCode, "")
	if err != nil {
		return err
	}
	row, _ := strconv.Atoi(a.Values["row"]) // takeRow wrote it
	d := difficulty.Raise(difficulty.Difficulty{ID: t.b.NewID(), Number: number, List: a.Values["list"], Row: row, Photo: a.Values["photo"]},
		holder, a.Values["text"], t.who, t.b.Now())
	told, err := t.tellHolder(ctx, d, "difficulties.notice.raised")
	if err != nil {
		return err
	}
	t.audit = bot.Audit{Action: "difficulty.raised", Object: d.ID, Count: 1}
	t.write = func(ctx context.Context, end bot.Ending) error { return t.b.Difficulties.AddDifficulty(ctx, end, d) }
	t.s = t.s.under()
	v := t.difficultyView(d)
	head := fault.T("difficulties.sent", "Name", d.Name(), "Unit", t.unitName(holder), "N", told)
	if told == 0 {
		head = fault.T("difficulties.sent_to_nobody", "Name", d.Name(), "Unit", t.unitName(holder))
	}
	v.body = append([]viewLine{{text: head}, {}}, v.body...)
	return t.finish(ctx, t.draw(v))
}

// holder gives the unit that has to answer a unit's difficulty after another one; after "": the first.
func (t *turn) holder(ctx context.Context, unit, after string) (string, error) {
	holders := difficulty.Holders(t.tree, unit, t.b.today())
	var broken error
	staffed := func(code string) bool {
		all, err := t.b.Staff.Officers(ctx, code)
		broken = errors.Join(broken, err)
		may := t.answersFor(unit)
		return slices.ContainsFunc(all, func(who officer.Officer) bool { return who.ID != t.who.ID && may(who) })
	}
	to, ok := difficulty.Next(holders, unit, after, staffed)
	if broken != nil {
		return "", broken
	}
	if !ok {
		return "", fault.New(fault.Closed, "difficulties.nobody_above")
	}
	return to, nil
}

// tellHolder tells those who can answer.
func (t *turn) tellHolder(ctx context.Context, d difficulty.Difficulty, key string) (told int, err error) {
	last := d.Entries[len(d.Entries)-1]
	return t.notify(ctx, d.Holder, t.answersFor(d.Unit), fault.T(key, "Name", d.Name(), "Unit", t.unitName(d.Unit), "Text", last.Text))
}

// tellRaiser tells the unit that raised it.
func (t *turn) tellRaiser(ctx context.Context, d difficulty.Difficulty, key string) error {
	last := d.Entries[len(d.Entries)-1]
	_, err := t.notify(ctx, d.Unit, func(who officer.Officer) bool {
		return t.tree.Seat(who.Role, who.UnitCode) == nil && t.tree.May(who.Role, who.UnitCode, officer.Raise, d.Unit, t.b.today()) == nil
	}, fault.T(key, "Name", d.Name(), "Unit", t.unitName(last.Unit), "To", t.unitName(d.Holder), "Text", last.Text))
	return err
}

func answerDifficulty(ctx context.Context, t *turn, d difficulty.Difficulty, text string) error {
	if !t.answers(d) {
		return fault.New(fault.Forbidden, "right.refused.action")
	}
	next, err := d.Reply(text, t.who, t.b.Now())
	if err != nil {
		return err
	}
	if err := t.tellRaiser(ctx, next, "difficulties.notice.answered"); err != nil {
		return err
	}
	return t.changeDifficulty(ctx, next)
}

func passDifficulty(ctx context.Context, t *turn, d difficulty.Difficulty, text string) error {
	if !t.answers(d) {
		return fault.New(fault.Forbidden, "right.refused.action")
	}
	to, err := t.holder(ctx, d.Unit, d.Holder)
	if err != nil {
		return err
	}
	next, err := d.Pass(to, text, t.who, t.b.Now())
	if err != nil {
		return err
	}
	told, err := t.tellHolder(ctx, next, "difficulties.notice.passed")
	if err != nil {
		return err
	}
	if told == 0 { // it would lie where nobody looks
		return fault.New(fault.Closed, "difficulties.nobody_above")
	}
	if err := t.tellRaiser(ctx, next, "difficulties.notice.moved"); err != nil {
		return err
	}
	return t.changeDifficulty(ctx, next)
}

func reopenDifficulty(ctx context.Context, t *turn, d difficulty.Difficulty, text string) error {
	if !t.raised(d) {
		return fault.New(fault.Forbidden, "right.refused.action")
	}
	next, err := d.Reopen(text, t.who, t.b.Now())
	if err != nil {
		return err
	}
	if _, err := t.tellHolder(ctx, next, "difficulties.notice.reopened"); err != nil {
		return err
	}
	return t.changeDifficulty(ctx, next)
}
