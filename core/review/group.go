package review

import (
	"cmp"
	"slices"

	"lamsach/core/check"
	"lamsach/core/fault"
	"lamsach/core/person"
	"lamsach/core/roster"
	"lamsach/core/viet"
)

// group is one question to several people at once.
type group struct {
	tag     string // which group
	seen    string // which people, and what would be done to them
	code    string
	field   roster.Field
	value   string // what all of them say, when that is what they share
	members []check.Finding
	options []option
}

// option is one thing that can be done to a group. To: the value that it gives to all of them, if it gives one.
type option struct {
	key string // of its label: review.group.do.<key>
	to  string
	do  func(v *view, d *roster.Decisions, f check.Finding)
}

// nextGroup gives the group with the biggest gain that was not put off.
func (v *view) nextGroup(s *State) (group, bool) {
	for _, g := range v.groups() {
		if !slices.Contains(s.Later, g.tag) {
			return g, true
		}
	}
	return group{}, false
}

func (v *view) group(tag string) (group, bool) {
	for _, g := range v.groups() {
		if g.tag == tag {
			return g, true
		}
	}
	return group{}, false
}

// groups gathers the open findings that one answer can settle together, biggest first.
func (v *view) groups() []group {
	if v.areGroups {
		return v.grouped
	}
	byTag := map[string]int{}
	for _, f := range v.open {
		value, options := v.shared(f)
		if len(options) == 0 {
			continue
		}
		t := tag(f.Code, f.Field.String(), viet.Fold(value), optionsTag(options))
		i, ok := byTag[t]
		if !ok {
			i = len(v.grouped)
			byTag[t] = i
			v.grouped = append(v.grouped, group{tag: t, code: f.Code, field: f.Field, value: value, options: options})
		}
		v.grouped[i].members = append(v.grouped[i].members, f)
	}
	v.grouped = slices.DeleteFunc(v.grouped, func(g group) bool { return len(g.members) < 2 })
	for i := range v.grouped {
		v.grouped[i].seen = v.seen(v.grouped[i])
	}
	slices.SortStableFunc(v.grouped, func(a, b group) int {
		return cmp.Or(cmp.Compare(len(b.members), len(a.members)), cmp.Compare(a.code, b.code), cmp.Compare(a.tag, b.tag))
	})
	v.areGroups = true
	return v.grouped
}

func optionsTag(options []option) string {
	var parts []string
	for _, o := range options {
		parts = append(parts, o.key, o.to)
	}
	return tag(parts...)
}

// seen marks exactly these people with exactly these values.
func (v *view) seen(g group) string {
	parts := []string{g.tag}
	for _, f := range g.members {
		parts = append(parts, v.Roster.Records[f.Record].ID(), f.Value, f.Suggestion)
	}
	return tag(parts...)
}

// shared tells what can be done to everybody who has this finding, and which value they must share for that.
func (v *view) shared(f check.Finding) (string, []option) {
	switch {
	case f.Code == codeOverAge:
		return "", []option{{key: "over_age", do: leave(roster.OverAge)}}
	case f.Code == codeFamilySwapped:
		return "", []option{{key: "swap", do: accept}, {key: "confirm", do: confirm}}
	case f.Code == codeDiffers:
		return "", []option{{key: "ours", do: confirm}, {key: "theirs", do: takeTheirs}}
	case f.Code == codeOtherCode:
		return "", []option{{key: "note", do: accept}}
	case f.Code == codeParentsID:
		return "", []option{{key: "drop", do: dropNumber}}
	case f.Code == "sex.malformed" && f.Value != "":
		return f.Value, []option{takes(person.Male.String()), takes(person.Female.String())}
	case f.Code == "ethnicity.unknown" || f.Code == "ethnicity.ambiguous":
		return f.Value, v.ethnicOptions(f)
	case f.Suggestion != "" && (f.Fix == check.Checked || lastWord(f.Code) == "look_alike"):
		return "", []option{{key: "suggestion", do: accept}}
	case f.Code == "ethnicity.missing" && (f.Args["From"] == "mother" || f.Args["From"] == "father"):
		return "", []option{{key: "suggestion", do: accept}}
	case f.Code == "birth_date.swapped":
		return "", []option{{key: "suggestion", do: accept}, {key: "confirm", do: confirm}}
	case confirmable[f.Code]:
		return "", []option{{key: "confirm", do: confirm}}
	}
	return "", nil
}

// confirmable are the warnings of which a whole list may rightly be full.
var confirmable = map[string]bool{
	codeFatherOnly: true, "full_name.single_word": true, "birth_date.pile_up": true,
}

func (v *view) ethnicOptions(f check.Finding) []option {
	names := v.nearestGroups(f)
	if len(names) == 0 {
		names = v.usualGroups()
	}
	var options []option
	for _, name := range names {
		if len(options) < 3 {
			options = append(options, takes(name))
		}
	}
	return options
}

// nearestGroups gives the ethnic groups that a raw text may mean, likeliest first.
func (v *view) nearestGroups(f check.Finding) []string {
	var names []string
	if f.Suggestion != "" {
		names = append(names, f.Suggestion)
	}
	candidates, known := v.nearest[f.Value]
	if !known {
		candidates = person.ReadEthnicity(person.Raw{Text: f.Value}).Candidates
		if v.nearest == nil {
			v.nearest = map[string][]string{}
		}
		v.nearest[f.Value] = candidates
	}
	for _, name := range candidates {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// usualGroups gives the ethnic groups of the list, most frequent first.
func (v *view) usualGroups() []string {
	if v.Desk.usual == nil { // as the list was when it was first asked: who wants a choice wants the same one again
		counts := map[string]int{}
		for i := range v.Roster.Records {
			if name := person.ReadEthnicity(v.raw(i, roster.Ethnicity)).Value; name != "" {
				counts[name]++
			}
		}
		v.Desk.usual = byCount(counts)
	}
	return v.Desk.usual
}

func takes(value string) option {
	return option{key: "take", to: value, do: func(_ *view, d *roster.Decisions, f check.Finding) { setValue(d, f.Field, value) }}
}

func confirm(_ *view, d *roster.Decisions, f check.Finding) { waive(d, waivedKey(f), reasonConfirmed) }

func leave(status roster.Status) func(*view, *roster.Decisions, check.Finding) {
	return func(_ *view, d *roster.Decisions, _ check.Finding) { setStatus(d, status, "") }
}

// dropNumber takes a number away that is not the child's, and asks the police for the right one.
func dropNumber(_ *view, d *roster.Decisions, f check.Finding) {
	setValue(d, roster.PersonalID, "")
	d.Police = true
}

// correct does an option to the members that are chosen; all when chosen is nil.
func (g group) correct(v *view, o option, chosen func(i int) bool) []Change {
	c := correction{v: v}
	for i, f := range g.members {
		if chosen == nil || chosen(i) {
			c.edit(f.Record, func(d *roster.Decisions) { o.do(v, d, f) })
		}
	}
	return c.changes
}

// done names what an option did to n people.
func (g group) done(o option, n int) fault.Text {
	if o.key == "suggestion" {
		return fault.T(known("review.did.group.", g.code), "N", n)
	}
	if o.to != "" {
		return fault.T("review.did.group.take."+g.field.String(), "N", n)
	}
	return fault.T("review.did.group."+o.key, "N", n)
}
