// Package telegram is the Telegram adapter: it takes updates in by polling or by a webhook, carries replies out
// and fetches files. It uses the library for typed calls only; intake, errors and the wire are its own, because an
// officer's message must neither be lost nor overtake another.
package telegram

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	library "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"lamsach/bot"
)

// Name is the platform's name in bot.Chat.
const Name = "telegram"

// OfficialURL is the address of Telegram's own Bot API server.
const OfficialURL = "https://api.telegram.org"

// Limits of the official Bot API server (core.telegram.org/bots/api).
const (
	maxText    = 4096 // UTF-16 units
	maxCaption = 1024 // UTF-16 units
	maxAlert   = 200  // UTF-16 units
	maxButtons = 100
	maxData    = 64 // bytes of callback data
	maxStyles  = 100
	maxFileIn  = 20 << 20
	maxFileOut = 50 << 20
	maxPhoto   = 10 << 20
	perSecond  = 30
)

// localFileIn is the bound for files behind a Bot API server of our own, which has no bound itself.
const localFileIn = 50 << 20

// Options are what a Platform is made from. Token and Now are needed.
type Options struct {
	Token         string
	ServerURL     string // of the Bot API server; empty: OfficialURL
	WebhookURL    string // https address at which Telegram reaches the handler of Webhook; empty: polling
	WebhookSecret string // 1–256 of A–Z a–z 0–9 _ -; needed with WebhookURL
	PerSecond     int    // replies a second over all chats; 0: 30, negative: no bound
	Log           *slog.Logger
	Now           func() time.Time  // the clock; needed
	Transport     http.RoundTripper // nil: one with the proxy from the environment and enough idle connections
}

// Platform is Telegram. Its methods may be called from several goroutines.
type Platform struct {
	opt     Options
	server  string
	wire    *wire
	calls   *library.Bot
	log     *slog.Logger
	now     func() time.Time
	secret  []byte
	uploads chan struct{} // files are held in memory while they are sent: few at a time
	accept  atomic.Pointer[acceptFunc]

	doubt atomic.Bool // an answer was lost: ask whether Telegram is there before saying something again
	mu    sync.Mutex
	flood flood
	parts map[string]progress // of replies of several messages that were cut short, by Outgoing.ID
}

type acceptFunc func(context.Context, []bot.Update) error

var (
	tokenForm  = regexp.MustCompile(`^[0-9]+:[A-Za-z0-9_-]+$`)
	secretForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)
)

// New makes the platform; it calls nobody. Its errors name the option at fault and never hold the token.
func New(opt Options) (*Platform, error) {
	if !tokenForm.MatchString(opt.Token) {
		return nil, errors.New("telegram: the bot token is not of the form 123456:ABC")
	}
	server, err := serverURL(opt.ServerURL)
	if err != nil {
		return nil, err
	}
	if err := checkWebhook(opt); err != nil {
		return nil, err
	}
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	if opt.Now == nil {
		return nil, errors.New("telegram: Options.Now is missing")
	}
	p := &Platform{
		opt: opt, server: server, log: opt.Log.With("platform", Name), now: opt.Now,
		secret: digest(opt.WebhookSecret), uploads: make(chan struct{}, 2), parts: map[string]progress{},
	}
	p.wire = newWire(opt.Token, server, opt.Transport, opt.Now)
	p.calls, err = library.New(opt.Token, library.WithSkipGetMe(), library.WithServerURL(server),
		library.WithHTTPClient(pollTime, p.wire), library.WithErrorsHandler(func(err error) {
			p.log.Warn("library", "error", p.wire.scrub(err))
		}))
	if err != nil {
		return nil, fmt.Errorf("telegram: %w", p.wire.scrub(err))
	}
	return p, nil
}

func serverURL(s string) (string, error) {
	if s == "" {
		return OfficialURL, nil
	}
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return "", errors.New("telegram: the server URL is not of the form https://host")
	}
	return strings.TrimRight(s, "/"), nil
}

func checkWebhook(opt Options) error {
	if opt.WebhookURL == "" {
		return nil
	}
	u, err := url.Parse(opt.WebhookURL)
	if err != nil || u.Host == "" || u.Scheme != "https" {
		return errors.New("telegram: the webhook URL is not of the form https://host/path")
	}
	if !secretForm.MatchString(opt.WebhookSecret) {
		return errors.New("telegram: the webhook needs a secret of 1 to 256 of A–Z a–z 0–9 _ -")
	}
	return nil
}

// Name is "telegram".
func (p *Platform) Name() string { return Name }

// Limits are those of the Bot API; a server of our own hands out larger files than the official one.
func (p *Platform) Limits() bot.Limits {
	l := bot.Limits{
		Text: maxText, Caption: maxCaption, Buttons: maxButtons, FileIn: maxFileIn, FileOut: maxFileOut,
		CanEdit: true, CanFiles: true, PerSecond: perSecond,
	}
	if p.server != OfficialURL {
		l.FileIn = localFileIn
	}
	if p.opt.PerSecond != 0 {
		l.PerSecond = max(p.opt.PerSecond, 0)
	}
	return l
}

// Receive takes updates in until ctx ends: by polling, or through Webhook when a webhook address is set.
func (p *Platform) Receive(ctx context.Context, accept func(context.Context, []bot.Update) error) error {
	if p.opt.WebhookURL != "" {
		return p.hook(ctx, accept)
	}
	return p.poll(ctx, accept)
}

// LastContact is when Telegram answered last; zero: never.
func (p *Platform) LastContact() time.Time { return p.wire.lastContact() }

// Username asks Telegram for the bot's name, without "@": links of the form https://t.me/NAME?start=CODE need it.
func (p *Platform) Username(ctx context.Context) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	me, err := p.calls.GetMe(ctx)
	if err != nil {
		return "", p.sendError("", err)
	}
	return me.Username, nil
}

// Command is one command as Telegram's menu shows it: Name without the slash, a–z 0–9 _ and at most 32 long.
type Command struct {
	Name        string
	Description string
}

// SetCommands sets the menu that everybody sees in a private chat whose Telegram speaks the language ("vi", "en");
// an empty language is for all others.
func (p *Platform) SetCommands(ctx context.Context, language string, commands []Command) error {
	return p.setCommands(ctx, &models.BotCommandScopeAllPrivateChats{}, language, commands)
}

// SetChatCommands sets the menu of one chat, which depends on the person's role.
func (p *Platform) SetChatCommands(ctx context.Context, chat bot.Chat, language string, commands []Command) error {
	id, err := chatID(chat)
	if err != nil {
		return err
	}
	return p.setCommands(ctx, &models.BotCommandScopeChat{ChatID: id}, language, commands)
}

func (p *Platform) setCommands(
	ctx context.Context, scope models.BotCommandScope, language string, commands []Command,
) error {
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	list := make([]models.BotCommand, 0, len(commands))
	for _, c := range commands {
		list = append(list, models.BotCommand{Command: c.Name, Description: c.Description})
	}
	_, err := p.calls.SetMyCommands(ctx, &library.SetMyCommandsParams{Commands: list, Scope: scope, LanguageCode: language})
	if err != nil {
		return p.sendError("", err)
	}
	return nil
}
