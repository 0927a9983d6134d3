package handlers_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lamsach/bot"
	"lamsach/core/campaign"
	"lamsach/core/civil"
	"lamsach/core/ledger"
	"lamsach/core/officer"
	"lamsach/handlers"
)

var hanoi = time.FixedZone("Asia/Ho_Chi_Minh", 7*3600)

// The parties of the plan.
var (
	communeOfficer     = campaign.Party{Role: officer.RoleOfficer, Level: officer.LevelCommune}
	communePolice      = campaign.Party{Role: officer.RolePolice, Level: officer.LevelCommune}
	districtSupervisor = campaign.Party{Role: officer.RoleSupervisor, Level: officer.LevelDistrict}
	districtPolice     = campaign.Party{Role: officer.RolePolice, Level: officer.LevelDistrict}
	provinceSupervisor = campaign.Party{Role: officer.RoleSupervisor, Level: officer.LevelProvince}
)

// district is the plan of Bắc Yên at work: a real store, its sixteen communes, everybody who has a part in it.
type district struct {
	*world
	c      campaign.Campaign
	tree   *officer.Tree
	people map[string]campaign.Party // by the id of the chat
	units  map[string]string         // of the people
	seen   map[string]int            // events of a chat that were looked at
	script map[time.Time][]func()
	lists  map[string]*ledger.List // by kind and unit
	sent   map[string][]string     // "time who\x00text" → units
	n      int
}

// newDistrict makes the district with the people of so many of its communes.
func newDistrict(t testing.TB, communes int) *district {
	d := &district{
		world: newWorld(t), people: map[string]campaign.Party{}, units: map[string]string{}, seen: map[string]int{},
		script: map[time.Time][]func(){}, lists: map[string]*ledger.List{}, sent: map[string][]string{},
	}
	d.now = moment(9, 28, 8, 0)
	d.settleUnits()
	for _, unit := range d.c.Units[:communes] {
		d.join("o"+unit, communeOfficer, unit)
		d.join("p"+unit, communePolice, unit)
	}
	d.join("district", districtSupervisor, "118")
	d.join("police", districtPolice, "118")
	d.join("province", provinceSupervisor, officer.OldProvince("14"))
	place := campaign.Place{Tree: d.tree, Zone: hanoi}
	d.now = moment(9, 29, 8, 0)
	d.ok(d.store.AddCampaign(context.Background(), bot.Ending{Op: "plan"}, "", d.c, campaign.Schedule(d.c, place, civil.Of(d.now))))
	return d
}

// settleUnits adds the district as it stood in 2023.
func (d *district) settleUnits() {
	d.t.Helper()
	names := []string{
		"Bắc Yên", "Phiêng Ban", "Hang Chú", "Xím Vàng", "Tà Xùa", "Háng Đồng", "Pắc Ngà", "Làng Chếu",
		"Chim Vàn", "Mường Khoa", "Song Pe", "Hồng Ngài", "Tạ Khoa", "Hua Nhàn", "Phiêng Côn", "Chiềng Sại",
	}
	last := civil.Date{Year: 2025, Month: 6, Day: 30}
	units := []officer.Unit{{Code: "118", Name: "Bắc Yên", Kind: "huyện", Level: officer.LevelDistrict, Parent: officer.OldProvince("14"), ValidTo: last}}
	var codes []string
	for i, name := range names {
		kind := "xã"
		if i == 0 {
			kind = "thị trấn"
		}
		code := fmt.Sprintf("118-%02d", i+1)
		codes = append(codes, code)
		units = append(units, officer.Unit{Code: code, Name: name, Kind: kind, Level: officer.LevelCommune, Parent: "118", ValidTo: last})
	}
	ctx := context.Background()
	d.ok(d.store.ChangeUnits(ctx, bot.Ending{Op: "units"}, func(*officer.Tree) ([]officer.Unit, error) { return units, nil }))
	var err error
	d.tree, err = d.store.Tree(ctx)
	d.ok(err)
	d.c, err = campaign.FromTemplate(campaign.BacYen2023, "by23", "118", codes)
	d.ok(err)
}

