package officer

import (
	"errors"
	"slices"
	"testing"
	"time"

	"lamsach/core/civil"
	"lamsach/core/fault"
)

func day(year, month, of int) civil.Date {
	return civil.Date{Year: year, Month: time.Month(month), Day: of}
}

var today = day(2026, 11, 23)

func keyOf(err error) string {
	var f *fault.Error
	if errors.As(err, &f) {
		return f.Key
	}
	return ""
}

func TestBuiltin(t *testing.T) {
	tree, err := readBuiltin()
	if err != nil {
		t.Fatal(err)
	}
	counts := map[Level]int{}
	for _, level := range Levels() {
		counts[level] = len(tree.Under(Country, level, today))
	}
	if counts[LevelProvince] != 34 || counts[LevelCommune] != 3321 || counts[LevelDistrict] != 0 || counts[LevelHamlet] != 0 {
		t.Errorf("units of today: %v", counts)
	}
	if n := len(tree.Under(Country, LevelProvince, day(2025, 6, 30))); n != 63 {
		t.Errorf("%d provinces on the last day of the old order, want 63", n)
	}
	if tree.Len() != 1+34+63+3321 {
		t.Errorf("%d units", tree.Len())
	}
	var path []string
	for _, u := range tree.Path("03868") {
		path = append(path, u.Title())
	}
	if want := []string{"Việt Nam", "Tỉnh Sơn La", "Xã Tà Xùa"}; !slices.Equal(path, want) {
		t.Errorf("path %q, want %q", path, want)
	}
	if tree.Path("99999") != nil {
		t.Error("an unknown unit has no path")
	}
}

func TestBuiltinPredecessors(t *testing.T) {
	tree := Builtin()
	merged := 0
	for _, u := range tree.Under(Country, LevelProvince, today) {
		if len(u.Predecessors) == 0 {
			t.Errorf("%s has no predecessor", u.Title())
		}
		merged += len(u.Predecessors)
	}
	if merged != 63 {
		t.Errorf("%d provinces went into the new ones, want 63", merged)
	}
	tests := []struct{ old, now string }{
		{OldProvince("14"), "14"}, // Sơn La
		{OldProvince("15"), "15"}, // Yên Bái went into Lào Cai, which took its number
		{OldProvince("10"), "15"}, // Lào Cai
		{OldProvince("46"), "46"}, // Thừa Thiên Huế
		{OldProvince("87"), "82"}, // Đồng Tháp went with Tiền Giang
	}
	for _, tt := range tests {
		successors := tree.Successors(tt.old)
		if len(successors) != 1 || successors[0].Code != tt.now {
			t.Errorf("%s became %v, want %s", tt.old, successors, tt.now)
		}
	}
	if got := tree.Successors("14"); got != nil {
		t.Errorf("Sơn La of today became %v", got)
	}
}

