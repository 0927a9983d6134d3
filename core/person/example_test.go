package person_test

import (
	"fmt"

	"lamsach/core/civil"
	"lamsach/core/person"
)

func ExampleReadName() {
	for _, cell := range []string{"Lò Văn Thử", "LÒ  VĂN THỬ", "H'Hen Niê", "1. Lò Thị Mẫu (2015)", "chưa đặt tên"} {
		r := person.ReadName(person.Raw{Text: cell})
		fmt.Printf("%q %q note %q\n", r.Fault, r.Value, r.Note)
	}
	// Output:
	// "" "Lò Văn Thử" note ""
	// "untidy" "Lò Văn Thử" note ""
	// "" "H'Hen Niê" note ""
	// "malformed" "Lò Thị Mẫu" note "(2015)"
	// "missing" "" note "chưa đặt tên"
}

func ExampleReadPersonalID() {
	r := person.ReadPersonalID(person.Raw{Text: "14316001256", Numeric: true})
	fmt.Println(r.Fault, r.Suggest, r.Value.Sex(), r.Value.BirthYear(), r.Value.Masked())
	// Output: lost_zero 014316001256 Nữ 2016 014•••••••56
}

func ExampleReadBirthDate() {
	today := civil.Date{Year: 2026, Month: 11, Day: 22}
	for _, cell := range []string{"5.3.15", "4/15/2015", "03/2015", "31/02/2015"} {
		r := person.ReadBirthDate(person.Raw{Text: cell}, today)
		fmt.Printf("%s %q %q\n", r.Fault, r.Value.String(), r.Suggest)
	}
	// Output:
	// untidy "05/03/2015" "05/03/2015"
	// impossible "" "15/04/2015"
	// incomplete "03/2015" ""
	// impossible "" ""
}

func ExampleReadEthnicity() {
	for _, cell := range []string{"Mông", "H’mông", "Tày Khao", "Kimh"} {
		r := person.ReadEthnicity(person.Raw{Text: cell})
		fmt.Printf("%q %q %v\n", r.Fault, r.Value, r.Candidates)
	}
	// Output:
	// "" "Mông" []
	// "variant" "Mông" []
	// "ambiguous" "" [Tày Thái]
	// "unknown" "" [Kinh]
}

func ExampleTypedDate() {
	today := civil.Date{Year: 2026, Month: 11, Day: 22}
	date, doubtful, ok := person.TypedDate("15416", person.BirthDate{}, today)
	fmt.Println(date, doubtful, ok)
	date, doubtful, ok = person.TypedDate("15/4", person.BirthDate{Year: 2016}, today)
	fmt.Println(date, doubtful, ok)
	// Output:
	// 15/04/2016 false true
	// 15/04/2016 true true
}
