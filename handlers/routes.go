package handlers

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"lamsach/bot"
	"lamsach/core/fault"
	"lamsach/core/officer"
	"lamsach/core/review"
	"lamsach/core/viet"
	"lamsach/locales"
)

// route does what a command or a button asks for; rest is what stands behind its name.
type route func(ctx context.Context, t *turn, rest string) error

// commands is everything that can be asked for in a chat by name.
func (b *Bot) commands() map[string]route {
	return map[string]route{
		"start":    start,
		"help":     help,
		"giup":     help,
		"danhsach": showLists,
		"sua":      fix,
		"xuat":     exportList,
		"dongbo":   showSkipped,
		"xoa":      beginDelete,
		"vuongmac": showDifficulties,
		"tiendo":   showProgress,
		"baocao":   showReports,
		"thongbao": showAnnounce,
		"nhac":     showMutes,
		"ngaynghi": restDays,
		"kehoach":  showPlans,
		"han":      showDeadlines,
		"canbo":    staff,
		"donvi":    showUnits,
		"ngonngu":  chooseLanguage,
		"huy":      leave,
	}
}

// Commands lists the commands to register with a platform, in order, each with the key of its description.
func Commands() []string {
	return []string{"danhsach", "sua", "xuat", "tiendo", "baocao", "han", "kehoach", "dongbo", "xoa", "vuongmac", "canbo", "donvi", "nhac", "thongbao", "ngaynghi", "ngonngu", "huy", "help", "start"}
}

// menus is everything that a button of a menu does. The buttons of a review belong to the review ("r").
func (b *Bot) menus() map[string]route {
	return map[string]route{
		"lists":    showLists,
		"open":     openList,
		"help":     help,
		"lang":     setLanguage,
		"language": chooseLanguage,
		"again":    readAgain,
		"update":   update,
		"column":   answerColumn,
		"leave":    leave,
		"plans":    showPlans,
		"plan":     showPlan,
		"drawplan": drawPlanPicture,
		"han":      showDeadlines,
		"deed":     beginDeed,
		"takeback": takeBack,
		"page":     showPage,
		"newplan":  beginPlan,
		"moveplan": beginChange(formMovePlan),
		"endplan":  beginChange(formEndPlan),
		"mute":     setMute,
		"putoff":   putOff,
		"announce": beginAnnounce,
		"unsent":   showUnsent,
		formRoute:  pressForm,

		"unit":       unitPage,
		"addhamlets": unitForm(formHamlets),
		"renameunit": unitForm(formRename),
		"endunit":    unitForm(formEndUnit),

		"staff":           staff,
		"staffpage":       staffPage,
		"person":          showPerson,
		"joining":         askJoining,
		"admit":           admit,
		"dropcode":        dropInvite,
		"turnaway":        turnAway,
		"invite":          beginInvite,
		"replace":         staffForm(formReplace, officer.ReplacePhone),
		"revoke":          staffForm(formRevoke, officer.Revoke),
		"move":            staffForm(formMove, officer.MoveOfficer),
		"progress":        showProgress,
		"progresspicture": drawProgress,
		"progressbook":    sendProgressBook,
		"reports":         showReports,
		"report":          sendReport,
		"makereport":      makeReport,

		"difficulties": showDifficulties,
		"difficulty":   showDifficulty,
		"raise":        raiseDifficulty,
		"answer":       difficultyForm(formAnswer),
		"pass":         difficultyForm(formPass),
		"reopen":       difficultyForm(formReopen),
		"settled":      settleDifficulty,
		"photo":        showPhoto,
	}
}

// command runs "/name rest", also as "/name@bot rest".
func (t *turn) command(ctx context.Context) error {
	name, rest, _ := strings.Cut(strings.TrimSpace(t.u.Text), " ")
	name, _, _ = strings.Cut(strings.TrimPrefix(name, "/"), "@")
	run, ok := t.b.routes[strings.ToLower(name)]
	if !ok {
		return t.finish(ctx, t.say(fault.T("chat.unknown_command")))
	}
	if err := t.permit("/" + strings.ToLower(name)); err != nil {
		return err
	}
	return run(ctx, t, strings.TrimSpace(rest))
}

