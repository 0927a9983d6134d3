package campaign

import (
	"testing"

	"lamsach/core/civil"
	"lamsach/core/fault"
)

func TestParseDay(t *testing.T) {
	near := day(2026, 11, 28)
	tests := []struct {
		text string
		want civil.Date
	}{
		{"30/9", day(2026, 9, 30)},
		{"2/1", day(2027, 1, 2)},
		{" 5-12 ", day(2026, 12, 5)},
		{"30.9.2023", day(2023, 9, 30)},
		{"30/9/23", day(2023, 9, 30)},
		{"ngày 30 tháng 9", day(2026, 9, 30)},
		{"Ngày 3 tháng 10 năm 2026", day(2026, 10, 3)},
		{"3009", day(2026, 9, 30)},
		{"30092023", day(2023, 9, 30)},
		{"2023-09-30", day(2023, 9, 30)},
		{"hôm nay", near},
		{"Hôm qua.", day(2026, 11, 27)},
		{"mai", day(2026, 11, 29)},
		{"29/2", civil.Date{}}, // no such day in the years around
		{"31/11", civil.Date{}},
		{"2023-02-30", civil.Date{}},
		{"12", civil.Date{}},
		{"", civil.Date{}},
		{"thứ hai", civil.Date{}},
	}
	for _, tt := range tests {
		got, err := ParseDay(tt.text, near)
		if !tt.want.Valid() {
			if !fault.Is(err, fault.Invalid) {
				t.Errorf("%q: %v, %v", tt.text, got, err)
			}
			continue
		}
		if err != nil || got != tt.want {
			t.Errorf("%q: %v, %v; want %v", tt.text, got, err, tt.want)
		}
	}
	if got, err := ParseDay("29/2", day(2027, 12, 1)); err != nil || got != day(2028, 2, 29) {
		t.Errorf("a leap day, the nearest there is: %v, %v", got, err)
	}
}

func TestParseDays(t *testing.T) {
	near := day(2026, 11, 28)
	tests := []struct {
		text string
		want Days
	}{
		{"từ 4/10 đến 15/10", Days{From: day(2026, 10, 4), To: day(2026, 10, 15)}},
		{"Từ ngày 30/9/2023 đến ngày 03/10/2023", Days{From: day(2023, 9, 30), To: day(2023, 10, 3)}},
		{"4/10-15/10", Days{From: day(2026, 10, 4), To: day(2026, 10, 15)}},
		{"4/10 – 15/10/2023", Days{From: day(2023, 10, 4), To: day(2023, 10, 15)}},
		{"4/10/2023-15/10/2023", Days{From: day(2023, 10, 4), To: day(2023, 10, 15)}},
		{"20/12 đến 5/1", Days{From: day(2026, 12, 20), To: day(2027, 1, 5)}},
		{"đến 15/10", Days{To: day(2026, 10, 15)}},
		{"đến hết 15/10", Days{To: day(2026, 10, 15)}},
		{"15/10", Days{To: day(2026, 10, 15)}},
		{"xong trước ngày 10/11/2023", Days{Before: day(2023, 11, 10)}},
		{"trước 10/11", Days{Before: day(2026, 11, 10)}},
		{"từ 4/10 xong trước 10/11", Days{From: day(2026, 10, 4), Before: day(2026, 11, 10)}},
		{"4/10, xong trước 10/11", Days{From: day(2026, 10, 4), Before: day(2026, 11, 10)}},
	}
	for _, tt := range tests {
		if got, err := ParseDays(tt.text, near); err != nil || got != tt.want {
			t.Errorf("%q: %+v, %v; want %+v", tt.text, got, err, tt.want)
		}
	}
	for _, text := range []string{"", "sớm", "từ đến", "đến 31/11", "từ 15/10 đến 4/10/2026", "từ 10/11 xong trước 10/11/2026", "trước"} {
		if got, err := ParseDays(text, near); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
}

func FuzzParseDays(f *testing.F) {
	for _, text := range []string{"từ 4/10 đến 15/10", "xong trước 10/11", "3009", "ngày 1 tháng 2 năm 2026"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := ParseDays(text, day(2026, 11, 28))
		if err == nil && (!d.Deadline().Valid() || !d.From.IsZero() && !d.From.Valid()) {
			t.Errorf("%q: %+v", text, d)
		}
	})
}
