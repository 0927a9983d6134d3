package person_test

import (
	"testing"
	"unicode/utf8"

	"lamsach/core/person"
	"lamsach/core/viet"
)

// A reading that is printed and read again is clean and says the same; so cleaning twice changes nothing.

func FuzzReadName(f *testing.F) {
	for _, s := range []string{"Lò Văn A", "LÒ VĂN A", "1. Lò Thị A (2015)", "H'HEN NIÊ", "NguyÔn ThÞ H\u00ad¬ng", "Ðinh Văn A", "con bà A", "Lò Văn A - SN 2015", "Ơ\u0306m", "'x", "ông Lò Văn A",
		"Kʼ Brểu", "ǅabc dê", "a-b c'd", "Bà A B C"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, read := range []func(person.Raw) person.Reading[string]{person.ReadName, person.ReadParent} {
			r := read(person.Raw{Text: text})
			if r.Value == "" {
				continue
			}
			if r.Suggest != "" && r.Suggest != r.Value {
				t.Fatalf("%q: suggests %q for %q", text, r.Suggest, r.Value)
			}
			again := read(person.Raw{Text: r.Value})
			if again.Value != r.Value || again.Fault != person.Clean && again.Fault != person.SingleWord {
				t.Fatalf("%q reads as %q (%s), which reads as %q (%s)", text, r.Value, r.Fault, again.Value, again.Fault)
			}
			if !utf8.ValidString(r.Value) || viet.Tidy(r.Value) != r.Value {
				t.Fatalf("%q: value %q is not tidy", text, r.Value)
			}
		}
	})
}

func FuzzReadPersonalID(f *testing.F) {
	for _, s := range []string{"014316001234", "14316001234", "O14316001234", "3.8215E+10", "014 316 001 234", "014316001234 / 123456780", "TE1141234567890", "chưa có", "1215000123"} {
		f.Add(s, false)
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, text string, numeric bool) {
		r := person.ReadPersonalID(person.Raw{Text: text, Numeric: numeric})
		if r.Fault == person.Clean && r.Value.String() != text {
			t.Fatalf("%q is called clean and reads as %q", text, r.Value)
		}
		if r.Value.IsZero() {
			return
		}
		if again := person.ReadPersonalID(person.Raw{Text: r.Value.String()}); again.Fault != person.Clean || again.Value != r.Value {
			t.Fatalf("%q reads as %q, which reads as %+v", text, r.Value, again)
		}
	})
}

func FuzzReadBirthDate(f *testing.F) {
	for _, s := range []string{"05/03/2015", "5.3.15", "2015-03-05T00:00:00", "ngày 5 tháng 3 năm 2015", "05032015", "15416", "42068", "O5/O3/2O15", "5-Mar-15", "4/15/2015", "00/00/2015", "5/3/2015 12:00:00 AM"} {
		f.Add(s, uint8(0))
		f.Add(s, uint8(1))
		f.Add(s, uint8(2))
	}
	f.Fuzz(func(t *testing.T, text string, kind uint8) {
		r := person.ReadBirthDate(person.Raw{Text: text, Numeric: kind == 1, Date: kind == 2}, asOf)
		for _, canonical := range append(r.Candidates, r.Value.String(), r.Suggest) {
			if canonical == "" {
				continue
			}
			d, err := person.ParseBirthDate(canonical)
			if err != nil {
				t.Fatalf("%q gives %q, which is no date", text, canonical)
			}
			again := person.ReadBirthDate(person.Raw{Text: canonical}, asOf)
			if again.Value != d || again.Fault == person.Untidy || again.Fault == person.Malformed {
				t.Fatalf("%q gives %q, which reads as %+v", text, canonical, again)
			}
		}
		if r.Fault == person.Clean && !r.Value.Complete() {
			t.Fatalf("%q is clean without being complete", text)
		}
	})
}

func FuzzTypedDate(f *testing.F) {
	for _, s := range []string{"15/4/2016", "15416", "15/4", "5.3.19", "154", "1504", "2016", "tháng 4 năm 2016"} {
		f.Add(s, 2016, 4, 0)
		f.Add(s, 0, 0, 0)
	}
	f.Fuzz(func(t *testing.T, text string, year, month, day int) {
		d, _, ok := person.TypedDate(text, person.BirthDate{Year: year, Month: month, Day: day}, asOf)
		if back, err := person.ParseBirthDate(d.String()); ok && (err != nil || back != d) {
			t.Fatalf("%q gives %v, which is no date", text, d)
		}
	})
}

func FuzzReadSexAndEthnicity(f *testing.F) {
	for _, s := range []string{"Nam", "nữ", "x", "H'Mông", "Khơ mú (Xá Cẩu)", "dân tộc dân tộc Thái", "tho", "((", "/"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if r := person.ReadSex(person.Raw{Text: text}); r.Value != person.UnknownSex {
			if again := person.ReadSex(person.Raw{Text: r.Value.String()}); again.Fault != person.Clean || again.Value != r.Value {
				t.Fatalf("%q reads as %v, which reads as %+v", text, r.Value, again)
			}
		}
		r := person.ReadEthnicity(person.Raw{Text: text})
		for _, name := range append(r.Candidates, r.Value) {
			if again := person.ReadEthnicity(person.Raw{Text: name}); name != "" && (again.Fault != person.Clean || again.Value != name) {
				t.Fatalf("%q gives %q, which reads as %+v", text, name, again)
			}
		}
	})
}
