package officer

import (
	"slices"
	"strings"

	"lamsach/core/civil"
	"lamsach/core/viet"
)

// hamletWords begin the names of hamlets, folded. A text without one of them may be anything.
var hamletWords = []string{
	"ban", "thon", "ap", "xom", "buon", "bon", "plei", "lang", "to", "khu", "khom", "khoi", "tieu", "cum", "phum", "soc",
}

// fewest is how many people of a list have to live in a hamlet before its name is taken for one: a slip of the pen is rarely made thrice.
const fewest = 3

// NewHamlets gives the hamlets of a commune that a list speaks of, and that the tree lacks: texts that begin as names of hamlets do and
// that several people have, each once, in the order of names. texts are the hamlets of the list's people as written. There is no
// such commune: none.
func (t *Tree) NewHamlets(commune string, texts []string, from civil.Date) []Unit {
	people := map[string]int{}
	written := map[string]string{}
	for _, text := range texts {
		name := viet.NFC(viet.Squeeze(text))
		first, rest, _ := strings.Cut(name, " ")
		if rest == "" || len(name) > 100 || !slices.Contains(hamletWords, viet.Fold(first)) {
			continue
		}
		key := viet.Lower(name)
		people[key]++
		if written[key] == "" {
			written[key] = name
		}
	}
	var names []string
	for key, n := range people {
		if n >= fewest {
			names = append(names, written[key])
		}
	}
	slices.Sort(names)
	var units []Unit
	tree := t
	for _, name := range names {
		larger, u, err := tree.AddHamlet(commune, name, from)
		if err != nil {
			return nil
		}
		if _, had := tree.Unit(u.Code); !had {
			units = append(units, u)
		}
		tree = larger
	}
	return units
}
