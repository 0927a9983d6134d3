package review

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"lamsach/core/check"
	"lamsach/core/person"
	"lamsach/core/roster"
)

// view is the list as it is during one turn, with what is computed of it once.
type view struct {
	*Desk
	all       []check.Finding // everything that is open
	open      []check.Finding // that somebody has to answer, in the order of the walk
	places    []int           // per record: its place in the walk
	grouped   []group
	areGroups bool
	judged    *Pending // the answer that doubts are about
	doubts    []check.Finding
}

// look gives the list as it lies on the desk: as it was looked at last while no finding has changed.
func look(d *Desk) *view {
	all := d.Checker.Findings()
	if v := d.looked; v != nil && v.Desk == d && len(all) > 0 && len(v.all) == len(all) && &v.all[0] == &all[0] {
		v.judged, v.doubts = nil, nil
		return v
	}
	d.looked = newView(d, all)
	return d.looked
}

// newView reads the open findings off the desk.
func newView(d *Desk, all []check.Finding) *view {
	if d.walk == nil || len(d.walk) != len(d.Roster.Records) {
		d.walk = places(d.Roster)
	}
	v := &view{Desk: d, places: d.walk, all: all}
	asked := map[pairKey]bool{}
	var ranks []rank
	for i := range v.all {
		f := &v.all[i]
		if !v.asks(f) {
			continue
		}
		if len(f.Related) > 0 && isPair(f.Code) {
			key := pairKey{f.Code, min(f.Record, slices.Min(f.Related))}
			if asked[key] {
				continue
			}
			asked[key] = true
		}
		r := v.rank(f.Record, f.Code, f.Field)
		r.at = i
		ranks = append(ranks, r)
	}
	slices.SortFunc(ranks, func(a, b rank) int { return cmp.Or(a.compare(b), cmp.Compare(a.at, b.at)) })
	v.open = make([]check.Finding, len(ranks))
	for i, r := range ranks {
		v.open[i] = v.all[r.at]
	}
	return v
}

type pairKey struct {
	code  string
	first int
}

// asks tells whether the finding is a question to the officer: it is not when it is only shown, when it is about the
// file, and when the police are to give the number.
func (v *view) asks(f *check.Finding) bool {
	switch {
	case f.Record < 0 || f.Echo:
		return false
	case f.Code == codeMissingID:
		return !v.Roster.Records[f.Record].Decided().Police
	case f.Code == codeLeftScope:
		return true
	}
	return f.Severity != check.Info
}

// isPair tells whether the finding stands at every row it is about, while one answer settles it.
func isPair(code string) bool {
	switch code {
	case codeDuplicate, codeLikelyDuplicate, codeSharedID:
		return true
	}
	return false
}

// rank is the place of a question in the walk: person by person, and of one person what decides most first.
type rank struct {
	place, step int
	code        string
	field       roster.Field
	at          int // among all that is open; of no account in the walk
}

func (a rank) compare(b rank) int {
	if a.place != b.place { // nearly always
		return cmp.Compare(a.place, b.place)
	}
	return cmp.Or(cmp.Compare(a.step, b.step), cmp.Compare(a.code, b.code), cmp.Compare(a.field, b.field))
}

func (v *view) rank(record int, code string, field roster.Field) rank {
	return rank{place: v.places[record], step: step(code, field), code: code, field: field}
}

// step orders one person's questions: whether he belongs to the list at all, then the basic fields, then numbers.
func step(code string, field roster.Field) int {
	area, _, _ := strings.Cut(code, ".")
	switch {
	case code == codeLeftScope:
		return 0
	case area == "record", code == codeMaybe:
		return 1
	case code == codeOverAge:
		return 2
	case area == "full_name":
		return 3
	case area == "birth_date":
		return 4
	case area == "sex":
		return 5
	case area == "ethnicity":
		return 6
	case area == "family", strings.HasSuffix(area, "_name"):
		return 7
	case area == "personal_id" && field <= roster.PersonalID:
		return 8
	case area == "category":
		return 9
	}
	return 10
}

