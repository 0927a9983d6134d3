package match

import (
	"bytes"
	"cmp"
	"slices"

	"lamsach/core/alike"
	"lamsach/core/civil"
	"lamsach/core/person"
	"lamsach/core/roster"
	"lamsach/core/viet"
)

// The borders of the score (matching.md 5.5), in powers of two. A wrong pair gives one child another's corrections, a pair
// that was not made costs a question: so only what is nearly certain is taken without asking.
const (
	sure     = 21.0 // from here on two people are one, if nobody else comes near
	margin   = 4.0  // by which the best has to be ahead of the second best, on either side
	possible = 5.0  // from here on it is worth a question
)

// mostInBlock bounds how many people a key may bring together: 1 January brings half a list, and tells nothing.
const mostInBlock = 200

// Likely are two people, one of either list, who may be one.
type Likely struct {
	Now, Before int // records
	Score       alike.Score
}

// candidate is a pair with its score.
type candidate struct {
	now, before int
	alike.Weighing
}

// Score looks for those whom Pair did not find by what agrees and differs: near certain pairs become pairs, others that are
// worth a question stand in Likely, each person once.
func (u *Update) Score(before, now *roster.Roster) {
	left := newPeople(before, u.Gone)
	right := newPeople(now, u.New)
	best := weighAll(left, right)
	slices.SortFunc(best, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.Total, a.Total), cmp.Compare(a.now, b.now), cmp.Compare(a.before, b.before))
	})
	second := rivals(best)
	gone, come := map[int]bool{}, map[int]bool{}
	for _, c := range best {
		switch {
		case gone[c.before] || come[c.now]:
			continue // whoever comes first is the better one
		case c.Total >= sure && c.SameName && second[c.before][0] <= c.Total-margin && second[c.now][1] <= c.Total-margin:
			u.Pairs[c.now] = c.before
		case c.Total >= possible && (c.SameName || c.NearName):
			u.Likely = append(u.Likely, Likely{Now: c.now, Before: c.before, Score: c.Score})
		default:
			continue
		}
		gone[c.before], come[c.now] = true, true
	}
	u.sortOut(before, now)
}

// rivals gives of every person the score of the second best candidate: of the earlier list at 0, of the later at 1.
func rivals(best []candidate) map[int][2]float64 {
	const nobody = -1000
	second := map[int][2]float64{}
	var first [2]map[int]bool
	first[0], first[1] = map[int]bool{}, map[int]bool{}
	for _, c := range best { // the best come first
		for side, rec := range [2]int{c.before, c.now} {
			held, known := second[rec]
			if !known {
				held = [2]float64{nobody, nobody}
			}
			if first[side][rec] && held[side] == nobody {
				held[side] = c.Total
			}
			first[side][rec] = true
			second[rec] = held
		}
	}
	return second
}

// people are those of one list who are compared, each in up to two forms: as corrected, and as the file has him.
type people struct {
	ro    *roster.Roster
	forms []form
}

type form struct {
	rec   int
	who   alike.Person
	texts alike.Texts
	keys  []blockKey
}

// blockKey is what brings two people together to be compared (matching.md 5.3).
type blockKey struct {
	kind byte
	hash uint32
	more int32
}

func newPeople(ro *roster.Roster, recs []int) people {
	p := people{ro: ro}
	for _, rec := range recs {
		p.forms = append(p.forms, formOf(rec, func(f roster.Field) roster.Value { return ro.Value(rec, f) }))
		if len(ro.Records[rec].Fixed()) > 0 {
			p.forms = append(p.forms, formOf(rec, func(f roster.Field) roster.Value { return ro.Raw(rec, f) }))
		}
	}
	return p
}

