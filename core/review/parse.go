package review

import (
	"strings"
	"unicode"

	"lamsach/core/check"
	"lamsach/core/fault"
	"lamsach/core/person"
	"lamsach/core/roster"
	"lamsach/core/viet"
)

// answer is what a typed text says.
type answer struct {
	values   []valueOf
	status   roster.Status
	row      int          // of the person whom this one repeats, for Duplicate
	doubtful bool         // a part of it was filled in by guessing: it is asked back
	loose    string       // a name that may be anybody's
	refused  []fault.Text // why a part cannot be taken
	unknown  string       // a part that is not understood
}

func (a *answer) add(f roster.Field, text string) { a.values = append(a.values, valueOf{f, text}) }

func (a answer) empty() bool {
	return len(a.values) == 0 && a.status == roster.InScope && a.row == 0 && a.loose == "" && len(a.refused) == 0
}

// labels are words that say which field follows, exactly as typed in lower case: folded they would swallow family
// names such as Mè.
var labels = []struct {
	words string
	field roster.Field
}{
	{"số của mẹ", roster.MotherID}, {"số mẹ", roster.MotherID}, {"so me", roster.MotherID}, {"số của cha", roster.FatherID}, {"số cha", roster.FatherID}, {"số bố", roster.FatherID}, {"so cha", roster.FatherID}, {"so bo", roster.FatherID},
	{"họ tên mẹ", roster.MotherName}, {"tên mẹ", roster.MotherName}, {"mẹ", roster.MotherName}, {"me", roster.MotherName}, {"mother", roster.MotherName},
	{"họ tên cha", roster.FatherName}, {"tên cha", roster.FatherName}, {"cha", roster.FatherName}, {"bố", roster.FatherName}, {"bo", roster.FatherName}, {"father", roster.FatherName},
	{"người giám hộ", roster.GuardianName}, {"nguoi giam ho", roster.GuardianName}, {"giám hộ", roster.GuardianName}, {"giam ho", roster.GuardianName}, {"guardian", roster.GuardianName},
	{"họ và tên", roster.FullName}, {"họ tên", roster.FullName}, {"ho ten", roster.FullName}, {"tên", roster.FullName}, {"name", roster.FullName},
	{"ngày sinh", roster.BirthDate}, {"ngay sinh", roster.BirthDate}, {"sinh ngày", roster.BirthDate}, {"sinh ngay", roster.BirthDate}, {"sinh", roster.BirthDate}, {"born", roster.BirthDate},
	{"giới tính", roster.Sex}, {"gioi tinh", roster.Sex}, {"dân tộc", roster.Ethnicity}, {"dan toc", roster.Ethnicity},
	{"số định danh", roster.PersonalID}, {"so dinh danh", roster.PersonalID}, {"mã định danh", roster.PersonalID}, {"ma dinh danh", roster.PersonalID}, {"cccd", roster.PersonalID}, {"số", roster.PersonalID}, {"so", roster.PersonalID},
}

// labelled cuts a field's word off the beginning of a text.
func labelled(text string) (roster.Field, string, bool) {
	lower := viet.Lower(text)
	for _, l := range labels {
		rest, ok := strings.CutPrefix(lower, l.words)
		if !ok || rest == "" || !strings.ContainsRune(" :", rune(rest[0])) || len(lower) != len(text) {
			continue
		}
		return l.field, strings.Trim(text[len(l.words):], " :"), true
	}
	return roster.NoField, text, false
}

// parse reads a typed answer to the question: one value, several, or a status.
func (q inquiry) parse(text string) answer {
	text = viet.Tidy(text)
	var a answer
	if q.statusTyped(&a, text) {
		return a
	}
	_, _, named := labelled(text)
	if f := asked(q.f); f != roster.NoField && !named && (f == roster.BirthDate || isBenefit(f) || !strings.ContainsAny(text, ",;\n")) {
		if q.bare(&a, f, text) && a.unknown == "" && len(a.refused) == 0 {
			return a
		}
	}
	whole := a
	a = answer{}
	parts := split(text)
	for _, part := range parts {
		q.part(&a, part, len(parts) == 1)
	}
	if len(parts) == 1 && a.empty() && len(whole.refused) > 0 {
		return whole
	}
	return a
}

