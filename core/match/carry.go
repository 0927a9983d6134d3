package match

import (
	"maps"
	"slices"
	"strings"

	"lamsach/core/alike"
	"lamsach/core/civil"
	"lamsach/core/person"
	"lamsach/core/roster"
	"lamsach/core/viet"
)

// Difference is a value that the officer corrected and that the list sent again says otherwise, neither as it was before nor
// as it was corrected. The correction stays; somebody has to know.
type Difference struct {
	Record int // in the new list
	Field  roster.Field
	Ours   string // the officer's correction
	Theirs string // what the new list says
	Was    string // what the old list said when it was corrected
}

// Update is what a list sent again brings.
type Update struct {
	Pairs   map[int]int // record of the new list → record of the old one
	New     []int       // people of the new list who were not on the old one
	Gone    []int       // people of the old list who are not on the new one
	Differs []Difference
	Likely  []Likely // of New and Gone: who may be one; see Score
}

// Same tells what share of the smaller list's people stand on the other one: near 1 for a list sent again.
func (u Update) Same(before, now *roster.Roster) float64 {
	least := min(len(before.Records), len(now.Records))
	if least == 0 {
		return 0
	}
	return float64(len(u.Pairs)) / float64(least)
}

// Pair finds the people of a list again on the list sent later: by the software's code, then by number, then by name and
// birth date; each only where it leads to one person on either side, and where the rest of what is known does not speak against
// it: codes are given anew, and a number may have stood in the wrong row. Who is not found this way is new, or gone, until Score has looked
// closer.
func Pair(before, now *roster.Roster) Update {
	u := Update{Pairs: map[int]int{}}
	taken := map[int]bool{}
	var w alike.Weigher
	earlier, later := newKeyed(before), newKeyed(now)
	for _, key := range []func(keyed, int) string{keyed.software, keyed.number, keyed.name} {
		old, fresh := earlier.index(key), later.index(key)
		for _, k := range slices.Sorted(maps.Keys(fresh)) {
			o, n := old[k], fresh[k]
			if len(o) != 1 || len(n) != 1 || taken[o[0]] {
				continue
			}
			if _, paired := u.Pairs[n[0]]; !paired && agree(&w, before, now, o[0], n[0]) {
				u.Pairs[n[0]] = o[0]
				taken[o[0]] = true
			}
		}
	}
	u.sortOut(before, now)
	return u
}

// sortOut tells who is new and who is gone.
func (u *Update) sortOut(before, now *roster.Roster) {
	u.New, u.Gone = nil, nil
	taken := map[int]bool{}
	for i := range now.Records {
		if o, paired := u.Pairs[i]; paired {
			taken[o] = true
		} else {
			u.New = append(u.New, i)
		}
	}
	for i := range before.Records {
		if !taken[i] {
			u.Gone = append(u.Gone, i)
		}
	}
}

// agree tells whether two people with one key are one by what else is known: name or birth date are the same or not known, or
// more agrees than differs.
func agree(w *alike.Weigher, before, now *roster.Roster, o, n int) bool {
	later := newPeople(now, []int{n}).forms[0]
	for _, earlier := range newPeople(before, []int{o}).forms {
		a, b := &earlier.who, &later.who
		if a.Name == 0 || b.Name == 0 || a.Birth != 0 && a.Birth == b.Birth {
			return true
		}
		if weighed, ok := w.Weigh(a, b, earlier.texts, later.texts, 1); ok && (weighed.SameName || weighed.Total >= 0) {
			return true
		}
	}
	return false
}

// keyed is a list with the keys of its people.
type keyed struct {
	ro   *roster.Roster
	keys []Keys
}

func newKeyed(ro *roster.Roster) keyed {
	k := keyed{ro: ro, keys: make([]Keys, len(ro.Records))}
	keyer := NewKeyer(ro)
	for i := range k.keys {
		k.keys[i] = keyer.Keys(i)
	}
	return k
}

func (k keyed) software(rec int) string { return viet.Fold(k.ro.Raw(rec, roster.SoftwareCode).Text) }

func (k keyed) number(rec int) string { return k.keys[rec].Number }

func (k keyed) name(rec int) string { return k.keys[rec].Name }

// index lists the records under each key; people without the key are left out.
func (k keyed) index(key func(keyed, int) string) map[string][]int {
	at := map[string][]int{}
	for i := range k.keys {
		if text := key(k, i); text != "" {
			at[text] = append(at[text], i)
		}
	}
	return at
}

