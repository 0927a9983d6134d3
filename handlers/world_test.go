package handlers_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lamsach/bot"
	"lamsach/core/civil"
	"lamsach/core/officer"
	"lamsach/core/report"
	"lamsach/core/roster"
	"lamsach/handlers"
	"lamsach/locales"
	"lamsach/paper"
	"lamsach/paper/cells"
	"lamsach/paper/chart"
	"lamsach/paper/print"
	"lamsach/paper/xlsx"
	"lamsach/storage"
	"lamsach/storage/seal"
	"lamsach/storage/session"
)

const platform = "test"

// world is the whole bot on a store of its own, without a network and without waiting: what a person sends is handled to
// its end, jobs included, before the next thing happens.
type world struct {
	t        testing.TB
	store    *storage.Store
	sessions handlers.Sessions
	bot      *handlers.Bot
	options  handlers.Options
	now      time.Time
	ids      int
	codes    int
	menus    map[string][]string // of chats, as last set
	updates  int
	jobs     []bot.Job
	files    map[string][]byte // what people sent, by the id on the platform
	fetch    map[string]error  // … and what becomes of fetching it
	rooms    map[bot.Chat]*room
	log      bytes.Buffer
	perform  bool            // jobs run at once
	blocked  map[string]bool // chats whose people stopped the bot
	dark     bool            // the platform is out of reach: nothing is sent
	url      string
	key      *seal.Sealer
}

// room is a chat as its person sees it.
type room struct {
	messages []*message
	events   []event
}

type message struct {
	slot    string
	text    string
	buttons [][]bot.Choice
	silent  bool
	file    *bot.Attachment
	body    []byte
}

