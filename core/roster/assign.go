package roster

import (
	"cmp"
	"slices"
	"strings"
)

// claim is a column with one reading of its header and how its contents fit.
type claim struct {
	index      int
	header     string
	notion     notion
	confidence float64
	word       float64 // confidence of the header alone
	standing   int     // of the header, beside another for the same field
	agrees     int
	looks      Field
	others     []Field // what else its header can mean
	lost       bool    // another column holds the field
	spare      bool    // … and this one speaks where that is empty
}

// assignment works out which column holds which field.
type assignment struct {
	claims []claim // one per column with a header
	seen   []contents
}

// assign gives the columns of a sheet, those read and those left out, by their index.
func assign(paths [][]string, seen []contents, forced map[Field]int, ignored []int) (columns, other []Column) {
	a := &assignment{seen: seen}
	for i, path := range paths {
		if len(path) > 0 || i < len(seen) && seen[i].filled >= enough {
			a.claims = append(a.claims, a.claimOf(i, path))
		}
	}
	a.giveToRelatives()
	a.joinUnnamed()
	a.settleBirths()
	a.joinParts()
	a.settleMarks()
	a.settleNumbers()
	a.settleDoubles()
	a.infer()
	a.force(forced)
	for i := range a.claims {
		if slices.Contains(ignored, a.claims[i].index) {
			a.claims[i].lost = true
		}
	}
	for i := range a.claims {
		c := &a.claims[i]
		at, kept := places[c.notion]
		if !kept || c.lost {
			if c.header != "" {
				other = append(other, Column{Index: c.index, Header: c.header, Confidence: c.confidence})
			}
			continue
		}
		if c.spare {
			at.part = Spare
		}
		columns = append(columns, Column{
			Index: c.index, Field: at.field, Part: at.part, Header: c.header, Confidence: c.confidence, Looks: c.looks, Others: c.others,
		})
	}
	return columns, other
}

// claimOf picks the reading that the contents fit best.
func (a *assignment) claimOf(index int, path []string) claim {
	best := claim{index: index, header: strings.Join(path, " > "), agrees: -2}
	best.standing = standingOf(best.header)
	readings := compose(path)
	for _, r := range readings {
		c := best
		c.notion, c.confidence, c.word = r.notion, r.confidence, r.confidence
		if at, kept := places[r.notion]; kept && index < len(a.seen) {
			c.agrees, c.looks = a.seen[index].agrees(at.field)
			if at.part != Whole && at.field != BirthDate {
				c.agrees, c.looks = 0, NoField // a part of a name, or a tick
			}
		} else {
			c.agrees = 0
		}
		if by := cmp.Or(cmp.Compare(c.agrees, best.agrees), cmp.Compare(aside(best.notion), aside(c.notion)), cmp.Compare(c.confidence, best.confidence)); by > 0 {
			best = c
		}
	}
	for _, r := range readings {
		if at, kept := places[r.notion]; kept && at.field != places[best.notion].field && !slices.Contains(best.others, at.field) {
			best.others = append(best.others, at.field)
		}
	}
	if best.looks != NoField && !slices.Contains(best.others, best.looks) {
		best.others = append(best.others, best.looks)
	}
	best.judge()
	return best
}

// judge lets the contents speak on the confidence.
func (c *claim) judge() {
	switch {
	case c.agrees > 0 && c.confidence >= doubtful:
		c.confidence = min(c.confidence+0.07, 0.99)
		if c.confidence < 0.9 {
			c.confidence = 0.9 // an unsure header over contents that leave no doubt
		}
	case c.agrees == -1:
		c.confidence = min(c.confidence, 0.4)
	}
}

// roleOfName tells whom a name's column begins to speak of.
var roleOfName = map[notion]notion{
	"father_name": "role_father", "mother_name": "role_mother", "guardian_name": "role_guardian",
	"caregiver_name": "role_guardian", "recipient_name": "role_recipient", "householder_name": "role_householder",
}