// old is a tree of three levels, as it stood in 2023.
func old(t *testing.T) *Tree {
	t.Helper()
	last := day(2025, 6, 30)
	tree, err := Builtin().With(
		Unit{Code: "118", Name: "Bắc Yên", Kind: "huyện", Level: LevelDistrict, Parent: OldProvince("14"), ValidTo: last},
		Unit{Code: "118-01", Name: "Mẫu Một", Kind: "xã", Level: LevelCommune, Parent: "118", ValidTo: last},
		Unit{Code: "118-02", Name: "Mẫu Hai", Kind: "xã", Level: LevelCommune, Parent: "118", ValidTo: last},
		Unit{Code: "118-01-01", Name: "Bản Mẫu", Level: LevelHamlet, Parent: "118-01", ValidTo: last},
		Unit{Code: "119", Name: "Phù Mẫu", Kind: "huyện", Level: LevelDistrict, Parent: OldProvince("14"), ValidTo: last},
		Unit{Code: "119-01", Name: "Mẫu Ba", Kind: "xã", Level: LevelCommune, Parent: "119", ValidTo: last},
	)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

func TestRelation(t *testing.T) {
	tree := old(t)
	then, last, first := day(2023, 10, 1), day(2025, 6, 30), day(2025, 7, 1)
	tests := []struct {
		name       string
		own, other string
		at         civil.Date
		want       Relation
	}{
		{"itself", "118-01", "118-01", then, Same},
		{"a commune's district", "118-01", "118", then, Above},
		{"a commune's province", "118-01", OldProvince("14"), then, Above},
		{"a hamlet's district", "118-01-01", "118", then, Above},
		{"the country", "118-01-01", Country, then, Above},
		{"a district's commune", "118", "118-01", then, Below},
		{"a district's hamlet", "118", "118-01-01", then, Below},
		{"the country's hamlet", Country, "118-01-01", then, Below},
		{"a neighbour", "118-01", "118-02", then, Other},
		{"a commune of another district", "118", "119-01", then, Other},
		{"the other district", "118-01", "119", then, Other},
		{"a code that begins alike is no child", "118-02", "118-01-01", then, Other},
		{"the last day of the old order", "118", "118-01", last, Below},
		{"the first day of the new", "118", "118-01", first, Other},
		{"an ended unit is not even itself", "118-01", "118-01", first, Other},
		{"a new one before its time", "14", "03868", last, Other},
		{"a new one on its first day", "14", "03868", first, Below},
		{"the province of the same digits", "14", "118-01", then, Other},
		{"no such unit", "14", "99999", today, Other},
		{"an officer of no unit", "", "03868", today, Other},
		{"nothing and nothing", "", "", today, Other},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tree.Relation(tt.own, tt.other, tt.at); got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestTreeRefuses(t *testing.T) {
	base := old(t)
	x := Unit{Code: "x", Name: "Mẫu", Level: LevelCommune, Parent: "14"}
	with := func(change func(*Unit)) Unit {
		u := x
		change(&u)
		return u
	}
	tests := []struct {
		name string
		unit Unit
		key  string
	}{
		{"no code", with(func(u *Unit) { u.Code = "" }), "unit.code_missing"},
		{"a code with a blank", with(func(u *Unit) { u.Code = "a b" }), "unit.code_missing"},
		{"no name", with(func(u *Unit) { u.Name = " " }), "unit.name_missing"},
		{"there already", with(func(u *Unit) { u.Code = "118" }), "unit.doubled"},
		{"no level", with(func(u *Unit) { u.Level = LevelNone }), "unit.level_missing"},
		{"no parent", with(func(u *Unit) { u.Parent = "" }), "unit.parent_unknown"},
		{"an unknown parent", with(func(u *Unit) { u.Parent = "y" }), "unit.parent_unknown"},
		{"a parent on the same level", with(func(u *Unit) { u.Parent = "03868" }), "unit.parent_level"},
		{"its own parent", with(func(u *Unit) { u.Parent = "x" }), "unit.parent_level"},
		{"ended before it began", with(func(u *Unit) { u.ValidFrom, u.ValidTo = day(2026, 2, 1), day(2026, 1, 31) }), "unit.dates_reversed"},
		{"an unknown predecessor", with(func(u *Unit) { u.Predecessors = []string{"y"} }), "unit.predecessor_unknown"},
		{"its own predecessor", with(func(u *Unit) { u.Predecessors = []string{"x"} }), "unit.predecessor_unknown"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := base.With(tt.unit); keyOf(err) != tt.key || !fault.Is(err, fault.Invalid) {
				t.Errorf("error %v, want %s", err, tt.key)
			}
		})
	}
	if _, ok := base.Unit("x"); ok {
		t.Error("a refused unit stayed in the tree")
	}
	if _, err := base.With(x); err != nil {
		t.Errorf("the unit that all were made of: %v", err)
	}
}

func TestTreeChanges(t *testing.T) {
	base := Builtin()
	district := Unit{Code: "118", Name: "Bắc Yên", Kind: "huyện", Level: LevelDistrict, Parent: "14"}
	commune := Unit{Code: "118-01", Name: "Mẫu", Kind: "xã", Level: LevelCommune, Parent: "118"}
	larger, err := base.With(commune, district) // in any order
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := base.Unit("118"); ok || base.Relation("14", "118-01", today) != Other {
		t.Error("the tree that With was called on has changed")
	}
	if got := larger.Relation("14", "118-01", today); got != Below {
		t.Errorf("a district in between: %v", got)
	}
	district.ValidTo = day(2026, 6, 30)
	ended, err := larger.Change(district)
	if err != nil {
		t.Fatal(err)
	}
	if got := ended.Relation("118", "118-01", today); got != Other {
		t.Errorf("an ended district still has its communes: %v", got)
	}
	if got := ended.Relation("14", "118-01", today); got != Below {
		t.Errorf("the commune that lives on: %v", got)
	}
	if got := ended.Under("14", LevelCommune, today); !slices.ContainsFunc(got, func(u Unit) bool { return u.Code == "118-01" }) {
		t.Error("the commune that lives on is not found below its province")
	}
	if _, err := larger.Change(Unit{Code: "nobody"}); !fault.Is(err, fault.NotFound) {
		t.Errorf("changing an unknown unit: %v", err)
	}
}

func TestAddHamlet(t *testing.T) {
	tree, first, err := Builtin().AddHamlet("03868", "Bản  Bẹ ", today)
	if err != nil || first.Code != "03868-01" || first.Name != "Bản Bẹ" {
		t.Fatalf("%+v, %v", first, err)
	}
	same, again, err := tree.AddHamlet("03868", "BẢN BẸ", today)
	if err != nil || again.Code != first.Code || same != tree {
		t.Errorf("the same hamlet again: %+v, %v", again, err)
	}
	tree, other, err := tree.AddHamlet("03868", "Bản Bé", today)
	if err != nil || other.Code != "03868-02" {
		t.Errorf("another tone is another place: %+v, %v", other, err)
	}
	if got := len(tree.Children("03868", today)); got != 2 {
		t.Errorf("%d hamlets", got)
	}
	if got := tree.Relation("03868", other.Code, today); got != Below {
		t.Errorf("hamlet of the commune: %v", got)
	}
	if _, _, err := tree.AddHamlet("14", "Bản Mẫu", today); !fault.Is(err, fault.NotFound) {
		t.Errorf("a province has no hamlets: %v", err)
	}
	if _, _, err := tree.AddHamlet("03868", " ", today); keyOf(err) != "unit.name_missing" {
		t.Errorf("a hamlet without a name: %v", err)
	}
}

func TestLevelText(t *testing.T) {
	for _, level := range Levels() {
		text, _ := level.MarshalText()
		var back Level
		if err := back.UnmarshalText(text); err != nil || back != level {
			t.Errorf("%s: %v, %v", text, back, err)
		}
	}
	var l Level
	if err := l.UnmarshalText([]byte("village")); keyOf(err) != "unit.level_unknown" {
		t.Errorf("error %v", err)
	}
}
