package person

import (
	_ "embed"
	"slices"
	"strings"

	"lamsach/core/viet"
)

//go:embed data/ethnic_groups.csv
var ethnicCSV string

//go:embed data/ethnic_alias_ambiguous.csv
var ethnicAmbiguousCSV string

var ethnic = ethnicCatalogue()

// catalogue holds the 54 groups (QĐ 121-TCTK/PPCĐ, 1979) by every name they go by. Its maps give the indexes of groups:
// joined compares with marks, plain without; both without case, blanks, hyphens and apostrophes.
type catalogue struct {
	names     []string       // official, in the order of their codes
	exact     map[string]int // codes by official names as written
	official  map[string]int // joined official name
	joined    map[string][]int
	plain     map[string][]int
	plainName map[string]int // plain official name: all 54 are distinct
}

func ethnicCatalogue() *catalogue {
	c := &catalogue{exact: map[string]int{}, official: map[string]int{}, joined: map[string][]int{}, plain: map[string][]int{},
		plainName: map[string]int{}}
	for i, line := range strings.Split(strings.TrimSpace(ethnicCSV), "\n") {
		fields := strings.SplitN(strings.TrimSpace(line), ",", 3)
		if i == 0 || len(fields) < 3 {
			continue
		}
		group, name := len(c.names), fields[1]
		c.names = append(c.names, name)
		c.exact[name] = len(c.names)
		c.official[joinedKey(name)] = group
		c.plainName[viet.Fold(joinedKey(name))] = group
		for _, alias := range append(strings.Split(fields[2], ";"), name) {
			c.add(alias, group)
		}
	}
	c.addAmbiguous()
	return c
}

func (c *catalogue) add(name string, group int) {
	key := joinedKey(name)
	c.joined[key] = withGroup(c.joined[key], group)
	key = viet.Fold(key)
	c.plain[key] = withGroup(c.plain[key], group)
}

// addAmbiguous makes sure that the names known to belong to several groups have all of them.
func (c *catalogue) addAmbiguous() {
	for i, line := range strings.Split(strings.TrimSpace(ethnicAmbiguousCSV), "\n") {
		fields := strings.Split(strings.TrimSpace(line), ",")
		if i == 0 || len(fields) < 2 {
			continue
		}
		for _, code := range strings.Split(fields[1], ";") {
			if group := number(code) - 1; group >= 0 && group < len(c.names) {
				c.add(fields[0], group)
			}
		}
	}
}

func withGroup(groups []int, group int) []int {
	if slices.Contains(groups, group) {
		return groups
	}
	groups = append(groups, group)
	slices.Sort(groups)
	return groups
}

// joinedKey is lower case without blanks, hyphens, apostrophes, brackets and dots.
func joinedKey(name string) string {
	return strings.Map(func(r rune) rune {
		if isSeparator(r) || strings.ContainsRune("()[]ʻʹ/", r) {
			return -1
		}
		return r
	}, strings.ToLower(viet.Tidy(name)))
}

// EthnicGroups gives the 54 official names in the order of their codes, 01 to 54.
func EthnicGroups() []string { return slices.Clone(ethnic.names) }

// EthnicCode gives the code, 1 to 54, of the group of which a text is the official name; 0 when it is none.
func EthnicCode(name string) int { return ethnic.exact[name] }

// IsEthnicity reports whether a text names an ethnic group, in whatever spelling.
func IsEthnicity(text string) bool {
	return EthnicCode(text) > 0 || len(text) <= 40 && len(ethnic.find(viet.Tidy(text))) > 0
}

// ReadEthnicity reads a cell that should hold the name of an ethnic group (dân tộc). Only names are read: codes mean
// different groups in different catalogues.
func ReadEthnicity(raw Raw) Reading[string] {
	if EthnicCode(raw.Text) > 0 {
		return Reading[string]{Value: raw.Text, Confidence: 1}
	}
	text := viet.Tidy(raw.Text)
	switch {
	case text == "":
		return Reading[string]{Fault: Missing}
	case raw.Numeric || raw.Date:
		return Reading[string]{Fault: Unknown}
	case IsDitto(text):
		return Reading[string]{Fault: Missing, Note: text}
	case strings.ContainsAny(text, "0123456789"):
		return Reading[string]{Fault: Unknown, Candidates: ethnic.beforeDigits(text)}
	case text != "không xác định" && !strings.EqualFold(text, "không xác định") && notes.has(text):
		return Reading[string]{Fault: Missing, Note: text}
	}
	r := ethnic.read(text)
	if r.Fault == Unknown && whichScan(raw.Text) == nameOther {
		if meant := ethnic.decoded(raw.Text); meant != nil {
			r.Candidates = meant
		}
	}
	return r
}

// beforeDigits gives the group that a text with digits at its end names; a text of digits alone is a code.
func (c *catalogue) beforeDigits(text string) []string {
	name := strings.TrimRight(text, "0123456789 .-()")
	if name == "" || strings.ContainsAny(name, "0123456789") {
		return nil
	}
	if groups := c.find(name); len(groups) == 1 {
		return c.namesOf(groups)
	}
	return nil
}