// formOf reads what comparing needs of one person.
func formOf(rec int, value func(roster.Field) roster.Value) form {
	f := form{rec: rec}
	name := func(field roster.Field) (string, uint32, []byte) {
		text := person.ReadName(raw(value(field))).Value
		folded := []byte(viet.Fold(text))
		return text, alike.Hash(folded), folded
	}
	var folded []byte
	f.texts.Name, f.who.Name, folded = name(roster.FullName)
	f.who.Given = alike.Hash(folded[bytes.LastIndexByte(folded, ' ')+1:])
	f.texts.Mother, f.who.Mother, _ = name(roster.MotherName)
	f.texts.Father, f.who.Father, _ = name(roster.FatherName)
	f.who.Village = alike.Hash([]byte(viet.Fold(value(roster.Village).Text)))
	f.who.Sex = person.ReadSex(raw(value(roster.Sex))).Value
	birth := person.ReadBirthDate(raw(value(roster.BirthDate)), civil.Date{}).Value
	f.who.Birth = int32(birth.Year<<9 | birth.Month<<5 | birth.Day) //nolint:gosec // a date
	if birth.Complete() {
		f.who.Day = int32(birth.Civil().DaysSince(civil.Date{Year: 1, Month: 1, Day: 1})) //nolint:gosec // days of four-digit years
	}
	if id := person.ReadPersonalID(raw(value(roster.PersonalID))); id.Fault == person.Clean || id.Fault == person.Untidy {
		for _, digit := range id.Value.String() {
			f.who.Number = f.who.Number*10 + uint64(digit-'0') //nolint:gosec // a digit
		}
	}
	f.keys = blockKeys(&f.who)
	return f
}

func blockKeys(p *alike.Person) []blockKey {
	keys := []blockKey{}
	add := func(kind byte, hash uint32, more int32) { keys = append(keys, blockKey{kind, hash, more}) }
	year := p.Birth >> 9
	if p.Day != 0 {
		add('d', 0, p.Birth)
	}
	if p.Name != 0 {
		add('n', p.Name, 0)
	}
	if p.Given != 0 && year != 0 {
		add('g', p.Given, year)
	}
	if p.Mother != 0 && year != 0 {
		add('m', p.Mother, year)
	}
	if p.Given != 0 && p.Village != 0 {
		add('v', p.Given^p.Village, int32(p.Sex))
	}
	return keys
}

// weighAll scores everybody of one list against those of the other who share a key, once a pair: with the better of two forms.
func weighAll(before, now people) []candidate {
	blocks := map[blockKey][]int{}
	for i := range before.forms {
		for _, k := range before.forms[i].keys {
			blocks[k] = append(blocks[k], i)
		}
	}
	share := frequencies(before, now)
	at := map[[2]int]int{}
	var all []candidate
	var w alike.Weigher
	for i := range now.forms {
		b := &now.forms[i]
		seen := map[int]bool{}
		for _, k := range b.keys {
			if len(blocks[k]) > mostInBlock {
				continue
			}
			for _, j := range blocks[k] {
				a := &before.forms[j]
				if seen[j] {
					continue
				}
				seen[j] = true
				weighed, ok := w.Weigh(&a.who, &b.who, a.texts, b.texts, share[b.who.Name])
				if !ok || weighed.Total < possible-margin {
					continue
				}
				pair := [2]int{a.rec, b.rec}
				if n, known := at[pair]; known {
					if all[n].Total < weighed.Total {
						all[n].Weighing = weighed
					}
					continue
				}
				at[pair] = len(all)
				all = append(all, candidate{b.rec, a.rec, weighed})
			}
		}
	}
	return all
}

// frequencies tells how frequent each folded name is among all people of both lists.
func frequencies(before, now people) map[uint32]float64 {
	counts := map[uint32]float64{}
	total := 0.0
	for _, p := range []people{before, now} {
		for rec := range p.ro.Records {
			counts[alike.Hash([]byte(viet.Fold(p.ro.Value(rec, roster.FullName).Text)))]++
			total++
		}
	}
	for name := range counts {
		counts[name] /= total
	}
	return counts
}
