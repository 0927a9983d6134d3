package telegram

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"lamsach/bot"
)

// rawUpdate holds what we use of an update. It is our own, and small, so that what Telegram adds to the rest of a
// message cannot make it unreadable.
type rawUpdate struct {
	ID       int64           `json:"update_id"`
	Message  json.RawMessage `json:"message"`
	Edited   json.RawMessage `json:"edited_message"`
	Callback *rawCallback    `json:"callback_query"`
	Member   *rawMember      `json:"my_chat_member"`
}

type rawUser struct {
	ID       int64  `json:"id"`
	Language string `json:"language_code"`
	First    string `json:"first_name"`
	Last     string `json:"last_name"`
	Username string `json:"username"`
}

// claimed is what a person calls himself.
func (u rawUser) claimed() string {
	name := strings.TrimSpace(u.First + " " + u.Last)
	if u.Username != "" {
		name += " (@" + u.Username + ")"
	}
	return strings.TrimSpace(name)
}

type rawContact struct {
	Phone string `json:"phone_number"`
	User  int64  `json:"user_id"`
}

type rawChat struct {
	ID   int64  `json:"id"`
	Type string `json:"type"`
}

type rawMessage struct {
	From     *rawUser    `json:"from"`
	Chat     rawChat     `json:"chat"`
	Date     int64       `json:"date"`
	EditDate int64       `json:"edit_date"`
	Text     string      `json:"text"`
	Caption  string      `json:"caption"`
	Document *rawFile    `json:"document"`
	Contact  *rawContact `json:"contact"`
}

type rawFile struct {
	ID   string `json:"file_id"`
	Name string `json:"file_name"`
	Size int64  `json:"file_size"`
	MIME string `json:"mime_type"`
}

type rawCallback struct {
	ID   string   `json:"id"`
	From *rawUser `json:"from"`
	Data string   `json:"data"`
}

type rawMember struct {
	Chat rawChat  `json:"chat"`
	From *rawUser `json:"from"`
	Date int64    `json:"date"`
	New  struct {
		Status string `json:"status"`
	} `json:"new_chat_member"`
}

// contents are the things a message may hold besides text and documents, by their field, and what they are called in
// Update.Other. An animation comes with a document too, so it is asked for before that.
var contents = []struct{ field, other string }{
	{"animation", "animation"}, {"photo", "photo"}, {"sticker", "sticker"}, {"voice", "voice"}, {"audio", "audio"},
	{"video", "video"}, {"video_note", "video_note"}, {"contact", "contact"}, {"venue", "location"},
	{"location", "location"}, {"poll", "poll"}, {"dice", "dice"}, {"story", "story"}, {"game", "game"},
}

// services are fields of messages that nobody wrote: Telegram tells of something that happened in the chat.
var services = []string{
	"pinned_message", "message_auto_delete_timer_changed", "chat_background_set", "write_access_allowed",
	"users_shared", "chat_shared", "connected_website", "boost_added", "new_chat_title", "new_chat_photo",
	"delete_chat_photo", "forum_topic_created", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened",
	"gift", "unique_gift", "refunded_payment", "successful_payment", "proximity_alert_triggered", "web_app_data",
}

// decodeBatch reads a batch, each update alone and in the order of their ids, and gives the greatest id in it. One that
// cannot be understood is logged by its id and left out.
func (p *Platform) decodeBatch(raw []json.RawMessage) (updates []bot.Update, last int64) {
	type numbered struct {
		id int64
		u  bot.Update
	}
	var batch []numbered
	for _, r := range raw {
		u, id, err := p.decode(r)
		last = max(last, id)
		if err != nil {
			p.log.Warn("update not understood", "update", id, "bytes", len(r), "error", err)
			continue
		}
		if u != nil {
			batch = append(batch, numbered{id, *u})
		}
	}
	slices.SortStableFunc(batch, func(a, b numbered) int { return cmp.Compare(a.id, b.id) })
	for _, n := range batch {
		updates = append(updates, n.u)
	}
	return updates, last
}

// decode reads one update. It gives nil without an error for one that is not for us, and the id whenever it has one.
// Its errors do not quote what the update holds.
func (p *Platform) decode(raw []byte) (*bot.Update, int64, error) {
	var r rawUpdate
	if err := json.Unmarshal(raw, &r); err != nil {
		var only struct {
			ID int64 `json:"update_id"`
		}
		_ = json.Unmarshal(raw, &only) // it sets the id even when something else is wrong
		return nil, only.ID, describe(err)
	}
	if r.ID == 0 {
		return nil, 0, errors.New("no id")
	}
	u, err := p.translate(r)
	if u != nil {
		u.ID = strconv.FormatInt(r.ID, 10)
	}
	return u, r.ID, err
}

