package roster

import (
	"cmp"
	"slices"
	"strings"

	"lamsach/core/viet"
)

// settleDoubles leaves every place to one column: to the one that says it is the right one, then the one whose contents fit, the surest,
// the first. Another may be its spare.
func (a *assignment) settleDoubles() {
	best, spared := map[place]*claim{}, map[place]bool{}
	order := make([]*claim, 0, len(a.claims))
	for i := range a.claims {
		order = append(order, &a.claims[i])
	}
	slices.SortStableFunc(order, func(x, y *claim) int {
		return cmp.Or(
			cmp.Compare(y.stands(), x.stands()), cmp.Compare(y.agrees, x.agrees), cmp.Compare(aside(x.notion), aside(y.notion)),
			cmp.Compare(y.word, x.word), cmp.Compare(y.confidence, x.confidence),
		)
	})
	for _, c := range order {
		at, kept := places[c.notion]
		if !kept || c.lost {
			continue
		}
		switch first := best[at]; {
		case first == nil:
			best[at] = c
		case !spared[at] && a.spares(first, c):
			c.spare, spared[at] = true, true
		default:
			c.lost = true
		}
	}
}

// aside is 1 for what stands in for a field only where nothing else is it: circumstances beside the category of an allowance, what is
// paid for several months beside what is due for one.
func aside(n notion) int {
	if n == "circumstances" || n == "allowance_paid" {
		return 1
	}
	return 0
}

// spares reports whether what a second column says holds where the first is empty: of numbers, and beside a column of corrections, in
// which something stands only where something was wrong. What is old beside what is not ("Ngày sinh cũ") does not.
func (a *assignment) spares(first, second *claim) bool {
	if places[second.notion].part != Whole || second.agrees < 0 {
		return false
	}
	return first.standing == 1 && second.standing < 1 || second.standing >= 0 && a.fillsGaps(first, second)
}

// stands is the claim's standing, unless its contents are something else.
func (c *claim) stands() int {
	if c.agrees < 0 {
		return 0
	}
	return c.standing
}

// Words by which a header says that its column holds what is right, or what was before.
var (
	rightWords = [][]string{{"mới"}, {"đúng"}, {"công", "an"}, {"xác", "minh"}, {"sau", "rà", "soát"}, {"gks"}, {"giấy", "khai", "sinh"}, {"chính", "xác"}, {"sau", "khi", "sửa"}, {"đã", "sửa"}}
	wrongWords = [][]string{{"cũ"}, {"sai"}, {"phần", "mềm"}, {"ban", "đầu"}, {"học", "bạ"}, {"trước", "khi", "sửa"}}
)

// standingOf is 1 for a header that says that its column is right, -1 for one that says that it is not or was before, and 0.
func standingOf(header string) int {
	words := strings.Fields(headerKey(header))
	if header != "" && !viet.HasMarks(header) {
		return 0 // "dung" is not only "đúng"
	}
	says := func(phrases [][]string) bool {
		return slices.ContainsFunc(phrases, func(phrase []string) bool {
			for i := range len(words) - len(phrase) + 1 {
				if slices.Equal(words[i:i+len(phrase)], phrase) {
					return true
				}
			}
			return false
		})
	}
	right, wrong := says(rightWords), says(wrongWords)
	switch {
	case right && !wrong:
		return 1
	case wrong && !right:
		return -1
	}
	return 0
}

// settleNumbers settles which columns tell the people's own numbers. A column "Số CMND" does where it holds some: what people write there.
// One of grown-ups' numbers does not where another, even an empty one, can: "Số CCCD người khai" in a list of children.
func (a *assignment) settleNumbers() {
	own := 0
	for i := range a.claims {
		c := &a.claims[i]
		if c.notion == "old_id_number" && a.holdsNumbers(c) {
			c.notion, c.confidence = "id_number", 0.9
			c.agrees, c.looks = a.seen[c.index].agrees(PersonalID)
		}
		if c.notion == "id_number" && !c.lost && !a.ofAdults(c) {
			own++
		}
	}
	for i := range a.claims {
		if c := &a.claims[i]; own > 0 && a.ofAdults(c) {
			c.lost = true
		}
	}
}

// holdsNumbers reports whether nearly all that a column holds is personal numbers, and not those of grown-ups in a list of children.
func (a *assignment) holdsNumbers(c *claim) bool {
	if c.index >= len(a.seen) {
		return false
	}
	s := &a.seen[c.index]
	return s.filled >= enough && s.share(s.id) >= 0.8 && (s.adult*5 <= s.id || a.adultsThemselves())
}

// fillsGaps reports whether a second column of personal numbers tells those that the first, which has gaps, does not.
func (a *assignment) fillsGaps(first, second *claim) bool {
	if first.notion != "id_number" || second.notion != "id_number" || max(first.index, second.index) >= len(a.seen) {
		return false
	}
	s, most := &a.seen[second.index], 0
	for i := range a.seen {
		most = max(most, a.seen[i].filled)
	}
	return s.share(s.id) >= 0.8 && (s.adult*5 <= s.id || a.adultsThemselves()) && 20*a.seen[first.index].filled < 19*most
}
