package campaign

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"lamsach/core/civil"
	"lamsach/core/fault"
	"lamsach/core/officer"
	"lamsach/locales"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// hanoi is the zone of the plan, and far a zone that the host's clock may show.
var (
	hanoi = time.FixedZone("+07", 7*3600)
	far   = time.FixedZone("-06", -6*3600)
)

// The parties of the plan.
var (
	communeOfficer     = Party{officer.RoleOfficer, officer.LevelCommune}
	communePolice      = Party{officer.RolePolice, officer.LevelCommune}
	districtSupervisor = Party{officer.RoleSupervisor, officer.LevelDistrict}
	provinceSupervisor = Party{officer.RoleSupervisor, officer.LevelProvince}
)

func day(year, month, of int) civil.Date {
	return civil.Date{Year: year, Month: time.Month(month), Day: of}
}

// bacYenPlace is the district of the plan with its sixteen communes, as it stood in 2023.
func bacYenPlace(t testing.TB) (Place, []string) {
	t.Helper()
	names := []string{
		"Bắc Yên", "Phiêng Ban", "Hang Chú", "Xím Vàng", "Tà Xùa", "Háng Đồng", "Pắc Ngà", "Làng Chếu",
		"Chim Vàn", "Mường Khoa", "Song Pe", "Hồng Ngài", "Tạ Khoa", "Hua Nhàn", "Phiêng Côn", "Chiềng Sại",
	}
	last := day(2025, 6, 30)
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
	tree, err := officer.Builtin().With(units...)
	if err != nil {
		t.Fatal(err)
	}
	return Place{Tree: tree, Zone: hanoi}, codes
}

func bacYenPlan(t testing.TB) (Campaign, Place) {
	t.Helper()
	place, codes := bacYenPlace(t)
	c, err := FromTemplate(BacYen2023, "by23", "118", codes)
	if err != nil {
		t.Fatal(err)
	}
	if said := Validate(c, place.Tree, []string{"child", "beneficiary"}); len(said) > 0 {
		t.Fatalf("the template does not stand: %v", said)
	}
	return c, place
}

// host is what the adapters will be: it keeps rows, slots and facts, and asks every half hour.
type host struct {
	t       testing.TB
	c       Campaign
	p       Place
	waiting map[string]Row
	settled map[string]Outcome
	slots   map[string]bool
	script  map[time.Time][]Fact
	facts   Facts
	sent    []sending
}

type sending struct {
	at time.Time
	r  Reminder
}

func newHost(t testing.TB, c Campaign, p Place) *host {
	h := &host{t: t, c: c, p: p, waiting: map[string]Row{}, settled: map[string]Outcome{}, slots: map[string]bool{}, script: map[time.Time][]Fact{}}
	h.plan(c, c.Start())
	return h
}

// plan keeps a revision's rows, as the transaction that keeps the campaign does: a row that is settled stays settled.
func (h *host) plan(c Campaign, from civil.Date) {
	h.c = c
	for _, row := range Schedule(c, h.p, from) {
		if h.settled[row.ID] == "" || h.settled[row.ID] == Moved {
			h.waiting[row.ID] = row
			delete(h.settled, row.ID)
		}
	}
}

// on scripts facts at a moment of 2023 in Hanoi.
func (h *host) on(month, of, hour int, facts ...Fact) {
	at := time.Date(2023, time.Month(month), of, hour, 0, 0, 0, hanoi)
	for i := range facts {
		facts[i].On = civil.Of(at)
	}
	h.script[at] = append(h.script[at], facts...)
}