func (p *Platform) translate(r rawUpdate) (*bot.Update, error) {
	switch {
	case r.Message != nil:
		return message(bot.Message, r.Message)
	case r.Edited != nil:
		return message(bot.Edited, r.Edited)
	case r.Callback != nil:
		return press(r.Callback, p.now())
	case r.Member != nil:
		return member(r.Member), nil
	}
	return nil, errors.New("of a kind that was not asked for")
}

// message reads a new or an edited message.
func message(kind bot.UpdateKind, raw []byte) (*bot.Update, error) {
	var m rawMessage
	if err := json.Unmarshal(raw, &m); err != nil {
		return nil, describe(err)
	}
	if m.Chat.ID == 0 {
		return nil, errors.New("message without a chat")
	}
	u := &bot.Update{Kind: kind, Chat: chat(m.Chat.ID), SentAt: fromUnix(max(m.Date, m.EditDate))}
	if m.From != nil {
		u.Sender, u.Language = strconv.FormatInt(m.From.ID, 10), m.From.Language
	}
	if m.Chat.Type != "private" {
		u.Kind = bot.Grouped
		return u, nil
	}
	if m.From == nil {
		return nil, nil // nobody's: there is no one to answer
	}
	if m.Text != "" {
		u.Text = m.Text
		if strings.HasPrefix(u.Text, "/start") {
			u.Name = m.From.claimed()
		}
		return u, nil
	}
	if c := m.Contact; c != nil {
		// Anybody can send anybody's contact; it is his own only when Telegram says that it belongs to the account.
		u.Contact = &bot.Contact{Phone: c.Phone, Own: c.User != 0 && c.User == m.From.ID}
	}
	u.Text = m.Caption
	return content(u, m.Document, raw)
}

// content says what a message without text holds.
func content(u *bot.Update, document *rawFile, raw []byte) (*bot.Update, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil {
		return nil, describe(err)
	}
	for _, c := range contents {
		if fields[c.field] != nil {
			u.Other = c.other
			return u, nil
		}
	}
	if document != nil && document.ID != "" {
		u.File = &bot.File{ID: document.ID, Name: document.Name, Size: document.Size, MIME: document.MIME}
		return u, nil
	}
	for _, s := range services {
		if fields[s] != nil {
			return nil, nil
		}
	}
	u.Other = "unknown"
	return u, nil
}

// press reads a button press. It belongs to the private chat with whoever pressed, whatever message the button was
// under: that may be out of reach by now, and nobody else shall see the answer.
func press(c *rawCallback, now time.Time) (*bot.Update, error) {
	if c.From == nil || c.From.ID == 0 || c.ID == "" {
		return nil, errors.New("press without a person")
	}
	return &bot.Update{
		Kind: bot.Press, Chat: chat(c.From.ID), Sender: strconv.FormatInt(c.From.ID, 10), Language: c.From.Language,
		SentAt: now, Data: c.Data, Query: c.ID,
	}, nil
}

// member reads that the bot was let in or shut out; nil when that concerns nobody.
func member(m *rawMember) *bot.Update {
	in := m.New.Status == "member" || m.New.Status == "administrator" || m.New.Status == "restricted"
	u := &bot.Update{Chat: chat(m.Chat.ID), SentAt: fromUnix(m.Date)}
	if m.From != nil {
		u.Sender, u.Language = strconv.FormatInt(m.From.ID, 10), m.From.Language
	}
	switch {
	case m.Chat.Type == "private" && in:
		u.Kind = bot.Unblocked
	case m.Chat.Type == "private":
		u.Kind = bot.Blocked
	case in:
		u.Kind = bot.Grouped
	default: // we left the group
		return nil
	}
	return u
}

func chat(id int64) bot.Chat { return bot.Chat{Platform: Name, ID: strconv.FormatInt(id, 10)} }

// chatID is Telegram's number of a chat.
func chatID(c bot.Chat) (int64, error) {
	id, err := strconv.ParseInt(c.ID, 10, 64)
	if c.Platform != Name || err != nil {
		return 0, &bot.SendError{Fault: bot.Refused, Err: fmt.Errorf("%s is no chat of Telegram", c.String())}
	}
	return id, nil
}

// describe keeps of a JSON error what does not quote the input.
func describe(err error) error {
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) {
		return fmt.Errorf("field %s is not a %s", kind.Field, kind.Type)
	}
	return errors.New("broken JSON")
}
