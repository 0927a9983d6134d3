package handlers

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"lamsach/bot"
	"lamsach/core/fault"
	"lamsach/core/viet"
)

// form asks for several answers before anything is recorded. What it has been told lives as a draft in the store, written
// in the transaction of each turn, so that neither a restart nor a lost session loses an answer.
type form struct {
	steps []formStep
	// done records the fact and draws what comes next. A *fault.Error of kind Invalid with a step's id as its argument Step
	// goes back to that step.
	done func(ctx context.Context, t *turn, d draft) error
}

// formStep is one question of a form.
type formStep struct {
	id   string
	when func(d draft) bool // whether it is asked; nil: always
	// ask draws the question; its quick picks are made with pick.
	ask func(ctx context.Context, t *turn, d draft) (view, error)
	// take keeps an answer in d.Values. What it does not understand it tells as a *fault.Error of kind Invalid: the
	// sentence is said and the question asked again.
	take     func(ctx context.Context, t *turn, d *draft, in input) error
	optional bool // "Bỏ qua" leaves it empty
	// number says that a typed number is the answer itself and not the number of a choice.
	number bool
	file   bool   // it takes a file or a picture; elsewhere a file that is sent is a list
	help   string // key of what "Giúp" says; empty: how a form is answered
}

// draft is what an unfinished form has been told.
type draft struct {
	Form   string            `json:"f"`
	Arg    string            `json:"a,omitempty"` // what it is about: the id of a campaign, of a list
	Step   string            `json:"s"`
	Values map[string]string `json:"v,omitempty"` // by step, or as the steps agree among themselves
	Paused bool              `json:"p,omitempty"` // something else came between: whether to go on is asked first
}

// input is an answer to a form's question: typed, picked, or sent.
type input struct {
	Text   string
	Choice string
	Photo  *bot.File
	File   *bot.File
}

// The choices that every question of a form has. Picks of its own begin with pickPrefix.
const (
	formRoute  = "form"
	pickPrefix = "="
	formBack   = "back"
	formSkip   = "skip"
	formLeave  = "leave"
	formHelp   = "help"
	formGoOn   = "on"
	formAnew   = "anew"
)

// pick is what a quick pick of a form's question does: it answers with the value, of at most 40 bytes.
func pick(value string) string { return formRoute + "." + pickPrefix + value }

// answers lists the form's steps that are asked, given what is known.
func (f form) answers(d draft) []formStep {
	return slices.DeleteFunc(slices.Clone(f.steps), func(s formStep) bool { return s.when != nil && !s.when(d) })
}

// at gives the place of the draft's step among the steps that are asked; the first when it is not among them any more.
func (f form) at(steps []formStep, d draft) int {
	return max(0, slices.IndexFunc(steps, func(s formStep) bool { return s.id == d.Step }))
}

// startForm begins a form. Where the chat has begun the same one before and something came between, it asks whether to go
// on with that; a draft of another form is gone.
func (t *turn) startForm(ctx context.Context, name, arg string) error {
	if err := t.permit("form:" + name); err != nil {
		return err
	}
	d, ok, err := t.unfinished(ctx)
	if err != nil {
		return err
	}
	if ok && d.Form == name && d.Arg == arg && len(d.Values) > 0 {
		d.Paused = true
		return t.askForm(ctx, d)
	}
	return t.askForm(ctx, t.newDraft(name, arg))
}

func (t *turn) newDraft(name, arg string) draft {
	d := draft{Form: name, Arg: arg, Values: map[string]string{}}
	d.Step = t.b.forms[name].answers(d)[0].id
	return d
}

// askForm draws the draft's question and keeps the draft.
func (t *turn) askForm(ctx context.Context, d draft, notices ...fault.Text) error {
	v, err := t.formView(ctx, d)
	if trouble, ok := fault.As(err); ok && trouble.Kind != fault.Unavailable {
		return t.formGone(ctx, trouble)
	}
	if err != nil {
		return err
	}
	var above []viewLine
	for _, n := range notices {
		above = append(above, viewLine{text: n}, viewLine{})
	}
	v.body = append(above, v.body...)
	if t.draft, err = json.Marshal(d); err != nil {
		return err
	}
	t.s = session{List: t.s.List, Form: d.Form, Under: cmp.Or(t.s.Under, t.s.Review)}
	return t.finish(ctx, t.draw(v))
}