// Carry takes what was decided on the old list over to the new one, field by field: a correction that the new list has
// taken up is dropped; where the new list says what the old one said, the correction stays; where it says something
// else, the correction stays and the difference is told. Ids in decisions become those of the new list.
func (u *Update) Carry(before, now *roster.Roster) {
	ids := map[string]string{}
	for n, o := range u.Pairs {
		ids[before.Records[o].ID()] = now.Records[n].ID()
	}
	for _, n := range slices.Sorted(maps.Keys(u.Pairs)) {
		kept, differs := carried(before, now, u.Pairs[n], n, ids)
		now.Records[n].Decide(kept)
		u.Differs = append(u.Differs, differs...)
	}
	for _, l := range u.Likely {
		kept, _ := carried(before, now, l.Before, l.Now, ids)
		if !decidedByOfficer(kept) {
			continue // there is nothing to keep, so there is nothing to ask
		}
		d := now.Records[l.Now].Decided()
		d.Earlier = &roster.Earlier{
			Row: before.Records[l.Before].Row, Name: before.Value(l.Before, roster.FullName).Text, Birth: before.Value(l.Before, roster.BirthDate).Text,
			Mother: before.Value(l.Before, roster.MotherName).Text, Kept: kept,
		}
		now.Records[l.Now].Decide(d)
	}
}

// carried gives what was decided on an old record as it holds for a new one.
func carried(before, now *roster.Roster, o, n int, ids map[string]string) (roster.Decisions, []Difference) {
	d := before.Records[o].Decided()
	var differs []Difference
	d.Fixed, differs = fixes(before, now, o, n)
	d.Waived = maps.Clone(d.Waived)
	maps.DeleteFunc(d.Waived, func(key, _ string) bool { return strings.HasPrefix(key, "match.") }) // of differences that were settled
	d.SameAs = ids[d.SameAs]
	if d.Status == roster.Duplicate && d.SameAs == "" {
		d.Status = roster.InScope // the other one is gone: there is nothing to be a double of
	}
	d.NotSame = renamed(d.NotSame, ids)
	d.Earlier = nil // of a list before the last
	return d, differs
}

// decidedByOfficer tells whether anything was decided that an officer would have to decide again.
func decidedByOfficer(d roster.Decisions) bool {
	for _, fix := range d.Fixed {
		if fix.By == roster.ByOfficer {
			return true
		}
	}
	d.Fixed = nil
	return !d.IsZero()
}

func renamed(before []string, ids map[string]string) []string {
	var now []string
	for _, id := range before {
		if next := ids[id]; next != "" {
			now = append(now, next)
		}
	}
	return now
}

// fixes carries the corrected values of one person.
func fixes(before, now *roster.Roster, o, n int) (map[roster.Field]roster.Fix, []Difference) {
	kept := map[roster.Field]roster.Fix{}
	var differs []Difference
	fixed := before.Records[o].Fixed()
	for _, f := range slices.Sorted(maps.Keys(fixed)) {
		fix := fixed[f]
		was, is := before.Raw(o, f), now.Raw(n, f)
		switch {
		case same(f, is, roster.Value{Kind: roster.Text, Text: fix.Value}):
			continue // the software has it
		case fix.By == roster.ByProgram && is.Text != was.Text:
			continue // tidied automatically: the new value is tidied anew
		case !same(f, is, was):
			fix.Differs, fix.Was = true, was.Text
			differs = append(differs, Difference{Record: n, Field: f, Ours: fix.Value, Theirs: is.Text, Was: was.Text})
		}
		kept[f] = fix
	}
	if len(kept) == 0 {
		return nil, differs
	}
	return kept, differs
}

// same tells whether two values of a field say the same, however they are written: a date as a text and as a date.
func same(f roster.Field, a, b roster.Value) bool {
	if viet.Tidy(a.Text) == viet.Tidy(b.Text) {
		return true
	}
	switch f {
	case roster.BirthDate, roster.FatherBirth, roster.MotherBirth:
		x, y := person.ReadBirthDate(raw(a), civil.Date{}).Value, person.ReadBirthDate(raw(b), civil.Date{}).Value
		return x == y && !x.IsZero()
	case roster.Sex:
		x, y := person.ReadSex(raw(a)).Value, person.ReadSex(raw(b)).Value
		return x == y && x != person.UnknownSex
	case roster.Ethnicity:
		x, y := person.ReadEthnicity(raw(a)).Value, person.ReadEthnicity(raw(b)).Value
		return x == y && x != ""
	}
	return false
}