// giveToRelatives lets a plain header that comes again after a parent's or guardian's name be that person's:
// "Họ tên cha | Năm sinh | Họ tên mẹ | Năm sinh".
func (a *assignment) giveToRelatives() {
	taken := a.saidBehind()
	var role notion
	for i := range a.claims {
		c := &a.claims[i]
		if r := roleOfName[c.notion]; r != "" {
			role = r
			continue
		}
		if c.notion == "full_name" && len(taken) > 0 && role != "" { // behind the carer and his things, those of the person
			role, taken = "", map[notion]bool{}
		}
		n := c.unsplit()
		if n != c.notion && i > 0 && a.claims[i-1].notion == "dob_month" {
			continue // the last part of a date
		}
		if role == "" || !plainNotion(c.notion) || !taken[n] && !a.ofAdults(c) {
			taken[n] = true
			continue
		}
		next := ofRole[role][c.notion]
		if next == "" {
			next = "other"
		}
		c.notion, c.looks = next, NoField
		if at, kept := places[next]; kept && c.index < len(a.seen) {
			c.agrees, c.looks = a.seen[c.index].agrees(at.field)
			c.confidence = min(c.confidence, likelyWord)
			c.judge()
		}
	}
}

// saidBehind gives the plain notions that the list says again behind the person's name, where it begins with somebody else: "Họ tên người
// chăm sóc | Năm sinh | Số CCCD | Họ tên đối tượng | Năm sinh | Số định danh".
func (a *assignment) saidBehind() map[notion]bool {
	behind := map[notion]bool{}
	name := slices.IndexFunc(a.claims, func(c claim) bool { return c.notion == "full_name" })
	if name < 0 || !slices.ContainsFunc(a.claims[:name], func(c claim) bool { return roleOfName[c.notion] != "" }) {
		return behind
	}
	for i := name + 1; i < len(a.claims); i++ {
		if plainNotion(a.claims[i].notion) {
			behind[a.claims[i].unsplit()] = true
		}
	}
	return behind
}

// ofAdults reports whether a column of numbers is not of children.
func (a *assignment) ofAdults(c *claim) bool {
	if c.notion != "id_number" || c.index >= len(a.seen) {
		return false
	}
	s := &a.seen[c.index]
	return s.id >= enough && s.adult*10 >= s.id*8 && !a.adultsThemselves()
}

// adultsThemselves reports whether the people of the list were mostly born before 2000.
func (a *assignment) adultsThemselves() bool {
	filled, old := 0, 0
	for i := range a.claims {
		c := &a.claims[i]
		switch c.notion {
		case "dob", "dob_year", "birth_male", "birth_female":
			if c.index < len(a.seen) {
				filled, old = filled+a.seen[c.index].filled, old+a.seen[c.index].old
			}
		}
	}
	return filled > 0 && 2*old >= filled
}

// unsplit is the claim's notion, that of the whole date for the year.
func (c *claim) unsplit() notion {
	switch c.notion {
	case "dob_year", "birth_male", "birth_female":
		return "dob"
	}
	return c.notion
}

// find gives the first claim of a notion.
func (a *assignment) find(n notion) *claim {
	for i := range a.claims {
		if a.claims[i].notion == n && !a.claims[i].lost {
			return &a.claims[i]
		}
	}
	return nil
}

// joinParts settles whether names and dates are split: a part without its others is the whole, or nothing.
func (a *assignment) joinParts() {
	family, given, whole := a.find("family_middle"), a.find("given_name"), a.find("full_name")
	switch {
	case whole != nil && given != nil && family == nil:
		// "Họ và tên" beside "Tên": the first holds family and middle name if it stands directly before
		if whole.index+1 == given.index && a.shortWords(given.index) {
			whole.notion = "family_middle"
		} else {
			given.lost = true
		}
	case family == nil && given != nil:
		given.notion, given.confidence = "full_name", min(given.confidence, 0.9)
	case family != nil && given == nil && whole == nil:
		family.notion, family.confidence = "full_name", min(family.confidence, doubtful)
	}
	a.dayNamedDate()
	day, month, year := a.find("dob_day"), a.find("dob_month"), a.find("dob_year")
	if year == nil || day == nil && month == nil {
		drop(day, month)
		if year != nil {
			year.notion = "dob"
		}
		return
	}
	if whole := a.find("dob"); whole != nil {
		drop(day, month, year)
	}
}

// dayNamedDate makes a column "Ngày sinh" of small numbers, right before those of month and year, the day.
func (a *assignment) dayNamedDate() {
	whole, month, year := a.find("dob"), a.find("dob_month"), a.find("dob_year")
	if whole == nil || month == nil || year == nil || a.find("dob_day") != nil || whole.index+1 != month.index || whole.index >= len(a.seen) {
		return
	}
	if s := &a.seen[whole.index]; s.filled >= enough && s.share(s.day) >= 0.8 {
		whole.notion, whole.agrees, whole.looks = "dob_day", 0, NoField
		whole.confidence = max(whole.confidence, likelyWord)
	}
}

