package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"lamsach/bot"
	"lamsach/bot/telegram"
	"lamsach/bot/web"
	"lamsach/handlers"
	"lamsach/paper/cage"
	"lamsach/paper/card"
	"lamsach/storage"
	"lamsach/storage/jobs"
	"lamsach/storage/seal"
)

// program is everything that serves: made by wire, run by run.
type program struct {
	log       *slog.Logger
	now       func() time.Time
	store     *storage.Store
	jobs      *jobs.Client
	bot       *handlers.Bot
	platforms []bot.Platform
	web       *http.Server // nil: no page and no webhook
	listener  net.Listener
	closers   []io.Closer
	username  atomic.Pointer[string] // the Telegram bot's, once it is known
}

// openStore opens the facts for one command. beside: another process may be serving them.
func openStore(w world, c storeConfig, beside bool) (*storage.Store, error) {
	s, _, err := openSealed(w, c, beside)
	return s, err
}

// openSealed opens the facts, and gives the key that seals them for what else has to be sealed.
func openSealed(w world, c storeConfig, beside bool) (*storage.Store, *seal.Sealer, error) {
	address, err := secret("DATABASE_URL", c.databaseWhenGiven(), c.DatabaseFile)
	if err != nil {
		return nil, nil, err
	}
	if address == "" {
		address = c.Database
	}
	sealer, created, err := seal.OpenKeyFile(c.KeyFile)
	if err != nil {
		return nil, nil, err
	}
	log := c.logger(w)
	if created {
		log.Warn("a new key was made; keep a copy of it apart from the backups: without it the store cannot be read", "file", c.KeyFile)
	}
	store, err := storage.Open(w.ctx, address, storage.Options{Sealer: sealer, Now: w.now, Log: log, Beside: beside})
	return store, sealer, err
}

// databaseWhenGiven is the address unless it is the default, which a file may replace without being a contradiction.
func (c storeConfig) databaseWhenGiven() string {
	if c.DatabaseFile != "" && c.Database == defaultDatabase {
		return ""
	}
	return c.Database
}

// defaultDatabase is the default of storeConfig.Database.
const defaultDatabase = "sqlite:lamsach.db"

// wire puts the parts together around an opened store.
func wire(w world, c storeConfig, store *storage.Store, sessions handlers.Sessions, log *slog.Logger) (*program, error) {
	bot.Headroom()
	catalog, err := catalog()
	if err != nil {
		return nil, err
	}
	days, err := zone()
	if err != nil {
		return nil, err
	}
	reader, err := cage.New(readArgument)
	if err != nil {
		return nil, err
	}
	reader.Env = w.readerEnv
	p := &program{log: log, now: w.now, store: store, closers: []io.Closer{reader}}
	p.bot = handlers.New(handlers.Options{
		Turns:       store,
		Officers:    store,
		Uploads:     store,
		Lists:       store,
		Corrections: store,
		Layouts:     store,
		Units:       store,
		Deeds:       store, TimeLines: pictures{}, Charts: pictures{},
		Neighbours:   store,
		Staff:        store,
		Roll:         store,
		Door:         store,
		Invitations:  store,
		Menus:        p,
		QR:           card.QR,
		NewCode:      storage.NewCode,
		JoinLink:     p.joinLink,
		RequirePhone: c.RequirePhone,
		Difficulties: store,
		Erasure:      store,
		Standings:    store, Papers: pictures{}, Reconciler: store, Reports: store,
		Plans:     store,
		Firing:    store,
		Reminders: store,
		Pushes:    store,
		Reach:     store,
		Calendar:  store,
		Sessions:  sessions, Workbooks: workbooks{cage: reader}, Places: p, Catalog: catalog, Language: c.Lang, Policy: c.policy,
		Now: w.now, Zone: days, NewID: func() string { return storage.NewID(w.now()) }, Log: log,
	})
	p.jobs, err = jobs.New(w.ctx, store, jobs.Options{
		Kinds: handlers.JobKinds(), Regular: handlers.Regular(), Work: p.bot.Work, GaveUp: p.bot.GaveUp, Log: log,
	})
	if err != nil {
		return nil, err
	}
	store.SetJobs(p.jobs)
	return p, nil
}

// OpenFrom reads a file that a person sent on one of the platforms.
func (p *program) OpenFrom(ctx context.Context, platform, source string) (io.ReadCloser, error) {
	for _, place := range p.platforms {
		if place.Name() == platform {
			return place.Open(ctx, source)
		}
	}
	return nil, fmt.Errorf("no platform %q", platform)
}

// listen binds the web address now, so that a taken port is told at the start.
func (p *program) listen(address string, handler http.Handler) error {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return fmt.Errorf("LAMSACH_WEB_ADDR: %w", err)
	}
	p.listener = l
	p.web = &http.Server{
		Handler: handler, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute,
		ErrorLog: slog.NewLogLogger(p.log.Handler(), slog.LevelWarn),
	}
	return nil
}

// run serves until the context ends, then finishes what is under way.
func (p *program) run(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	if err := p.jobs.Start(ctx); err != nil {
		return err
	}
	go keepTidy(ctx, p.store, p.now, p.log)
	failed := make(chan error, 1)
	if p.web != nil {
		go func() {
			if err := p.web.Serve(p.listener); !errors.Is(err, http.ErrServerClosed) {
				failed <- err
				stop()
			}
		}()
	}
	runtime := bot.Runtime{
		Platforms: p.platforms, Inbox: p.store, Outbox: p.store, Handler: p.bot, Now: p.now, Log: p.log,
	}
	err := runtime.Run(ctx)
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	if p.web != nil {
		// Streams of pages never end by themselves, so they are cut; pages come back to the next process.
		err = errors.Join(err, p.web.Close())
	}
	err = errors.Join(err, p.jobs.Stop(end))
	select {
	case broken := <-failed:
		err = errors.Join(broken, err)
	default:
	}
	return err
}

// close lets go of what wire was given.
func (p *program) close() error {
	var err error
	for _, c := range p.closers {
		err = errors.Join(err, c.Close())
	}
	return errors.Join(err, p.store.Close())
}

var (
	_ bot.Platform = (*telegram.Platform)(nil)
	_ bot.Platform = (*web.Site)(nil)
)
