package sample

import (
	"fmt"
	"slices"
	"strings"

	"lamsach/core/roster"
)

// layout is how a list is drawn. A new one is a function that gives another value.
type layout struct {
	name       string
	titles     []title
	columns    []column
	numbered   bool // a row (1) (2) (3) under the header
	grouped    bool // a row with the hamlet's name above its children
	summed     bool // a row with the number of children at the end
	signed     bool // the place for signatures below
	byVillage  bool // one sheet for each hamlet
	dateText   bool // birth dates as text dd/mm/yyyy instead of true dates
	cannotHave []string

	kinds       []string            // kinds of list that are drawn so; nil: all
	repeated    int                 // the header comes again after so many people, as on printed pages
	homes       bool                // the householder's row above the children of his house, who have no address of their own
	carried     bool                // what a house has in common stands in its first row only
	hiddenEach  int                 // every so manieth person stands in a hidden row
	leftover    int                 // rows with borders and nothing in them below the list
	second      func(layout) layout // the later half stands in a second table below, of this layout
	guided      bool                // a sheet with instructions before the first list and behind it
	sexWords    *[2]roster.Cell     // what stands for Nam and for Nữ under sex
	bareNumbers bool                // numbers of people stand in number cells: the zeros in front are gone
	yearOnly    bool                // only the year of birth
	apart       bool                // all letters are taken apart, as files from some computers are
	font        roster.Legacy       // all text is written for a font of the 1990s
	write       func(string) string // how all text is written, if not as it is
	writeHead   func(string) string // how heads are written, if not as they are
	fileCodes   []string            // what may be said of the file itself
}

// title is a line above the table.
type title struct {
	row, column, span int
	text              string
	look              roster.Look
}

// column is one column: its header, one text for each header row, and what it takes from an entry.
type column struct {
	heads []string
	field roster.Field
	part  roster.Part
	look  roster.Look
	width float64
}

// layouts is the list of all that Make knows.
func layouts() []layout {
	return slices.Concat(
		[]layout{plain(), official(), split(), parents(), sheets(), wide()},
		houseLayouts(), tickLayouts(), officeLayouts(), pageLayouts(), letterLayouts(), mixedLayouts(), socialLayouts(),
	)
}

// layoutNamed finds a layout; the empty name is the first.
func layoutNamed(name string) (layout, bool) {
	all := layouts()
	if name == "" {
		return all[0], true
	}
	i := slices.IndexFunc(all, func(l layout) bool { return l.name == name })
	if i < 0 {
		return layout{}, false
	}
	return all[i], true
}

// has reports whether the list has a column for the field, whole or in parts.
func (l layout) has(field roster.Field) bool {
	return slices.ContainsFunc(l.columns, func(c column) bool { return c.field == field })
}

// whole reports whether one column holds the field as it is.
func (l layout) whole(field roster.Field) bool {
	return slices.ContainsFunc(l.columns, func(c column) bool { return c.field == field && c.part == roster.Whole })
}

// showsParents reports whether the list tells who father and mother are.
func (l layout) showsParents() bool { return l.has(roster.FatherName) || l.has(roster.Parents) }

// fields maps field names to the letters of their columns. Parents in one cell hold both names; a date under Nam or Nữ is
// the sex too.
func (l layout) fields() map[string]string {
	letters := map[string][]string{}
	add := func(f roster.Field, at int) { letters[f.String()] = append(letters[f.String()], letter(at)) }
	for at, c := range l.columns {
		switch {
		case c.field == roster.Parents:
			add(roster.FatherName, at)
			add(roster.MotherName, at)
		case c.field == roster.BirthDate && (c.part == roster.MaleMark || c.part == roster.FemaleMark):
			add(roster.BirthDate, at)
			add(roster.Sex, at)
		case c.field <= roster.Note && c.field != roster.NoField:
			add(c.field, at)
		}
	}
	fields := map[string]string{}
	for name, at := range letters {
		fields[name] = strings.Join(at, "|")
	}
	return fields
}

// letter names a column as Excel does.
func letter(at int) string {
	if at >= 26 {
		return letter(at/26-1) + letter(at%26)
	}
	return string(rune('A' + at))
}

// write draws the list and gives every entry its place.
func (l layout) draw(m *maker) roster.Grid {
	m.sheets = map[string]SheetTruth{}
	groups := [][]*entry{m.entries}
	if l.byVillage {
		groups = byVillage(m.entries)
	}
	var grid roster.Grid
	for i, group := range groups {
		name := "Sheet1"
		if l.byVillage {
			name = group[0].child.home.village
		}
		if l.guided && i < 2 {
			grid.Sheets = append(grid.Sheets, instructions(i))
		}
		grid.Sheets = append(grid.Sheets, l.sheet(m, name, group))
	}
	l.rewrite(grid)
	return grid
}

// byVillage parts entries, which stand hamlet by hamlet.
func byVillage(entries []*entry) [][]*entry {
	var groups [][]*entry
	for from, e := range entries {
		if from == 0 || entries[from-1].child.home.village != e.child.home.village {
			groups = append(groups, nil)
		}
		last := len(groups) - 1
		groups[last] = append(groups[last], e)
	}
	return groups
}

// sheet draws one sheet.
func (l layout) sheet(m *maker, name string, entries []*entry) roster.GridSheet {
	d := drawing{layout: l, sheet: roster.GridSheet{Name: name}}
	d.titles()
	d.header()
	truth := SheetTruth{Fields: l.fields()}
	turn := -1
	if l.second != nil {
		turn = len(entries) / 2
	}
	var last *entry
	for g, group := range byVillage(entries) {
		if l.grouped {
			d.group(g, group[0].child.home.village)
		}
		for _, e := range group {
			switch people := len(truth.Rows); {
			case people == turn:
				d.turn(l.second(l))
				truth.Second, truth.SecondFrom = d.layout.fields(), d.last+1
				last = nil
			case l.repeated > 0 && people > 0 && people%l.repeated == 0:
				d.header()
			}
			e.place = Place{name, d.entry(len(truth.Rows)+1, last, e)}
			truth.Rows = append(truth.Rows, e.place.Row)
			last = e
		}
	}
	d.footer(m, len(truth.Rows))
	m.sheets[name] = truth
	for _, c := range l.columns {
		d.sheet.Widths = append(d.sheet.Widths, c.width)
	}
	return d.sheet
}

var roman = []string{"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX", "XXI", "XXII", "XXIII", "XXIV"}

// signature is the date and place below a list.
func (m *maker) signature() string {
	return fmt.Sprintf("Nà Mận, ngày %d tháng %d năm %d", m.asOf.Day, int(m.asOf.Month), m.asOf.Year)
}