func (d *district) join(id string, as campaign.Party, unit string) {
	d.t.Helper()
	d.text(id, "/start "+d.invite(as.Role, unit, unit, "Cán bộ "+id))
	d.people[id], d.units[id], d.seen[id] = as, unit, d.mark(id)
}

// moment is a time of 2023 in Hanoi.
func moment(month, day, hour, minute int) time.Time {
	return time.Date(2023, time.Month(month), day, hour, minute, 0, 0, hanoi)
}

// on scripts something.
func (d *district) on(month, day, hour int, do func()) {
	at := moment(month, day, hour, 0)
	d.script[at] = append(d.script[at], do)
}

// op gives an operation of its own.
func (d *district) op() bot.Ending {
	d.n++
	return bot.Ending{Op: fmt.Sprintf("script %d", d.n)}
}

// record scripts facts that officers record.
func (d *district) record(month, day, hour int, event campaign.Event, list string, to campaign.Party, units ...string) {
	d.on(month, day, hour, func() {
		var records []campaign.Record
		for _, unit := range units {
			d.n++
			records = append(records, campaign.Record{
				ID: fmt.Sprintf("fact%d", d.n), Press: fmt.Sprintf("press%d", d.n),
				Fact: campaign.Fact{Event: event, List: list, Unit: unit, To: to, On: civil.Of(d.now.In(hanoi)), Count: 100},
			})
		}
		d.ok(d.store.RecordFacts(context.Background(), d.op(), d.c.ID, d.c.Revision, records))
	})
}

// receive scripts lists that come in, with questions that are open.
func (d *district) receive(month, day, hour int, kind string, units ...string) {
	d.on(month, day, hour, func() {
		for _, unit := range units {
			l := &ledger.List{
				ID: kind + unit, Unit: unit, Officer: "o", Kind: kind, Name: "DS.xlsx", FileHash: []byte(kind + unit), Info: []byte("{}"),
				People: 0, Received: d.now, Counts: open(d.open()),
			}
			d.ok(d.store.AddList(context.Background(), d.op(), *l, func(func(ledger.Person) bool) {}))
			d.lists[kind+unit] = l
		}
	})
}

// open is how many questions each list has still: ten fewer every day from 160 on.
func (d *district) open() int {
	return min(160, max(10, 160-10*civil.Of(d.now.In(hanoi)).DaysSince(civil.Date{Year: 2023, Month: 10, Day: 4})))
}

func open(n int) []ledger.Count {
	return []ledger.Count{{Code: "personal_id.missing", Severity: "error", Group: "no_id", Open: n}}
}

// answer records that so many questions of a list are open.
func (d *district) answer(l *ledger.List, n int) {
	if l.Counts[0].Open == n || l.Counts[0].Open == 0 {
		return
	}
	end := d.op()
	d.ok(d.store.RecordCorrection(context.Background(), end, ledger.Correction{
		ID: end.Op, List: l.ID, BaseRevision: l.Revision, Officer: "o", Label: []byte("{}"), Made: d.now, Counts: open(n),
	}))
	l.Revision++
	l.Counts = open(n)
}

// review scripts that all questions are answered and the list goes to the police.
func (d *district) review(month, day, hour int, kind string, units ...string) {
	d.on(month, day, hour, func() {
		for _, unit := range units {
			d.answer(d.lists[kind+unit], 0)
		}
	})
	d.record(month, day, hour, campaign.HandedOver, kind, communePolice, units...)
}

