package handlers

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"lamsach/core/campaign"
	"lamsach/core/fault"
	"lamsach/core/viet"
)

// formDeed records what has happened in a campaign. Its argument is a deedAbout.
const formDeed = "deed"

// mostRemark is how long a remark may be, in letters.
const mostRemark = 300

// deedForm asks when, how many, and what else stands on the paper.
func deedForm() form {
	event := func(d draft) campaign.Event { return parseDeedAbout(d.Arg).event }
	one := func(d draft) bool { return event(d) != campaign.Reported && unitOf(d) != allUnits }
	back := func(d draft) bool { return event(d) == campaign.Returned }
	return form{
		steps: []formStep{
			{id: "unit", when: func(d draft) bool { return parseDeedAbout(d.Arg).unit == "" }, ask: askDeedUnit, take: takeDeedUnit},
			{id: "on", ask: askDeedDay, take: takeDeedDay},
			{id: "count", when: one, ask: askDeedCount, take: takeDeedCount, number: true},
			{id: "numbered", when: back, ask: askNumbered, take: takeNumbered, number: true},
			{id: "reasons", when: func(d draft) bool { return back(d) && number(d, "numbered") < number(d, "count") }, ask: askReasons, take: takeReasons},
			{id: "remark", ask: askDeed("deed.ask.remark"), take: takeRemark, optional: true},
			{id: "photo", ask: askDeed("deed.ask.photo"), take: takePhoto, optional: true, file: true},
			{id: "sure", ask: askDeedSure, take: takeSure},
		},
		done: recordDeed,
	}
}

// deedView begins a question with what is being recorded.
func (t *turn) deedView(ctx context.Context, d draft) (view, deed, error) {
	var v view
	x, err := t.theDeed(ctx, d.Arg)
	if err != nil {
		return v, x, err
	}
	what := fault.T("deed.name.list", "Event", x.ch.Event.Name(), "List", campaign.ListName(x.ch.List))
	if units := x.units(d); len(units) > 0 {
		what = t.deedName(x.ch.Event, x.ch.List, units)
	}
	v.strong("deed.head", "What", what)
	return v, x, nil
}

func askDeed(key string) func(context.Context, *turn, draft) (view, error) {
	return func(ctx context.Context, t *turn, d draft) (view, error) {
		v, _, err := t.deedView(ctx, d)
		v.line(key)
		return v, err
	}
}

// pickedUnits is how many units are offered as buttons; others are typed.
const pickedUnits = 8

func askDeedUnit(ctx context.Context, t *turn, d draft) (view, error) {
	v, x, err := t.deedView(ctx, d)
	if err != nil {
		return v, err
	}
	v.line("deed.ask.unit", "N", len(x.ready))
	for _, unit := range x.ready[:min(len(x.ready), pickedUnits)] {
		v.row(choice(pick(unit), "deed.unit", "Name", shorten(t.unitName(unit), 40)))
	}
	if x.ch.Event == campaign.Updated && len(x.ready) > 1 {
		v.row(choice(pick(allUnits), "deed.all_units", "N", len(x.ready)))
	}
	return v, nil
}

func takeDeedUnit(ctx context.Context, t *turn, d *draft, in input) error {
	x, err := t.theDeed(ctx, d.Arg)
	if err != nil {
		return err
	}
	unit := in.Choice
	if unit == "" {
		if unit, err = t.unitTyped(x.ready, in.Text); err != nil {
			return err
		}
	}
	if unit == allUnits && x.ch.Event == campaign.Updated && len(x.ready) > 0 {
		d.Values["unit"] = unit
		return nil
	}
	if !slices.Contains(x.ready, unit) {
		return fault.New(fault.Invalid, "deed.bad.unit")
	}
	if err := t.may(x.ch.Do, unit); err != nil {
		return err
	}
	d.Values["unit"] = unit
	return nil
}

// unitTyped finds one of some units by its code or name, with or without its kind and its marks.
func (t *turn) unitTyped(codes []string, text string) (string, error) {
	typed := strings.Trim(viet.Squeeze(viet.Fold(text)), ". ")
	var found []string
	for _, code := range codes {
		u, _ := t.tree.Unit(code)
		if code == strings.TrimSpace(text) || typed != "" && (typed == viet.Fold(u.Title()) || typed == viet.Fold(u.Name)) {
			found = append(found, code)
		}
	}
	switch len(found) {
	case 0:
		return "", fault.New(fault.Invalid, "deed.bad.unit")
	case 1:
		return found[0], nil
	}
	return "", fault.New(fault.Invalid, "deed.bad.unit_many", "Name", shorten(text, 40))
}

