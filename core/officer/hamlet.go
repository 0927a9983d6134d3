package officer

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"lamsach/core/civil"
	"lamsach/core/fault"
	"lamsach/core/viet"
)

// hamletWords begin the names of hamlets, folded. A text without one of them may be anything.
var hamletWords = []string{
	"ban", "thon", "ap", "xom", "buon", "bon", "plei", "lang", "to", "khu", "khom", "khoi", "tieu", "cum", "phum", "soc",
}

// fewest is how many people of a list have to live in a hamlet before its name is taken for one: a slip of the pen is rarely made thrice.
const fewest = 3

// NewHamlets gives the hamlets of a commune that a list speaks of, and that the tree lacks: texts that begin as names of hamlets do and
// that several people have, each once, in the order of names. texts are the hamlets of the list as written, and how many people live
// there. There is no such commune: none.
func (t *Tree) NewHamlets(commune string, texts map[string]int, from civil.Date) []Unit {
	people := map[string]int{}
	written := map[string]string{}
	most := map[string]int{} // people who have it written so
	for _, text := range slices.Sorted(maps.Keys(texts)) {
		name := viet.NFC(viet.Squeeze(text))
		first, rest, _ := strings.Cut(name, " ")
		if rest == "" || len(name) > 100 || !slices.Contains(hamletWords, viet.Fold(first)) {
			continue
		}
		key := viet.Lower(name)
		people[key] += texts[text]
		if n := texts[text]; n > most[key] || n == most[key] && viet.IsDisplayCase(name) {
			written[key], most[key] = name, n
		}
	}
	var names []string
	for key, n := range people {
		if n >= fewest {
			names = append(names, written[key])
		}
	}
	slices.Sort(names)
	if !t.isCommune(commune) {
		return nil
	}
	var units []Unit
	n := 0
	for _, name := range names {
		if _, had := t.hamletNamed(commune, name); had {
			continue
		}
		var code string
		code, n = t.freeHamlet(commune, n)
		units = append(units, Unit{Code: code, Name: name, Level: LevelHamlet, Parent: commune, ValidFrom: from})
	}
	return units
}

// AddHamlet gives a tree that has a hamlet of a commune, and the hamlet. A name that the commune has already, in any case and with
// any blanks, is that hamlet; a new one gets the next free number behind the commune's code, "03868-07". Its errors are Invalid,
// "unit.name_missing", and NotFound, "unit.unknown", when there is no such commune.
func (t *Tree) AddHamlet(commune, name string, from civil.Date) (*Tree, Unit, error) {
	if !t.isCommune(commune) {
		return nil, Unit{}, fault.New(fault.NotFound, "unit.unknown", "Code", commune)
	}
	name = viet.Squeeze(name)
	if known, had := t.hamletNamed(commune, name); had {
		return t, known, nil
	}
	code, _ := t.freeHamlet(commune, 0)
	hamlet := Unit{Code: code, Name: name, Level: LevelHamlet, Parent: commune, ValidFrom: from}
	larger, err := t.With(hamlet)
	return larger, hamlet, err
}

func (t *Tree) isCommune(code string) bool {
	u, ok := t.units[code]
	return ok && u.Level == LevelCommune
}

// hamletNamed finds a hamlet of the commune that has not ended.
func (t *Tree) hamletNamed(commune, name string) (Unit, bool) {
	for _, code := range t.children[commune] {
		if u := t.units[code]; u.Level == LevelHamlet && u.ValidTo.IsZero() && SameName(u.Name, name) {
			return u, true
		}
	}
	return Unit{}, false
}

// freeHamlet gives the code of the first free number after one, and the number.
func (t *Tree) freeHamlet(commune string, after int) (code string, n int) {
	for n = after + 1; ; n++ {
		code = fmt.Sprintf("%s-%02d", commune, n)
		if _, taken := t.units[code]; !taken {
			return code, n
		}
	}
}
