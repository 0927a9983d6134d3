package check

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"lamsach/core/civil"
	"lamsach/core/person"
	"lamsach/core/roster"
	"lamsach/core/viet"
)

// benefitRules are what a list of people who receive social assistance is checked by, besides what every list is.
func benefitRules() []Rule {
	return []Rule{
		{Name: "category", Codes: []string{"category.missing", "category.unknown", "category.age_mismatch"}, Row: checkCategory},
		{Name: "coefficient", Codes: []string{"coefficient.mismatch"}, Row: checkCoefficient},
		{Name: "decision", Codes: []string{"decision_no.missing"}, Row: checkDecision},
		{Name: "benefit_from", Codes: []string{"benefit_from.malformed", "benefit_from.future"}, Row: checkBenefitFrom},
		{Name: "allowance", Codes: []string{"allowance.mismatch"}, List: listAllowances},
	}
}

// settling is how many days after a birthday a decision may still be the one for the age before.
const settling = 31

// ages gives the least and the greatest age that the person can have; false when nothing is known.
func (v *RowView) ages() (least, most int, ok bool) {
	d := v.birth.value()
	switch {
	case d.IsZero() || v.birth.Fault == person.Future || v.birth.Fault == person.Impossible:
		return 0, 0, false
	case d.Complete():
		return d.Civil().YearsAt(v.today.AddDays(-settling)), d.Civil().YearsAt(v.today), true
	}
	return v.today.Year - d.Year - 1, v.today.Year - d.Year, true
}

// grown reports whether the person is of age for certain, and whether he is a child for certain.
func (v *RowView) grown() (adult, child bool) {
	if least, most, ok := v.ages(); ok {
		return least >= adulthood, most < adulthood
	}
	return false, false
}

// fitting gives the lines that the person's age allows; all where the age does not count.
func (v *RowView) fitting(lines []benefit) []benefit {
	least, most, known := v.ages()
	return slices.DeleteFunc(slices.Clone(lines), func(b benefit) bool {
		return known && !b.care() && (most < b.from || b.under > 0 && least >= b.under)
	})
}

// theCategory is what the person's category means; it is read once for a person.
func (v *RowView) theCategory() category {
	if v.benefitOf != v.stamp {
		v.benefitOf, v.benefit = v.stamp, category{}
		if value := v.value(roster.Category); value.Text != "" && !v.foreign(value.Text) {
			v.benefit = v.known.category.of(value, func(value roster.Value) category { return readCategory(value.Text) })
		}
	}
	return v.benefit
}

// checkCategory looks at what the person receives an allowance for.
func checkCategory(v *RowView) {
	value := v.value(roster.Category)
	c := v.theCategory()
	switch {
	case value.Absent:
	case blank(value.Text):
		if v.columns[v.record.Sheet].noCategories {
			return
		}
		v.add(Finding{Code: "category.missing", Field: roster.Category, Value: value.Text})
	case !c.known && !v.columns[v.record.Sheet].catalogue:
		v.add(Finding{Code: "category.unknown", Field: roster.Category, Value: value.Text})
	}
	for _, lines := range c.sections {
		if len(lines) == 0 || len(v.fitting(lines)) > 0 {
			continue
		}
		_, age, _ := v.ages()
		f := v.add(Finding{Code: "category.age_mismatch", Field: roster.Category, Value: value.Text})
		f.put("Age", age)
		f.put("Ages", bands(lines))
		f.put("Birth", v.birth.value().String())
		return
	}
}

