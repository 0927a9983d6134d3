package session

import (
	"context"
	"errors"
	"log/slog"
	"sync"

	"lamsach/bot"
)

// Fallback keeps sessions in one place and, while that does not answer, in another. What lies in the second place is
// always newer than what lies in the first: it is put there only when the first did not take it, and is taken away when
// the first takes the next.
type Fallback struct {
	first, second Store
	log           *slog.Logger

	mu     sync.Mutex
	strays map[bot.Chat]bool // whether the chat has a value in the second place; who is missing may have
}

// NewFallback keeps sessions in first, and in second while first does not answer.
func NewFallback(first, second Store, log *slog.Logger) *Fallback {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &Fallback{first: first, second: second, log: log, strays: map[bot.Chat]bool{}}
}

// Load gives the chat's newest value.
func (f *Fallback) Load(ctx context.Context, chat bot.Chat) ([]byte, bool, error) {
	state, ok, err := f.second.Load(ctx, chat)
	if ok {
		f.stray(chat, true)
		return state, len(state) > 0, nil
	}
	state, ok, firstErr := f.first.Load(ctx, chat)
	if firstErr != nil && err == nil {
		f.log.WarnContext(ctx, "session not loaded, the officer repeats a step", "error", firstErr)
		return nil, false, nil
	}
	return state, ok, errors.Join(firstErr, err)
}

// Save keeps the chat's value where it can.
func (f *Fallback) Save(ctx context.Context, chat bot.Chat, state []byte) error {
	err := f.first.Save(ctx, chat, state)
	if err == nil {
		return f.dropStray(ctx, chat)
	}
	f.log.WarnContext(ctx, "session kept in the second place", "error", err)
	f.stray(chat, true)
	return f.second.Save(ctx, chat, state)
}

// Drop forgets the chat's value. While the first place does not answer, an empty value stands for none.
func (f *Fallback) Drop(ctx context.Context, chat bot.Chat) error {
	err := f.first.Drop(ctx, chat)
	if err == nil {
		return f.dropStray(ctx, chat)
	}
	f.stray(chat, true)
	return f.second.Save(ctx, chat, nil)
}

func (f *Fallback) stray(chat bot.Chat, is bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.strays[chat] = is
}

func (f *Fallback) dropStray(ctx context.Context, chat bot.Chat) error {
	f.mu.Lock()
	is, known := f.strays[chat]
	f.mu.Unlock()
	if known && !is {
		return nil
	}
	if err := f.second.Drop(ctx, chat); err != nil {
		return err
	}
	f.stray(chat, false)
	return nil
}