// formGone ends a form whose question cannot be asked any more, since what it is about has changed, and says why.
func (t *turn) formGone(ctx context.Context, trouble *fault.Error) error {
	t.dropDraft()
	if len(t.replies) == 0 { // else it has been said
		t.alert(trouble.Text())
	}
	return t.resume(ctx)
}

// formView is the draft's question with the choices that every question has.
func (t *turn) formView(ctx context.Context, d draft) (view, error) {
	if d.Paused {
		var v view
		v.line("form.paused")
		v.row(choice(formRoute+"."+formGoOn, "form.button.go_on"), choice(formRoute+"."+formAnew, "form.button.anew"))
		v.row(choice(formRoute+"."+formLeave, "chat.button.cancel"))
		return v, nil
	}
	f := t.b.forms[d.Form]
	steps := f.answers(d)
	at := f.at(steps, d)
	v, err := steps[at].ask(ctx, t, d)
	if err != nil {
		return v, err
	}
	var row []viewChoice
	if at > 0 {
		row = append(row, choice(formRoute+"."+formBack, "form.button.back"))
	}
	if steps[at].optional {
		row = append(row, choice(formRoute+"."+formSkip, "form.button.skip"))
	}
	v.row(append(row, choice(formRoute+"."+formLeave, "chat.button.cancel"))...)
	return v, nil
}

// showsForm tells whether the chat's screen is a form's question.
func (t *turn) showsForm() bool {
	_, about := splitMark(t.mark)
	return about == formMark
}

// unfinished gives the chat's draft; false when there is none.
func (t *turn) unfinished(ctx context.Context) (d draft, ok bool, err error) {
	body, err := t.b.Turns.Draft(ctx, t.u.Chat)
	if err != nil || len(body) == 0 {
		return d, false, err
	}
	if err := json.Unmarshal(body, &d); err != nil {
		return d, false, fmt.Errorf("draft: %w", err)
	}
	if d.Values == nil {
		d.Values = map[string]string{}
	}
	f, ok := t.b.forms[d.Form]
	if !ok || len(f.answers(d)) == 0 {
		return d, false, nil // a form that this version does not have
	}
	return d, true, nil
}

// pressForm takes a press on a form's question. The draft was kept in the transaction that drew the button.
func pressForm(ctx context.Context, t *turn, rest string) error {
	d, ok, err := t.unfinished(ctx)
	if err != nil {
		return err
	}
	if !ok || !t.showsForm() {
		return t.oldButton(ctx)
	}
	return t.formChoice(ctx, d, rest)
}

// formChoice does what a choice of a form's question says.
func (t *turn) formChoice(ctx context.Context, d draft, what string) error {
	f := t.b.forms[d.Form]
	steps := f.answers(d)
	at := f.at(steps, d)
	switch {
	case what == formLeave:
		return t.leaveForm(ctx)
	case d.Paused && what == formAnew:
		return t.askForm(ctx, t.newDraft(d.Form, d.Arg))
	case d.Paused && what == formGoOn:
		d.Paused = false
		return t.askForm(ctx, d)
	case d.Paused:
		return t.askForm(ctx, d)
	case strings.HasPrefix(what, pickPrefix):
		return t.formInput(ctx, d, input{Choice: strings.TrimPrefix(what, pickPrefix)})
	case what == formHelp:
		key := steps[at].help
		if key == "" {
			key = "form.help"
		}
		return t.askForm(ctx, d, fault.T(key))
	case what == formBack && at == 0:
		return t.askForm(ctx, d, fault.T("form.first"))
	case what == formBack:
		d.Step = steps[at-1].id
		return t.askForm(ctx, d)
	case what == formSkip && !steps[at].optional:
		return t.askForm(ctx, d, fault.T("form.needed"))
	case what == formSkip:
		delete(d.Values, steps[at].id)
		return t.nextStep(ctx, d)
	}
	return t.oldButton(ctx)
}

// leaveForm ends a form without a fact and goes back to where it was opened.
func (t *turn) leaveForm(ctx context.Context) error {
	t.dropDraft()
	t.alert(fault.T("form.left"))
	return t.resume(ctx)
}

// dropDraft takes the draft away when the turn ends.
func (t *turn) dropDraft() { t.draft, t.s.Form, t.s.UnderForm = []byte{}, "", false }

// formAnswer takes what was typed or sent while a form's question is shown; false when it is not for the form.
func (t *turn) formAnswer(ctx context.Context) (taken bool, err error) {
	if !t.live || t.s.Form == "" {
		return false, nil
	}
	d, ok, err := t.unfinished(ctx)
	if err != nil || !ok {
		return false, err
	}
	f := t.b.forms[d.Form]
	steps := f.answers(d)
	sent := t.u.File != nil || t.u.Photo != nil
	if sent && (d.Paused || !steps[f.at(steps, d)].file) {
		return false, nil
	}
	return true, t.formText(ctx, d)
}

