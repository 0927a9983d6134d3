package sample

import (
	"math/rand/v2"
	"strconv"
	"strings"

	"lamsach/core/civil"
	"lamsach/core/roster"
	"lamsach/core/viet"
)

// adult is a parent or guardian.
type adult struct {
	name, number string
	born         int // year
}

// household is a family with the children that are on the list.
type household struct {
	people                   people
	village, phone           string
	code                     int
	father, mother, guardian *adult // nil where there is none
	children                 []*child
}

// child is one person as he really is.
type child struct {
	name, number string
	female       bool
	born         civil.Date
	home         *household
	twin         *child
	halfKnown    bool // only the year of birth is known, as of many who were born long ago
	aid          *aid // what the person receives, on a list of those who do
}

// commune makes the people of a list.
type commune struct {
	r       *rand.Rand
	asOf    civil.Date
	names   nameBook
	peoples []people // who may live there
	numbers numberer
	homes   []*household
	size    int             // children so far
	taken   map[string]bool // names of mothers; names of children with their birth dates
}

var villages = []string{
	"Bản Nà Mận", "Bản Huổi Lươn", "Bản Pá Thông", "Bản Suối Cạn", "Bản Phiêng Lúa", "Bản Co Muông", "Thôn 1", "Tiểu khu 3",
	"Bản Nậm Rùa", "Bản Háng Tra", "Bản Khau Vai Hạ", "Bản Tà Đò", "Bản Xà Hồ", "Bản Nong Tấu", "Bản Lóng Bon", "Bản Pú Nhi",
	"Bản Cò Chịa", "Bản Mường Và", "Thôn 2", "Tiểu khu 5", "Bản Đin Chí", "Bản Lọng Ngòi", "Bản Sàng Ma", "Bản Trung Hồ",
}

// settle fills the commune until it has so many children, hamlet by hamlet.
func (c *commune) settle(children int) {
	hamlets := min(max(children/40, 3), len(villages))
	for v := range hamlets {
		own := weighted(c.r, c.peoples)
		for until := children * (v + 1) / hamlets; until > c.size; {
			c.add(own, villages[v], until-c.size)
		}
	}
}

// add makes a household with at most so many children.
func (c *commune) add(own people, village string, atMost int) {
	h := &household{people: pickPeople(c.r, own, c.peoples), village: village, phone: "09000" + strconv.Itoa(10_000+c.r.IntN(90_000))}
	births := c.births(min(atMost, 1+c.r.IntN(4)))
	family := c.names.family(c.r, h.people.key)
	mothersFamily := c.names.family(c.r, h.people.key)
	first := births[0].Year
	mothersYear := first - 19 - c.r.IntN(13)
	h.mother = c.adult(h.people, true, mothersFamily, mothersYear)
	h.father = c.adult(h.people, false, family, mothersYear+2-c.r.IntN(8))
	if h.people.matrilinal {
		family = mothersFamily
	}
	switch kind := c.r.IntN(100); {
	case kind < 6:
		h.father = nil
	case kind < 9:
		h.father, h.mother = nil, nil
		h.guardian = c.adult(h.people, true, mothersFamily, mothersYear-24)
	}
	for i, born := range births {
		h.children = append(h.children, c.child(h, family, born, i == 0 && c.r.IntN(80) == 0 && len(h.children)+2 <= atMost)...)
	}
	h.children = h.children[:min(len(h.children), atMost)]
	c.size += len(h.children)
	c.homes = append(c.homes, h)
	h.code = len(c.homes)
}

func (h *household) address() string { return h.village + ", xã Nà Mận" }

// births are the birth dates of brothers and sisters, the eldest first, more than a year apart.
func (c *commune) births(n int) []civil.Date {
	eldest := c.asOf.AddYears(-16).AddDays(40)
	span := c.asOf.DaysSince(eldest) - 20
	births := []civil.Date{c.birthday(eldest.AddDays(c.r.IntN(span)))}
	for len(births) < n {
		next := c.birthday(births[len(births)-1].AddDays(430 + c.r.IntN(1100)))
		if c.asOf.DaysSince(next) < 20 {
			break
		}
		births = append(births, next)
	}
	return births
}

