package telegram

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"io"
	"net/http"
	"time"

	library "github.com/go-telegram/bot"

	"lamsach/bot"
)

// maxDelivery bounds one delivery to the webhook.
const maxDelivery = 1 << 20

// secretHeader is where Telegram repeats the secret of setWebhook.
const secretHeader = "X-Telegram-Bot-Api-Secret-Token"

// Webhook is the handler that Telegram's deliveries go to; it belongs at the path of Options.WebhookURL. It says yes
// only after the update is stored; until Receive runs, Telegram is asked to come again.
func (p *Platform) Webhook() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(p.deliver(w, r))
	})
}

// deliver takes one delivery in and gives the status to answer with.
func (p *Platform) deliver(w http.ResponseWriter, r *http.Request) int {
	if p.opt.WebhookSecret == "" || subtle.ConstantTimeCompare(digest(r.Header.Get(secretHeader)), p.secret) != 1 {
		p.log.Warn("webhook called without the secret")
		return http.StatusUnauthorized
	}
	if r.Method != http.MethodPost {
		return http.StatusMethodNotAllowed
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxDelivery))
	if err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return http.StatusRequestEntityTooLarge
		}
		return http.StatusBadRequest
	}
	accept := p.accept.Load()
	if accept == nil {
		w.Header().Set("Retry-After", "2")
		return http.StatusServiceUnavailable
	}
	u, id, err := p.decode(body)
	switch {
	case err != nil && id == 0:
		p.log.Warn("webhook called with what is no update", "bytes", len(body))
		return http.StatusBadRequest
	case err != nil:
		p.log.Warn("update not understood", "update", id, "error", err)
		return http.StatusOK
	case u == nil:
		return http.StatusOK
	}
	if err := (*accept)(r.Context(), []bot.Update{*u}); err != nil {
		return http.StatusServiceUnavailable
	}
	return http.StatusOK
}

// hook opens the webhook until ctx ends, and tells Telegram where it is.
func (p *Platform) hook(ctx context.Context, accept acceptFunc) error {
	p.accept.Store(&accept)
	defer p.accept.Store(nil)
	w := &poller{p: p}
	err := w.until(ctx, func(ctx context.Context) error {
		ctx, cancel := context.WithTimeout(ctx, callTime)
		defer cancel()
		_, err := p.calls.SetWebhook(ctx, &library.SetWebhookParams{
			URL: p.opt.WebhookURL, SecretToken: p.opt.WebhookSecret, AllowedUpdates: allowedUpdates,
		})
		return err
	})
	if err != nil {
		return err
	}
	p.log.Info("webhook open")
	<-ctx.Done()
	return nil
}

// digest makes secrets of any length comparable in constant time.
func digest(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}

// fromUnix is a Telegram date; zero stays zero.
func fromUnix(seconds int64) time.Time {
	if seconds == 0 {
		return time.Time{}
	}
	return time.Unix(seconds, 0).UTC()
}
