package handlers_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lamsach/bot"
	"lamsach/core/officer"
	"lamsach/handlers"
	"lamsach/paper/cells"
	"lamsach/paper/xlsx"
)

var update = flag.Bool("update", false, "write the transcripts anew")

// TestTranscripts plays whole conversations. "lo> text" is typed by lo, "lo> [label]" is pressed, "lo> 📎 a.xlsx = list"
// sends the table of the section "list" as a workbook (a PDF or a picture as it is), "lo> (sticker)" and the like send something else; "{lo}" is the
// invitation of lo. All else is what the person sees: "lo<" a new message, "lo< ~" one that changes in place, "lo< !" a
// note that does not stay.
func TestTranscripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			body, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			head, talk, found := strings.Cut(string(body), "-- talk --\n")
			if !found {
				t.Fatal("no section talk")
			}
			got := newScript(t, head).play(talk)
			if *update {
				if err := os.WriteFile(file, []byte(head+"-- talk --\n"+got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(strings.Split(talk, "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("the talk changed (-want +got):\n%s", diff)
			}
		})
	}
}

// script plays a transcript.
type script struct {
	*world
	tables map[string]string
	codes  map[string]string
	shown  map[bot.Chat]int // events printed so far
	out    strings.Builder
}

// people of the transcripts, by the name that stands before the ">".
var people = map[string]officer.Invite{
	"lo":   {Role: officer.RoleOfficer, UnitCode: "03868", UnitName: "Xã Tà Xùa, tỉnh Sơn La", Name: "Lò Thị Thử"},
	"mua":  {Role: officer.RoleOfficer, UnitCode: "03868", UnitName: "Xã Tà Xùa, tỉnh Sơn La", Name: "Mùa A Mẫu"},
	"ha":   {Role: officer.RoleOfficer, UnitCode: "03856", UnitName: "Xã Bắc Yên, tỉnh Sơn La", Name: "Hà Văn Mẫu"},
	"be":   {Role: officer.RoleHelper, UnitCode: "03868-01", UnitName: "Bản Bẹ, xã Tà Xùa, tỉnh Sơn La", Hamlet: "Bản Bẹ", Name: "Sùng Thị Bẹ"},
	"sup":  {Role: officer.RoleSupervisor, UnitCode: "14", UnitName: "Tỉnh Sơn La", Name: "Quàng Thị Trên"},
	"quan": {Role: officer.RoleAdmin, UnitCode: "VN", UnitName: "Việt Nam", Name: "Vì Văn Quản"},
	"giu":  {Role: officer.RoleAdmin, UnitCode: "14", UnitName: "Tỉnh Sơn La", Name: "Lường Thị Giữ"},
	"canh": {Role: officer.RolePolice, UnitCode: "03868", UnitName: "Xã Tà Xùa, tỉnh Sơn La", Name: "Cà Văn Canh"},
}

func newScript(t *testing.T, head string) *script {
	s := &script{world: newWorld(t), tables: map[string]string{}, codes: map[string]string{}, shown: map[bot.Chat]int{}}
	s.hamlets("03868", "Bản Bẹ", "Bản Lừm")
	for who, in := range people {
		s.codes[who] = s.inviteTo(in)
	}
	name := ""
	for l := range strings.Lines(head) {
		if marker := strings.TrimSpace(l); strings.HasPrefix(marker, "-- ") && strings.HasSuffix(marker, " --") {
			name = strings.TrimSuffix(strings.TrimPrefix(marker, "-- "), " --")
			continue
		}
		s.tables[name] += l
	}
	if plan := s.tables["campaign"]; plan != "" {
		s.plan(plan)
	}
	return s
}

var (
	inputForm   = regexp.MustCompile(`^([a-z]+)> (.*)$`)
	contactForm = regexp.MustCompile(`^\((own )?number (\d+)\)$`)
	fileForm    = regexp.MustCompile(`^📎 (.+) = (\S+)$`)
)

// play runs the inputs and gives the talk as it went.
func (s *script) play(talk string) string {
	for l := range strings.Lines(talk) {
		l = strings.TrimSuffix(l, "\n")
		if strings.HasPrefix(l, "# ") {
			fmt.Fprintf(&s.out, "%s\n\n", l)
			continue
		}
		in := inputForm.FindStringSubmatch(l)
		if in == nil {
			continue
		}
		fmt.Fprintf(&s.out, "%s\n", l)
		s.input(in[1], in[2])
		s.print()
	}
	return strings.TrimSuffix(s.out.String(), "\n")
}

