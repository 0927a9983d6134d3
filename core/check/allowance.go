package check

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"lamsach/core/civil"
	"lamsach/core/roster"
	"lamsach/core/viet"
)

// Limits of the rule on allowances.
const (
	fewPaid   = 5   // a shorter list has no standard of its own
	paidShare = 0.6 // of the people whose amount is the same multiple
)

// listAllowances compares what people receive with coefficient × standard amount, of the month that the list is about.
func listAllowances(l *ListView) {
	usual := l.usualStandard()
	bySheet := map[int][]int{}
	for rec := range l.facts {
		p := l.facts[rec].pay
		if p.amount == 0 || p.coefficient == 0 || l.facts[rec].left || !l.wants(rec) {
			continue
		}
		sheet := l.ro.Records[rec].Sheet
		amounts, known := bySheet[sheet]
		if !known {
			amounts = l.standardsOf(sheet, usual)
			bySheet[sheet] = amounts
		}
		due := func(standard int) int { return standard * int(p.coefficient) / 100 }
		if len(amounts) == 0 || slices.ContainsFunc(amounts, func(standard int) bool { return due(standard) == int(p.amount) }) {
			continue
		}
		latest := amounts[len(amounts)-1]
		f := l.add(rec, Finding{
			Code: "allowance.mismatch", Field: roster.Allowance, Fix: Offer, Value: l.value(rec, roster.Allowance).Text,
			Suggestion: strconv.Itoa(due(latest)), Confidence: 0.7,
		})
		f.put("Coefficient", hundredths(int(p.coefficient)))
		f.put("Standard", latest)
	}
}

// usualStandard is what most of the list is paid by; 0 when nothing is.
func (l *ListView) usualStandard() int {
	counts, paid := map[int]int{}, 0
	for rec := range l.facts {
		if p := l.facts[rec].pay; p.amount > 0 && p.coefficient > 0 && !l.facts[rec].left {
			counts[int(p.amount)*100/int(p.coefficient)]++
			paid++
		}
	}
	for standard, n := range counts {
		if paid >= fewPaid && float64(n) >= paidShare*float64(paid) {
			return standard
		}
	}
	return 0
}

// formerStandard reports whether the amount was the country's once.
func formerStandard(amount int) bool {
	return slices.ContainsFunc(standards, func(s standard) bool { return s.amount == amount })
}

// standardsOf gives the amounts that people of a sheet may be paid by, ascending: the country's in the months that the sheet's name says,
// or else the titles, or else today. Instead of them stands what most of the list is paid by, when it is more, since a province may set a
// higher one (NĐ 20/2021/NĐ-CP, Article 4(3)), or when it is a former one and no month is named: the list is of that time.
func (l *ListView) standardsOf(sheet, usual int) (amounts []int) {
	months := monthsIn(viet.Fold(l.ro.Sheets[sheet].Name))
	if len(months) == 0 {
		months = monthsIn(l.ro.Titles)
	}
	named := len(months) > 0
	if !named {
		months = append(months, l.today)
	}
	for _, month := range months {
		if amount := standardOn(month); amount > 0 && !slices.Contains(amounts, amount) {
			amounts = append(amounts, amount)
		}
	}
	slices.Sort(amounts)
	if usual > 0 && len(amounts) > 0 && (usual > slices.Max(amounts) || !named && formerStandard(usual)) {
		return []int{usual}
	}
	return amounts
}

var monthOf = regexp.MustCompile(`(?:^|[^a-z0-9])(ngay \d{1,2} )?(?:thang|t) ?(\d{1,2}) ?(?:nam|[/.\-])? ?(20\d\d)(?:\D|$)`)

// monthsIn gives the first days of the months that a folded text names: "thang 5/2023", "t5.2023". The month in a letter's date is none.
func monthsIn(folded string) (months []civil.Date) {
	for _, m := range monthOf.FindAllStringSubmatch(strings.Join(strings.Fields(folded), " "), -1) {
		month, _ := strconv.Atoi(m[2])
		year, _ := strconv.Atoi(m[3])
		if m[1] == "" && month >= 1 && month <= 12 {
			months = append(months, civil.Date{Year: year, Month: time.Month(month), Day: 1})
		}
	}
	return months
}