func askDeedDay(ctx context.Context, t *turn, d draft) (view, error) {
	v, _, err := t.deedView(ctx, d)
	v.line("deed.ask.on")
	today := t.b.today()
	v.row(choice(pick(today.String()), "deed.today", "Day", today), choice(pick(today.AddDays(-1).String()), "deed.yesterday", "Day", today.AddDays(-1)))
	return v, err
}

func takeDeedDay(ctx context.Context, t *turn, d *draft, in input) error {
	x, err := t.theDeed(ctx, d.Arg)
	if err != nil {
		return err
	}
	today := t.b.today()
	day, err := campaign.ParseDay(in.Choice+in.Text, today)
	switch {
	case err != nil:
		return err
	case day.After(today):
		return fault.New(fault.Invalid, "campaign.fact.future", "Day", day)
	case day.Before(x.c.Start()):
		return fault.New(fault.Invalid, "campaign.fact.early", "Day", day, "Start", x.c.Start())
	}
	d.Values["on"] = day.String()
	return nil
}

// likely is what another receiver has said of the same return; false when nobody has.
func (x deed) likely(unit string) (campaign.Fact, bool) {
	for _, f := range x.facts.Done {
		if f.Event == x.ch.Event && f.List == x.ch.List && f.Unit == unit {
			return f, true
		}
	}
	return campaign.Fact{}, false
}

func askDeedCount(ctx context.Context, t *turn, d draft) (view, error) {
	v, x, err := t.deedView(ctx, d)
	if err != nil {
		return v, err
	}
	v.line("deed.ask.count")
	expected := x.facts.Expected(x.ch.List, x.ch.Event, unitOf(d))
	if f, ok := x.likely(unitOf(d)); ok {
		expected = f.Count
	}
	if expected > 0 {
		v.row(choice(pick(strconv.Itoa(expected)), "deed.people", "N", expected))
	}
	return v, nil
}

func takeDeedCount(ctx context.Context, t *turn, d *draft, in input) error {
	x, err := t.theDeed(ctx, d.Arg)
	if err != nil {
		return err
	}
	n, err := wholeNumber(in)
	if err != nil || n < 1 {
		return fault.New(fault.Invalid, "campaign.fact.count")
	}
	if most := x.facts.Expected(x.ch.List, x.ch.Event, unitOf(*d)); most > 0 && n > most {
		return fault.New(fault.Invalid, "campaign.fact.too_many", "N", n, "Most", most)
	}
	d.Values["count"] = strconv.Itoa(n)
	return nil
}

// wholeNumber reads a typed or picked number, "1 240" too.
func wholeNumber(in input) (int, error) {
	return strconv.Atoi(strings.NewReplacer(" ", "", ".", "", "\u00a0", "").Replace(in.Choice + in.Text))
}

func askNumbered(ctx context.Context, t *turn, d draft) (view, error) {
	v, x, err := t.deedView(ctx, d)
	if err != nil {
		return v, err
	}
	n := number(d, "count")
	v.line("deed.ask.numbered", "N", n)
	if f, ok := x.likely(unitOf(d)); ok && f.Numbered <= n {
		n = f.Numbered
	}
	v.row(choice(pick(strconv.Itoa(n)), "deed.people", "N", n))
	return v, nil
}

func takeNumbered(_ context.Context, _ *turn, d *draft, in input) error {
	n, err := wholeNumber(in)
	if err != nil || n < 0 || n > number(*d, "count") {
		return fault.New(fault.Invalid, "deed.bad.numbered", "N", number(*d, "count"))
	}
	d.Values["numbered"] = strconv.Itoa(n)
	return nil
}

// reasonWords are what people write for the reasons, folded.
var reasonWords = []struct{ word, reason string }{
	{"khong tim thay", campaign.ReasonUnknown}, {"khong co", campaign.ReasonUnknown}, {"khac", campaign.ReasonDiffers},
	{"sai", campaign.ReasonDiffers}, {"giay", campaign.ReasonPapers}, {"thieu", campaign.ReasonPapers},
	{"noi khac", campaign.ReasonElsewhere}, {"xa khac", campaign.ReasonElsewhere}, {"chua ro", campaign.ReasonUnstated}, {"khong ro", campaign.ReasonUnstated},
}

var typedReason = regexp.MustCompile(`(\d+)\D+`)

