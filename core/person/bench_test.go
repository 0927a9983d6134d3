package person_test

import (
	"testing"

	"lamsach/core/person"
)

var benchNames = []string{"Nguyễn Thị Quỳnh Hương", "Giàng A Páo", "Lò Văn Thử", "Sùng Y Ná", "H'Hen Niê", "Trần Bảo Ngọc", "Thào Thị Mỷ", "Y Blô Ayŭn"}

func BenchmarkReadName(b *testing.B) {
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if r := person.ReadName(person.Raw{Text: benchNames[i%len(benchNames)]}); r.Fault != "" {
			b.Fatal(r)
		}
	}
}

func BenchmarkReadParent(b *testing.B) {
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		person.ReadParent(person.Raw{Text: benchNames[i%len(benchNames)]})
	}
}

func BenchmarkReadUntidyName(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		person.ReadName(person.Raw{Text: "NGUYỄN  THỊ QUỲNH HƯƠNG"})
	}
}

func BenchmarkReadPersonalID(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		person.ReadPersonalID(person.Raw{Text: "014316001234"})
	}
}

func BenchmarkReadPersonalIDMissing(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		person.ReadPersonalID(person.Raw{Text: "chưa có"})
	}
}

func BenchmarkReadBirthDate(b *testing.B) {
	b.ReportAllocs()
	cells := []person.Raw{{Text: "05/03/2015"}, {Text: "2016-05-09", Date: true}, {Text: "5/3/2015"}}
	for i := 0; b.Loop(); i++ {
		person.ReadBirthDate(cells[i%len(cells)], asOf)
	}
}

func BenchmarkReadSexAndEthnicity(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		person.ReadSex(person.Raw{Text: "Nữ"})
		person.ReadEthnicity(person.Raw{Text: "Bru - Vân Kiều"})
	}
}