// formText takes what was typed or sent as the answer: a reserved word, the number or the label of a choice, or the answer.
func (t *turn) formText(ctx context.Context, d draft) error {
	typed := strings.Trim(viet.Fold(t.u.Text), ". !")
	switch typed {
	case "quay lai", "tro lai", "back":
		return t.formChoice(ctx, d, formBack)
	case "bo qua", "skip":
		return t.formChoice(ctx, d, formSkip)
	case "huy", "cancel":
		return t.formChoice(ctx, d, formLeave)
	case "giup", "tro giup", "help":
		return t.formChoice(ctx, d, formHelp)
	case "hoan tac", "undo":
		return t.askForm(ctx, d, fault.T("form.nothing_to_undo"))
	}
	if t.u.File != nil || t.u.Photo != nil {
		return t.formInput(ctx, d, input{Text: t.u.Text, File: t.u.File, Photo: t.u.Photo})
	}
	do, found, err := t.typedChoice(ctx, d, typed)
	if err != nil {
		return err
	}
	if !found && d.Paused {
		return t.askForm(ctx, d, fault.T("chat.not_understood"))
	}
	if !found {
		return t.formInput(ctx, d, input{Text: t.u.Text})
	}
	name, rest, _ := strings.Cut(do, ".")
	if name == formRoute {
		return t.formChoice(ctx, d, rest)
	}
	return t.menu(ctx, name, rest)
}

// typedChoice finds the choice of the draft's question that was typed by its number or its label.
func (t *turn) typedChoice(ctx context.Context, d draft, typed string) (do string, found bool, err error) {
	v, err := t.formView(ctx, d)
	if err != nil {
		return "", false, err
	}
	f := t.b.forms[d.Form]
	steps := f.answers(d)
	n, number := strconv.Atoi(typed)
	counts := number == nil && (d.Paused || !steps[f.at(steps, d)].number)
	i := 0
	for _, row := range v.choices {
		for _, c := range row {
			i++
			if counts && n == i || typed == viet.Fold(words(t.p, c.label)) {
				return c.do, true, nil
			}
		}
	}
	return "", false, nil
}

// formInput gives an answer to the draft's step.
func (t *turn) formInput(ctx context.Context, d draft, in input) error {
	if err := t.permit("form:" + d.Form); err != nil {
		return err
	}
	f := t.b.forms[d.Form]
	steps := f.answers(d)
	step := steps[f.at(steps, d)]
	d.Step = step.id
	if err := step.take(ctx, t, &d, in); err != nil {
		return t.formTrouble(ctx, d, err)
	}
	return t.nextStep(ctx, d)
}

// nextStep asks what comes after the draft's step, or ends the form.
func (t *turn) nextStep(ctx context.Context, d draft) error {
	f := t.b.forms[d.Form]
	steps := f.answers(d)
	if at := f.at(steps, d); at+1 < len(steps) {
		d.Step = steps[at+1].id
		return t.askForm(ctx, d)
	}
	t.dropDraft()
	return t.formTrouble(ctx, d, f.done(ctx, t, d))
}

// formTrouble says why an answer was not taken, and asks again. A form that cannot come to its end any more is left; other
// errors are passed on.
func (t *turn) formTrouble(ctx context.Context, d draft, err error) error {
	trouble, ok := fault.As(err)
	if !ok || trouble.Kind == fault.Unavailable || trouble.Kind == fault.Conflict {
		return err
	}
	t.replies, t.jobs, t.audit, t.write = nil, nil, bot.Audit{}, nil
	if trouble.Kind == fault.Invalid {
		if step, ok := trouble.Args["Step"].(string); ok {
			d.Step = step
		}
		return t.askForm(ctx, d, trouble.Text())
	}
	t.b.Log.Warn("form left", "chat", t.u.Chat.String(), "form", d.Form, "kind", trouble.Kind, "text", trouble.Key)
	t.dropDraft()
	t.alert(trouble.Text())
	return t.resume(ctx)
}

// takeSure is the take of a form's last step: nothing but its button, which answers "yes", confirms.
func takeSure(_ context.Context, _ *turn, _ *draft, in input) error {
	if in.Choice != "yes" {
		return fault.New(fault.Invalid, "form.sure")
	}
	return nil
}
