package review

import (
	"slices"
	"strings"

	"lamsach/core/person"
	"lamsach/core/roster"
)

// ethnicPicks are the groups to choose from: what the text may mean, the parents' children's, the hamlet's, the list's.
func (q inquiry) ethnicPicks() []string {
	v, record := q.v, q.f.Record
	var picks []string
	add := func(name string) {
		if name != "" && len(picks) < 6 && !slices.Contains(picks, name) {
			picks = append(picks, name)
		}
	}
	add(q.f.Suggestion)
	for _, name := range person.ReadEthnicity(person.Raw{Text: q.f.Value}).Candidates {
		add(name)
	}
	reader := roster.NewCellReader(v.Roster)
	cells := reader.Cells(record)
	hamlet, house := rawHamlet(v.Roster, record, cells), household(v.Roster, record, cells)
	home, near, all := map[string]int{}, map[string]int{}, map[string]int{}
	for i := range v.Roster.Records {
		name := person.ReadEthnicity(v.raw(i, roster.Ethnicity)).Value
		if i == record || name == "" {
			continue
		}
		all[name]++
		cells := reader.Cells(i)
		if rawHamlet(v.Roster, i, cells) == hamlet {
			near[name]++
			if house != (homeOf{}) && household(v.Roster, i, cells) == house {
				home[name]++
			}
		}
	}
	for _, counts := range []map[string]int{home, near, all} {
		for _, name := range byCount(counts) {
			add(name)
		}
	}
	return picks
}

// byCount gives the names of a count, most frequent first.
func byCount(counts map[string]int) []string {
	names := make([]string, 0, len(counts))
	for name := range counts {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		if counts[a] != counts[b] {
			return counts[b] - counts[a]
		}
		return strings.Compare(a, b)
	})
	return names
}