// bacYen is how the sixteen communes went about the plan.
func (d *district) bacYen() {
	none, u := campaign.Party{}, d.c.Units
	const child, beneficiary = "child", "beneficiary"
	d.receive(10, 2, 10, child, u...)
	d.receive(10, 3, 7, beneficiary, u[:14]...)
	d.receive(10, 4, 15, beneficiary, u[14:]...) // a day late

	d.review(10, 11, 9, child, u[:10]...)
	d.review(10, 13, 10, child, u[10:14]...)
	d.review(10, 17, 9, child, u[14])  // late
	d.review(10, 24, 10, child, u[15]) // so late that the district is told
	for _, to := range []campaign.Party{communeOfficer, districtSupervisor} {
		d.record(10, 13, 7, campaign.Returned, child, to, u[:10]...)
		d.record(10, 19, 10, campaign.Returned, child, to, u[14])
		d.record(10, 31, 10, campaign.Returned, child, to, u[15])
	}
	d.record(10, 13, 16, campaign.Returned, child, communeOfficer, u[10:14]...)
	d.record(10, 16, 15, campaign.Returned, child, districtSupervisor, u[10:14]...) // one receiver later than the other
	d.record(11, 6, 15, campaign.Updated, child, none, u[:15]...)
	d.record(11, 8, 15, campaign.Updated, child, none, u[15])

	d.review(10, 5, 16, beneficiary, u[:12]...)
	d.review(10, 12, 10, beneficiary, u[12:]...)
	d.record(10, 13, 10, campaign.Returned, beneficiary, districtSupervisor, append(slices.Clone(u[:13]), u[14:]...)...)
	d.record(10, 20, 10, campaign.Returned, beneficiary, districtSupervisor, u[13])
	d.record(10, 25, 10, campaign.Updated, beneficiary, none, u[:14]...)
	d.record(10, 30, 10, campaign.Updated, beneficiary, none, u[14])
	d.record(11, 2, 10, campaign.Updated, beneficiary, none, u[15])

	d.on(10, 13, 16, func() { d.report("định kỳ", 1) })
	d.on(10, 27, 16, func() { d.report("định kỳ", 2) })
	d.on(11, 14, 15, func() { d.report("tổng kết", 3) }) // with it the last step is done
}

// report lets the district make a report, and looks at what it is given.
func (d *district) report(sort string, number int) {
	d.t.Helper()
	const who = "district"
	from := d.mark(who)
	d.text(who, "/baocao")
	d.press(who, "Lập báo cáo")
	for _, answer := range []string{
		sort, "tất cả danh sách", "UBND huyện Bắc Yên / Phòng LĐTBXH", "BC-LĐTBXH", "Bắc Yên", "Trưởng phòng", "bỏ qua", "UBND tỉnh Sơn La; Lưu: VT",
	} {
		d.text(who, answer)
	}
	d.press(who, "Lập báo cáo")
	pages, tables := 0, 0
	for _, e := range d.room(who).events[from:] {
		switch {
		case e.at == nil || e.at.file == nil:
		case bytes.HasPrefix(e.at.body, []byte("%PDF-")):
			pages++
			if want := fmt.Sprintf("Báo cáo %s số %d/BC-LĐTBXH, số liệu đến %s", sort, number, d.now.In(hanoi).Format("15:04")); !strings.HasPrefix(e.at.text, want) {
				d.t.Errorf("%q, want %q", e.at.text, want)
			}
		case bytes.HasPrefix(e.at.body, []byte("PK")):
			tables++
		}
	}
	if pages != 1 || tables != 1 {
		d.t.Errorf("report %d came as %d PDF files and %d workbooks; the chat ends with\n%s", number, pages, tables, d.last(who))
	}
	d.seen[who] = d.mark(who) // it was asked for
}

// tick lets half an hour's look happen at a moment.
func (d *district) tick(at time.Time) {
	d.t.Helper()
	d.now = at
	for _, when := range slices.SortedFunc(maps.Keys(d.script), time.Time.Compare) {
		if when.After(at) {
			continue
		}
		for _, do := range d.script[when] {
			do()
		}
		delete(d.script, when)
	}
	if at.Hour() == 7 && at.Minute() == 30 {
		for _, key := range slices.Sorted(maps.Keys(d.lists)) {
			d.answer(d.lists[key], d.open())
		}
	}
	d.jobs = append(d.jobs, bot.Job{Kind: handlers.JobLook})
	d.settle()
	d.collect(at)
}

