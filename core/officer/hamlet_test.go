package officer

import (
	"slices"
	"testing"
)

func TestNewHamlets(t *testing.T) {
	tree, _, err := Builtin().AddHamlet("03868", "Bản Bẹ", today)
	if err != nil {
		t.Fatal(err)
	}
	thrice := func(texts ...string) []string { return slices.Concat(texts, texts, texts) }
	for name, c := range map[string]struct {
		commune string
		texts   []string
		want    []string // code and name
	}{
		"new ones, in the order of names": {"03868", thrice("Bản Lừm", "tổ dân phố 2"), []string{"03868-02 Bản Lừm", "03868-03 tổ dân phố 2"}},
		"one that is there":               {"03868", thrice("bản  bẹ"), nil},
		"written in several ways":         {"03868", []string{"Bản Xa", " bản xa", "BẢN  XA"}, []string{"03868-02 Bản Xa"}},
		"too few people":                  {"03868", []string{"Bản Xa", "Bản Xa"}, nil},
		"a tone makes another place":      {"03868", []string{"Bản Bé", "Bản Bé", "Bản Bẹ"}, nil},
		"no name of a hamlet":             {"03868", thrice("Tà Xùa", "Bản", "", "014216001234", "Xã Tà Xùa"), nil},
		"no such commune":                 {"14", thrice("Bản Xa"), nil},
	} {
		var got []string
		texts := map[string]int{}
		for _, text := range c.texts {
			texts[text]++
		}
		for _, u := range tree.NewHamlets(c.commune, texts, today) {
			got = append(got, u.Code+" "+u.Name)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
