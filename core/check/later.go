package check

import (
	"maps"
	"slices"
)

// checkLater tells what a list sent again left for somebody to decide: values that were corrected here and that the software
// now writes in a third way, and people who may be those of the earlier state.
func checkLater(v *RowView) {
	d := v.record.Decided()
	for _, field := range slices.Sorted(maps.Keys(d.Fixed)) {
		fix := d.Fixed[field]
		if !fix.Differs {
			continue
		}
		f := v.add(Finding{Code: "match.differs", Field: field, Value: v.ro.Raw(v.rec, field).Text})
		f.put("Was", fix.Was)
		f.put("Ours", fix.Value)
	}
	if e := d.Earlier; e != nil {
		f := v.add(Finding{Code: "match.likely", Value: v.name.Text})
		f.put("Row", e.Row)
		f.put("Name", e.Name)
		f.put("Birth", e.Birth)
		f.put("Mother", e.Mother)
	}
}
