package session

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"

	"lamsach/bot"
	"lamsach/core/fault"
	"lamsach/storage/seal"
)

// No turn waits for Redis longer than most; go-redis by itself would let it wait for ten seconds.
const (
	dialTimeout = 500 * time.Millisecond
	callTimeout = 800 * time.Millisecond
	most        = 1700 * time.Millisecond
)

// Options are what sessions in Redis need.
type Options struct {
	Sealer *seal.Sealer
	Now    func() time.Time
	Log    *slog.Logger // nil: nothing is logged
}

// Redis keeps sessions in Redis, under keys that do not tell whose they are.
type Redis struct {
	client  *redis.Client
	sealed  *seal.Column
	keys    *seal.Hash
	breaker *breaker
}

// OpenRedis keeps sessions in the Redis at url, "redis://…" or "rediss://…". Redis need not be up: until it is, calls
// fail. A policy under which it throws sessions away is warned of in the log. The address is malformed: Invalid,
// "storage.redis.url".
func OpenRedis(ctx context.Context, url string, o Options) (*Redis, error) {
	options, err := redis.ParseURL(url)
	if err != nil { // the cause may hold the password
		return nil, fault.New(fault.Invalid, "storage.redis.url")
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	options.DialTimeout, options.ReadTimeout, options.WriteTimeout = dialTimeout, callTimeout, callTimeout
	options.PoolTimeout = callTimeout
	options.MaxRetries, options.DialerRetries = 1, 1
	options.ContextTimeoutEnabled = true
	options.DisableIdentity = true
	options.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
	r := &Redis{
		client: redis.NewClient(options), sealed: o.Sealer.Column("redis", "session"), keys: o.Sealer.Hash("redis"),
		breaker: &breaker{now: o.Now},
	}
	redis.SetLogger(plainLog{o.Log}) // the library's own goes to standard error; it has one for all clients
	r.checkPolicy(ctx, o.Log)
	return r, nil
}

// plainLog takes the library's lines, which tell of addresses and never of values.
type plainLog struct{ log *slog.Logger }

// Printf logs a line where only who looks for it sees it: what matters comes back as an error as well.
func (l plainLog) Printf(ctx context.Context, format string, args ...any) {
	l.log.DebugContext(ctx, "redis: "+fmt.Sprintf(format, args...))
}

// Close lets go of the connections.
func (r *Redis) Close() error { return r.client.Close() }

// checkPolicy warns of a Redis that throws away what it has no room for, and of one that does not answer.
func (r *Redis) checkPolicy(ctx context.Context, log *slog.Logger) {
	ctx, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	config, err := r.client.ConfigGet(ctx, "maxmemory-policy").Result()
	policy := config["maxmemory-policy"]
	switch {
	case err != nil && redis.IsLoadingError(err), err != nil && !isAnswer(err):
		log.WarnContext(ctx, "Redis does not answer; sessions are kept elsewhere until it does", "error", err)
	case err != nil:
		log.InfoContext(ctx, "Redis does not tell its maxmemory-policy; it should be noeviction")
	case policy != "noeviction":
		log.WarnContext(ctx, "Redis may throw sessions away; set maxmemory-policy to noeviction", "policy", policy)
	}
}

// isAnswer tells whether Redis itself said no, so that it is there.
func isAnswer(err error) bool {
	var answer redis.Error
	return errors.As(err, &answer)
}

func (r *Redis) key(chat bot.Chat) string {
	return "lamsach:session:" + hex.EncodeToString(r.keys.Sum([]byte(chat.String())))
}

// call runs one command within the time that a turn can wait; while Redis is down it fails at once.
func (r *Redis) call(ctx context.Context, run func(context.Context) error) error {
	if !r.breaker.allow() {
		return fault.New(fault.Unavailable, "storage.redis.down")
	}
	within, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	err := run(within)
	if err == nil || errors.Is(err, redis.Nil) {
		r.breaker.report(true)
		return err
	}
	if ctx.Err() != nil { // the caller gave up, which says nothing about Redis
		r.breaker.report(true)
		return ctx.Err()
	}
	r.breaker.report(false)
	return fault.Wrap(fault.Unavailable, err, "storage.redis.down")
}

// Load gives the chat's value.
func (r *Redis) Load(ctx context.Context, chat bot.Chat) (state []byte, ok bool, err error) {
	var sealed []byte
	err = r.call(ctx, func(ctx context.Context) (err error) {
		sealed, err = r.client.Get(ctx, r.key(chat)).Bytes()
		return err
	})
	if errors.Is(err, redis.Nil) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	state, err = r.sealed.Open(nil, chat.String(), sealed)
	return state, err == nil, nil // what cannot be opened is as good as lost, and losing it is harmless
}

// Save keeps the chat's value.
func (r *Redis) Save(ctx context.Context, chat bot.Chat, state []byte) error {
	sealed := r.sealed.Seal(nil, chat.String(), state)
	return r.call(ctx, func(ctx context.Context) error { return r.client.Set(ctx, r.key(chat), sealed, Keep).Err() })
}

// Drop forgets the chat's value.
func (r *Redis) Drop(ctx context.Context, chat bot.Chat) error {
	return r.call(ctx, func(ctx context.Context) error { return r.client.Del(ctx, r.key(chat)).Err() })
}