// event is one thing that the bot did in a chat.
type event struct {
	kind string // "new", "edit", "note", "leave"
	at   *message
	text string // of a note
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{
		t: t, now: time.Date(2026, 11, 22, 1, 0, 0, 0, time.UTC), files: map[string][]byte{},
		fetch: map[string]error{}, blocked: map[string]bool{}, rooms: map[bot.Chat]*room{}, perform: true,
	}
	folder := t.TempDir()
	if err := os.Chmod(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	w.url = "sqlite:" + filepath.Join(folder, "lamsach.db")
	key := sha256.Sum256([]byte(t.Name()))
	var err error
	if w.key, err = seal.New(key[:]); err != nil {
		t.Fatal(err)
	}
	w.open()
	t.Cleanup(func() { w.ok(w.store.Close()) })
	return w
}

// open starts the program on the store.
func (w *world) open() {
	w.t.Helper()
	clock := func() time.Time { return w.now }
	log := slog.New(slog.NewTextHandler(&w.log, nil))
	var err error
	w.store, err = storage.Open(context.Background(), w.url, storage.Options{Sealer: w.key, Now: clock, Log: log})
	w.ok(err)
	w.store.SetJobs(w)
	catalog, err := locales.New()
	w.ok(err)
	w.sessions = session.NewSQL(w.store)
	w.options = handlers.Options{
		Turns:       w.store,
		Officers:    w.store,
		Uploads:     w.store,
		Lists:       w.store,
		Corrections: w.store,
		Layouts:     w.store,
		Units:       w.store,
		Deeds:       w.store, TimeLines: pictures{}, Charts: pictures{},
		Neighbours:   w.store,
		Staff:        w.store,
		Roll:         w.store,
		Door:         w.store,
		Invitations:  w.store,
		Menus:        w,
		QR:           func(out io.Writer, text string) error { _, err := io.WriteString(out, "QR of "+text); return err },
		NewCode:      func() string { w.codes++; return fmt.Sprintf("ma%d", w.codes) },
		JoinLink:     func(code string) string { return "https://t.me/thu_bot?start=" + code },
		Difficulties: w.store,
		Erasure:      w.store,
		Standings:    w.store, Papers: pictures{}, Reconciler: w.store, Reports: w.store,
		Plans:     w.store,
		Firing:    w.store,
		Reminders: w.store,
		Pushes:    w.store,
		Reach:     w.store,
		Calendar:  w.store,
		Sessions:  w.sessions,
		Workbooks: workbooks{}, Places: w, Catalog: catalog, Language: "vi", Now: clock,
		Zone: time.FixedZone("Asia/Ho_Chi_Minh", 7*3600), Log: log,
		NewID: func() string { w.ids++; return fmt.Sprintf("id%d", w.ids) },
	}
	w.bot = handlers.New(w.options)
}

// restart ends the program and starts it again.
func (w *world) restart() {
	w.t.Helper()
	w.ok(w.store.Close())
	w.open()
}

func (w *world) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// SetMenu keeps the menu of a chat.
func (w *world) SetMenu(_ context.Context, chat bot.Chat, commands [][2]string) error {
	var names []string
	for _, c := range commands {
		names = append(names, c[0])
	}
	if w.menus == nil {
		w.menus = map[string][]string{}
	}
	w.menus[chat.ID] = names
	return nil
}

// InsertJobs keeps the jobs until the turn has ended.
func (w *world) InsertJobs(_ context.Context, _ *sql.Tx, jobs []bot.Job) error {
	w.jobs = append(w.jobs, jobs...)
	return nil
}

// OpenFrom reads what a person sent.
func (w *world) OpenFrom(_ context.Context, _, source string) (io.ReadCloser, error) {
	if err := w.fetch[source]; err != nil {
		return nil, err
	}
	body, ok := w.files[source]
	if !ok {
		return nil, bot.ErrFileGone
	}
	return io.NopCloser(bytes.NewReader(body)), nil
}

// invite makes a code.
func (w *world) invite(role officer.Role, unit, unitName, name string) string {
	w.t.Helper()
	return w.inviteTo(officer.Invite{Role: role, UnitCode: unit, UnitName: unitName, Name: name})
}

// inviteTo makes a code for what an invitation says.
func (w *world) inviteTo(in officer.Invite) string {
	w.t.Helper()
	code, err := w.store.AddInvite(context.Background(), in, w.now.AddDate(0, 0, 7))
	w.ok(err)
	return code
}

// hamlets adds hamlets to a commune: the first is "CODE-01".
func (w *world) hamlets(commune string, names ...string) {
	w.t.Helper()
	w.ok(w.store.ChangeUnits(context.Background(), bot.Ending{Op: "hamlets of " + commune}, func(tree *officer.Tree) (units []officer.Unit, err error) {
		for _, name := range names {
			var u officer.Unit
			if tree, u, err = tree.AddHamlet(commune, name, civil.Of(w.now)); err != nil {
				return nil, err
			}
			units = append(units, u)
		}
		return units, nil
	}))
}

// officer lets somebody in: of unit 03868, or of another one.
func (w *world) officer(id, unit string) bot.Chat {
	w.t.Helper()
	w.text(id, "/start "+w.invite(officer.RoleOfficer, unit, "Xã Thử "+unit, "Cán bộ "+id))
	return chatOf(id)
}

func chatOf(id string) bot.Chat { return bot.Chat{Platform: platform, ID: id} }

// update completes an update of a person's and takes it to its end.
func (w *world) update(id string, u bot.Update) {
	w.t.Helper()
	w.updates++
	if u.ID == "" {
		u.ID = fmt.Sprint(w.updates)
	}
	u.Chat, u.Sender, u.SentAt = chatOf(id), id, w.now
	w.deliver(u)
}

// deliver takes updates to their end.
func (w *world) deliver(us ...bot.Update) {
	w.t.Helper()
	w.now = w.now.Add(time.Minute)
	w.ok(w.store.PushUpdates(context.Background(), us))
	w.settle()
}

func (w *world) text(id, text string) {
	w.t.Helper()
	u := bot.Update{Kind: bot.Message, Text: text}
	if strings.HasPrefix(text, "/start") {
		u.Name = "Ta La " + id // as an account calls itself
	}
	w.update(id, u)
}

func (w *world) send(id, name string, body []byte) {
	w.t.Helper()
	source := fmt.Sprintf("f%d", len(w.files)+1)
	w.files[source] = body
	w.update(id, bot.Update{Kind: bot.Message, File: &bot.File{ID: source, Name: name, Size: int64(len(body))}})
}

// press presses a button of the newest message that has it, by the beginning of its label.
func (w *world) press(id, label string) {
	w.t.Helper()
	w.pressData(id, w.button(id, label))
}

func (w *world) pressData(id, data string) {
	w.t.Helper()
	w.update(id, bot.Update{Kind: bot.Press, Data: data, Query: fmt.Sprintf("q%d", w.updates)})
}

// button gives the data of a button.
func (w *world) button(id, label string) string {
	w.t.Helper()
	data, ok := w.find(id, label)
	if !ok {
		w.t.Fatalf("no button %q; the chat ends with\n%s", label, w.last(id))
	}
	return data
}

func (w *world) hasButton(id, label string) bool {
	_, ok := w.find(id, label)
	return ok
}

func (w *world) find(id, label string) (data string, ok bool) {
	for _, m := range slices.Backward(w.room(id).messages) {
		for _, row := range m.buttons {
			for _, b := range row {
				if strings.HasPrefix(b.Label, label) {
					return b.Data, true
				}
			}
		}
	}
	return "", false
}

func (w *world) room(id string) *room {
	chat := chatOf(id)
	if w.rooms[chat] == nil {
		w.rooms[chat] = &room{}
	}
	return w.rooms[chat]
}

// last is what the newest message of a chat says.
func (w *world) last(id string) string {
	messages := w.room(id).messages
	if len(messages) == 0 {
		return ""
	}
	return messages[len(messages)-1].text
}

// said tells whether the bot said the words in a chat since the mark, which is the number of events then.
func (w *world) said(id, words string, since int) bool {
	for _, e := range w.room(id).events[since:] {
		if strings.Contains(e.text, words) || e.at != nil && strings.Contains(e.at.text, words) {
			return true
		}
	}
	return false
}

func (w *world) mark(id string) int { return len(w.room(id).events) }

// settle handles what waits, runs jobs and shows replies, until all is quiet.
func (w *world) settle() {
	w.t.Helper()
	ctx := context.Background()
	for {
		chats, err := w.store.WaitingChats(ctx)
		w.ok(err)
		for _, chat := range chats {
			w.turn(ctx, chat)
		}
		w.show(ctx)
		if len(chats) == 0 && (len(w.jobs) == 0 || !w.perform) {
			return
		}
		if w.perform {
			w.work(ctx)
		}
	}
}

// turn takes the next update of a chat through the bot, as the runtime does.
func (w *world) turn(ctx context.Context, chat bot.Chat) {
	w.t.Helper()
	u, attempt, ok, err := w.store.NextUpdate(ctx, chat)
	w.ok(err)
	if !ok {
		return
	}
	if attempt > 3 {
		w.t.Fatalf("update %s is not set aside", u.Op())
	}
	if err := w.bot.Handle(ctx, u); err != nil && attempt == 3 {
		w.ok(w.bot.Apologise(ctx, u, bot.Reference(u.Op())))
	}
}

// work does the jobs, each with the tries that it gets.
func (w *world) work(ctx context.Context) {
	jobs := w.jobs
	w.jobs = nil
	for _, job := range jobs {
		var err error
		for range 4 {
			if err = w.bot.Work(ctx, job); err == nil {
				break
			}
		}
		if err != nil {
			w.bot.GaveUp(ctx, job, err)
		}
	}
}

// show carries out what waits in the outbox.
func (w *world) show(ctx context.Context) {
	w.t.Helper()
	for !w.dark {
		chats, _, err := w.store.DueChats(ctx, w.now)
		w.ok(err)
		if len(chats) == 0 {
			return
		}
		for _, chat := range chats {
			out, ok, err := w.store.NextReply(ctx, chat, w.now)
			w.ok(err)
			switch until := out.Reply.Until; {
			case !ok:
			case w.blocked[chat.ID]:
				w.ok(w.store.ReplyFailed(ctx, out.ID, bot.Unreachable, time.Time{}))
			case !until.IsZero() && !w.now.Before(until):
				w.ok(w.store.ReplyFailed(ctx, out.ID, bot.Late, time.Time{}))
			default:
				w.ok(w.store.ReplySent(ctx, out.ID, w.carryOut(out)))
			}
		}
	}
}

// carryOut shows one reply and gives the message's id.
func (w *world) carryOut(out bot.Outgoing) string {
	w.t.Helper()
	r, reply := w.room(out.Reply.To.ID), out.Reply
	switch reply.Mode {
	case bot.Answer:
		return ""
	case bot.Leave:
		r.events = append(r.events, event{kind: "leave"})
		return ""
	case bot.Alert:
		r.events = append(r.events, event{kind: "note", text: reply.Text.Plain()})
		return ""
	}
	m := &message{slot: reply.Slot, silent: reply.Silent, file: reply.File}
	kind := "new"
	if reply.Mode == bot.Edit && out.Message != "" {
		var n int
		_, err := fmt.Sscan(out.Message, &n)
		w.ok(err)
		m, kind = r.messages[n], "edit"
	} else {
		for _, old := range r.messages {
			if old.slot == reply.Slot && reply.Slot != "" {
				old.buttons = nil
			}
		}
		r.messages = append(r.messages, m)
	}
	m.text, m.buttons = reply.Text.Plain(), reply.Choices
	if out.Body != nil {
		body, err := out.Body(context.Background())
		w.ok(err)
		m.body, err = io.ReadAll(body)
		w.ok(errors.Join(err, body.Close()))
	}
	r.events = append(r.events, event{kind: kind, at: &message{slot: m.slot, text: m.text, buttons: m.buttons, file: m.file, body: m.body}})
	for i, have := range r.messages {
		if have == m {
			return fmt.Sprint(i)
		}
	}
	return ""
}

// pictures draws for the bot.
type pictures struct{}

func (pictures) Chart(w io.Writer, c report.Chart) error { return chart.Progress(w, c) }

func (pictures) Print(w io.Writer, d report.Document) error { return print.Write(w, d) }

func (pictures) Table(w io.Writer, t report.Table) error { return xlsx.Write(w, xlsx.TableOf(t)) }

func (pictures) TimeLine(w io.Writer, l report.TimeLine) error { return chart.TimeLine(w, l) }

// workbooks joins the bot to real files.
type workbooks struct{}

func (workbooks) Read(_ context.Context, r io.ReaderAt, size int64) (roster.Book, error) {
	format, err := paper.Sniff(r, size)
	if err != nil {
		return roster.Book{}, err
	}
	if no := paper.Refusal(format); no != nil {
		return roster.Book{}, no
	}
	book, err := xlsx.Open(r, size, cells.DefaultLimits())
	if err != nil {
		return roster.Book{}, err
	}
	return book.Roster(), nil
}

func (workbooks) Copy(ctx context.Context, r io.ReaderAt, size int64, out io.Writer, plan report.Copy) error {
	p := xlsx.PatchPlan{Sheets: map[string]xlsx.SheetPatch{}, LegendName: plan.LegendName}
	for _, s := range plan.Sheets {
		patch := xlsx.SheetPatch{HeaderRow: s.HeaderRow, LastRow: s.LastRow, Outline: s.Outline}
		for _, c := range s.Cells {
			patch.Cells = append(patch.Cells, xlsx.CellPatch{Row: c.Row, Column: c.Column, Cell: c.Value, Keep: c.Keep})
		}
		for _, a := range s.Added {
			added := xlsx.AddedColumn{Header: a.Header, Width: a.Width}
			for _, v := range a.Values {
				added.Values = append(added.Values, xlsx.RowText(v))
			}
			patch.Columns = append(patch.Columns, added)
		}
		p.Sheets[s.Sheet] = patch
	}
	for _, l := range plan.Legend {
		p.Legend = append(p.Legend, xlsx.LegendLine{Text: l.Text})
	}
	return xlsx.Patch(ctx, r, size, out, p)
}

func (workbooks) Write(out io.Writer, grid roster.Grid) error { return xlsx.WriteGrid(out, grid) }

// table makes a workbook of lines "a | b | c"; the first line is the header.
func table(t testing.TB, text string) []byte {
	t.Helper()
	sheet := roster.GridSheet{Name: "Sheet1"}
	for i, l := range strings.Split(strings.TrimSpace(text), "\n") {
		row := roster.GridRow{Number: i + 1}
		for _, cell := range strings.Split(l, "|") {
			row.Cells = append(row.Cells, roster.GridCell{Cell: roster.Cell{Text: strings.TrimSpace(cell), Kind: roster.Text}})
		}
		sheet.Rows = append(sheet.Rows, row)
	}
	var out bytes.Buffer
	if err := xlsx.WriteGrid(&out, roster.Grid{Sheets: []roster.GridSheet{sheet}}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
