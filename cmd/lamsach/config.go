package main

import (
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"strings"
	"time"

	"lamsach/core/check"
)

// storeConfig says where the facts are kept. It is shared by every command that opens the store.
type storeConfig struct {
	Database     string `name:"database" env:"DATABASE_URL" default:"sqlite:lamsach.db" help:"Where the facts are kept: sqlite:PATH or postgres://…"`
	DatabaseFile string `name:"database-file" env:"DATABASE_URL_FILE" type:"path" help:"A file that holds the database address."`
	KeyFile      string `name:"key-file" env:"LAMSACH_KEY_FILE" default:"lamsach.key" type:"path" help:"The key that seals personal data; made at the first start. Keep a copy apart from the backups."`
	Log          string `name:"log" env:"LAMSACH_LOG" enum:"text,json" default:"text" help:"Form of the log: text or json."`
	Lang         string `name:"lang" env:"LAMSACH_LANG" enum:"vi,en" default:"vi" help:"Language of people who chose none: vi or en."`

	RequirePhone bool `name:"require-phone" env:"LAMSACH_REQUIRE_PHONE" help:"Who is invited has to share the telephone number that the inviter gave."`

	policy check.Policy // what the command was told of the rules
}

// chatConfig says how officers reach the program.
type chatConfig struct {
	TelegramToken     string `name:"telegram-token" env:"TELEGRAM_BOT_TOKEN" help:"Token of the bot, from @BotFather."`
	TelegramTokenFile string `name:"telegram-token-file" env:"TELEGRAM_BOT_TOKEN_FILE" type:"path" help:"A file that holds the token."`
	TelegramAPI       string `name:"telegram-api" env:"TELEGRAM_API_URL" default:"https://api.telegram.org" help:"Address of the Bot API server."`
	WebhookURL        string `name:"telegram-webhook" env:"TELEGRAM_WEBHOOK_URL" help:"Public https address for updates; empty: long polling."`
	WebhookSecret     string `name:"telegram-webhook-secret" env:"TELEGRAM_WEBHOOK_SECRET" help:"Secret that Telegram sends with every update to the webhook."`
	WebhookSecretFile string `name:"telegram-webhook-secret-file" env:"TELEGRAM_WEBHOOK_SECRET_FILE" type:"path" help:"A file that holds the secret."`
	TelegramRate      int    `name:"telegram-rate" env:"TELEGRAM_PER_SECOND" default:"30" help:"Messages a second over all chats. Telegram allows 30, and more to bots that pay for it."`
	Redis             string `name:"redis" env:"REDIS_URL" help:"redis://… for sessions; empty: sessions in the database."`
	RedisFile         string `name:"redis-file" env:"REDIS_URL_FILE" type:"path" help:"A file that holds the Redis address."`
	WebAddr           string `name:"web-addr" env:"LAMSACH_WEB_ADDR" help:"HOST:PORT of the web page and the webhook; empty: none."`
	WebSecure         bool   `name:"web-secure" env:"LAMSACH_WEB_SECURE" help:"The page is reached through https (a proxy in front): cookies are marked Secure."`
}

// secret gives a value, or what its _FILE twin holds. Both at once is a mistake that would be hard to see.
func secret(name, value, file string) (string, error) {
	if file == "" {
		return value, nil
	}
	if value != "" {
		return "", fmt.Errorf("%s and %s_FILE are both set; set one", name, name)
	}
	body, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("%s_FILE: %w", name, err)
	}
	return strings.TrimSpace(string(body)), nil
}

// resolve replaces the file twins by what they hold and refuses what cannot work, each with one sentence.
func (c *chatConfig) resolve() error {
	for _, s := range []struct {
		name  string
		value *string
		file  string
	}{
		{"TELEGRAM_BOT_TOKEN", &c.TelegramToken, c.TelegramTokenFile},
		{"TELEGRAM_WEBHOOK_SECRET", &c.WebhookSecret, c.WebhookSecretFile},
		{"REDIS_URL", &c.Redis, c.RedisFile},
	} {
		value, err := secret(s.name, *s.value, s.file)
		if err != nil {
			return err
		}
		*s.value = value
	}
	if c.TelegramToken == "" && c.WebAddr == "" {
		return fmt.Errorf("nobody could reach the program: set TELEGRAM_BOT_TOKEN, LAMSACH_WEB_ADDR, or both")
	}
	if err := isURL("TELEGRAM_API_URL", c.TelegramAPI, "http", "https"); err != nil {
		return err
	}
	if c.TelegramRate < 1 {
		return fmt.Errorf("TELEGRAM_PER_SECOND is not a number of messages")
	}
	if c.WebhookURL == "" {
		return nil
	}
	if err := isURL("TELEGRAM_WEBHOOK_URL", c.WebhookURL, "https"); err != nil {
		return err
	}
	if c.WebhookSecret == "" {
		return fmt.Errorf("TELEGRAM_WEBHOOK_URL needs TELEGRAM_WEBHOOK_SECRET: without it anybody could send updates")
	}
	if c.WebAddr == "" {
		return fmt.Errorf("TELEGRAM_WEBHOOK_URL needs LAMSACH_WEB_ADDR: the webhook is served there")
	}
	return nil
}

// isURL names the option whose value is no absolute address; the value itself may hold a secret and is not repeated.
func isURL(option, value string, schemes ...string) error {
	u, err := url.Parse(value)
	if err == nil && u.Host != "" {
		for _, s := range schemes {
			if u.Scheme == s {
				return nil
			}
		}
	}
	return fmt.Errorf("%s is not an address that begins with %s://", option, strings.Join(schemes, ":// or "))
}

// logger writes to stderr in the form that was asked for.
func (c storeConfig) logger(w world) *slog.Logger {
	options := &slog.HandlerOptions{Level: slog.LevelInfo}
	if c.Log == "json" {
		return slog.New(slog.NewJSONHandler(w.stderr, options))
	}
	return slog.New(slog.NewTextHandler(w.stderr, options))
}

// zone is where the officers' days begin.
func zone() (*time.Location, error) { return time.LoadLocation("Asia/Ho_Chi_Minh") }
