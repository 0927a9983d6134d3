package telegram

import (
	"errors"
	"fmt"
	"net/http"
	"time"

	"lamsach/bot"
)

// flood remembers the last "too many requests", to tell the limit of one chat from that of all.
type flood struct {
	chat  string
	until time.Time
}

// What Telegram says in 400 and 403 answers that are no failure, or that mean something else than a mistake of ours.
var (
	unchanged    = []string{"message is not modified"}
	uneditable   = []string{"message to edit not found", "message can't be edited", "there is no text in the message", "message_id_invalid", "message identifier is not specified"}
	undeletable  = []string{"message to delete not found", "message can't be deleted", "message_id_invalid", "message identifier is not specified"}
	answered     = []string{"query is too old", "query id is invalid", "query_id_invalid"}
	nobody       = []string{"chat not found", "user not found", "peer_id_invalid", "user is deactivated", "bot was blocked", "bot can't initiate"}
	badEntities  = []string{"entit"}
	badKeyboard  = []string{"button", "keyboard", "reply markup", "reply_markup"}
	badPhoto     = []string{"photo_", "image_process_failed", "photo"}
	fileTooBig   = []string{"file is too big", "file_too_big"}
	fileVanished = []string{"wrong file", "invalid file", "file_id", "temporarily unavailable", "file reference"}
)

// is reports whether the error is Telegram's 400 with one of the phrases.
func is(err error, phrases []string) bool {
	var e *apiError
	return errors.As(err, &e) && e.Code == http.StatusBadRequest && e.says(phrases...)
}

// sendError puts any error of a call into the words of the runtime. chat is whose call it was; empty: nobody's.
func (p *Platform) sendError(chat string, err error) error {
	var api *apiError
	if errors.As(err, &api) {
		return p.apiFault(chat, api)
	}
	var way *wireError
	if errors.As(err, &way) {
		if !way.Reached {
			return &bot.SendError{Fault: bot.Unsent, Err: way}
		}
		p.doubt.Store(true)
		return &bot.SendError{Fault: bot.Doubtful, Err: way}
	}
	var already *bot.SendError
	if errors.As(err, &already) {
		return already
	}
	return fmt.Errorf("telegram: %w", p.wire.scrub(err))
}

// apiFault classifies Telegram's no.
func (p *Platform) apiFault(chat string, e *apiError) *bot.SendError {
	switch {
	case e.Code == http.StatusTooManyRequests:
		return p.busy(chat, e)
	case e.Code == http.StatusUnauthorized, e.Code == http.StatusNotFound: // 404 is a token that never was
		return &bot.SendError{Fault: bot.Revoked, Err: e}
	case e.Code == http.StatusForbidden, e.Code == http.StatusBadRequest && e.says(nobody...):
		return &bot.SendError{Fault: bot.Unreachable, Err: e}
	case e.Code >= http.StatusInternalServerError:
		return &bot.SendError{Fault: bot.Unsent, Err: e}
	}
	return &bot.SendError{Fault: bot.Refused, Err: e}
}

// busy says how long to wait, and for whom: when a second chat is told to wait while the first still does, the limit
// is that of the bot and not of a chat.
func (p *Platform) busy(chat string, e *apiError) *bot.SendError {
	out := &bot.SendError{Fault: bot.Busy, RetryAfter: max(e.RetryAfter, time.Second), Err: e}
	if chat == "" {
		return out
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	out.Everywhere = p.flood.chat != "" && p.flood.chat != chat && now.Before(p.flood.until)
	p.flood = flood{chat: chat, until: now.Add(out.RetryAfter)}
	return out
}