// places orders the people hamlet by hamlet and in it household by household, each in the order of first appearance.
// Only what was sent in counts, so that no answer moves anybody.
func places(ro *roster.Roster) []int {
	type home struct{ hamlet, house, record int }
	type shared struct {
		hamlet int
		homeOf
	}
	homes := make([]home, len(ro.Records))
	hamlets, houses := map[string]int{}, make(map[shared]int, len(ro.Records))
	reader := roster.NewCellReader(ro)
	for i := range ro.Records {
		cells := reader.Cells(i)
		homes[i] = home{record: i, hamlet: appeared(hamlets, rawHamlet(ro, i, cells), i), house: i}
		if house := household(ro, i, cells); house != (homeOf{}) {
			homes[i].house = appeared(houses, shared{homes[i].hamlet, house}, i)
		}
	}
	slices.SortFunc(homes, func(a, b home) int {
		return cmp.Or(cmp.Compare(a.hamlet, b.hamlet), cmp.Compare(a.house, b.house), cmp.Compare(a.record, b.record))
	})
	order := make([]int, len(homes))
	for place, h := range homes {
		order[h.record] = place
	}
	return order
}

// appeared gives the first record with a key, and remembers it.
func appeared[K comparable](first map[K]int, key K, record int) int {
	if at, ok := first[key]; ok {
		return at
	}
	first[key] = record
	return record
}

func rawHamlet(ro *roster.Roster, record int, cells []roster.Cell) string {
	if text := strings.TrimSpace(ro.RawIn(record, cells, roster.Village).Text); text != "" {
		return text
	}
	return ro.Records[record].Group
}

// homeOf is what two children of one home share in the list.
type homeOf struct {
	field roster.Field
	text  string
}

// household is the household's code, or a parent's name.
func household(ro *roster.Roster, record int, cells []roster.Cell) homeOf {
	for _, f := range [...]roster.Field{roster.HouseholdCode, roster.MotherName, roster.FatherName, roster.GuardianName, roster.HouseholdHead, roster.Parents} {
		if text := strings.TrimSpace(ro.RawIn(record, cells, f).Text); text != "" {
			return homeOf{f, text}
		}
	}
	return homeOf{}
}

// knows tells whether the state can be shown on this list. A step that lost what it is about is left.
func (v *view) knows(s *State) bool {
	if s.Version != version {
		return false
	}
	date := s.picked()
	switch {
	case s.Pending == nil && s.Step != stepYear && s.Step != stepStatus,
		s.Step == stepMonth && date.Year == 0, s.Step == stepDay && date.Month == 0, s.Screen != onAsk:
		s.Step, s.Pending = stepNone, nil
	}
	if s.Screen == onAsk {
		_, ok := v.Roster.Find(s.Record)
		return ok
	}
	return slices.Contains(screens, s.Screen)
}

var screens = []string{onSummary, onFixed, onFixedOne, onGroup, onAll, onPick, onDid, onAsk, onEnd, onLeft}

// value is the text that holds for the person's field now.
func (v *view) value(record int, f roster.Field) string {
	return strings.TrimSpace(v.Roster.Value(record, f).Text)
}

func (v *view) raw(record int, f roster.Field) person.Raw {
	value := v.Roster.Value(record, f)
	return person.Raw{Text: value.Text, Numeric: value.Kind == roster.Number, Date: value.Kind == roster.Date}
}

func (v *view) birthDate(record int) person.Reading[person.BirthDate] {
	return person.ReadBirthDate(v.raw(record, roster.BirthDate), v.Today)
}

func (v *view) personalID(record int) person.Reading[person.PersonalID] {
	return person.ReadPersonalID(v.raw(record, roster.PersonalID))
}

func (v *view) sex(record int) person.Sex {
	return person.ReadSex(v.raw(record, roster.Sex)).Value
}

// tag is a short mark of texts that cannot be read back from it when they are many, as ids are.
func tag(texts ...string) string {
	h := fnv.New32a()
	for _, t := range texts {
		h.Write([]byte(t))
		h.Write([]byte{0})
	}
	return strconv.FormatUint(uint64(h.Sum32()), 36)
}
