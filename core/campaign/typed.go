package campaign

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"lamsach/core/civil"
	"lamsach/core/fault"
	"lamsach/core/viet"
)

// Days are when a step is to be done, as a plan says it: "từ ngày … đến ngày …", or "xong trước ngày …".
type Days struct {
	From   civil.Date // zero: not said
	To     civil.Date // inclusive
	Before civil.Date // exclusive; either To or Before is set
}

// Deadline is the last day that is in time.
func (d Days) Deadline() civil.Date { return Step{To: d.To, Before: d.Before}.Deadline() }

// Days gives when a step is to be done.
func (s Step) Days() Days { return Days{s.From, s.To, s.Before} }

var (
	typedDay = regexp.MustCompile(`^(?:ngay )?(\d{1,2})(?: ?[/.\-] ?| thang )(\d{1,2})(?:(?: ?[/.\-] ?| nam )(\d{4}|\d{2}))?$`)
	isoDay   = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)
	digits   = regexp.MustCompile(`^\d{4}(\d{2}|\d{4})?$`)
	// typedSpan finds the two days of "từ … đến …", with or without the words.
	typedSpan = regexp.MustCompile(`^(?:tu )?(.+?)(?: den(?: het)? | ?– ?| - )(.+)$`)
	// tightSpan is two days with nothing but a stroke between them, "4/10-15/10".
	tightSpan = regexp.MustCompile(`^(\d{1,2}/\d{1,2}(?:/\d{2,4})?)-(\d{1,2}/\d{1,2}(?:/\d{2,4})?)$`)
)

// ParseDay reads a day as people type it: "30/9", "30-9-23", "30.9.2023", "ngày 30 tháng 9", "3009", "2023-09-30", "hôm nay", "hôm qua",
// "mai". Without a year it is the one nearest to near. Its error is Invalid, "campaign.typed.day".
func ParseDay(text string, near civil.Date) (civil.Date, error) {
	folded := strings.Trim(viet.Squeeze(viet.Fold(text)), ". ")
	switch folded {
	case "hom nay", "nay", "today":
		return near, nil
	case "hom qua", "qua", "yesterday":
		return near.AddDays(-1), nil
	case "mai", "ngay mai", "tomorrow":
		return near.AddDays(1), nil
	}
	var day civil.Date
	switch part := typedDay.FindStringSubmatch(folded); {
	case part != nil:
		day = dayOf(part[1], part[2], part[3], near)
	case isoDay.MatchString(folded):
		day, _ = civil.ParseISO(folded) // a day that is none stays zero
	case digits.MatchString(folded):
		day = dayOf(folded[:2], folded[2:4], folded[4:], near)
	}
	if !day.Valid() {
		return civil.Date{}, fault.New(fault.Invalid, "campaign.typed.day", "Text", text)
	}
	return day, nil
}

// dayOf puts a day together; without a year the one that brings it nearest.
func dayOf(day, month, year string, near civil.Date) civil.Date {
	number := func(s string) int { n, _ := strconv.Atoi(s); return n } // digits alone
	of := func(y int) civil.Date { return civil.Date{Year: y, Month: time.Month(number(month)), Day: number(day)} }
	switch len(year) {
	case 4:
		return of(number(year))
	case 2:
		return of(2000 + number(year))
	}
	best := of(near.Year)
	for _, y := range []int{near.Year - 1, near.Year + 1} {
		if d := of(y); d.Valid() && (!best.Valid() || away(d, near) < away(best, near)) {
			best = d
		}
	}
	return best
}

func away(a, b civil.Date) int { return max(a.DaysSince(b), b.DaysSince(a)) }

// ParseDays reads when a step is to be done: "từ 4/10 đến 15/10", "4/10-15/10", "đến 15/10", "15/10", "xong trước 10/11", "từ 4/10 xong
// trước 10/11". Its errors are Invalid: "campaign.typed.days", "campaign.typed.day", "campaign.typed.reversed".
func ParseDays(text string, near civil.Date) (Days, error) {
	folded := strings.Trim(viet.Squeeze(viet.Fold(text)), ". ")
	var d Days
	var err error
	from, before, exclusive := cutBefore(folded)
	span := typedSpan.FindStringSubmatch(folded)
	if span == nil {
		span = tightSpan.FindStringSubmatch(folded)
	}
	switch {
	case exclusive:
		d.Before, err = ParseDay(before, near)
		if err == nil && from != "" {
			d.From, err = ParseDay(from, d.Before)
		}
	case span != nil:
		d.From, d.To, err = parseSpan(span[1], span[2], near)
	default:
		d.To, err = ParseDay(strings.TrimPrefix(strings.TrimPrefix(folded, "den "), "het "), near)
	}
	switch {
	case err != nil:
		return Days{}, fault.New(fault.Invalid, "campaign.typed.days", "Text", text)
	case d.Deadline().Before(d.From):
		return Days{}, fault.New(fault.Invalid, "campaign.typed.reversed", "From", d.From, "To", d.Deadline())
	}
	return d, nil
}

// cutBefore finds "xong trước" and what stands ahead of it.
func cutBefore(folded string) (from, before string, found bool) {
	from, before, found = strings.Cut(" "+folded, " truoc ")
	from = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(from), "xong"))
	return strings.Trim(strings.TrimPrefix(from, "tu "), " ,"), before, found
}

// parseSpan reads two days; the first takes the year of the second.
func parseSpan(first, last string, near civil.Date) (from, to civil.Date, err error) {
	if to, err = ParseDay(last, near); err != nil {
		return from, to, err
	}
	from, err = ParseDay(first, to)
	return from, to, err
}