// tick lets the host look at a moment.
func (h *host) tick(now time.Time) {
	for _, at := range slices.SortedFunc(maps.Keys(h.script), time.Time.Compare) {
		if !at.After(now) {
			h.facts.Done = append(h.facts.Done, h.script[at]...)
			delete(h.script, at)
		}
	}
	if h.c.Rules.Open(h.p.Calendar, now.In(hanoi)) {
		h.facts.Work = h.work(civil.Of(now.In(hanoi)))
	}
	var rows []Row
	for _, row := range h.waiting {
		if !row.Day.After(civil.Of(now.In(hanoi))) {
			rows = append(rows, row)
		}
	}
	firing := Fire(h.c, h.p, h.facts, rows, func(slot string) bool { return h.slots[slot] }, now.In(far))
	for _, s := range firing.Settled {
		if h.settled[s.Row] != "" {
			h.t.Errorf("%s is settled twice", s.Row)
		}
		h.settled[s.Row] = s.Outcome
		delete(h.waiting, s.Row)
	}
	for _, r := range firing.Reminders {
		if h.slots[r.Slot] {
			h.t.Errorf("slot %s is used twice", r.Slot)
		}
		h.slots[r.Slot] = true
		h.sent = append(h.sent, sending{now.In(hanoi), r})
	}
}

// work lets every commune answer ten questions a day from 160 on, four groups of which would settle 90.
func (h *host) work(today civil.Date) []Work {
	open := min(160, max(10, 160-10*today.DaysSince(day(2023, 10, 4))))
	var work []Work
	for _, unit := range h.c.Units {
		for _, list := range []string{"child", "beneficiary"} {
			work = append(work, Work{Unit: unit, List: list, Open: open, Groups: 4, Settles: min(open, 90)})
		}
	}
	return work
}

// run looks every half hour, except where the service is down.
func (h *host) run(from, to time.Time, down func(time.Time) bool) {
	for now := from; now.Before(to); now = now.Add(30 * time.Minute) {
		if !down(now) {
			h.tick(now)
		}
	}
}

// scripted is how the sixteen communes went about the plan.
func scripted(h *host) {
	of := func(event Event, list string, to Party, units ...string) []Fact {
		var facts []Fact
		for _, unit := range units {
			facts = append(facts, Fact{Event: event, List: list, Unit: unit, To: to})
		}
		return facts
	}
	none, u := Party{}, h.c.Units
	const child, beneficiary = "child", "beneficiary"
	reviewed := func(month, day, hour int, list string, units ...string) {
		h.on(month, day, hour, of(ReviewDone, list, none, units...)...)
		h.on(month, day, hour, of(HandedOver, list, communePolice, units...)...)
	}

	h.on(10, 2, 10, of(ListReceived, child, communeOfficer, u...)...)
	h.on(10, 3, 7, of(ListReceived, beneficiary, communeOfficer, u[:14]...)...)
	h.on(10, 4, 15, of(ListReceived, beneficiary, communeOfficer, u[14:]...)...) // a day late

	reviewed(10, 11, 9, child, u[:10]...)
	reviewed(10, 13, 10, child, u[10:14]...)
	reviewed(10, 17, 9, child, u[14])  // late
	reviewed(10, 24, 10, child, u[15]) // so late that the district is told
	h.on(10, 13, 7, of(Returned, child, communeOfficer, u[:10]...)...)
	h.on(10, 13, 7, of(Returned, child, districtSupervisor, u[:10]...)...)
	h.on(10, 13, 16, of(Returned, child, communeOfficer, u[10:14]...)...)
	h.on(10, 16, 15, of(Returned, child, districtSupervisor, u[10:14]...)...) // one receiver later than the other
	h.on(10, 19, 10, of(Returned, child, communeOfficer, u[14])...)
	h.on(10, 19, 10, of(Returned, child, districtSupervisor, u[14])...)
	h.on(10, 31, 10, of(Returned, child, communeOfficer, u[15])...)
	h.on(10, 31, 10, of(Returned, child, districtSupervisor, u[15])...)
	h.on(11, 6, 15, of(Updated, child, none, u[:15]...)...)
	h.on(11, 8, 15, of(Updated, child, none, u[15])...)

	reviewed(10, 5, 16, beneficiary, u[:12]...)
	reviewed(10, 12, 10, beneficiary, u[12:]...)
	h.on(10, 13, 10, of(Returned, beneficiary, districtSupervisor, append(slices.Clone(u[:13]), u[14:]...)...)...)
	h.on(10, 20, 10, of(Returned, beneficiary, districtSupervisor, u[13])...)
	h.on(10, 25, 10, of(Updated, beneficiary, none, u[:14]...)...)
	h.on(10, 30, 10, of(Updated, beneficiary, none, u[14])...)
	h.on(11, 2, 10, of(Updated, beneficiary, none, u[15])...)

	h.on(11, 14, 15, Fact{Event: Reported, Unit: "118"})
}

