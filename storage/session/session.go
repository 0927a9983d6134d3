// Package session keeps where an officer is in the talk: a hint that may be lost at any moment, never a fact. Values are
// sealed, in Redis as in SQL.
package session

import (
	"context"
	"time"

	"lamsach/bot"
)

// Keep is how long a session that nobody goes on with is kept.
const Keep = 30 * 24 * time.Hour

// Store keeps one value per chat. Load gives false when it holds none, or none that it can open.
type Store interface {
	Load(ctx context.Context, chat bot.Chat) ([]byte, bool, error)
	Save(ctx context.Context, chat bot.Chat, state []byte) error
	Drop(ctx context.Context, chat bot.Chat) error
}

// Facts is the part of the store of facts that can keep sessions too.
type Facts interface {
	LoadSession(ctx context.Context, chat bot.Chat) (state []byte, ok bool, err error)
	SaveSession(ctx context.Context, chat bot.Chat, state []byte, keep time.Duration) error
	DropSession(ctx context.Context, chat bot.Chat) error
}

// SQL keeps sessions beside the facts. It survives a restart, and there is one file to back up.
type SQL struct{ facts Facts }

// NewSQL keeps sessions in the store of facts.
func NewSQL(facts Facts) SQL { return SQL{facts} }

// Load gives the chat's value.
func (s SQL) Load(ctx context.Context, chat bot.Chat) ([]byte, bool, error) {
	return s.facts.LoadSession(ctx, chat)
}

// Save keeps the chat's value.
func (s SQL) Save(ctx context.Context, chat bot.Chat, state []byte) error {
	return s.facts.SaveSession(ctx, chat, state, Keep)
}

// Drop forgets the chat's value.
func (s SQL) Drop(ctx context.Context, chat bot.Chat) error { return s.facts.DropSession(ctx, chat) }
