package check

import (
	"slices"
	"strings"
)

// Elsewhere is the rule that tells of people who stand in the lists of other units too. hits gives, by Record.ID, the names
// of those units: whoever keeps the lists compares keyed hashes, and no more than the names leaves it.
func Elsewhere(hits map[string][]string) Rule {
	return Rule{Name: "elsewhere", Codes: []string{"record.elsewhere"}, Row: func(v *RowView) {
		units := slices.Clone(hits[v.record.ID()])
		if len(units) == 0 {
			return
		}
		slices.Sort(units)
		f := v.add(Finding{Code: "record.elsewhere", Value: v.name.Text})
		f.put("Units", strings.Join(slices.Compact(units), ", "))
	}}
}
