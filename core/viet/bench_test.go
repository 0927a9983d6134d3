package viet_test

import (
	"testing"

	"lamsach/core/viet"
)

const tidyName = "Nguyễn Thị Quỳnh Hương"

func BenchmarkTidy(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		viet.Tidy(tidyName)
	}
}

func BenchmarkFold(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		viet.Fold(tidyName)
	}
}

func BenchmarkSame(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		viet.Same(tidyName, "nguyen thi quynh huong")
	}
}

func BenchmarkIsDisplayCase(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		viet.IsDisplayCase(tidyName)
	}
}

func BenchmarkSyllableScore(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		viet.SyllableScore(tidyName)
	}
}