// downInNovember is a time without service over a weekend, from Friday evening to Tuesday morning.
func downInNovember(at time.Time) bool {
	return at.After(time.Date(2023, 11, 3, 17, 0, 0, 0, hanoi)) && at.Before(time.Date(2023, 11, 7, 10, 0, 0, 0, hanoi))
}

var (
	planStart = time.Date(2023, 9, 30, 0, 0, 0, 0, hanoi)
	planEnd   = time.Date(2023, 11, 16, 0, 0, 0, 0, hanoi)
)

// TestBacYen runs the plan from its first day to its last under a moved clock. The golden file holds every message, with all who
// get the same one on one line.
func TestBacYen(t *testing.T) {
	c, p := bacYenPlan(t)
	h := newHost(t, c, p)
	scripted(h)
	h.run(planStart, planEnd, downInNovember)

	if len(h.script) > 0 {
		t.Errorf("%d facts of the script did not happen", len(h.script))
	}
	for id, row := range h.waiting {
		if !row.Day.After(day(2023, 11, 15)) {
			t.Errorf("%s was left over", id)
		}
	}
	h.obeyed()
	golden(t, "testdata/bac-yen-2023.txt", h.transcript("vi"))
	golden(t, "testdata/bac-yen-2023-en.txt", h.transcript("en"))
}

// obeyed checks what holds for every run.
func (h *host) obeyed() {
	told := map[string]bool{}
	for _, s := range h.sent {
		if !h.c.Rules.Open(h.p.Calendar, s.at) {
			h.t.Errorf("%s was sent out of hours, %v", s.r.Slot, s.at)
		}
		if len(s.r.Items) == 0 {
			h.t.Errorf("%s says nothing", s.r.Slot)
		}
		for _, id := range s.r.Rows {
			if told[id] {
				h.t.Errorf("%s was sent twice", id)
			}
			told[id] = true
			if h.settled[id] != Sent {
				h.t.Errorf("%s was sent and settled as %q", id, h.settled[id])
			}
		}
	}
}

// transcript writes what was sent, and how many rows came to what.
func (h *host) transcript(lang string) string {
	catalog, err := locales.New()
	if err != nil {
		h.t.Fatal(err)
	}
	printer := catalog.Printer(lang)
	var out strings.Builder
	to := map[string][]string{}
	var heads []string // "when who", and what, in the order of the first
	for _, s := range h.sent {
		var lines []string
		for _, line := range s.r.Lines(h.c, h.p.Tree) {
			lines = append(lines, "    "+words(printer, line))
		}
		head := fmt.Sprintf("%s %s\x00%s", s.at.Format("Mon 02/01/2006 15:04"), words(printer, h.c.PartyName(s.r.To)), strings.Join(lines, "\n"))
		if to[head] == nil {
			heads = append(heads, head)
		}
		to[head] = append(to[head], title(h.p.Tree, s.r.ToUnit))
	}
	for _, head := range heads {
		who, body, _ := strings.Cut(head, "\x00")
		fmt.Fprintf(&out, "%s → %d: %s\n%s\n", who, len(to[head]), strings.Join(to[head], ", "), body)
	}
	counts := map[Outcome]int{}
	for _, outcome := range h.settled {
		counts[outcome]++
	}
	fmt.Fprintf(&out, "\nmessages %d\n", len(h.sent))
	for _, outcome := range slices.Sorted(maps.Keys(counts)) {
		fmt.Fprintf(&out, "rows %s %d\n", outcome, counts[outcome])
	}
	return out.String()
}

// words says a text, the texts among its arguments first.
func words(p locales.Printer, text fault.Text) string {
	args := map[string]any{}
	for name, value := range text.Args {
		if inner, ok := value.(fault.Text); ok {
			value = words(p, inner)
		}
		args[name] = value
	}
	return p.Text(text.Key, args)
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}
