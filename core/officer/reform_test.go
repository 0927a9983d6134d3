package officer

import (
	"testing"

	"lamsach/core/fault"
)

// put applies a reform.
func put(t *testing.T, tree *Tree) func(units []Unit, err error) *Tree {
	return func(units []Unit, err error) *Tree {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		larger, err := tree.Put(units...)
		if err != nil {
			t.Fatal(err)
		}
		return larger
	}
}

func TestReform(t *testing.T) {
	tree, hamlet, err := Builtin().AddHamlet("03868", "Bản Bẹ", today)
	if err != nil {
		t.Fatal(err)
	}
	renamed := put(t, tree)(tree.Rename("03868", "  Tà  Xùa Mới ", ""))
	if name := renamed.FullName(hamlet.Code); name != "Bản Bẹ, xã Tà Xùa Mới, tỉnh Sơn La" {
		t.Error(name)
	}
	ended := put(t, tree)(tree.End("03868", today))
	if ended.Relation("14", hamlet.Code, today) != Below || ended.Relation("14", hamlet.Code, today.AddDays(1)) != Other ||
		ended.Relation("14", "03868", today.AddDays(1)) != Other {
		t.Error("the commune and its hamlet do not end together")
	}
	from := today.AddDays(10)
	merged := put(t, tree)(tree.Merge(Unit{Code: "03867", Name: "Tà Xùa Bắc Yên", Kind: "xã"}, from, "03868", "03856"))
	if got := merged.FullName(hamlet.Code); got != "Bản Bẹ, xã Tà Xùa Bắc Yên, tỉnh Sơn La" {
		t.Error(got)
	}
	if merged.Relation("14", "03868", from) != Other || merged.Relation("14", "03868", from.AddDays(-1)) != Below ||
		merged.Relation("14", "03867", from) != Below || len(merged.Successors("03856")) != 1 {
		t.Error("the merger does not hold from its day on")
	}
	district := Unit{Code: "14-BY", Name: "Bắc Yên", Kind: "huyện", Level: LevelDistrict, Parent: "14"}
	three := put(t, tree)(tree.Insert(district, "03868", "03856"))
	if three.Relation("14-BY", "03868", today) != Below || three.Relation("14", hamlet.Code, today) != Below || three.Relation("14-BY", "03871", today) != Other {
		t.Error("the district does not hold its communes")
	}
}

func TestReformRefuses(t *testing.T) {
	tree := Builtin()
	for name, c := range map[string]struct {
		kind fault.Kind
		do   func() ([]Unit, error)
	}{
		"rename nothing":       {fault.NotFound, func() ([]Unit, error) { return tree.Rename("x", "Y", "") }},
		"rename to nothing":    {fault.Invalid, func() ([]Unit, error) { return tree.Rename("03868", " ", "") }},
		"end nothing":          {fault.NotFound, func() ([]Unit, error) { return tree.End("x", today) }},
		"end before it began":  {fault.Invalid, func() ([]Unit, error) { return tree.End("03868", twoLevels.AddDays(-1)) }},
		"merge into what is":   {fault.Invalid, func() ([]Unit, error) { return tree.Merge(Unit{Code: "03868", Name: "A"}, today, "03856") }},
		"merge nothing":        {fault.NotFound, func() ([]Unit, error) { return tree.Merge(Unit{Code: "x", Name: "A"}, today, "y") }},
		"merge without a name": {fault.Invalid, func() ([]Unit, error) { return tree.Merge(Unit{Code: "x"}, today, "03856") }},
		"a district for nobody": {fault.NotFound, func() ([]Unit, error) {
			return tree.Insert(Unit{Code: "d", Name: "D", Level: LevelDistrict, Parent: "14"}, "y")
		}},
		"a district below": {fault.Invalid, func() ([]Unit, error) {
			return tree.Insert(Unit{Code: "d", Name: "D", Level: LevelDistrict, Parent: "03868"})
		}},
		"a district twice": {fault.Invalid, func() ([]Unit, error) {
			return tree.Insert(Unit{Code: "14", Name: "D", Level: LevelDistrict, Parent: "VN"})
		}},
	} {
		if _, err := c.do(); !fault.Is(err, c.kind) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
