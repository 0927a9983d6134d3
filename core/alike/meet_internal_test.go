package alike

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lamsach/core/person"
	"lamsach/core/viet"
)

// TestMeetingFindsAll: whoever shares one of the six keys and is judged to be alike is found.
func TestMeetingFindsAll(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	var found [meetings]int
	for range 3000 {
		n := 2 + r.IntN(40)
		people, names, texts := make([]Person, n), make([]uint32, n), make([]Texts, n)
		for i := range people {
			people[i], texts[i] = drawMember(r)
			names[i] = people[i].Name
		}
		x := NewIndex(people, names, func(rec int) Texts { return texts[rec] })
		for i := range people {
			x.Put(i)
		}
		for i := range people {
			var got []int
			x.Near(i, func(other int, _ Match) {
				got = append(got, other)
				found[firstMeeting(&people[i], &people[other])]++
			})
			if slices.Sort(got); !slices.Equal(got, likeOne(x, i)) {
				t.Fatalf("%d meets %v, want %v", i, got, likeOne(x, i))
			}
		}
	}
	for k, n := range found {
		if n == 0 {
			t.Errorf("meeting %d never brought two together: the test proves nothing of it", k)
		}
	}
}

// likeOne compares a person with everybody.
func likeOne(x *Index, rec int) (found []int) {
	for other := range x.people {
		if other == rec || !shareKey(&x.people[rec], &x.people[other]) || !x.promising(&x.people[rec], &x.people[other]) {
			continue
		}
		if _, ok := x.judge(min(rec, other), max(rec, other)); ok {
			found = append(found, other)
		}
	}
	return found
}

func firstMeeting(a, b *Person) meeting {
	for k := range meetings {
		if key := a.meet(k); key != 0 && key == b.meet(k) {
			return k
		}
	}
	return meetings
}

// drawMember draws people of few names, days and numbers, so that many share something.
func drawMember(r *rand.Rand) (Person, Texts) {
	pick := func(from ...string) string { return from[r.IntN(len(from))] }
	texts := Texts{
		Name:   pick("Lò", "Mùa") + pick(" Thị Hoài", " Thị Hoàn", " Văn", "") + pick(" Hoa", " Thương", " Thươngg"),
		Mother: pick("", "", "Cà Thị Inh", "Cà Thị Ính A", "Vì Thị Xôm", "Vàng Mỷ"), Father: pick("", "", "Lò Văn Pâng", "Lò Văn Pân", "Mùa A Dợ"),
	}
	hash := func(text string) uint32 { return Hash([]byte(viet.Fold(text))) }
	p := Person{
		Name: hash(texts.Name), Given: Hash(given([]byte(viet.Fold(texts.Name)))), Mother: hash(texts.Mother), Father: hash(texts.Father),
		Village: hash(pick("", "Bản A", "Bản B")), Sex: person.Sex(r.IntN(3)),
	}
	if r.IntN(2) == 0 {
		p.Number = 14_216_000_000 + []uint64{117, 118, 127, 100_117, 1_000_117, 555_222, 560_222}[r.IntN(7)]
	}
	if r.IntN(4) > 0 {
		y, m, d := 2015+r.IntN(3), r.IntN(3), 1+r.IntN(3)
		if p.Birth = int32(y << 9); m > 0 {
			p.Birth, p.Day = p.Birth|int32(m<<5|d), int32(y*372+m*31+d)
		}
	}
	return p, texts
}

// TestMeetingsOfLargeLists: in a list in which no pair without day and parents can be likely, nobody is kept for it.
func TestMeetingsOfLargeLists(t *testing.T) {
	for n, want := range map[int]bool{2: true, 20_000: true, 21_000: false} {
		x := NewIndex(make([]Person, n), make([]uint32, n), nil)
		x.Put(0)
		if got := x.links[meetInner] != nil; got != want {
			t.Error(fmt.Sprintf("%d people", n), got)
		}
	}
}

// TestFillFindsWhatNearFinds: entering everybody at once tells what entering them one by one tells, in groups of every
// size, and the index goes on from there.
func TestFillFindsWhatNearFinds(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	for _, n := range []int{0, 1, 2, 30, 300, 3000} {
		people, names, texts, here := make([]Person, n), make([]uint32, n), make([]Texts, n), make([]bool, n)
		for i := range people {
			people[i], texts[i] = drawMember(r)
			names[i], here[i] = people[i].Name, r.IntN(10) > 0
		}
		slow := NewIndex(people, slices.Clone(names), func(rec int) Texts { return texts[rec] })
		want, got := map[[2]int]Match{}, map[[2]int]Match{}
		for i := range people {
			if here[i] {
				slow.Put(i)
				slow.Near(i, func(other int, m Match) { want[[2]int{i, other}] = m })
			}
		}
		x := NewIndex(people, names, func(rec int) Texts { return texts[rec] })
		x.Fill(here, func(a, b int, m Match) { got[[2]int{a, b}] = m })
		if diff := cmp.Diff(want, got); diff != "" || n > 300 && len(want) < n/10 {
			t.Fatalf("%d people, %d pairs: %s", n, len(want), diff)
		}
		for range min(n, 20) {
			i := r.IntN(n)
			slow.Remove(i)
			x.Remove(i)
			people[i], texts[i] = drawMember(r)
			slow.Put(i)
			x.Put(i)
			if a, b := nearby(slow, i), nearby(x, i); !slices.Equal(a, b) {
				t.Fatalf("%d people: afterwards %d meets %v, want %v", n, i, b, a)
			}
		}
	}
}

// TestTally: a name is counted once however many have it, also beside names of its group.
func TestTally(t *testing.T) {
	const sameGroup = 1 << (2 * digitBits)
	names := []uint32{7, 7 + sameGroup, 7, 9, 0, 7 + 2*sameGroup, 7 + sameGroup, 7}
	counted := tally{names: names}
	for name, want := range map[uint32]int{7: 3, 7 + sameGroup: 2, 7 + 2*sameGroup: 1, 9: 1, 8: 1, 7 + 3*sameGroup: 1} {
		if got := counted.of(name); got != want {
			t.Errorf("%d: %d people, want %d", name, got, want)
		}
	}
	if len(counted.counts) != 5 {
		t.Errorf("%d names are kept, want 5", len(counted.counts))
	}
	if empty := (tally{}); empty.of(7) != 1 {
		t.Error("of nobody")
	}
}

func nearby(x *Index, rec int) (found []int) {
	x.Near(rec, func(other int, _ Match) { found = append(found, other) })
	slices.Sort(found)
	return found
}