// bands writes the ages of lines, joined where they touch: "0–15, 60–".
func bands(lines []benefit) string {
	type band struct{ from, under int }
	var all []band
	for _, b := range lines {
		under := b.under
		if under == 0 {
			under = noAge
		}
		all = append(all, band{b.from, under})
	}
	slices.SortFunc(all, func(a, b band) int { return cmp.Compare(a.from, b.from) })
	var joined []band
	for _, b := range all {
		if last := len(joined) - 1; last >= 0 && b.from <= joined[last].under {
			joined[last].under = max(joined[last].under, b.under)
		} else {
			joined = append(joined, b)
		}
	}
	var texts []string
	for _, b := range joined {
		text := strconv.Itoa(b.from) + "–"
		if b.under < noAge {
			text += strconv.Itoa(b.under - 1)
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, ", ")
}

// noAge is beyond every age.
const noAge = 1000

// blank reports whether a cell says nothing: it is empty, or a sign for "none".
func blank(text string) bool {
	switch viet.Fold(strings.Trim(text, " .-–_")) {
	case "", "x", "0", "ko", "khong", "khong co", "chua co", "chua", "chua ro", "k", "kh":
		return true
	}
	return false
}

// due gives the coefficients that the person's categories may bring, the highest first: of several categories only the
// highest counts, except for what single parents get for each child (Article 6(2)).
func (v *RowView) due() (possible []int, each bool) {
	highest, extra := []int{0}, []int{0}
	for _, lines := range v.theCategory().sections {
		lines = v.fitting(lines)
		if len(lines) == 0 {
			return nil, false // told by its age
		}
		var of []int
		parent := false
		for _, b := range lines {
			of, each, parent = append(of, b.coefficient), each || b.each, parent || b.code == "5.4"
		}
		if parent && len(v.theCategory().sections) > 1 {
			extra = append(extra, of...)
			continue
		}
		highest = combine(highest, of, func(a, b int) int { return max(a, b) })
	}
	possible = combine(highest, extra, func(a, b int) int { return a + b })
	return slices.DeleteFunc(possible, func(n int) bool { return n == 0 }), each
}

// combine joins every number of one set with every one of another, each result once, the greatest first.
func combine(a, b []int, join func(a, b int) int) []int {
	var all []int
	for _, x := range a {
		for _, y := range b {
			all = append(all, join(x, y))
		}
	}
	slices.Sort(all)
	all = slices.Compact(all)
	slices.Reverse(all)
	return all
}

// mostCared is how many people somebody may be paid for.
const mostCared = 10

// fitsDue reports whether a coefficient is one of the possible ones, or a multiple where every person counts.
func fitsDue(coefficient int, possible []int, each bool) bool {
	for _, one := range possible {
		if coefficient == one || each && one > 0 && coefficient%one == 0 && coefficient/one <= mostCared {
			return true
		}
	}
	return false
}

// checkCoefficient compares the coefficient with the category and the age.
func checkCoefficient(v *RowView) {
	value := v.value(roster.Coefficient)
	possible, each := v.due()
	if value.Absent || value.Kind == roster.Empty || blank(value.Text) || len(possible) == 0 {
		return
	}
	coefficient, ok := readHundredths(value.Text)
	if ok && fitsDue(coefficient, possible, each) {
		return
	}
	f := v.add(Finding{Code: "coefficient.mismatch", Field: roster.Coefficient, Value: value.Text})
	if len(possible) == 1 && !each {
		f.Fix, f.Suggestion, f.Confidence = Offer, plainRatio(possible[0]), 0.8
	}
	f.put("Due", allHundredths(possible))
	f.put("Several", len(v.theCategory().sections) > 1)
}

// readHundredths reads a coefficient ("1,5", "hệ số 2.0") as hundredths.
func readHundredths(text string) (int, bool) {
	digits := strings.Map(func(r rune) rune {
		switch {
		case r == ',':
			return '.'
		case r >= '0' && r <= '9' || r == '.':
			return r
		}
		return -1
	}, viet.NFC(text))
	n, err := strconv.ParseFloat(strings.Trim(digits, "."), 64)
	if err != nil || n < 0 || n > 50 {
		return 0, false
	}
	return int(n*100 + 0.5), true
}

// plainRatio writes a coefficient as a number cell has it: "1.5". hundredths writes it as people do: "1,5".
func plainRatio(n int) string { return strconv.FormatFloat(float64(n)/100, 'f', -1, 64) }

func hundredths(n int) string { return strings.Replace(plainRatio(n), ".", ",", 1) }

func allHundredths(all []int) string {
	var texts []string
	for _, n := range all {
		texts = append(texts, hundredths(n))
	}
	return strings.Join(texts, " / ")
}

// TypedBenefit reads what somebody typed for one of the fields of an allowance and gives it as the list is to hold it.
func TypedBenefit(f roster.Field, text string) (canonical string, ok bool) {
	text = viet.Tidy(text)
	switch f {
	case roster.Category:
		return text, readCategory(text).known
	case roster.Coefficient:
		n, ok := readHundredths(text)
		return plainRatio(n), ok && n > 0
	case roster.Allowance:
		n, ok := readAmount(roster.Value{Kind: roster.Text, Text: text})
		return strconv.Itoa(int(n)), ok
	case roster.DecisionNo:
		return text, strings.ContainsAny(text, "0123456789") && len(text) <= 60
	case roster.BenefitFrom:
		r := person.ReadBirthDate(person.Raw{Text: text}, civil.Date{})
		return r.Value.String(), r.Value.Year >= firstBenefit && r.Value.Month != 0 && r.Fault != person.Impossible
	}
	return "", false
}

// checkDecision asks for the number of the decision, which has at least a digit.
func checkDecision(v *RowView) {
	value := v.value(roster.DecisionNo)
	if !value.Absent && !decided(value.Text) && !v.columns[v.record.Sheet].noDecisions {
		v.add(Finding{Code: "decision_no.missing", Field: roster.DecisionNo, Value: value.Text})
	}
}

// decided reports whether a text can be the number of a decision.
func decided(text string) bool { return strings.ContainsAny(text, "0123456789") }

// firstBenefit is the year before which nobody's allowance began.
const firstBenefit = 1990

// checkBenefitFrom looks at the month from which the person receives the allowance. Decisions are made a month ahead.
func checkBenefitFrom(v *RowView) {
	value := v.value(roster.BenefitFrom)
	if value.Absent || value.Kind == roster.Empty || blank(value.Text) {
		return
	}
	ahead := v.today.AddDays(2 * settling)
	r := person.ReadBirthDate(raw(value), ahead)
	d := r.Value
	switch {
	case d.Year == 0 || d.Month == 0 || r.Fault == person.Impossible || d.Year < firstBenefit:
		v.add(Finding{Code: "benefit_from.malformed", Field: roster.BenefitFrom, Value: value.Text})
	case d.Year*12+d.Month > v.today.Year*12+int(v.today.Month)+1:
		v.add(Finding{Code: "benefit_from.future", Field: roster.BenefitFrom, Value: value.Text})
	}
}

// pay is what a person receives by the list: hundredths and VND a month; 0 when it does not say so.
type pay struct {
	amount      int32
	coefficient int16
	carer       bool // it is support for caring for somebody else
}

// pay reads what the person receives.
func (v *RowView) pay() (p pay) {
	p.carer = v.carer()
	if n, ok := readHundredths(v.value(roster.Coefficient).Text); ok {
		p.coefficient = int16(n) //nolint:gosec // at most 5000
	} else if possible, each := v.due(); len(possible) == 1 && !each {
		p.coefficient = int16(possible[0]) //nolint:gosec // as above; what the category brings, since the list has none
	}
	if n, ok := readAmount(v.value(roster.Allowance)); ok {
		p.amount = n
	}
	return p
}

// thousands is below what an amount must be given in thousands of VND.
const thousands = 10_000

// readAmount reads an amount of VND: "750.000", "750000 đ/tháng", 750 in a column of thousands.
func readAmount(value roster.Value) (int32, bool) {
	text := strings.TrimSuffix(value.Text, ".0")
	if at := strings.IndexAny(text, "/("); at > 0 {
		text = text[:at]
	}
	n, err := strconv.Atoi(strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, text))
	if err != nil || n <= 0 || n > 100_000_000 {
		return 0, false
	}
	if n < thousands {
		n *= 1000
	}
	return int32(n), true //nolint:gosec // bounded
}

// carer reports whether what the person receives may come beside an allowance of his own.
func (v *RowView) carer() bool {
	sections := v.theCategory().sections
	for _, lines := range sections {
		if slices.ContainsFunc(lines, func(b benefit) bool { return !b.payment() }) {
			return false
		}
	}
	return len(sections) > 0
}

// bothReceive reports whether two rows of one person are two payments: his own, and the support for whom he cares for.
func (l *ListView) bothReceive(a, b int) bool {
	x, y := &l.facts[a], &l.facts[b]
	return x.pay.carer != y.pay.carer && x.name == y.name && x.name != 0
}