// menu runs what a choice of a menu does.
func (t *turn) menu(ctx context.Context, name, rest string) error {
	if err := t.permit(name); err != nil {
		return err
	}
	return t.b.buttons[name](ctx, t, rest)
}

// press runs what a button does, if it is a button of the screen that the chat shows. A menu's buttons work without a
// session; they say all that they do, and rights are judged where the facts are.
func (t *turn) press(ctx context.Context) error {
	if strings.HasPrefix(t.u.Data, bot.KeyMark) {
		return t.pressNotice(ctx)
	}
	token, do, _ := strings.Cut(t.u.Data, ":")
	current, _ := splitMark(t.mark)
	name, rest, _ := strings.Cut(do, ".")
	_, menu := t.b.buttons[name]
	switch {
	case token == "" || token != current:
		return t.oldButton(ctx)
	case menu:
		return t.menu(ctx, name, rest)
	case name == "r" && t.live && t.s.Review != nil:
		return t.reviewInput(ctx, review.Input{Choice: rest})
	}
	return t.oldButton(ctx)
}

// oldButton answers a button that does nothing any more with the present screen.
func (t *turn) oldButton(ctx context.Context) error {
	t.alert(fault.T("chat.old_screen"))
	return t.resume(ctx)
}

// answer takes typed words: for the review when there is one, else for the menu.
func (t *turn) answer(ctx context.Context) error {
	if !t.live {
		// The session is gone, or older than the facts: what was typed answered a question that nobody
		// knows any more. The question that is open now is asked, and nothing is taken.
		return t.resume(ctx)
	}
	if t.s.Review != nil {
		return t.reviewInput(ctx, review.Input{Text: t.u.Text})
	}
	typed := strings.Trim(viet.Fold(t.u.Text), ". !")
	for i, do := range t.s.Menu {
		name, rest, _ := strings.Cut(do, ".")
		if typed == strconv.Itoa(i+1) || typed == t.menuLabel(name, rest) {
			return t.menu(ctx, name, rest)
		}
	}
	switch typed {
	case "giup", "tro giup", "help":
		return help(ctx, t, "")
	case "huy", "quay lai", "tro lai", "cancel", "back":
		return leave(ctx, t, "")
	case "danh sach", "lists":
		return showLists(ctx, t, "")
	case "bo qua", "skip":
		t.say(fault.T("chat.nothing_to_skip"))
	case "hoan tac", "undo":
		if press, ok := t.menuOf("takeback"); ok {
			return t.menu(ctx, "takeback", press)
		}
		t.say(fault.T("chat.undo_in_list"))
	default:
		t.say(fault.T("chat.not_understood"))
	}
	return t.resume(ctx)
}

// menuOf gives what stands behind the name of a choice of the menu that is shown; false when it has no such choice.
func (t *turn) menuOf(name string) (rest string, ok bool) {
	for _, do := range t.s.Menu {
		if rest, ok := strings.CutPrefix(do, name+"."); ok {
			return rest, true
		}
	}
	return "", false
}

