package sample

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// provinces are the codes of birth registration that occur; most children were registered at home (014). 001 and 008 are
// there for the numbers that lose two zeros.
var provinces = []string{"014", "014", "014", "014", "014", "014", "014", "011", "015", "010", "017", "001", "008", "038"}

// numberer gives numbers that are well formed, used once, and nobody's: their six free digits begin with 99.
type numberer struct {
	tails map[string]int  // prefix → the next four digits
	used  map[string]bool // numbers
}

func newNumberer() numberer { return numberer{tails: map[string]int{}, used: map[string]bool{}} }

// next gives the next number for a province, sex and year of birth.
func (n *numberer) next(r *rand.Rand, female bool, year int) string {
	for {
		prefix := pick(r, provinces) + numberPrefix(female, year)
		next, met := n.tails[prefix]
		if !met {
			next = r.IntN(10_000)
		}
		// 3571 and 10000 have no common factor: every tail comes once, and neighbours are far apart. A prefix that is used up
		// gives used numbers only; with 448 of them another one is found.
		n.tails[prefix] = (next + 3571) % 10_000
		tail := fmt.Sprintf("%04d", next)
		if number := prefix + "99" + tail; natural(number) && !n.used[number] {
			n.used[number] = true
			return number
		}
	}
}

// numberPrefix is the fourth to the sixth digit: century and sex, two digits of the year.
func numberPrefix(female bool, year int) string {
	century := 0
	if year >= 2000 {
		century = 2
	}
	if female {
		century++
	}
	return fmt.Sprintf("%d%02d", century, year%100)
}

// natural tells numbers apart from fillers: no digit fills the number, no tail of zeros or of counting.
func natural(number string) bool {
	for digit := '0'; digit <= '9'; digit++ {
		if strings.Count(number, string(digit)) > 6 {
			return false
		}
	}
	tail := number[8:]
	return !strings.Contains("01234567890", tail) && !strings.Contains("09876543210", tail) && tail != strings.Repeat(tail[:1], 4)
}

// claim takes numbers that were made in another way; false when one of them is taken or looks like a filler.
func (n *numberer) claim(numbers ...string) bool {
	for _, number := range numbers {
		if n.used[number] || !natural(number) {
			return false
		}
	}
	for _, number := range numbers {
		n.used[number] = true
	}
	return true
}
