package match

import (
	"maps"
	"slices"

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
}

// Update is what a list sent again brings.
type Update struct {
	Pairs   map[int]int // record of the new list → record of the old one
	New     []int       // people of the new list who were not on the old one
	Gone    []int       // people of the old list who are not on the new one
	Differs []Difference
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
// birth date; each only where it leads to one person on either side. Who is not found this way is new, or gone: a
// guess would give one child another's corrections.
func Pair(before, now *roster.Roster) Update {
	u := Update{Pairs: map[int]int{}}
	taken := map[int]bool{}
	for _, key := range []func(*roster.Roster, int) string{softwareKey, numberKey, nameKey} {
		old, fresh := index(before, key), index(now, key)
		for _, k := range slices.Sorted(maps.Keys(fresh)) {
			o, n := old[k], fresh[k]
			if len(o) != 1 || len(n) != 1 || taken[o[0]] {
				continue
			}
			if _, paired := u.Pairs[n[0]]; !paired {
				u.Pairs[n[0]] = o[0]
				taken[o[0]] = true
			}
		}
	}
	for i := range now.Records {
		if _, paired := u.Pairs[i]; !paired {
			u.New = append(u.New, i)
		}
	}
	for i := range before.Records {
		if !taken[i] {
			u.Gone = append(u.Gone, i)
		}
	}
	return u
}

func softwareKey(ro *roster.Roster, rec int) string {
	return viet.Fold(ro.Raw(rec, roster.SoftwareCode).Text)
}

func numberKey(ro *roster.Roster, rec int) string {
	number, _ := Keys(ro, rec)
	return number
}

func nameKey(ro *roster.Roster, rec int) string {
	_, name := Keys(ro, rec)
	return name
}

// index lists the records under each key; people without the key are left out.
func index(ro *roster.Roster, key func(*roster.Roster, int) string) map[string][]int {
	at := map[string][]int{}
	for i := range ro.Records {
		if k := key(ro, i); k != "" {
			at[k] = append(at[k], i)
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
		ids[before.Records[o].ID] = now.Records[n].ID
	}
	for _, n := range slices.Sorted(maps.Keys(u.Pairs)) {
		o := u.Pairs[n]
		carried := before.Records[o].Decided
		carried.Fixed = u.fixes(before, now, o, n)
		carried.Waived = maps.Clone(carried.Waived)
		carried.SameAs = ids[carried.SameAs]
		if carried.Status == roster.Duplicate && carried.SameAs == "" {
			carried.Status = roster.InScope // the other one is gone: there is nothing to be a double of
		}
		carried.NotSame = renamed(carried.NotSame, ids)
		now.Records[n].Decided = carried
	}
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
func (u *Update) fixes(before, now *roster.Roster, o, n int) map[roster.Field]roster.Fix {
	kept := map[roster.Field]roster.Fix{}
	for _, f := range slices.Sorted(maps.Keys(before.Records[o].Decided.Fixed)) {
		fix := before.Records[o].Decided.Fixed[f]
		was, is := before.Raw(o, f).Text, now.Raw(n, f).Text
		switch {
		case is == fix.Value:
			continue // the software has it
		case fix.By == roster.ByProgram && is != was:
			continue // tidied automatically: the new value is tidied anew
		case is != was:
			u.Differs = append(u.Differs, Difference{Record: n, Field: f, Ours: fix.Value, Theirs: is})
		}
		kept[f] = fix
	}
	if len(kept) == 0 {
		return nil
	}
	return kept
}