// menuLabel is what may be typed for a menu's choice besides its number, folded; empty: its label is a name.
func (t *turn) menuLabel(name, rest string) string {
	key := map[string]string{
		"lists": "chat.button.lists", "help": "chat.button.help", "language": "chat.button.language",
		"leave": "chat.button.cancel", "staff": "staff.button.staff", "invite": "staff.button.invite", "admit": "staff.button.admit",
		"turnaway": "staff.button.turn_away", "move": "staff.button.move", "replace": "staff.button.replace", "revoke": "staff.button.revoke",
		"plans": "campaign.button.all", "han": "campaign.button.deadlines", "newplan": "campaign.button.new", "plan": "campaign.button.show",
		"drawplan": "campaign.button.picture", "moveplan": "campaign.button.move", "endplan": "campaign.button.end",
		"again": "upload.same.other", "open": "upload.same.open",
		"progresspicture": "standing.button.picture", "progressbook": "standing.button.book", "makereport": "paper.button.make", "reports": "paper.button.all",
		"announce": "announce.button.write", "unsent": "announce.button.unsent",
	}[name]
	switch {
	case name == "putoff" && (rest == doLater || rest == doTomorrow):
		key = map[string]string{doLater: "reminder.button.later", doTomorrow: "reminder.button.tomorrow"}[rest]
	case name == "lists" && rest != "":
		key = "list.older"
	case name == "lang":
		key = "chat.language." + rest
	case key == "":
		return ""
	}
	return viet.Fold(t.p.Text(key, nil))
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
	if !t.can(officer.SeePeople, t.who.UnitCode) {
		t.offer(&v)
		return t.draw(v)
	}
	if t.can(officer.SendList, t.who.UnitCode) {
		v.line("chat.hello.send")
	} else {
		v.line("chat.hello.lists")
	}
	v.row(choice("lists", "chat.button.lists"), choice("help", "chat.button.help"))
	return t.draw(v)
}

// offered are the menus that a role without lists is greeted with, as far as it has them, and the keys of their labels.
var offered = [][2]string{
	{"progress", "command.tiendo"}, {"reports", "command.baocao"}, {"staff", "command.canbo"}, {"plans", "command.kehoach"}, {"han", "command.han"}, {"difficulties", "command.vuongmac"},
}

// offer adds what the officer's role can ask for.
func (t *turn) offer(v *view) {
	some := false
	for _, o := range offered {
		if permitted(t.who.Role, o[0]) {
			v.row(choice(o[0], o[1]))
			some = true
		}
	}
	if !some {
		v.line("chat.hello.wait")
	}
	v.row(choice("language", "chat.button.language"))
}

// help explains; inside a review the review explains the question at hand.
func help(ctx context.Context, t *turn, _ string) error {
	if t.live && t.s.Review != nil {
		return t.reviewInput(ctx, review.Input{Choice: "help"})
	}
	if t.live && t.s.Form != "" {
		if d, ok, err := t.unfinished(ctx); ok || err != nil {
			if err != nil {
				return err
			}
			return t.formChoice(ctx, d, formHelp)
		}
	}
	if !t.can(officer.SeePeople, t.who.UnitCode) {
		return t.finish(ctx, t.greet())
	}
	t.s = t.s.under()
	var v view
	v.strong("chat.help.title")
	v.line("chat.help.body")
	v.row(choice("lists", "chat.button.lists"), choice("language", "chat.button.language"))
	return t.finish(ctx, t.draw(v))
}

// leave ends what is under way: a review says that all answers are kept, a menu goes back to where it was opened.
func leave(ctx context.Context, t *turn, _ string) error {
	switch {
	case t.live && t.s.Review != nil:
		return t.reviewInput(ctx, review.Input{Choice: "cancel"})
	case t.live && t.s.Form != "":
		return t.leaveForm(ctx)
	case t.live && (t.s.Under != nil || t.s.UnderForm):
		return t.resume(ctx)
	}
	return showLists(ctx, t, "")
}

func chooseLanguage(ctx context.Context, t *turn, _ string) error {
	t.s = t.s.under()
	var v view
	v.strong("chat.language.ask")
	var row []viewChoice
	for _, l := range locales.Languages {
		row = append(row, choice("lang."+l, "chat.language."+l))
	}
	v.row(row...)
	v.row(choice("leave", "chat.button.cancel"))
	return t.finish(ctx, t.draw(v))
}

// setLanguage changes the language and goes on where the officer was.
func setLanguage(ctx context.Context, t *turn, language string) error {
	if !slices.Contains(locales.Languages, language) {
		return chooseLanguage(ctx, t, "")
	}
	t.p = t.b.Catalog.Printer(language)
	t.write = func(ctx context.Context, end bot.Ending) error {
		return t.b.Officers.SetChatLanguage(ctx, end, language)
	}
	t.alert(fault.T("chat.language.set"))
	if t.s.Under != nil || t.s.Review != nil {
		return t.resume(ctx)
	}
	return t.finish(ctx, t.greet())
}
