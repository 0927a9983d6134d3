package review

import (
	"maps"
	"slices"
	"strings"

	"lamsach/core/check"
	"lamsach/core/fault"
	"lamsach/core/roster"
)

// tally counts what a summary tells. Nothing is capped.
type tally struct {
	people, complete, review, waiting, left, fixed int
	noID, childIDs, parentIDs, lostZeros           int
	basic                                          map[string]int // people by part of the basic information
	pairs, elsewhere, overAge, leftScope           int
	differs, maybe                                 int
}

// basicParts are the parts of the basic information, in the order in which they are told.
var basicParts = []string{"birth_date", "ethnicity", "sex", "full_name", "family", "benefit"}

func (v *view) tally() tally {
	t := tally{people: len(v.Roster.Records), basic: map[string]int{}}
	waits := map[int]bool{}
	seen := map[question]bool{}
	count := func(record int, what string) bool {
		key := question{record: record, code: what}
		if seen[key] {
			return false
		}
		seen[key] = true
		return true
	}
	pairs := map[[2]int]bool{}
	for _, f := range v.all {
		if f.Record < 0 {
			continue
		}
		if f.Severity == check.Info {
			if f.Code == codeLeftScope && count(f.Record, f.Code) {
				t.leftScope++
			}
			continue
		}
		policed := f.Code == codeMissingID && v.Roster.Records[f.Record].Decided().Police
		waits[f.Record] = waits[f.Record] || !policed
		switch f.Code {
		case codeDiffers:
			t.differs++
		case codeMaybe:
			t.maybe++
		}
		switch f.Group {
		case check.NoID:
			if count(f.Record, "no_id") {
				t.noID++
			}
		case check.BadID:
			t.countNumber(f, count)
		case check.BasicInfo:
			if part := basicPart(f); count(f.Record, part) {
				t.basic[part]++
			}
		case check.Double:
			if f.Code == codeElsewhere && count(f.Record, f.Code) {
				t.elsewhere++
			}
			for _, other := range f.Related {
				pairs[[2]int{min(f.Record, other), max(f.Record, other)}] = true
			}
		case check.Scope:
			if count(f.Record, f.Code) {
				t.overAge++
			}
		}
	}
	t.pairs = len(pairs)
	for _, asked := range waits {
		if !asked {
			t.waiting++
		}
	}
	for i := range v.Roster.Records {
		rec := &v.Roster.Records[i]
		if rec.Status() != roster.InScope {
			t.left++
		}
		for _, fix := range rec.Fixed() {
			if fix.By == roster.ByProgram {
				t.fixed++
			}
		}
	}
	t.complete = t.people - t.left - len(waits)
	t.review = len(waits) - t.waiting
	return t
}

func (t *tally) countNumber(f check.Finding, count func(int, string) bool) {
	if isParentsNumber(f.Field) {
		if count(f.Record, f.Field.String()) {
			t.parentIDs++
		}
		return
	}
	if f.Code == codeLostZero && f.Fix == check.Checked && count(f.Record, f.Code) {
		t.lostZeros++
	}
	if count(f.Record, "personal_id") {
		t.childIDs++
	}
}

// basicPart is the heading under which a finding of the basic information is counted.
func basicPart(f check.Finding) string {
	area, _, _ := strings.Cut(f.Code, ".")
	switch {
	case slices.Contains(basicParts, area):
		return area
	case isBenefit(f.Field):
		return "benefit"
	}
	return "family"
}

func (v *view) drawSummary(s *State) Screen {
	t := v.tally()
	body := []Line{v.headline(t), v.totals(t), {}}
	if t.left > 0 {
		body = slices.Insert(body, 2, line(Plain, "review.summary.left", "N", t.left))
	}
	body = append(body, line(Plain, "review.summary.no_id", "N", t.noID))
	body = append(body, line(Plain, "review.summary.bad_id", "N", t.childIDs+t.parentIDs))
	var parts []fault.Text
	if t.lostZeros > 0 {
		parts = append(parts, fault.T("review.summary.lost_zeros", "N", t.lostZeros))
	}
	if t.parentIDs > 0 {
		parts = append(parts, fault.T("review.summary.parents", "N", t.parentIDs))
	}
	body = addParts(body, parts)
	sum := 0
	parts = nil
	for _, part := range basicParts {
		if n := t.basic[part]; n > 0 {
			sum += n
			parts = append(parts, fault.T("review.summary.part."+part, "N", n))
		}
	}
	body = addParts(append(body, line(Plain, "review.summary.basic_info", "N", sum)), parts)
	body = append(body, line(Plain, "review.summary.duplicate", "N", t.pairs))
	if t.elsewhere > 0 {
		body = addParts(body, []fault.Text{fault.T("review.summary.elsewhere", "N", t.elsewhere)})
	}
	body = append(body, line(Plain, "review.summary.scope", "N", t.overAge))
	if t.leftScope > 0 {
		body = append(body, line(Plain, "review.summary.left_scope", "N", t.leftScope))
	}
	if t.differs > 0 {
		body = append(body, line(Plain, "review.summary.differs", "N", t.differs))
	}
	if t.maybe > 0 {
		body = append(body, line(Plain, "review.summary.maybe", "N", t.maybe))
	}
	body = append(body, v.fileNotes()...)
	if v.Due != nil && len(v.open) > 0 {
		body = append(body, Line{Text: *v.Due})
	}
	var laid [][]Choice
	if len(v.open) > 0 {
		laid = append(laid, []Choice{choice("go", "review.choice.go")})
	}
	if t.fixed > 0 {
		laid = append(laid, []Choice{choice("fixed", "review.choice.fixed")})
	}
	if files := v.files(choice("marked", "review.choice.marked"), choice("export", "review.choice.export")); files != nil {
		laid = append(laid, files)
	}
	return Screen{Body: body, Choices: v.withNav(s, laid, false), Numbers: true}
}