// birthday moves a date off the first of January, which in a list means that somebody did not know.
func (c *commune) birthday(d civil.Date) civil.Date {
	if d.Month == 1 && d.Day == 1 {
		return d.AddDays(1)
	}
	return d
}

func (c *commune) adult(p people, female bool, family string, year int) *adult {
	var name string
	for range 60 {
		name = c.names.full(c.r, p.key, female, family)
		if key := "adult " + viet.Fold(name); !c.taken[key] {
			c.taken[key] = true
			break
		}
	}
	return &adult{name: name, born: year, number: c.numbers.next(c.r, female, year)}
}

// child makes one child, or twins. No two children of the list have both name and birth date in common, no two of a household
// the given name, and no child the name of a parent.
func (c *commune) child(h *household, family string, born civil.Date, twins bool) []*child {
	one := &child{female: c.r.IntN(2) == 0, born: born, home: h}
	one.name = c.childName(h, family, one, nil)
	one.number = c.numbers.next(c.r, one.female, born.Year)
	if !twins {
		return []*child{one}
	}
	two := &child{female: c.r.IntN(2) == 0, born: born, home: h, twin: one}
	two.name = c.childName(h, family, two, one)
	two.number = c.numbers.next(c.r, two.female, born.Year)
	one.twin = two
	return []*child{one, two}
}

func (c *commune) childName(h *household, family string, ch, twin *child) string {
	for {
		name := c.names.full(c.r, h.people.key, ch.female, family)
		key := viet.Fold(name) + " " + ch.born.String()
		if c.taken[key] || h.knows(name) || twin != nil && sameGiven(twin.name, name) {
			continue
		}
		c.taken[key] = true
		return name
	}
}

// knows reports whether somebody of the household has the name, or a brother or sister the given name.
func (h *household) knows(name string) bool {
	for _, a := range []*adult{h.father, h.mother, h.guardian} {
		if a != nil && viet.Fold(a.name) == viet.Fold(name) {
			return true
		}
	}
	for _, ch := range h.children {
		if sameGiven(ch.name, name) {
			return true
		}
	}
	return false
}

// sameGiven compares names without the family name; brothers of a people that puts it last still differ in the first words.
func sameGiven(a, b string) bool {
	return viet.Fold(a) == viet.Fold(b) || viet.Fold(lastWord(a)) == viet.Fold(lastWord(b)) && !strings.Contains(a, "'") && !strings.HasPrefix(a, "Y ")
}

func lastWord(name string) string { return name[strings.LastIndex(name, " ")+1:] }

// right gives the true, canonical value of every field.
func (ch *child) right() map[string]string {
	h := ch.home
	values := map[roster.Field]string{
		roster.FullName: ch.name, roster.BirthDate: dayFirst(ch.born), roster.Sex: sexText(ch.female), roster.Ethnicity: h.people.name,
		roster.PersonalID: ch.number, roster.Village: h.village, roster.Address: h.address(), roster.Phone: h.phone,
	}
	put := func(a *adult, name, number, born roster.Field) {
		if a != nil {
			values[name], values[number] = a.name, a.number
			if born != roster.NoField {
				values[born] = strconv.Itoa(a.born)
			}
		}
	}
	if ch.halfKnown {
		values[roster.BirthDate] = strconv.Itoa(ch.born.Year)
	}
	if a := ch.aid; a != nil {
		values[roster.Category], values[roster.Coefficient], values[roster.Allowance] = a.category, trimmed(a.coefficient), strconv.Itoa(a.amount)
		values[roster.DecisionNo], values[roster.BenefitFrom] = a.decision, a.since()
	}
	put(h.father, roster.FatherName, roster.FatherID, roster.FatherBirth)
	put(h.mother, roster.MotherName, roster.MotherID, roster.MotherBirth)
	put(h.guardian, roster.GuardianName, roster.GuardianID, roster.NoField)
	right := map[string]string{}
	for field, value := range values {
		right[field.String()] = value
	}
	if h.guardian != nil {
		right[roster.GuardianRelation.String()] = "Bà"
	}
	return right
}

func sexText(female bool) string {
	if female {
		return "Nữ"
	}
	return "Nam"
}
