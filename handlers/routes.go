package handlers

import (
	"context"
	"strconv"
	"strings"

	"lamsach/bot"
	"lamsach/core/fault"
	"lamsach/core/viet"
)

// route does what a command or a button asks for; rest is what stands behind its name.
type route func(ctx context.Context, t *turn, rest string) error

// commands is everything that can be asked for in a chat by name.
func (b *Bot) commands() map[string]route {
	return map[string]route{
		"start":    start,
		"help":     help,
		"danhsach": showLists,
		"sua":      fix,
		"xuat":     exportList,
		"ngonngu":  chooseLanguage,
		"huy":      leave,
	}
}

// Commands lists the commands to register with a platform, in order, each with the key of its description.
func Commands() []string {
	return []string{"danhsach", "sua", "xuat", "ngonngu", "huy", "help", "start"}
}

// buttons is everything that a button of a menu does. The buttons of a review belong to the review ("r").
var buttons = map[string]route{
	"lists":    showLists,
	"open":     openList,
	"help":     help,
	"lang":     setLanguage,
	"language": chooseLanguage,
	"again":    readAgain,
	"leave":    leave,
}

// command runs "/name rest", also as "/name@bot rest".
func (t *turn) command(ctx context.Context) error {
	name, rest, _ := strings.Cut(strings.TrimSpace(t.u.Text), " ")
	name, _, _ = strings.Cut(strings.TrimPrefix(name, "/"), "@")
	run, ok := t.b.routes[strings.ToLower(name)]
	if !ok {
		return t.finish(ctx, t.say(fault.T("chat.unknown_command")))
	}
	return run(ctx, t, strings.TrimSpace(rest))
}

// press runs what a button does, if it is a button of the screen that the chat shows.
func (t *turn) press(ctx context.Context) error {
	token, do, ok := strings.Cut(t.u.Data, ":")
	if !ok || !t.live || token != t.s.Token {
		t.alert(fault.T("chat.old_screen"))
		return t.resume(ctx)
	}
	name, rest, _ := strings.Cut(do, ".")
	if name == "r" {
		return t.reviewPress(ctx, rest)
	}
	run, ok := buttons[name]
	if !ok {
		t.alert(fault.T("chat.old_screen"))
		return t.resume(ctx)
	}
	return run(ctx, t, rest)
}

// answer takes typed words: for the review when there is one, else for the menu.
func (t *turn) answer(ctx context.Context) error {
	if !t.live {
		// The session is gone, or older than the facts: what was typed answered a question that nobody
		// knows any more. The question that is open now is asked, and nothing is taken.
		return t.resume(ctx)
	}
	if t.s.Review != nil {
		return t.reviewText(ctx, t.u.Text)
	}
	words := viet.Fold(t.u.Text)
	if n, err := strconv.Atoi(words); err == nil && n >= 1 && n <= len(t.s.Menu) {
		name, rest, _ := strings.Cut(t.s.Menu[n-1], ".")
		if run, ok := buttons[name]; ok {
			return run(ctx, t, rest)
		}
	}
	switch words {
	case "giup", "help":
		return help(ctx, t, "")
	case "huy", "quay lai", "danh sach", "cancel", "back", "lists":
		return showLists(ctx, t, "")
	}
	t.say(fault.T("chat.not_understood"))
	return t.resume(ctx)
}

// start greets an officer, or takes the invitation of a new one.
func start(ctx context.Context, t *turn, rest string) error {
	if rest != "" {
		return t.useInvite(ctx, rest)
	}
	return t.finish(ctx, t.greet())
}

// greet draws the first screen.
func (t *turn) greet() step {
	t.s = session{}
	var v view
	v.strong("chat.hello", "Name", t.who.Name)
	v.line("chat.hello.unit", "Unit", t.who.UnitName)
	v.line("chat.hello.role", "Role", fault.T(t.who.Role.Key()))
	v.line("chat.hello.send")
	v.row(choice("lists", "chat.button.lists"), choice("help", "chat.button.help"))
	return t.draw(v)
}

// help explains; inside a review the review explains the question at hand.
func help(ctx context.Context, t *turn, _ string) error {
	if t.live && t.s.Review != nil {
		return t.reviewText(ctx, t.p.Text("chat.word.help", nil))
	}
	t.s = session{List: t.s.List}
	var v view
	v.strong("chat.help.title")
	v.line("chat.help.body")
	v.row(choice("lists", "chat.button.lists"), choice("language", "chat.button.language"))
	return t.finish(ctx, t.draw(v))
}

// leave ends the talk and shows the lists.
func leave(ctx context.Context, t *turn, rest string) error {
	return showLists(ctx, t, rest)
}

// languages are the languages that there are texts in.
var languages = []string{"vi", "en"}

func chooseLanguage(ctx context.Context, t *turn, _ string) error {
	t.s = session{List: t.s.List}
	var v view
	v.strong("chat.language.ask")
	var row []viewChoice
	for _, l := range languages {
		row = append(row, choice("lang."+l, "chat.language."+l))
	}
	v.row(row...)
	return t.finish(ctx, t.draw(v))
}

func setLanguage(ctx context.Context, t *turn, language string) error {
	for _, l := range languages {
		if l == language {
			t.p = t.b.Catalog.Printer(l)
			t.say(fault.T("chat.language.set"))
			t.greet()
			return t.record(ctx, func(ctx context.Context, end bot.Ending) error {
				return t.b.Officers.SetChatLanguage(ctx, end, l)
			})
		}
	}
	return chooseLanguage(ctx, t, "")
}
