package officer_test

import (
	"testing"

	"lamsach/core/officer"
)

func TestBranch(t *testing.T) {
	tree, err := officer.NewTree(
		officer.Unit{Code: "VN", Name: "Việt Nam", Level: officer.LevelCountry},
		officer.Unit{Code: "14", Name: "Sơn La", Level: officer.LevelProvince, Parent: "VN"},
		officer.Unit{Code: "14B", Name: "Bắc Yên", Level: officer.LevelDistrict, Parent: "14"},
		officer.Unit{Code: "1", Name: "Tà Xùa", Level: officer.LevelCommune, Parent: "14B"},
		officer.Unit{Code: "2", Name: "Chiềng Cơi", Level: officer.LevelCommune, Parent: "14"},
	)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ root, code, want string }{
		{"VN", "1", "14"}, {"14", "1", "14B"}, {"14", "2", "2"}, {"14B", "1", "1"}, {"1", "1", "1"}, {"14B", "2", ""}, {"14", "VN", ""}, {"14", "?", ""},
	} {
		got, ok := tree.Branch(c.root, c.code)
		if ok != (c.want != "") || ok && got.Code != c.want {
			t.Errorf("below %s, %s lies in %q, want %q", c.root, c.code, got.Code, c.want)
		}
	}
}
