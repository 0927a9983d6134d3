package handlers

import (
	"context"
	"fmt"
	"strings"

	"lamsach/bot"
	"lamsach/core/fault"
)

// JobMenu brings the list of commands that a platform shows in a chat to what its person may ask for. ID: "platform|chat".
const JobMenu = "set_menu"

// Menus shows commands in a chat; name and description of each. A platform without such menus does nothing.
type Menus interface {
	SetMenu(ctx context.Context, chat bot.Chat, commands [][2]string) error
}

func menuJob(chat bot.Chat) bot.Job { return bot.Job{Kind: JobMenu, ID: chat.Platform + "|" + chat.ID} }

// setMenu does a JobMenu.
func (b *Bot) setMenu(ctx context.Context, id string) error {
	platform, chat, ok := strings.Cut(id, "|")
	if !ok {
		return fmt.Errorf("menu job %q is malformed", id)
	}
	return b.SetMenuOf(ctx, bot.Chat{Platform: platform, ID: chat})
}

// SetMenuOf brings the menu of a private chat to what its person may ask for now; a stranger's is that of all strangers.
func (b *Bot) SetMenuOf(ctx context.Context, chat bot.Chat) error {
	names := StrangerCommands()
	who, err := b.Officers.OfficerOf(ctx, chat.Platform, chat.ID)
	switch {
	case err == nil:
		names = CommandsOf(who.Role)
	case !fault.Is(err, fault.NotFound):
		return err
	}
	p, err := b.printer(ctx, chat)
	if err != nil {
		return err
	}
	var commands [][2]string
	for _, name := range names {
		commands = append(commands, [2]string{name, p.Text("command."+name, nil)})
	}
	return b.Menus.SetMenu(ctx, chat, commands)
}