// split cuts at commas, semicolons and line ends.
func split(text string) []string {
	var parts []string
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

// statusTyped reads "chuyển đi", "trùng dòng 12".
func (q inquiry) statusTyped(a *answer, text string) bool {
	folded := strings.Trim(viet.Fold(text), ". !")
	if status, ok := statusWords[folded]; ok {
		a.status = status
		return true
	}
	if row, ok := rowIn(sameAsRow, folded); ok {
		a.status, a.row = roster.Duplicate, row
		return true
	}
	return false
}

// part reads one of several things said at once.
func (q inquiry) part(a *answer, part string, alone bool) {
	if f, rest, ok := labelled(part); ok && q.bare(a, f, rest) {
		return
	}
	if q.statusTyped(a, part) {
		return
	}
	if f := asked(q.f); isName(f) && !a.has(f) && q.bare(a, f, part) {
		return
	}
	for _, f := range []roster.Field{roster.PersonalID, roster.BirthDate, roster.Sex, roster.Ethnicity} {
		if !a.has(f) && q.looksLike(f, part) && q.bare(a, f, part) {
			return
		}
	}
	if alone && q.wantsName() && looksLikeName(part) {
		a.loose = part
		return
	}
	if a.unknown == "" {
		a.unknown = part
	}
}

func (a *answer) has(f roster.Field) bool {
	for _, v := range a.values {
		if v.field == f {
			return true
		}
	}
	return false
}

// wantsName tells whether a name without a word before it answers the question, once it is known whose it is.
func (q inquiry) wantsName() bool {
	return asked(q.f) == roster.NoField && (q.subject() == "family" || q.subject() == "family_doubt")
}

func looksLikeName(text string) bool {
	letters := 0
	for _, r := range text {
		switch {
		case unicode.IsDigit(r):
			return false
		case viet.IsLetter(r):
			letters++
		}
	}
	return letters >= 2 && len([]rune(text)) <= 60
}

// looksLike keeps a value from being taken for another field's.
func (q inquiry) looksLike(f roster.Field, text string) bool {
	digits := 0
	for _, r := range text {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	switch f {
	case roster.PersonalID:
		return digits >= 9
	case roster.BirthDate:
		// A few digits are a date only to who is asked for one.
		return digits <= 8 && (digits >= 5 || digits >= 2 && strings.ContainsAny(text, "/-. "))
	}
	return digits == 0
}

// bare reads a text as the value of a field; false when it is no such value at all.
func (q inquiry) bare(a *answer, f roster.Field, text string) bool {
	switch f {
	case roster.BirthDate:
		return q.typedDate(a, text)
	case roster.Sex:
		if sex, ok := person.TypedSex(text); ok {
			a.add(f, sex.String())
			return true
		}
	case roster.Ethnicity:
		name, near, ok := person.TypedEthnicity(text)
		if ok {
			a.add(f, name)
			return true
		}
		if len(near) > 0 && asked(q.f) == f {
			a.refused = append(a.refused, fault.T("review.no.ethnicity", "Names", strings.Join(near, ", ")))
			return true
		}
	case roster.FullName, roster.FatherName, roster.MotherName, roster.GuardianName:
		return typedName(a, f, text)
	case roster.PersonalID, roster.FatherID, roster.MotherID, roster.GuardianID:
		return typedNumber(a, f, text)
	case roster.Category, roster.Coefficient, roster.Allowance, roster.DecisionNo, roster.BenefitFrom:
		if canonical, ok := check.TypedBenefit(f, text); ok {
			a.add(f, canonical)
			return true
		}
	}
	return false
}

// typedDate reads a date; what is left out comes from what is known already, and is asked back.
func (q inquiry) typedDate(a *answer, text string) bool {
	partly := q.v.birthDate(q.f.Record).Value
	if partly.Year == 0 {
		partly.Year = q.v.personalID(q.f.Record).Value.BirthYear()
	}
	date, doubtful, ok := person.TypedDate(text, partly, q.v.Today)
	if ok {
		a.add(roster.BirthDate, date.String())
		a.doubtful = a.doubtful || doubtful
		return true
	}
	r := person.ReadBirthDate(person.Raw{Text: text}, q.v.Today)
	switch r.Fault {
	case person.Impossible, person.Future, person.Incomplete:
		a.refused = append(a.refused, fault.T(known("review.no.", "birth_date."+r.Fault)))
		return true
	}
	return false
}

// typedName reads a name; only what no name can be is refused.
func typedName(a *answer, f roster.Field, text string) bool {
	read := person.ReadName
	if f != roster.FullName {
		read = person.ReadParent
	}
	r := read(person.Raw{Text: text})
	switch r.Fault {
	case person.Clean, person.Untidy, person.SingleWord:
		a.add(f, r.Value)
		// One word, or hardly a word of the language, may be a slip of the finger: it is asked back, not refused.
		a.doubtful = a.doubtful || !strings.Contains(r.Value, " ") || viet.SyllableScore(r.Value) < 0.5
	case person.LookAlike:
		a.add(f, firstOf(r.Suggest, r.Value))
	case person.Malformed:
		if r.Suggest == "" || !looksLikeName(r.Suggest) {
			a.refused = append(a.refused, fault.T("review.no.full_name.malformed"))
			return true
		}
		a.add(f, r.Suggest)
		a.doubtful = true
	default:
		a.refused = append(a.refused, fault.T(known("review.no.", "full_name."+r.Fault)))
	}
	return true
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// typedNumber reads a person's number; one that can be told to be wrong is refused with the reason.
func typedNumber(a *answer, f roster.Field, text string) bool {
	digits := 0
	for _, r := range text {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	if digits < 5 {
		return false
	}
	r := person.ReadPersonalID(person.Raw{Text: text})
	switch r.Fault {
	case person.Clean, person.Untidy:
		a.add(f, r.Value.String())
	case person.LostZero, person.LookAlike:
		if r.Suggest == "" {
			a.refused = append(a.refused, fault.T(known("review.no.", "personal_id."+r.Fault), "N", digits))
			return true
		}
		a.add(f, r.Suggest)
		a.doubtful = true
	case person.ProvinceUnknown:
		a.add(f, onlyDigits(text))
	default:
		a.refused = append(a.refused, fault.T(known("review.no.", "personal_id."+r.Fault), "N", digits))
	}
	return true
}

func onlyDigits(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, text)
}