// decoded gives the groups whose names a text is in TCVN3 or VNI.
func (c *catalogue) decoded(text string) []string {
	var groups []int
	for _, meant := range [2]string{viet.FromTCVN3(text), viet.FromVNI(text)} {
		key := joinedKey(meant)
		if found := c.joined[key]; len(found) == 1 && viet.HasMarks(key) && !hasCapitalInside(meant) {
			groups = withGroup(groups, found[0])
		}
	}
	return c.namesOf(groups)
}

func (c *catalogue) read(text string) Reading[string] {
	groups := c.find(text)
	switch len(groups) {
	case 0:
		return Reading[string]{Fault: Unknown, Candidates: c.near(text)}
	case 1:
		name := c.names[groups[0]]
		return Reading[string]{Value: name, Fault: Variant, Suggest: name, Confidence: 0.97}
	}
	return Reading[string]{Fault: Ambiguous, Candidates: c.namesOf(groups)}
}

func (c *catalogue) namesOf(groups []int) []string {
	var names []string
	for _, group := range groups {
		names = append(names, c.names[group])
	}
	return names
}

// find gives the groups that a text can mean: the whole of it, or without "dân tộc", or the part outside brackets when
// what is inside them names the same group, or nothing.
func (c *catalogue) find(text string) []int {
	if groups := c.lookUp(joinedKey(text)); groups != nil {
		return groups
	}
	rest := cutPeople(text)
	if rest != text {
		return c.find(rest)
	}
	outside, inside, ok := strings.Cut(text, "(")
	if !ok {
		if outside, inside, ok = strings.Cut(text, "/"); !ok {
			return nil
		}
	}
	left, right := c.lookUp(joinedKey(outside)), c.lookUp(joinedKey(inside))
	if len(left) == 1 && slices.Contains(right, left[0]) || len(right) == 0 && strings.Contains(text, "(") {
		return left
	}
	if len(right) == 1 && slices.Contains(left, right[0]) {
		return right
	}
	return nil
}

// cutPeople drops the words "dân tộc" and "người" in front.
func cutPeople(text string) string {
	lower := strings.ToLower(text)
	for _, lead := range []string{"dân tộc ", "dan toc ", "dt ", "dt. ", "d.tộc ", "dtộc ", "người ", "nguoi "} {
		if strings.HasPrefix(lower, lead) && len(lower) == len(text) {
			return strings.TrimSpace(text[len(lead):])
		}
	}
	return text
}

// lookUp finds a joined key. Marks decide when they are there. Without them, or when they fit nothing, official names go
// first; other names are taken without their marks only from four letters on, since short ones are everywhere, or when no
// marks were typed.
func (c *catalogue) lookUp(key string) []int {
	plain := viet.Fold(key)
	if group, ok := c.official[key]; ok && (plain != key || len(c.plain[plain]) == 1 || c.writtenPlain(group)) {
		return []int{group}
	}
	if groups := c.joined[key]; groups != nil && plain != key {
		return groups
	}
	if plain == key {
		return c.plain[plain]
	}
	if groups := c.plain[plain]; len(groups) > 1 {
		return groups
	}
	if group, ok := c.plainName[plain]; ok {
		return []int{group}
	}
	if len(plain) >= 4 {
		return c.plain[plain]
	}
	return nil
}

// writtenPlain reports whether the group's official name has no marks to leave out: Hoa, Co, Dao.
func (c *catalogue) writtenPlain(group int) bool { return !viet.HasMarks(c.names[group]) }

// besides are what people are or call themselves besides the 54: to be asked about, not misspelt (domain.md §4).
var besides = map[string]bool{"nguon": true, "pako": true, "chamhroi": true, "nuocngoai": true, "khongxacdinh": true}

// near gives the official names of groups that go by a name one letter off, nearest in the alphabet of codes first.
func (c *catalogue) near(text string) []string {
	plain := viet.Fold(joinedKey(cutPeople(text)))
	if len(plain) < 3 || len(plain) > 24 || besides[plain] {
		return nil
	}
	var groups []int
	for name, owners := range c.plain {
		if diff := len(name) - len(plain); len(name) >= 3 && diff <= 1 && diff >= -1 && viet.Distance(name, plain) <= 1 {
			for _, group := range owners {
				groups = withGroup(groups, group)
			}
		}
	}
	if len(groups) > 4 {
		groups = c.officialNear(groups, plain)
	}
	return c.namesOf(groups)
}

// officialNear keeps the groups whose official name itself is near.
func (c *catalogue) officialNear(groups []int, plain string) []int {
	var kept []int
	for _, group := range groups {
		if viet.Distance(viet.Fold(joinedKey(c.names[group])), plain) <= 1 {
			kept = append(kept, group)
		}
	}
	return kept
}

// TypedEthnicity understands an ethnic group that somebody typed as an answer, with or without marks: "mong", "H'Mông",
// "dao đỏ". When it can mean several groups, or is only near some, ok is false and candidates has their names.
func TypedEthnicity(text string) (name string, candidates []string, ok bool) {
	r := ReadEthnicity(Raw{Text: strings.Trim(viet.Tidy(text), " .,;:!\"")})
	if r.Fault == Missing {
		return "", nil, false
	}
	return r.Value, r.Candidates, r.Value != ""
}
