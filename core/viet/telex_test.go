package viet_test

import (
	"testing"

	"lamsach/core/viet"
)

func TestFromTelex(t *testing.T) {
	for _, test := range []struct{ typed, meant string }{
		{"Nguyeexn Vawn An", "Nguyễn Văn An"},
		{"Nguyeenx Thij Hoaf", "Nguyễn Thị Hòa"},
		{"DDuwcs", "Đức"},
		{"Lowf Thij Huwowng", "Lờ Thị Hương"},
		{"Huongw", "Hương"},
		{"NGUYEENX VAWN ANH", "NGUYỄN VĂN ANH"},
		{"Vàng A Duwngx", "Vàng A Dững"},
		{"Nguyêxn Văn An", "Nguyễn Văn An"},
		{"Quangs", "Quáng"},
		{"Thuyr", "Thủy"},
		{"Vooongf DDuwcs", "Voòng Đức"},
		{"Oong Vawn", "Ông Văn"},
		{"Mooong Thij Thanh", "Moong Thị Thanh"},
		{"Sungf A Thi", "Sùng A Thi"},
	} {
		if got, ok := viet.FromTelex(test.typed); !ok || got != test.meant {
			t.Errorf("%q is %q, read %q (%v)", test.typed, test.meant, got, ok)
		}
	}
	for _, name := range []string{"Nguyễn Văn An", "Mai Lan Anh", "Y Blô Niê", "H'Wen Ksor", "Rmah Djuan", "K'Brểu", "Ksor Blaw", "Siu Jrai", "", "Lò Văn Xoong", "Loo Van Huy", "Coor Văn Nhi", "Haji Thị Diễm", "Kim Min Soo"} {
		if got, ok := viet.FromTelex(name); ok || got != name {
			t.Errorf("%q became %q", name, got)
		}
	}
}