func drop(claims ...*claim) {
	for _, c := range claims {
		if c != nil {
			c.lost = true
		}
	}
}

// shortWords reports whether the column holds given names only, not whole names.
func (a *assignment) shortWords(index int) bool {
	return index >= len(a.seen) || a.seen[index].share(a.seen[index].name) < 0.5
}

// settleMarks settles what stands under Nam and Nữ: ticks, or the birth date.
func (a *assignment) settleMarks() {
	for _, pair := range [][2]notion{{"gender_male", "birth_male"}, {"gender_female", "birth_female"}} {
		mark, birth := a.find(pair[0]), a.find(pair[1])
		dated := func(c *claim) bool {
			s := &a.seen[c.index]
			return s.share(s.date+s.year) >= 0.5
		}
		hasBirth := a.find("dob") != nil || a.find("dob_year") != nil
		switch {
		case mark != nil && mark.index < len(a.seen) && dated(mark) && !hasBirth:
			mark.notion = pair[1]
		case birth != nil && birth.index < len(a.seen) && a.seen[birth.index].filled >= enough && !dated(birth) &&
			a.seen[birth.index].share(a.seen[birth.index].tick) >= 0.5:
			birth.notion, birth.looks = pair[0], NoField
			birth.confidence = max(birth.confidence, 0.9)
		}
	}
}

// infer finds the name, the birth date and the number by their contents when no header names them.
func (a *assignment) infer() {
	guess := func(n notion, fits func(*contents) bool, named ...notion) {
		for _, other := range append(named, n) {
			if a.find(other) != nil {
				return
			}
		}
		for i := range a.claims {
			c := &a.claims[i]
			if c.notion != "" || c.index >= len(a.seen) || a.seen[c.index].filled < enough || !fits(&a.seen[c.index]) {
				continue
			}
			c.notion, c.confidence = n, doubtful
			return
		}
	}
	guess("full_name", func(s *contents) bool { return s.share(s.name) >= 0.8 }, "family_middle")
	a.carersThemselves()
	guess("dob", func(s *contents) bool { return s.share(s.date+s.year) >= 0.7 && 3*s.date >= s.filled }, "dob_year", "birth_male", "birth_female")
	guess("id_number", func(s *contents) bool { return s.share(s.id) >= 0.6 && (s.adult*3 <= s.id || a.adultsThemselves()) })
	guess("ethnicity", func(s *contents) bool { return s.ofEthnicity() >= 0.8 })
	if c := a.find("ethnicity"); c != nil && c.confidence == doubtful && c.index < len(a.seen) && a.seen[c.index].filled >= sureCells && a.seen[c.index].ofEthnicity() >= 0.9 {
		c.confidence = 0.9 // nothing else looks like that
	}
	guess("gender", func(s *contents) bool { return s.share(s.sex) >= 0.8 }, "gender_male", "gender_female", "birth_male")
}

// carersThemselves makes a list that names nobody but those who care for somebody a list of them.
func (a *assignment) carersThemselves() {
	if a.find("full_name") != nil || a.find("family_middle") != nil {
		return
	}
	for i := range a.claims {
		c := &a.claims[i]
		if role := roleOfName[c.notion]; !c.lost && (role == "role_guardian" || role == "role_recipient") {
			c.notion, c.confidence = "full_name", doubtful
			return
		}
	}
}

// force lets the officer's word on columns hold.
func (a *assignment) force(forced map[Field]int) {
	for f, index := range forced {
		n := notionOf(f)
		if n == "" {
			continue
		}
		for i := range a.claims {
			c := &a.claims[i]
			if places[c.notion].field == f && c.index != index && (f != Sex || places[c.notion].field != BirthDate) {
				c.lost = true
			}
		}
		at := slices.IndexFunc(a.claims, func(c claim) bool { return c.index == index })
		if at < 0 {
			a.claims = append(a.claims, claim{index: index})
			at = len(a.claims) - 1
		}
		c := &a.claims[at]
		c.notion, c.confidence, c.looks, c.lost = n, 1, NoField, false
	}
	slices.SortFunc(a.claims, func(x, y claim) int { return cmp.Compare(x.index, y.index) })
}

// notionOf gives the notion that stands for a whole field.
func notionOf(f Field) notion {
	var found []notion
	for n, at := range places {
		if at.field == f && at.part == Whole {
			found = append(found, n)
		}
	}
	if len(found) == 0 {
		return ""
	}
	return slices.Min(found)
}