// files gives the choices that ask for a workbook, to those who get one.
func (v *view) files(choices ...Choice) []Choice {
	if v.NoFiles {
		return nil
	}
	return choices
}

func addParts(body []Line, parts []fault.Text) []Line {
	if len(parts) == 0 {
		return body
	}
	return append(body, line(Plain, "review.summary.parts", "Parts", parts))
}

// headline names the list: unit, people, and the rows where there is one sheet.
func (v *view) headline(t tally) Line {
	key, pairs := "review.summary.headline", []any{"N", t.people}
	if v.Unit != "" {
		key, pairs = "review.summary.headline_unit", append(pairs, "Unit", v.Unit)
	}
	var where []fault.Text
	for _, sheet := range v.Roster.Sheets {
		if sheet.Records > 0 && len(where) < 3 {
			where = append(where, fault.T("review.summary.sheet", "Sheet", clip(sheet.Name, 24), "From", sheet.FirstRow, "To", sheet.LastRow))
		}
	}
	return line(Strong, key, append(pairs, "Where", where)...)
}

func (v *view) totals(t tally) Line {
	parts := []fault.Text{fault.T("review.summary.complete", "N", t.complete), fault.T("review.summary.review", "N", t.review)}
	if t.waiting > 0 {
		parts = append(parts, fault.T("review.summary.waiting", "N", t.waiting))
	}
	if t.fixed > 0 {
		parts = append(parts, fault.T("review.summary.fixed", "N", t.fixed))
	}
	return line(Plain, "review.parts", "Parts", parts)
}

const mostFileNotes = 5

// fileNotes tell what was found about the file and its columns.
func (v *view) fileNotes() []Line {
	var lines []Line
	for _, remark := range v.Roster.Remarks {
		lines = append(lines, Line{Text: remark, Style: Faint})
	}
	notes := v.aboutFile()
	for _, f := range notes[:min(len(notes), mostFileNotes)] {
		pairs := []any{"What", fieldText(f.Field)}
		for name, value := range f.Args {
			if name == "Looks" {
				looks, _ := roster.ParseField(value.(string))
				value = fieldText(looks)
			}
			pairs = append(pairs, name, value)
		}
		lines = append(lines, line(Faint, known("review.file.", f.Code), pairs...))
	}
	if n := len(notes) - mostFileNotes; n > 0 {
		lines = append(lines, line(Faint, "review.file.more", "N", n))
	}
	return lines
}

// aboutFile gives what was found about the file and its columns; an old font of several columns is one thing.
func (v *view) aboutFile() (notes []check.Finding) {
	old := -1
	for _, f := range v.all {
		switch {
		case f.Record >= 0, f.Args["Beside"] != nil: // a remark says who was not read
		case f.Code != "file.encoding" || old < 0:
			if f.Code == "file.encoding" {
				old = len(notes)
			}
			notes = append(notes, f)
		default:
			all := maps.Clone(notes[old].Args)
			columns := strings.Split(all["Column"].(string), ", ")
			if more := f.Args["Column"].(string); !slices.Contains(columns, more) { // it may be that of another sheet
				columns = append(columns, more)
			}
			all["Column"], all["N"] = strings.Join(columns, ", "), all["N"].(int)+f.Args["N"].(int)
			notes[old].Args = all
		}
	}
	return notes
}

// fieldText names a field.
func fieldText(f roster.Field) fault.Text {
	switch f {
	case roster.NoField, roster.Ordinal, roster.SoftwareCode, roster.HouseholdCode, roster.HouseholdHead, roster.Parents, roster.ReviewStatus:
		return fault.T("review.field.other")
	}
	return fault.T("review.field." + f.String())
}