func askReasons(ctx context.Context, t *turn, d draft) (view, error) {
	v, x, err := t.deedView(ctx, d)
	if err != nil {
		return v, err
	}
	rest := number(d, "count") - number(d, "numbered")
	v.line("deed.ask.reasons", "N", rest)
	if f, ok := x.likely(unitOf(d)); ok && sumOf(f.Unverified) == rest {
		v.row(choice(pick("same"), "deed.same_reasons"))
	}
	for _, reason := range campaign.Reasons() {
		v.row(choice(pick(reason), "deed.all_of_reason", "Reason", fault.T("deed.reason."+reason), "N", rest))
	}
	return v, nil
}

func sumOf(counts map[string]int) int {
	sum := 0
	for _, n := range counts {
		sum += n
	}
	return sum
}

func takeReasons(ctx context.Context, t *turn, d *draft, in input) error {
	rest := number(*d, "count") - number(*d, "numbered")
	counts := map[string]int{}
	switch {
	case in.Choice == "same":
		x, err := t.theDeed(ctx, d.Arg)
		if err != nil {
			return err
		}
		if f, ok := x.likely(unitOf(*d)); ok {
			counts = f.Unverified
		}
	case slices.Contains(campaign.Reasons(), in.Choice):
		counts[in.Choice] = rest
	default:
		counts = readReasons(in.Text)
	}
	if sumOf(counts) != rest {
		return fault.New(fault.Invalid, "deed.bad.reasons", "N", rest, "Sum", sumOf(counts))
	}
	for _, reason := range campaign.Reasons() {
		d.Values["reason."+reason] = strconv.Itoa(counts[reason])
	}
	return nil
}

// readReasons reads "9 không tìm thấy, 4 khác họ tên".
func readReasons(text string) map[string]int {
	counts := map[string]int{}
	for _, part := range typedReason.FindAllStringSubmatch(viet.Fold(text)+" ", -1) {
		n, err := strconv.Atoi(part[1])
		if err != nil {
			return nil
		}
		reason, longest := "", 0
		for _, w := range reasonWords {
			if len(w.word) > longest && strings.Contains(part[0], w.word) {
				reason, longest = w.reason, len(w.word)
			}
		}
		if reason == "" {
			return nil
		}
		counts[reason] += n
	}
	return counts
}

// unverifiedOf is what a draft holds of reasons; nil when all got a number.
func unverifiedOf(d draft) map[string]int {
	if number(d, "numbered") >= number(d, "count") {
		return nil
	}
	counts := map[string]int{}
	for _, reason := range campaign.Reasons() {
		if n := number(d, "reason."+reason); n > 0 {
			counts[reason] = n
		}
	}
	return counts
}

func takeRemark(_ context.Context, _ *turn, d *draft, in input) error {
	text := strings.TrimSpace(viet.NFC(in.Text))
	if text == "" || utf8.RuneCountInString(text) > mostRemark {
		return fault.New(fault.Invalid, "deed.bad.remark", "Most", mostRemark)
	}
	d.Values["remark"] = text
	return nil
}

func askDeedSure(ctx context.Context, t *turn, d draft) (view, error) {
	v, x, err := t.deedView(ctx, d)
	if err != nil {
		return v, err
	}
	day, err := campaign.ParseDay(d.Values["on"], t.b.today())
	if err != nil {
		return v, err
	}
	v.line("deed.sure.day", "Day", day)
	people := 0
	for _, unit := range x.units(d) {
		f, err := x.fact(d, unit, t)
		if err != nil {
			return v, err
		}
		people += f.Count
	}
	if x.ch.Event != campaign.Reported {
		v.line("deed.sure.people", "N", people)
	}
	if x.ch.Event == campaign.Returned {
		v.line("deed.sure.numbered", "N", number(d, "numbered"))
		for _, reason := range campaign.Reasons() {
			if n := unverifiedOf(d)[reason]; n > 0 {
				v.line("deed.sure.reason", "Reason", fault.T("deed.reason."+reason), "N", n)
			}
		}
	}
	for _, p := range x.ch.To {
		v.line("deed.sure.to", "Party", x.c.PartyName(p))
	}
	if text := d.Values["remark"]; text != "" {
		v.line("deed.remark", "Text", text)
	}
	if d.Values["photo"] != "" {
		v.line("deed.sure.photo")
	}
	v.row(choice(pick("yes"), "deed.button.record"))
	return v, nil
}