// input does what a line says.
func (s *script) input(who, what string) {
	for name, code := range s.codes {
		what = strings.ReplaceAll(what, "{"+name+"}", code)
	}
	file := fileForm.FindStringSubmatch(what)
	switch {
	case what == "(restart)":
		s.restart()
	case strings.HasPrefix(what, "(clock "):
		s.clock(strings.Trim(strings.TrimPrefix(what, "(clock "), ")"))
	case what == "(look)":
		s.jobs = append(s.jobs, bot.Job{Kind: handlers.JobLook})
		s.settle()
	case what == "📷":
		s.photo(who)
	case what == "(session lost)":
		s.ok(s.sessions.Drop(context.Background(), chatOf(who)))
	case what == "(revoked)":
		o, err := s.store.OfficerOf(context.Background(), platform, who)
		s.ok(err)
		s.ok(s.store.RevokeOfficer(context.Background(), bot.Ending{Op: "revoke " + who, Chat: chatOf(who)}, o.ID, ""))
	case strings.HasPrefix(what, "(edited) "):
		s.update(who, bot.Update{Kind: bot.Edited, Text: strings.TrimPrefix(what, "(edited) ")})
	case contactForm.MatchString(what):
		c := contactForm.FindStringSubmatch(what)
		s.update(who, bot.Update{Kind: bot.Message, Other: "contact", Contact: &bot.Contact{Phone: c[2], Own: c[1] == "own "}})
	case strings.HasPrefix(what, "(") && strings.HasSuffix(what, ")"):
		s.update(who, bot.Update{Kind: bot.Message, Other: strings.Trim(what, "()")})
	case strings.HasPrefix(what, "["):
		if label := strings.Trim(what, "[]"); s.hasButton(who, label) {
			s.press(who, label)
		} else {
			s.out.WriteString("(no such button)\n")
		}
	case file != nil:
		body := []byte(s.tables[file[2]])
		if !bytes.HasPrefix(body, []byte("%PDF-")) && !bytes.HasPrefix(body, []byte("GIF89a")) { // those are sent as they are
			body = table(s.t, s.tables[file[2]])
		}
		s.send(who, file[1], body)
	default:
		s.text(who, what)
	}
}

// print writes down what the chats show since the last time.
func (s *script) print() {
	for _, who := range []string{"lo", "mua", "ha", "canh", "be", "sup", "quan", "giu", "moi", "khach"} {
		r := s.room(who)
		for _, e := range r.events[s.shown[chatOf(who)]:] {
			s.printEvent(who, e)
		}
		s.shown[chatOf(who)] = len(r.events)
	}
	s.out.WriteByte('\n')
}

func (s *script) printEvent(who string, e event) {
	switch e.kind {
	case "note":
		fmt.Fprintf(&s.out, "%s< ! %s\n", who, e.text)
		return
	case "leave":
		fmt.Fprintf(&s.out, "%s< (leaves)\n", who)
		return
	case "edit":
		fmt.Fprintf(&s.out, "%s< ~\n", who)
	default:
		fmt.Fprintf(&s.out, "%s<\n", who)
	}
	for _, l := range strings.Split(e.at.text, "\n") {
		fmt.Fprintln(&s.out, strings.TrimRight("  "+l, " "))
	}
	for _, row := range e.at.buttons {
		var labels []string
		for _, b := range row {
			labels = append(labels, "["+b.Label+"]")
		}
		fmt.Fprintf(&s.out, "  %s\n", strings.Join(labels, " "))
	}
	if e.at.file != nil {
		if strings.HasPrefix(e.at.file.MIME, "image/") {
			fmt.Fprintf(&s.out, "  🖼 %s\n", e.at.file.Name)
			return
		}
		fmt.Fprintf(&s.out, "  📎 %s\n", e.at.file.Name)
		if e.at.file.MIME == "application/pdf" {
			if !bytes.HasPrefix(e.at.body, []byte("%PDF-")) {
				s.t.Error("a paper that is none")
			}
			return
		}
		for _, row := range rowsOf(s.t, e.at.body) {
			fmt.Fprintf(&s.out, "     %s\n", row)
		}
	}
}

// rowsOf reads the first sheet of a workbook as lines "a | b | c".
func rowsOf(t testing.TB, body []byte) (rows []string) {
	t.Helper()
	book, err := xlsx.Open(bytes.NewReader(body), int64(len(body)), cells.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	for row, err := range book.Roster().Sheets[0].Rows {
		if err != nil {
			t.Fatal(err)
		}
		var cells []string
		for _, c := range row.Cells {
			cells = append(cells, c.Text)
		}
		rows = append(rows, strings.TrimRight(strings.Join(cells, " | "), " |"))
	}
	return rows
}
