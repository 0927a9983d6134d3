package officer

import (
	"slices"
	"testing"
)

func TestFind(t *testing.T) {
	tree, hamlet, err := Builtin().AddHamlet("03868", "Bản Bẹ", today)
	if err != nil {
		t.Fatal(err)
	}
	all := func(Unit) bool { return true }
	inSonLa := func(u Unit) bool { p, ok := tree.At(u.Code, LevelProvince); return ok && p.Code == "14" }
	for text, want := range map[string]string{
		"03868": "03868", " 03868 ": "03868", "Tà Xùa": "03868", "ta xua": "03868", "xã tà xùa": "03868", "XA TA XUA, son la": "03868",
		"tà xùa tỉnh sơn la": "03868", "ta x": "", "tà": "", "Bản Bẹ": hamlet.Code, "ban be": hamlet.Code, "": "", ",": "", "Tà Xùa, Nghệ An": "",
		"Sơn La": "14", "tỉnh sơn la": "14",
	} {
		found := tree.Find(text, inSonLa, today, 5)
		if len(found) == 0 && want != "" || len(found) > 0 && want != "" && found[0].Code != want {
			t.Errorf("%q finds %v, want %s", text, found, want)
		}
		if want == "" && len(found) > 0 && (text == "" || text == "," || text == "Tà Xùa, Nghệ An") {
			t.Errorf("%q finds %v", text, found)
		}
	}
	if found := tree.Find("tân", all, today, 3); len(found) != 3 {
		t.Errorf("%d units", len(found))
	}
	if found := tree.Find("Tà Xùa", func(u Unit) bool { return !inSonLa(u) }, today, 5); slices.ContainsFunc(found, func(u Unit) bool { return u.Code == "03868" }) {
		t.Error("a unit that is not meant is found")
	}
	old := tree.Find(OldProvince("26"), all, today, 5)
	if len(old) != 0 {
		t.Errorf("a province that has ended is found: %v", old)
	}
	if name := tree.FullName(hamlet.Code); name != "Bản Bẹ, xã Tà Xùa, tỉnh Sơn La" {
		t.Error(name)
	}
	if name := tree.FullName("nowhere"); name != "nowhere" {
		t.Error(name)
	}
}
