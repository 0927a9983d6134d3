package main

import (
	"context"
	"log/slog"
	"time"

	"lamsach/bot"
	"lamsach/bot/telegram"
	"lamsach/handlers"
	"lamsach/locales"
)

// menuPace is how long it takes at least from one chat's menu to the next when all are brought up to date: replies go first.
const menuPace = 200 * time.Millisecond

// SetMenu shows commands in one chat. The page asks for its commands itself.
func (p *program) SetMenu(ctx context.Context, chat bot.Chat, commands [][2]string) error {
	for _, place := range p.platforms {
		t, ok := place.(*telegram.Platform)
		if !ok || chat.Platform != telegram.Name {
			continue
		}
		list := make([]telegram.Command, len(commands))
		for i, c := range commands {
			list[i] = telegram.Command{Name: c[0], Description: c[1]}
		}
		return t.SetChatCommands(ctx, chat, "", list)
	}
	return nil
}

// prepareTelegram learns the bot's name for links, and tells Telegram what strangers may ask for, and officers each by his role. The bot
// works without all of it, so a failure is logged.
func (p *program) prepareTelegram(ctx context.Context, t *telegram.Platform) {
	if name, err := t.Username(ctx); err == nil {
		p.username.Store(&name)
	} else if ctx.Err() == nil {
		p.log.Warn("the bot's name is not known: invitations have no link", "err", err)
	}
	registerCommands(ctx, t, p.log)
	everybody, err := p.store.Officers(ctx, "")
	if err != nil {
		p.log.Warn("menus not set", "err", err)
		return
	}
	pace := time.NewTicker(menuPace)
	defer pace.Stop()
	for _, who := range everybody {
		if who.Platform != telegram.Name {
			continue
		}
		select {
		case <-pace.C:
		case <-ctx.Done():
			return
		}
		if err := p.bot.SetMenuOf(ctx, bot.Chat{Platform: who.Platform, ID: who.Sender}); err != nil && ctx.Err() == nil {
			p.log.Warn("menu not set", "officer", who.ID, "err", err)
		}
	}
}

// registerCommands tells Telegram in every language what somebody without a role may ask for.
func registerCommands(ctx context.Context, t *telegram.Platform, log *slog.Logger) {
	catalog, err := catalog()
	if err != nil {
		log.Error("commands not registered", "err", err)
		return
	}
	for _, lang := range append([]string{""}, locales.Languages...) {
		printer := catalog.Printer(lang)
		var list []telegram.Command
		for _, name := range handlers.StrangerCommands() {
			list = append(list, telegram.Command{Name: name, Description: printer.Text("command."+name, nil)})
		}
		if err := t.SetCommands(ctx, lang, list); err != nil && ctx.Err() == nil {
			log.Warn("commands not registered", "language", lang, "err", err)
		}
	}
}

// joinLink is the address that opens the bot with an invitation's code; empty while the bot's name is not known, or there is none.
func (p *program) joinLink(code string) string {
	name := p.username.Load()
	if name == nil {
		return ""
	}
	return telegramLink(*name, code)
}

func telegramLink(name, code string) string { return "https://t.me/" + name + "?start=" + code }