// collect takes down what everybody was sent.
func (d *district) collect(at time.Time) {
	for _, id := range slices.Sorted(maps.Keys(d.people)) {
		events := d.room(id).events
		for _, e := range events[d.seen[id]:] {
			if e.at == nil {
				continue
			}
			p := d.options.Catalog.Printer("vi")
			if overview := strings.Contains(e.at.text, "Tiến độ “"); overview != (e.at.file != nil && bytes.HasPrefix(e.at.body, []byte("\x89PNG"))) {
				d.t.Errorf("%s was sent at %s with another picture than a digest's: %.40s", id, at, e.at.text)
			}
			party := d.c.PartyName(d.people[id])
			head := fmt.Sprintf("%s %s\x00%s", at.Format("Mon 02/01/2006 15:04"), p.Text(party.Key, party.Args), e.at.text)
			unit, _ := d.tree.Unit(d.units[id])
			d.sent[head] = append(d.sent[head], unit.Title())
		}
		d.seen[id] = len(events)
	}
}

// goldenBlocks reads the golden file of the pure run: who was sent what, and when.
func goldenBlocks(t testing.TB) map[string][]string {
	t.Helper()
	body, err := os.ReadFile("../core/campaign/testdata/bac-yen-2023.txt")
	if err != nil {
		t.Fatal(err)
	}
	heads := regexp.MustCompile(`^([A-Z][a-z]{2} \d\d/\d\d/\d{4} \d\d:\d\d .*) → \d+: (.*)$`)
	blocks := map[string][]string{}
	var head string
	var units, lines []string
	flush := func() {
		if head != "" {
			key := head + "\x00" + strings.Join(lines, "\n")
			blocks[key] = append(blocks[key], units...)
		}
		head, lines = "", nil
	}
	for line := range strings.Lines(string(body)) {
		line = strings.TrimSuffix(line, "\n")
		if m := heads.FindStringSubmatch(line); m != nil {
			flush()
			head, units = m[1], strings.Split(m[2], ", ")
			continue
		}
		text, of := strings.CutPrefix(line, "    ")
		switch {
		case !of:
			flush()
		case text == "Còn 2 560 câu hỏi." && strings.HasPrefix(head, "Mon 02/10/2023 16:00"): // of lists that have not come yet
		case strings.Contains(text, "nhóm sửa một lần được"): // groups are known to an open list alone
		default:
			lines = append(lines, text)
		}
	}
	flush()
	return blocks
}

// TestBacYenRun: the plan of 2023 with both kinds of list runs from 30 September to 15 November through the handlers, the store and
// the jobs, under a clock that is moved by half hours, with a weekend without service. What everybody is sent, and when, is what the
// rules of the field say: nothing more, nothing twice.
func TestBacYenRun(t *testing.T) {
	d := newDistrict(t, 16)
	d.bacYen()
	down := func(at time.Time) bool { return at.After(moment(11, 3, 17, 0)) && at.Before(moment(11, 7, 10, 0)) }
	for at := moment(9, 30, 0, 0); at.Before(moment(11, 16, 0, 0)); at = at.Add(30 * time.Minute) {
		if h := at.Hour(); !down(at) && (h >= 7 && h < 18 || h == 0) {
			d.tick(at)
		}
	}
	if len(d.script) > 0 {
		t.Errorf("%d moments of the script did not come", len(d.script))
	}
	want := goldenBlocks(t)
	for key := range want {
		slices.Sort(want[key])
	}
	for key := range d.sent {
		slices.Sort(d.sent[key])
	}
	if diff := cmp.Diff(want, d.sent); diff != "" {
		t.Errorf("what was sent (-want +got):\n%.6000s", diff)
	}
}
