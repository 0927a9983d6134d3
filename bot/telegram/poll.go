package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"strconv"
	"time"

	library "github.com/go-telegram/bot"

	"lamsach/bot"
)

// allowedUpdates are the kinds of update that Telegram shall send.
var allowedUpdates = []string{"message", "edited_message", "callback_query", "my_chat_member"}

// Pauses of the poller. While Telegram is out of reach it asks some 15 times a minute, so that it is back within 5 s.
const (
	firstPause    = 500 * time.Millisecond
	longestPause  = 5 * time.Second
	conflictPause = 3 * time.Second
	conflictTime  = time.Minute // so long another poller is borne with: a restart overlaps for a moment
	conflictGap   = 90 * time.Second
)

// poller asks Telegram for updates, one batch after another.
type poller struct {
	p         *Platform
	accept    acceptFunc
	offset    int64
	failures  int       // in a row
	conflicts time.Time // when the present run of conflicts began
	conflict  time.Time // the last one
}

// poll takes updates in until ctx ends. A batch is confirmed, by asking for what follows it, after accept took it.
func (p *Platform) poll(ctx context.Context, accept acceptFunc) error {
	w := &poller{p: p, accept: accept}
	if err := w.until(ctx, func(ctx context.Context) error {
		ctx, cancel := context.WithTimeout(ctx, callTime)
		defer cancel()
		_, err := p.calls.DeleteWebhook(ctx, &library.DeleteWebhookParams{})
		return err
	}); err != nil || ctx.Err() != nil {
		return err
	}
	p.log.Info("polling begins")
	for ctx.Err() == nil {
		if err := w.until(ctx, w.batch); err != nil {
			return err
		}
	}
	return nil
}

// until repeats a step with growing pauses until it succeeds or ctx ends; its error means that going on is no use.
func (w *poller) until(ctx context.Context, step func(context.Context) error) error {
	for ctx.Err() == nil {
		err := step(ctx)
		if err == nil || ctx.Err() != nil {
			return nil
		}
		pause, err := w.after(err)
		if err != nil {
			return err
		}
		bot.Rest(ctx, pause)
	}
	return nil
}

// batch asks for the next updates and hands them on.
func (w *poller) batch(ctx context.Context) error {
	wait := pollSeconds
	if w.failures > 0 { // whether the way is open again shall be known at once
		wait = 0
	}
	raw, err := w.p.getUpdates(ctx, w.offset, wait)
	if err != nil {
		return err
	}
	if w.failures > 0 {
		w.failures = 0
		if err := w.accept(ctx, nil); err != nil {
			return fmt.Errorf("accept: %w", err)
		}
	}
	updates, last := w.p.decodeBatch(raw)
	if len(updates) > 0 {
		if err := w.accept(ctx, updates); err != nil {
			return fmt.Errorf("accept: %w", err)
		}
	}
	if last != 0 { // of this batch, not of all: after a quiet week Telegram begins anew, maybe lower
		w.offset = last + 1
	} else if len(raw) > 0 {
		return errors.New("a batch without a single id")
	}
	return nil
}

// after decides what follows a failure: a pause, or the end.
func (w *poller) after(err error) (time.Duration, error) {
	w.failures++
	log := w.p.log.With("error", w.p.wire.scrub(err), "failures", w.failures)
	pause := bot.PauseAfter(w.failures, firstPause, longestPause)
	var api *apiError
	if !errors.As(err, &api) {
		log.Warn("updates not received")
		return pause, nil
	}
	switch api.Code {
	case http.StatusUnauthorized, http.StatusNotFound:
		return 0, &bot.SendError{Fault: bot.Revoked, Err: api}
	case http.StatusTooManyRequests:
		pause = max(api.RetryAfter, time.Second)
	case http.StatusConflict:
		if w.conflicted() {
			return 0, fmt.Errorf("another program receives the updates of this bot: stop it first: %w", api)
		}
		pause = conflictPause
	}
	log.Warn("updates not received", "pause", pause)
	return pause, nil
}

// conflicted counts a conflict with another poller, and says whether they have gone on for too long.
func (w *poller) conflicted() bool {
	now := w.p.now()
	if w.conflict.IsZero() || now.Sub(w.conflict) > conflictGap {
		w.conflicts = now
	}
	w.conflict = now
	return now.Sub(w.conflicts) >= conflictTime
}

// getUpdates waits up to so many seconds for updates from offset on. They stay raw, since one of a kind not known to us
// must not hold the others up.
func (p *Platform) getUpdates(ctx context.Context, offset int64, wait int) ([]json.RawMessage, error) {
	ctx, cancel := context.WithTimeout(ctx, pollTime)
	defer cancel()
	allowed, err := json.Marshal(allowedUpdates)
	if err != nil {
		return nil, fmt.Errorf("getUpdates: %w", err)
	}
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	fields := [][2]string{{"timeout", strconv.Itoa(wait)}, {"limit", "100"}, {"allowed_updates", string(allowed)}}
	if offset != 0 {
		fields = append(fields, [2]string{"offset", strconv.FormatInt(offset, 10)})
	}
	for _, f := range fields {
		if err := form.WriteField(f[0], f[1]); err != nil {
			return nil, fmt.Errorf("getUpdates: %w", err)
		}
	}
	if err := form.Close(); err != nil {
		return nil, fmt.Errorf("getUpdates: %w", err)
	}
	answer, err := p.wire.call(ctx, "getUpdates", form.FormDataContentType(), body.Bytes())
	if err != nil {
		return nil, err
	}
	var e struct {
		Result []json.RawMessage `json:"result"`
	}
	if err := json.Unmarshal(answer, &e); err != nil {
		return nil, errors.New("getUpdates: the result is not a list")
	}
	return e.Result, nil
}
