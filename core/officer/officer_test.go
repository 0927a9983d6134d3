package officer

import (
	"errors"
	"testing"

	"lamsach/core/fault"
)

func TestParseRole(t *testing.T) {
	for _, role := range Roles() {
		if got, err := ParseRole(" " + string(role) + " "); err != nil || got != role {
			t.Errorf("ParseRole(%q) = %q, %v", role, got, err)
		}
	}
	if got, err := ParseRole("POLICE"); err != nil || got != RolePolice {
		t.Errorf("ParseRole is not to mind the case: %q, %v", got, err)
	}
	for _, text := range []string{"", "king", "officer police"} {
		_, err := ParseRole(text)
		var f *fault.Error
		if !errors.As(err, &f) || f.Kind != fault.Invalid || f.Args["Role"] != text {
			t.Errorf("ParseRole(%q): error %v", text, err)
		}
	}
}

func TestParseInvite(t *testing.T) {
	tests := []struct {
		name, role, unit, hamlet string
		key                      string
	}{
		{"officer", "officer", "09661", "", ""},
		{"helper with a hamlet", "helper", "09661", "Thôn Đông", ""},
		{"helper without", "helper", "09661", " ", "officer.invite.hamlet_missing"},
		{"no unit", "police", " ", "", "officer.invite.unit_missing"},
		{"no such role", "mayor", "09661", "", "role.unknown"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in, err := ParseInvite(tt.role, tt.unit, "Xã Mẫu", tt.hamlet, "Nguyễn Thị Mẫu ")
			if tt.key == "" {
				if err != nil || in.Name != "Nguyễn Thị Mẫu" {
					t.Fatalf("got %+v, %v", in, err)
				}
				return
			}
			var f *fault.Error
			if !errors.As(err, &f) || f.Key != tt.key {
				t.Fatalf("error %v, want key %s", err, tt.key)
			}
		})
	}
}
