package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"lamsach/bot/telegram"
	"lamsach/bot/web"
	"lamsach/handlers"
	"lamsach/storage"
	"lamsach/storage/seal"
	"lamsach/storage/session"
)

// serveCommand serves officers.
type serveCommand struct {
	storeConfig
	chatConfig
	rulesConfig
}

// Run serves until it is asked to stop.
func (c serveCommand) Run(w world) (err error) {
	if err := c.resolve(); err != nil {
		return err
	}
	policy, err := c.rulesConfig.policy()
	if err != nil {
		return err
	}
	c.storeConfig.policy = policy
	log := c.logger(w)
	store, sealer, err := openSealed(w, c.storeConfig, false)
	if err != nil {
		return err
	}
	sessions, closer, err := c.sessions(w.ctx, store, sealer, w.now, log)
	if err != nil {
		return errors.Join(err, store.Close())
	}
	p, err := wire(w, c.storeConfig, store, sessions, log)
	if err != nil {
		return errors.Join(err, store.Close())
	}
	if closer != nil {
		p.closers = append(p.closers, closer)
	}
	defer func() {
		if closing := p.close(); err == nil {
			err = closing
		}
	}()
	mux := http.NewServeMux()
	if err := c.addTelegram(w, p, mux); err != nil {
		return err
	}
	if err := c.addWeb(w, p, mux); err != nil {
		return err
	}
	log.Info("serving", "version", version, "telegram", c.TelegramToken != "", "web", c.WebAddr, "store", store.Engine())
	return p.run(w.ctx)
}

// sessions chooses where the talk's positions are kept, and what has to be closed at the end.
func (c serveCommand) sessions(
	ctx context.Context, store *storage.Store, sealer *seal.Sealer, now func() time.Time, log *slog.Logger,
) (handlers.Sessions, io.Closer, error) {
	if c.Redis == "" {
		return session.NewSQL(store), nil, nil
	}
	first, err := session.OpenRedis(ctx, c.Redis, session.Options{Sealer: sealer, Now: now, Log: log})
	if err != nil {
		return nil, nil, err
	}
	return session.NewFallback(first, session.NewSQL(store), log), first, nil
}

// addTelegram adds the bot, when there is a token.
func (c serveCommand) addTelegram(w world, p *program, mux *http.ServeMux) error {
	if c.TelegramToken == "" {
		return nil
	}
	t, err := telegram.New(telegram.Options{
		Token: c.TelegramToken, ServerURL: c.TelegramAPI, WebhookURL: c.WebhookURL, WebhookSecret: c.WebhookSecret,
		PerSecond: c.TelegramRate, Log: p.log, Now: w.now,
	})
	if err != nil {
		return err
	}
	p.platforms = append(p.platforms, t)
	if c.WebhookURL != "" {
		address, err := url.Parse(c.WebhookURL)
		if err != nil {
			return fmt.Errorf("TELEGRAM_WEBHOOK_URL is not an address")
		}
		mux.Handle("POST "+address.Path, t.Webhook())
	}
	go p.prepareTelegram(w.ctx, t)
	return nil
}

// addWeb adds the page, when there is an address for it.
func (c serveCommand) addWeb(w world, p *program, mux *http.ServeMux) error {
	if c.WebAddr == "" {
		return nil
	}
	site, err := newSite(w, p, c.Lang, c.WebSecure, nil)
	if err != nil {
		return err
	}
	p.platforms = append(p.platforms, site)
	mux.Handle("/", site)
	return p.listen(c.WebAddr, mux)
}

// newSite makes the page in a language.
func newSite(w world, p *program, lang string, proxy bool, demo *web.Demo) (*web.Site, error) {
	catalog, err := catalog()
	if err != nil {
		return nil, err
	}
	printer := catalog.Printer(lang)
	return web.New(web.Options{
		Store: p.store, Files: p.store, Log: p.log, Now: w.now, Language: lang, Proxy: proxy, Demo: demo,
		Texts: func(key string) string { return printer.Text(key, nil) },
		Commands: func(ctx context.Context, person string) []web.Command {
			who, err := p.store.OfficerOf(ctx, web.Name, person)
			if err != nil {
				return nil // a stranger learns nothing, not even what could be asked for
			}
			var list []web.Command
			for _, name := range handlers.CommandsOf(who.Role) {
				list = append(list, web.Command{Name: name, Label: printer.Text("command."+name, nil)})
			}
			return list
		},
	})
}
