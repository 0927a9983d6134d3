package sample

import (
	_ "embed"
	"encoding/csv"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
)

//go:embed common_names.csv
var commonNames string

//go:embed name_patterns.csv
var namePatterns string

// people is an ethnic group as far as names go.
type people struct {
	key        string // of common_names.csv and name_patterns.csv
	name       string // official name of the group
	weight     int    // how often it is met
	matrilinal bool   // children bear the mother's family name
}

// peoples of the made-up commune: the north-west of the country, with a few who moved there.
var peoples = []people{
	{key: "mong", name: "Mông", weight: 28},
	{key: "thai", name: "Thái", weight: 28},
	{key: "kinh", name: "Kinh", weight: 20},
	{key: "muong", name: "Mường", weight: 10},
	{key: "dao", name: "Dao", weight: 7},
	{key: "kho_mu", name: "Khơ Mú", weight: 4},
	{key: "e_de", name: "Ê Đê", weight: 2, matrilinal: true},
	{key: "khmer", name: "Khmer", weight: 1},
}

// nameBook is the two files, read once: parts by kind ("thai_family") and patterns by group and sex ("thai male").
type nameBook struct {
	parts    map[string][]string
	patterns map[string][]string
}

var names = sync.OnceValue(func() nameBook {
	b := nameBook{parts: map[string][]string{}, patterns: map[string][]string{}}
	for _, row := range table(commonNames) {
		b.parts[row[0]] = append(b.parts[row[0]], row[1])
	}
	for _, row := range table(namePatterns) {
		for _, sex := range []string{"male", "female"} {
			if row[1] == sex || row[1] == "any" {
				key := row[0] + " " + sex
				b.patterns[key] = append(b.patterns[key], row[2])
			}
		}
	}
	return b
})

// table reads an embedded CSV file without its header; the files are part of the program, so a broken one is a bug.
func table(text string) [][]string {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		panic("sample: embedded table: " + err.Error())
	}
	return rows[1:]
}

func sexWord(female bool) string {
	if female {
		return "female"
	}
	return "male"
}

// pattern chooses how a name is put together. The first pattern of a group is the usual one; groups without a pattern follow
// the usual form of their neighbours.
func (b nameBook) pattern(r *rand.Rand, group string, female bool) string {
	known := b.patterns[group+" "+sexWord(female)]
	switch {
	case len(known) > 1 && r.IntN(8) == 0:
		return known[1+r.IntN(len(known)-1)]
	case len(known) > 0:
		return known[0]
	case len(b.parts[group+"_middle_"+sexWord(female)]) > 0:
		return "{family} {middle} {given}"
	case female:
		return "{family} Thị {given}"
	}
	return "{family} Văn {given}"
}

// family gives a family name of the group.
func (b nameBook) family(r *rand.Rand, group string) string { return pick(r, b.parts[group+"_family"]) }

// full gives a name with the given family name. It always has a letter that only Vietnamese has, so that no right name looks
// like one that lost its marks.
func (b nameBook) full(r *rand.Rand, group string, female bool, family string) string {
	for {
		name := b.pattern(r, group, female)
		for strings.Contains(name, "{") {
			before, rest, _ := strings.Cut(name, "{")
			slot, after, _ := strings.Cut(rest, "}")
			name = before + b.slot(r, group, slot, female, family) + after
		}
		if strings.ContainsAny(name, marked) {
			return name
		}
	}
}

func (b nameBook) slot(r *rand.Rand, group, slot string, female bool, family string) string {
	what, _, _ := strings.Cut(slot, "_")
	switch {
	case slot == "family_mother":
		return b.family(r, group)
	case what == "family":
		return family
	case what == "given" && r.IntN(3) == 0 && len(b.parts[group+"_given_double_"+sexWord(female)]) > 0:
		return pick(r, b.parts[group+"_given_double_"+sexWord(female)])
	}
	return pick(r, b.parts[group+"_"+what+"_"+sexWord(female)])
}

const marked = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ" +
	"ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ"

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

// pickPeople chooses a group by weight, mostly the hamlet's own.
func pickPeople(r *rand.Rand, own people, peoples []people) people {
	if r.IntN(100) < 85 {
		return own
	}
	return weighted(r, peoples)
}

func weighted(r *rand.Rand, peoples []people) people {
	total := 0
	for _, p := range peoples {
		total += p.weight
	}
	at := r.IntN(total)
	i := slices.IndexFunc(peoples, func(p people) bool { at -= p.weight; return at < 0 })
	return peoples[i]
}
