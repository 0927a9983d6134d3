package officer

import "testing"

func TestParsePhone(t *testing.T) {
	for text, want := range map[string]string{
		"0912 345 678": "84912345678", "+84 912.345.678": "84912345678", "84912345678": "84912345678", "0084 912345678": "84912345678",
		"+1 (202) 555-0143": "12025550143", " 02123 860 123 ": "842123860123",
		"": "", "912345678": "", "0912": "", "09123456789012345": "", "0912-abc-678": "", "O912345678": "", "+": "",
	} {
		got, err := ParsePhone(text)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q is %q, %v, want %q", text, got, err, want)
		}
	}
}
